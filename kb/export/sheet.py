"""Rows -> a CSV file that a spreadsheet opens without running anything in it.

A cell that begins with = + - @, a tab or a carriage return may be taken for a formula; it gets an apostrophe in front,
which spreadsheets do not show. `raw` keeps the text as it is, for programs.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from kb.track import DueRow

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")

DUE_COLUMNS = (
    *(
        "id",
        "document",
        "eid",
        "title",
        "kind",
        "level",
        "region",
        "issued",
        "fidelity",
        "basis",
        "actors",
        "agencies",
        "action",
        "modality",
        "strength",
    ),
    *(
        "schedule",
        "due",
        "earliest",
        "phrase",
        "rule",
        "origin",
        "precision",
        "duration",
        "unit",
        "trigger",
        "rrule",
        "why",
    ),
    *("area", "fields", "trackability", "certain", "corrected", "claimed", "evidence"),
)


def sheet(head: Sequence[str], rows: Iterable[Sequence[object]], *, raw: bool = False) -> str:
    """The CSV text (RFC 4180, lines ended by CR LF): head, then rows. None is an empty cell."""
    return "".join(_lines((head, *rows), raw=raw))


def _lines(rows: Iterable[Sequence[object]], *, raw: bool) -> list[str]:
    """The line of each row."""
    out = _Lines()
    csv.writer(out, lineterminator="\r\n").writerows(rows if raw else map(_harmless, rows))
    return out


class _Lines(list[str]):
    """A file for the writer, which writes a row at a time."""

    def write(self, line: str) -> None:
        self.append(line)


def _harmless(row: Sequence[object]) -> list[object]:
    """The cells, none of which a spreadsheet takes for a formula."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell for cell in row]


def due_sheet(rows: Iterable[DueRow], *, raw: bool = False) -> str:
    """The rows of a due list as CSV; several actors or fields in one cell are parted by "; "."""
    return sheet(DUE_COLUMNS, map(_due_cells, rows), raw=raw)


def due_lines(rows: Iterable[DueRow]) -> list[str]:
    """The line of each row, as `due_sheet` has it."""
    return _lines(map(_due_cells, rows), raw=False)


_JOINED: dict[str, Callable[[DueRow], str]] = {
    "actors": lambda row: "; ".join(actor.name for actor in row.actors),
    "agencies": lambda row: "; ".join(actor.agency for actor in row.actors if actor.agency),
    "fields": lambda row: "; ".join(row.fields),
    "corrected": lambda row: "; ".join(row.corrected),
    "certain": lambda row: "yes" if row.certain else "no",
}
_plain_cells = attrgetter(*(name if name not in _JOINED else "id" for name in DUE_COLUMNS))
_JOINED_AT = tuple((n, _JOINED[name]) for n, name in enumerate(DUE_COLUMNS) if name in _JOINED)


def _due_cells(row: DueRow) -> list[object]:
    cells = list(_plain_cells(row))
    for n, join in _JOINED_AT:
        cells[n] = join(row)
    return cells
