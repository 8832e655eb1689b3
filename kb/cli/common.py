"""What several commands share: workspace and as-of date of the call, ways to end with an error, counts and JSON."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from kb.store import Base
    from kb.workspace import Workspace

_LAST_YEAR = 2999  # agendas and cycles reach ahead of a date, and the calendar of Python ends with the year 9999
EXIT_DATA, EXIT_USAGE, EXIT_UNKNOWN, EXIT_NOT_BUILT, EXIT_LOCKED = 1, 2, 3, 4, 5


def fail(message: str, code: int, hint: str = "") -> NoReturn:
    """End the command: message and hint on stderr, the exit code."""
    click.echo(f"kb: {message}", err=True)
    if hint:
        click.echo(f"hint: {hint}", err=True)
    sys.exit(code)


def workspace(ctx: click.Context) -> Workspace:
    """The workspace of this call; ends the command where its settings cannot be used."""
    from kb.workspace import ConfigError, find_workspace

    try:
        return find_workspace(Path.cwd(), os.environ, ctx.find_root().obj or {})
    except ConfigError as error:
        fail(str(error), EXIT_USAGE, error.hint)


def open_built(space: Workspace) -> Base:
    """The built base; ends the command where there is none, or one of another version."""
    from kb.store import StoreError, open_base

    try:
        return open_base(space.database)
    except StoreError as error:
        fail(str(error), EXIT_NOT_BUILT, "run: kb build")


class IsoDate(click.ParamType[date]):
    """A date written as 2018-10-24."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2018-10-24", param, ctx)
        if day.year > _LAST_YEAR:
            self.fail(f"{value!r} lies too far ahead; years go to {_LAST_YEAR}", param, ctx)
        return day


site_date_option = click.option(
    "--as-of", type=IsoDate(), metavar="DATE", help="The site's date (default: as_of of kb.toml, else today)."
)


def as_of_date(space: Workspace, given: date | None) -> date:
    """The date of the call: the option, else the setting, else today. Only the command line may ask the clock."""
    return given or space.as_of or date.today()  # noqa: DTZ011 - the user's own day is meant


def near(given: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the ids that look like what was given, the nearest first."""
    from difflib import get_close_matches

    ids = sorted(ids)
    within = [i for i in ids if given.lower() in i.lower()]
    return tuple(dict.fromkeys((*get_close_matches(given, ids, n=3, cutoff=0.5), *within)))[:3]


def unknown(what: str, given: str, suggestions: Iterable[str], command: str) -> NoReturn:
    """End the command: no such id; what may be meant, and what lists the ids."""
    meant = ", ".join(suggestions)
    hint = f"did you mean {meant}?" if meant else f"run: {command}"
    fail(f"no {what} {given!r} in the base", EXIT_UNKNOWN, hint)


def check_document(base: Base, document: str) -> None:
    """End the command where the base has no such document."""
    ids = [meta.id for meta in base.metadata()]
    if document not in ids:
        unknown("document", document, near(document, ids), "kb show --documents")


def count(things: Collection[object] | int, one: str, many: str = "") -> str:
    """The number with its noun: "1 document", "3 documents"."""
    number = things if isinstance(things, int) else len(things)
    return f"{number} {one if number == 1 else many or one + 's'}"


def print_json(value: object, **beside: object) -> None:
    """The value as a line of JSON on stdout; `beside` are further keys of a record."""
    import msgspec

    click.echo(msgspec.json.encode({**msgspec.to_builtins(value), **beside} if beside else value))


def print_rows_as_json(rows: Iterable[object]) -> None:
    """A JSON list on stdout, one object a line."""
    import msgspec

    click.echo(b"[" + b",\n".join(map(msgspec.json.encode, rows)) + b"]")
