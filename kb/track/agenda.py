"""Rows with dates -> the next months, one after the other; the whole plan period by year and area."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from kb.model import Record
from kb.track.due import DueRow
from kb.track.schedule import next_occurrence


class Entry(Record, frozen=True):
    """A day on which a row is due. `row.due` is the same day but for the later turns of a cycle."""

    day: date
    row: DueRow


class Month(Record, frozen=True):
    """The days of one calendar month, in order; empty months are months too."""

    first: date
    entries: tuple[Entry, ...]


class Cell(Record, frozen=True):
    """What is due in one year and one area ("" where an item has none)."""

    year: int
    area: str
    rows: tuple[DueRow, ...]


def agenda(rows: Iterable[DueRow], as_of: date, months: int = 12) -> tuple[Month, ...]:
    """The months from the one of `as_of` on, with what is due in each from that date; every turn of a cycle has its day."""
    firsts = [_month(as_of, n) for n in range(months + 1)]
    last = firsts.pop()
    entries = sorted(
        (Entry(day, row) for row in rows for day in _days(row, as_of, last)),
        key=lambda e: (e.day, e.row.document, e.row.start, e.row.id),
    )
    return tuple(
        Month(first, tuple(e for e in entries if first.year == e.day.year and first.month == e.day.month))
        for first in firsts
    )


def _month(start: date, ahead: int) -> date:
    years, month = divmod(start.month - 1 + ahead, 12)
    return date(start.year + years, month + 1, 1)


def _days(row: DueRow, as_of: date, before: date) -> list[date]:
    """The days from `as_of` on and before `before` on which the row is due."""
    days: list[date] = []
    day = row.due
    while day and as_of <= day < before and (row.cycle_ends is None or day <= row.cycle_ends):
        days.append(day)
        day = next_occurrence(row.rrule, day + timedelta(days=1), row.cycle_begins) if row.rrule else None
    return days


def roadmap(rows: Iterable[DueRow]) -> tuple[Cell, ...]:
    """Every row that has a last day, by its year and area, both in order; cycles have no year of their own."""
    dated = sorted(
        (
            (row.due.year, row.area, row.due, row.document, row.start, row.id, row)
            for row in rows
            if row.due and not row.rrule
        ),
        key=lambda x: x[:-1],
    )
    return tuple(
        Cell(year, area, tuple(x[-1] for x in group)) for (year, area), group in groupby(dated, key=lambda x: x[:2])
    )
