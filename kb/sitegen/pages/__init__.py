"""One module for each group of pages; each has `pages(catalogue)`, which yields what is to be rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Page
from kb.sitegen.pages import bodies, documents, home, lists, measures, roadmap, terms

GROUPS: tuple[Callable[[Catalogue], Iterator[Page]], ...] = (
    home.pages,
    roadmap.pages,
    documents.pages,
    lists.pages,
    measures.pages,
    bodies.pages,
    terms.pages,
)
