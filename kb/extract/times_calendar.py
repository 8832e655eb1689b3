"""Calendar values: stretches of days, lengths of time and recurrence rules, without any reading of text.

"the end of June 2018" is the last day of `month(2018, 6)`; "within three years" is a `Length`, added to a day by `plus`;
"by 31 March each year" is `yearly(day)`. All stretches are closed on both sides. The conventions (a third of a month, the
beginning of a year, the years of a Five-Year Plan) are those of docs/model.md, section 3.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from dateutil.relativedelta import relativedelta

Precision = Literal["", "day", "month", "quarter", "half-year", "year", "five-year-plan"]
Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "year", "decade"]

NO_YEAR = 2000
"""Stands for the year of a day or month printed without one; a leap year, so that February 29 exists."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days. `has_year` is false where only its place in the year is known ("in April").

    `from_document`: its year was counted from the document's date. `is_edge`: it is the end or another point of a longer
    stretch, so that "before" it includes it. `doubt`: why it may be another date.
    """

    earliest: date
    latest: date
    precision: Precision
    has_year: bool = True
    from_document: bool = False
    is_edge: bool = False
    doubt: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is one full date."""
        return self.precision == "day" and self.earliest == self.latest

    def to(self, other: Stretch) -> Stretch | None:
        """The stretch from the first day of this one to the last day of `other`; None where that runs backwards."""
        if other.latest < self.earliest:
            return None
        return Stretch(
            self.earliest,
            other.latest,
            other.precision,
            has_year=self.has_year and other.has_year,
            from_document=self.from_document or other.from_document,
        )

    def in_year(self, year: int, *, from_document: bool = False) -> Stretch:
        """The same place in another year; the last day of a month stays the last day."""
        shift = year - self.earliest.year
        return replace(
            self,
            earliest=_in_year(self.earliest, self.earliest.year + shift),
            latest=_in_year(self.latest, self.latest.year + shift),
            has_year=True,
            from_document=from_document,
        )


def _in_year(day: date, year: int) -> date:
    last = calendar.monthrange(year, day.month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, day.month, last if is_last else min(day.day, last))


def a_year_before(day: date, precision: Precision) -> date:
    """The same day one year earlier; the end of a February stays its end, unless it was printed as a day."""
    moved = _in_year(day, day.year - 1)
    return moved.replace(day=28) if precision == "day" and (day.month, day.day) == (2, 28) else moved


def one_day(year: int, month_number: int, day: int) -> Stretch | None:
    """A full date; None where the calendar has no such day."""
    if not 1 <= month_number <= 12 or not 1 <= day <= calendar.monthrange(year, month_number)[1]:
        return None
    found = date(year, month_number, day)
    return Stretch(found, found, "day")


def year(number: int) -> Stretch:
    """A calendar year."""
    return Stretch(date(number, 1, 1), date(number, 12, 31), "year")


def months(year_number: int, first: int, last: int, precision: Precision = "month") -> Stretch:
    """The months `first` to `last` of a year."""
    end = calendar.monthrange(year_number, last)[1]
    return Stretch(date(year_number, first, 1), date(year_number, last, end), precision)


def quarter(year_number: int, number: int) -> Stretch:
    """The quarter 1, 2, 3 or 4 of a year."""
    return months(year_number, 3 * number - 2, 3 * number, "quarter")


