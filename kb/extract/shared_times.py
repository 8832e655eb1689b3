"""Which of the times of a sentence cover several of its acts.

A time at the head of the sentence, beside the modal, or set off by a comma at its end covers all verbs; one inside a verb phrase
covers that verb alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.extract.clauses import Sentence
from kb.extract.groups import Finite
from kb.extract.phrases import skip
from kb.extract.words import ADVERB, COMMA, CONJ, SUB, TIME

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
    head = [k for k in range(floor, opening) if s.classes[k] & TIME and not _belongs_before(s, k, number)]
    head += [k for k in range(first) if number and s.classes[k] & TIME]
    asked = next(f.subject[0] for f in finites if f.row is not None)  # the first that asks for something
    head = [k for k in head if not _is_of_condition(s, k, asked if k < asked else opening)]
    inside = [k for k in range(opening, finite.verb) if s.classes[k] & TIME]
    tail = [k for k in acts[-1].own_times if s.classes[k - 1] & COMMA and k >= acts[-1].stop]
    for act in acts:
        act.shared_times = [k for k in (*inside, *tail, *head) if k not in act.own_times]


def _is_of_condition(s: Sentence, k: int, opening: int) -> bool:
    """Whether a time stands in the condition in front ("Where the firm pays within 15 days, the office shall"), not set off before the subject."""
    first = skip(s, 0)
    if k < first or not s.classes[first] & SUB:
        return False
    is_set_off = s.classes[k - 1] & (COMMA | CONJ) and all(
        c & (COMMA | ADVERB | TIME) for c in s.classes[k + 1 : opening]
    )
    return not is_set_off


def _belongs_before(s: Sentence, k: int, number: int) -> bool:
    """Whether a time between two finite groups stands at the end of the first, not at the head of the second."""
    if number == 0:
        return False
    return not s.classes[k - 1] & (COMMA | CONJ)
