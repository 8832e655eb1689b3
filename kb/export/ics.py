"""Rows of a due list -> an iCalendar file (RFC 5545): all-day events, one a row that has a day.

The UID is made from the item's id and DTSTAMP from the as-of date, so that the same rows give the same bytes and a
subscribed calendar updates its events instead of doubling them. There is no METHOD: it is a calendar, not an invitation.

Values that have a grammar (rules of recurrence, durations) are written by icalendar; texts, of which there are thousands,
are escaped and folded here, as it does it and ten times as fast.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import vDuration, vRecur

from kb.track import DueRow, dated_rrule

_LONGEST = 74  # octets of a line; one less than allowed, as some readers count wrongly
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "\\n"})


def calendar(rows: Iterable[DueRow], as_of: date, name: str, alarm_days: int | None = None) -> bytes:
    """The calendar of the rows that have a day, in the order of their days; with `alarm_days`, a reminder so long before."""
    return joined((event(row, as_of, alarm_days) for row in by_day(rows)), name)


def by_day(rows: Iterable[DueRow]) -> list[DueRow]:
    """The rows that have a day, in the order of a calendar."""
    dated = ((row.due, row.document, row.start, row.id, row) for row in rows if row.due)
    return [row for *_, row in sorted(dated, key=lambda x: x[:-1])]


def joined(events: Iterable[bytes], name: str) -> bytes:
    """The calendar of these events."""
    shown = " ".join(name.splitlines())
    head = _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//policy-kb//due list//EN", f"X-WR-CALNAME:{shown}")
    return b"".join((head, *events, _lines("END:VCALENDAR")))


def event(row: DueRow, as_of: date, alarm_days: int | None = None) -> bytes:
    """The event of a row that has a day."""
    day = row.due or as_of
    summary = _escaped(_summary(row))
    return _lines(
        "BEGIN:VEVENT",
        f"SUMMARY:{summary}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
        f"UID:{_escaped(row.id)}@policy-kb",
        *((f"RRULE:{_recurrence(row)}",) if row.rrule else ()),
        f"CATEGORIES:{','.join(map(_escaped, (row.area or 'no area', *row.fields)))}",
        f"DESCRIPTION:{_escaped(_description(row))}",
        "TRANSP:TRANSPARENT",
        *(() if alarm_days is None else _alarm(summary, alarm_days)),
        "END:VEVENT",
    )


def _alarm(summary: str, days: int) -> tuple[str, ...]:
    before = vDuration(timedelta(days=-days)).to_ical().decode()  # type: ignore[no-untyped-call]
    return "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{summary}", f"TRIGGER:{before}", "END:VALARM"


def _recurrence(row: DueRow) -> str:
    until = f";UNTIL={row.cycle_ends:%Y%m%d}" if row.cycle_ends and "UNTIL" not in row.rrule else ""
    return str(vRecur.from_ical(dated_rrule(row.rrule) + until).to_ical().decode())


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


def _escaped(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_ESCAPES)


def _lines(*lines: str) -> bytes:
    return b"".join([_folded(line.encode()) + b"\r\n" for line in lines])


def _folded(line: bytes) -> bytes:
    """The line in pieces of at most _LONGEST octets, cut between characters, and never behind the mark of an escape."""
    pieces = []
    while len(line) > _LONGEST:
        end = _LONGEST
        while line[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        end -= line[end - 1] in b"\\^"
        pieces.append(line[:end])
        line = line[end:]
    return b"\r\n ".join((*pieces, line))
