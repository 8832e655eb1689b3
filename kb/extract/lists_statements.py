"""What a statement as a whole says of a list, by the rows of lists_statements.yaml.

"The specific conditions for entry are formulated by the provincial department" delegates; "is fined between RMB 10,000 and
RMB 50,000" fills no slot of a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kb.extract.lists_patterns import Patterns, words_of
from kb.rules import Rule, load_rules

Use = Literal[
    "withheld",
    "no-norm",
    "delegates",
    "keeps",
    "targets",
    "listed",
    "joint-targets",
    "makes",
    "general-remedy",
    "general-credit",
    "general-punishment",
    "basis-gone",
    "elsewhere",
    "points",
    "refers",
    "points-back",
    "all-lists",
    "preceding",
    "objected",
    "defends",
]


class StatementRule(Rule, frozen=True, kw_only=True):
    """One form of a statement; `slot` where the form speaks of one."""

    use: Use
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    slot: str = ""


RULES = load_rules(Path(__file__).with_suffix(".yaml"), StatementRule)
_PATTERNS = Patterns([rule.patterns for rule in RULES])
_UNLESS = Patterns([rule.unless for rule in RULES])


@lru_cache(maxsize=4096)
def _fired(text: str) -> tuple[StatementRule, ...]:
    """The rows that fire in a statement, in the order of the table."""
    words = words_of(text)
    numbers = _PATTERNS.fired(words)
    shut_out = _UNLESS.fired(words) if numbers else ()
    return tuple(RULES[number] for number in numbers if number not in shut_out)


def says(use: Use, text: str) -> bool:
    """Whether a row of this use fires in the statement."""
    return any(rule.use == use for rule in _fired(text))


def slots_said(use: Use, text: str) -> Iterator[str]:
    """The slots of the rows of this use that fire, in the order of the table."""
    return (rule.slot for rule in _fired(text) if rule.use == use)


def all_said(text: str) -> list[str]:
    """Ids of all rows that fire in `text`."""
    return [rule.id for rule in _fired(text)]


def rules_in(text: str, use: Use) -> list[str]:
    """Ids of the rows of a use that fire in `text`."""
    return [rule.id for rule in _fired(text) if rule.use == use]
