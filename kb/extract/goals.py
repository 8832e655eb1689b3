"""Labels and goals: "Measures: Draft the rules and issue them" is two orders, "Goal: The rolls are drawn up by the end of 2018" a result to be reached.

In comes a sentence, out come the label that opens it and, under a label or heading that names goals, its verb groups read as tasks whoever
their subject is: the present tense of things, passives without a body, states.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from kb.extract import modality
from kb.extract.clauses import Sentence
from kb.extract.groups import Finite
from kb.extract.phrases import head_of, skip
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    HAVE,
    MODAL,
    NOUNISH,
    NUMBER,
    POSSESSIVE,
    PREP,
    QUANTITY,
    REL,
    STATE,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_S,
)  # fmt: skip
from kb.rules import Rule, load_rules

_LONGEST_LABEL = 8  # units
_GOALS = r"goals?|objectives?|targets?|aims?|milestones?"


class LabelRow(Rule, frozen=True, kw_only=True):
    """The nouns of one kind of label; see the head of labels.yaml."""

    opens: Literal["work", "goals"]
    heads: str


@cache
def label_rows() -> tuple[LabelRow, ...]:
    """The table."""
    return load_rules(Path(__file__).parent / "labels.yaml", LabelRow)


@cache
def _labels() -> dict[str, str]:
    """What a label opens, by its noun."""
    return {word: row.opens for row in label_rows() for word in row.heads.split()}


def names_goals(heading: str, *others: str) -> bool:
    """Whether a heading names goals, or one of the `others`."""
    return bool(re.search(rf"\b(?:{'|'.join((_GOALS, *others))})\b", heading, re.IGNORECASE))


def label_at(s: Sentence) -> tuple[str, int]:
    """What the label that opens a sentence opens ("work", "goals"), and the unit behind its colon; "" and 0 where there is none."""
    colon = next((k for k in range(1, min(_LONGEST_LABEL, len(s.classes))) if s.classes[k] & COLON), 0)
    if not colon or any(kind & _OF_CLAUSE for kind in s.classes[:colon]):
        return "", 0
    opens = _labels().get(s.words[head_of(s, 0, colon)], "")
    return (opens, colon + 1) if opens else ("", 0)


_OF_CLAUSE = MODAL | BE_FINITE | HAVE | REL | SUB


def read_as_goals(s: Sentence, finites: list[Finite]) -> list[Finite]:
    """Give the row of goals to verb groups that ask for nothing by themselves: states, "is in place", what a thing reaches."""
    for finite in finites:
        if finite.row is None:
            _read_state(s, finite)
    return [f for f in finites if not (f.form == VERB and s.classes[f.at] & ADJECTIVISH and f.at == 0)] or _reached(s)


def _read_state(s: Sentence, finite: Finite) -> None:
    """ "is in place", "covers all ports"; not "is a means"."""
    at, classes = finite.at, s.classes
    start = skip(s, at + 1, ADVERB | TIME) if classes[at] & BE_FINITE else at
    if start >= len(classes) or finite.negated or not (classes[at] & (BE_FINITE | STATE)):
        return
    if classes[at] & BE_FINITE and not (classes[start] & PREP and not classes[start] & TO):
        return
    finite.row, finite.verb = modality.row("present-tense"), start


def _reached(s: Sentence) -> list[Finite]:
    """The verb of a thing, where a sentence shows no other: "The rate of returns reaches 92 percent", "the lists cover all ports"."""
    classes = s.classes
    for k in range(1, len(classes) - 1):
        if classes[k] & (COMMA | COLON | MODAL | BE_FINITE | HAVE | SUB | REL):
            return []
        following, before = classes[k + 1], classes[k - 1]
        sure = following & (DET | NUMBER | QUANTITY) or not classes[k] & NOUNISH
        if before & (DET | PREP | CONJ | POSSESSIVE | NUMBER) or not (sure and following & _OF_REACHED):
            continue
        plural = s.words[head_of(s, 0, k)].endswith("s")
        if classes[k] & (VERB if plural else VERB_S) and not classes[k] & AGENT:
            form = VERB if plural else VERB_S
            return [Finite(k, k, form, modality.row("present-tense"), subject=(skip(s, 0), k))]
    return []


_OF_REACHED = DET | NUMBER | QUANTITY | ADVERB | PREP | AGENT
