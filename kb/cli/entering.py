"""How a person's entry is made: about what, by whom, when, and into which log."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kb.cli.common import near, print_json, unknown
from kb.cli.selection import F

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.model import ActionItem, ListStandard
    from kb.store import Base
    from kb.track.notes import AnyEntry
    from kb.workspace import Workspace


def by_option(does: str) -> Callable[[F], F]:
    """The option --by of a command, with what such a person does."""
    return click.option(
        "--by", metavar="NAME", help=f"Who {does} (default: git's user.name, else the user of the session)."
    )


dry_run_option = click.option("--dry-run", is_flag=True, help="Print the entry; write nothing.")


def now() -> datetime:
    """The moment of an entry, in UTC and to the microsecond: it orders the entries of one item."""
    return datetime.now(UTC)


def enterer(given: str | None) -> str:
    """Who enters: --by, else git's user, else the user of the session."""
    if given:
        return given
    try:
        asked = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)  # noqa: S607
        name = asked.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        name = ""
    return name or os.environ.get("USER") or os.environ.get("USERNAME") or "unknown"


def find_item(base: Base, name: str) -> ActionItem:
    """The item with this id; ends the command where there is none."""
    item = base.item(name)
    if item is not None:
        return item
    document = name.partition("#")[0]
    ids = [item.id for item in base.items(document)] or [item.id for item in base.items()]
    return unknown("item", name, near(name, ids), "kb due --json")


def find_thing(base: Base, name: str) -> ActionItem | ListStandard:
    """The item or list with this id; ends the command where there is none."""
    return base.list_standard(name) or find_item(base, name)


def enter(space: Workspace, entry: AnyEntry, *, dry_run: bool) -> None:
    """Append the entry to its log, or with `dry_run` only print the line; an entry that is there already stays alone."""

    from kb.track.notes import append_entry, log_of

    path = space.notes / log_of(entry)
    if dry_run:
        print_json(entry)
        click.echo(f"Not entered (--dry-run); it would be added to {path}", err=True)
        return
    append_entry(path, entry)
    click.echo(f"Entered {entry.key} in {path}", err=True)
