"""Body of a document -> blocks: what is printed as one heading, paragraph, point, note or table, with its characters.

Markdown is read by markdown-it for its blocks alone, and without the rules that would misread a legal text: lists ("2014."),
indented code, setext headings, raw HTML, link definitions. Lines that open with a number are blocks of their own ("(1) …" and
"(2) …" without a blank line between them); other lines of a paragraph belong together, however they are wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from kb.parse.numbering import Label, read_label


class BlockKind(Enum):
    TEXT = "text"
    NOTE = "note"  # block quote
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """Characters start:end of the body, outer white space and marks left out.

    `opens` is where its marks ("##", "**") begin. `label` is the number it opens with, if any, and `body` where its words
    begin after it. `level` is 1 to 6 for "#" to "######", BOLD for a line that is emphasised as a whole or printed in
    capitals, 0 for running text.
    """

    kind: BlockKind
    opens: int
    start: int
    end: int
    body: int
    label: Label | None = None
    level: int = 0
    strong_end: int = 0  # where emphasis that begins with the block ends, 0 for none
    italic: bool = False
    indent: int = 0


BOLD = 8
_LINE = re.compile(r"\r\n|\r|\n")
_ENDS_SENTENCE = re.compile(r"[.;:!?。；：！？…][*_\"'”’）)\]】》]{0,4}\s*$|\[(?:seen|recalled)\]\s*$")
_ENDS_WITH_AND = re.compile(r"[;,；，]\s*(?:and|or)\s*$")
_CANNOT_END = re.compile(
    r"\b(?:Items?|Articles?|Art\.|Paragraphs?|Chapters?|Sections?|Parts?|points?|subparagraphs?|No\.|Nos\.|in|of|to|by|with|from|under|the|and|or)\s*$"
)
_MARKS = re.compile(r"[*_]{1,3}(?=\S)")
_SPACE = re.compile(r"[\s\ufeff\u200b]*")
_HASHES = re.compile(r"#{1,6}(?=\s|$)")
_CLOSING_HASHES = re.compile(r"[ \t]#+\s*$")
_SLACK = 20  # a line this much shorter than the widest one of its paragraph was ended on purpose
_WIDEST_WRAP = 200  # nobody wraps lines as wide as this: each of them is a paragraph


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a body in text order; characters outside all of them are white space, rules and comments."""
    lines = _line_spans(text)
    blocks: list[Block] = []
    for kind, level, first, last in _markdown_blocks(text):
        if kind is BlockKind.TEXT and level == 0:
            blocks += (b for s, e in _split_lines(text, lines[first:last]) if (b := _text_block(text, s, e)))
        else:
            block = _other_block(text, kind, level, lines[first][0], lines[last - 1][1])
            blocks += [block] if block else []
    return tuple(blocks)


# ---------------------------------------------------------------- Markdown


