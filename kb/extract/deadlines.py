"""Which of the times around an act is its deadline, and what it inherits from headings and the plan's horizon.

"Key work for 2016" above a task gives it 2016-12-31; a bare frequency ("every quarter") is no due date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kb.extract.clauses import Sentence
from kb.extract.context import Reading
from kb.extract.times_calendar import WORKING_DAYS, every
from kb.model import Origin, Provision, Time, TimeType

_LABEL = 40  # characters that may stand in a bracket before its limit
_OPENED = re.compile(
    r"[(（\[【](?:[A-Za-z][A-Za-z ]{2,28}[:：]\s*|(?:to be )?(?:completed|done|finished|due|implemented) )?$"
)
_ENDS = re.compile(r"[)）\]】]|[;；]\s?for ")  # "[within a month; for repairs, by May]"
_EVERY_WORKING_DAY = every("week", BYDAY=WORKING_DAYS)
_DUE_IN_CYCLE = ("BYMONTHDAY", "BYMONTH=", "BYDAY", "BYYEARDAY", "BYSETPOS")


def is_due(time: Time) -> bool:
    """Whether a time can be the due date of an act: no minimum, no bare frequency, no window that looks back."""
    if time.bound == "min":
        return time.rule == "at-least-ahead"  # "at least ten days before the hearing"
    if time.type is TimeType.RECURRENCE:
        return time.rrule != _EVERY_WORKING_DAY and any(part in time.rrule for part in _DUE_IN_CYCLE)
    return time.type in (TimeType.DEADLINE, TimeType.PERIOD, TimeType.RELATIVE_DURATION)


def inherited(above: Time) -> Time | None:
    """The deadline that a limit above (of a lead-in or heading) gives to a task; None where it names no last day."""
    if above.latest is None:
        return None
    return Time(
        type=TimeType.DEADLINE,
        rule=above.rule,
        earliest=above.earliest,
        latest=above.latest,
        precision=above.precision,
        origin=Origin.INHERITED,
    )


class BracketedTimes:
    """Limits that stand alone in a bracket right behind an act: "set up the office (by June 2018) and open it (within 2019)"."""

    def __init__(self, text: str, times: Sequence[Time]) -> None:
        self._text = text
        self._by_opening: dict[int, Time] = {}
        for time in times:
            if time.span is None or not is_due(time) or not _ENDS.match(text, _end_of(time)):
                continue
            opening = _OPENED.search(text, max(time.span.start - _LABEL, 0), time.span.start)
            if opening:
                self._by_opening.setdefault(opening.start(), time)

    def behind(self, end: int) -> Time | None:
        """The limit in the bracket that opens behind the character at `end`."""
        if not self._by_opening:
            return None
        at = end + 1 if self._text[end : end + 1] == " " else end
        return self._by_opening.get(at)

    def closing(self, sentence: Sentence) -> Time | None:
        """The limit of the bracket that closes a sentence, which is for all its acts."""
        if not self._by_opening or not sentence.brackets:
            return None
        first, end = sentence.brackets[-1]
        is_last = not self._text[end : sentence.end].strip(" .;。；")
        return self._by_opening.get(first) if is_last else None


def _end_of(time: Time) -> int:
    """Where a time ends with the event that it counts from."""
    assert time.span is not None  # noqa: S101  checked by the caller
    return max(time.span.end, time.trigger.end if time.trigger else 0)


class HeadingTimes:
    """Limits and periods printed in headings, by the provision under them."""

    def __init__(self, reading: Reading, times: Sequence[Time]) -> None:
        self.reading = reading
        self._times = [t for t in times if t.span is not None and t.latest is not None and is_due(t)]
        self._starts = [t.span.start for t in self._times if t.span is not None]

    def above(self, leaf: Provision) -> Time | None:
        """The innermost one above the leaf, or in the heading run into it."""
        if not self._times:
            return None
        limits = (self._limit_of(provision) for provision in reversed(self.reading.path_of(leaf)))
        return next((limit for limit in limits if limit is not None), None)

    def is_near(self, leaf: Provision) -> bool:
        """Whether the limit above the leaf stands in its own heading or in that of its parent."""
        return any(self._limit_of(provision) for provision in self.reading.path_of(leaf)[-3:])

    def _limit_of(self, provision: Provision) -> Time | None:
        """The limit printed in the heading of a provision."""
        at = bisect_left(self._starts, provision.start)
        if at < len(self._starts) and self._starts[at] < self._heading_end(provision):
            return self._times[at]
        return None

    def _heading_end(self, provision: Provision) -> int:
        """Where the heading of a provision ends; a leaf's is what stands before its text."""
        if provision.leaf:
            return provision.text_start
        children = self.reading.children.get(provision.eid, ())
        return children[0].end if children and children[0].kind == "heading" else provision.start
