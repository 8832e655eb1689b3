"""Duties whose "is" or "are" is left out: "Counties to name a unit", "grants of 3 million yuan to be paid out by May".

Only in a sentence without any finite verb: a body and "to" with its verb, or a thing and "to be" with a participle.
"""

from __future__ import annotations

from kb.extract import modality
from kb.extract.clauses import Sentence
from kb.extract.groups import Finite
from kb.extract.phrases import head_of, skip
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE,
    BE_FINITE,
    COMMA,
    CONJ,
    DET,
    DIRECTIVE,
    HAVE,
    MODAL,
    NAMED,
    NOT,
    NOUNISH,
    PREP,
    REL,
    SOFT_SUB,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
)  # fmt: skip

_CLOSED = MODAL | BE_FINITE | SUB | SOFT_SUB | REL | VERB_ED
_CHARGES = frozenset(  # "the right to sell"
    "authority power powers right rights duty duties obligation obligations support".split()
)


def elided(s: Sentence) -> list[Finite]:
    """The group of a body or a thing that is to act or to be dealt with, in a sentence that ends and has no finite verb."""
    if not s.ends_in:
        return []
    start = skip(s, 0, ADVERB | TIME | COMMA | CONJ)
    to = next((k for k in range(start + 1, min(len(s.words) - 1, start + 30)) if _is_infinitive(s, k)), 0)
    if not to or any(kind & _CLOSED for kind in s.classes[start:to]) or s.classes[start] & VERB_ING:
        return []
    verb, stop = skip(s, to + 1, ADVERB), to - bool(s.classes[to - 1] & NOT)
    passive = s.words[verb] == "be"
    if not _may_be_charged(s, start, stop, passive=passive):
        return []
    return [Finite(to, verb, VERB, modality.row("be-to"), negated=stop < to, passive=passive, subject=(start, stop))]


def _is_infinitive(s: Sentence, k: int) -> bool:
    verb = skip(s, k + 1, ADVERB)
    return bool(s.classes[k] & TO and verb < len(s.classes) and s.classes[verb] & (VERB | BE | HAVE))


def _may_be_charged(s: Sentence, start: int, stop: int, *, passive: bool) -> bool:
    """Whether a body heads the phrase right before "to", or a thing for a passive, and the phrase is no order."""
    if start >= stop or s.words[start] in _CHARGES or s.words[stop - 1] in _CHARGES:
        return False
    opening = s.classes[start]
    if opening & VERB and (
        not opening & (NOUNISH | AGENT | NAMED) or opening & DIRECTIVE or s.classes[start + 1] & PREP
    ):
        return False  # "Push firms to build"
    if passive:
        return not opening & DET  # "A list of firms to be heard" is a noun
    return bool(s.classes[head_of(s, start, stop)] & (AGENT | NAMED))
