"""kb doctor, config, completion: what this installation is, reads and lacks."""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

import click

from kb.cli.common import EXIT_DATA, count, print_rows_as_json, workspace
from kb.cli.tables import Column, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.store import Base
    from kb.track import Notes
    from kb.workspace import Workspace

_LIBRARIES = (
    "beautifulsoup4",
    "click",
    "filelock",
    "icalendar",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "markdownify",
    "msgspec",
    "pypdf",
    "python-dateutil",
    "python-docx",
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

    A build that is behind is told by its causes: documents, reference tables, rules, corrections, or the code that wrote
    database, index and site. Ends with exit code 1 where something needs doing, else 0.

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
    from kb.built import read_state
    from kb.store import StoreError, open_base

    try:
        base = open_base(space.database)
    except StoreError as error:
        yield Finding("base", "problem", str(error), "kb build")
        return
    amount = f"{count(base.metadata(), 'document')}, {count(base.items(), 'item')}"
    if base.digest == read_state(space.build).digest:
        yield Finding("base", "ok", f"{amount}, {space.database}")
    else:
        yield Finding("base", "problem", f"{amount}; not written by the last build of {space.build}", "kb build")
    yield from _stale(space)
    yield _index(space, base.digest)


def _stale(space: Workspace) -> Iterator[Finding]:
    """Everything that changed since the build, a finding for each cause."""
    from kb.built import behind, read_state

    if not read_state(space.build).documents:
        yield Finding("documents", "problem", "what the base was made from is not known", "kb build")
        return
    now = behind(space)
    if now.unknown:
        yield Finding("documents", "problem", "built by a version that did not keep what it read", "kb build")
        return
    fates = (("new", now.added), ("changed", now.changed), ("gone", now.removed))
    documents = "; ".join(f"{len(ids)} {fate}: {_names(ids)}" for fate, ids in fates if ids)
    causes = (
        ("documents", documents, f"as they were built, {space.corpus}"),
        ("tables", now.tables and f"changed since the build: {_names(now.tables)}", "as they were built"),
        (
            "rules",
            now.rules and "the code or the rule tables that read documents changed since the build",
            "as they were built",
        ),
        (
            "corrections",
            now.corrected and f"entered since the build about {_names(now.corrected)}",
            "all are in the base",
        ),
        ("database", now.database and "the code that writes it changed since the build", "as it was written"),
        ("site", _site(space, templates=now.theme, notes=now.notes), f"{space.site}"),
    )
    for subject, changed, fine in causes:
        yield Finding(subject, "problem", changed, "kb build") if changed else Finding(subject, "ok", fine)


def _site(space: Workspace, *, templates: bool, notes: bool) -> str:
    if not (space.site / "index.html").is_file():
        return f"{space.site} is missing"
    said = (("the templates or the code that fills them", templates), ("what people entered", notes))
    changed = " and ".join(what for what, is_new in said if is_new)
    return f"{changed} changed since it was written" if changed else ""


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _index(space: Workspace, digest: str) -> Finding:
    """Whether the search index is there, ours, and made from this base."""
    import kb.search
    from kb.built import engine_digest, read_state

    try:
        index = kb.search.open(space.index)
    except kb.search.SearchError as error:
        return Finding("index", "problem", str(error), "kb build")
    if index.corpus != digest:
        return Finding("index", "problem", "made from another base", "kb build")
    if read_state(space.build).engine not in {"", engine_digest()}:
        return Finding("index", "problem", "the code of the search changed since the build", "kb build")
    return Finding("index", "ok", str(space.index))


def _notes(space: Workspace) -> Iterator[Finding]:
    from kb.store import StoreError, open_base
    from kb.track import read_notes

    if not space.notes.is_dir():
        yield Finding("notes", "note", f"nothing entered yet ({space.notes})")
        return
    notes = read_notes(space.notes)
    counts = (
        *(count(notes.marks, "mark"), count(notes.corrections, "correction")),
        count(notes.links, "verdict on a link", "verdicts on links"),
    )
    yield Finding("notes", "ok", f"{', '.join(counts)}; {space.notes}")
    for problem in notes.problems:
        yield Finding("notes", "problem", f"{problem.path}:{problem.line}: {problem.message}", problem.hint)
    try:
        base = open_base(space.database)
    except StoreError:
        return
    yield from _orphans(base, notes)
    yield from _dangling(base, notes)


def _orphans(base: Base, notes: Notes) -> Iterator[Finding]:
    """Entries of each log whose item or list is not found."""
    from kb.track import orphans
    from kb.track.notes import CORRECTIONS, LINKS, PROGRESS

    lost = {orphan.key: orphan.subject.item for orphan in orphans(notes, base.items(), base.lists())}
    for name, entries in ((PROGRESS, notes.marks), (CORRECTIONS, notes.corrections), (LINKS, notes.links)):
        if keys := [entry.key for entry in entries if entry.key in lost]:
            about = _names(sorted({lost[key] for key in keys}))
            detail = f"{count(keys, 'entry', 'entries')} without an item: {about}"
            yield Finding(name, "problem", detail, "kb log repair")


def _dangling(base: Base, notes: Notes) -> Iterator[Finding]:
    """Confirmed links and sources of claims that lead to a place which is not in the corpus any more."""
    from kb.track import read_claims, read_links
    from kb.track.notes import LINKS, PROGRESS

    for item, verdict in read_links(notes, base.items()).verdicts:
        if verdict.confirmed and not base.has_address(verdict.target):
            detail = f"the link of {item} leads to {verdict.target}, which is gone"
            yield Finding(LINKS, "problem", detail, f'kb link reject "{item}" "{verdict.target}"')
    for item, history in read_claims(notes, base.items()).histories.items():
        last = history.marks[-1]
        if last.source and "://" not in last.source and not base.has_address(last.source):
            detail = f"{item} is {last.claim} by {last.source}, which is gone"
            yield Finding(PROGRESS, "problem", detail, f'kb mark "{item}" {last.claim} --source …')


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
    rows.append(("tables", str(space.reference), "corpus" if space.reference.parent == space.corpus else "bundled"))
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
