"""Roadmap and due list: what was to be done by when, as a picture, and as tables by year, month and body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from kb.sitegen.catalogue import Catalogue
from kb.sitegen.figures import Timeline, timeline
from kb.sitegen.page import Asset, Page, script_data, sheets
from kb.sitegen.pages.bodies import ROWS, status_counts
from kb.sitegen.prose import shorten
from kb.sitegen.shown import Item
from kb.sitegen.words import MODALITIES, MONTHS, region, words
from kb.track import Schedule, issue_date

FIRST, LAST = 2014, 2020


def pages(catalogue: Catalogue) -> Iterator[Page | Asset]:
    """The timeline, a table for each year, and what is due."""
    dated = catalogue.dated
    years = [(year, list(items)) for year, items in groupby(dated, key=_year)]
    picture = timeline(dated, [(a.id, a.name) for a in catalogue.areas.values()], range(FIRST, LAST + 1))
    table = [
        (catalogue.area_name(area), [sum(1 for i in items if i.record.area == area) for _, items in years])
        for area in (*catalogue.areas, "")
        if any(i.record.area == area for i in dated)
    ]
    year_links = [(year, f"roadmap-{year}.html", len(items)) for year, items in years]
    yield Page(
        "roadmap.html",
        "roadmap.html",
        "Roadmap",
        "roadmap",
        {
            "picture": picture,
            "table": table,
            "years": year_links,
            "total": len(dated),
            "of_plan": sum(1 for i in dated if i.of_plan),
            "filters": _filters(catalogue, picture),
        },
    )
    yield Asset("data/roadmap.js", script_data("kbRoadmap", [_datum(mark.item) for mark in picture.marks]))
    for year, items in years:
        for sheet in sheets(f"roadmap-{year}.html", items, ROWS):
            months = [(MONTHS[m - 1], list(rows)) for m, rows in groupby(sheet.rows, key=_month)]
            context = {"year": year, "months": months, "sheet": sheet, "years": year_links, "total": len(items)}
            yield Page(sheet.path, "roadmap-year.html", f"Roadmap {year}", "roadmap", context)
    yield from _due(catalogue)


def _datum(item: Item) -> dict[str, object]:
    """What the script of the timeline must know of an item; its keys are documented there."""
    record, issued = item.record, issue_date(item.meta)
    return {
        "due": str(item.last_day),
        "obliges": item.standing.schedule != Schedule.NOT_TRACKABLE,
        "issued": str(issued or ""),
        "text": shorten(record.action.quote, 220),
        "who": ", ".join(w.name for w in item.who[:4]),
        "where": f"{item.meta.name}, {item.place}" if item.place else item.meta.name,
        "body": sorted({a.agency for a in record.actors if a.agency}),
        "field": record.fields,
        "modality": [record.modality],
        "strength": [record.strength],
        "region": [item.meta.region],
        "kind": [item.meta.kind],
        "date": ["plan" if item.of_plan else "own"],
    }


def _year(item: Item) -> int:
    return (item.last_day or date.min).year


def _month(item: Item) -> int:
    return (item.last_day or date.min).month


def _due(catalogue: Catalogue) -> Iterator[Page]:
    soon = [i for i in catalogue.items if i.status == "due-soon"]
    late = [i for i in catalogue.items if i.status == "overdue"]
    coming = [i for i in catalogue.items if i.status == "upcoming" and i.due]
    months = [
        (f"{MONTHS[month - 1]} {year}", list(items))
        for (year, month), items in groupby(
            sorted(soon, key=_by_due), key=lambda i: (i.due.year, i.due.month) if i.due else (0, 0)
        )
    ]
    counts = status_counts(catalogue.items)
    shared = {"months": months, "counts": counts, "late": len(late), "coming": len(coming)}
    yield Page("due.html", "due.html", "Due", "due", {**shared, "bodies": _by_body(catalogue)})
    for sheet in sheets("overdue.html", sorted(late, key=_by_due), ROWS):
        yield Page(
            sheet.path, "overdue.html", "Past its date", "due", {"sheet": sheet, "total": len(late), "counts": counts}
        )


def _by_due(item: Item) -> tuple[str, str, int]:
    return item.due.isoformat() if item.due else "", item.meta.id, item.record.action.start


def _by_body(catalogue: Catalogue) -> list[tuple[str, str, int, int]]:
    """Bodies with something due soon or past its date: name, page, due soon, past."""
    rows = []
    for body in catalogue.active_bodies:
        own = catalogue.items_by_body.get(body.id, ())
        soon, late = (sum(1 for i in own if i.status == s) for s in ("due-soon", "overdue"))
        if soon or late:
            rows.append((body.name, catalogue.addresses.body(body.id), soon, late))
    return sorted(rows, key=lambda r: (-r[2], -r[3], r[0]))


def _filters(catalogue: Catalogue, picture: Timeline) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Key, label and choices (value, name) of every filter over the marks of the picture."""
    items = [mark.item for mark in picture.marks]
    bodies = {a.agency for i in items for a in i.record.actors if a.agency in catalogue.bodies}
    return [
        ("date", "Date", [("own", "its own"), ("plan", "that of its plan")]),
        ("body", "Body", sorted(((b, catalogue.bodies[b].name) for b in bodies), key=lambda x: x[1])),
        (
            "field",
            "Field",
            sorted(
                ((f, catalogue.field_name(f)) for f in {f for i in items for f in i.record.fields}), key=lambda x: x[1]
            ),
        ),
        ("modality", "Form", [(m, MODALITIES[m]) for m in sorted({i.record.modality.value for i in items})]),
        ("strength", "How binding", [(s, s) for s in sorted({i.record.strength.value for i in items})]),
        ("region", "Region", [(r, region(r)) for r in sorted({i.meta.region for i in items})]),
        ("kind", "Kind of document", [(k, words(k)) for k in sorted({i.meta.kind.value for i in items})]),
    ]
