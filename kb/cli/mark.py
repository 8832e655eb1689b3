"""kb mark, log: what happened to items, as people enter it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from kb.cli.common import (
    EXIT_USAGE,
    IsoDate,
    as_of_date,
    count,
    fail,
    near,
    open_built,
    print_rows_as_json,
    unknown,
    workspace,
)
from kb.cli.entering import by_option, dry_run_option, enter, enterer, find_item, find_thing, now
from kb.cli.ids import ItemId
from kb.cli.selection import CLAIMS
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from kb.model import ActionItem
    from kb.track.attach import Orphan
    from kb.track.notes import Entry, Mark, Notes


@click.command()
@click.argument("item_id", metavar="ITEM", type=ItemId())
@click.argument("claim", metavar="CLAIM", type=click.Choice(CLAIMS))
@click.option(
    "--source",
    default="",
    metavar="URL|ID",
    help="Where it is shown: a URL, or an address of the corpus. Closing needs one.",
)
@click.option(
    "--date", "on", type=IsoDate(), metavar="DATE", help="The day on which it held (default: the as-of date)."
)
@click.option("--note", default="", help="A remark.")
@by_option("enters it")
@dry_run_option
@click.pass_context
def mark(
    ctx: click.Context,
    /,
    item_id: str,
    claim: str,
    source: str,
    on: date | None,
    note: str,
    by: str | None,
    dry_run: bool,
) -> None:
    """Enter what happened to an item.

    CLAIM is open, in-progress, done, superseded or dropped; the last three close the item and need --source. The entry is
    a line of kb-notes/progress.log: nothing is ever overwritten, a build never writes there, and a later entry may open
    the item again. The schedule of the item stays what its dates make it.

    \b
    Example:
      kb mark "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" in-progress --note "draft published"
      kb mark "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" done --source "cn-unified-code-plan-2015#sec_3__subsec_1" --date 2015-06-11
    """
    from kb.track.attach import subject_of
    from kb.track.claims import source_problem
    from kb.track.notes import Claim, Mark, read_notes

    space = workspace(ctx)
    base = open_built(space)
    item = find_item(base, item_id)
    if wrong := source_problem(Claim(claim), source, base.has_address):
        fail(wrong, EXIT_USAGE, "give --source https://…, or an address that kb show knows")
    day = on or as_of_date(space, None)
    if day > now().astimezone().date():
        click.echo(f"warning: {day} lies after today; the entry counts from that day on", err=True)
    entry = Mark(
        at=now(), by=enterer(by), subject=subject_of(item), claim=Claim(claim), on=day, source=source, note=note
    )
    enter(space, entry, dry_run=dry_run)
    _warn_of_later(read_notes(space.notes), base.items(item.document), item, entry)


def _warn_of_later(notes: Notes, items: tuple[ActionItem, ...], item: ActionItem, entry: Mark) -> None:
    """Say that another claim held on a later day, and so still stands after this one."""
    from kb.track.claims import read_claims

    history = read_claims(notes, items).histories.get(item.id)
    later = [mark for mark in history.marks if mark.on > entry.on] if history else []
    if later and later[-1].claim != entry.claim:
        last = later[-1]
        click.echo(
            f"note: {last.claim} on {last.on}, entered by {last.by}, is of a later day and still stands; "
            f"if it no longer holds, enter this claim with --date {last.on} or later",
            err=True,
        )


class _Log(click.Group):
    """`kb log ITEM` is short for `kb log --item ITEM`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["--item", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Log, invoke_without_command=True, subcommand_metavar="[ITEM | repair]")
@click.option("--item", "item_id", metavar="ITEM", type=ItemId(), help="Only entries about this item.")
@click.option("--json", "as_json", is_flag=True, help="A list of entries.")
@click.pass_context
def log(ctx: click.Context, /, item_id: str | None, as_json: bool) -> None:
    """Print what people entered: marks, corrections, links; oldest first.

    \b
    Example:
      kb log
      kb log "cn-planning-outline-2014#sec_5__subsec_2__para_5~1"
      kb log repair
    """
    if ctx.invoked_subcommand:
        return
    from kb.track.attach import Attacher, attach
    from kb.track.notes import read_notes

    space = workspace(ctx)
    notes = read_notes(space.notes)
    entries: list[Entry] = sorted(
        (*notes.marks, *notes.corrections, *notes.links, *notes.reattached), key=lambda e: (e.at, e.key)
    )
    base = open_built(space)
    found = attach(entries, notes.reattached, Attacher(base.items(), base.lists()))
    if item_id:
        entries = [e for e in entries if item_id in {e.subject.item, found.items.get(e.key)}]
        if not entries:
            find_thing(base, item_id)
    if as_json:
        print_rows_as_json([_printed(e, found.items.get(e.key)) for e in entries])
    else:
        print_table(_LOG_COLUMNS, (_cells(e, found.items.get(e.key)) for e in entries))
        if not entries:
            about = f"about {item_id}" if item_id else f"in {space.notes}"
            click.echo(
                f"Nothing was entered {about}; kb mark, kb correct and kb link confirm enter something.", err=True
            )
    for problem in notes.problems:
        click.echo(problem.render(), err=True)
    if found.orphans:
        click.echo(f"{count(found.orphans, 'entry', 'entries')} without an item; run: kb log repair", err=True)


