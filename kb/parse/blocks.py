"""Body of a document -> blocks: what is printed as one heading, paragraph, point, note or table, with its characters.

Markdown is read by markdown-it for its blocks alone, and without the rules that would misread a legal text: lists
("2014."), indented code, raw HTML, link definitions; of underlined headings only a single line is one. Lines that open with a number are blocks of
their own ("(1)" and "(2)" without a blank line between them); other lines of a paragraph belong together, however they
are wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from kb.parse.numbering import Label, Reading, read_label


class BlockKind(Enum):
    TEXT = "text"
    NOTE = "note"  # block quote
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """Characters start:end of the body, outer white space and marks left out.

    `opens` is where its marks ("##", "**") begin. `label` is the number it opens with, if any, and `body` where its
    words begin after it. `level` is 1 to 6 for "#" to "######", BOLD for a line that is emphasised as a whole or in
    capitals, 0 for running text.
    """

    kind: BlockKind
    opens: int
    start: int
    end: int
    body: int
    label: Label | None = None
    level: int = 0
    strong_end: int = 0  # where emphasis that opens the block ends; 0 for none, or if it holds the number alone
    marks: int = 0  # length of the marks of that emphasis
    italic: bool = False  # as a whole
    indent: int = 0


BOLD = 8
_LINE = re.compile(r"\r\n|\r|\n")
_ENDS_SENTENCE = re.compile(r"[.;:!?。；：！？…][*_\"'”’）)\]】》]{0,4}\s*$|\[(?:seen|recalled)\]\s*$")
_ENDS_WITH_AND = re.compile(r"[;,；，]\s*(?:and|or)\s*$")
_CANNOT_END = re.compile(
    r"\b(?:items?|articles?|art\.|paragraphs?|subparagraphs?|chapters?|sections?|parts?|points?|nos?\."
    r"|in|of|to|by|with|from|under|the|a|an|and|or|through|than)\s*$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[*_]{1,3}(?=\S)")
_DATE_LINE = re.compile(
    r"[ \t\u3000]*(?:(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})|\d{4}年\d{1,2}月\d{1,2}日)[ \t]*$"
)
_TAG = r"<(?:/?(?:br|p|div|center|span)|a|/a)(?:\s[^<>\n]{0,80})?/?>"  # HTML that breaks lines, sets them, or marks a place
_SPACE = re.compile(rf"(?:[\s\ufeff\u200b]|{_TAG})*")
_CLOSING_TAG = re.compile(rf"{_TAG}$")
_LONGEST_TAG = 90
_HASHES = re.compile(r"#{1,6}(?=\s|$)")
_CLOSING_HASHES = re.compile(r"[ \t]#+\s*$")
_SLACK = 20  # a line this much shorter than the widest one of its paragraph was ended on purpose
_WIDEST_WRAP = 200  # nobody wraps lines as wide as this: each of them is a paragraph
_DASHES = {"-", "–", "—"}  # a wrapped line may open with one that is no bullet
_HEADING = 90  # characters that a line without a mark may have to be a heading by its bare number
_UNDERLINED = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*$")
_TAIL = 60  # characters of a line that show how it ends


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a body in text order; characters outside all of them are white space, rules and comments."""
    lines = _line_spans(text)
    blocks: list[Block] = []
    for kind, level, first, last in _markdown_blocks(text):
        if kind is BlockKind.TEXT and level == 0:
            for start, end in _split_lines(text, lines[first:last]):
                blocks += _text_blocks(text, start, end)
        else:
            blocks += _marked_block(text, kind, level, lines[first][0], lines[last - 1][1])
    return tuple(_with_bare_numbers(text, blocks))


def _with_bare_numbers(text: str, blocks: list[Block]) -> Iterator[Block]:
    """The blocks; headings and short lines that open with 1, 2, 3 … and no sign behind the number get it as their label."""
    bare = {at: label for at, block in enumerate(blocks) if (label := _bare_number(text, block)) is not None}
    seconds = {blocks[at].level: at for at, label in bare.items() if label.readings[0].value == 2}  # the last ones
    following: dict[int, int] = {}  # by level: the number that would go on with a run
    for at, block in enumerate(blocks):
        label = bare.get(at)
        if label is not None:
            value = label.readings[0].value
            opens = value == 1 and seconds.get(block.level, -1) > at
            if opens or following.get(block.level) == value:
                following[block.level] = value + 1
                yield replace(block, label=label, body=min(skip_space(text, label.end, block.end), block.end))
                continue
        yield block


