"""Which names stand for different lists though their words agree: "a list of dishonest carriers and a list of seriously dishonest carriers".

Two names are of different lists where a sentence sets them side by side, where each is given a short form of its own, or
where one word contradicts another (serious, ordinary; lifetime, fixed-term).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from kb.extract.lists_aliases import Introduced, form_of, term_of
from kb.extract.lists_likeness import PERSONS, canonical, telling
from kb.extract.lists_names import HEAD, ListMention

Words = frozenset[str]

_BESIDE = re.compile(
    r"[\"”’*_]*(?: \([^()]{0,80}\))?(?:,|,? (?:and|or|as well as|and to|or to)) (?:to )?(?:an? |the |its |their |another )?[\"“‘*_]*"
)
_CONTRARY = (
    ({"serious"}, frozenset("ordinary ordinarily general generally minor moderate moderately slight slightly common lesser light".split())),
    ({"lifetime", "permanent", "permanently"}, frozenset("fixed-term temporary temporarily".split())),
    ({"domestic"}, frozenset("foreign overseas".split())),
)  # fmt: skip


class Apart:
    """Pairs of names, by the words that tell them, that cannot be one list."""

    def __init__(self, text: str, mentions: Sequence[ListMention], short: Sequence[Introduced]) -> None:
        self._pairs = {
            frozenset((telling(a), telling(b))) for a, b in (*_beside(text, mentions), *_shortened(text, short))
        }

    def are(self, words: Words, others: Collection[Words]) -> bool:
        """Whether a name with these words is of another list than names with those."""
        return any(frozenset((words, other)) in self._pairs or _contrary(words, other) for other in others)


def told_by_persons(text: str, mentions: Sequence[ListMention]) -> list[ListMention]:
    """The mentions, where persons alone tell one list from another with them as words: "for units and … for individuals"."""
    split = {
        word
        for one, other in _beside(text, mentions)
        if canonical(one.words) == canonical(other.words)
        for word in (one.words ^ other.words) & PERSONS
    }
    if not split:
        return list(mentions)
    return [replace(m, words=frozenset(f"{w} alone" if w in split else w for w in m.words)) for m in mentions]


def _beside(text: str, mentions: Sequence[ListMention]) -> Iterator[tuple[ListMention, ListMention]]:
    """Names that a sentence sets side by side: "a redlist of A and a redlist of B"."""
    for one, other in pairwise(mentions):
        if one.kind is other.kind and is_beside(text, one, other):
            yield one, other


def is_beside(text: str, one: ListMention, other: ListMention) -> bool:
    """Whether the second of two names follows the first with no more than "and the" between."""
    return one.end < other.start and _BESIDE.fullmatch(text, one.end, other.start) is not None


def _shortened(text: str, short: Sequence[Introduced]) -> Iterator[tuple[ListMention, ListMention]]:
    """Names that were given different short forms, each the name of a list."""
    forms = [(one, form_of(term_of(text, parenthesis))) for one, parenthesis in short]
    named = [(one, form) for one, form in forms if HEAD.search(form)]
    for (one, form), (other, other_form) in combinations(named, 2):
        if form != other_form and one.kind is other.kind:
            yield one, other


def _contrary(words: Words, others: Words) -> bool:
    return any(
        (words & a and others & b and not others & a) or (words & b and others & a and not words & a)
        for a, b in _CONTRARY
    )
