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
from itertools import chain
from typing import Literal

from kb.model import ActionItem, Citation, CitationVerb, ListStandard, Metadata, Modality, Record
from kb.track.issued import issued, later_documents
from kb.track.links import Links
from kb.track.schedule import holds_on
from kb.track.topics import About, Topic, Weights, read_about, words_of

_ACTING = {CitationVerb.BASED_ON, CitationVerb.IMPLEMENTS}
_THRESHOLD = 0.4
_NEAR = 0.45  # of the weight of an item's words; what only acts on its document must share so much with it
_CLOSE = 0.4  # the same, of what the title speaks of too
_SUBJECT = 0.3  # the same, of the words of what it is about, its examples apart
_ALIKE = 3  # rare words, and one more word; what shares so many, and half of the weight, says nearly the same
_IN_CHARGE = re.compile(r"(?:be\s+)?(?:in\s+charge\s+of|responsible\s+for)\b", re.IGNORECASE)
_LIMIT = 3  # suggestions for an item
# Points of each piece of evidence. Words alone never reach the threshold, and a citation alone does not either.
_CITES, _CITES_PLACE, _TITLE, _SAME_BODY, _SAME_FIELD, _SAME_LIST, _WORDS = 0.3, 0.15, 0.45, 0.15, 0.1, 0.2, 0.4
_HEADINGS, _SAYS_THE_SAME = 0.4, 0.35


class Link(Record, frozen=True):
    """A provision that may carry out an item, or that a person judged to (not) do so."""

    item: str
    target: str  # "<document>#<eid>"
    state: Literal["suggested", "confirmed", "rejected"]
    confidence: float  # 0-1, of the suggestion; 0 where only a person made the link
    evidence: tuple[str, ...] = ()


