from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.track import Window, read_window

ENDS = [
    # window   opens                 ends
    ("10d", date(2018, 10, 24), date(2018, 11, 3)),
    ("2w", date(2018, 10, 24), date(2018, 11, 7)),
    ("6m", date(2018, 10, 24), date(2019, 4, 24)),
    ("6m", date(2018, 8, 31), date(2019, 2, 28)),  # a month without a 31st ends on its last day
    ("1Y", date(2016, 2, 29), date(2017, 2, 28)),
    (" 3 m ", date(2018, 12, 1), date(2019, 3, 1)),
    ("9999y", date(2018, 1, 1), date.max),
]


@pytest.mark.parametrize(("text", "start", "end"), ENDS)
def test_a_window_ends_on_the_same_day_of_the_month(text: str, start: date, end: date) -> None:
    assert read_window(text).end(start) == end


@pytest.mark.parametrize("text", ["", "6", "m", "-6m", "6 months", "1.5y", "6mm", "99999d"])
def test_other_words_are_no_window(text: str) -> None:
    with pytest.raises(ValueError, match="write it as 10d, 2w, 6m or 1y"):
        read_window(text)


@given(st.dates(), st.integers(0, 600), st.integers(0, 600))
def test_a_longer_window_never_ends_earlier(start: date, months: int, more: int) -> None:
    assert Window(months=months).end(start) <= Window(months=months + more).end(start)
