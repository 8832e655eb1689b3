"""How items and list standards look, and every step from the document to each slot of an item."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from kb.cli.common import print_json
from kb.cli.selection import statuses
from kb.cli.show_texts import fidelity_note, line, place

if TYPE_CHECKING:
    from kb.model import ActionItem, Actor, Document, ListStandard, SlotFact, Time
    from kb.store import Base
    from kb.track.notes import Correction
    from kb.workspace import Workspace


def show_item(space: Workspace, base: Base, item: ActionItem, as_of: date, *, why: bool, as_json: bool) -> None:
    """All slots of an item and its three statuses; with `why`, how each came about."""
    from kb.track import standing

    document = base.document(item.document)
    if document is None:
        raise ValueError(f"{item.id} is in the base without its document")
    now = standing(item, document.meta, as_of)
    said = statuses(space, base.items(item.document), as_of, item.document)
    claimed, evidence = said.claimed.get(item.id, "open"), said.evidence.get(item.id, 0)
    if as_json:
        extra = {"as_of": as_of, "schedule": now, "claimed": claimed, "evidence": evidence}
        print_json(item, **extra)
        return
    click.echo(item.action.words)
    line("id", item.id)
    line("document", document.meta.name)
    line("place", place(document, item.eid))
    if document.meta.fidelity != "full":
        line("text", fidelity_note(document))
    line("sentence", marked(item))
    line("modality", f"{item.modality} ({item.strength})")
    for actor in item.actors:
        line("actor", _actor(base, actor))
    line("deadline", _time(item.deadline) if item.deadline else "none")
    line("area", item.area)
    line("fields", ", ".join(item.fields))
    line("trackable", f"{item.trackability} of 4 (actor, act, output, date)")
    line("reading", "; ".join(x for x in (_reading(item), _not_built(space, item.id)) if x))
    click.echo()
    line("schedule", f"{now.schedule} as of {as_of}: {now.why}")
    line("evidence", f"{evidence} confirmed" if evidence else "no link confirmed")
    line("claimed", claimed)
    if why:
        click.echo()
        _print_why(space, base, document, item)


def marked(item: ActionItem) -> str:
    """The sentence on one line, its action between brackets."""
    start = item.action.start - item.span.start
    end = start + len(item.action.quote)
    quote = item.span.quote
    if not 0 <= start < end <= len(quote):
        return item.span.words
    return " ".join(f"{quote[:start]}[{quote[start:end]}]{quote[end:]}".split())


def _actor(base: Base, actor: Actor) -> str:
    names = {body.id: body.name for body in base.reference.bodies}
    words = f"“{actor.span.words}”" if actor.span else ""
    body = f"{names.get(actor.agency, actor.agency)} [{actor.agency}]" if actor.agency else "no id in the bodies table"
    how = "taken from elsewhere in the document" if actor.inferred else "named"
    return ", ".join(x for x in (words, body, actor.role.value, how) if x)


def _time(time: Time) -> str:
    words = f"“{time.span.words}”" if time.span else "(its words stand elsewhere)"
    values = (
        time.type.value,
        f"from {time.earliest}" if time.earliest else "",
        f"until {time.latest}" if time.latest else "",
        f"precision {time.precision}" if time.precision else "",
        f"{time.duration} {time.unit}".strip(),
        time.bound,
        f"counted from “{time.trigger.words}”" if time.trigger else "",
        time.rrule,
        time.origin.value,
        "" if time.certain else f"uncertain: {time.doubt}",
    )
    return f"{words} → " + ", ".join(v for v in values if v)


def show_rejected(said: Correction, *, as_json: bool) -> None:
    """An item or list that a person rejected: it has left the base, its words are in the log."""
    if as_json:
        print_json({"id": said.subject.item, "rejected": said, "key": said.key})
        return
    click.echo(said.subject.quote)
    line("id", said.subject.item)
    line("reading", f"rejected by {said.by} on {said.at:%Y-%m-%d}{f': {said.note}' if said.note else ''}")
    line("to undo", f'kb correct "{said.subject.item}" --withdraw')


def _not_built(space: Workspace, thing: str) -> str:
    """That it was rejected and the base does not know it yet; "" else."""
    from kb.track import read_notes, rejection

    said = rejection(read_notes(space.notes), thing)
    return f"rejected by {said.by} on {said.at:%Y-%m-%d}, leaves the base at the next build" if said else ""


def reviewed(corrected: tuple[str, ...]) -> str:
    """What a person judged: "" where nobody did."""
    if not corrected:
        return ""
    by_hand = "accepted as read" if corrected == ("accepted",) else f"judged by a person: {', '.join(corrected)}"
    return f"reviewed; {by_hand}"


def _reading(item: ActionItem) -> str:
    if item.corrected:
        return reviewed(item.corrected) + ("" if item.certain else f"; still uncertain: {item.doubt}")
    basis = f"; the digest's statement was {item.basis}" if item.basis else ""
    return (f"uncertain: {item.doubt}" if not item.certain else "by rule, not reviewed") + basis


def _print_why(space: Workspace, base: Base, document: Document, item: ActionItem) -> None:
    from kb.track import read_notes

    deadline = item.deadline
    named = [("the act", item.rule), *(("an actor", a.rule) for a in item.actors)]
    if deadline:
        named.append(("the deadline", deadline.rule))
    meta = document.meta
    steps = [
        f"Document {meta.id}: {meta.title}, {meta.kind}. {fidelity_note(document)}. Source: {meta.source_url or meta.source_text or 'not given'}.",
        f"Provision {item.eid}: {place(document, item.eid)}; characters {item.span.start} to {item.span.end} of the body.",
        f"Sentence: {marked(item)}",
    ]
    steps += _rules(named)
    if deadline:
        steps.append(f"Deadline: {_time(deadline)}")
    steps += [f"Actor: {_actor(base, actor)}" for actor in item.actors]
    entries = [c for c in read_notes(space.notes).corrections if c.subject.fingerprint == item.fingerprint]
    steps += [
        f"Correction {c.key} by {c.by}, {c.at:%Y-%m-%d}: {c.verdict} {c.slot} {c.value} {c.note}".strip()
        for c in entries
    ]
    if not entries:
        steps.append("No person has reviewed it: kb correct ITEM --accept, --reject or --set slot=value")
    for number, step in enumerate(steps, 1):
        line(f"{number}.", step)


def _rules(named: list[tuple[str, str]]) -> list[str]:
    """A line for every rule, with its reason and the table it stands in; `named` are what was read and the fact's rule."""
    from kb.rules import find_rules, parts_of

    parts = list(dict.fromkeys((what, part) for what, rule in named for part in parts_of(rule)))
    known = find_rules({part for _, part in parts})
    lines = []
    for what, part in parts:
        table, why = known.get(part, ("", "This version has no such rule: the base was built by another one."))
        lines.append(f"Rule {part} reads {what}. {why} {f'({table})' if table else ''}".strip())
    return lines


