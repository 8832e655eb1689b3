"""Addresses of provisions: eIds in the Akoma Ntoso naming convention, made from numbers and never from headings.

"Chapter II" > "Article 12" > second paragraph > "(3)" is `chp_2__art_12__para_2__point_3`. A number that stands twice
gets a suffix: `art_5`, `art_5-2`.
"""

from __future__ import annotations

from collections import Counter

from kb.parse.tree import Node

ABBREVIATIONS = {
    "annex": "att",
    "article": "art",
    "chapter": "chp",
    "conclusion": "conclusions",
    "paragraph": "para",
    "section": "sec",
    "subpoint": "point",
    "subsection": "subsec",
}
_SINGLE = {"heading", "intro", "wrapup", "preface", "preamble", "conclusions"}  # at most one in its parent: no number


def child_eids(parent: str, children: list[Node]) -> list[str]:
    """The eIds of a node's children, in their order; unnumbered ones are counted, beside numbered ones as `nn_1`."""
    numbered = {_abbreviation(child) for child in children if is_numbered(child)}
    counted: Counter[str] = Counter()
    taken: dict[str, int] = {}
    prefix = f"{parent}__" if parent else ""
    return [prefix + _unique(_part(child, numbered, counted), taken) for child in children]


def _unique(part: str, taken: dict[str, int]) -> str:
    """The part itself, or with the first free suffix from 2; `taken` counts how often each part was asked for."""
    repeats = taken.get(part, 0) + 1
    candidate = part if repeats == 1 else f"{part}-{repeats}"
    while candidate in taken:  # "Article 5-2" stands beside a second "Article 5"
        repeats += 1
        candidate = f"{part}-{repeats}"
    taken[part] = repeats
    taken.setdefault(candidate, 1)
    return candidate


def _part(child: Node, numbered: set[str], counted: Counter[str]) -> str:
    """The last part of an eId, before it is made unique."""
    name = _abbreviation(child)
    if name in _SINGLE:
        return name
    if is_numbered(child) and child.label:
        return f"{name}_{child.label.token}"
    counted[name] += 1
    return f"{name}_nn_{counted[name]}" if name in numbered else f"{name}_{counted[name]}"


def _abbreviation(node: Node) -> str:
    if node.parent is not None and node.kind == node.parent.kind and node.kind in {"preface", "preamble", "conclusion"}:
        return "p"
    return ABBREVIATIONS.get(node.kind, node.kind)


def is_numbered(node: Node) -> bool:
    """Whether its number becomes part of its eId: bullets and a bare "Annex" have none."""
    return node.label is not None and bool(node.label.token) and not node.label.is_bullet
