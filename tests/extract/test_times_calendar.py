"""The arithmetic of the calendar: parts of stretches, lengths, rules of recurrence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import Length, Stretch, Unit

JUNE = cal.months(2018, 6, 6)


def days(stretch: Stretch | None) -> str:
    return f"{stretch.earliest}..{stretch.latest}" if stretch else ""


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        (cal.year(2016), "2016-01-01..2016-12-31"),
        (cal.months(2016, 2, 2), "2016-02-01..2016-02-29"),
        (cal.quarter(2018, 3), "2018-07-01..2018-09-30"),
        (cal.half(2018, 1), "2018-01-01..2018-06-30"),
        (cal.half_of_month(JUNE, 1), "2018-06-01..2018-06-15"),
        (cal.half_of_month(JUNE, 2), "2018-06-16..2018-06-30"),
        (cal.third(JUNE, 1), "2018-06-01..2018-06-10"),
        (cal.third(JUNE, 2), "2018-06-11..2018-06-20"),
        (cal.third(JUNE, 3), "2018-06-21..2018-06-30"),
        (cal.beginning(cal.year(2018)), "2018-01-01..2018-01-31"),
        (cal.middle(cal.year(2018)), "2018-06-01..2018-06-30"),
        (cal.closing(cal.year(2018)), "2018-12-01..2018-12-31"),
        (cal.end(cal.quarter(2018, 1)), "2018-03-31..2018-03-31"),
        (cal.five_year_plan(10), "2001-01-01..2005-12-31"),
        (cal.five_year_plan(13), "2016-01-01..2020-12-31"),
        (cal.five_year_plan(0), ""),
        (cal.five_year_plan(21), ""),
        (cal.one_day(2018, 2, 29), ""),
        (cal.one_day(2016, 2, 29), "2016-02-29..2016-02-29"),
        (cal.months(2016, 2, 2).in_year(2017), "2017-02-01..2017-02-28"),
        (cal.around(date(2018, 5, 9), "quarter"), "2018-04-01..2018-06-30"),
        (cal.year(2016).to(cal.year(2018)), "2016-01-01..2018-12-31"),
        (cal.year(2018).to(cal.year(2016)), ""),
    ],
)
def test_stretches(stretch: Stretch | None, expected: str) -> None:
    assert days(stretch) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("15", "day", "P15D"),
        ("2", "week", "P2W"),
        ("3", "month", "P3M"),
        ("2", "quarter", "P6M"),
        ("3", "year", "P3Y"),
        ("1", "decade", "P10Y"),
        ("24", "hour", "PT24H"),
        ("30", "minute", "PT30M"),
        ("1/2", "year", "P6M"),
        ("3/2", "year", "P18M"),
        ("1/2", "month", "P15D"),
        ("1/2", "hour", "PT30M"),
        ("1/2", "day", "PT12H"),
    ],
)
def test_lengths_in_iso_8601(amount: str, unit: Unit, expected: str) -> None:
    assert Length(Fraction(amount), unit).iso == expected


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("1", "month", date(2016, 2, 29)),
        ("1", "year", date(2017, 1, 31)),
        ("30", "day", date(2016, 3, 1)),
        ("1/2", "year", date(2016, 7, 31)),
        ("2", "week", date(2016, 2, 14)),
        ("24", "hour", None),
        ("9999999", "year", None),
        ("9999999", "day", None),
    ],
)
def test_a_length_after_a_day(amount: str, unit: Unit, expected: date | None) -> None:
    assert cal.plus(date(2016, 1, 31), Length(Fraction(amount), unit)) == expected


def test_working_days_are_not_counted_without_a_calendar_of_holidays() -> None:
    assert cal.plus(date(2016, 1, 31), Length(Fraction(5), "day", is_working=True)) is None


@pytest.mark.parametrize(
    ("unit", "amount", "expected"),
    [
        ("day", "1", "FREQ=DAILY"),
        ("week", "2", "FREQ=WEEKLY;INTERVAL=2"),
        ("quarter", "1", "FREQ=MONTHLY;INTERVAL=3"),
        ("year", "1/2", "FREQ=MONTHLY;INTERVAL=6"),
        ("year", "2", "FREQ=YEARLY;INTERVAL=2"),
    ],
)
def test_cycles(unit: Unit, amount: str, expected: str) -> None:
    assert cal.every(unit, Fraction(amount)) == expected


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        (cal.one_day(2000, 3, 31), "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
        (cal.months(2000, 4, 4), "FREQ=YEARLY;BYMONTH=4"),
        (cal.quarter(2000, 1), "FREQ=YEARLY;BYMONTH=1,2,3"),
        (cal.third(cal.months(2000, 1, 1), 1), "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10"),
        (cal.end(cal.months(2000, 2, 2)), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        (cal.months(2000, 11, 11).to(cal.months(2001, 2, 2)), "FREQ=YEARLY;BYMONTH=1,2,11,12"),
    ],
)
def test_what_comes_back_every_year(stretch: Stretch, expected: str) -> None:
    assert cal.yearly(stretch) == expected
