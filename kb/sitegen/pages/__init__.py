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

# Those that take longest come first, so that several processes are done at the same time.
GROUPS: tuple[Callable[[Catalogue], Iterator[Page | Asset]], ...] = (
    documents.pages,
    downloads.pages,
    bodies.pages,
    search.pages,
    lists.pages,
    coverage.pages,
    terms.pages,
    subscriptions.pages,
    roadmap.pages,
    home.pages,
    measures.pages,
    questions.pages,
)
