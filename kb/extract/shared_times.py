"""Which of the times of a sentence cover several of its acts.

A time at the head of the sentence, beside the modal, or set off by a comma at its end covers all verbs; one inside a verb phrase
covers that verb alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kb.extract.clauses import Sentence
from kb.extract.groups import Finite
from kb.extract.phrases import skip
from kb.extract.words import ADVERB, COMMA, CONJ, REL, SUB, TIME, VERB_ED

_OMITTING = frozenset({"fail", "fails", "failed", "refuse", "refuses", "refused", "neglect", "neglects", "neglected"})

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
    head += [k for k in range(first) if number and s.classes[k] & TIME]
    asked = next(f.subject[0] for f in finites if f.row is not None)  # the first that asks for something
    head = [k for k in head if not _is_of_condition(s, k, asked if k < asked else opening)]
    inside = [
        k for k in range(opening, finite.verb) if s.classes[k] & TIME and not _is_of_subject(s, opening, k, finite.at)
    ]
    tail = [k for k in acts[-1].own_times if s.classes[k - 1] & COMMA and k >= acts[-1].stop]
    for act in acts:
        act.own_times = [k for k in act.own_times if not _is_of_omission(s, act.verb, k)]
    _hand_back(s, acts)
    _take_cap(s, acts[-1])
    for act in acts:
        act.shared_times = [k for k in (*inside, *tail, *head) if k not in act.own_times]
    _pass_on(acts)


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


def _take_cap(s: Sentence, act: Act) -> None:
    """A limit said by the way behind an act: "may be extended, but by no more than ten days"."""
    k = skip(s, act.stop, COMMA)
    if (
        k + 1 < len(s.words)
        and s.words[k] in ("but", "though", "and")
        and s.classes[k + 1] & TIME
        and k + 2 >= act.limit
    ):
        act.own_times.append(k + 1)


def _is_of_omission(s: Sentence, verb: int, k: int) -> bool:
    """Whether a time tells what others leave undone in a relative clause: "names the firms that fail to pay within ten days"."""
    opened = next((at for at in range(k - 1, verb, -1) if s.classes[at] & (REL | COMMA)), verb)
    return bool(s.classes[opened] & REL) and not _OMITTING.isdisjoint(s.words[opened + 1 : k])


def _is_of_subject(s: Sentence, opening: int, k: int, at: int) -> bool:
    """Whether a time before the modal belongs to a relative clause or a participle in the subject ("entries made by May 5 shall")."""
    in_clause = any(kind & REL for kind in s.classes[opening:k])
    return k < at and (in_clause or (k - 1 > opening and bool(s.classes[k - 1] & VERB_ED)))


def _is_of_condition(s: Sentence, k: int, opening: int) -> bool:
    """Whether a time stands in the condition in front ("Where the firm pays within 15 days, the office shall"), not set off before the subject."""
    first = skip(s, 0)
    if k < first or not s.classes[first] & SUB:
        return False
    is_set_off = s.classes[k - 1] & (COMMA | CONJ) and all(
        c & (COMMA | ADVERB | TIME) for c in s.classes[k + 1 : opening]
    )
    return not is_set_off


def _belongs_before(s: Sentence, k: int, finites: Sequence[Finite], number: int) -> bool:
    """Whether a time between two finite groups stands at the end of the first, not at the head of the second.

    Behind an order it takes "and" to open the second: "shall be sent, before the 5th, to the office, which shall …".
    """
    if number == 0:
        return False
    if not s.classes[k - 1] & (COMMA | CONJ):
        return True
    is_joined = s.classes[k - 1] & CONJ or s.classes[k - 2] & (CONJ | REL)
    return finites[number - 1].row is not None and not is_joined
