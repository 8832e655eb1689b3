"""What was made from one document alone, beside the published site: a change of one document does not make that of others anew.

A part stands under its kind and document with a key: a hash of what it was made from, and of what decides every part (code,
tables, date). A part that has another key, or cannot be read, is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Parts = dict[str, dict[str, tuple[bytes, bytes]]]  # kind -> document -> key, and the value as MessagePack


class Kept:
    """The parts of the published site as it stored them, and those that were made since; `shared` is what decides all."""

    def __init__(self, shared: bytes = b"", stored: bytes = b"") -> None:
        self._shared = shared
        self._made: Parts = {}
        self._parts: Parts = {}
        with suppress(msgspec.DecodeError):
            self._parts = msgspec.msgpack.decode(stored, type=Parts)

    def part(self, kind: str, document: str, made_from: Iterable[bytes], make: Callable[[], T], record: Any) -> T:
        """The part of this kind and document: what `make` returns, of the type `record`."""
        key = hashlib.sha256(b"\0".join((self._shared, *made_from))).digest()
        own = self._parts.get(kind, {}).get(document)
        if own and own[0] == key:
            with suppress(msgspec.DecodeError):
                kept: T = msgspec.msgpack.decode(own[1], type=record)
                return kept
        value = make()
        self._made.setdefault(kind, {})[document] = (key, msgspec.msgpack.encode(value))
        return value

    def taken(self) -> Parts:
        """The parts that were made since the last call; to be given to `add` where another process made them."""
        made, self._made = self._made, {}
        return made

    def add(self, made: Parts) -> None:
        """Put new parts in the place of older ones."""
        for kind, own in made.items():
            self._parts.setdefault(kind, {}).update(own)

    def stored(self, documents: Mapping[str, object]) -> bytes:
        """The parts of these documents, to be stored."""
        of_these = {k: {d: part for d, part in own.items() if d in documents} for k, own in self._parts.items()}
        return msgspec.msgpack.encode(of_these, order="deterministic")
