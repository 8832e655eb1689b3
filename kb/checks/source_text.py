"""Translations against their Chinese originals: articles, paragraphs, items, numbers, glossary terms.

Comes in: a full translation and its original, one English block for each Chinese line. Goes out: a `Comparison`. It runs
only where the originals are at hand (`kb check --sources DIR`, a folder with sources.yml and zh/<id>.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import msgspec
import yaml

from kb.checks.numbers import differences
from kb.model import Document, Term
from kb.parse import han_value

_NUMERALS = "零〇一二三四五六七八九十百"
_ZH_ARTICLE = re.compile(rf"第([{_NUMERALS}]+)条")
_ZH_POINT = re.compile(rf"[（(]([{_NUMERALS}]+)[）)]")
_EN_ARTICLE = re.compile(r"\**Article (\d+)\**")
_EN_POINT = re.compile(r"\((\d+)\)")
_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")


class Original(msgspec.Struct, frozen=True):
    """An entry of sources.yml, as far as it is checked."""

    id: str
    articles: int
    lines: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """Numbers of one provision that only one side has."""

    eid: str
    offset: int
    only_zh: tuple[str, ...]
    only_en: tuple[str, ...]


class Accepted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A difference that was looked at and is right, with the reason; a row of number_differences.yml."""

    document: str
    eid: str
    why: str
    only_zh: tuple[str, ...] = ()
    only_en: tuple[str, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """What a translation and its original have, side by side; counts are (Chinese, English)."""

    document: str
    articles: tuple[int, int]
    points: tuple[int, int]
    paragraphs: tuple[int, int]
    misplaced: tuple[int, ...]  # offsets of blocks whose number is not the one of their Chinese line
    differences: tuple[Difference, ...]
    explained: tuple[Difference, ...]
    terms: tuple[tuple[str, str, int], ...]  # (Chinese, preferred rendering, lines that have the one without the other)


def load_originals(folder: Path) -> dict[str, Original]:
    """The originals at `folder` by document id. Raises OSError or ValueError where the folder is not such a pack."""
    rows = yaml.safe_load((folder / "sources.yml").read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise ValueError(f"{folder / 'sources.yml'}: not a list of originals")
    originals = {}
    for row in rows:
        text = (folder / row["file"]).read_text(encoding="utf-8")
        lines = tuple(s for line in text.splitlines() if (s := line.strip()) and not s.startswith("<!--"))
        originals[row["id"]] = Original(id=row["id"], articles=int(row["articles"]), lines=lines)
    return originals


def load_accepted(path: Path) -> tuple[Accepted, ...]:
    """The accepted differences; empty where the table is missing."""
    if not path.is_file():
        return ()
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")) or [], tuple[Accepted, ...])


def compare(
    document: Document, original: Original, glossary: Sequence[Term], accepted: Sequence[Accepted]
) -> Comparison:
    """The translation against the original, block by line."""
    blocks = [(m.start(), m.group().rstrip()) for m in _BLOCK.finditer(document.text)]
    found = list(_differences(document, blocks, original))
    mine = [a for a in accepted if a.document == document.id]
    explained = [d for d in found if any(_explains(a, d) for a in mine)]
    kinds = [(_zh_kind(line), _en_kind(text)) for line, (_, text) in zip(original.lines, blocks, strict=False)]
    return Comparison(
        document=document.id,
        articles=(original.articles, sum(_en_kind(text)[0] == "article" for _, text in blocks)),
        points=_count("point", original, blocks),
        paragraphs=_count("paragraph", original, blocks),
        misplaced=tuple(start for (zh, en), (start, _) in zip(kinds, blocks, strict=False) if zh != en),
        differences=tuple(d for d in found if d not in explained),
        explained=tuple(explained),
        terms=tuple(_term_drift(original, blocks, glossary)),
    )


def _count(kind: str, original: Original, blocks: Sequence[tuple[int, str]]) -> tuple[int, int]:
    return (
        sum(_zh_kind(line)[0] == kind for line in original.lines),
        sum(_en_kind(text)[0] == kind for _, text in blocks),
    )


def _zh_kind(line: str) -> tuple[str, int]:
    if line.startswith("#"):
        return "heading", 0
    if m := _ZH_ARTICLE.match(line):
        return "article", han_value(m[1])
    if m := _ZH_POINT.match(line):
        return "point", han_value(m[1])
    return "paragraph", 0


def _en_kind(text: str) -> tuple[str, int]:
    if text.startswith("#"):
        return "heading", 0
    if m := _EN_ARTICLE.match(text):
        return "article", int(m[1])
    if m := _EN_POINT.match(text):
        return "point", int(m[1])
    return "paragraph", 0


def _differences(document: Document, blocks: Sequence[tuple[int, str]], original: Original) -> Iterator[Difference]:
    for line, (start, text) in zip(original.lines, blocks, strict=False):
        if line.startswith("#"):
            continue  # chapter numbers are Roman in the translation
        zh = _ZH_POINT.sub("", _ZH_ARTICLE.sub("", line, count=1) if _ZH_ARTICLE.match(line) else line, count=1)
        zh = zh if _ZH_POINT.match(line) or _ZH_ARTICLE.match(line) else line
        en = _EN_ARTICLE.sub("", text, count=1) if _EN_ARTICLE.match(text) else text
        en = _EN_POINT.sub("", en, count=1) if _EN_POINT.match(text) else en
        only_zh, only_en = differences(zh, en)
        if only_zh or only_en:
            yield Difference(_eid_at(document, start), start, _shown(only_zh), _shown(only_en))


def _shown(values: Sequence[Decimal]) -> tuple[str, ...]:
    return tuple(f"{v:f}" for v in values)


def _eid_at(document: Document, offset: int) -> str:
    return next((p.eid for p in document.provisions if p.leaf and p.start <= offset < p.end), "")


def _explains(row: Accepted, difference: Difference) -> bool:
    """Whether an accepted row names this provision (or its article) and these numbers."""
    at = row.eid == difference.eid or row.eid in difference.eid.split("__")
    return at and (row.only_zh, row.only_en) == (difference.only_zh, difference.only_en)


def _term_drift(
    original: Original, blocks: Sequence[tuple[int, str]], glossary: Sequence[Term]
) -> Iterator[tuple[str, str, int]]:
    """Terms of at least four characters whose preferred rendering is missing where the Chinese stands."""
    lines = [(line, " ".join(text.split())) for line, (_, text) in zip(original.lines, blocks, strict=False)]
    for term in glossary:
        heads = [h.strip() for h in re.sub(r"\(.*?\)", "", term.preferred).split("/") if h.strip()]
        if len(term.zh) < 4 or not heads:
            continue
        rendering = re.compile("|".join(map(_inflected, heads)), re.IGNORECASE)
        longer = re.compile("|".join(t.zh for t in glossary if term.zh in t.zh and t.zh != term.zh) or r"(?!)")
        missing = sum(term.zh in longer.sub("", line) and not rendering.search(text) for line, text in lines)
        if missing:
            yield term.zh, term.preferred, missing


def _inflected(phrase: str) -> str:
    """A pattern for the phrase in which every longer word may end otherwise: plurals, -ing, possessives."""
    return r"\s+".join(
        re.escape(re.sub(r"(?:ies|es|s|y|e)$", "", w)) + r"[\w']*" if len(w) > 3 else re.escape(w)
        for w in phrase.split()
    )
