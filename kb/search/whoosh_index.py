"""Passages -> Whoosh index -> postings. The only file that knows Whoosh.

Documents are appended as segments and never deleted inside Whoosh: a passage's number is its place in passages.jsonl, and
passages of changed or removed documents are marked dead in the columns. Where too many are dead, all is written anew.

    _kb_1.toc, kb_*.seg   Whoosh: which passages hold a term, how often
    passages.jsonl        the passages themselves, one a line
    columns.msgpack       by passage: place in passages.jsonl and check of the line, lengths, section, whether it is dead
    tables.json           documents, renderings of the glossary, other names of field values
    words.json            every word with its number of occurrences
"""

from __future__ import annotations

import hashlib
import mmap
import os
import sys
import warnings
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from kb.search.cache import LINES, MANIFEST, Manifest, check_of, verify, write_manifest
from kb.search.records import Passage, SearchError, Tables
from kb.search.words import STEMS, han_grams, words

# Whoosh imports these for names that nothing here reaches: urllib.request (with http, email and ssl), html, and its own
# analysers, which are not ours. That is half of the time it takes to import, and a fifth of that from start to first hit.
# Empty stand-ins are there while Whoosh is imported, and only then.
_UNUSED = ("urllib.request", "html", "whoosh.analysis")


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__dict__["__getattr__"] = lambda _: None
    return module


_stand_ins = {name: _stand_in(name) for name in _UNUSED if name not in sys.modules}
sys.modules.update(_stand_ins)
try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 2.7.4 compares literals with "is"
        from whoosh import fields, formats
        from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
        from whoosh.filedb.filestore import FileStorage
        from whoosh.reading import TermNotFound
finally:
    for _name in _stand_ins:
        del sys.modules[_name]

_NAME = "kb"
_SCORED = ("text", "head")
_MAX_SEGMENTS = 8


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


