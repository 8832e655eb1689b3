"""Passages -> a Whoosh index on disk, as whoosh_index.py describes and reads it."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kb.search.cache import LINES, MANIFEST, Manifest, check_of, verify, write_manifest
from kb.search.records import Passage, SearchError, Tables
from kb.search.whoosh_index import NAME, SCORED, Columns, Terms
from kb.search.whoosh_parts import FileStorage, W3Codec, fields
from kb.search.words import STEMS, han_grams, words

_MAX_SEGMENTS = 8


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


class _Draft:
    """Columns while they are written."""

    def __init__(self, old: Columns | None = None) -> None:
        def numbers(kind: str, name: str, first: tuple[int, ...] = ()) -> array[int]:
            return array(kind, getattr(old, name)) if old else array(kind, first)

        self.offset = numbers("Q", "offset", (0,))
        self.check = bytearray(old.check if old else b"")
        self.section = numbers("I", "section")
        self.lengths = {field: numbers("I", field) for field in SCORED}
        self.live = bytearray(old.live if old else b"")

    def freeze(self) -> Columns:
        text, head = (self.lengths[field].tobytes() for field in SCORED)
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
    FileStorage(str(out)).create_index(schema, NAME)
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
            index = FileStorage(str(out)).open_index(NAME)
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
                for field in SCORED:
                    draft.lengths[field].append(sum(terms[field].values()))
                writer.add_document(**terms)
            writer.commit(merge=False)
            index.close()
    (out / "columns.msgpack").write_bytes(msgspec.msgpack.encode(draft.freeze()))
    (out / f"{NAME}_WRITELOCK").unlink(missing_ok=True)


def _terms(passage: Passage) -> dict[str, dict[str, int]]:
    """What is indexed of a passage, by field."""
    return {
        "text": Counter(STEMS.of(passage.text)),
        "head": Counter(STEMS.of("\n".join((*passage.headings, passage.label)))),
        "han": dict.fromkeys(han_grams(passage.text), 1),
        "tags": dict.fromkeys(passage.tags, 1),
    }
