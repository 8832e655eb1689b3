"""Questions to a parsed document: provisions by address and offset, heading paths, marks of a digest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.model import Basis, Document
from kb.parse import basis_at, heading_paths, leaf_at, line_of

PLAN = """\
---
id: plan
title: Plan
---

# Plan

III. Main tasks

(2) Deepening the building of integrity.

1. Production and circulation. Improve the system.

The county finance bureau shall include:

a. funds;

b. staff.
"""

DIGEST = """\
---
fidelity: digest
---
# Digest

Publish lists. [seen]

Firms are entered where:

(1) they evade taxes; [recalled]

Keep records. Use them. [seen] Delete them. [recalled]

No mark here.
"""


def test_heading_paths_are_printed_from_the_outside_in(parsed: Callable[[str], Document]) -> None:
    document = parsed(PLAN)
    found = heading_paths(document)
    paths = [(p.eid, found[p.eid]) for p in document.provisions if p.leaf]
    tasks = ("III. Main tasks",)
    integrity = (*tasks, "(2) Deepening the building of integrity")
    production = (*integrity, "1. Production and circulation")
    assert paths == [
        ("preface", ()),
        ("sec_3__heading", tasks),
        ("sec_3__subsec_2__heading", integrity),
        ("sec_3__subsec_2__para_1__para_1", production),
        ("sec_3__subsec_2__para_1__para_2__intro", production),
        ("sec_3__subsec_2__para_1__para_2__point_a", (*production, "a.")),
        ("sec_3__subsec_2__para_1__para_2__point_b", (*production, "b.")),
    ]


def test_finds_provisions_by_address_and_offset(parsed: Callable[[str], Document]) -> None:
    document = parsed(PLAN)
    found = document.provision("sec_3__subsec_2__para_1__para_1")
    assert found is not None
    assert document.text[found.text_start : found.text_end] == "Improve the system."
    assert leaf_at(document, document.text.index("Improve")) == found
    assert document.provision("sec_9") is None
    assert leaf_at(document, len(document.text)) is None
    assert leaf_at(document, -1) is None


def test_lines_are_those_of_the_file(parsed: Callable[[str], Document]) -> None:
    document = parsed(PLAN)
    assert [line_of(document, document.text.index(words)) for words in ("# Plan", "III.", "b. staff")] == [6, 8, 18]


BASES = [
    ("Publish", Basis.SEEN),
    ("Firms", None),  # a lead-in: its points carry the marks
    ("they evade", Basis.RECALLED),
    ("Use them", Basis.SEEN),
    ("Delete", Basis.RECALLED),
    ("No mark", None),
]


@pytest.mark.parametrize(("words", "basis"), BASES)
def test_basis_of_a_statement_is_the_mark_that_closes_it(
    words: str, basis: Basis | None, parsed: Callable[[str], Document]
) -> None:
    document = parsed(DIGEST)
    assert basis_at(document, document.text.index(words)) is basis


def test_marks_mean_nothing_outside_digests(parsed: Callable[[str], Document]) -> None:
    document = parsed(DIGEST.replace("digest", "full"))
    assert basis_at(document, document.text.index("Publish")) is None
    assert [p.text_end for p in document.provisions if p.eid == "para_1"] == [document.text.index("[seen]") + 6]


def test_closing_marks_are_left_out_of_the_text(parsed: Callable[[str], Document]) -> None:
    document = parsed(DIGEST)
    texts = [document.text[p.text_start : p.text_end] for p in document.provisions if p.leaf]
    assert texts == [
        "Digest",
        "Publish lists.",
        "Firms are entered where:",
        "they evade taxes;",
        "Keep records. Use them. [seen] Delete them.",
        "No mark here.",
    ]


def test_a_number_on_its_own_line_belongs_to_the_provision_it_opens(parsed: Callable[[str], Document]) -> None:
    document = parsed("Chapter I\n\nArticle 1\n\nA.\n\nB.\n\nArticle 2\n\nC.\n\nD.\n")
    begin = {p.eid: document.text[p.start :].split("\n")[0] for p in document.provisions}
    assert [begin[eid] for eid in ("chp_1__art_1", "chp_1__art_2", "chp_1__art_2__para_1")] == [
        "Chapter I",
        "Article 2",
        "Article 2",
    ]
