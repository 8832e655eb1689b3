"""Records -> the pieces of HTML of which there are thousands: rows of item tables, units of documents.

Templates draw everything else. These are strings put together here because the same row stands on many pages (of its
year, its bodies, its fields) and is made once, and because a template needs ten times as long for them. Every word of a
text goes through `safe` or `prose`, every address through `safe`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.sitegen.prose import brief, safe
from kb.sitegen.reading import ItemNote, Line, Unit
from kb.sitegen.shown import Item, Who
from kb.sitegen.words import MODALITIES, STATUSES, day, words

_INFERRED = ' <small class="inf" title="the text leaves the actor out; taken from the context">inferred</small>'
_ROLES = {"lead": " <small>lead</small>", "cooperating": " <small>cooperating</small>"}


def link(up: str, href: str, label: str) -> str:
    """A link, or the label alone where there is no address; the label is HTML."""
    return f'<a href="{up}{safe(href)}">{label}</a>' if href else label


def who(people: Sequence[Who], up: str, shown: int = 4, length: int = 60) -> Markup:
    """Actors with their roles, the first `shown` of them."""
    if not people:
        return Markup('<span class="none">no actor named</span>')
    named = (
        link(up, p.href, brief(p.name, length)) + _ROLES.get(p.role, "") + (_INFERRED if p.inferred else "")
        for p in people[:shown]
    )
    more = f'<span class="sep"> and {len(people) - shown} more</span>' if len(people) > shown else ""
    return Markup('<span class="sep">, </span>'.join(named) + more)  # noqa: S704 - names went through safe()


def status(name: str) -> Markup:
    """A status as its shape and its word."""
    return Markup(f'<span class="st {name}">{STATUSES[name]}</span>')  # noqa: S704 - both come from a table


def claimed(item: Item) -> Markup:
    """What a person entered about the item, with its date and source; nothing where nobody did."""
    if item.mark is None:
        return Markup()
    source = f", source: {brief(item.mark.source, 90)}" if item.mark.source else ""
    text = f"claimed {words(item.mark.claim)}, {day(item.mark.on)}{source}"
    return Markup(f' <span class="claimed">{text}</span>')  # noqa: S704 - the source went through safe()


def reviewed(corrected: tuple[str, ...]) -> Markup:
    """That a person judged a reading, and which of its slots; nothing where nobody did."""
    if not corrected:
        return Markup()
    what = "accepted as read" if corrected == ("accepted",) else ", ".join(words(slot) for slot in corrected)
    return Markup(f' <span class="basis reviewed" title="by a person: {safe(what)}">reviewed</span>')  # noqa: S704 - safe()


def basis(name: str | None) -> str:
    """The mark of a digest's statement."""
    return f' <span class="basis {name}">{name}</span>' if name else ""


