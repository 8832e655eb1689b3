"""Statements cut from provisions: which points belong to a lead-in, which speak for themselves, which cells are read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.extract.context import Reading
from kb.extract.lists_cutting import statements

CUT = [
    (
        "Measures:\n\n(1) A firm that lies shall be put on the blacklist. It is told.\n\n(2) The bureau may take it off.",
        [
            ("Measures:", []),
            ("A firm that lies shall be put on the blacklist.", []),
            ("It is told.", []),
            ("The bureau may take it off.", []),
        ],
    ),
    (
        "Measures:\n\n(1) restricting loans;\n\n(2) restricting bids.",
        [("Measures:", ["restricting loans", "restricting bids."])],
    ),
    (
        "A firm on the blacklist shall bear the following:\n\n(1) loans are refused;\n\n(2) bids are refused.",
        [("A firm on the blacklist shall bear the following:", ["loans are refused", "bids are refused."])],
    ),
    (
        "| No. | What is to be done |\n| --- | --- |\n"
        "| 1 | Grade sellers; publish a blacklist of those fined twice |\n| 2 | Inspect all building sites in spring |\n",
        [("publish a blacklist of those fined twice", [])],
    ),
    (
        "| No. | Measure |\n| --- | --- |\n| 1 | Keep those on the blacklist out of tenders |\n",
        [("| No. | Measure |", ["Keep those on the blacklist out of tenders"])],
    ),
]


@pytest.mark.parametrize(("body", "expected"), CUT, ids=[body[:30] for body, _ in CUT])
def test_cuts_statements_with_their_points(
    body: str, expected: list[tuple[str, list[str]]], reading_of: Callable[..., Reading]
) -> None:
    reading = reading_of(f"# Work plan\n\n## Task\n\n{body}\n")
    text = reading.flowing
    found = [
        (text[one.start : one.end], [text[start:end] for start, end in one.points])
        for one in statements(reading, reading.leaves)
    ]
    assert found == expected
