"""An engine of plain dicts, which says what the Whoosh index must say; and small sets of passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kb.search import Index, build_index
from kb.search.records import Passage, Tables
from kb.search.words import STEMS, han_grams, words
from kb.store import open_base


class MemoryEngine:
    """records.Engine over a list of passages, without an index."""

    def __init__(self, passages: Sequence[Passage], tables: Tables | None = None) -> None:
        self.tables = tables or Tables()
        self._passages = list(passages)
        self.size = len(self._passages)
        self._fields = {
            "text": [Counter(STEMS.of(p.text)) for p in passages],
            "head": [Counter(STEMS.of("\n".join((*p.headings, p.label)))) for p in passages],
            "han": [Counter(set(han_grams(p.text))) for p in passages],
            "tags": [Counter(set(p.tags)) for p in passages],
        }

    def postings(self, field: str, term: str) -> tuple[Sequence[int], Sequence[float]]:
        found = [(n, float(c[term])) for n, c in enumerate(self._fields[field]) if term in c]
        return [n for n, _ in found], [c for _, c in found]

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        return iter(sorted({t for c in self._fields[field] for t in c if t.startswith(prefix)}))

    def lengths(self, field: str) -> Sequence[int]:
        return [c.total() for c in self._fields[field]]

    def mean_length(self, field: str) -> float:
        return sum(self.lengths(field)) / self.size if self.size else 0.0

    def section(self, number: int) -> int:
        key = (self._passages[number].document, self._passages[number].headings)
        return [(p.document, p.headings) for p in self._passages].index(key)

    def passage(self, number: int) -> Passage:
        return self._passages[number]

    def numbers(self) -> Sequence[int]:
        return range(self.size)

    def surfaces(self) -> dict[str, int]:
        return dict(Counter(w for p in self._passages for w in words(p.text)))


@pytest.fixture(scope="session")
def memory_index() -> Callable[..., Index]:
    """Makes an index of passages, given as records or as texts."""

    def make(*passages: Passage | str, tables: Tables | None = None) -> Index:
        made = [p if isinstance(p, Passage) else Passage(f"d#p{i}", "d", p) for i, p in enumerate(passages, 1)]
        return Index(MemoryEngine(made, tables))

    return make


@pytest.fixture(scope="session")
def built(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with the base and the index of the small world."""
    folder = tmp_path_factory.mktemp("search") / "kb-build"
    base = open_base(world.write(folder / "kb.sqlite"))
    build_index(base, folder / "index")
    base.close()
    return folder
