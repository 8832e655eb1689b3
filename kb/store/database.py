"""Documents and facts -> one SQLite file that every reader uses, and that Datasette opens as it is.

The file is written beside the old one and renamed over it; the same documents, facts and tables give the same bytes.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kb.model import (
    RELATIONS,
    ActionItem,
    Body,
    Citation,
    Definition,
    Document,
    Facts,
    Label,
    ListStandard,
    Metadata,
    Provision,
    Record,
    Reference,
    Term,
    Time,
)

FORMAT = "1"  # raised when the tables change; an older file is refused, not guessed at
_SCHEMES = ("fields", "areas", "measures", "target_roles", "body_classes")
_COMPLETED = {
    "documents": "SELECT id, short_title AS name FROM documents",
    "items": "SELECT id, action AS name FROM items",
    "lists": "SELECT id, name FROM lists",
    "bodies": "SELECT id, name FROM bodies",
    "provisions": "SELECT id, coalesce(heading, number, '') AS name FROM provisions",
    "fields": "SELECT id, name FROM labels WHERE scheme = 'fields'",
    "kinds": "SELECT DISTINCT kind AS id, '' AS name FROM documents",
    "regions": "SELECT DISTINCT region AS id, '' AS name FROM documents",
    "rules": "SELECT DISTINCT rule AS id, '' AS name FROM items",
}  # what a shell can complete -> the rows of its id and name
_ENCODER = msgspec.json.Encoder(order="deterministic")

R = TypeVar("R", bound=Record)


class StoreError(Exception):
    """The file is missing, or not one that this version can read."""


# ---------------------------------------------------------------- writing


def write_base(
    path: Path, documents: Sequence[Document], facts: Sequence[Facts], reference: Reference, digest: str
) -> None:
    """Write everything to `path`, whole or not at all. `digest` names the corpus and rules it was made from."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        with closing(sqlite3.connect(name)) as db:
            db.executescript(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))
            with db:
                _write_reference(db, reference)
                _write_documents(db, documents)
                known = {p[0] for p in db.execute("SELECT id FROM provisions")}
                bodies = {body.id for body in reference.bodies}
                for one in sorted(facts, key=lambda f: f.document):
                    _write_facts(db, one, known, bodies)
                about = {"digest": digest, "format": FORMAT, "licence": "code Apache-2.0, corpus text CC BY 4.0"}
                db.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
            if broken := db.execute("PRAGMA foreign_key_check").fetchall():
                raise StoreError(f"{len(broken)} rows point to nothing; the first: {broken[0]}")
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
    labels = ((scheme, x) for scheme in _SCHEMES for x in getattr(reference, scheme))
    _insert(db, "labels", ((scheme, x.id, x.name, x.name_zh or None, _json(x)) for scheme, x in labels))
    _insert(
        db,
        "terms",
        ((t.zh, t.preferred, "; ".join(t.variants), t.note or None, _json(t)) for t in reference.glossary),
    )


def _write_documents(db: sqlite3.Connection, documents: Sequence[Document]) -> None:
    ids = {d.id for d in documents}
    for document in sorted(documents, key=lambda d: d.id):
        meta = document.meta
        _insert(
            db,
            "documents",
            [
                (
                    *(
                        meta.id,
                        meta.title,
                        meta.title_zh or None,
                        meta.name,
                        meta.kind,
                        meta.level,
                        meta.region,
                        meta.status,
                    ),
                    *(meta.fidelity, meta.doc_number or None, _day(meta.adopted), _day(meta.published)),
                    *(_day(meta.effective), _day(meta.horizon_end), document.path, document.sha256, document.text),
                    _json(meta),
                )
            ],
        )
        _insert(db, "document_issuers", ((meta.id, i, body) for i, body in enumerate(meta.issuers)))
        _insert(db, "provisions", _provision_rows(document))
    for document in sorted(documents, key=lambda d: d.id):
        relations = sorted({(r, t) for r in RELATIONS for t in getattr(document.meta, r)})
        _insert(db, "document_relations", ((document.id, r, t, t if t in ids else None) for r, t in relations))


def _provision_rows(document: Document) -> Iterator[tuple[object, ...]]:
    paths: dict[str, str] = {}
    for position, p in enumerate(document.provisions):
        above = paths.get(p.parent, "")
        own = " ".join(x for x in (p.number, p.heading) if x) if p.heading and not p.leaf else ""
        paths[p.eid] = f"{above} › {own}" if above and own else above or own
        yield (
            *(
                f"{document.id}#{p.eid}",
                document.id,
                p.eid,
                f"{document.id}#{p.parent}" if p.parent else None,
                position,
            ),
            *(p.kind, p.number or None, p.heading or None, paths[p.eid], document.text[p.text_start : p.text_end]),
            *(int(p.leaf), _json(p)),
        )


