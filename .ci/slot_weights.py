"""Learns kb/extract/lists_weights.tsv from documents whose lists people marked, and prints how well such weights do elsewhere.

    make slot-weights

Read are the sheets of tests/extract/lists and lists_learnt, and the documents of tests/gold that are not kept aside (split.yml). An averaged
perceptron in fixed order: the same documents give the same table, byte for byte. Printed is the share of characters in the
right slot (F1) on documents that the weights did not see: each eighth of the documents is read with weights learnt from the rest.
"""

from __future__ import annotations

import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from kb.corpus import load_reference, load_source
from kb.corpus.frontmatter import fallback_metadata
from kb.evaluate.marked import Marked, read_sheet
from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.extractor import Extractor
from kb.extract.lists_cutting import statements
from kb.extract.lists_gather import named_lists
from kb.extract.lists_scope import Places
from kb.extract.lists_weights import (
    ABOUT,
    ASIDE,
    LABELS,
    NAMED,
    STATED,
    TABLE,
    Unit,
    Weights,
    placed,
    units,
    weigh,
)
from kb.model import Document, DocumentKind, Fidelity, Provision, Source
from kb.parse import parse_document

ROOT = Path(__file__).parents[1]
SHEETS = ("tests/extract/lists", "tests/extract/lists_learnt")
ROUNDS = 8  # over all documents; more fit the marked documents better, and others no better
ORDERS = 24  # of the documents, each learnt by itself
COMMON = 3  # documents that a feature must stand in
PARTS = 8  # of the documents, for the figure on unseen ones
SCALE = 10  # weights are kept as whole numbers of a tenth
LEAST = 5  # tenths that a feature must weigh for one of the labels
MOSTLY = 0.5  # share of the clauses of a document about lists that are marked, at least
COVERED = 0.5  # share of a clause that must be marked for the clause to state the slot …
COVERED_LONG, LONG = 0.3, 25  # … or so much of it, where that is so many characters


class Example(NamedTuple):
    """A unit, the slots that its marks give it, and whether its document is about lists."""

    unit: Unit
    slots: frozenset[str]
    is_about: bool


def main() -> int:
    extractor = Extractor.of(load_reference(ROOT / "corpus/reference")[0])
    documents = [examples for one in marked_documents() if (examples := list(examples_of(*one, extractor)))]
    right = score(read for part in range(PARTS) for read in held_out(documents, part))
    write(learn(documents))
    sys.stdout.write(
        f"{TABLE.relative_to(ROOT)}: {len(documents)} documents, {sum(map(len, documents))} clauses; "
        f"F1 of characters on documents not learnt from {right:.3f}\n"
    )
    return 0


# ------------------------------------------------------------ marked documents


def marked_documents() -> Iterator[tuple[Document, dict[str, set[int]]]]:
    """Documents with the offsets marked for each slot, of all their lists together."""
    for folder in SHEETS:
        for path in sorted((ROOT / folder).glob("*.yml")):
            yield read_list_sheet(path)
    aside = set(yaml.safe_load((ROOT / "tests/gold/split.yml").read_text(encoding="utf-8"))["test"])
    for path in sorted((ROOT / "tests/gold").glob("*.annot.yml")):
        name = path.name.removesuffix(".annot.yml")
        if name not in aside:
            source, problems = load_source(path.with_name(f"{name}.md"), name, lenient=True)
            if source is None:
                raise SystemExit(problems[0].render())
            document = parse_document(source)
            marked = read_sheet(path, document.text)
            if marked.lists:
                yield document, offsets(marked)


def offsets(marked: Marked) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for one in marked.lists:
        for slot, spans in one.slots.items():
            for start, end in spans:
                found[slot].update(range(start, end))
    return found


def read_list_sheet(path: Path) -> tuple[Document, dict[str, set[int]]]:
    """The document of a sheet, and its marks; quotes may run over the ends of lines."""
    sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = {
        "title": sheet["title"],
        "kind": DocumentKind(sheet.get("kind", "normative-document")),
        "fidelity": Fidelity(sheet.get("fidelity", "full")),
    }
    document = parse_document(Source(path.name, fallback_metadata(path.stem, known), sheet["body"], 1, ""))
    found: dict[str, set[int]] = defaultdict(set)
    for slots in sheet["lists"].values():
        for slot, quotes in slots.items():
            for quote in quotes:
                place = re.search(r"\s+".join(map(re.escape, quote.split())), document.text)
                if place is None:
                    raise SystemExit(f"{path}: not in the body: {quote!r}")
                found[slot].update(range(*place.span()))
    return document, found


def examples_of(document: Document, marks: dict[str, set[int]], extractor: Extractor) -> Iterator[Example]:
    """The units of a document as the reader of lists cuts them, in its order."""
    reading = Reading(document, extractor.nlp(document.text))
    named = named_lists(reading, read_citations(reading, extractor.reference))
    if not named:
        return
    places = Places(reading, named)
    if not places.is_about and places.may_be_about():
        found = list(examples_in(places, reading.leaves, marks))
        places.is_about = sum(bool(one.slots) for one in found) >= MOSTLY * len(found)
    yield from examples_in(places, places.leaves(), marks)


def examples_in(places: Places, leaves: Iterable[Provision], marks: dict[str, set[int]]) -> Iterator[Example]:
    for statement in statements(places.reading, leaves):
        for unit in units(places, statement):
            stated = {slot for slot in STATED if covers(marks[slot], unit.start, unit.end)}
            named = {slot for slot in NAMED if any(at in marks[slot] for at in range(unit.start, unit.end))}
            yield Example(unit, frozenset(stated or named), places.is_about)


