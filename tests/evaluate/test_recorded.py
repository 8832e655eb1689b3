"""The figures that docs and site show are of the marked documents there are.

Where this fails: kb eval --update docs/accuracy.md --record site/accuracy.json
"""

from __future__ import annotations

import json
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_recorded_figures_are_of_the_marked_documents_there_are() -> None:
    sheets = {path.name.removesuffix(".annot.yml") for path in (ROOT / "tests" / "gold").glob("*.annot.yml")}
    aside = set(yaml.safe_load((ROOT / "tests" / "gold" / "split.yml").read_text(encoding="utf-8"))["test"])
    assert aside < sheets
    marked = {"dev": len(sheets - aside), "test": len(aside)}
    recorded = json.loads((ROOT / "site" / "accuracy.json").read_text(encoding="utf-8"))
    assert {name: recorded[name]["documents"] for name in marked} == marked
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert [name for name, count in marked.items() if f"{name} ({count} documents)" not in page] == []
