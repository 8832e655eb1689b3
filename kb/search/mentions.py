"""Proof of absence: does any document say "credit score"? Every occurrence in every body, or what was read to say none.

The whole of each body is read, headings and signatures included, not only what search returns. A term is looked for by the
stems of its words side by side, so that "credit scores" counts; Chinese is looked for sign by sign, in titles as well. A
place counts once, for the longest name that stands there. Other names are tried where they name the whole term, never a
part of it: those of the glossary, and those of concepts.yaml for claims that people check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from kb.model import Document
from kb.rules import Rule, load_rules
from kb.search.ranking import loose_stems, marks_of
from kb.search.tables import tables
from kb.search.variants import Glossary
from kb.search.words import WORD, han_runs, is_han, without_han, words
from kb.store import Base

_AROUND = 60  # characters shown on either side
NOT_IN_GLOSSARY = "this Chinese term is not in the glossary; tried as it stands"


class Concept(Rule, frozen=True, kw_only=True):
    """A claim that people check: the names that mean it, wider words that could bear it out, what to beware of in the hits."""

    names: tuple[str, ...]  # asking for one of them asks for the claim
    also: tuple[str, ...] = ()  # tried with them; asked for by themselves, they have a sense of their own
    note: str


class Place(msgspec.Struct, frozen=True):
    """One occurrence: where, as which of the names, the words around it, and its own words among them."""

    address: str
    name: str
    quote: str
    found: str = ""  # as printed


class DocumentMentions(msgspec.Struct, frozen=True):
    """The occurrences in one document."""

    document: str
    title: str
    fidelity: str  # of a digest, the words are this project's own
    words: int  # of its body, which was read to the end
    places: tuple[Place, ...]


class Volume(msgspec.Struct, frozen=True):
    """What was read of one fidelity."""

    fidelity: str  # full, excerpt, digest
    documents: int
    words: int
    mentions: int


class Mentions(msgspec.Struct, frozen=True):
    """What was looked for, what was read, what was found. An empty `documents` speaks of this corpus alone."""

    term: str
    names: tuple[str, ...]  # every name tried, the term first
    notes: tuple[str, ...]  # on how the names were chosen and are to be read
    counts: tuple[tuple[str, int], ...]  # by name, in the order of `names`; 0 where it stands nowhere
    forms: tuple[tuple[str, int], ...]  # by the words as printed
    documents: tuple[DocumentMentions, ...]  # those that mention it, by id
    silent: tuple[str, ...]  # ids of those that do not
    read: tuple[Volume, ...]  # full texts, excerpts, digests
    words: int  # read in all
    provisions: int

    @property
    def total(self) -> int:
        return sum(len(d.places) for d in self.documents)

    @property
    def itself(self) -> int:
        """The occurrences of the term as it was asked for."""
        return dict(self.counts)[self.names[0]]


def find_mentions(base: Base, term: str, document: str | None = None, *, exact: bool = False) -> Mentions:
    """Every occurrence of `term` and its other names in the base, or in one document. `exact` leaves out other names.

    Raises ValueError for a term without a word, KeyError for a document that is not in the base.
    """
    names, notes = _names(base, term, exact)
    wanted = [m.id for m in base.metadata() if document in (None, m.id)]
    if not wanted:
        raise KeyError(document)
    looked_for = _Names(names)
    found: list[DocumentMentions] = []
    forms: Counter[str] = Counter()
    provisions = 0
    for one in (base.document(d) for d in wanted):
        if one is None:
            continue
        ranges, size = looked_for.find(one.text)
        places = tuple(_place(one, start, end, name) for start, end, name in ranges)
        titled = (n for n in names if is_han(n) and n in one.meta.title_zh)
        places += tuple(Place(one.id, n, one.meta.title_zh, n) for n in titled)
        forms.update(" ".join(one.text[start:end].lower().split()) for start, end, _ in ranges)
        provisions += len(one.provisions)
        found.append(DocumentMentions(one.id, one.meta.name, one.meta.fidelity, size, places))
    counts = Counter(place.name for d in found for place in d.places)
    return Mentions(
        term=names[0],
        names=names,
        notes=notes,
        counts=tuple((name, counts[name]) for name in names),
        forms=tuple(sorted(forms.items(), key=lambda x: (-x[1], x[0]))),
        documents=tuple(d for d in found if d.places),
        silent=tuple(d.document for d in found if not d.places),
        read=tuple(_volumes(found)),
        words=sum(d.words for d in found),
        provisions=provisions,
    )


def _volumes(found: Sequence[DocumentMentions]) -> Iterator[Volume]:
    """What was read by fidelity, the most literal first."""
    for fidelity in ("full", "excerpt", "digest"):
        mine = [d for d in found if d.fidelity == fidelity]
        if mine:
            yield Volume(fidelity, len(mine), sum(d.words for d in mine), sum(len(d.places) for d in mine))


def _names(base: Base, term: str, exact: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The term and its other names, and what is to be said of them; everyday words of search are none of these."""
    term = " ".join(term.split())
    if not words(term) and not han_runs(term):
        raise ValueError(f"{_cut(term)!r} has no word to look for")
    if exact:
        return (term,), ()
    concepts = [concept for concept in load_concepts() if names_concept(concept, term)]
    known = tables((), base.reference)
    glossary = Glossary(known.renderings, han=known.han)
    others = [v.text for v in glossary.of_whole_han(term)] if is_han(term) else _word_names(glossary, term)
    notes = [concept.note for concept in concepts]
    if is_han(term) and not others:
        notes.insert(0, NOT_IN_GLOSSARY if not concepts else "this Chinese term is not in the glossary")
    names: dict[str, str] = {}
    for name in (term, *others, *(name for c in concepts for name in (*c.names, *c.also))):
        names.setdefault(_key(name), name)
    return tuple(names.values()), tuple(notes)


