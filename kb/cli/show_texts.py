"""How documents, provisions and bodies look on a terminal or in a pipe."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import click

from kb.cli.common import print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Document, Provision, Term
    from kb.store import Base
    from kb.track import Family

_DATES = ("adopted", "signed", "published", "effective", "expires")
_LABEL = 14
_WITHOUT_NORM = {"preface", "heading", "conclusion"}


def line(label: str, value: str) -> None:
    """One labelled line, wrapped under itself on a terminal; nothing for an empty value."""
    if not value:
        return
    head = f"{label:{_LABEL}}"
    if not sys.stdout.isatty():
        click.echo(head + value)
        return
    width = max(shutil.get_terminal_size().columns - 1, 40)
    click.echo(
        textwrap.fill(
            value,
            width,
            initial_indent=head,
            subsequent_indent=" " * _LABEL,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def fidelity_note(document: Document) -> str:
    """What a reader must know before quoting: how far the text is the document's."""
    match document.meta.fidelity:
        case "digest":
            return f"digest, not a translation ({document.meta.digest_basis or 'basis not stated'}); do not quote as the document's words"
        case "excerpt":
            return "excerpt: some provisions, each one whole"
        case _:
            return "full: every provision translated"


def show_document(base: Base, document: Document, *, text: bool, as_json: bool) -> None:
    """Metadata, the outline with addresses, and what was read; or the whole text."""
    if as_json:
        import msgspec

        record = {**msgspec.to_builtins(document.meta), "provisions": msgspec.to_builtins(document.provisions)}
        print_json({**record, "text": document.text} if text else record)
        return
    if text:
        click.echo(document.text, nl=False)
        return
    _print_head(base, document)
    facts = base.facts(document.id)
    counts = Counter(item.modality.value for item in facts.items)
    detail = ", ".join(f"{n} {m}" for m, n in sorted(counts.items()))
    line("items", f"{len(facts.items)} ({detail})" if detail else "none")
    line("lists", "; ".join(f"{x.name} [{x.id}]" for x in facts.lists))
    line("citations", str(len(facts.citations)))
    click.echo()
    for entry in outline(document):
        click.echo(entry)


def _print_head(base: Base, document: Document) -> None:
    from kb.model import RELATIONS

    meta = document.meta
    names = {body.id: body.name for body in base.reference.bodies}
    click.echo(meta.title)
    for label, value in (
        ("", meta.title_zh),
        ("id", meta.id),
        ("number", " · ".join(x for x in (meta.doc_number, meta.doc_number_zh) if x)),
        ("kind", f"{meta.kind}, {meta.level}, {meta.region}"),
        ("issued by", "; ".join(names.get(i, i) for i in meta.issuers)),
        ("dates", ", ".join(f"{name} {getattr(meta, name)}" for name in _DATES if getattr(meta, name))),
        ("period", meta.horizon.replace("/", " to ")),
        ("status", meta.status.value),
        ("text", fidelity_note(document)),
        *((r.replace("_", " "), "; ".join(getattr(meta, r))) for r in RELATIONS),
        ("translation", meta.translation),
        ("source", meta.source_url),
        ("licence", meta.licence),
        ("note", meta.version_note),
    ):
        line(label, value)


def outline(document: Document) -> Iterator[str]:
    """A line for every unit with a number or a heading, with its address; leaves without one are left to the text."""
    depths = {"": -1}
    for at, provision in enumerate(document.provisions):
        depths[provision.eid] = depth = depths[provision.parent] + 1
        if provision.kind in _WITHOUT_NORM or not (provision.number or provision.heading):
            continue
        words = " ".join(x for x in (provision.number, provision.heading) if x)
        if not provision.heading:
            words += " " + textwrap.shorten(_first_words(document, at), 60, placeholder=" …")
        yield f"{'  ' * depth}{words}  [{provision.eid}]"


def _first_words(document: Document, at: int) -> str:
    """The text of the first leaf in the provision at this place: that of the provision itself begins with its number."""
    leaves = (p for n in range(at, len(document.provisions)) if (p := document.provisions[n]).leaf)
    leaf = next(leaves, document.provisions[at])
    return document.text[leaf.text_start : leaf.text_end]


