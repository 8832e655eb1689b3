"""Points of the calendar: what the rows of times_points.yaml read. "the third quarter of 2018" -> `quarter(2018, 3)`.

A point without a year gets a kind of its own (MONTH-ALONE, DAY-OF-YEAR, …): its year comes from the context, or there is
none ("in April every year"). "This year" and the like count from the document's date; where that is not known, such a
point has neither a year nor a place among those without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import NO_YEAR, Clock, Length, Stretch, Unit
from kb.extract.times_grammar import Found
from kb.extract.times_quantities import Made, Reader, ordinal_of
from kb.extract.times_tokens import Piece, alphabet

_MONTHS = {word: int(value) for word, value in alphabet().values["MONTH"].items()}
MONTH = alphabet().shape("MONTH")


def year_of(pieces: Sequence[Piece], clock: Clock) -> tuple[int | None, bool]:
    """The year that is printed or meant, and whether it was counted from the document's date."""
    texts = [p.text for p in pieces]
    for text in texts:
        if re.fullmatch(r"(?:19|20)\d\d", text):
            return int(text), False
    for word, shift in (("next", 1), ("coming", 1), ("last", -1), ("this", 0), ("current", 0), ("present", 0)):
        if word in texts and (word != "last" or "half" not in texts):
            is_coming_year = word == "coming" and "this" in texts
            return clock.base_year + (0 if is_coming_year else shift), True
    return None, False


def _point(
    found: Made, kinds: tuple[str, str], stretch: Stretch | None, year: int | None, counted: bool, clock: Clock
) -> Piece | None:
    """A piece of the first kind with a year, of the second one without."""
    if stretch is None:
        return None
    unknown = year is None or (counted and clock.document_date is None)
    value = replace(stretch, has_year=not unknown, from_document=counted)
    return found.piece(kinds[1] if year is None else kinds[0], value)


def _day(found: Made, clock: Clock) -> Piece | None:
    pieces = found.pieces
    month = next(_MONTHS[p.text] for p in pieces if p.code == MONTH)
    numbers = [n for p in pieces if p.code != MONTH and (n := ordinal_of(p)) is not None]
    year, counted = year_of(pieces, clock)
    stretch = cal.one_day(year or NO_YEAR, month, numbers[0]) if numbers else None
    return _point(found, ("DAY", "DAY-OF-YEAR"), stretch, year, counted, clock)


def _digits(found: Made, clock: Clock) -> Piece | None:
    numbers = [int(n) for n in re.findall(r"\d+", found.pieces[0].text)]
    doubt = ""
    if numbers[0] > 31:
        year, month, day = numbers
    else:
        month, day, year = numbers
        if month > 12 or "." in found.pieces[0].text or (clock.is_day_first and day <= 12):
            month, day = day, month
        elif day <= 12 and day != month:
            doubt = "day and month may stand the other way round"
    stretch = cal.one_day(year, month, day)
    return _point(found, ("DAY", "DAY"), replace(stretch, doubt=doubt) if stretch else None, year, False, clock)


def _month(found: Made, clock: Clock) -> Piece | None:
    pieces = found.pieces
    month = next(_MONTHS[p.text] for p in pieces if p.code == MONTH)
    year, counted = year_of(pieces, clock)
    if counted and pieces[0].text in ("this", "next", "last") and "year" not in [p.text for p in pieces]:
        year = _year_of_named_month(pieces[0].text, month, clock)
    return _point(
        found, ("MONTH-OF-YEAR", "MONTH-ALONE"), cal.months(year or NO_YEAR, month, month), year, counted, clock
    )


def _year_of_named_month(word: str, month: int, clock: Clock) -> int:
    """ "Next June" is the June that follows the document's month, "last June" the one before it."""
    now = clock.document_date.month if clock.document_date else 1
    if word == "next":
        return clock.base_year + (month <= now)
    return clock.base_year - (month >= now) if word == "last" else clock.base_year


