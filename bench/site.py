"""Pages a second of `kb site`, and of MkDocs on the same text.

    python bench/site.py BASE.sqlite [--mkdocs-python PYTHON] [--rounds 5]

MkDocs gets one Markdown page for each document and its own defaults (theme, search), as people use it. `kb` writes all
of its pages, with the downloads, the search index and the check of all links. Each runs in a process of its own that has
its modules loaded before the clock starts, once to warm up (compiled templates, files in memory), then `--rounds` times
from an empty folder to a complete site. Prints one JSON object: pages, bytes of HTML, and the medians of wall time and of
processor time with pages a second of each; `ratio` is that of pages a second by processor time, which a busy machine
disturbs least.
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

from kb.store import open_base

_CLOCK = """
import json, shutil, sys, time
def measure(work, site, rounds):
    times = []
    for n in range(rounds + 1):
        shutil.rmtree(site, ignore_errors=True)
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    print(json.dumps(times[1:]))
"""
_KB = """
from datetime import date
from pathlib import Path
from kb.sitegen import write_site
from kb.store import open_base
base, site, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
def work():
    opened = open_base(Path(base))
    write_site(opened, site, as_of=date(2018, 10, 24))
    opened.close()
measure(work, site, rounds)
"""
_MKDOCS = """
import logging
from mkdocs.commands.build import build
from mkdocs.config import load_config
config, site, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
logging.disable(logging.CRITICAL)
measure(lambda: build(load_config(config)), site, rounds)
"""


def measured(python: str, script: str, source: Path, site: Path, rounds: int) -> dict[str, float]:
    """The medians of one tool, and what it wrote."""
    command = [python, "-c", _CLOCK + script, str(source), str(site), str(rounds)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wall, cpu = (statistics.median(times) for times in zip(*json.loads(out), strict=True))
    pages = [p for p in site.rglob("*.html") if p.name != "404.html"]
    return {
        "pages": len(pages),
        "html_bytes": sum(p.stat().st_size for p in pages),
        "wall_seconds": round(wall, 3),
        "processor_seconds": round(cpu, 3),
        "pages_per_second": round(len(pages) / wall, 1),
        "pages_per_processor_second": round(len(pages) / cpu, 1),
    }


def write_markdown(base: Path, folder: Path) -> Path:
    """The documents of the base as a project of MkDocs; returns its configuration."""
    opened = open_base(base)
    (folder / "docs").mkdir(parents=True)
    for meta in opened.metadata():
        if document := opened.document(meta.id):
            (folder / "docs" / f"{meta.id}.md").write_text(document.text, encoding="utf-8")
    opened.close()
    config = folder / "mkdocs.yml"
    config.write_text("site_name: bench\n", encoding="utf-8")
    return config


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    parser.add_argument("--mkdocs-python", default="", help="a Python that has MkDocs")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kb-bench-"))
    try:
        found = {"kb": measured(sys.executable, _KB, given.base.resolve(), folder / "kb", given.rounds)}
        if given.mkdocs_python:
            config = write_markdown(given.base, folder / "mkdocs")
            found["mkdocs"] = measured(given.mkdocs_python, _MKDOCS, config, folder / "mkdocs" / "site", given.rounds)
    finally:
        shutil.rmtree(folder)
    rates = [one["pages_per_processor_second"] for one in found.values()]
    print(json.dumps({**found, **({"ratio": round(rates[0] / rates[1], 1)} if len(rates) > 1 else {})}))


if __name__ == "__main__":
    main()
