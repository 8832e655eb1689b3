"""A part is taken over where all that it was made from is the same, and made anew in every other case."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest

from kb.sitegen.kept import Kept

NUMBERS = {"terms": {"one": [1, 2], "two": [3]}}


def stored(shared: bytes = b"rules") -> bytes:
    """Two parts of a kind, as a build stores them."""
    kept = Kept(shared)
    for document, numbers in NUMBERS["terms"].items():
        kept.part("terms", document, [b"text"], partial(list, numbers), list[int])
    kept.add(kept.taken())
    return kept.stored(NUMBERS["terms"])


def of_other_type() -> bytes:
    """The parts, each with a value that is no list of numbers."""
    parts = msgspec.msgpack.decode(stored())
    return msgspec.msgpack.encode({k: {d: (key, b"\xa1x") for d, (key, _) in v.items()} for k, v in parts.items()})


@pytest.mark.parametrize(
    ("shared", "found", "document", "made_from", "again"),
    [
        (b"rules", stored(), "one", [b"text"], [1, 2]),
        (b"rules", stored(), "one", [b"text "], [9]),
        (b"rules", stored(), "one", [b"te", b"xt"], [9]),
        (b"other rules", stored(), "one", [b"text"], [9]),
        (b"rules", stored(), "three", [b"text"], [9]),
        (b"rules", stored()[:-1], "one", [b"text"], [9]),
        (b"rules", b"", "one", [b"text"], [9]),
        (b"rules", b"\x90", "one", [b"text"], [9]),
        (b"rules", of_other_type(), "one", [b"text"], [9]),
    ],
    ids=["same", "text", "parts-of-text", "shared", "document", "cut", "none", "other-file", "other-value"],
)
def test_a_part_is_taken_over_or_made(
    shared: bytes, found: bytes, document: str, made_from: list[bytes], again: list[int]
) -> None:
    assert Kept(shared, found).part("terms", document, made_from, lambda: [9], list[int]) == again


def test_new_parts_take_the_place_of_older_ones_and_those_of_no_document_go() -> None:
    kept = Kept(b"rules", stored())
    kept.part("terms", "one", [b"new"], lambda: [7], list[int])
    kept.add(kept.taken())
    assert kept.taken() == {}
    later = Kept(b"rules", kept.stored({"one": None}))
    assert later.part("terms", "one", [b"new"], lambda: [9], list[int]) == [7]
    assert later.part("terms", "two", [b"text"], lambda: [9], list[int]) == [9]
