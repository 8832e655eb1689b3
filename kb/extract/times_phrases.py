"""What the rows of times_phrases.yaml, times_lengths.yaml and times_recurrences.yaml read: one draft of a time each.

A reader gets the pieces of the phrase and the clock and returns a `Draft`, or None where the phrase is no time after all.
The names under which the tables call the readers stand in `PHRASES` at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import Length, Precision, Stretch, Unit
from kb.extract.times_grammar import Found, PatternRule
from kb.extract.times_tokens import Piece, alphabet
from kb.extract.times_values import Clock, join, number_of, ordinal_of, unit_of

DraftType = Literal[
    "deadline", "period", "effective-date", "relative-duration", "duration", "recurrence", "historical", "none"
]
Bound = Literal["", "min", "max", "exact", "range"]


class PhraseRule(PatternRule, frozen=True, kw_only=True):
    """A row that makes a time: its type by form, and the bound of its length or frequency."""

    type: DraftType
    bound: Bound = ""


@dataclass(slots=True)
class Draft:
    """A time on its way: what the phrase says, before its surroundings have had their say."""

    type: DraftType
    rule: str
    earliest: date | None = None
    latest: date | None = None
    precision: Precision = ""
    length: Length | None = None
    bound: Bound = ""
    rrule: str = ""
    is_computed: bool = False
    counts_forward: bool = False  # from the document's date
    is_rolled: bool = False  # the year is the one after the document's, because the day had passed
    doubt: str = ""
    start: int = 0
    end: int = 0
    trigger: tuple[int, int] | None = None
    rules: tuple[str, ...] = ()


Made = Found[PhraseRule]
Reader = Callable[[Made, Clock], Draft | None]


def draft_of(found: Made, clock: Clock) -> Draft | None:
    """The draft of a phrase, with its rule and place."""
    draft = PHRASES[found.rule.reads](found, clock)
    if draft is not None:
        draft.start, draft.end = found.pieces[0].start, found.pieces[-1].end
    return draft


def _draft(found: Made) -> Draft:
    return Draft(found.rule.type, found.rule.id, bound=found.rule.bound)


def _texts(pieces: Sequence[Piece]) -> list[str]:
    return [p.text for p in pieces]


def _stretches(found: Made) -> list[Stretch]:
    return [p.value for p in found.pieces if isinstance(p.value, Stretch)]


# ---------------------------------------------------------------- calendar


def resolve(stretch: Stretch, clock: Clock, draft: Draft) -> Stretch | None:
    """The stretch in its year, which the context or the document's date may have to give; None where none does."""
    if stretch.has_year:
        return stretch
    if stretch.from_document:
        return None
    if clock.year is not None:
        return stretch.in_year(clock.year)
    if clock.document_date is None:
        return None
    found = stretch.in_year(clock.document_date.year, from_document=True)
    if found.latest < clock.document_date:
        draft.is_rolled = True
        draft.doubt = "the day had passed when the document was issued; the next one is meant, or the year is another"
        return stretch.in_year(clock.document_date.year + 1, from_document=True)
    return found


def _calendar(found: Made, clock: Clock) -> tuple[Draft, Stretch | None]:
    draft = _draft(found)
    printed = _stretches(found)[0]
    draft.precision = printed.precision
    draft.is_computed = printed.from_document
    stretch = resolve(printed, clock, draft)
    if stretch is not None:
        draft.is_computed = stretch.from_document
        draft.doubt = draft.doubt or stretch.doubt
    return draft, stretch


def _until(found: Made, clock: Clock) -> Draft:
    draft, stretch = _calendar(found, clock)
    if stretch is not None:
        draft.latest = stretch.latest
    return draft


def _before(found: Made, clock: Clock) -> Draft:
    draft, stretch = _calendar(found, clock)
    if stretch is not None:
        is_inclusive = stretch.precision == "day" or stretch.is_edge
        draft.latest = stretch.latest if is_inclusive else stretch.earliest - timedelta(days=1)
    return draft


