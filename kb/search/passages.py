"""The built base -> passages, index. A passage is what a lawyer would cite.

An article with all its paragraphs and points is one passage, and so is a numbered paragraph of a plan with its points: a
lone point ("(3) its name") answers nothing, and words asked for together stand in lead-in and point. A section of some
paragraphs is one passage as long as it is short. Headings are never passages; they are the path of what stands under them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.model import Document, Facts, Metadata, Provision
from kb.parse import heading_paths
from kb.search.records import TITLE_TAG, Passage
from kb.search.tables import tables
from kb.search.whoosh_writer import IndexSummary, write_index
from kb.store import Base

_SHORT = 300  # words of a section that is still one passage
_NO_PASSAGE = {"heading", "preface"}
_JOINED = {"point", "subpoint"}


def build_index(base: Base, out: Path, previous: Path | None = None) -> IndexSummary:
    """Write the index of all documents of `base` to the new folder `out`; what `previous` has unchanged is taken over."""
    documents = {}
    for meta in base.metadata():
        document = base.document(meta.id)
        if document is not None:
            documents[meta.id] = list(document_passages(document, base.facts(meta.id)))
    return write_index(out, documents, tables(base.metadata(), base.reference), base.digest, previous)


def document_passages(document: Document, facts: Facts) -> Iterator[Passage]:
    """The passages of a document in text order; first one that holds its title, names and numbers."""
    meta = document.meta
    shared = tuple(_document_tags(meta))
    preface = (document.text[p.text_start : p.text_end] for p in document.provisions if p.kind == "preface" and p.leaf)
    names = (meta.title, meta.short_title, meta.title_zh, meta.doc_number, meta.doc_number_zh, *preface)
    yield Passage(
        key=meta.id,
        document=meta.id,
        text=" · ".join(dict.fromkeys(name.strip() for name in names if name.strip())),
        kind="document",
        tags=(*shared, TITLE_TAG),
    )
    units = list(_units(document))
    places = _Places(units, facts)
    paths = heading_paths(document)
    for i, (first, start, end) in enumerate(units):
        yield Passage(
            key=f"{meta.id}#{first.eid}",
            document=meta.id,
            text=document.text[start:end].strip("\n"),
            headings=(meta.name, *paths.get(first.parent, ())),
            label=f"{first.number} {first.heading}".strip(),
            kind=first.kind,
            start=start + _leading(document.text[start:end]),
            tags=(*shared, *sorted(set(places.tags[i]))),
            items=tuple(places.items[i]),
            lists=tuple(dict.fromkeys(places.lists[i])),
        )


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def _units(document: Document) -> Iterator[tuple[Provision, int, int]]:
    """The provisions that are passages, each with its range; points join the lead-in before them."""
    children: dict[str, list[Provision]] = {}
    for p in document.provisions:
        children.setdefault(p.parent, []).append(p)

    def below(parent: str) -> Iterator[tuple[Provision, int, int]]:
        lead: tuple[Provision, int, int] | None = None
        for p in children.get(parent, ()):
            if lead and p.leaf and p.kind in _JOINED:
                lead = (lead[0], lead[1], p.end)
                continue
            if lead:
                yield lead
            lead = None
            if p.kind in _NO_PASSAGE:
                continue
            if p.leaf:
                lead = (p, p.text_start, p.end)
            elif _is_unit(document, p, children[p.eid]):
                body = [c for c in children[p.eid] if c.kind != "heading"]
                yield (p, body[0].start if body else p.text_start, p.end)
            else:
                yield from below(p.eid)
        if lead:
            yield lead

    return below("")


def _is_unit(document: Document, container: Provision, children: Sequence[Provision]) -> bool:
    """Whether a container is a passage as a whole: an article, or a short one of leaves that have no number of their own."""
    if container.kind == "article":
        return True
    if not all(c.leaf and (c.kind in _JOINED or not (c.number or c.heading)) for c in children):
        return False
    return len(document.text[container.start : container.end].split()) <= _SHORT


def _document_tags(meta: Metadata) -> Iterator[str]:
    yield from (f"doc={meta.id}", f"kind={meta.kind}", f"level={meta.level}", f"region={meta.region.lower()}")
    yield from (f"status={meta.status}", f"basis={meta.fidelity}")
    yield from (f"issuer={issuer}" for issuer in meta.issuers)
    if meta.document_date:
        yield f"issued={meta.document_date.isoformat()}"
    if meta.effective:
        yield f"effective={meta.effective.isoformat()}"


class _Places:
    """What the facts say of each passage, by its place in the list of passages."""

    def __init__(self, units: Sequence[tuple[Provision, int, int]], facts: Facts) -> None:
        self._starts = [start for _, start, _ in units]
        self._ends = [end for _, _, end in units]
        self.tags: list[list[str]] = [[] for _ in units]
        self.items: list[list[str]] = [[] for _ in units]
        self.lists: list[list[str]] = [[] for _ in units]
        self._read_items(facts)
        self._read_lists(facts)
        self._read_citations(facts)

    def _at(self, offset: int) -> int | None:
        i = bisect_right(self._starts, offset) - 1
        return i if i >= 0 and offset < self._ends[i] else None

    def _read_items(self, facts: Facts) -> None:
        for item in facts.items:
            i = self._at(item.action.start)
            if i is None:
                continue
            self.items[i].append(item.id)
            tags = [("modality", item.modality), ("strength", item.strength), ("area", item.area)]
            tags += [("basis", item.basis or ""), *(("field", field) for field in item.fields)]
            tags += [("actor", a.agency or (a.span.quote.lower()[:80] if a.span else "")) for a in item.actors]
            if item.deadline and item.deadline.latest:
                tags.append(("due", item.deadline.latest.isoformat()))
            self.tags[i] += [f"{name}={' '.join(value.split())}" for name, value in tags if value]

    def _read_lists(self, facts: Facts) -> None:
        for entry in facts.lists:
            spans = [entry.span, *(fact.span for slot in entry.slots for fact in slot.facts)]
            for i in dict.fromkeys(self._at(span.start) for span in spans):
                if i is not None:
                    self.lists[i].append(entry.id)
                    name = " ".join(entry.name.lower().split())[:80]
                    self.tags[i] += [f"list={entry.list_kind}", f"list={name}"]

    def _read_citations(self, facts: Facts) -> None:
        for citation in facts.citations:
            i = self._at(citation.span.start)
            if i is not None:
                names = (
                    citation.target.partition("#")[0],
                    citation.number,
                    " ".join(citation.title.lower().split())[:120],
                )
                self.tags[i] += [f"cites={name}" for name in names if name]
