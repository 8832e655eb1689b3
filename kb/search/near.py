"""What somebody may have meant: words that differ in a letter or two, and names that hold such words."""

from __future__ import annotations

from collections.abc import Mapping

from kb.search.ranking import is_kin
from kb.search.words import STEMS, words

SHORT, LONG = 4, 7  # letters of a word in which one may be wrong, and in which two
_FAR = 3  # steps from one word to another that are too many


def is_near(a: str, b: str, most: int) -> bool:
    """Whether at most `most` letters must be added, dropped, changed or exchanged with their neighbour."""
    if abs(len(a) - len(b)) > most:
        return False
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        earlier, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if earlier and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return row[-1] <= most


def nearest(wanted: str, names: Mapping[str, str], count: int) -> list[str]:
    """The values of up to `count` names that hold something like every word of `wanted`, the nearest and shortest first."""
    asked = [word for word in words(wanted) if STEMS(word)]
    ranked = []
    for name, value in names.items():
        held = words(name)
        steps = [min((_steps(word, other) for other in held), default=_FAR) for word in asked]
        if steps and max(steps) < _FAR:
            ranked.append((sum(steps), len(held), name, value))
    return list(dict.fromkeys(value for *_, value in sorted(ranked)))[:count]


def _steps(word: str, other: str) -> int:
    """0 for the same word, 1 for one letter or another word of its family, 2 for two letters in a long one, else _FAR.

    A number, or a code of two or three letters, is meant as it stands.
    """
    if word == other:
        return 0
    if len(word) < SHORT or not word.isalpha():
        return _FAR
    if is_near(word, other, 1) or is_kin(STEMS(word) or "", STEMS(other) or ""):
        return 1
    return 2 if len(word) >= LONG and is_near(word, other, 2) else _FAR
