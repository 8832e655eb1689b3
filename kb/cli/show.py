"""kb show: one thing of the base by its id, or a list of what there is."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kb.cli.common import (
    EXIT_UNKNOWN,
    EXIT_USAGE,
    IsoDate,
    as_of_date,
    fail,
    near,
    open_built,
    print_rows_as_json,
    unknown,
    workspace,
)
from kb.cli.ids import AnyId
from kb.cli.selection import bodies_of
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kb.model import Body, ListStandard, Metadata, Term
    from kb.store import Base
    from kb.track.notes import Correction
    from kb.workspace import Workspace


@click.command()
@click.argument("thing", required=False, metavar="ID", type=AnyId())
@click.option(
    "--why",
    is_flag=True,
    help="Of an item: every step from the document to each slot, with the rules; of a list: the rules.",
)
@click.option("--text", is_flag=True, help="Of a document: its whole text.")
@click.option(
    "--as-of", type=IsoDate(), metavar="DATE", help="The date of the schedule (default: as_of of kb.toml, else today)."
)
@click.option("--documents", "listing", flag_value="documents", help="List all documents.")
@click.option("--lists", "listing", flag_value="lists", help="List all list standards.")
@click.option("--bodies", "listing", flag_value="bodies", help="List all bodies.")
@click.option(
    "--classes", "listing", flag_value="classes", help="List all classes of bodies, by the body that heads them."
)
@click.option("--terms", "listing", flag_value="terms", help="List the glossary.")
@click.option("--fields", "listing", flag_value="fields", help="List all fields.")
@click.option("--areas", "listing", flag_value="areas", help="List all areas.")
@click.option("--json", "as_json", is_flag=True, help="The record as JSON.")
@click.pass_context
def show(
    ctx: click.Context,
    /,
    thing: str | None,
    why: bool,
    text: bool,
    as_of: date | None,
    listing: str | None,
    as_json: bool,
) -> None:
    """Show a document, provision, item, list, body or term.

    ID is what other commands print: a document (cn-planning-outline-2014), an address in it (…#sec_2), an item (…~1), a
    list (…#list-…), a body by id or any name (ndrc, 国家发展和改革委员会, 发改委), a term of the glossary ("judgment
    defaulter", 失信被执行人).

    \b
    Example:
      kb show cn-zj-public-credit-information-2017
      kb show cn-zj-public-credit-information-2017#chp_1__art_7__para_1~1 --why
      kb show --bodies
    """
    if thing == "":
        fail("an empty id names nothing", EXIT_UNKNOWN, "run: kb show --documents")
    if (thing is None) == (listing is None):
        fail("name one thing, or one listing", EXIT_USAGE, "kb show ID, or kb show --documents")
    space = workspace(ctx)
    base = open_built(space)
    if listing:
        _print_listing(base, listing, as_json)
    elif thing:
        _show(space, base, thing, as_of_date(space, as_of), why=why, text=text, as_json=as_json)


def _show(space: Workspace, base: Base, thing: str, as_of: date, *, why: bool, text: bool, as_json: bool) -> None:
    from kb.cli import show_facts, show_texts

    if item := base.item(thing):
        show_facts.show_item(space, base, item, as_of, why=why, as_json=as_json)
        return
    if entry := base.list_standard(thing):
        show_facts.show_list(space, base, entry, why=why, as_json=as_json)
        return
    if said := _rejection(space, thing):
        show_facts.show_rejected(said, as_json=as_json)
        return
    if why:
        fail(f"{thing} is no item or list; --why explains those", EXIT_USAGE, "ids end in ~1, ~2 … or #list-…")
    document_id, _, eid = thing.partition("#")
    named = find_document(base, document_id)
    document = base.document(named) if named else None
    if document and eid:
        provision = document.provision(eid)
        if provision is None:
            known = {p.eid for p in document.provisions} | {i.id.partition("#")[2] for i in base.items(document.id)}
            unknown("place", thing, (f"{document.id}#{e}" for e in near(eid, known)), f"kb show {document.id}")
        show_texts.show_provision(base, document, provision, as_json=as_json)
    elif document:
        show_texts.show_document(base, document, text=text, as_json=as_json)
    elif not eid and (family := bodies_of(base).find(thing)):
        show_texts.show_body(base, family, as_of, as_json=as_json)
    elif term := _term(base, thing):
        show_texts.show_term(term, as_json=as_json)
    else:
        bodies = bodies_of(base).suggestions(thing)
        titled = [m.id for m in base.metadata() if "#" not in thing and thing.lower() in m.title.lower()]
        meant = dict.fromkeys((*near(thing, _ids(base, thing)), *titled[:3], *bodies))
        unknown("document, item, list, body or term", thing, meant, "kb show --documents")


def _term(base: Base, name: str) -> Term | None:
    """The term of the glossary with this name, Chinese or English; the one that prefers it before the one that has it too."""
    wanted = " ".join(name.lower().split())
    glossary = base.reference.glossary
    preferring = (term for term in glossary if wanted in {term.zh, term.preferred.lower()})
    having = (term for term in glossary if wanted in {variant.lower() for variant in term.variants})
    return next(preferring, None) or next(having, None)


def _rejection(space: Workspace, thing: str) -> Correction | None:
    from kb.track import read_notes, rejection

    return rejection(read_notes(space.notes), thing) if "#" in thing else None


def find_document(base: Base, name: str) -> str | None:
    """The id of the document with this id, number or title, any case; None where there is none."""
    wanted = _plain(name)
    for meta in base.metadata():
        names = (meta.id, meta.title, meta.short_title, meta.title_zh, meta.doc_number, meta.doc_number_zh)
        if wanted and wanted in {_plain(n) for n in names}:
            return meta.id
    return None


def _plain(name: str) -> str:
    """The name without what people write differently: case, marks, and the "No." of a number ("guofa-2014-21")."""
    return " ".join(word for word in re.findall(r"\w+", name.lower()) if word != "no")


def _ids(base: Base, thing: str) -> set[str]:
    ids = {meta.id for meta in base.metadata()}
    return ids if "#" not in thing else ids | {x.id for x in base.lists()}


def _print_listing(base: Base, listing: str, as_json: bool) -> None:
    records, columns, row_of = _listing(base, listing)
    if as_json:
        print_rows_as_json(records)
    else:
        print_table(columns, map(row_of, records))
        if not records:
            click.echo(f"No {listing} in the base.", err=True)


def _listing(base: Base, listing: str) -> tuple[Sequence[Any], tuple[Column, ...], Callable[[Any], tuple[str, ...]]]:
    """The records of a listing, the columns of its table, and what gives the row of a record."""
    reference = base.reference
    match listing:
        case "documents":
            return base.metadata(), _DOCUMENT_COLUMNS, _document_row
        case "lists":
            return base.lists(), _LIST_COLUMNS, _list_row
        case "bodies":
            return reference.bodies, _BODY_COLUMNS, _body_row
        case "terms":
            return reference.glossary, _TERM_COLUMNS, lambda term: (term.zh, term.preferred, "; ".join(term.variants))
        case _:
            labels = {"classes": reference.body_classes, "fields": reference.fields, "areas": reference.areas}
            return labels[listing], _LABEL_COLUMNS, lambda label: (label.id, label.name, label.name_zh)


_DOCUMENT_COLUMNS = (
    *(Column("Document", 5), Column("Kind", 3), Column("Level", 2), Column("Issued"), Column("Text")),
    Column("Name", 8),
)
_LIST_COLUMNS = (Column("List", 6), Column("Kind"), Column("Stated"), Column("Silent", 3), Column("Name", 6))
_BODY_COLUMNS = (
    *(Column("Body", 2), Column("Short", 1), Column("Until"), Column("Successor", 1)),
    *(Column("Name", 6), Column("中文", 4)),
)
_TERM_COLUMNS = (Column("中文", 3), Column("Preferred", 5), Column("Also", 6))
_LABEL_COLUMNS = (Column("Id", 2), Column("Name", 4), Column("中文", 3))


def _document_row(meta: Metadata) -> tuple[str, ...]:
    from kb.track import issued

    return (meta.id, meta.kind, meta.level, issued(meta).words, meta.fidelity, meta.name)


def _list_row(entry: ListStandard) -> tuple[str, ...]:
    stated = sum(slot.state == "stated" for slot in entry.slots)
    silent = ", ".join(slot.name for slot in entry.slots if slot.state == "silent")
    return (entry.id, entry.list_kind, f"{stated} of {len(entry.slots)}", silent, entry.name)


def _body_row(body: Body) -> tuple[str, ...]:
    short = ", ".join(body.abbreviations)
    return (body.id, short, str(body.until or ""), body.successor, body.name, body.name_zh)
