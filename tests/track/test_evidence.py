from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from kb.model import (
    ActionItem,
    Actor,
    DocumentKind,
    Fidelity,
    Level,
    Metadata,
    Modality,
    Role,
    Span,
    Strength,
    Time,
    TimeType,
)
from kb.track import Corpus, Links, Notes, coverage, read_links
from kb.track.attach import subject_of
from kb.track.evidence import is_mandate
from kb.track.notes import LinkVerdict

MANDATE, TARGET = "cn-plan-2014#sec_2__subsec_1~1", "cn-xx-rules-2017#art_1"


def corpus(world: Any, as_of: date = date(2018, 10, 24), citations: bool = True) -> Corpus:
    cited = {f.document: f.citations if citations else () for f in world.facts}
    lists = tuple(x for f in world.facts for x in f.lists)
    metadata = (msgspec.structs.replace(m, title="Shop Measures") for m in world.metadata)  # titles tell nothing
    metadata = tuple(m if citations else msgspec.structs.replace(m, implements=()) for m in metadata)
    return Corpus(world.items, metadata, cited, lists, as_of)


def test_a_later_provision_is_suggested_with_its_evidence(world: Any) -> None:
    (link,) = coverage(corpus(world), Links()).links
    assert (link.item, link.target, link.state) == (MANDATE, TARGET, "suggested")
    assert link.evidence == (
        "acts on cn-plan-2014",
        "governs the blacklist of dishonest sellers",
        "shares: blacklist, dishonest, seller",
    )
    assert 0.5 < link.confidence < 1


def test_a_document_that_did_not_exist_is_no_evidence(world: Any) -> None:
    assert coverage(corpus(world, date(2017, 5, 31)), Links()).links == ()


def test_alike_words_alone_are_no_evidence(world: Any) -> None:
    assert coverage(corpus(world, citations=False), Links()).links == ()


def test_a_gap_says_how_much_was_searched_and_when(world: Any) -> None:
    gaps = coverage(corpus(world), Links()).gaps
    assert [(g.item, g.searched, g.as_of) for g in gaps] == [
        ("cn-plan-2014#sec_1__subsec_1~1", 1, date(2018, 10, 24)),
        ("cn-plan-2014#sec_1__subsec_1~2", 1, date(2018, 10, 24)),
        ("cn-plan-2014#sec_1__subsec_2~1", 1, date(2018, 10, 24)),
        ("cn-plan-2014#sec_1__subsec_4~1", 1, date(2018, 10, 24)),
    ]  # permissions, encouragements and the duties of unnamed bodies are no mandates


def test_a_document_without_a_date_counts_from_the_year_in_its_id(world: Any) -> None:
    undated = tuple(msgspec.structs.replace(m, published=None) if m.id == "cn-plan-2014" else m for m in world.metadata)
    lists = tuple(x for f in world.facts for x in f.lists)
    found = coverage(Corpus(world.items, undated, {}, lists, date(2018, 10, 24)), Links())
    assert {gap.searched for gap in found.gaps} == {1}
    assert MANDATE in {link.item for link in found.links}


def test_where_nothing_could_be_searched_nothing_is_a_gap(world: Any) -> None:
    assert coverage(corpus(world, date(2017, 6, 19)), Links()).gaps == ()


def test_standing_duties_of_rules_are_no_mandates(world: Any) -> None:
    meta = next(m for m in world.metadata if m.id == "cn-xx-rules-2017")
    duty = next(i for i in world.items if i.document == meta.id and i.modality == "duty")
    named = msgspec.structs.replace(
        duty, actors=(Actor(role=Role.RESPONSIBLE, rule="r", agency="samr"),), deadline=None
    )
    dated = msgspec.structs.replace(
        named, deadline=Time(type=TimeType.DEADLINE, rule="r", latest=date(2018, 1, 1), precision="day")
    )
    notice = msgspec.structs.replace(meta, kind=DocumentKind.NORMATIVE_DOCUMENT)
    task = msgspec.structs.replace(named, modality=Modality.TASK)
    asked = [(named, meta), (dated, meta), (named, notice), (task, meta), (duty, notice)]
    assert [is_mandate(*pair) for pair in asked] == [False, True, True, True, False]


