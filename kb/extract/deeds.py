"""Acts that are the subject of their sentence, and work that "lies with" a body: "The issue of rules is reserved to the corps", "upkeep falls to the office".

In comes a verb group with its subject, out come the row of modality.yaml and the body behind its cue.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kb.extract import modality
from kb.extract.clauses import Sentence
from kb.extract.modality import ModalityRow
from kb.extract.phrases import head_of, skip
from kb.extract.words import (
    ADVERB,
    AGENT,
    ARTICLE,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    DET,
    MODAL,
    NAMED,
    NOT,
    PLACE,
    PREP,
    REL,
    SOFT_SUB,
    SUB,
    TIME,
    VERB_ING,
)

DEED = (
    "tion",
    "sion",
    "ment",
    "val",
    "sal",
    "ance",
    "sure",
    "ing",
    "tiny",
    "ban",
    "bar",
    "ceiling",
    "entry",
    "review",
)
_DEALINGS = frozenset(
    "use misuse abuse sale resale purchase transfer trade export import access recourse resort increase decrease reduction issue release delivery storage "
    "search seizure change split merger hire lease visit withdrawal upkeep oversight".split()
)
_OF_DEED = frozenset({"of", "to", "by", "in", "from", "for", "between", "with", "on"})
_TO_BODY = frozenset({"to", "for", "of", "by", "on", "upon", "with"})
_WITHIN_NAME = frozenset({"of", "for", "in", "above", "below"})


class Deed(NamedTuple):
    """What is asked for by an act put as a noun: its row, its units, and those of the body that must or may do it."""

    row: ModalityRow
    start: int
    stop: int
    addressee: tuple[int, int]


def deed_of(s: Sentence, at: int, verb: int, subject: tuple[int, int], *, negated: bool) -> Deed | None:
    """The act that the subject of the group at `at` with its `verb` names, where what follows asks for it; None for others."""
    start, stop = subject if subject[1] > subject[0] else _gerund_before(s, at)
    body = allotted_to(s, verb)
    if body[1]:
        return Deed(modality.row("present-allotted"), verb, body[1], body)
    if start >= stop or not s.classes[at] & (BE_FINITE | MODAL):
        return None
    be = at if s.classes[at] & BE_FINITE else verb
    if be >= len(s.words) or not s.classes[be] & BE:
        return None
    cue = skip(s, be + 1, ADVERB | TIME | NOT)
    found = modality.match("deed", s.words, cue)
    if found is None or not _names_deed(s, start, stop):
        return None
    row, behind = found
    if negated and row.negated == "none":
        return None
    addressee = _body_at(s, behind, s.words[behind - 1] in _TO_BODY)
    first = skip(s, start, ADVERB | ARTICLE | DET)
    told = row.id == "deed-forbidden" or addressee[1] > 0
    return Deed(row, first, stop, addressee) if told or _has_complement(s, first, stop) else None


def _gerund_before(s: Sentence, at: int) -> tuple[int, int]:
    """The units from a gerund behind the last comma up to a verb group ("Keeping the roster is"); (0, 0) for none."""
    opening = skip(s, next((k for k in range(at - 1, -1, -1) if s.classes[k] & (COMMA | COLON)), -1) + 1)
    is_plain = s.classes[opening] & VERB_ING and not any(kind & REL for kind in s.classes[opening:at])
    return (opening, at) if is_plain else (0, 0)


def _names_deed(s: Sentence, start: int, stop: int) -> bool:
    """Whether a noun phrase is an act: "charging fees", "the disclosure of such data"."""
    if s.classes[start] & VERB_ING and not s.classes[start] & AGENT:
        comma = next((k for k in range(stop - 1, start, -1) if s.classes[k] & COMMA), start)
        return not s.classes[comma + 1] & DET or comma == start  # ", for which, by law, no permit is required"
    at = head_of(s, start, stop)
    if s.classes[at] & (AGENT | NAMED) or any(kind & COMMA for kind in s.classes[start:stop]):
        return False
    return s.words[at].endswith(DEED) or s.words[at] in _DEALINGS


def _has_complement(s: Sentence, start: int, stop: int) -> bool:
    """Whether the noun says what is done or by whom ("submission of the file"), and is no mere state ("registration")."""
    return any(s.words[k] in _OF_DEED for k in range(start + 1, stop))


def _body_at(s: Sentence, at: int, behind_preposition: bool) -> tuple[int, int]:
    """The units of the body that a cue names behind its preposition; (0, 0) for none."""
    if not behind_preposition:
        if s.words[at : at + 1] == [] or s.words[at] not in _TO_BODY:
            return 0, 0
        at += 1
    stop = next((k for k in range(at, len(s.words)) if _ends_body(s, at, k)), len(s.words))
    is_body = any(kind & NAMED or (kind & AGENT and not kind & PLACE) for kind in s.classes[at:stop])
    is_body = is_body or bool(s.classes[stop - 1] & PLACE)
    return (at, stop) if is_body or s.words[at : at + 1] in (["it"], ["them"]) else (0, 0)


def _ends_body(s: Sentence, start: int, k: int) -> bool:
    """Whether the name of a body that begins at `start` has ended before `k`."""
    kind = s.classes[k]
    if k == start or kind & (COMMA | COLON | TIME | SUB | SOFT_SUB):
        return bool(kind & (PREP | COMMA | COLON | TIME | SUB | SOFT_SUB))
    if not kind & PREP or s.words[k] in _WITHIN_NAME or s.classes[k + 1 : k + 2] == [REL]:
        return False
    return s.words[k] != "at" or not {"level", "levels", "or"}.intersection(s.words[k + 1 : k + 5])


_CHARGES = frozenset("burden onus liability risk cost costs ownership title right rights blame fault loss".split())


@cache
def _allotting_verbs() -> frozenset[str]:
    """The verbs of the row, since every verb of a sentence is asked."""
    return frozenset(cue.split()[0] for cue in modality.row("present-allotted").cue)


def allotted_to(s: Sentence, verb: int) -> tuple[int, int]:
    """The body of "the investigation lies with the institute", "day-to-day work falls to the centre"; (0, 0) where the verb allots no work."""
    is_told = verb and not _allotting_verbs().isdisjoint(s.words[verb : verb + 1])
    found = modality.match("present", s.words, verb) if is_told else None
    if found is None or found[0].id != "present-allotted":
        return 0, 0
    opening = next((k for k in range(verb - 1, -1, -1) if s.classes[k] & (COMMA | COLON)), -1) + 1
    if not _CHARGES.isdisjoint(s.words[opening:verb]) and "responsibility" not in s.words[opening:verb]:
        return 0, 0
    return _body_at(s, found[1], behind_preposition=True)
