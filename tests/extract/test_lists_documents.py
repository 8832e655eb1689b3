"""Short list measures in many drafting styles, marked from the meaning: tests/extract/lists, lists_learnt and lists_aside.

The weights of lists_weights.tsv are learnt from the first two folders (make slot-weights); rules are written against the first
alone, and nobody who wrote rules or chose features read errors on the third. What is measured is what a user gets, as kb eval
measures it: which lists are found, which of their slots are filled, and how well the words in them agree with the marked ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.evaluate.marked import Marked, MarkedList
from kb.evaluate.score import score
from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.items import read_items
from kb.extract.lists import read_lists
from kb.extract.lists_names import kind_of
from kb.extract.lists_weights import LABELS, TABLE, weights_table
from kb.extract.topics import Topics
from kb.model import DocumentKind, Fidelity, Reference

HERE = Path(__file__).parent
SHEETS = sorted(path for folder in ("lists", "lists_learnt", "lists_aside") for path in (HERE / folder).glob("*.yml"))


def place(quote: str, text: str) -> tuple[int, int]:
    """Where a quote stands; it may run over the ends of lines."""
    match = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    assert match, f"{quote!r} is not in the body"
    return match.span()


def marked(sheet: dict[str, Any], text: str) -> Marked:
    """The marks of a sheet. Its lists have the kind of their name, since sheets do not say it."""
    lists = []
    for name, slots in sheet["lists"].items():
        rule = kind_of(name)
        places = {slot: tuple(sorted(place(quote, text) for quote in quotes)) for slot, quotes in slots.items()}
        lists.append(MarkedList(name, rule.kind if rule else "blacklist", places))
    return Marked(sheet["title"], lists=tuple(lists))


def found(sheet: dict[str, Any], reading: Reading, reference: Reference) -> Marked:
    citations = read_citations(reading, reference)
    items = read_items(reading, (), citations, (), Topics(reference))
    lists = [
        MarkedList(
            one.name,
            one.list_kind.value,
            {slot.name: tuple((f.span.start, f.span.end) for f in slot.facts) for slot in one.slots if slot.facts},
        )
        for one in read_lists(reading, items, (), citations, reference)
    ]
    return Marked(sheet["title"], lists=tuple(lists))


# A little under what was reached: that a floor is not met says that a change made the readings worse.
FLOORS = {
    "lists": {"lists": 0.97, "slots": 0.90, "slot_characters": 0.83},
    "lists_learnt": {"lists": 0.85, "slots": 0.67, "slot_characters": 0.65},
    "lists_aside": {"lists": 0.87, "slots": 0.73, "slot_characters": 0.64},
}


@pytest.mark.parametrize("folder", FLOORS)
def test_slots_are_read_in_many_styles(folder: str, reading_of: Callable[..., Reading], reference: Reference) -> None:
    pairs = []
    for path in sorted((HERE / folder).glob("*.yml")):
        sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
        meta = {"title": sheet["title"], "kind": DocumentKind(sheet.get("kind", "normative-document"))}
        reading = reading_of(sheet["body"], fidelity=Fidelity(sheet.get("fidelity", "full")), **meta)
        pairs.append((marked(sheet, reading.document.text), found(sheet, reading, reference)))
    reached = {name: round(count.f1, 3) for name, count in score(pairs).counts.items() if name in FLOORS[folder]}
    print(folder, reached)
    assert {name: f1 for name, f1 in reached.items() if f1 < FLOORS[folder][name]} == {}


@pytest.mark.parametrize("path", SHEETS, ids=[path.stem for path in SHEETS])
def test_every_mark_is_in_its_document(path: Path) -> None:
    sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert marked(sheet, sheet["body"]).lists


def test_the_table_of_weights_is_sorted_and_whole() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == ["feature", "none", *LABELS[1:]]
    features = [line.split("\t")[0] for line in lines[1:]]
    assert features == sorted(set(features))
    rows = [row.split("\t") for row in weights_table().values()]
    assert {len(row) for row in rows} == {len(LABELS)}
    assert all(any(row) for row in rows)
