"""Lists: a card for each list standard, the due-process matrix with its quotes, comparison, how to get off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kb.model import SLOTS, Fidelity, SlotFact, SlotState
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.figures import Squares, squares
from kb.sitegen.page import Asset, Page, script_data, sheets
from kb.sitegen.pages.subscriptions import data_path, has_coming
from kb.sitegen.prose import plain
from kb.sitegen.shown import Entry
from kb.sitegen.words import capital

QUESTIONS = {
    "authority": "Who decides, publishes and keeps it?",
    "targets": "Who can be on it?",
    "entry": "How does one get on?",
    "procedure": "Is one told and heard before?",
    "publication": "Where is it published, to whom is it sent?",
    "term": "How long does an entry last?",
    "exit": "How does one get off?",
    "remedies": "What can one do against it?",
    "consequences": "What follows from being on it?",
    "safeguards": "What limits protect people?",
}
KINDS = {"blacklist": "Blacklists", "redlist": "Redlists", "warning": "Warning lists", "other": "Other lists"}

_ROWS = 120  # lists on a page of the matrix


class Quote(NamedTuple):
    """A quoted statement of a slot."""

    fact: SlotFact
    href: str
    place: str
    body: str
    measure: str


class Cell(NamedTuple):
    """One slot of one list."""

    name: str
    state: str
    quotes: tuple[Quote, ...]
    refers: tuple[tuple[str, str, str], ...]  # words, address and place of each reference elsewhere
    read: tuple[tuple[str, str], ...]  # place and address of each provision that was read


class Card(NamedTuple):
    """A list standard with all its slots."""

    entry: Entry
    cells: tuple[Cell, ...]
    source: str  # where the list is first named

    @property
    def stated(self) -> int:
        return sum(1 for c in self.cells if c.state == SlotState.STATED)


def pages(catalogue: Catalogue) -> Iterator[Page | Asset]:
    """The overview, the matrix, the comparison, the ways off, and a page for each list."""
    cards = [card_of(catalogue, entry) for entry in _ordered(catalogue)]
    shared: dict[str, Any] = {"cards": cards, "slots": SLOTS, "questions": QUESTIONS, "kinds": KINDS}
    yield Page("lists.html", "lists.html", "Lists", "lists", shared)
    matrix = {
        **shared,
        "counts": _states(cards),
        "read_and_silent": _read_and_silent(cards),
        "picture": _picture(cards),
    }
    for sheet in sheets("due-process.html", cards, _ROWS):
        yield Page(sheet.path, "due-process.html", "Due-process matrix", "lists", {**matrix, "sheet": sheet})
    left, right = _first_pair(cards)
    differ = sum(1 for a, b in zip(left.cells, right.cells, strict=True) if a.state != b.state) if left and right else 0
    pair = {**shared, "left": left, "right": right, "differ": differ}
    yield Page("compare.html", "compare.html", "Compare two lists", "lists", pair)
    yield Asset("data/lists.js", script_data("kbLists", [_datum(card) for card in cards]))
    yield Page("getting-off.html", "getting-off.html", "How do I get off?", "lists", shared)
    for card in cards:
        title = f"{card.entry.record.name} ({card.entry.meta.name})"
        context = {
            "questions": QUESTIONS,
            "card": card,
            "others": [c.entry for c in _namesakes(card, cards)],
            "subscribe": data_path(card.entry.href) if has_coming(catalogue.items_of_list(card.entry)) else "",
        }
        yield Page(card.entry.href, "list.html", title, "lists", context)


def _first_pair(cards: list[Card]) -> tuple[Card, Card] | tuple[None, None]:
    """The two that are compared where nobody chose: those that state most, of two names where there are two."""
    ordered = sorted(cards, key=lambda c: (-c.stated, c.entry.record.id))
    if not ordered:
        return None, None
    first = ordered[0]
    others = (c for c in ordered if c.entry.record.name.lower() != first.entry.record.name.lower())
    return first, next(others, ordered[-1])


def _datum(card: Card) -> dict[str, object]:
    """What the comparison needs of a list; its keys are documented there."""
    record = card.entry.record
    return {
        "id": record.id,
        "name": capital(record.name),
        "document": card.entry.meta.name,
        "href": card.entry.href,
        "slots": {c.name: (c.state, [plain(q.fact.span.quote) for q in c.quotes]) for c in card.cells},
    }


def _ordered(catalogue: Catalogue) -> list[Entry]:
    """Lists by kind, then by name and document."""
    kinds = list(KINDS)
    return sorted(catalogue.lists, key=lambda e: (kinds.index(e.record.list_kind), e.record.name.lower(), e.record.id))


def card_of(catalogue: Catalogue, entry: Entry) -> Card:
    """The list with every slot, also the silent ones."""
    return Card(
        entry, tuple(_cell(catalogue, entry, name) for name in SLOTS), catalogue.at(entry.meta.id, entry.record.span)
    )


def _cell(catalogue: Catalogue, entry: Entry, name: str) -> Cell:
    document = entry.meta.id
    slot = entry.slot(name)
    if slot is None:
        return Cell(name, SlotState.SILENT.value, (), (), ())
    quotes = tuple(
        Quote(
            f,
            catalogue.at(document, f.span),
            catalogue.place(document, f.span.eid),
            catalogue.body(f.body).name if f.body else "",
            catalogue.measure_name(f.measure) if f.measure else "",
        )
        for f in slot.facts
    )
    refers = tuple((s.quote, catalogue.at(document, s), catalogue.place(document, s.eid)) for s in slot.refers_to)
    read = tuple((catalogue.place(document, e) or e, catalogue.addresses.provision(document, e)) for e in slot.read)
    return Cell(name, slot.state.value, quotes, refers, tuple(dict.fromkeys(read)))


def _states(cards: list[Card]) -> dict[str, dict[str, int]]:
    """How many lists state, refer or are silent, by slot."""
    counts = {name: dict.fromkeys((s.value for s in SlotState), 0) for name in SLOTS}
    for card in cards:
        for cell in card.cells:
            counts[cell.name][cell.state] += 1
    return counts


def _read_and_silent(cards: list[Card]) -> dict[str, int]:
    """How many lists of full texts are silent on a slot; a digest's silence says nothing of its document."""
    read = [card for card in cards if card.entry.meta.fidelity is not Fidelity.DIGEST]
    return {
        name: sum(c.state == SlotState.SILENT for card in read for c in card.cells if c.name == name) for name in SLOTS
    }


def _picture(cards: list[Card]) -> Squares:
    """All lists at once, those that state most first."""
    ordered = sorted(cards, key=lambda c: (-c.stated, c.entry.record.id))
    return squares(SLOTS, [[cell.state for cell in card.cells] for card in ordered], (90, 9))


def _namesakes(card: Card, cards: list[Card]) -> list[Card]:
    """Other lists of the same name, or of the same document."""
    entry = card.entry
    return [
        c
        for c in cards
        if c is not card
        and (c.entry.record.name.lower() == entry.record.name.lower() or c.entry.meta.id == entry.meta.id)
    ]
