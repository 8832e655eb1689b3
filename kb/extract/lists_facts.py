"""The facts of a slot: a quote with its time, a measure with its body, basis and reach, a party with its role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.extract.context import Reading
from kb.extract.lists_cutting import BRACKETS, Statement
from kb.extract.lists_parties import (
    best_label,
    bodies,
    defined_targets,
    is_keeper,
    is_known_party,
    is_office,
    is_person,
    label_of,
    listed_targets,
    named_targets,
    personnel,
    role_of,
    subjects,
    targets,
)
from kb.extract.lists_records import Draft
from kb.extract.lists_scoped import parties_in, qualified_in, subject_of
from kb.extract.lists_slots import points_slot
from kb.extract.lists_spans import Acts, Placed, Stretch
from kb.extract.lists_statements import says
from kb.model import ActionItem, Citation, DocumentKind, Reference, SlotFact, Span, Time
from kb.parse import basis_at

_TIMED = frozenset({"term", "exit", "remedies", "procedure"})
_TWIN = 120  # how far behind "a redlist" the words stand that "and a blacklist of …" shares with it
_BEHIND = re.compile(  # ". Legal basis: Article 6 of the "Customs Law". Implementing unit: customs"
    r"(?:[.;,\s]{0,4}(?:(?:[Ll]egal )?(?:and policy )?[Bb]as[ie]s|[Ii]mplement(?:ing|ed)(?: units?| bod(?:y|ies)| by)?|[Rr]esponsible(?: units?| bod(?:y|ies))?)\s*:[^\n;]{1,300}){1,3}"
)
_JOINT = re.compile(r"\bjoint\b", re.IGNORECASE)
_MAY = re.compile(r"\bmay\b(?! not)")


class FactMaker:
    """Makes the facts of one document."""

    def __init__(
        self,
        reading: Reading,
        items: Sequence[ActionItem],
        times: Sequence[Time],
        citations: Sequence[Citation],
        reference: Reference,
        acts: Acts,
    ) -> None:
        self.reading, self.text, self.reference, self.acts = reading, reading.flowing, reference, acts
        self.items = Placed((item.span.start, item) for item in items)
        self.citations = Placed((citation.span.start, citation.span) for citation in citations if citation.title)
        self.times = Placed((time.span.start, time) for time in times if time.span)
        self.known = Placed((name.start_char, name.label_) for name in reading.doc.spans.get("bodies", ()))

    def fact(self, slot: str, rule: str, start: int, end: int, statement: Statement) -> SlotFact:
        """The fact that a stretch of a statement states."""
        span = self.reading.span(start, end)
        basis = basis_at(self.reading.document, start)
        if slot == "consequences":
            return self._measure(span, rule, statement)
        time = next(iter(self.times.begun(start, end)), None) if slot in _TIMED else None
        return SlotFact(span, rule, time=time, basis=basis)

    def _measure(self, span: Span, rule: str, statement: Statement) -> SlotFact:
        """A consequence with its body, legal basis, force and reach."""
        whole = self.text[statement.start : statement.whole_end]
        own_body = self._body(span.start, span.end)
        behind = BRACKETS.match(self.text, span.end) or _BEHIND.match(self.text, span.end)
        end = behind.end() if behind else span.end
        is_memorandum = self.reading.document.meta.kind is DocumentKind.MEMORANDUM
        is_joint = is_memorandum or bool(_JOINT.search(whole)) or bool(statement.points and own_body)
        is_may = _MAY.search(self.text[statement.start : span.end])
        return SlotFact(
            span,
            rule,
            body=self._known_body(span.end, end) or own_body or self._body(statement.start, statement.end),
            legal_basis=self._legal_basis(span, end, statement),
            force="may" if is_may else "must",
            reach="joint" if is_joint else "industry",
            measure=best_label(span.quote, self.reference.measures),
            basis=basis_at(self.reading.document, span.start),
        )

    def _legal_basis(self, span: Span, end: int, statement: Statement) -> Span | None:
        """The instrument cited in the measure or the bracket behind it, else in its lead-in; one cited for the other points is not its own."""
        own = self.citations.begun(span.start, end)
        lead = self.citations.begun(statement.start, min(statement.end, max(span.start, statement.start)))
        return next(iter([*own, *lead, *self.citations.begun(statement.start, statement.end)]), None)

    def _body(self, start: int, end: int) -> str:
        """The body that acts in start:end: its id where the table knows it, else its words."""
        acting = next(bodies(self.text, start, end, self.items.begun(start, end)), None)
        return self._known_body(start, end) or (self.text[acting[0] : acting[1]] if acting else "")

    def _known_body(self, start: int, end: int) -> str:
        return next(iter(self.known.begun(start, end)), "")

    def parties(
        self,
        draft: Draft,
        statement: Statement,
        slot: str,
        clauses: Sequence[Stretch],
        unit_slot: str,
        *,
        says_who: bool = False,
    ) -> None:
        """Bodies and targets that the clauses name, each once a list; of a digest's list, those in its own part.

        `says_who` says that the clauses were weighed to name a body: then any subject is one.
        """
        named = draft.named
        if named.section and named.section not in {p.eid for p in self.reading.path_of(statement.leaf)}:
            return
        put = self._put(statement, slot, unit_slot)
        if slot == "targets" and not draft.facts["targets"] and not any(map(self._is_party, put)):
            put = [span for first, last in clauses for span in self._told(first, last)]
        self._targets(draft, put)
        for first, last in clauses:
            inside = self.items.begun(statement.start, last) if len(clauses) == 1 else self.acts.begun(first, last)
            acting = list(bodies(self.text, first, last, inside, says_who=says_who))
            if says_who and slot == "authority" and not acting:
                subject = subject_of(self.text, first, last)
                acting = [subject] if subject and is_keeper(self.text[slice(*subject)]) else []
            for start, end in acting:
                if not any(start < stop and begin < end for begin, stop in put):
                    self._party(draft, "authority", start, end, role_of(self.text[first:last]))

    def put(self, draft: Draft, statement: Statement) -> None:
        """Those whom a sentence puts on the list, whatever else it was weighed to state."""
        self._targets(draft, self._put(statement, "entry", ""))

    def _targets(self, draft: Draft, found: Iterable[Stretch]) -> None:
        for start, end in filter(self._is_party, found):
            self._party(draft, "targets", start, end, label_of(self.text[start:end], self.reference.target_roles))

    def targets_besides(self, draft: Draft) -> None:
        """Where no statement says who can be on the list, the subject of the first condition of entry; else those whom its name says."""
        if draft.facts["targets"] or not any(draft.facts.values()):
            return
        entry = sorted(draft.facts["entry"], key=lambda fact: fact.span.start)
        told = (list(filter(self._is_party, subjects(self.text, fact.span.start, fact.span.end))) for fact in entry)
        self._targets(draft, next(filter(None, told), []) or self._named(draft))

    def _is_party(self, span: Stretch) -> bool:
        """Whether a stretch names somebody who can be on a list."""
        words = self.text[slice(*span)]
        return is_person(words) or bool(label_of(words, self.reference.target_roles))

    def _named(self, draft: Draft) -> Iterator[Stretch]:
        """Those whom the names of the list say to be on it."""
        for mention in draft.named.mentions:
            for words in named_targets(mention.name):
                start = self.text.find(words, mention.start, mention.end + _TWIN)
                if start >= 0:
                    yield start, start + len(words)

    def _put(self, statement: Statement, slot: str, unit_slot: str) -> list[Stretch]:
        """Those that a statement puts on the list, or says to be its targets."""
        words = self.acts.unnamed[statement.start : statement.end]
        says_targets = says("targets", words)
        put: list[Stretch] = []
        if slot in {"entry", "targets"} or "indicate" in words or says_targets:
            put = list(targets(self.text, statement.start, statement.end))
            if slot == "entry" and points_slot(words, unit_slot) == "entry":
                put += [
                    span
                    for first, last in statement.points
                    if self.acts.last_name(first, last) < 0
                    for span in personnel(self.text, first, last)
                ]
        if slot == "entry" and not any(map(self._is_party, put)):
            put = self._qualified(statement)
        return put + self.defined(statement) if says_targets or not put else put

    def _told(self, start: int, end: int) -> list[Stretch]:
        """The party of a clause that was weighed to name one: its scope or subject, else the first of whom more is said."""
        found = list(parties_in(self.text, start, end))
        return [span for span in [*found, *qualified_in(self.text, start, end)] if self._can_be_listed(span)][:1]

    def _can_be_listed(self, span: Stretch) -> bool:
        return self._is_party(span) and not is_office(self.text[slice(*span)])

    def _qualified(self, statement: Statement) -> list[Stretch]:
        """The first party of a statement of whom more is said, behind the last name of a list: "on the list any |broker| who …"."""
        start = max(self.acts.last_name(statement.start, statement.end), statement.start)
        found = [*qualified_in(self.text, start, statement.end), *qualified_in(self.text, statement.start, start)]
        return list(filter(self._can_be_listed, found))[:1]

    def defined(self, statement: Statement) -> list[Stretch]:
        """Those that a definition or the scope of a document about lists names, as far as they are parties by their noun."""
        found = [*defined_targets(self.text, statement.start, statement.end)]
        words = self.text[statement.start : statement.end]
        if not found and statement.points and says("targets", words) and "measure" not in words:
            found = [*listed_targets(self.text, statement.points)]
        return list(filter(self._is_party, found)) or [
            span for span in found[:1] if says("joint-targets", self.text[statement.start : statement.end])
        ]

    def _party(self, draft: Draft, slot: str, start: int, end: int, role: str) -> None:
        words = self.text[start:end]
        if not any(is_known_party(words, fact.span.quote) for fact in draft.facts[slot]):
            rule = "acts-on-list" if slot == "authority" else "put-on-list"
            span, basis = self.reading.span(start, end), basis_at(self.reading.document, start)
            draft.add(slot, SlotFact(span, rule, role=role, basis=basis))
