"""Rows that come due, and what changed -> an Atom feed (RFC 4287).

Entry ids are tag URIs (RFC 4151) made from item ids, times are the as-of date: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as ET

from kb.track import Change, DueRow

NAMESPACE = "http://www.w3.org/2005/Atom"
_AUTHORITY = "tag:policy-kb,2018:"


def feed(rows: Iterable[DueRow], changes: Iterable[Change], as_of: date, title: str) -> bytes:
    """The feed: an entry for every row that has a day, in the order of the rows, then one for every change."""
    root = ET.Element("feed", xmlns=NAMESPACE)
    _text(root, "id", f"{_AUTHORITY}feed:{_slug(title)}")
    _text(root, "title", title)
    _text(root, "updated", _moment(as_of))
    _text(ET.SubElement(root, "author"), "name", "policy-kb")
    for row in rows:
        if row.due:
            _due_entry(root, row, row.due, as_of)
    for change in changes:
        _change_entry(root, change, as_of)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _due_entry(root: ET.Element, row: DueRow, day: date, as_of: date) -> None:
    actors = ", ".join(dict.fromkeys(actor.name for actor in row.actors))
    entry = ET.SubElement(root, "entry")
    _text(entry, "id", f"{_AUTHORITY}item:{row.id}:{day}")
    _text(entry, "title", f"{day} {row.schedule}: {f'{actors}: ' if actors else ''}{row.action}")
    _text(entry, "updated", _moment(as_of))
    ET.SubElement(entry, "category", term=row.schedule.value)
    note = f" Text: {row.text_note}." if row.text_note else ""
    said = f"{row.phrase or row.origin} (rule {row.rule}). {row.why}.{note}"
    _text(entry, "summary", f"{row.title} [{row.document}#{row.eid}]. {said}")


def _change_entry(root: ET.Element, change: Change, as_of: date) -> None:
    entry = ET.SubElement(root, "entry")
    _text(entry, "id", f"{_AUTHORITY}change:{change.kind}:{change.id}:{change.slot}:{as_of}")
    _text(entry, "title", f"{change.kind}: {change.id}{f' ({change.slot})' if change.slot else ''}")
    _text(entry, "updated", _moment(as_of))
    ET.SubElement(entry, "category", term=change.kind.value)
    _text(entry, "summary", " → ".join(part for part in (change.before, change.after) if part))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = "".join(c for c in text if c >= " " or c in "\t\n")


def _moment(day: date) -> str:
    return f"{day}T00:00:00Z"


def _slug(title: str) -> str:
    return "-".join(title.lower().split())
