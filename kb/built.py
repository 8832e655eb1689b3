"""What the published build was made from (state.json beside it), and what changed since: documents, rules, tables, notes, code.

Everything is told by hashes of contents: nothing here looks at times of files, or at where the folders lie.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from kb.corpus import load_corpus
from kb.model import Reference, Source
from kb.paths import PACKAGE, data_folder
from kb.track import Notes, read_notes
from kb.workspace import Workspace

_RULES = (
    "model.py",
    "rules.py",
    "typography.py",
    "typography.yaml",
    "corpus",
    "parse",
    "extract",
)  # what decides how a document is read
_STATE = "state.json"


class State(msgspec.Struct):
    """What the published build was made from. Empty where nothing was built, or by a version that wrote something else."""

    documents: dict[str, str] = msgspec.field(default_factory=dict)  # id -> key of its facts
    sources: dict[str, str] = msgspec.field(default_factory=dict)  # id -> digest of its file
    tables: dict[str, str] = msgspec.field(default_factory=dict)  # name of a reference table -> its digest
    corrections: dict[str, str] = msgspec.field(default_factory=dict)  # id -> digest of what people corrected in it
    rules: str = ""  # of the code and rule tables that read documents
    digest: str = ""  # of corpus, tables and rules; the database and the index carry it too
    base: str = ""  # of the digest and the code that wrote the database
    engine: str = ""  # digest of the code that wrote the index: another one does not take over from it
    index: str = ""
    theme: str = ""  # of templates, assets and the code that fills them
    notes: str = ""  # of what people entered, which pages show
    as_of: str = ""  # the date of the site
    site: str = ""


def read_state(build: Path) -> State:
    """The state beside the build in this folder."""
    try:
        return msgspec.json.decode((build / _STATE).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError):
        return State()


def encode_state(state: State) -> tuple[str, bytes]:
    """The name of the file, and what is in it."""
    return _STATE, msgspec.json.encode(state, order="deterministic")


class Inputs(msgspec.Struct, frozen=True):
    """Digests of all that decides the facts: of the documents, the tables, the rules and the corrections."""

    documents: dict[str, str]  # id -> key of its facts, corrections included
    facts: dict[str, str]  # id -> key under which its facts are stored
    sources: dict[str, str]
    tables: dict[str, str]
    corrections: dict[str, str]
    rules: str

    @classmethod
    def of(cls, space: Workspace, sources: Iterable[Source], notes: Notes) -> Inputs:
        """Those of a workspace, with the documents and notes that were read in it."""
        rules, tables = rules_digest(), tables_of(space.reference)
        read = {source.meta.id: source_digest(source) for source in sources}
        corrections = _correction_digests(notes)
        keys = {d: _facts_key(one, rules, tables) for d, one in read.items()}
        corrected = {d: digest(key, corrections[d]) if d in corrections else key for d, key in keys.items()}
        return cls(corrected, keys, read, tables, corrections, rules)


class Behind(msgspec.Struct, frozen=True):
    """What the published build is behind by: ids and names, by cause. Empty where it is as a build would make it."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()  # documents
    rules: bool = False
    database: bool = False  # the code that writes it
    engine: bool = False
    theme: bool = False
    notes: bool = False  # shown on pages
    unknown: bool = False  # built by a version that did not keep what it was made from


def behind(space: Workspace) -> Behind:
    """What changed since the build of the workspace was published."""
    before = read_state(space.build)
    sources, _ = load_corpus(space.corpus)
    now = Inputs.of(space, sources, read_notes(space.notes))
    if not before.sources and before.documents:
        return Behind(unknown=now.documents != before.documents)
    kept = now.sources.keys() & before.sources.keys()
    return Behind(
        added=tuple(sorted(now.sources.keys() - kept)),
        changed=tuple(sorted(d for d in kept if now.sources[d] != before.sources[d])),
        removed=tuple(sorted(before.sources.keys() - kept)),
        tables=_different(before.tables, now.tables),
        corrected=tuple(d for d in _different(before.corrections, now.corrections) if d in kept),
        rules=before.rules != now.rules,
        database=before.base != base_digest(before.digest),
        engine=before.engine != engine_digest(),
        theme=before.theme != theme_digest(),
        notes=before.notes != notes_digest(space),
    )


def _different(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(x for x in before.keys() | now.keys() if before.get(x) != now.get(x)))


# ---------------------------------------------------------------- digests


def rules_digest() -> str:
    """A hash of the code and rule tables that decide how a document is read."""
    roots = [PACKAGE / name for name in _RULES]
    files = sorted(f for root in roots for f in ([root] if root.is_file() else root.rglob("*")) if _is_rule(f))
    sha = hashlib.sha256()
    for file in files:
        sha.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return sha.hexdigest()


def _is_rule(path: Path) -> bool:
    return path.is_file() and path.suffix in {".py", ".yaml", ".yml"}


def tables_of(reference: Path) -> dict[str, str]:
    """A hash of every reviewed table, by its name: those of the folder, and the bundled ones that it does not bring."""
    folders = (data_folder("corpus") / "reference", reference)
    files = {f.name: f for folder in folders for f in sorted(folder.rglob("*")) if _is_rule(f)}
    return {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in sorted(files)}


def source_digest(source: Source) -> str:
    """A hash of a document as it is read: its head, its body and the path that problems name."""
    head = msgspec.json.encode(source.meta, order="deterministic").decode()
    return digest(head, source.sha256, source.path)


def _facts_key(source: str, rules: str, tables: Mapping[str, str]) -> str:
    """The key under which a document's facts are stored, of the digest of its source."""
    return digest(rules, *(f"{name}={sha}" for name, sha in sorted(tables.items())), source)


def _correction_digests(notes: Notes) -> dict[str, str]:
    """A hash of the corrections of each document that has any."""
    entries: dict[str, list[str]] = {}
    own = {correction.key for correction in notes.corrections}
    for entry in (*notes.corrections, *(r for r in notes.reattached if r.entry in own)):
        entries.setdefault(entry.subject.document, []).append(entry.key)
    return {document: digest(*keys) for document, keys in entries.items()}


def corpus_digest(documents: Mapping[str, str], reference: Reference) -> str:
    """A hash of all facts and tables, which database and index carry."""
    tables = msgspec.json.encode(reference, order="deterministic").decode()
    return digest(*(f"{k}={v}" for k, v in sorted(documents.items())), tables)


def base_digest(of_corpus: str) -> str:
    return digest(of_corpus, code_digest(PACKAGE / "store"))


def engine_digest() -> str:
    return code_digest(PACKAGE / "search")


def theme_digest() -> str:
    """A hash of what decides how pages look: templates, assets and the code that fills them."""
    return code_digest(data_folder("site"), *(PACKAGE / name for name in ("sitegen", "track", "export", "search")))


def notes_digest(space: Workspace) -> str:
    """A hash of what people entered, which pages show."""
    files = (space.notes / name for name in Notes.FILES)
    return digest(*(hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()))


def code_digest(*roots: Path) -> str:
    files = sorted(f for root in roots for f in root.rglob("*") if f.is_file() and f.suffix != ".pyc")
    return digest(*(f"{f.name}:{hashlib.sha256(f.read_bytes()).hexdigest()}" for f in files))


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
