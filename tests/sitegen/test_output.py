"""Files go to a folder of ours alone; what did not change keeps its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.sitegen import NotOursError, is_ours
from kb.sitegen.output import MARKER, STATE, Output


def test_an_unchanged_file_is_the_same_file(tmp_path: Path) -> None:
    first = Output(tmp_path / "one", None)
    assert first.add("a.html", b"same")
    assert first.add("b.html", b"old")
    second = Output(tmp_path / "two", tmp_path / "one")
    assert not second.add("a.html", b"same")
    assert second.add("b.html", b"new")
    assert (tmp_path / "two/a.html").stat().st_mtime_ns == (tmp_path / "one/a.html").stat().st_mtime_ns
    assert (tmp_path / "two/b.html").read_bytes() == b"new"
    assert (tmp_path / "one/b.html").read_bytes() == b"old"


def published(folder: Path) -> Path:
    """A site with one page, as it was published a minute ago."""
    Output(folder, None).add("a.html", b"page")
    (folder / STATE).touch()
    for file in folder.iterdir():
        os.utime(file, ns=(0, file.stat().st_mtime_ns - 60 * 10**9))
    return folder


def test_a_published_file_is_taken_over(tmp_path: Path) -> None:
    output = Output(tmp_path / "two", published(tmp_path / "one"))
    assert output.keep("a.html", 4)
    assert (tmp_path / "two/a.html").read_bytes() == b"page"


def test_a_file_that_somebody_changed_is_not_taken_over(tmp_path: Path) -> None:
    (published(tmp_path / "one") / "a.html").write_bytes(b"mine")
    assert not Output(tmp_path / "two", tmp_path / "one").keep("a.html", 4)


@pytest.mark.parametrize(("path", "size"), [("a.html", 5), ("b.html", 4)], ids=["other-size", "missing"])
def test_what_is_not_as_it_was_published_is_not_taken_over(tmp_path: Path, path: str, size: int) -> None:
    assert not Output(tmp_path / "two", published(tmp_path / "one")).keep(path, size)


def test_nothing_is_taken_over_from_a_site_without_a_state(tmp_path: Path) -> None:
    (published(tmp_path / "one") / STATE).unlink()
    assert not Output(tmp_path / "two", tmp_path / "one").keep("a.html", 4)


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
