"""A calendar and a feed for each body, field and list that has something coming, the same as kb.export writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.export.atom import feed
from kb.export.ics import calendar
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.pages.subscriptions import NAME, Writer, groups, is_coming
from kb.store import open_base

AS_OF = date(2018, 10, 24)


@pytest.fixture(scope="module")
def catalogue(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    base = open_base(world.write(tmp_path_factory.mktemp("base") / "kb.sqlite"))
    yield Catalogue(base, AS_OF)
    base.close()


def test_a_file_has_the_bytes_of_the_export(catalogue: Catalogue) -> None:
    writer, coming = Writer(catalogue), [i for i in catalogue.items if is_coming(i)]
    assert len(coming) > 1
    for items in (coming, coming[:1], coming[1:], []):
        rows = catalogue.due_rows(items)
        assert writer.calendar(f"{NAME}: x", items) == calendar(rows, AS_OF, f"{NAME}: x")
        assert writer.feed(f"{NAME}: x", items) == feed(rows, (), AS_OF, f"{NAME}: x")


def test_every_file_is_linked_from_its_page(catalogue: Catalogue, site: Path) -> None:
    found = [path for _, path, _ in groups(catalogue)]
    assert "data/bodies/ndrc" in found
    for path in found:
        html = (site / f"{path.removeprefix('data/')}.html").read_text(encoding="utf-8")
        for ending in ("ics", "atom"):
            assert f'href="../{path}.{ending}"' in html
            assert (site / f"{path}.{ending}").is_file()
    assert {str(p.relative_to(site).with_suffix("")) for p in (site / "data").glob("*/*")} == set(found)
