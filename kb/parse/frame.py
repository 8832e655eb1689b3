"""What stands around the provisions: preface (title, adoption, addressees), preamble, conclusion (signature, date)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.parse.blocks import BOLD, Block, BlockKind
from kb.parse.headings import has_word, is_heading_line
from kb.parse.numbering import Label

_MOST_SIGNATURES = 16
_SHORT = 200  # characters
_LONGEST_ADDRESS = 800
_ADDRESSEES = re.compile(
    r"^(?:To|All)\b|\b(?:governments?|ministries|departments?|commissions?|bureaus?|banks?|courts?|units|offices)\b"
)
_PROSE = re.compile(r"\b(?:is|are|shall|has|have|hereby|follows|following|should|must|will)\b")
_BRACKETED = re.compile(r"[(（\[【].*[)）\]】]$", re.DOTALL)
_DATED = re.compile(
    r"(?:[^\n]{0,80}[\r\n]+)?[ \t]*(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8},? \d{4}|\d{4}年\d{1,2}月\d{1,2}日)$"
)
_RESPONSIBLE = re.compile(
    r"\b(?:lead|led\b|responsib|cooperat|participat|units?\b|bureau|commission|within)|牵头|责任|配合", re.IGNORECASE
)
_ATTACHMENTS = re.compile(r"(?:Attachments?|Annex(?:es)?|Appendix|Appendices|Enclosures?|附件)\b", re.IGNORECASE)


def front_ends(text: str, blocks: Sequence[Block]) -> tuple[int, int]:
    """How many blocks are the preface, and how many preface and preamble together."""
    first = _first_unit(text, blocks)
    preface = 0
    for block in blocks[: first if first is not None else len(blocks)]:
        if not _is_preface(text, block, preface):
            break
        preface += 1
    if first is None:
        titles = 0
        while titles < min(preface, len(blocks) - 1) and _is_marked(text, blocks[titles], titles):
            titles += 1
        return titles, titles
    while preface and blocks[preface - 1].kind is BlockKind.NOTE:
        preface -= 1  # the editors' note after the title stands by itself
    return preface, first


def conclusion_start(text: str, blocks: Sequence[Block], first: int) -> int:
    """The index of the first block of the conclusion, len(blocks) where there is none; `first` ends the front."""
    lowest = max(first, len(blocks) - _MOST_SIGNATURES)
    at = _signatures_start(text, blocks, lowest, len(blocks))
    listed = at
    while listed > lowest and blocks[listed - 1].label and is_heading_line(text, blocks[listed - 1]):
        listed -= 1  # "Attachments: 1. Catalogue / 2. Form": the numbers are not provisions
    if listed < at and _ATTACHMENTS.match(text, blocks[listed - 1].start, blocks[listed - 1].end):
        at = _signatures_start(text, blocks, lowest, listed)
    if at <= first:
        return len(blocks)
    before = blocks[at - 1]
    leads_in = text[before.start : before.end].endswith((":", "："))
    heads = before.level > 0 or (before.label is not None and is_heading_line(text, before))
    return len(blocks) if leads_in or heads else at


def _signatures_start(text: str, blocks: Sequence[Block], lowest: int, end: int) -> int:
    while end > lowest and _is_signature(text, blocks[end - 1]):
        end -= 1
    return end


def _first_unit(text: str, blocks: Sequence[Block]) -> int | None:
    """The index of the first block that opens a provision; None for a text without any."""
    title = _title_blocks(text, blocks)
    listed = ""  # style of the numbers of a list in the preamble
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.TEXT or index < title:
            continue
        if block.label and not block.label.is_bullet:
            if block.label.style == listed:
                continue
            if listed or not _in_list(text, blocks, index, block.label):
                return index
            listed = block.label.style
        elif block.level and not _is_further_title(text, blocks, index, title):
            return index
    return None


def _title_blocks(text: str, blocks: Sequence[Block]) -> int:
    """1 where the document opens with its title, else 0."""
    if not blocks or blocks[0].label or blocks[0].kind is not BlockKind.TEXT:
        return 0
    first = blocks[0]
    if not 0 < first.level <= 6:
        return int(is_heading_line(text, first))
    peers = [b for b in blocks[1:] if b.level == first.level and not b.label]
    return int(not peers or first.level == 1)


def _is_further_title(text: str, blocks: Sequence[Block], index: int, title: int) -> bool:
    """Whether a marked line goes on with the title, or is that of the text which a notice sends out under its date."""
    if index == title > 0:
        return blocks[index].level == BOLD and index + 1 < len(blocks)
    before = index - 1
    while before > title and _BRACKETED.fullmatch(text, blocks[before].start, blocks[before].end):
        before -= 1
    return before > title and _DATED.match(text, blocks[before].start, blocks[before].end) is not None


def _in_list(text: str, blocks: Sequence[Block], index: int, label: Label) -> bool:
    """Whether a first number opens a list within prose: after a colon, in lower case or closed by a semicolon."""
    if label.is_word or index == 0 or blocks[index].level:
        return False
    before = text[blocks[index - 1].body : blocks[index - 1].end]
    words = text[blocks[index].body : blocks[index].end]
    return before.endswith((":", "：")) and (words[:1].islower() or words.endswith((";", "；", "; and", "; or")))


def _is_preface(text: str, block: Block, index: int) -> bool:
    """Whether a block before the first provision belongs to title, notes of adoption, number or addressees."""
    if block.kind is BlockKind.NOTE:
        return True
    words = text[block.start : block.end]
    if _is_marked(text, block, index) or (block.label and not block.label.is_bullet):
        return True
    if words.endswith((":", "：")):
        addressed = len(words) <= _LONGEST_ADDRESS and "." not in words and _ADDRESSEES.search(words)
        return bool(addressed) and not _PROSE.search(words)
    return len(words) <= _SHORT and is_heading_line(text, block)


def _is_marked(text: str, block: Block, index: int) -> bool:
    """Whether a block is a heading, italic, or in brackets as a whole; a first plain line counts as a title."""
    if block.kind is BlockKind.NOTE or block.level or block.italic:
        return True
    if _BRACKETED.fullmatch(text, block.start, block.end):
        return True
    return index == 0 and not block.label and is_heading_line(text, block)


def _names_units(words: str) -> bool:
    """Whether it is a bracket that names who is responsible for what stands before it."""
    return _BRACKETED.fullmatch(words) is not None and _RESPONSIBLE.search(words) is not None


def _is_signature(text: str, block: Block) -> bool:
    """Whether a block may close a document: a short line without a number and without a full stop, or in italics."""
    if block.kind is not BlockKind.TEXT or 0 < block.level <= 6:
        return False
    words = text[block.start : block.end]
    if block.label:
        return block.label.style == "annex" and not block.level and len(words) <= _SHORT
    if len(words) > 120 or has_word("finite-verb", words) or _names_units(words):
        return False
    return block.italic or is_heading_line(text, block)
