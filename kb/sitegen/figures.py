"""Facts -> the geometry of the pictures. Templates draw it as SVG; a table with the same numbers stands beside each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.sitegen.shown import Item

STEP, LABEL, COLUMN, HEAD, PAD = 11, 190, 66, 34, 8


class PlacedMark(NamedTuple):
    """An item at its place in the picture."""

    item: Item
    x: int
    y: int


class Spot(NamedTuple):
    """A circle in a cell of a grid: its centre, its radius, its words, and the number that is printed in it."""

    x: int
    y: int
    size: int
    words: str
    number: int


class Grid(NamedTuple):
    """Rows and columns with a mark in each cell that has something; labels with their places."""

    width: int
    height: int
    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[int, str], ...]
    spots: tuple[Spot, ...]


class Squares(NamedTuple):
    """A cell for each row and column, as one path for each class."""

    width: int
    height: int
    columns: tuple[tuple[int, str], ...]
    paths: tuple[tuple[str, str], ...]


class Lane(NamedTuple):
    """A horizontal band of the timeline."""

    name: str
    y: int
    height: int


class Column(NamedTuple):
    """A half-year of the timeline."""

    label: str
    year: int
    x: int
    width: int


class Timeline(NamedTuple):
    """Items by half-year and area."""

    width: int
    height: int
    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    marks: tuple[PlacedMark, ...]
    outside: int  # items whose day lies before or after the picture


def timeline(items: Sequence[Item], lanes: Sequence[tuple[str, str]], years: range) -> Timeline:
    """A mark for every item that falls in `years`, packed in the cell of its half-year and lane."""
    inside = [i for i in items if i.last_day and i.last_day.year in years]
    cells: dict[tuple[str, int], list[Item]] = {}
    for item in inside:
        day = item.last_day
        if day:
            cells.setdefault((item.record.area, 2 * (day.year - years.start) + (day.month > 6)), []).append(item)
    named = [*lanes, ("", "No area")]
    shown = [(ident, name) for ident, name in named if any(area == ident for area, _ in cells)]
    columns = _columns(cells, years)
    placed: list[PlacedMark] = []
    drawn: list[Lane] = []
    y = HEAD
    for ident, name in shown:
        deepest = 0
        for half, column in enumerate(columns):
            across = max(1, (column.width - PAD) // STEP)
            own = cells.get((ident, half), [])
            deepest = max(deepest, -(-len(own) // across))
            placed += [
                PlacedMark(item, column.x + PAD // 2 + 5 + STEP * (n % across), y + PAD + 5 + STEP * (n // across))
                for n, item in enumerate(sorted(own, key=lambda i: i.of_plan))
            ]
        height = max(34, deepest * STEP + 2 * PAD)
        drawn.append(Lane(name, y, height))
        y += height
    width = columns[-1].x + columns[-1].width if columns else LABEL
    return Timeline(width, y, tuple(columns), tuple(drawn), tuple(placed), len(items) - len(inside))


def _columns(cells: dict[tuple[str, int], list[Item]], years: range) -> list[Column]:
    """Half-years; those with many items are wider, so that the picture does not grow into a tower."""
    x = LABEL
    columns = []
    for half in range(2 * len(years)):
        most = max((len(v) for (_, h), v in cells.items() if h == half), default=0)
        width = COLUMN if most <= 30 else COLUMN * 2 if most <= 80 else COLUMN * 4
        year = years.start + half // 2
        columns.append(Column(f"{year} H{half % 2 + 1}", year, x, width))
        x += width
    return columns


def bars(counts: Iterable[int], width: int) -> list[int]:
    """Lengths of bars, the longest `width`; a count that is not zero is seen."""
    values = list(counts)
    most = max(values, default=0)
    return [max(2, round(width * value / most)) if value and most else 0 for value in values]


def bubbles(
    columns: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], cell: int = 46, label: int = 176
) -> Grid:
    """A circle in each cell whose area goes with the number, which is printed in it; rows are names with their numbers."""
    most = max((n for _, numbers in rows for n in numbers), default=0)
    height = 34
    spots = [
        Spot(
            label + cell * j + cell // 2,
            HEAD + height * i + height // 2,
            max(10, round(16 * (n / most) ** 0.5)),
            f"{name}, {columns[j]}: {n}",
            n,
        )
        for i, (name, numbers) in enumerate(rows)
        for j, n in enumerate(numbers)
        if n
    ]
    return _grid(columns, [name for name, _ in rows], spots, (label, cell, height))


def squares(columns: Sequence[str], rows: Sequence[Sequence[str]], cell: tuple[int, int]) -> Squares:
    """A box in each cell, of the class that the cell gives: one path for each class, since there are thousands of cells."""
    width, height = cell
    paths: dict[str, list[str]] = {}
    for i, kinds in enumerate(rows):
        for j, kind in enumerate(kinds):
            box = f"M{width * j + width // 4} {HEAD + height * i + 1}h{width // 2}v{height - 2}h-{width // 2}z"
            paths.setdefault(kind, []).append(box)
    heads = tuple((width * j + width // 2, name) for j, name in enumerate(columns))
    drawn = tuple((kind, "".join(paths[kind])) for kind in sorted(paths))
    return Squares(width * len(columns), HEAD + height * len(rows), heads, drawn)


def _grid(columns: Sequence[str], rows: Sequence[str], spots: Sequence[Spot], sizes: tuple[int, int, int]) -> Grid:
    label, width, height = sizes
    return Grid(
        label + width * len(columns),
        HEAD + height * len(rows),
        tuple((label + width * j + width // 2, name) for j, name in enumerate(columns)),
        tuple((HEAD + height * i + height // 2, name) for i, name in enumerate(rows)),
        tuple(spots),
    )
