"""Documents and facts -> one SQLite file that every reader uses, and that Datasette opens as it is.

The tables are those of schema.sql. The file is written beside the old one and renamed over it; the same documents, facts
and tables give the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from kb.model import (
    RELATIONS,
    ActionItem,
    Actor,
    Citation,
    Definition,
    Document,
    Facts,
    ListStandard,
    Record,
    Reference,
    Slot,
    SlotFact,
    Span,
    Time,
)
from kb.store.database import FORMAT, SCHEMES, StoreError
from kb.store.files import replacing

_ENCODER = msgspec.json.Encoder(order="deterministic")


def write_base(
    path: Path, documents: Sequence[Document], facts: Sequence[Facts], reference: Reference, digest: str
) -> None:
    """Write everything to `path`, whole or not at all. `digest` names the corpus and rules it was made from.

    Raises StoreError where a row would point to nothing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as name, closing(sqlite3.connect(name)) as db:
        db.executescript(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))
        with db:
            _write_reference(db, reference)
            _write_documents(db, documents)
            known = _Known(
                frozenset(d.id for d in documents),
                frozenset(f"{d.id}#{p.eid}" for d in documents for p in d.provisions),
                frozenset(body.id for body in reference.bodies),
            )
            for one in sorted(facts, key=lambda f: f.document):
                _write_facts(db, one, known)
            about = {"digest": digest, "format": FORMAT, "licence": "code Apache-2.0, corpus text CC BY 4.0"}
            db.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        if broken := db.execute("PRAGMA foreign_key_check").fetchall():
            raise StoreError(f"{len(broken)} rows point to nothing; the first: {broken[0]}")


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert the rows, in the order given, into a table of this module's schema."""
    rows = list(rows)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - the name is a literal below


def _json(record: Record) -> str:
    return _ENCODER.encode(record).decode()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _write_reference(db: sqlite3.Connection, reference: Reference) -> None:
    db.execute("PRAGMA defer_foreign_keys = on")
    _insert(
        db,
        "bodies",
        (
            (b.id, b.name, b.name_zh or None, b.level, _day(b.since), _day(b.until), b.successor or None, _json(b))
            for b in sorted(reference.bodies, key=lambda b: b.id)
        ),
    )
    names = {
        (b.id, name): (since, until)
        for b in reference.bodies
        for name, since, until in (
            (b.name, b.since, b.until),
            *((a, b.since, b.until) for a in b.abbreviations),
            *((a.name, a.since or b.since, a.until or b.until) for a in b.aliases),
        )
    }
    _insert(db, "body_names", ((*key, _day(since), _day(until)) for key, (since, until) in sorted(names.items())))
    labels = ((scheme, x) for scheme in SCHEMES for x in getattr(reference, scheme))
    _insert(db, "labels", ((scheme, x.id, x.name, x.name_zh or None, _json(x)) for scheme, x in labels))
    _insert(
        db,
        "terms",
        ((t.zh, t.preferred, "; ".join(t.variants), t.note or None, _json(t)) for t in reference.glossary),
    )


def _write_documents(db: sqlite3.Connection, documents: Sequence[Document]) -> None:
    ids = {d.id for d in documents}
    ordered = sorted(documents, key=lambda d: d.id)
    _insert(db, "documents", map(_document_row, ordered))
    for document in ordered:
        meta = document.meta
        _insert(db, "document_issuers", ((meta.id, i, body) for i, body in enumerate(meta.issuers)))
        _insert(db, "provisions", _provision_rows(document))
        relations = sorted({(r, t) for r in RELATIONS for t in getattr(meta, r)})
        _insert(db, "document_relations", ((meta.id, r, t, t if t in ids else None) for r, t in relations))


def _document_row(document: Document) -> tuple[object, ...]:
    meta = document.meta
    return (
        *(meta.id, meta.title, meta.title_zh or None, meta.name, meta.kind, meta.level, meta.region, meta.status),
        *(meta.fidelity, meta.doc_number or None, _day(meta.adopted), _day(meta.published)),
        *(_day(meta.effective), _day(meta.horizon_end), document.path, document.sha256, document.text, _json(meta)),
    )


