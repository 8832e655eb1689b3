"""Source -> Document: blocks, frame, tree, eIds, and then the flat tuple of provisions.

Every character of the body belongs to exactly one leaf: a leaf ends where the next one begins, the first begins at 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kb.model import Document, Fidelity, Provision, Source
from kb.parse.blocks import Block, BlockKind, read_blocks
from kb.parse.eid import child_eids
from kb.parse.finish import finish
from kb.parse.frame import conclusion_start, front_ends
from kb.parse.tree import Builder, Node
from kb.typography import Plain, plain


def parse_document(source: Source) -> Document:
    """The document with its provisions in text order, parents before children; no body is refused."""
    words = plain(source.body)
    return Document(
        path=source.path,
        meta=source.meta,
        text=source.body,
        body_line=source.body_line,
        sha256=source.sha256,
        provisions=tuple(_records(_tree(words.text, source.meta.fidelity), words)),
    )


def _tree(text: str, fidelity: Fidelity) -> Node:
    """The settled tree of a plain text."""
    blocks = read_blocks(text)
    preface, first = front_ends(text, blocks)
    last = conclusion_start(text, blocks, first)
    builder = Builder(text)
    _add_frame(builder.root, "preface", blocks[:preface])
    notes = preface
    while notes < first and blocks[notes].kind is BlockKind.NOTE:
        notes += 1
    for block in blocks[preface:notes]:
        builder.take(block)
    _add_frame(builder.root, "preamble", blocks[notes:first])
    for block in blocks[first:last]:
        builder.take(block)
    finish(builder.root, text, fidelity)
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


def _records(root: Node, words: Plain) -> list[Provision]:
    """The provisions below the root, in text order, parents first, in offsets of the body."""
    text = words.text
    if not root.children and words.length:
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
    records = [_record(node, eid, parent, extents[id(node)]) for node, eid, parent in rows]
    return records if words.is_body else [_in_body(record, words) for record in records]


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


def _in_body(record: Provision, words: Plain) -> Provision:
    """A provision of the plain text as one of the body. What is not read belongs to the leaf before it."""
    start = words.start(record.start) if record.start else 0
    end = words.start(record.end)
    text_start = min(words.start(record.text_start), end)
    text_end = words.end(record.text_end) if record.text_end > record.text_start else text_start
    return msgspec.structs.replace(
        record, start=start, end=end, text_start=text_start, text_end=max(text_start, min(text_end, end))
    )
