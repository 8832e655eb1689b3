"""A tree as it was read -> the tree that is kept: headings settled, closing clauses lifted, paragraphs folded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kb.model import Fidelity
from kb.parse.blocks import trim_space
from kb.parse.headings import clean_heading, is_short_sentence
from kb.parse.inline import split_list
from kb.parse.tree import Node

_SMALLEST_RUN = 3  # siblings that must all open with a short sentence before imperatives are taken for headings
_CLOSING_CLAUSE = re.compile(
    r"(?:This|These)\s(?:[A-Z]\w+\s){0,3}[A-Z]\w+\s(?:shall\s|will\s)?"
    r"(?:takes?\seffect|comes?\sinto\s(?:force|effect)|enters?\sinto\sforce|(?:is|are|be)\s(?:valid|effective|implemented))"
)
_DIGEST_MARK = re.compile(r"\[(?:seen|recalled)\][*_]{0,3}$")
_LONGEST_MARK = len("[recalled]***")


def finish(root: Node, text: str, fidelity: Fidelity) -> None:
    """Settles the tree in place."""
    _lift_closing_clauses(root, text)
    if fidelity is not Fidelity.DIGEST:
        for node in list(walk(root)):
            _settle_runs(node, text)
    for node in reversed(list(walk(root))):
        _settle_heading(node, text)
        if node.kind == "paragraph" and node.label is None and node.words and not node.children:
            split_list(node, text)
        _fold(node)
    if fidelity is Fidelity.DIGEST:
        for node in walk(root):
            node.words = node.words and _without_mark(text, *node.words)


def walk(root: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


# ---------------------------------------------------------------- headings


def _settle_runs(node: Node, text: str) -> None:
    """Takes first sentences for headings where all numbers of a run open with one."""
    runs: dict[tuple[str, int], list[Node]] = defaultdict(list)
    for child in node.children:
        if child.label and not child.listed:
            runs[child.key].append(child)
    for run in runs.values():
        if len(run) >= _SMALLEST_RUN and all(child.perhaps or child.heading for child in run):
            for child in run:
                _take_first_sentence(child, text)


def _take_first_sentence(node: Node, text: str) -> None:
    paragraph = node.children[0]
    if node.perhaps and not node.heading and paragraph.words:
        start, end = paragraph.words
        node.heading = clean_heading(text[start : node.perhaps])
        paragraph.words = (node.perhaps, end)


def _settle_heading(node: Node, text: str) -> None:
    """A line without a full stop that heads nothing is text; a short sentence over numbered units is a heading."""
    first = node.children[0] if node.children else None
    if not node.label or node.listed or first is None or not first.words:
        return
    marked = node.level > 0 or node.label.style in {"annex", "part", "chapter", "section"}
    is_sentence = node.label.style == "article" and text[first.words[1] - 1] in ".;:。；："
    if first.kind == "heading" and len(node.children) == 1 and (is_sentence or not marked):
        first.kind, node.heading = "paragraph", ""
    elif first.kind == "paragraph" and not first.label and not node.heading and len(node.children) > 1:
        over_units = node.children[1].label is not None and not node.children[1].listed
        if over_units and is_short_sentence(text, *first.words):
            first.kind = "heading"
            node.heading = clean_heading(text[slice(*first.words)])


# ---------------------------------------------------------------- paragraphs


def _lift_closing_clauses(root: Node, text: str) -> None:
    """Puts "This Plan takes effect …" after the last numbered unit of a plan at the top, where it belongs."""
    node = root
    while node.children and node.children[-1].children:
        node = node.children[-1]
        if node.kind in {"article", "paragraph"}:
            return
    lifted: list[Node] = []
    while node is not root and len(node.children) > 1 and _is_closing_clause(node.children[-1], text):
        lifted.append(node.children.pop())
    for clause in reversed(lifted):
        root.add(clause)


def _is_closing_clause(node: Node, text: str) -> bool:
    return node.kind == "paragraph" and not node.label and bool(node.words and _CLOSING_CLAUSE.match(text, *node.words))


def _fold(node: Node) -> None:
    """A provision with one paragraph has no level for it; the lead-in of a list becomes a leaf of its own."""
    if node.kind == "paragraph" and node.words and node.children:
        node.children.insert(0, Node("intro", node.start, node.words, parent=node))
        node.words = None
    headings = [child for child in node.children if child.kind == "heading"]
    rest = node.children[len(headings) :]
    if node.kind == "body" or len(rest) != 1 or rest[0].kind != "paragraph" or rest[0].label or rest[0].heading:
        return
    paragraph = rest[0]
    if paragraph.children:
        node.children = [*headings, *paragraph.children]
        for child in paragraph.children:
            child.parent = node
    else:
        node.words, node.children = paragraph.words, []


def _without_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """The words without the mark that closes a digest's statement."""
    mark = _DIGEST_MARK.search(text, max(start, end - _LONGEST_MARK), end)
    return (start, trim_space(text, start, mark.start())) if mark else (start, end)
