"""Characters -> safe HTML: everything escaped, marks and links where they belong, nothing lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.sitegen.prose import Link, Mark, plain, prose, shorten

PLAIN = [
    ("**Article 1** These *Rules*", "Article 1 These Rules"),
    ("one star * of a footnote", "one star * of a footnote"),
    ("snake_case_name and _emphasis_", "snake_case_name and emphasis"),
    ("a \\* b \\[c\\]", "a * b [c]"),
    ("The Outline covers it. [seen]", "The Outline covers it."),
    ("two\n  lines", "two lines"),
    ("2 * 3 * 4", "2 * 3 * 4"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN, ids=[text for text, _ in PLAIN])
def test_plain_leaves_out_marks_alone(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_marks_that_cross_are_cut_and_not_nested_wrongly() -> None:
    text = "shall keep and publish the list"
    html = prose(text, 0, len(text), [Mark(6, 22, "act"), Mark(15, 31, "due")])
    assert html == (
        'shall <span class="act">keep and </span><span class="act due">publish</span><span class="due"> the list</span>'
    )


def test_a_link_keeps_its_words_whole_under_marks() -> None:
    text = "under the Charity Law now"
    html = prose(text, 0, len(text), [Mark(0, 17, "act")], [Link(10, 21, "x.html#a", "cite")])
    assert html == (
        '<span class="act">under the </span>'
        '<a class="cite" href="x.html#a"><span class="act">Charity</span> Law</a> now'
    )


def test_of_links_that_overlap_the_first_is_kept() -> None:
    text = "abcdef"
    assert prose(text, 0, 6, links=[Link(0, 4, "1"), Link(2, 6, "2")]) == '<a href="1">abcd</a>ef'


def test_the_basis_of_a_statement_becomes_a_label() -> None:
    html = prose("Done. [recalled]", 0, 16)
    assert html.startswith('Done. <span class="basis recalled"')
    assert html.endswith(">recalled</span>")


HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="x',
    "&lt;b&gt;",
    "javascript:alert(1)",
    "</title><img src=x onerror=y>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    html = prose(text, 0, len(text), [Mark(0, len(text), "act")])
    assert unescape(re.sub(r"</?span[^>]*>", "", html)) == text


@given(
    st.text(alphabet="ab <>&\"'\n[]seen", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_no_visible_character_is_lost(text: str, ranges: list[tuple[int, int]]) -> None:
    marks = [Mark(min(r), max(r), "act") for r in ranges if r[0] != r[1]]
    html = re.sub(r'</?(?:span|a)(?: class="act")?>', "", prose(text, 0, len(text), marks))
    if "[seen]" not in text:
        assert unescape(html) == text


@pytest.mark.parametrize("length", [20, 40, 80])
def test_shorten_cuts_at_a_space(length: int) -> None:
    words = "establish a credit reporting system that covers the whole of society"
    short = shorten(words, length)
    assert len(short) <= length
    assert words.startswith(short.removesuffix("…"))
