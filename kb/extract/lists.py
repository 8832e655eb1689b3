"""List standards: the named lists a document creates or governs, and what it says about each, slot by slot.

In come the reading with its items, times and citations, out comes one `ListStandard` a list, with all ten slots: stated
with quotes, referred elsewhere, or silent with the provisions that were read. "The term of the blacklist is three years
from the date of the decision on entry" is the `term` of the blacklist. The guide is docs/lists.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract.context import Reading
from kb.extract.lists_cutting import Statement
from kb.extract.lists_facts import FactMaker
from kb.extract.lists_gather import named_lists
from kb.extract.lists_headings import FROM_HEADING, chapter_slot, headed_party, headed_slot, is_run_in, party_said
from kb.extract.lists_names import HEAD_HINT
from kb.extract.lists_onto import is_onto
from kb.extract.lists_records import Draft, standard_of
from kb.extract.lists_scope import Places, Scope, Thread
from kb.extract.lists_slots import (
    STEPPED,
    delegates,
    filled,
    heading_slot,
    is_general_remedy,
    keeps,
    makes,
    says_something,
)
from kb.extract.lists_spans import Acts, Filled, Stretch, spans_of
from kb.extract.lists_stated import Stated
from kb.extract.lists_statements import says, slots_said
from kb.extract.lists_weights import NAMED, weighed
from kb.model import SLOTS, ActionItem, Citation, ListKind, ListStandard, Provision, Reference, SlotFact, Time

_CARRIED = frozenset({"procedure", "remedies", "safeguards"})  # said of a list in its article without naming it
_IN_PARAGRAPH = frozenset({"term", "exit"})  # the same, in the same paragraph alone
_FOR_ALL = frozenset({"privacy"})  # rules that are said of all lists of a document about lists
_GENERAL = frozenset({"credit-repair", "handling"})  # rules on exit, said of all information, that hold for lists
_LASTING = frozenset({"exit", "remedies"})  # what an article goes on with where the one before dealt with it
_GENERALLY = frozenset({"remedies", "safeguards"})  # what a chapter says of all its lists
_QUOTED = 2  # characters of quotation marks before a title


def read_lists(
    reading: Reading,
    items: Sequence[ActionItem],
    times: Sequence[Time],
    citations: Sequence[Citation],
    reference: Reference,
) -> tuple[ListStandard, ...]:
    """The lists of the document in the order in which they are first named; one that nothing is said of is left out."""
    if not reading.hints_at(HEAD_HINT):
        return ()
    named = named_lists(reading, citations)
    if not named:
        return ()
    places = Places(reading, named)
    acts = Acts(reading.flowing, places.unnamed, items, [mention for each in named for mention in each.mentions])
    reader = _Reader(places, acts, FactMaker(reading, items, times, citations, reference, acts))
    reader.read()
    for draft in reader.drafts:
        reader.maker.targets_besides(draft)
    return tuple(standard for draft in reader.drafts if (standard := standard_of(reading, draft, reference)))


class _Reader:
    """Goes through the statements once and hands each to the lists it speaks of."""

    def __init__(self, places: Places, acts: Acts, maker: FactMaker) -> None:
        self.places, self.acts, self.maker = places, acts, maker
        self.reading, self.text = places.reading, places.text
        self.drafts = [Draft(named, is_made=named.is_set_up) for named in places.lists]
        self.thread = Thread(places)
        self.unit = ""
        self.unit_slot = ""  # what the article is about
        self.headed = False  # whether its heading says so
        self.party = ""  # the slot for parties that a heading of the article, or the label of a statement, announces
        self.part_party = ""  # the same of a heading at the head of a paragraph
        self.stepped = ""  # the slot whose steps the statement before laid down, in the same article
        self.before: tuple[str, Scope] = ("", ())  # what the article before dealt with, and of which lists
        self.last_points: tuple[Stretch, ...] = ()  # of the article, for "the conduct in the preceding paragraph"
        self.last_slots: tuple[str, ...] = ()  # of the statement before
        self.general: list[tuple[Statement, list[Filled]]] = []  # rules on all credit information
        self.statements, found = weighed(places)
        self.stated = Stated(places, found)

    def read(self) -> None:
        for statement in self.statements:
            if statement.unit != self.unit:
                self._open_unit(statement)
            if self.unit_slot != "consequences" and is_run_in(self.text, statement):
                self._open_part(statement)
                continue
            if statement.run_in and self.unit_slot != "consequences":
                continue
            self.party = self.part_party or headed_party(self.reading, statement)
            if self.party == "authority" and not self.part_party and not self.places.in_title:
                self.party = ""
            scope, slots = self._classified(statement)
            self.last_points = statement.points or self.last_points
            self.last_slots = tuple(slot for slot, _, _ in slots)
            if scope:
                self._take(statement, scope, slots)
            elif self.places.is_about:
                self._read_scope_article(statement)
        self._read_general()

    def _take(self, statement: Statement, scope: Scope, slots: list[Filled]) -> None:
        """Fills the slots of the lists a statement deals with."""
        self.thread.goes_on(statement, scope)
        words = self.places.unnamed[statement.start : statement.end]
        self._note_read(statement, scope)
        self.stepped = next((slot for slot, _, _ in slots if slot in STEPPED), self.stepped)
        if slots and not self.headed:
            stepped = next((slot for slot, _, _ in slots if slot in STEPPED), self.unit_slot)
            self.unit_slot = stepped or slots[0][0]
        for entry in slots:
            self._fill(statement, scope, entry)
        for index in scope if makes(words) else ():
            self.drafts[index].is_made = True
        if delegates(words) or keeps(words) or makes(words) or says("targets", words):
            self._parties(statement, scope)
        if not any(slot == "entry" for slot, _, _ in slots):
            for index in self._onto(statement):
                self.maker.put(self.drafts[index], statement)
        self._refer(statement, scope)

    def _note_read(self, statement: Statement, scope: Scope) -> None:
        for index in scope:
            read = self.drafts[index].read
            if not read or read[-1] != statement.unit:
                read.append(statement.unit)

    def _parties(self, statement: Statement, scope: Scope) -> None:
        whole = [(statement.start, statement.end)]
        says_who = keeps(self.places.unnamed[statement.start : statement.end])
        for index in scope:
            self.maker.parties(self.drafts[index], statement, "authority", whole, self.unit_slot, says_who=says_who)

    def _read_scope_article(self, statement: Statement) -> None:
        """In a document about lists, who keeps the list and whom it can hit, where no slot is filled besides."""
        words = self.text[statement.start : statement.end]
        if self.maker.defined(statement):
            self._parties(statement, self.places.own())
        elif keeps(words):
            self._parties(statement, self.places.default())

    def _read_general(self) -> None:
        """Rules on all credit information or all punishment are rules for the lists that the document governs."""
        governed = tuple(
            index
            for index, draft in enumerate(self.drafts)
            if any(draft.facts.values()) and draft.named.kind is not ListKind.REDLIST
        )
        for statement, slots in self.general if governed else ():
            self._note_read(statement, governed)
            for entry in slots:
                self._fill(statement, governed, entry)

    # ------------------------------------------------------------ articles

    def _open_unit(self, statement: Statement) -> None:
        chapter = self.reading.by_eid[statement.unit].parent
        is_near = self.unit_slot == "procedure" and chapter and self.thread.chapter == chapter
        self.before = (self.unit_slot, self.thread.scope) if self.unit_slot in _LASTING or is_near else ("", ())
        self.thread.passes(chapter)
        onward = () if self.places.is_about else self.places.onward.get(statement.unit, ())
        self.thread.open(onward, is_owned=bool(onward))
        self.unit, self.last_points = statement.unit, ()
        is_read = self.places.is_about or bool(onward or self.places.in_section(statement.leaf))
        slot = headed_slot(self.reading, statement) if is_read else ""
        self.unit_slot = slot if slot in FROM_HEADING else ""
        if not self.unit_slot and self.places.is_about:
            self.unit_slot = chapter_slot(self.reading, statement)
        self.headed, self.stepped, self.part_party = bool(self.unit_slot), "", ""

    def _open_part(self, statement: Statement) -> None:
        """Begins a part under a run-in heading: about the list it names, else about those of the article."""
        heading = self.text[statement.start : statement.end]
        unit = self.reading.by_eid[statement.unit]
        named = self.places.named_in(statement.start, statement.end)
        self.thread.open(named or self.places.named_in(unit.start, unit.end), is_owned=bool(named))
        slot = heading_slot(heading)
        self.unit_slot = slot if slot in FROM_HEADING else ""
        self.headed, self.stepped, self.part_party = bool(self.unit_slot), "", party_said(heading)

    # ------------------------------------------------------------ statements

    def _classified(self, statement: Statement) -> tuple[Scope, list[Filled]]:
        """The lists a statement deals with, and the slots it fills."""
        text = self.text[statement.start : statement.end]
        named, slots = self.thread.pointed_at(statement), self._slots(statement)
        scope, slots = (named, slots) if named else self._carried(slots, statement)
        slots = self.acts.with_measures(statement, slots)
        if [slot for slot, _, _ in slots] == ["remedies"] and self.unit_slot == "procedure" and says("defends", text):
            return scope, [
                ("procedure", slots[0][1], slots[0][2])
            ]  # "those who object may make a statement or a defence"
        if any(rule == "credit-repair" for _, rule, _ in slots) and not self._names_reward(statement):
            scope = self.places.punishing(scope) or scope
        is_objection = [slot for slot, _, _ in slots] == ["remedies"] and says("objected", text)
        if is_objection and self.last_slots == ("procedure",):  # to a name that is shown before it is listed
            slots = [("procedure", slots[0][1], slots[0][2]), *slots]
        return scope, slots

    def _names_reward(self, statement: Statement) -> bool:
        """Whether a statement itself names a list that rewards: repair is for the others."""
        named = self.places.named_in(statement.start, statement.end)
        return any(self.drafts[index].named.kind is ListKind.REDLIST for index in named)

    def _slots(self, statement: Statement) -> list[Filled]:
        """The slots that a statement was weighed to fill; its cues decide where nothing was, and where it says "is put on the list"."""
        if not says_something(self.text[statement.start : statement.end]) or self._quotes_law(statement):
            return []
        found = self.stated.slots(statement, self.unit_slot, self.party)
        is_open = not found.keys() - set(NAMED)
        if is_open or any(is_onto(self.text, statement, named) for named in self.places.lists):
            words = self.places.unnamed[statement.start : statement.end]
            ruled = {entry[0]: entry for entry in filled(words, self.stepped)}
            if is_open and not self.places.is_about:
                found |= ruled
            elif "entry" in ruled:
                found.setdefault("entry", ruled["entry"])
        return sorted(found.values(), key=lambda entry: SLOTS.index(entry[0]))

    def _slot_at(self, start: int, stop: int) -> str:
        return self.stated.slot_at(start, stop, self.unit_slot, self.party)

    def _quotes_law(self, statement: Statement) -> bool:
        """Whether a statement among the measures is the law on which the measure before it rests: "“Procurement Law”, Article 22: …"."""
        if not (self.headed and self.unit_slot == "consequences"):
            return False
        return bool(self.maker.citations.begun(statement.start, statement.start + _QUOTED))

    def _carried(self, slots: list[Filled], statement: Statement) -> tuple[Scope, list[Filled]]:
        """The same for a statement that names no list: from its article, the article before, or the whole document."""
        leaf, places, first = statement.leaf, self.places, self.thread.carried(statement)
        if slots and all(rule in _FOR_ALL for _, rule, _ in slots):
            first = self.thread.named
        in_leaf = places.named_in(leaf.start, leaf.end)
        headed = places.under_heading(leaf)
        if headed and slots:
            return first or headed, slots
        carried = [
            entry
            for entry in slots
            if places.is_about_at(leaf)
            or self.thread.is_owned
            or entry[0] in _CARRIED
            or (in_leaf and entry[0] in _IN_PARAGRAPH)
        ]
        if carried and (first or in_leaf):
            return self._punishing(first or in_leaf, leaf), carried
        if any(slot == "remedies" for slot, _, _ in slots) and is_general_remedy(self.text[leaf.start : leaf.end]):
            return self.thread.in_chapter or places.every, [entry for entry in slots if entry[0] == "remedies"]
        about, scope = self.before
        if scope and any(slot == about for slot, _, _ in slots):
            return scope, slots
        if places.is_about_at(leaf) and slots:
            is_for_all = all(rule in _FOR_ALL for _, rule, _ in slots)
            is_scope = {slot for slot, _, _ in slots} == {"targets"}  # "These Measures apply to …"
            return places.own() if is_for_all or is_scope else self._default(slots, leaf), slots
        if places.is_on_credit and statement.unit not in places.units:
            self._keep_general(statement, slots, leaf)
        return (), []

    def _default(self, slots: list[Filled], leaf: Provision) -> Scope:
        """What names no list in a document about lists: repair and limits of punishment are for those that punish."""
        is_punishing = any(rule == "credit-repair" for _, rule, _ in slots)
        is_general = {slot for slot, _, _ in slots} <= _GENERALLY
        scope = self._punishing(
            (self.thread.in_chapter if is_general else self.thread.near) or self.places.default(), leaf
        )
        return (self.places.punishing(scope) or scope) if is_punishing else scope

    def _punishing(self, scope: Scope, leaf: Provision) -> Scope:
        """The lists of an article that a paragraph on punishment is about: not those that reward."""
        if not says("general-punishment", self.text[leaf.start : leaf.end]):
            return scope
        return self.places.punishing(scope) or self.places.punishing(self.places.every)

    def _keep_general(self, statement: Statement, slots: list[Filled], leaf: Provision) -> None:
        """Puts by a rule on objection, repair or the limits of punishment that names no list."""
        text = self.text[leaf.start : leaf.end]
        is_credit, is_punishment = says("general-credit", text), says("general-punishment", text)
        general = [
            entry
            for entry in slots
            if ((entry[0] == "remedies" or entry[1] in _GENERAL) and is_credit)
            or (entry[1] == "proportion" and is_punishment)
        ]
        if general:
            self.general.append((statement, general))
            self.unit_slot = self.unit_slot or next((entry[0] for entry in general if entry[0] in STEPPED), "")

    # ------------------------------------------------------------ slots

    def _fill(self, statement: Statement, scope: Scope, entry: Filled) -> None:
        slot, rule, parts = entry
        clauses = [(statement.start + first, statement.start + last) for first, last in parts]
        goal = self._goal(statement, scope, slot)
        if slot in NAMED:
            for index in goal:
                self.maker.parties(self.drafts[index], statement, slot, clauses, self.unit_slot, says_who=True)
            return
        for index in goal:
            draft = self.drafts[index]
            for start, end in self._spans(statement, slot, clauses):
                own = self._own_lists(statement, start, end) if len(goal) > 1 else ()
                if index not in own and set(own) & set(goal):
                    continue  # "as to the warning list, the faults have been put right" among points on all lists
                draft.add(slot, self._as_weighed(slot, self.maker.fact(slot, rule, start, end, statement)))
            if slot in {"entry", "procedure", "publication", "exit"}:
                self.maker.parties(draft, statement, slot, clauses, self.unit_slot)
        if slot == "entry":
            self._leads_on(statement, {*scope} - set(goal), rule)
            self._grounds(statement, goal, rule)

    def _own_lists(self, statement: Statement, start: int, end: int) -> Scope:
        """The lists that a point, or the clause in which a stretch begins, names by itself."""
        if (start, end) in statement.points:
            return self.places.named_in(start, end)
        first, last = self.stated.clause_at(start) or (start, end)
        return self.places.named_in(first, last)

    def _as_weighed(self, slot: str, fact: SlotFact) -> SlotFact:
        """The fact with what the weighing of its clause adds to its rule, and its doubt."""
        clause = self.stated.clause_at(fact.span.start)
        return self.stated.weighed[clause].told(slot, fact) if clause else fact

    def _spans(self, statement: Statement, slot: str, clauses: Sequence[Stretch]) -> Sequence[Stretch]:
        """The stretches that fill a slot; for "the conduct in the preceding paragraph is a ground", the points of that one too."""
        points = tuple(point for point in statement.points if self._slot_at(*point) == slot)
        spans = list(spans_of(self.acts, statement, slot, clauses, points))
        is_back = slot == "entry" and says("preceding", self.text[statement.start : statement.end])
        return [*self.last_points, *spans] if is_back and not statement.points else spans

    def _grounds(self, statement: Statement, goal: Scope, rule: str) -> None:
        """To be on another list is a ground in one of the points: that is a consequence of the other list."""
        for start, end in statement.points:
            for index in set(self.places.named_in(start, end)) - set(goal):
                self.drafts[index].add("consequences", self.maker.fact("consequences", rule, start, end, statement))

    def _leads_on(self, statement: Statement, others: set[int], rule: str) -> None:
        """Entry on one list from another is a consequence of the other."""
        before = self.thread.before if self.text[statement.start].islower() else ()
        for index in sorted({*others, *before}):
            if self.drafts[index].named.kind is ListKind.WARNING:
                fact = self.maker.fact("consequences", rule, statement.start, statement.end, statement)
                self.drafts[index].add("consequences", fact)

    def _goal(self, statement: Statement, scope: Scope, slot: str) -> Scope:
        """The lists whose slot is filled: for entry those that one gets on, not those that one comes from."""
        if slot != "entry":
            return scope
        return self._onto(statement) or scope

    def _onto(self, statement: Statement) -> Scope:
        """The lists on which a statement puts somebody."""
        return tuple(index for index, draft in enumerate(self.drafts) if is_onto(self.text, statement, draft.named))

    def _refer(self, statement: Statement, scope: Scope) -> None:
        """Where the document sends the reader elsewhere for a slot: the citation, or the words that say where."""
        text = self.text[statement.start : statement.end]
        if not says("elsewhere", text):
            return
        cited = self.maker.citations.begun(statement.start, statement.end)
        spans = cited or [self.reading.span(statement.start, statement.end)]
        for slot in slots_said("refers", text):
            for index in scope:
                self.drafts[index].refers[slot] += spans