class Gap(Record, frozen=True):
    """A mandate for which nothing was found: in how many later documents, as of which date."""

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
    """The documents that may answer an item, with the words of everything in them that could.

    `above` are the headings above the provisions of each document (kb.track.topics.headings): they say what an item is
    about where its own words do not.
    """

    def __init__(
        self,
        items: Iterable[ActionItem],
        metadata: Sequence[Metadata],
        citations: Mapping[str, Iterable[Citation]],
        lists: Iterable[ListStandard],
        as_of: date,
        above: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    ) -> None:
        self.as_of = as_of
        self.above = above or {}
        self.issued = {meta.id: issued(meta) for meta in metadata}
        later = later_documents(metadata, as_of)
        self.heads = {meta.id: meta for meta in metadata if meta.id not in later}
        self.items = tuple(item for item in items if item.document in self.heads)
        self.fields: dict[str, set[str]] = defaultdict(set)
        self.targets: dict[str, list[_Target]] = defaultdict(list)
        for item in self.items:
            self.fields[item.document].update(item.fields)
            address = f"{item.document}#{item.eid}"
            self.targets[item.document].append(_Target(address, words_of(item.action.quote)))
        for entry in lists:
            address = f"{entry.document}#{entry.span.eid}"
            self.targets[entry.document].append(_Target(address, words_of(entry.name), entry.name))
        self._citations = {document: tuple(found) for document, found in citations.items()}
        self._acts_on = {document: self._acted_on(document) for document in self.heads}
        self._later_than: dict[str, tuple[str, ...]] = {}
        self._cited = defaultdict[tuple[str, str], list[str]](list)  # eIds by citing and cited document
        for document, found in self._citations.items():
            for cited, _, eid in (c.target.partition("#") for c in found if c.verb != CitationVerb.MENTIONS):
                if eid:
                    self._cited[document, cited].append(eid)
        self._all = [(document, target) for document in sorted(self.targets) for target in self.targets[document]]
        self._holding = defaultdict[str, list[int]](list)  # numbers of targets by word
        for n, (_, target) in enumerate(self._all):
            for word in target.words:
                self._holding[word].append(n)
        words = {d: frozenset[str]().union(*(t.words for t in self.targets.get(d, ()))) for d in self.heads}
        self.weights = Weights({meta.id: meta.title for meta in self.heads.values()}, words)

    def later_than(self, document: str) -> list[str]:
        """The documents that can answer this one, by id: issued after it, or perhaps so where only the year is known.

        Where its own date is not known, all others. A document that this one itself acts on is older, whatever the dates.
        """
        if document not in self._later_than:
            first, before = self.issued[document].first, self._acts_on[document]
            found = (d for d in self.heads if d != document and d not in before and self._is_after(d, first))
            self._later_than[document] = tuple(sorted(found))
        return list(self._later_than[document])

    def _is_after(self, document: str, day: date | None) -> bool:
        last = self.issued[document].last
        return day is None or last is None or last > day

    def _is_surely_after(self, document: str, other: str) -> bool:
        """Whether every day on which the document may have been issued lies behind those of the other."""
        first, last = self.issued[document].first, self.issued[other].last
        return first is not None and last is not None and first > last

    def _acted_on(self, document: str) -> set[str]:
        """The documents that this one acts on: by its head, or by a citation that says so."""
        meta = self.heads[document]
        cited = {c.target.partition("#")[0] for c in self._citations.get(document, ()) if c.verb in _ACTING}
        return (cited | {*meta.implements, *meta.based_on}) - {""}

    def suggest(self, item: ActionItem) -> list[Link]:
        """The best provisions of later documents, at most three, the surest first."""
        about = read_about(item.action.quote, self.above.get(item.document, {}).get(item.eid, ()))
        near, named = self._sharing(about.own), about.subject | about.above
        found = [
            link
            for document in self.later_than(item.document)
            if (document in near or len(self.weights.titles[document] & named) > 1)  # else nothing is close
            and (link := self._best(item, about, document, near.get(document, ())))
            and link.confidence >= _THRESHOLD
        ]
        return sorted(found, key=lambda link: (-link.confidence, link.target))[:_LIMIT]

    def _sharing(self, words: frozenset[str]) -> dict[str, list[_Target]]:
        """What has at least two of the words, by document, in its order."""
        counts = Counter(chain.from_iterable([self._holding.get(word, ()) for word in words]))
        found: dict[str, list[_Target]] = defaultdict(list)
        for n in sorted([n for n, number in counts.items() if number > 1]):
            document, target = self._all[n]
            found[document].append(target)
        return found

    def _best(self, item: ActionItem, about: About, document: str, near: Iterable[_Target]) -> Link | None:
        """The provision of the document that fits the item best, of those near; None where nothing ties the two documents.

        A document that neither acts on the item's own nor is about its subject can only answer it by governing the list
        that it speaks of, or by saying nearly the same. One that is about its subject answers as a whole where no
        provision of it is close.
        """
        topic = self._topic(item, about, document)
        points, evidence = self._ties(item, topic, document)
        acts, surely = item.document in self._acts_on[document], self._is_surely_after(document, item.document)
        best: tuple[float, str, list[str]] | None = (0.0, document, []) if topic.whole else None
        for target in near:
            found = self._nearness(target, about, topic, acts=acts, tied=bool(evidence), surely_later=surely)
            if found and (best is None or (found[0], target.address) > best[:2]):
                best = (found[0], target.address, found[1])
        if best is None:
            return None
        confidence = round(min(points + best[0], 0.95), 2)
        return Link(item.id, best[1], "suggested", confidence, (*evidence, *best[2]))

    def _says_the_same(self, about: About, shared: frozenset[str]) -> bool:
        """Whether the shared words are rare enough, and those of the subject among them, not only its examples."""
        subject = self.weights.of(about.subject) or 1.0
        return (
            len(self.weights.rare(shared)) >= _ALIKE and self.weights.of(shared & about.subject) >= _SUBJECT * subject
        )

    def _topic(self, item: ActionItem, about: About, document: str) -> Topic:
        """What the title has of the item; nothing where two words are all, and the two are about different fields."""
        topic = self.weights.topic(document, about)
        apart = bool(item.fields) and bool(self.fields[document]) and self.fields[document].isdisjoint(item.fields)
        return Topic() if apart and len(topic.words) < 3 else topic

    def _nearness(
        self, target: _Target, about: About, topic: Topic, *, acts: bool, tied: bool, surely_later: bool
    ) -> tuple[float, list[str]] | None:
        """The points of what a provision shares with the item, two words at least, and the words for it; None if not close."""
        shared = about.own & target.words
        if not self.weights.rare(shared):
            return None
        share = min(1.0, self.weights.of(shared) / (self.weights.of(about.own) or 1.0))
        alike = surely_later and len(shared) > _ALIKE and share >= _NEAR and self._says_the_same(about, shared)
        close = bool(topic.words) and (share >= _CLOSE or len(shared) > _ALIKE + 1)
        if not ((target.list_name and tied) or close or alike or (acts and share >= _NEAR)):
            return None
        said = [f"shares: {', '.join(sorted(shared))}"]
        score = _WORDS * share
        if target.list_name:
            score += _SAME_LIST
            said.insert(0, f"governs the {' '.join(target.list_name.split())}")
        elif alike and not topic.words and not acts:
            score += _SAYS_THE_SAME
            said.insert(0, "says nearly the same")
        return score, said

    def _ties(self, item: ActionItem, topic: Topic, document: str) -> tuple[float, list[str]]:
        """What ties the later document to the item whatever its provisions say."""
        points = 0.0
        evidence: list[str] = []
        if item.document in self._acts_on[document]:
            points += _CITES
            evidence.append(f"acts on {item.document}")
        cited = self._cited.get((document, item.document), ())
        if any(item.eid == eid or item.eid.startswith(f"{eid}__") for eid in cited):  # the place or one above it
            points += _CITES_PLACE
            evidence.append(f"cites {item.eid}")
        if topic.words:
            points += (_TITLE if topic.own else _HEADINGS) * topic.share
            of = "" if topic.own else " as its headings do"
            evidence.append(f"its title speaks of{of}: {', '.join(sorted(topic.words))}")
        if bodies := {a.agency for a in item.actors if a.agency} & set(self.heads[document].issuers):
            points += _SAME_BODY
            evidence.append(f"issued by {', '.join(sorted(bodies))}")
        if evidence and (fields := set(item.fields) & self.fields[document]):
            points += _SAME_FIELD
            evidence.append(f"same field: {', '.join(sorted(fields))}")
        return points, evidence


