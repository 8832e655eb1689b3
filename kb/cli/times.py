"""kb times: time expressions by themselves, and why each was read as it was."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date

import click

from kb.cli.common import EXIT_DATA, IsoDate, print_json


@click.group(invoke_without_command=True)
@click.option("--jsonl", is_flag=True, help='Read {"id","text","document_date"} lines, write {"id","spans"} lines.')
@click.pass_context
def times(ctx: click.Context, jsonl: bool) -> None:
    """Read time expressions.

    \b
    Example:
      kb times --jsonl < sentences.jsonl > spans.jsonl
      kb times explain "by the end of June" --document-date 2015-03-01
    """
    if ctx.invoked_subcommand:
        return
    if not jsonl:
        click.echo(ctx.get_help())
        return
    if not _print_spans(sys.stdin.buffer):
        sys.exit(EXIT_DATA)


def _print_spans(lines: Iterable[bytes]) -> bool:
    """The times of every line, a line each; False where a line could not be read, which is said."""
    import msgspec

    from kb.extract.printed import printed_time
    from kb.extract.times import read_text_times

    class Row(msgspec.Struct):
        id: str
        text: str
        document_date: date | None = None

    decoder = msgspec.json.Decoder(Row)
    hint = 'write {"id": "…", "text": "…", "document_date": "2018-10-24"}'
    whole = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            click.echo(f"stdin:{number}: {error} [jsonl]\nhint: {hint}", err=True)
            whole = False
            continue
        spans = [printed_time(t) for t in read_text_times(row.text, row.document_date)]
        print_json({"id": row.id, "spans": spans})
    return whole


@times.command()
@click.argument("text")
@click.option("--document-date", type=IsoDate(), metavar="DATE", help="The date that 'this year' counts from.")
@click.option("--json", "as_json", is_flag=True, help="Print the readings as JSON.")
def explain(text: str, document_date: date | None, as_json: bool) -> None:
    """Show how the time expressions of TEXT are read: phrase, rule, interval, bound, trigger.

    \b
    Example:
      kb times explain "within 15 working days of the decision" --document-date 2018-03-28
    """
    from kb.extract.times import explain as explain_times

    rows = explain_times(text, document_date)
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("No time expression in this text.")
    for row in rows:
        for name, value in row.items():
            if value:
                click.echo(f"{name:10} {value}")
        click.echo()
