"""Facts as they were read, and what people said of them -> facts as people corrected them.

    {"type":"correction", …, "verdict":"set", "slot":"deadline", "value":"2017-12-31"}

Applied after extraction at every build. The last word on a slot counts; a rejected item or list leaves the base, and
stays in the log; an accepted one is certain. What a person set or accepted stands in `ActionItem.corrected`, so that it is shown as
human-made everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from kb.model import ActionItem, Actor, Facts, ListStandard, Modality, Origin, Reference, Role, Strength, Time, TimeType
from kb.problems import Problem
from kb.track.attach import Attached, Attacher, Orphan, attach
from kb.track.notes import Correction, Notes, Verdict

RULE = "corrected"  # the rule id of what a person set
ACCEPTED = ("accepted",)
_E = TypeVar("_E", bound=StrEnum)


class SlotError(ValueError):
    """A slot that cannot be set, or a value that it cannot hold; the text says what it can."""


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


def _graded(item: ActionItem) -> int:
    """The points of trackability that depend on slots which can be set."""
    return bool(item.actors) + bool(item.deadline)


def _one_of(value: str, options: type[_E]) -> _E:
    try:
        return options(value.lower())
    except ValueError:
        raise SlotError(f"{value!r} is not one of {', '.join(options)}") from None


def _set_modality(_: ActionItem, value: str, __: Reference) -> dict[str, Any]:
    return {"modality": _one_of(value, Modality)}


def _set_strength(_: ActionItem, value: str, __: Reference) -> dict[str, Any]:
    return {"strength": _one_of(value, Strength)}


def _set_area(_: ActionItem, value: str, reference: Reference) -> dict[str, Any]:
    return {"area": _known([value], {a.id for a in reference.areas}, "area")[0] if value else ""}


def _set_fields(_: ActionItem, value: str, reference: Reference) -> dict[str, Any]:
    return {"fields": tuple(sorted(_known(_parts(value), {f.id for f in reference.fields}, "field")))}


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
        _known([body], {b.id for b in reference.bodies}, "body")
        actors.append(Actor(role=_one_of(role, Role) if colon else Role.RESPONSIBLE, rule=RULE, agency=body))
    return {"actors": tuple(actors)}


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _known(given: list[str], ids: set[str], what: str) -> list[str]:
    for one in given:
        if one not in ids:
            raise SlotError(f"no {what} {one!r}; known: {', '.join(sorted(ids)[:12])}{' …' if len(ids) > 12 else ''}")
    return given


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


def apply_corrections(facts: Sequence[Facts], notes: Notes, reference: Reference) -> Applied:
    """The facts as people corrected them. Facts that nobody judged are the very same records."""
    if not notes.corrections:
        return Applied(tuple(facts))
    items = (item for one in facts for item in one.items)
    lists = (entry for one in facts for entry in one.lists)
    found = attach(notes.corrections, notes.reattached, Attacher(items, lists))
    judged = _judgments(notes.corrections, found)
    unusable: list[tuple[Correction, str]] = []
    done = tuple(_apply(one, judged, reference, unusable) for one in facts)
    return Applied(done, found.orphans, tuple(unusable))


def _judgments(corrections: Iterable[Correction], found: Attached) -> dict[str, list[Correction]]:
    """The corrections of each item that stand: those entered after its last withdrawal."""
    judged: dict[str, list[Correction]] = {}
    for correction in corrections:
        if item := found.items.get(correction.key):
            if correction.verdict == Verdict.WITHDRAW:
                judged.pop(item, None)
            else:
                judged.setdefault(item, []).append(correction)
    return judged


def _apply(
    facts: Facts,
    judged: Mapping[str, list[Correction]],
    reference: Reference,
    unusable: list[tuple[Correction, str]],
) -> Facts:
    if judged.keys().isdisjoint((*(i.id for i in facts.items), *(x.id for x in facts.lists))):
        return facts
    items = (_correct(item, judged.get(item.id, []), reference, unusable) for item in facts.items)
    lists = (_correct_list(entry, judged.get(entry.id, []), unusable) for entry in facts.lists)
    return msgspec.structs.replace(
        facts,
        items=tuple(item for item in items if item is not None),
        lists=tuple(entry for entry in lists if entry is not None),
    )


def _correct_list(
    entry: ListStandard, corrections: list[Correction], unusable: list[tuple[Correction, str]]
) -> ListStandard | None:
    """The list as judged, None where the last verdict rejects it."""
    if corrections and corrections[-1].verdict == Verdict.REJECT:
        return None
    unusable += [(c, "the slots of a list cannot be set") for c in corrections if c.verdict == Verdict.SET]
    if any(c.verdict == Verdict.ACCEPT for c in corrections):
        return msgspec.structs.replace(entry, corrected=ACCEPTED, certain=True, doubt="")
    return entry


def _correct(
    item: ActionItem, corrections: list[Correction], reference: Reference, unusable: list[tuple[Correction, str]]
) -> ActionItem | None:
    """The item as corrected, None where the last verdict rejects it."""
    if corrections and corrections[-1].verdict == Verdict.REJECT:
        return None
    for correction in corrections:
        if correction.verdict == Verdict.SET:
            try:
                item = set_slot(item, correction.slot, correction.value, reference)
            except SlotError as error:
                unusable.append((correction, str(error)))
        elif correction.verdict == Verdict.ACCEPT:
            item = msgspec.structs.replace(item, corrected=item.corrected or ACCEPTED, certain=True, doubt="")
    return item
