"""kb stats, compare: how many items there are of each kind, and two documents side by side."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kb.cli.common import EXIT_USAGE, check_document, fail, open_built, print_json, print_rows_as_json, workspace
from kb.cli.ids import DocumentId
from kb.cli.selection import bodies_of, pick, selection
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.store import Base
    from kb.track import Pair, Share

GROUPS = ("document", "kind", "region", "body", "class", "area", "field", "modality", "strength", "trackability")


@click.command()
@selection
@click.option("--by", multiple=True, type=click.Choice(GROUPS), help="Only this grouping; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="All groupings as JSON.")
@click.pass_context
def stats(ctx: click.Context, /, by: tuple[str, ...], as_json: bool, **chosen: Any) -> None:
    """Count items by document, body, class of bodies, area, modality …, with the share that names an actor and a date.

    \b
    Example:
      kb stats --by body
      kb stats --document cn-planning-outline-2014 --json
    """
    from kb.track import statistics

    space = workspace(ctx)
    base = open_built(space)
    picked = pick(space, base, {**chosen, "later": chosen["later"] or chosen["as_of"] is None})
    ids = {row.id for row in picked.rows}
    chosen_items = (item for item in base.items() if item.id in ids)
    found = statistics(chosen_items, base.metadata(), base.reference.body_classes)
    if as_json:
        print_json(found)
        return
    columns = (
        *(Column("Group", 4), Column("Items", 0, "right"), Column("Actor", 0, "right"), Column("Date", 0, "right")),
        *(
            Column("Both", 0, "right"),
            Column("Trackability", 0, "right"),
            Column("Uncertain", 0, "right"),
            Column("Reviewed", 0, "right"),
        ),
    )
    print_table(columns, [_share(found.total)])
    for name in by or GROUPS:
        print_table(columns, (_share(share) for share in found.by[name]), title=f"By {name}")


def _share(share: Share) -> tuple[str, ...]:
    def percent(part: int) -> str:
        return f"{part / share.items:.0%}" if share.items else "—"

    return (
        *(share.group, str(share.items), percent(share.with_actor), percent(share.with_date), percent(share.with_both)),
        *(f"{share.trackability:.2f} of 4", percent(share.uncertain), str(share.corrected)),
    )


@click.command()
@click.argument("left", metavar="DOC", type=DocumentId())
@click.argument("right", metavar="DOC", type=DocumentId())
@click.option(
    "--by", type=click.Choice(["area", "field"]), default="area", show_default=True, help="What the rows are."
)
@click.option("--items", is_flag=True, help="Also every item under its group.")
@click.option("--json", "as_json", is_flag=True, help="A list of groups with both sides.")
@click.pass_context
def compare(ctx: click.Context, /, left: str, right: str, by: str, items: bool, as_json: bool) -> None:
    """Put the items and dates of two documents side by side.

    \b
    Example:
      kb compare cn-planning-outline-2014 cn-sh-credit-action-plan-2013-2015
      kb compare cn-zj-public-credit-information-2017 cn-sh-social-credit-regulations-2017 --by field --items
    """
    from datetime import date

    from kb.track import compare as read_pairs
    from kb.track import due_rows

    if left == right:
        fail("both sides are the same document", EXIT_USAGE)
    base = open_built(workspace(ctx))
    for one in (left, right):
        check_document(base, one)
    bodies = bodies_of(base)
    rows = {d: due_rows(base.items(d), base.metadata(), date.min, bodies=bodies) for d in (left, right)}
    pairs = read_pairs(rows[left], rows[right], by)
    if as_json:
        print_rows_as_json(pairs)
        return
    heads = ("Left", "Right") if sys.stdout.isatty() else (left, right)
    _print_names(base, dict(zip(heads, (left, right), strict=True)), [one for one in (left, right) if not rows[one]])
    columns = (
        Column(by.capitalize()),
        *(Column(heads[0], 0, "right"), Column("Dates", 4), Column(heads[1], 0, "right"), Column("Dates", 4)),
    )
    cells = (
        (p.group, str(p.left.items), ", ".join(p.left.days), str(p.right.items), ", ".join(p.right.days)) for p in pairs
    )
    print_table(columns, cells)
    if items:
        _print_items(pairs, {row.id: row.action for one in rows.values() for row in one})


def _print_names(base: Base, heads: dict[str, str], empty: Sequence[str]) -> None:
    """What the heads stand for, and which of the documents have no items."""
    metadata = {meta.id: meta for meta in base.metadata()}
    for head, one in heads.items():
        meta = metadata[one]
        if head != one:
            click.echo(f"{head:5}  {one}  {meta.name} ({meta.fidelity})")
        if one in empty:
            text = "text" if meta.fidelity == "full" else meta.fidelity
            click.echo(f"{one}: no items were read in this {text}.", err=True)


def _print_items(pairs: Iterable[Pair], actions: dict[str, str]) -> None:
    for pair in pairs:
        click.echo(f"\n{pair.group}")
        for row in (*pair.left.rows, *pair.right.rows):
            click.echo(f"  {row}  {actions[row]}")
