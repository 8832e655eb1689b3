"""Pages a second of `kb site`, and of MkDocs on the same text.

    python bench/site.py BASE.sqlite [--mkdocs-python PYTHON] [--jobs 2] [--passes 4] [--folder DIR]

Measured are
  full          every page from an empty folder, in one process
  full-jobs     the same in --jobs processes
  unchanged     nothing changed since the published site
  one-changed   a sentence was added to one document (the middle one by length), which was parsed and read again
  mkdocs        every page from an empty folder, with MkDocs' own defaults (theme, search)

`kb` writes all of its pages, with downloads, calendars, the search index, and checks all links. MkDocs gets the same
text: one Markdown page a document (`documents`), and, since what costs time is the text and not the number of files, all
of it also cut into as many pages as `kb` writes (`cut`). MkDocs builds all pages whatever changed.

Each runs in a process of its own that has its modules loaded before the clock starts, once to warm up, then three times,
into --folder (a disk or a memory file system, the same for all); all take turns in `--passes`. Prints one JSON object:
pages, and the best wall time and processor time (of all processes) with pages a second of each; the best, since what else
a machine does only adds. `times_mkdocs` compares every way with MkDocs on whole documents: `pages_…` divides pages a second, `text_…` divides
the seconds that the same text takes, which no number of pages can flatter.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from kb.extract import extract_facts, resolve_facts
from kb.model import Document, Source
from kb.parse import parse_document
from kb.sitegen import write_site
from kb.store import Base, open_base, write_base

_CLOCK = """
import json, resource, shutil, sys, time
def used():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)
def measure(work, before, rounds=3):
    times = []
    for _ in range(rounds + 1):
        before()
        wall, cpu = time.perf_counter(), used()
        work()
        times.append((time.perf_counter() - wall, used() - cpu))
    print(json.dumps(times[1:]))
"""
_KB = """
from datetime import date
from pathlib import Path
from kb.sitegen import write_site
from kb.store import open_base
base, published, site, jobs = *map(Path, sys.argv[1:4]), int(sys.argv[4])
def work():
    opened = open_base(base)
    previous = published if published.is_dir() else None
    write_site(opened, site, previous=previous, as_of=date(2018, 10, 24), jobs=jobs)
    opened.close()
measure(work, lambda: shutil.rmtree(site, ignore_errors=True))
"""
_MKDOCS = """
import logging
from mkdocs.commands.build import build
from mkdocs.config import load_config
config, site = sys.argv[1:3]
logging.disable(logging.CRITICAL)
measure(lambda: build(load_config(config)), lambda: shutil.rmtree(site, ignore_errors=True))
"""

Measured = dict[str, float]


class Way(NamedTuple):
    """A way to build a site: a Python, a script, its arguments, and where the site comes to stand."""

    python: str
    script: str
    arguments: tuple[str, ...]
    site: Path

    def times(self) -> list[tuple[float, float]]:
        """Wall and processor seconds of a few rounds, in a process of its own."""
        command = [self.python, "-c", _CLOCK + self.script, *self.arguments]
        return [
            (w, c) for w, c in json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        ]


def ways_of_kb(base: Path, folder: Path, jobs: int) -> dict[str, Way]:
    """All ways to build the site of the base; the published one is written first."""
    changed, published = folder / "changed.sqlite", folder / "published"
    write_changed(base, changed)
    opened = open_base(base)
    write_site(opened, published, as_of=date(2018, 10, 24))
    opened.close()

    def way(name: str, base: Path, previous: Path, jobs: int) -> Way:
        return Way(sys.executable, _KB, (str(base), str(previous), str(folder / name), str(jobs)), folder / name)

    return {
        "full": way("full", base, folder / "none", 1),
        "full-jobs": way("full-jobs", base, folder / "none", jobs),
        "unchanged": way("unchanged", base, published, 1),
        "one-changed": way("one-changed", changed, published, 1),
    }


def measured(ways: Mapping[str, Way], passes: int) -> dict[str, Measured]:
    """The best times of each way; all take turns, so that what else the machine does meets all of them."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(passes):
        for name, way in ways.items():
            times[name] += way.times()
    return {name: _rates(way.site, times[name]) for name, way in ways.items()}


