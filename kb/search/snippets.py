"""A passage + what was searched -> the window of it that says most, with the ranges to highlight."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kb.search.ranking import loose_stems, marks_of
from kb.search.records import Snippet
from kb.search.words import WORD, han_runs, without_han

WINDOW = 40  # words
_LEAD = 8  # of them before the first find
_WHOLE_NAME = 5.0  # what a phrase says
_GAP = re.compile(r"\s+")
_MARKUP = re.compile(r"^[ \t]*(?:#{1,6} |>)|\*\*|__", re.MULTILINE)

_Found = tuple[int, int, str]  # start, end, what


def make_snippet(
    text: str, weights: Mapping[str, float], phrases: Sequence[tuple[str, ...]], runs: Sequence[str]
) -> Snippet:
    """The window of WINDOW words with the heaviest different finds, the earliest of equals.

    `weights`: stem -> how much it says; `phrases`: sequences of loose stems that count as a whole; `runs`: Chinese.
    """
    text = _MARKUP.sub("", text)
    tokens = [(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in WORD.finditer(without_han(text))]
    found = _finds(text, tokens, weights, phrases, runs)
    start, end = _window(text, tokens, found, weights)
    return _cut(text, start, end, [(a, b) for a, b, _ in found if start <= a and b <= end])


def _finds(
    text: str,
    tokens: Sequence[_Found],
    weights: Mapping[str, float],
    phrases: Sequence[tuple[str, ...]],
    runs: Sequence[str],
) -> list[_Found]:
    marks = marks_of([*weights, *(stem for phrase in phrases for stem in phrase)])
    loose = loose_stems([w for _, _, w in tokens], marks)
    found = [(a, b, s) for (a, b, _), s in zip(tokens, loose, strict=True) if s in weights]
    for phrase in phrases:
        size = len(phrase)
        for i, s in enumerate(loose):
            if s == phrase[0] and tuple(loose[i : i + size]) == phrase:
                found.append((tokens[i][0], tokens[i + size - 1][1], " ".join(phrase)))
    for run in runs:
        found += [(m.start(), m.end(), run) for m in re.finditer(re.escape(run), text)]
    return _without_overlap(found)


def _without_overlap(found: Sequence[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for one in sorted(set(found), key=lambda f: (f[0], -f[1])):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def _window(
    text: str, tokens: Sequence[_Found], found: Sequence[_Found], weights: Mapping[str, float]
) -> tuple[int, int]:
    """The range of the window: it begins a few words before its first find, at a sentence's beginning where one is near."""
    starts = [a for a, _, _ in tokens] + [at for at, _ in han_runs(text)]
    starts.sort()
    if len(starts) <= WINDOW:
        return 0, len(text)
    best, best_at = -1.0, 0
    for i, (at, _, _) in enumerate(found):
        first = bisect_left(starts, at)
        limit = starts[first + WINDOW - _LEAD] if first + WINDOW - _LEAD < len(starts) else len(text)
        says = {what for a, _, what in found[i : bisect_left(found, (limit,))]}
        value = sum(sorted(weights.get(what, _WHOLE_NAME) for what in says))
        if value > best:
            best, best_at = value, first
    begin = max(0, best_at - _LEAD)
    for i in range(best_at, begin - 1, -1):
        if i == 0 or re.search(r"[.;:。；：]\s+$", text[starts[i - 1] : starts[i]]):
            begin = i
            break
    end = starts[begin + WINDOW] if begin + WINDOW < len(starts) else len(text)
    return (starts[begin] if begin else 0), end


def _cut(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Snippet:
    """The window with its white space made single, and the marks moved along."""
    out = ["… "] if text[:start].strip() else []
    size = len(out[0]) if out else 0
    moved: list[tuple[int, int]] = []
    at = start + len(text[start:end]) - len(text[start:end].lstrip())
    for a, b in marks:
        before, inside = _GAP.sub(" ", text[at:a]), _GAP.sub(" ", text[a:b])
        moved.append((size + len(before), size + len(before) + len(inside)))
        out += [before, inside]
        size += len(before) + len(inside)
        at = b
    out.append(_GAP.sub(" ", text[at:end]).rstrip())
    return Snippet("".join(out) + (" …" if text[end:].strip() else ""), tuple(moved))
