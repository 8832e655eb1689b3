"""kb correct, review: what a person says of a fact, kept beside the corpus and applied at every build."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_USAGE, fail, open_built, workspace
from kb.cli.ids import DocumentId, ItemId
from kb.cli.mark import enter, enterer, find_thing, now
from kb.cli.selection import count, print_rows_as_json
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from kb.model import ActionItem, ListStandard
    from kb.store import Base
    from kb.track.notes import Correction, Notes, Subject
    from kb.workspace import Workspace

_SETTABLE = "modality, strength, actors, deadline, area, fields"


@click.command()
@click.argument("item_id", metavar="ITEM", type=ItemId())
@click.option("--accept", is_flag=True, help="It is right as it was read.")
@click.option("--reject", is_flag=True, help="It is no action item, or no list; it leaves the base at the next build.")
@click.option("--withdraw", is_flag=True, help="Take back everything entered about it.")
@click.option(
    "--set", "changes", multiple=True, metavar="SLOT=VALUE", help=f"Set a slot ({_SETTABLE}); may be repeated."
)
@click.option("--note", default="", help="Why.")
@click.option("--by", metavar="NAME", help="Who says so (default: git's user.name, else the user of the session).")
@click.option("--dry-run", is_flag=True, help="Print the entry; write nothing.")
@click.pass_context
def correct(
    ctx: click.Context,
    /,
    item_id: str,
    accept: bool,
    reject: bool,
    withdraw: bool,
    changes: tuple[str, ...],
    note: str,
    by: str | None,
    dry_run: bool,
) -> None:
    """Accept or reject an item or list, or set a slot of an item. Takes effect at the next build and at every one after it.

    Values: deadline=2017-12-31, deadline=2016-01-01/2016-12-31, actors="lead:ndrc, cooperating:pboc", fields=tax,finance;
    none empties a slot.

    \b
    Example:
      kb correct "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" --accept
      kb correct "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" --set deadline=2017-12-31 --note "stated in the annex"
    """
    said = [name for name, given in (("accept", accept), ("reject", reject), ("withdraw", withdraw)) if given]
    if len(said) + bool(changes) != 1:
        fail("say one thing: --accept, --reject, --withdraw or --set", EXIT_USAGE, f"slots: {_SETTABLE}")
    from kb.track.notes import Correction, Verdict, read_notes

    space = workspace(ctx)
    base = open_built(space)
    subject = _subject(base, read_notes(space.notes), item_id)
    who, moment = enterer(by), now()
    pairs = [_slot_and_value(change) for change in changes] or [("", "")]
    _check_values(base, item_id, [pair for pair in pairs if pair[0]])
    for slot, value in pairs:
        kind = Verdict(said[0]) if said else Verdict.SET
        entry = Correction(at=moment, by=who, subject=subject, verdict=kind, slot=slot, value=value, note=note)
        enter(space, entry, dry_run=dry_run)
    if not dry_run:
        click.echo("It takes effect at the next build: kb build", err=True)


def _subject(base: Base, notes: Notes, item_id: str) -> Subject:
    """What the entry is about; an item that was rejected before is known from the log alone."""
    from kb.track.attach import subject_of

    if base.item(item_id) is None:
        for entry in reversed(notes.corrections):
            if entry.subject.item == item_id:
                return entry.subject
    return subject_of(find_thing(base, item_id))


def _slot_and_value(change: str) -> tuple[str, str]:
    slot, equals, value = change.partition("=")
    if not equals:
        fail(f"--set {change!r} has no value", EXIT_USAGE, "write it as --set deadline=2017-12-31")
    return slot.strip(), value.strip()


def _check_values(base: Base, item_id: str, pairs: list[tuple[str, str]]) -> None:
    from kb.track.corrections import SlotError, set_slot

    item = base.item(item_id)
    if item is None and pairs:
        fail("only slots of items can be set; a list can be accepted or rejected", EXIT_USAGE)
    for slot, value in pairs if item else ():
        try:
            item = set_slot(item, slot, value, base.reference) if item else None
        except SlotError as error:
            fail(str(error), EXIT_USAGE)


@click.command()
@click.option("--document", metavar="ID", type=DocumentId(), help="Only items of this document.")
@click.option("--all", "everything", is_flag=True, help="Also items that were read with certainty.")
@click.option("--list", "only_list", is_flag=True, help="Print the items instead of asking about each.")
@click.option("--by", metavar="NAME", help="Who reviews (default: git's user.name, else the user of the session).")
@click.option("--dry-run", is_flag=True, help="Print the entries; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --list: as JSON.")
@click.pass_context
def review(
    ctx: click.Context,
    /,
    document: str | None,
    everything: bool,
    only_list: bool,
    by: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Walk through uncertain items and lists that nobody has judged, with the passage on screen.

    Items of one rule come together, the rule with the most uncertain items first (how old a rule is, nobody keeps); lists
    come last. Answer with a (accept), r (reject),
    s (set a slot), n (next) or q (quit); every answer is kept at once, so you may stop at any time.

    \b
    Example:
      kb review
      kb review --document cn-planning-outline-2014 --list
    """
    from kb.track.notes import read_notes

    space = workspace(ctx)
    base = open_built(space)
    if document and base.document(document) is None:
        from kb.cli.selection import near, unknown

        unknown("document", document, near(document, [m.id for m in base.metadata()]), "kb show --documents")
    waiting = to_review(base.items(document), base.lists(document), read_notes(space.notes), everything=everything)
    if as_json:
        print_rows_as_json(waiting)
    elif only_list:
        columns = (
            Column("Id", apart=True),
            Column("Rule", 2),
            Column("Read as"),
            Column("What", 6),
            Column("Doubt", 4),
        )
        print_table(columns, ((x.id, x.rule, *_reading(x), x.doubt) for x in waiting))
        click.echo(f"{count(waiting, 'reading')} to review.", err=True)
    elif not waiting:
        click.echo("Nothing to review.", err=True)
    elif not _is_terminal():
        fail(
            "a review asks questions and needs a terminal",
            EXIT_USAGE,
            "kb review --list prints the items; kb correct ITEM judges one",
        )
    else:
        _walk(space, base, waiting, enterer(by), dry_run=dry_run)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def to_review(
    items: tuple[ActionItem, ...], lists: tuple[ListStandard, ...], notes: Notes, *, everything: bool
) -> list[ActionItem | ListStandard]:
    """What nobody judged, uncertain readings unless `everything`: items by rule, the most frequent rule first, then lists."""
    from collections import Counter

    from kb.track.attach import subject_of

    judged = {(c.subject.document, c.subject.fingerprint) for c in notes.corrections}

    def is_open(thing: ActionItem | ListStandard) -> bool:
        return (thing.document, subject_of(thing).fingerprint) not in judged and (everything or not thing.certain)

    open_items = [item for item in items if is_open(item)]
    frequency = Counter(item.rule for item in open_items)
    ordered = sorted(open_items, key=lambda i: (-frequency[i.rule], i.rule, i.document, i.action.start))
    return [*ordered, *(entry for entry in lists if is_open(entry))]


