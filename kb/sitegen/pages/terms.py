"""Glossary: Chinese terms, the rendering used here, the variants readers meet, and where each is used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain, compress, count
from typing import NamedTuple

from kb.model import Metadata, Term
from kb.sitegen.addresses import file_name
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Later, Page

_AROUND = ' .,;:()“”"*'
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Entry(NamedTuple):
    """A term with the documents that use its preferred rendering or a variant, and how often."""

    term: Term
    anchor: str
    uses: tuple[tuple[Metadata, str, int], ...]
    total: int


class Defined(NamedTuple):
    """A definition in a document."""

    term: str
    meta: Metadata
    words: str
    href: str
    place: str


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """The glossary, and the terms that documents define."""
    texts = [(m, catalogue.addresses.document(m.id), catalogue.document(m.id).sha256) for m in catalogue.metas]
    entries = Later((texts, catalogue.glossary), lambda: [_entry(term, uses) for term, uses in _uses(catalogue)])
    anchors = {t.preferred: _anchor(t) for t in catalogue.glossary}
    yield Page("glossary.html", "glossary.html", "Glossary", "glossary", {"entries": entries, "anchors": anchors})
    context = {"defined": _defined(catalogue)}
    yield Page("defined-terms.html", "defined-terms.html", "Defined terms", "glossary", context)


def _defined(catalogue: Catalogue) -> list[Defined]:
    """All definitions, by term."""
    found = (
        Defined(d.term.quote, m, d.span.quote, catalogue.at(m.id, d.span), catalogue.place(m.id, d.span.eid))
        for m in catalogue.metas
        for d in catalogue.definitions[m.id]
    )
    return sorted(found, key=lambda d: (d.term.lower(), d.meta.id, d.href))


def _anchor(term: Term) -> str:
    return file_name(term.preferred) or term.zh


def _entry(term: Term, uses: list[tuple[Metadata, str, int]]) -> Entry:
    return Entry(term, _anchor(term), tuple(sorted(uses, key=lambda u: (-u[2], u[0].id))), sum(u[2] for u in uses))


def _uses(catalogue: Catalogue) -> Iterator[tuple[Term, list[tuple[Metadata, str, int]]]]:
    """Every term, sorted by its rendering, with its uses by document; renderings are counted as whole words, in any case.

    The longest rendering at a place wins: "social credit system" is no use of "credit".
    """
    terms = sorted(catalogue.glossary, key=lambda t: (t.preferred.lower(), t.zh))
    renderings = _Renderings(terms)
    found: list[list[tuple[Metadata, str, int]]] = [[] for _ in terms]
    for meta in catalogue.metas:
        document = catalogue.document(meta.id)
        made_from = (document.sha256.encode(),)
        number_all = partial(_counts, renderings, document.text)
        counts = catalogue.kept.part("terms", meta.id, made_from, number_all, dict[int, int])
        for n, number in counts.items():
            found[n].append((meta, catalogue.addresses.document(meta.id), number))
    yield from zip(terms, found, strict=True)


def _counts(renderings: _Renderings, text: str) -> dict[int, int]:
    return dict(sorted(Counter(renderings.in_text(text)).items()))


class _Renderings:
    """The renderings of terms as words; a term is known by its number."""

    def __init__(self, terms: list[Term]) -> None:
        self._owner: dict[tuple[str | None, ...], int] = {}
        for preferred in (True, False):
            for n, term in enumerate(terms):
                for name in (term.preferred,) if preferred else term.variants:
                    if words := tuple(map(_singular, _WORD.findall(name.lower()))):
                        self._owner.setdefault(words, n)
        lengths: dict[str | None, set[int]] = {}
        for rendering in self._owner:
            lengths.setdefault(rendering[0], set()).add(len(rendering))
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}  # by first word
        self._known = _Known({word for rendering in self._owner for word in rendering if word})

    def in_text(self, text: str) -> Iterator[int]:
        """The term at each place where one of its renderings stands."""
        words = tuple(chain.from_iterable(map(self._known.__getitem__, text.lower().split())))
        end = 0
        for at in compress(count(), map(self._lengths.__contains__, words)):
            if at < end:
                continue
            for length in self._lengths[words[at]]:
                n = self._owner.get(words[at : at + length])
                if n is not None:
                    yield n
                    end = at + length
                    break


class _Known(dict[str, tuple[str | None, ...]]):
    """What stands between two spaces -> its words, None for those of no rendering; each is read once."""

    def __init__(self, known: set[str]) -> None:
        super().__init__()
        self._words = {form: word for word in known for form in (word, f"{word}s") if _singular(form) == word}

    def __missing__(self, letters: str) -> tuple[str | None, ...]:
        alone = letters.strip(_AROUND)
        found = (alone,) if alone.isascii() and alone.isalnum() else _WORD.findall(letters)
        self[letters] = words = tuple(map(self._words.get, found))
        return words


def _singular(word: str) -> str:
    """The word without the ending of a plural."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
