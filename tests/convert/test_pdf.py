"""PDF files as a browser prints them become paragraphs again; files that keep a reader busy are given up."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kb.convert import pdf
from kb.convert.files import convert

FRAME = '<span style="font-size:9px">Gazette of the Harbour, page <span class="pageNumber"></span></span>'
PAGE = """<meta charset="utf-8"><body style="font: 12pt serif"><h1>Measures for the Administration of the Blacklist of
Dishonest Dock Operators of the Harbour City</h1><h2>CHAPTER ONE. GENERAL PROVISIONS</h2>
<p>Article 1 The port authority shall, within the limits of its duties, publish the efficient list of operators by June
30, 2018, and shall send it to the platform.</p>
<p>Article 2 An operator may object within seven working days of the notice. The port authority decides upon a well-founded
objection within fifteen working days, and tells the operator its decision and the reasons for it in writing.</p>
<p>第三条 港口管理部门应当自收到异议申请之日起十五个工作日内进行核实，并将核实结果书面告知申请人；情况复杂的，经负责人批准可以延长十五个工作日。</p>
"""
MARGINS = {"top": "2cm", "bottom": "2cm", "left": "2.5cm", "right": "2.5cm"}


@pytest.mark.browser
def test_a_printed_page(browser: Browser, tmp_path: Path) -> None:
    letters = [chr(97 + n % 26) * (1 + n // 26) for n in range(70)]
    expected = [f"({n}) the file of operator {letter} and what it holds;" for n, letter in enumerate(letters, 1)]
    points = "".join(f"<p>{point}</p>" for point in expected)
    page = browser.new_page()
    page.set_content(PAGE + points)
    page.pdf(
        path=tmp_path / "a.pdf",
        display_header_footer=True,
        header_template=FRAME,
        footer_template='<span class="pageNumber" style="font-size:9px"></span>',
        margin=MARGINS,  # type: ignore[arg-type]
    )
    page.close()
    converted, problems = convert(tmp_path / "a.pdf", "a.pdf")
    assert problems == []
    assert converted is not None
    blocks = converted.text.rstrip("\n").split("\n\n")
    assert blocks[:5] == [
        "Measures for the Administration of the Blacklist of Dishonest Dock Operators of the Harbour City",
        "CHAPTER ONE. GENERAL PROVISIONS",
        "Article 1 The port authority shall, within the limits of its duties, publish the efficient list of operators by "
        "June 30, 2018, and shall send it to the platform.",
        "Article 2 An operator may object within seven working days of the notice. The port authority decides upon a "
        "well-founded objection within fifteen working days, and tells the operator its decision and the reasons for it in "
        "writing.",
        "第三条 港口管理部门应当自收到异议申请之日起十五个工作日内进行核实，并将核实结果书面告知申请人；情况复杂的，经负责人批准可以延长"
        "十五个工作日。",
    ]
    assert blocks[5:] == expected
    assert converted.notes[0] == "paragraphs were joined from the lines of the pages; check them"


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["The bureau shall keep the list and", "publish it."], ["The bureau shall keep the list and publish it."]),
        (["It shall tell the enter-", "prise, or any other enterprise."], ["It shall tell the enterprise, or any other enterprise."]),
        (["A well-", "founded claim of a very long kind here."], ["A well-founded claim of a very long kind here."]),
        (["PART TWO", "DUTIES OF THE BUREAU AND THE COURT OF IT"], ["PART TWO DUTIES OF THE BUREAU AND THE COURT OF IT"]),
        (["It shall inform", "Article 3 sets the limit of all of that list."], ["It shall inform", "Article 3 sets the limit of all of that list."]),
    ],
)  # fmt: skip
def test_lines_are_joined(lines: list[str], paragraphs: list[str]) -> None:
    assert pdf._paragraphs(lines) == paragraphs


@pytest.mark.parametrize(
    ("line", "is_frame"),
    [
        ("11/23/26, 11:05 PM Measures", True),
        ("2026/11/23 23:05", True),
        ("file:///home/a/rules.html 1/2", True),
        ("ﬁle:///home/a/rules.html 1/2", True),
        ("https://a.example/rules", True),
        ("3", True),
        ("see https://a.example/rules", False),
        ("11/23/26 is the day", False),
    ],
)
def test_what_a_browser_prints_at_the_edges_is_left_out(line: str, is_frame: bool) -> None:
    kept, dropped = pdf._without_frames([[line, "Article 1 The office keeps it.", "It is open."]])
    assert (dropped == 1) is is_frame
    assert kept[-2:] == ["Article 1 The office keeps it.", "It is open."]


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nno more\n")
    converted, (problem,) = convert(tmp_path / "b.pdf", "b.pdf")
    assert converted is None
    assert problem.message.startswith("it cannot be read: ")
    assert problem.hint


def test_a_file_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7\n")
    monkeypatch.setattr(pdf, "SECONDS", 0)
    converted, (problem,) = convert(tmp_path / "c.pdf", "c.pdf")
    assert converted is None
    assert problem.message == "reading it took longer than 0 seconds"
