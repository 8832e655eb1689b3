"""When a text was issued: by its own version, and by the year in its id where the head has no date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.model import DocumentKind, Fidelity, Level, Metadata
from kb.track import issue_date, issued, later_documents

JAN, MAY, JUN, DEC = date(2018, 1, 15), date(2018, 5, 1), date(2018, 6, 1), date(2018, 12, 31)


def meta(document: str, **dates: Any) -> Metadata:
    return Metadata(
        id=document, title="T", kind=DocumentKind.LAW, level=Level.NATIONAL, region="CN", fidelity=Fidelity.FULL, **dates
    )  # fmt: skip


CASES = [
    # id, dates, issued
    ("cn-law-2018", {"published": JUN, "signed": MAY, "adopted": JAN, "effective": DEC}, "2018-06-01"),
    ("cn-law-2018", {"signed": MAY, "adopted": JAN, "effective": DEC}, "2018-05-01"),
    ("cn-law-2018", {"adopted": JAN, "effective": DEC}, "2018-01-15"),
    ("cn-law-2018", {"effective": DEC}, "2018-12-31"),
    # a revised text: what lies before the year of its version belongs to another one
    ("cn-disclosure-2019", {"adopted": date(2007, 1, 17), "published": date(2019, 4, 3), "effective": date(2019, 5, 15)}, "2019-04-03"),
    ("cn-disclosure-2019", {"adopted": date(2007, 1, 17), "effective": date(2019, 5, 15)}, "2019-05-15"),
    ("cn-tendering-2018", {"adopted": date(2008, 9, 26), "effective": date(2016, 9, 1)}, "in 2018 (from the id)"),
    ("cn-regulation-2013", {"adopted": date(2012, 12, 26), "effective": date(2013, 3, 15)}, "2013-03-15"),
    # no year in the id
    ("cn-disclosure", {"adopted": date(2007, 1, 17), "effective": date(2019, 5, 15)}, "2019-05-15"),
    ("cn-law", {}, "unknown"),
    # no date
    ("cn-gd-incentive-plan-2016", {}, "in 2016 (from the id)"),
    ("cn-local-plans-2017-2018", {}, "in 2018 (from the id)"),
    ("cn-local-plan-2016-2020", {"horizon": "2016-01-01/2020-12-31"}, "in 2016 (from the id)"),
    ("cn-local-plan-2014-2020", {"published": date(2014, 6, 27), "horizon": "2014-01-01/2020-12-31"}, "2014-06-27"),
    ("cn-room-1234-notice", {}, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "dates", "words"), CASES)
def test_a_text_is_as_old_as_its_own_version(document: str, dates: dict[str, Any], words: str) -> None:
    assert issued(meta(document, **dates)).words == words


def test_a_year_is_issued_from_its_first_day_on() -> None:
    plan = meta("cn-gd-incentive-plan-2016")
    assert issue_date(plan) == date(2016, 1, 1)
    assert issued(plan).last == date(2016, 12, 31)
    assert later_documents([plan], date(2015, 12, 31)) == {plan.id}
    assert later_documents([plan, meta("cn-law")], date(2016, 1, 1)) == frozenset()
