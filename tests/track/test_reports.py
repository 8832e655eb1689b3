"""Statistics, comparison, changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from kb.model import Label, SlotState, Strength
from kb.track import Bodies, changes, compare, due_rows, statistics


def test_statistics_count_every_item_in_every_grouping(world: Any) -> None:
    found = statistics(world.items, world.metadata)
    total = found.total
    assert (total.items, total.with_actor, total.with_date, total.with_both, total.trackability) == (9, 7, 5, 4, 3.33)
    assert [(s.group, s.items) for s in found.by["modality"]] == [
        ("duty", 5),
        ("task", 2),
        ("encouragement", 1),
        ("prohibition", 1),
    ]
    assert [(s.group, s.items) for s in found.by["body"]] == [("no body of the table", 6), ("saic", 2), ("ndrc", 1)]
    assert [(s.group, s.items) for s in found.by["class"]] == [("no class", 9)]
    regulation = Label(id="samr", name="market regulation authorities", cues=("market regulat*",))
    by = statistics(world.items, world.metadata, (regulation,)).by
    assert [(s.group, s.items) for s in by["class"]] == [("no class", 7), ("market regulation authorities", 2)]
    for name in ("document", "kind", "region", "area", "modality", "strength", "trackability"):
        assert sum(share.items for share in found.by[name]) == 9


def test_statistics_of_nothing_are_zero() -> None:
    assert statistics((), ()).total.items == 0


def test_two_documents_side_by_side(world: Any) -> None:
    bodies = Bodies(world.reference.bodies)
    sides = [due_rows(f.items, world.metadata, date(2018, 10, 24), bodies=bodies) for f in world.facts]
    (pair,) = compare(*sides)
    assert (pair.group, pair.left.items, pair.left.days, pair.right.items, pair.right.days) == (
        "commercial",
        6,
        ("2017-12-31", "2019-06-30", "2020-12-31"),
        3,
        (),
    )
    assert [(p.group, p.left.items, p.right.items) for p in compare(*sides, by="field")] == [
        ("no field", 5, 3),
        ("distribution", 1, 0),
    ]


def edit(facts: Any, *items: Any, **more: Any) -> Any:
    return msgspec.structs.replace(facts, items=items, **more)


def test_nothing_changes_between_a_base_and_itself(world: Any) -> None:
    assert changes(world.facts, world.facts) == ()


def test_renumbering_is_no_change(world: Any) -> None:
    plan, rules = world.facts
    moved = edit(plan, *(msgspec.structs.replace(i, id=f"{i.id}9", eid="sec_7") for i in plan.items))
    assert changes([plan, rules], [moved, rules]) == ()


def test_what_changed_is_said_slot_by_slot(world: Any) -> None:
    plan, rules = world.facts
    first, second, *rest = plan.items
    later = msgspec.structs.replace(
        first, deadline=msgspec.structs.replace(first.deadline, latest=date(2018, 6, 30)), strength=Strength.SHOULD
    )
    words = msgspec.structs.replace(second.action, quote="publish the catalogue")
    reworded = msgspec.structs.replace(second, action=words, fingerprint="new")
    gained = msgspec.structs.replace(rest[0], id="cn-plan-2014#sec_9~1", fingerprint="gained")
    lists = (msgspec.structs.replace(rules.lists[0], id="cn-xx-rules-2017#list-other", name="other list"),)
    found = changes(
        [plan, rules], [edit(plan, later, reworded, gained, *rest[1:]), edit(rules, *rules.items, lists=lists)]
    )
    assert [(c.kind, c.id.partition("#")[2], c.slot, c.before, c.after) for c in found] == [
        ("item-gained", "sec_9~1", "", "", "Improve the credit files of sellers"),
        ("item-lost", "sec_1__subsec_2~1", "", "Improve the credit files of sellers", ""),
        ("item-changed", "sec_1__subsec_1~1", "strength", "must", "should"),
        ("item-changed", "sec_1__subsec_1~2", "action", "publish a catalogue", "publish the catalogue"),
        ("deadline-moved", "sec_1__subsec_1~1", "deadline", "2017-12-31", "2018-06-30"),
        ("list-gained", "list-other", "", "", "other list"),
        ("list-lost", "list-dishonest-sellers", "", "blacklist of dishonest sellers", ""),
    ]


def test_whole_documents_come_and_go(world: Any) -> None:
    plan, rules = world.facts
    assert [(c.kind, c.id, c.before, c.after) for c in changes([plan], [rules])] == [
        ("document-removed", "cn-plan-2014", "6 items, 0 lists", ""),
        ("document-added", "cn-xx-rules-2017", "", "3 items, 1 list"),
    ]


def test_a_slot_of_a_list_that_changed_is_shown_with_both_texts(world: Any) -> None:
    _, rules = world.facts
    entry = rules.lists[0]
    slots = tuple(
        msgspec.structs.replace(s, state=SlotState.SILENT, facts=()) if s.name == "term" else s for s in entry.slots
    )
    after = msgspec.structs.replace(rules, lists=(msgspec.structs.replace(entry, slots=slots),))
    assert [(c.kind, c.slot, c.before, c.after) for c in changes([rules], [after])] == [
        ("list-changed", "term", "stated: for three years", "silent")
    ]
