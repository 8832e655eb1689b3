"""Lists within a line: "includes: (1) names; (2) codes; and (3) dates. The bureau …" -> lead-in, points, the rest.

A run must open with 1 right after a colon and go on without a gap after a stop, so that "Items (1) to (3)" is none.
"""

from __future__ import annotations

import re

from kb.parse.blocks import skip_space, trim_space
from kb.parse.numbering import Label, Reading, read_label
from kb.parse.tree import Node

_STYLES = {"arabic-paren", "lower-roman-paren", "letter-paren", "circled", "han-paren"}
_OPENS = re.compile(r"[(（①-⑳⑴-⒇]")
_COLON = re.compile(r"[:：]\s*$")
_BETWEEN = re.compile(r"(?:[;；,，、.。]|\b(?:and|or))\s*(?:\b(?:and|or)\s*)?$")
_STOP = re.compile(r"(?<!\bNo)(?<!\bArt)[.。](?=\s+[A-Z“\"(（\[【]|[\u4e00-\u9fff])")
_BEFORE = 10  # characters before a number that show what it follows


def split_list(node: Node, text: str) -> None:
    """Gives a paragraph its points, and what follows them as `wrapup`, where its words hold a list."""
    if not node.words:
        return
    start, end = node.words
    labels = _labels(text, start, end)
    if len(labels) < 2:
        return
    offsets = [offset for offset, _, _ in labels]
    tail = _end_of_list(text, labels, end)
    for (offset, label, reading), following in zip(labels, [*offsets[1:], tail], strict=True):
        words = (skip_space(text, label.end, following), trim_space(text, label.end, following))
        node.children.append(Node("point", offset, words, parent=node, label=label, reading=reading, listed=True))
    after = skip_space(text, tail, end)
    if after < end:
        node.children.append(Node("wrapup", tail, (after, end), parent=node))
    node.words = (start, trim_space(text, start, offsets[0]))


def _labels(text: str, start: int, end: int) -> list[tuple[int, Label, Reading]]:
    """Offset, number and reading of the first run that opens right after a colon."""
    found: list[tuple[int, Label, Reading]] = []
    for match in _OPENS.finditer(text, start, end):
        offset = match.start()
        before = text[max(start, offset - _BEFORE) : offset]
        if not (_BETWEEN if found else _COLON).search(before):
            continue
        label = read_label(text, offset, end)
        if label is None:
            continue
        style = found[0][2].style if found else ""
        for reading in label.readings:
            fits = reading.style == style if found else reading.style in _STYLES
            if fits and reading.value == len(found) + 1:
                found.append((offset, label, reading))
                break
    return found


def _end_of_list(text: str, labels: list[tuple[int, Label, Reading]], end: int) -> int:
    """Where the last point ends: at its first full stop, unless the points before it hold full stops as well."""
    stop = _STOP.search(text, labels[-1][1].end, end)
    several_sentences = _STOP.search(text, labels[0][1].end, labels[-1][0])
    return stop.end() if stop and not several_sentences else end
