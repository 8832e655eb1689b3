"""Source -> Document: blocks, frame, tree, eIds, and then the flat tuple of provisions.

Every character of the body belongs to exactly one leaf: a leaf ends where the next one begins, the first begins at 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import Document, Provision, Source
from kb.parse.blocks import Block, BlockKind, read_blocks
from kb.parse.eid import child_eids
from kb.parse.finish import finish
from kb.parse.frame import conclusion_start, front_ends
from kb.parse.tree import Builder, Node


def parse_document(source: Source) -> Document:
    """The document with its provisions in text order, parents before children; no body is refused."""
    return Document(
        path=source.path,
        meta=source.meta,
        text=source.body,
        body_line=source.body_line,
        sha256=source.sha256,
        provisions=tuple(_records(_tree(source), source.body)),
    )


def _tree(source: Source) -> Node:
    """The settled tree of a body."""
    blocks = read_blocks(source.body)
    preface, first = front_ends(source.body, blocks)
    last = conclusion_start(source.body, blocks, first)
    builder = Builder(source.body)
    _add_frame(builder.root, "preface", blocks[:preface])
    notes = preface
    while notes < first and blocks[notes].kind is BlockKind.NOTE:
        notes += 1
    for block in blocks[preface:notes]:
        builder.take(block)
    _add_frame(builder.root, "preamble", blocks[notes:first])
    for block in blocks[first:last]:
        builder.take(block)
    finish(builder.root, source.body, source.meta.fidelity)
    _add_frame(builder.root, "conclusion", blocks[last:])
    return builder.root


def _add_frame(root: Node, kind: str, blocks: Sequence[Block]) -> None:
    """Adds preface, preamble or conclusion: one leaf, or a leaf for each of its blocks."""
    if not blocks:
        return
    outer = root.add(Node(kind, blocks[0].opens))
    if len(blocks) == 1:
        outer.words = (blocks[0].start, blocks[0].end)
        return
    for block in blocks:
        inner = "note" if block.kind is BlockKind.NOTE else kind
        outer.add(Node(inner, block.opens, (block.start, block.end)))


# ---------------------------------------------------------------- tree to records


def _records(root: Node, text: str) -> list[Provision]:
    """The provisions below the root, in text order, parents first."""
    if not root.children and text:
        root.add(Node("preface", 0, (len(text), len(text))))
    rows: list[tuple[Node, str, str]] = []
    _address(root, "", rows)
    leaves = [node for node, _, _ in rows if not node.children]
    starts = [0, *(leaf.start for leaf in leaves[1:])][: len(leaves)]
    ends = [*starts[1:], len(text)][: len(leaves)]
    extents = {id(leaf): (start, end) for leaf, start, end in zip(leaves, starts, ends, strict=True)}
    for node, _, _ in reversed(rows):
        if node.children:
            extents[id(node)] = (extents[id(node.children[0])][0], extents[id(node.children[-1])][1])
    return [_record(node, eid, parent, extents[id(node)]) for node, eid, parent in rows]


def _address(node: Node, eid: str, rows: list[tuple[Node, str, str]]) -> None:
    """Collects the nodes below a node with their eId and that of their parent; nesting is bounded by the tree.

    The first child begins where its parent does: a number on a line of its own belongs to what it numbers.
    """
    if node.children:
        node.children[0].start = min(node.children[0].start, node.start)
    for child, child_eid in zip(node.children, child_eids(eid, node.children), strict=True):
        rows.append((child, child_eid, eid))
        _address(child, child_eid, rows)


def _record(node: Node, eid: str, parent: str, extent: tuple[int, int]) -> Provision:
    start, end = extent
    text_start, text_end = node.words or (start, end)
    if not node.words and not node.children:  # a bare number
        text_start = text_end = node.label.end if node.label else end
    return Provision(
        eid=eid,
        kind=node.kind,
        start=start,
        end=end,
        text_start=text_start,
        text_end=text_end,
        parent=parent,
        number=node.label.number if node.label and not node.label.is_bullet else "",
        heading=node.heading,
        leaf=not node.children,
    )
