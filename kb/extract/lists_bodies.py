"""Whether a body that acts in a statement on a list designates, publishes or keeps it: weighed, since verbs alone do not say.

"The bureau decides on entry" names who keeps the list, "the bureau keeps the data secret" does not. The body is put as
features: its own words and those around it, the slot of its clause, how many bodies the list has already. The weights
(lists_bodies.tsv) are learnt from marked documents by `make slot-weights`; the table is text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_suffix(".tsv")
FLOOR = -250
"""The least sum of weights of a body that is kept: of bodies nobody learnt from, one in twenty of the right ones falls below it, and four in ten of the wrong ones."""

_STEM = 6  # letters of a word that are weighed
_NEAR, _FAR = 4, 7  # words behind a body that count by their place, and at all
_AHEAD = 3  # words before it
_BEFORE, _AFTER = 40, 80  # characters in which these words stand
_MANY = 3  # bodies of a list, words of a body beyond which more do not matter
_LONG = 8
_WORD = re.compile(r"[\w’'-]+|[,;:.]")


@dataclass(frozen=True, slots=True)
class Body:
    """A body in a clause; `text` has the words of names of lists blanked out."""

    text: str
    start: int
    end: int
    clause: tuple[int, int]
    slot: str  # of the clause
    unit_slot: str  # of its article
    role: str
    known: int  # bodies that the list has already
    names_list: bool  # the statement names the list

    def features(self) -> list[str]:
        """What is weighed."""
        first, last = self.clause
        own = _stems(self.text[self.start : self.end])
        after = _stems(self.text[self.end : self.end + _AFTER])[:_FAR]
        before = _stems(self.text[max(first, self.start - _BEFORE) : self.start])[-_AHEAD:]
        clause = sorted(set(_stems(self.text[first:last])))
        return [
            *(f"slot={self.slot}", f"article={self.unit_slot}", f"role={self.role}"),
            *(f"known={min(self.known, _MANY)}", f"long={min(len(own), _LONG)}", f"names-list={self.names_list}"),
            *(f"quarter={4 * self.start // max(len(self.text), 1)}", f"opens={self.start - first < _STEM}"),
            *(f"behind{place}={word}" for place, word in enumerate(after[:_NEAR])),
            *(f"behind={word}" for word in sorted(set(after))),
            *(f"before={word}" for word in sorted(set(before))),
            f"next-before={before[-1] if before else '^'}",
            *(f"own={word}" for word in sorted(set(own))),
            *(f"clause={word}" for word in clause),
            *(f"clause={self.slot}+{word}" for word in clause),
        ]


def _stems(text: str) -> list[str]:
    return [word[:_STEM].lower() for word in _WORD.findall(text)]


def keeps_list(body: Body) -> bool:
    """Whether the weights speak for a body enough."""
    return weight_of(body.features(), weights_table()) >= FLOOR


def weight_of(features: list[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(feature, 0) for feature in features)


@cache
def weights_table() -> Mapping[str, float]:
    """The weights that the package carries, by feature."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:])
    return {feature: int(weight) for feature, weight in rows}
