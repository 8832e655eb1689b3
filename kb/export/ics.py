"""Rows of a due list -> an iCalendar file (RFC 5545): all-day events, one a row that has a day.

The UID is made from the item's id and DTSTAMP from the as-of date, so that the same rows give the same bytes and a
subscribed calendar updates its events instead of doubling them. There is no METHOD: it is a calendar, not an invitation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vRecur

from kb.track import DueRow, dated_rrule


def calendar(rows: Iterable[DueRow], as_of: date, name: str, alarm_days: int | None = None) -> bytes:
    """The calendar of the rows that have a day, in the order of their days; with `alarm_days`, a reminder so long before."""
    return joined((event(row, as_of, alarm_days) for row in by_day(rows)), name)


def by_day(rows: Iterable[DueRow]) -> list[DueRow]:
    """The rows that have a day, in the order of a calendar."""
    dated = ((row.due, row.document, row.start, row.id, row) for row in rows if row.due)
    return [row for *_, row in sorted(dated, key=lambda x: x[:-1])]


def joined(events: Iterable[bytes], name: str) -> bytes:
    """The calendar of these events."""
    frame = Calendar()
    frame.add("prodid", "-//policy-kb//due list//EN")
    frame.add("version", "2.0")
    frame.add("x-wr-calname", name)
    head, end, _ = frame.to_ical().partition(b"END:VCALENDAR")
    return b"".join((head, *events, end, b"\r\n"))


def event(row: DueRow, as_of: date, alarm_days: int | None = None) -> bytes:
    """The event of a row that has a day, to be joined with others."""
    day = row.due or as_of
    out = Event()
    out.add("uid", f"{row.id}@policy-kb")
    out.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    out.add("dtstart", day)
    out.add("dtend", day + timedelta(days=1))
    out.add("summary", _summary(row))
    out.add("description", _description(row))
    out.add("categories", [row.area or "no area", *row.fields])
    out.add("transp", "TRANSPARENT")
    if row.rrule:
        until = f";UNTIL={row.cycle_ends:%Y%m%d}" if row.cycle_ends and "UNTIL" not in row.rrule else ""
        out.add("rrule", vRecur.from_ical(dated_rrule(row.rrule) + until))
    if alarm_days is not None:
        out.add_component(_alarm(_summary(row), alarm_days))
    return bytes(out.to_ical())


def _alarm(summary: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _summary(row: DueRow) -> str:
    actors = ", ".join(dict.fromkeys(actor.name for actor in row.actors))
    return f"{actors}: {row.action}" if actors else row.action


def _description(row: DueRow) -> str:
    date_from = f"“{row.phrase}” (rule {row.rule}, {row.origin})" if row.phrase else f"{row.origin} (rule {row.rule})"
    lines = [
        f"{row.title} [{row.document}#{row.eid}]",
        f"Date from: {date_from}",
        f"{row.modality} ({row.strength}); trackability {row.trackability} of 4",
        "The date is what the text says; it does not show whether the thing was done.",
    ]
    if row.text_note:
        lines.append(f"Text: {row.text_note}.")
    return "\n".join(lines)