def _print_list_why(entry: ListStandard) -> None:
    """The rules that read the list and each of its slots."""
    named = [("the list", entry.rule)]
    for slot in entry.slots:
        named += [(slot.name, fact.rule) for fact in slot.facts]
        named += [(f"a time of {slot.name}", fact.time.rule) for fact in slot.facts if fact.time]
    click.echo()
    for number, step in enumerate(_rules(named), 1):
        line(f"{number}.", step)


def show_list(space: Workspace, base: Base, entry: ListStandard, *, why: bool = False, as_json: bool = False) -> None:
    """A list as a card: every slot stated, referring or silent, with its quotes; with `why`, the rules that read them."""
    if as_json:
        print_json(entry)
        return
    names = {body.id: body.name for body in base.reference.bodies}
    click.echo(entry.name)
    line("id", entry.id)
    line("kind", entry.list_kind.value)
    line("sector", entry.sector)
    line("region", entry.region)
    line("first named", f"{entry.document}#{entry.span.eid}")
    doubt = "" if entry.certain else f"uncertain: {entry.doubt}"
    line("reading", "; ".join(x for x in (reviewed(entry.corrected), doubt, _not_built(space, entry.id)) if x))
    digest = any(m.id == entry.document and m.fidelity == "digest" for m in base.metadata())
    for slot in entry.slots:
        click.echo()
        read = f" (read: {', '.join(slot.read)})" if slot.state == "silent" and slot.read else ""
        unread = " in the digest; the document itself was not read" if digest and slot.state == "silent" else ""
        by_hand = "; judged by a person" if slot.name in entry.corrected else ""
        line(slot.name, f"{slot.state}{unread}{read}{by_hand}")
        for fact in slot.facts:
            line("", _fact(fact, names))
        for span in slot.refers_to:
            line("", f"→ “{span.words}” [{span.eid}]")
    if why:
        _print_list_why(entry)


def _fact(fact: SlotFact, names: dict[str, str]) -> str:
    extra = (
        fact.role,
        names.get(fact.body, fact.body),
        fact.force,
        fact.reach,
        fact.measure,
        _time(fact.time) if fact.time else "",
        f"basis “{fact.legal_basis.words}”" if fact.legal_basis else "",
        fact.basis.value if fact.basis else "",
        "set by a person" if fact.rule == "corrected" else "",
        "" if fact.certain else f"uncertain: {fact.doubt}",
    )
    detail = ", ".join(x for x in extra if x)
    return f"“{fact.span.words}” [{fact.span.eid}]" + (f" — {detail}" if detail else "")
