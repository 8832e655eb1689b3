"""A page to be written: where, with which template, from what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from kb.sitegen.addresses import numbered

T = TypeVar("T")


class Page(NamedTuple):
    """`path` is below the site's folder; `section` is the entry of the navigation that it belongs to."""

    path: str
    template: str
    title: str
    section: str
    context: Mapping[str, Any]


class Asset(NamedTuple):
    """A file that is written as it is."""

    path: str
    content: bytes


def script_data(name: str, value: object) -> bytes:
    """A script that gives a global variable a value."""
    return f"var {name} = {_safe_json(value)};\n".encode()


def script_call(name: str, value: object) -> bytes:
    """A script that calls a global function with a value."""
    return f"{name}({_safe_json(value)});\n".encode()


def _safe_json(value: object) -> str:
    """JSON in which nothing can end a script or a line."""
    text = msgspec.json.encode(value, order="deterministic").decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


class Sheet(NamedTuple):
    """One part of a long table: its rows, its number, and the paths of all parts."""

    rows: Sequence[Any]
    number: int
    paths: tuple[str, ...]

    @property
    def path(self) -> str:
        return self.paths[self.number - 1]


def sheets(path: str, rows: Sequence[T], size: int) -> Iterator[Sheet]:
    """The rows in parts of at most `size`, at least one part: page.html, page-2.html, …"""
    number = max(1, -(-len(rows) // size))
    paths = tuple(numbered(path, n) for n in range(1, number + 1))
    for n in range(number):
        yield Sheet(rows[n * size : (n + 1) * size], n + 1, paths)
