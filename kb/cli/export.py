"""kb export, cite: the base in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.common import EXIT_USAGE, count, fail, open_built, workspace
from kb.cli.ids import AnyId
from kb.cli.selection import Picked, WindowType, pick, selection
from kb.cli.show import find_document

if TYPE_CHECKING:
    from kb.model import Body, Document, Provision
    from kb.store import Base
    from kb.track import Change, DueRow, Window
    from kb.workspace import Workspace

FORMATS = {
    "ics": "iCalendar: an all-day event for every row that has a day",
    "atom": "Atom feed of what comes due within --within, and with --since of what changed",
    "csv": "a table of items with their schedule, safe to open in a spreadsheet",
    "lists": "a table of list standards, slot by slot (CSV)",
    "json": "everything, as kb export schema describes it",
    "schema": "the JSON Schema of the JSON export",
    "sqlite": "the database; needs --out",
    "biblatex": "all documents for LaTeX",
    "csl": "all documents as CSL-JSON, for Zotero and pandoc",
    "akn": "Akoma Ntoso XML of one --document, or of all into a folder --out",
}


class _Help(click.Command):
    """Lists the formats under the options."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Formats"):
            formatter.write_dl(list(FORMATS.items()))


@click.command(cls=_Help)
@click.argument("name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@selection
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), metavar="PATH", help="Write here instead of standard output."
)
@click.option("--raw", is_flag=True, help="CSV: keep cells as they are, also those that a spreadsheet may run.")
@click.option("--alarm", type=click.IntRange(0, 365), metavar="DAYS", help="ics: remind so many days before.")
@click.option(
    "--split",
    type=click.Choice(["body", "field"]),
    help="ics: a calendar for each body or field, into the folder --out.",
)
@click.option("--within", type=WindowType(), metavar="6m", help="atom: how far ahead (default 6m).")
@click.option(
    "--since", metavar="REV|PATH", help="atom: also what changed since a snapshot or revision, as kb changes reads it."
)
@click.pass_context
def export(
    ctx: click.Context,
    /,
    name: str,
    out: Path | None,
    raw: bool,
    alarm: int | None,
    split: str | None,
    within: Window | None,
    since: str | None,
    **chosen: Any,
) -> None:
    """Write the base in the format of another program. The same base and date give the same bytes.

    \b
    Example:
      kb export ics --as-of 2018-10-24 --actor ndrc -o ndrc.ics
      kb export csv --as-of 2018-10-24 > items.csv
      kb export akn --document cn-zj-public-credit-information-2017 -o zhejiang.xml
    """
    if name == "schema":
        from kb.export.dataset import schema

        _write(out, schema())
        return
    space = workspace(ctx)
    base = open_built(space)
    if name == "sqlite":
        if out is None:
            fail("a database is written to a file", EXIT_USAGE, "kb export sqlite --out kb.sqlite")
        _write(out, base.path.read_bytes())
        return
    picked = pick(space, base, chosen, within)
    for line in picked.talk if name not in _WHOLE else ():
        click.echo(line, err=True)
    match name:
        case "ics":
            _calendars(picked, out, alarm, split)
        case "atom":
            _write(out, _feed(space, base, picked, within, since))
        case "csv":
            from kb.export.sheet import due_sheet

            _write(out, due_sheet(picked.rows, raw=raw).encode())
        case "lists":
            from kb.export.lists import list_sheet

            entries = (x for x in base.lists(chosen["document"]) if x.document not in picked.left_out)
            _write(out, list_sheet(entries, base.metadata(), raw=raw).encode())
        case "json":
            _write(out, _dataset(base, picked, chosen["document"]))
        case "akn":
            _akoma_ntoso(base, chosen["document"], out)
        case _:
            _write(out, _bibliography(base, name, chosen["document"]))


def _write(out: Path | None, data: bytes) -> None:
    """Write to the file, whole or not at all, or to standard output."""
    if out is None:
        click.echo(data, nl=False)
        return
    from kb.store import write_atomically

    out.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(out, data)
    click.echo(f"Wrote {out}", err=True)


def _calendars(picked: Picked, out: Path | None, alarm: int | None, split: str | None) -> None:
    from kb.export.ics import calendar

    if split is None:
        _write(out, calendar(picked.rows, picked.as_of, "Due", alarm))
        return
    if out is None:
        fail("--split writes several calendars into a folder", EXIT_USAGE, "name it: --out calendars")
    groups: dict[str, list[DueRow]] = {}
    for row in picked.rows:
        keys = {actor.agency for actor in row.actors if actor.agency} if split == "body" else set(row.fields)
        for key in keys or {"none"}:
            if row.due:
                groups.setdefault(key, []).append(row)
    for key, rows in sorted(groups.items()):
        _write(out / f"{key}.ics", calendar(rows, picked.as_of, f"Due: {key}", alarm))


