"""The recorded figures become rows, dev and test apart; without a record there is none, and About says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kb.sitegen.accuracy import Accuracy, Figures, Measure, read_accuracy
from kb.sitegen.pages import home

ROW = {"label": "items found", "p": 0.9, "r": 0.8, "f1": 0.847, "gold": 20}


def test_reads_both_sets(tmp_path: Path) -> None:
    only_test = {**ROW, "label": "times"}
    record = {"dev": {"documents": 3, "items": ROW}, "test": {"documents": 2, "items": ROW, "times": only_test}}
    (tmp_path / "a.json").write_text(json.dumps(record))
    items, times = Figures(**ROW), Figures(**only_test)  # type: ignore[arg-type]
    assert read_accuracy(tmp_path / "a.json") == Accuracy(
        3, 2, (Measure("items found", items, items), Measure("times", None, times))
    )


def test_no_record_is_no_figure(tmp_path: Path) -> None:
    assert read_accuracy(tmp_path / "missing.json") is None


@pytest.mark.parametrize("text", ["", "[]", '{"dev": {"items": "good"}}'])
def test_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(msgspec.DecodeError):
        read_accuracy(tmp_path / "a.json")


def test_about_says_that_nothing_was_recorded(
    world: Any, write: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "read_accuracy", lambda _: None)
    about = (write(world)[0] / "about.html").read_text(encoding="utf-8")
    assert "No figures were recorded for this build." in about
