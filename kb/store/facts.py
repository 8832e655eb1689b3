"""Facts of one document <-> sorted JSON Lines: the cache of a build, and the diff of a rule change.

    {"kind":"facts","document":"cn-…","sha256":"…","key":"…"}       what was read, and by which rules
    {"kind":"item","record":{…}}                                     then one line for each fact, sorted

A file is used again only where its key is the one asked for: the hash of the document and of all rules that read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from kb.model import ActionItem, Citation, Definition, Facts, ListStandard, Record, Time
from kb.store.files import write_atomically


class _Head(Record, frozen=True):
    kind: str
    document: str
    sha256: str
    key: str


class _Line(Record, frozen=True):
    kind: str
    record: msgspec.Raw


_ENCODER = msgspec.json.Encoder(order="deterministic")
_LINE = msgspec.json.Decoder(_Line)
_DECODERS: dict[str, msgspec.json.Decoder[Record]] = {
    "item": msgspec.json.Decoder(ActionItem),
    "time": msgspec.json.Decoder(Time),
    "list": msgspec.json.Decoder(ListStandard),
    "citation": msgspec.json.Decoder(Citation),
    "definition": msgspec.json.Decoder(Definition),
}


def encode_facts(facts: Facts, key: str) -> bytes:
    """The lines of one document, each ended by a newline; the same facts and key give the same bytes."""
    head = _Head(kind="facts", document=facts.document, sha256=facts.sha256, key=key)
    rows = ({"kind": kind, "record": record} for kind, record in _records(facts))
    return b"".join(_ENCODER.encode(row) + b"\n" for row in (head, *rows))


def _records(facts: Facts) -> Iterator[tuple[str, Record]]:
    yield from (("item", x) for x in sorted(facts.items, key=lambda x: (x.action.start, x.action.end, x.id)))
    yield from (
        ("time", x) for x in sorted(facts.times, key=lambda x: (x.span.start, x.span.end) if x.span else (0, 0))
    )
    yield from (("list", x) for x in sorted(facts.lists, key=lambda x: x.id))
    yield from (("citation", x) for x in sorted(facts.citations, key=lambda x: (x.span.start, x.span.end)))
    yield from (("definition", x) for x in sorted(facts.definitions, key=lambda x: (x.term.start, x.term.end)))


def decode_facts(data: bytes) -> tuple[Facts, str]:
    """The facts and the key of `encode_facts`. Raises msgspec.DecodeError on anything else."""
    lines = data.splitlines()
    if not lines:
        raise msgspec.DecodeError("an empty file holds no facts")
    head = msgspec.json.decode(lines[0], type=_Head)
    found: dict[str, list[Record]] = {kind: [] for kind in _DECODERS}
    for line in lines[1:]:
        row = _LINE.decode(line)
        if row.kind not in _DECODERS:
            raise msgspec.DecodeError(f"unknown kind of fact {row.kind!r}")
        found[row.kind].append(_DECODERS[row.kind].decode(row.record))
    values = {"items": "item", "times": "time", "lists": "list", "citations": "citation", "definitions": "definition"}
    facts = msgspec.convert(
        {
            "document": head.document,
            "sha256": head.sha256,
            **{name: tuple(found[kind]) for name, kind in values.items()},
        },
        Facts,
    )
    return facts, head.key


def load_facts(folder: Path, document: str, key: str) -> Facts | None:
    """The stored facts of `document`, or None where there are none under this key (unreadable ones count as none)."""
    try:
        facts, found = decode_facts((folder / f"{document}.jsonl").read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    return facts if found == key and facts.document == document else None


def save_facts(folder: Path, facts: Facts, key: str) -> None:
    """Write the facts to `folder`/<document>.jsonl, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / f"{facts.document}.jsonl", encode_facts(facts, key))
