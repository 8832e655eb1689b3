"""The scan for seeds finds every place that the expression matches, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.times_seeds import SEED, find_seeds

SEEDS = [
    "2018", "1999", "day", "Days", "week", "Weeks", "month", "Month", "quarterly", "Quarter", "year", "Yearly", "hour", "Hour",
    "minute", "Minutes", "decade", "Decade", "fortnight", "Fortnight", "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug",
    "Sept", "Oct", "Nov", "Dec", "YEAR", "MONTH", "DAY", "FYP", "annually", "Annually", "biannual", "Biannual", "biennial",
    "Biennial", "triennial", "Triennial", "semiannual", "semi-annual", "Semiannually", "Semi-annually", "daily", "3·5", "·5",
    "annual basis", "date ", "Date ", "on promulgation", "On issuance", "on its issue", "On its publication",
    "on their release", "On their announcement",
]  # fmt: skip
REST = [
    " ",
    "a",
    "on ",
    "its ",
    "d",
    "·",
    "2",
    "20",
    "19",
    "minutest",
    "Maybe",
    "issued",
    "semi",
    "annual",
    ".",
    "\n",
    "ÿ",
    "年",
    "𝟙",
]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_seed_is_found_wherever_it_stands(seed: str) -> None:
    assert find_seeds(seed)[:1] == [0]
    assert 5 in find_seeds(f"the, {seed}, ")


@given(st.lists(st.sampled_from(SEEDS + REST), max_size=12).map("".join))
def test_the_scan_is_the_expression_tried_at_every_place(text: str) -> None:
    assert find_seeds(text) == [at for at in range(len(text)) if SEED.match(text, at)]