def show_provision(base: Base, document: Document, provision: Provision, *, as_json: bool) -> None:
    """The text of a provision with its place, and the ids of what was read in it."""
    inside = [i for i in base.items(document.id) if provision.start <= i.action.start < provision.end]
    lists = [x for x in base.lists(document.id) if provision.start <= x.span.start < provision.end]
    citations = [c for c in base.citations(document.id) if provision.start <= c.span.start < provision.end]
    text = document.text[provision.start : provision.end].strip()
    if as_json:
        extra = {"document": document.id, "text": text, "items": [i.id for i in inside], "lists": [x.id for x in lists]}
        print_json(provision, **extra)
        return
    click.echo(f"{document.meta.name} › {place(document, provision.eid)}")
    line("address", f"{document.id}#{provision.eid}")
    if document.meta.fidelity != "full":
        line("text", fidelity_note(document))
    click.echo(f"\n{text}\n")
    for item in inside:
        line("item", f"{item.id}  {item.modality}: {item.action.words}")
    for entry in lists:
        line("list", f"{entry.id}  {entry.name}")
    for citation in citations:
        line(
            "cites",
            f"{citation.span.words} ({citation.verb}) → {citation.target or 'not in the corpus'}",
        )


def place(document: Document, eid: str) -> str:
    """The headings and numbers above a provision, and its own: "Chapter II › Article 7"."""
    by_eid = {p.eid: p for p in document.provisions}
    words: list[str] = []
    while eid in by_eid:
        provision = by_eid[eid]
        own = " ".join(x for x in (provision.number, provision.heading) if x)
        if own:
            words.append(" ".join(own.split()))
        eid = provision.parent
    return " › ".join(reversed(words)) or "the document"


def show_body(base: Base, family: Family, as_of: date, *, as_json: bool) -> None:
    """A body with its names over time, those before it, what it issued, what it owes, and the class it heads."""
    from kb.track import BodyClasses, owed_by, owed_by_class

    body = family.body
    issued = [meta for meta in base.metadata() if family.ids & set(meta.issuers)]
    owed = [item for item in base.items() if owed_by(item, family.ids)]
    classes = BodyClasses(base.reference.body_classes)
    headed = [row for row in base.reference.body_classes if row.id in family.ids]
    of_class = [item for item in base.items() if owed_by_class(item, family.ids, classes)]
    if as_json:
        extra = {
            "predecessors": [b.id for b in family.predecessors],
            "issued": [m.id for m in issued],
            "items": [i.id for i in owed],
            "classes": [row.name for row in headed],
            "items_of_classes": [i.id for i in of_class],
        }
        print_json(body, **extra)
        return
    _print_names(family, as_of)
    line("issued", "; ".join(meta.id for meta in issued) or "no document of the corpus")
    line("items", f"{len(owed)}; run: kb due --actor {body.id} --itself")
    if headed:
        names = "; ".join(row.name for row in headed)
        line("class", f"heads the {names}, who owe {len(of_class)}; with them: kb due --actor {body.id}")


def show_term(term: Term, *, as_json: bool) -> None:
    """A term of the glossary: its renderings, and what it must not be taken for."""
    if as_json:
        print_json(term)
        return
    click.echo(term.preferred)
    line("", f"{term.zh} ({term.pinyin})" if term.pinyin else term.zh)
    line("also", "; ".join(term.variants))
    line("is not", "; ".join(term.not_same_as))
    line("note", term.note)
    line("where", f'kb mentions "{term.preferred}"')


def _print_names(family: Family, as_of: date) -> None:
    """What a body is called, over time, and the bodies before and behind it."""
    body = family.body
    click.echo(body.name)
    line("", body.name_zh)
    line("id", body.id)
    line("level", body.level)
    line("short", ", ".join((*body.abbreviations, *body.short_zh)))
    for alias in body.aliases:
        line("also", f"{alias.name}{_between(alias.since, alias.until)}")
    line("existed", _between(body.since, body.until).strip(" ()"))
    line("successor", body.successor)
    line("before", "; ".join(f"{b.id}: {b.name}{_between(b.since, b.until)}" for b in family.predecessors))
    line("as of", family.note(as_of))
    line("note", body.note)


def _between(since: date | None, until: date | None) -> str:
    words = " ".join(x for x in (f"since {since}" if since else "", f"until {until}" if until else "") if x)
    return f" ({words})" if words else ""
