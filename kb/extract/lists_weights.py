"""Which slot a clause states, weighed by its words: what no table of cues can foresee.

A clause of a document that names a list is put as features: its words, word pairs and opening, the cues of
lists_slots.yaml that fire in it, its headings, the lead-in of a point, its place in the document, the slots of the clauses
before it in the same article. Each feature has a weight for each slot and for none (lists_weights.tsv); words have one more
for documents about lists and one for others. The sum decides, clause by clause in reading order. The weights are learnt
from marked documents by `make slot-weights` (.ci/slot_weights.py), and are text: a reading can say which words spoke for it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec

from kb.extract.lists_cutting import Statement, statements
from kb.extract.lists_parties import scopes_in
from kb.extract.lists_patterns import words_of
from kb.extract.lists_scope import Places
from kb.extract.lists_slots import clauses, cues_in, heading_slots
from kb.extract.lists_statements import all_said
from kb.model import SlotFact

TABLE = Path(__file__).with_suffix(".tsv")
STATED = ("entry", "procedure", "publication", "term", "exit", "remedies", "consequences", "safeguards")
NAMED = ("authority", "targets")
"""Slots that are filled by parties: a clause that states nothing else can say who keeps a list, or whom it hits."""
LABELS = ("", *STATED, *NAMED)
"""What a clause can be about; "" for none of the slots."""

_READ, _SURE_READ = 0.6, 0.42
"""Shares of the clauses in articles that name no list: of those weighed to state slots, and to do so beyond doubt."""
_MOST, _SHARE = 0.75, 0.2
"""The same for a document of which a fifth of the articles name a list."""
_FEW = 4  # clauses in which shares say nothing

SURE = 120
"""The margin below which a reading is uncertain: of clauses nobody learnt from, half of those below it are wrong, and one in seven above it."""

_STEM = 6  # letters of a word that are weighed: "publication" and "publicise" are one
_SHOWN = 3  # words in a reason
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[a-z]+")
_NEAR = 3  # words between which a pair is weighed
_TENTHS = 10  # of a document, as places in it
_EDGE = 3  # articles counted from its beginning and its end
_WIDTH = 32  # bits of a sum
_ZERO = sum(1 << (_WIDTH * label + _WIDTH - 1) for label in range(len(LABELS)))  # lifts every sum of a row above zero
_SUMS = struct.Struct(f"<{len(LABELS)}I")
ABOUT, ASIDE = "about", "aside"  # features of documents about lists, and of others
Weights = Mapping[str, str]  # by feature, the weights in the order of LABELS between tabs; "" for 0
Weighings = dict[tuple[int, int], "Weighing"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause or a point of a statement, with what its features are made of."""

    start: int
    end: int
    article: str
    stems: tuple[str, ...]  # the words, which documents about lists weigh apart
    fixed: tuple[str, ...]  # the other features that do not depend on what was decided before


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a unit was found to state; `margin` is its lead over the next label, in the units of the table."""

    slot: str
    margin: int
    next_slot: str
    reason: str  # the words that spoke for it, where it is uncertain

    @property
    def doubt(self) -> str:
        """Why the reading is uncertain; "" where it is not."""
        if self.margin >= SURE:
            return ""
        other = f"for {self.next_slot}" if self.next_slot else "for nothing about the list"
        return f"its words speak almost as much {other}" + (f" (for {self.slot}: {self.reason})" if self.reason else "")

    def told(self, slot: str, fact: SlotFact) -> SlotFact:
        """The fact of a slot with what the weighing adds to its rule, and its doubt; also of a slot for which its cues decided."""
        if self.slot != slot:
            other = f"its words speak more for {self.slot or 'nothing about the list'}" if self.doubt else ""
            return msgspec.structs.replace(fact, certain=not other, doubt=other)
        rule = fact.rule if fact.rule.startswith("weighed-") else f"{fact.rule}+weighed-{slot}"
        return msgspec.structs.replace(fact, rule=rule, certain=not self.doubt, doubt=self.doubt)


def units(places: Places, statement: Statement) -> Iterator[Unit]:
    """The clauses of a statement, and its points."""
    lead = places.unnamed[statement.start : statement.end]
    context = _context(places, statement)
    for first, last in clauses(lead):
        if last > first:
            opens = ("opens",) if first == 0 else ()
            start, end = statement.start + first, statement.start + last
            yield _unit(places.unnamed, start, end, statement.unit, (*context, *opens))
    if statement.points:
        context = ["point", *context, *_of_lead(lead)]
    for first, last in statement.points:
        yield _unit(places.unnamed, first, last, statement.unit, context)


def _unit(text: str, start: int, end: int, article: str, context: Sequence[str]) -> Unit:
    stems = _stems(text[start:end])
    return Unit(start, end, article, tuple(sorted(set(stems))), (*context, *_of_words(text[start:end], stems)))


def _context(places: Places, statement: Statement) -> list[str]:
    """Where the statement stands: in a document on lists or not, under which headings."""
    headings = [p.heading for p in places.reading.path_of(statement.leaf) if p.heading][-2:]
    near, far = headings[-1:], headings[:-1]
    return [
        *(["names-list"] if places.named_in(statement.start, statement.end) else []),
        *(f"heading={word[:_STEM]}" for heading in near for word in _WORD.findall(heading.lower())),
        *(f"heading-says={slot}" for heading in near for slot in heading_slots(heading)),
        *(f"chapter={word[:_STEM]}" for heading in far for word in _WORD.findall(heading.lower())),
    ]


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in _DIGIT.sub("0", words_of(text).line).split()]


def _of_words(text: str, stems: Sequence[str]) -> list[str]:
    pairs = {f"{a}_{b}" for a, b in pairwise(stems)}
    for gap in range(2, _NEAR + 1):
        pairs.update(f"{a}~{b}" for a, b in zip(stems, stems[gap:], strict=False))
    cues = cues_in(text)
    return [
        *sorted(pairs),
        f"begins={'_'.join(stems[:2])}",
        f"begins={'_'.join(stems[:1])}",
        *(f"cue={rule}" for _, rule in cues),
        *sorted({f"cue-of={slot}" for slot, _ in cues}),
        *(f"says={rule}" for rule in all_said(text)),
        *(f"party={rule}" for rule in scopes_in(text)),
    ]


def _of_lead(text: str) -> list[str]:
    cues = cues_in(text)
    return [*sorted({f"lead={stem}" for stem in _stems(text)}), *sorted({f"lead-cue-of={slot}" for slot, _ in cues})]


def weighed(places: Places) -> tuple[list[Statement], Weighings]:
    """The statements of the provisions to be read, and what each of their clauses and points states, by its place in the text.

    A document that speaks of listing, and in which most clauses state slots in the articles that name no list as well, is
    about lists, whatever its title says; `places` is told.
    """
    may_be_about = not places.is_about and places.may_be_about()
    leaves = places.reading.leaves if may_be_about else places.leaves()
    read = [(one, list(units(places, one))) for one in statements(places.reading, leaves)]
    if may_be_about:
        places.is_about = True
        found = _weighed(places, read)
        if _states_throughout(places, read, found):
            return [one for one, _ in read], found
        places.is_about = False
        near = {leaf.eid for leaf in places.leaves()}
        read = [(one, own) for one, own in read if one.leaf.eid in near]
    return [one for one, _ in read], _weighed(places, read)


def _weighed(places: Places, read: Sequence[tuple[Statement, list[Unit]]]) -> Weighings:
    found = [unit for _, own in read for unit in own]
    weighings = weigh(found, is_about=places.is_about)
    return {(unit.start, unit.end): weighing for unit, weighing in zip(found, weighings, strict=True)}


def _states_throughout(places: Places, read: Sequence[tuple[Statement, list[Unit]]], found: Weighings) -> bool:
    """Whether most clauses state slots in the articles that neither name a list nor follow one that does; in a digest, in all."""
    near = {one.unit for one, _ in read if places.is_near(one.unit)} | places.onward.keys()
    far = [found[unit.start, unit.end] for one, own in read if one.unit not in near for unit in own]
    if len(far) < _FEW or places.is_digest:
        return sum(bool(one.slot) for one in found.values()) >= _READ * len(found)
    stating = sum(bool(one.slot) for one in far) / len(far)
    sure = sum(bool(one.slot) and one.margin >= SURE for one in far) / len(far)
    return (stating >= _READ and sure >= _SURE_READ) or (stating >= _MOST and places.share >= _SHARE)


def placed(read: Sequence[Unit]) -> Iterator[tuple[Unit, list[str]]]:
    """Each unit with the features of its place in the document."""
    articles = {article: number for number, article in enumerate(dict.fromkeys(unit.article for unit in read))}
    before = ""
    for number, unit in enumerate(read):
        at = articles[unit.article]
        yield (
            unit,
            [
                f"place={_TENTHS * number // len(read)}",
                f"article={min(at, _EDGE)}",
                f"articles-left={min(len(articles) - 1 - at, _EDGE)}",
                "first" if unit.article != before else "later",
            ],
        )
        before = unit.article


def features(unit: Unit, place: Sequence[str], before: str, said: Iterable[str]) -> list[str]:
    """The features of a unit behind one that states `before`, in an article that has stated `said`."""
    return [*unit.stems, *unit.fixed, *place, f"before={before}", *(f"said={slot}" for slot in sorted(said))]


class Table(dict[str, int]):
    """Weights by feature for one kind of document: a row as one number, so that a sum of numbers sums rows.

    A row is made a number when it is first asked for; `rows` says which features have one.
    """

    def __init__(self, weights: Weights, *, is_about: bool) -> None:
        kind, other = (ABOUT, ASIDE) if is_about else (ASIDE, ABOUT)
        self.rows = {
            feature.removeprefix(f"{kind}|"): row
            for feature, row in weights.items()
            if not feature.startswith(f"{other}|")
        }
        self.constant = self[kind] if kind in self.rows else 0

    def __missing__(self, feature: str) -> int:
        weights = enumerate(self.rows[feature].split("\t"))
        self[feature] = sum(int(weight) << (_WIDTH * label) for label, weight in weights if weight)
        return self[feature]

    def sums(self, found: Iterable[str]) -> list[int]:
        """The sums of the weights of these features by label, in the order of LABELS."""
        rows = self.rows
        return _row(self.constant + sum([self[feature] for feature in found if feature in rows]))


def _row(number: int) -> list[int]:
    lifted = _SUMS.unpack((number + _ZERO).to_bytes(_SUMS.size, "little"))
    return [one - (1 << (_WIDTH - 1)) for one in lifted]


def weigh(read: Sequence[Unit], weights: Weights | None = None, *, is_about: bool) -> Iterator[Weighing]:
    """What each unit states, in reading order; `is_about` says whether their document is about lists."""
    table = _table(is_about=is_about) if weights is None else Table(weights, is_about=is_about)
    article, before, said = "", "", set[str]()
    for unit, place in placed(read):
        if unit.article != article:
            article, said = unit.article, set()
        found = features(unit, place, before, said)
        sums = table.sums(found)
        first, second = sorted(range(len(LABELS)), key=lambda label: -sums[label])[:2]
        before = LABELS[first]
        said.add(before)
        margin = sums[first] - sums[second]
        reason = _reason(found, table, first, second) if margin < SURE else ""
        yield Weighing(before, margin, LABELS[second], reason)


def _reason(found: Iterable[str], table: Table, first: int, second: int) -> str:
    """The words and pairs of words that spoke most for the first label against the second."""
    words = {feature for feature in found if feature in table.rows and "=" not in feature}
    rows = {word: _row(table[word]) for word in words}
    gains = sorted(((row[first] - row[second], word) for word, row in rows.items()), reverse=True)
    return ", ".join(f"“{_shown(word)}”" for gain, word in gains[:_SHOWN] if gain > 0)


def _shown(word: str) -> str:
    """A stem or a pair of stems, as a person reads it."""
    return " ".join(part + "…" * (len(part) == _STEM) for part in word.replace("~", "_.._").split("_"))


@cache
def _table(*, is_about: bool) -> Table:
    return Table(weights_table(), is_about=is_about)


@cache
def weights_table() -> Weights:
    """The weights that the package carries."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    return {feature: row for feature, _, row in (line.partition("\t") for line in lines)}
