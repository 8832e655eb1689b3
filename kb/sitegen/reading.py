"""One document -> the text of its pages with marks, links and margin notes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from markupsafe import Markup

from kb.model import Document
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.outline import Leaf, Row, rows_of
from kb.sitegen.prose import Link, Mark, plain, prose
from kb.sitegen.shown import Entry, Item, Reference

NoteT = TypeVar("NoteT")
_BASIS_BEHIND = re.compile(r"\s*\[(?:seen|recalled)\]")


class Line(NamedTuple):
    """A leaf as it is printed."""

    eid: str
    opens: tuple[str, ...]
    depth: int
    number: str
    heading: str
    html: Markup
    kind: str


class SlotNote(NamedTuple):
    """A slot of a list that is filled here."""

    slot: str
    entry: Entry


class ItemNote(NamedTuple):
    """Items of one unit that say the same of who and when: one note for all."""

    first: Item
    more: tuple[Item, ...]


class Unit(NamedTuple):
    """A row as it is printed."""

    row: Row
    lines: tuple[Line, ...]
    items: tuple[ItemNote, ...]
    slots: tuple[SlotNote, ...]
    cited: tuple[Reference, ...]


class TermNote(NamedTuple):
    """A term that the document defines."""

    anchor: str
    term: str
    zh: str
    html: Markup
    href: str
    place: str


class Reading:
    """A document under display. `up` leads from its page to the top of the site."""

    def __init__(self, catalogue: Catalogue, document: Document, up: str) -> None:
        self.catalogue = catalogue
        self.document = document
        self.up = up
        self.rows = rows_of(document)
        self.items = catalogue.items_of.get(document.id, ())
        self._item_places = _Placed((i.record.action.start, i) for i in self.items)
        self.entries = catalogue.lists_of.get(document.id, ())
        self.definitions = catalogue.definitions[document.id]
        self.terms = tuple(self._terms())
        marks = sorted(self._all_marks())
        self._marks = _Placed((m.start, m) for m in marks)
        self._longest = max((m.end - m.start for m in marks), default=0)
        links = sorted([*self._citation_links(), *self._term_links()], key=lambda x: (x.start, -x.end))
        self._links = _Placed((x.start, x) for x in links)
        self._widest = max((x.end - x.start for x in links), default=0)
        slots = sorted(self._slot_places(), key=lambda x: (x[0], x[1].slot, x[1].entry.record.id))
        self._slots = _Placed((at, note) for at, note in slots)
        cited = sorted(self._cited_places(), key=lambda x: (x[0], x[1].meta.id, x[1].record.span.start))
        self._cited = _Placed((at, reference) for at, reference in cited)

    # ------------------------------------------------------------ what lies over the text

    def _all_marks(self) -> Iterator[Mark]:
        for item in self.items:
            record = item.record
            yield Mark(record.action.start, record.action.end, f"act {record.modality.value}")
            if record.deadline and record.deadline.span:
                yield Mark(record.deadline.span.start, record.deadline.span.end, "due")
        for entry in self.entries:
            for slot in entry.record.slots:
                for fact in slot.facts:
                    yield Mark(fact.span.start, fact.span.end, "slot")

    def _citation_links(self) -> Iterator[Link]:
        for reference in self.catalogue.references_of.get(self.document.id, ()):
            span = reference.record.span
            if reference.target:
                yield Link(span.start, span.end, self.up + reference.target, "cite")

    def _term_links(self) -> Iterator[Link]:
        """The first use of a defined term in every unit, apart from its definition."""
        text = self.document.text
        own = [(d.span.start, d.span.end) for d in self.definitions]
        for note, definition in zip(self.terms, self.definitions, strict=True):
            word = definition.term.quote
            if len(word) < 4:
                continue
            for row in self.rows:
                at = text.find(word, row.start, row.end)
                if at >= 0 and _stands_alone(text, at, at + len(word)) and not _within(own, at):
                    yield Link(at, at + len(word), f"{self._terms_page}#{note.anchor}", "term")

    def _slot_places(self) -> Iterator[tuple[int, SlotNote]]:
        for entry in self.entries:
            for slot in entry.record.slots:
                for fact in slot.facts:
                    yield fact.span.start, SlotNote(slot.name, entry)

    def _cited_places(self) -> Iterator[tuple[int, Reference]]:
        starts = {p.eid: p.start for p in self.document.provisions}
        for reference in self.catalogue.citing.get(self.document.id, ()):
            eid = reference.record.target.partition("#")[2]
            if eid in starts:
                yield starts[eid], reference

    @property
    def _terms_page(self) -> str:
        addresses = self.catalogue.addresses
        return self.up + addresses.document(self.document.id, addresses.parts(self.document.id))

    def _terms(self) -> Iterator[TermNote]:
        for n, definition in enumerate(self.definitions, 1):
            span = definition.span
            yield TermNote(
                anchor=f"term-{n}",
                term=plain(definition.term.quote),
                zh=self.catalogue.chinese.get(plain(definition.term.quote).lower(), ""),
                html=prose(self.document.text, span.start, span.end),
                href=self.catalogue.at(self.document.id, span),
                place=self.catalogue.place(self.document.id, span.eid),
            )

    # ------------------------------------------------------------ text

    def units(self, part: int = 1) -> Iterator[Unit]:
        """The rows of one part of the document, printed."""
        addresses, ident = self.catalogue.addresses, self.document.id
        for row in self.rows:
            if addresses.part_at(ident, row.start) == part:
                yield self._unit(row)

    def _unit(self, row: Row) -> Unit:
        first, last = row.start, max(row.end, row.start + 1)
        return Unit(
            row=row,
            lines=tuple([self._line(leaf) for leaf in row.leaves]),
            items=tuple(_item_notes(self._item_places.between(first, last))),
            slots=tuple({(n.slot, n.entry.record.id): n for n in self._slots.between(first, last)}.values()),
            cited=tuple({r.href: r for r in self._cited.between(first, last)}.values()),
        )

    def _line(self, leaf: Leaf) -> Line:
        p = leaf.provision
        return Line(
            p.eid,
            leaf.opens,
            min(leaf.depth, 4),
            leaf.number,
            leaf.heading,
            self._html(p.text_start, p.text_end),
            p.kind,
        )

    def _html(self, start: int, end: int) -> Markup:
        """The printed characters start:end, and the mark of a digest that may follow them."""
        if basis := _BASIS_BEHIND.match(self.document.text, end):
            end = basis.end()
        marks = self._marks.between(start - self._longest, end)
        return prose(self.document.text, start, end, marks, self._links.between(start - self._widest, end))


class _Placed(Generic[NoteT]):
    """Values by the offset at which they stand; they come sorted by it."""

    def __init__(self, pairs: Iterable[tuple[int, NoteT]]) -> None:
        self._values: list[NoteT] = []
        self._offsets: list[int] = []
        for offset, value in pairs:
            self._offsets.append(offset)
            self._values.append(value)

    def between(self, first: int, last: int) -> list[NoteT]:
        """The values whose offset lies in first:last."""
        offsets = self._offsets
        return self._values[bisect_left(offsets, first) : bisect_left(offsets, last)]


def _item_notes(items: Iterable[Item]) -> Iterator[ItemNote]:
    """Neighbours that differ in their act alone, together."""
    for _, group in groupby(items, key=_who_and_when):
        first, *more = group
        yield ItemNote(first, tuple(more))


def _who_and_when(item: Item) -> tuple[object, ...]:
    deadline = item.record.deadline
    phrase = deadline.span.quote if deadline and deadline.span else ""
    return item.record.modality, item.who, item.due, item.status, phrase, item.mark


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the characters are whole words."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return not (before.isalnum() and before.isascii()) and not (after.isalnum() and after.isascii())


def _within(spans: Iterable[tuple[int, int]], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)
