"""Short list measures in different drafting and typography, each read as its meaning says: tests/extract/lists/*.yml.

What a slot must hold was marked from the meaning before the rules were run on the text, then corrected where the guide
(docs/lists.md) decides otherwise. A sheet's `missed` and `extra` name what is still read wrong, so that the rest is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.items import read_items
from kb.extract.lists import read_lists
from kb.extract.topics import Topics
from kb.model import DocumentKind, Fidelity, Reference

SHEETS = sorted((Path(__file__).parent / "lists").glob("*.yml"))
Found = dict[str, dict[str, list[str]]]


def plain(quotes: list[str]) -> list[str]:
    """Quotes without line ends and closing marks, sorted."""
    return sorted(" ".join(quote.split()).rstrip(" .;") for quote in quotes)


def expected(sheet: dict[str, Any]) -> Found:
    """What the rules are to give: what is marked, without what is missed, with what they give too much."""
    found: Found = {}
    for name, slots in sheet["lists"].items():
        missed = sheet.get("missed", {}).get(name, {})
        extra = sheet.get("extra", {}).get(name, {})
        for slot in dict.fromkeys([*slots, *extra]):
            marked = set(plain(slots.get(slot, []))) - set(plain(missed.get(slot, [])))
            quotes = sorted(marked | set(plain(extra.get(slot, []))))
            if quotes:
                found.setdefault(name.lower(), {})[slot] = quotes
    return found


@pytest.mark.parametrize("path", SHEETS, ids=[path.stem for path in SHEETS])
def test_reads_each_document_as_marked(path: Path, reading_of: Callable[..., Reading], reference: Reference) -> None:
    sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
    meta = {"title": sheet["title"], "kind": DocumentKind(sheet.get("kind", "normative-document"))}
    reading = reading_of(sheet["body"], fidelity=Fidelity(sheet.get("fidelity", "full")), **meta)
    citations = read_citations(reading, reference)
    items = read_items(reading, (), citations, Topics(reference))
    found = {
        standard.name.lower(): {s.name: plain([f.span.quote for f in s.facts]) for s in standard.slots if s.facts}
        for standard in read_lists(reading, items, (), citations, reference)
    }
    assert found == expected(sheet)


@pytest.mark.parametrize("path", SHEETS, ids=[path.stem for path in SHEETS])
def test_every_mark_is_in_its_document(path: Path) -> None:
    sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
    body = " ".join(sheet["body"].split()).lower()
    sides = [sheet["lists"], sheet.get("missed", {}), sheet.get("extra", {})]
    quotes = [q for side in sides for slots in side.values() for marks in slots.values() for q in plain(marks)]
    assert [quote for quote in quotes if quote.lower() not in body] == []
