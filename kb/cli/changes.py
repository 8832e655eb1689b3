"""kb changes: what the base gained, lost and changed since a snapshot or a revision of the corpus."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_NOT_BUILT, EXIT_USAGE, fail, open_built, print_rows_as_json, workspace
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from kb.model import Facts
    from kb.store import Base
    from kb.workspace import Workspace


@click.command()
@click.option(
    "--since", required=True, metavar="REV|PATH", help="A git revision of the corpus, a build folder, or a SQLite file."
)
@click.option("--json", "as_json", is_flag=True, help="A list of changes.")
@click.pass_context
def changes(ctx: click.Context, /, since: str, as_json: bool) -> None:
    """Print what changed: items and lists gained, lost and changed, deadlines moved.

    A build folder or SQLite file is compared as it is, so that new rules show too. A git revision is read again with the
    rules of today, so that only changes of the documents show.

    \b
    Example:
      kb changes --since HEAD~1
      kb changes --since ../last-month/kb-build
    """
    from kb.track import changes as read_changes

    space = workspace(ctx)
    base = open_built(space)
    found = read_changes(snapshot(space, since), facts_of(base))
    if as_json:
        print_rows_as_json(found)
        return
    columns = (Column("Change"), Column("What", 4), Column("Slot"), Column("Before", 5), Column("After", 5))
    print_table(columns, ((c.kind, c.id, c.slot, c.before, c.after) for c in found))
    counts = Counter(change.kind.value for change in found)
    click.echo(", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())) or "Nothing changed.", err=True)


def facts_of(base: Base) -> list[Facts]:
    """The facts of all documents."""
    return [base.facts(meta.id) for meta in base.metadata()]


def snapshot(space: Workspace, since: str) -> list[Facts]:
    """The facts at a build folder, SQLite file or git revision; ends the command where it is none of these."""
    from kb.store import StoreError, open_base

    path = Path(since)
    if path.exists():
        try:
            return facts_of(open_base(path / "kb.sqlite" if path.is_dir() else path))
        except StoreError as error:
            fail(str(error), EXIT_NOT_BUILT, "name a build folder, a kb.sqlite, or a git revision")
    return _facts_at_revision(space, since)


def _facts_at_revision(space: Workspace, revision: str) -> list[Facts]:
    """The facts that today's rules read in the corpus of the revision; people's corrections apply to both sides."""
    import msgspec

    from kb.pipeline import read_corpus

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        with tarfile.open(fileobj=io.BytesIO(_archive(space.corpus, revision))) as archive:
            archive.extractall(corpus, filter="data")
        past = msgspec.structs.replace(space, corpus=corpus, build=Path(folder) / "build")
        return read_corpus(past)[1]


def _archive(corpus: Path, revision: str) -> bytes:
    """The corpus folder at the revision as a tar file; ends the command where git has no such revision."""
    if revision.startswith("-"):
        fail(f"{revision!r} is not a revision", EXIT_USAGE)
    try:
        where = _git(corpus, "rev-parse", "--show-toplevel", "--show-prefix")
        top, prefix = where.stdout.decode().splitlines() if where.returncode == 0 else (str(corpus), "")
        done = _git(Path(top), "archive", "--format=tar", f"{revision}:{prefix}")
    except OSError as error:
        fail(f"git cannot be run: {error}", EXIT_USAGE, "name a build folder or a kb.sqlite instead")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        hint = "name a revision of the repository that holds the corpus, a build folder, or a kb.sqlite"
        fail(
            f"{revision!r} is neither a file nor a revision of {corpus}: {said[-1] if said else 'git failed'}",
            EXIT_USAGE,
            hint,
        )
    return done.stdout


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)  # noqa: S607
