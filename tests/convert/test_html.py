"""Saved pages become Markdown: the text alone, in order, with its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.convert.files import convert
from kb.convert.formats import format_of

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Gazette</title><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav><header>Ministry of Docks</header>
<main><h1>Measures for the <em>Blacklist</em></h1>
<p>&emsp;&emsp;<b>Article 1</b> The court shall
publish it by <a href="https://example.org">June 30,&nbsp;2018</a>.<script>alert(1)</script></p>
<p>Article 2 The office shall:</p>
<ol start="2"><li>keep it;<ul><li>an &lt;inner&gt; point</li></ul></li><li>tell the party; and</li></ol>
<ol type="a"><li>one</li><li>two<p>of two</p></li></ol>
<table><tr><th>Task</th><th>Unit</th></tr><tr><td>Draft<br>rules</td><td>Bureau</td></tr></table>
<p>* a_b # c</p><!-- hidden --><form><p>Search</p></form><img alt="seal" src="x.png"></main><footer>2018</footer>
</body></html>"""

TEXT = """# Measures for the *Blacklist*

**Article 1** The court shall
publish it by June 30, 2018.

Article 2 The office shall:

2. keep it;
   - an <inner> point
3. tell the party; and

(a) one

(b) two

of two

| Task | Unit |
| --- | --- |
| Draft rules | Bureau |

* a_b # c
"""


def written(folder: Path, data: bytes) -> Path:
    (folder / "page.html").write_bytes(data)
    return folder / "page.html"


def text_of(path: Path) -> str:
    converted, problems = convert(path, path.name)
    assert converted is not None, problems
    return converted.text


def test_a_page(tmp_path: Path) -> None:
    assert text_of(written(tmp_path, PAGE.encode())) == TEXT


def test_what_is_marked_as_main_part_and_is_not_is_no_document(tmp_path: Path) -> None:
    page = f"<html><body><article>Short.</article><p>{'The office keeps the list. ' * 5}</p></body></html>"
    assert text_of(written(tmp_path, page.encode())).startswith("Short.\n\nThe office keeps")


def test_a_page_without_heading_is_called_as_its_title(tmp_path: Path) -> None:
    page = "<html><title>Dock Rules</title><body><p>Keep it.</p></body></html>"
    assert text_of(written(tmp_path, page.encode())) == "# Dock Rules\n\nKeep it.\n"


def test_raised_marks_stay_marks(tmp_path: Path) -> None:
    page = "<html><body><p>500 m<sup>2</sup> of the list<sup>1</sup>.</p></body></html>"
    assert text_of(written(tmp_path, page.encode())) == "500 m<sup>2</sup> of the list<sup>1</sup>.\n"


def test_the_encoding_is_that_which_the_page_declares(tmp_path: Path) -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>第一条 信用信息</p></body></html>'
    assert text_of(written(tmp_path, page.encode("gb18030"))) == "第一条 信用信息\n"


@pytest.mark.parametrize("body", ["", "<script>document.write('x')</script>", "<nav>Home</nav>"])
def test_a_page_without_text_is_refused(body: str, tmp_path: Path) -> None:
    converted, (problem,) = convert(written(tmp_path, f"<html><body>{body}</body></html>".encode()), "page.html")
    assert converted is None
    assert problem.message == "the page holds no text"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"{\\rtf1\\ansi", "rich text"),
        (b"\xef\xbb\xbf\n <!DOCTYPE HTML>", "HTML"),
        (b'<?xml version="1.0"?><!-- x --><html xmlns="a">', "HTML"),
        (b"<HTML>", "HTML"),
        (b'<?xml version="1.0"?><akomaNtoso>', ""),
        (b"<b>Article 1</b> Keep it.", ""),
        (b"Pages open with <html> in these days.", ""),
        (b"# Rules\n", ""),
        (b"", ""),
    ],
)
def test_formats_are_known_by_what_files_hold(data: bytes, expected: str) -> None:
    assert format_of(data) == expected
