from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.search.mentions import Mentions, find_mentions
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
    assert found.names == ("credit score",)


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
    with pytest.raises(KeyError):
        find_mentions(base, "x", "cn-nowhere")
