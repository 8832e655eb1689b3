"""Facts as they were read, and what people said of them -> facts as people corrected them.

    {"type":"correction", …, "verdict":"set", "slot":"deadline", "value":"2017-12-31"}

Applied after extraction at every build. The last word on a slot counts; a rejected item or list leaves the base, and
stays in the log; an accepted one is certain. What a person set or accepted stands in `ActionItem.corrected`, so that it is shown as
human-made everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from kb.model import (
    ActionItem,
    Actor,
    Document,
    Facts,
    ListStandard,
    Modality,
    Origin,
    Reference,
    Role,
    Strength,
    Time,
    TimeType,
)
from kb.problems import Problem
from kb.track.attach import Attached, Attacher, Orphan, attach
from kb.track.list_corrections import judge_list_slot, set_list_slot
from kb.track.notes import Correction, Notes, Verdict
from kb.track.slots import ACCEPTED, RULE, SlotError, known, one_of

_T = TypeVar("_T", ActionItem, ListStandard)


def set_slot(item: ActionItem, slot: str, value: str, reference: Reference) -> ActionItem:
    """The item with the slot set to the value as a person types it; "none" empties it. Raises SlotError."""
    if slot not in _SETTERS:
        raise SlotError(f"no slot {slot!r} can be set; known: {', '.join(_SETTERS)}")
    text = value.strip()
    changes = _SETTERS[slot](item, "" if text.lower() == "none" else text, reference)
    changed = msgspec.structs.replace(item, **changes)
    grade = item.trackability + _graded(changed) - _graded(item)
    corrected = tuple(sorted({*item.corrected, slot} - {*ACCEPTED}))
    return msgspec.structs.replace(
        changed, trackability=min(max(grade, 0), 4), corrected=corrected, certain=True, doubt=""
    )


def judge_slot(item: ActionItem, slot: str, reference: Reference, *, accepted: bool) -> ActionItem:
    """The item with one slot accepted as read, or rejected: emptied. Raises SlotError."""
    if slot not in _SETTERS:
        raise SlotError(f"no slot {slot!r} can be judged; known: {', '.join(_SETTERS)}")
    if not accepted:
        return set_slot(item, slot, "none", reference)
    return msgspec.structs.replace(item, corrected=tuple(sorted({*item.corrected, slot} - {*ACCEPTED})))


def _graded(item: ActionItem) -> int:
    """The points of trackability that depend on slots which can be set."""
    return bool(item.actors) + bool(item.deadline)


def _set_modality(_: ActionItem, value: str, __: Reference) -> dict[str, Any]:
    return {"modality": one_of(value, Modality)}


def _set_strength(_: ActionItem, value: str, __: Reference) -> dict[str, Any]:
    return {"strength": one_of(value, Strength)}


def _set_area(_: ActionItem, value: str, reference: Reference) -> dict[str, Any]:
    return {"area": known([value], {a.id for a in reference.areas}, "area")[0] if value else ""}


def _set_fields(_: ActionItem, value: str, reference: Reference) -> dict[str, Any]:
    return {"fields": tuple(sorted(known(_parts(value), {f.id for f in reference.fields}, "field")))}


def _set_deadline(item: ActionItem, value: str, _: Reference) -> dict[str, Any]:
    """A day ("2017-12-31"), or a period ("2016-01-01/2016-12-31")."""
    if not value:
        return {"deadline": None}
    try:
        days = [date.fromisoformat(part) for part in value.split("/")]
    except ValueError:
        days = []
    if len(days) not in {1, 2} or days != sorted(days):
        raise SlotError(f"{value!r} is neither a day (2017-12-31) nor a period (2016-01-01/2016-12-31)")
    span = item.deadline.span if item.deadline else None
    kind = TimeType.DEADLINE if len(days) == 1 else TimeType.PERIOD
    earliest = days[0] if len(days) == 2 else None
    time = Time(type=kind, rule=RULE, span=span, earliest=earliest, latest=days[-1], origin=Origin.EXPLICIT)
    return {"deadline": time}


def _set_actors(_: ActionItem, value: str, reference: Reference) -> dict[str, Any]:
    """Body ids parted by commas, each with its role in front where it is not responsible: "lead:ndrc, cooperating:pboc"."""
    actors = []
    for part in _parts(value):
        role, colon, body = part.rpartition(":")
        known([body], {b.id for b in reference.bodies}, "body")
        actors.append(Actor(role=one_of(role, Role) if colon else Role.RESPONSIBLE, rule=RULE, agency=body))
    return {"actors": tuple(actors)}


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


_SETTERS: dict[str, Callable[[ActionItem, str, Reference], dict[str, Any]]] = {
    "modality": _set_modality,
    "strength": _set_strength,
    "actors": _set_actors,
    "deadline": _set_deadline,
    "area": _set_area,
    "fields": _set_fields,
}
SLOTS = tuple(_SETTERS)


class Applied(msgspec.Struct, frozen=True):
    """Corrected facts, in the order given; corrections that found no item; those whose value no longer fits, with why."""

    facts: tuple[Facts, ...]
    orphans: tuple[Orphan, ...] = ()
    unusable: tuple[tuple[Correction, str], ...] = ()

    def problems(self, path: str) -> tuple[Problem, ...]:
        """What a person must look at, as problems of the corrections log at `path`."""
        lost = (
            Problem(path, 0, "notes", f"correction {o.key} finds no item: {o.subject.item}", "run: kb log repair")
            for o in self.orphans
        )
        wrong = (
            Problem(
                path,
                0,
                "notes",
                f"correction {c.key} of {c.subject.item}: {why}",
                "run: kb correct ITEM --set, or --withdraw",
            )
            for c, why in self.unusable
        )
        return tuple(sorted((*lost, *wrong)))


def apply_corrections(
    facts: Sequence[Facts], notes: Notes, reference: Reference, documents: Iterable[Document] = ()
) -> Applied:
    """The facts as people corrected them. Facts that nobody judged are the very same records.

    Words that a person put into a slot of a list are looked up in the documents.
    """
    if not notes.corrections:
        return Applied(tuple(facts))
    items = (item for one in facts for item in one.items)
    lists = (entry for one in facts for entry in one.lists)
    found = attach(notes.corrections, notes.reattached, Attacher(items, lists))
    corrector = _Corrector(_judgments(notes.corrections, found), reference, {d.id: d for d in documents})
    done = tuple(corrector.correct(one) for one in facts)
    return Applied(done, found.orphans, tuple(corrector.unusable))


def _judgments(corrections: Iterable[Correction], found: Attached) -> dict[str, list[Correction]]:
    """The corrections of each item or list that stand: those entered after its last withdrawal."""
    judged: dict[str, list[Correction]] = {}
    for correction in corrections:
        if item := found.items.get(correction.key):
            if correction.verdict == Verdict.WITHDRAW:
                judged.pop(item, None)
            else:
                judged.setdefault(item, []).append(correction)
    return judged


class _Corrector:
    """Applies what stands, in the order of entry, and keeps what cannot be applied."""

    def __init__(
        self, judged: Mapping[str, list[Correction]], reference: Reference, documents: Mapping[str, Document]
    ) -> None:
        self.judged = judged
        self.reference = reference
        self.documents = documents
        self.unusable: list[tuple[Correction, str]] = []

    def correct(self, facts: Facts) -> Facts:
        """The facts of one document, without what was rejected."""
        if self.judged.keys().isdisjoint((*(i.id for i in facts.items), *(x.id for x in facts.lists))):
            return facts
        items = (self._judged(item, self._item) for item in facts.items)
        lists = (self._judged(entry, self._list) for entry in facts.lists)
        return msgspec.structs.replace(
            facts,
            items=tuple(item for item in items if item is not None),
            lists=tuple(entry for entry in lists if entry is not None),
        )

    def _judged(self, thing: _T, one: Callable[[_T, Correction], _T]) -> _T | None:
        """The item or list after every verdict, None where the last one on the whole of it rejects it."""
        corrections = self.judged.get(thing.id, [])
        if corrections and corrections[-1].rejects:
            return None
        for correction in corrections:
            if correction.verdict == Verdict.ACCEPT and not correction.slot:
                thing = msgspec.structs.replace(thing, corrected=thing.corrected or ACCEPTED, certain=True, doubt="")
            elif not correction.rejects:
                try:
                    thing = one(thing, correction)
                except SlotError as error:
                    self.unusable.append((correction, str(error)))
        return thing

    def _item(self, item: ActionItem, said: Correction) -> ActionItem:
        if said.verdict == Verdict.SET:
            return set_slot(item, said.slot, said.value, self.reference)
        return judge_slot(item, said.slot, self.reference, accepted=said.verdict == Verdict.ACCEPT)

    def _list(self, entry: ListStandard, said: Correction) -> ListStandard:
        if said.verdict != Verdict.SET:
            return judge_list_slot(entry, said.slot, accepted=said.verdict == Verdict.ACCEPT)
        if entry.document not in self.documents:
            raise SlotError("its document is not in the corpus")
        return set_list_slot(entry, said.slot, said.value, self.documents[entry.document], self.reference)


def standing_corrections(corrections: Iterable[Correction], thing: str) -> tuple[Correction, ...]:
    """What people said of the item or list that was entered under this id, by time of entry, since the last withdrawal."""
    said: list[Correction] = []
    for correction in corrections:
        if correction.subject.item == thing:
            said = [] if correction.verdict == Verdict.WITHDRAW else [*said, correction]
    return tuple(said)


def rejection(notes: Notes, thing: str) -> Correction | None:
    """The last word on the item or list that was entered under this id, where it is a rejection."""
    said = standing_corrections(notes.corrections, thing)
    return said[-1] if said and said[-1].rejects else None
