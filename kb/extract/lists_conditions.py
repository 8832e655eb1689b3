"""The criteria of entry within a sentence, by the rows of lists_conditions.yaml.

"Units that owe wages, or that have caused accidents, are entered on the list" has two; "Defaulters are entered" none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kb.rules import Rule, load_rules

Stretch = tuple[int, int]


class ConditionRule(Rule, frozen=True, kw_only=True):
    """A shape of sentence; `unless` is searched in what its group holds."""

    use: Literal["lead", "condition"]
    pattern: str
    unless: str = ""
    joint: str = ""


@dataclass(frozen=True, slots=True)
class _Shape:
    rule: ConditionRule
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    joint: re.Pattern[str] | None


_LISTED = r"(?:entered|placed|included|put|listed|recorded|registered|added|transferred|moved|blacklisted|redlisted|designated|named|selected|nominated|inserted|enrolled)\b"
_PASSIVE = rf"(?:shall|may|must|should|will|is|are|be)\s+(?:(?:to|be|also|likewise|directly|jointly|then|all)\s+){{0,3}}{_LISTED}"
_ACTIVE = (
    r"(?:(?:shall|may|must|should|will|is to|are to|to)\s+(?:also\s+|jointly\s+|promptly\s+)?(?:enter|place|include|put|list|record|add|transfer|move|blacklist|designate|identify|register)"
    r"|(?:enters|places|puts|lists|adds|records|includes|transfers|moves))\b"
)
RULES = load_rules(Path(__file__).with_suffix(".yaml"), ConditionRule)


def _compiled(rule: ConditionRule) -> _Shape:
    def build(pattern: str) -> re.Pattern[str] | None:
        full = pattern.replace("{enter}", rf"\b(?:{_PASSIVE}|{_ACTIVE})").replace("{passive}", _PASSIVE)
        return re.compile(full, re.IGNORECASE | re.DOTALL) if pattern else None

    pattern = build(rule.pattern)
    if pattern is None:
        raise ValueError(f"rule {rule.id} has no pattern")
    return _Shape(rule, pattern, build(rule.unless), build(rule.joint))


_SHAPES = tuple(_compiled(rule) for rule in RULES)
_TOGETHER = re.compile(
    r"\b(?:listed|included|entered|placed|designated|put) (?:on it |on the (?:\w+ )?list )?(?:together|along|jointly|as well|too|likewise)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r",\s+")
_INLINE = re.compile(r"\bfollowing\b[^:]{0,80}:\s+(?=[a-z]+ing\b)")
_NEXT_ACT = re.compile(r",\s+(?:or\s+|and\s+)?(?=[a-z]+ing\b)|\s+or\s+(?=[a-z]+ing\b)|;\s+(?:or\s+)?")


def main_clause(text: str, conditions: Sequence[Stretch]) -> int:
    """Where the clause behind the conditions begins: "Where it owes wages, | the unit and its head are listed"; -1 for none."""
    end = conditions[-1][1]
    follows = _FOLLOWS.match(text, end)
    return follows.end() if text[:1] in "WI" and follows else -1


def inline_points(text: str) -> list[Stretch]:
    """Criteria that stand in the sentence itself: "one of the following acts: forging papers, or refusing to pay." """
    opening = _INLINE.search(text)
    if not opening:
        return []
    spans, at = [], opening.end()
    for joint in _NEXT_ACT.finditer(text, opening.end()):
        spans.append((at, joint.start()))
        at = joint.end()
    return [*spans, (at, len(text.rstrip(" .;")))]


def entry_conditions(text: str) -> list[Stretch]:
    """The criteria within a sentence on entry, as offsets in it; the whole of it where none is laid down."""
    if not _TOGETHER.search(text):
        for shape in _SHAPES:
            found = _condition(shape, text) if shape.rule.use == "condition" else None
            if found:
                return list(_parted(shape, text, *found))
    return [(0, len(text))]


def lead_condition(text: str) -> Stretch | None:
    """A condition that a lead-in lays down for all its points: "Where a person is able to perform but does not, and one of …"."""
    found = (_condition(shape, text) for shape in _SHAPES if shape.rule.use == "lead")
    return next(filter(None, found), None)


def rules_in(text: str) -> list[str]:
    """Ids of the first row of each use that fires in `text`."""
    fired = [shape.rule for shape in _SHAPES if _condition(shape, text)]
    return [next(rule.id for rule in fired if rule.use == use) for use in dict.fromkeys(rule.use for rule in fired)]


def _condition(shape: _Shape, text: str) -> Stretch | None:
    match = shape.pattern.search(text)
    group = match and next(name for name, held in match.groupdict().items() if held is not None)
    if not match or not group or (shape.unless and shape.unless.search(match[group])):
        return None
    start, end = match.span(group)
    return start, start + len(text[start:end].rstrip(" .,"))


def _parted(shape: _Shape, text: str, start: int, end: int) -> list[Stretch]:
    """The criteria that "or that" joins."""
    spans, at = [], start
    for joint in shape.joint.finditer(text, start, end) if shape.joint else ():
        spans.append((at, joint.start()))
        at = joint.end()
    return [*spans, (at, end)]
