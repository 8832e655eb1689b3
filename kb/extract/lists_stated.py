"""What the clauses and points of a statement state: the slot each was weighed for, and what is said in it by the way."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator

from kb.extract.lists_besides import exculpation_in, lasting_in, made_public_in
from kb.extract.lists_cutting import Statement
from kb.extract.lists_scope import Places, Scope
from kb.extract.lists_slots import clauses, heading_slot, rule_of, slots_of
from kb.extract.lists_spans import Filled, Stretch
from kb.extract.lists_statements import says
from kb.extract.lists_weights import NAMED, Weighings

_LABEL = 5  # words, less one, of a lead-in that is a label: "Conditions for application:"


class Stated:
    """The weighings of a document, read clause by clause; `unit_slot` is what an article is about, `party` whom its heading announces."""

    def __init__(self, places: Places, weighed: Weighings) -> None:
        self.places, self.weighed = places, weighed
        self._clauses = sorted(weighed)
        self._announced: dict[Stretch, str] = {}  # what their label or heading says of points

    def clause_at(self, at: int) -> Stretch | None:
        """The clause or point in which an offset lies."""
        number = bisect_right(self._clauses, (at, len(self.places.text))) - 1
        return self._clauses[number] if number >= 0 and at < self._clauses[number][1] else None

    def slot_at(self, start: int, stop: int, unit_slot: str, party: str) -> str:
        """What a clause or a point was weighed to state; where that is in doubt and a cue stands in it, what the cue says."""
        weighing = self.weighed[start, stop]
        ruled = slots_of(self.places.unnamed[start:stop], unit_slot) if weighing.doubt else []
        slot = ruled[0][0] if ruled else weighing.slot
        if party and slot in ("", *NAMED):
            return party
        return slot or self._announced.get((start, stop), "")

    def slots(self, statement: Statement, unit_slot: str, party: str) -> dict[str, Filled]:
        """The slots of the clauses and the points by their weights; neighbouring clauses of one slot are one, save for measures."""
        unnamed = self.places.unnamed
        found: dict[str, Filled] = {}
        last = ""
        named: Scope = ()  # by the clause before
        for first, end in clauses(unnamed[statement.start : statement.end]):
            start, stop = statement.start + first, statement.start + end
            slot = self.slot_at(start, stop, unit_slot, party) if stop > start else ""
            if slot == "exit" and unit_slot != "exit" and says("basis-gone", unnamed[start:stop]):
                slot = "remedies"  # "where the penalty is revoked, the name is removed"
            if slot:
                parts = found.setdefault(slot, (slot, rule_of(slot, unnamed[start:stop]), []))[2]
                own = self.places.named_in(start, stop)
                if parts and slot == last and slot != "consequences" and (own == named or not (own and named)):
                    parts[-1] = (parts[-1][0], end)
                else:
                    parts.append((first, end))
                named = own
            last = slot
        self._announced |= dict.fromkeys(statement.points, self._label_of(statement) if statement.points else "")
        for start, stop in statement.points:
            slot = self.slot_at(start, stop, unit_slot, party)
            if slot:
                found.setdefault(slot, (slot, rule_of(slot, unnamed[start:stop]), []))
        for slot, beside in [*_besides(self.places.text, statement, found)]:
            found[slot] = (slot, f"{slot}-besides", [(beside[0] - statement.start, beside[1] - statement.start)])
        return found

    def _label_of(self, statement: Statement) -> str:
        """The slot of points that tell none: what their label says, else the nearest heading ("Causes for debarment (a) Bribery")."""
        lead, leaf = self.places.text[statement.start : statement.end], statement.leaf
        own = heading_slot(lead.rstrip(": ")) if lead.count(" ") <= _LABEL else ""
        if own or not (self.places.is_about_at(leaf) or self.places.under_heading(leaf)):
            return own
        return heading_slot(next((p.heading for p in reversed(self.places.reading.path_of(leaf)) if p.heading), ""))


def _besides(text: str, statement: Statement, found: Container[str]) -> Iterator[tuple[str, Stretch]]:
    """What a statement says by the way in a clause on something else."""
    if "term" not in found and (lasting := lasting_in(text, statement.start, statement.end)):
        yield "term", lasting
    if "publication" not in found and "entry" in found:
        public = made_public_in(text, statement.start, statement.end)
        if public:
            yield "publication", public
    if "safeguards" not in found and "entry" in found:
        escape = exculpation_in(text, statement.start, statement.end)
        if escape:
            yield "safeguards", escape
