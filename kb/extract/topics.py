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
        self.labels = labels
        self._firsts: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._stems: list[tuple[str, int]] = []
        for number, label in enumerate(labels):
            for cue in label.cues:
                first, *rest = cue.lower().replace("'s", " 's").split()
                if not rest and first.endswith("*"):
                    self._stems.append((first[:-1], number))
                else:
                    self._firsts.setdefault(first, []).append((number, tuple(rest)))

    def __missing__(self, word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        found = [*self._firsts.get(word, ()), *((number, ()) for stem, number in self._stems if word.startswith(stem))]
        entry = self[word] = tuple(found)
        return entry

    def shown(self, words: Sequence[str]) -> tuple[str, ...]:
        """Ids of the labels whose cues stand in these lower-case words, most cues first, then in the table's order."""
        counts: dict[int, int] = {}
        for at, word in enumerate(words):
            found = self[word]
            if not found:
                continue
            for number, rest in found:
                if not rest or _follows(words, at + 1, rest):
                    counts[number] = counts.get(number, 0) + 1
        return tuple(self.labels[n].id for n in sorted(counts, key=lambda n: (-counts[n], n)))


def _follows(words: Sequence[str], at: int, rest: tuple[str, ...]) -> bool:
    if at + len(rest) > len(words):
        return False
    return all(
        words[at + k].startswith(cue[:-1]) if cue.endswith("*") else words[at + k] == cue for k, cue in enumerate(rest)
    )


class Topics:
    """Area and fields by the tables of one reference; what headings show is kept, since many items stand under one."""

    def __init__(self, reference: Reference) -> None:
        self._areas = Cues(reference.areas)
        self._fields = Cues(reference.fields)
        self._of_headings: dict[tuple[tuple[str, ...], ...], tuple[str, tuple[str, ...]]] = {}

    def of(self, headings: tuple[tuple[str, ...], ...], words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The area of the innermost heading that shows one, else of the words ("" for none); the fields of both, sorted."""
        if headings not in self._of_headings:
            areas = [shown[0] for heading in reversed(headings) if (shown := self._areas.shown(heading))]
            fields = {field for heading in headings[-2:] for field in self._fields.shown(heading)}
            self._of_headings[headings] = (areas[0] if areas else "", tuple(fields))
        area, above = self._of_headings[headings]
        if not area:
            shown_by_words = self._areas.shown(words)
            area = shown_by_words[0] if shown_by_words else ""
        return area, tuple(sorted({*above, *self._fields.shown(words)}))
