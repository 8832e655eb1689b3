"""Where the files of a site go: a fresh folder, in which files that did not change are links to the published ones.

A folder is ours if it holds the marker file; only such a folder is ever replaced.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePosixPath

MARKER = ".kb-site"
_MARKER_TEXT = "This folder was written by kb and is replaced as a whole by the next build.\n"


class NotOursError(ValueError):
    """A folder that is in the way and that we did not make."""


def is_ours(folder: Path) -> bool:
    """Whether a build wrote this folder, or nobody did (it is missing or empty)."""
    if not folder.exists():
        return True
    return folder.is_dir() and not folder.is_symlink() and ((folder / MARKER).is_file() or not any(folder.iterdir()))


class Output:
    """Writes files below `folder`; those equal to the ones below `previous` become links to them (or copies)."""

    def __init__(self, folder: Path, previous: Path | None) -> None:
        if not is_ours(folder):
            raise NotOursError(f"{folder}: not a site that kb wrote; it is left as it is")
        self.folder = folder
        self.previous = previous if previous is not None and (previous / MARKER).is_file() else None
        self.files: set[str] = set()
        self.written = 0
        self.add(MARKER, _MARKER_TEXT.encode())
        self.files.discard(MARKER)
        self.written = 0

    def add(self, path: str, content: bytes) -> None:
        """Write one file. Raises ValueError where `path` leaves the folder or was written before."""
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\\" in path or path in self.files:
            raise ValueError(f"{path!r} is no new file of the site")
        self.files.add(path)
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        old = self.previous / path if self.previous else None
        if old is not None and _same(old, content):
            _link(old, target)
            return
        target.write_bytes(content)
        self.written += 1


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _link(old: Path, new: Path) -> None:
    """A second name for the file, or a copy where the file system has no links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
