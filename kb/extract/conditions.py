"""Conditions, exceptions and days of an event that close an act without a comma before them.

"correct it if a detail changes" -> "correct it"; "mark it on the day on which it is told" -> "mark it"; "the office where it is kept" stays.
"""

from __future__ import annotations

from kb.extract.clause_starts import opens_clause
from kb.extract.clauses import Sentence
from kb.extract.words import (
    AGENT,
    BE,
    COLON,
    COMMA,
    CONJ,
    DET,
    HAVE,
    MODAL,
    NOUNISH,
    PLACE,
    PREP,
    PRONOUN,
    REL,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)

_EXCEPTING = frozenset({"unless", "only", "except", "save", "until"})
_CONDITIONS = frozenset({"if", "where", "when", "as"})
TURNING = _EXCEPTING | _CONDITIONS  # words at which an act may end without a comma
_EXCEPTIONS = frozenset(
    {
        ("only", "if"),
        ("except", "where"),
        ("except", "when"),
        ("except", "that"),
        ("save", "where"),
        ("save", "when"),
        ("save", "that"),
    }
)


def turns(s: Sentence, verb: int, k: int, limit: int) -> bool:
    """Whether an act ends before the word of TURNING at `k`, since an exception or a condition opens with it."""
    if s.words[k] in _EXCEPTING and _opens_exception(s, k, limit):
        return True
    return s.words[k] in _CONDITIONS and _opens_condition(s, verb, k, limit)


def _opens_condition(s: Sentence, verb: int, k: int, limit: int) -> bool:
    """Whether the condition of an act opens at `k` without a comma before it: "correct it if a detail changes", "mark it as soon as it is told"."""
    word, before, following = s.words[k], s.classes[k - 1], s.words[k + 1 : k + 3]
    if before & (COMMA | CONJ) or (word != "as" and not opens_clause(s, k)):
        return False
    if word == "as":
        return following == ["soon", "as"] and s.words[k + 3 : k + 4] not in (["possible"], ["practicable"], ["may"])
    if before & TIME or _is_left_open(s, k, limit):
        return True
    if word == "where":
        return _is_condition_behind(s, verb, k, limit)
    if word != "if" or s.words[k - 1] in ("as", "even") or (before & (VERB | VERB_ING) and not before & NOUNISH):
        return False  # "ask if", "as if"
    inside = s.words[verb + 1 : k]  # "open rooms where papers may be found if the holder refuses"
    split = "but" in s.words[verb + 1 : limit]  # "is borne by A if the result stands, but by B if it falls"
    return not split and "where" not in inside and "when" not in inside


def opens_day(s: Sentence, k: int, limit: int) -> bool:
    """Whether the day of an event stands at `k`, which is no part of the act: "on the day on which it learns of this", "from the date of entry"."""
    if k + 4 >= limit or s.words[k + 1] != "the" or s.words[k + 2] not in ("day", "date"):
        return False
    if s.classes[k - 1] & COMMA and any(kind & COMMA for kind in s.classes[k:limit]):
        return False  # "publish, on the day on which it is made, the ruling"
    is_clause = s.classes[k + 3] & (PRONOUN | DET | REL) or s.words[k + 3] in ("on", "when")
    return s.words[k] == "from" or bool(is_clause)


def _is_condition_behind(s: Sentence, verb: int, k: int, limit: int) -> bool:
    """Whether "where" opens a condition that outweighs its act, not a place ("the office where the ship is registered")."""
    classes = s.classes
    if any(s.words[j] in ("where", "when", "that") for j in range(verb + 1, k)):
        return False
    if k + 1 >= limit or classes[k + 1] & COMMA:
        return True
    is_passive = s.words[verb] == "be" or bool(classes[verb] & VERB_ED)
    if not classes[k + 1] & (PRONOUN | DET) or (classes[k - 1] & AGENT and not is_passive):
        return False
    if classes[k - 1] & PLACE or not _PLACES.isdisjoint(s.words[verb + 1 : k]):
        return False
    start = next((j for j in range(k - 1, verb, -1) if classes[j] & (PREP | COMMA | VERB_ED | VERB | TO)), verb)
    is_located = s.words[start] in _LOCATING and not (classes[start] & TO and classes[start + 1] & VERB)
    if is_located:
        return False
    return is_passive or (limit - k) * 5 > (k - verb) * 7


_PLACES = frozenset(
    "place places premises site sites website page rooms boxes cabinets school hospital cases circumstances situations".split()
)
_LOCATING = frozenset("in at on from to with of into".split())


def _is_left_open(s: Sentence, k: int, limit: int) -> bool:
    """Whether a clause has no verb before its sentence ends, since its points go on with it ("shall be entered where it (a) ...")."""
    behind = [kind for kind in s.classes[k + 1 : limit] if not kind & COLON]
    is_lead_in = s.leaf.kind == "intro" and limit == len(s.words) and len(behind) < _SHORT
    return is_lead_in and not any(kind & _VERBAL and not kind & NOUNISH for kind in behind)


_SHORT = 6  # units of "where the people's court or it"
_VERBAL = VERB | VERB_S | VERB_ED | BE | HAVE | MODAL


def _opens_exception(s: Sentence, k: int, limit: int) -> bool:
    """Whether "unless", "only if", "except where" or "save that" stands at `k`, with or without a comma before it."""
    following = s.words[k + 1] if k + 1 < limit else ""
    if s.words[k] == "until":
        return any(kind & TIME for kind in s.classes[k + 1 : k + 4])  # "until one year has elapsed"
    return s.words[k] == "unless" or (s.words[k], following) in _EXCEPTIONS
