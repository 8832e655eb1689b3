"""What holds of every reading, whatever the text: spans, order, dates, rules of recurrence, and the time it takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.extract.times import explain, grammar, read_text_times, rules_in
from kb.extract.times_contexts import CONTEXTS
from kb.extract.times_grammar import Pattern as Compiled
from kb.extract.times_grammar import PatternError, PatternRule
from kb.model import Origin, Time, TimeType

ISSUED = date(2016, 5, 20)
RULES = [
    *(rule for table, _ in grammar().steps for rule in table.rules),
    *grammar().phrases.rules,
    *(context.rule for context in CONTEXTS),
]
WORDS = """by before prior to within in during from until since after on at the end of each every year month quarter day days
years months working calendar first second half third last next this past previous one two three five fifteen hundred a an
and or not no later than more less least exceed exceeding period once twice times per annually monthly quarterly June May
March February 2016 2017 2020 2018.6 2016-08-01 10/15/2014 31 30 29 5 1st 5th 13th Five-Year Plan Q3 H1 - – , . ; : ( ) [ ] “ ” "
shall adopted issued effective takes effect promulgation date of working-day mid early late year-end 24 hours 's to through
between consecutive three-year beginning starting following term valid Article No. | old age yuan 1,000 · 13·5""".split()
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=30).map("".join),
    st.text(max_size=200),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=25).map(" ".join),
)
DATES = st.one_of(st.none(), st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)))


@given(text=TEXTS, issued=DATES)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_sound_times(text: str, issued: date | None) -> None:
    times = read_text_times(text, issued)
    last = 0
    for time in times:
        assert time.span is not None
        assert last <= time.span.start < time.span.end
        assert text[time.span.start : time.span.end] == time.span.quote
        last = time.span.end
        assert_sound(text, time)
    assert len(explain(text, issued)) == len(times)


def assert_sound(text: str, time: Time) -> None:
    """Dates in order and in the year of the phrase, a rule that a calendar can read, the fields that go with the type."""
    assert time.span is not None
    if time.earliest and time.latest:
        assert time.earliest <= time.latest
    if time.trigger:
        assert text[time.trigger.start : time.trigger.end] == time.trigger.quote
    if time.rrule:
        assert time.type is TimeType.RECURRENCE
        rrulestr(time.rrule, dtstart=datetime(2016, 1, 1))  # noqa: DTZ001  a rule has no time zone
    assert bool(time.rrule) == (time.type is TimeType.RECURRENCE)
    if time.type in (TimeType.DURATION, TimeType.RELATIVE_DURATION):
        assert re.fullmatch(r"P(\d+[DWMY]|T\d+[HM])", time.duration), time.duration
    assert bool(time.doubt) is not time.certain
    years = {int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", time.span.quote)}
    if (
        len(years) == 1
        and not time.duration
        and not time.rrule
        and time.origin is Origin.EXPLICIT
        and "-" not in time.span.quote
    ):
        (year,) = years
        for day in (time.earliest, time.latest):
            assert day is None or year - 1 <= day.year <= year + 1


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_rule_fires_in_its_examples_only(rule: PatternRule) -> None:
    assert [phrase for phrase in rule.matches if rule.id not in rules_in(phrase)] == []
    assert [phrase for phrase in rule.rejects if rule.id in rules_in(phrase)] == []


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert sorted(ids) == sorted(set(ids))


HOSTILE = [
    "within ", "2016 ", "1.", "from May 1 to ", "by the end of ", "“in 2016 ", "at least ", "no later than 30 days after ",
    "in 2016, ", "twenty-", "1,111", "each year and ", "(2016", "May 5 ", "the first ten days of June to ", "a quarter of ",
    "adopted on May 5, 2016 ", "was 2016 ", "days ", "1-1", "x1", "13th Five-Year ", "June 2016 and ", "2016-", "'s ", "No. ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_length(unit: str, least_seconds: Callable[..., float]) -> None:
    def seconds(count: int) -> float:
        text = unit * (count // len(unit)) + " within 3 days of May 5, 2016"
        return least_seconds([partial(read_text_times, text, ISSUED)] * 3)

    short, long = seconds(3_000), seconds(12_000)
    assert long < 4 * short * 2 + 0.05


def test_explain_names_rules_and_reasons() -> None:
    (row,) = explain("within 15 working days of the decision", date(2018, 3, 28))
    assert row["phrase"] == "within 15 working days"
    assert row["type"] == "relative-duration"
    assert row["rule"].startswith("within-length: ")
    assert row["length"] == "P15D working-day"
    assert (row["bound"], row["trigger"]) == ("max", "the decision")


def test_a_rule_that_context_changed_is_named_with_it() -> None:
    (time,) = read_text_times("In 2011, the port handled 1,990 vessels.", date(2013, 7, 18))
    assert (time.rule, time.type) == ("in+past-participle-after", TimeType.HISTORICAL)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("( by POINT", "is missing"),
        ("by )", "unbalanced"),
        ("[by]", "nothing"),
        ("~3 by", "must begin with a token"),
        ("by NOWHERE", "no class"),
    ],
)
def test_a_bad_pattern_is_refused_with_its_rule(pattern: str, message: str) -> None:
    rule = PatternRule(id="broken", why="", matches=("x",), pattern=pattern)
    with pytest.raises(PatternError, match=f"rule broken: .*{message}"):
        Compiled.of(rule)
