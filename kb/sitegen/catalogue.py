"""The base -> what pages are made from: records with their addresses, indexed by document, body, field, list and measure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from kb.model import (
    ActionItem,
    Actor,
    Body,
    Citation,
    Document,
    Facts,
    Label,
    ListStandard,
    Metadata,
    SlotFact,
    Span,
)
from kb.sitegen.addresses import Addresses
from kb.sitegen.kept import Kept
from kb.sitegen.outline import cut, rows_of
from kb.sitegen.places import places_of
from kb.sitegen.prose import plain
from kb.sitegen.shown import Consequence, Entry, Item, Reference, Who
from kb.store import Base, decoded
from kb.track import (
    Bodies,
    DueRow,
    Notes,
    Tracked,
    due_rows,
    later_documents,
    read_claims,
    read_links,
    read_notes,
    standing,
)
from kb.track.notes import Mark

PAGE_WEIGHT = 210_000  # bytes of text and marks after which a document goes on in a new part; pages stay below 300 kB
_ROW_BYTES, _LEAF_BYTES, _FACT_BYTES = 260, 120, 420


class Catalogue:
    """Everything that pages show, as of one day."""

    def __init__(self, base: Base, as_of: date, notes: Path | None = None, kept: Kept | None = None) -> None:
        self.base = base
        self.kept = kept or Kept()
        self.as_of = as_of
        self.metas = base.metadata()
        self.meta = {m.id: m for m in self.metas}
        self._meta_digests = {m.id: _digest(m) for m in self.metas}
        reference = base.reference
        self.glossary = reference.glossary
        self.bodies: dict[str, Body] = {b.id: b for b in reference.bodies}
        self.fields: dict[str, Label] = {x.id: x for x in reference.fields}
        self.areas: dict[str, Label] = {x.id: x for x in reference.areas}
        self.measures: dict[str, Label] = {x.id: x for x in reference.measures}
        self.roles: dict[str, Label] = {x.id: x for x in reference.target_roles}
        written = base.written(ActionItem)
        records = decoded(ActionItem, written)
        self.notes = read_notes(notes) if notes and notes.is_dir() else Notes()
        self.links = read_links(self.notes, records)
        self._claims = read_claims(self.notes, records)
        self.places: dict[str, dict[str, str]] = {}
        self._documents: dict[str, Document] = {}
        self._fingerprints: dict[str, bytes] = {}
        self._people: dict[tuple[str, str, str, bool], Who] = {}  # each as it is shown, made once
        self.addresses = self._plan(Counter(r.document for r in records))
        written_lists = base.written(ListStandard)
        lists = decoded(ListStandard, written_lists)
        self._active = self._active_bodies(records, lists)
        self._later = later_documents(self.metas, as_of)
        self.items = tuple(map(self._item, records, written))
        self.lists = tuple(map(self._entry, lists, written_lists))
        self.references = tuple(self._reference(m, c) for m in self.metas for c in base.citations(m.id))
        self.definitions = {m.id: base.definitions(m.id) for m in self.metas}

    def _plan(self, items: Counter[str]) -> Addresses:
        """Names all places, and cuts long documents into parts."""
        cuts: dict[str, tuple[int, ...]] = {}
        starts: dict[str, dict[str, int]] = {}
        for meta in self.metas:
            document = self.document(meta.id)
            self.places[meta.id] = places_of(document.provisions)
            cuts[meta.id], starts[meta.id] = (), {}
            per_character = items[meta.id] * _FACT_BYTES / max(len(document.text), 1)
            if len(document.text) * (1 + per_character) + len(document.provisions) * _LEAF_BYTES > PAGE_WEIGHT:
                rows = rows_of(document)
                weights = [
                    int((r.end - r.start) * (1 + per_character)) + _LEAF_BYTES * len(r.leaves) + _ROW_BYTES
                    for r in rows
                ]
                cuts[meta.id] = cut(rows, weights, PAGE_WEIGHT)
                starts[meta.id] = {p.eid: p.start for p in document.provisions}
        return Addresses(cuts, starts)

    def _active_bodies(self, records: Iterable[ActionItem], lists: Iterable[ListStandard]) -> frozenset[str]:
        """Bodies that have a page: those that issue, act, keep a list or apply a measure, and their successors."""
        named = {a.agency for r in records for a in r.actors} | {b for m in self.metas for b in m.issuers}
        named |= {f.body for e in lists for s in e.slots for f in s.facts}
        active = named & self.bodies.keys()
        waiting = sorted(active)
        while waiting:
            successor = self.bodies[waiting.pop()].successor
            if successor in self.bodies and successor not in active:
                active.add(successor)
                waiting.append(successor)
        return frozenset(active)

    # ------------------------------------------------------------ documents

    def document(self, ident: str) -> Document:
        """The document, which the base holds; read once. Raises KeyError where the base does not hold it."""
        if ident not in self._documents:
            found = self.base.document(ident)
            if found is None:
                raise KeyError(ident)
            self._documents[ident] = found
        return self._documents[ident]

    def fingerprint(self, ident: str) -> bytes:
        """A hash of the document and of all facts that were read from it."""
        if ident not in self._fingerprints:
            document = self.document(ident)
            shown = (*self.items_of.get(ident, ()), *self.lists_of.get(ident, ()))
            references = [r.record for r in self.references_of.get(ident, ())]
            facts = ([x.written for x in shown], references, self.definitions[ident])
            contents = (document.sha256, document.meta, document.provisions, facts)
            self._fingerprints[ident] = _digest(contents)
        return self._fingerprints[ident]

    def facts(self, ident: str) -> Facts:
        """What was read from the document, but for the times that are no item's deadline."""
        return Facts(
            document=ident,
            sha256=self.document(ident).sha256,
            items=tuple(i.record for i in self.items_of.get(ident, ())),
            lists=tuple(e.record for e in self.lists_of.get(ident, ())),
            citations=tuple(r.record for r in self.references_of.get(ident, ())),
            definitions=self.definitions[ident],
        )

    def place(self, document: str, eid: str) -> str:
        """How a reader names the provision."""
        return self.places.get(document, {}).get(eid, "")

    def at(self, document: str, span: Span) -> str:
        """The address of the provision of a span."""
        return self.addresses.provision(document, span.eid)

    def area_name(self, ident: str) -> str:
        return self.areas[ident].name if ident in self.areas else ident.replace("-", " ").capitalize()

    def field_name(self, ident: str) -> str:
        return self.fields[ident].name if ident in self.fields else ident.replace("-", " ").capitalize()

    def measure_name(self, ident: str) -> str:
        return self.measures[ident].name if ident in self.measures else ident.replace("-", " ").capitalize()

    # ------------------------------------------------------------ records with their addresses

    def body(self, ident: str, words: str = "", role: str = "", inferred: bool = False) -> Who:
        """A body by its id, or by its words where the table does not know it."""
        if ident in self.bodies:
            href = self.addresses.body(ident) if ident in self._active else ""
            return Who(self.bodies[ident].name, href, role, inferred)
        return Who(plain(words) or ident, "", role, inferred)

    def _people_of(self, actors: Sequence[Actor]) -> tuple[Who, ...]:
        return (self._who(actors[0]),) if len(actors) == 1 else tuple(dict.fromkeys(map(self._who, actors)))

    def _who(self, actor: Actor) -> Who:
        words = actor.span.quote if actor.span and actor.agency not in self.bodies else ""
        key = (actor.agency, words, actor.role, actor.inferred)
        if key not in self._people:
            self._people[key] = self.body(actor.agency, words, actor.role.value, actor.inferred)
        return self._people[key]

    def _item(self, record: ActionItem, written: str) -> Item:
        ident = record.document
        meta = self.meta[ident]
        now = standing(record, meta, self.as_of)
        return Item(
            record,
            written,
            meta,
            self._meta_digests[ident],
            self.addresses.item(record.id, record.action.start),
            self.place(ident, record.eid),
            self._people_of(record.actors),
            now,
            "not-issued" if ident in self._later else now.schedule.value,
            self._mark(record.id),
        )

    def _mark(self, item: str) -> Mark | None:
        """The last entry of the progress log that held on the day."""
        history = self._claims.histories.get(item)
        held = [mark for mark in history.marks if mark.on <= self.as_of] if history else []
        return held[-1] if held else None

    def _entry(self, record: ListStandard, written: str) -> Entry:
        ident = record.document
        href = self.addresses.list_standard(record.id)
        return Entry(record, written, self.meta[ident], self._meta_digests[ident], href)

    def _reference(self, meta: Metadata, record: Citation) -> Reference:
        document, _, eid = record.target.partition("#")
        target = self.addresses.provision(document, eid) if record.target else ""
        return Reference(record, meta, self.at(meta.id, record.span), self.place(meta.id, record.span.eid), target)

    # ------------------------------------------------------------ indexes

    @cached_property
    def items_of(self) -> dict[str, tuple[Item, ...]]:
        """Items by document."""
        return _grouped((i.meta.id, i) for i in self.items)

    @cached_property
    def item_digests(self) -> dict[str, bytes]:
        """A hash of all that may be shown of the items of each document."""
        return {ident: _digest([i.digest for i in items]) for ident, items in self.items_of.items()}

    @cached_property
    def items_by_body(self) -> dict[str, tuple[Item, ...]]:
        """Items by the bodies that must act."""
        return _grouped(
            (b, i) for i in self.items for b in dict.fromkeys(a.agency for a in i.record.actors) if b in self.bodies
        )

    @cached_property
    def items_by_field(self) -> dict[str, tuple[Item, ...]]:
        return _grouped((f, i) for i in self.items for f in i.record.fields)

    @cached_property
    def dated(self) -> tuple[Item, ...]:
        """Items with a last day, by it, then by document and place."""
        found = (i for i in self.items if i.last_day)
        return tuple(sorted(found, key=lambda i: (i.last_day or date.max, i.meta.id, i.record.action.start)))

    def due_rows(self, items: Iterable[Item]) -> tuple[DueRow, ...]:
        """A row of the due list for each of these items, most urgent first."""
        shown = tuple(items)
        metas = {i.meta.id: i.meta for i in shown}.values()
        return due_rows([i.record for i in shown], metas, self.as_of, bodies=self._names, tracked=self.tracked)

    @cached_property
    def _names(self) -> Bodies:
        return Bodies(self.bodies.values())

    @cached_property
    def tracked(self) -> Tracked:
        """What people entered about items, as of the day."""
        return Tracked(claimed=self._claims.as_of(self.as_of), evidence=self.links.counts())

    @cached_property
    def chinese(self) -> dict[str, str]:
        """Chinese terms by each of their renderings, lower case."""
        found: dict[str, str] = {}
        for term in self.glossary:
            for name in (term.preferred, *term.variants):
                found.setdefault(name.lower(), term.zh)
        return found

    @cached_property
    def lists_of(self) -> dict[str, tuple[Entry, ...]]:
        """List standards by document."""
        return _grouped((e.meta.id, e) for e in self.lists)

    def items_of_list(self, entry: Entry) -> tuple[Item, ...]:
        """Items of the document that stand where it speaks of the list: in a provision with a quote of one of its slots."""
        own = {fact.span.eid for slot in entry.record.slots for fact in slot.facts}
        return tuple(i for i in self.items_of.get(entry.meta.id, ()) if i.record.eid in own)

    @cached_property
    def references_of(self) -> dict[str, tuple[Reference, ...]]:
        """References by the document they stand in."""
        return _grouped((r.meta.id, r) for r in self.references)

    @cached_property
    def citing(self) -> dict[str, tuple[Reference, ...]]:
        """References by the document they lead to, those within it left out."""
        pairs = ((r.record.target.partition("#")[0], r) for r in self.references if r.record.target)
        return _grouped((d, r) for d, r in pairs if d in self.meta and d != r.meta.id)

    @cached_property
    def consequences(self) -> tuple[Consequence, ...]:
        """Everything that follows from being on a list, by list."""
        return tuple(
            Consequence(
                entry, fact, self.body(fact.body, fact.body) if fact.body else None, self.at(entry.meta.id, fact.span)
            )
            for entry in self.lists
            if (slot := entry.slot("consequences"))
            for fact in slot.facts
        )

    @cached_property
    def applied_by(self) -> dict[str, tuple[Consequence, ...]]:
        """Measures by the body that applies them."""
        return _grouped((c.fact.body, c) for c in self.consequences)

    @cached_property
    def keepers(self) -> dict[str, tuple[tuple[Entry, SlotFact], ...]]:
        """Lists by the bodies that designate, publish or keep them."""
        return _grouped(
            (fact.body, (entry, fact))
            for entry in self.lists
            if (slot := entry.slot("authority"))
            for fact in slot.facts
            if fact.body in self.bodies
        )

    @cached_property
    def issued(self) -> dict[str, tuple[Metadata, ...]]:
        """Documents by issuer."""
        return _grouped((b, m) for m in self.metas for b in m.issuers if b in self.bodies)

    @property
    def active_bodies(self) -> tuple[Body, ...]:
        """Bodies with a page, by name."""
        return tuple(sorted((self.bodies[b] for b in self._active), key=lambda b: b.name))


def _digest(contents: object) -> bytes:
    return hashlib.sha256(msgspec.msgpack.encode(contents)).digest()


T = TypeVar("T")


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Values by key, both in the order in which they come."""
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