def _feed(space: Workspace, base: Base, picked: Picked, within: Window | None, since: str | None) -> bytes:
    from kb.export.atom import feed
    from kb.track import HALF_YEAR, changes

    end = (within or HALF_YEAR).end(picked.as_of)
    rows = [row for row in picked.rows if row.due and picked.as_of <= row.due <= end]
    found: tuple[Change, ...] = ()
    if since:
        from kb.cli.changes import facts_of, snapshot

        found = changes(snapshot(space, since), facts_of(base))
    return feed(sorted(rows, key=lambda r: (r.due, r.id)), found, picked.as_of, "What comes due")


def _dataset(base: Base, picked: Picked, document: str | None) -> bytes:
    from kb.export.dataset import DocumentFacts, dataset, encode

    documents = tuple(
        DocumentFacts(meta, base.lists(meta.id), base.citations(meta.id), base.definitions(meta.id))
        for meta in base.metadata()
        if document in {None, meta.id} and meta.id not in picked.left_out
    )
    return encode(dataset(tuple(picked.rows), documents, base.reference, picked.as_of, base.digest))


def _akoma_ntoso(base: Base, document: str | None, out: Path | None) -> None:
    from kb.export.akn import akoma_ntoso

    bodies = {body.id: body for body in base.reference.bodies}
    if document:
        if found := base.document(document):
            _write(out, akoma_ntoso(found, bodies))
        return
    if out is None:
        fail("all documents go into a folder", EXIT_USAGE, "name it: --out akn; or name one --document")
    documents = [found for meta in base.metadata() if (found := base.document(meta.id))]
    for one in documents:
        _write(out / f"{one.id}.xml", akoma_ntoso(one, bodies))
    click.echo(f"{count(documents, 'document')}.", err=True)


def _bibliography(base: Base, name: str, document: str | None) -> bytes:
    from kb.export.cite import biblatex, csl, csl_json

    bodies = {body.id: body for body in base.reference.bodies}
    chosen = [meta for meta in base.metadata() if document in {None, meta.id}]
    if name == "csl":
        return csl_json([csl(meta, bodies) for meta in chosen])
    return "\n".join(biblatex(meta, bodies) for meta in chosen).encode()


_WHOLE = {"biblatex", "csl", "akn"}  # of documents, whatever the date


@click.command()
@click.argument(
    "things", nargs=-1, required=True, metavar="ID…", type=AnyId("documents", "items", "lists", "provisions")
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "biblatex", "csl"]),
    default="text",
    show_default=True,
    help="The form of the citation.",
)
@click.pass_context
def cite(ctx: click.Context, /, things: tuple[str, ...], style: str) -> None:
    """Cite documents, or provisions, items or lists in them, to the very place.

    \b
    Example:
      kb cite "cn-zj-public-credit-information-2017#chp_1__art_7"
      kb cite cn-planning-outline-2014 cn-unified-code-plan-2015 --format biblatex
    """
    from kb.export import cite as forms

    base = open_built(workspace(ctx))
    bodies: dict[str, Body] = {body.id: body for body in base.reference.bodies}
    found = [(d.meta, forms.place_of(d, p)) for d, p in (_place(base, thing) for thing in dict.fromkeys(things))]
    match style:
        case "biblatex":
            click.echo("\n".join(forms.biblatex(meta, bodies, place) for meta, place in found), nl=False)
        case "csl":
            click.echo(forms.csl_json([forms.csl(meta, bodies, place) for meta, place in found]), nl=False)
        case _:
            click.echo("\n".join(forms.plain(meta, bodies, place) for meta, place in found))


def _place(base: Base, thing: str) -> tuple[Document, Provision | None]:
    """The document that is meant, and the provision in it; ends the command where there is none."""
    from kb.cli.common import near, unknown

    item = base.item(thing)
    entry = base.list_standard(thing)
    name, _, eid = thing.partition("#")
    eid = item.eid if item else entry.span.eid if entry else eid
    named = find_document(base, name)
    document = base.document(named) if named else None
    if document is None:
        unknown("document", name, near(name, [m.id for m in base.metadata()]), "kb show --documents")
    provision = document.provision(eid)
    if eid and provision is None:
        meant = (f"{document.id}#{e}" for e in near(eid, [p.eid for p in document.provisions]))
        unknown("place", thing, meant, f"kb show {document.id}")
    return document, provision
