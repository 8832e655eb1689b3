"""build(): calls the stages in their order, does only the work that changed, publishes all of it at the end.

    corpus -> parse -> extract -> store -> {search, sitegen}

Everything is written beside the last good build (names ending in ".next") and renamed over it when all stages are done,
so that an interrupted build leaves the last one in place.
"""

from __future__ import annotations

import shlex
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kb import extract  # the folder, not its names: a build of which nothing changed loads no spaCy
from kb.built import (
    Inputs,
    State,
    base_digest,
    corpus_digest,
    digest,
    encode_state,
    engine_digest,
    notes_digest,
    read_state,
    theme_digest,
)
from kb.corpus import load_corpus, load_reference
from kb.model import Document, Facts, Reference, Source
from kb.parse import parse_document
from kb.problems import Problem
from kb.store import Base, is_whole, load_facts, open_base, save_facts, write_atomically, write_base
from kb.track import apply_corrections, read_notes
from kb.workspace import EmptyCorpusError, Workspace

if TYPE_CHECKING:
    from kb.sitegen import SiteSummary

_PATIENCE = 10  # seconds
Progress = Callable[[str, int, int], None]  # stage, done, of


class Summary(msgspec.Struct):
    """What a build did: document ids by fate, problems, pages written, and where the site begins."""

    added: list[str] = msgspec.field(default_factory=list)
    changed: list[str] = msgspec.field(default_factory=list)
    removed: list[str] = msgspec.field(default_factory=list)
    unchanged: list[str] = msgspec.field(default_factory=list)
    failed: list[str] = msgspec.field(default_factory=list)  # paths of documents
    problems: list[Problem] = msgspec.field(default_factory=list)
    items: int = 0
    lists: int = 0
    pages: int = 0
    pages_written: int = 0
    site: str = ""


def read_corpus(
    space: Workspace, jobs: int = 1, progress: Progress = lambda *_: None
) -> tuple[list[Document], list[Facts], Reference, Inputs, list[Problem]]:
    """Every document of the corpus with its facts, the tables, the digests of all that was read, and what is wrong.

    Facts of unchanged documents come from the store; the others are read, in `jobs` processes, and stored. What people
    corrected is applied last, to what is returned, never to what is stored; its key tells a corrected document apart.
    """
    sources, source_problems = load_corpus(space.corpus)
    reference, reference_problems = load_reference(space.reference)
    notes = read_notes(space.notes)
    inputs = Inputs.of(space, sources, notes)
    documents = [_parse(source, i, len(sources), progress) for i, source in enumerate(sources, 1)]
    stored = {d.id: load_facts(space.facts, d.id, inputs.facts[d.id]) for d in documents}
    missing = [d for d in documents if stored[d.id] is None]
    defects: list[Problem] = []
    for done, read in enumerate(_extract_all(missing, reference, jobs), 1):
        if isinstance(read, Problem):
            defects.append(read)
        else:
            save_facts(space.facts, read, inputs.facts[read.document])
            stored[read.document] = read
        progress("extract", done, len(missing))
    found = [facts for d in documents if (facts := stored[d.id]) is not None]
    documents = [d for d in documents if stored[d.id] is not None]
    inputs = msgspec.structs.replace(inputs, documents={d.id: inputs.documents[d.id] for d in documents})
    applied = apply_corrections(extract.resolve_facts(found, documents, reference), notes, reference, documents)
    wrong = applied.problems(str(space.corrections))
    problems = [*source_problems, *defects, *reference_problems, *notes.problems, *wrong]
    return documents, list(applied.facts), reference, inputs, problems


def _parse(source: Source, done: int, total: int, progress: Progress) -> Document:
    document = parse_document(source)
    progress("parse", done, total)
    return document


_WORKER_REFERENCE: list[Reference] = []


def _start_worker(reference: Reference) -> None:
    _WORKER_REFERENCE[:] = [reference]


