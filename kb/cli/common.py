"""What several commands share: the workspace of the call, the as-of date, the way to end with an error."""

from __future__ import annotations

import os
import sys
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


def as_of_date(space: Workspace, given: date | None) -> date:
    """The date of the call: the option, else the setting, else today. Only the command line may ask the clock."""
    return given or space.as_of or date.today()  # noqa: DTZ011 - the user's own day is meant
