"""Real .docx files, made as word processors make them, become Markdown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from kb.convert.files import convert
from kb.convert.word_numbers import Numbering

LAW = """<w:abstractNum {ns} w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%3、"/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>"""


class Writer:
    """A Word document under construction, with a numbered list of its own."""

    def __init__(self) -> None:
        self.document = docx.Document()
        numbering = self.document.part.numbering_part.element
        numbering.insert(0, parse_xml(LAW.format(ns=nsdecls("w"))))
        self.add_list("91", "")
        self.add_list("92", '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>')

    def add_list(self, name: str, override: str) -> None:
        num = f'<w:num {nsdecls("w")} w:numId="{name}"><w:abstractNumId w:val="90"/>{override}</w:num>'
        self.document.part.numbering_part.element.append(parse_xml(num))

    def numbered(self, text: str, level: int, name: str = "91") -> None:
        properties = self.document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')
        )

    def save(self, path: Path) -> Path:
        self.document.save(str(path))
        return path


def text_of(path: Path) -> str:
    converted, problems = convert(path, path.name)
    assert converted is not None, problems
    return converted.text


def test_numbers_that_word_counts_are_printed(tmp_path: Path) -> None:
    writer = Writer()
    writer.document.add_heading("Dock Measures", 0)
    writer.document.add_heading("Chapter I General", 1)
    writer.numbered("The bureau keeps the list.", 0)
    writer.numbered("by name;", 1)
    writer.numbered("by number.", 1)
    writer.numbered("The bureau tells the party.", 0)
    writer.numbered("at once;", 1)
    writer.numbered("first", 2)
    writer.numbered("second", 2)
    writer.numbered("loose", 3)
    writer.numbered("seventh;", 1, "92")
    writer.numbered("eighth.", 1, "92")
    converted, problems = convert(writer.save(tmp_path / "law.docx"), "law.docx")
    assert problems == []
    assert converted is not None
    assert converted.text.split("\n\n") == [
        "# Dock Measures",
        "## Chapter I General",
        "Article 3 The bureau keeps the list.",
        "(1) by name;",
        "(2) by number.",
        "Article 4 The bureau tells the party.",
        "(1) at once;",
        "一、 first",
        "二、 second",
        "- loose",
        "(7) seventh;",
        "(8) eighth.\n",
    ]
    assert converted.notes == ("9 numbers were counted as Word counts them; check them",)


def test_tables_bold_lines_changes_and_controls(tmp_path: Path) -> None:
    writer = Writer()
    table = writer.document.add_table(rows=2, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Task", "Unit", "Limit"), strict=True):
        cell.text = words
    table.cell(1, 0).merge(table.cell(1, 1)).text = "Draft | issue"
    table.cell(1, 2).text = "June\n2018"
    run = writer.document.add_paragraph().add_run("General rules")
    run.bold = True
    changed = writer.document.add_paragraph("The office ")
    changed._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>may</w:delText></w:r></w:del>"))
    changed._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>shall</w:t></w:r></w:ins>"))
    changed.add_run(" act.\u00a0It\tdoes.")
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    changed._p.addnext(control)
    assert text_of(writer.save(tmp_path / "a.docx")).split("\n\n") == [
        "| Task | Unit | Limit |\n| --- | --- | --- |\n| Draft \\| issue | | June 2018 |",
        "**General rules**",
        "The office shall act. It does.",
        "In a control.\n",
    ]


def test_notes_that_are_left_out_are_counted(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph("Noted.").runs[0]
    run._r.append(OxmlElement("w:footnoteReference"))
    document.save(str(tmp_path / "n.docx"))
    converted, _ = convert(tmp_path / "n.docx", "n.docx")
    assert converted is not None
    assert converted.notes == ("1 foot- or endnotes were left out",)


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", ["1", "4", "21", "110", "999"]),
        ("upperRoman", ["I", "IV", "XXI", "CX", "CMXCIX"]),
        ("lowerLetter", ["a", "d", "u", "fffff", "k" * 39]),
        ("chineseCounting", ["一", "四", "二十一", "一百一十", "九百九十九"]),
        ("decimalEnclosedCircle", ["①", "④", "21", "110", "999"]),
        ("none", ["", "", "", "", ""]),
        ("a format of tomorrow", ["1", "4", "21", "110", "999"]),
    ],
)
def test_forms_of_numbers(form: str, printed: list[str]) -> None:
    out = []
    for start in (1, 4, 21, 110, 999):
        document = docx.Document()
        root = document.part.numbering_part.element
        level = f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1"/></w:lvl>'
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{level}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
        paragraph = document.add_paragraph("x")
        properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(properties))
        out.append(Numbering(document).label(paragraph).strip())
    assert out == printed


# ------------------------------------------------------------ what is refused


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media/a.bin", "w") as part:
        for _ in range(201):
            part.write(bytes(2**20))
    return path


def lying_bomb(path: Path) -> Path:
    """An archive whose directory says that its one part holds ten bytes."""
    data = bytearray(bomb(path).read_bytes())
    size = (201 * 2**20).to_bytes(4, "little")
    assert size in data
    path.write_bytes(bytes(data).replace(size, (10).to_bytes(4, "little")))
    return path


def with_doctype(path: Path) -> Path:
    whole = io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "word/document.xml"
    head = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    members[name] = members[name].replace(b"?>", b"?>" + head, 1)
    return packed(path, members)


def cut(path: Path) -> Path:
    whole = io.BytesIO()
    docx.Document().save(whole)
    path.write_bytes(whole.getvalue()[:4000])
    return path


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (bomb, "it unpacks to more than 200 MB"),
        (lying_bomb, "it cannot be unpacked"),
        (with_doctype, "word/document.xml declares a document type"),
        (cut, "it cannot be unpacked"),
        (lambda path: packed(path, {"mimetype": b"x"}), "it is no Word document"),
        (lambda path: packed(path, {f"{n}": b"" for n in range(5001)}), "it holds 5,001 parts"),
    ],
    ids=["bomb", "lying-bomb", "doctype", "cut", "other-archive", "many-parts"],
)
def test_archives_that_are_refused(make: Callable[[Path], Path], message: str, tmp_path: Path) -> None:
    converted, (problem,) = convert(make(tmp_path / "x.docx"), "x.docx")
    assert converted is None
    assert problem.message.startswith(message)
    assert problem.hint
