"""Other spellings of the same words: each row of the table, the way back to the body, and time on hostile texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.typography import RULES, Spelling, plain

PIECES = [
    *("&nbsp;", "&ldquo;", "&#8221;", "&nosuch;", "\u00ad", "\u200b", "\u00a0", "\t", "  ", "\r\n", "\r", "\u2029", "\n", "\n\n"),
    *("**", "*", "__", "_", "shall", "black", "list", "(1) ", "Article 5 ", "§ 5", "| Article 5 | ", " |\n", "|---|\n", "> ", "# "),
    *("[", "](x.md)", "][1]", "[^1]", "¹", "<sup>1</sup>", "<b>", "</b>", "<br>", "<p>", "</p>", "<!-- x -->", "ﬁ", "５", "Ａ", "．"),
    *("10\u2009000", "- 3 -", "exam-\nple", "\\", "`", "==", "{#a}", "第五条", "，", "."),
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rows_fire_where_they_say(rule: Spelling) -> None:
    fires = re.compile(rule.pattern).search
    assert [
        text
        for text in rule.matches
        if not (fires(text) and (not rule.hints or any(hint in text for hint in rule.hints)))
    ] == []
    assert [text for text in rule.rejects if fires(text)] == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Article 5 The “people’s court” shall keep it.\n", None),
        ("by&nbsp;June 30,\u00a02017", "by June 30, 2017"),
        ("the black\u00adlist[^1] of **ferry** boats", "the blacklist of ferry boats"),
        ("The [Opinions](x.md) (Guofa [2014] No. 21)", "The Opinions (Guofa [2014] No. 21)"),
        ("is &copy; and &nosuch; and AT&T", "is © and &nosuch; and AT&T"),
        ("oper-\nators, opera-\ntors and operators", "operators, operators and operators"),
        ("data-\nsharing, credit data and sharing", "data-sharing, credit data and sharing"),
        ("500 m² in 10⁶ years", None),
        ("**Article 5** The *office*", "**Article 5** The office"),
        ("> a note of the editors\n\nArticle 1 The office.", None),
        ("| a<br>b | c |\n| --- | --- |\n| d | e |", None),
        ("１０，０００ yuan， ５％", "10,000 yuan, 5%"),
        ("", None),
    ],
)
def test_plain_texts(body: str, expected: str | None) -> None:
    words = plain(body)
    assert words.text == (body if expected is None else expected)
    assert words.is_body is (expected is None)


def test_a_stretch_leads_back_to_the_characters_it_stands_for() -> None:
    body = "the &ldquo;**black**&shy;list&rdquo;[^1] of ﬁsh"
    words = plain(body)
    places = {word: words.text.index(word) for word in ("“blacklist”", "list", "fish", "ish")}
    back = {word: body[words.start(at) : words.end(at + len(word))] for word, at in places.items()}
    assert back["“blacklist”"] == "&ldquo;**black**&shy;list&rdquo;"
    assert back["list"] == "list"
    assert (back["fish"], back["ish"]) == ("ﬁsh", "ﬁsh")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_offsets_never_go_back(body: str) -> None:
    words = plain(body)
    starts = [words.start(at) for at in range(len(words.text) + 1)]
    ends = [words.end(at) for at in range(1, len(words.text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(start < end for start, end in zip(starts, ends, strict=False))
    assert starts[-1] == words.length == len(body)


HOSTILE: dict[str, Callable[[int], str]] = {
    piece: lambda n, piece=piece: piece * n
    for piece in ("a", " ", "\n", "\t", "[", "[[", "](", "<", "<a ", "<sup", "<br>", "&", "&#", "*", "**a ", "a *", "a _b", "`", "==a", "|", "| a\n")
} | {"<!-- ": lambda n: "a <!-- " * n, "a-": lambda n: "a-\n" * n, "rows": lambda n: "| Article 5 | a |\n" * n}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length(name: str, least_seconds: Callable[..., float]) -> None:
    """Eight times the text takes about eight times as long, not sixty-four."""
    small, large = (least_seconds([partial(_read_anew, HOSTILE[name](size))] * 3) for size in (1_000, 8_000))
    assert large < 24 * max(small, 0.002)


def _read_anew(text: str) -> None:
    plain.cache_clear()
    plain(text)
