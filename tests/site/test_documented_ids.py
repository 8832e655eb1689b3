"""Ids in the documentation and in the help of commands stand in the bundled base, so that they can be tried."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ID = re.compile(r"\bcn-[a-z0-9-]+-20\d\d#[\w~-]+")


def test_ids_that_are_printed_as_examples_exist(built: Any) -> None:
    files = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "kb" / "cli").glob("*.py")]
    printed = {found for file in files for found in ID.findall(file.read_text(encoding="utf-8"))}
    base = built.base
    known = {item.id for item in base.items()} | {entry.id for entry in base.lists()}
    for meta in base.metadata():
        document = base.document(meta.id)
        known |= {f"{meta.id}#{p.eid}" for p in document.provisions}
    assert printed
    assert sorted(printed - known) == []
