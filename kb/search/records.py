"""What the search stage speaks in: passages that go in, hits that come out, and the engine between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import msgspec

TITLE_TAG = "unit=title"  # of the passage that holds a document's title, names and numbers


class SearchError(Exception):
    """The index is missing, of another version, not private, or not what was written; the text says which."""


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of the records of this stage."""


class Passage(Frozen, frozen=True):
    """The unit of a hit: an article with all its points, or a numbered paragraph of a plan with its own."""

    key: str  # address: "<document>#<eId>"; the document's id alone for its title and numbers
    document: str
    text: str  # the very characters of the document's body
    headings: tuple[str, ...] = ()  # path above the passage, outermost first; the name of the document leads
    label: str = ""  # its own number and heading as printed: "Article 12", "(2) Integrity in commerce"
    kind: str = ""  # of the provision: article, paragraph, point, preamble, …; "document" for its title and numbers
    start: int = 0  # where `text` begins in the body
    tags: tuple[str, ...] = ()  # "field=value": what fields of a query look at
    items: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


class Card(Frozen, frozen=True):
    """What is shown of a document beside a hit."""

    id: str
    name: str = ""
    title: str = ""
    title_zh: str = ""
    kind: str = ""
    level: str = ""
    region: str = ""
    status: str = ""
    fidelity: str = ""
    date: str = ""  # ISO; of publication, else signing, adoption, effect


class Rendering(Frozen, frozen=True):
    """A glossary row: one Chinese term and the English faces that are searched, the preferred one first.

    `keys` is what a query must hold to mean a face: its loose stems, and for a single word "=" and its inflection, since the
    stem of "informant" is that of "information". `unsearched` are keys of faces that would find too much.
    """

    zh: str
    english: tuple[str, ...]
    stems: tuple[str, ...]  # of each face, as ranking.loose_stems gives them, joined by spaces
    keys: tuple[str, ...] = ()
    unsearched: tuple[str, ...] = ()


class Everyday(Frozen, frozen=True):
    """A row of everyday.yaml: names by their loose stems, and what the texts say, each with its stems."""

    words: tuple[str, ...]
    legal: tuple[tuple[str, str], ...]


class Tables(Frozen, frozen=True):
    """What the index knows beside the passages: documents, renderings, other names of field values."""

    documents: tuple[Card, ...] = ()
    renderings: tuple[Rendering, ...] = ()
    everyday: tuple[Everyday, ...] = ()
    han: dict[str, tuple[str, ...]] = {}  # Chinese words that are no terms -> what the texts say
    names: dict[str, dict[str, str]] = {}  # field -> name in lower case -> value
    authorities: dict[str, tuple[str, ...]] = {}  # body -> what names of the authorities of its field hold


class Engine(Protocol):
    """An inverted index over passages. Everything above it (grammar, ranking, snippets) is the same for every engine.

    Passages are numbered; numbers of removed passages are never returned. Fields: `text` and `head` hold stems with how
    often they occur, `han` Chinese grams, `tags` the tags of passages (each once).
    """

    tables: Tables
    size: int  # passages that can be found

    def postings(self, field: str, term: str) -> tuple[Sequence[int], Sequence[float]]:
        """The numbers of the passages that hold the term, ascending, and how often each does; both empty for none."""
        ...

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        """The terms of a field that begin with `prefix`, sorted; those of removed passages may be among them."""
        ...

    def lengths(self, field: str) -> Sequence[int]:
        """The number of stems in `field`, by passage number."""
        ...

    def mean_length(self, field: str) -> float:
        """The mean over the passages that can be found."""
        ...

    def section(self, number: int) -> int:
        """The number of the section a passage stands in: same document, same heading path."""
        ...

    def passage(self, number: int) -> Passage:
        """The passage itself."""
        ...

    def numbers(self) -> Sequence[int]:
        """All passages that can be found, ascending."""
        ...

    def surfaces(self) -> dict[str, int]:
        """Every word of the passages, unstemmed, with the number of times it occurs."""
        ...


class Snippet(Frozen, frozen=True):
    """The best window of a passage; `marks` are the ranges of `text` to highlight."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class Reason(Frozen, frozen=True):
    """One contribution to a score: `what` was found in `field`, as itself or as the variant of `of`."""

    what: str
    field: str
    weight: float
    score: float
    of: str = ""


class Hit(Frozen, frozen=True):
    """A passage that answers, with what a reader needs to judge it."""

    address: str
    document: str
    title: str
    kind: str
    level: str
    date: str
    headings: tuple[str, ...]
    label: str
    snippet: Snippet
    score: float
    whole: bool  # every word of the query is there, as itself or as a variant
    items: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    status: str = ""
    fidelity: str = ""
    more: int = 0  # further hits of the same document, where hits are folded
    reasons: tuple[Reason, ...] = ()


class Facet(Frozen, frozen=True):
    """How many matching passages have each value of a field; most frequent first."""

    field: str
    values: tuple[tuple[str, int], ...]


class Mention(NamedTuple):
    """How many passages hold a word of the query: as itself or under another name, and as itself."""

    word: str
    passages: int
    itself: int


class Results(Frozen, frozen=True):
    """The answer to a query. `total` counts all matching passages, `whole` those that hold every word of it."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    whole: int
    searched_also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    did_you_mean: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()  # for each word, where no passage holds them all
    facets: tuple[Facet, ...] = ()
