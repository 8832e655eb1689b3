"""Sentences on lists in many drafting styles: each fills the one slot that its meaning says (lists_sentences.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kb.extract.lists_slots import filled

SENTENCES: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("lists_sentences.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("slot", SENTENCES)
def test_reads_every_way_to_say_it(slot: str) -> None:
    expected = {sentence: [] if slot == "none" else [slot] for sentence in SENTENCES[slot]}
    assert {sentence: [found for found, _, _ in filled(sentence, "")] for sentence in SENTENCES[slot]} == expected
