"""Rows of text on stdout: a table fitted to the terminal, plain lines elsewhere.

In a pipe every row is one line, its cells parted by tabs, nothing cut and nothing coloured: made for grep, cut and sort.
The first line names the columns and begins with "#", so that `grep -v "^#"` leaves the rows.
On a terminal a table takes the width there is and keeps words whole; where it is too narrow for that, every row becomes a
few lines of head and cell. Chinese characters count as two columns. Ids stand whole on a line of their own under the row, so
that they can be copied.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

if TYPE_CHECKING:
    from rich.console import Console


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


_GAP = 2  # between columns
_WORD = 12  # a column need not be wider for a word that is longer
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
    from rich.table import Table
    from rich.text import Text

    beside = [n for n, column in enumerate(columns) if not column.apart]
    apart = [n for n, column in enumerate(columns) if column.apart]
    console = _console()
    widths = _widths([columns[n] for n in beside], [[row[n] for n in beside] for row in rows], console.width)
    if widths is None:
        _print_stacked(columns, rows, title, console.width)
        return
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for n, width in zip(beside, widths, strict=True):
        column = columns[n]
        table.add_column(column.head, width=width, justify=column.justify, style=column.style or None, overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[n], style=STYLES.get(row[n], "")) for n in beside))
        for _ in apart:
            table.add_row(_MARK)
    if not apart:
        console.print(table)
        return
    with console.capture() as laid_out:
        console.print(table)
    below = iter([click.style(f"  {row[n]}", dim=True) for row in rows for n in apart])
    for line in laid_out.get().splitlines():
        click.echo(next(below) if _MARK in line else line)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """The width of every column, None where the room is too small to keep words whole.

    A column with a share gets what its longest word needs, then its share of what is left, and no more than it can use.
    """
    from rich.cells import cell_len

    cells = [[column.head, *(row[n] for row in rows)] for n, column in enumerate(columns)]
    natural = [max(cell_len(line) for cell in each for line in cell.split("\n")) for each in cells]
    widths = [
        min(width, _WORD, max(cell_len(word) for cell in each for word in (cell.split() or [""])))
        if column.ratio
        else width
        for column, each, width in zip(columns, cells, natural, strict=True)
    ]
    free = room - sum(widths) - _GAP * (len(columns) - 1)
    if free < 0:
        return None
    while growing := [n for n, column in enumerate(columns) if column.ratio and widths[n] < natural[n]]:
        shares = sum(columns[n].ratio for n in growing)
        given = [min(natural[n] - widths[n], free * columns[n].ratio // shares) for n in growing]
        if not any(given):
            break
        for n, more in zip(growing, given, strict=True):
            widths[n] += more
            free -= more
    return widths


def _print_stacked(columns: Sequence[Column], rows: Sequence[Sequence[str]], title: str, width: int) -> None:
    """Every row as lines of head and cell: for terminals that are too narrow for the columns."""
    from rich.cells import cell_len

    console = _console()
    if title:
        click.secho(title, italic=True)
    indent = max(cell_len(column.head) for column in columns if not column.apart) + _GAP
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if column.apart:
                click.secho(f"  {cell}", dim=True)
            elif cell:
                head = click.style(column.head, bold=True) + " " * (indent - cell_len(column.head))
                click.echo(head + _laid_out(console, cell, STYLES.get(cell, column.style), indent, width))
        click.echo()


def _laid_out(console: Console, cell: str, style: str, indent: int, width: int) -> str:
    """The cell in lines that begin at `indent`, the first without it; an id is copied, so it stays whole."""
    from rich.padding import Padding
    from rich.text import Text

    if cell.isascii() and " " not in cell and len(cell) > width - indent:
        return cell
    with console.capture() as laid_out:
        console.print(Padding(Text(cell, style=style, overflow="fold"), (0, 0, 0, indent)), width=width)
    return laid_out.get().rstrip("\n").removeprefix(" " * indent)


def _console() -> Console:
    """A console for stdout; where the person wants no colours (kb.cli.main asked), it styles nothing at all."""
    from rich.console import Console

    plain = click.get_current_context(silent=True)
    return Console(highlight=False, color_system=None if plain and plain.color is False else "auto")
