"""Pages a second of `kb site`, and of MkDocs on the same text.

    python bench/site.py BASE.sqlite [--mkdocs PATH-OF-MKDOCS] [--rounds 3]

MkDocs gets one Markdown page for each document, with its own theme and search, as people use it; `kb` writes all of its
pages. Prints one JSON object. Times are the best of the rounds; whatever is measured starts from an empty folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kb.sitegen import write_site
from kb.store import open_base


def best_of(rounds: int, work: Callable[[Path], int]) -> tuple[int, float]:
    """Pages, and the shortest time in seconds that it took to write them."""
    times = []
    pages = 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            pages = work(Path(folder))
            times.append(time.perf_counter() - began)
    return pages, min(times)


def kb_site(base: Path) -> Callable[[Path], int]:
    def work(folder: Path) -> int:
        opened = open_base(base)
        try:
            return write_site(opened, folder / "site", as_of=date(2018, 10, 24)).total
        finally:
            opened.close()

    return work


def mkdocs_site(base: Path, mkdocs: str) -> Callable[[Path], int]:
    opened = open_base(base)
    texts = {m.id: document.text for m in opened.metadata() if (document := opened.document(m.id))}
    opened.close()

    def work(folder: Path) -> int:
        (folder / "docs").mkdir()
        (folder / "mkdocs.yml").write_text("site_name: bench\n", encoding="utf-8")
        for ident, text in texts.items():
            (folder / "docs" / f"{ident}.md").write_text(text, encoding="utf-8")
        subprocess.run([mkdocs, "build", "--quiet"], cwd=folder, check=True)
        return len(list((folder / "site").rglob("index.html")))

    return work


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("--mkdocs", default="")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    runs = {"kb": kb_site(given.base)}
    if given.mkdocs:
        runs["mkdocs"] = mkdocs_site(given.base, given.mkdocs)
    out = {}
    for name, work in runs.items():
        pages, seconds = best_of(given.rounds, work)
        out[name] = {"pages": pages, "seconds": round(seconds, 2), "pages_per_second": round(pages / seconds, 1)}
    print(json.dumps(out))


if __name__ == "__main__":
    main()