def _provision_rows(document: Document) -> Iterator[tuple[object, ...]]:
    paths: dict[str, str] = {}
    for position, p in enumerate(document.provisions):
        above = paths.get(p.parent, "")
        own = " ".join(x for x in (p.number, p.heading) if x) if p.heading and not p.leaf else ""
        paths[p.eid] = f"{above} › {own}" if above and own else above or own
        parent = f"{document.id}#{p.parent}" if p.parent else None
        yield (
            *(f"{document.id}#{p.eid}", document.id, p.eid, parent, position),
            *(p.kind, p.number or None, p.heading or None, paths[p.eid], document.text[p.text_start : p.text_end]),
            *(int(p.leaf), _json(p)),
        )


class _Known(NamedTuple):
    """The ids that rows may point to."""

    documents: frozenset[str]
    provisions: frozenset[str]
    bodies: frozenset[str]

    def address(self, document: str, eid: str) -> str | None:
        """The id of the provision with this eId; None where there is none."""
        return key if (key := f"{document}#{eid}") in self.provisions else None


def _write_facts(db: sqlite3.Connection, facts: Facts, known: _Known) -> None:
    document = facts.document
    _insert(db, "items", (_item_row(item, known.address(document, item.eid)) for item in facts.items))
    for item in facts.items:
        _insert(db, "item_actors", (_actor_row(item.id, n, a, known) for n, a in enumerate(item.actors)))
        _insert(db, "item_fields", ((item.id, field) for field in sorted(set(item.fields))))
    _insert(db, "times", (_time_row(document, t, t.span, known) for t in facts.times if t.span))
    for entry in facts.lists:
        _write_list(db, entry, known)
    _insert(db, "citations", (_citation_row(document, c, known) for c in facts.citations))
    _insert(db, "definitions", (_definition_row(document, d, known) for d in facts.definitions))


def _item_row(item: ActionItem, provision: str | None) -> tuple[object, ...]:
    due = item.deadline
    return (
        *(item.id, item.document, provision, item.action.quote, item.span.quote, item.modality, item.strength),
        *(_day(due.latest) if due else None, due.type if due else None),
        *(due.span.quote if due and due.span else None, due.rule if due else None, due.origin if due else None),
        *(item.area or None, item.trackability, item.basis, int(item.certain), item.doubt or None, item.rule),
        *(item.fingerprint, item.action.start, _json(item)),
    )


def _actor_row(item: str, position: int, actor: Actor, known: _Known) -> tuple[object, ...]:
    return (
        *(item, position, actor.role, actor.span.quote if actor.span else None),
        *(actor.agency if actor.agency in known.bodies else None, int(actor.inferred), actor.rule),
    )


def _time_row(document: str, t: Time, span: Span, known: _Known) -> tuple[object, ...]:
    return (
        *(None, document, known.address(document, span.eid), span.quote, t.type, _day(t.earliest), _day(t.latest)),
        *(t.duration or None, t.unit or None, t.bound or None, t.rrule or None, t.origin, t.rule),
        *(span.start, _json(t)),
    )


def _citation_row(document: str, c: Citation, known: _Known) -> tuple[object, ...]:
    target = c.target.partition("#")[0]
    return (
        *(None, document, known.address(document, c.span.eid), c.span.quote, c.verb, c.title or None, c.number or None),
        *(c.target or None, target if target in known.documents else None, c.rule, c.span.start, _json(c)),
    )


def _definition_row(document: str, d: Definition, known: _Known) -> tuple[object, ...]:
    place = known.address(document, d.span.eid)
    return (None, document, place, d.term.quote, d.span.quote, d.rule, d.term.start, _json(d))


def _write_list(db: sqlite3.Connection, entry: ListStandard, known: _Known) -> None:
    row = (
        *(entry.id, entry.document, entry.name, entry.list_kind, entry.sector or None, entry.region or None),
        *(int(entry.certain), _json(entry)),
    )
    _insert(db, "lists", [row])
    for position, slot in enumerate(entry.slots):
        _insert(db, "list_slots", [(entry.id, slot.name, slot.state, position)])
        _insert(db, "list_facts", (_list_fact_row(entry, slot, fact, known) for fact in slot.facts))


def _list_fact_row(entry: ListStandard, slot: Slot, fact: SlotFact, known: _Known) -> tuple[object, ...]:
    span = fact.span
    return (
        *(None, entry.id, slot.name, known.address(entry.document, span.eid), span.quote, fact.role or None),
        *(fact.body or None, fact.force or None, fact.reach or None, fact.measure or None),
        *(fact.legal_basis.quote if fact.legal_basis else None, fact.rule, span.start),
    )
