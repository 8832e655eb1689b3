"""Rows of text on stdout: a table fitted to the terminal, plain lines elsewhere.

In a pipe every row is one line, its cells parted by tabs, nothing cut and nothing coloured: made for grep, cut and sort.
On a terminal a table takes the width there is; Chinese characters count as two columns.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import click


class Column(NamedTuple):
    """A column: its head, its share of the width (0 keeps it whole), its side and its style on a terminal."""

    head: str
    ratio: int = 0
    justify: Literal["left", "right"] = "left"
    style: str = ""


STYLES = {
    "overdue": "bold red",
    "due-soon": "yellow",
    "upcoming": "green",
    "stated": "green",
    "silent": "dim",
    "refers": "cyan",
}


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print the rows; the title and the heads are for terminals only, and nothing at all is printed for no rows."""
    rows = list(rows)
    if not rows:
        return
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=title or None,
        title_justify="left",
        box=None,
        pad_edge=False,
        expand=any(c.ratio for c in columns),
        header_style="bold",
    )
    for column in columns:
        table.add_column(
            column.head,
            ratio=column.ratio or None,
            justify=column.justify,
            style=column.style or None,
            no_wrap=not column.ratio,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
    Console(highlight=False).print(table)