def _month_digits(found: Made, clock: Clock) -> Piece | None:
    year, month = (int(n) for n in re.findall(r"\d+", found.pieces[0].text))
    return _point(found, ("MONTH-OF-YEAR", "MONTH-OF-YEAR"), cal.months(year, month, month), year, False, clock)


def _shift_of(pieces: Sequence[Piece]) -> int:
    texts = [p.text for p in pieces]
    return 1 if "next" in texts or "coming" in texts else -1 if "last" in texts else 0


def _month_relative(found: Made, clock: Clock) -> Piece | None:
    if clock.is_standing:
        return None
    first = (clock.document_date or date(NO_YEAR, 1, 1)) + relativedelta(months=_shift_of(found.pieces))
    stretch = cal.months(first.year, first.month, first.month)
    return _point(found, ("MONTH-RELATIVE", ""), stretch, first.year, True, clock)


def _quarter_relative(found: Made, clock: Clock) -> Piece | None:
    if clock.is_standing:
        return None
    first = (clock.document_date or date(NO_YEAR, 1, 1)) + relativedelta(months=3 * _shift_of(found.pieces))
    stretch = cal.quarter(first.year, (first.month + 2) // 3)
    return _point(found, ("QUARTER-RELATIVE", ""), stretch, first.year, True, clock)


def _year_or_the_year(found: Made, clock: Clock) -> tuple[int | None, bool]:
    """The year of a part of it; "of the year" is the document's year."""
    year, counted = year_of(found.pieces, clock)
    if year is None and [p.text for p in found.pieces[-2:]] == ["the", "year"]:
        return clock.year or clock.base_year, clock.year is None
    return year, counted


def _quarter(found: Made, clock: Clock) -> Piece | None:
    texts = [p.text for p in found.pieces]
    code = next((t for t in texts if re.fullmatch(r"q[1-4]", t)), "")
    ordinals = [n for p in found.pieces if len(p.text) != 4 and (n := ordinal_of(p)) is not None]
    number = int(code[1]) if code else ordinals[0] if ordinals else 4 if {"last", "final"} & set(texts) else 0
    if not 1 <= number <= 4:
        return None
    at_quarter = [p for p in found.pieces if p.text not in ("last", "final")] if "last" in texts[:2] else found.pieces
    year, counted = _year_or_the_year(Found(found.rule, found.line, found.after - len(at_quarter), found.after), clock)
    return _point(found, ("QUARTER", "QUARTER-ALONE"), cal.quarter(year or NO_YEAR, number), year, counted, clock)


def _months_counted(
    found: Made, clock: Clock, unit: Unit, precision: cal.Precision, kinds: tuple[str, str]
) -> Piece | None:
    """The first or last N months or quarters of a year."""
    length = next(p.value for p in found.pieces if isinstance(p.value, Length))
    count = length.amount * (3 if unit == "quarter" else 1)
    if length.unit != unit or count.denominator != 1 or not 1 <= count <= 11:
        return None
    is_first = "first" in [p.text for p in found.pieces[:2]]
    tail = Found(found.rule, found.line, found.first + 1 + (found.pieces[0].text == "the"), found.after)
    year, counted = _year_or_the_year(tail, clock)
    ends = (1, int(count)) if is_first else (13 - int(count), 12)
    return _point(found, kinds, cal.months(year or NO_YEAR, *ends, precision), year, counted, clock)


def _quarters(found: Made, clock: Clock) -> Piece | None:
    return _months_counted(found, clock, "quarter", "quarter", ("QUARTER", "QUARTER-ALONE"))


def _first_months(found: Made, clock: Clock) -> Piece | None:
    return _months_counted(found, clock, "month", "month", ("HALF", "HALF-ALONE"))


def _quarters_joined(found: Made, clock: Clock) -> Piece | None:
    numbers = [n for p in found.pieces if len(p.text) != 4 and (n := ordinal_of(p)) is not None]
    if len(numbers) < 2 or not 1 <= numbers[0] < numbers[1] <= 4:
        return None
    year, counted = _year_or_the_year(found, clock)
    stretch = cal.months(year or NO_YEAR, 3 * numbers[0] - 2, 3 * numbers[1], "quarter")
    return _point(found, ("QUARTER", "QUARTER-ALONE"), stretch, year, counted, clock)


def _half(found: Made, clock: Clock) -> Piece | None:
    texts = [p.text for p in found.pieces]
    if any(isinstance(p.value, Length) and p.parts[0].text != "half" for p in found.pieces):
        return None
    number = 1 if "first" in texts or "former" in texts or "h1" in texts else 2
    tail = Found(found.rule, found.line, found.first + 1 + (texts[0] == "the"), found.after)
    year, counted = _year_or_the_year(tail, clock)
    month = next((_MONTHS[p.text] for p in found.pieces if p.code == MONTH), None)
    if month is None and texts[-1] == "month":
        if clock.document_date is None:
            return None
        now = clock.document_date + relativedelta(months=_shift_of(tail.pieces))
        month, year, counted = now.month, now.year, True
    if month is not None:
        stretch = cal.half_of_month(cal.months(year or NO_YEAR, month, month), number)
        return _point(found, ("PART", "PART-ALONE"), stretch, year, counted, clock)
    return _point(found, ("HALF", "HALF-ALONE"), cal.half(year or NO_YEAR, number), year, counted, clock)


def _half_code(found: Made, clock: Clock) -> Piece | None:
    number = int(next(p.text for p in found.pieces if re.fullmatch(r"h[12]", p.text))[1])
    year, counted = year_of(found.pieces, clock)
    return _point(found, ("HALF", "HALF-ALONE"), cal.half(year or NO_YEAR, number), year, counted, clock)


def _year(found: Made, clock: Clock) -> Piece | None:
    """A bare year; not one in brackets of its own, nor one that "the" makes an adjective, nor a number of things."""
    codes, shape = found.line.codes, alphabet().shape
    before = codes[found.first - 1] if found.first else ""
    after = codes[found.after] if found.after < len(codes) else ""
    if before in (shape("OPEN"), shape("MASKED")) and after == shape("CLOSE"):
        return None
    amounts = (shape("INT"), shape("GROUPED"))
    if before == alphabet().word("from") and codes[found.after + 1 : found.after + 2] in amounts:
        return None  # "from 2000 to 3000 yuan"
    if _is_in_a_name(found.line.pieces, found.first, found.after):
        return None
    joined = (shape("DASH"), alphabet().word("to"))
    if before == alphabet().word("the") and after not in joined:
        return None
    if after == shape("PLURAL") and (
        found.pieces[0].text == "2000" or (found.first > 2 and before != alphabet().word("by"))
    ):
        return None
    return _point(found, ("YEAR-POINT", ""), cal.year(int(found.pieces[0].text)), 1, False, clock)


def _is_in_a_name(pieces: Sequence[Piece], first: int, after: int) -> bool:
    """ "Listed in 2017 Work Points"; at the head of a sentence the comma may be missing ("In 2017 Shanghai shall …")."""
    if first < 2 or after >= len(pieces) or not pieces[after].is_capital or pieces[after].code == MONTH:
        return False
    return pieces[first - 1].text in ("in", "for", "of", "from", "with", "under", "to", "on")


def _year_said(found: Made, clock: Clock) -> Piece | None:
    return _point(found, ("YEAR-POINT", ""), cal.year(int(found.pieces[-1].text)), 1, False, clock)


def _year_relative(found: Made, clock: Clock) -> Piece | None:
    if clock.is_standing:
        return None
    year, _ = year_of(found.pieces, clock)
    return _point(found, ("YEAR-RELATIVE", ""), cal.year(year or NO_YEAR), year, True, clock)


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the first month of each


def _season(found: Made, clock: Clock) -> Piece | None:
    """Three months; winter goes on into the next year, also where both years are printed."""
    texts = [p.text for p in found.pieces]
    first = next(_SEASONS[text] for text in texts if text in _SEASONS)
    years = [int(text) for text in texts if re.fullmatch(r"(?:19|20)\d\d", text)]
    year, counted = year_of(found.pieces, clock)
    if year is None or (len(years) == 2 and (first != 12 or years[1] != years[0] + 1)):
        return None
    stretch = cal.months(year, first, min(first + 2, 12), "quarter")
    if first == 12:
        stretch = replace(stretch, latest=cal.months(year + 1, 2, 2).latest)
    return _point(found, ("QUARTER", ""), replace(stretch, doubt="a season has no fixed days"), year, counted, clock)


_SPRING_FESTIVALS = {
    2005: (2, 9), 2006: (1, 29), 2007: (2, 18), 2008: (2, 7), 2009: (1, 26), 2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31),
    2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10),
    2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3),
}  # fmt: skip
_HOLIDAYS = {
    "women": (3, 8), "arbor": (3, 12), "arbour": (3, 12), "tree": (3, 12), "consumer": (3, 15), "labor": (5, 1), "labour": (5, 1), "workers": (5, 1),
    "may": (5, 1), "youth": (5, 4), "children": (6, 1), "environment": (6, 5), "army": (8, 1), "teachers": (9, 10), "constitution": (12, 4),
    "national": (10, 1), "new": (1, 1),
}  # fmt: skip


