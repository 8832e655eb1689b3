"""What a document is about, by its title, and whether an item is about the same: words weighed by how few documents use them.

    "Courts › Publish the list of judgment defaulters"  and  "Memorandum … on Joint Punishment of Judgment Defaulters"
      -> judgment, defaulter: rare words that stand together in both, and nearly all that the item speaks of

Words that any document of this kind uses (strengthen, system, opinions, credit) weigh next to nothing. Words that stand apart
tell little: "food, environment, safety" is not food safety; and one example of many is not what an item is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, pairwise
from math import log

from kb.model import Document, Record

_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset(
    "shall must should will with from that this their them they into other such than also been have each upon between within"
    " according accordance relevant system work make carry establish improve strengthen promote under needed through more less"
    " build speed manage optimize complete several certain issue concern first part about some three year time".split()
)
_GENRES = frozenset(
    "opinion guiding guide measure interim trial notice regulation implement plan outline provision memorandum decision amend rule"
    " cooperation version division action overall province municipality national people republic china point batch".split()
)
_BEHIND = re.compile(r"\b(?:across|through|by|in|with|between|among|from|to|on|for|under|within|so)\b")
_RARE = 0.2  # of the documents; a word that more of them use tells little
_SPECIFIC = 0.1  # of the titles; words that stand together in more of them tell no document from another
_TELLING = (
    0.45  # of the weight of a word that one document alone uses; what words must weigh together to tell a subject
)
_ABOUT = 0.5  # of the weight of the title's words, or of the item's own
_MANY = 5  # parts between commas; an act with so many gives examples
_PARTS = re.compile(r"[,;:.()“”\"]")


Pairs = frozenset[frozenset[str]]


class Topic(Record, frozen=True):
    """How far a title speaks of an item, 0-1, and by which words; 0 where it does not.

    `whole` says that the document as a whole may answer; else only the headings are alike, and a provision must be closer.
    """

    share: float = 0.0
    words: frozenset[str] = frozenset()
    whole: bool = False
    own: bool = True  # words of the item itself, not of the headings alone, stand in the title


class About(Record, frozen=True):
    """What an item is about: the words of its action and of what is acted on, those of the headings above it, and which stand together."""

    own: frozenset[str]
    core: frozenset[str]
    subject: frozenset[str]  # the own words but for examples
    above: frozenset[str]
    pairs: Pairs
    pairs_above: Pairs


def read_about(action: str, headings: Iterable[str]) -> About:
    """The words by which an item is compared with titles and provisions."""
    parts = _PARTS.split(action)
    subject = parts[0] if len(parts) >= _MANY else action
    above = tuple(headings)
    return About(
        own=words_of(action),
        core=core_of(action),
        subject=words_of(subject),
        above=words_of(" ".join(above)),
        pairs=pairs_of(subject),
        pairs_above=frozenset(pair for heading in above for pair in pairs_of(heading)),
    )


def words_of(text: str) -> frozenset[str]:
    """The words that tell one act from another, without their plural."""
    return frozenset(chain.from_iterable(map(_telling, text.lower().split())))


def pairs_of(text: str) -> Pairs:
    """The telling words that follow each other, nothing but small or common words between them; never across a comma."""
    found: set[frozenset[str]] = set()
    for part in _PARTS.split(text.lower()):
        words = [_singular(word) for word in _WORD.findall(part)]
        telling = [word for word in words if not _is_common(word)]
        found.update(frozenset(pair) for pair in pairwise(telling) if pair[0] != pair[1])
    return frozenset(found)


def core_of(action: str) -> frozenset[str]:
    """The words of what is acted on: an act without its verb, and without where, how and for whom."""
    _, _, rest = action.lower().partition(" ")
    return words_of(_BEHIND.split(rest, maxsplit=1)[0])


@lru_cache(maxsize=1 << 14)
def _telling(letters: str) -> tuple[str, ...]:
    """What stands between two spaces -> its words without their plural, those left out that tell nothing."""
    singular = map(_singular, _WORD.findall(letters))
    return tuple([word for word in singular if not _is_common(word)])


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")


def _is_common(word: str) -> bool:
    stem = word.removesuffix("ing")
    return not _COMMON.isdisjoint((word, stem, f"{stem}e", stem[:-1]))


def subject_of_title(title: str) -> frozenset[str]:
    """The words of a title without those that say what kind of document it is."""
    return frozenset(w for w in words_of(title) if _GENRES.isdisjoint((w, w.removesuffix("ing"))))


def headings(document: Document) -> dict[str, tuple[str, ...]]:
    """The headings above every provision and its own, the innermost first, by eId; the document's title is not one."""
    by_eid = {p.eid: p for p in document.provisions}
    found: dict[str, tuple[str, ...]] = {}
    for provision in document.provisions:  # parents stand before their children
        above = found[provision.parent] if provision.parent in by_eid else ()
        found[provision.eid] = (provision.heading, *above) if provision.heading else above
    return found


