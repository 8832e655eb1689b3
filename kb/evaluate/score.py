"""Marks of a reader against what the rules found -> counts and precision, recall, F1 of every measure.

An item is found when its action covers the reader's by at least half of the longer one; then its modality, its actors (by
span) and its deadline (by value) are compared. Lists pair by kind and name; a slot is filled when the characters overlap.
A missed item misses its actors and deadline, a false one brings false ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from kb.evaluate.marked import Marked, MarkedItem, MarkedList, MarkedTime, Pair

G = TypeVar("G")

MEASURES = {
    "items": "items found",
    "modality": "items found with the right modality",
    "actors": "actors (span)",
    "deadlines": "deadlines of items, right value",
    "times": "times found",
    "time_values": "times, right type and value",
    "lists": "lists found",
    "slots": "list slots filled",
    "slot_characters": "list slots, characters",
    "citations": "citations",
    "definitions": "definitions",
}


class Count(msgspec.Struct):
    """How many were marked, found, and right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def add(self, gold: int, found: int, right: int) -> None:
        self.gold += gold
        self.found += found
        self.right += right

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else float(not self.found)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Error(msgspec.Struct, frozen=True, order=True):
    """One thing that went wrong, at its place in the body."""

    kind: str
    doc: str
    start: int
    end: int
    note: str = ""


class Score(msgspec.Struct):
    """Counts by measure, roles of the actors that were found, and the errors."""

    counts: dict[str, Count] = msgspec.field(default_factory=lambda: {name: Count() for name in MEASURES})
    roles: Count = msgspec.field(default_factory=Count)
    errors: list[Error] = msgspec.field(default_factory=list)


def score(pairs: Iterable[tuple[Marked, Marked]]) -> Score:
    """The score over all (gold, found) pairs of documents."""
    total = Score()
    for gold, found in pairs:
        _score_items(gold, found, total)
        _score_times(gold, found, total)
        _score_lists(gold.lists, found.lists, total)
        _score_spans("citations", gold.doc, [c.span for c in gold.citations], [c.span for c in found.citations], total)
        _score_spans(
            "definitions", gold.doc, [d.term for d in gold.definitions], [d.term for d in found.definitions], total
        )
    return total


# ---------------------------------------------------------------- pairing


def overlap(a: Pair, b: Pair) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _lengths(a: Pair, b: Pair) -> tuple[int, int]:
    shorter, longer = sorted((max(a[1] - a[0], 1), max(b[1] - b[0], 1)))
    return shorter, longer


def _alike(a: Pair, b: Pair) -> float:
    """Share of the longer span, where half of the shorter and a third of the longer one are common; else 0."""
    common, (shorter, longer) = overlap(a, b), _lengths(a, b)
    return common / longer if 2 * common >= shorter and common >= 0.33 * longer else 0.0