def _bare_number(text: str, block: Block) -> Label | None:
    """The number without a sign that opens a heading, or a line as short as one."""
    if block.kind is not BlockKind.TEXT or block.label is not None or block.strong_end:
        return None
    if not block.level and (
        block.end - block.start > _HEADING or _ENDS_SENTENCE.search(text, block.end - 1, block.end)
    ):
        return None
    return None if "\n" in text[block.start : block.end] else read_label(text, block.start, block.end, bare=True)


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
    lines = _LINE.split(text) if "==" in text or "--" in text else []
    for token in _MARKDOWN.parse(text, {}):
        if token.level or not token.map:
            continue
        shape = _shape(token)
        if shape:
            first, last = token.map
            under = _underline(lines, first, last) if shape == (BlockKind.TEXT, 0) else 0
            yield (shape[0], under, first, first + 1) if under else (*shape, first, last)


def _underline(lines: list[str], first: int, last: int) -> int:
    """The level of a paragraph of one line that is underlined with "=" or "-"; 0 for none, and under a sentence."""
    below = lines[first + 1] if first + 1 < len(lines) and last - first <= 2 else ""
    sign = _UNDERLINED.match(below)
    if sign is None or _ENDS_SENTENCE.search(lines[first][-_TAIL:]):
        return 0
    if sign[1][0] == "=":
        return 1 if last - first == 2 else 0
    return 2 if last - first == 1 else 0


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
    first = _number_of(text, *lines[0])
    runs = set(first.readings) if first else set()
    numbered = first is not None
    for before, line in pairwise(lines):
        label = _number_of(text, *line)
        starts_block = _may_follow(text, before, label, runs) if label else _is_parted(text, before, line, width)
        if not starts_block and not label and numbered and before[0] == begin:
            starts_block = _is_heading_over(text, before, line, width)
        if starts_block:
            yield begin, before[1]
            begin, numbered = line[0], label is not None
            runs.update(label.readings if label else ())
    yield begin, lines[-1][1]


def _number_of(text: str, start: int, end: int) -> Label | None:
    """The number that opens a line, whatever marks stand before it."""
    start = skip_space(text, start, end)
    marks = _MARKS.match(text, start, end)
    return read_label(text, marks.end() if marks else start, end)


def _tail(text: str, line: tuple[int, int]) -> str:
    """The last characters of a line, without the tag that breaks it there."""
    end = trim_space(text, *line) if text[line[1] - 1 : line[1]] == ">" else line[1]
    return text[max(line[0], end - _TAIL) : end]


def _may_follow(text: str, before: tuple[int, int], label: Label, runs: set[Reading]) -> bool:
    """Whether a number at a line start opens a block: not in "as listed in Item\\n(2) of the Annex".

    `runs` are the numbers that opened blocks of this paragraph before.
    """
    tail = _tail(text, before)
    if _ENDS_WITH_AND.search(tail) or (label.is_bullet and label.readings[0] in runs):
        return True
    if _CANNOT_END.search(tail):
        return False
    if _ENDS_SENTENCE.search(tail) or not tail.strip():
        return True
    if label.number in _DASHES:
        return False
    return label.is_word or label.is_bullet or label.opens_run or label.continues(runs)


