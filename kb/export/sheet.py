"""Rows -> a CSV file that a spreadsheet opens without running anything in it.

A cell that begins with = + - @, a tab or a carriage return may be taken for a formula; it gets an apostrophe in front,
which spreadsheets do not show. `raw` keeps the text as it is, for programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from kb.track import DueRow

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_QUOTED = re.compile(r'[",\r\n]')

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
    """The CSV text (RFC 4180, lines ended by CR LF): head, then rows of at least two cells. None is an empty cell."""
    line = _lines(raw)
    return "".join([line(row) for row in (head, *rows)])


def _lines(raw: bool) -> Callable[[Sequence[object]], str]:
    """Writes the line of a row."""
    text = _Cells(raw).__getitem__
    return lambda row: f"{','.join(map(text, row))}\r\n"


class _Cells(dict[object, str]):
    """Texts, whole numbers, dates and None -> cells as they are written, each made once: most of them come again."""

    def __init__(self, raw: bool) -> None:
        super().__init__()
        self._raw = raw

    def __missing__(self, cell: object) -> str:
        text = "" if cell is None else str(cell)
        if not self._raw and isinstance(cell, str) and text[:1] in _FORMULA:
            text = f"'{text}"
        if _QUOTED.search(text):
            text = '"{}"'.format(text.replace('"', '""'))
        self[cell] = text
        return text


def due_sheet(rows: Iterable[DueRow], *, raw: bool = False) -> str:
    """The rows of a due list as CSV; several actors or fields in one cell are parted by "; "."""
    return sheet(DUE_COLUMNS, map(_due_cells, rows), raw=raw)


def due_lines() -> Callable[[DueRow], str]:
    """Writes the line of one row as `due_sheet` does."""
    line = _lines(raw=False)
    return lambda row: line(_due_cells(row))


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
