"""The main finite groups of a sentence with what they ask for and their subjects: "the bureau shall not sell" -> prohibition, the bureau.

Main verbs come from heads.py, subjects from subjects.py; the rows of modality.yaml say what a group asks for.
"""

from __future__ import annotations

from kb.extract import modality
from kb.extract.clauses import Sentence
from kb.extract.elisions import elided
from kb.extract.groups import Finite, group_at
from kb.extract.heads import main_verbs
from kb.extract.phrases import head_of, is_order, skip
from kb.extract.relatives import RELATING, charge_at
from kb.extract.subjects import opens_with, subject_of
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    HAVE,
    MODAL,
    NAMED,
    NOT,
    PREP,
    REL,
    VERB,
    VERB_ED,
    VERB_S,
)  # fmt: skip


def find_finites(s: Sentence) -> list[Finite]:
    """The main finite groups of a sentence, in order, with their subjects."""
    finites = [f for f in (group_at(s, at, imperative) for at, imperative in main_verbs(s)) if f is not None]
    if not finites:
        return _ordered_by_name(s) or elided(s)
    _give_subjects(s, finites)
    return _without_relics(s, finites)


def _ordered_by_name(s: Sentence) -> list[Finite]:
    """The order in "Port Bureau: dredge the bay", with the body before the colon as its subject."""
    colon = next((k for k in range(1, min(16, len(s.classes) - 1)) if s.classes[k] & COLON), 0)
    verb = skip(s, colon + 1, ADVERB)
    if not colon or verb >= len(s.words) or not is_order(s, verb):
        return []
    is_body = s.classes[head_of(s, 0, colon)] & (AGENT | NAMED)
    if s.classes[0] & PREP and not any(kind & (MODAL | BE_FINITE) for kind in s.classes):
        return [Finite(verb, verb, VERB, modality.row("imperative"), subject=(verb, verb))]  # "For Grade A: lower fees"
    row = modality.match("start", s.words, verb)
    return (
        [Finite(verb, verb, VERB, row[0] if row else modality.row("imperative"), subject=(0, colon))] if is_body else []
    )


def _give_subjects(s: Sentence, finites: list[Finite]) -> None:
    """Subject units of every finite, or `shared` with the one before."""
    floor = 0
    for number, finite in enumerate(finites):
        if (
            finite.row is not None
            and finite.row.after == "start"
            and finite.at == finite.verb
            and opens_with(s, finite.at, floor)
        ):
            finite.subject = (finite.at, finite.at)
        elif (charged := _charged(s, floor, finite.at)) is not None:
            finite.subject = charged
        elif _is_inverted(s, finite):
            finite.subject = (finite.at + 1, finite.verb)
        else:
            within = _within_relative(s, floor, finite.at)
            finite.subject = subject_of(s, within or floor, finite.at, number > 0 and not within)
            if number > 0 and (finite.subject[0] == finite.subject[1] or _is_open_act(s, *finite.subject)):
                finite.shared, finite.subject = True, finites[number - 1].subject
        floor = finite.at + 1


def _is_open_act(s: Sentence, start: int, stop: int) -> bool:
    """Whether an act that goes on stands where a subject may ("..., complete the checks and, in grave cases, may ask for papers")."""
    return bool(s.classes[stop - 1] & CONJ and s.classes[start - 1] & COMMA) and is_order(s, start)


def _within_relative(s: Sentence, floor: int, at: int) -> int:
    """Where the subject begins of a clause behind ", in which case" or ", at which"; 0 for other clauses."""
    for k in range(at - 2, max(floor, at - 25), -1):
        if s.classes[k] & (COMMA | VERB_ED | VERB_S | BE_FINITE | HAVE | PREP):
            return 0
        if s.words[k] in ("which", "whom") and s.classes[k - 1] & PREP and s.classes[k - 2] & COMMA:
            return k + 2 if s.words[k + 1] in ("case", "event") else k + 1
    return 0


def _charged(s: Sentence, floor: int, at: int) -> tuple[int, int] | None:
    """The subject of the relative clause whose verb stands at `at` and charges a body with an act; None for other verbs."""
    rel = next((k for k in range(at - 1, max(floor, at - 30), -1) if s.words[k] in RELATING), 0)
    charge = charge_at(s, rel, floor - 1) if rel else None
    return charge.subject if charge is not None and charge.verb == at else None


def _is_inverted(s: Sentence, finite: Finite) -> bool:
    """Whether the subject stands behind the modal: "nor may they sell", "in no case may a unit sell"."""
    denied = s.classes[finite.at - 1] & NOT or s.words[finite.at - 1] == "nor"
    return bool(s.classes[finite.at] & MODAL and finite.at and denied and finite.verb > finite.at + 1)


def _without_relics(s: Sentence, finites: list[Finite]) -> list[Finite]:
    """Without present tenses that belong to the subject of a modal behind them (verbs of its relative clauses)."""
    kept: list[Finite] = []
    for number, finite in enumerate(finites):
        behind = _sharers(finites, number)
        is_relic = (
            finite.row is not None
            and finite.row.id in ("present-tense", "present-passive")
            and any(later.row is not None and later.row.after == "modal" for later in behind)
            and any(s.classes[k] & REL for k in range(finite.subject[0], finite.at))
        )
        if not is_relic:
            kept.append(finite)
        elif behind and not finite.shared:
            behind[0].subject, behind[0].shared = finite.subject, False
    return kept


def _sharers(finites: list[Finite], number: int) -> list[Finite]:
    """The finite groups behind one that share its subject."""
    behind: list[Finite] = []
    for later in finites[number + 1 :]:
        if not later.shared:
            break
        behind.append(later)
    return behind
