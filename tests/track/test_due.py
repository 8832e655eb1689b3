from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.track import Bodies, Tracked, agenda, due_rows, later_documents, owed_by, owed_by_words, roadmap, tally, urgency

AS_OF = date(2018, 10, 24)


def rows_of(world: Any, as_of: date = AS_OF, **more: Any) -> Any:
    return due_rows(world.items, world.metadata, as_of, bodies=Bodies(world.reference.bodies), **more)


def test_every_item_has_a_row_most_urgent_first(world: Any) -> None:
    assert [(r.schedule, str(r.due), r.action) for r in rows_of(world)] == [
        ("overdue", "2017-12-31", "complete the register of sellers"),
        ("due-soon", "2019-01-31", "report on progress"),
        ("upcoming", "2019-06-30", "publish a catalogue"),
        ("upcoming", "2020-12-31", "Improve the credit files of sellers"),
        ("ongoing", "None", "answer an objection"),
        ("ongoing", "None", "keep a blacklist of dishonest sellers"),
        ("ongoing", "None", "bid for public contracts"),
        ("undated", "None", "Establish a blacklist of dishonest sellers"),
        ("not-trackable", "None", "publish promises"),
    ]


def test_a_row_says_where_its_date_comes_from(world: Any) -> None:
    rows = {row.action: row for row in rows_of(world)}
    assert [(rows[a].phrase, rows[a].rule, rows[a].origin, rows[a].trigger) for a in ("complete the register of sellers",
            "Improve the credit files of sellers", "answer an objection", "bid for public contracts")] == [
        ("By the end of 2017", "by-end-of-year", "explicit", ""),
        ("", "plan-horizon", "inherited", ""),
        ("within 7 working days", "within-working-days", "explicit", "receipt"),
        ("", "", "", ""),
    ]  # fmt: skip
    assert rows["answer an objection"].is_relative
    assert not rows["report on progress"].is_relative


def test_counts_add_up_and_leave_no_schedule_out(world: Any) -> None:
    assert list(tally(rows_of(world)).items()) == [
        ("overdue", 1),
        ("due-soon", 1),
        ("upcoming", 2),
        ("ongoing", 3),
        ("undated", 1),
        ("not-trackable", 1),
    ]
    assert sum(tally(()).values()) == 0


@pytest.mark.parametrize("as_of", [date(2013, 1, 1), date(2018, 10, 24), date(2030, 1, 1)])
def test_rows_are_sorted_by_urgency_for_any_date(world: Any, as_of: date) -> None:
    rows = rows_of(world, as_of)
    assert len(rows) == len(world.items)
    assert list(rows) == sorted(rows, key=urgency)


def test_claims_and_evidence_do_not_touch_the_schedule(world: Any) -> None:
    first = world.items[0].id
    said = Tracked(claimed={first: "done"}, evidence={first: 2})
    row = next(row for row in rows_of(world, tracked=said) if row.id == first)
    assert (row.schedule, row.claimed, row.evidence) == ("overdue", "done", 2)


def test_documents_younger_than_the_date_are_known(world: Any) -> None:
    assert later_documents(world.metadata, date(2017, 6, 19)) == {"cn-xx-rules-2017"}
    assert later_documents(world.metadata, date(2017, 6, 20)) == frozenset()  # published on that day


def test_agenda_has_every_month_and_every_turn_of_a_cycle(world: Any) -> None:
    months = agenda(rows_of(world), AS_OF, 27)
    assert len(months) == 27
    assert [(str(m.first), [(str(e.day), e.row.action) for e in m.entries]) for m in months if m.entries] == [
        ("2019-01-01", [("2019-01-31", "report on progress")]),
        ("2019-06-01", [("2019-06-30", "publish a catalogue")]),
        ("2020-01-01", [("2020-01-31", "report on progress")]),
        ("2020-12-01", [("2020-12-31", "Improve the credit files of sellers")]),
    ]
    assert [m.entries for m in agenda(rows_of(world), AS_OF, 2)] == [(), ()]
    ends = [e.day for m in agenda(rows_of(world), AS_OF, 60) for e in m.entries][-1]
    assert ends == date(2020, 12, 31)  # the cycle ends with its plan


def test_roadmap_goes_by_year_and_area_and_leaves_cycles_out(world: Any) -> None:
    cells = roadmap(rows_of(world))
    assert [(c.year, c.area, len(c.rows)) for c in cells] == [
        (2017, "commercial", 1),
        (2019, "commercial", 1),
        (2020, "commercial", 1),
    ]


NAMES = [
    # asked for, body, all ids that answer
    ("samr", "samr", {"samr", "saic"}),
    ("SAMR", "samr", {"samr", "saic"}),
    ("State Market Regulatory Administration", "samr", {"samr", "saic"}),
    ("the  state administration for industry and commerce", "saic", {"saic"}),
    ("国家发展和改革委员会", "ndrc", {"ndrc"}),
]


@pytest.mark.parametrize(("name", "body", "ids"), NAMES)
def test_a_body_answers_to_every_name_and_for_those_before_it(world: Any, name: str, body: str, ids: set[str]) -> None:
    family = Bodies(world.reference.bodies).find(name)
    assert family is not None
    assert (family.body.id, family.ids) == (body, ids)


def test_unknown_names_are_not_found_but_near_ones_are_told(world: Any) -> None:
    bodies = Bodies(world.reference.bodies)
    assert bodies.find("ndcr") is None
    assert bodies.find("") is None
    assert "ndrc" in bodies.suggestions("ndcr")
    assert bodies.suggestions("zzzzzz") == ()


def test_what_must_be_known_about_a_name_is_said(world: Any) -> None:
    bodies = Bodies(world.reference.bodies)
    notes = [family.note(AS_OF) for name in ("samr", "saic", "ndrc") if (family := bodies.find(name))]
    assert notes == [
        "samr includes what its predecessors owed: saic (until 2018-03-31)",
        "saic went by this name until 2018-03-31; its successor is samr",
        "",
    ]
    samr = bodies.find("samr")
    assert samr is not None
    assert "did not exist on 2015-01-01; it began in March 2018" in samr.note(date(2015, 1, 1))


def test_items_are_owed_by_bodies_and_by_words(world: Any) -> None:
    assert [i.action.quote for i in world.items if owed_by(i, {"samr", "saic"})] == [
        "complete the register of sellers",
        "report on progress",
    ]
    assert [i.action.quote for i in world.items if owed_by_words(i, "the Market Regulator")] == [
        "keep a blacklist of dishonest sellers",
        "answer an objection",
    ]


def test_a_circle_of_successors_ends() -> None:
    from kb.model import Body

    a = Body(id="a", name="A", level="national", successor="b")
    b = Body(id="b", name="B", level="national", successor="a")
    family = Bodies((a, b)).find("a")
    assert family is not None
    assert family.ids == {"a", "b"}
