"""The words of an actor -> the classes of bodies that they name: the departments of one line at all levels.

    "the industry and commerce authorities at or above the county level"   saic
    "finance, taxation and other departments"                              mof, sat
    "tax agents"                                                           none: no body of the State

A class is no body: the national one of its line heads it, and what the class owes is never said to be owed by that body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.model import ActionItem, Label

# What a body of the State is called beside the name of its line; persons, firms and schools of the line are not of the class.
_ORGAN = re.compile(
    r"\b(?:departments?|authorit(?:y|ies)|administrations?|organs?|bureaus?|regulators?|commissions?|offices?|courts?"
    r"|procuratorates?|branch(?:es)?|(?:statistics|supervis\w+|regulat\w+|administration|enforcement) bod(?:y|ies))\b"
)
_NO_ORGAN = re.compile(
    r"\b(?:staff|personnel|employees|persons?|penalty|associations?|enterprises?|compan(?:y|ies)|agents|firms?|schools?)\b"
)


class BodyClasses:
    """The classes table, asked by the words of actors and by the names of classes."""

    def __init__(self, classes: Iterable[Label]) -> None:
        self.by_id = {row.id: row for row in classes}
        cues = sorted(((cue, row.id) for row in self.by_id.values() for cue in row.cues), key=lambda c: (-len(c[0]), c))
        self._alone = {cue.removeprefix("="): head for cue, head in cues if cue.startswith("=")}
        self._within = [(cue, head) for cue, head in cues if not cue.startswith("=")]
        # no groups: only where an alternative opens with a letter does the engine pass it over at once
        self._cue = re.compile(rf"\b(?:{'|'.join(_pattern(cue) for cue, _ in self._within) or '(?!)'})")
        self._names = {_plain(name): row.id for row in self.by_id.values() for name in (row.name, row.name_zh) if name}
        self._known: dict[str, frozenset[str]] = {}

    def heads_of(self, words: str) -> frozenset[str]:
        """The bodies that head the classes these words name."""
        if words not in self._known:
            self._known[words] = self._read(_plain(words))
        return self._known[words]

    def _read(self, plain: str) -> frozenset[str]:
        if plain in self._alone:
            return frozenset((self._alone[plain],))
        if not _ORGAN.search(plain) or _NO_ORGAN.search(plain):
            return frozenset()
        return frozenset(self._head_of(found[0]) for found in self._cue.finditer(plain))

    def _head_of(self, found: str) -> str:
        """The head of the longest cue that gave these words."""
        return next(h for cue, h in self._within if cue == found or (cue[-1] == "*" and found.startswith(cue[:-1])))

    def find(self, name: str) -> str:
        """The id that heads the one class of this name, or of this line ("market regulation"); "" where there is none."""
        plain = _plain(name)
        if plain in self._names:
            return self._names[plain]
        heads = {self._head_of(plain)} if self._cue.fullmatch(plain) else self.heads_of(name)
        return next(iter(heads)) if len(heads) == 1 else ""


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split()).removeprefix("the ")


def _pattern(cue: str) -> str:
    stem = re.escape(cue.removesuffix("*"))
    return rf"{stem}\w*" if cue.endswith("*") else rf"{stem}\b"


def owed_by_class(item: ActionItem, heads: frozenset[str], classes: BodyClasses) -> bool:
    """Whether an actor of the item is a class that one of these bodies heads."""
    words = (actor.span.quote for actor in item.actors if actor.span and not actor.agency)
    return any(not heads.isdisjoint(classes.heads_of(one)) for one in words)
