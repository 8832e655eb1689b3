"""Items and later documents -> which provisions may carry out an item, on what evidence; and where nothing was found.

    "Establish a blacklist of dishonest sellers" (plan, 2014)
      -> cn-…-rules-2017#art_1   0.75   implements the plan; governs the blacklist of dishonest sellers; shares: seller, blacklist

A suggestion is a place to look, not a finding: citing alone is not implementing, and a confirmed link shows that a document
answers the item, not that the thing was done. Only a person confirms. A mandate without a link is a gap, and a gap is
stated with the number of documents that were searched and the date.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import log
from typing import Literal

from kb.model import ActionItem, Citation, CitationVerb, ListStandard, Metadata, Modality, Record
from kb.track.due import one_line
from kb.track.issued import issue_date
from kb.track.links import Links

_ACTING = {CitationVerb.BASED_ON, CitationVerb.IMPLEMENTS, CitationVerb.IN_ACCORDANCE_WITH}
_THRESHOLD = 0.4
_LIMIT = 3  # suggestions for an item
# Points of each piece of evidence. Words alone never reach the threshold, and a citation alone does not either.
_CITES, _CITES_PLACE, _TITLE, _SAME_BODY, _SAME_FIELD, _SAME_LIST, _WORDS = 0.3, 0.15, 0.25, 0.15, 0.1, 0.2, 0.4
_RARE = 3  # a word that stands in at most so many titles tells one document from another
_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset(
    "shall must should will with from that this their them they into other such than also been have each upon between within"
    " according accordance relevant system work make carry establish improve strengthen promote under needed through more less".split()
)


class Link(Record, frozen=True):
    """A provision that may carry out an item, or that a person judged to (not) do so."""

    item: str
    target: str  # "<document>#<eid>"
    state: Literal["suggested", "confirmed", "rejected"]
    confidence: float  # 0-1, of the suggestion; 0 where only a person made the link
    evidence: tuple[str, ...] = ()


class Gap(Record, frozen=True):
    """A mandate for which nothing was found: in how many later documents (0 where its own has no date), as of which date."""

    item: str
    searched: int
    as_of: date


class Coverage(Record, frozen=True):
    """Every link, by item and confidence, and the mandates that have neither a suggested nor a confirmed one."""

    links: tuple[Link, ...]
    gaps: tuple[Gap, ...]


class _Target(Record, frozen=True):
    address: str
    words: frozenset[str]
    list_name: str = ""


class Corpus:
    """The documents that may answer an item, with the words of everything in them that could."""

    def __init__(
        self,
        items: Iterable[ActionItem],
        metadata: Sequence[Metadata],
        citations: Mapping[str, Iterable[Citation]],
        lists: Iterable[ListStandard],
        as_of: date,
    ) -> None:
        self.as_of = as_of
        days = {meta.id: issue_date(meta) for meta in metadata}
        self.dates = {document: day for document, day in days.items() if day and day <= as_of}
        self.heads = {meta.id: meta for meta in metadata if meta.id in self.dates or not days[meta.id]}
        self.items = tuple(item for item in items if item.document in self.heads)
        self.fields: dict[str, set[str]] = defaultdict(set)
        self.targets: dict[str, list[_Target]] = defaultdict(list)
        for item in self.items:
            self.fields[item.document].update(item.fields)
            address = f"{item.document}#{item.eid}"
            self.targets[item.document].append(_Target(address, _words(item.action.quote)))
        for entry in lists:
            address = f"{entry.document}#{entry.span.eid}"
            self.targets[entry.document].append(_Target(address, _words(entry.name), entry.name))
        self.titles = {meta.id: _words(meta.title) for meta in self.heads.values()}
        self._in_titles = Counter(word for words in self.titles.values() for word in words)
        self._cited = {document: _acting_targets(found) for document, found in citations.items()}
        frequency = Counter(word for targets in self.targets.values() for t in targets for word in t.words)
        total = sum(len(targets) for targets in self.targets.values()) or 1
        self.weight = {word: log(1 + total / count) for word, count in frequency.items()}

    def later_than(self, document: str) -> list[str]:
        """The documents issued after this one, by id; only they can answer it. None where its own date is not known."""
        day = self.dates.get(document)
        return sorted(d for d, issued in self.dates.items() if day and d != document and issued > day)

    def acts_on(self, document: str, earlier: str) -> set[str]:
        """The addresses in `earlier` that the document acts on by its head or its citations; the whole one has its id."""
        meta = self.heads[document]
        found = {t for t in self._cited.get(document, ()) if t.partition("#")[0] == earlier}
        return found | ({earlier} & {*meta.implements, *meta.based_on})

    def suggest(self, item: ActionItem) -> list[Link]:
        """The best provisions of later documents, at most three, the surest first."""
        words = _words(item.action.quote)
        found = [
            link
            for document in self.later_than(item.document)
            if (link := self._best(item, words, document)) and link.confidence >= _THRESHOLD
        ]
        return sorted(found, key=lambda link: (-link.confidence, link.target))[:_LIMIT]

    def _best(self, item: ActionItem, words: frozenset[str], document: str) -> Link | None:
        """The provision of the document that fits the item best, None where nothing ties the two documents.

        A document that neither acts on the item's own nor is about its subject can only answer it by governing the list
        that it speaks of.
        """
        points, evidence = self._ties(item, words, document)
        if not evidence or not words:
            return None
        acts = bool(self.acts_on(document, item.document) or self.title_words(words, document))
        whole = sum(self.weight.get(word, 0.0) for word in words) or 1.0
        best: tuple[float, str, list[str]] | None = None
        for target in self.targets[document]:
            shared = words & target.words
            if len(shared) < min(2, len(words)) or not (acts or target.list_name):
                continue
            score = _WORDS * min(1.0, sum(self.weight.get(word, 0.0) for word in shared) / whole)
            said = [f"shares: {', '.join(sorted(shared))}"]
            if target.list_name and len(shared) >= 2:
                score += _SAME_LIST
                said.insert(0, f"governs the {one_line(target.list_name)}")
            if best is None or (score, target.address) > best[:2]:
                best = (score, target.address, said)
        if best is None:
            return None
        confidence = round(min(points + best[0], 0.95), 2)
        return Link(item.id, best[1], "suggested", confidence, (*evidence, *best[2]))

    def title_words(self, words: frozenset[str], document: str) -> frozenset[str]:
        """The words by which the title says that the document is about the item: two rare ones, and half of all."""
        shared = words & self.titles[document]
        rare = frozenset(word for word in shared if self._in_titles[word] <= _RARE)
        return rare if len(rare) >= 2 and 2 * len(shared) >= len(self.titles[document]) else frozenset()

    def _ties(self, item: ActionItem, words: frozenset[str], document: str) -> tuple[float, list[str]]:
        """What ties the later document to the item whatever its provisions say."""
        points = 0.0
        evidence: list[str] = []
        if acted := self.acts_on(document, item.document):
            points += _CITES
            evidence.append(f"acts on {item.document}")
            if any(_covers(target, item) for target in acted):
                points += _CITES_PLACE
                evidence.append(f"cites {item.eid}")
        if about := self.title_words(words, document):
            points += _TITLE
            evidence.append(f"its title speaks of: {', '.join(sorted(about))}")
        if bodies := {a.agency for a in item.actors if a.agency} & set(self.heads[document].issuers):
            points += _SAME_BODY
            evidence.append(f"issued by {', '.join(sorted(bodies))}")
        if evidence and (fields := set(item.fields) & self.fields[document]):
            points += _SAME_FIELD
            evidence.append(f"same field: {', '.join(sorted(fields))}")
        return points, evidence


def _acting_targets(citations: Iterable[Citation]) -> frozenset[str]:
    return frozenset(c.target for c in citations if c.verb in _ACTING and c.target)


def _covers(address: str, item: ActionItem) -> bool:
    """Whether the cited address is the item's provision or one above it, and not the whole document."""
    _, hash_sign, eid = address.partition("#")
    return bool(hash_sign) and (item.eid == eid or item.eid.startswith(f"{eid}__"))


