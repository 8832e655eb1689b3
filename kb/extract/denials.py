"""Where an act is denied: by "not" or "never" before it, by what a body lacks ("has no right to"), by its object ("may levy no charge")."""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.phrases import skip
from kb.extract.words import ADVERB, NOT, TIME, TO


def is_denied(s: Sentence, verb: int) -> bool:
    """Whether "not", "no longer" or "never" stands directly before the act ("must, in its work, not disclose"; "not to sell")."""
    k = verb - 1
    while k >= 0 and s.classes[k] & (ADVERB | TO) and not s.classes[k] & NOT:
        k -= 1
    return k >= 0 and bool(s.classes[k] & NOT)


def lacks(s: Sentence, have: int) -> bool:
    """ "have no right to", "no longer has the power to"."""
    return "no" in s.words[have + 1 : skip(s, have + 1) + 1] or is_denied(s, have)


def is_negated(s: Sentence, at: int, verb: int) -> bool:
    """Whether "not" stands behind the modal, before the verb, or opens the clause ("In no case may a unit sell")."""
    behind = range(at + 1, skip(s, at + 1, ADVERB | TIME | NOT))
    if "neither" in s.words[at + 1 : verb] or "nor" in s.words[max(at - 1, 0) : at]:
        return True
    return any(s.classes[k] & NOT for k in behind) or is_denied(s, verb) or is_denied(s, at)


def has_no_object(s: Sentence, verb: int) -> bool:
    """ "may levy no charge", "shall disclose no secrets"; not "no later than" or "bear no liability"."""
    words = s.words[verb : verb + 3]
    return words[1:2] == ["no"] and words[0] not in _STATING and words[2:3] not in ([word] for word in _BOUNDS)


_STATING = frozenset({"have", "bear", "be", "need", "contain", "show", "exceed", "lose"})
_BOUNDS = ("later", "longer", "less", "fewer", "more", "earlier", "sooner", "other")
