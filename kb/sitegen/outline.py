"""Document -> the rows of its page: headings, and units (an article, a paragraph of a section) with their leaves.

A page is a flat sequence of rows, so that a long document can be cut before any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.model import Document, Provision

_FRAME = {"preface", "preamble", "conclusion"}
_WHOLE = {"article", "paragraph", "point", "subpoint", *_FRAME}


class Leaf(NamedTuple):
    """A leaf of a unit: its depth below the unit, the numbers printed before it, the containers that begin with it."""

    provision: Provision
    depth: int
    number: str
    heading: str
    opens: tuple[str, ...]


class Row(NamedTuple):
    """A heading (no leaves but perhaps its own), or a unit of text."""

    eid: str
    kind: str
    start: int
    end: int
    level: int  # 2 to 5 for headings, 0 for units
    number: str
    heading: str
    leaves: tuple[Leaf, ...]
    opens: tuple[str, ...] = ()  # eIds whose first character is here, beside `eid`


def rows_of(document: Document) -> tuple[Row, ...]:
    """All rows in text order; every provision's eId is the row's, or in its `opens`, or in those of its leaves."""
    children: dict[str, list[Provision]] = {}
    for provision in document.provisions:
        children.setdefault(provision.parent, []).append(provision)
    return tuple(row for top in children.get("", ()) for row in _rows(top, children, 2))


def _rows(provision: Provision, children: dict[str, list[Provision]], level: int) -> Iterator[Row]:
    under = children.get(provision.eid, [])
    if not under or (provision.kind in _WHOLE and not _holds_sections(under)):
        leaves = tuple(_leaves(provision, children, 0, ()))
        yield Row(
            *(provision.eid, provision.kind, provision.start, provision.end, 0, provision.number, provision.heading),
            tuple(leaf._replace(opens=tuple(e for e in leaf.opens if e != provision.eid)) for leaf in leaves),
        )
        return
    headings = [c for c in under if c.kind == "heading"]
    end = headings[-1].end if headings else provision.start
    own = provision.heading or provision.number
    if own:
        opens = tuple(h.eid for h in headings)
        yield Row(
            *(provision.eid, provision.kind, provision.start, end, min(level, 5), provision.number, provision.heading),
            *((), opens),
        )
    for child in under:
        if child.kind != "heading":
            yield from _rows(child, children, level + bool(own))


def _holds_sections(under: Sequence[Provision]) -> bool:
    """Whether a paragraph or an article is a heading over many paragraphs, which then are units of their own."""
    texts = [c for c in under if c.kind != "heading"]
    return any(c.kind == "heading" for c in under) and len(texts) > 1 and any(c.kind == "paragraph" for c in texts)


def _leaves(
    provision: Provision, children: dict[str, list[Provision]], depth: int, opens: tuple[str, ...], number: str = ""
) -> Iterator[Leaf]:
    """The leaves of a unit. A number that stands on a container is printed before its first leaf."""
    under = children.get(provision.eid, [])
    if not under:
        own = " ".join(x for x in (number, provision.number if depth else "") if x)
        yield Leaf(provision, depth, own, provision.heading if depth else "", opens)
        return
    held = number if not depth else " ".join(x for x in (number, provision.number) if x)
    opened = (*opens, provision.eid)
    for i, child in enumerate(c for c in under if c.kind != "heading"):
        deeper = depth + (child.kind not in {"intro", "wrapup"} and (depth > 0 or bool(child.number)))
        first = i == 0
        marks = (*opened, *(h.eid for h in under if h.kind == "heading")) if first else ()
        yield from _leaves(child, children, deeper, marks, held if first else "")


def cut(rows: Sequence[Row], weights: Sequence[int], limit: int) -> tuple[int, ...]:
    """Offsets at which a new part begins, so that no part weighs more than `limit`, unless one row alone does."""
    cuts: list[int] = []
    weight = 0
    for i, (row, own) in enumerate(zip(rows, weights, strict=True)):
        if weight and weight + own > limit:
            while i and rows[i - 1].level and rows[i - 1].start > (cuts[-1] if cuts else 0):
                i -= 1  # noqa: PLW2901 - a heading goes with what it heads
            cuts.append(rows[i].start)
            weight = sum(weights[i : rows.index(row)])
        weight += own
    return tuple(cuts)