def _write_facts(db: sqlite3.Connection, facts: Facts, provisions: set[str], bodies: set[str]) -> None:
    document = facts.document

    def address(eid: str) -> str | None:
        return key if (key := f"{document}#{eid}") in provisions else None

    _insert(db, "items", (_item_row(item, address(item.eid)) for item in facts.items))
    for item in facts.items:
        _insert(
            db,
            "item_actors",
            (
                (
                    *(item.id, i, a.role, a.span.quote if a.span else None, a.agency if a.agency in bodies else None),
                    *(int(a.inferred), a.rule),
                )
                for i, a in enumerate(item.actors)
            ),
        )
        _insert(db, "item_fields", ((item.id, field) for field in sorted(set(item.fields))))
    for t in facts.times:
        if t.span:
            time_row = (
                *(None, document, address(t.span.eid), t.span.quote, t.type, _day(t.earliest), _day(t.latest)),
                *(t.duration or None, t.unit or None, t.bound or None, t.rrule or None, t.origin, t.rule),
                *(t.span.start, _json(t)),
            )
            _insert(db, "times", [time_row])
    for entry in facts.lists:
        _write_list(db, entry, address)
    for c in facts.citations:
        target = c.target.partition("#")[0]
        known = bool(target) and db.execute("SELECT 1 FROM documents WHERE id = ?", (target,)).fetchone()
        row = (
            *(None, document, address(c.span.eid), c.span.quote, c.verb, c.title or None, c.number or None),
            *(c.target or None, target if known else None, c.rule, c.span.start, _json(c)),
        )
        _insert(db, "citations", [row])
    _insert(
        db,
        "definitions",
        (
            (None, document, address(d.span.eid), d.term.quote, d.span.quote, d.rule, d.term.start, _json(d))
            for d in facts.definitions
        ),
    )


def _item_row(item: ActionItem, provision: str | None) -> tuple[object, ...]:
    due = item.deadline
    return (
        *(item.id, item.document, provision, item.action.quote, item.span.quote, item.modality, item.strength),
        *(_day(due.latest) if due else None, due.type if due else None),
        *(due.span.quote if due and due.span else None, due.rule if due else None, due.origin if due else None),
        *(item.area or None, item.trackability, item.basis, int(item.certain), item.doubt or None, item.rule),
        *(item.fingerprint, item.action.start, _json(item)),
    )


def _write_list(db: sqlite3.Connection, entry: ListStandard, address: Any) -> None:
    _insert(
        db,
        "lists",
        [
            (
                *(entry.id, entry.document, entry.name, entry.list_kind, entry.sector or None, entry.region or None),
                *(int(entry.certain), _json(entry)),
            )
        ],
    )
    for position, slot in enumerate(entry.slots):
        _insert(db, "list_slots", [(entry.id, slot.name, slot.state, position)])
        for fact in slot.facts:
            row = (
                *(None, entry.id, slot.name, address(fact.span.eid), fact.span.quote, fact.role or None),
                *(fact.body or None, fact.force or None, fact.reach or None, fact.measure or None),
                *(fact.legal_basis.quote if fact.legal_basis else None, fact.rule, fact.span.start),
            )
            _insert(db, "list_facts", [row])


# ---------------------------------------------------------------- reading


