from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from kb.track import Corpus, Links, Notes, coverage, read_links
from kb.track.attach import subject_of
from kb.track.notes import LinkVerdict

MANDATE, TARGET = "cn-plan-2014#sec_2__subsec_1~1", "cn-xx-rules-2017#art_1"


def corpus(world: Any, as_of: date = date(2018, 10, 24), citations: bool = True) -> Corpus:
    cited = {f.document: f.citations if citations else () for f in world.facts}
    lists = tuple(x for f in world.facts for x in f.lists)
    metadata = world.metadata if citations else tuple(_without_relations(m) for m in world.metadata)
    return Corpus(world.items, metadata, cited, lists, as_of)


def _without_relations(meta: Any) -> Any:
    import msgspec

    return msgspec.structs.replace(meta, implements=())


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
    import msgspec

    undated = tuple(msgspec.structs.replace(m, published=None) if m.id == "cn-plan-2014" else m for m in world.metadata)
    lists = tuple(x for f in world.facts for x in f.lists)
    found = coverage(Corpus(world.items, undated, {}, lists, date(2018, 10, 24)), Links())
    assert {gap.searched for gap in found.gaps} == {1}
    assert [link.item for link in found.links] == [MANDATE]


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
