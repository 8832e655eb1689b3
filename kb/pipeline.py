"""build(): calls the stages in their order, does only the work that changed, publishes all of it at the end.

    corpus -> parse -> extract -> store -> {search, sitegen}

Everything is written beside the last good build (names ending in ".next") and renamed over it when all stages are done,
so that an interrupted build leaves the last one in place.
"""

from __future__ import annotations

import hashlib
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import msgspec

from kb.corpus import load_corpus, load_reference
from kb.extract import extract_facts, resolve_facts
from kb.model import Document, Facts, Reference, Source
from kb.parse import parse_document
from kb.paths import PACKAGE
from kb.problems import Problem
from kb.store import load_facts, open_base, save_facts, write_atomically, write_base
from kb.track import CORRECTIONS, Notes, apply_corrections, read_notes
from kb.workspace import EmptyCorpusError, Workspace

Progress = Callable[[str, int, int], None]  # stage, done, of

_RULES = ("model.py", "rules.py", "corpus", "parse", "extract")  # what decides how a document is read
_STATE = "state.json"


class Summary(msgspec.Struct):
    """What a build did: document ids by fate, problems, pages written, and where the site begins."""

    added: list[str] = msgspec.field(default_factory=list)
    changed: list[str] = msgspec.field(default_factory=list)
    removed: list[str] = msgspec.field(default_factory=list)
    unchanged: list[str] = msgspec.field(default_factory=list)
    failed: list[str] = msgspec.field(default_factory=list)  # paths
    problems: list[Problem] = msgspec.field(default_factory=list)
    items: int = 0
    lists: int = 0
    pages: int = 0
    pages_written: int = 0
    site: str = ""


class _State(msgspec.Struct):
    """What the published build was made from; beside it in the build folder."""

    documents: dict[str, str] = msgspec.field(default_factory=dict)  # id -> key of its facts
    digest: str = ""  # of corpus, tables and rules; the database and the index carry it too
    base: str = ""  # of the digest and the code that wrote the database
    engine: str = ""  # digest of the code that wrote the index: another one does not take over from it
    index: str = ""
    site: str = ""


def rules_digest(reference: Path) -> str:
    """A hash of the code and tables that decide how a document is read."""
    sha = hashlib.sha256()
    roots = [PACKAGE / name for name in _RULES] + [reference]
    files = sorted(f for root in roots for f in ([root] if root.is_file() else root.rglob("*")) if _is_rule(f))
    for file in files:
        sha.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return sha.hexdigest()


def _is_rule(path: Path) -> bool:
    return path.is_file() and path.suffix in {".py", ".yaml", ".yml"}


def facts_key(source: Source, rules: str) -> str:
    """The key under which a document's facts are stored: its head, its body and the rules."""
    head = msgspec.json.encode(source.meta, order="deterministic")
    return hashlib.sha256(b"\0".join((rules.encode(), head, source.sha256.encode(), source.path.encode()))).hexdigest()


def read_corpus(
    space: Workspace, jobs: int = 1, progress: Progress = lambda *_: None
) -> tuple[list[Document], list[Facts], Reference, dict[str, str], list[Problem]]:
    """Every document of the corpus with its facts, the tables, the facts' keys by document, and what is wrong.

    Facts of unchanged documents come from the store; the others are read, in `jobs` processes, and stored. What people
    corrected is applied last, to what is returned, never to what is stored; the keys tell corrected documents apart.
    """
    sources, source_problems = load_corpus(space.corpus)
    reference, reference_problems = load_reference(space.reference)
    rules = rules_digest(space.reference)
    keys = {source.meta.id: facts_key(source, rules) for source in sources}
    documents = [_parse(source, i, len(sources), progress) for i, source in enumerate(sources, 1)]
    stored = {d.id: load_facts(space.facts, d.id, keys[d.id]) for d in documents}
    missing = [d for d in documents if stored[d.id] is None]
    defects: list[Problem] = []
    for done, read in enumerate(_extract_all(missing, reference, jobs), 1):
        if isinstance(read, Problem):
            defects.append(read)
        else:
            save_facts(space.facts, read, keys[read.document])
            stored[read.document] = read
        progress("extract", done, len(missing))
    found = [facts for d in documents if (facts := stored[d.id]) is not None]
    documents = [d for d in documents if stored[d.id] is not None]
    keys = {d.id: keys[d.id] for d in documents}
    notes = read_notes(space.notes)
    applied = apply_corrections(resolve_facts(found, documents, reference), notes, reference, documents)
    wrong = applied.problems(str(space.notes / CORRECTIONS))
    problems = [*source_problems, *defects, *reference_problems, *notes.problems, *wrong]
    return documents, list(applied.facts), reference, _corrected_keys(keys, notes), problems


def _corrected_keys(keys: dict[str, str], notes: Notes) -> dict[str, str]:
    """The keys, changed for the documents whose facts people corrected."""
    entries: dict[str, list[str]] = {}
    for entry in (*notes.corrections, *notes.reattached):
        entries.setdefault(entry.subject.document, []).append(entry.key)
    return {d: _digest(key, *entries[d]) if d in entries else key for d, key in keys.items()}


