"""kb review: uncertain readings one after the other, with the passage on screen; every answer is kept at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kb.cli.common import (
    EXIT_UNKNOWN,
    EXIT_USAGE,
    check_document,
    count,
    fail,
    open_built,
    print_rows_as_json,
    workspace,
)
from kb.cli.correct import tried
from kb.cli.entering import by_option, enter, enterer, now
from kb.cli.ids import DocumentId, ThingId, Value
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from kb.model import ActionItem, Document, ListStandard
    from kb.store import Base
    from kb.track.notes import Correction, Notes
    from kb.workspace import Workspace

_AROUND = 240  # characters shown before and after the place where a list is first named


@click.command()
@click.option("--document", metavar="ID", type=DocumentId(), help="Only readings of this document.")
@click.option("--rule", metavar="RULE", type=Value("rules"), help="Only readings of this rule.")
@click.option("--all", "everything", is_flag=True, help="Also what was read with certainty.")
@click.option("--after", metavar="ID", type=ThingId(), help="Begin behind this item or list, where you stopped.")
@click.option("--list", "only_list", is_flag=True, help="Print the readings instead of asking about each.")
@by_option("reviews")
@click.option("--dry-run", is_flag=True, help="Print the entries; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The readings as JSON; asks nothing.")
@click.pass_context
def review(
    ctx: click.Context,
    /,
    document: str | None,
    rule: str | None,
    everything: bool,
    after: str | None,
    only_list: bool,
    by: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Walk through uncertain items and lists that nobody has judged, oldest rules first, with the passage on screen.

    A rule is as old as its first appearance in the history of this project, which is recorded beside the rules.
    Answer with a (accept), r (reject), e (edit a slot), s (skip) or q (quit). Every answer is kept at once, so you may
    stop at any time: what you judged does not come again, and --after goes on behind what you skipped.

    \b
    Example:
      kb review
      kb review --document cn-planning-outline-2014 --list
    """
    from kb.track.notes import read_notes

    space = workspace(ctx)
    base = open_built(space)
    if document:
        check_document(base, document)
    waiting = to_review(base.items(document), base.lists(document), read_notes(space.notes), everything=everything)
    if rule:
        rules = {thing.rule for thing in waiting}
        waiting = [thing for thing in waiting if thing.rule == rule]
        if not waiting and rules:
            click.echo(f"Rules with readings to review: {', '.join(sorted(rules))}", err=True)
    if after:
        waiting = _behind(waiting, after)
    if as_json:
        print_rows_as_json(waiting)
    elif only_list:
        _print_waiting(waiting)
    elif not waiting:
        click.echo("Nothing to review.", err=True)
    elif not _is_terminal():
        hint = "kb review --list prints the readings; kb correct ID judges one"
        fail("a review asks questions and needs a terminal", EXIT_USAGE, hint)
    else:
        _walk(space, base, waiting, enterer(by), dry_run=dry_run)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def to_review(
    items: tuple[ActionItem, ...], lists: tuple[ListStandard, ...], notes: Notes, *, everything: bool
) -> list[ActionItem | ListStandard]:
    """What nobody judged, uncertain readings unless `everything`: oldest rule first, items before lists, in text order.

    A rule that is younger than the record of ages comes last.
    """
    from kb.model import ListStandard
    from kb.rules import rule_ages
    from kb.track.attach import subject_of
    from kb.track.corrections import standing_corrections

    judged = {
        (c.subject.document, c.subject.fingerprint)
        for thing in {c.subject.item for c in notes.corrections}
        for c in standing_corrections(notes.corrections, thing)
        if not c.slot or c.verdict == "set"
    }
    ages = rule_ages()

    def is_open(thing: ActionItem | ListStandard) -> bool:
        return (thing.document, subject_of(thing).fingerprint) not in judged and (everything or not thing.certain)

    def order(thing: ActionItem | ListStandard) -> tuple[object, ...]:
        is_list = isinstance(thing, ListStandard)
        return (ages.get(thing.rule, "younger"), thing.rule, is_list, thing.document, thing.span.start, thing.id)

    things: list[ActionItem | ListStandard] = [*items, *lists]
    return sorted((thing for thing in things if is_open(thing)), key=order)


def _behind(waiting: list[ActionItem | ListStandard], after: str) -> list[ActionItem | ListStandard]:
    ids = [thing.id for thing in waiting]
    if after not in ids:
        fail(f"{after} is not among what waits for a review", EXIT_UNKNOWN, "run: kb review --list")
    return waiting[ids.index(after) + 1 :]


def _print_waiting(waiting: list[ActionItem | ListStandard]) -> None:
    from kb.rules import rule_ages

    ages = rule_ages()
    columns = (
        *(Column("Id", apart=True), Column("Rule", 2), Column("Since"), Column("Read as")),
        *(Column("What", 6), Column("Doubt", 4)),
    )
    rows = ((x.id, x.rule, ages.get(x.rule, "new")[:10], *_reading(x), x.doubt) for x in waiting)
    print_table(columns, rows)
    click.echo(f"{count(waiting, 'reading')} to review.", err=True)


def _reading(thing: ActionItem | ListStandard) -> tuple[str, str]:
    """What it was read as, and its words."""
    from kb.model import ListStandard

    if isinstance(thing, ListStandard):
        return thing.list_kind.value, thing.name
    return thing.modality.value, thing.action.quote


