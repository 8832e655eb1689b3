"""The link check finds files and fragments that are not there, and ids that stand twice; nothing else."""

from __future__ import annotations

import pytest

from kb.sitegen.links import LinkCheck, ids_of, links_of

CASES = [
    ('<a href="b.html">', []),
    ('<a href="b.html#x">', []),
    ('<a href="https://example.org/#y">', []),
    ('<a href="#here"><p id="here">', []),
    ('<a href="sub/../b.html?q=1#x">', []),
    ('<a href="c.html">', ['a link to "c.html": there is no such file']),
    ('<a href="b.html#y">', ['a link to "b.html#y": the page has no such place']),
    ('<img src="gone.png">', ['a link to "gone.png": there is no such file']),
    ('<p id="x"><p id="x">', ['the id "x" stands twice']),
    ("<p>text href=&#34;c.html&#34;</p>", []),
    ('<a href="../up.html">', ['a link to "../up.html": there is no such file']),
]


@pytest.mark.parametrize(("html", "expected"), CASES, ids=[html for html, _ in CASES])
def test_reports_exactly_what_leads_nowhere(html: str, expected: list[str]) -> None:
    pages = {"a.html": html, "b.html": '<p id="x">'}
    check = LinkCheck(pages, lambda path: ids_of(pages[path]))
    assert [p.message for p in check.problems("a.html", links_of(html))] == expected
