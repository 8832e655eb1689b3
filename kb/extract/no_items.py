"""What has the form of an item and is none, by the rows of no_items.yaml: parts of a plan that tell its background, legal effect, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from kb.extract.actions import Act
from kb.extract.actors import is_body_subject
from kb.extract.clauses import Sentence
from kb.extract.context import Reading
from kb.extract.goals import names_goals
from kb.model import Provision
from kb.rules import Rule, load_rules

_SIGN_OF_MEANING = re.compile(r"[’'”\"]|meanings")
_LONGEST_HEADING = 80  # characters; a longer one is a sentence


class ItemRow(Rule, frozen=True, kw_only=True):
    """A pattern of what is no item; see the head of no_items.yaml."""

    scope: Literal["heading", "act", "sentence"]
    pattern: str
    unless: str = ""
    subject: Literal["any", "thing", "instrument"] = "any"
    programme: bool = False


@cache
def rows(scope: str) -> tuple[tuple[ItemRow, re.Pattern[str], re.Pattern[str] | None], ...]:
    """The rows for one kind of text, with their patterns."""
    table = load_rules(Path(__file__).parent / "no_items.yaml", ItemRow)
    return tuple(
        (row, re.compile(row.pattern, re.IGNORECASE), re.compile(row.unless, re.IGNORECASE) if row.unless else None)
        for row in table
        if row.scope == scope
    )


@cache
def any_act() -> re.Pattern[str]:
    """All patterns of acts as one, by which most acts are passed at once."""
    return _as_one(pattern.pattern for _, pattern, _ in rows("act"))


@cache
def _any_sentence(*, opening: bool) -> re.Pattern[str]:
    """The patterns of sentences as one: those of their opening, or the others."""
    patterns = (pattern.pattern for _, pattern, _ in rows("sentence"))
    return _as_one(pattern for pattern in patterns if pattern.startswith("^") == opening)


def _as_one(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def is_no_item(s: Sentence, act: Act, text: str, *, makes_tasks: bool) -> bool:
    """Whether a row tells that such an act is no item; `makes_tasks` in a plan, whose "will be in force" is a goal."""
    words = text[s.starts[act.verb] : s.ends[act.stop - 1]]
    if not any_act().match(words):
        return False
    is_goal = makes_tasks and act.row.id == "modal-will"  # "a body of rules will be in force"
    for row, pattern, unless in rows("act"):
        if not pattern.match(words) or (unless and unless.search(words)):
            continue
        if is_goal and row.id == "entry-into-force":
            continue
        if row.id == "liability" and act.finite.agents:
            continue  # "is ordered by the office to stop and may be fined"
        if row.subject == "instrument":
            if _names_instrument(s.words[slice(*act.finite.subject)]):
                return True
        elif row.subject == "any" or not is_body_subject(s, act.finite):
            return True
    return False


def _names_instrument(words: Sequence[str]) -> bool:
    """Whether a subject is a law, a rule or a plan, or nothing ("these Measures", "the Regulation")."""
    return not words or not _INSTRUMENTS.isdisjoint(words)


_INSTRUMENTS = frozenset(
    "measures provisions rules rule regulations regulation law act ordinance decree interpretation decision memorandum agreement notice "
    "plan opinions it they".split()
)


def states_no_norm(text: str) -> bool:
    """Whether a sentence tells a purpose, a meaning or a request; only quotation marks and "meanings" speak of it elsewhere than at its head."""
    if _any_sentence(opening=True).match(text):
        return True
    return bool(_SIGN_OF_MEANING.search(text)) and bool(_any_sentence(opening=False).search(text))


class Silence:
    """Which provisions of one document stand under a heading that tells of no tasks; goals under such a heading are read."""

    def __init__(self, reading: Reading, *, programme: bool) -> None:
        self.reading = reading
        self.programme = programme
        self._silent: dict[str, bool] = {}  # by eId of the container

    def holds(self, leaf: Provision) -> bool:
        """Whether no items stand in the leaf."""
        parent = leaf.parent
        if parent not in self._silent:
            above = self.reading.by_eid.get(parent)
            self._silent[parent] = above is not None and self.holds(above)
        return self._has_silent_heading(leaf) or (self._silent[parent] and not _is_of_goals(leaf))

    def _has_silent_heading(self, provision: Provision) -> bool:
        heading = provision.heading
        if not heading or len(heading) > _LONGEST_HEADING:
            return False
        return any(
            pattern.search(heading) and (self.programme or not row.programme) and not names_goals(heading, "tasks?")
            for row, pattern, _ in rows("heading")
        )


def _is_of_goals(provision: Provision) -> bool:
    """Whether a heading of its own tells of goals ("1.3 Overall goals" under "Situation and general requirements")."""
    heading = provision.heading
    return bool(heading) and len(heading) <= _LONGEST_HEADING and names_goals(heading)
