"""The event that a length is counted from: "receipt" in "within 7 working days of receipt", and the dates it gives.

The event is looked for behind the length ("… after the decision is made"), then at the head of the sentence ("Upon expiry
of the term, … within 5 working days"). A limit counted from the document's own issue or entry into force has a last day;
one without any event counts from the document's date where it stands at the head of a sentence or is a matter of years.
"""

from __future__ import annotations

import re
from datetime import date

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import Clock, Length
from kb.extract.times_phrases import Draft
from kb.extract.times_tokens import Line, alphabet

LONGEST = 45
"""Pieces of an event; what is longer is no event but the rest of the sentence."""

_LETTERS = alphabet()
_COUNTING = frozenset(
    {"calculated", "counted", "counting", "starting", "beginning", "commencing", "reckoned", "running", "computed"}
)
_PREPOSITIONS = frozenset({"of", "from", "after", "following", "since", "upon", "before", "preceding", "on"})
_BEFORE_NOUNS = frozenset({"of", "from", "upon", "following", "on", "to"})  # "after" may open a clause
_LOOSE_ENDS = frozenset({"and", "or", "but", "to", "by", "in", "on", "from", "until"})  # what led on to the next time
_RELATIVES = frozenset({"which", "that", "when", "who", "whose", "where"})
_FINITES = frozenset({"is", "are", "was", "were", "has", "have", "had"})
_PAIRS = {("prior", "to"), ("ahead", "of"), ("as", "of"), ("as", "from"), ("subsequent", "to"), ("in", "advance")}
_STOPS = frozenset(
    _LETTERS.shape(name)
    for name in ("COMMA", "SEMICOLON", "STOP", "COLON", "CLOSE", "OPEN", "BAR", "TIME", "DASH")
)  # fmt: skip
_COMMA, _SEMICOLON, _DASH, _MODALS = (
    _LETTERS.shape("COMMA"),
    _LETTERS.shape("SEMICOLON"),
    _LETTERS.shape("DASH"),
    _LETTERS.codes("MODAL"),
)
_INSTRUMENTS = _LETTERS.codes("INSTRUMENT")
_ACTS = _LETTERS.codes("DO") + _MODALS
_COUNTED_FORWARD = frozenset({"within-length", "within-hyphened", "in-length", "bare-in-length", "next-working-day"})
_CONDITIONAL = frozenset("where if when may not no who which that after upon once those".split())
_HEADS = frozenset({"where", "when", "once", "after", "upon", "following", "on"})
_DETERMINERS = frozenset({"the", "a", "an", "any", "each", "every", "it", "they", "no"})
_OWN = re.compile(
    r"\bhere(?:of|to)\b|\b(?:this|these|the present)\s+(?:[\w-]+\s+){0,2}?(?:measures|regulations?|provisions|rules|plan|notice|opinions|law"
    r"|decision|memorandum|mou|outline|order|interpretation|standards?|scheme|program(?:me)?|guidelines|agreement|decree|circular"
    r"|document|points|priorities|tasks|announcement|methods|policy)\b",
    re.IGNORECASE,
)
_OWN_SIGNATURE = re.compile(
    r"(?:the )?(?:(?:date|day|time) of )?(?:the |its )?(?:signing|signature)(?: (?:hereof|of (?:this|the present) [\w ]{3,40}))?",
    re.IGNORECASE,
)
_THEIR_EFFECT = re.compile(
    r"(?:its|their) (?:entry into |coming into |taking |commencement|implementation)\w*|(?:it|they) (?:takes?|comes?|enters?) (?:into )?(?:force|effect)",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"\b(?:issu|promulgat|publi|announce|print|releas|distribut)", re.IGNORECASE)
_EFFECT = re.compile(
    r"\b(?:tak|com|ent)\w*\s+(?:into\s+)?(?:effect|force|operation)|\b(?:implement|effective|commence|entry into force)",
    re.IGNORECASE,
)


def find_event(text: str, line: Line, index: int, draft: Draft, clock: Clock) -> None:
    """Give the draft at line.pieces[index] its trigger, and the dates that follow from it."""
    if draft.length is None or (draft.counts_forward and draft.type == "relative-duration"):
        _count_from_document(draft, clock)
        return
    draft.trigger = _event_behind(line, index, draft)
    if draft.type != "relative-duration":
        return
    if draft.trigger is not None:
        _count_from_own_event(text, line, draft, clock)
        return
    if draft.rule not in _COUNTED_FORWARD:
        return
    draft.trigger = _event_ahead(line, index)
    if draft.trigger is None and not clock.is_standing and _is_programme(line, index, draft.rule, draft.length):
        _count_from_document(draft, clock)


def _event_behind(line: Line, index: int, draft: Draft) -> tuple[int, int] | None:
    pieces = line.pieces
    at = index + 1
    if at + 1 < len(pieces) and pieces[at].code == _COMMA and pieces[at + 1].text in _COUNTING:
        at += 1
    is_counted = at < len(pieces) and pieces[at].text in _COUNTING
    at += is_counted
    words = tuple(p.text for p in pieces[at : at + 2])
    if words in _PAIRS:
        at += 2
    elif words and words[0] in _PREPOSITIONS and (words[0] != "on" or is_counted):
        at += 1
    else:
        return None
    is_limit = draft.type == "relative-duration"
    if words[0] == "of" and not is_limit:
        return None  # "8 hours of training"
    return _event_from(line, at, is_given=draft.rule == "given-length")