def _rates(site: Path, times: list[tuple[float, float]]) -> Measured:
    wall, cpu = (min(column) for column in zip(*times, strict=True))
    pages = sum(1 for p in site.rglob("*.html") if p.name != "404.html")
    return {
        "pages": pages,
        "wall_seconds": round(wall, 3),
        "processor_seconds": round(cpu, 3),
        "pages_per_second": round(pages / wall, 1),
        "pages_per_processor_second": round(pages / cpu, 1),
    }


def write_changed(base: Path, path: Path) -> None:
    """The base after a sentence was added to its middle document."""
    opened = open_base(base)
    documents = {m.id: _document(opened, m.id) for m in opened.metadata()}
    facts = {ident: opened.facts(ident) for ident in documents}
    by_length = sorted(documents.values(), key=lambda d: (len(d.text), d.id))
    old = by_length[len(by_length) // 2]
    body = old.text.rstrip("\n") + "\n\nThe departments concerned shall publish a report on this by the end of 2019.\n"
    new = parse_document(Source(path=old.path, meta=old.meta, body=body, body_line=1, sha256=""))
    documents[old.id] = msgspec.structs.replace(new, sha256=old.sha256[::-1])
    facts[old.id] = extract_facts(documents[old.id], opened.reference)
    resolved = resolve_facts(list(facts.values()), list(documents.values()), opened.reference)
    write_base(path, list(documents.values()), resolved, opened.reference, opened.digest[::-1])
    opened.close()


def _document(base: Base, ident: str) -> Document:
    if (found := base.document(ident)) is None:
        raise KeyError(ident)
    return found


def ways_of_mkdocs(python: str, base: Path, folder: Path, cut: int) -> dict[str, Way]:
    """MkDocs on a page for each document, and on about `cut` pages of the same text."""
    opened = open_base(base)
    texts = {m.id: _document(opened, m.id).text for m in opened.metadata()}
    opened.close()
    size = sum(map(len, texts.values())) // cut
    pieces = {f"{ident}-{n}": piece for ident, text in texts.items() for n, piece in enumerate(_cut(text, size), 1)}
    found = {}
    for name, pages in (("mkdocs-documents", texts), ("mkdocs-cut", pieces)):
        config, site = _project(pages, folder / name), folder / name / "site"
        found[name] = Way(python, _MKDOCS, (str(config), str(site)), site)
    return found


def _cut(text: str, size: int) -> list[str]:
    """The text in pieces of about this many characters, cut between paragraphs."""
    pieces, rest = [], text
    while len(rest) > size and (at := rest.find("\n\n", size)) >= 0:
        pieces.append(rest[:at])
        rest = rest[at:].lstrip("\n")
    return [*pieces, rest]


def _project(pages: dict[str, str], folder: Path) -> Path:
    """A project of MkDocs with these pages; returns its configuration."""
    (folder / "docs").mkdir(parents=True)
    for name, text in pages.items():
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text("site_name: bench\n", encoding="utf-8")
    return config


def compared(found: dict[str, Measured]) -> dict[str, dict[str, float]]:
    """Every way of kb beside MkDocs on whole documents."""
    other = found["mkdocs-documents"]
    return {
        name: {
            "pages_wall": round(one["pages_per_second"] / other["pages_per_second"], 1),
            "pages_processor": round(one["pages_per_processor_second"] / other["pages_per_processor_second"], 1),
            "text_wall": round(other["wall_seconds"] / one["wall_seconds"], 1),
            "text_processor": round(other["processor_seconds"] / one["processor_seconds"], 1),
        }
        for name, one in found.items()
        if not name.startswith("mkdocs")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    parser.add_argument("--mkdocs-python", default="", help="a Python that has MkDocs")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--passes", type=int, default=4)
    parser.add_argument(
        "--folder", type=Path, help="where the sites are written (default: the system's for short-lived files)"
    )
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kb-bench-", dir=given.folder))
    try:
        ways = ways_of_kb(given.base.resolve(), folder, given.jobs)
        if given.mkdocs_python:
            cut = sum(1 for _ in (folder / "published").rglob("*.html"))
            ways |= ways_of_mkdocs(given.mkdocs_python, given.base, folder, cut)
        found = measured(ways, given.passes)
    finally:
        shutil.rmtree(folder)
    result = {**found, **({"times_mkdocs": compared(found)} if given.mkdocs_python else {})}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
