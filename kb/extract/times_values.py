"""What the rows of the first four tables read: numbers, lengths, points of the calendar, their parts and ranges.

Each reader gets the pieces a rule has matched and returns a piece with its value, or None where the words are no such
thing after all ("June 31", "the 47th Five-Year Plan"), so that the next best rule is tried. The readers are listed in
`NUMBERS`, `LENGTHS`, `POINTS` and `STRETCHES` under the names that the tables use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import NO_YEAR, Length, Stretch, Unit
from kb.extract.times_grammar import Found, PatternRule
from kb.extract.times_tokens import Piece, alphabet


@dataclass(frozen=True, slots=True)
class Clock:
    """What a time without a date of its own is counted from."""

    document_date: date | None = None
    year: int | None = None  # of the heading or lead-in it stands under
    effective: date | None = None

    @property
    def base_year(self) -> int:
        """The year of "this year", or a stand-in where it is not known."""
        return self.document_date.year if self.document_date else NO_YEAR


Made = Found[PatternRule]
Reader = Callable[[Made, Clock], Piece | None]

_VALUES = alphabet().values
_MONTHS, _CARDS, _ORDS = (
    {word: int(value) for word, value in _VALUES[name].items()} for name in ("MONTH", "CARD", "ORD")
)
_UNITS: dict[str, Unit] = {
    "minute": "minute", "hour": "hour", "day": "day", "week": "week", "month": "month", "quarter": "quarter",
    "year": "year", "decade": "decade", "workday": "day", "weekday": "day",
}  # fmt: skip
_WORKING = frozenset({"working", "work", "business", "trading", "workday", "workdays", "weekday", "weekdays"})
MONTH = alphabet().shape("MONTH")


# ---------------------------------------------------------------- numbers


def number_of(piece: Piece) -> Fraction | None:
    """The value of a number, in digits, in words or read before."""
    if isinstance(piece.value, Fraction):
        return piece.value
    text = piece.text
    if text in _CARDS:
        return Fraction(_CARDS[text])
    digits = text.replace(",", "")
    return Fraction(digits) if re.fullmatch(r"\d{1,7}(?:\.\d{1,4})?", digits) else None


def ordinal_of(piece: Piece) -> int | None:
    """The value of "5th", "fifth" or a bare 5 that stands for it."""
    if isinstance(piece.value, Fraction):
        return int(piece.value)
    if piece.text in _ORDS:
        return _ORDS[piece.text]
    digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", piece.text)
    return int(digits[1]) if digits else None


def numbers_in(pieces: Sequence[Piece]) -> list[Fraction]:
    """All numbers among the pieces, in order."""
    return [n for piece in pieces if (n := number_of(piece)) is not None]


def _spelled(found: Made, _: Clock) -> Piece | None:
    total = _sum_of([_CARDS[p.text] for p in found.pieces if p.text in _CARDS])
    return found.piece("NUMBER", Fraction(total)) if total is not None else None


def _sum_of(parts: Sequence[int]) -> int | None:
    """Twenty four is 24, two hundred and ten 210; "three four" is no number."""
    total = 0
    for number in parts:
        if number == 100:
            total = (total or 1) * 100
        elif total == 0 or (total % 100 == 0 and number < 100) or (total % 10 == 0 and total % 100 >= 20 and number < 10):
            total += number
        else:
            return None
    return total


def _printed_twice(found: Made, _: Clock) -> Piece | None:
    inside = [p for p in found.pieces if p.text.isdigit()]
    words = _sum_of([_CARDS[p.text] for p in found.pieces if p.text in _CARDS])
    if words is None or words != int(inside[0].text):
        return None
    return found.piece("NUMBER", Fraction(words))


def _and_a_half(found: Made, _: Clock) -> Piece | None:
    first = number_of(found.pieces[0])
    return found.piece("NUMBER", first + Fraction(1, 2)) if first is not None else None


def _ordinal(found: Made, _: Clock) -> Piece | None:
    tens, units = _CARDS[found.pieces[0].text], _ORDS[found.pieces[-1].text]
    return found.piece("NTH", Fraction(tens + units)) if tens in (20, 30) and units < 10 else None


# ---------------------------------------------------------------- lengths


def unit_of(text: str) -> Unit | None:
    """The unit that a word names, in the singular or the plural; a fortnight is read as days."""
    return _UNITS.get(text.removesuffix("s"))


def _length(found: Made, amount: Fraction, least: Fraction | None = None, kind: str = "LENGTH") -> Piece | None:
    texts = [p.text for p in found.pieces]
    units = [text for text in texts if unit_of(text) or text.startswith("fortnight")]
    if not units or amount <= 0:
        return None
    unit = unit_of(units[-1])
    is_working = unit == "day" and any(text in _WORKING for text in texts)
    if unit is None:
        unit, amount, least = "week", amount * 2, least * 2 if least is not None else None
    return found.piece(kind, Length(amount, unit, is_working, least))


def _plain_length(found: Made, _: Clock) -> Piece | None:
    amount = numbers_in(found.pieces)
    after = found.line.pieces[found.after].text if found.after < len(found.line.pieces) else ""
    before = found.line.pieces[found.first - 1].text if found.first else ""
    if after == "of" and found.pieces[-1].text.startswith("quarter") and before not in ("first", "last", "final"):
        return None  # a share
    if any(p.text in ("aged", "ages", "age") for p in found.line.pieces[max(found.first - 5, 0) : found.first]):
        return None
    is_year = found.pieces[0].code == alphabet().shape("YEAR")
    if is_year and (unit_of(found.pieces[-1].text) not in ("hour", "minute", "day") or before in ("-", "–", "—", "the")):
        return None  # "the 2016-2017 school year"
    if not amount or (after in ("a", "per", "every") and amount[0] in (24, 7, 365, 8)):
        return None  # "24 hours a day" says always, not how long
    return _length(found, amount[0])


def _a_length(found: Made, _: Clock) -> Piece | None:
    amount = Fraction(3, 2) if found.pieces[-1].text == "half" else Fraction(1)
    return _length(found, amount, kind="A-LENGTH")


def _half_unit(found: Made, _: Clock) -> Piece | None:
    return _length(found, Fraction(1, 2))


def _units_and_a_half(found: Made, _: Clock) -> Piece | None:
    amount = number_of(found.pieces[0])
    return _length(found, amount + Fraction(1, 2)) if amount is not None else None


def _range_of_lengths(found: Made, _: Clock) -> Piece | None:
    texts = [p.text for p in found.pieces]
    amounts = numbers_in(found.pieces)
    if texts[0] not in ("between", "from") and "and" in texts:
        return None
    units = {unit_of(text) for text in texts if unit_of(text)}
    if len(amounts) != 2 or len(units) != 1 or amounts[1] <= amounts[0]:
        return None
    return _length(found, amounts[1], amounts[0])


def _compound(found: Made, _: Clock) -> Piece | None:
    amounts = numbers_in(found.pieces)
    return found.piece("LENGTH", Length(amounts[0] * 12 + amounts[1], "month")) if len(amounts) == 2 else None


def _hyphened(found: Made, _: Clock) -> Piece | None:
    amount = number_of(found.pieces[0])
    return _length(found, amount, kind="HYPHENED") if amount is not None else None


# ---------------------------------------------------------------- points


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


def _point(found: Made, kinds: tuple[str, str], stretch: Stretch | None, year: int | None, counted: bool, clock: Clock) -> Piece | None:
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
        if month > 12 or "." in found.pieces[0].text:
            month, day = day, month
        elif day <= 12 and day != month:
            doubt = "day and month may stand the other way round"
    stretch = cal.one_day(year, month, day)
    return _point(found, ("DAY", "DAY"), replace(stretch, doubt=doubt) if stretch else None, year, False, clock)


def _month(found: Made, clock: Clock) -> Piece | None:
    pieces = found.pieces
    month = next(_MONTHS[p.text] for p in pieces if p.code == MONTH)
    year, counted = year_of(pieces, clock)
    if year is not None and pieces[0].text in ("this", "next", "last") and "year" not in [p.text for p in pieces]:
        year = _year_of_named_month(pieces[0].text, month, clock)
    return _point(found, ("MONTH-OF-YEAR", "MONTH-ALONE"), cal.months(year or NO_YEAR, month, month), year, counted, clock)


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
    first = (clock.document_date or date(NO_YEAR, 1, 1)) + relativedelta(months=_shift_of(found.pieces))
    stretch = cal.months(first.year, first.month, first.month)
    return _point(found, ("MONTH-RELATIVE", ""), stretch, first.year, True, clock)


def _quarter_relative(found: Made, clock: Clock) -> Piece | None:
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


def _months_counted(found: Made, clock: Clock, unit: Unit, precision: cal.Precision, kinds: tuple[str, str]) -> Piece | None:
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
    if after == shape("PLURAL") and found.first > 2 and before != alphabet().word("by"):
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
    year, _ = year_of(found.pieces, clock)
    return _point(found, ("YEAR-RELATIVE", ""), cal.year(year or NO_YEAR), year, True, clock)


def _plan(found: Made, clock: Clock) -> Piece | None:
    if any(isinstance(p.value, Length) and p.value.iso != "P5Y" for p in found.pieces):
        return None
    number = next((n for p in found.pieces if not isinstance(p.value, Length) and (n := ordinal_of(p)) is not None), 0)
    stretch = cal.five_year_plan(number)
    kind = "PLAN-PERIOD" if found.pieces[-1].text.startswith("period") else "PLAN"
    return _point(found, (kind, ""), stretch, 1, False, clock)


def _plan_digits(found: Made, clock: Clock) -> Piece | None:
    numbers = [int(p.text) for p in found.pieces if p.text.isdigit()]
    if numbers[1:] != [5]:
        return None
    kind = "PLAN-PERIOD" if found.pieces[-1].text == "period" else "PLAN"
    return _point(found, (kind, ""), cal.five_year_plan(numbers[0]), 1, False, clock)


# ---------------------------------------------------------------- parts and ranges


def _inner(found: Made, clock: Clock) -> Stretch | None:
    """The stretch whose part is meant; "the year", "the month" are those of the document."""
    for piece in found.pieces:
        if isinstance(piece.value, Stretch):
            return piece.value
    now, texts = clock.document_date, [p.text for p in found.pieces]
    if "year" in texts or texts == ["end", "of", "year"]:
        number = clock.year or clock.base_year
        return replace(cal.year(number), has_year=bool(clock.year or now), from_document=clock.year is None)
    if now is not None and ("month" in texts or "quarter" in texts):
        stretch = cal.quarter(now.year, (now.month + 2) // 3) if "quarter" in texts else cal.months(now.year, now.month, now.month)
        return replace(stretch, from_document=True)
    for piece in found.pieces:
        if re.fullmatch(r"(?:19|20)\d\d", piece.text):
            return cal.year(int(piece.text))
    return None


def _part(kind: str, part: Callable[[Stretch], Stretch]) -> Reader:
    def read(found: Made, clock: Clock) -> Piece | None:
        inner = _inner(found, clock)
        if inner is None:
            return None
        has_place = inner.has_year or inner.from_document
        return found.piece(kind if has_place else f"{kind}-ALONE", part(inner))

    return read


def _tenth(found: Made, clock: Clock) -> Piece | None:
    texts = [p.text for p in found.pieces]
    count = next((p.value.amount for p in found.pieces if isinstance(p.value, Length) and p.value.unit == "day"), None)
    words = {"first": 1, "second": 2, "middle": 2, "third": 3, "last": 3, "final": 3}
    which = next(words[text] for text in texts if text in words)
    inner = _inner(found, clock)
    if count is None or inner is None or (which == 2 and count != 10) or not 1 <= count <= 28:
        return None
    stretch = cal.third(inner, which)
    if count != 10:
        length = cal.timedelta(days=int(count) - 1)
        ends = (inner.earliest, inner.earliest + length) if which == 1 else (inner.latest - length, inner.latest)
        stretch = replace(inner, earliest=ends[0], latest=ends[1])
    return found.piece("PART" if inner.has_year or inner.from_document else "PART-ALONE", stretch)


def join(first: Stretch, last: Stretch) -> Stretch | None:
    """From the first stretch to the last; the year that one of them lacks is that of the other."""
    if not first.has_year and not last.has_year and last.latest < first.earliest:
        last = replace(last.in_year(last.earliest.year + 1), has_year=False)  # "from November to February"
    elif not first.has_year and last.has_year:
        year = last.latest.year
        first = first.in_year(year, from_document=last.from_document)
        if first.earliest > last.latest:
            first = first.in_year(year - 1, from_document=last.from_document)
    elif first.has_year and not last.has_year:
        last = last.in_year(first.earliest.year, from_document=first.from_document)
        if last.latest < first.earliest:
            last = last.in_year(first.earliest.year + 1, from_document=first.from_document)
    return first.to(last)


def _range(found: Made, _: Clock) -> Piece | None:
    ends = [p.value for p in found.pieces if isinstance(p.value, Stretch)]
    if len(ends) != 2 or ends[0].precision != ends[1].precision:
        return None
    is_list = bool({"and", "or"} & {p.text for p in found.pieces})
    if is_list and ends[1].earliest.month - ends[0].earliest.month != 1:
        return None  # "in May and October"
    stretch = join(ends[0], ends[1])
    if stretch is None or stretch.latest.year - stretch.earliest.year > 40:
        return None
    return found.piece("RANGE" if stretch.has_year or stretch.from_document else "RANGE-ALONE", stretch)


def _range_of_days(found: Made, _: Clock) -> Piece | None:
    full = next(p.value for p in found.pieces if isinstance(p.value, Stretch))
    is_first = isinstance(found.pieces[0].value, Stretch)
    years = [p.value for p in found.pieces[1:] if isinstance(p.value, Stretch) and p.value.precision == "year"]
    others = [n for p in found.pieces if not isinstance(p.value, Stretch) and (n := ordinal_of(p)) is not None]
    if years:
        full = full.in_year(years[0].earliest.year, from_document=years[0].from_document)
    day = full.earliest
    other = cal.one_day(day.year, day.month, others[0]) if others else None
    if other is None or full.precision != "day":
        return None
    other = replace(other, has_year=full.has_year, from_document=full.from_document)
    stretch = full.to(other) if is_first else other.to(full)
    if stretch is None:
        return None
    return found.piece("RANGE" if stretch.has_year else "RANGE-ALONE", stretch)


def _short_range(found: Made, _: Clock) -> Piece | None:
    first, last = int(found.pieces[0].text), found.pieces[-1].text
    year = first // 100 * 100 + int(last) if len(last) == 2 else 0
    glued = found.pieces[0].end == found.pieces[1].start and found.pieces[1].end == found.pieces[2].start
    if not glued or not first < year <= first + 10:
        return None
    stretch = cal.year(first).to(cal.year(year))
    return found.piece("RANGE", stretch)


def _years(found: Made, _: Clock) -> Piece | None:
    years = [p.value for p in found.pieces if isinstance(p.value, Stretch)]
    stretch = years[0].to(years[-1])
    return found.piece("RANGE", stretch) if stretch is not None else None


NUMBERS: dict[str, Reader] = {
    "spelled": _spelled, "printed-twice": _printed_twice, "and-a-half": _and_a_half, "ordinal": _ordinal,
}  # fmt: skip
LENGTHS: dict[str, Reader] = {
    "length": _plain_length, "a-length": _a_length, "half-unit": _half_unit, "units-and-a-half": _units_and_a_half,
    "range-of-lengths": _range_of_lengths, "compound": _compound, "hyphened": _hyphened,
}  # fmt: skip
POINTS: dict[str, Reader] = {
    "day": _day, "digits": _digits, "month": _month, "month-digits": _month_digits, "month-relative": _month_relative,
    "quarter": _quarter, "quarters": _quarters, "quarters-joined": _quarters_joined, "half": _half,
    "half-code": _half_code, "first-months": _first_months, "quarter-relative": _quarter_relative, "plan": _plan,
    "plan-named": _plan, "plan-digits": _plan_digits, "year": _year, "year-said": _year_said,
    "year-relative": _year_relative,
}  # fmt: skip
STRETCHES: dict[str, Reader] = {
    "end": _part("END", cal.end), "beginning": _part("PART", cal.beginning), "middle": _part("PART", cal.middle),
    "closing": _part("PART", cal.closing), "tenth": _tenth, "range": _range, "range-of-days": _range_of_days,
    "short-range": _short_range, "years": _years,
}  # fmt: skip
