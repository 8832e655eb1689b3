"""`kb import`: files of other formats become documents that `kb extract` reads and a corpus takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx

from kb.corpus import load_source

PAGE = """<html><head><title>x</title></head><body><h1>Linhai City Measures on the Blacklist</h1>
<p>Article 1 By the end of 2017, the Port Bureau shall publish the blacklist.</p></body></html>"""
WRITTEN = """---
id: our-page-2
title: "Linhai City Measures on the Blacklist"
kind: local-rule
level: municipal
region: CN
fidelity: full
version_note: "text read from Our Page (2).html by kb import; check it against the file"
---

# Linhai City Measures on the Blacklist

Article 1 By the end of 2017, the Port Bureau shall publish the blacklist.
"""


def test_a_page_becomes_a_document(kb: Callable[..., Any], place: Path) -> None:
    (place / "Our Page (2).html").write_text(PAGE, encoding="utf-8")
    call = kb("import", "Our Page (2).html", "--out", "mine")
    assert (call.code, call.out, call.err) == (0, "mine/our-page-2.md\n", "")
    assert (place / "mine" / "our-page-2.md").read_text(encoding="utf-8") == WRITTEN
    source, problems = load_source(place / "mine" / "our-page-2.md", "our-page-2.md")
    assert source is not None
    assert problems == []
    assert "1 item (1 duty)" in kb("extract", "mine/our-page-2.md").out


def test_a_document_that_is_there_is_kept(kb: Callable[..., Any], place: Path) -> None:
    (place / "a.html").write_text(PAGE, encoding="utf-8")
    (place / "a.md").write_text("mine", encoding="utf-8")
    call = kb("import", "a.html")
    assert call.code == 1
    assert call.err.splitlines()[0] == "a.html: a.md is there already [import]"
    assert (place / "a.md").read_text(encoding="utf-8") == "mine"
    assert kb("import", "a.html", "--force").code == 0
    assert (place / "a.md").read_text(encoding="utf-8").startswith("---\nid: a\n")


def test_one_bad_file_does_not_stop_the_next(kb: Callable[..., Any], place: Path) -> None:
    (place / "bad.docx").write_bytes(b"PK\x03\x04")
    (place / "plain.txt").write_text("Keep it.", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("Keep it.", style="List Number")
    document.save(str(place / "good.docx"))
    call = kb("import", "bad.docx", "plain.txt", "none.pdf", "good.docx")
    assert call.code == 1
    assert call.out == "good.md\n"
    assert [line for line in call.err.splitlines() if not line.startswith("hint")] == [
        "good.md: 1 numbers were counted as Word counts them; check them",
        "bad.docx: it cannot be unpacked: File is not a zip file [import]",
        "none.pdf: the file cannot be read: No such file or directory [import]",
        "plain.txt: it is neither a Word, nor an HTML, nor a PDF file [import]",
    ]


def test_extract_says_what_to_do_with_other_formats(kb: Callable[..., Any], place: Path) -> None:
    (place / "a.html").write_text(PAGE, encoding="utf-8")
    call = kb("extract", "a.html")
    assert (call.code, call.out) == (1, "")
    assert call.err.splitlines() == [
        "a.html: it is a file in the HTML format, no text [unreadable]",
        "hint: run: kb import a.html",
    ]
