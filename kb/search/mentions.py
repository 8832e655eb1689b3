"""Proof of absence: does any document say "credit score"? Every occurrence in every body, or what was read to say none.

The whole of each body is read, headings and signatures included, not only what search returns. A term is looked for by the
stems of its words side by side, so that "credit scores" counts; so are its other names in the glossary; Chinese is
looked for sign by sign, in titles as well. A place counts once, for the longest name that stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kb.model import Document
from kb.search.passages import tables
from kb.search.ranking import loose_stems
from kb.search.variants import Glossary
from kb.search.words import STEMS, STOP_WORDS, WORD, han_runs, is_han, without_han, words
from kb.store import Base


class Place(msgspec.Struct, frozen=True):
    """One occurrence: where, as which of the names, and the words around it."""

    address: str
    name: str
    quote: str


class DocumentMentions(msgspec.Struct, frozen=True):
    """The occurrences in one document."""

    document: str
    title: str
    words: int  # of its body, which was read to the end
    places: tuple[Place, ...]


class Mentions(msgspec.Struct, frozen=True):
    """What was looked for, what was read, what was found. An empty `documents` speaks of this corpus alone."""

    term: str
    names: tuple[str, ...]  # every name tried, the term first
    counts: tuple[tuple[str, int], ...]  # by name, those with any
    forms: tuple[tuple[str, int], ...]  # by the words as printed
    documents: tuple[DocumentMentions, ...]  # those that mention it, by id
    silent: tuple[str, ...]  # ids of those that do not
    words: int  # read in all
    provisions: int

    @property
    def total(self) -> int:
        return sum(len(d.places) for d in self.documents)


def find_mentions(base: Base, term: str, document: str | None = None, *, exact: bool = False) -> Mentions:
    """Every occurrence of `term` and its other names in the base, or in one document. `exact` leaves out other names.

    Raises ValueError for a term without a word, KeyError for a document that is not in the base.
    """
    names = _names(base, term, exact)
    wanted = [m.id for m in base.metadata() if document in (None, m.id)]
    if not wanted:
        raise KeyError(document)
    found: list[DocumentMentions] = []
    silent: list[str] = []
    forms: Counter[str] = Counter()
    volume = provisions = 0
    for one in (base.document(d) for d in wanted):
        if one is None:
            continue
        ranges = list(_find(one.text, names))
        places = tuple(_place(one, start, end, name) for start, end, name in ranges)
        places += tuple(Place(one.id, n, one.meta.title_zh) for n in names if is_han(n) and n in one.meta.title_zh)
        forms.update(" ".join(one.text[start:end].lower().split()) for start, end, _ in ranges)
        size = len(WORD.findall(without_han(one.text)))
        volume, provisions = volume + size, provisions + len(one.provisions)
        if places:
            found.append(DocumentMentions(one.id, one.meta.name, size, places))
        else:
            silent.append(one.id)
    counts = Counter(place.name for d in found for place in d.places)
    return Mentions(
        term=term,
        names=names,
        counts=tuple((name, counts[name]) for name in names if counts[name]),
        forms=tuple(sorted(forms.items(), key=lambda x: (-x[1], x[0]))),
        documents=tuple(found),
        silent=tuple(silent),
        words=volume,
        provisions=provisions,
    )


def _names(base: Base, term: str, exact: bool) -> tuple[str, ...]:
    """The term and its other names: those of the glossary, never everyday words."""
    term = " ".join(term.split())
    if not words(term) and not han_runs(term):
        raise ValueError(f"{term!r} has no word to look for")
    if exact:
        return (term,)
    glossary = Glossary(tables((), base.reference).renderings)
    texts = words(term)
    variants = glossary.of_han(term) if is_han(term) else glossary.of_words(texts)
    whole = [v.text for v in variants if is_han(term) or v.size == len(texts)]
    return tuple(dict.fromkeys([term, *whole]))


def _find(text: str, names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The ranges of all names in text order; of names that overlap, the longest."""
    tokens = [(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in WORD.finditer(without_han(text))]
    loose = ["-" + w if w in STOP_WORDS else STEMS(w) or "" for _, _, w in tokens]
    places: dict[str, list[int]] = {}
    for i, stem in enumerate(loose):
        places.setdefault(stem, []).append(i)
    found: list[tuple[int, int, str]] = []
    for name in names:
        if han_runs(name):
            found += _substrings(text, name)
            continue
        stems = loose_stems(words(name))
        for i in places.get(stems[0], ()):
            if loose[i : i + len(stems)] == stems:
                found.append((tokens[i][0], tokens[i + len(stems) - 1][1], name))
    yield from _longest(found)


def _substrings(text: str, name: str) -> Iterator[tuple[int, int, str]]:
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name), name
        at = text.find(name, at + len(name))


def _longest(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    end = -1
    for one in sorted(set(found), key=lambda f: (f[0], -f[1], f[2])):
        if one[0] >= end:
            end = one[1]
            yield one


def _place(document: Document, start: int, end: int, name: str) -> Place:
    leaf = next((p for p in reversed(document.provisions) if p.start <= start), None)
    quote = " ".join(document.text[max(0, start - 60) : end + 60].split())
    return Place(f"{document.id}#{leaf.eid}" if leaf else document.id, name, quote)
