"""Areas and fields of an item, from the headings above it and the words of its sentence, by the cues of the reference tables.

One lookup a word: a cue of one word (a closing * takes any ending) or the first word of a longer cue.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import Label, Reference


class Cues(dict[str, tuple[tuple[int, tuple[str, ...]], ...]]):
    """For a word: the labels it may show, each with the rest of the cue that must follow; filled as words are met."""

    def __init__(self, labels: Sequence[Label]) -> None:
        super().__init__()
        self._firsts: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._stems: list[tuple[str, int]] = []
        for number, label in enumerate(labels):
            for cue in label.cues:
                first, *rest = cue.lower().replace("'s", " 's").split()
                if not rest and first.endswith("*"):
                    self._stems.append((first[:-1], number))
                else:
                    self._firsts.setdefault(first, []).append((number, tuple(rest)))
        self._any_stem = tuple(stem for stem, _ in self._stems)

    def __missing__(self, word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        found = [*self._firsts.get(word, ())]
        if word.startswith(self._any_stem):
            found += [(number, ()) for stem, number in self._stems if word.startswith(stem)]
        entry = self[word] = tuple(found)
        return entry

    def counts(self, words: Sequence[str]) -> dict[int, int]:
        """How many cues of each label, by its number, stand in these lower-case words; labels without any are left out."""
        counts: dict[int, int] = {}
        for at, found in enumerate(map(self.__getitem__, words)):
            if not found:
                continue
            following = words[at + 1] if at + 1 < len(words) else ""
            for number, rest in found:
                if not rest or ((rest[0] == following or rest[0][-1] == "*") and _follows(words, at + 1, rest)):
                    counts[number] = counts.get(number, 0) + 1
        return counts


def _follows(words: Sequence[str], at: int, rest: tuple[str, ...]) -> bool:
    if at + len(rest) > len(words):
        return False
    return all(
        words[at + k].startswith(cue[:-1]) if cue.endswith("*") else words[at + k] == cue for k, cue in enumerate(rest)
    )


class Topics:
    """Area and fields by the tables of one reference; what the headings show is kept for the next item under them."""

    def __init__(self, reference: Reference) -> None:
        self._labels = (*reference.areas, *reference.fields)
        self._areas = len(reference.areas)
        self._cues = Cues(self._labels)
        self._headings: tuple[tuple[str, ...], ...] = ()
        self._above: tuple[str, frozenset[str]] = ("", frozenset())  # by these headings

    def of(self, headings: tuple[tuple[str, ...], ...], words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The area of the innermost heading that shows one, else of the words ("" for none); the fields of both, sorted."""
        if headings != self._headings:
            self._headings, self._above = headings, self._shown_by(headings)
        above, fields_above = self._above
        area, fields = self._shown(words)
        return above or area, tuple(sorted(fields_above | fields))

    def _shown_by(self, headings: tuple[tuple[str, ...], ...]) -> tuple[str, frozenset[str]]:
        """What the headings show: an area by any of them, fields by the two innermost."""
        shown = [self._shown(heading) for heading in reversed(headings)]
        area = next((area for area, _ in shown if area), "")
        return area, frozenset().union(*(fields for _, fields in shown[:2]))

    def _shown(self, words: Sequence[str]) -> tuple[str, frozenset[str]]:
        """The area with most cues in these words, the earlier row of the table among equals, and all fields with a cue."""
        counts = self._cues.counts(words)
        areas = [number for number in counts if number < self._areas]
        area = self._labels[min(areas, key=lambda number: (-counts[number], number))].id if areas else ""
        return area, frozenset(self._labels[number].id for number in counts if number >= self._areas)
