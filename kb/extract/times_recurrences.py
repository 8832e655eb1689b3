"""What the rows of times_recurrences.yaml read: rules of RFC 5545. "by 31 March each year" -> FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31.

A quarter is three months and a half-year six; a part of a month or a year that is a limit ("within the first ten days of
each month") comes back on its last day. The tables call the readers by the names that stand in `RECURRENCES` at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import Clock, Length, Precision, Stretch, Unit
from kb.extract.times_phrases import Draft, Made, Reader, draft_of, stretches_in, texts_of
from kb.extract.times_quantities import ordinal_of, unit_of
from kb.extract.times_stretches import join
from kb.extract.times_tokens import Piece, alphabet

_CYCLES: dict[str, tuple[Fraction, Unit]] = {"fortnight": (Fraction(2), "week")}
for _word, _value in (alphabet().values["CYCLE"] | alphabet().values["CYCLE-ADJECTIVE"]).items():
    _count, _, _unit = str(_value).rpartition(" ")
    _CYCLES[_word] = (Fraction(_count or 1), _unit)  # type: ignore[assignment]


def cycle_in(pieces: Sequence[Piece]) -> tuple[Fraction, Unit] | None:
    """How many of which unit a cycle has: "every other year" is two years, "half-yearly" six months."""
    length = next((p.value for p in reversed(pieces) if isinstance(p.value, Length)), None)
    if length is not None:
        return length.amount, length.unit
    texts = texts_of(pieces)
    word = next((t for t in texts if t in _CYCLES), None)
    if word is not None:
        amount, unit = _CYCLES[word]
        is_halved = "half" in texts or "semi" in texts or ("bi" in texts and unit == "year")
        return amount / 2 if is_halved else amount * 2 if "bi" in texts else amount, unit
    units = [named for text in texts if (named := unit_of(text)) is not None]
    return (_steps(pieces), units[-1]) if units else None


def _steps(pieces: Sequence[Piece]) -> Fraction:
    """Two for "every other", three for "every third", a half for "half-year"."""
    texts = texts_of(pieces)
    if "half" in texts:
        return Fraction(1, 2)
    ordinals = [n for p in pieces if p.text in alphabet().values["ORD"] and (n := ordinal_of(p)) is not None]
    return Fraction(2 if "other" in texts else ordinals[0] if ordinals else 1)


_FEWEST_MONTHS, _QUARTERS = 3, 4
_WORKING = {"working", "work", "business", "trading", "workday"}


def _cycle(found: Made, _: Clock) -> Draft | None:
    draft = draft_of(found)
    cycle = cycle_in(found.pieces)
    if cycle is None:
        return None
    texts = texts_of(found.pieces)
    if _WORKING & set(texts) and cycle[1] == "day":
        draft.rrule = cal.every("week", BYDAY=cal.WORKING_DAYS)
    else:
        draft.rrule = cal.every(cycle[1], cycle[0])
    if not draft.bound and ("least" in texts or "fewer" in texts or "less" in texts):
        draft.bound = "min"
    return draft


def _dated(found: Made, _: Clock) -> Draft | None:
    draft = draft_of(found)
    parts = stretches_in(found)
    texts = texts_of(found.pieces)
    if len(parts) == 2 and "and" in texts and "between" not in texts:
        return _two_dates(draft, parts)
    stretch = parts[0] if len(parts) == 1 else join(parts[0], parts[-1])
    if stretch is None:
        return None
    draft.precision = stretch.precision
    is_whole = stretch.precision != "day" and not stretch.is_edge
    if is_whole and {"before", "prior", "ahead"} & set(texts) and "end" not in texts:
        stretch = cal.end(replace(stretch, latest=stretch.earliest - timedelta(days=1)))
    elif is_whole and {"by", "until", "than"} & set(texts):
        stretch = cal.end(stretch)
    draft.rrule = cal.yearly(stretch)
    return draft


def _two_dates(draft: Draft, parts: Sequence[Stretch]) -> Draft:
    """ "March 1 and September 1 of each year", "May and October each year"."""
    month_list = ",".join(str(p.latest.month) for p in parts)
    days = sorted({p.latest.day for p in parts})
    draft.precision = parts[0].precision
    if draft.precision == "day":
        draft.rrule = cal.every("year", BYMONTH=month_list, BYMONTHDAY=",".join(str(d) for d in days))
        draft.doubt = "the rule joins each of the days with each of the months" if len(days) > 1 else ""
    else:
        draft.rrule = cal.every("year", BYMONTH=month_list)
    return draft


def _months(found: Made, _: Clock) -> Draft | None:
    """ "January, April and July of each year", with a day in front of the first month or of all of them."""
    draft = draft_of(found)
    stretches = stretches_in(found)
    months = sorted({day.month for s in stretches for day in (s.earliest, s.latest)})
    days = {s.latest.day for s in stretches if s.precision == "day"}
    if (
        len(days) > 1
        or len(months) < _FEWEST_MONTHS
        or (found.rule.id == "months-of-quarters" and len(months) != _QUARTERS)
    ):
        return None
    month_list = ",".join(map(str, months))
    if days:
        draft.rrule, draft.precision = cal.every("year", BYMONTH=month_list, BYMONTHDAY=str(days.pop())), "day"
    else:
        draft.rrule, draft.precision = cal.every("year", BYMONTH=month_list), "month"
    return draft


def _every(cycle: tuple[Fraction, Unit], place: int, **parts: str) -> str:
    """A rule with the months in which it comes back, where the cycle has several: `place` 2 is the second of each quarter, -1 the last."""
    unit, amount = cycle[1], cycle[0]
    months = amount * {"month": 1, "quarter": 3, "year": 12}.get(unit, 0)
    if months in _IN_A_YEAR:
        first = int(months) if place < 0 else min(place, int(months))
        parts = {"BYMONTH": ",".join(str(m) for m in range(first, 13, int(months))), **parts}
    return cal.every(unit, amount, **parts)


_IN_A_YEAR = (2, 3, 4, 6)  # months of cycles that a year holds several of


def _place_of_month(pieces: Sequence[Piece]) -> int:
    """Which month of the cycle: 1 for "the first month of each quarter", -1 for the last; 1 where none is named."""
    for before, piece in pairwise(pieces):
        if piece.text == "month" and before.text == "last":
            return -1
        if piece.text == "month" and before.text in alphabet().values["ORD"]:
            return ordinal_of(before) or 1
    return 1


def _part_of_cycle(found: Made, _: Clock) -> Draft | None:
    """ "The end of each quarter", "the first ten days of each month", "the last working day of each month"."""
    draft = draft_of(found)
    pieces = [q for p in found.pieces for q in (p.parts if isinstance(p.value, Stretch) else (p,))]
    split = max((i for i, p in enumerate(pieces) if p.text == "of"), default=len(pieces))  # "year-end" has none
    part, cycle = pieces[:split], cycle_in(pieces[split:]) or cycle_in(pieces[:2])
    if cycle is None:
        return None
    texts = set(texts_of(part))
    is_end = bool(texts & {"end", "close", "last", "final"})
    draft.precision = "day"
    weekday = next((p.text for p in part if p.text in alphabet().values["WEEKDAY"]), "")
    if weekday or (texts & (_WORKING | {"day"}) and not any(isinstance(p.value, Length) for p in part)):
        draft.rrule = _nth_day(cycle, part, weekday, is_end)
        return draft
    draft.rrule, draft.precision = _part_rule(cycle, part, texts, is_end)
    return draft


def _nth_day(cycle: tuple[Fraction, Unit], part: Sequence[Piece], weekday: str, is_end: bool) -> str:
    texts = set(texts_of(part))
    number = -1 if is_end else next((n for p in part if (n := ordinal_of(p)) is not None), 1)
    if weekday:
        return _every(cycle, -1 if is_end else 1, BYDAY=f"{number}{alphabet().values['WEEKDAY'][weekday]}")
    if texts & _WORKING:
        return _every(cycle, -1 if is_end else 1, BYDAY=cal.WORKING_DAYS, BYSETPOS=str(number))
    if cycle[1] == "year":
        month, day = ("12", "31") if is_end else ("1", str(number))
        return cal.every("year", cycle[0], BYMONTH=month, BYMONTHDAY=day)
    return _every(cycle, -1 if is_end else 1, BYMONTHDAY=str(number))


def _part_rule(
    cycle: tuple[Fraction, Unit], part: Sequence[Piece], texts: set[str], is_end: bool
) -> tuple[str, Precision]:
    amount, unit = cycle
    length = next((p.value for p in part if isinstance(p.value, Length)), None)
    days = int(length.amount) if length is not None and length.unit == "day" else 0
    if unit in ("day", "week", "hour"):
        return cal.every(unit, amount), ""
    if unit == "year" and amount == 1:
        return _part_of_year(length, days, texts, is_end)
    place = -1 if is_end else 1
    if "month" in texts:
        is_dated = bool(texts & {"end", "close"})
        place = _place_of_month(part)
        return _every(cycle, place, **({"BYMONTHDAY": "-1"} if is_dated else {})), "day" if is_dated else "month"
    if length is not None and length.is_working:
        return _every(cycle, place, BYDAY=cal.WORKING_DAYS, BYSETPOS=str(-days if is_end else days)), "day"
    if days:
        return _every(cycle, place, BYMONTHDAY="-1" if is_end else str(days)), "day"
    day = "-1" if is_end else "20" if "middle" in texts else "10"
    return _every(cycle, place, BYMONTHDAY=day), "day"


def _part_of_year(length: Length | None, days: int, texts: set[str], is_end: bool) -> tuple[str, Precision]:
    if "month" in texts:
        return cal.every("year", BYMONTH="12" if is_end else "1"), "month"
    if length is not None and length.unit in ("month", "quarter"):
        count = min(int(length.amount * (3 if length.unit == "quarter" else 1)), 12)
        first, last = (13 - count, 12) if is_end else (1, count)
        return cal.every("year", BYMONTH=",".join(str(m) for m in range(first, last + 1))), "month"
    if is_end:
        return cal.every("year", BYMONTH="12", BYMONTHDAY="31"), "year"
    if days:
        return cal.every("year", BYMONTH="1", BYMONTHDAY=str(min(days, 31))), "day"
    return cal.every("year", BYMONTH="6" if "middle" in texts else "1"), "month"


def _day_of_month(found: Made, _: Clock) -> Draft | None:
    draft = draft_of(found)
    texts = texts_of(found.pieces)
    month_words = {"month", "quarter"} & set(texts)
    days = [n for p in found.pieces if not isinstance(p.value, Length) and (n := ordinal_of(p)) is not None]
    if "month" in texts and "quarter" in texts and _place_of_month(found.pieces) > 0 and len(days) > 1:
        days = days[:-1]
    if not days or not all(1 <= day <= 31 for day in days):
        return None
    joined = {"to", "between"} & set(texts) or any(re.fullmatch("[-–—~]", t) for t in texts)
    listed = days[-1:] if joined else days
    is_quarter = "quarter" in month_words or "quarterly" in texts
    cycle: tuple[Fraction, Unit] = (Fraction(1), "quarter" if is_quarter else "month")
    draft.rrule = _every(cycle, _place_of_month(found.pieces), BYMONTHDAY=",".join(str(d) for d in listed))
    draft.precision = "day"
    return draft


def _weekday(found: Made, _: Clock) -> Draft | None:
    draft = draft_of(found)
    names = alphabet().values["WEEKDAY"]
    days = [str(names[p.text]) for p in found.pieces if p.text in names]
    if not days:
        return None
    draft.rrule, draft.precision = cal.every("week", BYDAY=",".join(days)), "day"
    return draft


RECURRENCES: dict[str, Reader] = {
    "cycle": _cycle, "dated": _dated, "months": _months, "part-of-cycle": _part_of_cycle, "day-of-month": _day_of_month, "weekday": _weekday,
}  # fmt: skip