def load_concepts() -> tuple[Concept, ...]:
    """The table of claims that people check."""
    return load_rules(Path(__file__).with_name("concepts.yaml"), Concept)


def names_concept(concept: Concept, term: str) -> bool:
    """Whether the whole of `term` is one of the concept's names."""
    return _key(term) in {_key(name) for name in concept.names}


def _key(name: str) -> str:
    """What two spellings of a name have in common: the stems of its words, or the Chinese signs."""
    return name if han_runs(name) else " ".join(loose_stems(words(name)))


def _word_names(glossary: Glossary, term: str) -> list[str]:
    texts = words(term)
    return [v.text for v in glossary.of_words(texts) if v.size == len(texts)]


class _Names:
    """The names that are looked for, by what they have in common with words of a text."""

    def __init__(self, names: Sequence[str]) -> None:
        self._han = [name for name in names if han_runs(name)]
        self._stems = [(name, loose_stems(words(name))) for name in names if not han_runs(name)]
        self._firsts = {stems[0] for _, stems in self._stems}
        self._marks = marks_of(stem for _, stems in self._stems for stem in stems)

    def find(self, text: str) -> tuple[list[tuple[int, int, str]], int]:
        """The ranges of all names in text order, of names that overlap the longest; and how many words the text has."""
        tokens = list(WORD.finditer(without_han(text)))
        loose = loose_stems([m.group().lower().replace("’", "'") for m in tokens], self._marks)
        places: dict[str, list[int]] = {}
        for i, stem in enumerate(loose):
            if stem in self._firsts:
                places.setdefault(stem, []).append(i)
        found = [one for name in self._han for one in _substrings(text, name)]
        for name, stems in self._stems:
            for i in places.get(stems[0], ()):
                if loose[i : i + len(stems)] == stems:
                    found.append((tokens[i].start(), tokens[i + len(stems) - 1].end(), name))
        return list(_longest(found)), len(tokens)


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
    quote = " ".join(document.text[max(0, start - _AROUND) : end + _AROUND].split())
    found = " ".join(document.text[start:end].split())
    return Place(f"{document.id}#{leaf.eid}" if leaf else document.id, name, quote, found)


def _cut(text: str) -> str:
    return text if len(text) <= _AROUND else text[:_AROUND] + "…"
