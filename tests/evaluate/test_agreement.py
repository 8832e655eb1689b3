"""Two readers of one document: how far they agree is printed, and their sheets fit the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.corpus import source_from_text
from kb.evaluate import MEASURES, Marked, read_sheet, score

GOLD = Path(__file__).parent.parent / "gold"
SECOND = sorted((GOLD / "second").glob("*.annot.yml"))


def both(sheet: Path) -> tuple[Marked, Marked]:
    """The first and the second reader's marks of a document."""
    name = sheet.name.removesuffix(".annot.yml")
    source, _ = source_from_text((GOLD / f"{name}.md").read_bytes().decode(), f"{name}.md")
    return read_sheet(GOLD / sheet.name, source.body), read_sheet(sheet, source.body)


def test_two_documents_were_read_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(SECOND) >= 2
    agreement = score([both(sheet) for sheet in SECOND])
    with capsys.disabled():
        print(f"\nagreement of two readers on {len(SECOND)} documents:")
        for name, count in agreement.counts.items():
            print(f"  {MEASURES[name]:36}F1 {count.f1:.3f}   marked {count.gold} and {count.found}")
    assert agreement.counts["items"].f1 > 0.9
