"""Numbers and lengths of time: what the rows of times_numbers.yaml and times_quantities.yaml read.

"one hundred and eighty working days" -> 180 -> `Length(180, "day", is_working=True)`. A reader gets the pieces that a rule
has matched and returns one piece with its value, or None where the words are no such thing after all ("24 hours a day"),
so that the next best rule is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from kb.extract.times_calendar import Clock, Length, Unit
from kb.extract.times_grammar import Found, PatternRule
from kb.extract.times_tokens import Piece, alphabet

Made = Found[PatternRule]
Reader = Callable[[Made, Clock], Piece | None]

_CARDS, _ORDS = ({word: int(value) for word, value in alphabet().values[name].items()} for name in ("CARD", "ORD"))
_UNITS: dict[str, Unit] = {
    "minute": "minute", "hour": "hour", "day": "day", "week": "week", "month": "month", "quarter": "quarter",
    "year": "year", "decade": "decade", "workday": "day", "weekday": "day",
}  # fmt: skip
_WORKING = frozenset({"working", "work", "business", "trading", "workday", "workdays", "weekday", "weekdays"})


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
        elif (
            total == 0 or (total % 100 == 0 and number < 100) or (total % 10 == 0 and total % 100 >= 20 and number < 10)
        ):
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
    return _length(found, amount[0]) if amount and not _is_no_length(found) else None


def _is_no_length(found: Made) -> bool:
    """Shares, ages, rates and the years of schools: "a third and one quarter of them", "24 hours a day"."""
    pieces, unit = found.line.pieces, found.pieces[-1].text
    before = [p.text for p in pieces[max(found.first - 5, 0) : found.first]]
    after = pieces[found.after].text if found.after < len(pieces) else ""
    last = before[-1] if before else ""
    if unit.startswith("quarter") and (last == "by" or (after == "of" and last not in ("first", "last", "final"))):
        return True
    if {"aged", "ages", "age"} & set(before):
        return True
    if found.pieces[0].code == alphabet().shape("YEAR"):
        return unit_of(unit) not in ("hour", "minute", "day") or last in ("-", "–", "—", "the")
    is_rate = after in ("a", "per") and unit_of(pieces[found.after + 1].text if found.after + 1 < len(pieces) else "")
    return bool(is_rate) and not {"least", "less", "fewer", "more", "minimum", "maximum", "most"} & set(before)


def _a_length(found: Made, _: Clock) -> Piece | None:
    amount = Fraction(3, 2) if found.pieces[-1].text == "half" else Fraction(1)
    return _length(found, amount, kind="A-LENGTH")


def _length_back(found: Made, _: Clock) -> Piece | None:
    amount = number_of(found.pieces[0])
    return _length(found, amount, kind="LENGTH-BACK") if amount is not None else None


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
    units = [unit for text in texts if (unit := unit_of(text))]
    if len(amounts) != 2 or not units:
        return None
    least = Length(amounts[0], units[0]).amount_in(units[-1])
    return _length(found, amounts[1], least) if least is not None and least < amounts[1] else None


def _compound(found: Made, _: Clock) -> Piece | None:
    amounts = numbers_in(found.pieces)
    return found.piece("LENGTH", Length(amounts[0] * 12 + amounts[1], "month")) if len(amounts) == 2 else None


def _hyphened(found: Made, _: Clock) -> Piece | None:
    amount = number_of(found.pieces[0])
    return _length(found, amount, kind="HYPHENED") if amount is not None else None


NUMBERS: dict[str, Reader] = {
    "spelled": _spelled, "printed-twice": _printed_twice, "and-a-half": _and_a_half, "ordinal": _ordinal,
}  # fmt: skip
LENGTHS: dict[str, Reader] = {
    "length": _plain_length, "a-length": _a_length, "half-unit": _half_unit, "units-and-a-half": _units_and_a_half,
    "range-of-lengths": _range_of_lengths, "compound": _compound, "hyphened": _hyphened, "length-back": _length_back,
}  # fmt: skip
