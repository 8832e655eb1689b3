"""`kb watch`: what is new for saved searches since the build before the present one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_DATA, EXIT_UNKNOWN, fail, print_json, workspace
from kb.cli.search import open_search

if TYPE_CHECKING:
    from kb.search.saved import News


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def watch(ctx: click.Context, /, as_json: bool) -> None:
    """Show what is new for each search saved in kb-notes/searches.txt, compared with the build before this one.

    A search is a line "name: query". The first look at a search only counts; what it found is kept in the notes.

    \b
    Example:
      kb watch
      echo 'ministries: list:blacklist level:ministerial' >> kb-notes/searches.txt
    """
    from kb.problems import render_problems
    from kb.search.saved import SEARCHES, STATE, find_news, read_searches
    from kb.store import write_atomically

    space = workspace(ctx)
    path = space.notes / SEARCHES
    searches, problems = read_searches(path)
    if not searches and not problems:
        fail(f"{path}: there are no saved searches", EXIT_UNKNOWN, "write one a line: name: query")
    news, more, state = find_news(open_search(space), path, searches)
    write_atomically(path.with_name(STATE), state)
    if as_json:
        print_json(news)
    else:
        click.echo("\n".join(line for one in news for line in _lines(one)))
    if problems := [*problems, *more]:
        click.echo(render_problems(problems), err=True)
        ctx.exit(EXIT_DATA)


def _lines(news: News) -> list[str]:
    head = f"{click.style(news.name, bold=True)}: {news.query}"
    if news.first:
        return [head, f"  {news.total} found; first look, nothing to compare with"]
    if not (news.new or news.changed or news.gone):
        return [head, f"  nothing new; {news.total} found"]
    rows = (("new", news.new), ("changed", news.changed), ("gone", news.gone))
    return [head, *(f"  {what}  {address}" for what, addresses in rows for address in addresses)]
