"""What a finite verb group asks for: "shall" -> duty, "is entitled to" -> right, "may not" -> prohibition.

In comes a form ("modal", "be", "have", "start", "present") and the words that follow it, out goes the row of modality.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from kb.model import DocumentKind, Metadata, Modality, Strength
from kb.rules import Rule, load_rules

Form = Literal["modal", "be", "have", "do", "start", "present", "deed"]


class ModalityRow(Rule, frozen=True, kw_only=True):
    """A form and its modality; see the head of modality.yaml."""

    after: Form
    cue: tuple[str, ...]
    modality: Modality
    strength: Strength
    negated: Literal["prohibition", "none"]
    act: Literal["verb", "here", "gerund", "addressed"] = "verb"
    subject: Literal["any", "body"] = "any"


@cache
def rows() -> tuple[ModalityRow, ...]:
    """The table."""
    return load_rules(Path(__file__).parent / "modality.yaml", ModalityRow)


@cache
def _cues() -> dict[tuple[Form, str], tuple[tuple[tuple[str, ...], ModalityRow], ...]]:
    """Cues by form and first word, longest first."""
    found: dict[tuple[Form, str], list[tuple[tuple[str, ...], ModalityRow]]] = {}
    for row in rows():
        for cue in row.cue:
            words = tuple(cue.split())
            found.setdefault((row.after, words[0]), []).append((words, row))
    return {key: tuple(sorted(cues, key=lambda c: -len(c[0]))) for key, cues in found.items()}


def match(form: Form, words: Sequence[str], at: int) -> tuple[ModalityRow, int] | None:
    """The row whose cue stands at `at` after this form, and the index behind the cue."""
    if at >= len(words):
        return None
    for cue, row in _cues().get((form, words[at]), ()):
        if tuple(words[at : at + len(cue)]) == cue:
            return row, at + len(cue)
    return None


@cache
def row(rule: str) -> ModalityRow:
    """The row of that id."""
    return next(r for r in rows() if r.id == rule)


_PLANS = (
    "plan",
    "outline",
    "program",
    "programme",
    "key tasks",
    "key points",
    "arrangements",
    "priorities",
    "blueprint",
)
_NORMATIVE = (DocumentKind.NORMATIVE_DOCUMENT, DocumentKind.LOCAL_NORMATIVE_DOCUMENT)


def is_opinions(meta: Metadata, has_articles: bool) -> bool:
    """Whether the document opens with a creed and goals and then sets work, as a plan does, although it is none: opinions without articles."""
    return meta.kind in _NORMATIVE and not has_articles and "opinions" in meta.title.lower()


def is_plan(meta: Metadata, has_articles: bool) -> bool:
    """Whether bare imperatives and the present tense make tasks: in plans, whatever kind of document issues them; not in opinions."""
    if meta.kind is DocumentKind.PLAN:
        return True
    if has_articles or meta.kind not in _NORMATIVE:
        return False
    title = meta.title.lower()
    return "opinions" not in title and any(word in title for word in _PLANS)
