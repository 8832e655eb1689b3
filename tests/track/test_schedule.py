"""Every combination of modality, time and document that decides a schedule."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from kb.model import ActionItem, Metadata, Time
from kb.track import next_occurrence, standing

AS_OF = date(2018, 10, 24)
PLAN: dict[str, Any] = {"kind": "plan", "horizon": "2014-01-01/2020-12-31"}
LAW: dict[str, Any] = {"kind": "law", "effective": date(2017, 1, 1)}
NOTICE: dict[str, Any] = {"kind": "normative-document"}


def deadline(**values: Any) -> dict[str, Any]:
    return {"type": "deadline", "rule": "r", **values}


BY_2017 = deadline(latest=date(2017, 12, 31))
IN_SPRING = deadline(latest=date(2019, 4, 24))
AFTER_SPRING = deadline(latest=date(2019, 4, 25))
YEARLY = deadline(type="recurrence", rrule="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31")
SUMMER = deadline(type="recurrence", rrule="FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1")
BARE = deadline(type="recurrence", rrule="FREQ=YEARLY")
WITHIN = deadline(type="relative-duration", duration="P7D")

CASES = [
    # modality, grade, deadline, document, schedule, due
    ("task", 3, BY_2017, PLAN, "overdue", "2017-12-31"),
    ("duty", 3, BY_2017, LAW, "overdue", "2017-12-31"),
    ("prohibition", 3, BY_2017, LAW, "overdue", "2017-12-31"),  # with a day of its own it can be missed
    ("permission", 3, BY_2017, LAW, "not-trackable", None),  # who may, is never late
    ("right", 3, BY_2017, LAW, "not-trackable", None),
    ("encouragement", 3, BY_2017, PLAN, "not-trackable", None),
    ("task", 3, deadline(latest=date(2018, 10, 23)), PLAN, "overdue", "2018-10-23"),
    ("task", 3, deadline(latest=AS_OF), PLAN, "due-soon", "2018-10-24"),  # the last day itself is not late
    ("task", 3, IN_SPRING, PLAN, "due-soon", "2019-04-24"),
    ("task", 3, AFTER_SPRING, PLAN, "upcoming", "2019-04-25"),
    ("task", 3, deadline(earliest=date(2017, 1, 1), latest=date(2020, 12, 31)), PLAN, "upcoming", "2020-12-31"),
    ("duty", 3, YEARLY, LAW, "due-soon", "2019-01-31"),
    ("duty", 3, SUMMER, LAW, "ongoing", "2019-07-01"),
    ("duty", 3, BARE, LAW, "ongoing", None),
    ("duty", 3, {**YEARLY, "latest": date(2019, 6, 30)}, LAW, "due-soon", "2019-01-31"),  # "every year until June 2019"
    ("duty", 3, {**YEARLY, "latest": date(2018, 12, 31)}, LAW, "ongoing", None),
    ("duty", 3, {**YEARLY, "latest": date(2017, 12, 31)}, LAW, "not-trackable", None),
    ("duty", 3, {**BARE, "latest": date(2017, 12, 31)}, LAW, "overdue", "2017-12-31"),
    ("duty", 3, deadline(type="recurrence", rrule="NONSENSE;BYDAY=XX"), LAW, "ongoing", None),
    ("duty", 3, WITHIN, LAW, "ongoing", None),
    ("duty", 2, None, LAW, "ongoing", None),
    ("prohibition", 2, None, NOTICE, "ongoing", None),
    ("duty", 2, None, NOTICE, "undated", None),
    ("task", 2, None, PLAN, "undated", None),
    ("task", 1, None, PLAN, "not-trackable", None),
    ("task", 1, BY_2017, PLAN, "overdue", "2017-12-31"),  # a day can be checked whatever else is missing
    ("duty", 2, None, {**LAW, "effective": date(2019, 1, 1)}, "upcoming", None),
    ("duty", 2, None, {**LAW, "expires": date(2018, 10, 23)}, "not-trackable", None),
    ("duty", 2, None, {**LAW, "expires": AS_OF}, "ongoing", None),
    ("task", 2, None, {**PLAN, "horizon": "2011-01-01/2015-12-31"}, "not-trackable", None),
    ("task", 2, BY_2017, {**PLAN, "horizon": "2011-01-01/2015-12-31"}, "overdue", "2017-12-31"),
    ("duty", 3, YEARLY, {**PLAN, "horizon": "2011-01-01/2015-12-31"}, "not-trackable", None),
    ("duty", 3, YEARLY, {**LAW, "expires": date(2018, 12, 31)}, "ongoing", None),  # no turn is left
]


def item(modality: str, grade: int, time: dict[str, Any] | None) -> ActionItem:
    span = {"eid": "art_1", "start": 0, "end": 4, "quote": "acts"}
    value = {"id": "d#art_1~1", "document": "d", "eid": "art_1", "span": span, "action": span, "rule": "r"}
    made = msgspec.convert({**value, "modality": modality, "strength": "must", "trackability": grade}, ActionItem)
    return msgspec.structs.replace(made, deadline=msgspec.convert(time, Time) if time else None)


def head(values: dict[str, Any]) -> Metadata:
    base = {"id": "d", "title": "D", "level": "national", "region": "CN", "fidelity": "full"}
    return msgspec.convert({**base, **values}, Metadata)


@pytest.mark.parametrize(("modality", "grade", "time", "document", "schedule", "due"), CASES)
def test_schedule(
    modality: str, grade: int, time: dict[str, Any] | None, document: dict[str, Any], schedule: str, due: str | None
) -> None:
    found = standing(item(modality, grade, time), head(document), AS_OF)
    assert (found.schedule, found.due.isoformat() if found.due else None) == (schedule, due)
    assert found.why


OCCURRENCES = [
    # rule, as of, begins, next
    ("FREQ=MONTHLY;BYMONTHDAY=5", date(2018, 10, 5), None, date(2018, 10, 5)),
    ("FREQ=MONTHLY;BYMONTHDAY=5", date(2018, 10, 6), None, date(2018, 11, 5)),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", date(2018, 10, 24), date(2017, 5, 1), date(2019, 1, 15)),
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=30", date(2018, 1, 1), date(2015, 3, 1), date(2019, 6, 30)),
    ("FREQ=YEARLY;BYMONTH=2", date(2019, 3, 1), None, date(2020, 2, 29)),  # the month alone: its last day
    ("FREQ=WEEKLY;BYDAY=MO", date(2018, 10, 24), None, date(2018, 10, 29)),
    ("FREQ=YEARLY", date(2018, 10, 24), None, None),
    ("", date(2018, 10, 24), None, None),
    (
        "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=25",
        date(2018, 10, 24),
        date(2017, 5, 1),
        date(2018, 12, 25),
    ),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTH=2,5,8,11", date(2018, 10, 24), date(2017, 5, 1), date(2018, 11, 30)),
]


@pytest.mark.parametrize(("rule", "as_of", "begins", "expected"), OCCURRENCES)
def test_next_occurrence(rule: str, as_of: date, begins: date | None, expected: date | None) -> None:
    assert next_occurrence(rule, as_of, begins) == expected