def verdict(world: Any, item: int, target: str, confirmed: bool) -> Links:
    entry = LinkVerdict(
        at=datetime(2018, 1, 1, tzinfo=UTC), by="ann", subject=subject_of(world.items[item]), target=target, confirmed=confirmed
    )  # fmt: skip
    return read_links(Notes(links=(entry,)), world.items)


def test_a_person_confirms_a_suggestion(world: Any) -> None:
    (link,) = coverage(corpus(world), verdict(world, 5, TARGET, True)).links
    assert (link.state, link.target) == ("confirmed", TARGET)


def test_a_rejected_link_leaves_a_gap(world: Any) -> None:
    found = coverage(corpus(world), verdict(world, 5, TARGET, False))
    assert [link.state for link in found.links] == ["rejected"]
    assert MANDATE in {gap.item for gap in found.gaps}


def test_a_link_that_only_a_person_saw_is_kept(world: Any) -> None:
    found = coverage(corpus(world), verdict(world, 0, "cn-xx-rules-2017#art_4", True))
    assert [(x.item, x.target, x.state, x.confidence) for x in found.links if x.item == world.items[0].id] == [
        (world.items[0].id, "cn-xx-rules-2017#art_4", "confirmed", 0.0)
    ]


TITLES = {
    "cn-government-integrity-2016": "Guiding Opinions on Strengthening Integrity in Government Affairs",
    "cn-personal-integrity-2016": "Guiding Opinions on Strengthening the Personal Integrity System",
    "cn-joint-incentives-2016": "Guiding Opinions on Joint Incentives for Keeping Trust and Joint Punishment for Breaking Trust",
    "cn-mou-defaulters-2016": "Memorandum on Joint Punishment of Judgment Defaulters",
    "cn-mou-tax-2016": "Memorandum on Joint Punishment in Taxation",
    "cn-mou-food-2016": "Memorandum on Joint Punishment in Food and Drugs",
    "cn-unified-code-2015": "Overall Plan for a Unified Social Credit Code for Legal Persons and Other Organizations",
    "cn-food-safety-2019": "Implementing Regulations of the Food Safety Law",
    "cn-xx-credit-2017": "Xanadu Province Public Credit Information Regulations",
    "cn-yy-credit-2017": "Yonder Province Credit Information Regulations",
    "cn-zz-credit-2018": "Zenith Province Social Credit Information Regulations",
}
TOPICS = [
    # headings, the innermost first; action; documents suggested
    (("Keeping promises", "Integrity in government affairs"), "Make promises part of the appraisal", ["cn-government-integrity-2016"]),
    (("Natural persons", "Integrity in society"), "Build personal records for key groups", ["cn-personal-integrity-2016"]),
    (("Courts",), "Restrict judgment defaulters by every lawful means", ["cn-mou-defaulters-2016"]),
    (("Joint mechanism",), "Establish joint incentives and punishment across departments and regions", ["cn-joint-incentives-2016"]),
    (("Unified code",), "Set up a unified social credit code for persons and organizations", ["cn-unified-code-2015"]),
    (("Security",), "Keep registration files of credit information", []),
    (("Pilots",), "Carry out pilots of the social credit system", []),
    (("Security",), "Share credit information", []),
    ((), "Establish and improve the system", []),
    # words that stand apart, one example of many, a title of another matter
    (("Pilots",), "Run pilots for food, the environment and safety", []),
    (("Fields",), "Keep records in key fields: prices, food safety, tax, transport, logistics", []),
    (("Food safety",), "Keep records of producers", ["cn-food-safety-2019"]),
    (("Codes",), "Give a unified code to social bodies, and credit to persons", []),
    ((), "Make the debt of governments a matter of integrity", []),
]  # fmt: skip


