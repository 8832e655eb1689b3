"""What the rows of times_phrases.yaml and times_lengths.yaml read: one `Draft` of a time each.

"before June 2018" -> a deadline on 2018-05-31. A reader gets the pieces of the phrase and the clock; it returns None where
the phrase is no time after all. The tables call the readers by the names that stand in `PHRASES` at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import Clock, Length, Precision, Stretch, Unit
from kb.extract.times_grammar import Found, PatternRule
from kb.extract.times_quantities import number_of, ordinal_of
from kb.extract.times_stretches import join
from kb.extract.times_tokens import Piece

_MONTHS_AND_MORE: frozenset[Unit] = frozenset({"month", "quarter", "year", "decade"})

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


def draft_of(found: Made) -> Draft:
    return Draft(found.rule.type, found.rule.id, bound=found.rule.bound)


def texts_of(pieces: Sequence[Piece]) -> list[str]:
    return [p.text for p in pieces]


def stretches_in(found: Made) -> list[Stretch]:
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
    if clock.document_date is None or clock.is_standing:
        return None
    found = stretch.in_year(clock.document_date.year, from_document=True)
    if found.latest < clock.document_date:
        draft.is_rolled = True
        draft.doubt = "the day had passed when the document was issued; the next one is meant, or the year is another"
        return stretch.in_year(clock.document_date.year + 1, from_document=True)
    return found


def _calendar(found: Made, clock: Clock) -> tuple[Draft, Stretch | None]:
    draft = draft_of(found)
    printed = stretches_in(found)[0]
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
        if "last" in texts_of([q for p in found.pieces for q in (p, *p.parts)]) and _is_gone(stretch, clock):
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
    ends = stretches_in(found)
    if len(ends) == 1:
        return _stretch(found, clock)
    draft = draft_of(found)
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


def _current(found: Made, clock: Clock) -> Draft | None:
    """The year that the heading names, else the year, quarter or month of the document."""
    if clock.is_standing:
        return None
    draft = draft_of(found)
    word = found.pieces[-1].text
    draft.precision = {"year": "year", "month": "month", "quarter": "quarter"}[word]  # type: ignore[assignment]
    if word == "year" and clock.year is not None:
        stretch = cal.year(clock.year)
    else:
        draft.is_computed = True
        if clock.document_date is None:
            return draft
        stretch = cal.around(clock.document_date, draft.precision)
    draft.earliest, draft.latest = stretch.earliest, stretch.latest
    return draft


def _issue(found: Made, clock: Clock) -> Draft:
    draft = draft_of(found)
    is_signature = bool({"signing", "signature", "signed"} & set(texts_of(found.pieces)))
    day = clock.signed if is_signature and clock.signed else clock.document_date
    draft.earliest, draft.precision, draft.is_computed = day, "day", True
    return draft


def _nothing(found: Made, _: Clock) -> Draft:
    return draft_of(found)


# ---------------------------------------------------------------- lengths


def _lengths_in(found: Made) -> list[Length]:
    return [p.value for p in found.pieces if isinstance(p.value, Length)]


def _length(found: Made, _: Clock) -> Draft:
    draft = draft_of(found)
    draft.length = _lengths_in(found)[-1]
    if draft.bound == "exact" and "full" in texts_of([q for p in found.pieces for q in (p, *p.parts)]):
        draft.bound = "min"  # "for a full three years"
    if draft.length.least is not None and draft.bound == "exact":
        draft.bound = "max"
    if draft.type == "relative-duration" and draft.length.unit in _MONTHS_AND_MORE and _in_a_row(found):
        draft.type = "duration"  # "in two consecutive quarters"
    return draft


def _in_a_row(found: Made) -> bool:
    return bool({"consecutive", "successive", "straight"} & set(texts_of([q for p in found.pieces for q in p.parts])))


def _window(found: Made, clock: Clock) -> Draft | None:
    draft = _length(found, clock)
    return draft if draft.length and draft.length.unit in _MONTHS_AND_MORE else None


def _forward(found: Made, clock: Clock) -> Draft:
    draft = _length(found, clock)
    draft.counts_forward = bool({"next", "coming", "upcoming"} & set(texts_of(found.pieces)))
    return draft


def _one_day(found: Made, _: Clock) -> Draft:
    """ "The next working day" is one, "the seventh day after" seven."""
    draft = draft_of(found)
    is_working = bool({"working", "work", "business", "trading", "workday"} & set(texts_of(found.pieces)))
    number = next((n for p in found.pieces if (n := ordinal_of(p)) is not None), 1)
    draft.length = Length(Fraction(number), "day", is_working)
    return draft


def _lengths(found: Made, _: Clock) -> Draft | None:
    """A minimum without a unit of its own, and a maximum."""
    draft = draft_of(found)
    most = _lengths_in(found)[-1]
    least = next((n for p in found.pieces if (n := number_of(p)) is not None), None)
    if least is None or least >= most.amount:
        return None
    draft.length = replace(most, least=least)
    return draft


def _said(found: Made, clock: Clock) -> Draft | None:
    """A year that stands alone counts where the word says that it is one ("the year 2020")."""
    return _stretch(found, clock) if "year" in texts_of(found.pieces[-1].parts) else None


PHRASES: dict[str, Reader] = {
    "until": _until, "before": _before, "stretch": _stretch, "from": _from, "after": _after, "between": _between,
    "from-now": _from_now, "day": _day, "current": _current, "issue": _issue, "nothing": _nothing,
    "length": _length, "window": _window, "forward": _forward, "one-day": _one_day, "lengths": _lengths, "said": _said,
}  # fmt: skip
