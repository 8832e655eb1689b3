"""A page to be written: where, with which template, from what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from kb.sitegen.addresses import numbered

T = TypeVar("T")


class Later:
    """A value that is made only where something changed; `made_from` holds everything that decides it."""

    __slots__ = ("made_from", "make")

    def __init__(self, made_from: object, make: Callable[[], Any]) -> None:
        self.made_from = made_from
        self.make = make


class Page(NamedTuple):
    """`path` is below the site's folder; `section` is the entry of the navigation that it belongs to.

    The context is all that its template is given: a page whose context did not change is not rendered again. It holds
    records, texts, numbers, dates, sequences and mappings of these, and `Later` as a value.
    """

    path: str
    template: str
    title: str
    section: str
    context: Mapping[str, Any]


class Asset(NamedTuple):
    """A file that is written as it is."""

    path: str
    content: bytes | Later


def script_data(name: str, value: object) -> bytes:
    """A script that gives a global variable a value."""
    return b"var %s = %s;\n" % (name.encode(), _safe_json(value))


def script_call(name: str, value: object) -> bytes:
    """A script that calls a global function with a value."""
    return b"%s(%s);\n" % (name.encode(), _safe_json(value))


_UNSAFE = tuple((c.encode(), f"\\u{ord(c):04x}".encode()) for c in "<>&\u2028\u2029")


def _safe_json(value: object) -> bytes:
    """JSON in which nothing can end a script or a line."""
    text = msgspec.json.encode(value, order="deterministic")
    for character, escape in _UNSAFE:
        text = text.replace(character, escape)
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
