"""Scores of marks against marks; the sheets of tests/gold fit their documents."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kb.corpus import source_from_text
from kb.evaluate import Marked, SheetError, read_sheet, score
from kb.evaluate.marked import MarkedActor, MarkedItem, MarkedList, MarkedTime

GOLD = Path(__file__).parent.parent / "gold"
SHEETS = sorted(GOLD.glob("*.annot.yml"))

DUE = MarkedTime(type="deadline", start=30, end=40, latest="2017-12-31")
ITEM = MarkedItem(span=(0, 60), action=(10, 50), modality="duty", actors=(MarkedActor(span=(0, 8)),), deadline=DUE)


def marked(**changes: object) -> Marked:
    return Marked(doc="x", items=(msgspec.structs.replace(ITEM, **changes),))


CASES = [
    # what was found instead, measure -> (gold, found, right)
    (marked(), {"items": (1, 1, 1), "modality": (1, 1, 1), "actors": (1, 1, 1), "deadlines": (1, 1, 1)}),
    (marked(modality="task"), {"items": (1, 1, 1), "modality": (1, 1, 0)}),
    (marked(action=(40, 60)), {"items": (1, 1, 0), "actors": (1, 1, 0), "deadlines": (1, 1, 0)}),
    (marked(action=(10, 32)), {"items": (1, 1, 1)}),  # more than half of the longer one
    (marked(deadline=None), {"items": (1, 1, 1), "deadlines": (1, 0, 0)}),
    (marked(actors=()), {"actors": (1, 0, 0)}),
    (marked(actors=(MarkedActor(span=(0, 8), inferred=True),)), {"actors": (1, 0, 0)}),  # inferred ones are not scored
    (Marked(doc="x"), {"items": (1, 0, 0), "actors": (1, 0, 0), "deadlines": (1, 0, 0)}),
]


@pytest.mark.parametrize(("found", "expected"), CASES, ids=range(len(CASES)))
def test_counts_gold_found_right(found: Marked, expected: dict[str, tuple[int, int, int]]) -> None:
    counts = score([(marked(), found)]).counts
    assert {m: (counts[m].gold, counts[m].found, counts[m].right) for m in expected} == expected


def test_a_false_item_brings_false_actors_and_deadlines() -> None:
    counts = score([(Marked(doc="x"), marked())]).counts
    assert [(counts[m].gold, counts[m].found, counts[m].right) for m in ("items", "actors", "deadlines")] == [
        (0, 1, 0)
    ] * 3


def test_lists_pair_by_kind_and_name_and_false_ones_bring_slots() -> None:
    gold = Marked(doc="x", lists=(MarkedList("the blacklist", "blacklist", {"entry": ((0, 10),)}),))
    found = Marked(
        doc="x",
        lists=(
            MarkedList("blacklist of agencies", "blacklist", {"entry": ((5, 10),), "exit": ((20, 30),)}),
            MarkedList("blacklist", "redlist", {"entry": ((0, 10),)}),
        ),
    )
    counts = score([(gold, found)]).counts
    assert (counts["lists"].gold, counts["lists"].found, counts["lists"].right) == (1, 2, 1)
    assert (counts["slots"].gold, counts["slots"].found, counts["slots"].right) == (1, 3, 1)
    assert (counts["slot_characters"].gold, counts["slot_characters"].found, counts["slot_characters"].right) == (
        10,
        25,
        5,
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_a_sheet_scored_against_itself_is_right_everywhere(sheet: Path) -> None:
    name = sheet.name.removesuffix(".annot.yml")
    source, _ = source_from_text((GOLD / f"{name}.md").read_bytes().decode(), f"{name}.md")
    gold = read_sheet(sheet, source.body)
    assert gold.items
    result = score([(gold, gold)])
    assert [m for m, c in result.counts.items() if c.right != c.gold] == []
    assert result.errors == []


def test_a_quote_that_is_not_there_is_named(tmp_path: Path) -> None:
    sheet = tmp_path / "x.annot.yml"
    sheet.write_text("doc: x\ncitations:\n- q: Article 9\n- q: the\n")
    with pytest.raises(SheetError) as error:
        read_sheet(sheet, "the list and the law")
    assert str(error.value).splitlines() == [
        "x.annot.yml: citation 1: not found: 'Article 9'",
        "x.annot.yml: citation 2: 2 occurrences, n is None: 'the'",
    ]
