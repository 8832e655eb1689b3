"""Work allotted outside brackets: rows of tables, notes behind a dash, lines with several parts."""

from __future__ import annotations

import pytest

from kb.corpus import load_reference, source_from_text
from kb.extract import extract_facts
from kb.extract.task_tables import column_of, rows
from kb.model import ActionItem
from kb.parse import parse_document
from kb.paths import data_folder

REFERENCE, _ = load_reference(data_folder("corpus") / "reference")
HEAD = (
    '---\nid: x-doc\ntitle: "Harbour Plan"\nkind: plan\nlevel: provincial\nissuers: [x-government]\nregion: CN\npublished: 2016-03-01\n'
    'horizon: 2016-01-01/2020-12-31\nfidelity: full\ntranslation: "made for the tests"\nlicence: "CC BY 4.0"\n---\n\n# Harbour Plan\n\n## 1. Tasks\n\n'
)


def read(body: str) -> list[tuple[str, tuple[tuple[str, str], ...], str]]:
    """Act, bodies with their roles, last day."""
    source, _ = source_from_text(HEAD + body + "\n", "x-doc.md")
    return [short(item) for item in extract_facts(parse_document(source), REFERENCE).items]


def short(item: ActionItem) -> tuple[str, tuple[tuple[str, str], ...], str]:
    bodies = tuple((actor.span.quote, actor.role.value) for actor in item.actors if actor.span)
    return (item.action.quote, bodies, str(item.deadline.latest) if item.deadline and item.deadline.latest else "")


PORT, FISH = ("Port Bureau", "lead"), ("Fisheries Bureau", "cooperating")

CASES = [
    (
        "Dredge the bay by the end of 2018 — led by the Port Bureau, jointly with the Fisheries Bureau.",
        [("Dredge the bay", (PORT, FISH), "2018-12-31")],
    ),
    (
        "Dredge the bay by the end of 2018. — Led by Port Bureau with the support of Fisheries Bureau",
        [("Dredge the bay", (PORT, FISH), "2018-12-31")],
    ),
    (
        "Dredge the bay by the end of 2018.\n\nResponsible units: Port Bureau (lead), Fisheries Bureau (cooperating)",
        [("Dredge the bay", (PORT, FISH), "2018-12-31")],
    ),
    (
        "Dredge the bay by the end of 2018.\n\nResponsible units: Port Bureau; Fisheries Bureau",
        [("Dredge the bay", (("Port Bureau", "responsible"), ("Fisheries Bureau", "responsible")), "2018-12-31")],
    ),
    (
        "Dredge the bay — the deepest of the coast — by the end of 2018.",
        [("Dredge the bay — the deepest of the coast", (), "2018-12-31")],
    ),
    (
        "| No. | Task | Lead unit | Cooperating units | Time limit |\n|---|---|---|---|---|\n"
        "| 1 | Dredge the bay | Port Bureau | Fisheries Bureau | end of 2018 |\n"
        "| 2 | Survey of the reefs | Port Bureau | none | long-term |\n",
        [("Dredge the bay", (PORT, FISH), "2018-12-31"), ("Survey of the reefs", (PORT,), "")],
    ),
    (
        "| Key tasks | Responsible department | Deadline |\n| :-- | :-- | :-- |\n| Paint the piers; mend the cranes | Port Bureau | June 2017 |\n",
        [
            ("Paint the piers", (("Port Bureau", "responsible"),), "2017-06-30"),
            ("mend the cranes", (("Port Bureau", "responsible"),), "2017-06-30"),
        ],
    ),
    (
        "| No. | What is to be done | Lead / With | When |\n| - | - | - | - |\n"
        "| 1 | Grade all ferries; draw up a model ticket | Port Bureau / Fisheries Bureau | grading: by June 2018; ticket: 2019 Q1 |\n"
        "| 2 | Paint the piers | Port Bureau | from July 2018 |\n",
        [
            ("Grade all ferries", (PORT, FISH), "2018-06-30"),
            ("draw up a model ticket", (PORT, FISH), "2019-03-31"),
            ("Paint the piers", (PORT,), ""),
        ],
    ),
    (
        "| Due | Deliverable | Responsible |\n| --- | --- | --- |\n| 31 March 2019 | Launch of the ferry app | Port Bureau |\n",
        [("Launch of the ferry app", (("Port Bureau", "responsible"),), "2019-03-31")],
    ),
    ("Port Bureau: dredge the bay by 2017.", [("dredge the bay", (("Port Bureau", "responsible"),), "2017-12-31")]),
    ("Depth of the bay: nine metres by 2017.", []),
    (
        "### Targets\n\n(a) Full survey of all reefs before the end of 2018;\n\n(b) By 2019, lamps on every pier;\n\n(c) Cleaner water.",
        [("Full survey of all reefs", (), "2018-12-31"), ("lamps on every pier", (), "2019-12-31")],
    ),
    (
        "### Where we want to be\n\nBy the end of 2018:\n\n* codes in use at 99% of all piers;\n* a counter in each harbour.\n\n"
        "In sum:\n\n* a counter in each harbour.",
        [("codes in use at 99% of all piers", (), "2018-12-31"), ("a counter in each harbour", (), "2018-12-31")],
    ),
    ("### Ports\n\n(a) Full survey of all reefs before the end of 2018;\n\n(b) lamps on every pier.", []),
    ("| Port | Ships |\n|---|---|\n| Inspect Bay | 30 |\n", []),
    ("| Task | Remarks |\n|---|---|\n| Dredge the bay | dear |\n", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:50] for text, _ in CASES])
def test_reads_work_allotted_in_lines_and_tables(
    text: str, expected: list[tuple[str, tuple[tuple[str, str], ...], str]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("row", [row for row, _ in rows()], ids=lambda row: row.id)
def test_heads_of_columns(row) -> None:
    assert [column_of(head) for head in row.matches] == [row.column] * len(row.matches)
    assert row.column not in [column_of(head) for head in row.rejects]