class ItemRows:
    """Rows of item tables; the row of an item is made once for each depth of folders."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], tuple[str, str]] = {}

    def __call__(self, items: Iterable[Item], up: str, document: bool = True) -> Markup:
        rows = []
        for item in items:
            key = (item.record.id, up)
            made = self._made.get(key)
            if made is None:
                made = self._made[key] = (_item_cells(item, up), _document_cell(item, up))
            rows.append(f"<tr>\n{made[0]}{made[1] if document else ''}</tr>\n")
        return Markup("".join(rows))  # noqa: S704 - cells are made of safe pieces


def _item_cells(item: Item, up: str) -> str:
    record = item.record
    when = f'<time datetime="{item.due}">{day(item.due)}</time> ' if item.due else ""
    because = ""
    if record.deadline and record.deadline.span:
        because = f' <span class="because">“{brief(record.deadline.span.quote, 80)}”</span>'
    elif record.deadline and record.deadline.origin == "inherited":
        because = ' <span class="because">date inherited</span>'
    what = link(up, item.href, brief(record.action.quote, 220))
    return (
        f'<td class="when">{when}{status(item.status)}</td>\n'
        f'<td class="what">{what}{basis(record.basis)}{reviewed(record.corrected)}{because}{claimed(item)}</td>\n'
        f'<td class="who">{who(item.who, up)}</td>\n'
        f'<td class="mod">{MODALITIES[record.modality]}</td>\n'
    )


def _document_cell(item: Item, up: str) -> str:
    name = link(up, item.href.partition("#")[0], brief(item.meta.name, 60))
    return f'<td class="where">{name} <span class="place">{safe(item.place)}</span></td>\n'


# ---------------------------------------------------------------- documents


def units(shown: Iterable[Unit], title: str, up: str) -> Markup:
    """The rows of a document; the preface that only repeats the title is left out."""
    return Markup("".join(_unit(unit, title, up) for unit in shown))  # noqa: S704 - made of safe pieces


def _unit(unit: Unit, title: str, up: str) -> str:
    row, lines = unit.row, unit.lines
    if row.kind == "preface":
        lines = tuple(line for line in lines if line.html != title)
        if not lines:
            return ""
    eid, number = safe(row.eid), safe(row.number)
    if row.level:
        words_ = " ".join(x for x in (row.number, row.heading) if x)
        label = f'{_anchors(row.opens)}<a class="self" href="#{eid}">{safe(words_)}</a>'
        return f'<h{row.level} id="{eid}" class="hd">{label}</h{row.level}>\n'
    own = f'<a class="self" href="#{eid}">{number}</a>' if number else ""
    run = f'<p class="run">{safe(row.heading)}</p>\n' if row.heading else ""
    text = "".join(_line(line, row.eid) for line in lines)
    return (
        f'<section class="u {row.kind}" id="{eid}">\n<div class="no">{own}</div>\n<div class="tx">\n{run}{text}</div>\n'
        f"{_margin(unit, up)}</section>\n"
    )


def _line(line: Line, unit: str) -> str:
    kind = " ednote" if line.kind == "note" else ""
    place = f' id="{safe(line.eid)}"' if line.eid != unit else ""
    number = f'<span class="pn">{safe(line.number)}</span> ' if line.number else ""
    heading = f"<b>{safe(line.heading)}</b> " if line.heading else ""
    return f'{_anchors(line.opens)}<p class="d{line.depth}{kind}"{place}>{number}{heading}{line.html}</p>\n'


def _anchors(idents: Sequence[str]) -> str:
    return "".join([f'<a id="{safe(ident)}"></a>' for ident in idents]) if idents else ""


def _margin(unit: Unit, up: str) -> str:
    """What the unit orders, what it says of lists, and who cites it."""
    notes = [_note(note, up) for note in unit.items]
    for slot in unit.slots:
        to = link(up, f"{slot.entry.href}#{slot.slot}", safe(slot.slot))
        notes.append(f'<li class="ls">{to} of {brief(slot.entry.record.name, 40)}</li>\n')
    for cited in unit.cited:
        notes.append(f'<li class="cb">cited in {link(up, cited.href, brief(cited.meta.name, 40))}</li>\n')
    if not notes:
        return ""
    label = safe(unit.row.number) or "this paragraph"
    return f'<ul class="mg" aria-label="Notes on {label}">\n{"".join(notes)}</ul>\n'


def _note(note: ItemNote, up: str) -> str:
    item, record = note.first, note.first.record
    times = f"{len(note.more) + 1} × " if note.more else ""
    form = f'<span class="f">{times}{MODALITIES[record.modality]}</span> '
    named = ", ".join(
        link(up, w.href, brief(w.name, 46)) + ('<i title="inferred"> ?</i>' if w.inferred else "") for w in item.who[:2]
    )
    more = f" +{len(item.who) - 2}" if len(item.who) > 2 else ""
    when = ""
    if item.due:
        when = f' <time class="{item.status}" datetime="{item.due}">{day(item.due)}</time>'
    elif record.deadline and record.deadline.span:
        when = f' <span class="t">{brief(record.deadline.span.quote, 40)}</span>'
    opens = _anchors([m.anchor for m in note.more])
    start = f'<li id="{safe(item.anchor)}" class="{record.modality}">{opens}'
    return f"{start}{form}{named}{more}{when}{reviewed(record.corrected)}{claimed(item)}</li>\n"
