"""Glossary: Chinese terms, the rendering used here, the variants readers meet, and where each is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.model import Metadata, Term
from kb.sitegen.addresses import file_name
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Page


class Entry(NamedTuple):
    """A term with the documents that use its preferred rendering or a variant, and how often."""

    term: Term
    anchor: str
    uses: tuple[tuple[Metadata, str, int], ...]
    total: int


class Defined(NamedTuple):
    """A definition in a document."""

    term: str
    meta: Metadata
    words: str
    href: str
    place: str


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """The glossary, and the terms that documents define."""
    entries = [_entry(term, uses) for term, uses in _uses(catalogue)]
    anchors = {e.term.preferred: e.anchor for e in entries}
    defined = sorted(
        (
            Defined(d.term.quote, m, d.span.quote, catalogue.at(m.id, d.span), catalogue.place(m.id, d.span.eid))
            for m in catalogue.metas
            for d in catalogue.definitions(m.id)
        ),
        key=lambda d: (d.term.lower(), d.meta.id, d.href),
    )
    yield Page("glossary.html", "glossary.html", "Glossary", "glossary", {"entries": entries, "anchors": anchors})
    yield Page("defined-terms.html", "defined-terms.html", "Defined terms", "glossary", {"defined": defined})


def _entry(term: Term, uses: list[tuple[Metadata, str, int]]) -> Entry:
    anchor = file_name(term.preferred) or term.zh
    return Entry(term, anchor, tuple(sorted(uses, key=lambda u: (-u[2], u[0].id))), sum(u[2] for u in uses))


def _uses(catalogue: Catalogue) -> Iterator[tuple[Term, list[tuple[Metadata, str, int]]]]:
    """Every term, sorted by its rendering, with its uses by document; renderings are counted as whole words, in any case.

    One pass over each text: the alternatives are sorted so that the longest wins ("social credit system" is no use of
    "credit").
    """
    terms = sorted(catalogue.glossary, key=lambda t: (t.preferred.lower(), t.zh))
    owner = {name.lower(): n for n, t in reversed(list(enumerate(terms))) for name in (*t.variants, t.preferred)}
    found: list[list[tuple[Metadata, str, int]]] = [[] for _ in terms]
    if owner:
        names = sorted(owner, key=lambda name: (-len(name), name))
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")(?:s|es)?\b", re.IGNORECASE)
        for meta in catalogue.metas:
            counts: dict[int, int] = {}
            for match in pattern.finditer(catalogue.document(meta.id).text):
                n = _owner(owner, match.group().lower())
                counts[n] = counts.get(n, 0) + 1
            for n, number in counts.items():
                found[n].append((meta, catalogue.addresses.document(meta.id), number))
    yield from zip(terms, found, strict=True)


def _owner(owner: dict[str, int], words: str) -> int:
    """The term a match stands for; its plural ending may be part of the rendering or not."""
    return next(owner[w] for w in (words, words.removesuffix("s"), words.removesuffix("es")) if w in owner)
