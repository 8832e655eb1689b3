"""What the surroundings make of a time: a past fact, the entry into force of a rule, a window that looks back, nothing.

The rows of times_contexts.yaml are tried in order on the clause of each time; the first that holds decides. "by the end of
2017" is a deadline by its form, and historical in "By the end of 2017, 43 counties had already met the target".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.extract import times_calendar as cal
from kb.extract.times_calendar import Clock, Precision, Unit
from kb.extract.times_grammar import HERE, Pattern, PatternRule
from kb.extract.times_phrases import Draft, DraftType
from kb.extract.times_tokens import Line, alphabet
from kb.rules import load_rules

WINDOW = 60
"""Pieces on either side that a pattern may look at, so that a sentence without end costs no more than its length."""


class ContextRule(PatternRule, frozen=True, kw_only=True):
    """A row: where its pattern is found around a time of these types or rules, the time becomes another type."""

    of: tuple[str, ...]
    becomes: DraftType
    unless: str = ""
    when: Literal["", "past", "begun", "surely-past", "over", "today"] = ""
    keeps: Literal["", "earliest", "latest"] = ""
    only: tuple[Precision, ...] = ()
    units: tuple[Unit, ...] = ()  # of lengths
    within: Literal["clause", "sentence"] = "clause"


@dataclass(frozen=True, slots=True)
class Context:
    """A compiled row."""

    rule: ContextRule
    pattern: Pattern[ContextRule]
    unless: Pattern[ContextRule] | None


def _load() -> tuple[Context, ...]:
    out = []
    for rule in load_rules(HERE / "times_contexts.yaml", ContextRule):
        unless = None
        if rule.unless:
            without = ContextRule(
                id=rule.id, why=rule.why, matches=rule.matches, pattern=rule.unless, of=(), becomes="none"
            )
            unless = Pattern.of(without, searched=True)
        out.append(Context(rule, Pattern.of(rule, searched=True), unless))
    return tuple(out)


CONTEXTS = _load()
_SUBJECT, _SEMICOLON = alphabet().shape("SUBJECT"), alphabet().shape("SEMICOLON")
_CUT = alphabet().shape("ODD")
"""Stands for what lies beyond the window, so that `^` and `$` hold at the true ends only."""


def judge(line: Line, index: int, draft: Draft, clock: Clock) -> None:
    """Give the draft that stands at line.pieces[index] the type that its surroundings ask for."""
    clause, sentence = _surroundings(line.codes, index)
    for context in CONTEXTS:
        rule = context.rule
        if (draft.type not in rule.of and draft.rule not in rule.of) or (
            rule.only and draft.precision not in rule.only
        ):
            continue
        if rule.units and (draft.length is None or draft.length.unit not in rule.units):
            continue
        codes = sentence if rule.within == "sentence" else clause
        if not context.pattern.expression.search(codes) or (context.unless and context.unless.expression.search(codes)):
            continue
        if rule.when and not _is_past(draft, rule.when, clock):
            continue
        _apply(rule, draft)
        return


def _surroundings(codes: str, index: int) -> tuple[str, str]:
    """The codes of the clause and of the sentence, the time replaced by the mark for it."""
    before, after = codes[max(index - WINDOW, 0) : index], codes[index + 1 : index + 1 + WINDOW]
    sentence = (
        (_CUT if index > WINDOW else "") + before + _SUBJECT + after + (_CUT if index + 1 + WINDOW < len(codes) else "")
    )
    clause = before.rpartition(_SEMICOLON)[2] + _SUBJECT + after.partition(_SEMICOLON)[0]
    return clause, sentence


def _is_past(draft: Draft, when: str, clock: Clock) -> bool:
    """Whether the time lies before the document's date; where that is not known, only the words can tell."""
    now = clock.document_date
    if now is None:
        return when in ("past", "begun")
    dates = (draft.earliest, draft.latest) if when == "begun" else (draft.latest, draft.earliest)
    first = dates[0] or dates[1]
    if first is None or (when == "over" and (draft.is_rolled or draft.precision == "five-year-plan")):
        return False
    if when == "today":
        return first == now
    if when == "begun" and draft.latest is not None and draft.latest.year > now.year:
        return False
    if draft.is_rolled:
        first = cal.a_year_before(first, draft.precision)
    return first <= now if when in ("past", "begun") else first < now


def _apply(rule: ContextRule, draft: Draft) -> None:
    draft.type = rule.becomes
    draft.rules = (rule.id,) if rule.becomes == "none" else (*draft.rules, rule.id)
    if draft.is_rolled and rule.becomes == "historical":
        draft.earliest = draft.earliest and cal.a_year_before(draft.earliest, draft.precision)
        draft.latest = draft.latest and cal.a_year_before(draft.latest, draft.precision)
        draft.is_rolled, draft.doubt = False, ""
    if rule.keeps == "earliest":
        draft.earliest, draft.latest = draft.earliest or draft.latest, None
    elif rule.keeps == "latest":
        draft.earliest, draft.latest = None, draft.latest or draft.earliest