class _Pool:
    """Postings until a segment is written: by term and in two arrays, eight bytes each.

    Whoosh's own pool keeps a tuple for each and sorts them all, on disk where they are many: ten times the passages took
    28 times the time.
    """

    def __init__(self) -> None:
        self._terms: dict[tuple[str, bytes], tuple[array[int], array[float]]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take a posting; passages come in ascending order."""
        field, term, number, weight, _ = posting
        try:
            numbers, weights = self._terms[field, term]
        except KeyError:
            numbers, weights = self._terms[field, term] = (array("I"), array("f"))
        numbers.append(number)
        weights.append(weight)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        for (field, term), (numbers, weights) in sorted(self._terms.items(), key=lambda entry: entry[0]):
            for number, weight in zip(numbers, weights, strict=True):
                yield field, term, number, weight, b""

    def cleanup(self) -> None:
        self._terms.clear()


class Columns(msgspec.Struct):
    """Numbers by passage, each as the bytes of an array."""

    offset: bytes  # Q, one more than passages
    check: bytes  # eight bytes of each line
    section: bytes  # I, the number of the first passage of the section
    text: bytes  # I, stems in the text
    head: bytes
    live: bytes  # 1 or 0


class _Draft:
    """Columns while they are written."""

    def __init__(self, old: Columns | None = None) -> None:
        def numbers(kind: str, name: str, first: tuple[int, ...] = ()) -> array[int]:
            return array(kind, getattr(old, name)) if old else array(kind, first)

        self.offset = numbers("Q", "offset", (0,))
        self.check = bytearray(old.check if old else b"")
        self.section = numbers("I", "section")
        self.lengths = {field: numbers("I", field) for field in _SCORED}
        self.live = bytearray(old.live if old else b"")

    def freeze(self) -> Columns:
        text, head = (self.lengths[field].tobytes() for field in _SCORED)
        return Columns(self.offset.tobytes(), bytes(self.check), self.section.tobytes(), text, head, bytes(self.live))


class IndexSummary(msgspec.Struct, frozen=True):
    """What a build of the index did, in documents, and how many passages can be found now."""

    added: int
    changed: int
    removed: int
    unchanged: int
    passages: int


def write_index(
    out: Path,
    documents: Mapping[str, Sequence[Passage]],
    tables: Tables,
    corpus: str,
    previous: Path | None = None,
) -> IndexSummary:
    """Write an index of the documents to the new folder `out`, taking over from `previous` what has not changed.

    A previous index that is not ours, not whole or of another version is not used. Passages of one document stand
    together and in text order.
    """
    digests = {d: _digest(passages) for d, passages in documents.items()}
    old = _usable(previous)
    known = old.documents if old else {}
    fresh = sorted(d for d in digests if known.get(d) != digests[d])
    gone = {d for d in known if digests.get(d) != known[d]}
    out.mkdir(mode=0o700)
    if previous is None or old is None or not _append(previous, out, documents, fresh, gone):
        _write_all(out, documents)
    _write_json(out / "tables.json", tables)
    counts = Counter(word for ps in documents.values() for p in ps for word in words(p.text))
    _write_json(out / "words.json", dict(sorted(counts.items())))
    write_manifest(out, corpus, dict(sorted(digests.items())))
    return IndexSummary(
        added=sum(d not in known for d in digests),
        changed=sum(d in known for d in fresh),
        removed=sum(d not in digests for d in known),
        unchanged=len(digests) - len(fresh),
        passages=sum(len(p) for p in documents.values()),
    )


def _digest(passages: Iterable[Passage]) -> str:
    sha = hashlib.sha256()
    for passage in passages:
        sha.update(msgspec.json.encode(passage) + b"\n")
    return sha.hexdigest()


def _usable(previous: Path | None) -> Manifest | None:
    if previous is None:
        return None
    try:
        return verify(previous)[0]
    except SearchError:
        return None


def _write_json(path: Path, value: object) -> None:
    path.write_bytes(msgspec.json.encode(value))


def _write_all(out: Path, documents: Mapping[str, Sequence[Passage]]) -> None:
    schema = fields.Schema(text=Terms(), head=Terms(), han=Terms(), tags=Terms())
    FileStorage(str(out)).create_index(schema, _NAME)
    _add(out, _Draft(), [p for d in sorted(documents) for p in documents[d]])


def _append(
    previous: Path, out: Path, documents: Mapping[str, Sequence[Passage]], fresh: list[str], gone: set[str]
) -> bool:
    """Copy the previous index, mark what is gone and add what is new; False where writing all anew is better."""
    new = [p for d in fresh for p in documents[d]]
    draft = _Draft(msgspec.msgpack.decode((previous / "columns.msgpack").read_bytes(), type=Columns))
    if len(new) * 4 > len(draft.live) or len(list(previous.glob("*.seg"))) > _MAX_SEGMENTS:
        return False
    lines = (previous / LINES).read_bytes().splitlines(keepends=True)
    decode = msgspec.json.Decoder(Passage).decode
    if b"".join(check_of(line) for line in lines) != bytes(draft.check):
        return False
    for number, line in enumerate(lines):
        if draft.live[number] and decode(line).document in gone:
            draft.live[number] = 0
    if draft.live.count(0) * 4 > len(draft.live):
        return False
    for path in previous.iterdir():
        if path.name != MANIFEST:
            (out / path.name).write_bytes(path.read_bytes())
    _add(out, draft, new)
    return True


def _add(out: Path, draft: _Draft, passages: Sequence[Passage]) -> None:
    """Append passages to the files of `out`; the numbers of Whoosh and those of the columns run alike."""
    sections: dict[tuple[str, tuple[str, ...]], int] = {}
    with (out / LINES).open("ab") as lines:
        if passages:
            index = FileStorage(str(out)).open_index(_NAME)
            codec = W3Codec(blocklimit=1024)
            codec.length_stats = False  # lengths are ours; Whoosh would look for its own, a file system call a posting
            writer = index.writer(codec=codec)
            writer.pool = _Pool()
            for passage in passages:
                number = len(draft.live)
                line = msgspec.json.encode(passage) + b"\n"
                draft.offset.append(draft.offset[-1] + lines.write(line))
                draft.check += check_of(line)
                draft.section.append(sections.setdefault((passage.document, passage.headings), number))
                draft.live.append(1)
                terms = _terms(passage)
                for field in _SCORED:
                    draft.lengths[field].append(sum(terms[field].values()))
                writer.add_document(**terms)
            writer.commit(merge=False)
            index.close()
    (out / "columns.msgpack").write_bytes(msgspec.msgpack.encode(draft.freeze()))
    (out / f"{_NAME}_WRITELOCK").unlink(missing_ok=True)


def _terms(passage: Passage) -> dict[str, dict[str, int]]:
    """What is indexed of a passage, by field."""
    return {
        "text": Counter(STEMS.of(passage.text)),
        "head": Counter(STEMS.of("\n".join((*passage.headings, passage.label)))),
        "han": dict.fromkeys(han_grams(passage.text), 1),
        "tags": dict.fromkeys(passage.tags, 1),
    }


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
        reader = FileStorage(str(folder)).open_index(_NAME).reader()
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
