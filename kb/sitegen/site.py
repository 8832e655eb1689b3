"""The base -> a folder of pages that opens from a disk without a server.

Everything is rendered from the store and the as-of date alone, so the same store and date give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import msgspec
from jinja2 import Template

from kb.paths import data_folder
from kb.problems import Problem
from kb.sitegen.budgets import index_problems, page_problems
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.links import LinkCheck
from kb.sitegen.output import Output
from kb.sitegen.page import Asset, Page
from kb.sitegen.pages import GROUPS
from kb.sitegen.theme import make_environment
from kb.store import Base

Progress = Callable[[str, int, int], None]

NAVIGATION = (
    ("roadmap", "roadmap.html", "Roadmap"),
    ("due", "due.html", "Due"),
    ("documents", "documents.html", "Documents"),
    ("lists", "lists.html", "Lists"),
    ("measures", "measures.html", "Measures"),
    ("bodies", "bodies.html", "Bodies"),
    ("fields", "fields.html", "Fields"),
    ("coverage", "coverage.html", "Coverage"),
    ("questions", "questions.html", "Questions"),
    ("glossary", "glossary.html", "Glossary"),
    ("about", "about.html", "About"),
    ("search", "search.html", "Search"),
)


class SiteSummary(msgspec.Struct, frozen=True):
    """What was written: pages in all, pages that differ from the published ones; links that lead nowhere, pages too heavy."""

    total: int
    written: int
    problems: tuple[Problem, ...]


def write_site(
    base: Base,
    out: Path,
    *,
    previous: Path | None = None,
    as_of: date,
    notes: Path | None = None,
    progress: Progress = lambda *_: None,
    base_url: str = "",
) -> SiteSummary:
    """Write the site below `out`. Files equal to those of `previous` become links to them.

    `base_url` is where the site will be served; with it there is a sitemap. Raises NotOursError where `out` holds files of
    others.
    """
    output = Output(out, previous)
    catalogue = Catalogue(base, as_of, notes)
    environment = make_environment(data_folder("site") / "templates")
    check = LinkCheck()
    shared = {"as_of": as_of, "navigation": NAVIGATION, "corpus": base.digest[:12]}
    written = 0
    sizes: dict[str, int] = {}
    found = [x for group in GROUPS for x in group(catalogue)]
    pages = [x for x in found if isinstance(x, Page)]
    for done, page in enumerate(pages, 1):
        before = output.written
        html = _render(environment.get_template(page.template), page, shared)
        check.read(page.path, html)
        content = html.encode()
        sizes[page.path] = len(content)
        output.add(page.path, content)
        written += output.written - before
        progress("site", done, len(pages))
    for asset in (x for x in found if isinstance(x, Asset)):
        output.add(asset.path, asset.content)
    for name, content in _assets(data_folder("site") / "assets"):
        output.add(f"assets/{name}", content)
    if base_url:
        output.add("sitemap.xml", _sitemap(base_url, (p.path for p in pages)))
    index = sum(len(x.content) for x in found if isinstance(x, Asset) and x.path.startswith("data/search-"))
    text = sum(len(catalogue.document(meta.id).text.encode()) for meta in catalogue.metas)
    heavy = (*page_problems(sizes.items()), *index_problems(index, text))
    return SiteSummary(len(pages), written, tuple(sorted((*check.problems(output.files), *heavy))))


def _render(template: Template, page: Page, shared: dict[str, object]) -> str:
    up = "../" * page.path.count("/")
    return template.render(**shared, **page.context, page=page, up=up)


def _assets(folder: Path) -> Iterable[tuple[str, bytes]]:
    return ((f.name, f.read_bytes()) for f in sorted(folder.iterdir()) if f.is_file())


def _sitemap(base_url: str, paths: Iterable[str]) -> bytes:
    from xml.sax.saxutils import escape  # noqa: PLC0415

    rows = "".join(f"<url><loc>{escape(base_url.rstrip('/') + '/' + path)}</loc></url>\n" for path in sorted(paths))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()
