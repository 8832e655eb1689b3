"""kb site: the roadmap site alone, from the built base."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import click

from kb.cli.common import EXIT_DATA, EXIT_USAGE, as_of_date, fail, open_built, site_date_option, workspace


@click.command()
@site_date_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Write to DIR (default: the site of the build)."
)
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes.")
@click.option("--base-url", default="", metavar="URL", help="Where it will be served; adds a sitemap.")
@click.pass_context
def site(ctx: click.Context, as_of: date | None, out: Path | None, jobs: int, base_url: str) -> None:
    """Write the roadmap site from what was built.

    Pages that did not change are not made again. The folder is put in place as a whole at the end; one that kb did not
    write is never replaced. Ends with exit code 1 where a link leads nowhere.

    \b
    Example:
      kb site --as-of 2018-10-24 --out roadmap
    """
    from kb.pipeline import only_build
    from kb.problems import render_problems
    from kb.sitegen import NotOursError, is_ours, write_site

    space = workspace(ctx)
    folder = (out or space.site).absolute()
    if not is_ours(folder):
        fail(f"{folder}: not a site that kb wrote; it is left as it is", EXIT_USAGE, "give --out a new or empty folder")
    beside = folder.with_name(f"{folder.name}.next")
    day = as_of_date(space, as_of)
    with closing(open_built(space)) as base, only_build(space):
        if beside.exists() and is_ours(beside):
            shutil.rmtree(beside)
        try:
            summary = write_site(
                base, beside, previous=folder, as_of=day, notes=space.notes, base_url=base_url, jobs=jobs
            )
        except NotOursError as error:
            fail(str(error), EXIT_USAGE, "move it away, then try again")
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    click.echo(
        f"{summary.total} pages, {summary.written} written; search index {summary.index / 1e6:.1f} MB.", err=True
    )
    click.echo(str(folder / "index.html"))
    if summary.problems:
        click.echo(render_problems(summary.problems), err=True)
        sys.exit(EXIT_DATA)
