"""List standards -> a CSV file: a row for every quoted statement, and one for every slot that is silent or refers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.export.sheet import sheet
from kb.model import ListStandard, Metadata, Slot, SlotFact

LIST_COLUMNS = (
    *("list", "document", "fidelity", "name", "kind", "slot", "state", "eid", "quote", "basis"),
    *("role", "body", "force", "reach", "measure", "term", "legal_basis", "rule", "doubt", "read", "corrected"),
)


def list_sheet(lists: Iterable[ListStandard], metadata: Iterable[Metadata] = (), *, raw: bool = False) -> str:
    """The CSV text of the lists, slot by slot; `fidelity` is empty for documents that are not in `metadata`."""
    fidelity = {meta.id: meta.fidelity.value for meta in metadata}
    rows = (row for entry in lists for slot in entry.slots for row in _slot_rows(entry, slot, fidelity))
    return sheet(LIST_COLUMNS, rows, raw=raw)


def _slot_rows(entry: ListStandard, slot: Slot, fidelity: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    document = (entry.document, fidelity.get(entry.document, ""))
    head = (entry.id, *document, entry.name, entry.list_kind.value, slot.name, slot.state.value)
    by_hand = slot.name if slot.name in entry.corrected else "accepted" if "accepted" in entry.corrected else ""
    read = ("; ".join(slot.read), by_hand)
    for fact in slot.facts:
        yield (*head, *_fact(fact), *read)
    for span in slot.refers_to:
        yield (*head, span.eid, span.words, *("",) * 10, *read)
    if not slot.facts and not slot.refers_to:
        yield (*head, *("",) * 12, *read)


def _fact(fact: SlotFact) -> tuple[object, ...]:
    term = (fact.time.duration or str(fact.time.latest or "")) if fact.time else ""
    legal_basis = fact.legal_basis.words if fact.legal_basis else ""
    return (
        *(fact.span.eid, fact.span.words, fact.basis.value if fact.basis else ""),
        *(fact.role, fact.body, fact.force, fact.reach, fact.measure, term, legal_basis, fact.rule, fact.doubt),
    )
