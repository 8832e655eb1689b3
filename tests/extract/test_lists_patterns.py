"""Patterns of words: what each sign of the language finds and leaves, and which patterns cannot be."""

from __future__ import annotations

import pytest

from kb.extract.lists_patterns import Patterns, words_of

CASES = [
    # pattern, statements in which it is found, statements in which it is not
    ("remov* from <list>", ["It is removed from blacklist."], ["It is removed from the blacklist.", "Lists are removed."]),
    ("remov* .. from .. <list>", ["It is removed at once from the blacklist."], ["removed a b c d from the list", "removed; from the list"]),
    ("list !of", ["the list is kept", "the list"], ["the list of names"]),
    ("^ the? list : $", ["The list:", "List :"], ["Keep the list:", "the list is: long"]),
    ("set_up|found a list", ["They set up a list.", "They found a list"], ["They set a list"]),
    ("<list> of x", ["the list of xxxxxx xxx"], ["the list of sellers"]),
    ("party's list", ["the “party’s” list"], ["the partys list"]),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "found", "left"), CASES, ids=[pattern for pattern, _, _ in CASES])
def test_finds_what_the_signs_say(pattern: str, found: list[str], left: list[str]) -> None:
    patterns = Patterns([[pattern]])
    assert [text for text in [*found, *left] if patterns.fired(words_of(text))] == found


def test_names_every_row_once_in_their_order() -> None:
    patterns = Patterns([["the list", "list"], ["no such"], ["a? list"]])
    assert patterns.fired(words_of("The list, the list.")) == [0, 2]


@pytest.mark.parametrize("pattern", ["a? .. ..", "<nothing>", "^ $"])
def test_refuses_a_pattern_that_needs_no_word_or_an_unknown_class(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"no (?:word|class)"):
        Patterns([[pattern]])
