"""Coverage: the mandates of each plan, the later provisions that may carry them out, and where nothing was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kb.model import DocumentKind, Metadata
from kb.sitegen.addresses import file_name
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.figures import bubbles
from kb.sitegen.page import Page, sheets
from kb.sitegen.shown import Item
from kb.track.evidence import Corpus, Gap, Link, coverage
from kb.track.topics import headings

_ROWS = 150


class Answer(NamedTuple):
    """A later provision that may carry out a mandate."""

    link: Link
    name: str
    place: str
    href: str


class Mandate(NamedTuple):
    """An item with its answers, or the gap."""

    item: Item
    answers: tuple[Answer, ...]
    gap: Gap | None

    @property
    def confirmed(self) -> int:
        """How many of its links a person confirmed."""
        return sum(1 for a in self.answers if a.link.state == "confirmed")


class Matrix(NamedTuple):
    """How many mandates of each plan (a column) each document (a row) may carry out."""

    plans: tuple[tuple[Metadata, str], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """The overview by plan, and the mandates of each plan."""
    plans = [m for m in catalogue.metas if m.kind is DocumentKind.PLAN and catalogue.items_of.get(m.id)]
    found = _mandates(catalogue, {m.id: m for m in plans})
    rows = [(meta, f"coverage/{file_name(meta.id)}.html", own) for meta in plans if (own := found.get(meta.id, []))]
    documents = len(catalogue.metas)
    matrix = _matrix(rows)
    picture = bubbles([meta.name for meta, _ in matrix.plans], matrix.rows, cell=230, label=300)
    yield Page(
        "coverage.html",
        "coverage.html",
        "Coverage",
        "coverage",
        {"rows": rows, "documents": documents, "matrix": matrix, "picture": picture},
    )
    for meta, path, mandates in rows:
        for sheet in sheets(path, mandates, _ROWS):
            context = {"meta": meta, "sheet": sheet, "total": len(mandates), "gaps": sum(1 for m in mandates if m.gap)}
            yield Page(sheet.path, "coverage-plan.html", f"Coverage of {meta.name}", "coverage", context)


def _matrix(rows: list[tuple[Metadata, str, list[Mandate]]]) -> Matrix:
    """Plans with an answered mandate against the documents that may answer them."""
    plans = [(meta, path) for meta, path, mandates in rows if any(m.answers for m in mandates)]
    found = Counter(
        (answer, meta.id)
        for meta, _, mandates in rows
        for m in mandates
        for answer in dict.fromkeys(a.name for a in m.answers)
    )
    names = sorted({name for name, _ in found}, key=lambda n: (-sum(found[n, meta.id] for meta, _ in plans), n))
    return Matrix(tuple(plans), tuple((n, tuple(found[n, meta.id] for meta, _ in plans)) for n in names))


def _mandates(catalogue: Catalogue, plans: Mapping[str, Metadata]) -> dict[str, list[Mandate]]:
    """The mandates of the plans, in text order, with what answers them as of the day."""
    records = [i.record for i in catalogue.items]
    corpus = Corpus(
        records,
        catalogue.metas,
        {m.id: tuple(r.record for r in catalogue.references_of.get(m.id, ())) for m in catalogue.metas},
        [e.record for e in catalogue.lists],
        catalogue.as_of,
        above={m: headings(catalogue.document(m)) for m in plans},
    )
    result = coverage(corpus, catalogue.links, [r for r in records if r.document in plans])
    answers: dict[str, list[Answer]] = {}
    for link in result.links:
        if link.state != "rejected":
            answers.setdefault(link.item, []).append(_answer(catalogue, link))
    gaps = {gap.item: gap for gap in result.gaps}
    found: dict[str, list[Mandate]] = {}
    for item in catalogue.items:
        ident = item.record.id
        if ident in answers or ident in gaps:
            mandate = Mandate(item, tuple(answers.get(ident, ())), gaps.get(ident))
            found.setdefault(item.meta.id, []).append(mandate)
    return found


def _answer(catalogue: Catalogue, link: Link) -> Answer:
    document, _, eid = link.target.partition("#")
    name = catalogue.meta[document].name if document in catalogue.meta else document
    return Answer(link, name, catalogue.place(document, eid), catalogue.addresses.provision(document, eid))