def _walk(space: Workspace, base: Base, waiting: list[ActionItem | ListStandard], who: str, *, dry_run: bool) -> None:
    """Ask about each reading in turn; stop at q, and say how to go on."""
    entered, skipped = 0, ""
    for number, thing in enumerate(waiting, 1):
        click.secho(f"\n{number} of {len(waiting)}  {thing.id}", bold=True)
        _present(base, thing)
        answer = _asked()
        if answer == "quit":
            left = len(waiting) - number + 1
            click.echo(f"\nStopped at {number} of {len(waiting)}: {entered} entered, {left} left.", err=True)
            if skipped:
                click.echo(f'hint: to go on behind what you skipped: kb review --after "{skipped}"', err=True)
            break
        entries = _judge(base, thing, answer, who)
        for entry in entries:
            enter(space, entry, dry_run=dry_run)
        entered += len(entries)
        skipped = skipped if entries else thing.id
    else:
        click.echo(f"\nThat was all: {entered} entered of {count(waiting, 'reading')}.", err=True)
    if entered and not dry_run:
        click.echo("It takes effect at the next build: kb build", err=True)


_ANSWERS = ("accept", "reject", "edit", "skip", "quit")


def _asked() -> str:
    """The answer, by its word or first letter; nothing is skip, the end of the input is quit."""
    while True:
        try:
            said = click.prompt("[a]ccept, [r]eject, [e]dit, [s]kip, [q]uit", default="s", show_default=True)
        except click.Abort as error:
            if isinstance(error.__context__, KeyboardInterrupt):
                raise
            return "quit"
        found = [answer for answer in _ANSWERS if said.strip() and answer.startswith(said.strip().lower())]
        if len(found) == 1:
            return found[0]
        click.echo(f"{said!r} is none of the answers", err=True)


def _present(base: Base, thing: ActionItem | ListStandard) -> None:
    """The reading: place, passage with the words in question between brackets, slots, doubt."""
    from kb.cli.show_texts import line, place
    from kb.model import ActionItem

    document = base.document(thing.document)
    if document:
        line("place", f"{document.meta.name} › {place(document, thing.span.eid)}")
        line("passage", _passage(document, thing))
    if isinstance(thing, ActionItem):
        line("read as", f"{thing.modality} ({thing.strength}), rule {thing.rule}")
        line("actors", "; ".join(_actors(thing)) or "none")
        line("deadline", _deadline(thing))
    else:
        line("read as", f"{thing.list_kind}, rule {thing.rule}")
        line("name", thing.name)
        for slot in thing.slots:
            words = "; ".join(f"“{x.span.words}”" for x in slot.facts)
            line(slot.name, f"{slot.state} {words}".strip())
    line("doubt", thing.doubt)


def _passage(document: Document, thing: ActionItem | ListStandard) -> str:
    """The text around the reading on one line: of an item its provision, of a list where it is first named."""
    from kb.model import ActionItem

    if isinstance(thing, ActionItem):
        words = thing.action
        provision = document.provision(thing.span.eid)
        start = min(provision.text_start if provision else thing.span.start, thing.span.start)
        end = max(provision.text_end if provision else thing.span.end, thing.span.end)
    else:
        words = thing.span
        start, end = max(words.start - _AROUND, 0), min(words.end + _AROUND, len(document.text))
    text = document.text
    return " ".join(f"{text[start : words.start]}[{words.quote}]{text[words.end : end]}".split())


def _actors(item: ActionItem) -> list[str]:
    return [(a.agency or (a.span.words if a.span else "")) + (" (inferred)" if a.inferred else "") for a in item.actors]


def _deadline(item: ActionItem) -> str:
    time = item.deadline
    if time is None:
        return "none"
    words = f"“{time.span.words}” → " if time.span else ""
    return f"{words}{time.latest or time.rrule or time.duration or time.type}, {time.origin}"


def _judge(base: Base, thing: ActionItem | ListStandard, answer: str, who: str) -> list[Correction]:
    """The entries that the answer asks for; several where a person edits several slots, none for skip."""
    from kb.track.attach import subject_of
    from kb.track.notes import Correction, Verdict

    if answer == "skip":
        return []
    edits = _edits(base, thing) if answer == "edit" else [("", "")]
    if not edits:
        return []
    note = click.prompt("note", default="", show_default=False)
    verdict = {"accept": Verdict.ACCEPT, "reject": Verdict.REJECT, "edit": Verdict.SET}[answer]
    moment, subject = now(), subject_of(thing)
    return [
        Correction(at=moment, by=who, subject=subject, verdict=verdict, slot=slot, value=value, note=note)
        for slot, value in edits
    ]


def _edits(base: Base, thing: ActionItem | ListStandard) -> list[tuple[str, str]]:
    """Slots and values as a person types them, each tried before it is taken; an empty slot ends."""
    from kb.model import ActionItem
    from kb.track.attach import subject_of
    from kb.track.corrections import SLOTS
    from kb.track.list_corrections import HOW, LIST_SLOTS
    from kb.track.notes import Correction, Verdict

    is_item = isinstance(thing, ActionItem)
    slots = SLOTS if is_item else LIST_SLOTS
    click.echo(f"slots: {', '.join(slots)}\nvalue: {'none empties it' if is_item else HOW}", err=True)
    edits: list[tuple[str, str]] = []
    while slot := click.prompt("slot (nothing when done)", default="", show_default=False).strip():
        value = click.prompt("value")
        trial = Correction(at=now(), by="", subject=subject_of(thing), verdict=Verdict.SET, slot=slot, value=value)
        if wrong := tried(base, thing, [trial]):
            click.echo(f"not entered: {wrong}", err=True)
        else:
            edits.append((slot, value))
    return edits
