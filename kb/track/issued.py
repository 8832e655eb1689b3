"""A document's head -> when the text it holds was issued, as far as the head shows it.

    published 2019-04-03, adopted 2007-01-17, …-disclosure-2019   2019-04-03
    adopted 2008, effective 2016, …-tendering-2018                 in 2018 (from the id)
    no date, …-joint-incentive-plan-2016                           in 2016 (from the id)
    no date, no year in the id                                     unknown

A revised text is as old as its own version, never as the first adoption of the law: where the id ends in a year, dates
before it belong to an earlier version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kb.model import Metadata, Record

_YEAR = re.compile(r"-((?:19|20)\d\d)(?=-|\Z)")


class Issued(Record, frozen=True):
    """The first and the last day on which the document may have been issued, None where neither is known; and the words."""

    first: date | None
    last: date | None
    words: str


def issued(meta: Metadata) -> Issued:
    """When the document was issued: its date of publication, else signing, adoption or effect; else the year in its id."""
    years = [int(year) for year in _YEAR.findall(meta.id)]
    own = years[0] if years else date.min.year
    # Without a year in the id nothing tells the versions apart but the order of the dates, so the latest event goes first.
    others = (meta.signed, meta.adopted, meta.effective) if years else (meta.effective, meta.signed, meta.adopted)
    for day in (meta.published, *others):
        if day and day.year >= own:
            return Issued(day, day, day.isoformat())
    if not years:
        return Issued(None, None, "unknown")
    year = years[0] if meta.horizon else years[-1]
    return Issued(date(year, 1, 1), date(year, 12, 31), f"in {year} (from the id)")


def issue_date(meta: Metadata) -> date | None:
    """The first day on which the document may have existed; None where nothing tells."""
    return issued(meta).first


def later_documents(metadata: Iterable[Metadata], as_of: date) -> frozenset[str]:
    """Ids of the documents that did not exist as of the date; nothing in them can have been due."""
    return frozenset(meta.id for meta in metadata if (day := issue_date(meta)) and day > as_of)
