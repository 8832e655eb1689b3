"""Rows of text on stdout: a table fitted to the terminal, plain lines elsewhere.

In a pipe every row is one line, its cells parted by tabs, nothing cut and nothing coloured: made for grep, cut and sort.
The first line names the columns and begins with "#", so that `grep -v "^#"` leaves the rows.
On a terminal a table takes the width there is; Chinese characters count as two columns. Ids stand whole on a line of their
own under the row, so that they can be copied.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import click


class Column(NamedTuple):
    """A column: its head, its share of the width (0 keeps it whole), its side and its style on a terminal.

    `apart` puts the cell on a line of its own under the row.
    """

    head: str
    ratio: int = 0
    justify: Literal["left", "right"] = "left"
    style: str = ""
    apart: bool = False


STYLES = {
    "overdue": "bold red",
    "due-soon": "yellow",
    "upcoming": "green",
    "stated": "green",
    "silent": "dim",
    "refers": "cyan",
}


_MARK = "\ue000"  # of the row that stands for an `apart` line until the table is laid out


def print_table(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], title: str = "", *, heads_in_pipe: bool = True
) -> None:
    """Print the rows under their heads; nothing at all is printed for no rows. The title is for terminals only."""
    rows = list(rows)
    if not rows:
        return
    if sys.stdout.isatty():
        _print_fitted(columns, rows, title)
        return
    if heads_in_pipe:
        click.echo("#" + "\t".join(column.head.lower() for column in columns))
    for row in rows:
        click.echo("\t".join(" ".join(cell.split()) for cell in row))


def _print_fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]], title: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    beside = [n for n, column in enumerate(columns) if not column.apart]
    apart = [n for n, column in enumerate(columns) if column.apart]
    table = Table(
        title=title or None,
        title_justify="left",
        box=None,
        pad_edge=False,
        expand=any(c.ratio for c in columns),
        header_style="bold",
    )
    for column in (columns[n] for n in beside):
        table.add_column(
            column.head,
            ratio=column.ratio or None,
            justify=column.justify,
            style=column.style or None,
            no_wrap=not column.ratio,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(row[n], style=STYLES.get(row[n], "")) for n in beside))
        for _ in apart:
            table.add_row(_MARK)
    console = Console(highlight=False)
    if not apart:
        console.print(table)
        return
    with console.capture() as laid_out:
        console.print(table)
    below = iter([click.style(f"  {row[n]}", dim=True) for row in rows for n in apart])
    for line in laid_out.get().splitlines():
        click.echo(next(below) if _MARK in line else line)
