"""Whether a word can be a verb of one form in a row of verbs: "do A, support B and report C" -> support is, "report" needs an object.

In comes a unit behind a comma or a conjunction, out goes whether it goes on with the row.
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.phrases import PARTICLES, is_order, skip, takes_preposition
from kb.extract.words import (
    ADVERB,
    AGENT,
    ANAPHOR,
    BE,
    COLON,
    COMMA,
    CONJ,
    DET,
    DO,
    HAVE,
    MODAL,
    NOT,
    NOUNISH,
    PREP,
    REL,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip

_CONDITIONING = frozenset(
    "except save unless if where when who that which".split()
)  # words of clauses in the perfect tense
_NO_OBJECT = PREP | COMMA | CONJ | COLON | MODAL | BE | VERB_S


def fits(s: Sentence, at: int, form: int, has_object: bool) -> bool:  # noqa: PLR0911  one return a case
    """Whether the unit can be a verb of this form in a row of verbs."""
    kind = s.classes[at]
    following = s.classes[at + 1] if at + 1 < len(s.classes) else 0
    if kind & HAVE and following & VERB_ED and not _CONDITIONING.isdisjoint(s.words[:at]):
        return False  # "where they have told her and have obtained consent"
    if form == VERB_ED and s.words[at] == "be":
        behind = skip(s, at + 1, ADVERB)  # "shall be made within five days and be served within ten"
        return behind < len(s.classes) and bool(
            s.classes[behind] & VERB_ED and s.classes[at - 1] & (COMMA | CONJ | ADVERB)
        )
    if form == VERB:
        if not has_object:
            return bool(kind & VERB)
        if not is_order(s, at):
            return _is_between_orders(s, at) or _follows_time(s, at) or _follows_condition(s, at)
        return s.words[at] != "be" or bool(s.classes[at - 1] & (COMMA | CONJ | ADVERB))
    if not kind & form or (kind & DO and following & NOT) or (kind & AGENT and form == VERB_S and not following & DET):
        return False
    then = s.classes[at + 2] if at + 2 < len(s.classes) else 0
    if following & CONJ and then & form and not then & NOUNISH and form != VERB_ED:
        return True  # "forms and publishes the price", "honoring and giving incentives to X"
    if form == VERB_S:
        if s.classes[at - 1] & CONJ and s.classes[at - 2] & COMMA and at + 1 < len(s.words):
            is_noun = following & _NO_OBJECT or s.words[at + 1] == "such"
            return not is_noun or not kind & NOUNISH  # "..., and offers parents a service"
        is_phrasal = at + 1 < len(s.words) and s.words[at + 1] in PARTICLES
        if following & (TIME | PREP) and _is_in_present_row(s, at):
            return True
        if not kind & NOUNISH or not has_object or is_phrasal or following & (DET | ANAPHOR | TO):
            return True
        is_apart = s.classes[at - 1] & (COMMA | ADVERB) or _is_no_compound(s, at)
        return bool(is_apart) and not following & (_NO_OBJECT | VERB_ED | VERB_ING | HAVE | REL | TIME)
    if form == VERB_ED:
        return not following & (NOUNISH | DET) or not has_object
    return not following & (COMMA | CONJ) or bool(following & DET) or not has_object


def _is_in_present_row(s: Sentence, at: int) -> bool:
    """Whether a form in -s before a time or a preposition goes on with a row ("checks X, replies within a week and sends Y", "drafts X by May and reports on Y")."""
    classes, n = s.classes, len(s.classes)
    if classes[at - 1] & CONJ:
        return bool(classes[at - 2] & TIME) and takes_preposition(s, at)
    if not classes[at - 1] & COMMA or s.words[at + 1] == "of":
        return False
    joint = next((k for k in range(at + 2, min(at + 25, n)) if classes[k] & (COMMA | CONJ | SUB | REL)), n)
    verb = skip(s, joint, COMMA | CONJ | ADVERB)
    return verb < n and bool(classes[verb] & VERB_S and not classes[verb] & (NOUNISH | AGENT))


def _is_no_compound(s: Sentence, at: int) -> bool:
    """Whether a form in -s before a bare noun is a verb, since a plural opens no compound: "and reports progress", not "records management"."""
    if at + 1 >= len(s.words) or s.classes[at + 1] & AGENT or not s.classes[at - 1] & CONJ:
        return False
    if s.words[at - 2].endswith("s"):
        return False  # "products and services conducive to growth"
    return not s.words[at + 1].endswith(("ment", "tion", "sion", "ing")) and s.words[at] not in _OPENING_COMPOUNDS


_OPENING_COMPOUNDS = frozenset("goods sales works customs records accounts needs savings arms damages rights".split())


def _is_between_orders(s: Sentence, at: int) -> bool:
    """Whether a word that may be a noun stands between verbs of a row: "include X, guarantee working funds, and advance Y"."""
    classes, n = s.classes, len(s.classes)
    if not classes[at] & VERB or not classes[at - 1] & COMMA or at + 2 >= n:
        return False
    if classes[at + 1] & (PREP | CONJ | COMMA | COLON | MODAL | BE | VERB_ED | VERB_S | AGENT):
        return False
    comma = next((k for k in range(at + 2, min(at + 25, n)) if classes[k] & (COMMA | CONJ | SUB)), n)
    if comma + 2 >= n or classes[comma] & SUB:
        return False
    if classes[comma] & CONJ:
        return is_order(s, comma + 1) and not classes[comma + 1] & NOUNISH
    behind = skip(s, comma + 1, CONJ | ADVERB | TIME)
    return (
        behind < n
        and is_order(s, behind)
        and bool(classes[behind - 1] & (CONJ | ADVERB | TIME) or not classes[behind] & NOUNISH)
    )


def _follows_condition(s: Sentence, at: int) -> bool:
    """Whether a word that may be a noun stands behind "and, where needed,", and not with a preposition of its own."""
    classes = s.classes
    if not classes[at] & VERB or not classes[at - 1] & COMMA or at + 1 >= len(classes):
        return False
    opened = next((k for k in range(at - 2, max(at - 25, 1), -1) if classes[k] & (SUB | COMMA)), 0)
    before = classes[opened - 1] if classes[opened] & SUB and opened else 0
    is_joined = before & CONJ or (before & COMMA and classes[opened - 2] & CONJ)
    return bool(is_joined) and not classes[at + 1] & (_NO_OBJECT | VERB_ED)


def _follows_time(s: Sentence, at: int) -> bool:
    """Whether a word that may be a noun goes on with a verb behind a time ("patrol every night and report thefts"), where no noun goes on with it."""
    classes, n = s.classes, len(s.classes)
    if not classes[at] & VERB or not classes[at - 1] & CONJ or not classes[at - 2] & TIME or at + 1 >= n:
        return False
    joint = next((k for k in range(at + 1, n) if classes[k] & (COMMA | CONJ | TIME | SUB)), n - 1)
    if classes[joint] & TIME:
        return False  # "plans by May and progress reports by June"
    return not classes[at + 1] & (_NO_OBJECT | VERB_ED | TIME)
