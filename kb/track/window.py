"""A stretch of calendar time as people write it on a command line ("6m", "90d", "1y") -> the day it ends."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from kb.model import Record

_SHAPE = re.compile(r"(\d{1,4})\s?([dwmy])\Z")


class Window(Record, frozen=True):
    """So many months and days ahead of a date."""

    months: int = 0
    days: int = 0

    def end(self, start: date) -> date:
        """The last day of the window that opens on `start`: 6 months from 2018-08-31 end on 2019-02-28."""
        year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
        if year > date.max.year:
            return date.max
        day = min(start.day, monthrange(year, month + 1)[1])
        try:
            return date(year, month + 1, day) + timedelta(days=self.days)
        except OverflowError:
            return date.max


HALF_YEAR = Window(months=6)


def read_window(text: str) -> Window:
    """The window written as 10d, 2w, 6m or 1y. Raises ValueError on anything else."""
    found = _SHAPE.match(text.strip().lower())
    if not found:
        raise ValueError(f"{text!r} is not a stretch of time; write it as 10d, 2w, 6m or 1y")
    count = int(found[1])
    match found[2]:
        case "d":
            return Window(days=count)
        case "w":
            return Window(days=7 * count)
        case "m":
            return Window(months=count)
        case _:
            return Window(months=12 * count)
