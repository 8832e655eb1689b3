"""Bounds on what an archive holds, counted on the bytes that really come out of it.

A small file can unpack to gigabytes; what its directory says of sizes proves nothing.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from kb.convert.converted import RefusedError

MOST_MEMBERS = 5_000
MOST_BYTES = 200 * 2**20  # unpacked, all members together
_CHUNK = 2**16
_HINT = "open it in a word processor, save it again without pictures, and import that file"


def checked_archive(data: bytes) -> io.BytesIO:
    """The archive as a file, once all its members were seen to unpack within bounds; raises RefusedError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise RefusedError(f"it holds {len(members):,} parts; at most {MOST_MEMBERS:,} are unpacked", _HINT)
            left = MOST_BYTES
            for member in members:
                left = _unpacked(archive, member, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise RefusedError(
            f"it cannot be unpacked: {error}", "check that the file is whole and has no password"
        ) from error
    return io.BytesIO(data)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """What is left of the bound behind a member."""
    is_markup = member.filename.endswith((".xml", ".rels"))
    with archive.open(member) as part:
        behind = b""
        while chunk := part.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise RefusedError(f"it unpacks to more than {MOST_BYTES // 2**20} MB", _HINT)
            if is_markup and b"<!DOCTYPE" in behind + chunk:
                raise RefusedError(f"{member.filename} declares a document type, as no word processor does", _HINT)
            behind = chunk[-16:]
    return left
