"""The progress log -> what is claimed about each item as of a date; and whether a new entry may be made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from kb.model import ActionItem, ListStandard, Record
from kb.track.attach import Attacher, Orphan, attach
from kb.track.notes import CLOSING, Claim, Mark, Notes

_URL = re.compile(r"https?://[^\s/.]+\.[^\s]+\Z")


class History(Record, frozen=True):
    """All that was entered about one item, by the day it held and then by entry; the last one counts."""

    item: str
    marks: tuple[Mark, ...]

    def claim(self, as_of: date) -> Claim:
        """The last claim that held on or before the date; open where there is none."""
        held = [mark for mark in self.marks if mark.on <= as_of]
        return held[-1].claim if held else Claim.OPEN


class Claims(Record, frozen=True):
    """Histories by item id, and entries that found no item."""

    histories: dict[str, History]
    orphans: tuple[Orphan, ...] = ()

    def as_of(self, day: date) -> dict[str, str]:
        """The claim of every item in the log, as of the date."""
        return {item: history.claim(day).value for item, history in self.histories.items()}


def read_claims(notes: Notes, items: Iterable[ActionItem]) -> Claims:
    """What is claimed about the items of today."""
    if not notes.marks:
        return Claims({})
    found = attach(notes.marks, notes.reattached, Attacher(items))
    by_item: dict[str, list[Mark]] = {}
    for mark in notes.marks:
        if item := found.items.get(mark.key):
            by_item.setdefault(item, []).append(mark)
    histories = {
        item: History(item, tuple(sorted(marks, key=lambda m: (m.on, m.at, m.key))))
        for item, marks in sorted(by_item.items())
    }
    return Claims(histories, _not_rejected(found.orphans, notes))


def orphans(notes: Notes, items: Iterable[ActionItem], lists: Iterable[ListStandard]) -> tuple[Orphan, ...]:
    """Entries of all logs that find no item. One about what a person rejected is not lost."""
    found = attach((*notes.marks, *notes.corrections, *notes.links), notes.reattached, Attacher(items, lists))
    return _not_rejected(found.orphans, notes)


def _not_rejected(found: Iterable[Orphan], notes: Notes) -> tuple[Orphan, ...]:
    rejected = {(c.subject.document, c.subject.fingerprint) for c in notes.corrections if c.rejects}
    return tuple(o for o in found if (o.subject.document, o.subject.fingerprint) not in rejected)


def source_problem(claim: Claim, source: str, is_address: Callable[[str], bool]) -> str:
    """Why the claim may not be entered with this source; "" where it may. Closing needs a URL or an existing address."""
    if not source:
        return f"{claim} closes the item, and closing needs a source" if claim in CLOSING else ""
    if _URL.match(source) or is_address(source):
        return ""
    if "#" in source or not source.startswith("http"):
        return f"{source!r} is neither a URL nor an address of the corpus"
    return f"{source!r} is not a whole URL"
