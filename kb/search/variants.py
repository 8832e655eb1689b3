"""Words of a query -> the other names of the same thing, from the glossary.

"judgment defaulters" is also searched as "dishonest person subject to enforcement" and 失信被执行人; 失信被执行人 as
"judgment defaulter". The longest name wins: in "joint punishment" nothing is done about "punishment". A Chinese run is
cut into the longest terms that have English names: 失信被执行人名单 into 失信被执行人 and 名单.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

import msgspec

from kb.search.porter import inflection, singular
from kb.search.ranking import loose_stems
from kb.search.records import Everyday, Rendering
from kb.search.words import bare, han_runs, words

VARIANT = 0.4  # weight of another name against the words of the query
PREFERRED = 1.0  # weight of the preferred rendering of a Chinese term, and of the first everyday word's legal one
MOST = 12  # other names of one name
PARTICLES = frozenset("的了和与及或吗呢")  # signs that say nothing wherever they stand


class Variant(msgspec.Struct, frozen=True):
    """Another name for `of`, which the query holds: English words, or a Chinese run."""

    text: str
    of: str
    weight: float
    at: int = 0  # the words of the sequence that it stands for: the first, and how many
    size: int = 0


def preferred(variant: Variant) -> Variant:
    """The variant with the weight of a preferred rendering."""
    return msgspec.structs.replace(variant, weight=PREFERRED)


def name_key(sequence: Sequence[str]) -> str:
    """What two ways to write a name have in common: its loose stems; of a single word the inflection, after "="."""
    return "=" + inflection(bare(sequence[0])) if len(sequence) == 1 else " ".join(loose_stems(sequence))


class Glossary:
    """The other names, by each name that a query may hold."""

    def __init__(
        self,
        renderings: Sequence[Rendering],
        everyday: Sequence[Everyday] = (),
        han: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`han`: Chinese words that are no terms, with what the texts say; those that say nothing have no names."""
        self._rows: dict[str, list[Rendering]] = {}
        self._everyday: dict[str, list[tuple[str, str]]] = {}  # name -> what is searched also, each with its stems
        self._chinese: dict[str, Sequence[str]] = dict(han or {})
        for rendering in reversed(renderings):  # of two rows the first counts; terms count before other words
            self._chinese["".join(term for _, term in han_runs(rendering.zh))] = rendering.english
        for rendering in renderings:
            for key in dict.fromkeys((*rendering.keys, *rendering.unsearched)):
                self._rows.setdefault(key, []).append(rendering)
        for row in everyday:
            for name in row.words:
                self._everyday.setdefault(name, []).extend(row.legal)
        self._longest = max((name.count(" ") + 1 for name in (*self._rows, *self._everyday)), default=0)
        self._longest_zh = max(map(len, self._chinese), default=1)

    def of_words(self, sequence: Sequence[str]) -> Iterator[Variant]:
        """Other names of what the words (lower case, in order) name; the longest names from left to right."""
        stems = loose_stems(sequence)
        at = 0
        while at < len(stems):
            for size in range(min(self._longest, len(stems) - at), 0, -1):
                name = " ".join(stems[at : at + size])
                if found := self._names(sequence[at : at + size], name):
                    of = " ".join(sequence[at : at + size])
                    others: dict[str, tuple[str, float]] = {}
                    for text, key, weight in found:
                        if key != name:
                            others.setdefault(key, (text, weight))
                    for text, weight in islice(others.values(), MOST):
                        yield Variant(text, of, weight, at, size)
                    at += size
                    break
            else:
                at += 1

    def _names(self, sequence: Sequence[str], name: str) -> list[tuple[str, str, float]]:
        """What is searched also for these words, whose loose stems are `name`; each with its stems and weight."""
        key = name_key(sequence)
        rows = self._rows.get(key, ())
        if len(rows) > 1 and len(sequence) > 1:
            rows = _named_so(rows, sequence) or rows
        found = []
        for row in rows:
            faces = zip(row.english, row.stems, row.keys, strict=True)
            found += [(text, stems, _weight(stems, name)) for text, stems, own in faces if own != key]
            found.append((row.zh, row.zh, VARIANT))
        said = self._everyday.get(name, ())
        return [*found, *((text, stems, VARIANT if i else PREFERRED) for i, (text, stems) in enumerate(said))]

    def pieces(self, run: str) -> list[str]:
        """The known words of a Chinese run and what stands between them, without the words that say nothing.

        A lone sign says nothing between known words alone, but for particles: 对 beside an unknown 岗 is part of a word.
        """
        out: list[str] = []
        rest = ""
        for piece in self._cut(run):
            if self._chinese.get(piece):
                out += [*self._kept(rest), piece]
                rest = ""
            elif piece in self._chinese and (len(piece) > 1 or piece in PARTICLES):
                out += self._kept(rest)
                rest = ""
            else:
                rest += piece
        return [*out, *self._kept(rest)]

    def _kept(self, rest: str) -> list[str]:
        """What stands between known words, where it says anything."""
        return [] if all(sign in self._chinese for sign in rest) else [rest]

    def of_han(self, term: str) -> list[Variant]:
        """The English names of a Chinese term, the preferred one first."""
        names = self._chinese.get(term, ())
        return [Variant(name, term, VARIANT if i else PREFERRED) for i, name in enumerate(names)]

    def of_whole_han(self, run: str) -> list[Variant]:
        """The English names of a Chinese run: of the whole, or put together where known terms cover all of it."""
        if found := self.of_han(run):
            return found
        parts = [self._chinese.get(piece) for piece in self._cut(run)]
        names = [part for part in parts if part] if all(part is not None for part in parts) else []
        together = (" ".join(one) for one in islice(product(*names), MOST)) if names else ()
        return [Variant(name, run, VARIANT if i else PREFERRED) for i, name in enumerate(together)]

    def _cut(self, run: str) -> Iterator[str]:
        """The longest known words of a Chinese run from left to right, and each sign between them."""
        at = 0
        while at < len(run):
            for size in range(min(self._longest_zh, len(run) - at), 0, -1):
                if size == 1 or run[at : at + size] in self._chinese:
                    yield run[at : at + size]
                    at += size
                    break


def _named_so(rows: Sequence[Rendering], sequence: Sequence[str]) -> list[Rendering]:
    """The rows that have this very name, singular or plural: "credit reports" is no name of credit reporting."""
    name = _plain(sequence)
    return [row for row in rows if any(_plain(words(face)) == name for face in row.english)]


def _plain(sequence: Sequence[str]) -> list[str]:
    return [singular(bare(word)) for word in sequence]


def _weight(key: str, name: str) -> float:
    """The weight of another name by the stems of both: "red list" is "redlist" in another spelling."""
    return PREFERRED if key.replace(" ", "") == name.replace(" ", "") else VARIANT
