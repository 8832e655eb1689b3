"""How ids, numbers and dates are printed: the same in every locale."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from kb.search.tables import load_regions

MODALITIES = {
    "task": "task",
    "duty": "duty",
    "prohibition": "must not",
    "permission": "may",
    "encouragement": "encouraged",
    "right": "right",
}
STATUSES = {
    "overdue": "Past its date",
    "due-soon": "Due soon",
    "upcoming": "Upcoming",
    "ongoing": "Ongoing",
    "undated": "No date",
    "not-trackable": "Not trackable",
    "not-issued": "Not yet issued",
}
MONTHS = "January February March April May June July August September October November December".split()


@lru_cache(maxsize=4096)
def day(value: date | None) -> str:
    """A date as it is printed: 30 Jun 2018."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}" if value else ""


@lru_cache(maxsize=64)
def region(code: str) -> str:
    """A region by its code: "CN-SH" -> "Shanghai", "CN" -> "National"; a code that the table lacks stays as it is."""
    names = load_regions().get(code.lower(), (code,))
    return "National" if code == "CN" else names[0]


def words(ident: str) -> str:
    """An id as words: "administrative-regulation" -> "administrative regulation"."""
    return ident.replace("-", " ")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 item, 2 items, 1,204 items."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(name: str) -> str:
    """A name as a title: its first letter is a capital."""
    return name[:1].upper() + name[1:]
