"""Times in a document: addresses, what is skipped, and the year that headings, lead-ins and titles set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kb.extract.context import Reading
from kb.extract.times import read_times
from kb.model import DocumentKind, Time

Make = Callable[..., Reading]
PLAN = """# Plan for Clean Rivers (2016-2018)

I. Goals

By 2018, all rivers will be clean.

II. Key work for 2017

The following work shall be completed within 2017:

(1) Build five stations by the end of June.

(2) Open a hotline. It shall be run throughout the year.

III. Other work

(1) Audit. Draw up the list by the end of October.

This Plan takes effect on the day it is issued.

September 14, 2016
"""


def read(reading: Reading, skip: tuple[tuple[int, int], ...] = ()) -> tuple[Time, ...]:
    return read_times(reading, reading.document.meta.document_date, skip)


def days(times: tuple[Time, ...]) -> list[tuple[str, str, str]]:
    """Quote, type and interval of each time."""
    return [(t.span.quote, str(t.type), f"{t.earliest or ''}..{t.latest or ''}") for t in times if t.span is not None]


def test_headings_and_lead_ins_set_the_year(reading_of: Make) -> None:
    reading = reading_of(
        PLAN, title="Plan for Clean Rivers (2016-2018)", kind=DocumentKind.PLAN, published=date(2016, 9, 14)
    )
    assert days(read(reading)) == [
        ("By 2018", "deadline", "..2018-12-31"),
        ("for 2017", "period", "2017-01-01..2017-12-31"),
        ("within 2017", "deadline", "2017-01-01..2017-12-31"),
        ("by the end of June", "deadline", "..2017-06-30"),
        ("throughout the year", "period", "2017-01-01..2017-12-31"),
        ("by the end of October", "deadline", "..2016-10-31"),
        ("on the day it is issued", "effective-date", "2016-09-14.."),
        ("September 14, 2016", "historical", "2016-09-14..2016-09-14"),
    ]


def test_the_year_of_the_title_holds_where_nothing_else_does(reading_of: Make) -> None:
    reading = reading_of(
        "Draw up the list by the end of June.", title="Work Points for 2017", published=date(2016, 12, 20)
    )
    assert days(read(reading)) == [("by the end of June", "deadline", "..2017-06-30")]


def test_spans_quote_the_body_and_have_an_address(reading_of: Make) -> None:
    reading = reading_of(PLAN, kind=DocumentKind.PLAN)
    for time in read(reading):
        assert time.span is not None
        assert reading.document.text[time.span.start : time.span.end] == time.span.quote
        assert time.span.eid in reading.by_eid


def test_nothing_is_read_in_what_is_skipped(reading_of: Make) -> None:
    body = "The Rules on Wells of 2016 apply until 2019. Report within 30 days."
    reading = reading_of(body)
    start = body.index("until")
    assert days(read(reading, ((0, start + 10),))) == [("within 30 days", "relative-duration", "..")]


def test_a_law_has_no_current_year(reading_of: Make) -> None:
    body = "Article 1 Firms registered in the current year report by March 31 of the following year."
    law = reading_of(body, kind=DocumentKind.LAW)
    assert [quote for quote, _, _ in days(read(law))] == ["by March 31 of the following year"]
    plan = reading_of(body, kind=DocumentKind.PLAN)
    assert [quote for quote, _, _ in days(read(plan))] == ["in the current year", "by March 31 of the following year"]


def test_a_limit_counts_from_the_entry_into_force_that_the_front_matter_gives(reading_of: Make) -> None:
    body = "Article 1 Firms shall register within 6 months from the date on which these Rules take effect."
    (time,) = read(reading_of(body, effective=date(2018, 5, 1)))
    assert time.latest == date(2018, 11, 1)
    (unknown,) = read(reading_of(body))
    assert (unknown.latest, unknown.duration) == (None, "P6M")


def test_a_document_without_times_gives_none(reading_of: Make) -> None:
    assert read(reading_of("Article 1 The bureau keeps records.")) == ()


def test_a_year_that_heads_a_paragraph_holds_for_it(reading_of: Make) -> None:
    body = (
        "# Plan\n\n## Arrangement by years\n\n**2018, year of start.** Draft the rules by the end of August.\n\n"
        "**2019, year of progress.** Meet in the fourth quarter.\n\n### (2) Year 2020\n\nPublish the roll in May.\n"
    )
    times = read(reading_of(body, kind=DocumentKind.PLAN, published=date(2018, 3, 1)))
    assert [(time.span.quote, str(time.latest)) for time in times if time.span] == [
        ("2018", "2018-12-31"),
        ("by the end of August", "2018-08-31"),
        ("2019", "2019-12-31"),
        ("in the fourth quarter", "2019-12-31"),
        ("Year 2020", "2020-12-31"),
        ("in May", "2020-05-31"),
    ]


def test_a_memorandum_counts_from_its_signature(reading_of: Make) -> None:
    body = (
        "Each Party shall name a liaison officer within one month of signature.\n\n"
        "This Memorandum takes effect on the date of signing.\n"
    )
    signed, published = date(2017, 9, 18), date(2017, 9, 29)
    dated = {"title": "Memorandum", "signed": signed, "published": published}
    assert days(read(reading_of(body, kind=DocumentKind.MEMORANDUM, **dated))) == [
        ("within one month", "relative-duration", "..2017-10-18"),
        ("on the date of signing", "effective-date", "2017-09-18.."),
    ]


def test_their_entry_into_force_is_that_of_the_instrument_named_before(reading_of: Make) -> None:
    body = (
        "Offices shall bring their lists into line with these Regulations within six months of their entry into force.\n\n"
        "The court shall report on the judgments within six months of their entry into force.\n"
    )
    reading = reading_of(body, title="Regulations", kind=DocumentKind.LOCAL_REGULATION, effective=date(2020, 5, 1))
    assert days(read(reading)) == [
        ("within six months", "relative-duration", "..2020-11-01"),
        ("within six months", "relative-duration", ".."),
    ]
