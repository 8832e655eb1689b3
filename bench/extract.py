"""Extracts facts on one core and prints words a second, the ratio to bare tokenisation, the readers' shares, and memory.

    python bench/extract.py [--corpus DIR] [--passages FILE.jsonl] [--limit N] [--profile LINES]

DIR is a corpus folder with its reference tables (default: the corpus of the checkout); FILE has {"text"} a line, and every
line of it is read as a document. Bare tokenisation is `spacy.blank("en")` on the same texts; the two take turns every two
thousand words, so that a busy machine slows both. Seconds are those of the processor. Parsing is no part of extraction and is
printed beside it; peak memory is printed for the first quarter of the documents and for all.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import json
import pstats
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import spacy

from kb.corpus import load_corpus, load_reference
from kb.corpus.frontmatter import fallback_metadata
from kb.extract import extractor
from kb.model import Document, Reference, Source
from kb.parse import parse_document
from kb.paths import data_folder

READERS = ("read_citations", "read_definitions", "read_times", "read_items", "read_lists")
TURN_WORDS = 2_000  # bare tokenisation and extraction take turns after so many words
SHARES = 5  # every so many turns are read once more for the shares of the readers
MEGABYTE = 1024  # ru_maxrss counts kilobytes


class Clock:
    """Seconds of the processor by name."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its seconds added to those of `name`."""

        def clocked(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            result = function(*args, **kwargs)
            self.seconds[name] += time.process_time() - start  # type: ignore[assignment]
            return result

        return clocked


def passage_sources(path: Path) -> Iterator[Source]:
    """Every passage of a file as a document of its own."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            body = f"{json.loads(line)['text']}\n"
            digest = hashlib.sha256(body.encode()).hexdigest()
            yield Source(f"{path.name}:{number}", fallback_metadata(f"passage-{number}", {}), body, 1, digest)


def turns(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """The documents in portions of some thousand words."""
    portion: list[Source] = []
    words = 0
    for source in sources:
        portion.append(source)
        words += len(source.body.split())
        if words >= TURN_WORDS:
            yield portion
            portion, words = [], 0
    if portion:
        yield portion


def peak() -> float:
    """Megabytes that the process held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def measure(name: str, sources: Iterable[Source], count: int, reference: Reference) -> None:
    """Read all documents and print the figures; `count` is how many there are."""
    clock = Clock()
    blank = spacy.blank("en")
    tokenize = clock.around("bare", lambda portion: [blank.make_doc(source.body) for source in portion])
    parse = clock.around("parse", lambda portion: [parse_document(source) for source in portion])
    extract = clock.around("all", lambda documents: [extractor.extract_facts(d, reference) for d in documents])
    words = seen = found = 0
    quarter = 0.0
    for number, portion in enumerate(turns(sources)):
        documents = parse(portion)
        tokenize(portion)
        for facts in extract(documents):
            found += sum(map(len, (facts.items, facts.times, facts.lists, facts.citations, facts.definitions)))
        if number % SHARES == 0:
            measure_shares(clock, documents, reference)
        words += sum(len(source.body.split()) for source in portion)
        seen += len(portion)
        quarter = quarter or (peak() if seen * 4 >= count else 0.0)
    report(name, clock.seconds, words, seen, found, quarter)


def measure_shares(clock: Clock, documents: list[Document], reference: Reference) -> None:
    """Read documents once more with a clock around each reader; so many looks at a clock would slow the run itself."""
    originals = {reader: getattr(extractor, reader) for reader in READERS}
    for reader, function in originals.items():
        setattr(extractor, reader, clock.around(reader, function))
    try:
        again = clock.around("again", extractor.extract_facts)
        for document in documents:
            again(document, reference)
    finally:
        for reader, function in originals.items():
            setattr(extractor, reader, function)


def report(name: str, seconds: Counter[str], words: int, documents: int, facts: int, quarter: float) -> None:
    total, bare, again = seconds["all"], seconds["bare"], seconds["again"]
    print(f"{name}: {documents:,} documents, {words:,} words, {facts:,} facts")
    print(
        f"  extraction         {total:8.2f} s  {words / total:9,.0f} words/s  {total / bare:5.2f} x bare tokenisation"
    )
    print(f"  bare tokenisation  {bare:8.2f} s  {words / bare:9,.0f} words/s")
    rest = again - sum(seconds[reader] for reader in READERS)
    for reader, spent in [("tokens, bodies", rest), *((r.removeprefix("read_"), seconds[r]) for r in READERS)]:
        print(f"    {reader:16} {spent / again:9.1%}")
    print(f"  parsing, beside it {seconds['parse']:8.2f} s  {words / seconds['parse']:9,.0f} words/s")
    print(f"  peak memory        {quarter:6.0f} MB after a quarter, {peak():.0f} MB at the end")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=data_folder("corpus"))
    parser.add_argument("--passages", type=Path)
    parser.add_argument("--limit", type=int, metavar="N", help="Read only the first N documents and passages.")
    parser.add_argument("--profile", type=int, metavar="LINES", help="Print so many lines of a profile instead.")
    args = parser.parse_args()
    reference = load_reference(args.corpus / "reference")[0]
    sources = load_corpus(args.corpus)[0][: args.limit]
    extractor.extract_facts(parse_document(sources[0]), reference)  # loads tables and patterns
    profile = cProfile.Profile() if args.profile else None
    if profile:
        profile.enable()
    measure("corpus", sources, len(sources), reference)
    if args.passages:
        with args.passages.open(encoding="utf-8") as lines:
            count = min(sum(1 for _ in lines), args.limit or 1 << 30)
        measure("passages", islice(passage_sources(args.passages), args.limit), count, reference)
    if profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(args.profile)


if __name__ == "__main__":
    main()
