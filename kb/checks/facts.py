"""Checks of what was read: every fact quotes its document, every address exists."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kb.checks.corpus import problem_in
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
        if document.text[span.start : span.end] != span.quote:
            message = f"{span.start}:{span.end} is not {span.quote!r}"
            yield problem_in(document, "spans", message, "rebuild; if it stays, report it", max(span.start, 0))
        home = provisions.get(span.eid)
        if span.eid and (home is None or not home.start <= span.start <= span.end <= home.end):
            message = f"{span.quote!r} does not stand in {span.eid}"
            yield problem_in(document, "spans", message, "report it", max(span.start, 0))


def check_deadlines(document: Document, facts: Facts) -> Iterator[Problem]:
    """No deadline ends before it begins."""
    for item in facts.items:
        due = item.deadline
        if due and due.earliest and due.latest and due.earliest > due.latest:
            message = f"{item.id}: due {due.latest}, before it begins on {due.earliest}"
            hint = f"rule {due.rule} read it; see kb show {item.id} --why"
            yield problem_in(document, "deadlines", message, hint, item.span.start)


def check_targets(document: Document, facts: Facts, eids: dict[str, set[str]]) -> Iterator[Problem]:
    """A resolved citation names a document and provision that exist."""
    for citation in facts.citations:
        target, _, eid = citation.target.partition("#")
        if target and (target not in eids or (eid and eid not in eids[target])):
            message = f"{citation.span.quote!r} points to {citation.target}, which does not exist"
            hint = "mend the reference, or leave it unresolved"
            yield problem_in(document, "targets", message, hint, citation.span.start)
