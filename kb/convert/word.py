"""Word (.docx) -> Markdown: paragraphs with the numbers that Word counts, headings, tables.

Deleted text of tracked changes is left out, inserted text stays; pictures, notes, heads and feet of pages are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from kb.convert.converted import Converted, RefusedError, joined
from kb.convert.unpack import checked_archive
from kb.convert.word_numbers import Numbering

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LONGEST_HEADING = 120  # characters of a line in bold that is a heading and no stressed paragraph
_LEFT_OUT = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pict", "w:drawing", "w:object"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_AROUND = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")))
_NOTES = (qn("w:footnoteReference"), qn("w:endnoteReference"))


def read_word(data: bytes) -> Converted:
    """The text of a .docx file; raises RefusedError."""
    archive = checked_archive(data)
    try:
        document = docx.Document(archive)
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise RefusedError(
            f"it is no Word document: {error}", "open it in a word processor and save it as .docx"
        ) from error
    numbering = Numbering(document)
    body: Any = document.element.body
    blocks = [_block(element, document, numbering) for element in _elements(body)]
    notes = []
    if numbering.counted:
        notes.append(f"{numbering.counted} numbers were counted as Word counts them; check them")
    if left_out := sum(1 for tag in _NOTES for _ in body.iter(tag)):
        notes.append(f"{left_out} foot- or endnotes were left out")
    return Converted(joined(blocks), tuple(notes))


def _elements(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of the body in order, those inside content controls and insertions too."""
    for element in parent.iterchildren():
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag in _AROUND:
            yield from _elements(element)


def _block(element: Any, document: WordDocument, numbering: Numbering) -> str:
    if element.tag == qn("w:tbl"):
        return _table(Table(element, document._body))
    paragraph = Paragraph(element, document._body)
    text = _text(element).strip()
    if not text:
        return ""
    label = numbering.label(paragraph)
    level = _heading_level(paragraph)
    if level:
        return f"{'#' * level} {label}{' '.join(text.split())}"
    if not label and len(text) <= _LONGEST_HEADING and _is_bold(paragraph):
        return f"**{' '.join(text.split())}**"
    return f"{label}{text}"


def _text(element: Any) -> str:
    """The words of an element as they are printed."""
    parts: list[str] = []
    for child in element.iterchildren():
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        else:
            parts.append(_text(child))
    return "".join(parts)


def _heading_level(paragraph: Paragraph) -> int:
    """The level of a heading by the style of the paragraph or one that it is based on; 0 for none."""
    style = paragraph.style
    while style is not None:
        name = style.name or ""
        if name.lower() == "title":
            return 1
        if found := _HEADING.match(name):
            return min(int(found[1]) + 1, 6)
        style = style.base_style
    return 0


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _table(table: Table) -> str:
    """A table with pipes; a cell that spans columns stands once and leaves the others empty."""
    rows: list[list[str]] = []
    for row in table.rows:
        cells: list[str] = []
        last: Any = None
        for cell in row.cells:
            element: Any = cell._tc
            words = " ".join(" ".join(_text(p._p).split()) for p in cell.paragraphs)
            cells.append("" if element is last else words.replace("|", "\\|"))
            last = element
        rows.append(cells)
    if not rows:
        return ""
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
