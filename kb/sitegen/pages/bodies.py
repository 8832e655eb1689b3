"""Bodies and fields: what each must do and by when, the lists it keeps, the measures it applies, its names over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kb.model import Body
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Page, sheets
from kb.sitegen.pages.subscriptions import data_path, has_coming
from kb.sitegen.shown import Item

ROWS = 200  # items on a page
_STATUSES = ("overdue", "due-soon", "upcoming", "ongoing", "undated", "not-trackable", "not-issued")


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """The list of bodies, a page for each, the list of fields, a page for each that has items."""
    loads = [(body, catalogue.addresses.body(body.id), _load(catalogue, body)) for body in catalogue.active_bodies]
    yield Page(
        "bodies.html",
        "bodies.html",
        "Bodies",
        "bodies",
        {"rows": loads, "most": max((x[2][0] for x in loads), default=0)},
    )
    for body in catalogue.active_bodies:
        yield from _body(catalogue, body)
    fields = [
        (label, catalogue.addresses.field(label.id), items)
        for label in catalogue.fields.values()
        if (items := catalogue.items_by_field.get(label.id, ()))
    ]
    by_area = [Counter(i.record.area for i in items) for _, _, items in fields]
    areas = [(a.name, [counts[a.id] for counts in by_area]) for a in catalogue.areas.values()]
    yield Page("fields.html", "fields.html", "Fields", "fields", {"rows": fields, "areas": areas})
    for label, path, items in fields:
        for sheet in sheets(path, by_urgency(items), ROWS):
            lists = [e for e in catalogue.lists if e.record.sector == label.id]
            context = {
                "label": label,
                "sheet": sheet,
                "subscribe": data_path(path) if has_coming(items) else "",
                "total": len(items),
                "lists": lists,
                "counts": status_counts(items),
            }
            yield Page(sheet.path, "field.html", label.name, "fields", context)


def by_urgency(items: Sequence[Item]) -> list[Item]:
    """Items with a last day first, by it; then by status, document and place."""
    return sorted(
        items,
        key=lambda i: (
            _STATUSES.index(i.status) if not i.last_day else -1,
            i.last_day.isoformat() if i.last_day else "",
            i.meta.id,
            i.record.action.start,
        ),
    )


def status_counts(items: Sequence[Item]) -> dict[str, int]:
    """How many items stand in each status."""
    counts = Counter(i.status for i in items)
    return {status: counts[status] for status in _STATUSES}


def _load(catalogue: Catalogue, body: Body) -> tuple[int, int, int, int]:
    """Items, items with a last day, lists kept, measures applied."""
    items = catalogue.items_by_body.get(body.id, ())
    lists = {entry.record.id for entry, _ in catalogue.keepers.get(body.id, ())}
    return len(items), sum(1 for i in items if i.last_day), len(lists), len(catalogue.applied_by.get(body.id, ()))


def _body(catalogue: Catalogue, body: Body) -> Iterator[Page]:
    items = by_urgency(catalogue.items_by_body.get(body.id, ()))
    successor = catalogue.bodies.get(body.successor)
    for sheet in sheets(catalogue.addresses.body(body.id), items, ROWS):
        yield Page(
            sheet.path,
            "body.html",
            body.name,
            "bodies",
            {
                "body": body,
                "sheet": sheet,
                "subscribe": data_path(catalogue.addresses.body(body.id)) if has_coming(items) else "",
                "total": len(items),
                "counts": status_counts(items),
                "keeps": catalogue.keepers.get(body.id, ()),
                "applies": catalogue.applied_by.get(body.id, ()),
                "issued": [(m, catalogue.addresses.document(m.id)) for m in catalogue.issued.get(body.id, ())],
                "successor": catalogue.body(body.successor) if successor else None,
                "before": [catalogue.body(b.id) for b in catalogue.bodies.values() if b.successor == body.id],
            },
        )