def _comment(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Block rule: an HTML comment that opens a line, to the end of the line that closes it."""
    begin = state.bMarks[first] + state.tShift[first]
    if not state.src.startswith("<!--", begin):
        return False
    close = state.src.find("-->", begin + 4, state.eMarks[last - 1]) if state.env.setdefault("closed", True) else -1
    if close < 0:
        state.env["closed"] = False  # no later comment is closed either: look no further, so that reading stays linear
        return False
    if silent:
        return True
    line = first
    while state.eMarks[line] < close:
        line += 1
    token = state.push("comment", "", 0)
    token.map = [first, line + 1]
    state.line = line + 1
    return True


def _reader() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    markdown.disable(["list", "code", "lheading", "html_block", "reference", "fence"])
    markdown.enable("table")
    markdown.core.ruler.enableOnly(["normalize", "block"])
    markdown.block.ruler.before("paragraph", "comment", _comment, {"alt": ["paragraph"]})
    return markdown


_MARKDOWN = _reader()


def _markdown_blocks(text: str) -> Iterator[tuple[BlockKind, int, int, int]]:
    """Kind, heading level and line range (from 0, end excluded) of every top block."""
    for token in _MARKDOWN.parse(text, {}):
        if token.level or not token.map:
            continue
        shape = _shape(token)
        if shape:
            yield shape[0], shape[1], token.map[0], token.map[1]


def _shape(token: Token) -> tuple[BlockKind, int] | None:
    match token.type:
        case "heading_open":
            return BlockKind.TEXT, int(token.tag[1:])
        case "paragraph_open":
            return BlockKind.TEXT, 0
        case "blockquote_open":
            return BlockKind.NOTE, 0
        case "table_open":
            return BlockKind.TABLE, 0
    return None


def _line_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every line, line ends excluded; lines are what markdown-it takes for lines."""
    ends = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    starts = [0, *(after for _, after in ends)]
    return list(zip(starts, [*(before for before, _ in ends), len(text)], strict=True))


# ---------------------------------------------------------------- lines of a paragraph


def _split_lines(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Character ranges of the blocks that a Markdown paragraph holds."""
    width = max(end - start for start, end in lines)
    begin = lines[0][0]
    for before, line in pairwise(lines):
        if _parts(text, before, line, width):
            yield begin, before[1]
            begin = line[0]
    yield begin, lines[-1][1]


def _parts(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether `line` begins a new block after the line `before` it, both of one Markdown paragraph."""
    tail = text[max(before[0], before[1] - 60) : before[1]]
    ended = bool(_ENDS_SENTENCE.search(tail))
    if _opens_with_number(text, *line):
        return ended or bool(_ENDS_WITH_AND.search(tail)) or not _CANNOT_END.search(tail)
    if not ended:
        return False
    if tail.endswith(("  ", "\\")) or width > _WIDEST_WRAP:
        return True
    next_word = text[line[0] : line[1]].split(maxsplit=1)
    return before[1] - before[0] + len(next_word[0] if next_word else "") + _SLACK < width


def _opens_with_number(text: str, start: int, end: int) -> bool:
    start = _skip_space(text, start, end)
    marks = _MARKS.match(text, start, end)
    return read_label(text, marks.end() if marks else start, end) is not None


# ---------------------------------------------------------------- one block


def _other_block(text: str, kind: BlockKind, level: int, start: int, end: int) -> Block | None:
    """A heading, note or table."""
    if kind is not BlockKind.TEXT:
        opens = _skip_space(text, start, end)
        start = opens
        if kind is BlockKind.NOTE:
            start = _skip_space(text, opens + 1, end)
        end = _trim(text, start, end)
        return Block(kind, opens, start, end, start)
    opens = _skip_space(text, start, end)
    hashes = _HASHES.match(text, opens, end)
    start = hashes.end() if hashes else opens
    closing = _CLOSING_HASHES.search(text, max(start - 1, 0), end)
    return _text_block(text, start, closing.start() if closing else end, level=level, opens=opens)


def _text_block(text: str, start: int, end: int, *, level: int = 0, opens: int | None = None) -> Block | None:
    """The block of text[start:end] with its number and emphasis; None where nothing is printed."""
    line = start
    start = _skip_space(text, start, end)
    end = _trim(text, start, end)
    opens = start if opens is None else opens
    if start >= end:
        return None
    marks = _MARKS.match(text, start, end)
    inner, strong_end, italic = start, 0, False
    if marks:
        inner, mark = marks.end(), marks[0]
        close = text.find(mark, inner, end)
        if close + len(mark) == end and close > inner:
            end, italic = _trim(text, inner, close), len(mark) == 1
            level = level or (0 if italic else BOLD)
        elif close > inner:
            strong_end = close
        else:
            inner, marks = start, None
    label = read_label(text, inner, end)
    body = label.end if label else inner
    if label and marks and strong_end and text.startswith(marks[0], body):
        body, strong_end = body + len(marks[0]), 0
        body = _skip_separator(text, body, end)
    if not label and strong_end:
        inner = start
        body = start
    body = min(_skip_space(text, body, end), end)
    if not level and _is_capitals(text[body:end]):
        level = BOLD
    return Block(BlockKind.TEXT, opens, inner, end, body, label, level, strong_end, italic, opens - line)


def _skip_separator(text: str, start: int, end: int) -> int:
    """After "**Article 12**": past a colon or full stop that stands outside the emphasis."""
    return start + 1 if start < end and text[start] in ":：.、" else start


def _is_capitals(words: str) -> bool:
    letters = [c for c in words[:200] if c.isalpha()]
    return 4 <= len(letters) and len(words) <= 120 and all("A" <= c <= "Z" for c in letters)


def _skip_space(text: str, start: int, end: int) -> int:
    match = _SPACE.match(text, start, end)
    return match.end() if match else start


def _trim(text: str, start: int, end: int) -> int:
    """The end of text[start:end] without white space that closes it."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b"):
        end -= 1
    return end
