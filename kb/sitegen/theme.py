"""Templates of site/ and what they may call. Autoescaping is on for all of them; an unknown name is an error."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kb.sitegen.prose import plain, shorten

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
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date | None) -> str:
    """A date as it is printed, the same in every locale: 30 Jun 2018."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else ""


def words(ident: str) -> str:
    """An id as words: "administrative-regulation" -> "administrative regulation"."""
    return ident.replace("-", " ")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 item, 2 items, 1,204 items."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(name: str) -> str:
    """A name as a title: its first letter is a capital."""
    return name[:1].upper() + name[1:]


def make_environment(templates: Path) -> Environment:
    """The environment that renders every page of a site."""
    environment = Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters: dict[str, Any] = {
        "day": day,
        "plain": plain,
        "shorten": shorten,
        "words": words,
        "count": count,
        "capital": capital,
    }
    environment.filters.update(filters)
    environment.globals.update(MODALITIES=MODALITIES, STATUSES=STATUSES)
    return environment
