"""Checks of single documents: what people wrote, and how it was parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.model import Document, Fidelity, Reference
from kb.parse import basis_at
from kb.problems import Problem

_ID = re.compile(r"[a-z]{2,}-[a-z0-9-]+")


def _problem(document: Document, check: str, message: str, hint: str, offset: int | None = None) -> Problem:
    """A problem of a document, on the line that holds `offset` of the body (the first line of the file without one)."""
    line = 1 if offset is None else document.body_line + document.text.count("\n", 0, offset)
    return Problem(document.path, line, check, message, hint)


def check_dates(document: Document) -> Iterator[Problem]:
    """Dates of the front matter come in a possible order."""
    meta = document.meta
    order = [("adopted", meta.adopted), ("published", meta.published), ("effective", meta.effective)]
    known = [(name, day) for name, day in [*order, ("expires", meta.expires)] if day]
    for (early, first), (late, second) in pairwise(known):
        if first > second and not (early == "published" and late == "effective") and late != "published":
            yield _problem(document, "dates", f"{early}: {first} is after {late}: {second}", "mend the wrong one")
    if meta.horizon:
        start, _, end = meta.horizon.partition("/")
        if start >= end:
            yield _problem(document, "dates", f"horizon: {meta.horizon} ends before it begins", "write START/END")


def check_relations(document: Document, ids: set[str]) -> Iterator[Problem]:
    """Relations that look like a document id name a document of the corpus; others are citations as printed (external)."""
    for relation in ("based_on", "implements", "amends", "repeals", "related"):
        for target in getattr(document.meta, relation):
            if _ID.fullmatch(target) and target not in ids:
                hint = "use the id of a document of the corpus, or the citation as printed"
                yield _problem(document, "relations", f'{relation}: no document "{target}"', hint)


def check_issuers(document: Document, reference: Reference) -> Iterator[Problem]:
    """Issuers are ids of the bodies table."""
    known = {body.id for body in reference.bodies}
    for issuer in document.meta.issuers:
        if issuer not in known:
            hint = "add the body to corpus/reference/bodies.yml, or use its id there"
            yield _problem(document, "issuers", f'issuers: no body "{issuer}"', hint)


def check_numbering(document: Document) -> Iterator[Problem]:
    """Articles of a full text count from 1 without a gap or a repetition."""
    if document.meta.fidelity is not Fidelity.FULL:
        return
    expected = 1
    for article in (p for p in document.provisions if p.kind == "article"):
        m = re.search(r"(?:^|__)art_(\d+)(?:$|__|-)", article.eid)
        if m and int(m[1]) != expected:
            message = f"{article.number} stands where Article {expected} is expected"
            yield _problem(
                document, "numbering", message, "an article is missing, repeated or misnumbered", article.start
            )
            expected = int(m[1])
        expected += 1


def check_basis(document: Document) -> Iterator[Problem]:
    """Every statement of a digest says whether it was seen or recalled."""
    if document.meta.fidelity is not Fidelity.DIGEST:
        return
    for leaf in (p for p in document.provisions if p.leaf):
        bare = leaf.kind in {"heading", "note", "preface", "intro"} or leaf.text_start == leaf.text_end
        if not bare and basis_at(document, leaf.text_end - 1) is None:
            hint = "end the statement with [seen] or [recalled]"
            yield _problem(document, "basis", f"{leaf.eid} does not say how far it was checked", hint, leaf.text_start)


def check_tree(document: Document) -> Iterator[Problem]:
    """Leaves tile the body and eIds are unique."""
    position, seen = 0, set()
    for p in document.provisions:
        if p.eid in seen:
            yield _problem(
                document, "tree", f"eId {p.eid} stands twice", "report this: a defect of the parser", p.start
            )
        seen.add(p.eid)
        if p.leaf:
            if p.start != position:
                message = f"characters {position}:{p.start} belong to no provision, or to two"
                yield _problem(document, "tree", message, "report this: a defect of the parser", position)
            position = p.end
    if position != len(document.text):
        message = f"characters {position}:{len(document.text)} belong to no provision"
        yield _problem(document, "tree", message, "report this: a defect of the parser", position)
