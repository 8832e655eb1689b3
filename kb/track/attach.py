"""Entries about items and lists as they were -> those there are, after edits, renumbering and better reading.

An entry is attached to the item that has its id and its words; failing that, to the only item of the same document that
has its words (a list's words are its name). Everything else is an orphan with the nearest candidates: reported until a person decides about it, never dropped, and never
guessed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from kb.model import ActionItem, ListStandard, Record
from kb.track.notes import Correction, Entry, Reattach, Subject, Verdict

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
    """Which item each entry is about, by the entry's key; which found none."""

    items: Mapping[str, str]
    orphans: tuple[Orphan, ...] = ()


def subject_of(thing: ActionItem | ListStandard) -> Subject:
    """What an entry about the item or list keeps of it."""
    if isinstance(thing, ListStandard):
        words = " ".join(thing.name.split())
        return Subject(item=thing.id, fingerprint=hashlib.sha256(words.lower().encode()).hexdigest()[:12], quote=words)
    return Subject(item=thing.id, fingerprint=thing.fingerprint, quote=thing.action.words[:QUOTE_LENGTH])


class Attacher:
    """The items and lists of today, asked for those of old entries."""

    def __init__(self, items: Iterable[ActionItem], lists: Iterable[ListStandard] = ()) -> None:
        things: list[ActionItem | ListStandard] = [*items, *lists]
        self.by_id = {thing.id: subject_of(thing) for thing in things}
        self._by_words: dict[tuple[str, str], list[str]] = defaultdict(list)
        for subject in self.by_id.values():
            self._by_words[subject.document, subject.fingerprint].append(subject.item)

    def find(self, subject: Subject) -> str:
        """The id of the item the subject is about now, "" for none."""
        same = self.by_id.get(subject.item)
        if same and same.fingerprint == subject.fingerprint:
            return same.item
        alike = self._by_words.get((subject.document, subject.fingerprint), [])
        return alike[0] if len(alike) == 1 else ""

    def candidates(self, subject: Subject, limit: int = 3) -> tuple[Candidate, ...]:
        """The items of the same document whose words are nearest, and those of others with the very words (a document may
        have got another id); the likeliest first."""
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(subject.quote.lower().split())
        found = []
        for other in self.by_id.values():
            if other.document == subject.document or other.fingerprint == subject.fingerprint:
                matcher.set_seq1(other.quote.lower().split())
                likeness = matcher.ratio()
                if likeness >= _NEAR or other.item == subject.item:
                    found.append(Candidate(other.item, round(likeness, 2), other.quote))
        return tuple(sorted(found, key=lambda c: (-c.likeness, c.item))[:limit])


def attach(entries: Iterable[Entry], reattached: Iterable[Reattach], attacher: Attacher) -> Attached:
    """Every entry with the item it is about; the last decision of a person about an entry goes before its own subject."""
    entries = tuple(entries)
    decided = {r.entry: r for r in reattached}
    settled = {r.entry for r in decided.values() if r.left} | _withdrawn(entries)
    items: dict[str, str] = {}
    orphans: list[Orphan] = []
    for entry in entries:
        subject = decided.get(entry.key, entry).subject
        if item := attacher.find(subject):
            items[entry.key] = item
        elif entry.key not in settled and not (isinstance(entry, Reattach) and entry.left):
            orphans.append(Orphan(entry.key, subject, attacher.candidates(subject)))
    return Attached(items, tuple(orphans))


def _withdrawn(entries: Iterable[Entry]) -> set[str]:
    """Corrections that were taken back, and what took them back: where their item is gone, nothing is lost."""
    corrections = [entry for entry in entries if isinstance(entry, Correction)]
    last = {c.subject: c.at for c in sorted(corrections, key=lambda c: c.at) if c.verdict is Verdict.WITHDRAW}
    return {c.key for c in corrections if c.subject in last and c.at <= last[c.subject]}
