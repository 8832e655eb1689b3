"""Acts that leave their verb out, since only the object and the time change: "remedy small faults within 7 days, grave ones within 30 days".

In come the acts of a sentence, out come the same with those levels apart, each an act with a time of its own.
"""

from __future__ import annotations

from kb.extract.actions import Act
from kb.extract.clauses import Sentence
from kb.extract.phrases import skip
from kb.extract.words import (
    ADVERB,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    DO,
    HAVE,
    MODAL,
    NOUNISH,
    NUMBER,
    PREP,
    QUANTITY,
    REL,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_S,
)


def part_levels(s: Sentence, acts: list[Act]) -> list[Act]:
    """The acts with those apart that leave their verb out: "reach 92 percent in 2018, 95 percent in 2019 and 98 percent in 2020"."""
    found: list[Act] = []
    for act in acts:
        found.append(act)
        limit = act.limit
        time = _next_time(s, act.verb, limit)
        if any(kind & COLON for kind in s.classes[act.verb : time]) and not s.classes[act.verb] & NOUNISH:
            _sum_up(s, act, time)
            continue
        while (level := _level_behind(s, time, limit)) is not None:
            start, following = level
            last = found[-1]
            last.limit, last.stop = start, min(last.stop, time)
            last.own_times = [k for k in last.own_times if k < start]
            found.append(Act(act.finite, act.row, start, following, limit, [following], addressee=act.addressee))
            time = following
        found[-1].last_of_sentence, act.last_of_sentence = (
            act.last_of_sentence,
            found[-1] is act and act.last_of_sentence,
        )
    return found


def _sum_up(s: Sentence, act: Act, time: int) -> None:
    """Of levels behind a colon the act has the last time: "settle all cases: 9 by June, the remainder by November"; not a goal ("Files of doctors: 80% by 2018, ...")."""
    last = time
    while (level := _level_behind(s, last, act.limit)) is not None:
        last = level[1]
    if last > time:
        act.stop = next(k for k in range(act.verb, time) if s.classes[k] & COLON)
        act.own_times = [last]


def _next_time(s: Sentence, at: int, limit: int) -> int:
    return next((k for k in range(at + 1, limit) if s.classes[k] & TIME), limit)


def _level_behind(s: Sentence, time: int, limit: int) -> tuple[int, int] | None:
    """Where ", and 98 percent in 2020" or "and to the ministry within a day" begins behind a time, and its own time."""
    start = skip(s, time + 1, COMMA | CONJ)
    if start == time + 1 or start >= limit:
        return None
    opening = start + bool(s.classes[start] & PREP and s.words[start] not in _OF_CASES)
    following = _next_time(s, start, limit)
    is_told = bool(s.classes[opening] & (NUMBER | DET | QUANTITY))
    if following >= limit or following == opening + is_told or s.words[following - 1] == "for":
        return None  # "both by June", "a late fee of 5 yuan for each day"
    barred = _OF_GROUP if is_told else _OF_GROUP | VERB | VERB_ED | PREP | ADVERB
    is_verbal = any(kind & barred and not kind & NOUNISH for kind in s.classes[opening:following])
    return None if is_verbal else (start, following)


_OF_CASES = frozenset("in for at by on with after upon within where".split())
_OF_GROUP = MODAL | BE_FINITE | HAVE | DO | BE | COMMA | COLON | REL | SUB | VERB_S | TO | CONJ
