"""The options by which several commands pick items, and the rows that they pick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from kb.cli.common import EXIT_USAGE, IsoDate, as_of_date, count, fail, near, unknown
from kb.cli.ids import BodyId, DocumentId, Value

if TYPE_CHECKING:
    from kb.model import ActionItem, Metadata
    from kb.store import Base
    from kb.track import Bodies, DueRow, Tracked, Window
    from kb.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])

# Written out, since help and completion need the words alone, and the records load for longer than both take.
AREAS = "government commercial social judicial infrastructure legal-framework incentives safeguards".split()
MODALITIES = "task duty prohibition permission encouragement right".split()
STRENGTHS = "must should may encouraged explore".split()
SCHEDULES = "overdue due-soon upcoming ongoing undated not-trackable".split()
CLASS = "[class]"  # behind an actor that is of the class which the body asked for heads
CLAIMS = "open in-progress done superseded dropped".split()


class WindowType(click.ParamType["Window"]):
    """A stretch of time written as 10d, 2w, 6m or 1y."""

    name = "window"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Window:
        from kb.track.window import Window, read_window

        if isinstance(value, Window):
            return value
        try:
            return read_window(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


_OPTIONS = (
    click.option(
        "--as-of", type=IsoDate(), metavar="DATE", help="The date asked about (default: as_of of kb.toml, else today)."
    ),
    click.option(
        "--actor",
        metavar="BODY",
        type=BodyId(),
        help="Only what this body owes: id, abbreviation or any name; predecessors and the class it heads included.",
    ),
    click.option("--itself", is_flag=True, help="With --actor: without the class that the body heads."),
    click.option("--document", metavar="ID", type=DocumentId(), help="Only items of this document."),
    click.option("--field", metavar="ID", type=Value("fields"), help="Only this field (kb show --fields lists them)."),
    click.option("--area", type=click.Choice(AREAS), help="Only this area."),
    click.option("--region", metavar="CODE", type=Value("regions"), help="Only documents of this region (CN, CN-SH)."),
    click.option(
        "--kind", metavar="KIND", type=Value("kinds"), help="Only documents of this kind (plan, law, memorandum …)."
    ),
    click.option("--modality", type=click.Choice(MODALITIES), help="Only this modality."),
    click.option("--strength", type=click.Choice(STRENGTHS), help="Only this strength."),
    click.option("--later", is_flag=True, help="Also documents issued after the date."),
)


def selection(command: F) -> F:
    """Give a command the options that pick items; it takes them as **chosen."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class Picked(NamedTuple):
    """The rows a call asked for, most urgent first, their date, and what to say about what is not among them."""

    rows: list[DueRow]
    as_of: date
    talk: list[str]
    left_out: frozenset[str] = frozenset()  # documents that did not exist as of the date
    heads: frozenset[str] = frozenset()  # the bodies asked for, where what the classes they head owe is among the rows


def pick(space: Workspace, base: Base, chosen: dict[str, Any], window: Window | None = None) -> Picked:
    """The rows that the options pick. Ends the command where an id is unknown."""
    from kb.track import HALF_YEAR, due_rows, later_documents

    as_of = as_of_date(space, chosen["as_of"])
    metadata = base.metadata()
    _check_ids(base, chosen, metadata)
    bodies = bodies_of(base)
    items = everything = base.items(chosen["document"])
    talk: list[str] = []
    later = frozenset[str]() if chosen["later"] else later_documents(metadata, as_of)
    if later:
        if hidden := {item.document for item in items} & later:
            talk.append(f"{count(hidden, 'document')} issued after {as_of} left out; --later includes them.")
        items = tuple(item for item in items if item.document not in later)
    heads = of_class = frozenset[str]()
    if chosen["actor"]:
        items, heads, of_class = _owed(items, chosen["actor"], bodies, as_of, talk, itself=chosen["itself"])
    elif chosen["itself"]:
        fail("--itself goes with --actor", EXIT_USAGE)
    said = statuses(space, everything, as_of, chosen["document"])
    rows = due_rows(items, metadata, as_of, bodies=bodies, window=window or HALF_YEAR, tracked=said)
    rows = tuple(row for row in rows if _wanted(row, chosen))
    of_class &= {row.id for row in rows}
    if of_class:
        talk.append(
            f"{count(of_class, 'row')} owed by the class alone, marked {CLASS}: departments of that line; --itself leaves them out."
        )
    return Picked(list(rows), as_of, talk, later, heads)


def bodies_of(base: Base) -> Bodies:
    """The bodies of the base and their classes."""
    from kb.track import Bodies

    return Bodies(base.reference.bodies, base.reference.body_classes)


def _owed(
    items: tuple[ActionItem, ...], name: str, bodies: Bodies, as_of: date, talk: list[str], *, itself: bool
) -> tuple[tuple[ActionItem, ...], frozenset[str], frozenset[str]]:
    """The items that the body owes, or the class of persons that items name by these words.

    With them the ids of the body whose class counts too, and the items that only the class owes.
    """
    from kb.track import owed_by, owed_by_class, owed_by_words

    if family := bodies.find(name):
        if note := family.note(as_of):
            talk.append(f"{note}.")
        own = {item.id for item in items if owed_by(item, family.ids)}
        heads = frozenset[str]() if itself else family.ids
        classed = {item.id for item in items if owed_by_class(item, heads, bodies.classes)} - own
        return tuple(item for item in items if item.id in own or item.id in classed), heads, frozenset(classed)
    named = tuple(item for item in items if owed_by_words(item, name))
    if not named:
        unknown("body", name, bodies.suggestions(name), "kb show --bodies")
    return named, frozenset(), frozenset()


def statuses(space: Workspace, items: tuple[ActionItem, ...], as_of: date, document: str | None) -> Tracked:
    """What people entered and confirmed about the items, those of one document or of all, as of the date.

    Unreadable lines and entries without an item are told, never hidden.
    """
    from kb.track import Tracked, read_claims, read_links, read_notes

    if not space.notes.is_dir():
        return Tracked()
    notes = read_notes(space.notes)
    for problem in notes.problems:
        click.echo(problem.render(), err=True)
    claims = read_claims(notes, items)
    lost = [orphan for orphan in claims.orphans if document in {None, orphan.subject.document}]
    if lost:
        click.echo(f"{count(lost, 'log entry', 'log entries')} without an item; see: kb log repair", err=True)
    return Tracked(claimed=claims.as_of(as_of), evidence=read_links(notes, items).counts())


def _wanted(row: DueRow, chosen: dict[str, Any]) -> bool:
    return (
        (not chosen["field"] or chosen["field"] in row.fields)
        and all(not chosen[key] or getattr(row, key) == chosen[key] for key in ("area", "kind", "modality", "strength"))
        and (not chosen["region"] or row.region == chosen["region"].upper())
    )


def _check_ids(base: Base, chosen: dict[str, Any], metadata: tuple[Metadata, ...]) -> None:
    known = (
        ("document", chosen["document"], {m.id for m in metadata}, "kb show --documents"),
        ("field", chosen["field"], {x.id for x in base.reference.fields}, "kb show --fields"),
        ("kind of document", chosen["kind"], {m.kind.value for m in metadata}, "kb show --documents"),
        ("region", chosen["region"] and chosen["region"].upper(), {m.region for m in metadata}, "kb show --documents"),
    )
    for what, given, ids, command in known:
        if given and given not in ids:
            unknown(what, given, near(given, ids), command)
