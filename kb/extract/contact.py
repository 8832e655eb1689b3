"""Verbs of clauses without a pronoun: "the rights it enjoys", "as the contract provides", "the property the donor has given".

Such a verb is finite where it stands, and yet no main verb of its sentence.
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    HAVE,
    MODAL,
    NOUNISH,
    PAST_AUX,
    PREP,
    PRONOUN,
    REL,
    SOFT_SUB,
    SUB,
    TIME,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip


def is_contact_clause(s: Sentence, i: int) -> bool:
    """Whether the verb belongs to "the rights it enjoys": a pronoun right behind a noun."""
    k = i - 1
    while k > 0 and s.classes[k] & ADVERB and not s.classes[k] & PRONOUN:
        k -= 1
    if _has_bodies_of_its_own(s, i):
        return True
    following = s.classes[i + 1] if i + 1 < len(s.classes) else 0
    if s.classes[i] & VERB_S and following & DET:
        return False  # "on a unit it imposes a fine": the object stands behind the verb
    way = next((j for j in range(i - 2, max(i - 7, 0), -1) if s.words[j - 1 : j + 1] == ["the", "way"]), 0)
    if way and s.words[way + 1] != "of" and not classes_between(s, way, i) & COMMA:
        return True  # "the way security is managed"
    if _is_as_provided(s, i):
        return True
    if k < 1 or s.words[k] not in ("it", "they", "he", "she", "we") or _is_behind_case(s, k):
        return False
    return not s.classes[k - 1] & (COMMA | CONJ | COLON | TIME | SUB | SOFT_SUB | REL | ADVERB | PREP) and not (
        s.classes[k - 1] & (VERB | VERB_S | VERB_ED | VERB_ING) and not s.classes[k - 1] & NOUNISH
    )


def _is_behind_case(s: Sentence, pronoun: int) -> bool:
    """Whether a main clause opens with the pronoun: "and in hard cases it may ask for more"."""
    if s.words[pronoun - 1] not in ("case", "cases", "circumstances", "event"):
        return False
    opened = next((k for k in range(pronoun - 2, max(pronoun - 6, -1), -1) if s.words[k] == "in"), -1)
    return opened == 0 or (opened > 0 and bool(s.classes[opened - 1] & (COMMA | CONJ)))


_PROVIDING = frozenset(
    "provide provides require requires prescribe prescribes stipulate stipulates specify specifies permit permits allow allows demand demands".split()
)


def _is_as_provided(s: Sentence, i: int) -> bool:
    """ "as the contract provides", "as that regime requires": no main verb."""
    if s.words[i] not in _PROVIDING:
        return False
    for k in range(i - 1, max(i - 8, -1), -1):
        if s.words[k] == "as":
            return bool(s.classes[k + 1] & DET)
        if s.classes[k] & (COMMA | COLON | CONJ | SUB | REL | MODAL | PREP):
            return False
    return False


def classes_between(s: Sentence, start: int, end: int) -> int:
    """All classes that stand in a stretch."""
    found = 0
    for kind in s.classes[start:end]:
        found |= kind
    return found


def _has_bodies_of_its_own(s: Sentence, i: int) -> bool:
    """ "the property the donor has given": an article right behind a noun opens the clause whose perfect stands at `i`."""
    classes = s.classes
    following = classes[i + 1] if i + 1 < len(classes) else 0
    if i < 3 or not classes[i] & (HAVE | PAST_AUX) or not following & VERB_ED:
        return False
    noun, article = classes[i - 3], classes[i - 2]
    closed = (
        COMMA | CONJ | COLON | TIME | SUB | SOFT_SUB | REL | ADVERB | PREP | DET | VERB | VERB_S | VERB_ED | VERB_ING
    )
    if noun & (VERB | VERB_S) and noun & NOUNISH and i > 3 and classes[i - 4] & DET:
        noun &= ~(VERB | VERB_S)  # "the work each worker has done"
    return bool(classes[i - 1] & AGENT and article & DET and not article & REL) and not noun & (
        closed | MODAL | BE_FINITE | HAVE | PRONOUN
    )
