"""What a statement as a whole says of a list, by the rows of lists_statements.yaml.

"The specific conditions for entry are formulated by the provincial department" delegates; "is fined between RMB 10,000 and
RMB 50,000" fills no slot of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from kb.rules import Rule, load_rules

Use = Literal[
    "withheld",
    "no-norm",
    "delegates",
    "keeps",
    "makes",
    "general-remedy",
    "basis-gone",
    "elsewhere",
    "points",
    "refers",
]


class StatementRule(Rule, frozen=True, kw_only=True):
    """One form of a statement; `slot` where the form speaks of one."""

    use: Use
    pattern: str
    slot: str = ""


RULES = load_rules(Path(__file__).with_suffix(".yaml"), StatementRule)
_BY_USE: dict[str, tuple[tuple[StatementRule, re.Pattern[str]], ...]] = {
    use: tuple((rule, re.compile(rule.pattern, re.IGNORECASE | re.DOTALL)) for rule in RULES if rule.use == use)
    for use in {rule.use for rule in RULES}
}


def says(use: Use, text: str) -> bool:
    """Whether a row of this use fires in the statement."""
    return any(pattern.search(text) for _, pattern in _BY_USE[use])


def slots_said(use: Use, text: str) -> Iterator[str]:
    """The slots of the rows of this use that fire, in the order of the table."""
    return (rule.slot for rule, pattern in _BY_USE[use] if pattern.search(text))


def rules_in(text: str) -> list[str]:
    """Ids of the rows that fire in `text`, whatever their use."""
    return [rule.id for rows in _BY_USE.values() for rule, pattern in rows if pattern.search(text)]
