from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.model import Reference, Term
from kb.search.mentions import (
    NOT_IN_GLOSSARY,
    Concept,
    Mentions,
    find_mentions,
    load_concepts,
    names_concept,
)
from kb.search.tables import tables
from kb.search.variants import Glossary
from kb.search.words import words
from kb.store import Base, open_base

PLAN, RULES = "cn-plan-2014", "cn-xx-rules-2017"


@pytest.fixture(scope="module")
def base(built: Path) -> Iterator[Base]:
    base = open_base(built / "kb.sqlite")
    yield base
    base.close()


def places(found: Mentions) -> list[str]:
    return [place.address for d in found.documents for place in d.places]


def test_counts_every_inflection_by_document(base: Base) -> None:
    found = find_mentions(base, "sellers")
    assert [(d.document, len(d.places)) for d in found.documents] == [(PLAN, 4), (RULES, 5)]
    assert found.forms == (("sellers", 7), ("seller", 2))
    assert (found.total, found.silent) == (9, ())


def test_absence_says_what_was_read(base: Base) -> None:
    found = find_mentions(base, "credit score")
    assert (found.total, found.documents, found.silent) == (0, (), (PLAN, RULES))
    assert found.words == sum(len(words(base.document(d).text)) for d in found.silent)  # type: ignore[union-attr]
    assert found.names[:3] == ("credit score", "social credit score", "citizen score")
    assert {count for _, count in found.counts} == {0}
    assert [(v.fidelity, v.documents, v.words) for v in found.read] == [("full", 2, found.words)]
    assert find_mentions(base, "credit score", exact=True).names == ("credit score",)


def test_reads_headings_and_one_document(base: Base) -> None:
    assert places(find_mentions(base, "records")) == [f"{PLAN}#sec_1__heading"]
    found = find_mentions(base, "blacklist", RULES)
    assert places(found) == [f"{RULES}#art_1", f"{RULES}#art_2"]
    assert [len(d.places) for d in find_mentions(base, "blacklist").documents] == [1, 2]


def test_chinese_stands_in_titles(base: Base) -> None:
    assert places(find_mentions(base, "诚信")) == [PLAN]


def test_refuses_what_has_no_word(base: Base) -> None:
    with pytest.raises(ValueError, match="has no word"):
        find_mentions(base, "?!")
    with pytest.raises(ValueError, match=r"^.{0,100}$"):
        find_mentions(base, "?" * 20_000)
    with pytest.raises(KeyError):
        find_mentions(base, "x", "cn-nowhere")


GLOSSARY = Glossary(
    tables(
        (),
        Reference(
            glossary=(
                Term("信用", "credit", variants=("trust",)),
                Term("修复", "repair"),
                Term("失信被执行人", "judgment defaulter"),
            )
        ),
    ).renderings
)
HAN_NAMES = [
    ("信用", ["credit", "trust"]),
    (
        "信用修复",
        ["credit repair", "trust repair"],
    ),  # the terms cover it: their names are put together, never counted apart
    ("芝麻信用", []),  # a term inside another word is not that word
    ("信用分", []),
    ("失信被执行人名单", []),
    ("修复", ["repair"]),
]


@pytest.mark.parametrize(("term", "expected"), HAN_NAMES, ids=[t for t, _ in HAN_NAMES])
def test_a_chinese_term_is_tried_under_the_names_of_the_whole_of_it(term: str, expected: list[str]) -> None:
    assert [v.text for v in GLOSSARY.of_whole_han(term)] == expected


def test_an_unknown_chinese_term_is_tried_as_it_stands(base: Base) -> None:
    found = find_mentions(base, "量子力学")
    assert (found.names, found.notes, found.total) == (("量子力学",), (NOT_IN_GLOSSARY,), 0)


CONCEPTS = load_concepts()


@pytest.mark.parametrize("concept", CONCEPTS, ids=[c.id for c in CONCEPTS])
def test_a_concept_is_asked_for_by_any_of_its_names(concept: Concept) -> None:
    assert [t for t in concept.matches if not names_concept(concept, t)] == []
    assert [t for t in concept.rejects if names_concept(concept, t)] == []
    tried = (*concept.names, *concept.also)
    assert len({n.lower() for n in tried}) == len(tried)


def test_no_name_asks_for_two_claims() -> None:
    shared = [
        (a.id, b.id, n) for a in CONCEPTS for b in CONCEPTS if a.id < b.id for n in a.names if names_concept(b, n)
    ]
    assert shared == []


def test_wider_words_are_tried_and_call_up_nothing(base: Base) -> None:
    assert "credit rating" in find_mentions(base, "credit score").names
    assert find_mentions(base, "petitioning").names == ("petitioning",)


def test_a_phrase_inside_a_longer_one_is_shown_with_its_words(base: Base) -> None:
    (place, *_) = find_mentions(base, "dishonest sellers", RULES, exact=True).documents[0].places
    assert place.found.lower() in {"dishonest seller", "dishonest sellers"}
    assert place.found in place.quote
