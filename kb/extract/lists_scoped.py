"""Who can be on a list, or who keeps it, in a clause that was weighed to say so: its scope, else its subject.

"These Rules apply to |road haulage firms with a contract|", "Who. |Holders of abstraction permits|", "|A trade council| votes on
each name". The shapes of lists_parties.yaml know verbs; here the clause is known to name a party, and only its bounds are sought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.extract.words import (
    ADVERB,
    BE_FINITE,
    CONJ,
    DET,
    DO,
    HAVE,
    MODAL,
    NOUNISH,
    PREP,
    PRONOUN,
    REL,
    SUB,
    VERB,
    VERB_ING,
    VERB_S,
    classify,
)

Stretch = tuple[int, int]

_SCOPE = re.compile(  # "apply to", "extends to", "is for", "is meant for", "means", "are:"
    r"\b(?:(?:also |likewise |equally )?(?:appl(?:y|ies)|extends?|relates?|refers?) to|concern(?:s|ed)?|covers?|governs?|binds?|speaks? to|addresses|deals? with|takes? in|receives?|registers?"
    r"|(?:is|are|be) (?:also )?(?:meant|intended|kept|open|aimed|directed|destined|there) (?:for|to|at)|(?:is|are) for|compris(?:es|e)|consists? of|includes?|means|reaches"
    r"|(?:is|are)(?= (?:an?|any|every|all|those|persons|natural|legal|the following)\b))(?: also)?:? ",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^.:;]{1,60}(?:[.:?]\**|\]) +(?=\S)")  # "Who.", "Scope:", "Covered too:", "[Scope of persons]"
_OPENING = re.compile(r"^(?:(?:the|an?|any|every|all|each|both|only|those)\s+|[\"“*]+)+", re.IGNORECASE)
_CLOSING = re.compile(
    r",? (?:(?:on|in|into|onto|from) (?:the|an?|this|that|its|either) (?:[\w’'-]+ ){0,4}(?:list|register|roll|roster)s?\b"
    r"|(?:provided|unless|except|save|but|if|when|whether|so (?:far|that)|under these|within the scope|(?:in|under) (?:any|one|either) of)\b).*$|, where\b.*$|[\s.,;:*\"”]+$",
    re.DOTALL,
)
_WORD = re.compile(r"[\w’'&-]+")
_REACH = 160  # characters in front of a relative in which its noun phrase begins
_LONGEST = 320  # characters of a party
_QUALIFIER = re.compile(
    r"\s(?=(?:that|who|which|whose|with|without|having|holding|found|(?:to|on|in|for|against|of) (?:which|whom|whose))\b)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.,;:()\[\]“”\"–—|\n]")
_FINITE = MODAL | BE_FINITE | HAVE | DO
_OUTSIDE = _FINITE | DET | PREP | PRONOUN | REL | SUB | ADVERB  # words that stand in front of a noun phrase


def scope_of(text: str, start: int, end: int) -> Stretch | None:
    """The party to which a clause says that it applies, with what qualifies it; of a label, all that follows."""
    label = _LABEL.match(text, start, end)
    at = label.end() if label else start
    scope = _SCOPE.search(text, at, end)
    if scope:
        return _trimmed(text, scope.end(), end)
    return _trimmed(text, at, end) if label and _verb(text, at, end, commas=False) < 0 else None


def subject_of(text: str, start: int, end: int) -> Stretch | None:
    """The noun phrase before the first verb of a clause."""
    label = _LABEL.match(text, start, end)
    at = label.end() if label else start
    stop = _verb(text, at, end)
    return _trimmed(text, at, stop) if stop > at else None


def _verb(text: str, start: int, end: int, *, commas: bool = True) -> int:
    """Where the first finite verb, relative or comma of a clause stands; -1 where a conjunction, a preposition or a pronoun opens it, or none is found."""
    first = _WORD.search(text, start, end)
    if first is None or (
        classify(first[0].lower()) & (SUB | PREP | CONJ | PRONOUN) and not classify(first[0].lower()) & DET
    ):
        return -1
    last = ""
    for word in _WORD.finditer(text, first.end(), end):
        kind = classify(word[0].lower())
        if commas and (kind & REL or text[word.start() - 2 : word.start()] == ", "):
            return word.start() if last else -1
        if (
            kind & _FINITE
            or (kind & VERB_S and not kind & NOUNISH)
            or (kind & VERB and not kind & NOUNISH and last.endswith("s"))
        ):
            return word.start()
        if kind & VERB_S and last and not classify(last) & (DET | PREP | ADVERB) and _has_object(text, word.end(), end):
            return word.start()
        last = word[0].lower()
    return -1


def _has_object(text: str, at: int, end: int) -> bool:
    """Whether a word that may be a verb has an object behind it: "the council votes |upon", "proposes |a name"."""
    following = _WORD.match(text, at + 1, end)
    return following is not None and bool(classify(following[0].lower()) & (DET | PREP | PRONOUN))


def _trimmed(text: str, start: int, end: int) -> Stretch | None:
    opening = _OPENING.match(text[start : min(end, start + 40)])
    first = start + (opening.end() if opening else 0)
    words = _CLOSING.sub("", text[first : min(end, first + _LONGEST)])
    return (first, first + len(words)) if len(words) > 2 else None


def parties_in(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The scope of a clause that was weighed to name the targets, else its subject."""
    found = scope_of(text, start, end) or subject_of(text, start, end)
    if found:
        yield found


def qualified_in(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Noun phrases that a relative clause or a participle says more of: "any |broker| who lied", "|inns and hotels| with two complaints"."""
    for qualifier in _QUALIFIER.finditer(text, start, end):
        at = stop = qualifier.start()
        floor = max(start, stop - _REACH)
        breaks = [mark.end() for mark in _BREAK.finditer(text, floor, stop)]
        for word in reversed([*_WORD.finditer(text, breaks[-1] if breaks else floor, stop)]):
            kind = classify(word[0].lower())
            if kind & _OUTSIDE or (kind & (VERB | VERB_S | VERB_ING) and not kind & NOUNISH):
                break
            at = word.start()
        found = _trimmed(text, at, stop)
        if found:
            yield found
