"""A place that cannot be written, or a wrong folder, is a line and a hint, never a traceback; a defect keeps its own."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import click
import pytest

from kb.cli.failures import failure_of
from kb.paths import PACKAGE
from kb.workspace import ConfigError

PLACES = [
    ("build", ("--build", "a-file", "build")),
    ("a folder below a file", ("--build", "a-file/below", "build")),
    ("notes", ("--notes", "a-file", "mark", "cn-plan-2014#sec_1__subsec_1~1", "in-progress")),
    ("out", ("export", "csv", "--as-of", "2018-10-24", "--out", "a-file/x.csv")),
    ("database", ("export", "sqlite", "--out", "a-file/kb.sqlite")),
    ("site", ("site", "--out", "a-file/site")),
]


@pytest.mark.parametrize("words", [w for _, w in PLACES], ids=[n for n, _ in PLACES])
def test_a_place_that_cannot_be_written_is_one_line_and_a_hint(kb: Any, place: Path, words: tuple[str, ...]) -> None:
    (place / "a-file").write_text("mine")
    (place / "corpus" / "cn-one-2016.md").write_text("---\nid: cn-one-2016\n---\n")
    call = kb(*words)
    message, hint = call.err.splitlines()[-2:]
    assert call.code == 2
    assert message.startswith("kb: ") and hint.startswith("hint: ")
    assert (place / "a-file").read_text() == "mine"


@pytest.mark.parametrize(
    "words", [("show", "\udcff"), ("due", "--actor", "\udcffabc"), ("correct", "\udcff", "--accept")]
)
def test_a_word_that_is_no_text_is_a_wrong_call(kb: Any, words: tuple[str, ...]) -> None:
    call = kb(*words)
    assert (call.code, call.err.splitlines()[0]) == (2, "kb: a word of this call is not UTF-8")


ERRORS: list[tuple[Exception, str | None]] = [
    (PermissionError(errno.EACCES, "Permission denied", "/read/only"), "/read/only: Permission denied"),
    (OSError(errno.EROFS, "Read-only file system", Path("/read/only")), "/read/only: Read-only file system"),
    (OSError(errno.ENOSPC, "No space left on device", "/full"), "/full: No space left on device"),
    (ConfigError("kb.toml: bad", "mend it"), "kb.toml: bad"),
    (OSError(errno.EPIPE, "Broken pipe"), None),
    (FileNotFoundError(errno.ENOENT, "No such file", str(PACKAGE / "extract" / "rules.yaml")), None),
    (FileNotFoundError("no data"), None),
    (KeyError("x"), None),
]


@pytest.mark.parametrize(("error", "message"), ERRORS, ids=[repr(e) for e, _ in ERRORS])
def test_only_what_a_person_can_mend_is_explained(error: Exception, message: str | None) -> None:
    found = failure_of(error)
    assert (found and found.message) == message
    assert found is None or (found.code == 2 and found.hint)


@pytest.mark.parametrize("error", [KeyboardInterrupt, click.Abort], ids=["ctrl-c", "end of input"])
def test_an_interrupted_command_ends_with_130(
    error: type[BaseException], kb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("kb.cli.doctor.workspace", stop)
    call = kb("doctor")
    assert call.code == (130 if error is KeyboardInterrupt else 1)
    assert "Traceback" not in call.err


def test_a_prompt_left_by_ctrl_c_ends_with_130(kb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def prompt(*_: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            raise click.Abort from None

    monkeypatch.setattr("kb.cli.doctor.workspace", prompt)
    assert kb("doctor").code == 130


def test_a_folder_without_documents_empties_no_base(kb: Any, place: Path) -> None:
    (place / "empty").mkdir()
    before = (place / "kb-build" / "kb.sqlite").read_bytes()
    call = kb("--corpus", "empty", "build")
    assert (call.code, call.out) == (2, "")
    assert call.err.splitlines() == [f"kb: no document in {place / 'empty'}", "hint: name the folder that holds the documents"]  # fmt: skip
    assert (place / "kb-build" / "kb.sqlite").read_bytes() == before


def test_a_folder_of_other_markdown_empties_no_base(kb: Any, place: Path) -> None:
    (place / "blog").mkdir()
    (place / "blog" / "post.md").write_text("# Hello\n")
    before = (place / "kb-build" / "kb.sqlite").read_bytes()
    call = kb("--corpus", "blog", "build")
    assert call.code == 2
    assert "that can be read: blog/post.md" in call.err
    assert (place / "kb-build" / "kb.sqlite").read_bytes() == before


def test_wrong_settings_list_the_keys(kb: Any, place: Path) -> None:
    (place / "kb.toml").write_text('bild = "x"\n')
    call = kb("config")
    assert call.code == 2
    assert "hint: keys: corpus, build, notes, as_of; all are optional" in call.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serch", "lists"), "No such command 'serch'. Did you mean search or serve?"),
        (("frobnicate",), "No such command 'frobnicate'."),
        (("build", "--corpus", "mine"), "--corpus goes before the command: kb --corpus DIR build"),
        (("search", "--notes", "mine", "lists"), "--notes goes before the command: kb --notes DIR search"),
        (("agenda", "--as-of", "9999-12-31"), "'9999-12-31' lies too far ahead; years go to 2999"),
    ],
)
def test_a_call_that_cannot_be_meant_says_what_may_be(kb: Any, words: tuple[str, ...], said: str) -> None:
    call = kb(*words)
    assert call.code == 2
    assert call.err.rstrip().endswith(said)


def test_an_empty_log_says_so(kb: Any) -> None:
    call = kb("log")
    assert (call.code, call.out) == (0, "")
    assert call.err.startswith("Nothing was entered in ")