def _is_parted(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether the line `before` was ended on purpose: after a full stop, with room left for the next word."""
    tail = _tail(text, before)
    if _DATE_LINE.match(text, *line) and before[1] - before[0] <= _TAIL:
        return True  # a date under a signature
    if not _ENDS_SENTENCE.search(tail):
        return False
    return (
        tail.endswith(("  ", "\\"))
        or text[before[1] - 1 : before[1]] == ">"
        or width > _WIDEST_WRAP
        or _has_room(text, before, line, width)
    )


def _is_heading_over(text: str, heading: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether a numbered line is a heading right above its text: "I. General requirements\\nAll units shall …"."""
    first = text[skip_space(text, *line) : line[1]][:1]
    ended = _CANNOT_END.search(text, max(heading[0], heading[1] - _TAIL), heading[1]) is None
    return ended and (first.isupper() or first > "\u2e80") and _has_room(text, heading, line, width)


def _has_room(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    next_word = text[line[0] : line[1]].split(maxsplit=1)
    return before[1] - before[0] + len(next_word[0] if next_word else "") + _SLACK < width


# ---------------------------------------------------------------- one block


def _marked_block(text: str, kind: BlockKind, level: int, start: int, end: int) -> Iterator[Block]:
    """A heading, note or table."""
    opens = skip_space(text, start, end)
    if kind is BlockKind.TEXT:
        hashes = _HASHES.match(text, opens, end)
        start = hashes.end() if hashes else opens
        closing = _CLOSING_HASHES.search(text, max(start - 1, 0), end)
        yield from _text_blocks(text, start, closing.start() if closing else end, level=level, opens=opens)
        return
    start = skip_space(text, opens + 1, end) if kind is BlockKind.NOTE else opens
    yield Block(kind, opens, start, trim_space(text, start, end), start)


def _text_blocks(text: str, start: int, end: int, *, level: int = 0, opens: int | None = None) -> Iterator[Block]:
    """The block of text[start:end]; two where an article opens with a numbered paragraph: "Article 5 (1) The …"."""
    line = start
    start, end = skip_space(text, start, end), trim_space(text, start, end)
    if start >= end:
        return
    opens = start if opens is None else opens
    start = _past_bullet(text, start, end)
    inner, close, marks = _emphasis(text, start, end)
    whole = close > 0 and close + marks == end
    if whole:
        end = trim_space(text, inner, close)
    label = read_label(text, inner, end)
    body = label.end if label else (inner if whole else start)
    holds_number_alone = bool(label) and close > 0 and not whole and close <= skip_space(text, body, end)
    if holds_number_alone:
        body = _skip_separator(text, close + marks, end)
    body = min(skip_space(text, body, end), end)
    if (whole and marks > 1) or _is_capitals(text, body, end):
        level = level or BOLD
    strong_end = 0 if whole or holds_number_alone else close
    nested = read_label(text, body, end) if label and label.style == "article" else None
    if label and nested and nested.opens_run and not nested.is_word:
        yield Block(BlockKind.TEXT, opens, inner, trim_space(text, inner, body), trim_space(text, inner, body), label)
        yield from _text_blocks(text, body, end)
        return
    yield Block(
        kind=BlockKind.TEXT,
        opens=opens,
        start=inner if whole or label else start,
        end=end,
        body=body,
        label=label,
        level=level,
        strong_end=strong_end,
        marks=marks if strong_end else 0,
        italic=whole and marks == 1,
        indent=start - line,
    )


def _past_bullet(text: str, start: int, end: int) -> int:
    """Behind a bullet before a number: "- **Article 5** The …", "* (1) boats"."""
    bullet = read_label(text, start, end)
    if bullet is None or not bullet.is_bullet:
        return start
    at = skip_space(text, bullet.end, end)
    number = _number_of(text, at, end)
    return at if number and not number.is_bullet else start


def _emphasis(text: str, start: int, end: int) -> tuple[int, int, int]:
    """Begin and end of emphasis that opens the block, marks left out, and their length; else start, 0, 0."""
    marks = _MARKS.match(text, start, end)
    if not marks:
        return start, 0, 0
    close = text.find(marks[0], marks.end(), end)
    return (marks.end(), close, len(marks[0])) if close > marks.end() else (start, 0, 0)


def _skip_separator(text: str, start: int, end: int) -> int:
    """After "**Article 12**": past a colon or full stop that stands outside the emphasis."""
    return start + 1 if start < end and text[start] in ":：.、" else start


def _is_capitals(text: str, start: int, end: int) -> bool:
    """Whether a short line is printed in capitals."""
    if end - start > 120:
        return False
    letters = [c for c in text[start:end] if c.isalpha()]
    return len(letters) >= 4 and all("A" <= c <= "Z" for c in letters)


def skip_space(text: str, start: int, end: int) -> int:
    """The offset of the first character of text[start:end] that is not white space (or a byte order mark)."""
    match = _SPACE.match(text, start, end)
    return match.end() if match else start


def trim_space(text: str, start: int, end: int) -> int:
    """The end of text[start:end] without white space that closes it."""
    while end > start:
        if text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b":
            end -= 1
        elif text[end - 1] == ">" and (tag := _CLOSING_TAG.search(text, max(start, end - _LONGEST_TAG), end)):
            end = tag.start()
        else:
            break
    return end
