"""One module for each group of pages; each has `pages(catalogue)`, which yields what is to be rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Asset, Page
from kb.sitegen.pages import (
    bodies,
    coverage,
    documents,
    downloads,
    home,
    lists,
    measures,
    questions,
    roadmap,
    search,
    subscriptions,
    terms,
)

GROUPS: tuple[Callable[[Catalogue], Iterator[Page | Asset]], ...] = (
    home.pages,
    roadmap.pages,
    documents.pages,
    lists.pages,
    measures.pages,
    bodies.pages,
    coverage.pages,
    terms.pages,
    questions.pages,
    search.pages,
    downloads.pages,
    subscriptions.pages,
)
