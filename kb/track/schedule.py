"""An item, its document's head and a date -> where the item stands by its dates alone, and why.

Six statuses. The dates say nothing about what was done: that is evidence and what people claim, kept apart.

    overdue        the last day for it lies before the as-of date
    due-soon       its last day, or the next day of its cycle, lies within the window
    upcoming       its last day lies behind the window, or its document does not apply yet
    ongoing        a standing rule: it comes back in a cycle, runs from an event each time, or holds while its document does
    undated        a single thing to do for which the text gives no day
    not-trackable  nobody is obliged (permission, right, encouragement), nothing in it could be checked, or its document ended

Only who is obliged can be late: a task, a duty, and a prohibition that names a day. A cycle is never overdue, since
the dates do not show whether its last turn was kept.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from enum import StrEnum

from kb.model import ActionItem, DocumentKind, Metadata, Modality, Record, Time, TimeType
from kb.track.window import HALF_YEAR, Window

_OBLIGING = {Modality.TASK, Modality.DUTY, Modality.PROHIBITION}
_NORMS = {
    DocumentKind.LAW,
    DocumentKind.ADMINISTRATIVE_REGULATION,
    DocumentKind.DEPARTMENTAL_RULE,
    DocumentKind.JUDICIAL_INTERPRETATION,
    DocumentKind.LOCAL_REGULATION,
    DocumentKind.LOCAL_RULE,
    DocumentKind.STANDARD,
}
_FIRST_MONTH = re.compile(r"BYMONTH=(\d+)")
_DAY_PARTS = ("BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO", "BYEASTER")


class Schedule(StrEnum):
    """In the order of urgency."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    UPCOMING = "upcoming"
    ONGOING = "ongoing"
    UNDATED = "undated"
    NOT_TRACKABLE = "not-trackable"


class Standing(Record, frozen=True):
    """Where an item stands as of a date; `due` is its last day, or the next one of its cycle."""

    schedule: Schedule
    why: str
    due: date | None = None


_OBLIGES_NOBODY = {m: Standing(Schedule.NOT_TRACKABLE, f"a {m} obliges nobody") for m in Modality}
_HOLDS_ON = {m: Standing(Schedule.ONGOING, f"a {m} that holds while its document does") for m in Modality}
_NOT_CHECKABLE = Standing(Schedule.NOT_TRACKABLE, "names too little of actor, act and output for anyone to check")
_NO_DAY = Standing(Schedule.UNDATED, "the text gives no day")


def standing(item: ActionItem, meta: Metadata, as_of: date, window: Window = HALF_YEAR) -> Standing:
    """The schedule status of the item as of the date, by its own dates and those of its document."""
    if item.modality not in _OBLIGING:
        return _OBLIGES_NOBODY[item.modality]
    if item.deadline and item.deadline.latest and not dated_rrule(item.deadline.rrule):
        return _dated(item.deadline.latest, as_of, window)
    if ended := _ended(meta, as_of):
        return Standing(Schedule.NOT_TRACKABLE, ended)
    if meta.effective and meta.effective > as_of:
        return Standing(Schedule.UPCOMING, f"its document applies from {meta.effective}")
    return _without_last_day(item, meta, as_of, window)


def _without_last_day(item: ActionItem, meta: Metadata, as_of: date, window: Window) -> Standing:
    if item.deadline and item.deadline.type == TimeType.RECURRENCE:
        return _recurring(item.deadline, meta, as_of, window)
    if item.deadline and item.deadline.type == TimeType.RELATIVE_DURATION:
        return Standing(Schedule.ONGOING, "runs from an event that the text does not date")
    if holds_on(item, meta):
        return _HOLDS_ON[item.modality]
    return _NOT_CHECKABLE if item.trackability <= 1 else _NO_DAY


def holds_on(item: ActionItem, meta: Metadata) -> bool:
    """Whether it is a standing rule, which is kept rather than done: a prohibition, or a duty of a law or rule."""
    return item.modality == Modality.PROHIBITION or (item.modality == Modality.DUTY and meta.kind in _NORMS)


def _dated(due: date, as_of: date, window: Window) -> Standing:
    if due < as_of:
        return Standing(Schedule.OVERDUE, f"its last day was {(as_of - due).days} days before {as_of}", due)
    if due <= window.end(as_of):
        return Standing(Schedule.DUE_SOON, f"its last day is within the window that ends on {window.end(as_of)}", due)
    return Standing(Schedule.UPCOMING, f"its last day is behind the window that ends on {window.end(as_of)}", due)


def _ended(meta: Metadata, as_of: date) -> str:
    """Why the document no longer asks for anything as of the date; "" where it does."""
    if meta.expires and meta.expires < as_of:
        return f"its document expired on {meta.expires}"
    if meta.horizon_end and meta.horizon_end < as_of:
        return f"its plan ended on {meta.horizon_end}"
    return ""


def _recurring(deadline: Time, meta: Metadata, as_of: date, window: Window) -> Standing:
    if deadline.latest and deadline.latest < as_of:
        return Standing(Schedule.NOT_TRACKABLE, f"its cycle ended on {deadline.latest}")
    due = next_occurrence(deadline.rrule, as_of, meta.effective or meta.document_date)
    last = cycle_end(deadline, meta)
    if due is None or (last and due > last):
        return Standing(Schedule.ONGOING, "comes back in a cycle; no further day can be told")
    schedule = Schedule.DUE_SOON if due <= window.end(as_of) else Schedule.ONGOING
    return Standing(schedule, f"comes back in a cycle; its next day is {due}", due)


def cycle_end(deadline: Time, meta: Metadata) -> date | None:
    """The last day on which a cycle can come back: its own end, its document's, or its plan's; None where none is given."""
    return min((d for d in (meta.expires, meta.horizon_end, deadline.latest) if d), default=None)


def dated_rrule(rrule: str) -> str:
    """The rule with the day on which it comes back: a cycle that names only a month is due on its last day. "" for none."""
    if any(part in rrule for part in _DAY_PARTS):
        return rrule
    return f"{rrule};BYMONTHDAY=-1" if "BYMONTH=" in rrule else ""


def next_occurrence(rrule: str, as_of: date, begins: date | None) -> date | None:
    """The first day of the cycle on or after `as_of`; None for a bare frequency, which names no day.

    Cycles longer than their unit (every two years, every quarter) are counted from the January of the year in which
    the document begins to apply, or from the first month that the rule names.
    """
    rule = dated_rrule(rrule)
    if not rule:
        return None
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only few items recur, and every call of `kb due` would pay

    named = _FIRST_MONTH.search(rule) if "INTERVAL=" in rule else None  # "the last month of each quarter"
    start = datetime(begins.year if begins else as_of.year, int(named[1]) if named else 1, 1)  # noqa: DTZ001 - whole days
    try:
        found = rrulestr(rule, dtstart=start).after(datetime.combine(as_of, time.min), inc=True)
    except (ValueError, KeyError):
        return None
    return found.date() if found else None
