"""How heavy a site may be: a page by itself, and the search index for the text that it indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.problems import Problem

PAGE = 300_000  # bytes of HTML: what a slow laptop scrolls smoothly
INDEX_PER_BYTE = 2.5  # bytes of index for a byte of text: the text itself, its tags and addresses
INDEX_TABLES = 300_000  # bytes for words, names and glossary, which do not grow with the text

_CHECK = "site-size"


def page_problems(pages: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """Pages (path, bytes) that are too heavy."""
    for path, size in pages:
        if size > PAGE:
            message = f"the page has {size:,} bytes; at most {PAGE:,} are allowed"
            yield Problem(
                path, 0, _CHECK, message, "let a table go on in further pages, or cut the document into parts"
            )


def index_problems(index: int, text: int) -> Iterator[Problem]:
    """The search index, where it is heavier than its text allows; both in bytes."""
    allowed = round(INDEX_TABLES + INDEX_PER_BYTE * text)
    if index > allowed:
        message = f"the search index has {index:,} bytes; for {text:,} bytes of text at most {allowed:,} are allowed"
        yield Problem("data/search-tables.js", 0, _CHECK, message, "look for passages or tags that are written twice")
