"""The site of the bundled corpus, and a browser that opens it from the disk with the network cut."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import kb.search
from kb.pipeline import read_corpus
from kb.sitegen import SiteSummary, write_site
from kb.store import Base, open_base, write_base
from kb.workspace import find_workspace

ROOT = Path(__file__).parents[2]
AS_OF = date(2018, 10, 24)


class Built(NamedTuple):
    """The base, the site and the search index of the bundled corpus."""

    base: Base
    site: Path
    summary: SiteSummary
    index: Path

    def url(self, page: str) -> str:
        path, mark, rest = page.partition("#") if "#" in page else page.partition("?")
        return (self.site / path).as_uri() + mark + rest


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Built]:
    """Built anew in every run but for the facts, which are stored under a digest of text and rules as `kb build` does."""
    folder = tmp_path_factory.mktemp("built")
    facts = request.config.cache.mkdir("site-facts") if request.config.cache else folder
    space = find_workspace(ROOT, {}, {"build": str(facts)})
    documents, facts, reference, _, problems = read_corpus(space, jobs=2)
    assert problems == []
    write_base(folder / "kb.sqlite", documents, facts, reference, "bundled")
    base = open_base(folder / "kb.sqlite")
    summary = write_site(base, folder / "site", as_of=AS_OF)
    kb.search.build_index(base, folder / "index")
    yield Built(base, folder / "site", summary, folder / "index")
    base.close()
    assert isinstance(base.db, sqlite3.Connection)


class Watched(NamedTuple):
    """A page, what it complained of, and what it asked for beside files."""

    page: Page
    complaints: list[str]


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One context for the pages of a module; nothing is kept between pages, since a page from the disk stores nothing."""
    context = browser.new_context(offline=True)
    yield context
    context.close()


@pytest.fixture
def open_page(context: BrowserContext, built: Built) -> Iterator[Callable[..., Watched]]:
    """Opens a page of the site; fails at the end of the test where it complained or asked anything of others."""
    watched: list[Watched] = []

    def open_one(
        path: str, width: int = 1200, height: int = 900, scheme: Literal["light", "dark"] = "light"
    ) -> Watched:
        one = watch(context.new_page())
        watched.append(one)
        one.page.set_viewport_size({"width": width, "height": height})
        one.page.emulate_media(color_scheme=scheme)
        one.page.goto(built.url(path))
        return one

    yield open_one
    for one in watched:
        one.page.close()
    assert [c for one in watched for c in one.complaints] == []


def watch(page: Page) -> Watched:
    """The page, and from now on all that it complains of or asks for beside files."""
    one = Watched(page, [])
    page.on("console", lambda m: one.complaints.append(f"{page.url}: {m.text}") if m.type != "log" else None)
    page.on("pageerror", lambda error: one.complaints.append(f"{page.url}: {error}"))
    page.on("request", lambda r: None if r.url.startswith("file:") else one.complaints.append(r.url))
    return one
