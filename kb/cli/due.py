"""kb due, agenda, roadmap: what is due as of a date, month by month, and over the whole period."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kb.cli.common import EXIT_USAGE, IsoDate, count, fail, open_built, print_rows_as_json, workspace
from kb.cli.selection import CLAIMS, CLASS, SCHEDULES, WindowType, pick, selection
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.track import DueRow, Window

_LISTED = ("overdue", "due-soon", "upcoming")
_CLOSED = {"done", "superseded", "dropped"}


@click.command()
@selection
@click.option(
    "--within", type=WindowType(), metavar="6m", help="How far ahead is due soon: 10d, 2w, 6m, 1y (default 6m)."
)
@click.option("--from", "first", type=IsoDate(), metavar="DATE", help="Only rows due on this day or after.")
@click.option("--to", "last", type=IsoDate(), metavar="DATE", help="Only rows due on this day or before.")
@click.option(
    "--schedule", multiple=True, type=click.Choice(SCHEDULES), help="Only rows of this schedule; may be repeated."
)
@click.option(
    "--claimed", multiple=True, type=click.Choice(CLAIMS), help="Only rows with this claim in the log; may be repeated."
)
@click.option("--explain", is_flag=True, help="Say how rows are ordered, and why each has its schedule.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects, every row of every schedule.")
@click.option("--csv", "as_csv", is_flag=True, help="A table for spreadsheets, every row of every schedule.")
@click.pass_context
def due(
    ctx: click.Context,
    /,
    within: Window | None,
    first: date | None,
    last: date | None,
    schedule: tuple[str, ...],
    claimed: tuple[str, ...],
    explain: bool,
    as_json: bool,
    as_csv: bool,
    **chosen: Any,
) -> None:
    """List what is due as of a date, most urgent first.

    The dates come from the words of the documents: nothing here says that a thing was, or was not, done. Without
    --schedule the table lists what is overdue, due soon and upcoming (with --within: not what lies behind the window),
    then rules that run from an event; the rest is counted. --json and --csv write every row.

    \b
    Example:
      kb due --as-of 2018-10-24 --within 6m
      kb due --as-of 2017-06-30 --actor samr --explain
      kb due --as-of 2018-10-24 --schedule overdue --json
    """
    if first and last and first > last:
        fail(f"--from {first} lies after --to {last}", EXIT_USAGE)
    space = workspace(ctx)
    base = open_built(space)
    picked = pick(space, base, chosen, within)
    rows = [row for row in picked.rows if _in_range(row, first, last)]
    rows = [
        row for row in rows if (not schedule or row.schedule in schedule) and (not claimed or row.claimed in claimed)
    ]
    talk = picked.talk
    if chosen["as_of"] is None and space.as_of is None:
        talk = [*_all_past(rows, picked.as_of), *talk]
    if as_json:
        print_rows_as_json(rows)
    elif as_csv:
        from kb.export.sheet import due_sheet

        click.echo(due_sheet(rows), nl=False)
    else:
        _print_due(
            rows,
            picked.as_of,
            within,
            picked.heads,
            named=bool(schedule or claimed or first or last),
            explain=explain,
        )
    for line in talk:
        click.echo(line, err=True)


def _in_range(row: DueRow, first: date | None, last: date | None) -> bool:
    if not first and not last:
        return True
    return row.due is not None and (not first or row.due >= first) and (not last or row.due <= last)


def _all_past(rows: Sequence[DueRow], as_of: date) -> list[str]:
    """What to say where every date lies behind a date that nobody chose."""
    days = sorted(row.due for row in rows if row.due and not row.rrule)
    if not days or days[-1] >= as_of:
        return []
    return [
        f"All {len(days)} last days lie before today ({as_of}); the latest is {days[-1]}.",
        f"hint: name the date you ask about, for example: kb due --as-of {_midway(days)}",
    ]


def _midway(days: Sequence[date]) -> date:
    """A day with something before it and something behind it."""
    return date.fromordinal((days[0].toordinal() + days[-1].toordinal()) // 2)


def _print_due(
    rows: list[DueRow],
    as_of: date,
    within: Window | None,
    heads: frozenset[str],
    *,
    named: bool,
    explain: bool,
) -> None:
    from kb.track import ORDER, tally

    if explain:
        click.echo("\n".join(("Rows are ordered by:", *ORDER)), err=True)
    closed = [] if named else [row for row in rows if row.claimed in _CLOSED]
    shown = rows if named else [row for row in rows if row.claimed not in _CLOSED and _is_listed(row, within)]
    relative = (
        [] if named else [r for r in rows if r.claimed not in _CLOSED and r.is_relative and r.schedule == "ongoing"]
    )
    print_due_rows(shown, heads, explain=explain)
    if not shown and not named:
        click.echo("Nothing of this is overdue, due soon or upcoming.", err=True)
    if relative:
        click.echo(f"\nCounted from an event ({len(relative)}):" if sys.stdout.isatty() else "")
        print_relative_rows(relative, heads)
    for words in legend((*shown, *relative)):
        click.echo(words, err=True)
    counts = ", ".join(f"{number} {schedule}" for schedule, number in tally(rows).items())
    click.echo(f"As of {as_of}: {counts}.", err=True)
    listed = {row.id for row in (*shown, *relative, *closed)}
    if hidden := [row for row in rows if row.id not in listed]:
        options = " ".join(
            f"--schedule {schedule}" for schedule in SCHEDULES if any(r.schedule == schedule for r in hidden)
        )
        click.echo(f"{count(hidden, 'row')} not listed; to list them add {options}", err=True)
    if closed:
        claims = " ".join(f"--claimed {claim}" for claim in sorted({row.claimed for row in closed}))
        click.echo(f"{count(closed, 'row')} closed in your log; to list them add {claims}", err=True)


def _is_listed(row: DueRow, within: Window | None) -> bool:
    if row.schedule == "upcoming":
        return within is None and row.due is not None
    return row.schedule in _LISTED


_COLUMNS = (
    Column("Due", style="bold"),
    Column("Schedule"),
    Column("Who", 3),
    Column("What", 8),
    Column("Date from", 3),
    Column("Item", apart=True),
)


def print_due_rows(
    rows: Iterable[DueRow], heads: frozenset[str] = frozenset(), *, explain: bool = False, heads_in_pipe: bool = True
) -> None:
    """The rows as a table; with `explain`, why each has its schedule, and the rule that read its date."""
    columns = (*_COLUMNS, Column("Why", 4)) if explain else _COLUMNS
    print_table(columns, (_cells(row, heads, explain) for row in rows), heads_in_pipe=heads_in_pipe)


def _cells(row: DueRow, heads: frozenset[str], explain: bool) -> tuple[str, ...]:
    why = (f"{row.why}; rule {row.rule}" if row.rule else row.why,) if explain else ()
    claimed = "" if row.claimed == "open" else f" [{row.claimed}]"
    day = row.due.isoformat() if row.due else "—"
    return (day, row.schedule, who(row, heads), what(row) + claimed, date_from(row), row.id, *why)


_DIGEST, _RECALLED = "†", "‡"
_LEGEND = {
    _DIGEST: f"{_DIGEST} read in a digest, not in the document's words.",
    _RECALLED: f"{_RECALLED} read in a digest, in a statement from memory that was not checked against the text.",
}


def what(row: DueRow) -> str:
    """The action, marked where it was read in a digest."""
    return f"{row.action} {mark}" if (mark := _mark(row)) else row.action


def _mark(row: DueRow) -> str:
    if row.fidelity != "digest":
        return ""
    return _RECALLED if row.basis == "recalled" else _DIGEST


def legend(rows: Iterable[DueRow]) -> list[str]:
    """What the marks in these rows mean."""
    used = {_mark(row) for row in rows}
    return [words for mark, words in _LEGEND.items() if mark in used]


def who(row: DueRow, heads: frozenset[str] = frozenset()) -> str:
    """The actors on one line; those that the sentence does not name are in brackets.

    `heads` are bodies that were asked for: an actor that is only of the class which one of them heads is marked.
    """
    names = dict.fromkeys(
        (f"({actor.name})" if actor.inferred else actor.name) + ("" if heads.isdisjoint(actor.classes) else f" {CLASS}")
        for actor in row.actors
    )
    return "; ".join(names) or "—"


def date_from(row: DueRow) -> str:
    """The words that gave the date, and how it came from them where they do not name it."""
    phrase = f"“{row.phrase}”" if row.phrase else ""
    origin = "" if row.origin in {"", "explicit"} else row.origin
    doubt = "" if row.certain else "uncertain"
    return ", ".join(x for x in (phrase, origin, doubt) if x) or "—"


def print_relative_rows(rows: Iterable[DueRow], heads: frozenset[str] = frozenset()) -> None:
    """Rows that run from an event: the phrase, the event, who, what."""
    columns = (
        Column("Time", 2),
        Column("Runs from", 3),
        Column("Who", 3),
        Column("What", 8),
        Column("Item", apart=True),
    )
    cells = ((row.phrase or row.duration, row.trigger or "—", who(row, heads), what(row), row.id) for row in rows)
    print_table(columns, cells)


@click.command()
@selection
@click.option("--months", type=click.IntRange(1, 240), default=12, show_default=True, help="How many months ahead.")
@click.option("--json", "as_json", is_flag=True, help="A list of months with their entries.")
@click.pass_context
def agenda(ctx: click.Context, /, months: int, as_json: bool, **chosen: Any) -> None:
    """Print what is due in the next months, month by month, with every turn of what comes back in a cycle.

    \b
    Example:
      kb agenda --as-of 2017-01-01
      kb agenda --as-of 2017-01-01 --months 24 --actor ndrc
    """
    from kb.track import agenda as read_agenda

    space = workspace(ctx)
    picked = pick(space, open_built(space), chosen)
    found = read_agenda(picked.rows, picked.as_of, months)
    if as_json:
        print_rows_as_json(found)
        return
    for month in found:
        click.echo(f"{month.first:%B %Y}{'' if month.entries else ': nothing'}")
        rows = (
            (e.day.isoformat(), who(e.row, picked.heads), what(e.row), date_from(e.row), e.row.id)
            for e in month.entries
        )
        columns = (Column("Due", style="bold"), *_COLUMNS[2:])
        if month.entries:
            print_table(columns, rows, heads_in_pipe=False)
    total = sum(len(month.entries) for month in found)
    click.echo(f"{count(total, 'day')} in {count(months, 'month')} from {picked.as_of}.", err=True)
    for line in (*legend(e.row for month in found for e in month.entries), *picked.talk):
        click.echo(line, err=True)


@click.command()
@selection
@click.option("--counts", is_flag=True, help="Only how many, a row an area and a column a year.")
@click.option("--json", "as_json", is_flag=True, help="A list of cells: year, area, rows.")
@click.pass_context
def roadmap(ctx: click.Context, /, counts: bool, as_json: bool, **chosen: Any) -> None:
    """Print the whole plan period by year and area.

    \b
    Example:
      kb roadmap --as-of 2018-10-24 --document cn-planning-outline-2014
      kb roadmap --as-of 2018-10-24 --counts
    """
    from kb.track import roadmap as read_roadmap

    space = workspace(ctx)
    picked = pick(space, open_built(space), chosen)
    cells = read_roadmap(picked.rows)
    if as_json:
        print_rows_as_json(cells)
    elif counts:
        areas = sorted({cell.area for cell in cells})
        numbers = {(cell.year, cell.area): len(cell.rows) for cell in cells}
        years = sorted({cell.year for cell in cells})
        columns = (Column("Area", style="bold"), *(Column(str(year), 0, "right") for year in years))
        print_table(columns, ((a or "no area", *(str(numbers.get((y, a), 0)) for y in years)) for a in areas))
    else:
        for cell in cells:
            click.echo(f"{cell.year} · {cell.area or 'no area'} ({len(cell.rows)})")
            print_due_rows(cell.rows, picked.heads, heads_in_pipe=False)
        picked.talk.extend(legend(row for cell in cells for row in cell.rows))
    if not cells and not as_json:
        picked.talk.insert(0, "No item of this has a last day.")
    for line in picked.talk:
        click.echo(line, err=True)
