from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from kb.track import Notes, apply_corrections, rejection
from kb.track.attach import subject_of
from kb.track.corrections import SlotError, set_slot
from kb.track.notes import Correction, Verdict

AT = datetime(2018, 10, 24, tzinfo=UTC)


def notes(*said: tuple[Any, str, str, str]) -> Notes:
    """Corrections in the order given: item, verdict, slot, value."""
    return Notes(
        corrections=tuple(
            Correction(
                at=AT + timedelta(minutes=n),
                by="ann",
                subject=subject_of(item),
                verdict=Verdict(v),
                slot=slot,
                value=value,
            )
            for n, (item, v, slot, value) in enumerate(said)
        )
    )


def test_facts_that_nobody_judged_are_the_same_records(world: Any) -> None:
    assert apply_corrections(world.facts, Notes(), world.reference).facts == world.facts
    applied = apply_corrections(world.facts, notes((world.items[0], "reject", "", "")), world.reference)
    assert applied.facts[1] is world.facts[1]


def test_a_rejected_item_leaves_and_the_others_stay(world: Any) -> None:
    applied = apply_corrections(world.facts, notes((world.items[0], "reject", "", "")), world.reference)
    assert applied.facts[0].items == world.facts[0].items[1:]


def test_an_accepted_item_is_certain_and_says_so(world: Any) -> None:
    doubtful = msgspec.structs.replace(world.items[0], certain=False, doubt="two readings")
    facts = msgspec.structs.replace(world.facts[0], items=(doubtful, *world.facts[0].items[1:]))
    item = apply_corrections([facts], notes((doubtful, "accept", "", "")), world.reference).facts[0].items[0]
    assert (item.certain, item.doubt, item.corrected) == (True, "", ("accepted",))


def test_the_last_word_counts(world: Any) -> None:
    first = world.items[0]
    said = notes(
        (first, "reject", "", ""),
        (first, "set", "deadline", "2019-01-01"),
        (first, "set", "deadline", "2018-06-30"),
        (first, "set", "actors", "lead:ndrc, cooperating:samr"),
    )
    item = apply_corrections(world.facts, said, world.reference).facts[0].items[0]
    assert (str(item.deadline.latest), [(a.role, a.agency) for a in item.actors]) == (
        "2018-06-30",
        [("lead", "ndrc"), ("cooperating", "samr")],
    )
    assert item.corrected == ("actors", "deadline")
    assert item.deadline.rule == "corrected"
    assert item.id == first.id


def test_withdrawing_takes_everything_back(world: Any) -> None:
    first = world.items[0]
    said = notes((first, "reject", "", ""), (first, "set", "area", "commercial"), (first, "withdraw", "", ""))
    assert apply_corrections(world.facts, said, world.reference).facts == world.facts


def test_what_finds_no_item_or_no_longer_fits_is_told(world: Any) -> None:
    gone = msgspec.structs.replace(world.items[0], id="cn-plan-2014#sec_9~1", fingerprint="other")
    said = notes((gone, "reject", "", ""), (world.items[1], "set", "area", "abolished-area"))
    applied = apply_corrections(world.facts, said, world.reference)
    assert applied.facts == world.facts
    assert [p.message for p in applied.problems("kb-notes/corrections.log")] == [
        f"correction {said.corrections[0].key} finds no item: cn-plan-2014#sec_9~1",
        f"correction {said.corrections[1].key} of {world.items[1].id}: no area 'abolished-area'; known: commercial",
    ]


VALUES = [
    ("modality", "Task", lambda i: i.modality == "task"),
    ("strength", "should", lambda i: i.strength == "should"),
    ("area", "none", lambda i: i.area == ""),
    ("fields", "internet, distribution", lambda i: i.fields == ("distribution", "internet")),
    ("fields", "none", lambda i: i.fields == ()),
    ("deadline", "none", lambda i: i.deadline is None and i.trackability == 3),
    (
        "deadline",
        "2016-01-01/2016-12-31",
        lambda i: (str(i.deadline.earliest), i.deadline.type) == ("2016-01-01", "period"),
    ),
    ("actors", "none", lambda i: i.actors == () and i.trackability == 3),
    ("actors", "ndrc", lambda i: [(a.role, a.agency) for a in i.actors] == [("responsible", "ndrc")]),
]


@pytest.mark.parametrize(("slot", "value", "holds"), VALUES)
def test_slots_that_a_person_can_set(world: Any, slot: str, value: str, holds: Any) -> None:
    item = set_slot(world.items[0], slot, value, world.reference)
    assert holds(item)
    assert item.corrected == (slot,)


REFUSED = [
    ("colour", "red", "no slot 'colour' can be set"),
    ("modality", "wish", "'wish' is not one of task, duty"),
    ("area", "moon", "no area 'moon'"),
    ("fields", "internet, moon", "no field 'moon'"),
    ("deadline", "2016-13-01", "is neither a day"),
    ("deadline", "2017-01-01/2016-01-01", "is neither a day"),
    ("deadline", "2016", "is neither a day"),
    ("actors", "nobody", "no body 'nobody'"),
    ("actors", "boss:ndrc", "'boss' is not one of lead"),
]


@pytest.mark.parametrize(("slot", "value", "message"), REFUSED)
def test_values_that_a_slot_cannot_hold(world: Any, slot: str, value: str, message: str) -> None:
    with pytest.raises(SlotError, match=message):
        set_slot(world.items[0], slot, value, world.reference)


