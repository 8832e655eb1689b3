"""Which of the times of a sentence cover several of its acts.

A time at the head of the sentence, beside the modal, or set off by a comma at its end covers all verbs; one inside a verb phrase
covers that verb alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kb.extract.clauses import Sentence
from kb.extract.edges import IN_ALL, end_of_act
from kb.extract.groups import Finite
from kb.extract.phrases import skip
from kb.extract.words import (
    ADVERB,
    COLON,
    COMMA,
    CONJ,
    DET,
    MODAL,
    PREP,
    PRONOUN,
    REL,
    SUB,
    TIME,
    TO,
    VERB_ED,
)
from kb.model import TimeType

_OMITTING = frozenset({"fail", "fails", "failed", "refuse", "refuses", "refused", "neglect", "neglects", "neglected"})
_WHICH = frozenset({"which", "who", "whom", "whose"})
LENGTHS = frozenset({"extension", "period", "term", "duration", "total", "time"})  # what a cap on an act is said of
EXTENDING = frozenset(
    "extend extends extended extension prolong prolongs prolonged prolongation postpone postpones postponed defer defers deferred lengthen lengthened".split()
)
_DATED = (TimeType.DEADLINE, TimeType.PERIOD)
_CLAUSE = 12
_CLOSING = COMMA | CONJ | PREP  # what stands behind a time at the end of its clause: "within five days of the decision"
_AFTERWARDS = frozenset({"thereafter", "afterwards", "subsequently"})

if TYPE_CHECKING:
    from kb.extract.actions import Act


def share_times(s: Sentence, finites: Sequence[Finite], number: int, acts: Sequence[Act]) -> None:
    """Times that cover all verbs of the group: at the head of the sentence, beside the modal, or set off by a comma at its end."""
    if not acts:
        return
    finite = finites[number]
    opening = finite.at if finite.shared else finite.subject[0]
    floor = finites[number - 1].verb + 1 if number else 0
    first = finites[0].subject[0]
    head = [k for k in range(floor, opening) if s.classes[k] & TIME and not _belongs_before(s, k, finites, number)]
    has_own = bool(head) or bool(s.classes[opening] & TIME)
    head += [k for k in range(first) if number and not has_own and s.classes[k] & TIME]
    asked = next(f.subject[0] for f in finites if f.row is not None)  # the first that asks for something
    head = [k for k in head if not _is_of_condition(s, k, 0, asked if k < asked else opening)]
    inside = [
        k
        for k in range(opening, finite.verb)
        if s.classes[k] & TIME
        and not _is_of_subject(s, opening, k, finite.at)
        and not _is_of_condition(s, k, finite.at + 1, finite.verb)
    ]
    last = acts[-1]
    _settle_own(s, acts, next((f.at for f in finites[number + 1 :] if f.row is not None), len(s.words)))
    tail = [k for k in last.own_times if s.classes[k - 1] & COMMA and k >= last.stop]
    for act in acts:
        if act.own_times and not _AFTERWARDS.isdisjoint(s.words[act.verb - 2 : act.verb]):
            continue  # "and thereafter inspect it every year"
        act.shared_times = [k for k in (*inside, *tail, *head) if k not in act.own_times]
    _pass_back(s, acts)
    _pass_on(acts)


def _settle_own(s: Sentence, acts: Sequence[Act], end: int) -> None:
    """Let each act keep the times of its own; the group ends before the verb at `end`."""
    for act in acts:
        act.own_times = [k for k in act.own_times if not _is_of_relative(s, act.verb, k)]
    acts[-1].own_times += _behind_condition(s, acts[-1], end)
    _hand_back(s, acts)
    _hand_on(s, acts)
    _take_cap(s, acts[-1])
    for act in acts:
        act.own_times = _last_day_first(s, act.own_times)


def _last_day_first(s: Sentence, own: list[int]) -> list[int]:
    """The times of an act, of several days joined by "and" the last first, since the act is done then: "report by 5 July and again by 5 January"."""
    number = 0
    while number + 1 < len(own) and _has_last_day(s, own[number]) and _has_last_day(s, own[number + 1]):
        between = s.classes[own[number] + 1 : own[number + 1]]
        if not 0 < len(between) < 4 or any(kind & ~(CONJ | COMMA | ADVERB) for kind in between):
            break
        number += 1
    return [own[number], *own[:number], *own[number + 1 :]] if number else own


def _has_last_day(s: Sentence, k: int) -> bool:
    """Whether the time at `k` is due on a day of the calendar."""
    mark = s.marks.get(k)
    return mark is not None and mark.time is not None and mark.time.latest is not None and mark.time.type in _DATED


def _pass_back(s: Sentence, acts: Sequence[Act]) -> None:
    """A time set off by commas behind a verb that is not the last covers the verbs before it too ("enter it and tell the owner, within five days, and ...")."""
    for number in range(1, len(acts) - 1):
        act = acts[number]
        set_off = [k for k in act.own_times if k >= act.stop and s.classes[k - 1] & COMMA]
        if set_off and not any(before.own_times or before.shared_times for before in acts[:number]):
            for before in acts[:number]:
                before.shared_times = set_off


def _pass_on(acts: Sequence[Act]) -> None:
    """A time in front of a coordinated verb covers the verbs behind it ("and, within five days, serve X and report Y")."""
    leading: list[int] = []
    for act in acts[1:]:
        if act.own_times:
            leading = [k for k in act.own_times if k < act.verb]
        else:
            act.shared_times = leading + act.shared_times


def _hand_back(s: Sentence, acts: Sequence[Act]) -> None:
    """A time in front of the conjunction is of the act before it ("may appeal, within sixty days of service, or bring suit")."""
    for before, act in pairwise(acts):
        back = [k for k in act.own_times if k < act.verb and any(c & CONJ for c in s.classes[k + 1 : act.verb])]
        if back:
            act.own_times = [k for k in act.own_times if k not in back]
            before.own_times = before.own_times + back


def _hand_on(s: Sentence, acts: Sequence[Act]) -> None:
    """A time behind a colon or a conjunction, and before a comma, is of the act that follows ("and, within five days, after hearing them, decide")."""
    for before, act in pairwise(acts):
        for k in range(before.verb + 1, act.verb - 1):
            closes = (
                s.classes[k - 2] & TIME and s.classes[k + 2] & CONJ
            )  # "in May and in October, and settle the debts"
            if s.classes[k] & TIME and s.classes[k + 1] & COMMA and k not in act.own_times and not closes:
                joint = k - 1 - bool(s.classes[k - 1] & COMMA)
                if s.classes[joint] & (CONJ | COLON) and joint > before.verb:
                    before.own_times = [other for other in before.own_times if other < joint]
                    act.own_times.append(k)
                    before.stop, before.limit = min(before.stop, end_of_act(s, before.verb, joint)), joint


def _take_cap(s: Sentence, act: Act) -> None:
    """A limit said by the way behind an act: "may be extended, but by no more than ten days"."""
    k = skip(s, act.stop, COMMA)
    if s.words[k : k + 1] and s.words[k] in ("but", "though", "and"):
        at = k + 1 + (s.words[k + 1 : k + 2] == ["for"])
        is_last = at + 1 >= act.limit or s.words[at + 1 : act.limit] in IN_ALL
        act.own_times += [at] if is_last and _is_most(s, at) else []
    if s.words[k : k + 1] == ["which"] and not EXTENDING.isdisjoint(s.words[act.verb : act.stop]):
        act.own_times += [at for at in range(k + 1, min(k + _CLAUSE // 2, len(s.words))) if _is_most(s, at)][:1]
    if s.words[k : k + 1] == ["provided"] and "that" in s.words[k + 1 : k + 3]:
        act.own_times += [at for at in range(k + 3, min(k + _CLAUSE, len(s.words))) if _is_cap(s, at)][:1]


def _is_most(s: Sentence, k: int) -> bool:
    """Whether a time with an upper bound stands at `k`."""
    mark = s.marks.get(k)
    return mark is not None and mark.time is not None and mark.time.bound == "max"


def _is_cap(s: Sentence, k: int) -> bool:
    """Whether an extension or a total is capped at `k`: "the extension shall not exceed sixty days"."""
    return bool(s.classes[k] & TIME and s.classes[k - 1] & MODAL) and not LENGTHS.isdisjoint(s.words[max(k - 4, 0) : k])


def _behind_condition(s: Sentence, act: Act, end: int) -> list[int]:
    """A time behind what is set off by commas: "shall reply to him, if he gave his name, within thirty days", "issue an order, which states A and B, within five days"."""
    opened = act.stop + 1
    if opened + 1 >= end or not s.classes[act.stop] & COMMA:
        return []
    commas = (k for k in range(opened + 1, end - 1) if s.classes[k] & COMMA)
    if s.classes[opened] & SUB:
        commas = (k for k in (next(commas, end),) if k + 1 < end)
    elif not s.classes[opened] & (REL | VERB_ED) or s.classes[opened + 1] & COMMA:
        return []
    behind = (k + 1 for k in commas if s.classes[k + 1] & TIME and (k + 2 >= end or s.classes[k + 2] & _CLOSING))
    return [k for k in behind if k not in act.own_times][:1]


def _is_of_relative(s: Sentence, verb: int, k: int) -> bool:
    """Whether a time limits what a relative clause tells others to do or to leave: "names the firms that fail to pay within ten days"."""
    opened = next((at for at in range(k - 1, verb, -1) if s.classes[at] & (REL | COMMA)), verb)
    if not s.classes[opened] & REL:
        return False
    if not _OMITTING.isdisjoint(s.words[opened + 1 : k]):
        return True
    mark = s.marks.get(k)
    is_counted = mark is not None and mark.time is not None and mark.time.type is TimeType.RELATIVE_DURATION
    is_asked = any(s.classes[at] & (MODAL | TO) for at in range(opened + 1, k))  # "may", "are to", "is entitled to"
    is_manner = s.words[opened - 1] in ("by", "under")  # "a mechanism by which clues are handed over within 24 hours"
    return is_counted and s.words[opened] in _WHICH and (is_asked or is_manner)


def _is_of_subject(s: Sentence, opening: int, k: int, at: int) -> bool:
    """Whether a time before the modal belongs to a noun, a relative clause or a participle in the subject ("entries made by May 5 shall", "a term of ten days is set")."""
    in_clause = any(kind & REL for kind in s.classes[opening:k])
    is_of_noun = s.words[k - 1] == "of" and s.words[k - 2] not in EXTENDING
    is_of_noun = k - 1 > opening and (is_of_noun or bool(s.classes[k - 1] & VERB_ED))
    return k < at and (in_clause or is_of_noun)


def _is_of_condition(s: Sentence, k: int, floor: int, stop: int) -> bool:
    """Whether a time stands in a condition between `floor` and `stop` ("Where the firm pays within 15 days, the office shall"), not set off behind it."""
    opener = next((at for at in range(k - 1, floor - 1, -1) if _opens_condition(s, at, floor)), -1)
    if opener < 0:
        return False
    is_set_off = s.classes[k - 1] & (COMMA | CONJ) and all(c & (COMMA | ADVERB | TIME) for c in s.classes[k + 1 : stop])
    return not is_set_off


def _opens_condition(s: Sentence, at: int, floor: int) -> bool:
    """Whether a condition opens at the head of the stretch or behind a comma; "should the debt be outstanding" is one too."""
    if skip(s, floor) != at and not s.classes[at - 1] & COMMA:
        return False
    return bool(s.classes[at] & SUB) or (s.words[at] == "should" and bool(s.classes[at + 1] & (DET | PRONOUN)))


def _belongs_before(s: Sentence, k: int, finites: Sequence[Finite], number: int) -> bool:
    """Whether a time between two finite groups stands at the end of the first, not at the head of the second.

    Behind an order it takes "and" to open the second: "shall be sent, before the 5th, to the office, which shall …".
    """
    if number == 0:
        return False
    if s.classes[k - 1] & COLON:
        return False
    if not s.classes[k - 1] & (COMMA | CONJ):
        return True
    is_joined = s.classes[k - 1] & CONJ or s.classes[k - 2] & (CONJ | REL)
    return finites[number - 1].row is not None and not is_joined
