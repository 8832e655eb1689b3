"""`kb search`: provisions that answer a query, best first."""

from __future__ import annotations

import gc
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from kb.cli.common import EXIT_NOT_BUILT, EXIT_USAGE, fail, print_json, workspace
from kb.cli.ids import BodyId, DocumentId, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.search import Hit, Index, Mention, Results
    from kb.workspace import Workspace

_WIDTH = 100  # of a snippet, at most
_FILTERS = ("kind", "level", "region", "issuer", "doc")
_SHOWN = 100  # characters of a query that are printed back
_SILENCE = re.compile(r"\b(?:does|do|did)\s+not\s+(?:state|say|specify|set|name|mention|define|give)\b")
_EACH = 12  # words of a query whose mentions are counted one by one


def open_search(space: Workspace) -> Index:
    """The built index; ends the command where there is none, or one that is not of the present build."""
    import kb.search

    try:
        index = kb.search.open(space.index)
    except kb.search.SearchError as error:
        fail(str(error), EXIT_NOT_BUILT, "run: kb build")
    if (built := _built(space)) and built != index.corpus:
        fail(f"{space.index}: the search index is older than the base", EXIT_NOT_BUILT, "run: kb build")
    return index


def _built(space: Workspace) -> str:
    """The digest of the published base as the build recorded it, "" where it did not.

    Read without kb.built, which loads YAML and the readers of the corpus: a search would take twice as long.
    """
    import msgspec

    try:
        state = msgspec.json.decode((space.build / "state.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return ""
    return str(state.get("digest", "")) if isinstance(state, dict) else ""


class QueryCommand(click.Command):
    """A command whose words may begin with "-": `-draft` leaves out a word. Short options there are none, but -h alone."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = (
            args[: args.index("--")] if "--" in args else list(args)
        )  # the parser takes words off the list it is given
        if own == ["-h"]:
            args = ["--help"]
        rest = super().parse_args(ctx, args)
        for word in own:  # what begins with "--" is an option or a mistake, never a word
            if word.startswith("--") and (name := word.partition("=")[0]) in (ctx.params.get("query") or ()):
                from difflib import get_close_matches

                names = sorted(o for p in self.get_params(ctx) for o in p.opts if o.startswith("--"))
                raise click.NoSuchOption(name, possibilities=get_close_matches(name, names), ctx=ctx)
        return rest


@click.command(cls=QueryCommand, context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Print so many hits at most."
)
@click.option(
    "--kind",
    multiple=True,
    metavar="KIND",
    type=Value("kinds"),
    help="Only documents of this kind: plan, law, memorandum, …",
)
@click.option("--level", multiple=True, metavar="LEVEL", help="Only this level of authority: national, provincial, …")
@click.option("--region", multiple=True, metavar="REGION", type=Value("regions"), help="Only this region: CN, CN-SH, …")
@click.option(
    "--issuer", multiple=True, metavar="BODY", type=BodyId(), help="Only documents issued by this body: ndrc, …"
)
@click.option("--doc", multiple=True, metavar="ID", type=DocumentId(), help="Only this document.")
@click.option("--year", metavar="YEAR", help="Only documents of this year, or of years: 2014..2016.")
@click.option("--exact", is_flag=True, help="Leave out the variants of the glossary.")
@click.option("--plain", is_flag=True, help="Take every word as it stands; no sign is an operator.")
@click.option("--fold", is_flag=True, help="Print the best hit of each document only.")
@click.option("--facets", is_flag=True, help="Count the matching provisions by kind, level, region, body, …")
@click.option("--explain", is_flag=True, help="Show what made up each score.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.pass_context
def search(
    ctx: click.Context,
    /,
    query: tuple[str, ...],
    limit: int,
    year: str | None,
    exact: bool,
    plain: bool,
    fold: bool,
    facets: bool,
    explain: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Search provisions; the best first.

    Words are wishes: the more of them a provision has, the better. "Phrases", fields, + and AND are conditions, - excludes.

    \b
    Example:
      kb search how do I get off the blacklist?
      kb search '"joint punishment" OR disciplin* -draft' --kind plan
      kb search 'actor:ndrc due:..2017-12 platform' --json
      kb search -draft blacklist
      kb search 失信被执行人

    \b
    Fields: actor area basis cites doc field issuer kind level list modality region status strength,
    and dates: due effective issued (due:..2017-12 issued:2014..2016). Several values: kind:plan,law.
    Also: prefix* ~fuzzy word OR word, (groups), NOT word. See docs/search.md.
    """
    gc.disable()  # a short life with many imports: collecting costs more than it frees
    try:
        _search(
            ctx,
            " ".join(query),
            limit,
            year,
            as_json,
            given,
            exact=exact,
            plain=plain,
            fold=fold,
            explain=explain,
            with_facets=facets,
        )
    finally:
        gc.freeze()  # nor is there anything to collect when the process ends
        gc.enable()


def _search(
    ctx: click.Context, query: str, limit: int, year: str | None, as_json: bool, given: dict[str, Any], **how: bool
) -> None:
    """Open the index, ask it, print the answer."""
    import kb.search

    filters = {name: list(given[name]) for name in _FILTERS if given[name]}
    if year:
        filters["issued"] = [year]
    space = workspace(ctx)
    index = open_search(space)
    try:
        results = index.search(query, limit, filters, **how)
    except kb.search.QueryError as error:
        fail(error.render(), EXIT_USAGE)
    if as_json:
        print_json(results)
        return
    found = [one for hit in results.hits for one in (*hit.items, *hit.lists)]
    click.echo("\n".join(_lines(results, _reviewed(space, found))))


def _reviewed(space: Workspace, ids: Sequence[str]) -> frozenset[str]:
    """Those of the items and lists that a person judged."""
    if not ids or not space.corrections.is_file():
        return frozenset()
    from kb.store import StoreError, open_base

    try:
        return open_base(space.database).corrected(ids)
    except StoreError:
        return frozenset()


def _lines(results: Results, reviewed: frozenset[str]) -> list[str]:
    out = [_headline(results)]
    out += [f"Note: {note}" for note in results.notes]
    if results.did_you_mean:
        out.append(f"Did you mean: {', '.join(results.did_you_mean)}?")
    if results.searched_also:
        out.append(
            click.style(f"Searched also: {'; '.join(results.searched_also)}  (--exact turns this off)", dim=True)
        )
    for hit in results.hits:
        out += ["", *_hit_lines(hit, reviewed)]
    for facet in results.facets:
        values = ", ".join(f"{value} ({count})" for value, count in facet.values[:12])
        out += ["", f"{click.style(facet.field, bold=True)}: {values}{', …' if len(facet.values) > 12 else ''}"]
    return out


def _headline(results: Results) -> str:
    """How many provisions match, and whether any has all that was asked for."""
    if not results.total:
        single = _each([one for one in results.mentions if one.passages])
        return f"No provision of this corpus matches {_quoted(results.query)}{f'; {single}' if single else '.'}"
    count = f"{results.total} provision{'s' if results.total != 1 else ''}"
    if results.whole or len(results.mentions) < 2:
        every = f", {results.whole} with every word" if results.whole and results.whole < results.total else ""
        return f"{count}{every}; best first:"
    each = _each(results.mentions)
    return f"No provision has every word of {_quoted(results.query)}: {each}. The best of {count} with some:"


def _each(mentions: Sequence[Mention]) -> str:
    """How many provisions have each word, and how many of them under another name alone; of a long query, the first words."""
    rows = [_mentioned(one) for one in mentions[:_EACH]]
    return ", ".join([*rows, "…"] if len(mentions) > _EACH else rows)


def _mentioned(one: Mention) -> str:
    other = one.passages - one.itself
    names = "" if not other else " (under other names)" if not one.itself else f" ({other} under other names)"
    return f"{one.passages} mention{'s' if one.passages == 1 else ''} {_quoted(one.word)}{names}"


def _quoted(text: str) -> str:
    text = shortened(text)
    return text if text.startswith('"') else f"'{text}'"


def shortened(text: str) -> str:
    """The text in one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters)"


def _hit_lines(hit: Hit, reviewed: frozenset[str]) -> list[str]:
    """Document, kind, level and date; heading path and address; snippet; what is in it."""
    state = "" if hit.status in {"in-force", ""} else f", {hit.status}"
    basis = f", {hit.fidelity}" if hit.fidelity in {"digest", "excerpt"} else ""
    if hit.fidelity == "digest" and _SILENCE.search(hit.snippet.text):
        basis += ": says that something is not stated"
    facts = ", ".join(x for x in (hit.kind, hit.level, hit.date) if x)
    path = " › ".join(x for x in (*hit.headings[1:], hit.label) if x)
    out: list[str] = [f"{click.style(hit.title or hit.document, bold=True)} ({facts}{state}{basis})"]
    out.append("  " + "  ".join(x for x in (path, click.style(hit.address, fg="cyan")) if x))
    out += _wrapped(hit)
    if hit.items or hit.lists:
        out.append(click.style(f"  {_counted(hit, reviewed)}", dim=True))
    if hit.more:
        out.append(click.style(f"  and {hit.more} more in this document: doc:{hit.document}", dim=True))
    for reason in hit.reasons:
        of = f" (for '{reason.of}')" if reason.of else ""
        place = f" in {reason.field} x {reason.weight:g}" if reason.field else ""
        out.append(f"    {reason.score:8.3f}  {reason.what}{of}{place}")
    if hit.reasons:
        out.append(f"    {hit.score:8.3f}  score")
    return out


def _counted(hit: Hit, reviewed: frozenset[str]) -> str:
    parts = []
    items, lists = ([f"{one} (reviewed)" if one in reviewed else one for one in ids] for ids in (hit.items, hit.lists))
    if items:
        parts.append(f"items: {', '.join(items[:4])}{f' and {len(items) - 4} more' if len(items) > 4 else ''}")
    if lists:
        parts.append(f"lists: {', '.join(lists)}")
    return "; ".join(parts)


def _wrapped(hit: Hit) -> list[str]:
    """The snippet in lines that fit a terminal, its marks highlighted (click drops styles where no terminal is)."""
    width = min(_WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else _WIDTH
    text = hit.snippet.text
    lines: list[str] = []
    line, size = "  ", 2
    marks = dict(hit.snippet.marks)
    at = 0
    while at < len(text):
        end = marks.get(at) or min((a for a in marks if a > at), default=len(text))
        for i, word in enumerate(text[at:end].split(" ")):
            if i and size + len(word) + 1 > width:
                lines.append(line)
                line, size = "  ", 2
            elif i and line.strip():
                line, size = line + " ", size + 1
            line += click.style(word, bold=True, fg="yellow") if at in marks and word else word
            size += len(word)
        at = end
    return [*lines, line] if line.strip() else lines
