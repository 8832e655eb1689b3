"""Properties of every parse: nothing is lost, addresses are unique, nothing is refused, time grows with length."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.checks.corpus import check_numbering, check_tree
from kb.corpus import source_from_text
from kb.model import Document
from kb.parse import heading_paths, leaf_at, parse_document

CORPUS = Path(__file__).parents[2] / "corpus"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "trees").glob("*.md"))]
PIECES = [
    *("Article 1 ", "Article 2: ", "**Article 3** ", "Art. 4 [Red] ", "第五条 ", "Article 6 (1) ", "Chapter I ", "## Chapter II\n"),
    *("Part One ", "Section 3 ", "Annex 1: ", "# ", "## ", "### I. ", "#", "I. ", "II. ", "（一）", "一、", "(1) ", "(2) ", "（3）"),
    *("1. ", "2. ", "1、", "1) ", "a. ", "(a) ", "(i) ", "(v) ", "① ", "- ", "  - ", "* ", "• ", "1.1 ", "A. ", "2014. "),
    *("\n", "\n\n", "\r\n", "\r", "\t", "    ", "\u3000", "\u00a0", "\ufeff", "\u2028", "\0", "text", "Text. ", "shall: ", "; and ", ": "),
    *("**", "*", "__", "> ", "---\n", "===\n", "| a | b |\n|---|---|\n", "<!-- ", "-->", "<div>", "```\n", "[x]: y\n", "\\"),
    *("[seen]", "[recalled]", "。", "，", "This Plan takes effect today. ", "May 3, 2017\n", "Publishing. Lists are kept. "),
]  # fmt: skip


def assert_sound(document: Document) -> None:
    """Leaves tile the body; parents come first and enclose; eIds are unique; texts lie in their provisions."""
    by_eid = {p.eid: p for p in document.provisions}
    leaves = [p for p in document.provisions if p.leaf]
    assert len(by_eid) == len(document.provisions)
    assert "".join(document.text[p.start : p.end] for p in leaves) == document.text
    assert [p.start for p in leaves] == [0, *(p.end for p in leaves[:-1])][: len(leaves)]
    seen: set[str] = {""}
    for p in document.provisions:
        assert p.parent in seen
        assert p.start <= p.text_start <= p.text_end <= p.end
        if p.parent:
            parent = by_eid[p.parent]
            assert parent.start <= p.start <= p.end <= parent.end
            assert not parent.leaf
            assert p.eid.startswith(parent.eid + "__")
        seen.add(p.eid)
    printed = "".join(document.text[p.text_start : p.text_end] for p in leaves)
    assert printed == "" or not printed[0].isspace()
    assert set(heading_paths(document)) == set(by_eid)
    assert list(check_tree(document)) == []
    list(check_numbering(document))  # copes with any numbers


def parse(text: str) -> Document:
    source, _ = source_from_text(text, "test.md")
    return parse_document(source)


@given(st.text())
def test_any_text(text: str) -> None:
    assert_sound(parse(text))


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=400)
def test_any_numbers_and_marks(text: str) -> None:
    assert_sound(parse(text))


@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_any_mutation_of_a_document(text: str, chance: random.Random) -> None:
    begin, end = sorted((chance.randrange(len(text)), chance.randrange(len(text))))
    piece = chance.choice(PIECES)
    for mutated in (text[:end], text[begin:], text[:begin] + text[end:], text[:begin] + piece + text[begin:]):
        assert_sound(parse(mutated))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.md")), ids=lambda path: path.stem)
def test_each_document_of_the_corpus(path: Path) -> None:
    document = parse(path.read_bytes().decode("utf-8"))
    assert_sound(document)
    text = document.text
    unread = list(text)
    for p in document.provisions:
        if p.leaf:
            unread[p.text_start : p.text_end] = " " * (p.text_end - p.text_start)
            assert leaf_at(document, p.start) == p
    assert not [w for w in "".join(unread).split() if len(w) > 20 and w.isalpha()]  # only numbers, marks, headings


HOSTILE = {
    "one paragraph": lambda n: "word " * n,
    "lines": lambda n: "line\n" * n,
    "carriage returns": lambda n: "line.\r" * n,
    "comments": lambda n: "<!--\n" * n,
    "quotes": lambda n: "> " * n,
    "quoted lines": lambda n: ">>>> a\n" * n,
    "numbers": lambda n: "(1) a:\n" * n,
    "articles": lambda n: "Article 5 A.\n\n" * n,
    "points in a line": lambda n: "List: " + "(1) a; (2) b; " * n,
    "colons in a line": lambda n: "x: (1) " * n,
    "brackets": lambda n: "(" * n,
    "marks": lambda n: "**a " * n,
    "open marks": lambda n: "** a\n\n*a " * n,
    "hashes": lambda n: "# " + " #" * n,
    "spaces": lambda n: "a" + " " * n + "b",
    "blank lines": lambda n: "a\n" + " \n" * n + "b",
    "pipes": lambda n: "|a" * n + "\n" + "|-" * n + "\n",
    "headings": lambda n: "".join(f"{'#' * (i % 6 + 1)} a\n" for i in range(n)),
    "nested runs": lambda n: "".join(f"{i}. a:\n(i) b:\na) c:\n" for i in range(1, n // 4)),
    "addresses": lambda n: "governments " * n + ":",
    "capitals": lambda n: "A" * n + "ly " + "A" * n,
    "roman": lambda n: "X" * n + ". a",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length(name: str, least_seconds: Callable[..., float]) -> None:
    """Eight times the text takes about eight times as long, not sixty-four."""
    small, large = (least_seconds([partial(parse, HOSTILE[name](size))] * 3) for size in (1_000, 8_000))
    assert large < 24 * max(small, 0.002)
