"""Where the files of a site go: a fresh folder, in which files that did not change are links to the published ones.

A folder is ours if it holds the marker file; only such a folder is ever replaced.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MARKER = ".kb-site"
STATE = ".kb-state"  # written last: a file that is younger was changed by somebody else
_NO_PARTS = {"", ".", ".."}  # of the path of a file of the site
KEPT = ".kb-kept"  # parts of pages, for the next build
_MARKER_TEXT = "This folder was written by kb and is replaced as a whole by the next build.\n"


class NotOursError(ValueError):
    """A folder that is in the way and that we did not make."""


def is_ours(folder: Path) -> bool:
    """Whether a build wrote this folder, or nobody did (it is missing or empty)."""
    if not folder.exists():
        return True
    return folder.is_dir() and not folder.is_symlink() and ((folder / MARKER).is_file() or not any(folder.iterdir()))


class Published:
    """A site that stands in its place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        state = folder / STATE
        self._at = state.stat().st_mtime_ns if state.is_file() else 0

    def has(self, path: str, size: int) -> bool:
        """Whether the site has this file with this size, and nobody wrote to it since it was published."""
        try:
            found = os.stat(f"{self.folder}/{path}")  # noqa: PTH116 - hundreds of files: half of a Path's time is its own
        except OSError:
            return False
        return found.st_size == size and found.st_mtime_ns <= self._at

    def kept(self) -> bytes:
        """The parts that were stored for the next build; nothing where they are not as they were published."""
        try:
            file = self.folder / KEPT
            return file.read_bytes() if file.stat().st_mtime_ns <= self._at else b""
        except OSError:
            return b""


class Output:
    """Writes files below `folder`; those equal to the ones below `previous` become links to them (or copies)."""

    def __init__(self, folder: Path, previous: Path | None) -> None:
        if not is_ours(folder):
            raise NotOursError(f"{folder}: not a site that kb wrote; it is left as it is")
        self.folder = folder
        self.previous = Published(previous) if previous is not None and (previous / MARKER).is_file() else None
        self._made = {""}
        self._paths: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)
        self.add(MARKER, _MARKER_TEXT.encode())

    def add(self, path: str, content: bytes) -> bool:
        """Write one file; returns whether it is new or other than the published one.

        Raises ValueError where `path` leaves the folder or was written before.
        """
        target = self._target(path)
        if self.previous and _same(old := f"{self.previous.folder}/{path}", content):
            _link(old, target)
            return False
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(content)
        return True

    def keep(self, path: str, size: int) -> bool:
        """Take over the published file of this path; False where it is not as it was published."""
        if self.previous is None or not self.previous.has(path, size):
            return False
        _link(f"{self.previous.folder}/{path}", self._target(path))
        return True

    def _target(self, path: str) -> str:
        if not _NO_PARTS.isdisjoint(path.split("/")) or "\\" in path or path in self._paths:
            raise ValueError(f"{path!r} is no new file of the site")
        self._paths.add(path)
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            (self.folder / parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        return f"{self.folder}/{path}"


def _same(path: str, content: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == content
    except OSError:
        return False


def _link(old: str, new: str) -> None:
    """A second name for the file, or a copy where the file system has no links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
