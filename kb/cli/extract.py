"""kb extract: the facts of Markdown files, in the corpus or not, as text or as JSON Lines."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_DATA, count, print_json, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.model import ActionItem, Document, Facts, ListStandard, Reference, Span, Time
    from kb.problems import Problem


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One object a line for each file, as docs/items.md describes.")
@click.option("--full", is_flag=True, help="With --json: every record whole, as it is stored.")
@click.pass_context
def extract(ctx: click.Context, files: tuple[Path, ...], as_json: bool, full: bool) -> None:
    """Print the facts of Markdown files: items, times, lists, citations, definitions.

    FILE may be any Markdown or text file, "-" for standard input. What a file without front matter does not say of
    itself is taken from its title and its last lines, and said.

    \b
    Example:
      kb extract corpus/cn-zj-public-credit-information-2017.md
      kb extract my-plan.md --json
    """
    from kb.corpus import load_reference
    from kb.extract.printed import printed
    from kb.problems import render_problems

    reference, problems = load_reference(workspace(ctx).reference)
    wrong = list(problems)
    failed = False
    for file in files:
        read, found = _read(file, reference)
        wrong += found
        if read is None:
            failed = True
            continue
        document, facts = read
        if as_json:
            print_json(facts if full else printed(facts))
        else:
            _print(document, facts)
    if wrong:
        click.echo(render_problems(wrong), err=True)
    if failed:
        sys.exit(EXIT_DATA)


def _read(file: Path, reference: Reference) -> tuple[tuple[Document, Facts] | None, list[Problem]]:
    from kb.corpus import load_source, source_from_text
    from kb.extract import extract_facts
    from kb.parse import parse_document

    if str(file) == "-":
        source, problems = source_from_text(sys.stdin.buffer.read().decode("utf-8", "replace"), "stdin")
    else:
        maybe, problems = load_source(file, str(file), lenient=True)
        if maybe is None:
            return None, problems
        source = maybe
    document = parse_document(source)
    return (document, extract_facts(document, reference)), problems


def _print(document: Document, facts: Facts) -> None:
    meta = document.meta
    click.echo(f"{meta.name} ({meta.kind}, {meta.level})")
    modalities = Counter(str(item.modality) for item in facts.items)
    _section(count(facts.items, "item"), ", ".join(f"{n} {m}" for m, n in sorted(modalities.items())))
    for item in facts.items:
        _print_item(item)
    _section(count(facts.lists, "list"))
    for standard in facts.lists:
        _print_list(standard)
    _section(f"{count(facts.times, 'time')} beside the items' deadlines")
    for time in facts.times:
        click.echo(f"  {_words(time.span)}: {_value(time)}")
    _section(count(facts.citations, "citation"))
    for citation in facts.citations:
        click.echo(f"  {_words(citation.span)} ({citation.verb}{', ' if citation.target else ''}{citation.target})")
    _section(count(facts.definitions, "definition"))
    for definition in facts.definitions:
        click.echo(f"  {_words(definition.term)}: {_words(definition.span)}")


def _section(head: str, more: str = "") -> None:
    click.echo(f"\n{head}{f' ({more})' if more else ''}")


def _print_item(item: ActionItem) -> None:
    who = "; ".join(_words(a.span) or a.agency for a in item.actors) or "nobody named"
    due = f"  [{_value(item.deadline)}]" if item.deadline else ""
    click.echo(f"  {item.id}\n    {item.modality}: {who}: {_words(item.action)}{due}")


def _print_list(standard: ListStandard) -> None:
    click.echo(f"  {standard.name} ({standard.list_kind})")
    for slot in standard.slots:
        click.echo(f"    {slot.name}: {slot.state}")
        for fact in slot.facts:
            click.echo(f"      {_words(fact.span)}")


def _value(time: Time) -> str:
    """The value of a time in one line: "deadline, to 2017-12-31", "relative-duration, max 15 working-day"."""
    days = [f"{word} {day}" for word, day in (("from", time.earliest), ("to", time.latest)) if day]
    length = " ".join(x for x in (time.bound, time.duration, time.unit) if x) if time.duration else ""
    after = f"of “{_words(time.trigger)}”" if time.trigger else ""
    return ", ".join(_filled((str(time.type), *days, length, after, time.rrule)))


def _filled(values: Iterable[str]) -> list[str]:
    return [value for value in values if value]


def _words(span: Span | None) -> str:
    return span.words if span else ""
