from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.search import Index, Passage
from kb.search.evaluate import is_near

TEXTS = (
    "The court enters judgment defaulters on the blacklist.",  # 1
    "Joint punishment of listed sellers; joint incentives for others.",  # 2
    "Punishment is joint where several bodies act.",  # 3
    "A seller may object to being blacklisted.",  # 4
    "失信被执行人名单 is the Chinese name.",  # 5
)
CASES = [
    # query                             matches         whole
    ("blacklist seller", {1, 2, 4}, {4}),
    ("blacklist AND seller", {4}, {4}),
    ("+blacklist seller", {1, 4}, {4}),
    ("blacklist -court", {4}, {4}),
    ("-court", {2, 3, 4, 5}, {2, 3, 4, 5}),
    ('"joint punishment"', {2}, {2}),
    ('"punishment is joint"', {3}, {3}),
    ('"joint punishment" blacklist', {2}, set()),
    ('court OR "joint punishment"', {1, 2}, {1, 2}),
    ("joint (court OR several)", {1, 3}, {3}),
    ("-(joint several)", {1, 2, 4, 5}, {1, 2, 4, 5}),
    ("punish*", {2, 3}, {2, 3}),
    ("~blacklst", {1, 4}, {1, 4}),
    ("~sellar object", {2, 4}, {4}),
    ("被执行人", {5}, {5}),
    ("执", {5}, {5}),
    ("人失", set(), set()),
    ('"失信被执行人"', {5}, {5}),
    ("the of is", set(), set()),
    ('"is the"', {5}, {5}),
    ("nowhere", set(), set()),
    ("", set(), set()),
]


@pytest.mark.parametrize(("query", "matches", "whole"), CASES, ids=[q or "empty" for q, _, _ in CASES])
def test_which_passages_match(
    query: str, matches: set[int], whole: set[int], memory_index: Callable[..., Index]
) -> None:
    results = memory_index(*TEXTS).search(query, 100)
    assert {int(h.address.removeprefix("d#p")) for h in results.hits} == matches
    assert {int(h.address.removeprefix("d#p")) for h in results.hits if h.whole} == whole
    assert (results.total, results.whole) == (len(matches), len(whole))


HAN = st.text(alphabet="失信被执行人a ", max_size=12)


@settings(max_examples=60)
@given(st.lists(HAN, min_size=1, max_size=6), st.text(alphabet="失信被执行人", min_size=1, max_size=4))
def test_chinese_is_found_as_a_substring(memory_index: Callable[..., Index], texts: list[str], run: str) -> None:
    found = memory_index(*texts).search(run, 100, exact=True).hits
    assert {h.address for h in found} == {f"d#p{i}" for i, text in enumerate(texts, 1) if run in text}


NEAR = [
    ("list", "list", 0, True), ("list", "lists", 0, False), ("list", "lists", 1, True), ("list", "lsit", 1, True),
    ("list", "last", 1, True), ("list", "past", 1, False), ("punishmnt", "punishment", 2, True), ("a", "abcd", 2, False),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "most", "expected"), NEAR)
def test_near_words(a: str, b: str, most: int, expected: bool) -> None:
    assert is_near(a, b, most) is expected
    assert is_near(b, a, most) is expected


def test_better_passages_come_first(memory_index: Callable[..., Index]) -> None:
    filler = [Passage(f"f#p{i}", "f", f"Words that say nothing on the matter, number {i}.") for i in range(30)]
    both = Passage("d#both", "d", "Credit repair is open to all who correct their conduct.")
    apart = Passage("d#apart", "d", "Credit of a firm; and the repair of roads by its staff.")
    single = Passage("d#single", "d", "Repair of roads and bridges by the staff of a firm.")
    hits = memory_index(*filler, single, apart, both).search("credit repair").hits
    assert [h.address for h in hits] == ["d#both", "d#apart", "d#single"]


def test_a_section_supports_its_passages(memory_index: Callable[..., Index]) -> None:
    filler = [Passage(f"f#p{i}", "f", f"Words that say nothing on the matter, number {i}.") for i in range(30)]
    alone = Passage("d#alone", "d", "The objection is answered.", ("D", "I. Fees"))
    beside = Passage("d#beside", "d", "The objection is answered.", ("D", "II. Remedies"))
    strong = Passage("d#strong", "d", "Objection, correction and repair of records.", ("D", "II. Remedies"))
    hits = memory_index(*filler, alone, beside, strong).search("objection correction repair").hits
    assert [h.address for h in hits] == ["d#strong", "d#beside", "d#alone"]


def test_other_forms_speak_for_a_word_that_stands_nowhere(memory_index: Callable[..., Index]) -> None:
    index = memory_index("Rectification is ordered.", "A rector orders it.", "It is rectangular.")
    results = index.search("rectify")
    assert [h.address for h in results.hits] == ["d#p1"]
    assert results.searched_also == ("rectification",)
    assert index.search("rectify", exact=True).total == 0
    assert index.search("ordered -rectify").total == 2
