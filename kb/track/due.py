"""Items and a date -> rows of what is due, most urgent first; then by month, and by year and area.

    2017-12-31  overdue  ndrc  "by the end of 2017"  cn-…#sec_2__para_3~1

Every item has a row, also the undated and the not trackable ones, so that counts always add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec

from kb.model import ActionItem, Actor, Metadata, Modality, Origin, Role, Strength, Time, TimeType
from kb.track.bodies import Bodies
from kb.track.issued import issued
from kb.track.schedule import Schedule, Standing, cycle_end, standing
from kb.track.window import HALF_YEAR, Window

ORDER = (
    "1. schedule: overdue, due-soon, upcoming, ongoing, undated, not-trackable",
    "2. the due date, the earliest first; rows without one last",
    "3. origin of the date: explicit before computed before inherited",
    "4. strength: must, should, may, encouraged, explore",
    "5. trackability, the highest first",
    "6. document and place in it",
)
_SCHEDULES = {schedule: n for n, schedule in enumerate(Schedule)}
_STRENGTHS = {strength: n for n, strength in enumerate(Strength)}
_ORIGINS = {Origin.EXPLICIT.value: 0, Origin.COMPUTED.value: 1, Origin.INHERITED.value: 2, "": 3}
_NO_TIME = Time(type=TimeType.DEADLINE, rule="")


class DueActor(msgspec.Struct, frozen=True):
    """Who must act: the body's id where the table knows it ("" else), and a name to print."""

    agency: str
    name: str
    role: Role
    inferred: bool
    classes: tuple[str, ...] = ()  # ids of the bodies that head the classes which these words name


class DueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One item as of one date. All keys are always written; dates that the text does not give are null."""

    id: str
    document: str
    eid: str
    actors: tuple[DueActor, ...]
    action: str  # the verb phrase on one line
    due: date | None  # the last day, or the next day of a cycle
    schedule: Schedule
    phrase: str  # the words that gave the date, "" where they stand elsewhere or nowhere
    rule: str  # the rule that read the phrase, "" without a deadline
    origin: Literal["", "explicit", "inherited", "computed"]
    why: str  # the schedule in words
    modality: Modality
    strength: Strength
    earliest: date | None
    precision: str
    duration: str  # ISO 8601, of a relative duration
    unit: str
    trigger: str  # the event that a relative duration counts from
    rrule: str
    cycle_begins: date | None  # the date from which long cycles are counted
    cycle_ends: date | None  # the last day on which the cycle can come back
    area: str
    fields: tuple[str, ...]
    title: str  # the document's name
    kind: str
    level: str
    region: str
    issued: str  # the day, "in 2016 (from the id)", "unknown"
    fidelity: Literal["full", "excerpt", "digest"]  # how far the text is the document's own
    basis: Literal["", "seen", "recalled"]  # how far a digest's statement was checked
    trackability: int
    certain: bool
    corrected: tuple[str, ...]  # what a person set or accepted
    claimed: str  # what a person entered last: open, in-progress, done, superseded, dropped
    evidence: int  # confirmed links to documents
    start: int

    @property
    def is_relative(self) -> bool:
        """Whether it counts from an event that nobody has dated."""
        return self.due is None and bool(self.duration) and not self.rrule

    @property
    def text_note(self) -> str:
        """What must be known before quoting it: "" where the text is the document's own."""
        if self.fidelity != "digest":
            return ""
        return f"digest, not the document's words{f'; {self.basis}' if self.basis else ''}"


class Tracked(msgspec.Struct, frozen=True):
    """What people and documents say about items, by item id; kept apart from the schedule."""

    claimed: Mapping[str, str] = {}
    evidence: Mapping[str, int] = {}


def due_rows(
    items: Iterable[ActionItem],
    metadata: Iterable[Metadata],
    as_of: date,
    *,
    bodies: Bodies,
    window: Window = HALF_YEAR,
    tracked: Tracked = Tracked(),  # noqa: B008 - frozen
) -> tuple[DueRow, ...]:
    """A row for every item, most urgent first (ORDER). The documents of all items must be in `metadata`."""
    heads = {meta.id: (meta, issued(meta).words) for meta in metadata}
    rows = []
    for item in items:
        meta, date_words = heads[item.document]
        rows.append(_row(item, meta, date_words, standing(item, meta, as_of, window), bodies, tracked))
    return tuple(sorted(rows, key=urgency))


def _row(item: ActionItem, meta: Metadata, date_words: str, now: Standing, bodies: Bodies, tracked: Tracked) -> DueRow:
    deadline = item.deadline or _NO_TIME
    return DueRow(
        id=item.id,
        document=item.document,
        eid=item.eid,
        actors=tuple([_actor(actor, bodies) for actor in item.actors]),
        action=item.action.words,
        due=now.due,
        schedule=now.schedule,
        phrase=deadline.span.words if deadline.span else "",
        rule=deadline.rule,
        origin=deadline.origin.value if item.deadline else "",
        why=now.why,
        modality=item.modality,
        strength=item.strength,
        earliest=deadline.earliest,
        precision=deadline.precision,
        duration=deadline.duration,
        unit=deadline.unit,
        trigger=deadline.trigger.words if deadline.trigger else "",
        rrule=deadline.rrule,
        cycle_begins=meta.effective or meta.document_date if deadline.rrule else None,
        cycle_ends=cycle_end(deadline, meta) if deadline.rrule else None,
        area=item.area,
        fields=item.fields,
        title=meta.name,
        kind=meta.kind,
        level=meta.level,
        region=meta.region,
        issued=date_words,
        fidelity=meta.fidelity.value,
        basis=item.basis.value if item.basis else "",
        trackability=item.trackability,
        certain=item.certain,
        corrected=item.corrected,
        claimed=tracked.claimed.get(item.id, "open"),
        evidence=tracked.evidence.get(item.id, 0),
        start=item.action.start,
    )


def _actor(actor: Actor, bodies: Bodies) -> DueActor:
    """The actor by the name of its body, else by its words, with the classes that they name."""
    if actor.agency:
        return DueActor(actor.agency, bodies.short_name_of(actor.agency), actor.role, actor.inferred)
    if not actor.span:
        return DueActor("", "", actor.role, actor.inferred)
    classes = tuple(sorted(bodies.classes.heads_of(actor.span.quote)))
    return DueActor("", actor.span.words, actor.role, actor.inferred, classes)


Urgency = tuple[int, str, int, int, int, str, int, str]


def urgency(row: DueRow) -> Urgency:
    """The sort key that ORDER puts in words."""
    return (
        _SCHEDULES[row.schedule],
        (row.due or date.max).isoformat(),
        _ORIGINS[row.origin],
        _STRENGTHS[row.strength],
        -row.trackability,
        row.document,
        row.start,
        row.id,
    )


def tally(rows: Iterable[DueRow]) -> dict[Schedule, int]:
    """How many rows of each schedule there are, in the order of urgency; none is left out for being zero."""
    counts = Counter(row.schedule for row in rows)
    return {schedule: counts[schedule] for schedule in Schedule}
