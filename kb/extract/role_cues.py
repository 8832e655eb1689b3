"""The words that give a role to bodies in a bracket or a line: "lead unit:", "jointly with", "takes the lead"; the rows of responsibility.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from kb.extract.clauses import Sentence
from kb.extract.words import AGENT, COLON, COMMA, NAMED
from kb.model import Role
from kb.rules import Rule, load_rules


class ResponsibilityRow(Rule, frozen=True, kw_only=True):
    """Cues of one role; `side` says where the bodies stand. A row without a role opens a time limit, or names nobody."""

    role: Role | None = None
    side: Literal["before", "after"]
    cues: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()  # of words in a label that is no cue: "In the lead:", "Helping out:"
    inferred: bool = False
    joins: bool = False  # the bodies behind it join those before it, which lead
    mute: bool = False  # what stands behind it are no bodies


_CALLED = tuple(
    "unit units department departments agency agencies authority authorities body bodies organ organs party parties institution institutions office offices "
    "entity entities organization organizations organisation organisations enterprise enterprises ministry ministries bureau bureaus bureaux section sections".split()
)


@cache
def rows() -> tuple[ResponsibilityRow, ...]:
    """The table."""
    return load_rules(Path(__file__).parent / "responsibility.yaml", ResponsibilityRow)


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], ResponsibilityRow], ...]]:
    """Cues by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], ResponsibilityRow]]] = {}
    for row in rows():
        for cue in (*row.cues, *(f"{kind} {body}" for kind in row.kinds for body in _CALLED)):
            words = tuple(cue.split())
            found.setdefault(words[0], []).append((words, row))
    return {word: tuple(sorted(cues, key=lambda c: -len(c[0]))) for word, cues in found.items()}


@cache
def cue_words() -> frozenset[str]:
    return frozenset(word for cues in _cues().values() for cue, _ in cues for word in cue if word != ":")


def cue_at(s: Sentence, at: int, side: str) -> tuple[ResponsibilityRow, int] | None:
    """The longest cue of that side at unit `at`, and the unit behind it."""
    if at >= len(s.words):
        return None
    for cue, row in _cues().get(s.words[at], ()):
        if row.side == side and tuple(s.words[at : at + len(cue)]) == cue:
            return row, at + len(cue)
    return None


STROKES = frozenset({"/", "／", "|", "+", "//"})  # "Lead: A / With: B / When: 2019"
_LONGEST_LABEL = 6  # words


def label_at(s: Sentence, at: int) -> tuple[ResponsibilityRow | None, int] | None:
    """A label that is no cue, in the role of its words or in none ("Helping: A", "Carrying-out unit: B", "technical: C"), and the unit behind its colon."""
    stop = min(len(s.words) - 1, at + _LONGEST_LABEL)
    colon = next((k for k in range(at + 1, stop) if s.classes[k] & (COLON | COMMA) or s.words[k] in STROKES), 0)
    if not colon or not s.classes[colon] & COLON or s.classes[at] & NAMED:
        return None
    label = s.words[at:colon]
    row = next((row for row in rows() for word in label if row.stems and word.startswith(row.stems)), None)
    if row is None and _UNTOLD.isdisjoint(label) and not _CALLED_WORDS.isdisjoint(label):
        row = next(row for row in rows() if row.id == "responsible-after")
    names = any(kind & (AGENT | NAMED) for kind in s.classes[colon + 1 : colon + 12])
    return (row, colon + 1) if row or names else None


_CALLED_WORDS = frozenset(_CALLED)
_UNTOLD = frozenset(  # words of a label behind which stand others than those who act: "Units notified: ..."
    "notified informed contact contacts copied issuing issued signing signatory printing printed distributed distribution concerned relevant related addressed receiving member members "
    "attending present absent following these those attached subordinate affiliated sending drafting proposing".split()
)
