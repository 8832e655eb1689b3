"""The Python door: open a built index, ask it, get typed results.

import kb.search
index = kb.search.open("kb-build")
for hit in index.search("how do I get off the blacklist?", limit=5, filters={"kind": "plan"}).hits:
    print(hit.address, hit.snippet.text)
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kb.search.evaluate import Evaluation, Found, Memory, Part
from kb.search.fields import facets
from kb.search.grammar import All, QueryError, Role, parse_query, plain_query
from kb.search.near import LONG, SHORT, is_near
from kb.search.ranking import DEPTH, HEAD, PLACES, idf, refine
from kb.search.records import TITLE_TAG, Card, Engine, Hit, Mention, Passage, Reason, Results, SearchError, Snippet
from kb.search.snippets import make_snippet
from kb.search.variants import Glossary
from kb.search.words import STEMS

MOST = 1000  # hits of one call


class Index:
    """An open index. Not changed by a later build; open again to see one."""

    def __init__(self, engine: Engine, corpus: str = "") -> None:
        self.engine = engine
        self.corpus = corpus  # the digest of the base it was made from
        self.glossary = Glossary(engine.tables.renderings, engine.tables.everyday, engine.tables.han)
        self._memory: Memory = {}
        self.cards = {card.id: card for card in engine.tables.documents}

    def search(
        self,
        query: str,
        limit: int = 10,
        filters: Mapping[str, str | Sequence[str]] | None = None,
        *,
        exact: bool = False,
        plain: bool = False,
        fold: bool = False,
        explain: bool = False,
        with_facets: bool = False,
    ) -> Results:
        """The passages that answer `query`, best first.

        `filters` are fields of the grammar with a value or several alternatives ({"kind": ["plan", "law"], "issued":
        "2014..2016"}). A document's title and numbers are a hit only where they hold the whole query: else they would
        crowd out its provisions. `exact` leaves out the glossary; `plain` takes every word as it stands, no sign as an operator;
        `fold` keeps the best hit of each document. Raises QueryError where the query cannot be read.
        """
        tree = plain_query(query) if plain else parse_query(query)
        tree = _with_filters(tree, filters or {})
        work = Evaluation(self.engine, None if exact else self.glossary, self._memory)
        found = work.all(tree)
        titles = set(self.engine.postings("tags", TITLE_TAG)[0]) - found.whole
        scores = {n: s for n, s in found.scores.items() if n not in titles} if titles else found.scores
        limit = max(0, min(limit, MOST))
        ranked = refine(self.engine, scores, work.sequence, max(limit, DEPTH) if not fold else MOST)
        more: dict[str, int] = {}
        if fold:
            ranked, more = self._folded(ranked, scores)
        hits = tuple(self._hit(n, score, work, found, more, explain) for n, score in ranked[:limit])
        whole = len(found.whole & scores.keys())
        return Results(
            query=query,
            hits=hits,
            total=len(scores),
            whole=whole,
            searched_also=tuple(dict.fromkeys(p.what for p in work.parts if p.of and p.scores)),
            notes=tuple(dict.fromkeys((*work.notes, *self._bodies(work), *_common_only(tree, found)))),
            did_you_mean=() if plain else self._suggestions(work),
            mentions=tuple(Mention(w.text, len(w.numbers), w.itself) for w in work.words) if not whole else (),
            facets=facets(self.engine, scores.keys()) if with_facets else (),
        )

    def matching(self, query: str) -> list[Passage]:
        """All passages that hold every word of the query, in the order of their addresses. Raises QueryError."""
        found = Evaluation(self.engine, self.glossary, self._memory).all(parse_query(query))
        return sorted((self.engine.passage(n) for n in found.whole), key=lambda p: p.key)

    def _folded(
        self, ranked: Sequence[tuple[int, float]], scores: Mapping[int, float]
    ) -> tuple[list[tuple[int, float]], dict[str, int]]:
        count: dict[str, int] = {}
        for n in scores:
            document = self.engine.passage(n).document
            count[document] = count.get(document, 0) + 1
        first: dict[str, tuple[int, float]] = {}
        for n, score in ranked:
            first.setdefault(self.engine.passage(n).document, (n, score))
        return list(first.values()), {document: number - 1 for document, number in count.items()}

    def _hit(
        self, number: int, score: float, work: Evaluation, found: Found, more: Mapping[str, int], explain: bool
    ) -> Hit:
        passage = self.engine.passage(number)
        card = self.cards.get(passage.document, Card(id=passage.document))
        return Hit(
            address=passage.key,
            document=passage.document,
            title=card.name,
            kind=card.kind,
            level=card.level,
            date=card.date,
            headings=passage.headings,
            label=passage.label,
            snippet=self._snippet(passage, number, work.parts),
            score=score,
            whole=number in found.whole,
            items=passage.items,
            lists=passage.lists,
            status=card.status,
            fidelity=card.fidelity,
            more=more.get(passage.document, 0),
            reasons=self._reasons(number, score, work) if explain else (),
        )

    def _snippet(self, passage: Passage, number: int, parts: Sequence[Part]) -> Snippet:
        here = [p for p in parts if number in p.scores]
        weights: dict[str, float] = {}
        for part in here:
            says = part.weight * idf(self.engine.size, len(part.scores))
            for stem in part.words:
                weights[stem] = max(weights.get(stem, 0.0), says)
        return make_snippet(passage.text, weights, [p.phrase for p in here if p.phrase], [p.han for p in here if p.han])

    def _reasons(self, number: int, score: float, work: Evaluation) -> tuple[Reason, ...]:
        """What made up a score; bonuses of neighbours, families and section are one row, which is what remains."""
        reasons = []
        for p in (p for p in work.parts if number in p.scores):
            fields = (("text", p.weight), ("head", p.weight * HEAD)) if p.words else ()
            for field, weight in fields:
                if found := work.field_scores(field, p.words, weight).get(number):
                    reasons.append(Reason(p.what, field, round(weight, PLACES), round(found, PLACES), p.of))
            if not fields:
                reasons.append(Reason(p.what, "text", p.weight, round(p.scores[number], PLACES), p.of))
        rest = round(score - sum(r.score for r in reasons), PLACES)
        return (*reasons, Reason("neighbouring words, kindred words, section", "", 1.0, rest))

    def _bodies(self, work: Evaluation) -> Iterator[str]:
        """For each body that the query names, how to find what it and the authorities of its field must do, if anything."""
        names = self.engine.tables.names.get("actor", {})
        for name in dict.fromkeys(part.of for part in work.parts if part.of):
            if not (body := names.get(name.lower(), "")):
                continue
            if self.engine.postings("tags", f"actor={body}")[0]:
                yield f"{name} is a body; what it must do: actor:{body}"
            if held := self._held_by_actors(self.engine.tables.authorities.get(body, ())):
                yield f'what the authorities of its field at every level must do: actor:"{",".join(held)}"'

    def _held_by_actors(self, parts: Sequence[str]) -> list[str]:
        """Those of the parts that the name of a body which must act holds."""
        actors = [t for t in self.engine.terms("tags", "actor=") if any(part in t for part in parts)] if parts else []
        actors = [t for t in actors if self.engine.postings("tags", t)[0]]
        return [part for part in parts if any(part in t for t in actors)]

    def _suggestions(self, work: Evaluation) -> tuple[str, ...]:
        """For each word that stands nowhere, the nearest word of the corpus, the more frequent of equals."""
        asked = (w.text for w in work.words if not w.numbers and w.text not in work.named)
        missing = [word for word in asked if word.isalpha() and word.isascii() and len(word) >= SHORT]
        if not missing:
            return ()
        surfaces = self.engine.surfaces()
        out = []
        for word in missing:
            most = 2 if len(word) >= LONG else 1
            alike = (w for w in surfaces if w[0] == word[0] and is_near(word, w, most))
            near = [w for w in alike if w not in work.sequence and STEMS(w)]
            near.sort(key=lambda w: (not is_near(word, w, 1), -surfaces[w], w))
            out += near[:1]
        return tuple(dict.fromkeys(out))


def open_index(path: str | os.PathLike[str]) -> Index:
    """The index at `path`: its own folder, or the build folder that holds it.

    Raises SearchError where there is none, or one that cannot be trusted; `kb build` makes a new one.
    """
    folder = Path(path)
    if (folder / "index").is_dir():
        folder = folder / "index"
    if not folder.is_dir():
        raise SearchError(f"{folder}: there is no search index")
    from kb.search.whoosh_index import WhooshEngine  # noqa: PLC0415 - Whoosh is loaded when an index is there

    engine = WhooshEngine(folder)
    return Index(engine, engine.manifest.corpus)


def _with_filters(tree: All, filters: Mapping[str, str | Sequence[str]]) -> All:
    """The query with a condition for each filter."""
    clauses = list(tree.clauses)
    for name, value in sorted(filters.items()):
        values = [value] if isinstance(value, str) else list(value)
        for one in values:
            if '"' in one:
                raise QueryError(f'a value of {name} holds a "', one, one.index('"'), "write it without")
        joined = ",".join(v for v in values if v)
        clauses += parse_query(f'{name}:"{joined}"').clauses
    return All(tuple(clauses))


def _common_only(tree: All, found: Found) -> tuple[str, ...]:
    if tree.clauses and not found.text and not found.scores and all(c.role is Role.SHOULD for c in tree.clauses):
        return ('all words of the query are too common to be searched; put them in "quotes" to find them side by side',)
    return ()
