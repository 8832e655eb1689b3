"""`kb mentions`: where a term stands in the corpus, or that it stands nowhere in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.cli.common import EXIT_UNKNOWN, EXIT_USAGE, fail, open_built, print_json, workspace
from kb.cli.ids import DocumentId
from kb.cli.search import shortened

if TYPE_CHECKING:
    from kb.search.mentions import Mentions, Volume

_SHOWN = 3


@click.command()
@click.argument("term", nargs=-1, required=True)
@click.option("--doc", "document", metavar="ID", type=DocumentId(), help="Read only this document.")
@click.option("--exact", is_flag=True, help="Look for the term alone, not for its other names in the glossary.")
@click.option("--all", "every", is_flag=True, help="Print every place, not the first three of each document.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def mentions(
    ctx: click.Context, /, term: tuple[str, ...], document: str | None, exact: bool, every: bool, as_json: bool
) -> None:
    """Count where TERM stands, in any inflection and under its other names; or show what was read to find none.

    A Chinese term is also tried under its English names, and a claim that people check (credit score, app, facial
    recognition, …) under every name of kb/search/concepts.yaml; each is printed with its count.

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
        print_json(found)
        return
    click.echo("\n".join(_lines(found, document, every)))


def _lines(found: Mentions, document: str | None, every: bool) -> list[str]:
    out = [_headline(found, document or "this corpus")]
    out.append(f"Read: {_read(found)}")
    out += [f"Note: {note}" for note in found.notes]
    out.append(
        "Tried, in every inflection, word by word (a longer phrase of another sense may hold it; read the places):"
    )
    out += [f"  {count:6,}  {shortened(name)}" for name, count in found.counts]
    if found.forms:
        out.append("Found as: " + ", ".join(f"{form} ({n})" for form, n in found.forms))
    for one in found.documents:
        own = " (digest: the project's own words)" if one.fidelity == "digest" else ""
        out += ["", f"{click.style(one.title, bold=True)} {one.document}: {_many(len(one.places), 'mention')}{own}"]
        for at in one.places if every else one.places[:_SHOWN]:
            out.append(f"  {click.style(at.address, fg='cyan')}  [{at.found}]  … {at.quote} …")
        if not every and len(one.places) > _SHOWN:
            out.append(f"  and {len(one.places) - _SHOWN} more (--all)")
    if found.silent and found.documents:
        out += ["", f"Not in {_many(len(found.silent), 'document')}: {', '.join(found.silent)}"]
    return out


def _headline(found: Mentions, place: str) -> str:
    """How often it stands there: as asked for, under other names, in words that are the project's own."""
    term = shortened(found.term)
    if not found.total:
        return f"'{term}' is not in {place}; whether it is in documents outside it, this cannot say"
    where = f"{_many(found.total, 'mention')} in {_many(len(found.documents), 'document')}"
    digests = sum(v.mentions for v in found.read if v.fidelity == "digest")
    of_digests = f", {digests:,} of them in digests" if digests else ""
    if not found.itself:
        return f"'{term}' itself is not in {place}; under other names: {where}{of_digests}"
    own = f" ({found.itself:,} as asked for, the others under other names)" if found.itself < found.total else ""
    return f"'{term}' in {place}: {where}{own}{of_digests}"


_KINDS = {"full": "full text", "excerpt": "excerpt", "digest": "digest"}


def _read(found: Mentions) -> str:
    """Documents and words by fidelity; those of digests prove nothing of a document's wording."""
    parts = [f"{_many(v.documents, _KINDS[v.fidelity])} ({_many(v.words, 'word')}{_warning(v)})" for v in found.read]
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"{listed}; {_many(found.provisions, 'provision')}"


def _warning(volume: Volume) -> str:
    return (
        ", the project's own words, which say nothing of the document's wording" if volume.fidelity == "digest" else ""
    )


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
