"""Checks of single documents: what people wrote, and how it was parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.model import RELATIONS, Document, Fidelity, Reference
from kb.parse import line_of, number_value
from kb.problems import Problem

_ID = re.compile(r"[a-z]{2,}-[a-z0-9-]+")
_ARTICLE = re.compile(r"^(?:Article|Art\.?|第)\s?|[条條].*$", re.IGNORECASE)
_MARKED = re.compile(r"\[(?:seen|recalled)\][*_]{0,3}\s*$")
_WITHOUT_NORM = {"heading", "intro", "note", "preface", "conclusion"}


def problem_in(document: Document, check: str, message: str, hint: str, offset: int | None = None) -> Problem:
    """A problem of a document, on the line that holds `offset` of the body (the first line of the file without one)."""
    line = 1 if offset is None else line_of(document, offset)
    return Problem(document.path, line, check, message, hint)


def check_text(document: Document) -> Iterator[Problem]:
    """A document has a text."""
    if not document.text.strip():
        yield problem_in(document, "text", "the document has no text", "write it below the line that closes the head")


def check_dates(document: Document) -> Iterator[Problem]:
    """Dates of the front matter come in a possible order."""
    meta = document.meta
    order = [("adopted", meta.adopted), ("published", meta.published), ("effective", meta.effective)]
    known = [(name, day) for name, day in [*order, ("expires", meta.expires)] if day]
    for (early, first), (late, second) in pairwise(known):
        if first > second and not (early == "published" and late == "effective") and late != "published":
            yield problem_in(document, "dates", f"{early}: {first} is after {late}: {second}", "mend the wrong one")
    if meta.horizon:
        start, _, end = meta.horizon.partition("/")
        if start >= end:
            yield problem_in(document, "dates", f"horizon: {meta.horizon} ends before it begins", "write START/END")


def check_relations(document: Document, ids: set[str]) -> Iterator[Problem]:
    """Relations that look like a document id name a document of the corpus; others are citations as printed (external)."""
    for relation in RELATIONS:
        for target in getattr(document.meta, relation):
            if _ID.fullmatch(target) and target not in ids:
                hint = "use the id of a document of the corpus, or the citation as printed"
                yield problem_in(document, "relations", f'{relation}: no document "{target}"', hint)


def check_issuers(document: Document, reference: Reference) -> Iterator[Problem]:
    """Issuers are ids of the bodies table."""
    known = {body.id for body in reference.bodies}
    for issuer in document.meta.issuers:
        if issuer not in known:
            hint = (
                "use its id in the bodies table (kb show --bodies), or bring an own table: docs/corpus.md, Own tables"
            )
            yield problem_in(document, "issuers", f'issuers: no body "{issuer}"', hint)


def check_numbering(document: Document) -> Iterator[Problem]:
    """Numbers stand once in their place; articles of a full text run through its chapters without a gap."""
    seen: dict[tuple[str, str, str], str] = {}
    for p in document.provisions:
        key = (p.parent, p.kind, p.number.casefold())
        if p.number and key in seen:
            message = f'"{p.number}" stands twice in this place; the second is addressed as {p.eid}'
            yield problem_in(document, "numbering", message, f"check the number; the first is {seen[key]}", p.start)
        elif p.number:
            seen[key] = p.eid
    if document.meta.fidelity is Fidelity.FULL:
        yield from _article_gaps(document)


def _article_gaps(document: Document) -> Iterator[Problem]:
    """Articles that do not follow the one before; those of an annex begin again."""
    last, follows = 0, "the beginning"
    for p in (p for p in document.provisions if p.kind == "article"):
        number = number_value(_ARTICLE.sub("", p.number))
        if number not in (last, last + 1, 1):
            hint = "check that no article is missing and that every number stands at a line start"
            yield problem_in(document, "numbering", f'"{p.number}" follows {follows}', hint, p.start)
        last, follows = number, p.number


def check_basis(document: Document) -> Iterator[Problem]:
    """Every statement of a digest ends with the mark that says whether it was seen or recalled."""
    if document.meta.fidelity is not Fidelity.DIGEST:
        return
    for p in document.provisions:
        if p.leaf and p.kind not in _WITHOUT_NORM and not _MARKED.search(document.text[p.text_start : p.end]):
            hint = "end the statement with [seen] or [recalled]"
            yield problem_in(document, "basis", f"{p.eid} does not say how far it was checked", hint, p.text_start)


def check_tree(document: Document) -> Iterator[Problem]:
    """Leaves tile the body and eIds are unique."""
    position, seen = 0, set()
    for p in document.provisions:
        if p.eid in seen:
            yield problem_in(
                document, "tree", f"eId {p.eid} stands twice", "report this: a defect of the parser", p.start
            )
        seen.add(p.eid)
        if p.leaf:
            if p.start != position:
                message = f"characters {position}:{p.start} belong to no provision, or to two"
                yield problem_in(document, "tree", message, "report this: a defect of the parser", position)
            position = p.end
    if position != len(document.text):
        message = f"characters {position}:{len(document.text)} belong to no provision"
        yield problem_in(document, "tree", message, "report this: a defect of the parser", position)