def _event_from(line: Line, first: int, *, is_given: bool) -> tuple[int, int] | None:
    """The characters of the event that begins at piece `first`; it ends before the next clause or the act it limits.

    Behind time that somebody is given that act opens with "to": "has ten days from receipt to appeal".
    """
    pieces = line.pieces
    at = first
    is_noun = pieces[first - 1].text in _BEFORE_NOUNS
    while at < len(pieces) and at - first < LONGEST and not _is_stop(line, at):
        if pieces[at].text in ("and", "or", "but") and at + 1 < len(pieces) and pieces[at + 1].code in _ACTS:
            break
        if (is_noun and pieces[at].text in _FINITES) or (is_given and pieces[at].text == "to"):
            break
        is_noun = is_noun and pieces[at].text not in _RELATIVES
        if pieces[at].code in _MODALS:
            at = _before_subject(line, first, at)
            break
        at += 1
        if _ends_with_instrument(line, first, at):
            break
    while at > first and pieces[at - 1].text in _LOOSE_ENDS:
        at -= 1
    if at == first or at - first >= LONGEST:
        return None
    return pieces[first].start, pieces[at - 1].end


def _ends_with_instrument(line: Line, first: int, at: int) -> bool:
    """Whether "of this Notice" stands before piece `at`, behind which a subject may follow without a comma."""
    if line.pieces[at - 1].code not in _INSTRUMENTS:
        return False
    texts = [piece.text for piece in line.pieces[max(first, at - 5) : at - 1]]
    return any(texts[k : k + 2] in (["of", "this"], ["of", "these"]) for k in range(len(texts) - 1))


def _is_stop(line: Line, at: int) -> bool:
    """Whether an event ends before this piece; a dash inside a word ends nothing."""
    piece = line.pieces[at]
    is_hyphen = piece.code == _DASH and at > 0 and line.pieces[at - 1].end == piece.start
    return piece.code in _STOPS and not is_hyphen


def _before_subject(line: Line, first: int, modal: int) -> int:
    """Where the subject of a modal begins: "within 3 days of receipt | the bureau shall"."""
    for at in range(modal - 1, first, -1):
        if line.pieces[at].text in _DETERMINERS:
            return at
    return min(first + 1, modal)


def _event_ahead(line: Line, index: int) -> tuple[int, int] | None:
    """ "Upon expiry of the term, …": the clause at the head of the sentence, without its first word."""
    pieces = line.pieces
    if not pieces or pieces[0].text not in _HEADS:
        return None
    comma = next((at for at in range(1, min(index, LONGEST)) if pieces[at].code == _COMMA), 0)
    is_clause = comma >= 2 and not any(p.code in _MODALS for p in pieces[:comma])
    if not is_clause or any(p.code == _SEMICOLON for p in pieces[comma:index]):
        return None
    return pieces[1].start, pieces[comma - 1].end


def _is_programme(line: Line, index: int, rule: str, length: Length) -> bool:
    """Whether a limit without an event counts from the document's date."""
    if length.is_working or length.unit in ("hour", "minute"):
        return False
    if index == 0:
        return True
    if rule == "bare-in-length" or length.unit not in ("year", "decade"):
        return False
    words = {p.text for p in line.pieces[max(index - LONGEST, 0) : index]}
    return not words & _CONDITIONAL


def _count_from_document(draft: Draft, clock: Clock) -> None:
    if draft.length is None or clock.document_date is None:
        return
    latest = cal.plus(clock.document_date, draft.length)
    if latest is not None:
        draft.earliest, draft.latest, draft.is_computed = clock.document_date, latest, True


def _count_from_own_event(text: str, line: Line, draft: Draft, clock: Clock) -> None:
    assert draft.trigger is not None and draft.length is not None  # noqa: S101  by the caller
    if draft.bound == "min":
        return
    day = _own_event(text, line, draft.trigger, clock)
    draft.latest = cal.plus(day, draft.length) if day is not None else None


def _own_event(text: str, line: Line, trigger: tuple[int, int], clock: Clock) -> date | None:
    """The day of an event that is the document's own: its signature, its issue, its entry into force."""
    event = text[trigger[0] : trigger[1]]
    if _OWN_SIGNATURE.fullmatch(event):
        return clock.signed
    is_own, effect, issue = _OWN.search(event), _EFFECT.search(event), _ISSUE.search(event)
    if issue and effect and issue.start() < effect.start():
        effect = None  # "the issue of these Implementation Opinions"
    if effect and (is_own or (_THEIR_EFFECT.fullmatch(event) and _OWN.search(text, line.pieces[0].start, trigger[0]))):
        return clock.effective
    return clock.document_date if is_own and issue else None