@pytest.mark.parametrize(("above", "action", "expected"), TOPICS)
def test_a_title_that_speaks_of_the_item_is_evidence(above: tuple[str, ...], action: str, expected: list[str]) -> None:
    plan = head("cn-plan-2014", "Planning Outline for Building the Social Credit System")
    heads = [plan, *(head(document, title) for document, title in TITLES.items())]
    found = coverage(
        Corpus([task(plan, action)], heads, {}, (), date(2020, 1, 1), {plan.id: {"sec_1": above}}), Links()
    )
    assert [link.target for link in found.links] == expected


def test_what_headings_alone_have_of_a_title_says_so() -> None:
    plan = head("cn-plan-2014", "Planning Outline for Building the Social Credit System")
    heads = [plan, *(head(document, title) for document, title in TITLES.items())]
    above = {plan.id: {"sec_1": ("Integrity in government affairs",)}}
    (link,) = coverage(
        Corpus([task(plan, "Publish the budget")], heads, {}, (), date(2020, 1, 1), above), Links()
    ).links
    assert (link.target, link.confidence) == ("cn-government-integrity-2016", 0.4)
    assert link.evidence == ("its title speaks of as its headings do: affair, government, integrity",)


SAME = [
    # action of a plan of 2014, action of another document, its date, whether it is suggested
    ("Build records of lawyers, auditors and journalists", "keep records of lawyers, auditors and journalists", 2016, True),
    ("Build records of lawyers, auditors and journalists", "keep records of lawyers, auditors and journalists", 2014, False),
    ("Build records of lawyers, auditors and journalists", "keep records of lawyers", 2016, False),
    ("Run pilots in key fields: roads, ports, locks, canals, bridges", "name roads, ports, locks, canals, bridges", 2016, False),
]  # fmt: skip


@pytest.mark.parametrize(("action", "later", "year", "suggested"), SAME)
def test_a_surely_later_provision_that_says_nearly_the_same(
    action: str, later: str, year: int, suggested: bool
) -> None:
    plan, other = head("cn-plan-2014", "Planning Outline"), head(f"cn-other-{year}", "Other Measures")
    more = [head(f"cn-{name}-2013", "Old Measures") for name in "abcdefgh"]
    items = [task(plan, action), msgspec.structs.replace(task(other, later), modality=Modality.DUTY)]
    found = coverage(Corpus(items, [plan, other, *more], {}, (), date(2020, 1, 1)), Links())
    links = [(x.target, x.evidence[0]) for x in found.links if x.item == items[0].id]
    assert links == ([(f"{other.id}#sec_1", "says nearly the same")] if suggested else [])


def test_being_in_charge_is_no_mandate(world: Any) -> None:
    plan = world.metadata[0]
    for action in ("in charge of the list of sellers", "Be responsible for the register"):
        assert not is_mandate(task(plan, action), plan)
    assert is_mandate(task(plan, "Charge the body that is responsible"), plan)


def head(document: str, title: str) -> Metadata:
    return Metadata(
        id=document, title=title, kind=DocumentKind.NORMATIVE_DOCUMENT, level=Level.NATIONAL, region="CN", fidelity=Fidelity.FULL
    )  # fmt: skip


def task(plan: Metadata, action: str) -> ActionItem:
    span = Span(eid="sec_1", start=0, end=len(action), quote=action)
    return ActionItem(
        id=f"{plan.id}#sec_1~1", document=plan.id, eid="sec_1", span=span, action=span,
        modality=Modality.TASK, strength=Strength.MUST, rule="by-hand",
    )  # fmt: skip


def test_an_older_document_never_answers_one_that_acts_on_it() -> None:
    outline, division = head("cn-outline-2014", "Outline"), head("cn-division-2014", "Division of Labor")
    division = msgspec.structs.replace(division, implements=(outline.id,))
    found = Corpus((), (outline, division), {}, (), date(2020, 1, 1))
    assert found.later_than(division.id) == []
    assert found.later_than(outline.id) == [division.id]
