"""A document in the plain words that the readers read, and what they found, back in the offsets of its body (kb/typography.py)."""

from __future__ import annotations

from typing import Any

import msgspec

from kb.model import Document, Facts, Span
from kb.typography import Plain


def in_plain_words(document: Document, words: Plain) -> Document:
    """The document as if its body were the plain text."""
    at = words.offset
    provisions = tuple(
        msgspec.structs.replace(
            p, start=at(p.start), end=at(p.end), text_start=at(p.text_start), text_end=at(p.text_end)
        )
        for p in document.provisions
    )
    return msgspec.structs.replace(document, text=words.text, provisions=provisions)


def as_printed(facts: Facts, words: Plain, body: str) -> Facts:
    """Facts of the plain text with every span, and its quote, as it stands in the body."""

    def moved(value: Any) -> Any:
        if isinstance(value, Span):
            start, end = words.start(value.start), words.end(value.end)
            return Span(eid=value.eid, start=start, end=end, quote=body[start:end])
        if isinstance(value, tuple):
            return tuple(map(moved, value))
        if isinstance(value, msgspec.Struct):
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            changed = {name: moved(one) for name, one in fields.items() if isinstance(one, (msgspec.Struct, tuple))}
            return msgspec.structs.replace(value, **changed)
        return value

    found: Facts = moved(facts)
    return found
