"""Whole documents of many typographies against trees that were read by a person: trees/<name>.md and .tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.model import Document

TREES = sorted((Path(__file__).parent / "trees").glob("*.md"))


@pytest.mark.parametrize("path", TREES, ids=[path.stem for path in TREES])
def test_reads_the_structure_of_a_document(
    path: Path, parsed: Callable[[str], Document], printed_tree: Callable[[Document], str]
) -> None:
    expected = path.with_suffix(".tree").read_text(encoding="utf-8")
    assert printed_tree(parsed(path.read_text(encoding="utf-8"))) == expected


@pytest.mark.parametrize("path", TREES, ids=[path.stem for path in TREES])
def test_line_ends_do_not_change_the_tree(
    path: Path, parsed: Callable[[str], Document], printed_tree: Callable[[Document], str]
) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    assert printed_tree(parsed(text)) == path.with_suffix(".tree").read_text(encoding="utf-8")
