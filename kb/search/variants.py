"""Words of a query -> the other names of the same thing, from the glossary.

"judgment defaulters" is also searched as "dishonest person subject to enforcement" and 失信被执行人; 失信被执行人 as
"judgment defaulter". The longest name wins: in "joint punishment" nothing is done about "punishment".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from kb.search.porter import inflection
from kb.search.ranking import loose_stems
from kb.search.records import Everyday, Rendering
from kb.search.words import bare

VARIANT = 0.4  # weight of another name against the words of the query
PREFERRED = 1.0  # weight of the preferred rendering of a Chinese term
MOST = 12  # other names of one name


class Variant(msgspec.Struct, frozen=True):
    """Another name for `of`, which the query holds: English words, or a Chinese run."""

    text: str
    of: str
    weight: float
    at: int = 0  # the words of the sequence that it stands for: the first, and how many
    size: int = 0


def name_key(sequence: Sequence[str]) -> str:
    """What two ways to write a name have in common: its loose stems; of a single word the inflection, after "="."""
    return "=" + inflection(bare(sequence[0])) if len(sequence) == 1 else " ".join(loose_stems(sequence))


class Glossary:
    """The other names, by each name that a query may hold."""

    def __init__(self, renderings: Sequence[Rendering], everyday: Sequence[Everyday] = ()) -> None:
        self._others: dict[str, list[tuple[str, str]]] = {}  # name -> what is searched also, each with its stems
        self._chinese: dict[str, Rendering] = {}
        for rendering in renderings:
            self._chinese.setdefault(rendering.zh, rendering)
            faces = list(zip(rendering.english, rendering.stems, strict=True))
            for key in dict.fromkeys((*rendering.keys, *rendering.unsearched)):
                named = [face for face, own in zip(faces, rendering.keys, strict=True) if own != key]
                self._others.setdefault(key, []).extend((*named, (rendering.zh, rendering.zh)))
        for row in everyday:
            for name in row.words:
                self._others.setdefault(name, []).extend(row.legal)
        self._longest = max((name.count(" ") + 1 for name in self._others), default=0)
        self._longest_zh = max(map(len, self._chinese), default=0)

    def of_words(self, sequence: Sequence[str]) -> Iterator[Variant]:
        """Other names of what the words (lower case, in order) name; the longest names from left to right."""
        stems = loose_stems(sequence)
        at = 0
        while at < len(stems):
            for size in range(min(self._longest, len(stems) - at), 0, -1):
                name = " ".join(stems[at : at + size])
                found = self._others.get(name, [])
                if size == 1:
                    found = [*self._others.get(name_key(sequence[at : at + 1]), []), *found]
                if found:
                    others = {stems: text for text, stems in reversed(found) if stems != name}
                    of = " ".join(sequence[at : at + size])
                    for text in list(reversed(others.values()))[:MOST]:
                        yield Variant(text, of, VARIANT, at, size)
                    at += size
                    break
            else:
                at += 1

    def of_han(self, run: str) -> Iterator[Variant]:
        """The English names of a Chinese run: of the whole, else of the terms in it, the longest from left to right."""
        at = 0
        while at < len(run):
            for size in range(min(self._longest_zh, len(run) - at), 0, -1):
                if found := self._chinese.get(run[at : at + size]):
                    for i, english in enumerate(found.english):
                        yield Variant(english, found.zh, VARIANT if i else PREFERRED)
                    at += size
                    break
            else:
                at += 1
