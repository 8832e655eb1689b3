"""Whom headings and labels announce: those who keep a list, those it is of, or neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.items import read_items
from kb.extract.lists import read_lists
from kb.extract.lists_headings import party_said
from kb.extract.lists_scoped import qualified_in
from kb.extract.lists_slots import heading_slots, keeps
from kb.extract.topics import Topics
from kb.model import DocumentKind, ListStandard, Reference

HEADINGS = [
    ("Who is covered", "targets"),
    ("2. Whom the list is of", "targets"),
    ("Scope of persons", "targets"),
    ("Persons concerned", "targets"),
    ("Covered too", "targets"),
    ("Targets of the list", "targets"),
    ("Keeper.", "authority"),
    ("Who decides", "authority"),
    ("Competence", "authority"),
    ("Division of duties", "authority"),
    ("Responsible bodies", "authority"),
    ("Who looks after the list", "authority"),
    ("Whom it may hit", "targets"),
    ("Who", "targets"),
    ("Scope of publication", ""),
    ("Grounds", ""),
    ("How long it lasts", ""),
    ("Targets of the plan for 2020", ""),
]

KEPT = [
    "Each province keeps a red list of its own.",
    "The Blacklist is the responsibility of the Department of Science.",
    "The Ministry of Transport is competent for removals from the list.",
    "Removals from the roster fall to the provincial departments.",
    "The custody of the register is entrusted to the Integrity Division.",
    "Decisions on the blacklist are reserved to the Commission.",
    "The provincial bureau sees to the list from day to day.",
    "Municipal bureaus look after the list in their area.",
    "Charge of the roll is with the county bureau.",
    "The redlist shall be selected by the trade association.",
    "Every city bureau has a blacklist of its own.",
]


def quotes(one: ListStandard, name: str) -> list[str]:
    return next([fact.span.quote for fact in slot.facts] for slot in one.slots if slot.name == name)


def in_body(body: str, reading_of: Callable[..., Reading], reference: Reference) -> tuple[ListStandard, ...]:
    title, kind = "Measures for the Water Blacklist and the Water Redlist", DocumentKind.NORMATIVE_DOCUMENT
    reading = reading_of(body, title=title, kind=kind)
    citations = read_citations(reading, reference)
    items = read_items(reading, (), citations, (), Topics(reference))
    return read_lists(reading, items, (), citations, reference)


@pytest.mark.parametrize(("heading", "slot"), HEADINGS)
def test_tells_whom_a_heading_announces(heading: str, slot: str) -> None:
    assert party_said(heading) == slot


@pytest.mark.parametrize("sentence", KEPT)
def test_sees_who_keeps_a_list(sentence: str) -> None:
    assert keeps(sentence)


BODY = """**Article 1** These Measures apply to suppliers of water and to well drillers.

**Article 2 (Competence)** The custody of the water blacklist is entrusted to the Water Bureau.

**Article 3** A supplier that sells foul water is entered on the water blacklist for two years.

**Article 4** A supplier without complaints for three years may be put on the water redlist.
"""


def test_the_scope_of_a_document_on_lists_is_that_of_each(
    reading_of: Callable[..., Reading], reference: Reference
) -> None:
    found = {one.list_kind.value: one for one in in_body(BODY, reading_of, reference)}
    targets = {kind: set(quotes(one, "targets")) for kind, one in found.items()}
    assert all({"suppliers of water", "well drillers"} <= said for said in targets.values())
    assert set(targets) == {"blacklist", "redlist"}
    assert quotes(found["blacklist"], "authority") == ["Water Bureau"]


QUALIFIED = [
    ("An entry may be made against any broker who has lied to a client.", ["broker"]),
    ("On it come inns and hotels with two complaints.", ["inns and hotels"]),
    ("The blacklist is meant for people who run from their debts.", ["people"]),
    ("The bureau enters (after a hearing) self-employed persons that have forged papers.", ["self-employed persons"]),
    ("Enterprises found to owe wages shall be proposed for the list.", ["Enterprises"]),
    ("The list is published every month.", []),
]


@pytest.mark.parametrize(("sentence", "parties"), QUALIFIED)
def test_finds_those_of_whom_more_is_said(sentence: str, parties: list[str]) -> None:
    assert [sentence[start:end] for start, end in qualified_in(sentence, 0, len(sentence))] == parties


def test_a_sentence_that_puts_somebody_on_a_list_names_its_targets(
    reading_of: Callable[..., Reading], reference: Reference
) -> None:
    body = """**1. Watch lists.** Units in charge of tourism shall set up a watch list by March, put subjects that have broken
a promise on it for six months, and inspect those subjects.

**2. Dishonest dealers.** Provincial departments enter on the list of dishonest seed dealers (“the list”) enterprises and
shops that have sold seed without a licence.
"""
    found = {one.name: quotes(one, "targets") for one in in_body(body, reading_of, reference)}
    assert found == {"watch list": ["subjects"], "list of dishonest seed dealers": ["enterprises and\nshops"]}


def test_a_heading_that_sets_up_a_list_in_a_plan_names_it(
    reading_of: Callable[..., Reading], reference: Reference
) -> None:
    body = """## III. Credit

### 4. Establish the list of schools with credit warning

Schools that have been fined twice are entered on it by the city bureaus. Send them a letter of warning.

### 5. Promote good faith

Hold a week of good faith every year.
"""
    reading = reading_of(body, title="Plan for the Credit of Schools", kind=DocumentKind.PLAN)
    found = read_lists(reading, (), (), (), reference)
    assert [one.name for one in found] == ["list of schools with credit warning"]


SAID = [
    ("Causes for debarment", ("entry",)),
    ("When a supplier is watched", ("entry",)),
    ("What it means", ("consequences",)),
    ("How it ends", ("exit",)),
    ("Coming off the list", ("exit",)),
    ("How long", ("term",)),
    ("Steps", ("procedure",)),
    ("What the public sees", ("publication",)),
    ("If we got it wrong", ("remedies",)),
    ("Liability of officials", ("safeguards",)),
    ("Publication and removal", ("exit", "publication")),
]


@pytest.mark.parametrize(("heading", "slots"), SAID)
def test_tells_the_slots_that_a_heading_announces(heading: str, slots: tuple[str, ...]) -> None:
    assert sorted(heading_slots(heading)) == sorted(slots)


def test_points_that_tell_no_slot_have_the_one_of_their_heading(
    reading_of: Callable[..., Reading], reference: Reference
) -> None:
    body = """**Article 1** The bureau keeps the water blacklist.

**Article 2** Causes for entry:

(a) Salt in a well.

(b) Leaden pipes.
"""
    found = {one.list_kind.value: one for one in in_body(body, reading_of, reference)}
    assert quotes(found["blacklist"], "entry") == ["Salt in a well.", "Leaden pipes."]
