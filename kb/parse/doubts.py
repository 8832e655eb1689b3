"""What is doubtful in the structure of a document, for a person to look at: each a Problem with its line.

Parsing itself refuses nothing; these are the places where its reading may not be what the author meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model import Document, Fidelity, Provision
from kb.parse.numbering import number_value
from kb.problems import Problem

_MARKED = re.compile(r"\[(?:seen|recalled)\][*_]{0,3}\s*$")
_WITHOUT_NORM = {"heading", "intro", "note", "preface", "conclusion"}
_LINE = re.compile(r"\r\n|\r|\n")


def parse_problems(document: Document) -> tuple[Problem, ...]:
    """Repeated numbers, gaps between articles, digest statements without a mark, sorted by line."""
    problems = [*_repeated_numbers(document), *_article_gaps(document), *_missing_marks(document)]
    return tuple(sorted(problems))


def line_of(document: Document, offset: int) -> int:
    """The 1-based line of the file on which a character of the body stands."""
    return document.body_line + len(_LINE.findall(document.text, 0, offset))


def _problem(document: Document, provision: Provision, check: str, message: str, hint: str) -> Problem:
    start = provision.start if provision.number else provision.text_start
    return Problem(document.path, line_of(document, start), check, message, hint)


def _repeated_numbers(document: Document) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], str] = {}
    for p in document.provisions:
        key = (p.parent, p.kind, p.number.casefold())
        if p.number and key in seen:
            message = f'"{p.number}" stands twice at this place; the second is addressed as {p.eid}'
            hint = f"check the number; the first is {seen[key]}"
            yield _problem(document, p, "repeated-number", message, hint)
        elif p.number:
            seen[key] = p.eid


def _article_gaps(document: Document) -> Iterator[Problem]:
    """Articles of a full text run through its chapters without a gap; those of an annex begin again."""
    if document.meta.fidelity is not Fidelity.FULL:
        return
    before: Provision | None = None
    for p in document.provisions:
        if p.kind != "article":
            continue
        last = _article_number(before) if before else 0
        if _article_number(p) not in (last, last + 1, 1):
            follows = before.number if before else "the beginning"
            hint = "check that no article is missing and that every number stands at a line start"
            yield _problem(document, p, "number-gap", f'"{p.number}" follows {follows}', hint)
        before = p


def _article_number(provision: Provision) -> int:
    return number_value(re.sub(r"^(?:Article|Art\.?|第)\s?|[条條].*$", "", provision.number, flags=re.IGNORECASE))


def _missing_marks(document: Document) -> Iterator[Problem]:
    if document.meta.fidelity is not Fidelity.DIGEST:
        return
    for p in document.provisions:
        if p.leaf and p.kind not in _WITHOUT_NORM and not _MARKED.search(document.text[p.text_start : p.end]):
            message = f"the statement {p.eid} has no mark"
            yield _problem(document, p, "digest-mark", message, "end it with [seen] or [recalled]")
