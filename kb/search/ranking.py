"""How well a passage answers: the formula of docs/search.md, over any engine, written so that it can be written again.

score = sum over words:  weight * (BM25 in the text + HEAD * BM25 in the heading path)
      + PAIR / LOOSE bonus for neighbours of the query that are neighbours in the passage   (the first DEPTH only)
      + KIN * rarity of each word that is missing, where one of its family is there          (the first DEPTH only)
      + SECTION * the best score among the passages of its section                          (the first DEPTH only)
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise

from kb.search.records import Engine, Passage
from kb.search.words import ASKING, ASKING_WORDS, STEMS, STOP_WORDS, words

K1 = 0.6  # how fast further occurrences of a word stop counting
B = 0.75  # how far length is held against a passage
IDF_POWER = 0.9  # rare words count a little less than their rarity
HEAD = 0.15  # a word in the heading path against one in the text
PAIR = 0.2  # times ln(passages): two content words that are neighbours once stop words are left out
LOOSE = 0.1  # times ln(passages): two neighbours as they stand, one of which may be a stop word
KIN = 0.4  # of a missing word's rarity: "notification" where the query has "notify"
KIN_MOST, KIN_LEAST = 5, 4  # letters that two stems of one family have in common: five, or all of a stem of four
FORM = 3  # letters by which the stems of two forms of a word may differ in length
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


def added(scores: Scores, more: Mapping[int, float]) -> Scores:
    """A new total of both."""
    total = scores.copy()
    add(total, more)
    return total


def summed(parts: Sequence[Scores], capacity: int) -> Scores:
    """The sums of the scores; `capacity` is above every number. A list takes half the time of adding dict to dict."""
    sums = [0.0] * capacity
    for scores in parts:
        for number, score in scores.items():
            sums[number] += score
    return {number: sums[number] for number in set().union(*parts)}


def best(scores: Mapping[int, float], count: int) -> list[int]:
    """The numbers of the `count` best scores, and of all that are as good as the last of them."""
    if len(scores) <= count:
        return list(scores)
    least = nlargest(count, scores.values())[-1]
    return [n for n, s in scores.items() if s >= least]


class _Marks(dict[str, str]):
    """Word -> its loose stem, but "" for words that can neither be among those of a query nor of their families.

    A word begins with its stem, but for the stem's last letter, so that few words of a passage need stemming.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        super().__init__({word: "-" + word for word in STOP_WORDS})
        self._starts = {stem[:3] if len(stem) > 3 else stem[:2] for stem in stems}

    def __missing__(self, word: str) -> str:
        near = word[:3] in self._starts or word[:2] in self._starts
        mark = self[word] = (STEMS(word) or "") if near else ""
        return mark


_STOP_MARKS = frozenset("-" + word for word in STOP_WORDS)


class Look:
    """What is looked for in the words of a passage: neighbours of the query, and families of words that it lacks."""

    def __init__(self, engine: Engine, sequence: Sequence[str]) -> None:
        """`sequence`: the words of the query in order, in lower case."""
        self._engine = engine
        loose = loose_stems(sequence)
        content = [s for s in loose if s not in _STOP_MARKS]
        self._pairs = set(pairwise(content))
        self._loose = {(a, b) for a, b in pairwise(loose) if a not in _STOP_MARKS or b not in _STOP_MARKS}
        self._worth = _worths(engine, sequence)
        self._families = _Families(self._worth)
        self._marks = _Marks(content)

    def bonus(self, number: int) -> float:
        """The bonus of a passage."""
        engine = self._engine
        stems = loose_stems(words(engine.passage(number).text), self._marks)
        return self._for_neighbours(stems, engine.lengths("text")[number]) + self._for_families(set(stems))

    def _for_neighbours(self, stems: Sequence[str], length: int) -> float:
        mean = self._engine.mean_length("text")
        norm = K1 * (1 - B + B * length / mean) if mean else K1
        content = [s for s in stems if s not in _STOP_MARKS]
        found = _saturated([p for p in pairwise(content) if p in self._pairs], norm)
        loose = _saturated([p for p in pairwise(stems) if p in self._loose], norm)
        return math.log(max(self._engine.size, 2)) * (PAIR * found + LOOSE * loose)

    def _for_families(self, stems: set[str]) -> float:
        families = self._families
        met = {kin for stem in stems for kin in families[stem]}
        return KIN * sum(worth for stem, worth in self._worth.items() if stem in met and stem not in stems)


class _Families(dict[str, tuple[str, ...]]):
    """Stem -> the words of a query, by their stems, that it is kin to."""

    def __init__(self, stems: Iterable[str]) -> None:
        super().__init__()
        self._alike: dict[str, list[str]] = {}
        for stem in stems:
            self._alike.setdefault(stem[:KIN_LEAST], []).append(stem)

    def __missing__(self, stem: str) -> tuple[str, ...]:
        alike = self._alike.get(stem[:KIN_LEAST], ())
        found = self[stem] = tuple(one for one in alike if is_kin(stem, one))
        return found


def _worths(engine: Engine, sequence: Sequence[str]) -> dict[str, float]:
    """The rarity of each word of a query that may have kin, by stem; words that only ask count for less."""
    worths: dict[str, float] = {}
    for word in sequence:
        stem = STEMS(word)
        if stem and len(stem) >= KIN_LEAST and stem.isalpha():
            rarity = idf(engine.size, len(engine.postings("text", stem)[0]))
            worths[stem] = max(worths.get(stem, 0.0), (ASKING if word in ASKING_WORDS else 1.0) * rarity)
    return worths


def is_kin(a: str, b: str) -> bool:
    """Whether two stems look like one family: notifi (notify) and notif (notification), fail and failur (failure)."""
    size = min(len(a), len(b), KIN_MOST)
    return size >= KIN_LEAST and a[:size] == b[:size]


def is_form(a: str, b: str) -> bool:
    """Whether two stems look like forms of one word: one begins with all of the other but its last letter, and that is long."""
    size = min(len(a), len(b)) - 1
    return (
        size >= KIN_MOST - 1 and a.isalpha() and a[:size] == b[:size] and is_kin(a, b) and abs(len(a) - len(b)) <= FORM
    )


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


def refine(engine: Engine, scores: Scores, sequence: Sequence[str], count: int) -> list[tuple[int, float]]:
    """The best `count` passages with their scores, best first; ties go by address. `sequence`: the query's words in order.

    The first DEPTH are looked at again; those that follow keep their order. What stands first does not depend on `count`.
    """
    again = {n: scores[n] for n in best(scores, DEPTH)}
    if sequence:
        look = Look(engine, sequence)
        for n in again:
            again[n] += look.bonus(n)
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
