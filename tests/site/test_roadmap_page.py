"""The timeline in a real browser: filters, the movable day, the address, the keyboard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kb.track import issue_date, standing

pytestmark = pytest.mark.browser


def shown(page: Any) -> Counter[str]:
    """Statuses of the marks that are not filtered away."""
    marks = page.eval_on_selector_all(
        "svg.tl a:not(.off) use", "uses => uses.map((u) => u.getAttribute('href').slice(3))"
    )
    return Counter(marks)


@pytest.mark.parametrize("day", ["2014-06-30", "2016-02-29", "2018-10-24", "2020-06-30", "2021-01-01"])
def test_the_page_computes_the_schedule_as_the_program_does(
    open_page: Callable[..., Any], built: Any, day: str
) -> None:
    as_of = date.fromisoformat(day)
    heads = {m.id: m for m in built.base.metadata()}
    expected: Counter[str] = Counter()
    for item in built.base.items():
        meta = heads[item.document]
        last = item.deadline.latest if item.deadline and not item.deadline.rrule else None
        now = standing(item, meta, as_of)
        if last and now.due == last and 2014 <= last.year <= 2020 and (issue_date(meta) or as_of) <= as_of:
            expected[now.schedule.value] += 1
    page = open_page(f"roadmap.html#asof={day}").page
    assert shown(page) == expected
    assert page.input_value("#asof") == day


def test_filters_are_kept_in_the_address_and_read_from_it(open_page: Callable[..., Any]) -> None:
    page = open_page("roadmap.html").page
    before = shown(page).total()
    page.select_option("select[name=field]", "finance")
    few = shown(page)
    assert 0 < few.total() < before
    address = page.url.partition("roadmap.html")[2]
    assert address == "#field=finance"
    assert shown(open_page("roadmap.html" + address).page) == few
    page.click("text=Clear")
    page.wait_for_url(lambda url: "field" not in url)
    assert shown(page).total() == before


def test_the_slider_moves_by_months_with_the_keyboard(open_page: Callable[..., Any]) -> None:
    page = open_page("roadmap.html").page
    page.focus("#asof-slider")
    page.keyboard.press("ArrowLeft")
    assert page.input_value("#asof") == "2018-09-30"
    assert "as of 30 Sep 2018" in page.inner_text("#matching")


def test_a_mark_shows_its_words_on_focus_and_leads_to_its_provision(open_page: Callable[..., Any]) -> None:
    page = open_page("roadmap.html").page
    page.locator("svg.tl a:not(.off)").first.focus()
    words = page.inner_text("#mark-detail")
    assert re.match(r"\d{1,2} [A-Z][a-z]{2} 20\d\d ", words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*.html#*")


def test_nonsense_in_the_address_is_no_state(open_page: Callable[..., Any]) -> None:
    page = open_page("roadmap.html#asof=2018-99-99&field=%3Cscript%3E&body=nobody").page
    assert page.input_value("#asof") == "2018-10-24"
    assert page.input_value("select[name=field]") == ""


@pytest.mark.parametrize(("width", "told"), [(1440, False), (820, True), (360, True)])
def test_a_picture_that_is_cut_off_says_so_and_scrolls_with_the_keyboard(
    open_page: Callable[..., Any], width: int, told: bool
) -> None:
    page = open_page("roadmap.html", width=width).page
    picture = page.locator(".timeline .wide")
    assert picture.evaluate("box => box.scrollWidth > box.clientWidth") == told
    assert page.locator(".cue").is_visible() == told
    picture.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("told => !told || document.querySelector('.timeline .wide').scrollLeft > 0", arg=told)
