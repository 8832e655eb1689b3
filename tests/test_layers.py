"""Data flow one way: a file may import its own stage and earlier ones, and each engine has one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

KB = Path(__file__).parent.parent / "kb"

# Earlier stages first; modules on one line do not know each other.
LAYERS = [
    {"paths", "problems"},
    {"model", "rules", "convert"},
    {"typography"},
    {"workspace", "corpus"},
    {"parse"},
    {"extract"},
    {"store", "checks", "evaluate"},
    {"search", "track"},
    {"export"},
    {"sitegen"},
    {"built"},
    {"pipeline"},
    {"cli"},
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

# Library -> the only places that may import it.
DOORS = {
    "spacy": {"extract"},
    "whoosh": {"search"},
    "markdown_it": {"parse"},
    "jinja2": {"sitegen"},
    "click": {"cli"},
    "rich": {"cli"},
    "icalendar": {"export"},
    "sqlite3": {"store"},
    "docx": {"convert"},
    "bs4": {"convert"},
    "lxml": {"convert"},
    "markdownify": {"convert"},
    "pypdf": {"convert"},
}

FILES = sorted(KB.rglob("*.py"))


def stage_of(path: Path) -> str:
    return path.relative_to(KB).parts[0].removesuffix(".py")


def imports_of(path: Path) -> list[tuple[str, int]]:
    """Every module that the file imports, at its head or inside a function, with the line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


def test_every_stage_has_a_layer() -> None:
    stages = {stage_of(f) for f in FILES} - {"__init__", "__main__", "_data"}
    assert stages <= set(RANK), f"add {sorted(stages - set(RANK))} to LAYERS"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(KB)))
def test_imports_only_earlier_stages(path: Path) -> None:
    stage = stage_of(path)
    wrong = []
    for module, line in imports_of(path):
        parts = module.split(".")
        if parts[0] != "kb" or len(parts) < 2 or parts[1] not in RANK:
            continue
        other = parts[1]
        if stage not in {"__init__", "__main__", other} and RANK[other] >= RANK[stage]:
            wrong.append(f"{path}:{line}: {stage} imports {module}")
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(KB)))
def test_each_engine_has_one_door(path: Path) -> None:
    stage = stage_of(path)
    wrong = [
        f"{path}:{line}: {module}"
        for module, line in imports_of(path)
        if (door := DOORS.get(module.split(".")[0])) and stage not in door
    ]
    assert wrong == []