class Weights:
    """How much words tell, from the subjects of all titles and the words of all documents, by document."""

    def __init__(self, titles: Mapping[str, str], words: Mapping[str, Iterable[str]]) -> None:
        self.titles = {document: subject_of_title(title) for document, title in titles.items()}
        self._pairs = {document: self._telling_pairs(document, title) for document, title in titles.items()}
        documents = Counter(word for document, title in self.titles.items() for word in title.union(words[document]))
        total = len(titles) + 1
        self._most = log(total)  # of a word that one document uses, or none
        self._weights = {word: log(total / number) for word, number in documents.items()}
        most = max(_RARE * len(titles), 2)  # in a corpus of a handful, no word is common
        self._common = frozenset(word for word, number in documents.items() if number > most)

    def of(self, words: Iterable[str]) -> float:
        """The weight of the words together: the rarer in the corpus, the more."""
        weights, most = self._weights, self._most
        return sum([weights.get(word, most) for word in words])

    def rare(self, words: frozenset[str]) -> frozenset[str]:
        """Those that few documents use."""
        return words - self._common

    def topic(self, document: str, about: About) -> Topic:
        """How far the title speaks of the core of an item, or is filled by the words of the item and of the headings above it.

        Two words at least, which stand together in few titles. They must stand together in the item or in one heading too,
        unless item and headings make up all that the title says and the item itself has a rare word of it.
        """
        title = self.titles[document]
        named, shared = title & about.core & about.subject, title & (about.subject | about.above)
        covers = self.of(named) / (self.of(about.core) or 1.0) if self._is_specific(named) else 0.0
        fills = self.of(shared) / (self.of(title) or 1.0) if self._is_specific(shared) else 0.0
        share = min(max(fills, covers), 1.0)
        own = self._together(document, about.pairs)
        filled = shared == title and bool(self.rare(title & about.subject)) and not title <= about.subject
        if share < _ABOUT or not (own or filled or self._together(document, about.pairs_above)):
            return Topic()
        return Topic(share, shared, whole=own or shared == title, own=bool(title & about.subject))

    def _together(self, document: str, pairs: Pairs) -> bool:
        """Whether words stand together in the title as they do there, and in few other titles."""
        return not self._pairs[document].isdisjoint(pairs)

    def _telling_pairs(self, document: str, title: str) -> Pairs:
        """The words that stand together in this title, and in few others."""
        subject = self.titles[document]
        return frozenset(pair for pair in pairs_of(title) if pair <= subject and self._in_few(pair))

    def _is_specific(self, words: frozenset[str]) -> bool:
        return len(words) >= 2 and self.of(words) >= _TELLING * self._most and self._in_few(words)

    def _in_few(self, words: frozenset[str]) -> bool:
        most = max(_SPECIFIC * len(self.titles), 2)
        return sum(words <= title for title in self.titles.values()) <= most
