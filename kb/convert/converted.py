"""What a converter gives, and how it refuses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec

_LOOKALIKES = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), *range(0x2F00, 0x2FD6))
} | str.maketrans(
    "⻅⻉⻋⻓⻔⻘⻚⻛⻝⻢⻥⻦⻬⻰", "见贝车长门青页风食马鱼鸟齐龙"
)  # ligatures, and radicals that stand for the characters they look like
_SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u3000]+")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ufffe\uffff]")


class Converted(msgspec.Struct, frozen=True):
    """A text in Markdown, its blocks parted by blank lines, and what a person should check in it."""

    text: str
    notes: tuple[str, ...] = ()


class RefusedError(Exception):
    """A file that cannot be converted: the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def joined(blocks: Iterable[str]) -> str:
    """The blocks that hold anything, with plain spaces, parted by blank lines; a closing line end."""
    cleaned = ("\n".join(_line(line) for line in block.split("\n")).strip("\n") for block in blocks)
    return "\n\n".join(block for block in cleaned if block.strip()) + "\n"


def _line(line: str) -> str:
    """A line without odd spaces; its indent stays where it nests a point."""
    body = _SPACES.sub(" ", _NO_TEXT.sub("", line.translate(_LOOKALIKES))).strip()
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + body if body.startswith(("- ", "* ")) or body[:1].isdigit() else body