def test_lists_are_accepted_and_rejected(world: Any) -> None:
    entry = world.facts[1].lists[0]
    accepted = apply_corrections(world.facts, notes((entry, "accept", "", "")), world.reference)
    assert [(x.id, x.corrected) for x in accepted.facts[1].lists] == [(entry.id, ("accepted",))]
    rejected = apply_corrections(world.facts, notes((entry, "reject", "", "")), world.reference)
    assert rejected.facts[1].lists == ()
    assert rejected.facts[1].items == world.facts[1].items
    refused = apply_corrections(world.facts, notes((entry, "set", "area", "x")), world.reference, world.documents)
    assert [why.partition(";")[0] for _, why in refused.unusable] == ["a list has no slot 'area'"]
    assert refused.facts == world.facts


def slots_of(applied: Any) -> dict[str, tuple[str, list[str]]]:
    """State and words of the slots of the list that are not silent."""
    (entry,) = applied.facts[1].lists
    found = {
        s.name: (s.state.value, [x.quote for x in (*(f.span for f in s.facts), *s.refers_to)]) for s in entry.slots
    }
    return {name: slot for name, slot in found.items() if slot[0] != "silent"}


ENTRY, TERM = ("stated", ["A seller that sold fake goods twice"]), ("stated", ["for three years"])
LIST_SLOTS = [
    # verdict, slot, value -> the slots that are not silent
    ("set", "term", "silent", {"entry": ENTRY}),
    ("set", "term", "none", {"entry": ENTRY}),
    ("reject", "term", "", {"entry": ENTRY}),
    ("accept", "term", "", {"entry": ENTRY, "term": TERM}),
    ("set", "term", "stated: for three years", {"entry": ENTRY, "term": TERM}),
    ("set", "term", "stated: It stays there", {"entry": ENTRY, "term": ("stated", ["It stays there"])}),
    ("set", "term", "Add:  “It stays\n there”", {"entry": ENTRY, "term": ("stated", ["It stays there", "for three years"])}),
    ("set", "term", "drop: for three", {"entry": ENTRY}),
    ("set", "exit", "refers: These Rules", {"entry": ENTRY, "term": TERM, "exit": ("refers", ["These Rules"])}),
    ("set", "kind", "redlist", {"entry": ENTRY, "term": TERM}),
    ("set", "sector", "internet", {"entry": ENTRY, "term": TERM}),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "slot", "value", "slots"), LIST_SLOTS)
def test_slots_of_a_list_that_a_person_can_judge(world: Any, verdict: str, slot: str, value: str, slots: Any) -> None:
    entry = world.facts[1].lists[0]
    applied = apply_corrections(world.facts, notes((entry, verdict, slot, value)), world.reference, world.documents)
    assert applied.unusable == ()
    assert slots_of(applied) == slots
    (corrected,) = applied.facts[1].lists
    assert corrected.corrected == (slot,)
    text = world.documents[1].text
    facts = [f for s in corrected.slots for f in s.facts]
    assert all(text[f.span.start : f.span.end] == f.span.quote for f in facts)
    kept = {f.span: f.rule for s in entry.slots for f in s.facts}
    assert [f.rule for f in facts] == [kept.get(f.span, "corrected") for f in facts], "what was read stays a reading"
    assert [s.read for s in corrected.slots] == [s.read for s in entry.slots]


LIST_REFUSED = [
    ("term", "forever", "'forever' says nothing of term; write stated: WORDS"),
    ("term", "stated:", "says nothing of term"),
    ("term", "stated: for four years", "the document does not say “for four years”"),
    ("term", "drop: fake goods", "term does not state “fake goods”"),
    ("kind", "pinklist", "'pinklist' is not one of blacklist"),
    ("sector", "moon", "no field 'moon'"),
    ("deadline", "2017-01-01", "a list has no slot 'deadline'"),
]


@pytest.mark.parametrize(("slot", "value", "message"), LIST_REFUSED)
def test_values_that_a_slot_of_a_list_cannot_hold(world: Any, slot: str, value: str, message: str) -> None:
    said = notes((world.facts[1].lists[0], "set", slot, value))
    applied = apply_corrections(world.facts, said, world.reference, world.documents)
    assert applied.facts == world.facts
    assert [message in why for _, why in applied.unusable] == [True]


def test_a_slot_of_an_item_is_accepted_or_emptied(world: Any) -> None:
    first = world.items[0]
    doubtful = msgspec.structs.replace(first, certain=False, doubt="two readings")
    facts = [msgspec.structs.replace(world.facts[0], items=(doubtful,))]
    item = apply_corrections(facts, notes((doubtful, "accept", "deadline", "")), world.reference).facts[0].items[0]
    assert (item.corrected, item.certain, item.deadline) == (("deadline",), False, first.deadline)
    item = apply_corrections(facts, notes((doubtful, "reject", "deadline", "")), world.reference).facts[0].items[0]
    assert (item.corrected, item.deadline) == (("deadline",), None)
    refused = apply_corrections(facts, notes((doubtful, "reject", "modality", "")), world.reference)
    assert [why.partition(" of ")[0] for _, why in refused.unusable] == ["'' is not one"]


def test_a_slot_rejected_after_the_whole_does_not_bring_it_back(world: Any) -> None:
    entry = world.facts[1].lists[0]
    said = notes((entry, "set", "term", "silent"), (entry, "reject", "", ""))
    assert apply_corrections(world.facts, said, world.reference, world.documents).facts[1].lists == ()


def test_the_last_rejection_is_remembered_until_it_is_withdrawn(world: Any) -> None:
    item = world.items[0]
    said = notes((item, "accept", "", ""), (item, "reject", "", ""))
    assert rejection(said, item.id) == said.corrections[1]
    assert rejection(said, world.items[1].id) is None
    assert rejection(notes((item, "reject", "", ""), (item, "withdraw", "", "")), item.id) is None
    assert rejection(notes((item, "reject", "", ""), (item, "set", "area", "none")), item.id) is None
    assert rejection(notes((item, "reject", "deadline", "")), item.id) is None
