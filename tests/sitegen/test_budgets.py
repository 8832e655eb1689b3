"""A page or an index that is too heavy is a problem; at the limit it is none."""

from __future__ import annotations

import pytest

from kb.sitegen.budgets import INDEX_TABLES, PAGE, index_problems, page_problems


def test_pages_above_the_limit_are_reported() -> None:
    found = page_problems([("a.html", PAGE), ("b.html", PAGE + 1), ("c.html", 0)])
    assert [(p.path, p.check, p.message) for p in found] == [
        ("b.html", "site-size", "the page has 300,001 bytes; at most 300,000 are allowed")
    ]


@pytest.mark.parametrize(
    ("index", "text", "problems"),
    [(INDEX_TABLES, 0, 0), (INDEX_TABLES + 1, 0, 1), (INDEX_TABLES + 2500, 1000, 0), (INDEX_TABLES + 2501, 1000, 1)],
)
def test_the_index_may_grow_with_its_text(index: int, text: int, problems: int) -> None:
    assert len(list(index_problems(index, text))) == problems
