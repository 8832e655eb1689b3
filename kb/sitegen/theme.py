"""Templates of site/ and what they may call. Autoescaping is on for all of them; an unknown name is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from kb.sitegen import pieces
from kb.sitegen.prose import plain, shorten
from kb.sitegen.words import MODALITIES, STATUSES, capital, count, day, region, words


def make_environment(templates: Path) -> Environment:
    """The environment that renders every page of one site."""
    environment = Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        bytecode_cache=_bytecode_cache(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    filters: dict[str, Any] = {
        "day": day,
        "plain": plain,
        "shorten": shorten,
        "words": words,
        "count": count,
        "capital": capital,
        "region": region,
    }
    environment.filters.update(filters)
    environment.globals.update(
        MODALITIES=MODALITIES,
        STATUSES=STATUSES,
        who=pieces.who,
        status=pieces.status,
        claimed=pieces.claimed,
        item_rows=pieces.ItemRows(),
        units=pieces.units,
    )
    return environment


def _bytecode_cache() -> BytecodeCache | None:
    """Compiled templates of earlier builds, in a folder of the system's for short-lived files that is this user's alone.

    They are keyed by the template's text and Python's version. None where there is no such folder: compiling takes 0.2 s.
    """
    try:
        return FileSystemBytecodeCache()
    except (OSError, RuntimeError):
        return None
