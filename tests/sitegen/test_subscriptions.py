"""A calendar and a feed for each body, field and list that has something coming, the same as kb.export writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.export.atom import feed
from kb.export.ics import calendar
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.pages.subscriptions import NAME, Writer, groups
from kb.store import open_base

AS_OF = date(2018, 10, 24)


@pytest.fixture(scope="module")
def catalogue(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    base = open_base(world.write(tmp_path_factory.mktemp("base") / "kb.sqlite"))
    yield Catalogue(base, AS_OF)
    base.close()


def test_a_file_has_the_bytes_of_the_export(catalogue: Catalogue) -> None:
    writer = Writer(catalogue)
    assert len(writer.rows) > 1
    for rows in (writer.rows, writer.rows[:1], writer.rows[1:], []):
        ics, atom = writer.files("data/x", f"{NAME}: x", rows)
        assert ics.content == calendar(rows, AS_OF, f"{NAME}: x")
        assert atom.content == feed(rows, (), AS_OF, f"{NAME}: x")


def test_every_file_is_linked_from_its_page(catalogue: Catalogue, site: Path) -> None:
    found = [path for _, path, _ in groups(catalogue)]
    assert "bodies/ndrc.html" in found
    for path in found:
        html = (site / path).read_text(encoding="utf-8")
        for ending in ("ics", "atom"):
            file = f"data/{path.removesuffix('.html')}.{ending}"
            assert f'href="../{file}"' in html
            assert (site / file).is_file()
    written = {p.relative_to(site / "data").with_suffix("").as_posix() for p in (site / "data").glob("*/*")}
    assert written == {p.removesuffix(".html") for p in found}
