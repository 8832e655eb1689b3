"""A list standard as it was read, and a slot as a person types it -> the list as that person corrected it.

    term = "stated: for three years"      the slot states these words, and no others
    exit = "add: After removal"           these words as well
    exit = "drop: After removal"          all but these words
    exit = "refers: Article 12"           the document sends the reader elsewhere, in these words
    exit = "silent"                       the document says nothing of it
    kind = "redlist", sector = "tax"

The words are the document's own, found in it whatever its line breaks; so a correction is traceable as a reading is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from kb.model import SLOTS, Basis, Document, ListKind, ListStandard, Reference, Slot, SlotFact, SlotState, Span
from kb.track.slots import ACCEPTED, RULE, SlotError, known, one_of

HOW = "stated: WORDS, add: WORDS, drop: WORDS, refers: WORDS, or silent"


def set_list_slot(entry: ListStandard, slot: str, value: str, document: Document, reference: Reference) -> ListStandard:
    """The list with the slot set to the value as a person types it. Raises SlotError."""
    text = value.strip()
    if slot == "kind":
        changed = msgspec.structs.replace(entry, list_kind=one_of(text, ListKind))
    elif slot == "sector":
        sector = "" if text.lower() == "none" else known([text], {f.id for f in reference.fields}, "field")[0]
        changed = msgspec.structs.replace(entry, sector=sector)
    elif slot in SLOTS:
        changed = msgspec.structs.replace(
            entry, slots=tuple(_set(s, text, entry, document) if s.name == slot else s for s in entry.slots)
        )
    else:
        raise SlotError(f"a list has no slot {slot!r}; known: {', '.join(LIST_SLOTS)}")
    return named_as_corrected(changed, slot)


def judge_list_slot(entry: ListStandard, slot: str, *, accepted: bool) -> ListStandard:
    """The list with one slot accepted as read, or rejected: nothing that was read for it stands. Raises SlotError."""
    if slot not in SLOTS:
        raise SlotError(f"a list has no slot {slot!r}; known: {', '.join(SLOTS)}")
    if accepted:
        return named_as_corrected(entry, slot)
    emptied = tuple(_silent(s) if s.name == slot else s for s in entry.slots)
    return named_as_corrected(msgspec.structs.replace(entry, slots=emptied), slot)


def named_as_corrected(entry: ListStandard, slot: str) -> ListStandard:
    """The list, with the slot among those that a person judged. What was doubted of the whole list stays in doubt."""
    return msgspec.structs.replace(entry, corrected=tuple(sorted({*entry.corrected, slot} - {*ACCEPTED})))


def _set(slot: Slot, text: str, entry: ListStandard, document: Document) -> Slot:
    how, colon, words = (part.strip() for part in text.partition(":"))
    if not colon and how.lower() in {"silent", "none"}:
        return _silent(slot)
    if how.lower() not in _WAYS or not words:
        raise SlotError(f"{text!r} says nothing of {slot.name}; write {HOW}")
    span = quote_in(document, words, entry.span.start)
    return _WAYS[how.lower()](slot, SlotFact(span=span, rule=RULE, basis=_basis(entry, span)))


def _basis(entry: ListStandard, span: Span) -> Basis | None:
    """Whether the digest's statement was seen or recalled: as it was read of other words of the same provision."""
    facts = (fact for slot in entry.slots for fact in slot.facts)
    return next((fact.basis for fact in facts if fact.span.eid == span.eid), None)


def _silent(slot: Slot) -> Slot:
    return Slot(slot.name, SlotState.SILENT, read=slot.read)


def _stated(slot: Slot, said: SlotFact) -> Slot:
    return _add(msgspec.structs.replace(slot, facts=tuple(f for f in slot.facts if f.span == said.span)), said)


def _add(slot: Slot, said: SlotFact) -> Slot:
    """The slot with these words; a fact that has them already keeps what was read of it."""
    facts = {fact.span: fact for fact in (said, *slot.facts)}
    ordered = tuple(sorted(facts.values(), key=lambda f: (f.span.start, f.span.end)))
    return Slot(slot.name, SlotState.STATED, ordered, read=slot.read)


def _drop(slot: Slot, said: SlotFact) -> Slot:
    rest = tuple(f for f in slot.facts if not (f.span.start < said.span.end and said.span.start < f.span.end))
    if len(rest) == len(slot.facts):
        raise SlotError(f"{slot.name} does not state “{said.span.quote}”")
    return msgspec.structs.replace(slot, facts=rest) if rest else _silent(slot)


def _refers(slot: Slot, said: SlotFact) -> Slot:
    return Slot(slot.name, SlotState.REFERS, refers_to=(said.span,), read=slot.read)


_WAYS: dict[str, Callable[[Slot, SlotFact], Slot]] = {"stated": _stated, "add": _add, "drop": _drop, "refers": _refers}
LIST_SLOTS = (*SLOTS, "kind", "sector")


def quote_in(document: Document, words: str, near: int) -> Span:
    """Where the document says the words: the place nearest to the offset `near` and behind it if there is one. Raises SlotError."""
    pattern = r"\s+".join(re.escape(word) for word in words.strip("“”\"' ").split())
    places = [m.span() for m in re.finditer(pattern, document.text)] if pattern else []
    if not places:
        raise SlotError(f"the document does not say “{words}”; quote its own words")
    start, end = min(places, key=lambda at: (at[0] < near, abs(at[0] - near)))
    around = [p for p in document.provisions if p.start <= start and end <= p.end]
    if not around:
        raise SlotError(f"“{words}” runs over more than one provision; quote a part of it")
    eid = min(around, key=lambda p: (p.end - p.start, -len(p.eid))).eid
    return Span(eid=eid, start=start, end=end, quote=document.text[start:end])