def covers(marked: set[int], start: int, end: int) -> bool:
    count = sum(at in marked for at in range(start, end))
    return count >= COVERED * (end - start) or (count >= LONG and count >= COVERED_LONG * (end - start))


# ------------------------------------------------------------ learning


class Clause(NamedTuple):
    """An example as the learner sees it."""

    article: str
    fixed: NDArray[np.int64]  # numbers of its features, save those of what was decided before
    right: tuple[int, ...]  # its labels
    step: float  # how far a wrong label moves the weights: what is measured is characters, so a long clause counts for more


def learn(documents: Sequence[Sequence[Example]]) -> Weights:
    """The mean of what is learnt in several orders of the documents: any one of them leans to the documents it saw last."""
    found = [list(features_of(document)) for document in documents]
    counts = Counter(f for document in found for f in {f for clause in document for f in clause})
    decided = [f"{said}={label}" for said in ("before", "said") for label in LABELS]
    common = sorted(feature for feature, count in counts.items() if count >= COMMON)  # others tell of their document
    numbers = {feature: number for number, feature in enumerate([*decided, *common])}
    mean = float(np.mean([root_of(example) for document in documents for example in document]))
    clauses = [
        [clause_of(example, own, numbers, mean) for example, own in zip(document, all_own, strict=True)]
        for document, all_own in zip(documents, found, strict=True)
    ]
    learnt = sum(learn_in_order(clauses, len(numbers), seed) for seed in range(ORDERS))
    return written(np.asarray(learnt) / ORDERS, numbers)


def written(learnt: NDArray[np.float64], numbers: Mapping[str, int]) -> Weights:
    """The weights as the table has them: a word has a row for each kind of document, with what it weighs in both."""
    found: dict[str, NDArray[np.float64]] = {}
    for feature, number in numbers.items():
        kind, _, stem = feature.rpartition("|")
        if kind:
            found[feature] = learnt[number] + learnt[numbers[stem]]
        elif f"{ABOUT}|{feature}" in numbers or f"{ASIDE}|{feature}" in numbers:
            for own in (f"{ABOUT}|{feature}", f"{ASIDE}|{feature}"):
                found.setdefault(own, learnt[number])
        else:
            found[feature] = learnt[number]
    rows = {feature: np.rint(row * SCALE).astype(int) for feature, row in sorted(found.items())}
    return {feature: "\t".join(str(w or "") for w in row) for feature, row in rows.items() if abs(row).max() >= LEAST}


def features_of(document: Sequence[Example]) -> Iterator[list[str]]:
    """The features of each clause, save those of what was decided before; words once more for the kind of document."""
    about = ABOUT if document[0].is_about else ASIDE
    for unit, place in placed([one.unit for one in document]):
        yield [*unit.stems, *unit.fixed, *place, about, *(f"{about}|{stem}" for stem in unit.stems)]


def root_of(example: Example) -> float:
    """The root of the length of an example; its length itself would let a few long clauses decide."""
    return math.sqrt(example.unit.end - example.unit.start)


def clause_of(example: Example, own: Sequence[str], numbers: Mapping[str, int], mean: float) -> Clause:
    fixed = sorted({numbers[feature] for feature in own if feature in numbers})
    right = tuple(LABELS.index(slot) for slot in sorted(example.slots)) or (0,)
    return Clause(example.unit.article, np.array(fixed, dtype=np.int64), right, root_of(example) / mean)


def learn_in_order(documents: Sequence[Sequence[Clause]], size: int, seed: int) -> NDArray[np.float64]:
    """Averaged perceptron: where the sums of a clause choose a wrong label, its features move to the right one."""
    now, total = np.zeros((size, len(LABELS))), np.zeros((size, len(LABELS)))
    order, clock = random.Random(seed), 1  # noqa: S311 - an order that is always the same
    shuffled = list(documents)
    for turn in range(ROUNDS):
        order.shuffle(shuffled)
        for document in shuffled:
            article, before, said = "", 0, set[int]()
            for clause in document:
                if clause.article != article:
                    article, said = clause.article, set()
                found = np.concatenate((clause.fixed, [before, *(len(LABELS) + label for label in sorted(said))]))
                sums = now[found].sum(axis=0)
                chosen = int(sums.argmax())
                if chosen not in clause.right:
                    wanted = max(clause.right, key=sums.__getitem__)
                    for label, step in ((wanted, clause.step), (chosen, -clause.step)):
                        now[found, label] += step
                        total[found, label] += step * clock
                clock += 1
                before = chosen if turn > 1 else clause.right[0]  # at first what is right, then what will be found
                said.add(before)
    return now - total / clock


def held_out(documents: Sequence[Sequence[Example]], part: int) -> Iterator[tuple[Example, str]]:
    """The examples of one part with what weights learnt from the other parts make of them."""
    weights = learn([d for number, d in enumerate(documents) if number % PARTS != part])
    for document in documents[part::PARTS]:
        found = weigh([one.unit for one in document], weights, is_about=document[0].is_about)
        yield from zip(document, (weighing.slot for weighing in found), strict=True)


def score(read: Iterable[tuple[Example, str]]) -> float:
    counts: Counter[str] = Counter()
    for (unit, slots, _), slot in read:
        length = unit.end - unit.start
        counts["both"] += length * (slot in slots)
        counts["either"] += length * (bool(slot) + len(slots))
    return 2 * counts["both"] / counts["either"] if counts["either"] else 0.0


# ------------------------------------------------------------ the table


def write(weights: Weights) -> None:
    head = "\t".join(("feature", *(label or "none" for label in LABELS)))
    lines = [f"{feature}\t{row}" for feature, row in weights.items()]
    TABLE.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
