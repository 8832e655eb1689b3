"""Drafts of items made into records: their deadlines with what is inherited, their topics, grades and doubts.

A task without a time of its own takes that of its lead-in or heading, else the end of the plan's horizon.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from kb.extract.clauses import Sentence
from kb.extract.context import Reading
from kb.extract.deadlines import BracketedTimes, HeadingTimes, inherited, is_due
from kb.extract.drafts import Draft, doubt, is_regular, keep_cycles, strength, trackability
from kb.extract.topics import Topics
from kb.model import ActionItem, Actor, Modality, Origin, Provision, Role, Span, Time, TimeType
from kb.parse import basis_at

_WAITS = frozenset({"after-the-lapse", "after-length"})
_WORD = re.compile(r"\w+")


class Recorder:
    """Makes the records of one document's items."""

    def __init__(self, reading: Reading, times: Sequence[Time], topics: Topics, *, makes_tasks: bool) -> None:
        self.reading = reading
        self.meta = reading.document.meta
        self.topics = topics
        self.makes_tasks = makes_tasks
        self._heading_times = HeadingTimes(reading, times)
        self._bracketed = BracketedTimes(reading.document.text, times)
        self._topics_for: tuple[Sentence | None, tuple[str, tuple[str, ...]]] = (None, ("", ()))
        self._headings: dict[str, tuple[tuple[str, ...], ...]] = {}

    def items(self, drafts: Sequence[Draft]) -> tuple[ActionItem, ...]:
        """The records of all drafts, in their order."""
        keep_cycles(drafts)
        counts: dict[str, int] = {}
        items = []
        for draft in drafts:
            span = self.reading.span(draft.span_start, max(draft.span_end, draft.end))
            counts[span.eid] = counts.get(span.eid, 0) + 1
            items.append(self._item(draft, span, f"{self.meta.id}#{span.eid}~{counts[span.eid]}"))
        return tuple(items)

    def _item(self, draft: Draft, span: Span, item_id: str) -> ActionItem:
        action = self.reading.span(draft.start, draft.end)
        actors = self._actors(draft)
        deadline = None if draft.modality is Modality.PROHIBITION else self._deadline(draft)  # nothing forbidden is due
        area, fields = self._topics_of(draft)
        why = doubt(draft) or self._doubt_of(deadline, draft)
        return ActionItem(
            id=item_id,
            document=self.meta.id,
            eid=span.eid,
            span=span,
            action=action,
            modality=draft.modality,
            strength=strength(draft),
            rule=draft.row.id,
            actors=actors,
            deadline=deadline,
            area=area,
            fields=fields,
            trackability=trackability(draft, actors, deadline),
            fingerprint=fingerprint(action.quote),
            basis=basis_at(self.reading.document, draft.start),
            certain=not why,
            doubt=why,
        )

    def _doubt_of(self, deadline: Time | None, draft: Draft) -> str:
        """Why the deadline is weak: it stands in a heading far above."""
        if (
            deadline is None
            or deadline.origin is not Origin.INHERITED
            or deadline.rule == "horizon"
            or draft.lead_in_time
        ):
            return ""
        return "" if self._heading_times.is_near(draft.leaf) else "the deadline stands in a heading far above"

    def _topics_of(self, draft: Draft) -> tuple[str, tuple[str, ...]]:
        """Area and fields of the sentence, kept for the other acts in it."""
        if self._topics_for[0] is not draft.sentence:
            self._topics_for = (draft.sentence, self.topics.of(self._heading_words(draft.leaf), draft.sentence.words))
        return self._topics_for[1]

    def _actors(self, draft: Draft) -> tuple[Actor, ...]:
        made = tuple(
            Actor(
                role=d.role,
                rule=d.rule,
                span=self.reading.span(d.start, d.end),
                agency=d.agency,
                inferred=draft.inferred,
            )
            for d in draft.doers
        )
        if made or not self.makes_tasks or not self.meta.issuers:
            return made
        goal = draft.row.after == "start" or draft.row.id == "modal-will"
        if not goal or draft.modality is Modality.ENCOURAGEMENT:
            return ()
        return (Actor(role=Role.RESPONSIBLE, rule="issuer", agency=self.meta.issuers[0], inferred=True),)

    def _deadline(self, draft: Draft) -> Time | None:
        """The item's own limit, else for a task that of its lead-in, its heading or the plan's horizon."""
        own = next((t for t in draft.times if self._limits(t, draft.modality)), None)
        own = own or self._bracketed.behind(draft.end) or self._bracketed.closing(draft.sentence)
        if own is not None:
            return own
        is_allotted = draft.modality is Modality.TASK or (
            draft.allotted and draft.modality is not Modality.ENCOURAGEMENT
        )
        if (
            draft.bracket_time is not None
            and not any(t.type is not TimeType.DURATION for t in draft.times)
            and is_allotted
        ):
            return draft.bracket_time
        if (
            draft.is_lasting
            or is_regular(draft)
            or draft.modality is not Modality.TASK
            or any(t.type in (TimeType.RECURRENCE, TimeType.EFFECTIVE_DATE) for t in draft.times)
        ):
            return None
        above = draft.lead_in_time or self._heading_times.above(draft.leaf)
        from_above = inherited(above) if above is not None else None
        if from_above is not None:
            return from_above
        end = self.meta.horizon_end
        if end is None or "long-term" in draft.sentence.words:
            return None
        return Time(type=TimeType.DEADLINE, rule="horizon", latest=end, precision="year", origin=Origin.INHERITED)

    def _limits(self, time: Time, modality: Modality) -> bool:
        """Whether a time is the due date of an act; what may be done when a length has passed is not, nor the next plan."""
        if modality in (Modality.PERMISSION, Modality.RIGHT) and time.rule in _WAITS:
            return False
        end = self.meta.horizon_end
        is_beyond = time.precision == "five-year-plan" and end and time.earliest and time.earliest > end
        return is_due(time) and not is_beyond

    def _heading_words(self, leaf: Provision) -> tuple[tuple[str, ...], ...]:
        if leaf.parent not in self._headings or leaf.heading:
            path = self.reading.path_of(leaf)
            words = tuple(tuple(re.findall(r"[\w'-]+", p.heading.lower())) for p in path if p.heading)
            if leaf.heading:
                return words
            self._headings[leaf.parent] = words
        return self._headings[leaf.parent]


def fingerprint(quote: str) -> str:
    """Twelve hexadecimal digits of an act's words, blind to case, spacing and punctuation."""
    return hashlib.sha256(" ".join(_WORD.findall(quote.lower())).encode()).hexdigest()[:12]
