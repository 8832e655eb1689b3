"""A list while it is read, and the record that comes of it: every slot stated, referred elsewhere or silent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.extract.context import Reading
from kb.extract.lists_likeness import NamedList
from kb.extract.lists_parties import label_of
from kb.model import SLOTS, ListStandard, Reference, Slot, SlotFact, SlotState, Span


@dataclass(slots=True)
class Draft:
    """A list while its slots are filled."""

    named: NamedList
    facts: dict[str, list[SlotFact]] = field(default_factory=lambda: {slot: [] for slot in SLOTS})
    refers: dict[str, list[Span]] = field(default_factory=lambda: {slot: [] for slot in SLOTS})
    read: list[str] = field(default_factory=list)
    is_made: bool = False  # the document orders it to be set up, applied or published

    def add(self, slot: str, fact: SlotFact) -> None:
        if all((f.span.start, f.span.end) != (fact.span.start, fact.span.end) for f in self.facts[slot]):
            self.facts[slot].append(fact)


def standard_of(reading: Reading, draft: Draft, reference: Reference) -> ListStandard | None:
    """The record; None for a list that is only mentioned."""
    named = draft.named
    if not (any(draft.facts.values()) or any(draft.refers.values()) or named.section or draft.is_made):
        return None
    meta = reading.document.meta
    first = named.mentions[0] if named.mentions else None
    section = reading.by_eid[named.section] if named.section else None
    start = first.start if first else section.start if section else 0
    end = first.end if first else start + 1
    name = named.name
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return ListStandard(
        id=f"{reading.document.id}#list-{slug}",
        document=reading.document.id,
        name=name,
        list_kind=named.kind,
        span=reading.span(start, end),
        rule=named.rule,
        sector=label_of(f"{name} {meta.title}", reference.fields),
        region=meta.region,
        slots=tuple(_slot(draft, slot) for slot in SLOTS),
    )


def _slot(draft: Draft, slot: str) -> Slot:
    facts = tuple(sorted(draft.facts[slot], key=lambda fact: (fact.span.start, fact.span.end)))
    refers = tuple(draft.refers[slot])
    state = SlotState.STATED if facts else SlotState.REFERS if refers else SlotState.SILENT
    return Slot(slot, state, facts, refers, tuple(dict.fromkeys(draft.read)))
