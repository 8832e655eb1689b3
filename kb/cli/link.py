"""kb link: which later provision may carry out an item; a person confirms or rejects; gaps are counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kb.cli.common import (
    EXIT_UNKNOWN,
    IsoDate,
    as_of_date,
    check_document,
    count,
    fail,
    open_built,
    print_rows_as_json,
    workspace,
)
from kb.cli.entering import by_option, dry_run_option, enter, enterer, find_item, now
from kb.cli.ids import AnyId, DocumentId, ItemId
from kb.cli.selection import F
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from kb.store import Base
    from kb.track import Coverage
    from kb.workspace import Workspace


@click.group()
def link() -> None:
    """Find, confirm and reject evidence: later provisions that carry out an item.

    A suggestion says where to look and why; only a person confirms. A confirmed link is evidence that a document answers
    the item, not that the thing was done (that is kb mark).

    \b
    Example:
      kb link suggest --document cn-planning-outline-2014
      kb link confirm "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" "cn-unified-code-plan-2015#sec_3__subsec_1"
      kb link gaps --as-of 2018-10-24
    """


_AS_OF = click.option(
    "--as-of",
    type=IsoDate(),
    metavar="DATE",
    help="Only documents issued by this day (default: as_of of kb.toml, else today).",
)
_DOCUMENT = click.option("--document", metavar="ID", type=DocumentId(), help="Only items of this document.")
_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@link.command()
@click.argument("item_id", required=False, metavar="[ITEM]", type=ItemId())
@_DOCUMENT
@_AS_OF
@_JSON
@click.pass_context
def suggest(
    ctx: click.Context, /, item_id: str | None, document: str | None, as_of: date | None, as_json: bool
) -> None:
    """List links of one item, of a document's items, or of all: suggested, confirmed and rejected.

    \b
    Example:
      kb link suggest --document cn-planning-outline-2014 --as-of 2018-10-24
    """
    space = workspace(ctx)
    base = open_built(space)
    found = _coverage(space, base, as_of_date(space, as_of), item_id, document)
    if as_json:
        print_rows_as_json(found.links)
        return
    columns = (
        Column("Item", apart=True),
        Column("Target", apart=True),
        Column("State"),
        Column("Confidence", 0, "right"),
        Column("Evidence", 6),
    )
    print_table(
        columns, ((x.item, x.target, x.state, f"{x.confidence:.2f}", "; ".join(x.evidence)) for x in found.links)
    )
    click.echo(f"{count(found.links, 'link')}; {count(found.gaps, 'gap')}.", err=True)


@link.command()
@_DOCUMENT
@_AS_OF
@_JSON
@click.pass_context
def gaps(ctx: click.Context, /, document: str | None, as_of: date | None, as_json: bool) -> None:
    """List tasks and duties for which no later document of the corpus was found, and how many were searched.

    Nothing found in this corpus does not mean that nothing was done.

    \b
    Example:
      kb link gaps --document cn-planning-outline-2014 --as-of 2018-10-24
    """
    space = workspace(ctx)
    base = open_built(space)
    found = _coverage(space, base, as_of_date(space, as_of), None, document)
    if as_json:
        print_rows_as_json(found.gaps)
        return
    words = {item.id: item.action.words for item in base.items(document)}
    columns = (Column("Item", apart=True), Column("What", 8), Column("Found", 5))
    said = (
        (g.item, words[g.item], f"nothing in {count(g.searched, 'later document')} as of {g.as_of}") for g in found.gaps
    )
    print_table(columns, said)
    click.echo(f"{count(found.gaps, 'gap')}.", err=True)


def _coverage(space: Workspace, base: Base, as_of: date, item_id: str | None, document: str | None) -> Coverage:
    from kb.track import Corpus, coverage, headings, read_links, read_notes

    metadata, items = base.metadata(), base.items()
    ids = [meta.id for meta in metadata]
    if document:
        check_document(base, document)
    of = [find_item(base, item_id)] if item_id else [i for i in items if document in {None, i.document}]
    citations = {one: base.citations(one) for one in ids}
    above = {one: headings(found) for one in ids if (found := base.document(one))}
    corpus = Corpus(items, metadata, citations, base.lists(), as_of, above)
    return coverage(corpus, read_links(read_notes(space.notes), items), of)


_VERDICT = (
    click.argument("item_id", metavar="ITEM", type=ItemId()),
    click.argument("target", metavar="TARGET", type=AnyId("documents", "provisions")),
    click.option("--note", default="", help="Why."),
    by_option("says so"),
    dry_run_option,
)


def _verdict(command: F) -> F:
    """Give a command what a verdict on a link needs: item, target, and who says so and why."""
    for parameter in reversed(_VERDICT):
        command = parameter(command)
    return command


@link.command()
@_verdict
@click.pass_context
def confirm(ctx: click.Context, /, **said: Any) -> None:
    """Enter that the provision TARGET carries out the ITEM.

    \b
    Example:
      kb link confirm "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" "cn-unified-code-plan-2015#sec_3__subsec_1"
    """
    _enter(ctx, confirmed=True, **said)


@link.command()
@_verdict
@click.pass_context
def reject(ctx: click.Context, /, **said: Any) -> None:
    """Enter that the provision TARGET does not carry out the ITEM; it is not suggested as open again.

    \b
    Example:
      kb link reject "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" "cn-unified-code-plan-2015#sec_3__subsec_1" --note "another list"
    """
    _enter(ctx, confirmed=False, **said)


def _enter(
    ctx: click.Context, *, item_id: str, target: str, note: str, by: str | None, confirmed: bool, dry_run: bool
) -> None:
    from kb.track import read_links, read_notes
    from kb.track.attach import subject_of
    from kb.track.notes import LinkVerdict

    space = workspace(ctx)
    base = open_built(space)
    item = find_item(base, item_id)
    said = read_links(read_notes(space.notes), base.items()).verdict(item.id, target)
    if not base.has_address(target) and not (said and not confirmed):  # what is gone can still be rejected
        hint = f"run: kb show {target.partition('#')[0]}"
        fail(f"no document or provision {target!r} in the base", EXIT_UNKNOWN, hint)
    if said and said.confirmed == confirmed:
        verdict = "confirmed" if confirmed else "rejected"
        click.echo(f"{verdict} already by {said.by} on {said.at:%Y-%m-%d}; nothing entered", err=True)
        return
    entry = LinkVerdict(
        at=now(), by=enterer(by), subject=subject_of(item), target=target, confirmed=confirmed, note=note
    )
    enter(space, entry, dry_run=dry_run)