def _reading(thing: ActionItem | ListStandard) -> tuple[str, str]:
    """What it was read as, and its words."""
    from kb.model import ListStandard

    if isinstance(thing, ListStandard):
        return thing.list_kind.value, thing.name
    return thing.modality.value, thing.action.quote


def _walk(space: Workspace, base: Base, waiting: list[ActionItem | ListStandard], who: str, *, dry_run: bool) -> None:
    """Ask about each reading in turn; stop at q."""
    from kb.model import ListStandard

    for number, thing in enumerate(waiting, 1):
        click.echo(f"\n{number} of {len(waiting)}  {thing.id}")
        if isinstance(thing, ListStandard):
            _present_list(base, thing)
            question, answers = "accept, reject, next, quit", ["a", "r", "n", "q"]
        else:
            _present(base, thing)
            question, answers = "accept, reject, set, next, quit", ["a", "r", "s", "n", "q"]
        answer = click.prompt(question, type=click.Choice(answers), default="n")
        if answer == "q":
            return
        if entry := _judge(base, thing, answer, who):
            enter(space, entry, dry_run=dry_run)


def _present_list(base: Base, entry: ListStandard) -> None:
    from kb.cli.show_texts import line

    document = base.document(entry.document)
    line("name", entry.name)
    line("read as", f"{entry.list_kind}, rule {entry.rule}")
    if document:
        around = document.text[max(entry.span.start - 120, 0) : entry.span.end + 120]
        line("passage", f"… {' '.join(around.split())} …")
    line("stated", ", ".join(slot.name for slot in entry.slots if slot.state == "stated"))
    line("doubt", entry.doubt)


def _present(base: Base, item: ActionItem) -> None:
    from kb.cli.show_facts import marked
    from kb.cli.show_texts import line, place

    document = base.document(item.document)
    if document:
        line("place", f"{document.meta.name} › {place(document, item.eid)}")
    line("passage", marked(item))
    line("read as", f"{item.modality} ({item.strength}), rule {item.rule}")
    line(
        "actors",
        "; ".join(
            (a.agency or (a.span.quote if a.span else "")) + (" (inferred)" if a.inferred else "") for a in item.actors
        ),
    )
    line("deadline", str(item.deadline.latest or item.deadline.type) if item.deadline else "none")
    line("doubt", item.doubt)


def _judge(base: Base, thing: ActionItem | ListStandard, answer: str, who: str) -> Correction | None:
    from kb.model import ActionItem
    from kb.track.attach import subject_of
    from kb.track.corrections import SLOTS, SlotError, set_slot
    from kb.track.notes import Correction, Verdict

    if answer == "n":
        return None
    slot = value = ""
    if answer == "s" and isinstance(thing, ActionItem):
        slot = click.prompt("slot", type=click.Choice(SLOTS))
        value = click.prompt("value (none empties it)")
        try:
            set_slot(thing, slot, value, base.reference)
        except SlotError as error:
            click.echo(f"not entered: {error}", err=True)
            return None
    note = click.prompt("note", default="", show_default=False)
    verdict = {"a": Verdict.ACCEPT, "r": Verdict.REJECT, "s": Verdict.SET}[answer]
    return Correction(at=now(), by=who, subject=subject_of(thing), verdict=verdict, slot=slot, value=value, note=note)
