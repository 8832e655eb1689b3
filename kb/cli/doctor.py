"""kb doctor, config, completion: what this installation is, reads and lacks."""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

import click

from kb.cli.common import EXIT_DATA, workspace
from kb.cli.selection import count, print_rows_as_json
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.workspace import Workspace

_LIBRARIES = (
    "click",
    "icalendar",
    "jinja2",
    "markdown-it-py",
    "msgspec",
    "python-dateutil",
    "PyYAML",
    "rich",
    "spacy",
    "Whoosh",
)
SHELLS = ("bash", "zsh", "fish")


class Finding(NamedTuple):
    """One thing the doctor looked at: ok, note (nothing to do) or problem (with what to do)."""

    subject: str
    state: str
    detail: str
    hint: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A list of findings.")
@click.pass_context
def doctor(ctx: click.Context, /, as_json: bool) -> None:
    """Look at the installation, the build and the notes; say what is wrong and what to do about it.

    Ends with exit code 1 where something needs doing.

    \b
    Example:
      kb doctor
    """
    space = workspace(ctx)
    findings = [*_installation(), *_build(space), *_notes(space)]
    if as_json:
        print_rows_as_json([f._asdict() for f in findings])
    else:
        columns = (Column("What", 2), Column("State"), Column("Detail", 6), Column("To do", 4))
        print_table(columns, findings)
    if any(f.state == "problem" for f in findings):
        sys.exit(EXIT_DATA)


def _installation() -> Iterator[Finding]:
    from kb import __version__

    yield Finding("policy-kb", "ok", f"{__version__}, Python {platform.python_version()}")
    for name in _LIBRARIES:
        try:
            yield Finding(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "problem", "not installed", "pip install --upgrade policy-kb")


def _build(space: Workspace) -> Iterator[Finding]:
    from kb.pipeline import stale_documents
    from kb.store import StoreError, open_base

    try:
        base = open_base(space.database)
    except StoreError as error:
        yield Finding("base", "problem", str(error), "kb build")
        return
    yield Finding(
        "base", "ok", f"{count(base.metadata(), 'document')}, {count(base.items(), 'item')}, {space.database}"
    )
    if stale := stale_documents(space):
        names = ", ".join(stale[:5]) + (" …" if len(stale) > 5 else "")
        yield Finding("corpus", "problem", f"{count(stale, 'document')} changed since the build: {names}", "kb build")
    else:
        yield Finding("corpus", "ok", f"as it was built, {space.corpus}")
    yield _index(space, base.digest)


def _index(space: Workspace, digest: str) -> Finding:
    """Whether the search index is there, ours, and made from this base."""
    import kb.search

    try:
        index = kb.search.open(space.index)
    except kb.search.SearchError as error:
        return Finding("index", "problem", str(error), "kb build")
    if index.corpus != digest:
        return Finding("index", "problem", "made from another base", "kb build")
    return Finding("index", "ok", str(space.index))


def _notes(space: Workspace) -> Iterator[Finding]:
    from kb.store import StoreError, open_base
    from kb.track import orphans, read_notes

    if not space.notes.is_dir():
        yield Finding("notes", "note", f"nothing entered yet ({space.notes})")
        return
    notes = read_notes(space.notes)
    entries = len(notes.marks) + len(notes.corrections) + len(notes.links) + len(notes.reattached)
    yield Finding("notes", "ok", f"{count(entries, 'entry', 'entries')}, {space.notes}")
    for problem in notes.problems:
        yield Finding("notes", "problem", f"{problem.path}:{problem.line}: {problem.message}", problem.hint)
    try:
        base = open_base(space.database)
        lost = orphans(notes, base.items(), base.lists())
    except StoreError:
        return
    if lost:
        yield Finding("notes", "problem", f"{count(lost, 'entry', 'entries')} without an item", "kb log repair")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def config(ctx: click.Context, /, as_json: bool) -> None:
    """Print the settings in use and where each comes from: option, environment, kb.toml or default.

    \b
    Example:
      kb config
      KB_AS_OF=2018-10-24 kb config
    """
    space = workspace(ctx)
    values = {"corpus": space.corpus, "build": space.build, "notes": space.notes, "as_of": space.as_of or "today"}
    rows = [("root", str(space.root), "kb.toml" if (space.root / "kb.toml").is_file() else "current folder")]
    rows += [(key, str(value), space.origin.get(key, "default")) for key, value in values.items()]
    if as_json:
        print_rows_as_json([dict(zip(("key", "value", "origin"), row, strict=True)) for row in rows])
    else:
        print_table((Column("Setting"), Column("Value", 6), Column("From", 3)), rows)


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, /, shell: str) -> None:
    """Print the script that completes commands, options and ids in a shell.

    \b
    Example:
      kb completion bash > ~/.local/share/bash-completion/completions/kb
      kb completion zsh > ~/.zfunc/_kb
      kb completion fish > ~/.config/fish/completions/kb.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(ctx.find_root().command, {}, "kb", "_KB_COMPLETE").source())
