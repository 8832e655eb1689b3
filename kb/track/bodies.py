"""A name as people know it ("samr", "SAIC", 国家发展改革委) -> a body, and the bodies whose duties it took over.

Two names of one body, and its predecessors, are one answer: what SAIC, AQSIQ and CFDA owed until March 2018 is owed by
the State Administration for Market Regulation since.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from kb.model import ActionItem, Body, Label, Record
from kb.track.body_classes import BodyClasses


class Family(Record, frozen=True):
    """A body, and the ids of the bodies before it, all of which answer to its name."""

    body: Body
    predecessors: tuple[Body, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset((self.body.id, *(b.id for b in self.predecessors)))

    def note(self, as_of: date) -> str:
        """What a reader must know about the name as of the date; "" where there is nothing to say."""
        parts = []
        if self.predecessors:
            before = ", ".join(_until(b) for b in self.predecessors)
            parts.append(f"{self.body.id} includes what its predecessors owed: {before}")
        if self.body.since and as_of < self.body.since:
            parts.append(f"{self.body.id} did not exist on {as_of}; it began in {self.body.since:%B %Y}")
        if self.body.until and self.body.until < as_of:
            after = f"; its successor is {self.body.successor}" if self.body.successor else ""
            parts.append(f"{self.body.id} went by this name until {self.body.until}{after}")
        return ". ".join(parts)


def _until(body: Body) -> str:
    return f"{body.id} (until {body.until})" if body.until else body.id


class Bodies:
    """The bodies table, asked by any name; and the classes of bodies that national ones head."""

    def __init__(self, bodies: Iterable[Body], classes: Iterable[Label] = ()) -> None:
        self.classes = BodyClasses(classes)
        self.by_id = {body.id: body for body in bodies}
        self._names: dict[str, str] = {}
        for body in self.by_id.values():
            for name in (body.name, body.name_zh, *body.short_zh, *body.abbreviations, *(a.name for a in body.aliases)):
                if name:
                    self._names.setdefault(_key(name), body.id)

    def find(self, name: str) -> Family | None:
        """The body with this id or name, any case, and those before it; None where the table has none.

        The name of a class, or of its line, is that of the body which heads it.
        """
        named = self.by_id.get(name.strip().lower()) or self.by_id.get(self._names.get(_key(name), ""))
        found = named or self.by_id.get(self.classes.find(name))
        return Family(found, tuple(self._before(found.id))) if found else None

    def short_name_of(self, body: str) -> str:
        """The abbreviation people use, else the full name."""
        found = self.by_id.get(body)
        return (found.abbreviations[0] if found.abbreviations else found.name) if found else body

    def suggestions(self, name: str) -> tuple[str, ...]:
        """Up to three ids whose id or name looks like `name`, the nearest first."""
        classes = {_key(n): row.id for row in self.classes.by_id.values() for n in (row.name, row.name_zh) if n}
        keys = {**classes, **self._names, **{body: body for body in self.by_id}}
        close = get_close_matches(_key(name), keys, n=6, cutoff=0.6)
        within = sorted(key for key in keys if len(name.encode()) > 3 and _key(name) in key)
        return tuple(dict.fromkeys(keys[key] for key in (*close, *within)))[:3]

    def _before(self, body: str) -> list[Body]:
        """The bodies that it succeeded, and those before them, by id; a circle in the table is walked once."""
        found: dict[str, Body] = {}
        waiting = [body]
        while waiting:
            current = waiting.pop()
            for other in self.by_id.values():
                if other.successor == current and other.id not in found and other.id != body:
                    found[other.id] = other
                    waiting.append(other.id)
        return [found[key] for key in sorted(found)]


def owed_by(item: ActionItem, ids: Iterable[str]) -> bool:
    """Whether one of the bodies must act on the item."""
    wanted = frozenset(ids)
    return any(actor.agency in wanted for actor in item.actors)


def owed_by_words(item: ActionItem, words: str) -> bool:
    """Whether the item names its actor by these very words ("credit reporting agencies"), any case."""
    return any(actor.span and _key(actor.span.quote) == _key(words) for actor in item.actors)


def _key(name: str) -> str:
    words = " ".join(name.lower().split())
    return words.removeprefix("the ")
