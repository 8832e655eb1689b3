"""Pages a second of `kb site`, and of MkDocs on the same text.

    python bench/site.py BASE.sqlite [--mkdocs-python PYTHON] [--jobs 2] [--rounds 5] [--folder DIR]

Measured are
  full          every page from an empty folder, in one process
  full-jobs     the same in --jobs processes
  unchanged     nothing changed since the published site
  one-changed   a sentence was added to one document (the middle one by length), which was parsed and read again
  mkdocs        every page from an empty folder, with MkDocs' own defaults (theme, search)

`kb` writes all of its pages, with downloads, calendars, the search index, and checks all links. MkDocs gets the same
text: one Markdown page a document (`documents`), and, since what costs time is the text and not the number of files, all
of it also cut into as many pages as `kb` writes (`cut`). MkDocs builds all pages whatever changed.

Each runs in a process of its own that has its modules loaded before the clock starts, once to warm up, then `--rounds`
times, all into --folder (a disk or a memory file system, the same for all). Prints one JSON object: pages, and medians of
wall time and of processor time (of all processes) with pages a second of each. `times_mkdocs` divides pages a second by
those of MkDocs on whole documents, by wall and by processor time; `text_times_mkdocs` divides the seconds that the same
text takes, which no number of pages can flatter.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from kb.extract import extract_facts, resolve_facts
from kb.model import Document, Source
from kb.parse import parse_document
from kb.store import Base, open_base, write_base

_CLOCK = """
import json, os, shutil, sys, time
def used():
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system
def measure(work, before, rounds):
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
base, published, site, jobs, rounds = *map(Path, sys.argv[1:4]), int(sys.argv[4]), int(sys.argv[5])
def work():
    opened = open_base(base)
    previous = published if published.is_dir() else None
    write_site(opened, site, previous=previous, as_of=date(2018, 10, 24), jobs=jobs)
    opened.close()
measure(work, lambda: shutil.rmtree(site, ignore_errors=True), rounds)
"""
_MKDOCS = """
import logging
from mkdocs.commands.build import build
from mkdocs.config import load_config
config, site, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
logging.disable(logging.CRITICAL)
measure(lambda: build(load_config(config)), lambda: shutil.rmtree(site, ignore_errors=True), rounds)
"""

Measured = dict[str, float]


def measured(python: str, script: str, site: Path, *arguments: object) -> Measured:
    """The medians of one way to build `site`."""
    command = [python, "-c", _CLOCK + script, *map(str, arguments)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wall, cpu = (statistics.median(times) for times in zip(*json.loads(out), strict=True))
    pages = sum(1 for p in site.rglob("*.html") if p.name != "404.html")
    return {
        "pages": pages,
        "wall_seconds": round(wall, 3),
        "processor_seconds": round(cpu, 3),
        "pages_per_second": round(pages / wall, 1),
        "pages_per_processor_second": round(pages / cpu, 1),
    }


def measure_kb(base: Path, folder: Path, jobs: int, rounds: int) -> dict[str, Measured]:
    """All ways to build the site of the base."""
    changed = folder / "changed.sqlite"
    write_changed(base, changed)
    site, published, none = folder / "site", folder / "published", folder / "none"
    ways = {"full": (base, none, 1), "full-jobs": (base, none, jobs)}
    found = {name: measured(sys.executable, _KB, site, b, p, site, j, rounds) for name, (b, p, j) in ways.items()}
    site.rename(published)
    ways = {"unchanged": (base, published, 1), "one-changed": (changed, published, 1)}
    found |= {name: measured(sys.executable, _KB, site, b, p, site, j, rounds) for name, (b, p, j) in ways.items()}
    return found


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


def measure_mkdocs(python: str, base: Path, folder: Path, cut: int, rounds: int) -> dict[str, Measured]:
    """MkDocs on a page for each document, and on about `cut` pages of the same text."""
    opened = open_base(base)
    texts = {m.id: _document(opened, m.id).text for m in opened.metadata()}
    opened.close()
    size = sum(map(len, texts.values())) // cut
    pieces = {f"{ident}-{n}": piece for ident, text in texts.items() for n, piece in enumerate(_cut(text, size), 1)}
    found = {}
    for name, pages in (("mkdocs-documents", texts), ("mkdocs-cut", pieces)):
        config = _project(pages, folder / name)
        found[name] = measured(python, _MKDOCS, folder / name / "site", config, folder / name / "site", rounds)
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
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--folder", type=Path, help="where the sites are written (default: the system's for short-lived files)"
    )
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kb-bench-", dir=given.folder))
    try:
        found = measure_kb(given.base.resolve(), folder, given.jobs, given.rounds)
        if given.mkdocs_python:
            cut = int(found["full"]["pages"])
            found |= measure_mkdocs(given.mkdocs_python, given.base, folder, cut, given.rounds)
    finally:
        shutil.rmtree(folder)
    result = {**found, **({"times_mkdocs": compared(found)} if given.mkdocs_python else {})}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
