"""Which lists short documents have, under which names and of which kinds: the cases of lists_named.yml."""

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
from kb.extract.lists_names import read_mentions
from kb.extract.topics import Topics
from kb.model import DocumentKind, Reference

TABLE = yaml.safe_load((Path(__file__).parent / "lists_named.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["documents"], ids=[case["title"] for case in TABLE["documents"]])
def test_finds_the_lists_of_a_document(
    case: dict[str, Any], reading_of: Callable[..., Reading], reference: Reference
) -> None:
    kind = DocumentKind(case.get("kind", "normative-document"))
    reading = reading_of(f"# {case['title']}\n\n{case['body']}", title=case["title"], kind=kind)
    citations = read_citations(reading, reference)
    items = read_items(reading, (), citations, (), Topics(reference))
    found = read_lists(reading, items, (), citations, reference)
    assert {one.name: one.list_kind.value for one in found} == case["lists"]


@pytest.mark.parametrize(("text", "names"), TABLE["sentences"].items())
def test_cuts_the_name_out_of_a_sentence(text: str, names: list[str]) -> None:
    assert [mention.name for mention in read_mentions(text, 0, len(text))] == names
