"""Every page in a real browser, from the disk, with the network cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LIGHT_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DARK_RULES = ["color-contrast"]  # the rest does not depend on colours
KINDS = [
    *("index.html", "roadmap.html", "roadmap-2019.html", "due.html", "overdue.html", "documents.html"),
    *("documents/cn-planning-outline-2014.html", "documents/cn-sh-social-credit-regulations-2017.html"),
    *("lists.html", "due-process.html", "getting-off.html", "compare.html", "measures.html", "bodies.html"),
    *(
        "bodies/ndrc.html",
        "fields.html",
        "fields/statistics.html",
        "coverage.html",
        "coverage/cn-planning-outline-2014.html",
    ),
    *("glossary.html", "defined-terms.html", "questions.html", "about.html", "search.html"),
]


def some_list(built: Any) -> str:
    return f"lists/{min(p.name for p in (built.site / 'lists').iterdir())}"


def test_no_link_of_the_site_leads_nowhere(built: Any) -> None:
    assert built.summary.problems == ()


def test_no_page_is_heavier_than_300_kb(built: Any) -> None:
    heavy = [(p.name, p.stat().st_size) for p in built.site.rglob("*.html") if p.stat().st_size > 300_000]
    assert heavy == []


def test_every_page_loads_without_a_complaint(open_page: Callable[..., Any], built: Any) -> None:
    page, complaints = open_page("index.html")
    paths = sorted(built.site.rglob("*.html"))
    for path in paths:
        page.goto(path.as_uri())
    assert complaints == []
    assert len(paths) == built.summary.total


SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 60);
})"""


@pytest.mark.parametrize("path", [*KINDS, "list"])
def test_a_page_is_still_and_accessible_and_fits_every_screen(
    open_page: Callable[..., Any], built: Any, path: str
) -> None:
    """One load for each page: nothing moves, axe finds nothing by day or night, nothing sticks out at 320 pixels."""
    page = open_page(some_list(built) if path == "list" else path).page
    assert page.evaluate(SHIFT) < 0.02
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate(AXE)
    assert violations(page, LIGHT_RULES) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, DARK_RULES) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def violations(page: Any, rules: list[str]) -> list[Any]:
    """What axe finds: the rule, up to three places, what to do."""
    found = page.evaluate("(runOnly) => axe.run({ preload: false, runOnly, resultTypes: ['violations'] })", rules)
    return [
        (v["id"], [n["html"][:160] for n in v["nodes"][:3]], v["nodes"][0]["failureSummary"])
        for v in found["violations"]
    ]


def test_pages_say_the_same_without_scripts(browser: Browser, built: Any) -> None:
    texts: dict[bool, list[str]] = {}
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, offline=True)
        page = context.new_page()
        texts[scripts] = []
        for path in KINDS:
            page.goto(built.url(path))
            texts[scripts].append(page.locator("h1").inner_text())
            assert scripts or len(page.locator("main").inner_text()) > 200, path
        context.close()
    assert texts[False] == texts[True]


def test_a_deep_link_shows_its_provision(open_page: Callable[..., Any]) -> None:
    page = open_page("documents/cn-sh-social-credit-regulations-2017.html#chp_3__art_25").page
    box = page.locator("[id='chp_3__art_25']").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 200
    assert "Article 25" in page.locator(".copy").inner_text()


def test_dark_and_light_are_two_papers(open_page: Callable[..., Any]) -> None:
    papers = [
        open_page("index.html", scheme=s).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for s in ("light", "dark")
    ]
    assert papers == ["rgb(253, 252, 248)", "rgb(23, 22, 20)"]


def test_print_leaves_the_navigation_out_and_keeps_the_text(open_page: Callable[..., Any]) -> None:
    page = open_page("documents/cn-sh-social-credit-regulations-2017.html").page
    page.emulate_media(media="print")
    assert not page.locator(".top nav").is_visible()
    assert not page.locator(".outline").is_visible()
    assert page.locator("[id='chp_3__art_25']").is_visible()


def test_marks_can_be_switched_off(open_page: Callable[..., Any]) -> None:
    page = open_page("documents/cn-sh-social-credit-regulations-2017.html").page
    line = "getComputedStyle(document.querySelector('.act')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.uncheck("#marks")
    assert page.evaluate(line) == "none"


def test_a_term_shows_its_definition_on_focus(open_page: Callable[..., Any]) -> None:
    page = open_page("documents/cn-sh-social-credit-regulations-2017.html").page
    term = page.locator("a.term").first
    term.focus()
    assert page.locator(".termcard").inner_text().lower().startswith(term.inner_text().lower()[:5])
    page.keyboard.press("Escape")
    assert page.locator(".termcard").count() == 0


def test_a_table_sorts_by_its_head(open_page: Callable[..., Any]) -> None:
    page = open_page("documents.html").page
    page.click("th[data-sort=number] >> text=Items")
    counts = [int(x) for x in page.locator("tbody td.n:nth-child(6)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    page.click("th[data-sort=number] >> text=Items")
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"


def test_two_lists_are_compared_and_the_pair_can_be_sent(open_page: Callable[..., Any]) -> None:
    page = open_page("compare.html").page
    page.select_option("#right", index=3)
    name = page.locator("#right option").nth(3).inner_text()
    assert page.locator("#right-name").inner_text().replace("\n", " · ") == name
    address = page.url.partition("compare.html")[2]
    again = open_page("compare.html" + address).page
    assert again.locator("#right-name").inner_text() == page.locator("#right-name").inner_text()
