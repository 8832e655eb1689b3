"""Files go to a folder of ours alone; what did not change keeps its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.sitegen import NotOursError, is_ours
from kb.sitegen.output import MARKER, Output


def test_an_unchanged_file_is_the_same_file(tmp_path: Path) -> None:
    first = Output(tmp_path / "one", None)
    first.add("a.html", b"same")
    first.add("b.html", b"old")
    second = Output(tmp_path / "two", tmp_path / "one")
    second.add("a.html", b"same")
    second.add("b.html", b"new")
    assert (first.written, second.written) == (2, 1)
    assert (tmp_path / "two/a.html").stat().st_mtime_ns == (tmp_path / "one/a.html").stat().st_mtime_ns
    assert (tmp_path / "two/b.html").read_bytes() == b"new"
    assert (tmp_path / "one/b.html").read_bytes() == b"old"


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    assert not is_ours(tmp_path)
    with pytest.raises(NotOursError):
        Output(tmp_path, None)
    assert [p.name for p in tmp_path.iterdir()] == ["letters.txt"]


def test_an_empty_folder_and_one_with_the_marker_are_ours(tmp_path: Path) -> None:
    assert is_ours(tmp_path)
    assert is_ours(tmp_path / "new")
    (tmp_path / MARKER).touch()
    (tmp_path / "index.html").touch()
    assert is_ours(tmp_path)


@pytest.mark.parametrize("path", ["", "/etc/x", "../x", "a/../../x", "a\\b"])
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    output = Output(tmp_path / "out", None)
    with pytest.raises(ValueError, match="no new file"):
        output.add(path, b"")


def test_a_path_is_written_once(tmp_path: Path) -> None:
    output = Output(tmp_path / "out", None)
    output.add("a.html", b"")
    with pytest.raises(ValueError, match="no new file"):
        output.add("a.html", b"")
