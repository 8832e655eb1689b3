"""The base -> a folder of pages that opens from a disk without a server.

Everything is rendered from the store and the as-of date alone, so the same store and date give the same bytes, in
however many processes, and whatever was built before.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from kb.paths import data_folder
from kb.problems import Problem
from kb.sitegen.budgets import index_problems, page_problems
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.jobs import in_processes
from kb.sitegen.kept import Kept, Parts
from kb.sitegen.links import LinkCheck, links_of
from kb.sitegen.output import KEPT, Output, Published
from kb.sitegen.page import Asset, Page
from kb.sitegen.pages import GROUPS
from kb.sitegen.press import Press, Printed
from kb.sitegen.prose import safe
from kb.sitegen.state import File, Keys, State, read_state, theme_digest, whole_key, write_state
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
    """What was written: pages in all, pages that differ from the published ones; the bytes of the search index; problems."""

    total: int
    written: int
    index: int
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
    jobs: int = 1,
) -> SiteSummary:
    """Write the site below `out`. What did not change since `previous` becomes a link to its files, and is not made again.

    `base_url` is where the site will be served; with it there is a sitemap. Raises NotOursError where `out` holds files of
    others.
    """
    output = Output(out, previous)
    before = read_state(output.previous.folder if output.previous else None)
    theme = theme_digest()
    whole = whole_key(base, as_of, notes, base_url, theme)
    if before.clean and before.whole == whole and _keep_all(output, before):
        printed = [Printed(path, file, False, None) for path, file in before.files.items()]
        problems: list[Problem] = []
    else:
        with _without_collections():
            shared = {"as_of": as_of, "navigation": NAVIGATION}
            keys = Keys(theme, shared, base.reference)
            kept = Kept(keys.shared, output.previous.kept() if output.previous else b"")
            catalogue = Catalogue(base, as_of, notes, kept)
            press = Press(output, make_environment(data_folder("site") / "templates"), keys, shared, before)
            printed = _print(press, catalogue, jobs, progress)
            if base_url:
                pages = sorted(p.path for p in printed if p.is_page)
                printed += press.print([Asset("sitemap.xml", _sitemap(base_url, pages))])
            output.add(KEPT, kept.stored(catalogue.meta))
            problems = sorted((*_broken_links(printed, before, out), *_too_heavy(printed, catalogue)))
    write_state(out, State(whole, not problems, {p.path: p.file for p in printed}))
    own = [p for p in printed if p.is_page]
    return SiteSummary(len(own), sum(p.written for p in own), _index_bytes(printed), tuple(problems))


def is_intact(folder: Path) -> bool:
    """Whether every file of the site stands as it was published."""
    published, files = Published(folder), read_state(folder).files
    return bool(files) and all(published.has(path, file.size) for path, file in files.items())


def _keep_all(output: Output, before: State) -> bool:
    """Take over the whole site; False where somebody changed one of its files."""
    if output.previous is None or not is_intact(output.previous.folder):
        return False
    if not all(output.keep(path, file.size) for path, file in before.files.items()):
        return False
    output.add(KEPT, output.previous.kept())
    return True


def _print(press: Press, catalogue: Catalogue, jobs: int, progress: Progress) -> list[Printed]:
    """Everything but the sitemap, group by group."""
    assets = [Asset(f"assets/{name}", content) for name, content in _assets(data_folder("site") / "assets")]
    work = [partial(_print_group, press, group, catalogue) for group in (*GROUPS, lambda _: iter(assets))]
    printed: list[Printed] = []
    for done, (found, parts) in enumerate(in_processes(work, jobs), 1):
        printed += found
        catalogue.kept.add(parts)
        progress("site", done, len(work))
    return printed


def _print_group(
    press: Press, group: Callable[[Catalogue], Iterator[Page | Asset]], catalogue: Catalogue
) -> tuple[list[Printed], Parts]:
    return press.print(group(catalogue)), catalogue.kept.taken()


def _broken_links(printed: Sequence[Printed], before: State, out: Path) -> Iterator[Problem]:
    """Links that lead nowhere. Of pages that were taken over, only where something that was there before is gone."""
    now = {p.path: p.file for p in printed}
    check = LinkCheck(now, lambda path: now[path].ids)
    again = not before.clean or any(_lost(file, now.get(path)) for path, file in before.files.items())
    for page in (p for p in printed if p.is_page):
        if page.links is not None:
            yield from check.problems(page.path, page.links)
        elif again:
            yield from check.problems(page.path, links_of((out / page.path).read_text(encoding="utf-8")))


def _lost(old: File, new: File | None) -> bool:
    """Whether a file or one of its places is gone."""
    return new is None or (old.ids != new.ids and not set(old.ids.split("\n")) <= set(new.ids.split("\n")))


def _too_heavy(printed: Sequence[Printed], catalogue: Catalogue) -> Iterator[Problem]:
    yield from page_problems((p.path, p.file.size) for p in printed if p.is_page)
    text = sum(len(catalogue.document(meta.id).text.encode()) for meta in catalogue.metas)
    yield from index_problems(_index_bytes(printed), text)


def _index_bytes(printed: Sequence[Printed]) -> int:
    return sum(p.file.size for p in printed if p.path.startswith("data/search-"))


@contextmanager
def _without_collections() -> Iterator[None]:
    """A build makes many records and no cycles: collections of garbage look at all of them again and find nothing."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _assets(folder: Path) -> Iterable[tuple[str, bytes]]:
    return ((f.name, f.read_bytes()) for f in sorted(folder.iterdir()) if f.is_file())


def _sitemap(base_url: str, paths: Iterable[str]) -> bytes:
    rows = "".join(f"<url><loc>{safe(base_url.rstrip('/') + '/' + path)}</loc></url>\n" for path in paths)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()
