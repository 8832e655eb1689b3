"""Limits of allotted work, and which task each is of: "June 2018 for the catalogue, long-term for corrections", "rules: 2018 Q4; fees: 2017".

In comes what stands behind "Time limit:" or in the cell of a table, out come its limits, each with the words that name its task;
a limit that names none is that of every other task.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.extract.clauses import Sentence
from kb.extract.deadlines import is_due
from kb.extract.words import COLON, COMMA, DASH, TIME
from kb.model import Time

_LASTING = frozenset(
    "long-term ongoing continuous continuously continued continuing sustained permanent lasting routine year-round".split()
)
_STEM = 4  # letters by which a limit names its task: "grading" the task "Grade all shops"


@dataclass(frozen=True, slots=True)
class NamedLimit:
    """A limit; without a time the work is to last. `names` are stems of words of its task, none where it is for all."""

    names: frozenset[str]
    time: Time | None


def read_limits(s: Sentence, cues: Collection[int] = ()) -> Iterator[NamedLimit]:
    """The limits of a sentence; the colons at `cues` announce limits or bodies and name no task."""
    waiting: frozenset[str] = frozenset()  # "for the blocking service," before its limit
    for first, stop in _groups(s, cues):
        times = [m.time for k, m in s.marks.items() if first <= k < stop and m.time is not None and is_due(m.time)]
        names = _names(s, first, stop)
        if times or is_lasting(s, first, stop):
            yield NamedLimit(names or waiting, times[0] if times else None)
            waiting = frozenset()
        else:
            waiting = names


def limit_for(words: Iterable[str], limits: Sequence[NamedLimit]) -> NamedLimit | None:
    """The limit of a task with these words: the one that names it, else the first that names none."""
    stems = _stems(words)
    return next((limit for limit in limits if limit.names & stems), None) or next(
        (limit for limit in limits if not limit.names), None
    )


def bare_limit(s: Sentence) -> None:
    """Leave out what announces the limit that closes a sentence: ", both by June", ", to be completed by May", ", striving to finish it within 2018"."""
    last = len(s.words) - 1
    if last < 2 or not s.classes[last] & TIME:
        return
    first = last
    while first > 1 and s.words[first - 1] in _ANNOUNCING:
        first -= 1
    if first < last and s.classes[first - 1] & (COMMA | DASH):
        s.leave_out(first, last)


_ANNOUNCING = frozenset(
    "both all each to be being with and completion completed completing complete finished finishing finish done implemented accomplished realized realised "
    "put into in operation use place it them this these the work task tasks striving strive trying aiming due target deadline latest at".split()
)


def is_lasting(s: Sentence, start: int, stop: int) -> bool:
    """Whether the words say that the work goes on ("long term", "ongoing")."""
    return any(s.words[k] in _LASTING or tuple(s.words[k : k + 2]) == ("long", "term") for k in range(start, stop))


def _groups(s: Sentence, cues: Collection[int]) -> Iterator[tuple[int, int]]:
    """The stretches between commas, and behind the colons of cues."""
    first = 0
    for k in range(len(s.words)):
        if s.classes[k] & COMMA or k in cues:
            yield first, k
            first = k + 1
    yield first, len(s.words)


def _names(s: Sentence, start: int, stop: int) -> frozenset[str]:
    """The stems of the words before a colon, or behind "for"."""
    colon = next((k for k in range(start, stop) if s.classes[k] & COLON), -1)
    if colon > 0:
        return _stems(s.words[start:colon])
    behind = next((k + 1 for k in range(start, stop) if s.words[k] == "for"), stop)
    end = next((k for k in range(behind, stop) if s.classes[k] & TIME), stop)
    return _stems(s.words[behind:end])


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words if len(word) >= _STEM)
