"""site/accuracy.json, as `kb eval --record` writes it -> the rows of the table on About."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec


class Figures(msgspec.Struct, frozen=True):
    """One measure on one set of marked documents."""

    label: str
    p: float
    r: float
    f1: float
    gold: int  # how much people marked


class Measure(NamedTuple):
    """A measure on both sets; None where a set was not measured by it."""

    label: str
    dev: Figures | None
    test: Figures | None


class Accuracy(NamedTuple):
    """Number of marked documents in each set, and all measures in the order of the file."""

    dev_documents: int
    test_documents: int
    measures: tuple[Measure, ...]


def read_accuracy(path: Path) -> Accuracy | None:
    """The recorded figures; None where none were recorded. Raises msgspec.DecodeError where the file is something else."""
    if not path.is_file():
        return None
    sets = msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, int | Figures]])
    dev, test = sets.get("dev", {}), sets.get("test", {})
    names = dict.fromkeys(name for one in (dev, test) for name, value in one.items() if isinstance(value, Figures))
    measures = tuple(_measure(dev.get(name), test.get(name)) for name in names)
    return Accuracy(_documents(dev), _documents(test), measures)


def _measure(dev: int | Figures | None, test: int | Figures | None) -> Measure:
    one, two = (x if isinstance(x, Figures) else None for x in (dev, test))
    named = one or two
    return Measure(named.label if named else "", one, two)


def _documents(figures: dict[str, int | Figures]) -> int:
    number = figures.get("documents", 0)
    return number if isinstance(number, int) else 0
