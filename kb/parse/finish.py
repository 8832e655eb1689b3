"""A tree as it was read -> the tree that is kept: headings settled, lists within a line, single paragraphs folded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model import Fidelity
from kb.parse.headings import is_short_sentence
from kb.parse.numbering import Label, read_label
from kb.parse.tree import Node

_SMALLEST_RUN = 3  # siblings that must all open with a short sentence before imperatives are taken for headings
_POINT = re.compile(r"(?<=[:：;；,，、.。\s])(?=[(（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽])")
_INLINE_STYLES = {"arabic-paren", "lower-roman-paren", "letter-paren", "circled", "han-paren"}
_AFTER_COLON = re.compile(r"[:：]\s*$")
_BETWEEN_POINTS = re.compile(r"(?:[;；,，、.。]|\b(?:and|or))\s*(?:\b(?:and|or)\s*)?$")
_STOP = re.compile(r"(?<!\bNo)(?<!\bArt)[.。](?=\s+[A-Z“\"(（\[【]|[\u4e00-\u9fff])")


def finish(root: Node, text: str, fidelity: Fidelity) -> None:
    """Settles the tree in place, from the leaves up."""
    for node in list(_walk(root)):
        _settle_run(node, text, fidelity)
    for node in reversed(list(_walk(root))):
        _settle_heading(node, text)
        if node.kind == "paragraph" and node.label is None:
            _split_list(node, text)
        _fold(node)


def _walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.children))


def _settle_run(node: Node, text: str, fidelity: Fidelity) -> None:
    """Takes first sentences for headings where all numbered siblings open with one."""
    run = [c for c in node.children if c.label and not c.listed]
    open_to_doubt = [c for c in run if c.perhaps and not c.heading]
    if not open_to_doubt or fidelity is Fidelity.DIGEST:
        return
    if len(run) >= _SMALLEST_RUN and all(c.perhaps or c.heading for c in run):
        for child in open_to_doubt:
            paragraph = child.children[0]
            if paragraph.words:
                start, end = paragraph.words
                child.heading = " ".join(text[start : child.perhaps].split()).rstrip(".。*_ ")
                paragraph.words = (child.perhaps, end)


def _settle_heading(node: Node, text: str) -> None:
    """A heading alone is text after all, unless it was marked as one; a short sentence over numbered units is a heading."""
    if not node.label or node.listed:
        return
    first = node.children[0] if node.children else None
    if first is None or not first.words:
        return
    if first.kind == "heading" and len(node.children) == 1 and not node.level and not node.label.is_word:
        first.kind, node.heading = "paragraph", ""
    elif first.kind == "paragraph" and not first.label and not node.heading and len(node.children) > 1:
        over_units = node.children[1].label is not None and not node.children[1].listed
        if over_units and is_short_sentence(text, *first.words):
            first.kind = "heading"
            node.heading = " ".join(text[slice(*first.words)].split()).rstrip(".。")


def _fold(node: Node) -> None:
    """A provision with one paragraph has no level for it; the lead-in of a list becomes its own leaf."""
    if node.kind == "paragraph" and node.words and node.children:
        _add_intro(node)
    children = node.children
    if node.kind == "body" or not children:
        return
    headings = [c for c in children if c.kind == "heading"]
    rest = children[len(headings) :]
    if len(rest) != 1 or rest[0].kind != "paragraph" or rest[0].label or rest[0].heading:
        return
    paragraph = rest[0]
    if paragraph.children:
        paragraph.children[0].start = paragraph.start if headings else node.start
        node.children = [*headings, *paragraph.children]
        for child in paragraph.children:
            child.parent = node
    else:
        node.words, node.children = paragraph.words, []


def _add_intro(node: Node) -> None:
    intro = Node("intro", node.start, node.words, parent=node)
    node.words = None
    node.children.insert(0, intro)


# ---------------------------------------------------------------- lists within a line


def _split_list(node: Node, text: str) -> None:
    """Points that follow a colon in one line: "includes: (1) names; (2) codes; and (3) dates. The bureau …"."""
    if not node.words or node.children:
        return
    start, end = node.words
    labels = _inline_labels(text, start, end)
    if len(labels) < 2:
        return
    offsets = [offset for offset, _ in labels]
    stop = _STOP.search(text, labels[-1][1].end, end)
    tail = stop.end() if stop and not _STOP.search(text, labels[0][1].end, offsets[-1]) else end
    for (offset, label), following in zip(labels, [*offsets[1:], tail], strict=True):
        words = (_skip(text, label.end, following), _trim(text, label.end, following))
        node.children.append(
            Node("point", offset, words, parent=node, label=label, reading=label.readings[0], listed=True)
        )
    after = _skip(text, tail, end)
    if after < end:
        node.children.append(Node("wrapup", tail, (after, end), parent=node))
    node.words = (start, _trim(text, start, offsets[0]))


def _inline_labels(text: str, start: int, end: int) -> list[tuple[int, Label]]:
    """The first run of numbers 1, 2, 3 … that begins right after a colon."""
    found: list[tuple[int, Label]] = []
    for match in _POINT.finditer(text, start, end):
        offset = match.start()
        label = read_label(text, offset, end)
        if label is None or label.style not in _INLINE_STYLES:
            continue
        before = text[max(start, offset - 8) : offset]
        if not found:
            opened = next((r for r in label.readings if r.value == 1), None)
            if opened and _AFTER_COLON.search(before):
                found.append((offset, label))
                style = opened.style
        elif any(r.style == style and r.value == len(found) + 1 for r in label.readings):
            if _BETWEEN_POINTS.search(before):
                found.append((offset, label))
    return found


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
