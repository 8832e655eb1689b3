"""The site of the small base, written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.sitegen import SiteSummary, write_site
from kb.store import open_base

AS_OF = date(2018, 10, 24)


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Path, SiteSummary]]:
    """Writes the site of a world to a new folder."""

    def write_one(world: Any, as_of: date = AS_OF, **more: Any) -> tuple[Path, SiteSummary]:
        folder = tmp_path_factory.mktemp("site")
        base = open_base(world.write(folder / "kb.sqlite"))
        try:
            return folder / "www", write_site(base, folder / "www", as_of=as_of, **more)
        finally:
            base.close()

    return write_one


@pytest.fixture(scope="session")
def site(world: Any, write: Callable[..., tuple[Path, SiteSummary]]) -> Path:
    """The folder of the small base's site."""
    return write(world)[0]