class Base:
    """The built knowledge base, read-only. Records come back equal to those that were written, in stable order."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db = db
        self.path = path

    def close(self) -> None:
        self.db.close()

    @cached_property
    def digest(self) -> str:
        """Names the corpus and the rules it was made from."""
        return str(self.db.execute("SELECT value FROM about WHERE key = 'digest'").fetchone()[0])

    def metadata(self) -> tuple[Metadata, ...]:
        """The front matter of all documents, by id."""
        return tuple(self._records(Metadata, "SELECT record FROM documents ORDER BY id"))

    def document(self, document: str) -> Document | None:
        """The parsed document, or None where the base does not hold it."""
        row = self.db.execute("SELECT record, path, body, sha256 FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            return None
        meta = msgspec.json.decode(row[0], type=Metadata)
        query = "SELECT record FROM provisions WHERE document = ? ORDER BY position"
        provisions = tuple(self._records(Provision, query, document))
        return Document(path=row[1], meta=meta, text=row[2], body_line=0, sha256=row[3], provisions=provisions)

    def items(self, document: str | None = None) -> tuple[ActionItem, ...]:
        """All items, or those of one document, in text order."""
        return tuple(self._of(ActionItem, "items", "document, start, id", document))

    def times(self, document: str | None = None) -> tuple[Time, ...]:
        return tuple(self._of(Time, "times", "document, start", document))

    def lists(self, document: str | None = None) -> tuple[ListStandard, ...]:
        return tuple(self._of(ListStandard, "lists", "document, id", document))

    def citations(self, document: str | None = None) -> tuple[Citation, ...]:
        return tuple(self._of(Citation, "citations", "document, start", document))

    def definitions(self, document: str | None = None) -> tuple[Definition, ...]:
        return tuple(self._of(Definition, "definitions", "document, start", document))

    def item(self, item: str) -> ActionItem | None:
        """The item with this id, or None."""
        return next(self._records(ActionItem, "SELECT record FROM items WHERE id = ?", item), None)

    def list_standard(self, entry: str) -> ListStandard | None:
        """The list with this id, or None."""
        return next(self._records(ListStandard, "SELECT record FROM lists WHERE id = ?", entry), None)

    def corrected(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of these items and lists that a person judged."""
        marks = ", ".join("?" * len(ids))
        query = " UNION ALL ".join(
            f"SELECT id FROM {table} WHERE id IN ({marks}) AND json_extract(record, '$.corrected') IS NOT NULL"  # noqa: S608
            for table in ("items", "lists")
        )
        return frozenset(row[0] for row in self.db.execute(query, (*ids, *ids)))

    def has_address(self, address: str) -> bool:
        """Whether this is a document, or a provision of one (`<document>#<eid>`)."""
        table = "provisions" if "#" in address else "documents"
        return self.db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (address,)).fetchone() is not None  # noqa: S608

    def ids(self, tables: Sequence[str], prefix: str, limit: int) -> list[tuple[str, str]]:
        """Ids and values (the keys of _COMPLETED) that begin with `prefix`, each with its name, in order."""
        parts = " UNION ALL ".join(
            f"SELECT id, name FROM ({_COMPLETED[t]}) WHERE substr(id, 1, ?1) = ?2"  # noqa: S608 - literals
            for t in tables
        )
        return list(self.db.execute(f"SELECT * FROM ({parts}) ORDER BY 1 LIMIT ?3", (len(prefix), prefix, limit)))  # noqa: S608

    def facts(self, document: str) -> Facts:
        """All facts of one document."""
        row = self.db.execute("SELECT sha256 FROM documents WHERE id = ?", (document,)).fetchone()
        return Facts(
            document=document,
            sha256=row[0] if row else "",
            items=self.items(document),
            times=self.times(document),
            lists=self.lists(document),
            citations=self.citations(document),
            definitions=self.definitions(document),
        )

    @cached_property
    def reference(self) -> Reference:
        """The reviewed tables that the facts were read with."""
        labels = {
            scheme: tuple(self._records(Label, "SELECT record FROM labels WHERE scheme = ? ORDER BY rowid", scheme))
            for scheme in _SCHEMES
        }
        return Reference(
            bodies=tuple(self._records(Body, "SELECT record FROM bodies ORDER BY id")),
            glossary=tuple(self._records(Term, "SELECT record FROM terms ORDER BY rowid")),
            **labels,
        )

    def _of(self, record: type[R], table: str, order: str, document: str | None) -> Iterator[R]:
        where, values = ("WHERE document = ?", (document,)) if document is not None else ("", ())
        return self._records(record, f"SELECT record FROM {table} {where} ORDER BY {order}", *values)  # noqa: S608 - literals

    def _records(self, record: type[R], query: str, *values: str) -> Iterator[R]:
        rows = ",".join([row[0] for row in self.db.execute(query, values)])  # one call to decode all is twice as fast
        return iter(msgspec.json.decode(f"[{rows}]", type=list[record]))  # type: ignore[valid-type]


def is_whole(path: Path, digest: str) -> bool:
    """Whether the base at `path` can be read to its last page, and was made from the corpus and rules that `digest` names."""
    try:
        base = open_base(path)
        with closing(base):
            return base.digest == digest and base.db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except (StoreError, sqlite3.DatabaseError):
        return False


def open_base(path: Path) -> Base:
    """The base at `path`, opened read-only. Raises StoreError where it is missing or of another format."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no built base")
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        row = db.execute("SELECT value FROM about WHERE key = 'format'").fetchone()
    except sqlite3.DatabaseError as error:
        db.close()
        raise StoreError(f"{path}: not a knowledge base ({error})") from error
    if row is None or row[0] != FORMAT:
        db.close()
        raise StoreError(
            f"{path}: written by another version (format {row[0] if row else 'unknown'}, this is {FORMAT})"
        )
    return Base(db, path)
