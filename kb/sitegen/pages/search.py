"""The search page and its index: passages of kb.search in scripts that a page from a disk can load, about 300 kB each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from kb.model import Metadata
from kb.search import grammar, ranking, variants, words
from kb.search.passages import document_passages
from kb.search.tables import tables
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Asset, Later, Page, script_call
from kb.sitegen.pages.lists import KINDS
from kb.sitegen.words import MODALITIES, region

_SHARD_BYTES = 300_000
_CONSTANTS = {
    name: getattr(module, name)
    for module, names in (
        (
            ranking,
            (
                "K1",
                "B",
                "IDF_POWER",
                "HEAD",
                "PAIR",
                "LOOSE",
                "KIN",
                "KIN_MOST",
                "KIN_LEAST",
                "FORM",
                "SECTION",
                "DEPTH",
                "PLACES",
            ),
        ),
        (variants, ("VARIANT", "PREFERRED", "MOST")),
        (words, ("ASKING",)),
    )
    for name in names
}


def pages(catalogue: Catalogue) -> Iterator[Page | Asset]:
    """search.html, data/search-tables.js and data/search-1.js, data/search-2.js, …"""
    shards = list(_shards(catalogue.metas, [len(catalogue.document(m.id).text) for m in catalogue.metas]))
    fields = sorted({**grammar.FIELDS, **grammar.DATES}.items())
    context = {"documents": len(catalogue.metas), "fields": fields}
    yield Page("search.html", "search.html", "Search", "search", context)
    labels = _labels(catalogue)
    tables = Later((catalogue.metas, labels, len(shards)), lambda: _tables(catalogue, labels, len(shards)))
    yield Asset("data/search-tables.js", tables)
    for n, metas in enumerate(shards, 1):
        made_from = [(catalogue.fingerprint(m.id), catalogue.addresses.cuts(m.id)) for m in metas]
        yield Asset(f"data/search-{n}.js", Later(made_from, partial(_shard, catalogue, metas)))


def _shards(metas: Sequence[Metadata], sizes: Sequence[int]) -> Iterator[list[Metadata]]:
    """The documents in groups of about as much text; at least one group."""
    shard: list[Metadata] = []
    size = 0
    for meta, own in zip(metas, sizes, strict=True):
        if size > _SHARD_BYTES:
            yield shard
            shard, size = [], 0
        shard.append(meta)
        size += own
    yield shard


def _shard(catalogue: Catalogue, metas: Sequence[Metadata]) -> bytes:
    return script_call("kbSearchShard", [msgspec.Raw(_document(catalogue, meta)) for meta in metas])


def _document(catalogue: Catalogue, meta: Metadata) -> bytes:
    """A document with its passages, as JSON."""
    made_from = (catalogue.fingerprint(meta.id), str(catalogue.addresses.cuts(meta.id)).encode())
    return catalogue.kept.part("search", meta.id, made_from, partial(_made_document, catalogue, meta), bytes)


def _made_document(catalogue: Catalogue, meta: Metadata) -> bytes:
    """The order of the parts of a passage is told in search-core.js."""
    passages = list(document_passages(catalogue.document(meta.id), catalogue.facts(meta.id)))
    title = passages[0]
    shared = [t for t in title.tags if all(t in p.tags for p in passages)]
    rows = []
    for p in passages:
        eid = p.key.partition("#")[2]
        own = [t for t in p.tags if t not in shared]
        rows.append((eid, catalogue.addresses.provision(p.document, eid), p.headings[1:], p.label, p.text, own))
    contents = {"id": title.document, "name": meta.name, "tags": shared, "passages": rows}
    return msgspec.json.encode(contents, order="deterministic")


def _labels(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """How the page prints facets (under "") and those of their values that are no words of their own."""
    regions = {m.region.lower(): region(m.region) for m in catalogue.metas}
    fields = {field: catalogue.field_name(field) for field in catalogue.items_by_field}
    lists = {kind: name.removesuffix("s") for kind, name in KINDS.items()}
    return {
        "kind": {"": "Kind of document"},
        "level": {"": "Level"},
        "region": {"": "Region", **regions},
        "issued": {"": "Year"},
        "field": {"": "Field", **fields},
        "modality": {"": "Form", **MODALITIES},
        "list": {"": "List", **lists},
        "doc": {"": "Document", **{m.id: m.name for m in catalogue.metas}},
    }


def _tables(catalogue: Catalogue, labels: dict[str, dict[str, str]], shards: int) -> bytes:
    """Words, constants and names that the script shares with kb.search."""
    own = msgspec.to_builtins(tables(catalogue.metas, catalogue.base.reference))
    found = {
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
        "han": own.get("han", {}),
        "particles": "".join(sorted(variants.PARTICLES)),
        "names": own.get("names", {}),
        "labels": labels,
    }
    return script_call("kbSearchTables", found)