def _holiday(found: Made, clock: Clock) -> Piece | None:
    """The first day of a holiday; the Spring Festival only in the years of the table."""
    texts = [p.text for p in found.pieces]
    year, counted = year_of(found.pieces, clock)
    is_lunar = not {"spring", "lunar", "chinese"}.isdisjoint(texts)
    named = next(place for word, place in _HOLIDAYS.items() if word in texts) if not is_lunar else None
    place = _SPRING_FESTIVALS.get(year or 0) if is_lunar else named
    if place is None:
        return None
    day = cal.one_day(year or NO_YEAR, *place)
    if day is not None and is_lunar:
        day = replace(day, doubt="the first day of the Spring Festival; what is due before it may be due earlier")
    return _point(found, ("DAY", "DAY-OF-YEAR"), day, year, counted, clock)


def _plan(found: Made, clock: Clock) -> Piece | None:
    if any(isinstance(p.value, Length) and p.value.iso != "P5Y" for p in found.pieces):
        return None
    number = next((n for p in found.pieces if not isinstance(p.value, Length) and (n := ordinal_of(p)) is not None), 0)
    stretch = cal.five_year_plan(number)
    kind = "PLAN-PERIOD" if any(p.text.startswith("period") for p in found.pieces) else "PLAN"
    return _point(found, (kind, ""), stretch, 1, False, clock)


