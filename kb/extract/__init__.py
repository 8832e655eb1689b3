"""Third stage: Document -> Facts. The only folder that knows spaCy.

The order of the readers: citations, definitions, times (none inside a citation), items, lists. They are loaded when one of
the names below is first asked for: who wants the key of a document number alone (`kb site`) does not load spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.extract.extractor import extract_facts
    from kb.extract.resolve import resolve_facts
    from kb.extract.times import explain, read_text_times

__all__ = ["explain", "extract_facts", "read_text_times", "resolve_facts"]

_HOME = {"explain": "times", "extract_facts": "extractor", "read_text_times": "times", "resolve_facts": "resolve"}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
