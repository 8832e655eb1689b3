"""Questions to a parsed document: which leaf, on which line, under which headings, resting on what."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter

from kb.model import Basis, Document, Fidelity, Provision

_MARK = re.compile(r"\[(seen|recalled)\]")
_LINE = re.compile(r"\r\n|\r|\n")


def line_of(document: Document, offset: int) -> int:
    """The 1-based line of the file on which a character of the body stands."""
    return document.body_line + len(_LINE.findall(document.text, 0, offset))


def leaf_at(document: Document, offset: int) -> Provision | None:
    """The leaf that holds the character at `offset`; None outside the body."""
    if not 0 <= offset < len(document.text):
        return None
    return document.provisions[bisect_right(document.provisions, offset, key=attrgetter("start")) - 1]


def heading_paths(document: Document) -> dict[str, tuple[str, ...]]:
    """Numbers and headings of every provision as printed, from the outside in, by its eId.

    ("III. Main tasks", "(2) Commerce", "1. Production")
    """
    paths: dict[str, tuple[str, ...]] = {"": ()}
    for provision in document.provisions:
        own = f"{provision.number} {provision.heading}".strip()
        paths[provision.eid] = paths[provision.parent] + ((own,) if own else ())
    del paths[""]
    return paths


def basis_at(document: Document, offset: int) -> Basis | None:
    """How far the statement that holds `offset` was checked: the next mark in its leaf, in digests alone."""
    if document.meta.fidelity is not Fidelity.DIGEST:
        return None
    leaf = leaf_at(document, offset)
    mark = _MARK.search(document.text, offset, leaf.end) if leaf else None
    return Basis(mark[1]) if mark else None
