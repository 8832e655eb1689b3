"""PDF -> Markdown: lines of pages joined to paragraphs again; numbers, heads and feet of pages left out.

A PDF knows places of letters, no paragraphs, so that this is the least sure of the converters. The reading library is run in a
process of its own, bounded in time and memory: files that keep such libraries busy for ever are common.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Container, Sequence
from pathlib import Path

from kb.convert.converted import Converted, RefusedError, joined
from kb.paths import PACKAGE

MOST_PAGES = 3_000
SECONDS = 120
_SCANNED = "it may be scanned: run a text recognition on it first"
_OPENS = re.compile(
    r"(?:Article|ARTICLE|Art\.|Chapter|CHAPTER|Section|SECTION|Part|PART|Annex|ANNEX|Attachment)\s+[\dA-Z]|§"
    r"|第[一二三四五六七八九十百零〇\d]+[条章节部]|[一二三四五六七八九十]+、"
    r"|[(（][\dA-Za-z一二三四五六七八九十]{1,4}[)）]|(?:\d{1,3}|[IVXL]{1,5}|[A-Za-z])[.)、](?=\s)|[-•·●–—]\s"
)
_ENDS = re.compile(r"[.;:!?。；：！？][\"”’')）]*$")
_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_PRINTED = re.compile(  # by a browser at the edges of a page: moment, address, page
    r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4},? \d{1,2}:\d{2}\b.*|\S{0,2}(?:https?|(?:fi|ﬁ)le)://\S+(?:\s*\d{1,4}/\d{1,4})?"
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+")
_FIRST_HAN = 0x2E80  # from here on scripts that part no words by spaces
_EDGE = 2  # lines at the head and at the foot of a page that may be its frame
_SHORT = 0.75  # share of the usual width under which a line closes its paragraph


def read_pdf(path: Path) -> Converted:
    """The text of a PDF file; raises RefusedError."""
    call = [sys.executable, "-m", "kb.convert.pdf_pages", str(path.resolve()), str(MOST_PAGES), str(SECONDS)]
    try:
        done = subprocess.run(call, capture_output=True, timeout=SECONDS, check=False, cwd=PACKAGE.parent)
    except subprocess.TimeoutExpired as error:
        hint = "print it to PDF anew, or save its text"
        raise RefusedError(f"reading it took longer than {SECONDS} seconds", hint) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["the reader broke off"]
        raise RefusedError(
            f"it cannot be read: {reason[0]}", "print it to PDF anew, without a password, or save its text"
        )
    pages = [page.splitlines() for page in json.loads(done.stdout)]
    lines, dropped = _without_frames(pages)
    if not lines:
        raise RefusedError("its pages hold no text", _SCANNED)
    notes = ["paragraphs were joined from the lines of the pages; check them"]
    if dropped:
        notes.append(f"{dropped} heads, feet and numbers of pages were left out")
    return Converted(joined(_paragraphs(lines)), tuple(notes))


def _without_frames(pages: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """All lines but page numbers, and first and last lines that come again on most pages; how many were left out."""
    filled = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = Counter(
        shape for page in filled for shape in {_shape(x) for k, x in enumerate(page) if _is_edge(k, len(page) - 1)}
    )
    often = {line for line, count in edges.items() if count >= 3 and count * 2 >= len(filled)}
    kept: list[str] = []
    for page in filled:
        last = len(page) - 1
        kept += [line for k, line in enumerate(page) if not (_is_edge(k, last) and _is_frame(line, often))]
    return kept, sum(map(len, filled)) - len(kept)


def _shape(line: str) -> str:
    """A line whatever its numbers."""
    return _DIGITS.sub("#", line)


def _is_edge(k: int, last: int) -> bool:
    return k < _EDGE or k > last - _EDGE


def _is_frame(line: str, often: Container[str]) -> bool:
    return any(known.fullmatch(line) for known in (_NUMBER, _PRINTED)) or _shape(line) in often


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined: a new paragraph opens with a number of its own, or behind a line that closes before the margin."""
    usual = statistics.quantiles(map(len, lines), n=10)[-2] if len(lines) > 1 else 0
    words = frozenset(word for line in lines for word in _WORD.findall(line))
    out: list[str] = []
    in_title = True
    for before, line in zip(["", *lines], lines, strict=False):
        in_title = in_title and not _opens_text(line, usual)
        opens = _OPENS.match(line) or (len(before) < _SHORT * usual and _closes(before, line))
        if not out or (opens and not in_title):
            out.append(line)
        else:
            out[-1] = _glued(out[-1], line, words)
    return out


def _opens_text(line: str, usual: float) -> bool:
    """Whether a line is no part of the title over the text: long, numbered, or with a date or number in it."""
    return len(line) >= _SHORT * usual or _OPENS.match(line) is not None or _DIGITS.search(line) is not None


def _closes(before: str, line: str) -> bool:
    """Whether a paragraph, or a heading, ends with the short line `before`."""
    if _ENDS.search(before):
        return True
    goes_on = before.endswith((",", "，", "、")) or (before.isupper() and line.isupper())
    return line[0].isupper() and not goes_on


def _glued(before: str, line: str, words: Container[str]) -> str:
    """Two lines of a paragraph; a word that the line end cut is mended where the text has it whole elsewhere."""
    if before.endswith("-") and line[0].islower():
        whole = _WORD.findall(before[:-1])[-1:] + _WORD.findall(line)[:1]
        return (before[:-1] if "".join(whole) in words else before) + line
    no_space = ord(before[-1]) >= _FIRST_HAN or ord(line[0]) >= _FIRST_HAN
    return f"{before}{'' if no_space else ' '}{line}"
