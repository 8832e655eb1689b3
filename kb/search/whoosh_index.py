"""A Whoosh index on disk -> postings. Besides this file, whoosh_writer.py and whoosh_parts.py know Whoosh, and no other.

Documents are appended as segments and never deleted inside Whoosh: a passage's number is its place in passages.jsonl, and
passages of changed or removed documents are marked dead in the columns. Where too many are dead, all is written anew.

    _kb_1.toc, kb_*.seg   Whoosh: which passages hold a term, how often
    passages.jsonl        the passages themselves, one a line
    columns.msgpack       by passage: place in passages.jsonl and check of the line, lengths, section, whether it is dead
    tables.json           documents, renderings of the glossary, other names of field values
    words.json            every word with its number of occurrences
"""

from __future__ import annotations

import mmap
import os
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from kb.search.cache import LINES, check_of, verify
from kb.search.records import Passage, SearchError, Tables
from kb.search.whoosh_parts import FileStorage, TermNotFound, W3LeafMatcher, fields, formats

NAME = "kb"
SCORED = ("text", "head")


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms were counted by us: a dict of term -> number of occurrences."""

    format = formats.Frequency()
    analyzer = column_type = vector = None
    scorable = stored = unique = spelling = False

    def __init__(self) -> None:
        """Nothing to set; the class is pickled by name."""

    def index(self, value: dict[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        return ((term.encode(), count, float(count), b"") for term, count in value.items())

    def separate_spelling(self) -> bool:
        return False


class Columns(msgspec.Struct):
    """Numbers by passage, each as the bytes of an array."""

    offset: bytes  # Q, one more than passages
    check: bytes  # eight bytes of each line
    section: bytes  # I, the number of the first passage of the section
    text: bytes  # I, stems in the text
    head: bytes
    live: bytes  # 1 or 0


class WhooshEngine:
    """An index folder, verified and open. Implements records.Engine; keeps what it read, so a second query is faster."""

    def __init__(self, folder: Path) -> None:
        self.manifest, files = verify(folder)
        self._folder = folder
        with (folder / LINES).open("rb") as lines:
            empty = lines.seek(0, os.SEEK_END) == 0
            self._lines: mmap.mmap | bytes = b"" if empty else mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ)
        self._words = files["words.json"]
        self.tables = msgspec.json.decode(files["tables.json"], type=Tables)
        columns = msgspec.msgpack.decode(files["columns.msgpack"], type=Columns)
        self._offset = array("Q", columns.offset)
        self._check = columns.check
        self._section = array("I", columns.section)
        self._lengths = {"text": array("I", columns.text), "head": array("I", columns.head)}
        self._live = columns.live
        self._all_live = 0 not in columns.live
        self.size = columns.live.count(1)
        self._mean: dict[str, float] = {}
        self._postings: dict[tuple[str, str], tuple[Sequence[int], Sequence[float]]] = {}
        self._decode = msgspec.json.Decoder(Passage).decode
        reader = FileStorage(str(folder)).open_index(NAME).reader()
        self._leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]

    def postings(self, field: str, term: str) -> tuple[Sequence[int], Sequence[float]]:
        known = self._postings.get((field, term))
        if known is None:
            known = self._postings[field, term] = self._read_postings(field, term)
        return known

    def _read_postings(self, field: str, term: str) -> tuple[Sequence[int], Sequence[float]]:
        numbers: list[int] = []
        counts: list[float] = []
        for leaf, base in self._leaves:
            try:
                matcher = leaf.postings(field, term.encode())
            except TermNotFound:
                continue
            for ids, weights in _blocks(matcher):
                numbers += [base + i for i in ids] if base else ids
                counts += weights
        if self._all_live:
            return numbers, counts
        kept = [(n, c) for n, c in zip(numbers, counts, strict=True) if self._live[n]]
        return [n for n, _ in kept], [c for _, c in kept]

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        found = {term for leaf, _ in self._leaves for term in leaf.expand_prefix(field, prefix.encode())}
        return iter(sorted(term.decode() for term in found))

    def lengths(self, field: str) -> Sequence[int]:
        return self._lengths[field]

    def mean_length(self, field: str) -> float:
        if field not in self._mean:
            lengths = self._lengths[field]
            total = sum(lengths) if self._all_live else sum(lengths[n] for n in self.numbers())
            self._mean[field] = total / self.size if self.size else 0.0
        return self._mean[field]

    def section(self, number: int) -> int:
        return self._section[number]

    def passage(self, number: int) -> Passage:
        line = self._lines[self._offset[number] : self._offset[number + 1]]
        if check_of(line) != self._check[8 * number : 8 * number + 8]:
            raise SearchError(f"{self._folder}: {LINES} is not the file that was built")
        return self._decode(line)

    def numbers(self) -> Sequence[int]:
        return range(len(self._live)) if self._all_live else self._live_numbers

    @cached_property
    def _live_numbers(self) -> list[int]:
        return [n for n, live in enumerate(self._live) if live]

    def surfaces(self) -> dict[str, int]:
        return msgspec.json.decode(self._words, type=dict[str, int])


def _blocks(matcher: Any) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """The postings of a term, block by block: ten times faster than the matcher's own step by step."""
    if not isinstance(matcher, W3LeafMatcher):  # one posting, kept with the term
        while matcher.is_active():
            yield (matcher.id(),), (matcher.weight(),)
            matcher.next()
        return
    while matcher.is_active():
        matcher._read_data()  # the pinned version's own block reading; ids are kept as differences
        matcher._read_weights()
        yield list(accumulate(matcher._data[0])), matcher._weights
        matcher._next_block()
