"""The search page and its index: passages of kb.search in scripts that a page from a disk can load, about 300 kB each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kb.search import grammar, ranking, variants, words
from kb.search.passages import document_passages, tables
from kb.search.records import Passage
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Asset, Page, script_call

_SHARD_BYTES = 300_000
_CONSTANTS = {
    name: getattr(module, name)
    for module, names in (
        (ranking, ("K1", "B", "IDF_POWER", "HEAD", "PAIR", "LOOSE", "SECTION", "DEPTH", "PLACES")),
        (variants, ("VARIANT", "PREFERRED", "MOST")),
        (words, ("ASKING",)),
    )
    for name in names
}


def pages(catalogue: Catalogue) -> Iterator[Page | Asset]:
    """search.html, data/search-tables.js and data/search-1.js, data/search-2.js, …"""
    shards: list[list[object]] = [[]]
    size = passages = 0
    for meta in sorted(catalogue.metas, key=lambda m: m.id):
        found = list(document_passages(catalogue.document(meta.id), catalogue.facts(meta.id)))
        passages += len(found)
        if size > _SHARD_BYTES:
            shards.append([])
            size = 0
        shards[-1].append(_document(catalogue, found))
        size += sum(len(p.text) for p in found)
    scripts = [Asset(f"data/search-{n}.js", script_call("kbSearchShard", s)) for n, s in enumerate(shards, 1)]
    table = Asset("data/search-tables.js", script_call("kbSearchTables", _tables(catalogue, len(scripts))))
    bytes_ = sum(len(a.content) for a in (table, *scripts))
    fields = sorted({**grammar.FIELDS, **grammar.DATES}.items())
    yield Page(
        "search.html", "search.html", "Search", "search", {"passages": passages, "bytes": bytes_, "fields": fields}
    )
    yield table
    yield from scripts


def _document(catalogue: Catalogue, passages: list[Passage]) -> dict[str, object]:
    """A document with its passages; the order of their parts is told in search-core.js."""
    title = passages[0]
    shared = [t for t in title.tags if all(t in p.tags for p in passages)]
    rows = []
    for p in passages:
        eid = p.key.partition("#")[2]
        own = [t for t in p.tags if t not in shared]
        rows.append((eid, catalogue.addresses.provision(p.document, eid), p.headings[1:], p.label, p.text, own))
    name = catalogue.meta[title.document].name
    return {"id": title.document, "name": name, "tags": shared, "passages": rows}


def _tables(catalogue: Catalogue, shards: int) -> dict[str, object]:
    """Words, constants and names that the script shares with kb.search."""
    own = msgspec.to_builtins(tables(catalogue.metas, catalogue.base.reference))
    return {
        "stopWords": sorted(words.STOP_WORDS),
        "askingWords": sorted(words.ASKING_WORDS),
        "constants": _CONSTANTS,
        "fields": sorted(grammar.FIELDS),
        "dates": sorted(grammar.DATES),
        "shards": shards,
        "documents": [
            {k: card.get(k, "") for k in ("id", "name", "title", "kind", "fidelity", "date")}
            for card in own.get("documents", ())
        ],
        "renderings": own.get("renderings", ()),
        "everyday": own.get("everyday", ()),
        "names": own.get("names", {}),
    }
