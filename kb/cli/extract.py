"""kb extract: the facts of Markdown files, in the corpus or not, as JSON Lines."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from kb.cli.common import EXIT_DATA, workspace


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One object a line for each file, as docs/extract.md describes.")
@click.option("--full", is_flag=True, help="With --json: every record whole, as it is stored.")
@click.pass_context
def extract(ctx: click.Context, files: tuple[Path, ...], as_json: bool, full: bool) -> None:
    """Print the facts of Markdown files: items, times, lists, citations, definitions.

    FILE may be any Markdown file, "-" for standard input. Without --json, prints a summary and the items.

    \b
    Example:
      kb extract corpus/cn-zj-public-credit-information-2017.md --json
    """
    import msgspec

    from kb.corpus import load_reference, load_source, source_from_text
    from kb.extract import extract_facts
    from kb.extract.printed import printed
    from kb.parse import parse_document
    from kb.problems import Problem, render_problems

    reference, problems = load_reference(workspace(ctx).reference)
    wrong: list[Problem] = list(problems)
    failed = False
    for file in files:
        if str(file) == "-":
            source, found = source_from_text(sys.stdin.buffer.read().decode("utf-8", "replace"), "stdin")
        else:
            maybe, found = load_source(file, str(file), lenient=True)
            wrong += found
            if maybe is None:
                failed = True
                continue
            source = maybe
        document = parse_document(source)
        facts = extract_facts(document, reference)
        if as_json:
            record = facts if full else printed(facts)
            click.echo(msgspec.json.encode(record).decode())
        else:
            counts = Counter(item.modality.value for item in facts.items)
            click.echo(
                f"{facts.document}: {len(facts.items)} items ({', '.join(f'{n} {m}' for m, n in sorted(counts.items()))}),"
            )
            click.echo(
                f"  {len(facts.times)} times, {len(facts.lists)} lists, {len(facts.citations)} citations, {len(facts.definitions)} definitions"
            )
            for item in facts.items:
                who = "; ".join(a.span.quote if a.span else a.agency for a in item.actors) or "—"
                due = item.deadline.latest.isoformat() if item.deadline and item.deadline.latest else ""
                click.echo(
                    f"  {item.id}  {item.modality}  {who}: {' '.join(item.action.quote.split())}"
                    + (f"  [due {due}]" if due else "")
                )
    if wrong:
        click.echo(render_problems(wrong), err=True)
    if failed:
        sys.exit(EXIT_DATA)
