"""A calendar and a feed of what is coming, for each body, field and list that has something coming.

An event or entry is written once, by kb.export, and put into every file it belongs to; a file has the same bytes as if
kb.export had written it alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from kb.export.atom import feed
from kb.export.ics import calendar
from kb.sitegen.catalogue import Catalogue, Item
from kb.sitegen.page import Asset
from kb.track import DueRow

NAME = "Policy knowledge base"
_COMING = {"due-soon", "upcoming"}
_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
_ENTRY = re.compile(rb"  <entry>\n.*?\n  </entry>\n", re.DOTALL)


def pages(catalogue: Catalogue) -> Iterator[Asset]:
    """data/due.* with everything, then data/<bodies|fields|lists>/<name>.*"""
    writer = Writer(catalogue)
    yield from writer.files("data/due", NAME, writer.rows)
    for name, path, items in groups(catalogue):
        own = {item.record.id for item in items}
        yield from writer.files(data_path(path), f"{NAME}: {name}", [r for r in writer.rows if r.id in own])


def groups(catalogue: Catalogue) -> Iterator[tuple[str, str, Sequence[Item]]]:
    """Name, page and items of every body, field and list that has something coming."""
    places = catalogue.addresses
    bodies = ((b.name, places.body(b.id), catalogue.items_by_body.get(b.id, ())) for b in catalogue.active_bodies)
    fields = ((f.name, places.field(f.id), catalogue.items_by_field.get(f.id, ())) for f in catalogue.fields.values())
    lists = ((f"{e.record.name} ({e.meta.name})", e.href, catalogue.items_of_list(e)) for e in catalogue.lists)
    for name, path, items in (*bodies, *fields, *lists):
        if has_coming(items):
            yield name, path, items


def has_coming(items: Iterable[Item]) -> bool:
    """Whether anything of these is due on a day to come, so that there is something to subscribe to."""
    return any(item.due and item.status in _COMING for item in items)


def data_path(page: str) -> str:
    """Where the files of a page stand, without ending: bodies/ndrc.html -> data/bodies/ndrc"""
    return f"data/{page.removesuffix('.html')}"


class Writer:
    """Writes calendars and feeds of rows that are coming, each event and entry once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.as_of = catalogue.as_of
        issued = {i.record.id for i in catalogue.items if i.status != "not-issued"}
        self.rows = [r for r in catalogue.due_rows if r.due and r.schedule.value in _COMING and r.id in issued]

    @cached_property
    def _by_day(self) -> list[DueRow]:
        return sorted(self.rows, key=lambda row: (row.due, row.document, row.start, row.id))

    @cached_property
    def _events(self) -> list[bytes]:
        return _EVENT.findall(calendar(self.rows, self.as_of, NAME))

    @cached_property
    def _entries(self) -> list[bytes]:
        return _ENTRY.findall(feed(self.rows, (), self.as_of, NAME))

    def files(self, path: str, name: str, rows: Sequence[DueRow]) -> Iterator[Asset]:
        """The calendar and the feed of some of the rows, in their order."""
        own = {row.id for row in rows}
        events = [event for row, event in zip(self._by_day, self._events, strict=True) if row.id in own]
        head, end = _around(calendar((), self.as_of, name), b"END:VCALENDAR")
        yield Asset(f"{path}.ics", b"".join((head, *events, end)))
        entries = [entry for row, entry in zip(self.rows, self._entries, strict=True) if row.id in own]
        head, end = _around(feed((), (), self.as_of, name), b"</feed>")
        yield Asset(f"{path}.atom", b"".join((head, *entries, end)))


def _around(empty: bytes, end: bytes) -> tuple[bytes, bytes]:
    """An empty file in two, before and after the place of what it holds."""
    at = empty.index(end)
    return empty[:at], empty[at:]
