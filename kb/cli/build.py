"""kb build: everything, in order, with progress and a summary."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_DATA, EXIT_USAGE, as_of_date, fail, print_json, site_date_option, workspace

if TYPE_CHECKING:
    from rich.progress import TaskID

    from kb.pipeline import Progress, Summary


@click.command()
@site_date_option
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="No progress, no summary; problems only.")
@click.pass_context
def build(ctx: click.Context, as_of: date | None, jobs: int, as_json: bool, quiet: bool) -> None:
    """Read the corpus and write facts, database, search index and site.

    Does only the work that changed, and puts the result in place at the end: an interrupted build leaves the last one
    as it was. Ends with exit code 1 where a document could not be read; the others are built all the same.

    \b
    Example:
      kb build --as-of 2018-10-24
    """
    from kb.pipeline import build as run_build
    from kb.problems import render_problems
    from kb.sitegen import NotOursError

    space = workspace(ctx)
    day = as_of_date(space, as_of)
    try:
        with _Bar(quiet or as_json) as progress:
            summary = run_build(space, day, jobs=jobs, progress=progress)
    except NotOursError as error:
        fail(str(error), EXIT_USAGE, "name another folder with kb --build DIR build")
    if summary.problems:
        click.echo(render_problems(summary.problems), err=True)
    if as_json:
        print_json(summary)
    elif not quiet:
        _print_summary(summary)
        if day != as_of_date(space, None):
            default = as_of_date(space, None)
            click.echo(
                f"The site is for {day}; other commands answer for {default} unless they are given --as-of.", err=True
            )
            click.echo(f"hint: to keep the date, write into kb.toml: as_of = {day}", err=True)
    if summary.problems:
        sys.exit(EXIT_DATA)


class _Bar:
    """Progress on stderr: a bar on a terminal, one line a stage elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet

    def __enter__(self) -> Progress:
        if self.quiet:
            return lambda *_: None
        if not sys.stderr.isatty():
            return self._line
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.bar.start()
        self.tasks: dict[str, TaskID] = {}
        return self._advance

    def __exit__(self, *_: object) -> None:
        if bar := getattr(self, "bar", None):
            bar.stop()

    def _advance(self, stage: str, done: int, total: int) -> None:
        if stage not in self.tasks:
            self.tasks[stage] = self.bar.add_task(stage, total=total)
        self.bar.update(self.tasks[stage], completed=done, total=total)

    def _line(self, stage: str, done: int, total: int) -> None:
        if done == total:
            click.echo(f"{stage}: {total} done", err=True)


def _print_summary(summary: Summary) -> None:
    counts = ", ".join(
        f"{len(ids)} {fate}"
        for fate, ids in (
            ("added", summary.added),
            ("changed", summary.changed),
            ("removed", summary.removed),
            ("unchanged", summary.unchanged),
            ("failed", summary.failed),
        )
        if ids or fate in {"added", "changed", "unchanged"}
    )
    click.echo(f"Documents: {counts}.")
    click.echo(f"Facts: {summary.items} action items, {summary.lists} list standards.")
    if summary.pages:
        click.echo(f"Site: {summary.pages} pages, {summary.pages_written} written.")
    click.echo(summary.site)
