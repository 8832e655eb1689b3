"""Records as pages show them: each with its address, the names of its place and bodies, and its status as of the day."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import NamedTuple

import msgspec

from kb.model import ActionItem, Citation, ListStandard, Metadata, Origin, Slot, SlotFact
from kb.track import Standing
from kb.track.notes import Mark


class Who(NamedTuple):
    """An actor as it is shown."""

    name: str
    href: str  # "" for a class of persons
    role: str
    inferred: bool


class Shown:
    """A record as it is shown on many pages. It is compared by identity: there is one for each record.

    `written` is its JSON in the base, `digest` a hash of everything that may be shown of it.
    """

    __slots__ = ("digest", "written")

    def __init__(self, written: str, *beside: object) -> None:
        self.written = written
        self.digest = hashlib.sha256(msgspec.msgpack.encode((written, beside))).digest()


class Item(Shown):
    """An action item."""

    __slots__ = ("href", "mark", "meta", "place", "record", "standing", "status", "who")

    def __init__(
        self,
        record: ActionItem,
        written: str,
        meta: Metadata,
        meta_digest: bytes,
        href: str,
        place: str,
        who: tuple[Who, ...],
        standing: Standing,
        status: str,
        mark: Mark | None,
    ) -> None:
        super().__init__(written, meta_digest, href, place, who, standing, status, mark)
        self.record = record
        self.meta = meta
        self.href = href
        self.place = place  # "Article 12", "II. (1)"
        self.who = who
        self.standing = standing
        self.status = status  # the schedule as of the day; "not-issued" where its document did not exist then
        self.mark = mark  # what a person entered about it last, as of the day

    @property
    def due(self) -> date | None:
        """The last day, or the next day of a cycle."""
        return self.standing.due

    @property
    def last_day(self) -> date | None:
        """The one day that the roadmap shows the item on; cycles have none."""
        return self.due if self.record.deadline and not self.record.deadline.rrule else None

    @property
    def of_plan(self) -> bool:
        """Whether its date is not its own, but the end of its plan or that of its heading."""
        return self.record.deadline is not None and self.record.deadline.origin is Origin.INHERITED

    @property
    def anchor(self) -> str:
        return self.record.id.partition("#")[2]


class Entry(Shown):
    """A list standard."""

    __slots__ = ("href", "meta", "record")

    def __init__(self, record: ListStandard, written: str, meta: Metadata, meta_digest: bytes, href: str) -> None:
        super().__init__(written, meta_digest, href)
        self.record = record
        self.meta = meta
        self.href = href

    def slot(self, name: str) -> Slot | None:
        return next((s for s in self.record.slots if s.name == name), None)


class Consequence(NamedTuple):
    """A measure that follows from being on a list."""

    entry: Entry
    fact: SlotFact
    body: Who | None
    href: str


class Reference(NamedTuple):
    """A citation as it is shown where it stands (`href`), and where it leads (`target`, "" where unresolved)."""

    record: Citation
    meta: Metadata
    href: str
    place: str
    target: str