def _plans(found: Made, clock: Clock) -> Piece | None:
    numbers = [n for p in found.pieces if not isinstance(p.value, Length) and (n := ordinal_of(p)) is not None]
    ends = [cal.five_year_plan(number) for number in numbers]
    if ends[0] is None or ends[-1] is None:
        return None
    return _point(found, ("PLAN-PERIOD", ""), ends[0].to(ends[-1]), 1, False, clock)


def _plan_digits(found: Made, clock: Clock) -> Piece | None:
    numbers = [int(p.text) for p in found.pieces if p.text.isdigit()]
    if numbers[1:] != [5]:
        return None
    kind = "PLAN-PERIOD" if found.pieces[-1].text == "period" else "PLAN"
    return _point(found, (kind, ""), cal.five_year_plan(numbers[0]), 1, False, clock)


POINTS: dict[str, Reader] = {
    "day": _day, "digits": _digits, "month": _month, "month-digits": _month_digits, "month-relative": _month_relative,
    "quarter": _quarter, "quarters": _quarters, "quarters-joined": _quarters_joined, "half": _half,
    "half-code": _half_code, "first-months": _first_months, "quarter-relative": _quarter_relative, "plan": _plan,
    "plan-named": _plan, "plan-digits": _plan_digits, "plans": _plans, "year": _year, "year-said": _year_said,
    "year-relative": _year_relative, "season": _season, "holiday": _holiday,
}  # fmt: skip
