"""What a published site was made from, beside its pages: so that the next build makes only what changed.

Every file has a key: a hash of all that decides its bytes, that is of the context of its page (records with their
addresses and statuses, as the template gets them), of the code, templates and tables, and of the as-of date. Where the
key is that of the published file, nothing is rendered, written or checked. The keys follow from the store and the date
alone, so that they are the same whatever was built before.
"""

from __future__ import annotations

import hashlib
from datetime import date
from importlib.metadata import version
from pathlib import Path

import msgspec

from kb.paths import PACKAGE, data_folder
from kb.sitegen.output import STATE
from kb.sitegen.page import Asset, Later, Page
from kb.sitegen.shown import Shown
from kb.store import Base
from kb.track import Notes

_LIBRARIES = ("icalendar", "jinja2", "markupsafe", "msgspec")  # which have a say in the bytes of files
_CODE = {".py", ".yaml", ".sql"}


class File(msgspec.Struct, frozen=True, array_like=True):
    """A file of the site: the key of what it was made from, its size, and for pages their ids, one a line."""

    key: str
    size: int
    ids: str = ""


class State(msgspec.Struct, frozen=True):
    """`whole` names everything that the site was made from; `clean` tells that its links were found to lead somewhere."""

    whole: str = ""
    clean: bool = False
    files: dict[str, File] = {}


def read_state(folder: Path | None) -> State:
    """The state of a published site, an empty one where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=State) if folder else State()
    except (OSError, msgspec.DecodeError):
        return State()


def write_state(folder: Path, state: State) -> None:
    """Write the state, after all other files: a file that is younger was changed by somebody else."""
    (folder / STATE).write_bytes(msgspec.json.encode(state, order="deterministic"))


class Keys:
    """Gives pages and assets their keys; `shared` is what decides all of them."""

    def __init__(self, *shared: object) -> None:
        self._encode = msgspec.msgpack.Encoder(enc_hook=_contents).encode
        self.shared = hashlib.sha256(self._encode(shared)).digest()

    def of(self, piece: Page | Asset) -> str:
        """The key of what `piece` is made from."""
        return hashlib.sha256(self.shared + self._encode(piece)).hexdigest()[:32]


def _contents(value: object) -> object:
    """What stands for a value that has no form of its own in bytes."""
    if isinstance(value, Shown):
        return value.digest
    if isinstance(value, Later):
        return value.made_from
    raise TypeError(f"a page cannot be made from a {type(value).__name__}")


def theme_digest() -> str:
    """A hash of what decides how pages look: code, tables, templates, assets, and the libraries that write."""
    sha = hashlib.sha256()
    code = sorted(f for f in PACKAGE.rglob("*") if f.suffix in _CODE)
    for file in (*code, *sorted(f for f in data_folder("site").rglob("*") if f.is_file())):
        content = file.read_bytes()
        sha.update(f"{file.name}\0{len(content)}\0".encode() + content)
    sha.update("".join(f"{name} {version(name)}\0" for name in _LIBRARIES).encode())
    return sha.hexdigest()


def whole_key(base: Base, as_of: date, notes: Path | None, base_url: str, theme: str) -> str:
    """Names everything that a site is made from: two sites with the same key have the same bytes."""
    sha = hashlib.sha256(f"{theme}\0{as_of}\0{base_url}\0".encode())
    files = [base.path, *((notes / name for name in Notes.FILES) if notes else ())]
    for file in files:
        if file.is_file():
            with file.open("rb") as content:
                sha.update(hashlib.file_digest(content, "sha256").digest())
        sha.update(b"\0")
    return sha.hexdigest()
