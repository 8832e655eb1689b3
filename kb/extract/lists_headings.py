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
_WHO_KEEPS = re.compile(
    r"(?:the )?(?:keepers?|compet(?:ence|ent)\b|jurisdiction|authorit(?:y|ies)"
    r"|(?:responsible|listing|deciding|competent|managing|lead) (?:bod|unit|depart|authorit|organ)\w*"
    r"|(?:division|allocation|distribution) of (?:labou?r|work|duties|responsibilit|tasks|powers|competence)"
    r"|(?:kept|decided|drawn up|managed|maintained|listed) by"
    r"|(?:by )?who (?:keeps?|decides?|does|looks after|lists|publish\w*|manages?|determin\w*|draws?|runs?|maintains?|acts?|(?:is|are) (?:in charge|responsible|competent)))\b",
    re.IGNORECASE,
)
_WHOM_IT_HITS = re.compile(
    r"(?:the )?(?:who$|who (?:is|are|can|could|may|must|gets?|goes|ends|falls?|earns?|lands?|qualif\w+|comes?|belongs?)\b|(?:to |on )?whom\b|covered\b|coverage"
    r"|(?:scope|range)(?: of (?:application|the list))?$|scope of (?:persons|part|subject|entit|unit|target|listing)|applicab\w+|field of application"
    r"|targets?\b(?! of (?:work|the plan))"
    r"|(?:persons?|parties|entities|units|subjects?|objects?|enterprises|operators)\b.{0,30}\b(?:concerned|covered|affected|subject to|liable|to be (?:listed|entered|included)|that can|who can|of (?:entry|inclusion|listing|identification|determination)))",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[\[*_]{0,3}(?P<words>[A-Z][^.:;?\]\n]{1,60})[\]*_]{0,3}[:?\]][\]*_]{0,3}\s")
_NUMBER = re.compile(r"^[\W\d]+")
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


def party_said(heading: str) -> str:
    """Whom a heading announces: those who keep the list ("Keeper", "Who decides"), or those it is of ("Who is covered"); else ""."""
    words = _NUMBER.sub("", heading)
    if _WHO_KEEPS.match(words):
        return "authority"
    return "targets" if _WHOM_IT_HITS.match(words) else ""


def headed_party(reading: Reading, statement: Statement) -> str:
    """The same of the label that opens a statement, else of the nearest heading above it."""
    label = _LABEL.match(reading.flowing, statement.start, statement.end)
    if label:
        return party_said(label["words"])
    above = next((p.heading for p in reversed(reading.path_of(statement.leaf)) if p.heading), "")
    return party_said(above)
