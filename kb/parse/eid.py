"""Addresses of provisions: eIds in the Akoma Ntoso naming convention, made from numbers and never from headings.

"Chapter II" > "Article 12" > second paragraph > "(3)" is `chp_2__art_12__para_2__point_3`. A number that stands twice
gets a suffix: `art_5`, `art_5-2`.
"""

from __future__ import annotations

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
    """The eIds of the children of a node, in their order; unnumbered ones are counted, beside numbered ones as `nn_1`."""
    numbered = {_abbreviation(child) for child in children if _is_numbered(child)}
    counted: dict[str, int] = {}
    used: set[str] = set()
    eids: list[str] = []
    for child in children:
        part = _part(child, numbered, counted)
        part = _unused(part, used)
        used.add(part)
        eids.append(f"{parent}__{part}" if parent else part)
    return eids


def _part(child: Node, numbered: set[str], counted: dict[str, int]) -> str:
    name = _abbreviation(child)
    if name in _SINGLE:
        return name
    if _is_numbered(child) and child.label:
        return f"{name}_{child.label.token}"
    counted[name] = counted.get(name, 0) + 1
    return f"{name}_nn_{counted[name]}" if name in numbered else f"{name}_{counted[name]}"


def _unused(part: str, used: set[str]) -> str:
    """The part itself, or with the first suffix from 2 that is free."""
    if part not in used:
        return part
    suffix = 2
    while f"{part}-{suffix}" in used:
        suffix += 1
    return f"{part}-{suffix}"


def _abbreviation(node: Node) -> str:
    if node.parent is not None and node.kind == node.parent.kind and node.kind in {"preface", "preamble", "conclusion"}:
        return "p"
    return ABBREVIATIONS.get(node.kind, node.kind)


def _is_numbered(node: Node) -> bool:
    return node.label is not None and not node.label.is_bullet
