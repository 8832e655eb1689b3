"""Facts of two builds -> items and lists gained, lost and changed, and deadlines moved.

    deadline   cn-…#sec_2__subsec_1~1   2017-12-31 -> 2018-06-30

Items are the same where their document and words are, whatever their number is now: a renumbered text changes nothing.
Of the rest, an item with the same id whose words changed is a changed one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from kb.model import ActionItem, Facts, ListStandard, Record, Slot


class ChangeKind(StrEnum):
    DOCUMENT_ADDED = "document-added"
    DOCUMENT_REMOVED = "document-removed"
    ITEM_GAINED = "item-gained"
    ITEM_LOST = "item-lost"
    ITEM_CHANGED = "item-changed"
    DEADLINE_MOVED = "deadline-moved"
    LIST_GAINED = "list-gained"
    LIST_LOST = "list-lost"
    LIST_CHANGED = "list-changed"


class Change(Record, frozen=True):
    """One difference: what of, under which id now (before, where it is lost), which slot, and both values."""

    kind: ChangeKind
    document: str
    id: str
    slot: str = ""
    before: str = ""
    after: str = ""


def changes(old: Iterable[Facts], new: Iterable[Facts]) -> tuple[Change, ...]:
    """All differences, by document, kind and id. Of an added or removed document only that is said, and how much is in it."""
    before, after = {f.document: f for f in old}, {f.document: f for f in new}
    found = [Change(ChangeKind.DOCUMENT_ADDED, d, d, after=_amount(after[d])) for d in after.keys() - before.keys()]
    found += [
        Change(ChangeKind.DOCUMENT_REMOVED, d, d, before=_amount(before[d])) for d in before.keys() - after.keys()
    ]
    for document in before.keys() & after.keys():
        found += _item_changes(before[document].items, after[document].items)
        found += _list_changes(before[document].lists, after[document].lists)
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda c: (c.document, order.index(c.kind), c.id, c.slot)))


def _amount(facts: Facts) -> str:
    found = (("item", len(facts.items)), ("list", len(facts.lists)))
    return ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for name, number in found)


def _item_changes(old: Sequence[ActionItem], new: Sequence[ActionItem]) -> list[Change]:
    found: list[Change] = []
    lost, gained = [], list(new)
    waiting: dict[str, list[ActionItem]] = defaultdict(list)
    for item in new:
        waiting[item.fingerprint].append(item)
    for item in old:
        alike = waiting[item.fingerprint]
        if alike:
            same = next((other for other in alike if other.id == item.id), alike[0])
            alike.remove(same)
            gained.remove(same)
            found += _slot_changes(item, same)
        else:
            lost.append(item)
    by_id = {item.id: item for item in gained}
    for item in lost:
        if other := by_id.pop(item.id, None):
            found.append(_changed(other, "action", item.action.words, other.action.words))
            found += _slot_changes(item, other)
        else:
            found.append(Change(ChangeKind.ITEM_LOST, item.document, item.id, before=item.action.words))
    gains = (Change(ChangeKind.ITEM_GAINED, i.document, i.id, after=i.action.words) for i in by_id.values())
    return [*found, *gains]


def _changed(item: ActionItem, slot: str, before: str, after: str) -> Change:
    kind = ChangeKind.DEADLINE_MOVED if slot == "deadline" else ChangeKind.ITEM_CHANGED
    return Change(kind, item.document, item.id, slot, before or "none", after or "none")


def _slot_changes(old: ActionItem, new: ActionItem) -> list[Change]:
    pairs = zip(_slots(old).items(), _slots(new).values(), strict=True)
    return [_changed(new, slot, before, after) for (slot, before), after in pairs if before != after]


def _slots(item: ActionItem) -> dict[str, str]:
    """The slots whose changes a reader cares for, as text."""
    time = item.deadline
    day = (
        ""
        if time is None
        else (time.latest.isoformat() if time.latest else f"{time.type} {time.duration or time.rrule}".strip())
    )
    return {
        "modality": item.modality.value,
        "strength": item.strength.value,
        "actors": "; ".join(a.agency or (a.span.words if a.span else "") for a in item.actors),
        "deadline": day,
        "area": item.area,
        "fields": ", ".join(sorted(item.fields)),
    }


def _list_changes(old: Sequence[ListStandard], new: Sequence[ListStandard]) -> list[Change]:
    before, after = {x.id: x for x in old}, {x.id: x for x in new}
    found = [
        Change(ChangeKind.LIST_GAINED, x.document, x.id, after=x.name) for i, x in after.items() if i not in before
    ]
    found += [
        Change(ChangeKind.LIST_LOST, x.document, x.id, before=x.name) for i, x in before.items() if i not in after
    ]
    for key in sorted(before.keys() & after.keys()):
        slots = {slot.name: _slot_text(slot) for slot in before[key].slots}
        for slot in after[key].slots:
            if (now := _slot_text(slot)) != (then := slots.get(slot.name, "")):
                found.append(Change(ChangeKind.LIST_CHANGED, after[key].document, key, slot.name, then, now))
    return found


def _slot_text(slot: Slot) -> str:
    quotes = [fact.span.words for fact in slot.facts]
    return f"{slot.state}: {' | '.join(quotes)}" if quotes else slot.state.value
