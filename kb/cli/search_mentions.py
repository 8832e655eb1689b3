"""`kb mentions`: where a term stands in the corpus, or that it stands nowhere in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_UNKNOWN, EXIT_USAGE, fail, open_built, workspace

if TYPE_CHECKING:
    from kb.search.mentions import Mentions

_SHOWN = 3


@click.command()
@click.argument("term", nargs=-1, required=True)
@click.option("--doc", "document", metavar="ID", help="Read only this document.")
@click.option("--exact", is_flag=True, help="Look for the term alone, not for its other names in the glossary.")
@click.option("--all", "every", is_flag=True, help="Print every place, not the first three of each document.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def mentions(
    ctx: click.Context, /, term: tuple[str, ...], document: str | None, exact: bool, every: bool, as_json: bool
) -> None:
    """Count where TERM stands, in any inflection and under its other names; or show what was read to find none.

    \b
    Example:
      kb mentions credit score
      kb mentions "credit score" --doc cn-sh-social-credit-regulations-2017
      kb mentions 失信被执行人
    """
    from kb.search.mentions import find_mentions

    base = open_built(workspace(ctx))
    try:
        found = find_mentions(base, " ".join(term), document, exact=exact)
    except KeyError:
        fail(f"there is no document {document}", EXIT_UNKNOWN, "see: kb show --documents")
    except ValueError as error:
        fail(str(error), EXIT_USAGE, 'write a word: kb mentions "credit score"')
    finally:
        base.close()
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(found))
        return
    click.echo("\n".join(_lines(found, document, every)))


def _lines(found: Mentions, document: str | None, every: bool) -> list[str]:
    count = len(found.documents) + len(found.silent)
    read = f"{_many(count, 'document')}, {_many(found.provisions, 'provision')}, {found.words:,} words"
    place = document or "this corpus"
    if found.total:
        out = [
            f"'{found.term}' in {place}: {_many(found.total, 'mention')} in {_many(len(found.documents), 'document')}"
        ]
    else:
        out = [f"'{found.term}' is not in {place}; whether it is in documents outside it, this cannot say"]
    out.append(f"Read: {read}")
    out.append(f"Tried: {'; '.join(found.names)} (in every inflection)")
    if found.forms:
        out.append("Found as: " + ", ".join(f"{form} ({n})" for form, n in found.forms))
    for one in found.documents:
        out += ["", f"{click.style(one.title, bold=True)} {one.document}: {_many(len(one.places), 'mention')}"]
        for at in one.places if every else one.places[:_SHOWN]:
            out.append(f"  {click.style(at.address, fg='cyan')}  … {at.quote} …")
        if not every and len(one.places) > _SHOWN:
            out.append(f"  and {len(one.places) - _SHOWN} more (--all)")
    if found.silent and found.documents:
        out += ["", f"Not in {_many(len(found.silent), 'document')}: {', '.join(found.silent)}"]
    return out


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
