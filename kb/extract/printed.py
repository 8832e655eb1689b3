"""What `kb extract --json` prints of a document: one object, the keys of a gold file (docs/model.md, section 7)."""

from __future__ import annotations

from typing import Any

from kb.model import ActionItem, Actor, Citation, Definition, Facts, ListStandard, Span, Time


def printed(facts: Facts) -> dict[str, Any]:
    """The facts as plain values; spans as [start, end] of the body."""
    return {
        "doc": facts.document,
        "text_sha256": facts.sha256,
        "items": [_item(item) for item in facts.items],
        "times": [printed_time(time) for time in facts.times],
        "lists": [_list(standard) for standard in facts.lists],
        "citations": [_citation(citation) for citation in facts.citations],
        "definitions": [_definition(definition) for definition in facts.definitions],
    }


def _offsets(span: Span) -> list[int]:
    return [span.start, span.end]


def _item(item: ActionItem) -> dict[str, Any]:
    return {
        "span": _offsets(item.span),
        "action": _offsets(item.action),
        "modality": str(item.modality),
        "strength": str(item.strength),
        "actors": [_actor(actor) for actor in item.actors],
        "deadline": printed_time(item.deadline) if item.deadline else None,
        "area": item.area,
        "fields": list(item.fields),
        "trackability": item.trackability,
        "rule": item.rule,
        "id": item.id,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    out: dict[str, Any] = {"role": str(actor.role), "agency": actor.agency or None, "inferred": actor.inferred}
    if actor.span is not None:
        out["span"] = _offsets(actor.span)
    return out


def printed_time(time: Time) -> dict[str, Any]:
    """A time as a gold file writes it."""
    out: dict[str, Any] = {}
    if time.span is not None:
        out |= {"start": time.span.start, "end": time.span.end, "text": time.span.quote}
    out |= {"type": str(time.type), "rule": time.rule, "origin": str(time.origin)}
    for name in ("earliest", "latest"):
        day = getattr(time, name)
        if day is not None:
            out[name] = day.isoformat()
    for name in ("precision", "duration", "duration_min", "unit", "bound", "rrule"):
        value = getattr(time, name)
        if value:
            out[name] = value
    if time.trigger is not None:
        out["trigger"] = {"start": time.trigger.start, "end": time.trigger.end, "text": time.trigger.quote}
    return out


def _list(standard: ListStandard) -> dict[str, Any]:
    slots = {slot.name: [_offsets(fact.span) for fact in slot.facts] for slot in standard.slots if slot.facts}
    return {"name": standard.name, "list_kind": str(standard.list_kind), "slots": slots}


def _citation(citation: Citation) -> dict[str, Any]:
    return {"span": _offsets(citation.span), "target": citation.target or None, "verb": str(citation.verb)}


def _definition(definition: Definition) -> dict[str, Any]:
    return {"term": _offsets(definition.term), "span": _offsets(definition.span)}
