"""What the correctors of items and of lists share: how a slot that a person set is named, and how a value is refused."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

RULE = "corrected"  # the rule id of what a person set
ACCEPTED = ("accepted",)
_E = TypeVar("_E", bound=StrEnum)


class SlotError(ValueError):
    """A slot that cannot be set, or a value that it cannot hold; the text says what it can."""


def one_of(value: str, options: type[_E]) -> _E:
    """The member with this value, any case. Raises SlotError."""
    try:
        return options(value.lower())
    except ValueError:
        raise SlotError(f"{value!r} is not one of {', '.join(options)}") from None


def known(given: list[str], ids: set[str], what: str) -> list[str]:
    """The ids given, where the table has all of them. Raises SlotError."""
    for one in given:
        if one not in ids:
            raise SlotError(f"no {what} {one!r}; known: {', '.join(sorted(ids)[:12])}{' …' if len(ids) > 12 else ''}")
    return given
