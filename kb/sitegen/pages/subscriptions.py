"""A calendar and a feed of what is coming, for each body, field and list that has something coming.

An event or entry is written once, by kb.export, and put into every file it belongs to; a file has the same bytes as if
kb.export had written it alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from kb.export.atom import feed
from kb.export.ics import by_day, event, joined
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Asset, Later
from kb.sitegen.shown import Item
from kb.track import DueRow

NAME = "Policy knowledge base"
_COMING = {"due-soon", "upcoming"}
_ENTRY = re.compile(rb"  <entry>\n.*?\n  </entry>\n", re.DOTALL)


def pages(catalogue: Catalogue) -> Iterator[Asset]:
    """data/due.* with everything, then data/<bodies|fields|lists>/<name>.*"""
    writer = Writer(catalogue)
    coming = tuple(i for i in catalogue.items if is_coming(i))
    for name, path, items in (("", "data/due", coming), *groups(catalogue)):
        title, own = f"{NAME}: {name}" if name else NAME, [i for i in items if is_coming(i)]
        yield Asset(f"{path}.ics", Later((title, own), partial(writer.calendar, title, own)))
        yield Asset(f"{path}.atom", Later((title, own), partial(writer.feed, title, own)))


def groups(catalogue: Catalogue) -> Iterator[tuple[str, str, Sequence[Item]]]:
    """Name, path of the files and items of every body, field and list that has something coming."""
    places = catalogue.addresses
    bodies = ((b.name, places.body(b.id), catalogue.items_by_body.get(b.id, ())) for b in catalogue.active_bodies)
    fields = ((f.name, places.field(f.id), catalogue.items_by_field.get(f.id, ())) for f in catalogue.fields.values())
    lists = ((f"{e.record.name} ({e.meta.name})", e.href, catalogue.items_of_list(e)) for e in catalogue.lists)
    for name, path, items in (*bodies, *fields, *lists):
        if has_coming(items):
            yield name, data_path(path), items


def is_coming(item: Item) -> bool:
    """Whether it is due on a day to come."""
    return bool(item.due) and item.status in _COMING


def has_coming(items: Iterable[Item]) -> bool:
    """Whether anything of these is due on a day to come, so that there is something to subscribe to."""
    return any(is_coming(item) for item in items)


def data_path(page: str) -> str:
    """Where the files of a page stand, without ending: bodies/ndrc.html -> data/bodies/ndrc"""
    return f"data/{page.removesuffix('.html')}"


class Writer:
    """Writes calendars and feeds of items that are coming, each event and entry once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _rows(self) -> tuple[DueRow, ...]:
        """What is coming, most urgent first."""
        return self._catalogue.due_rows(i for i in self._catalogue.items if is_coming(i))

    @cached_property
    def _events(self) -> dict[str, bytes]:
        """Events by item, in the order of their days."""
        return {row.id: event(row, self._catalogue.as_of) for row in by_day(self._rows)}

    @cached_property
    def _entries(self) -> dict[str, bytes]:
        """Entries by item, the most urgent first."""
        entries = _ENTRY.findall(feed(self._rows, (), self._catalogue.as_of, NAME))
        return {row.id: entry for row, entry in zip(self._rows, entries, strict=True)}

    def calendar(self, name: str, items: Iterable[Item]) -> bytes:
        """The calendar of these items."""
        return joined(_of(items, self._events), name)

    def feed(self, name: str, items: Iterable[Item]) -> bytes:
        """The feed of these items."""
        head, end, tail = feed((), (), self._catalogue.as_of, name).partition(b"</feed>")
        return b"".join((head, *_of(items, self._entries), end, tail))


def _of(items: Iterable[Item], pieces: Mapping[str, bytes]) -> Iterator[bytes]:
    """The pieces of these items, in the order of the pieces."""
    own = {item.record.id for item in items}
    return (piece for ident, piece in pieces.items() if ident in own)