def stale_documents(space: Workspace) -> list[str]:
    """Ids of the documents that the next build would read anew, correct otherwise or drop: what the base is behind by."""
    sources, _ = load_corpus(space.corpus)
    rules = rules_digest(space.reference)
    keys = _corrected_keys({source.meta.id: facts_key(source, rules) for source in sources}, read_notes(space.notes))
    built = _read_state(space).documents
    return sorted(d for d in keys.keys() | built.keys() if keys.get(d) != built.get(d))


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
        return extract_facts(document, _WORKER_REFERENCE[0])
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
    holds no document: what was built before stays as it is.
    """
    from kb.search import build_index  # noqa: PLC0415 - the right-hand stages are loaded when they are reached
    from kb.sitegen import NotOursError, is_ours, write_site  # noqa: PLC0415

    if not is_ours(space.site):
        raise NotOursError(f"{space.site}: not a site that kb wrote; it is left as it is")
    before = _read_state(space)
    documents, facts, reference, keys, problems = read_corpus(space, jobs, progress)
    if not documents:
        raise _empty_corpus(space.corpus, problems)
    space.build.mkdir(parents=True, exist_ok=True)
    summary = _compare(before, keys, problems)
    summary.items, summary.lists = sum(len(f.items) for f in facts), sum(len(f.lists) for f in facts)
    digest = _digest(*(f"{k}={v}" for k, v in sorted(keys.items())), *_reference_parts(reference))
    engine = _code_digest(PACKAGE / "search")
    after = _State(
        documents=keys,
        digest=digest,
        base=_digest(digest, _code_digest(PACKAGE / "store")),
        engine=engine,
        index=_digest(digest, engine),
        site=_digest(digest, as_of.isoformat(), _theme_digest(), _notes_digest(space)),
    )
    staged = _Staged()
    if after.base != before.base or not space.database.is_file():
        write_base(staged.beside(space.database), documents, facts, reference, digest)
        progress("store", 1, 1)
    base = open_base(staged.newest(space.database))
    try:
        if after.index != before.index or not space.index.is_dir():
            reusable = space.index.is_dir() and engine == before.engine
            build_index(base, staged.beside(space.index), previous=space.index if reusable else None)
            progress("index", 1, 1)
        if after.site != before.site or not space.site.is_dir():
            previous = space.site if space.site.is_dir() else None
            pages = write_site(
                base,
                staged.beside(space.site),
                previous=previous,
                as_of=as_of,
                notes=space.notes,
                progress=progress,
                jobs=jobs,
            )
            summary.pages, summary.pages_written = pages.total, pages.written
            summary.problems = sorted({*summary.problems, *pages.problems})
    finally:
        base.close()
    staged.publish()
    _forget_facts(space, keys)
    write_atomically(space.build / _STATE, msgspec.json.encode(after, order="deterministic"))
    summary.site = str(space.site / "index.html")
    return summary


def _empty_corpus(corpus: Path, problems: Sequence[Problem]) -> EmptyCorpusError:
    if not any(corpus.glob("*.md")):
        return EmptyCorpusError(f"no document in {corpus}", "name the folder that holds the documents")
    wrong = f": {problems[0].render().splitlines()[0]}" if problems else ""
    return EmptyCorpusError(f"no document in {corpus} that can be read{wrong}", "run: kb check")


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


def _read_state(space: Workspace) -> _State:
    try:
        return msgspec.json.decode((space.build / _STATE).read_bytes(), type=_State)
    except (OSError, msgspec.DecodeError):
        return _State()


def _compare(before: _State, keys: dict[str, str], problems: list[Problem]) -> Summary:
    old = before.documents
    return Summary(
        added=[d for d in keys if d not in old],
        changed=[d for d in keys if d in old and old[d] != keys[d]],
        removed=sorted(d for d in old if d not in keys),
        unchanged=[d for d in keys if old.get(d) == keys[d]],
        failed=sorted({p.path for p in problems}),
        problems=sorted(set(problems)),
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _reference_parts(reference: Reference) -> tuple[str, ...]:
    return (msgspec.json.encode(reference, order="deterministic").decode(),)


def _notes_digest(space: Workspace) -> str:
    """A hash of what people entered, which pages show."""
    return _digest(*((space.notes / name).read_text("utf-8") for name in Notes.FILES if (space.notes / name).is_file()))


def _theme_digest() -> str:
    """A hash of what decides how pages look: templates, assets and the code that fills them."""
    from kb.paths import data_folder  # noqa: PLC0415

    return _code_digest(data_folder("site"), *(PACKAGE / name for name in ("sitegen", "track", "export", "search")))


def _code_digest(*roots: Path) -> str:
    files = sorted(f for root in roots for f in root.rglob("*") if f.is_file() and f.suffix != ".pyc")
    return _digest(*(f"{f.name}:{hashlib.sha256(f.read_bytes()).hexdigest()}" for f in files))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _forget_facts(space: Workspace, keys: dict[str, str]) -> None:
    for file in space.facts.glob("*.jsonl"):
        if file.stem not in keys:
            file.unlink()
