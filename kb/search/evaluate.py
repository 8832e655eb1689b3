"""A query tree + an engine -> which passages match, and how well. The boolean meaning of the grammar is here, once.

Words are wishes: the more of them a passage has, the better, and one at least. Phrases, fields, groups with OR, and what
AND or + marks are conditions. What follows - must be absent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from kb.search.fields import date_numbers, field_numbers
from kb.search.grammar import All, Any, Clause, Dates, Field, Fuzzy, Han, Node, Phrase, Prefix, Role, Word
from kb.search.near import LONG, is_near
from kb.search.ranking import (
    HEAD,
    KIN,
    KIN_MOST,
    Scores,
    add,
    added,
    is_form,
    loose_stems,
    marks_of,
    summed,
    term_scores,
)
from kb.search.records import Engine
from kb.search.variants import Glossary, Variant, preferred
from kb.search.words import ASKING, ASKING_WORDS, STEMS, han_grams, han_runs, is_han, words

Memory = dict[tuple[tuple[str, ...], float], Scores]  # what words found, for the queries that follow
_REMEMBERED = 2000


class Part(msgspec.Struct, frozen=True):
    """What one word, phrase or variant of the query found: for highlights, explanations and suggestions."""

    what: str
    weight: float
    scores: Scores  # in the text and, for words, in the heading path
    words: tuple[str, ...] = ()  # stems of which any counts
    phrase: tuple[str, ...] = ()  # loose stems that stand side by side
    han: str = ""
    of: str = ""  # what of the query this is another name of


class Asked(msgspec.Struct, frozen=True):
    """A word, phrase or term of the query, the passages that hold it as itself or under another name, and how many as itself."""

    text: str
    numbers: Collection[int]
    itself: int


class Found(msgspec.Struct):
    """Matching passages with their scores, and those among them that hold every word."""

    scores: Scores
    whole: set[int]
    text: bool = True  # False where only fields were asked for


class Evaluation:
    """One query over one engine. `parts`, `notes` and `sequence` gather what was done on the way."""

    def __init__(self, engine: Engine, glossary: Glossary | None, memory: Memory) -> None:
        self.engine = engine
        self.memory = memory
        self.glossary = glossary
        self.parts: list[Part] = []
        self.notes: list[str] = []
        self.sequence: list[str] = []  # the plain words of the query in order, for the bonus of neighbours
        self.words: list[Asked] = []  # each wish and where it is found
        self.named: set[str] = set()  # words that are, or are part of, a name which has others
        self._quiet = 0  # above 0 inside what must be absent

    # ------------------------------------------------------------ clauses

    def all(self, tree: All) -> Found:
        """The passages that fulfil all conditions and none of the exclusions."""
        wishes, musts, nots = self._sorted(tree.clauses)
        if not (wishes or musts or nots):
            return Found({}, set(), text=False)
        total = summed([*wishes, *(must.scores for must in musts)], len(self.engine.lengths("text")))
        held: list[Collection[int]] = [*(wish.keys() for wish in wishes), *(must.whole for must in musts)]
        if musts or nots:
            numbers = self._conditions(musts, wishes)
            for gone in nots:
                numbers -= gone
            total = {n: total.get(n, 0.0) for n in numbers}
            held.append(numbers)
        return Found(total, _common(held), text=bool(wishes) or any(must.text for must in musts))

    def _sorted(self, clauses: Sequence[Clause]) -> tuple[list[Scores], list[Found], list[set[int]]]:
        """Wishes, conditions and exclusions, evaluated; runs of plain words are expanded together."""
        wishes: list[Scores] = []
        musts: list[Found] = []
        nots: list[set[int]] = []
        clauses, runs = self._in_pieces(clauses)
        own = {i: self._itself(c.node) for i, c in enumerate(clauses) if c.role is not Role.NOT}
        leaves = {
            i: self._widened(clauses[i].node, scores or self._kindred(clauses[i].node, scores))
            for i, scores in own.items()
        }
        self._expand_runs(clauses, leaves)
        for i, run in runs.items():
            leaves[i] = added(leaves[i] or {}, self._han(run))
        for i, clause in enumerate(clauses):
            scores = leaves.get(i)
            if clause.role is Role.NOT:
                nots.append(self._excluded(clause.node))
            elif scores is None:
                if not isinstance(clause.node, Word):  # a stop word asks for nothing
                    musts.append(self._node(clause.node))
            else:
                if not self._quiet:
                    self.words.append(Asked(_text_of(clause.node), scores.keys(), len(own[i] or ())))
                if clause.role is Role.SHOULD:
                    wishes.append(scores)
                else:
                    musts.append(Found(scores, set(scores)))
        return wishes, musts, nots

    def _in_pieces(self, clauses: Sequence[Clause]) -> tuple[list[Clause], dict[int, str]]:
        """The clauses with the known terms of each Chinese run apart; and the runs that were cut, by their first pieces.

        What must be absent, and what is asked for without other names, is left as it stands.
        """
        out: list[Clause] = []
        runs: dict[int, str] = {}
        for clause in clauses:
            node = clause.node
            if self.glossary and isinstance(node, Han) and clause.role is not Role.NOT:
                pieces = self.glossary.pieces(node.text)
                if len(pieces) > 1:
                    runs[len(out)] = node.text
                out += [Clause(Han(piece), clause.role) for piece in pieces]
            else:
                out.append(clause)
        return out, runs

    def _conditions(self, musts: Sequence[Found], wishes: Sequence[Scores]) -> set[int]:
        """The passages that fulfil all conditions; where no condition asks for text, one wish must be fulfilled too."""
        if not musts:
            return set().union(*wishes) if wishes else set(self.engine.numbers())
        numbers = set(musts[0].scores)
        for must in musts[1:]:
            numbers &= must.scores.keys()
        if wishes and not any(must.text for must in musts):
            numbers &= set().union(*wishes)
        return numbers

    def _excluded(self, node: Node) -> set[int]:
        """What a part excludes: the words themselves, never their variants."""
        glossary, self.glossary = self.glossary, None
        self._quiet += 1
        try:
            scores = self._leaf(node)
            return set(scores or (() if isinstance(node, Word) else self._node(node).scores))
        finally:
            self._quiet -= 1
            self.glossary = glossary

    def _node(self, node: Node) -> Found:
        """A group or a field."""
        if isinstance(node, All):
            return self.all(node)
        if isinstance(node, Any):
            options = [self.all(option) for option in node.options]
            total: Scores = {}
            for option in options:
                add(total, option.scores)
            return Found(total, set().union(*(o.whole for o in options)), text=any(o.text for o in options))
        numbers: set[int] = set()
        if isinstance(node, Field):
            numbers = field_numbers(self.engine, node.name, node.values, self.notes)
        elif isinstance(node, Dates):
            numbers = date_numbers(self.engine, node.name, node.since, node.until)
        return Found(dict.fromkeys(numbers, 0.0), numbers, text=False)

    # ------------------------------------------------------------ words

    def _expand_runs(self, clauses: Sequence[Clause], leaves: dict[int, Scores | None]) -> None:
        """Add to the words' scores what the other names of neighbouring words find; each word of a name counts as found."""
        run: list[int] = []
        for i, clause in enumerate(clauses):
            if isinstance(clause.node, Word) and clause.role is not Role.NOT:
                run.append(i)
            else:
                self._expand_run([(j, clauses[j].node) for j in run], leaves)
                run = []
        self._expand_run([(j, clauses[j].node) for j in run], leaves)

    def _expand_run(self, run: Sequence[tuple[int, Node]], leaves: dict[int, Scores | None]) -> None:
        texts = [node.text for _, node in run if isinstance(node, Word)]
        if not self._quiet:
            self.sequence += texts
        if self.glossary is None:
            return
        named: set[int] = set()  # where the names begin that were met
        plain = dict(leaves)
        for variant in self.glossary.of_words(texts):
            places = [i for i, _ in run[variant.at : variant.at + variant.size] if leaves[i] is not None]
            if variant.at not in named and self._stands_nowhere(variant, [plain[i] for i in places]):
                variant = preferred(variant)  # noqa: PLW2901
            named.add(variant.at)
            self.named.update(texts[variant.at : variant.at + variant.size])
            extra = self._variant(variant)
            for i in places:
                leaves[i] = added(leaves[i] or {}, extra)
                extra = dict.fromkeys(extra, 0.0)

    def _stands_nowhere(self, variant: Variant, found: Sequence[Scores | None]) -> bool:
        """Whether no passage holds the name as the query has it, so that the first of its other names must speak for it.

        `found`: what each of its words found.
        """
        if variant.size == 1 or not all(found):
            return not all(found)
        self._quiet += 1
        try:
            return not self._phrase(variant.of)
        finally:
            self._quiet -= 1

    def _leaf(self, node: Node) -> Scores | None:
        """Scores of a word, phrase, prefix, fuzzy word or Chinese run; None for what is none of these, and for stop words."""
        return self._widened(node, self._itself(node))

    def _itself(self, node: Node) -> Scores | None:
        """What a leaf finds as it stands."""
        match node:
            case Word(text=text):
                return self._word(text, ASKING if text in ASKING_WORDS else 1.0)
            case Phrase(text=text):
                return self._phrase(text)
            case Prefix(text=text):
                return self._prefix(text)
            case Fuzzy(text=text):
                return self._fuzzy(text)
            case Han(text=text):
                return self._han(text)
            case _:
                return None

    def _widened(self, node: Node, scores: Scores | None) -> Scores | None:
        """What a leaf finds, and what its other names do."""
        variants = self._other_names(node) if scores is not None else []
        if scores is None or not variants:
            if isinstance(node, Han) and not scores and self.glossary and not self._quiet:
                self.notes.append(f"no English name is known for {node.text}; write it in English, or in shorter terms")
            return scores
        wide = scores.copy()
        for i, variant in enumerate(variants):
            add(wide, self._variant(variant if i or scores else preferred(variant)))
        return wide

    def _kindred(self, node: Node, scores: Scores | None) -> Scores | None:
        """For a word that stands nowhere, what other forms of it find: rectification for "rectify"."""
        stem = STEMS(node.text) if isinstance(node, Word) and self.glossary else None
        if scores is None or not isinstance(node, Word) or stem is None or not is_form(stem, stem):
            return scores
        near = (s for s in self.engine.terms("text", stem[:KIN_MOST]) if is_form(stem, s))
        forms = tuple(s for s in near if self.engine.postings("text", s)[0])
        if not forms:
            return scores
        surfaces = self.engine.surfaces()
        shown = max((w for w in surfaces if STEMS(w) in forms), key=lambda w: (surfaces[w], w), default=forms[0])
        return self._stems(shown, forms, KIN, node.text)

    def _other_names(self, node: Node) -> list[Variant]:
        """Variants of a phrase that is a name as a whole, and of a Chinese run."""
        if self.glossary is None or not isinstance(node, Phrase | Han):
            return []
        if run := "".join(run for _, run in han_runs(node.text)):  # in quotation marks the whole, else a piece
            return self.glossary.of_whole_han(run) if isinstance(node, Phrase) else self.glossary.of_han(run)
        texts = words(node.text)
        return [v for v in self.glossary.of_words(texts) if v.size == len(texts)]

    def _variant(self, variant: Variant) -> Scores:
        if is_han(variant.text):
            return self._han(variant.text, variant.weight, variant.of)
        return self._phrase(variant.text, variant.weight, variant.of) or {}

    def _keep(self, part: Part) -> Scores:
        if not self._quiet:
            self.parts.append(part)
        return part.scores

    def _word(self, text: str, weight: float = 1.0, of: str = "") -> Scores | None:
        """A word in the text and, for less, in the heading path; None for a stop word."""
        stem = STEMS(text)
        if stem is None:
            return None
        return self._stems(text, (stem,), weight, of)

    def _stems(self, what: str, stems: tuple[str, ...], weight: float, of: str = "") -> Scores:
        """What any of the stems finds, as if they were one word. Kept from query to query: not to be changed."""
        scores = self.memory.get(key := (stems, weight))
        if scores is None:
            scores = self.field_scores("text", stems, weight)
            add(scores, self.field_scores("head", stems, weight * HEAD))
            if len(self.memory) >= _REMEMBERED:
                self.memory.clear()
            self.memory[key] = scores
        return self._keep(Part(what, weight, scores, words=stems, of=of))

    def field_scores(self, field: str, stems: Sequence[str], weight: float) -> Scores:
        """What any of the stems finds in one field."""
        return term_scores(self.engine, field, *self._merged(field, stems), weight)

    def _merged(self, field: str, stems: Sequence[str]) -> tuple[Sequence[int], Sequence[float]]:
        if len(stems) == 1:
            return self.engine.postings(field, stems[0])
        counts: Scores = {}
        for stem in stems:
            add(counts, dict(zip(*self.engine.postings(field, stem), strict=True)))
        numbers = sorted(counts)
        return numbers, [counts[n] for n in numbers]

    def _phrase(self, text: str, weight: float = 1.0, of: str = "") -> Scores | None:
        """Words in this order, without a gap, compared by stem; Chinese signs as they are."""
        if run := "".join(run for _, run in han_runs(text)):
            return self._han(run, weight, of)
        stems = loose_stems(words(text))
        content = [s for s in stems if not s.startswith("-")]
        if len(stems) == 1 and content:
            return self._word(words(text)[0], weight, of)
        numbers = self._holding("text", content) if content else set(self.engine.numbers())
        marks = marks_of(content)
        counts = {}
        for n in sorted(numbers):
            if count := _occurrences(loose_stems(words(self.engine.passage(n).text), marks), stems):
                counts[n] = float(count)
        scores = term_scores(self.engine, "text", list(counts), list(counts.values()), weight)
        return self._keep(Part(text, weight, scores, phrase=tuple(stems), of=of))

    def _holding(self, field: str, terms: Iterable[str]) -> set[int]:
        """The passages that hold all the terms."""
        found = sorted((self.engine.postings(field, t)[0] for t in dict.fromkeys(terms)), key=len)
        return set(found[0]).intersection(*found[1:]) if found else set()

    def _han(self, run: str, weight: float = 1.0, of: str = "") -> Scores:
        """A Chinese run as a substring: grams find where it may stand, the text decides."""
        grams = [run[i : i + 2] for i in range(len(run) - 1)] or list(han_grams(run))
        counts = {n: float(self.engine.passage(n).text.count(run)) for n in sorted(self._holding("han", grams))}
        counts = {n: c for n, c in counts.items() if c}
        scores = term_scores(self.engine, "text", list(counts), list(counts.values()), weight)
        return self._keep(Part(run, weight, scores, han=run, of=of))

    def _prefix(self, text: str) -> Scores:
        stems = {s for word in self.engine.surfaces() if word.startswith(text) and (s := STEMS(word))}
        return self._stems(f"{text}*", tuple(sorted(stems)), 1.0)

    def _fuzzy(self, text: str) -> Scores:
        most = 2 if len(text) >= LONG else 1
        near = [w for w in self.engine.surfaces() if is_near(text, w, most)]
        return self._stems(f"~{text}", tuple(sorted({s for word in near if (s := STEMS(word))})), 1.0)


def _common(held: Sequence[Collection[int]]) -> set[int]:
    """What is in all of `held`; the smallest first, since often nothing is left after it."""
    ordered = sorted(held, key=len)
    common = set(ordered[0]) if ordered else set()
    for one in ordered[1:]:
        if not common:
            break
        common.intersection_update(one)
    return common


def _text_of(node: Node) -> str:
    match node:
        case Prefix(text=text):
            return f"{text}*"
        case Fuzzy(text=text):
            return f"~{text}"
        case Phrase(text=text):
            return f'"{text}"'
        case Word(text=text) | Han(text=text):
            return text
    return ""


def _occurrences(stems: Sequence[str], phrase: Sequence[str]) -> int:
    first, size = phrase[0], len(phrase)
    return sum(s == first and list(stems[i : i + size]) == list(phrase) for i, s in enumerate(stems))
