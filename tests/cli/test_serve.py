"""kb serve keeps watching whatever is saved, and answers to its own machine alone."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kb.pipeline
from kb.cli import serve
from kb.workspace import EmptyCorpusError, Workspace

ERRORS = [
    # what a build of a half-saved corpus ends with, what is said
    (EmptyCorpusError("no document in corpus", "name the folder"), "kb: not rebuilt: no document in corpus\nhint: name the folder\n"),
    (OSError(errno.EACCES, "Permission denied", "corpus/a.md"), "kb: not rebuilt: corpus/a.md: Permission denied\nhint: name a folder"),
    (ValueError("a defect of the rules"), "kb: not rebuilt: a defect of the rules\n"),
    (KeyError(), "kb: not rebuilt: KeyError\n"),
]  # fmt: skip


def space(root: Path) -> Workspace:
    for name in ("corpus", "notes"):
        (root / name).mkdir(exist_ok=True)
    return Workspace(root, root / "corpus", root / "build", root / "notes", None, {})


@pytest.mark.parametrize(("error", "said"), ERRORS, ids=[type(e).__name__ for e, _ in ERRORS])
def test_a_build_that_fails_is_said_and_does_not_end_the_watch(
    error: Exception, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(kb.pipeline, "build", fails)
    serve._rebuild_if_possible(space(tmp_path), date(2018, 10, 24))
    assert capsys.readouterr().err.startswith(said)


def test_every_change_of_a_file_is_followed_by_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class EnoughError(Exception):
        """Ends the watch, which ends with the program else."""

    here = space(tmp_path)
    edits: list[Any] = [
        lambda: None,
        lambda: (here.corpus / "a.md").write_text("half", encoding="utf-8"),
        (here.corpus / "a.md").unlink,
        lambda: None,
        lambda: (here.notes / "progress.log").write_text("{}\n", encoding="utf-8"),
    ]
    built: list[set[str]] = []

    def wait(_: float) -> None:
        if not edits:
            raise EnoughError
        edits.pop(0)()

    def build(one: Workspace, _: date) -> None:
        built.append({path.name for path, _ in serve._state(one)})

    monkeypatch.setattr("time.sleep", wait)
    monkeypatch.setattr(serve, "_rebuild_if_possible", build)
    with pytest.raises(EnoughError):
        serve._watch(here, date(2018, 10, 24))
    assert built == [{"a.md"}, set(), {"progress.log"}]
