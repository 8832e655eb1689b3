"""A workspace in an empty folder with the small base built in it, and a way to call `kb` there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from kb.cli import main


class Call(NamedTuple):
    """What a call of `kb` ended with."""

    code: int
    out: str
    err: str


Kb = Callable[..., Call]


@pytest.fixture
def place(world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace: two documents, and the base made from their facts."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "kb-build").mkdir()
    world.write(tmp_path / "kb-build" / "kb.sqlite")
    monkeypatch.chdir(tmp_path)
    for name in ("KB_AS_OF", "KB_CORPUS", "KB_BUILD", "KB_NOTES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USER", "ann")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    return tmp_path


@pytest.fixture
def kb(place: Path) -> Kb:
    """Calls `kb` in the workspace; an exception that is not an exit fails the test."""

    def call(*words: str, given: str | None = None) -> Call:
        result = CliRunner().invoke(main, list(words), input=given, prog_name="kb")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Call(result.exit_code, result.stdout, result.stderr)

    return call
