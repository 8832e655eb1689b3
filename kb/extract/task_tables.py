"""Tables that break work down: a row "| Draw up the roll | Health Bureau | Police | end of 2018 |" is an act with its bodies and its limit.

In comes the leaf of a table, out come its rows as cells by what their column holds; a table whose head names no task beside a body or a
limit is no such table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from kb.extract.bodies import Doer
from kb.extract.clauses import Cutter, Sentence
from kb.extract.named_limits import NamedLimit, read_limits
from kb.extract.responsibility import doers_of_cell
from kb.model import Provision, Role
from kb.rules import Rule, load_rules

Column = Literal["task", "lead", "cooperating", "responsible", "lead-with", "limit"]
_ROLES = {"lead": Role.LEAD, "cooperating": Role.COOPERATING, "responsible": Role.RESPONSIBLE}
_CELL = re.compile(r"[^|\n]+")
_RULE = re.compile(r"[\s|:-]+")
_PARTED = re.compile(r"\s[/／]\s|[／;；]")  # the leading bodies from those that join them
_LONGEST_HEAD = 40  # characters of the head of a column


class ColumnRow(Rule, frozen=True, kw_only=True):
    """The heads of one kind of column."""

    column: Column
    pattern: str


class TaskRow(msgspec.Struct, frozen=True):
    """One row: the sentences of its task, the bodies, the limits; `has_limit` where the cell of the limit is not empty."""

    tasks: tuple[Sentence, ...]
    doers: tuple[Doer, ...]
    limits: tuple[NamedLimit, ...]
    has_limit: bool


@cache
def rows() -> tuple[tuple[ColumnRow, re.Pattern[str]], ...]:
    """The table with its patterns."""
    table = load_rules(Path(__file__).parent / "task_tables.yaml", ColumnRow)
    return tuple((row, re.compile(row.pattern, re.IGNORECASE)) for row in table)


def column_of(head: str) -> Column | None:
    """What the cells under a head hold."""
    words = head.strip(" *_:")
    if len(words) > _LONGEST_HEAD:
        return None
    return next((row.column for row, pattern in rows() if pattern.search(words)), None)


def read_task_rows(cutter: Cutter, leaf: Provision) -> Iterator[TaskRow]:
    """The rows of a table that allots work, in order."""
    text = cutter.reading.document.text
    columns: list[Column | None] = []
    for start, end in _lines(text, leaf):
        cells = [
            found.span() for found in _CELL.finditer(text, start, end) if _is_cell(text, start, end, *found.span())
        ]
        if not columns:
            columns = [column_of(text[a:b]) for a, b in cells]
            if columns.count("task") != 1 or len({*columns} - {None}) < 2:
                return
        elif not _RULE.fullmatch(text, start, end):
            yield _row(cutter, leaf, dict(zip(columns, cells, strict=False)))


def _lines(text: str, leaf: Provision) -> Iterator[tuple[int, int]]:
    """The lines of the leaf that hold a bar."""
    at = leaf.text_start
    while at < leaf.text_end:
        end = text.find("\n", at, leaf.text_end)
        end = leaf.text_end if end < 0 else end
        if "|" in text[at:end]:
            yield at, end
        at = end + 1


def _is_cell(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a stretch between bars is a cell, not the margin of the line."""
    return bool(text[first:last].strip()) or (first > start and last < end)


def _row(cutter: Cutter, leaf: Provision, cells: dict[Column | None, tuple[int, int]]) -> TaskRow:
    text = cutter.reading.document.text
    if "lead-with" in cells:
        cells = {**cells, **_leading_and_joining(text, *cells["lead-with"])}
    doers: list[Doer] = []
    for column, role in _ROLES.items():
        if column in cells:
            doers += doers_of_cell(cutter.within(leaf, *cells[column]), text, role)
    parts = cutter.within(leaf, *cells["limit"]) if "limit" in cells else []
    tasks = [s for s in (cutter.within(leaf, *cells["task"]) if "task" in cells else []) if s.words]
    limits = tuple(limit for part in parts for limit in read_limits(part))
    return TaskRow(tuple(tasks), tuple(doers), limits, bool(parts))


def _leading_and_joining(text: str, start: int, end: int) -> dict[Column | None, tuple[int, int]]:
    """The cells of the two roles that one cell holds: "Port Bureau / Fisheries Bureau"."""
    parted = _PARTED.search(text, start, end)
    return (
        {"lead": (start, end)}
        if parted is None
        else {"lead": (start, parted.start()), "cooperating": (parted.end(), end)}
    )