def _words(text: str) -> frozenset[str]:
    """The words that tell one act from another, without their plural."""
    words = (word for word in _WORD.findall(text.lower()) if word not in _COMMON)
    return frozenset(_singular(word) for word in words)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")


def is_mandate(item: ActionItem) -> bool:
    """Whether the item gives a body something to do: a plan's task, or a duty of a body that the tables know."""
    return item.modality == Modality.TASK or (item.modality == Modality.DUTY and any(a.agency for a in item.actors))


def coverage(corpus: Corpus, links: Links, of: Iterable[ActionItem] | None = None) -> Coverage:
    """Suggested and judged links of the items (all mandates of the corpus unless given), and the gaps among them."""
    asked = tuple(corpus.items if of is None else of)
    mandates = [item for item in asked if is_mandate(item) and item.document in corpus.heads]
    found: list[Link] = []
    gaps: list[Gap] = []
    for item in mandates:
        own = _with_verdicts(item, corpus.suggest(item), links)
        found += own
        if all(link.state == "rejected" for link in own):
            gaps.append(Gap(item.id, len(corpus.later_than(item.document)), corpus.as_of))
    return Coverage(tuple(found), tuple(gaps))


def _with_verdicts(item: ActionItem, suggested: list[Link], links: Links) -> list[Link]:
    """The suggestions with what people said of them, and the links that only people made."""
    verdicts = {v.target: v for i, v in links.verdicts if i == item.id}
    found = []
    for link in suggested:
        verdict = verdicts.pop(link.target, None)
        found.append(_judged(link, verdict.confirmed) if verdict else link)
    by_hand = (Link(item.id, target, "suggested", 0.0) for target in sorted(verdicts))
    return [*found, *(_judged(link, verdicts[link.target].confirmed) for link in by_hand)]


def _judged(link: Link, confirmed: bool) -> Link:
    state: Literal["confirmed", "rejected"] = "confirmed" if confirmed else "rejected"
    return Link(link.item, link.target, state, link.confidence, link.evidence)
