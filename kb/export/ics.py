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
    out = Calendar()
    out.add("prodid", "-//policy-kb//due list//EN")
    out.add("version", "2.0")
    out.add("x-wr-calname", name)
    dated = sorted(
        (row for row in rows if row.due), key=lambda row: (row.due or date.max, row.document, row.start, row.id)
    )
    for row in dated:
        if row.due:
            out.add_component(_event(row, row.due, as_of, alarm_days))
    return bytes(out.to_ical())


def _event(row: DueRow, day: date, as_of: date, alarm_days: int | None) -> Event:
    event = Event()
    event.add("uid", f"{row.id}@policy-kb")
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _summary(row))
    event.add("description", _description(row))
    event.add("categories", [row.area or "no area", *row.fields])
    event.add("transp", "TRANSPARENT")
    if row.rrule:
        until = f";UNTIL={row.cycle_ends:%Y%m%d}" if row.cycle_ends and "UNTIL" not in row.rrule else ""
        event.add("rrule", vRecur.from_ical(dated_rrule(row.rrule) + until))
    if alarm_days is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _summary(row))
        alarm.add("trigger", timedelta(days=-alarm_days))
        event.add_component(alarm)
    return event


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
