"""How well a passage answers: the formula of docs/search.md, over any engine, written so that it can be written again.

score = sum over words:  weight * (BM25 in the text + HEAD * BM25 in the heading path)
      + PAIR / LOOSE bonus for neighbours of the query that are neighbours in the passage   (the first DEPTH only)
      + SECTION * the best score among the passages of its section                          (the first DEPTH only)
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise

from kb.search.records import Engine, Passage
from kb.search.words import STEMS, STOP_WORDS, words

K1 = 0.6  # how fast further occurrences of a word stop counting
B = 0.75  # how far length is held against a passage
IDF_POWER = 0.9  # rare words count a little less than their rarity
HEAD = 0.15  # a word in the heading path against one in the text
PAIR = 0.2  # times ln(passages): two content words that are neighbours once stop words are left out
LOOSE = 0.1  # times ln(passages): two neighbours as they stand, one of which may be a stop word
SECTION = 0.3  # of the best score in the section
DEPTH = 50  # passages that are looked at again
PLACES = 6  # decimals of a score that count

Scores = dict[int, float]


def idf(size: int, found: int) -> float:
    """Rarity of what `found` of `size` passages hold."""
    return float(math.log(1 + (size - found + 0.5) / (found + 0.5)) ** IDF_POWER)


def term_scores(engine: Engine, field: str, numbers: Sequence[int], counts: Sequence[float], weight: float) -> Scores:
    """BM25 of one term, from its postings, times `weight`."""
    if not numbers:
        return {}
    mean, lengths = engine.mean_length(field), engine.lengths(field)
    top = weight * idf(engine.size, len(numbers)) * (K1 + 1)
    flat, slope = K1 * (1 - B), K1 * B / mean if mean else 0.0  # no mean: all passages are Chinese
    return {n: top * c / (c + flat + slope * lengths[n]) for n, c in zip(numbers, counts, strict=True)}


def add(total: Scores, more: Mapping[int, float]) -> None:
    """Add scores to a running total."""
    get = total.get
    for number, score in more.items():
        total[number] = get(number, 0.0) + score


def best(scores: Mapping[int, float], count: int) -> list[int]:
    """The numbers of the `count` best scores, and of all that are as good as the last of them."""
    if len(scores) <= count:
        return list(scores)
    least = nlargest(count, scores.values())[-1]
    return [n for n, s in scores.items() if s >= least]


class _Marks(dict[str, str]):
    """Word -> its loose stem, but "" for words that cannot be among those of a query.

    A word begins with its stem, but for the stem's last letter, so that few words of a passage need stemming.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        super().__init__({word: "-" + word for word in STOP_WORDS})
        self._starts: dict[str, tuple[str, ...]] = {}
        for stem in stems:
            self._starts[stem[:2]] = (*self._starts.get(stem[:2], ()), stem[:-1])

    def __missing__(self, word: str) -> str:
        starts = self._starts.get(word[:2])
        mark = self[word] = (STEMS(word) or "") if starts and word.startswith(starts) else ""
        return mark


_STOP_MARKS = frozenset("-" + word for word in STOP_WORDS)


class Neighbours:
    """The neighbours in a query, and how much of them a passage has."""

    def __init__(self, sequence: Sequence[str]) -> None:
        """`sequence`: the words of the query in order, in lower case."""
        loose = loose_stems(sequence)
        content = [s for s in loose if s not in _STOP_MARKS]
        self.pairs = set(pairwise(content))
        self.loose = {(a, b) for a, b in pairwise(loose) if a not in _STOP_MARKS or b not in _STOP_MARKS}
        self._marks = _Marks(content)

    def __bool__(self) -> bool:
        return bool(self.pairs or self.loose)

    def bonus(self, text: str, length: int, mean: float, size: int) -> float:
        """The bonus of a passage with `length` stems, of `mean` in all passages."""
        stems = loose_stems(words(text), self._marks)
        content = [s for s in stems if s not in _STOP_MARKS]
        norm = K1 * (1 - B + B * length / mean) if mean else K1
        found = _saturated([p for p in pairwise(content) if p in self.pairs], norm)
        loose = _saturated([p for p in pairwise(stems) if p in self.loose], norm)
        return math.log(max(size, 2)) * (PAIR * found + LOOSE * loose)


def _saturated(pairs: Sequence[tuple[str, str]], norm: float) -> float:
    return sum((K1 + 1) * c / (c + norm) for c in sorted(Counter(pairs).values())) if pairs else 0.0


def loose_stems(sequence: Sequence[str], marks: Mapping[str, str] | None = None) -> list[str]:
    """Stems of content words, "-word" for stop words; with `marks`, "" for words that are none of theirs."""
    if marks is not None:
        return [marks[w] for w in sequence]
    return ["-" + w if w in STOP_WORDS else STEMS(w) or "" for w in sequence]


def marks_of(stems: Iterable[str]) -> Mapping[str, str]:
    """What `loose_stems` needs to look for `stems` alone, which is faster."""
    return _Marks(s for s in stems if s not in _STOP_MARKS)


def refine(engine: Engine, scores: Scores, neighbours: Neighbours, count: int) -> list[tuple[int, float]]:
    """The best `count` passages with their scores, best first; ties go by address.

    The first DEPTH are looked at again; those that follow keep their order. What stands first does not depend on `count`.
    """
    again = {n: scores[n] for n in best(scores, DEPTH)}
    if neighbours:
        lengths, mean = engine.lengths("text"), engine.mean_length("text")
        for n in again:
            again[n] += neighbours.bonus(engine.passage(n).text, lengths[n], mean, engine.size)
    section: Scores = {}
    for n, score in again.items():
        place = engine.section(n)
        section[place] = max(section.get(place, 0.0), score)
    ranked = _sorted(engine, {n: s + SECTION * section[engine.section(n)] for n, s in again.items()})
    if count > len(ranked):
        rest = {n: s for n, s in scores.items() if n not in again}
        ranked += _sorted(engine, {n: rest[n] for n in best(rest, count - len(ranked))})
    return ranked[:count]


def _sorted(engine: Engine, scores: Scores) -> list[tuple[int, float]]:
    """Best first; equal ones by document and place in it."""
    rounded = sorted(((n, round(s, PLACES)) for n, s in scores.items()), key=lambda pair: -pair[1])
    if len({score for _, score in rounded}) < len(rounded):
        rounded.sort(key=lambda pair: (-pair[1], *_place(engine.passage(pair[0]))))
    return rounded


def _place(passage: Passage) -> tuple[str, int, str]:
    return passage.document, passage.start, passage.key
