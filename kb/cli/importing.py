"""kb import: Word, HTML and PDF files become Markdown documents that a corpus can keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_DATA

if TYPE_CHECKING:
    from kb.problems import Problem


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write to DIR (default: beside FILE).",
)
@click.option("--force", is_flag=True, help="Write over a document that is there.")
def import_command(files: tuple[Path, ...], out: Path | None, force: bool) -> None:
    """Make Markdown documents of Word (.docx), HTML and PDF files.

    Title, kind, level and dates are taken from the text and stand at the head of the new file: check them, and the text
    too. Prints the path of each file written. What no converter can know is said.

    \b
    Example:
      kb import regulations.docx --out corpus
      kb extract regulations.md
    """
    from kb.problems import render_problems

    wrong: list[Problem] = []
    for file in files:
        wrong += _import(file, out or file.parent, force=force)
    if wrong:
        click.echo(render_problems(wrong), err=True)
        sys.exit(EXIT_DATA)


def _import(file: Path, folder: Path, *, force: bool) -> list[Problem]:
    """Convert one file and write it; what is wrong."""
    from kb.convert.files import convert
    from kb.corpus import head_for, slug
    from kb.problems import Problem

    converted, problems = convert(file, str(file))
    if converted is None:
        return problems
    target = folder / f"{slug(file.stem)}.md"
    if target.exists() and not force:
        hint = "move it, name another folder with --out, or write over it with --force"
        return [Problem(str(file), 0, "import", f"{target} is there already", hint)]
    folder.mkdir(parents=True, exist_ok=True)
    head = head_for(converted.text, target.stem, f"text read from {file.name} by kb import; check it against the file")
    target.write_text(f"{head}\n{converted.text}", encoding="utf-8", newline="\n")
    click.echo(str(target))
    for note in converted.notes:
        click.echo(f"{target}: {note}", err=True)
    return []
