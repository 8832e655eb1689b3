"""Entries about items as they were -> the items as they are, after edits, renumbering and better reading.

An entry is attached to the item that has its id and its words; failing that, to the only item of the same document that
has its words. Everything else is an orphan with the nearest candidates: reported, never dropped, and never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Literal

from kb.model import ActionItem, Record
from kb.track.due import one_line
from kb.track.notes import Entry, Reattach, Subject

QUOTE_LENGTH = 160
_NEAR = 0.5  # of the words; below, a candidate is no help


class Candidate(Record, frozen=True):
    """An item that an orphan may be about; `likeness` 0-1 of its words."""

    item: str
    likeness: float
    quote: str


class Orphan(Record, frozen=True):
    """An entry whose item is not in the base; `key` names the entry."""

    key: str
    subject: Subject
    candidates: tuple[Candidate, ...] = ()


class Attached(Record, frozen=True):
    """Which item each entry is about, by the entry's key; where it moved; which found none."""

    items: Mapping[str, str]
    moved: Mapping[str, str]  # entry key -> id it was entered under, where that is another
    orphans: tuple[Orphan, ...] = ()


def subject_of(item: ActionItem) -> Subject:
    """What an entry about the item keeps of it."""
    return Subject(item=item.id, fingerprint=item.fingerprint, quote=one_line(item.action.quote)[:QUOTE_LENGTH])


class Attacher:
    """The items of today, asked for those of old entries."""

    def __init__(self, items: Iterable[ActionItem]) -> None:
        self.by_id = {item.id: item for item in items}
        self._by_words: dict[tuple[str, str], list[ActionItem]] = defaultdict(list)
        for item in self.by_id.values():
            self._by_words[item.document, item.fingerprint].append(item)

    def find(self, subject: Subject) -> tuple[ActionItem | None, Literal["same", "moved", "orphan"]]:
        """The item the subject is about now, and how it was found."""
        same = self.by_id.get(subject.item)
        if same and same.fingerprint == subject.fingerprint:
            return same, "same"
        alike = self._by_words.get((subject.document, subject.fingerprint), [])
        return (alike[0], "moved") if len(alike) == 1 else (None, "orphan")

    def candidates(self, subject: Subject, limit: int = 3) -> tuple[Candidate, ...]:
        """The items of the same document whose words are nearest, the likeliest first."""
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(subject.quote.lower().split())
        found = []
        for item in self.by_id.values():
            if item.document == subject.document:
                quote = one_line(item.action.quote)[:QUOTE_LENGTH]
                matcher.set_seq1(quote.lower().split())
                likeness = matcher.ratio()
                if likeness >= _NEAR or item.id == subject.item:
                    found.append(Candidate(item.id, round(likeness, 2), quote))
        return tuple(sorted(found, key=lambda c: (-c.likeness, c.item))[:limit])


def attach(entries: Iterable[Entry], reattached: Iterable[Reattach], attacher: Attacher) -> Attached:
    """Every entry with the item it is about; the last decision of a person about an entry goes before its own subject."""
    decided = {r.entry: r.subject for r in reattached}
    items: dict[str, str] = {}
    moved: dict[str, str] = {}
    orphans: list[Orphan] = []
    for entry in entries:
        subject = decided.get(entry.key, entry.subject)
        item, how = attacher.find(subject)
        if item is None:
            orphans.append(Orphan(entry.key, subject, attacher.candidates(subject)))
            continue
        items[entry.key] = item.id
        if item.id != entry.subject.item or how == "moved":
            moved[entry.key] = entry.subject.item
    return Attached(items, moved, tuple(orphans))
