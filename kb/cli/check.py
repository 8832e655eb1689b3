"""kb check: named checks over the corpus and the facts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_DATA, EXIT_USAGE, count, fail, print_json, workspace

if TYPE_CHECKING:
    from kb.checks.source_text import Comparison
    from kb.model import Document, Reference
    from kb.problems import Problem
    from kb.workspace import Workspace


@click.command()
@click.option("--list", "list_checks", is_flag=True, help="Print the checks, with a sentence each.")
@click.option("--only", multiple=True, metavar="CHECK", help="Run this check alone (repeatable).")
@click.option("--sources", type=click.Path(path_type=Path), metavar="DIR", help="Compare with the originals in DIR.")
@click.option("--table", is_flag=True, help="With --sources: print the comparison as a Markdown table.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_context
def check(
    ctx: click.Context, list_checks: bool, only: tuple[str, ...], sources: Path | None, table: bool, as_json: bool
) -> None:
    """Check the corpus and the facts read from it.

    Prints each problem as path:line: what is wrong [check], with a hint, and ends with exit code 1 where there is one.

    \b
    Example:
      kb check --only numbering --only basis
    """
    from kb.checks import CHECKS, run_checks
    from kb.pipeline import read_corpus
    from kb.problems import render_problems

    if list_checks:
        for name, sentence in CHECKS.items():
            click.echo(f"{name:14}{sentence}")
        return
    if unknown := sorted(set(only) - set(CHECKS)):
        fail(f'no check "{unknown[0]}"', EXIT_USAGE, "kb check --list prints them")
    space = workspace(ctx)
    documents, facts, reference, _, problems = read_corpus(space)
    problems = [*problems, *run_checks(documents, facts, reference)]
    if sources:
        comparisons, wrong = _compared(documents, reference, sources, space)
        problems += wrong
        if table:
            click.echo(_table(comparisons, _readings(space.reference / "second_readings.yml")))
    problems = [p for p in problems if not only or p.check in only]
    if as_json:
        print_json(sorted(set(problems)))
    elif problems:
        click.echo(render_problems(problems))
    if not table:
        click.echo(f"{count(documents, 'document')}, {count(set(problems), 'problem')}", err=True)
    if problems:
        sys.exit(EXIT_DATA)


def _compared(
    documents: list[Document], reference: Reference, sources: Path, space: Workspace
) -> tuple[list[Comparison], list[Problem]]:
    """The translations beside their originals; ends the command where there are none."""
    from kb.checks import compare_with_sources

    try:
        return compare_with_sources(documents, reference, sources, space.reference / "number_differences.yml")
    except (OSError, ValueError, KeyError) as error:
        fail(f"{sources}: not a pack of originals: {error}", EXIT_USAGE, "it holds sources.yml and zh/<id>.md")


def _table(comparisons: list[Comparison], readings: dict[str, dict[str, int]]) -> str:
    """The comparison with the originals, and what the second readings mended, as a Markdown table for docs/corpus.md."""
    counted = ("missing", "numbers", "modality", "subject", "sense", "terms", "style")
    head = (
        "| document | articles | points | paragraphs | numbers that differ | explained | lines without the preferred term "
        f"| mended in second readings: {' / '.join(counted)} |"
    )
    rows = [
        f"| {c.document} | {c.articles[1]} of {c.articles[0]} | {c.points[1]} of {c.points[0]} "
        f"| {c.paragraphs[1]} of {c.paragraphs[0]} | {len(c.differences)} | {len(c.explained)} "
        f"| {sum(n for _, _, n in c.terms)} | {' / '.join(str(readings.get(c.document, {}).get(k, '?')) for k in counted)} |"
        for c in comparisons
    ]
    return "\n".join([head, "| --- |" + " --- |" * 7, *rows])


def _readings(path: Path) -> dict[str, dict[str, int]]:
    """What second readings mended, by document; empty where no table is kept."""
    import yaml

    rows = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else []
    return {row["document"]: row for row in rows}
