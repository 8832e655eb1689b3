"""List standards: the named lists a document creates or governs, and what it says about each, slot by slot.

In come the reading with its items, times and citations, out comes one `ListStandard` a list, with all ten slots: stated
with quotes, referred elsewhere, or silent with the provisions that were read. "The term of the blacklist is three years
from the date of the decision on entry" is the `term` of the blacklist. The guide is docs/lists.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kb.extract.context import Reading
from kb.extract.lists_names import HEAD
from kb.extract.lists_parties import (
    best_label,
    bodies,
    defined_targets,
    is_known_party,
    label_of,
    named_targets,
    personnel,
    role_of,
    targets,
)
from kb.extract.lists_records import Draft, standard_of
from kb.extract.lists_scope import (
    ANAPHOR,
    BRACKETS,
    NamedList,
    Statement,
    aliases,
    is_about_lists,
    lists_in,
    members_pattern,
    named_lists,
    statements,
    umbrellas,
    unit_of,
    without_names,
)
from kb.extract.lists_slots import (
    STEPPED,
    delegates,
    filled,
    heading_slot,
    heading_slots,
    is_general_remedy,
    keeps,
    makes,
    points_slot,
    says_something,
)
from kb.extract.lists_spans import Acts, Placed, spans_of
from kb.extract.lists_statements import says, slots_said
from kb.model import (
    ActionItem,
    Citation,
    DocumentKind,
    ListKind,
    ListStandard,
    Provision,
    Reference,
    SlotFact,
    Span,
    Time,
)
from kb.parse import basis_at

_FROM_HEADING = frozenset({"procedure", "term", "exit", "remedies", "publication", "consequences"})
_CARRIED = frozenset({"procedure", "remedies", "safeguards"})  # said of a list in its article without naming it
_IN_PARAGRAPH = frozenset({"term", "exit"})  # the same, in the same paragraph alone
_INTO = re.compile(r"\b(?:on|onto|in|into|to)\s+(?:the|a|an)?\s*[\"“]?(?:\w+\s+){0,4}$", re.IGNORECASE)
_MEASURE = re.compile(r"(?!During|Nothing)[A-Z]\w+ing\b")  # "Cancelling the qualification of …", a point on measures
_TARGETS = re.compile(r"\btargets? (?:of [\w ]{3,60} )?(?:include|includes|are|is)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-z]|(?:They|Their|Those|Such)\b")  # a part behind a semicolon, or a pronoun
_TIME_ON = re.compile(r"\b(?:years?|months?|times|grounds?\s+of)\s+(?:on\s+)?(?:the|a)?\s*$", re.IGNORECASE)
_GROUND = re.compile(
    r"\b(?:years?|months?|times|twice|entry|entries|grounds?(?: of)?|under)\s+(?:on|of|in)?\s*(?:the|a)?\s*$",
    re.IGNORECASE,
)
_ENTRY_VERB = re.compile(r"\b(?:enter|plac|includ|put|list|add|transfer|mov|lead)\w*\b", re.IGNORECASE)


_Filled = tuple[str, str, list[tuple[int, int]]]  # slot, rule, clauses


def read_lists(
    reading: Reading,
    items: Sequence[ActionItem],
    times: Sequence[Time],
    citations: Sequence[Citation],
    reference: Reference,
) -> tuple[ListStandard, ...]:
    """The lists of the document in the order in which they are first named; one that nothing is said of is left out."""
    if not HEAD.search(reading.flowing):
        return ()
    named = named_lists(reading, citations)
    if not named:
        return ()
    reader = _Reader(reading, items, times, citations, reference, [Draft(n) for n in named])
    reader.read()
    return tuple(standard for draft in reader.drafts if (standard := standard_of(reading, draft, reference)))


class _Reader:
    """Goes through the statements once and hands each to the lists it speaks of."""

    def __init__(
        self,
        reading: Reading,
        items: Sequence[ActionItem],
        times: Sequence[Time],
        citations: Sequence[Citation],
        reference: Reference,
        drafts: list[Draft],
    ) -> None:
        self.reading, self.text = reading, reading.flowing
        self.reference, self.drafts = reference, drafts
        self.items = Placed((item.span.start, item) for item in items)
        self.citations = Placed((citation.span.start, citation.span) for citation in citations if citation.title)
        self.bodies = Placed((name.start_char, name.label_) for name in reading.doc.spans.get("bodies", ()))
        self.unnamed = without_names(self.text, [draft.named for draft in drafts])
        self.acts = Acts(self.text, self.unnamed, items, [m for draft in drafts for m in draft.named.mentions])
        self.times = Placed((time.span.start, time) for time in times if time.span)
        self.places = [self._places(draft.named) for draft in drafts]
        self.is_about = is_about_lists(reading) or self._is_full_of_lists()
        lists = [draft.named for draft in drafts]
        self.in_title = lists_in(reading.document.meta.title, lists)
        self.in_headings = self._in_headings(lists)
        self.unit = ""
        self.is_owned = False  # whether a list was set up or filled in this article: the rest of it is about that list
        self.headed = False  # whether the slot of the article is that of its heading
        self.unit_slot = ""
        self.scope: tuple[int, ...] = ()  # of the last statement of the article
        self.scope_before: tuple[int, ...] = ()
        self.first_scope: tuple[int, ...] = ()
        self.remedy_scope: tuple[int, ...] = ()  # of the article before, where it dealt with remedies

    def read(self) -> None:
        for statement in statements(self.reading, self._leaves()):
            if statement.unit != self.unit:
                self._open_unit(statement)
            scope, slots = self._classified(statement)
            if not scope:
                self._read_scope_article(statement)
                continue
            self.scope_before, self.scope, self.first_scope = self.scope, scope, self.first_scope or scope
            for index in scope:
                read = self.drafts[index].read
                if not read or read[-1] != statement.unit:
                    read.append(statement.unit)
            if slots and not self.headed:
                stepped = next((slot for slot, _, _ in slots if slot in STEPPED), self.unit_slot)
                self.unit_slot = stepped or slots[0][0]
            for slot, rule, clauses in slots:
                self._fill(
                    statement, scope, slot, rule, [(statement.start + s, statement.start + e) for s, e in clauses]
                )
            words = self.unnamed[statement.start : statement.end]
            self.is_owned |= self._is_topic(statement, scope)
            for index in scope if makes(words) else ():
                self.drafts[index].is_made = True
            if delegates(words) or keeps(words) or makes(words) or _TARGETS.search(words):
                for index in scope:
                    self._parties(self.drafts[index], statement, "authority", [(statement.start, statement.end)])
            self._refer(statement, scope)

    def _read_scope_article(self, statement: Statement) -> None:
        """In a document about lists, who keeps the list and whom it can hit, where no slot is filled besides."""
        words = self.text[statement.start : statement.end]
        if self.is_about and (keeps(words) or self._defined(statement)):
            for index in self._default():
                self._parties(self.drafts[index], statement, "authority", [(statement.start, statement.end)])

    def _places(self, named: NamedList) -> list[int]:
        """Offsets at which the list or its members are named."""
        members = members_pattern(named)
        found = {match.start() for match in members.finditer(self.text)} if members else set()
        return sorted({*found, *aliases(self.reading, named), *(mention.start for mention in named.mentions)})

    def _in_headings(self, lists: Sequence[NamedList]) -> dict[str, tuple[int, ...]]:
        """Lists by the eId of a part whose heading names them: "Chapter V Blacklist"."""
        headed = (
            (p.eid, lists_in(p.heading, lists)) for p in self.reading.document.provisions if HEAD.search(p.heading)
        )
        return {eid: found for eid, found in headed if found}

    def _is_full_of_lists(self) -> bool:
        """Whether a third of the articles name a list; a plan names many lists and is about none."""
        if self.reading.document.meta.kind is DocumentKind.PLAN:
            return False
        units = {
            unit_of(self.reading, leaf)
            for leaf in self.reading.leaves
            if leaf.kind not in {"preface", "heading", "note"}
        }
        named = {unit_of(self.reading, self.reading.leaf_at(place)) for places in self.places for place in places}
        return len(units) > 3 and 3 * len(named) >= len(units)

    def _under_heading(self, leaf: Provision) -> tuple[int, ...]:
        """The lists that the nearest heading above a leaf names."""
        path = reversed(self.reading.path_of(leaf))
        return next((self.in_headings[p.eid] for p in path if p.eid in self.in_headings), ())

    def _leaves(self) -> Iterator[Provision]:
        """The leaves to be read: all in a document about lists, else those of articles that name one, and of the article after."""
        if self.is_about:
            yield from self.reading.leaves
            return
        units = [(unit_of(self.reading, leaf), leaf) for leaf in self.reading.leaves]
        named = {unit_of(self.reading, self.reading.leaf_at(place)) for places in self.places for place in places}
        sections = {draft.named.section for draft in self.drafts if draft.named.section}
        before = last = ""
        for unit, leaf in units:
            if unit != last:
                before, last = last, unit
            is_remedy = is_general_remedy(self.text[leaf.start : leaf.end])
            if (
                is_remedy
                or unit in named
                or before in named
                or any(p.eid in sections or p.eid in self.in_headings for p in self.reading.path_of(leaf))
            ):
                yield leaf

    def _open_unit(self, statement: Statement) -> None:
        self.remedy_scope = self.scope if self.unit_slot == "remedies" else ()
        self.unit, self.scope, self.scope_before, self.first_scope = statement.unit, (), (), ()
        slot = heading_slot(self._heading(statement)) if self.is_about or self._section(statement) else ""
        self.unit_slot = slot if slot in _FROM_HEADING else ""
        if not self.unit_slot and self.is_about:
            self.unit_slot = self._chapter_slot(statement)
        self.headed = bool(self.unit_slot)
        self.is_owned = False

    def _chapter_slot(self, statement: Statement) -> str:
        """The one slot that the heading of the chapter announces; "" where an article has a heading, or a chapter two slots."""
        path = self.reading.path_of(statement.leaf)
        if any(p.heading and p.eid.startswith(statement.unit) for p in path):
            return ""
        above = next((p.heading for p in reversed(path) if p.heading), "")
        slots = heading_slots(above)
        return min(slots) if len(slots) == 1 and slots <= _FROM_HEADING | {"entry"} else ""

    def _heading(self, statement: Statement) -> str:
        """The heading of the article; for a numbered part without one, the heading it stands under."""
        path = self.reading.path_of(statement.leaf)
        own = [p.heading for p in path if p.heading and p.eid.startswith(statement.unit)]
        above = [p.heading for p in path if p.heading] if all(p.kind != "article" for p in path) else []
        return next(iter([*own, *reversed(above)]), "")

    # ------------------------------------------------------------ scope

    def _classified(self, statement: Statement) -> tuple[tuple[int, ...], list[_Filled]]:
        """The lists a statement deals with, by index, and the slots it fills."""
        text = self.text[statement.start : statement.end]
        named = self._section(statement) or self._named_in(statement.start, statement.end, text)
        if not named and self.scope and (ANAPHOR.search(text) or _GOES_ON.match(text)):
            named = self.scope
        slots = filled(self.unnamed[statement.start : statement.end], self.unit_slot)
        is_measure = self.unit_slot != "consequences" or _MEASURE.match(text)
        if not slots and self.headed and self.unit_slot != "entry" and is_measure and says_something(text):
            slots = [(self.unit_slot, "heading", [(0, len(text))])]
        return (named, slots) if named else self._carried(slots, statement.leaf)

    def _carried(self, slots: list[_Filled], leaf: Provision) -> tuple[tuple[int, ...], list[_Filled]]:
        """The same for a statement that names no list: from its article, the article before, or the whole document."""
        in_leaf = self._named_in(leaf.start, leaf.end, "")
        headed = self._under_heading(leaf)
        if headed and slots:
            return self.first_scope or headed, slots
        carried = [
            entry
            for entry in slots
            if self.is_about or self.is_owned or entry[0] in _CARRIED or (in_leaf and entry[0] in _IN_PARAGRAPH)
        ]
        if carried and (self.first_scope or in_leaf):
            return self.first_scope or in_leaf, carried
        if any(rule == "objection" for _, rule, _ in slots) and is_general_remedy(self.text[leaf.start : leaf.end]):
            return tuple(range(len(self.drafts))), [entry for entry in slots if entry[0] == "remedies"]
        if self.remedy_scope and any(slot == "remedies" for slot, _, _ in slots):
            return self.remedy_scope, slots
        return (self._default(), slots) if self.is_about and slots else ((), [])

    def _section(self, statement: Statement) -> tuple[int, ...]:
        """The list whose part of a digest the statement stands in."""
        path = {p.eid for p in self.reading.path_of(statement.leaf)}
        return tuple(i for i, draft in enumerate(self.drafts) if draft.named.section and draft.named.section in path)

    def _named_in(self, start: int, end: int, text: str) -> tuple[int, ...]:
        found = tuple(
            i
            for i, at in enumerate(self.places)
            if any(self._is_meant(place) for place in at[bisect_left(at, start) : bisect_left(at, end)])
        )
        if len(found) < 2 and any(not self._is_in_name(start + at) for at in umbrellas(text)):
            in_unit = self.scope if len(self.scope) > 1 else ()
            return in_unit or (tuple(range(len(self.drafts))) if self.is_about else found)
        return found

    def _is_in_name(self, end: int) -> bool:
        """Whether a word that ends here is the head of a list's own name ("warning lists")."""
        return any(m.start < end <= m.end for draft in self.drafts for m in draft.named.mentions)

    def _is_meant(self, place: int) -> bool:
        """In a document about one list, another list may be named as a ground alone: "three years on the list of …"."""
        return not (self.is_about and _TIME_ON.search(self.text[max(place - 40, 0) : place]))

    def _default(self) -> tuple[int, ...]:
        """What names no list is said of the one in the title, else of those that punish; of all, where none does."""
        if self.in_title:
            return self.in_title
        punishing = tuple(i for i, d in enumerate(self.drafts) if d.named.kind is ListKind.BLACKLIST)
        return punishing or tuple(range(len(self.drafts)))

    # ------------------------------------------------------------ facts

    def _fill(
        self, statement: Statement, scope: tuple[int, ...], slot: str, rule: str, clauses: list[tuple[int, int]]
    ) -> None:
        goal = self._goal(statement, scope, slot)
        for index in goal:
            draft = self.drafts[index]
            for start, end in spans_of(self.acts, statement, slot, clauses, self.unit_slot):
                draft.add(slot, self._fact(slot, rule, start, end, statement))
            if slot in {"entry", "procedure", "publication"}:
                self._parties(draft, statement, slot, clauses)
        if slot == "entry":
            before = self.scope_before if self.text[statement.start].islower() else ()
            for index in {*scope, *before} - set(goal):
                if self.drafts[index].named.kind is ListKind.WARNING:
                    self.drafts[index].add(
                        "consequences", self._fact("consequences", rule, statement.start, statement.end, statement)
                    )

    def _is_topic(self, statement: Statement, scope: tuple[int, ...]) -> bool:
        """Whether the rest of the article is about these lists: it opens with a statement that names one of them."""
        is_plan = self.reading.document.meta.kind is DocumentKind.PLAN
        return not is_plan and bool(self._named_in(statement.start, statement.end, "")) and len(scope) == 1

    def _goal(self, statement: Statement, scope: tuple[int, ...], slot: str) -> tuple[int, ...]:
        """The lists whose slot is filled: for entry those that one gets on, not those that one comes from."""
        if slot != "entry":
            return scope
        onto = tuple(index for index, draft in enumerate(self.drafts) if self._is_onto(statement, draft.named))
        return onto or scope

    def _is_onto(self, statement: Statement, named: NamedList) -> bool:
        """Whether the statement moves somebody onto this list: "entered on the blacklist", "leads to the blacklist"."""
        for mention in named.mentions:
            if statement.start <= mention.start < statement.end:
                before = self.text[max(mention.start - 80, statement.start) : mention.start]
                if _INTO.search(before) and _ENTRY_VERB.search(before) and not _GROUND.search(before):
                    return True
        return False

    def _fact(self, slot: str, rule: str, start: int, end: int, statement: Statement) -> SlotFact:
        span = self.reading.span(start, end)
        basis = basis_at(self.reading.document, start)
        if slot == "consequences":
            return self._measure(span, rule, statement)
        is_timed = slot in {"term", "exit", "remedies"}
        time = next(iter(self.times.begun(start, end)), None) if is_timed else None
        return SlotFact(span, rule, time=time, basis=basis)

    def _measure(self, span: Span, rule: str, statement: Statement) -> SlotFact:
        """A consequence with its body, legal basis, force and reach."""
        whole = self.text[statement.start : statement.whole_end]
        own_body = self._body(span.start, span.end)
        bracket = BRACKETS.match(self.text, span.end)  # "[Legal basis: …] (Implementing unit: …)"
        end = max(bracket.end() if bracket else span.end, statement.whole_end)
        is_memorandum = self.reading.document.meta.kind is DocumentKind.MEMORANDUM
        is_joint = is_memorandum or bool(re.search(r"\bjoint\b", whole, re.I)) or bool(statement.points and own_body)
        is_may = re.search(r"\bmay\b(?! not)", self.text[statement.start : span.end])
        return SlotFact(
            span,
            rule,
            body=own_body or self._body(statement.start, statement.end) or self._known_body(span.end, end),
            legal_basis=next(iter(self.citations.begun(statement.start, end)), None),
            force="may" if is_may else "must",
            reach="joint" if is_joint else "industry",
            measure=best_label(span.quote, self.reference.measures),
            basis=basis_at(self.reading.document, span.start),
        )

    def _body(self, start: int, end: int) -> str:
        """The body that acts in start:end: its id where the table knows it, else its words."""
        known = self._known_body(start, end)
        acting = next(bodies(self.text, start, end, self.items.begun(start, end)), None)
        return known or (self.text[acting[0] : acting[1]] if acting else "")

    def _known_body(self, start: int, end: int) -> str:
        return next(iter(self.bodies.begun(start, end)), "")

    def _parties(self, draft: Draft, statement: Statement, slot: str, clauses: list[tuple[int, int]]) -> None:
        """Bodies and targets that the clauses name, each once a list; of a digest's list, those in its own part."""
        if draft.named.section and draft.named.section not in {p.eid for p in self.reading.path_of(statement.leaf)}:
            return
        put: list[tuple[int, int]] = []
        words = self.unnamed[statement.start : statement.end]
        if slot == "entry" or "indicate" in words or _TARGETS.search(words):
            put = list(targets(self.text, statement.start, statement.end))
            if slot == "entry" and points_slot(words, self.unit_slot) == "entry":
                put += [span for first, last in statement.points for span in personnel(self.text, first, last)]
        if not put or _TARGETS.search(words):
            put += self._defined(statement)
        for mention in draft.named.mentions[:1]:
            put += named_targets(self.text, mention.start, mention.end)
        for start, end in put:
            self._party(draft, "targets", start, end, label_of(self.text[start:end], self.reference.target_roles))
        for first, last in clauses:
            is_whole = len(clauses) == 1
            inside = self.items.begun(statement.start, last) if is_whole else self.acts.begun(first, last)
            for start, end in bodies(self.text, first, last, inside):
                if not any(start < stop and begin < end for begin, stop in put):
                    self._party(draft, "authority", start, end, role_of(self.text[first:last]))

    def _defined(self, statement: Statement) -> list[tuple[int, int]]:
        """Those that a definition or the scope of a document about lists names, as far as they are parties by their noun."""
        found = defined_targets(self.text, statement.start, statement.end)
        return [(start, end) for start, end in found if label_of(self.text[start:end], self.reference.target_roles)]

    def _party(self, draft: Draft, slot: str, start: int, end: int, role: str) -> None:
        words = self.text[start:end]
        if not any(is_known_party(words, fact.span.quote) for fact in draft.facts[slot]):
            rule = "acts-on-list" if slot == "authority" else "put-on-list"
            draft.add(
                slot,
                SlotFact(self.reading.span(start, end), rule, role=role, basis=basis_at(self.reading.document, start)),
            )

    def _refer(self, statement: Statement, scope: tuple[int, ...]) -> None:
        """Where the document sends the reader elsewhere for a slot: the citation, or the words that say where."""
        text = self.text[statement.start : statement.end]
        if not says("elsewhere", text):
            return
        spans = self.citations.begun(statement.start, statement.end) or [
            self.reading.span(statement.start, statement.end)
        ]
        for slot in slots_said("refers", text):
            for index in scope:
                self.drafts[index].refers[slot] += spans