def _stretch(found: Made, clock: Clock) -> Draft:
    draft, stretch = _calendar(found, clock)
    if stretch is not None:
        draft.earliest, draft.latest = stretch.earliest, stretch.latest
        if "last" in _texts([q for p in found.pieces for q in (p, *p.parts)]) and _is_gone(stretch, clock):
            draft.type = "historical"
    return draft


def _is_gone(stretch: Stretch, clock: Clock) -> bool:
    return stretch.from_document and clock.document_date is not None and stretch.latest < clock.document_date


def _from(found: Made, clock: Clock) -> Draft:
    draft, stretch = _calendar(found, clock)
    if stretch is not None:
        draft.earliest = stretch.earliest
    return draft


def _after(found: Made, clock: Clock) -> Draft:
    draft, stretch = _calendar(found, clock)
    if stretch is not None:
        draft.earliest = stretch.earliest if stretch.is_day else stretch.latest + timedelta(days=1)
    return draft


def _between(found: Made, clock: Clock) -> Draft | None:
    ends = _stretches(found)
    if len(ends) == 1:
        return _stretch(found, clock)
    draft = _draft(found)
    if not ends[0].has_year and not ends[-1].has_year:
        year = clock.year or (clock.document_date.year if clock.document_date else None)
        ends = [e.in_year(year, from_document=clock.year is None) if year else e for e in ends]
    joined = join(ends[0], ends[-1])
    if joined is None:
        return None
    draft.precision, draft.is_computed = joined.precision, joined.from_document
    if joined.has_year:
        draft.earliest, draft.latest = joined.earliest, joined.latest
    return draft


def _from_now(found: Made, clock: Clock) -> Draft:
    draft, stretch = _calendar(found, clock)
    if stretch is not None:
        draft.earliest, draft.latest, draft.is_computed = clock.document_date, stretch.latest, True
    return draft


def _day(found: Made, clock: Clock) -> Draft:
    draft, stretch = _calendar(found, clock)
    if stretch is not None:
        draft.earliest = draft.latest = stretch.latest
    return draft


