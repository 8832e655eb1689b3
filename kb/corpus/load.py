"""Files -> Source: walks a folder in sorted order, one Source a file; nothing here raises on what a file holds.

The body is everything after the line that closes the front matter, exactly as in the file (line ends too), so that
offsets are those of the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from textwrap import indent

from kb.convert import IMPORTABLE, format_of
from kb.corpus.assumed import assumed_head
from kb.corpus.frontmatter import (
    CHECK,
    fallback_metadata,
    head_lines,
    read_metadata,
    read_metadata_leniently,
    slug,
    split_head,
)
from kb.model import Metadata, Source
from kb.problems import Problem

_NOT_DOCUMENTS = {"README.md", "LICENSE.md"}
_TEXTS = {".md", ".markdown", ".mdown", ".txt", ".text", ".htm", ".html", ".rtf", ".doc", ".docx", ".odt", ".pdf"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HAN = re.compile(r"[\u4e00-\u9fff]")


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
    problems += _not_read(folder)
    return tuple(sorted(sources, key=lambda s: s.meta.id)), tuple(sorted(problems))


def _not_read(folder: Path) -> Iterator[Problem]:
    """Texts of other formats that no document of the same name stands beside: somebody may wait for them."""
    for path in folder.iterdir():
        stem = path.stem.lower()
        if (
            path.suffix != ".md"
            and path.suffix.lower() in _TEXTS
            and path.is_file()
            and stem not in {"readme", "license"}
            and not stem.startswith((".", "~"))
            and not path.with_suffix(".md").exists()
        ):
            name = slug(path.stem)
            hint = f"save its text as {name}.md, as docs/format.md describes (kb import does it for Word, HTML and PDF)"
            hint += ", or keep it elsewhere"
            yield Problem(f"{folder.name}/{path.name}", 0, "corpus", "it is not read: documents are .md files", hint)


def load_source(path: Path, shown: str, *, lenient: bool = False) -> tuple[Source | None, list[Problem]]:
    """The document in a file, or None with what is wrong. `shown` is the path that problems print.

    A document is kept under its id, which is the name of its file. `lenient` is for files that are read but not kept:
    whatever the head says, only an unreadable file gives None.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or type(error).__name__}"
        hint = "name the files in it: FOLDER/*.md" if path.is_dir() else "check path and permissions"
        return None, [Problem(shown, 0, "unreadable", message, hint)]
    if kind := format_of(data):
        hint = f"run: kb import {shown}" if kind in IMPORTABLE else "save its text as Markdown"
        return None, [Problem(shown, 0, "unreadable", f"it is a file in the {kind} format, no text", hint)]
    try:
        text = data.decode("utf-8")
        wrong = data.find(b"\0")  # no text holds it: UTF-16 without a mark, or a file of another kind
    except UnicodeDecodeError as error:
        wrong = error.start
    if wrong >= 0:
        message = f"byte 0x{data[wrong]:02x} is not UTF-8 text"
        encoding = _encoding(data)
        hint = f"save the file as UTF-8 in your editor, or run: iconv -f {encoding} -t utf-8 OLD > NEW"
        hint = hint if encoding else "remove it, or save the file as plain text"
        return None, [Problem(shown, data.count(b"\n", 0, wrong) + 1, "unreadable", message, hint)]
    return source_from_text(text, shown) if lenient else _strict_source(text, shown, path.stem)


def _encoding(data: bytes) -> str:
    """What a file that is not UTF-8 is most likely in, for a hint; "" where it looks like no text at all."""
    if data.startswith(_UTF16):
        return "utf-16"
    if b"\0" in data:
        return "utf-16" if data.count(b"\0") * 4 > len(data) else ""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "windows-1252"
    return "gb18030" if len(_HAN.findall(text)) * 5 > len(text) else "windows-1252"


def source_from_text(text: str, shown: str) -> tuple[Source, list[Problem]]:
    """A document from text of any kind (standard input, a file outside the corpus); what is missing is assumed.

    The id is that of the head, else the stem of the path shown.
    """
    stem = PurePath(shown).stem or "document"
    head = split_head(text)
    if head is None:
        message = _without_head(text)
        meta = fallback_metadata(stem, assumed_head(text) if message == _NO_HEAD else {})
        horizon = f", for {meta.horizon.replace('/', ' to ')}" if meta.horizon else ""
        hint = (
            f'it is taken as {meta.kind} ({meta.level}{horizon}) "{meta.title}";'
            " put id, title, kind … between two --- lines to say otherwise"
        )
        return _source(shown, meta, text, 1), [Problem(shown, 1, CHECK, message, hint)]
    body = text[head.body_start :]
    meta, problems = read_metadata_leniently(head.yaml, body, shown, stem)
    return _source(shown, meta, body, head.body_line), problems


def _strict_source(text: str, shown: str, stem: str) -> tuple[Source | None, list[Problem]]:
    head = split_head(text)
    if head is None:
        message = _without_head(text)
        hint = _head_to_add(text, stem) if message == _NO_HEAD else "put a line --- after the last key"
        return None, [Problem(shown, 1, CHECK, message, hint)]
    meta, problems = read_metadata(head.yaml, shown, stem)
    if meta is None:
        return None, problems
    return _source(shown, meta, text[head.body_start :], head.body_line), []


_NO_HEAD = "the file has no front matter"


def _without_head(text: str) -> str:
    """Why a text has no head."""
    return "the front matter is never closed" if text.lstrip("\ufeff").startswith("---") else _NO_HEAD


def head_for(text: str, document_id: str, version_note: str = "") -> str:
    """The head that a text would have by its own words, with a closing line end."""
    known = assumed_head(text) | ({"version_note": version_note} if version_note else {})
    return "\n".join(head_lines(fallback_metadata(document_id, known))) + "\n"


def _head_to_add(text: str, stem: str) -> str:
    """The head that a text would have by its own words, to be copied."""
    name = slug(stem)
    renamed = "" if name == stem else f", and name the file {name}.md"
    head = indent(head_for(text, name).rstrip("\n"), "    ")
    return f"put this before its text{renamed}; it is what the text says of itself, mend what is wrong:\n{head}"


def _source(shown: str, meta: Metadata, body: str, body_line: int) -> Source:
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(path=shown, meta=meta, body=body, body_line=body_line, sha256=digest)
