"""Relative clauses behind a comma that charge somebody with another act: "to the registry, which must decide", "a return, which it checks".

By their pronoun and what follows it: a verb that asks for an act of the body before the comma, or another body with its verb. A clause
that tells what a thing contains, or what an office is, charges nobody.
"""

from __future__ import annotations

from typing import NamedTuple

from kb.extract.asides import behind_aside
from kb.extract.clauses import Sentence
from kb.extract.phrases import head_of, skip
from kb.extract.words import (
    ADVERB,
    AGENT,
    ANAPHOR,
    ARTICLE,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    DO,
    HAVE,
    MODAL,
    NAMED,
    NOT,
    NOUNISH,
    PREP,
    PRONOUN,
    REL,
    STATE,
    STOP,
    SUB,
    TO,
    VERB,
    VERB_ED,
    VERB_S,
)  # fmt: skip

RELATING = frozenset({"which", "who", "whose", "whom"})
_CONTENT = frozenset("include contain specify state indicate show cover be have list set comprise".split())
_ASKING = frozenset({"shall", "must", "should", "may"})
_BEING = frozenset(  # verbs of what an office is there for, unless they take up a thing ("which keeps it for a year")
    "operate run manage administer maintain keep hold own host sit meet lie act serve work come represent lead head chair employ supervise oversee enjoy take bear form "
    "handle perform exercise undertake".split()
)
_FOUNDING = frozenset("establish set create form found build".split())  # what is founded is told of, not charged
_MADE_OF = frozenset(
    "composed made based divided valid called named known marked accompanied dated numbered headed comprised".split()
)


class Charge(NamedTuple):
    """The verb of a relative clause that charges, and the units of its subject."""

    verb: int
    subject: tuple[int, int]


def charge_at(s: Sentence, rel: int, main: int = -1) -> Charge | None:
    """What a relative clause asks for whose pronoun stands at `rel` behind the main verb at `main`; None where it asks for nothing."""
    if rel < 3 or rel + 1 >= len(s.words) or s.words[rel] not in RELATING:
        return None
    opening = _opening_comma(s, rel)
    if opening < 0:
        return None
    if opening == rel - 1 and s.words[rel] in ("which", "who"):
        verb = behind_aside(s, rel + 1)
        subject = antecedent_of(s, rel)
        if _asks(s, verb, subject) or _acts(s, verb, subject, main):
            return Charge(verb, subject)
    return _of_other(s, rel)


def _opening_comma(s: Sentence, rel: int) -> int:
    """The comma before ", which", ", on which" or ", in accordance with which"; -1 for none."""
    if s.classes[rel - 1] & COMMA:
        return rel - 1
    if not s.classes[rel - 1] & PREP:
        return -1
    comma = next((k for k in range(rel - 2, max(rel - 6, 1), -1) if s.classes[k] & COMMA), -1)
    return comma if comma == rel - 2 or (comma > 0 and s.classes[comma + 1] & PREP) else -1


def _asks(s: Sentence, verb: int, subject: tuple[int, int]) -> bool:
    """Whether a modal or the like asks a body for an act, or asks that something be done to a thing."""
    words, classes = s.words, s.classes
    has_to = classes[verb] & HAVE and verb + 1 < len(words) and classes[verb + 1] & TO
    if not (
        words[verb] in _ASKING
        or (words[verb] == "will" and words[verb + 1 : verb + 2] != ["be"])
        or is_entitled(s, verb)
        or has_to
    ):
        return False
    behind = skip(s, verb + 1, ADVERB | NOT | TO)
    if behind >= len(words):
        return False
    if words[behind] == "be" and words[verb] != "may":
        done = skip(s, behind + 1, ADVERB)
        is_done = done < len(words) and classes[done] & VERB_ED and words[done] not in _MADE_OF
        if is_done and not _is_body(s, subject):
            return True
    return (words[behind] not in _CONTENT or words[verb] == "may") and _is_body(s, subject)


def _acts(s: Sentence, verb: int, subject: tuple[int, int], main: int) -> bool:
    """Whether the present tense tells what the body before the comma does next ("to the office, which checks them")."""
    kind = s.classes[verb]
    if main < 0 or not kind & (VERB | VERB_S) or kind & (MODAL | BE | HAVE | DO | STATE | AGENT | VERB_ED):
        return False
    following = s.classes[verb + 1] if verb + 1 < len(s.classes) else STOP
    if following & (BE_FINITE | MODAL | HAVE | DO) or not _is_body(s, subject):
        return False
    if not _BEING.isdisjoint({s.words[verb], s.words[verb].removesuffix("s")}) and not following & ANAPHOR:
        return False
    return main > subject[0] or s.words[main] not in _FOUNDING