def _pair(gold: Sequence[G], found: Sequence[G], likeness: Callable[[G, G], float]) -> list[tuple[int, int]]:
    """One-to-one pairs, the most alike first, ties in text order."""
    cells = [(likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for like, i, j in sorted(cells, key=lambda c: (-c[0], c[1], c[2])):
        if like > 0 and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


# ---------------------------------------------------------------- items


def _due(time: MarkedTime | None) -> Any:
    """What a due list needs of a deadline: its last day, else the recurrence or the length."""
    if time is None:
        return None
    return time.latest or (_value(time) if time.type in {"recurrence", "relative-duration", "duration"} else "")


def _explicit(item: MarkedItem) -> list[tuple[Pair, str]]:
    return [(a.span, a.role) for a in item.actors if a.span and not a.inferred]


def _item_likeness(gold: MarkedItem, found: MarkedItem) -> float:
    common, (shorter, longer) = overlap(gold.action, found.action), _lengths(gold.action, found.action)
    cover = max(common / longer, 0.5 if longer <= 60 and common >= 0.9 * shorter else 0.0)
    if cover < 0.5:
        return 0.0
    mine, theirs = _explicit(gold), _explicit(found)
    same_time = bool(_due(gold.deadline) == _due(found.deadline))
    same_actors = (not mine and not theirs) or any(_alike(a, b) for a, _ in mine for b, _ in theirs)
    return cover + 0.4 * (gold.modality == found.modality) + 0.2 * same_time + 0.2 * same_actors


def _score_items(gold: Marked, found: Marked, total: Score) -> None:
    counts, pairs = total.counts, _pair(gold.items, found.items, _item_likeness)
    same = [(gold.items[i], found.items[j]) for i, j in pairs]
    counts["items"].add(len(gold.items), len(found.items), len(pairs))
    counts["modality"].add(len(gold.items), len(found.items), sum(g.modality == f.modality for g, f in same))
    counts["actors"].add(sum(len(_explicit(g)) for g in gold.items), sum(len(_explicit(f)) for f in found.items), 0)
    counts["deadlines"].add(
        sum(g.deadline is not None for g in gold.items), sum(f.deadline is not None for f in found.items), 0
    )
    for g, f in same:
        _score_pair(gold.doc, g, f, total)
    matched, false = {i for i, _ in pairs}, {j for _, j in pairs}
    _note(
        total, "missed item", gold.doc, [(g.action, g.modality) for i, g in enumerate(gold.items) if i not in matched]
    )
    _note(total, "false item", gold.doc, [(f.action, f.modality) for j, f in enumerate(found.items) if j not in false])


def _score_pair(doc: str, gold: MarkedItem, found: MarkedItem, total: Score) -> None:
    if gold.modality != found.modality:
        _note(total, "wrong modality", doc, [(gold.action, f"{gold.modality}, read as {found.modality}")])
    mine, theirs = _explicit(gold), _explicit(found)
    pairs = _pair(mine, theirs, lambda a, b: _alike(a[0], b[0]))
    total.counts["actors"].right += len(pairs)
    total.roles.add(len(pairs), len(pairs), sum(mine[i][1] == theirs[j][1] for i, j in pairs))
    hit, claimed = {i for i, _ in pairs}, {j for _, j in pairs}
    _note(total, "missed actor", doc, [(a, role) for i, (a, role) in enumerate(mine) if i not in hit])
    _note(total, "false actor", doc, [(a, role) for j, (a, role) in enumerate(theirs) if j not in claimed])
    right, read = _due(gold.deadline), _due(found.deadline)
    if gold.deadline and found.deadline and right == read:
        total.counts["deadlines"].right += 1
    elif gold.deadline or found.deadline:
        _note(total, "wrong deadline", doc, [(gold.action, f"{right}, read as {read}")])


def _note(total: Score, kind: str, doc: str, places: Iterable[tuple[Pair, str]]) -> None:
    total.errors += [Error(kind, doc, start, end, note) for (start, end), note in places]


# ---------------------------------------------------------------- times


def _value(time: MarkedTime) -> Any:
    """The normalised value that matters for the type."""
    if time.type in {"relative-duration", "duration"}:
        return time.duration, (time.unit or "calendar-day") if time.duration.endswith("D") else ""
    if time.type == "recurrence":
        parts = dict(p.split("=", 1) for p in time.rrule.upper().removeprefix("RRULE:").split(";") if "=" in p)
        return parts.get("FREQ"), parts.get("INTERVAL", "1")
    if time.type == "effective-date":
        return time.earliest or time.latest
    return (time.earliest, time.latest) if time.type == "period" else time.latest


def _places(times: Sequence[MarkedTime]) -> list[tuple[Pair, MarkedTime]]:
    return [((t.start, t.end), t) for t in times if t.start is not None and t.end is not None]


def _score_times(gold: Marked, found: Marked, total: Score) -> None:
    mine, theirs = _places(gold.times), _places(found.times)
    pairs = _pair(mine, theirs, lambda a, b: _alike(a[0], b[0]))
    right = [
        (i, j) for i, j in pairs if (mine[i][1].type, _value(mine[i][1])) == (theirs[j][1].type, _value(theirs[j][1]))
    ]
    total.counts["times"].add(len(mine), len(theirs), len(pairs))
    total.counts["time_values"].add(len(mine), len(theirs), len(right))
    hit, claimed = {i for i, _ in pairs}, {j for _, j in pairs}
    _note(total, "missed time", gold.doc, [(p, t.type) for i, (p, t) in enumerate(mine) if i not in hit])
    _note(total, "false time", gold.doc, [(p, t.type) for j, (p, t) in enumerate(theirs) if j not in claimed])
    wrong = [(mine[i][0], f"{mine[i][1].type}, read as {theirs[j][1].type}") for i, j in pairs if (i, j) not in right]
    _note(total, "wrong time", gold.doc, wrong)


# ---------------------------------------------------------------- lists and spans

_NAME_STOP = {"the", "of", "a", "an", "for", "list", "lists", "directory"}


def _words(name: str) -> set[str]:
    return {w for w in "".join(c.lower() if c.isalnum() else " " for c in name).split() if w not in _NAME_STOP}


def _list_likeness(gold: MarkedList, found: MarkedList) -> float:
    if gold.list_kind != found.list_kind:
        return 0.0
    a, b = _words(gold.name), _words(found.name)
    like = len(a & b) / max(len(a | b), 1)
    return like if like >= 0.2 else 0.0


def _characters(spans: Iterable[Pair]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _score_lists(gold: Sequence[MarkedList], found: Sequence[MarkedList], total: Score) -> None:
    pairs = dict(_pair(gold, found, _list_likeness))
    total.counts["lists"].add(len(gold), len(found), len(pairs))
    claimed = set(pairs.values())
    matches = [(g.slots, found[pairs[i]].slots if i in pairs else {}) for i, g in enumerate(gold)]
    matches += [({}, f.slots) for j, f in enumerate(found) if j not in claimed]
    for mine, theirs in matches:
        for slot in sorted({*mine, *theirs}):
            a, b = _characters(mine.get(slot, ())), _characters(theirs.get(slot, ()))
            total.counts["slots"].add(bool(a), bool(b), bool(a & b))
            total.counts["slot_characters"].add(len(a), len(b), len(a & b))


def _score_spans(measure: str, doc: str, gold: Sequence[Pair], found: Sequence[Pair], total: Score) -> None:
    pairs = _pair(gold, found, _alike)
    total.counts[measure].add(len(gold), len(found), len(pairs))
    hit, claimed = {i for i, _ in pairs}, {j for _, j in pairs}
    name = measure.removesuffix("s")
    _note(total, f"missed {name}", doc, [(g, "") for i, g in enumerate(gold) if i not in hit])
    _note(total, f"false {name}", doc, [(f, "") for j, f in enumerate(found) if j not in claimed])
