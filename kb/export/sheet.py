"""Rows -> a CSV file that a spreadsheet opens without running anything in it.

A cell that begins with = + - @, a tab or a carriage return may be taken for a formula; it gets an apostrophe in front,
which spreadsheets do not show. `raw` keeps the text as it is, for programs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kb.track import DueRow

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

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
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value, raw) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object, raw: bool) -> object:
    if isinstance(value, str) and not raw and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def due_sheet(rows: Iterable[DueRow], *, raw: bool = False) -> str:
    """The rows of a due list as CSV; several actors or fields in one cell are parted by "; "."""
    return sheet(DUE_COLUMNS, (_due_cells(row) for row in rows), raw=raw)


def _due_cells(row: DueRow) -> list[object]:
    joined = {
        "actors": "; ".join(actor.name for actor in row.actors),
        "agencies": "; ".join(actor.agency for actor in row.actors if actor.agency),
        "fields": "; ".join(row.fields),
        "corrected": "; ".join(row.corrected),
        "certain": "yes" if row.certain else "no",
    }
    return [joined[name] if name in joined else getattr(row, name) for name in DUE_COLUMNS]
