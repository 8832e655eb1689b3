"""HTML -> Markdown: the text of a saved page without what surrounds it.

Scripts, styles, forms, menus and pictures are left out, links keep their words alone; nothing is fetched.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Tag
from markdownify import MarkdownConverter

from kb.convert.converted import Converted, RefusedError, joined

MOST_BYTES = 50 * 2**20
_ACTIVE = [
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "link", "meta"),
    *("form", "button", "input", "select", "textarea", "img", "picture", "video", "audio"),
]
_AROUND = ["nav", "aside", "footer", "header"]
_MAIN = 0.5  # share of a page's characters that its marked main part must hold to be taken for the document
_BLANK = re.compile(r"\n\s*\n")
_STARTS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def read_html(data: bytes) -> Converted:
    """The text of an HTML file, in the encoding that it declares; raises RefusedError."""
    if len(data) > MOST_BYTES:
        hint = "save the part that holds the document alone"
        raise RefusedError(f"the page has more than {MOST_BYTES // 2**20} MB", hint)
    soup = BeautifulSoup(data, "lxml")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(_ACTIVE):
        tag.decompose()
    main = _main_part(soup)
    for tag in main.find_all(_AROUND):
        tag.decompose()
    _letter_points(main)
    converter = MarkdownConverter(
        heading_style="atx",
        bullets="-",
        sup_symbol="<sup>",
        strip=["a"],
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    text = joined(_BLANK.split(converter.convert_soup(main)))
    if not text.strip():
        raise RefusedError(
            "the page holds no text", "it may fill itself by script: save it from the browser as it is shown"
        )
    has_heading = text.startswith("#") or "\n# " in text
    return Converted(text if has_heading or not title else f"# {title}\n\n{text}")


def _main_part(soup: BeautifulSoup) -> Tag:
    """The element marked as the main part, where it holds most of the text, else the body."""
    body = soup.body or soup
    whole = len(body.get_text())
    for selector in ("main", "[role=main]", "article"):
        found = soup.select_one(selector)
        if found is not None and len(found.get_text()) >= _MAIN * whole:
            return found
    return body


def _letter_points(main: Tag) -> None:
    """Points that the browser letters ("type=a") get their letter as text, since Markdown would count them 1, 2."""
    for numbered in main.find_all("ol", type=lambda kind: kind in _STARTS):
        letters = _STARTS[str(numbered["type"])]
        for number, point in enumerate(numbered.find_all("li", recursive=False)):
            point.name = "p"
            point.insert(0, f"({letters[number % len(letters)]}) ")
        numbered.name = "div"
