"""Parts and ranges of points: what the rows of times_stretches.yaml read. "the end of June 2018", "2016–2018"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import NO_YEAR, Clock, Length, Stretch
from kb.extract.times_quantities import Made, Reader, ordinal_of
from kb.extract.times_tokens import Piece


def _inner(found: Made, clock: Clock) -> Stretch | None:
    """The stretch whose part is meant; "the year", "the month" are those of the document."""
    for piece in found.pieces:
        if isinstance(piece.value, Stretch):
            return piece.value
    now, texts = clock.document_date, [p.text for p in found.pieces]
    if clock.is_standing and clock.year is None and {"year", "month", "quarter"} & set(texts):
        return replace(cal.year(NO_YEAR), has_year=False, from_document=True)
    if "year" in texts:
        number = clock.year or clock.base_year
        return replace(cal.year(number), has_year=bool(clock.year or now), from_document=clock.year is None)
    if now is not None and ("month" in texts or "quarter" in texts):
        return replace(cal.around(now, "quarter" if "quarter" in texts else "month"), from_document=True)
    for piece in found.pieces:
        if re.fullmatch(r"(?:19|20)\d\d", piece.text):
            return cal.year(int(piece.text))
    return None


def _ends(found: Made, _: Clock) -> Piece | None:
    """The end of the last of several years."""
    years = [p.value for p in found.pieces if isinstance(p.value, Stretch)]
    if any(last.earliest <= first.earliest for first, last in pairwise(years)):
        return None
    return found.piece("END", replace(cal.end(years[-1]), doubt="several years in one phrase; the last one is given"))


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
        length = timedelta(days=int(count) - 1)
        ends = (inner.earliest, inner.earliest + length) if which == 1 else (inner.latest - length, inner.latest)
        stretch = replace(inner, earliest=ends[0], latest=ends[1])
    return found.piece("PART" if inner.has_year or inner.from_document else "PART-ALONE", stretch)


def _years_of_plan(found: Made, _: Clock) -> Piece | None:
    plan = next(p.value for p in found.pieces if isinstance(p.value, Stretch))
    length = next((p.value for p in found.pieces if isinstance(p.value, Length)), None)
    texts = [p.text for p in found.pieces]
    count = int(length.amount) if length is not None and length.unit == "year" else 1
    is_last = bool({"final", "last"} & set(texts))
    ordinal = next((n for p in found.pieces if p.value is None and (n := ordinal_of(p)) is not None), 1)
    first = 5 - count if is_last else 0 if length is not None else ordinal - 1
    if not 0 <= first < first + count <= 5 or (length is not None and length.unit != "year"):
        return None
    year = plan.earliest.year + first
    return found.piece("PART", cal.year(year).to(cal.year(year + count - 1)))


def _two_thirds(found: Made, _: Clock) -> Piece | None:
    month = next(p.value for p in found.pieces if isinstance(p.value, Stretch))
    texts = [p.text for p in found.pieces]
    first, last = cal.third(month, 1 if "early" in texts else 2), cal.third(month, 3 if "late" in texts else 2)
    return found.piece("PART" if month.has_year or month.from_document else "PART-ALONE", first.to(last))


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


STRETCHES: dict[str, Reader] = {
    "end": _part("END", cal.end), "ends": _ends, "beginning": _part("PART", cal.beginning), "middle": _part("PART", cal.middle),
    "closing": _part("PART", cal.closing), "tenth": _tenth, "two-thirds": _two_thirds, "years-of-plan": _years_of_plan, "range": _range, "range-of-days": _range_of_days,
    "short-range": _short_range, "years": _years,
}  # fmt: skip
