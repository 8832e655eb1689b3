from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.words import STEMS, han_grams, han_runs, is_han, without_han, words

CASES = [
    ("The Defaulters' list (失信)", ["the", "defaulters", "list"], ["default", "list"]),
    ("people’s courts", ["people's", "courts"], ["peopl", "court"]),
    ("国发〔2014〕21号", ["2014", "21"], ["2014", "21"]),
    ("2014-2020, No. 21", ["2014", "2020", "no", "21"], ["2014", "2020", "21"]),
    ("a_b", ["a", "b"], ["b"]),
    ("——", [], []),
    ("", [], []),
]


@pytest.mark.parametrize(("text", "found", "stems"), CASES)
def test_words_and_stems(text: str, found: list[str], stems: list[str]) -> None:
    assert words(text) == found
    assert STEMS.of(text) == stems


def test_grams_are_signs_and_neighbours_of_each_run() -> None:
    assert sorted(han_grams("失信a被")) == sorted(["失", "信", "失信", "被"])
    assert han_runs("x失信 被") == [(1, "失信"), (4, "被")]
    assert [is_han(t) for t in ("失信", "失信a", "", "a")] == [True, False, False, False]


@given(st.text())
def test_places_stay_the_same_without_chinese(text: str) -> None:
    bare = without_han(text)
    assert len(bare) == len(text)
    assert han_runs(bare) == []
    assert all(b in (a, " ") for a, b in zip(text, bare, strict=True))
