"""Documents: the sortable list of all, and the pages of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from kb.export.cite import plain
from kb.model import Metadata
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.outline import Row
from kb.sitegen.page import Later, Page
from kb.sitegen.reading import Reading, TermNote, Unit

_RELATIONS = {  # how a relation is called in the document that has it, and in the other one
    "based_on": ("Based on", "Basis of"),
    "implements": ("Implements", "Implemented by"),
    "amends": ("Amends", "Amended by"),
    "repeals": ("Repeals", "Repealed by"),
    "related": ("Related", "Related"),
}


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """The list and every document."""
    rows = [
        (meta, catalogue.addresses.document(meta.id), _counts(catalogue, meta)) for meta in by_date(catalogue.metas)
    ]
    issuers = {m.id: tuple(catalogue.body(b, b) for b in m.issuers) for m in catalogue.metas}
    yield Page("documents.html", "documents.html", "Documents", "documents", {"rows": rows, "issuers": issuers})
    for meta in catalogue.metas:
        yield from _document(catalogue, meta)


def by_date(metas: tuple[Metadata, ...]) -> list[Metadata]:
    """Documents, the oldest first; those without a date last."""
    return sorted(
        metas, key=lambda m: (m.document_date is None, m.document_date.isoformat() if m.document_date else "", m.id)
    )


def _counts(catalogue: Catalogue, meta: Metadata) -> tuple[int, int, int]:
    items = catalogue.items_of.get(meta.id, ())
    return len(items), sum(1 for i in items if i.last_day), len(catalogue.lists_of.get(meta.id, ()))


def _document(catalogue: Catalogue, meta: Metadata) -> Iterator[Page]:
    ident = meta.id
    reading = cache(lambda: Reading(catalogue, catalogue.document(ident), "../"))
    paths = catalogue.addresses.paths(ident)
    over_the_text = (
        catalogue.item_digests.get(ident),
        catalogue.references_of.get(ident, ()),
        catalogue.citing.get(ident, ()),
    )
    made_from = (catalogue.fingerprint(ident), catalogue.addresses.cuts(ident), over_the_text)
    for number, path in enumerate(paths, 1):
        title = meta.name if number == 1 else f"{meta.name} (part {number})"
        last = number == len(paths)
        context = {
            "meta": meta,
            "issuers": [catalogue.body(b, b) for b in meta.issuers],
            "rows": Later(made_from, partial(_rows, reading, number)),
            "outline": Later(None, lambda: _outline(catalogue, meta, reading().rows)),
            "terms": Later(None, partial(_terms, reading, last)),
            "entries": catalogue.lists_of.get(ident, ()),
            "cited_by": _cited_by(catalogue, meta) if last else (),
            "relations": _relations(catalogue, meta),
            "number": number,
            "paths": paths,
            "sha256": catalogue.document(ident).sha256,
            "citation": plain(meta, catalogue.bodies),
        }
        yield Page(path, "document.html", title, "documents", context)


def _rows(reading: Callable[[], Reading], number: int) -> Iterator[Unit]:
    return reading().units(number)


def _terms(reading: Callable[[], Reading], shown: bool) -> tuple[TermNote, ...]:
    return reading().terms if shown else ()


def _outline(catalogue: Catalogue, meta: Metadata, rows: tuple[Row, ...]) -> list[tuple[int, str, str]]:
    """Level, label and address of every heading; of every article where there is no heading."""
    headings = [r for r in rows if r.level]
    shown = headings or [r for r in rows if r.number]
    return [
        (r.level or 2, " ".join(x for x in (r.number, r.heading) if x), catalogue.addresses.provision(meta.id, r.eid))
        for r in shown
    ]


def _cited_by(catalogue: Catalogue, meta: Metadata) -> list[tuple[Metadata, list[tuple[str, str, str, str]]]]:
    """Documents that cite this one: verb, place, address and words of each citation."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for r in catalogue.citing.get(meta.id, ()):
        found.setdefault(r.meta.id, []).append((r.record.verb.value, r.place, r.href, r.record.span.quote))
    return [(catalogue.meta[ident], rows) for ident, rows in sorted(found.items())]


def _relations(catalogue: Catalogue, meta: Metadata) -> list[tuple[str, list[tuple[str, str]]]]:
    """Relations of the front matter, both ways: label, and name and address of each document ("" if not in the base)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, (label, _) in _RELATIONS.items():
        for target in getattr(meta, key):
            name = catalogue.meta[target].name if target in catalogue.meta else target
            found.setdefault(label, []).append((name, catalogue.addresses.document(target)))
    for other in catalogue.metas:
        for key, (_, label) in _RELATIONS.items():
            if meta.id in getattr(other, key):
                found.setdefault(label, []).append((other.name, catalogue.addresses.document(other.id)))
    return [(label, sorted(set(found[label]))) for label in sorted(found)]
