"""kb correct: what a person says of a fact, kept beside the corpus and applied at every build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_USAGE, fail, open_built, workspace
from kb.cli.entering import by_option, dry_run_option, enter, enterer, find_thing, now
from kb.cli.ids import ThingId

if TYPE_CHECKING:
    from kb.model import ActionItem, ListStandard
    from kb.store import Base
    from kb.track.notes import Correction, Notes, Subject


@click.command()
@click.argument("thing_id", metavar="ID", type=ThingId())
@click.option("--accept", is_flag=True, help="It is right as it was read.")
@click.option("--reject", is_flag=True, help="It is no action item, or no list; it leaves the base at the next build.")
@click.option("--withdraw", is_flag=True, help="Take back everything entered about it.")
@click.option("--set", "changes", multiple=True, metavar="SLOT=VALUE", help="Edit a slot; may be repeated.")
@click.option(
    "--slot", default="", metavar="SLOT", help="With --accept or --reject: only this slot; rejected, it is emptied."
)
@click.option("--note", default="", help="Why.")
@by_option("says so")
@dry_run_option
@click.pass_context
def correct(
    ctx: click.Context,
    /,
    thing_id: str,
    accept: bool,
    reject: bool,
    withdraw: bool,
    changes: tuple[str, ...],
    slot: str,
    note: str,
    by: str | None,
    dry_run: bool,
) -> None:
    """Accept, reject or edit an item or a list, or one slot of it. Takes effect at the next build and at every one after it.

    Slots of items: modality, strength, actors ("lead:ndrc, cooperating:pboc"), deadline (2017-12-31, or
    2016-01-01/2016-12-31), area, fields (tax,finance); none empties one.

    Slots of lists take words of the document: "stated: WORDS" for these alone, "add: WORDS" and "drop: WORDS" for these
    among others, "refers: WORDS" where the document sends the reader elsewhere, or silent. Also kind and sector.

    \b
    Example:
      kb correct "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" --accept
      kb correct "cn-planning-outline-2014#sec_5__subsec_2__para_5~1" --set deadline=2017-12-31 --note "stated in the annex"
      kb correct "cn-spc-judgment-defaulter-list-2013#list-list-of-judgment-defaulters" --reject --slot exit
    """
    said = [name for name, given in (("accept", accept), ("reject", reject), ("withdraw", withdraw)) if given]
    if len(said) + bool(changes) != 1:
        from kb.track.corrections import SLOTS
        from kb.track.list_corrections import LIST_SLOTS

        hint = f"slots of an item: {', '.join(SLOTS)}; of a list: {', '.join(LIST_SLOTS)}"
        fail("say one thing: --accept, --reject, --withdraw or --set", EXIT_USAGE, hint)
    if slot and said not in (["accept"], ["reject"]):
        fail("--slot goes with --accept or --reject", EXIT_USAGE, "to edit a slot: --set SLOT=VALUE")
    from kb.track.attach import subject_of
    from kb.track.notes import Correction, Verdict, read_notes

    space = workspace(ctx)
    base = open_built(space)
    thing = base.item(thing_id) or base.list_standard(thing_id)
    gone = None if thing else _rejected_subject(read_notes(space.notes), thing_id)
    subject = gone or subject_of(find_thing(base, thing_id))
    who, moment = enterer(by), now()
    verdict = Verdict(said[0]) if said else Verdict.SET
    entries = [
        Correction(at=moment, by=who, subject=subject, verdict=verdict, slot=name, value=value, note=note)
        for name, value in [_slot_and_value(change) for change in changes] or [(slot, "")]
    ]
    if thing is not None and (wrong := tried(base, thing, entries)):
        fail(wrong, EXIT_USAGE)
    for entry in entries:
        enter(space, entry, dry_run=dry_run)
    if not dry_run:
        click.echo("It takes effect at the next build: kb build", err=True)


def _rejected_subject(notes: Notes, name: str) -> Subject | None:
    """What was rejected before has left the base, and is known from the log alone."""
    return next((c.subject for c in reversed(notes.corrections) if c.subject.item == name), None)


def _slot_and_value(change: str) -> tuple[str, str]:
    slot, equals, value = change.partition("=")
    if not equals:
        fail(f"--set {change!r} has no value", EXIT_USAGE, "write it as --set deadline=2017-12-31")
    return slot.strip(), value.strip()


def tried(base: Base, thing: ActionItem | ListStandard, entries: list[Correction]) -> str:
    """Why the corrections cannot be applied to the item or list as it is; "" where they can."""
    from kb.model import ActionItem, Facts
    from kb.track import Notes, apply_corrections

    document = base.document(thing.document)
    if isinstance(thing, ActionItem):
        facts = Facts(thing.document, "", items=(thing,))
    else:
        facts = Facts(thing.document, "", lists=(thing,))
    notes = Notes(corrections=tuple(entries))
    applied = apply_corrections([facts], notes, base.reference, [document] if document else [])
    return "; ".join(why for _, why in applied.unusable)
