"""Every preposition with every point of the calendar: the whole phrase is read, and its value follows from the two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kb.extract.times import read_text_times

ISSUED = date(2016, 5, 20)
INCLUSIVE, EXCLUSIVE = True, False

# phrase, first day, last day, whether "before" includes it
POINTS = [
    ("June 30, 2018", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("30 June 2018", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("the 30th of June 2018", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("June 30th, 2018", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("2018-06-30", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("2018.6.30", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("2018/06/30", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("6/30/2018", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("Sept. 1, 2018", "2018-09-01", "2018-09-01", INCLUSIVE),
    ("November 30", "2016-11-30", "2016-11-30", INCLUSIVE),
    ("30 November this year", "2016-11-30", "2016-11-30", INCLUSIVE),
    ("March 31 of next year", "2017-03-31", "2017-03-31", INCLUSIVE),
    ("the end of June 2018", "2018-06-30", "2018-06-30", INCLUSIVE),
    ("the end of 2018", "2018-12-31", "2018-12-31", INCLUSIVE),
    ("year-end 2018", "2018-12-31", "2018-12-31", INCLUSIVE),
    ("end-2018", "2018-12-31", "2018-12-31", INCLUSIVE),
    ("the end of the year", "2016-12-31", "2016-12-31", INCLUSIVE),
    ("the end of this year", "2016-12-31", "2016-12-31", INCLUSIVE),
    ("the end of next year", "2017-12-31", "2017-12-31", INCLUSIVE),
    ("the end of October", "2016-10-31", "2016-10-31", INCLUSIVE),
    ("the end of the third quarter of 2018", "2018-09-30", "2018-09-30", INCLUSIVE),
    ("the end of the 13th Five-Year Plan period", "2020-12-31", "2020-12-31", INCLUSIVE),
    ("2018", "2018-01-01", "2018-12-31", EXCLUSIVE),
    ("the year 2018", "2018-01-01", "2018-12-31", EXCLUSIVE),
    ("next year", "2017-01-01", "2017-12-31", EXCLUSIVE),
    ("June 2018", "2018-06-01", "2018-06-30", EXCLUSIVE),
    ("June, 2018", "2018-06-01", "2018-06-30", EXCLUSIVE),
    ("June of next year", "2017-06-01", "2017-06-30", EXCLUSIVE),
    ("October", "2016-10-01", "2016-10-31", EXCLUSIVE),
    ("next month", "2016-06-01", "2016-06-30", EXCLUSIVE),
    ("the third quarter of 2018", "2018-07-01", "2018-09-30", EXCLUSIVE),
    ("the 3rd quarter of 2018", "2018-07-01", "2018-09-30", EXCLUSIVE),
    ("Q3 2018", "2018-07-01", "2018-09-30", EXCLUSIVE),
    ("Q3 of 2018", "2018-07-01", "2018-09-30", EXCLUSIVE),
    ("the third quarter of this year", "2016-07-01", "2016-09-30", EXCLUSIVE),
    ("the third quarter", "2016-07-01", "2016-09-30", EXCLUSIVE),
    ("the second half of 2018", "2018-07-01", "2018-12-31", EXCLUSIVE),
    ("the second half of the year", "2016-07-01", "2016-12-31", EXCLUSIVE),
    ("H2 2018", "2018-07-01", "2018-12-31", EXCLUSIVE),
    ("early 2018", "2018-01-01", "2018-01-31", EXCLUSIVE),
    ("the beginning of 2018", "2018-01-01", "2018-01-31", EXCLUSIVE),
    ("early June 2018", "2018-06-01", "2018-06-10", EXCLUSIVE),
    ("mid-June 2018", "2018-06-11", "2018-06-20", EXCLUSIVE),
    ("late June 2018", "2018-06-21", "2018-06-30", EXCLUSIVE),
    ("the last ten days of June 2018", "2018-06-21", "2018-06-30", EXCLUSIVE),
    ("the 13th Five-Year Plan period", "2016-01-01", "2020-12-31", EXCLUSIVE),
    ("the “13th Five-Year Plan” period", "2016-01-01", "2020-12-31", EXCLUSIVE),
]
DUE = (
    "by",
    "no later than",
    "not later than",
    "by no later than",
    "on or before",
    "until",
    "till",
    "up to",
    "at the latest by",
)
BEFORE = ("before", "prior to", "ahead of")
FROM = ("from", "as of", "as from", "starting from", "starting", "beginning", "with effect from", "commencing from")
IN = ("in", "during", "throughout")
ENDS = [p for p in POINTS if p[0].startswith(("the end", "year-end", "end-"))]
LONG = [p for p in POINTS if p[3] is EXCLUSIVE]


def reading(phrase: str) -> list[tuple[str, str, date | None, date | None]]:
    """All that is read in an order with this phrase."""
    times = read_text_times(f"Each bureau shall open a window {phrase}.", ISSUED)
    return [(t.span.quote, str(t.type), t.earliest, t.latest) for t in times if t.span is not None]


@pytest.mark.parametrize(("point", "first", "last", "is_inclusive"), POINTS, ids=[p[0] for p in POINTS])
def test_due_before_and_from(point: str, first: str, last: str, is_inclusive: bool) -> None:
    earliest, latest = date.fromisoformat(first), date.fromisoformat(last)
    day_before = latest if is_inclusive else earliest - timedelta(days=1)
    expected: list[tuple[str, str, date | None, date | None]] = []
    expected += [(f"{p} {point}", "deadline", None, latest) for p in DUE]
    expected += [(f"{p} {point}", "deadline", None, day_before) for p in BEFORE]
    expected += [(f"{p} {point}", "effective-date", earliest, None) for p in FROM]
    assert [reading(phrase) for phrase, *_ in expected] == [[one] for one in expected]


@pytest.mark.parametrize(("point", "first", "last"), [p[:3] for p in LONG], ids=[p[0] for p in LONG])
def test_in_and_within(point: str, first: str, last: str) -> None:
    dates = date.fromisoformat(first), date.fromisoformat(last)
    expected = [(f"{p} {point}", "period", *dates) for p in IN]
    expected.append((f"within {point}", "deadline", *dates))
    assert [reading(phrase) for phrase, *_ in expected] == [[one] for one in expected]


@pytest.mark.parametrize(("point", "last"), [(p[0], p[2]) for p in ENDS], ids=[p[0] for p in ENDS])
def test_at_the_end(point: str, last: str) -> None:
    assert reading(f"at {point}") == [(f"at {point}", "deadline", None, date.fromisoformat(last))]


@pytest.mark.parametrize("point", [p for p in POINTS if p[1] == p[2] and p not in ENDS], ids=lambda p: p[0])
def test_on_a_day(point: tuple[str, str, str, bool]) -> None:
    day = date.fromisoformat(point[1])
    assert reading(f"on {point[0]}") == [(f"on {point[0]}", "deadline", day, day)]


NUMBERS = [
    ("15", 15),
    ("fifteen", 15),
    ("fifteen (15)", 15),
    ("15 (fifteen)", 15),
    ("forty-five", 45),
    ("one hundred and twenty", 120),
]
UNITS = [
    ("working days", "D", "working-day"),
    ("business days", "D", "working-day"),
    ("days", "D", "calendar-day"),
    ("calendar days", "D", "calendar-day"),
    ("natural days", "D", "calendar-day"),
    ("weeks", "W", ""),
    ("months", "M", ""),
    ("years", "Y", ""),
]
EVENTS = [
    "of receipt",
    "from the date of receipt",
    "after receipt",
    "following receipt",
    "upon receipt",
    "as of receipt",
]


@pytest.mark.parametrize(("unit", "letter", "kind"), UNITS, ids=[u[0] for u in UNITS])
@pytest.mark.parametrize(("words", "number"), NUMBERS, ids=[n[0] for n in NUMBERS])
def test_lengths_with_and_without_events(words: str, number: int, unit: str, letter: str, kind: str) -> None:
    for before, after, type_, bound in [
        *[("within", event, "relative-duration", "max") for event in EVENTS],
        ("no later than", "after receipt", "relative-duration", "max"),
        ("within a period of", "", "relative-duration", "max"),
        ("for", "", "duration", "exact"),
        ("for a period of", "", "duration", "exact"),
        ("for at least", "", "duration", "min"),
        ("for not less than", "", "duration", "min"),
        ("for no more than", "", "duration", "max"),
        ("not exceeding", "", "duration", "max"),
        ("in the last", "", "duration", "max"),
    ]:
        text = f"The office shall keep the file {before} {words} {unit} {after}".rstrip()
        (time,) = read_text_times(text + ".", ISSUED)
        assert time.span is not None
        assert (time.span.quote, time.type, time.bound) == (f"{before} {words} {unit}", type_, bound)
        assert (time.duration, time.unit) == (f"P{number}{letter}", kind)
        assert (time.trigger is not None) == bool(after)
