"""Numbers and states become circles and boxes: one for each cell that has something, none twice, none outside."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kb.sitegen.figures import bars, bubbles, squares


def test_a_circle_for_each_number_and_none_for_nothing() -> None:
    grid = bubbles(["2019", "2020"], [("Courts", [0, 4]), ("Trade", [16, 0])])
    assert [(s.words, s.number) for s in grid.spots] == [("Courts, 2020: 4", 4), ("Trade, 2019: 16", 16)]
    assert [name for _, name in grid.columns] == ["2019", "2020"]
    assert [name for _, name in grid.rows] == ["Courts", "Trade"]


def test_nothing_at_all_is_an_empty_picture() -> None:
    assert bubbles([], []).spots == ()
    assert squares(["entry"], [], (90, 9)).paths == ()


@given(st.lists(st.lists(st.integers(0, 999), min_size=3, max_size=3), max_size=6))
def test_circles_lie_within_the_picture(numbers: list[list[int]]) -> None:
    grid = bubbles(["a", "b", "c"], [(str(n), row) for n, row in enumerate(numbers)])
    assert all(s.size <= s.x <= grid.width - s.size and s.size <= s.y <= grid.height - s.size for s in grid.spots)
    assert len({(s.x, s.y) for s in grid.spots}) == len(grid.spots)


def test_one_path_for_each_state_with_a_box_for_each_cell() -> None:
    picture = squares(["entry", "exit"], [["stated", "silent"], ["stated", "refers"]], (90, 9))
    assert [(kind, len(re.findall("M", d))) for kind, d in picture.paths] == [
        ("refers", 1),
        ("silent", 1),
        ("stated", 2),
    ]


def test_bars_are_as_long_as_their_numbers() -> None:
    assert bars([100, 50, 0, 1], 240) == [240, 120, 0, 2]
    assert bars([], 240) == []