_LOG_COLUMNS = (
    *(Column("Entry"), Column("When (UTC)"), Column("Who", 2), Column("What", 4)),
    *(Column("Item", apart=True), Column("Words", 5)),
)


def _printed(entry: Entry, item: str | None) -> dict[str, object]:
    import msgspec

    values: dict[str, object] = msgspec.to_builtins(entry)
    return {"key": entry.key, "item": item, **values}


def _cells(entry: Entry, item: str | None) -> tuple[str, ...]:
    place = item or f"{entry.subject.item} (orphaned)"
    if item and item != entry.subject.item:
        place += f" (entered as {entry.subject.item})"
    return (entry.key, f"{entry.at:%Y-%m-%d %H:%M}", entry.by, _said(entry), place, entry.subject.quote)


def _said(entry: Entry) -> str:
    from kb.track.notes import Correction, LinkVerdict, Mark, Reattach

    match entry:
        case Mark():
            words = [f"{entry.claim} on {entry.on}", entry.source, entry.note]
        case Correction():
            words = [f"{entry.verdict} {entry.slot}={entry.value}" if entry.slot else entry.verdict.value, entry.note]
        case LinkVerdict():
            words = [f"link {'confirmed' if entry.confirmed else 'rejected'}: {entry.target}", entry.note]
        case Reattach():
            words = [f"entry {entry.entry} is {'left: its item is gone' if entry.left else 'about this item'}"]
        case _:
            words = []
    return "; ".join(w for w in words if w)


@log.command()
@click.argument("key", required=False, metavar="ENTRY")
@click.argument("item_id", required=False, metavar="ITEM", type=ItemId())
@by_option("decides")
@dry_run_option
@click.option("--leave", is_flag=True, help="Its item is gone for good: keep the entry, report it no more.")
@click.option("--json", "as_json", is_flag=True, help="The orphans and their candidates as JSON.")
@click.pass_context
def repair(
    ctx: click.Context,
    /,
    key: str | None,
    item_id: str | None,
    by: str | None,
    dry_run: bool,
    leave: bool,
    as_json: bool,
) -> None:
    """List entries whose item is no longer found, with the nearest candidates; attach one to an item, or leave it.

    \b
    Example:
      kb log repair
      kb log repair 3f2a90cc "cn-planning-outline-2014#sec_5__subsec_2__para_5~1"
      kb log repair 3f2a90cc --leave
    """
    from kb.track.attach import subject_of
    from kb.track.claims import orphans
    from kb.track.notes import Reattach, read_notes

    space = workspace(ctx)
    base = open_built(space)
    notes = read_notes(space.notes)
    found = orphans(notes, base.items(), base.lists())
    if key is None:
        _print_orphans(found, as_json)
        return
    if (item_id is None) != leave:
        fail("name the item that the entry is about, or leave it", EXIT_USAGE, "kb log repair ENTRY ITEM, or --leave")
    orphan = next((orphan for orphan in found if orphan.key == key), None)
    if orphan is None:
        unknown("orphaned entry", key, near(key, [orphan.key for orphan in found]), "kb log repair")
    subject = subject_of(find_thing(base, item_id)) if item_id else orphan.subject
    entry = Reattach(at=now(), by=enterer(by), subject=subject, entry=key, left=leave)
    enter(space, entry, dry_run=dry_run)


def _print_orphans(found: tuple[Orphan, ...], as_json: bool) -> None:
    if as_json:
        print_rows_as_json(found)
        return
    for orphan in found:
        click.echo(f"{orphan.key}  {orphan.subject.item}\n  “{orphan.subject.quote}”")
        for candidate in orphan.candidates:
            click.echo(f"  {candidate.likeness:.0%}  {candidate.item}  “{candidate.quote}”")
            click.echo(f'       kb log repair {orphan.key} "{candidate.item}"')
        if not orphan.candidates:
            click.echo("  no item of the document is like it, and none of another has its words")
    click.echo(f"{count(found, 'entry', 'entries')} without an item.", err=True)
    if found:
        click.echo("hint: where an item is gone for good: kb log repair ENTRY --leave", err=True)
