"""Reads a rule table: YAML beside its code, one reviewed row a rule, checked when it is loaded.

Every row has an `id` (facts name it, so it is stable), `why`, `matches` and `rejects`; what else it has is up to the table:
its row type is a subclass of `Rule`. The test beside each reader runs every row of its tables against their examples.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from kb.paths import PACKAGE
from kb.problems import Problem


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a rule table. `matches` are phrases in which this rule fires, `rejects` phrases in which it must not."""

    id: str
    why: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...] = ()


class RuleTableError(ValueError):
    """A table that cannot be used; its text is a rendered problem with path and line."""


R = TypeVar("R", bound=Rule)
_JOINTS = re.compile(r"[+/]")
_PREFIX = re.compile(r"(?:number|title)-")  # of a citation, before the row that read its number or title


def load_rules(path: Path, row_type: type[R]) -> tuple[R, ...]:
    """The rows of the table at `path`, in its order.

    Raises RuleTableError at the first row that is not of `row_type`, has no example, or repeats an id.
    """
    loader = yaml.CSafeLoader(path.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        rows: list[R] = []
        seen: set[str] = set()
        for row_node in node.value if node else ():
            line = row_node.start_mark.line + 1
            raw = loader.construct_document(row_node)
            try:
                row = msgspec.convert(raw, row_type)
            except msgspec.ValidationError as error:
                raise RuleTableError(_problem(path, line, str(error), "see the row type beside the table")) from error
            if not row.matches:
                raise RuleTableError(_problem(path, line, f"rule {row.id} has no example", 'add one under "matches"'))
            if row.id in seen:
                raise RuleTableError(_problem(path, line, f"rule {row.id} stands twice", "ids are unique in a table"))
            seen.add(row.id)
            rows.append(row)
        return tuple(rows)
    finally:
        loader.dispose()


def _problem(path: Path, line: int, message: str, hint: str) -> str:
    return Problem(path=str(path), line=line, check="rule-table", message=message, hint=hint).render()


def parts_of(rule: str) -> tuple[str, ...]:
    """The rules that a fact's rule is made of: "within-n-days+not-in-title", "number-guofa/accordance"."""
    return tuple(dict.fromkeys(_JOINTS.split(rule)))


def find_rules(ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """The table (path from the package) and the `why` of every rule among `ids` that a table beside the code holds.

    Steps of the code itself stand in extract/steps.yaml, with the module as their table.
    """
    rows: dict[str, tuple[str, str]] = {}
    for path in sorted(PACKAGE.rglob("*.yaml")):
        table = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for row in table if isinstance(table, list) else ():
            if isinstance(row, dict) and "id" in row and "why" in row:
                where = path.parent / str(row.get("in", path.name))
                rows.setdefault(str(row["id"]), (where.resolve().relative_to(PACKAGE).as_posix(), str(row["why"])))
    named = {rule: next((name for name in (rule, _PREFIX.sub("", rule)) if name in rows), None) for rule in ids}
    return {rule: rows[name] for rule, name in named.items() if name}


def rule_ages() -> dict[str, str]:
    """When each rule first appeared in the history of this project (`2026-11-23T06:10Z`), by id.

    A rule without an entry is younger than the record; `make rule-ages` brings it up to date.
    """
    lines = (PACKAGE / "rule_ages.txt").read_text(encoding="utf-8").splitlines()
    return {rule: moment for moment, rule in (line.split() for line in lines)}
