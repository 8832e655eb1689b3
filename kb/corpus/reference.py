"""Reviewed tables of corpus/reference/ -> Reference: bodies, fields, areas, measures, target roles, glossary.

Every table is a YAML list, one row a record of kb.model. A row that is wrong is left out and reported with its line.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from kb.model import Body, Label, Record, Reference, Term
from kb.paths import data_folder
from kb.problems import Problem

CHECK = "reference"

T = TypeVar("T", bound=Record)


def load_reference(folder: Path) -> tuple[Reference, tuple[Problem, ...]]:
    """The tables of a folder in their printed order; one that the folder does not bring is the bundled one."""
    problems: list[Problem] = []
    reference = Reference(
        bodies=_table(folder, "bodies.yml", Body, problems),
        body_classes=_table(folder, "body_classes.yml", Label, problems),
        fields=_table(folder, "fields.yml", Label, problems),
        areas=_table(folder, "areas.yml", Label, problems),
        measures=_table(folder, "measures.yml", Label, problems),
        target_roles=_table(folder, "target_roles.yml", Label, problems),
        glossary=_table(folder, "glossary.yml", Term, problems),
    )
    return reference, tuple(sorted(problems))


def _table(folder: Path, name: str, row_type: type[T], problems: list[Problem]) -> tuple[T, ...]:
    """The rows of one table; what is wrong is added to `problems`."""
    shown = f"{folder.parent.name}/{folder.name}/{name}"
    own = folder / name
    try:
        text = (own if own.exists() else data_folder("corpus") / "reference" / name).read_text(encoding="utf-8")
    except OSError:
        problems.append(Problem(shown, 0, CHECK, "the table cannot be read", "check path and permissions"))
        return ()
    except UnicodeDecodeError:
        problems.append(Problem(shown, 0, CHECK, "the table is not UTF-8", "save the file as UTF-8"))
        return ()
    rows: list[T] = []
    lines: dict[str, int] = {}
    for line, row in _rows(text, row_type, shown, problems):
        key = str(getattr(row, "id", "") or getattr(row, "zh", ""))
        if key in lines:
            message = f'"{key}" stands twice'
            problems.append(Problem(shown, line, CHECK, message, f"it stands on line {lines[key]} already; keep one"))
            continue
        lines[key] = line
        rows.append(row)
    return tuple(rows)


def _rows(text: str, row_type: type[T], shown: str, problems: list[Problem]) -> list[tuple[int, T]]:
    """Rows of the right shape with their lines."""
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            problems.append(Problem(shown, 1, CHECK, "the table is not a list", "begin every row with `- `"))
            return []
        rows: list[tuple[int, T]] = []
        for row_node in node.value:
            line = row_node.start_mark.line + 1
            try:
                rows.append((line, msgspec.convert(loader.construct_document(row_node), row_type)))
            except (msgspec.ValidationError, yaml.YAMLError, ValueError) as error:
                hint = f"the keys of a row are those of {row_type.__name__} in kb/model.py"
                problems.append(Problem(shown, line, CHECK, f"the row cannot be used: {error}", hint))
        return rows
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = f"the table is not YAML: {getattr(error, 'problem', None) or error}"
        problems.append(Problem(shown, mark.line + 1 if mark else 0, CHECK, message, "mend the line"))
        return []
    finally:
        loader.dispose()
