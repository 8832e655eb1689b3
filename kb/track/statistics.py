"""Items -> how many there are of each kind, and what share could be tracked; two documents side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kb.model import ActionItem, Label, Metadata, Record
from kb.track.body_classes import BodyClasses
from kb.track.due import DueRow


class Share(Record, frozen=True):
    """A group of items, and how many of them name an actor, a date, both; the mean of their trackability (0-4)."""

    group: str
    items: int
    with_actor: int
    with_date: int
    with_both: int
    trackability: float
    uncertain: int
    corrected: int  # that a person judged


class Statistics(Record, frozen=True):
    """The items of a selection, as a whole and by each way of grouping them; largest groups first."""

    total: Share
    by: Mapping[str, tuple[Share, ...]]


def statistics(items: Iterable[ActionItem], metadata: Iterable[Metadata], classes: Iterable[Label] = ()) -> Statistics:
    """Counts of the items; an item with several bodies, classes of bodies or fields counts in the group of each."""
    named = BodyClasses(classes)
    items = tuple(items)
    heads = {meta.id: meta for meta in metadata}
    groups = {
        "document": ((i.document,) for i in items),
        "kind": ((heads[i.document].kind.value,) for i in items),
        "region": ((heads[i.document].region,) for i in items),
        "body": (tuple({a.agency for a in i.actors if a.agency}) or ("no body of the table",) for i in items),
        "class": (_classes(i, named) or ("no class",) for i in items),
        "area": ((i.area or "no area",) for i in items),
        "field": (i.fields or ("no field",) for i in items),
        "modality": ((i.modality.value,) for i in items),
        "strength": ((i.strength.value,) for i in items),
        "trackability": ((str(i.trackability),) for i in items),
    }
    by = {name: _shares(zip(items, keys, strict=True)) for name, keys in groups.items()}
    return Statistics(_share("all", items), by)


def _shares(grouped: Iterable[tuple[ActionItem, tuple[str, ...]]]) -> tuple[Share, ...]:
    members: dict[str, list[ActionItem]] = {}
    for item, keys in grouped:
        for key in keys:
            members.setdefault(key, []).append(item)
    shares = (_share(group, tuple(found)) for group, found in members.items())
    return tuple(sorted(shares, key=lambda share: (-share.items, share.group)))


def _share(group: str, items: tuple[ActionItem, ...]) -> Share:
    with_date = [i for i in items if i.deadline]
    return Share(
        group=group,
        items=len(items),
        with_actor=sum(bool(i.actors) for i in items),
        with_date=len(with_date),
        with_both=sum(bool(i.actors) for i in with_date),
        trackability=round(sum(i.trackability for i in items) / len(items), 2) if items else 0.0,
        uncertain=sum(not i.certain for i in items),
        corrected=sum(bool(i.corrected) for i in items),
    )


def _classes(item: ActionItem, named: BodyClasses) -> tuple[str, ...]:
    """The names of the classes of bodies among the actors that carry no id."""
    words = (actor.span.quote for actor in item.actors if actor.span and not actor.agency)
    heads = frozenset(head for one in words for head in named.heads_of(one))
    return tuple(named.by_id[head].name for head in sorted(heads))


class Side(Record, frozen=True):
    """What one document has in a group: how many items, its last days in order, and the rows."""

    items: int
    days: tuple[str, ...]
    rows: tuple[str, ...]  # item ids, in text order


class Pair(Record, frozen=True):
    """One group (an area or a field) of two documents."""

    group: str
    left: Side
    right: Side


def compare(left: Iterable[DueRow], right: Iterable[DueRow], by: str = "area") -> tuple[Pair, ...]:
    """The rows of two documents side by side, group by group ("area" or "field"), groups by name."""
    sides = [_grouped(rows, by) for rows in (left, right)]
    names = sorted({*sides[0], *sides[1]})
    return tuple(
        Pair(name or f"no {by}", _side(sides[0].get(name, [])), _side(sides[1].get(name, []))) for name in names
    )


def _grouped(rows: Iterable[DueRow], by: str) -> dict[str, list[DueRow]]:
    groups: dict[str, list[DueRow]] = {}
    for row in rows:
        for key in (row.fields or ("",)) if by == "field" else (row.area,):
            groups.setdefault(key, []).append(row)
    return groups


def _side(rows: list[DueRow]) -> Side:
    days = Counter(row.due.isoformat() for row in rows if row.due and not row.rrule)
    ordered = sorted(rows, key=lambda row: (row.start, row.id))
    return Side(
        items=len(rows),
        days=tuple(f"{day} ({n})" if n > 1 else day for day, n in sorted(days.items())),
        rows=tuple(row.id for row in ordered),
    )
