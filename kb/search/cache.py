"""The index folder as a private, disposable cache: its manifest, and the checks before anything in it is opened.

Whoosh unpickles parts of its files when it opens them, so a file that somebody else wrote could run code. The folder is
therefore mode 0700 and belongs to the user, and every file in it must have the digest that the build recorded.
"""

from __future__ import annotations

import os
import stat
from _blake2 import blake2b  # of hashlib, which loads OpenSSL first: that takes longer than all the checks
from pathlib import Path

import msgspec

from kb import __version__
from kb.search.records import SearchError

FORMAT = "4"  # raised when files of the index change; another one is built anew
MANIFEST = "MANIFEST.json"
LINES = "passages.jsonl"  # plain text, the largest file: each line is checked when it is read, not all of them at once


class Manifest(msgspec.Struct, frozen=True):
    """What a build recorded: versions, the corpus it was made from, digests of all files, and of each document's passages."""

    format: str
    version: str
    corpus: str
    files: dict[str, str]  # LINES by its size alone
    documents: dict[str, str]


def write_manifest(folder: Path, corpus: str, documents: dict[str, str]) -> None:
    """Record every file of `folder` and make all of it private."""
    files = {}
    for path in sorted(folder.iterdir()):
        path.chmod(0o600)
        size = path.stat().st_size
        files[path.name] = str(size) if path.name == LINES else _digest(path.read_bytes())
    manifest = Manifest(FORMAT, __version__, corpus, files, documents)
    path = folder / MANIFEST
    path.write_bytes(msgspec.json.encode(manifest, order="deterministic"))
    path.chmod(0o600)
    folder.chmod(0o700)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=32).hexdigest()


def check_of(line: bytes) -> bytes:
    """What is recorded of a line of LINES: eight bytes."""
    return blake2b(line, digest_size=8).digest()


def verify(folder: Path) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest of an index and the content of its files but LINES, all as recorded.

    Raises SearchError where the folder is missing, not private, of another version, or holds what no build wrote.
    """
    _check_private(folder)
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise SearchError(f"{folder}: not a search index ({error})") from error
    if (manifest.format, manifest.version) != (FORMAT, __version__):
        made, ours = f"{manifest.version} (format {manifest.format})", f"{__version__} (format {FORMAT})"
        raise SearchError(f"{folder}: the search index is of version {made}, this is {ours}")
    found = {path.name for path in folder.iterdir()} - {MANIFEST}
    if strange := sorted(found ^ set(manifest.files)):
        raise SearchError(f"{folder}: the search index is not as it was built: {strange[0]} is missing or was added")
    content = {}
    for name, digest in manifest.files.items():
        if name == LINES:
            continue
        content[name] = _read(folder / name)
        if _digest(content[name]) != digest:
            raise SearchError(
                f"{folder}: {name} is not the file that was built; it is not opened, since it could run code"
            )
    return manifest, content


def is_whole(folder: Path) -> bool:
    """Whether the index stands as a build of this version wrote it."""
    try:
        manifest, _ = verify(folder)
        return str((folder / LINES).stat().st_size) == manifest.files[LINES]
    except (OSError, KeyError, SearchError):
        return False


def _read(path: Path) -> bytes:
    """The bytes of a plain file; a link is refused, since what it points to could be exchanged."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            return file.read()
    except OSError as error:
        raise SearchError(f"{path}: cannot be read ({error.strerror})") from error


def _check_private(folder: Path) -> None:
    try:
        found = folder.lstat()
    except OSError as error:
        raise SearchError(f"{folder}: there is no search index") from error
    if not stat.S_ISDIR(found.st_mode):
        raise SearchError(f"{folder}: the search index is not a folder")
    if os.name != "posix":
        return
    if found.st_uid != os.getuid():
        raise SearchError(
            f"{folder}: the search index belongs to another user; it is not opened, since it could run code"
        )
    if found.st_mode & 0o077:
        raise SearchError(
            f"{folder}: the search index is open to other users (mode {found.st_mode & 0o777:o}); it is not opened"
        )
