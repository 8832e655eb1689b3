"""What the parser tests share: bodies to sources, documents to a printed tree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.corpus import source_from_text
from kb.model import Document
from kb.parse import parse_document


@pytest.fixture
def parsed() -> Callable[[str], Document]:
    """Parses a text, with or without front matter."""

    def parse(text: str) -> Document:
        source, _ = source_from_text(text, "test.md")
        return parse_document(source)

    return parse


@pytest.fixture
def printed_tree() -> Callable[[Document], str]:
    """One line a provision: eId, kind, number, heading, and of leaves the words (their two ends where they are long)."""

    def shown(words: str) -> str:
        words = " ".join(words.split())
        return words if len(words) <= 60 else f"{words[:40]} … {words[-15:]}"

    def render(document: Document) -> str:
        rows = []
        for p in document.provisions:
            number = f" <{p.number}>" if p.number else ""
            heading = f" [{p.heading}]" if p.heading else ""
            words = f" | {shown(document.text[p.text_start : p.text_end])}" if p.leaf else ""
            rows.append(f"{p.eid} {p.kind}{number}{heading}{words}".rstrip())
        return "\n".join(rows) + "\n"

    return render