def around(day: date, precision: Precision) -> Stretch:
    """The month, the quarter or else the year that `day` lies in."""
    if precision == "month":
        return months(day.year, day.month, day.month)
    return quarter(day.year, (day.month + 2) // 3) if precision == "quarter" else year(day.year)


def half(year_number: int, number: int) -> Stretch:
    """The first or second half of a year."""
    return months(year_number, 6 * number - 5, 6 * number, "half-year")


def half_of_month(stretch: Stretch, number: int) -> Stretch:
    """The days 1 to 15 of a month, or the rest."""
    if number == 1:
        return replace(stretch, latest=stretch.earliest.replace(day=15))
    return replace(stretch, earliest=stretch.earliest.replace(day=16))


def five_year_plan(number: int) -> Stretch | None:
    """The years of the N-th Five-Year Plan (五年规划): the 13th is 2016 to 2020; None outside the 1st to the 20th."""
    if not 1 <= number <= 20:
        return None
    last = 2020 + 5 * (number - 13)
    return Stretch(date(last - 4, 1, 1), date(last, 12, 31), "five-year-plan")


def third(month: Stretch, number: int) -> Stretch:
    """The first ten days, the second ten, or the rest of a month (上旬, 中旬, 下旬)."""
    first = month.earliest
    if number == 1:
        return replace(month, latest=first.replace(day=10))
    if number == 2:
        return replace(month, earliest=first.replace(day=11), latest=first.replace(day=20))
    return replace(month, earliest=first.replace(day=21))


def beginning(stretch: Stretch) -> Stretch:
    """The first ten days of a month, the first month of anything longer."""
    if stretch.precision == "month":
        return third(stretch, 1)
    first = stretch.earliest
    return replace(stretch, latest=date(first.year, first.month, calendar.monthrange(first.year, first.month)[1]))


def middle(stretch: Stretch) -> Stretch:
    """The second ten days of a month; of anything longer, the month that ends at its half ("mid-2018": June)."""
    if stretch.precision == "month":
        return third(stretch, 2)
    count = (stretch.latest.year - stretch.earliest.year) * 12 + stretch.latest.month - stretch.earliest.month + 1
    start = stretch.earliest + relativedelta(months=max(count // 2 - 1, 0))
    end = start + relativedelta(months=1) - timedelta(days=1)
    return replace(stretch, earliest=start, latest=end, is_edge=True)


def closing(stretch: Stretch) -> Stretch:
    """The last ten days of a month, the last month of anything longer ("late 2018": December)."""
    if stretch.precision == "month":
        return third(stretch, 3)
    return replace(stretch, earliest=stretch.latest.replace(day=1))


def end(stretch: Stretch) -> Stretch:
    """The last day, as a point to be reached; its precision stays that of the stretch."""
    return replace(stretch, earliest=stretch.latest, is_edge=True)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time; `least` is the lower end of "three to five years"."""

    amount: Fraction
    unit: Unit
    is_working: bool = False
    least: Fraction | None = None

    @property
    def iso(self) -> str:
        """ISO 8601, in the unit that was printed as far as it can be: P15D, P3Y, P18M, PT2H."""
        return _iso(self.amount, self.unit)

    @property
    def iso_least(self) -> str:
        """The lower end in ISO 8601; empty where there is none."""
        return _iso(self.least, self.unit) if self.least is not None else ""

    def amount_in(self, unit: Unit) -> Fraction | None:
        """How many of another unit it is: six months are half a year; None where the calendar does not fix that."""
        if unit == self.unit:
            return self.amount
        for sizes in (_IN_MONTHS, _IN_MINUTES):
            if unit in sizes and self.unit in sizes:
                return self.amount * sizes[self.unit] / sizes[unit]
        return None


_IN_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_IN_MINUTES: dict[Unit, int] = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_SMALLER: dict[Unit, tuple[Unit, int]] = {
    "month": ("day", 30), "week": ("day", 7), "day": ("hour", 24), "hour": ("minute", 60),
}  # fmt: skip


def _iso(amount: Fraction, unit: Unit) -> str:
    if unit in ("quarter", "decade"):
        amount, unit = amount * (3 if unit == "quarter" else 10), "month" if unit == "quarter" else "year"
    if unit == "year" and amount.denominator != 1:
        amount, unit = amount * 12, "month"
    while amount.denominator != 1 and unit in _SMALLER:
        unit, factor = _SMALLER[unit][0], _SMALLER[unit][1]
        amount *= factor
    prefix = "PT" if unit in ("hour", "minute") else "P"
    return f"{prefix}{round(amount)}{unit[0].upper()}"


def plus(day: date, length: Length) -> date | None:
    """The day that a calendar length after `day` ends on; None for working days, hours, and past the calendar's end."""
    if length.is_working or length.unit in ("hour", "minute"):
        return None
    try:
        if length.unit in _IN_MONTHS:
            whole = length.amount * _IN_MONTHS[length.unit]
            return day + relativedelta(months=int(whole), days=int((whole - int(whole)) * 30))
        return day + timedelta(days=int(length.amount * (7 if length.unit == "week" else 1)))
    except (OverflowError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Clock:
    """What a time without a date of its own is counted from."""

    document_date: date | None = None
    year: int | None = None  # of the heading or lead-in it stands under
    effective: date | None = None
    signed: date | None = None  # the day of signature, where the document tells it or signature is what makes it
    is_day_first: bool = False  # 01/12/2019 is the first of December, as other dates of the text show
    is_standing: bool = False  # a law or a rule for every year: its "current year" is no year of the calendar

    @property
    def base_year(self) -> int:
        """The year of "this year", or a stand-in where it is not known."""
        return self.document_date.year if self.document_date else NO_YEAR


# ---------------------------------------------------------------- recurrence rules, RFC 5545

_FREQUENCY: dict[Unit, tuple[str, int]] = {
    "minute": ("MINUTELY", 1),
    "hour": ("HOURLY", 1),
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3),
    "year": ("YEARLY", 1),
    "decade": ("YEARLY", 10),
}
WORKING_DAYS = "MO,TU,WE,TH,FR"


def every(unit: Unit, amount: Fraction = Fraction(1), **parts: str) -> str:
    """`FREQ=…;INTERVAL=…` and further parts in the order given; half a year is six months, a quarter three.

    >>> every("month", Fraction(2), BYMONTHDAY="5")
    'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5'
    """
    frequency, factor = _FREQUENCY[unit]
    interval = amount * factor
    if frequency == "YEARLY" and interval.denominator != 1:
        frequency, interval = "MONTHLY", interval * 12
    out = [f"FREQ={frequency}"]
    if round(interval) > 1:
        out.append(f"INTERVAL={round(interval)}")
    return ";".join(out + [f"{key}={value}" for key, value in parts.items()])


def yearly(stretch: Stretch) -> str:
    """The rule of a stretch that comes back every year: its months where it is made of such, else its last day."""
    first, last = stretch.earliest, stretch.latest
    month_end = calendar.monthrange(last.year, last.month)[1]
    if first.day == 1 and last.day == month_end and stretch.precision != "day":
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        names = sorted({(first.month + n - 1) % 12 + 1 for n in range(min(count, 12))})
        return every("year", BYMONTH=",".join(str(m) for m in names))
    is_end_of_february = last.month == 2 and last.day >= 28 and stretch.is_edge
    return every("year", BYMONTH=str(last.month), BYMONTHDAY="-1" if is_end_of_february else str(last.day))
