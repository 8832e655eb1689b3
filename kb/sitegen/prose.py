"""Characters of a body, with marks and links over them -> HTML that is safe to insert.

Nothing of the text is interpreted: no Markdown, no HTML. Emphasis marks are left out ("**Article 1**"), the marks
[seen] and [recalled] of digests become labels, everything else is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape


class Mark(NamedTuple):
    """Characters start:end shown with CSS classes; marks may overlap in any way."""

    start: int
    end: int
    classes: str


class Link(NamedTuple):
    """Characters start:end that lead somewhere; of two that overlap the first is kept."""

    start: int
    end: int
    href: str
    classes: str = ""


_STARS = re.compile(r"\*{1,3}")
_STAR_MARK = re.compile(r"(?<!\*)\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?!\*)")
_UNDERSCORE_MARK = re.compile(r"(?<![\w])_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)")
_ESCAPE = re.compile(r"\\(?=[*_#>.!()\[\]+\\-])")
_BASIS = re.compile(r"\s*\[(seen|recalled)\]")
_MARKUP = re.compile(r"[*_\\]")
_NOT_AS_IT_IS = re.compile(r"[&<>\"'*_\\\[]")
_BASIS_TITLES = {
    "seen": "read in a stored page about the document",
    "recalled": "from general knowledge, not checked against a text",
}


def plain(text: str) -> str:
    """The words without emphasis marks, marks of a digest and line breaks; for titles, tables and labels."""
    out = _BASIS.sub("", text) if "[" in text else text
    for start, end in reversed(list(_hidden(out, 0, len(out)))):
        out = out[:start] + out[end:]
    return " ".join(out.split())


@lru_cache(maxsize=1 << 16)
def shorten(text: str, length: int) -> str:
    """The plain words, cut at a space so that at most `length` characters remain, with an ellipsis."""
    words = plain(text)
    if len(words) <= length:
        return words
    cut = words.rfind(" ", 0, length)
    return words[: cut if cut > length // 2 else length - 1].rstrip(" ,;:") + "…"


@lru_cache(maxsize=1 << 16)
def brief(text: str, length: int) -> str:
    """HTML of the plain words, cut as `shorten` does."""
    return safe(shorten(text, length))


def prose(text: str, start: int, end: int, marks: Iterable[Mark] = (), links: Iterable[Link] = ()) -> Markup:
    """HTML of the characters start:end of `text`."""
    shown = [m for m in marks if m.start < end and m.end > start]
    escaped = _escaped if _NOT_AS_IT_IS.search(text, start, end) else _sliced
    out: list[str] = []
    at = start
    for link in _apart(links, start, end):
        first, last = max(link.start, start), min(link.end, end)
        out.append(_marked(text, at, first, shown, escaped))
        label = _marked(text, first, last, shown, escaped)
        kind = f' class="{escape(link.classes)}"' if link.classes else ""
        out.append(f'<a{kind} href="{escape(link.href)}">{label}</a>')
        at = last
    out.append(_marked(text, at, end, shown, escaped))
    return Markup("".join(out))  # noqa: S704 - every character of the text went through escape()


def _apart(links: Iterable[Link], start: int, end: int) -> Iterator[Link]:
    """The links that touch start:end, in text order, without those that overlap an earlier one."""
    at = start
    for link in sorted(links, key=lambda x: (x.start, -x.end)):
        if link.start >= at and link.end > link.start and link.start < end:
            yield link
            at = min(link.end, end)


def _marked(text: str, start: int, end: int, marks: Sequence[Mark], escaped: Callable[[str, int, int], str]) -> str:
    """Escaped characters start:end, cut where a mark begins or ends."""
    here = [m for m in marks if m.start < end and m.end > start]
    if not here:
        return escaped(text, start, end)
    edges = {x for m in here for x in (m.start, m.end) if start < x < end}
    cuts = [start, *sorted(edges), end]
    out = []
    for first, last in pairwise(cuts):
        classes = _together(tuple([m.classes for m in here if m.start <= first and m.end >= last]))
        words = escaped(text, first, last)
        out.append(f'<span class="{classes}">{words}</span>' if classes and words.strip() else words)
    return "".join(out)


@lru_cache(maxsize=1 << 12)
def _together(classes: tuple[str, ...]) -> str:
    """The classes of marks that lie over each other, each once."""
    return " ".join(sorted({c for one in classes for c in one.split()}))


def _sliced(text: str, start: int, end: int) -> str:
    return text[start:end]


def _escaped(text: str, start: int, end: int) -> str:
    out = []
    at = start
    for first, last in _hidden(text, start, end):
        out.append(_with_basis(text[at:first]))
        at = last
    out.append(_with_basis(text[at:end]))
    return "".join(out)


def _with_basis(text: str) -> str:
    if "[" not in text:
        return safe(text)
    at, out = 0, []
    for match in _BASIS.finditer(text):
        basis = match.group(1)
        label = f' <span class="basis {basis}" title="{_BASIS_TITLES[basis]}">{basis}</span>'
        out += [safe(text[at : match.start()]), label]
        at = match.end()
    return "".join((*out, safe(text[at:])))


def safe(text: str) -> str:
    """The text escaped; most of it needs nothing, which five plain searches tell fastest."""
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return str(escape(text))
    return text


def _hidden(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Places of emphasis marks and of the backslashes that escape them; a single star, as of a footnote, stays."""
    if not _MARKUP.search(text, start, end):
        return
    found = [m.span() for m in _ESCAPE.finditer(text, start, end)]
    if sum(1 for _ in _STARS.finditer(text, start, end)) > 1:
        found += [m.span() for m in _STAR_MARK.finditer(text, start, end)]
    found += [m.span() for m in _UNDERSCORE_MARK.finditer(text, start, end)]
    at = start
    for first, last in sorted(found):
        if first >= at:
            yield first, last
            at = last
