"""What went wrong outside the program -> the line, the hint and the exit code that a person gets instead of a traceback.

Only what a person can mend has a row here: a place that cannot be read or written, settings or words that
cannot be used, another build at work. Any other error is a defect and keeps its traceback.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import NamedTuple

import filelock

from kb.cli.common import EXIT_LOCKED, EXIT_USAGE
from kb.paths import PACKAGE
from kb.workspace import ConfigError

_DENIED = "name a folder you may write to (kb --build DIR, kb --notes DIR, --out PATH), or change its permissions"
_IN_THE_WAY = "a file stands where a folder is needed, or the other way round: name another place"
_NO_ROOM = "make room on the disk, or name another place"
_HINTS = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOTEMPTY: _IN_THE_WAY,
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.ENOENT: "check the path",
    errno.ELOOP: "check the path",
    errno.ENAMETOOLONG: "name a shorter path",
}


class Failure(NamedTuple):
    """What `fail` takes."""

    message: str
    code: int
    hint: str = ""


def failure_of(error: Exception) -> Failure | None:
    """How the command ends with this error, None where the error is a defect of the program."""
    match error:
        case ConfigError():
            return Failure(str(error), EXIT_USAGE, error.hint)
        case OSError(filename=str() | bytes() | Path()) if error.errno in _HINTS and not _is_ours(error.filename):
            return Failure(f"{error.filename}: {error.strerror}", EXIT_USAGE, _HINTS[error.errno])
        case filelock.Timeout():
            folder = Path(error.lock_file).parent
            return Failure(f"{folder}: another build is at work", EXIT_LOCKED, "wait for it to end, then try again")
        case UnicodeEncodeError(reason="surrogates not allowed"):  # what Python makes of bytes that are no text
            return Failure("a word of this call is not UTF-8", EXIT_USAGE, "write it again in UTF-8")
        case _:
            return None


def _is_ours(filename: object) -> bool:
    """Whether the file is one of the package, whose lack is no fault of the person."""
    return Path(str(filename)).is_relative_to(PACKAGE)
