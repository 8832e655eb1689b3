"""Documents -> rows: nothing is left out, and long documents are cut where a unit begins."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kb.corpus import load_corpus
from kb.model import Document
from kb.parse import parse_document
from kb.sitegen.addresses import Addresses, file_name, numbered
from kb.sitegen.outline import Row, cut, rows_of
from kb.sitegen.places import places_of

CORPUS = [parse_document(s) for s in load_corpus(Path(__file__).parents[2] / "corpus")[0]]


def eids(rows: tuple[Row, ...]) -> list[str]:
    """Every eId that the rows print."""
    return [
        e
        for r in rows
        for e in (r.eid, *r.opens, *(x for leaf in r.leaves for x in (*leaf.opens, leaf.provision.eid) if x != r.eid))
    ]


@pytest.mark.parametrize("document", CORPUS, ids=lambda d: d.id)
def test_every_provision_has_one_place_on_the_page(document: Document) -> None:
    found = eids(rows_of(document))
    assert len(found) == len(set(found))
    hidden = {p.eid for p in document.provisions if p.kind == "heading"}
    assert {p.eid for p in document.provisions} - set(found) <= hidden


@pytest.mark.parametrize("document", CORPUS, ids=lambda d: d.id)
def test_every_leaf_that_is_no_heading_is_printed_once_in_order(document: Document) -> None:
    printed = [leaf.provision for row in rows_of(document) for leaf in row.leaves]
    assert printed == [p for p in document.provisions if p.leaf and p.kind != "heading"]


@pytest.mark.parametrize("document", CORPUS, ids=lambda d: d.id)
def test_every_provision_has_a_name(document: Document) -> None:
    assert all(places_of(document.provisions)[p.eid] for p in document.provisions)


@pytest.mark.parametrize("limit", [500, 2000, 10**9])
def test_parts_are_no_heavier_than_the_limit(limit: int) -> None:
    document = max(CORPUS, key=lambda d: len(d.text))
    rows = rows_of(document)
    weights = [row.end - row.start for row in rows]
    cuts = cut(rows, weights, limit)
    starts = {row.start for row in rows}
    assert set(cuts) <= starts
    assert list(cuts) == sorted(set(cuts))
    bounds = [0, *cuts, len(document.text)]
    for first, last in pairwise(bounds):
        inside = [row for row in rows if first <= row.start < last]
        heaviest = max(w for row, w in zip(rows, weights, strict=True) if first <= row.start < last)
        assert sum(row.end - row.start for row in inside) <= limit + heaviest


def test_a_provision_of_a_later_part_is_found_on_its_page() -> None:
    addresses = Addresses({"d": (100, 200), "e": ()}, {"d": {"a": 0, "b": 150, "c": 200}, "e": {}})
    assert [addresses.provision("d", e) for e in ("a", "b", "c")] == [
        "documents/d.html#a",
        "documents/d-2.html#b",
        "documents/d-3.html#c",
    ]
    assert addresses.provision("e", "x") == "documents/e.html#x"
    assert addresses.provision("unknown", "x") == ""
    assert addresses.item("d#b~2", 160) == "documents/d-2.html#b~2"


def test_file_names_are_safe_and_differ() -> None:
    assert file_name("cn-sc-2014-21") == "cn-sc-2014-21"
    assert file_name("a/../b") != file_name("a-..-b")
    assert all(
        set(file_name(x)) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
        for x in ("Ä/Ö", "..", "CON", "名单", "x" * 400)
    )
    assert len(file_name("x" * 400)) < 120
    assert numbered("a/b.html", 1) == "a/b.html"
    assert numbered("a/b.html", 3) == "a/b-3.html"