def _start_process(reference: Reference) -> None:
    """A worker leaves Ctrl-C to the process that started it, which ends them all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _start_worker(reference)


def _extract_one(document: Document) -> Facts | Problem:
    """The facts of a document; a defect of the rules that this document brings out is its problem, not that of the others."""
    try:
        return extract.extract_facts(document, _WORKER_REFERENCE[0])
    except Exception as error:
        message = f"the rules cannot read this document ({type(error).__name__}: {error})"
        return Problem(
            document.path, 0, "extract", message, "report it with the document; the others are built without it"
        )


def _extract_all(documents: Sequence[Document], reference: Reference, jobs: int) -> Iterator[Facts | Problem]:
    """Facts of the documents, in their order, as they are read; by file in several processes where that pays."""
    if jobs < 2 or len(documents) < 8:
        _start_worker(reference)
        yield from map(_extract_one, documents)
        return
    with ProcessPoolExecutor(jobs, initializer=_start_process, initargs=(reference,)) as pool:
        yield from pool.map(_extract_one, documents, chunksize=2)


def build(space: Workspace, as_of: date, *, jobs: int = 1, progress: Progress = lambda *_: None) -> Summary:
    """Build everything that changed and publish it. Problems of documents are in the summary, never raised.

    Raises NotOursError where the place of the site holds a folder that no build made, EmptyCorpusError where the corpus
    holds no document, filelock.Timeout where another build is at work: what was built before stays as it is.
    """
    with only_build(space):
        return _build(space, as_of, jobs, progress)


@contextmanager
def only_build(space: Workspace) -> Iterator[None]:
    """Whatever writes into the build folder waits here for its turn. Raises filelock.Timeout after ten seconds."""
    import filelock  # noqa: PLC0415 - what only reads a corpus needs none

    space.build.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(space.build / ".lock", timeout=_PATIENCE):
        yield


def _build(space: Workspace, as_of: date, jobs: int, progress: Progress) -> Summary:
    from kb.sitegen import NotOursError, is_ours  # noqa: PLC0415 - the right-hand stages are loaded when they are reached

    if not is_ours(space.site):
        raise NotOursError(f"{space.site}: not a site that kb wrote; it is left as it is")
    before = read_state(space.build)
    documents, facts, reference, inputs, problems = read_corpus(space, jobs, progress)
    if not documents:
        raise _empty_corpus(space, problems)
    summary = _compare(before, inputs.documents, problems)
    summary.items, summary.lists = sum(len(f.items) for f in facts), sum(len(f.lists) for f in facts)
    after = _state(space, inputs, reference, as_of)
    staged = _Staged()
    if after.base != before.base or not is_whole(space.database, after.digest):
        write_base(staged.beside(space.database), documents, facts, reference, after.digest)
        progress("store", 1, 1)
    with closing(open_base(staged.newest(space.database))) as base:
        _write_index(space, base, before, after, staged, progress)
        if pages := _write_pages(space, base, before, after, staged, as_of, jobs, progress):
            summary.pages, summary.pages_written = pages.total, pages.written
            summary.problems = sorted({*summary.problems, *pages.problems})
    staged.publish()
    _forget_facts(space, inputs.documents)
    name, data = encode_state(after)
    write_atomically(space.build / name, data)
    summary.site = str(space.site / "index.html")
    return summary


def _write_index(
    space: Workspace, base: Base, before: State, after: State, staged: _Staged, progress: Progress
) -> None:
    """Write the search index where its input changed, or somebody damaged it; other code takes nothing over."""
    from kb import search  # noqa: PLC0415

    whole = search.is_whole(space.index)
    if after.index == before.index and whole:
        return
    reusable = whole and after.engine == before.engine
    search.build_index(base, staged.beside(space.index), previous=space.index if reusable else None)
    progress("index", 1, 1)


def _write_pages(
    space: Workspace,
    base: Base,
    before: State,
    after: State,
    staged: _Staged,
    as_of: date,
    jobs: int,
    progress: Progress,
) -> SiteSummary | None:
    """Write the site where its input changed, or somebody damaged it; None where it stays."""
    from kb.sitegen import is_intact, write_site  # noqa: PLC0415

    if after.site == before.site and is_intact(space.site):
        return None
    out, previous = staged.beside(space.site), space.site if space.site.is_dir() else None
    return write_site(base, out, previous=previous, as_of=as_of, notes=space.notes, progress=progress, jobs=jobs)


def _state(space: Workspace, inputs: Inputs, reference: Reference, as_of: date) -> State:
    """What a build of these inputs is made from."""
    of_corpus, theme, notes = corpus_digest(inputs.documents, reference), theme_digest(), notes_digest(space)
    engine = engine_digest()
    return State(
        documents=inputs.documents,
        sources=inputs.sources,
        tables=inputs.tables,
        corrections=inputs.corrections,
        rules=inputs.rules,
        digest=of_corpus,
        base=base_digest(of_corpus),
        engine=engine,
        index=digest(of_corpus, engine),
        theme=theme,
        notes=notes,
        as_of=as_of.isoformat(),
        site=digest(of_corpus, as_of.isoformat(), theme, notes),
    )


def _empty_corpus(space: Workspace, problems: Sequence[Problem]) -> EmptyCorpusError:
    corpus = space.corpus
    own = [p for p in problems if p.path.startswith(f"{corpus.name}/")]
    if not own:
        below = "; those in folders below it are not read" if any(corpus.glob("*/*.md")) else ""
        return EmptyCorpusError(f"no document in {corpus}{below}", "name the folder that holds the documents")
    check = f"kb --corpus {shlex.quote(str(corpus))} check" if space.origin["corpus"] == "option" else "kb check"
    return EmptyCorpusError(
        f"no document in {corpus} that can be read: {own[0].render().splitlines()[0]}", f"run: {check}"
    )


class _Staged:
    """What was written beside the published build, to be renamed into its place when everything is there."""

    def __init__(self) -> None:
        self.pairs: list[tuple[Path, Path]] = []

    def beside(self, path: Path) -> Path:
        """A free path beside `path`, to write to."""
        beside = path.with_name(path.name + ".next")
        _remove(beside)
        self.pairs.append((beside, path))
        return beside

    def newest(self, path: Path) -> Path:
        """What was staged for `path`, else the published one."""
        return next((beside for beside, final in self.pairs if final == path), path)

    def publish(self) -> None:
        """Put all of it in place; each rename is within one folder."""
        for beside, path in self.pairs:
            old = path.with_name(path.name + ".old")
            _remove(old)
            if path.exists():
                path.rename(old)
            beside.rename(path)
            _remove(old)


def _compare(before: State, keys: dict[str, str], problems: list[Problem]) -> Summary:
    old = before.documents
    return Summary(
        added=[d for d in keys if d not in old],
        changed=[d for d in keys if d in old and old[d] != keys[d]],
        removed=sorted(d for d in old if d not in keys),
        unchanged=[d for d in keys if old.get(d) == keys[d]],
        failed=sorted({p.path for p in problems if p.path.endswith(".md")}),  # not tables and logs
        problems=sorted(set(problems)),
    )


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _forget_facts(space: Workspace, keys: dict[str, str]) -> None:
    for file in space.facts.glob("*.jsonl"):
        if file.stem not in keys:
            file.unlink()
