"""Source -> Document: blocks, frame, tree, eIds, and then the flat tuple of provisions.

Every character of the body belongs to exactly one leaf: a leaf ends where the next one begins, the first begins at 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import Document, Provision, Source
from kb.parse.blocks import Block, read_blocks
from kb.parse.eid import child_eids
from kb.parse.finish import finish
from kb.parse.frame import conclusion_start, front_end
from kb.parse.tree import Builder, Node


def parse_document(source: Source) -> Document:
    """The document with its provisions in text order, parents before children; no body is refused."""
    root = _tree(source)
    provisions = _flatten(root, source.body)
    return Document(
        path=source.path,
        meta=source.meta,
        text=source.body,
        body_line=source.body_line,
        sha256=source.sha256,
        provisions=tuple(provisions),
    )


def _tree(source: Source) -> Node:
    text = source.body
    blocks = read_blocks(text)
    preface, first = front_end(text, blocks)
    last = conclusion_start(text, blocks, first)
    builder = Builder(text)
    _frame(builder.root, "preface", blocks[:preface])
    notes_end = preface
    while notes_end < first and blocks[notes_end].kind.value == "note":
        builder.take(blocks[notes_end])
        notes_end += 1
    _frame(builder.root, "preamble", blocks[notes_end:first])
    for block in blocks[first:last]:
        builder.take(block)
    finish(builder.root, text, source.meta.fidelity)
    _frame(builder.root, "conclusion", blocks[last:])
    return builder.root


def _frame(root: Node, kind: str, blocks: Sequence[Block]) -> None:
    """Adds preface, preamble or conclusion: one leaf, or a leaf for each of its blocks."""
    if not blocks:
        return
    outer = root.add(Node(kind, blocks[0].opens))
    if len(blocks) == 1:
        outer.words = (_words_start(blocks[0]), blocks[0].end)
        return
    for block in blocks:
        inner = "note" if block.kind.value == "note" else kind
        outer.add(Node(inner, block.opens, (_words_start(block), block.end)))


def _words_start(block: Block) -> int:
    return block.start


# ---------------------------------------------------------------- tree to records


def _flatten(root: Node, text: str) -> list[Provision]:
    """Records of all nodes below the root."""
    if not root.children:
        if not text:
            return []
        root.children = [Node("preface", 0, (len(text), len(text)), parent=root)]
    rows: list[tuple[Node, str, str]] = []
    _address(root, "", rows)
    leaves = [node for node, _, _ in rows if not node.children]
    starts = [0, *(leaf.start for leaf in leaves[1:])]
    ends = [*starts[1:], len(text)]
    extent = {id(leaf): (start, end) for leaf, start, end in zip(leaves, starts, ends, strict=True)}
    for node, _, _ in reversed(rows):
        if node.children:
            extent[id(node)] = (extent[id(node.children[0])][0], extent[id(node.children[-1])][1])
    return [_record(node, eid, parent, extent[id(node)]) for node, eid, parent in rows]


def _address(root: Node, eid: str, rows: list[tuple[Node, str, str]]) -> None:
    """Collects nodes with their eId and that of their parent, parents first."""
    for child, child_eid in zip(root.children, child_eids(eid, root.children), strict=True):
        rows.append((child, child_eid, eid))
        _address(child, child_eid, rows)


def _record(node: Node, eid: str, parent: str, extent: tuple[int, int]) -> Provision:
    start, end = extent
    text_start, text_end = node.words or (start, end)
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
