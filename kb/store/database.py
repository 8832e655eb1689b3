"""The SQLite file of a build -> the records that were written to it (tables.py). Every reader opens it here."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from kb.model import (
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
SCHEMES = ("fields", "areas", "measures", "target_roles", "body_classes")
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

R = TypeVar("R", bound=Record)
_TABLES: dict[type[Record], tuple[str, str]] = {
    ActionItem: ("items", "document, start, id"),
    Time: ("times", "document, start"),
    ListStandard: ("lists", "document, id"),
    Citation: ("citations", "document, start"),
    Definition: ("definitions", "document, start"),
    Provision: ("provisions", "document, position"),
}  # kinds of records that are read from documents -> their table, and the order in which they come


class StoreError(Exception):
    """The file is missing, or not one that this version can read."""


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
        return decoded(Metadata, self._rows("SELECT record FROM documents ORDER BY id"))

    def document(self, document: str) -> Document | None:
        """The parsed document, or None where the base does not hold it."""
        row = self.db.execute("SELECT record, path, body, sha256 FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            return None
        meta = msgspec.json.decode(row[0], type=Metadata)
        provisions = decoded(Provision, self.written(Provision, document))
        return Document(path=row[1], meta=meta, text=row[2], body_line=0, sha256=row[3], provisions=provisions)

    def written(self, record: type[Record], document: str | None = None) -> list[str]:
        """The records of this kind, all or those of one document, as the JSON that was written, in text order."""
        table, order = _TABLES[record]
        where, values = ("WHERE document = ?", (document,)) if document is not None else ("", ())
        return self._rows(f"SELECT record FROM {table} {where} ORDER BY {order}", *values)  # noqa: S608 - literals

    def items(self, document: str | None = None) -> tuple[ActionItem, ...]:
        """All items, or those of one document, in text order."""
        return decoded(ActionItem, self.written(ActionItem, document))

    def times(self, document: str | None = None) -> tuple[Time, ...]:
        return decoded(Time, self.written(Time, document))

    def lists(self, document: str | None = None) -> tuple[ListStandard, ...]:
        return decoded(ListStandard, self.written(ListStandard, document))

    def citations(self, document: str | None = None) -> tuple[Citation, ...]:
        return decoded(Citation, self.written(Citation, document))

    def definitions(self, document: str | None = None) -> tuple[Definition, ...]:
        return decoded(Definition, self.written(Definition, document))

    def item(self, item: str) -> ActionItem | None:
        """The item with this id, or None."""
        return next(iter(decoded(ActionItem, self._rows("SELECT record FROM items WHERE id = ?", item))), None)

    def list_standard(self, entry: str) -> ListStandard | None:
        """The list with this id, or None."""
        return next(iter(decoded(ListStandard, self._rows("SELECT record FROM lists WHERE id = ?", entry))), None)

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
            scheme: decoded(Label, self._rows("SELECT record FROM labels WHERE scheme = ? ORDER BY rowid", scheme))
            for scheme in SCHEMES
        }
        return Reference(
            bodies=decoded(Body, self._rows("SELECT record FROM bodies ORDER BY id")),
            glossary=decoded(Term, self._rows("SELECT record FROM terms ORDER BY rowid")),
            **labels,
        )

    def _rows(self, query: str, *values: str) -> list[str]:
        return [row[0] for row in self.db.execute(query, values)]


def decoded(record: type[R], written: Sequence[str]) -> tuple[R, ...]:
    """The records of `Base.written`; all in one call, which is twice as fast as one by one."""
    return tuple(msgspec.json.decode(f"[{','.join(written)}]", type=list[record]))  # type: ignore[valid-type]


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
