"""Files -> Source: walks a folder in sorted order, one Source a file; nothing here raises on what a file holds.

The body is everything after the line that closes the front matter, exactly as in the file (line ends too), so that
offsets are those of the file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

from kb.corpus.assumed import assumed_head
from kb.corpus.frontmatter import (
    CHECK,
    fallback_metadata,
    read_metadata,
    read_metadata_leniently,
    split_head,
)
from kb.model import Metadata, Source
from kb.problems import Problem

_NOT_DOCUMENTS = {"README.md", "LICENSE.md"}


def load_corpus(folder: Path) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The documents of a corpus folder, sorted by id, and all that is wrong; a document with a problem is left out."""
    if not folder.is_dir():
        message = "there is no such folder"
        return (), (Problem(str(folder), 0, "corpus", message, "name the folder that holds the documents"),)
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in sorted(p for p in folder.glob("*.md") if p.name not in _NOT_DOCUMENTS):
        shown = f"{folder.name}/{path.name}"
        source, wrong = load_source(path, shown)
        sources += [source] if source else []
        problems += wrong
    return tuple(sorted(sources, key=lambda s: s.meta.id)), tuple(sorted(problems))


def load_source(path: Path, shown: str, *, lenient: bool = False) -> tuple[Source | None, list[Problem]]:
    """The document in a file, or None with what is wrong. `shown` is the path that problems print.

    A document is kept under its id, which is the name of its file. `lenient` is for files that are read but not kept:
    whatever the head says, only an unreadable file gives None.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or type(error).__name__}"
        return None, [Problem(shown, 0, "unreadable", message, "check path and permissions")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        return None, [Problem(shown, line, "unreadable", message, "save the file as UTF-8")]
    return source_from_text(text, shown) if lenient else _strict_source(text, shown, path.stem)


def source_from_text(text: str, shown: str) -> tuple[Source, list[Problem]]:
    """A document from text of any kind (standard input, a file outside the corpus); what is missing is assumed.

    The id is that of the head, else the stem of the path shown.
    """
    stem = PurePath(shown).stem or "document"
    head = split_head(text)
    if head is None:
        meta = fallback_metadata(stem, assumed_head(text))
        horizon = f", for {meta.horizon.replace('/', ' to ')}" if meta.horizon else ""
        hint = (
            f'it is taken as {meta.kind} ({meta.level}{horizon}) "{meta.title}";'
            " put id, title, kind … between two --- lines to say otherwise"
        )
        return _source(shown, meta, text, 1), [Problem(shown, 1, CHECK, "the file has no front matter", hint)]
    body = text[head.body_start :]
    meta, problems = read_metadata_leniently(head.yaml, body, shown, stem)
    return _source(shown, meta, body, head.body_line), problems


def _strict_source(text: str, shown: str, stem: str) -> tuple[Source | None, list[Problem]]:
    head = split_head(text)
    if head is None:
        opened = text.lstrip("\ufeff").startswith("---")
        message = "the front matter is never closed" if opened else "the file has no front matter"
        hint = "put a line --- after the last key" if opened else "open the file with a line ---, keys, and a line ---"
        return None, [Problem(shown, 1, CHECK, message, hint)]
    meta, problems = read_metadata(head.yaml, shown, stem)
    if meta is None:
        return None, problems
    return _source(shown, meta, text[head.body_start :], head.body_line), []


def _source(shown: str, meta: Metadata, body: str, body_line: int) -> Source:
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(path=shown, meta=meta, body=body, body_line=body_line, sha256=digest)