def _current(found: Made, clock: Clock) -> Draft:
    draft = _draft(found)
    draft.is_computed = True
    word = found.pieces[-1].text
    draft.precision = {"year": "year", "month": "month", "quarter": "quarter"}[word]  # type: ignore[assignment]
    now = clock.document_date
    if now is not None:
        by_word = {"year": cal.year(now.year), "month": cal.months(now.year, now.month, now.month)}
        stretch = by_word.get(word) or cal.quarter(now.year, (now.month + 2) // 3)
        draft.earliest, draft.latest = stretch.earliest, stretch.latest
    return draft


def _issue(found: Made, clock: Clock) -> Draft:
    draft = _draft(found)
    draft.earliest, draft.precision, draft.is_computed = clock.document_date, "day", True
    return draft


def _nothing(found: Made, _: Clock) -> Draft:
    return _draft(found)


# ---------------------------------------------------------------- lengths


def _lengths_in(found: Made) -> list[Length]:
    return [p.value for p in found.pieces if isinstance(p.value, Length)]


def _length(found: Made, _: Clock) -> Draft:
    draft = _draft(found)
    draft.length = _lengths_in(found)[-1]
    if draft.length.least is not None and draft.bound == "exact":
        draft.bound = "max"
    return draft


def _window(found: Made, clock: Clock) -> Draft | None:
    draft = _length(found, clock)
    return draft if draft.length and draft.length.unit in ("month", "year", "decade") else None


def _forward(found: Made, clock: Clock) -> Draft:
    draft = _length(found, clock)
    draft.counts_forward = bool({"next", "coming", "upcoming"} & set(_texts(found.pieces)))
    return draft


def _one_day(found: Made, _: Clock) -> Draft:
    draft = _draft(found)
    is_working = bool({"working", "work", "business", "trading", "workday"} & set(_texts(found.pieces)))
    draft.length = Length(Fraction(1), "day", is_working)
    return draft


def _lengths(found: Made, _: Clock) -> Draft | None:
    draft = _draft(found)
    lengths = _lengths_in(found)
    most = lengths[-1]
    least = lengths[0].amount if len(lengths) == 2 else next((n for p in found.pieces if (n := number_of(p)) is not None), None)
    if len(lengths) == 2 and lengths[0].unit != most.unit:
        factor = {"year": 12, "month": 1}
        if {lengths[0].unit, most.unit} != set(factor):
            draft.length = most
            return draft
        least = lengths[0].amount * factor[lengths[0].unit]
        most = replace(most, amount=most.amount * factor[most.unit], unit="month")
    if least is None or least >= most.amount:
        return None
    draft.length = replace(most, least=least)
    return draft


# ---------------------------------------------------------------- recurrences


_CYCLES: dict[str, tuple[Fraction, Unit]] = {}
for _word, _value in (alphabet().values["CYCLE"] | alphabet().values["CYCLE-ADJECTIVE"]).items():
    _count, _, _unit = str(_value).rpartition(" ")
    _CYCLES[_word] = (Fraction(_count or 1), _unit)  # type: ignore[assignment]


def cycle_in(pieces: Sequence[Piece]) -> tuple[Fraction, Unit] | None:
    """How many of which unit a cycle has: "every other year" is two years, "half-yearly" six months."""
    texts = _texts(pieces)
    length = next((p.value for p in reversed(pieces) if isinstance(p.value, Length)), None)
    if length is not None:
        return (length.amount, length.unit)
    word = next((t for t in texts if t in _CYCLES), None)
    if word is not None:
        amount, unit = _CYCLES[word]
        if "half" in texts or ("semi" in texts) or ("bi" in texts and unit == "year"):
            return amount / 2, unit
        return (amount * 2 if "bi" in texts else amount), unit
    units = [unit for text in texts if (unit := unit_of(text))]
    if "fortnight" in texts:
        return Fraction(2), "week"
    if not units:
        return None
    if "half" in texts:
        return Fraction(1, 2), units[-1]
    skipped = next((n for p in pieces if p.text in alphabet().values["ORD"] and (n := ordinal_of(p)) is not None), 1)
    return Fraction(2 if "other" in texts else skipped), units[-1]


_WORKING = {"working", "work", "business", "trading", "workday"}


def _cycle(found: Made, _: Clock) -> Draft | None:
    draft = _draft(found)
    cycle = cycle_in(found.pieces)
    if cycle is None:
        return None
    texts = _texts(found.pieces)
    if _WORKING & set(texts) and cycle[1] == "day":
        draft.rrule = cal.every("week", BYDAY=cal.WORKING_DAYS)
    else:
        draft.rrule = cal.every(cycle[1], cycle[0])
    if not draft.bound and ("least" in texts or "fewer" in texts or "less" in texts):
        draft.bound = "min"
    return draft


def _dated(found: Made, _: Clock) -> Draft | None:
    draft = _draft(found)
    parts = _stretches(found)
    texts = _texts(found.pieces)
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


def _part_of_cycle(found: Made, _: Clock) -> Draft | None:
    """ "The end of each quarter", "the first ten days of each month", "the last working day of each month"."""
    draft = _draft(found)
    pieces = [q for p in found.pieces for q in (p.parts if isinstance(p.value, Stretch) else (p,))]
    split = max(i for i, p in enumerate(pieces) if p.text == "of")
    part, cycle = pieces[:split], cycle_in(pieces[split:]) or cycle_in(pieces[:2])
    if cycle is None:
        return None
    texts = set(_texts(part))
    is_end = bool(texts & {"end", "close", "last", "final"})
    draft.precision = "day"
    weekday = next((p.text for p in part if p.text in alphabet().values["WEEKDAY"]), "")
    if weekday or (texts & (_WORKING | {"day"}) and not any(isinstance(p.value, Length) for p in part)):
        draft.rrule = _nth_day(cycle, part, weekday, is_end)
        return draft
    draft.rrule, draft.precision = _part_rule(cycle, part, texts, is_end)
    return draft


def _nth_day(cycle: tuple[Fraction, Unit], part: Sequence[Piece], weekday: str, is_end: bool) -> str:
    texts = set(_texts(part))
    number = -1 if is_end else next((n for p in part if (n := ordinal_of(p)) is not None), 1)
    if weekday:
        return cal.every(cycle[1], cycle[0], BYDAY=f"{number}{alphabet().values['WEEKDAY'][weekday]}")
    if texts & _WORKING:
        return cal.every(cycle[1], cycle[0], BYDAY=cal.WORKING_DAYS, BYSETPOS=str(number))
    if cycle[1] == "year":
        month, day = ("12", "31") if is_end else ("1", str(number))
        return cal.every("year", cycle[0], BYMONTH=month, BYMONTHDAY=day)
    return cal.every(cycle[1], cycle[0], BYMONTHDAY=str(number))


def _part_rule(cycle: tuple[Fraction, Unit], part: Sequence[Piece], texts: set[str], is_end: bool) -> tuple[str, Precision]:
    amount, unit = cycle
    length = next((p.value for p in part if isinstance(p.value, Length)), None)
    days = int(length.amount) if length is not None and length.unit == "day" else 0
    if unit in ("day", "week", "hour"):
        return cal.every(unit, amount), ""
    if unit == "year" and amount == 1:
        return _part_of_year(length, days, texts, is_end)
    if "month" in texts:
        return cal.every(unit, amount), "month"
    if length is not None and length.is_working:
        place = str(-days if is_end else days)
        return cal.every(unit, amount, BYDAY=cal.WORKING_DAYS, BYSETPOS=place), "day"
    if days:
        return cal.every(unit, amount, BYMONTHDAY="-1" if is_end else str(days)), "day"
    day = "-1" if is_end else "20" if "middle" in texts else "10"
    return cal.every(unit, amount, BYMONTHDAY=day), "day"


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
    draft = _draft(found)
    texts = _texts(found.pieces)
    month_words = {"month", "quarter"} & set(texts)
    days = [n for p in found.pieces if not isinstance(p.value, Length) and (n := ordinal_of(p)) is not None]
    if "first" in texts and "month" in texts and "quarter" in texts:
        days = days[:-1] or days
    if not days or not all(1 <= day <= 31 for day in days):
        return None
    joined = {"to", "between"} & set(texts) or any(re.fullmatch("[-–—~]", t) for t in texts)
    listed = days[-1:] if joined else days
    is_quarter = "quarter" in month_words or "quarterly" in texts
    draft.rrule = cal.every("quarter" if is_quarter else "month", BYMONTHDAY=",".join(str(d) for d in listed))
    draft.precision = "day"
    return draft


def _weekday(found: Made, _: Clock) -> Draft | None:
    draft = _draft(found)
    names = alphabet().values["WEEKDAY"]
    days = [str(names[p.text]) for p in found.pieces if p.text in names]
    if not days:
        return None
    draft.rrule, draft.precision = cal.every("week", BYDAY=",".join(days)), "day"
    return draft


PHRASES: dict[str, Reader] = {
    "until": _until, "before": _before, "stretch": _stretch, "from": _from, "after": _after, "between": _between,
    "from-now": _from_now, "day": _day, "current": _current, "issue": _issue, "nothing": _nothing,
    "length": _length, "forward": _forward, "window": _window, "one-day": _one_day, "lengths": _lengths,
    "cycle": _cycle, "dated": _dated, "part-of-cycle": _part_of_cycle, "day-of-month": _day_of_month, "weekday": _weekday,
}  # fmt: skip
