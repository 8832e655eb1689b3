"""kb eval: how right the rules are, and what a change of them gains and loses."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_DATA, EXIT_UNKNOWN, EXIT_USAGE, fail, print_json, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.evaluate import Error, Evaluated
    from kb.model import Facts
    from kb.workspace import Workspace

_MARKS = ("<!-- figures -->", "<!-- end of figures -->")


@click.command("eval")
@click.option("--gold", type=click.Path(path_type=Path), metavar="DIR", help="Marked documents (default: tests/gold).")
@click.option("--show", type=click.IntRange(0), default=0, metavar="N", help="Print N errors of each kind.")
@click.option("--split", type=click.Choice(["dev", "test"]), help="Only these documents.")
@click.option("--against", metavar="REV|FILE", help="Facts gained and lost against a git revision, or a file of facts.")
@click.option("--update", type=click.Path(path_type=Path), metavar="FILE", help="Write the figures into FILE.")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write the figures to FILE as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_context
def evaluate_command(
    ctx: click.Context,
    gold: Path | None,
    show: int,
    split: str | None,
    against: str | None,
    update: Path | None,
    record: Path | None,
    as_json: bool,
) -> None:
    """Score the extraction against marked documents, or against other rules.

    With --against, prints the facts that the rules of now gain, lose or read otherwise over the whole corpus. FILE is
    what `kb extract corpus/*.md --json --full` printed.

    \b
    Example:
      kb eval --show 5
      kb eval --against HEAD~1
    """
    space = workspace(ctx)
    if against:
        _print_changes(space, against, as_json)
        return
    import msgspec

    from kb.corpus import load_reference
    from kb.evaluate import SheetError, evaluate, figures

    folder = gold or space.root / "tests" / "gold"
    try:
        evaluated = evaluate(folder, load_reference(space.reference)[0])
    except (SheetError, OSError) as error:
        fail(str(error), EXIT_DATA, "name a folder of marked documents with --gold")
    if update:
        _update(update, evaluated)
    if record:
        record.write_bytes(msgspec.json.format(msgspec.json.encode(figures(evaluated)), indent=1) + b"\n")
    _print_scores(evaluated, split or "", show, as_json)


def _print_scores(evaluated: tuple[Evaluated, ...], split: str, show: int, as_json: bool) -> None:
    from kb.evaluate import MEASURES, score_of

    for name in [split] if split else [s for s in ("dev", "test") if any(e.split == s for e in evaluated)]:
        total = score_of(evaluated, name)
        if as_json:
            figures = {
                m: {"p": c.precision, "r": c.recall, "f1": c.f1, "gold": c.gold} for m, c in total.counts.items()
            }
            print_json({"split": name, **figures, "roles": total.roles.precision})
            continue
        click.echo(f"{name}: {sum(e.split == name for e in evaluated)} documents")
        for m, c in total.counts.items():
            line = f"P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}   marked {c.gold}, found {c.found}"
            click.echo(f"  {MEASURES[m]:36}{line}")
        click.echo(f"  {'role of the actors found':36}{total.roles.precision:.3f}")
        _print_errors(total.errors, {e.id: e.document.text for e in evaluated}, show)


def _print_errors(errors: Iterable[Error], texts: Mapping[str, str], most: int) -> None:
    """The first errors of each kind, with the words at their place."""
    seen: Counter[str] = Counter()
    for error in sorted(errors):
        seen[error.kind] += 1
        if seen[error.kind] <= most:
            words = " ".join(texts.get(error.doc, "")[error.start : error.end].split())[:120]
            click.echo(f"  {error.kind}: {error.doc} {error.start}:{error.end} {error.note} {words}")


def _update(path: Path, evaluated: tuple[Evaluated, ...]) -> None:
    from kb.evaluate import figures_markdown

    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if not all(mark in text for mark in _MARKS):
        fail(f"{path}: no place for the figures", EXIT_USAGE, f"put {_MARKS[0]} and {_MARKS[1]} around it")
    before, after = text.split(_MARKS[0])[0], text.split(_MARKS[1])[1]
    path.write_text(f"{before}{_MARKS[0]}\n\n{figures_markdown(evaluated)}\n\n{_MARKS[1]}{after}", encoding="utf-8")


# ---------------------------------------------------------------- gains and losses


def _print_changes(space: Workspace, against: str, as_json: bool) -> None:
    from kb.corpus import load_corpus, load_reference
    from kb.evaluate import compare_facts
    from kb.extract import extract_facts
    from kb.parse import parse_document

    reference = load_reference(space.reference)[0]
    now = [extract_facts(parse_document(source), reference) for source in load_corpus(space.corpus)[0]]
    changes = compare_facts(_base_facts(space, against), now)
    if as_json:
        print_json(changes)
        return
    total = Counter((c.kind, c.fate) for c in changes)
    click.echo(f"Rules of now against {against}, over {len(now)} documents:")
    for kind in ("item", "time", "list", "citation", "definition"):
        counts = ", ".join(f"{total[kind, fate]} {fate}" for fate in ("gained", "lost", "changed"))
        click.echo(f"  {kind + 's':13}{counts}")
    for c in changes:
        sign = {"gained": "+", "lost": "-", "changed": "~"}[c.fate]
        click.echo(f"{sign} {c.document} {c.kind}: {' '.join(c.quote.split())[:100]}")
        for what in c.what:
            click.echo(f"    {what}")


def _base_facts(space: Workspace, against: str) -> list[Facts]:
    """The facts to compare with: of a file, or of the rules at a git revision over the documents of now."""
    import msgspec

    from kb.model import Facts

    lines = Path(against).read_bytes().splitlines() if Path(against).is_file() else _extract_at(space, against)
    try:
        return [msgspec.json.decode(line, type=Facts) for line in lines if line.strip()]
    except msgspec.MsgspecError as error:
        fail(f"{against}: not facts of this format: {error}", EXIT_DATA, "print them with kb extract --json --full")


def _extract_at(space: Workspace, revision: str) -> list[bytes]:
    """What the code of `revision` extracts from the corpus of now, run from an archive of it."""
    archive = subprocess.run(
        ["git", "archive", revision, "--", "kb", "corpus/reference", "pyproject.toml"],  # noqa: S607
        cwd=space.root,
        capture_output=True,
        check=False,
    )
    if archive.returncode:
        fail(f'no revision "{revision}"', EXIT_UNKNOWN, "name a git revision of this checkout, or a file of facts")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
            tar.extractall(folder, filter="data")
        files = [str(p) for p in sorted(space.corpus.glob("*.md"))]
        start = "from kb.cli import main; main()"  # older revisions cannot be run by -m kb
        command = [sys.executable, "-c", start, "--corpus", str(space.corpus)]
        environment = {**os.environ, "PYTHONPATH": folder}
        run = subprocess.run(
            [*command, "extract", "--json", "--full", *files],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
        )
        if run.returncode:
            fail(f"{revision}: its extraction ended with {run.returncode}", EXIT_DATA, run.stderr.decode()[-400:])
        return run.stdout.splitlines()