def is_mandate(item: ActionItem, meta: Metadata) -> bool:
    """Whether the item gives a body something to be done once: a task, or a duty of a body with an id that is no standing rule.

    Being in charge of something is never done, whatever the document.
    """
    if _IN_CHARGE.match(item.action.quote):
        return False
    if item.modality == Modality.TASK:
        return True
    named = item.modality == Modality.DUTY and any(a.agency for a in item.actors)
    return named and (not holds_on(item, meta) or _has_last_day(item))


def _has_last_day(item: ActionItem) -> bool:
    return bool(item.deadline and item.deadline.latest and not item.deadline.rrule)


def coverage(corpus: Corpus, links: Links, of: Iterable[ActionItem] | None = None) -> Coverage:
    """Suggested and judged links of the items (all of the corpus unless given), and the gaps among their mandates."""
    asked = [item for item in (corpus.items if of is None else of) if item.document in corpus.heads]
    found: list[Link] = []
    gaps: list[Gap] = []
    for item in asked:
        asks = is_mandate(item, corpus.heads[item.document])
        own = _with_verdicts(item, corpus.suggest(item) if asks else [], links)
        found += own
        searched = len(corpus.later_than(item.document))
        if asks and searched and all(link.state == "rejected" for link in own):
            gaps.append(Gap(item.id, searched, corpus.as_of))
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
