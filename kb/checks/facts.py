"""Checks of what was read: every fact quotes its document, every address exists."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kb.model import Document, Facts, Span
from kb.problems import Problem


def spans_of(value: object) -> Iterator[Span]:
    """Every span inside a record, depth first."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans_of(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from spans_of(inner)


def check_spans(document: Document, facts: Facts) -> Iterator[Problem]:
    """`text[start:end]` of every span is its quote, and its eId is a provision that holds it."""
    provisions = {p.eid: p for p in document.provisions}
    for span in spans_of(facts):
        line = document.body_line + document.text.count("\n", 0, max(span.start, 0))
        if document.text[span.start : span.end] != span.quote:
            message = f"{span.start}:{span.end} is not {span.quote!r}"
            yield Problem(document.path, line, "spans", message, "rebuild; if it stays, report it")
        home = provisions.get(span.eid)
        if span.eid and (home is None or not home.start <= span.start <= span.end <= home.end):
            yield Problem(document.path, line, "spans", f"{span.quote!r} does not stand in {span.eid}", "report it")


def check_deadlines(document: Document, facts: Facts) -> Iterator[Problem]:
    """No deadline ends before it begins."""
    for item in facts.items:
        due = item.deadline
        if due and due.earliest and due.latest and due.earliest > due.latest:
            line = document.body_line + document.text.count("\n", 0, item.span.start)
            message = f"{item.id}: due {due.latest}, before it begins on {due.earliest}"
            yield Problem(
                document.path, line, "deadlines", message, f"rule {due.rule} read it; see kb show {item.id} --why"
            )


def check_targets(document: Document, facts: Facts, eids: dict[str, set[str]]) -> Iterator[Problem]:
    """A resolved citation names a document and provision that exist."""
    for citation in facts.citations:
        target, _, eid = citation.target.partition("#")
        if target and (target not in eids or (eid and eid not in eids[target])):
            line = document.body_line + document.text.count("\n", 0, citation.span.start)
            message = f"{citation.span.quote!r} points to {citation.target}, which does not exist"
            yield Problem(document.path, line, "targets", message, "mend the reference, or leave it unresolved")
