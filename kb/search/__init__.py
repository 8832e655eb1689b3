"""Full-text search over the provisions of a built base: one grammar, one ranking, one door.

index = kb.search.open("kb-build")
results = index.search("joint punishment kind:plan", limit=5)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.search.cache import is_whole
from kb.search.grammar import QueryError
from kb.search.records import Card, Engine, Facet, Hit, Mention, Passage, Reason, Results, SearchError, Snippet
from kb.search.session import Index
from kb.search.session import open_index as open

if TYPE_CHECKING:
    from pathlib import Path

    from kb.search.whoosh_writer import IndexSummary
    from kb.store import Base

__all__ = [
    "Card",
    "Engine",
    "Facet",
    "Hit",
    "Index",
    "Mention",
    "Passage",
    "QueryError",
    "Reason",
    "Results",
    "SearchError",
    "Snippet",
    "build_index",
    "is_whole",
    "open",
]


def build_index(base: Base, out: Path, previous: Path | None = None) -> IndexSummary:
    """Write the index of all documents of `base` to the new folder `out`; what `previous` has unchanged is taken over."""
    from kb.search.passages import build_index as build  # noqa: PLC0415 - a search needs neither the base nor the parser

    return build(base, out, previous)