def _is_body(s: Sentence, subject: tuple[int, int]) -> bool:
    start, stop = subject
    return start < stop and bool(s.classes[head_of(s, start, stop)] & (AGENT | NAMED))


def _of_other(s: Sentence, rel: int) -> Charge | None:
    """The charge of ", which the office is to hold", ", on which the bureau decides", ", whose number is to be reported"."""
    classes, whose = s.classes, s.words[rel] == "whose"
    start = rel + 1
    if not whose and not classes[start] & (DET | NAMED | AGENT | PRONOUN):
        return None
    k, stop = start, min(len(s.words) - 1, start + 40)
    while k + 1 < stop:
        k += 1
        kind = classes[k]
        if kind & COMMA and _is_body(s, (start, k)) and not whose:
            end = next((j for j in range(k + 1, stop) if classes[j] & COMMA), stop)
            return Charge(end + 1, (start, k)) if end < stop - 1 and _is_verb_of(s, k, end + 1) else None
        if kind & (MODAL | BE_FINITE | HAVE):
            asks = s.words[k] in _ASKING or (kind & BE_FINITE and is_entitled(s, k))
            behind = skip(s, k + 1, ADVERB | TO | NOT)
            if whose:
                asks = asks and s.words[behind : behind + 1] == ["be"]
            return Charge(k, (start, k)) if asks and (whose or _is_body(s, (start, k))) else None
        if kind & (COMMA | COLON | SUB | DO | VERB_ED) or (kind & REL and k > start):
            return None
        if not whose and _is_verb_of(s, k, k) and _is_body(s, (start, k)):
            return Charge(k, (start, k))
    return None


def _is_verb_of(s: Sentence, stop: int, verb: int) -> bool:
    """Whether a present form agrees with the body that ends before `stop` ("the office checks", "the offices decide")."""
    kind, last = s.classes[verb], s.words[stop - 1]
    if kind & (STATE | BE | HAVE | DO | MODAL) or s.classes[stop - 1] & (PREP | DET | CONJ):
        return False
    return bool(kind & VERB and not kind & (NOUNISH | AGENT)) if last.endswith("s") else bool(kind & VERB_S)


def is_entitled(s: Sentence, at: int) -> bool:
    """Whether "is entitled to", "are to" or the like stands at `at`, with or without a parenthesis before its "to"."""
    at_to = skip(s, at + 1, ADVERB)
    if not s.classes[at] & BE_FINITE or at_to + 1 >= len(s.words):
        return False
    return bool(s.classes[at_to] & TO) or s.words[at_to] in ("entitled", "required", "obliged", "bound")


def _before_own_clause(s: Sentence, stop: int) -> int:
    """Where the noun phrase that ends at `stop` ends without a relative clause of its own ("the office that made the decision, which")."""
    for k in range(stop - 1, max(stop - 15, 1), -1):
        if s.classes[k] & (COMMA | MODAL | SUB):
            break
        if s.words[k] in ("that", "which", "who") and s.classes[k + 1] & (VERB_ED | VERB_S | HAVE | BE_FINITE):
            is_body = s.classes[k - 1] & (AGENT | NAMED)
            return k if is_body and not s.classes[k + 1] & NOUNISH else stop
    return stop


def antecedent_of(s: Sentence, rel: int) -> tuple[int, int]:
    """The noun phrase before the comma of a relative clause, with the phrases that it is "of" and the bodies joined to it."""
    stop = start = _before_own_clause(s, rel - 1)
    for k in range(stop - 1, max(stop - 25, -1), -1):
        if s.classes[k] & (COMMA | MODAL | BE_FINITE | SUB):
            break
        if s.words[k : k + 2] == ["all", "levels"]:
            continue
        if s.classes[k] & (ARTICLE | NAMED) or s.words[k] in ("that", "such", "those", "these"):
            start = k
            joined = k > 1 and s.classes[k - 1] & CONJ and s.classes[k - 2] & (AGENT | NAMED)
            if k == 0 or not (s.words[k - 1] == "of" or joined):
                break
    return start, stop
