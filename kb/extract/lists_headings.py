"""Which slot the headings above a statement announce: "Removal and Restoration", "Publication." at the head of a paragraph."""

from __future__ import annotations

import re

from kb.extract.context import Reading
from kb.extract.lists_cutting import Statement
from kb.extract.lists_slots import heading_slot, heading_slots
from kb.extract.words import BE_FINITE, HAVE, MODAL, NOUNISH, VERB, VERB_S, classify

FROM_HEADING = frozenset({"procedure", "term", "exit", "remedies", "publication", "consequences"})
"""Slots that a heading gives to statements without a cue of their own."""

_MOST_WORDS = 5  # of a heading at the head of a paragraph
_FINITE = MODAL | BE_FINITE | HAVE | VERB | VERB_S


def is_run_in(text: str, statement: Statement) -> bool:
    """Whether a statement is a heading at the head of a paragraph: "Publication.", "The black list."."""
    words = text[statement.start : statement.end]
    if statement.run_in or not statement.opens or statement.points or not words.endswith("."):
        return False
    if words.count(" ") >= _MOST_WORDS:
        return False
    kinds = (classify(word) for word in re.findall(r"[\w’'-]+", words.lower()))
    return not any(kind & _FINITE and not kind & NOUNISH for kind in kinds)


def chapter_slot(reading: Reading, statement: Statement) -> str:
    """The one slot that the heading of the chapter announces; "" where an article has a heading, or a chapter two slots."""
    path = reading.path_of(statement.leaf)
    if any(p.heading and p.eid.startswith(statement.unit) for p in path):
        return ""
    above = next((p.heading for p in reversed(path) if p.heading), "")
    slot = heading_slot(above)
    return slot if slot in FROM_HEADING | {"entry"} else ""


def headed_slot(reading: Reading, statement: Statement) -> str:
    """The one slot that the heading of the article announces; for a numbered part, the nearest heading above that announces any."""
    path = reading.path_of(statement.leaf)
    own = [p.heading for p in path if p.heading and p.eid.startswith(statement.unit)]
    above = [p.heading for p in path if p.heading] if all(p.kind != "article" for p in path) else []
    found = (heading_slots(heading) for heading in [*own, *reversed(above)])
    slots = next((slots for slots in found if slots), ())
    return slots[0] if len(slots) == 1 else ""
