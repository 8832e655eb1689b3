"""Home and About: what this is, the roadmap at a glance, what is due, how far to trust it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kb.model import Fidelity
from kb.paths import data_folder
from kb.sitegen.accuracy import read_accuracy
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.figures import bars, bubbles
from kb.sitegen.page import Page
from kb.sitegen.pages.bodies import status_counts
from kb.sitegen.pages.lists import QUESTIONS, card_of

_SOON_SHOWN = 5
_BAR = 240


class Totals(NamedTuple):
    """How much there is."""

    documents: int
    full: int
    digests: int
    items: int
    dated: int
    lists: int
    citations: int
    resolved: int
    uncertain: int
    corrected: int  # items and lists that a person judged


def totals(catalogue: Catalogue) -> Totals:
    """The counts that Home and About print."""
    return Totals(
        documents=len(catalogue.metas),
        full=sum(1 for m in catalogue.metas if m.fidelity == "full"),
        digests=sum(1 for m in catalogue.metas if m.fidelity == "digest"),
        items=len(catalogue.items),
        dated=len(catalogue.dated),
        lists=len(catalogue.lists),
        citations=len(catalogue.references),
        resolved=sum(1 for r in catalogue.references if r.target),
        uncertain=sum(1 for i in catalogue.items if not i.record.certain),
        corrected=sum(1 for i in catalogue.items if i.record.corrected)
        + sum(1 for entry in catalogue.lists if entry.record.corrected),
    )


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """index.html and about.html."""
    found = {i.last_day.year for i in catalogue.dated if i.last_day}
    years = list(range(min(found), max(found) + 1)) if found else []
    dated = Counter((i.record.area, i.last_day.year) for i in catalogue.dated if i.last_day)
    heat = [(area.name, [dated[area.id, year] for year in years]) for area in catalogue.areas.values()]
    soon = sorted(
        (i for i in catalogue.items if i.status == "due-soon"),
        key=lambda i: (i.due.isoformat() if i.due else "", i.meta.id, i.record.action.start),
    )
    loads = sorted(
        ((len(catalogue.items_by_body.get(b.id, ())), b) for b in catalogue.active_bodies),
        key=lambda x: (-x[0], x[1].name),
    )
    busiest = loads[:8]
    # a digest that says nothing of a slot is no evidence that its document is silent
    read = [entry for entry in catalogue.lists if entry.meta.fidelity is not Fidelity.DIGEST]
    cards = [card_of(catalogue, entry) for entry in read]
    silent = [
        (name, sum(1 for c in cards for cell in c.cells if cell.name == name and cell.state == "silent"))
        for name in QUESTIONS
    ]
    facts = totals(catalogue)
    yield Page(
        "index.html",
        "home.html",
        "",
        "home",
        {
            "facts": facts,
            "counts": status_counts(catalogue.items),
            "years": years,
            "heat": heat,
            "with_items": sorted(found),
            "picture": bubbles([str(y) for y in years], heat),
            "described": _described(years, heat),
            "soon": soon[:_SOON_SHOWN],
            "soon_total": len(soon),
            "busiest": [
                (b, catalogue.addresses.body(b.id), n, w)
                for (n, b), w in zip(busiest, bars((n for n, _ in busiest), _BAR), strict=True)
            ],
            "bar": _BAR,
            "read_lists": len(read),
            "silent": [(*row, w) for row, w in zip(silent, bars((n for _, n in silent), _BAR), strict=True)],
        },
    )
    context = {
        "facts": facts,
        "digest": catalogue.base.digest,
        "accuracy": read_accuracy(data_folder("site") / "accuracy.json"),
    }
    yield Page("about.html", "about.html", "About", "about", context)


def _described(years: list[int], heat: list[tuple[str, list[int]]]) -> str:
    """The picture in words: where most lies."""
    if not years:
        return "No item has a last day."
    by_year = [sum(column) for column in zip(*(row for _, row in heat), strict=True)]
    most = by_year.index(max(by_year))
    name, row = max(heat, key=lambda x: x[1][most])
    return (
        f"Most items, {by_year[most]} of {sum(by_year)}, have their last day in {years[most]}; of these most, {row[most]}, "
        f"belong to {name}. The table below has every number."
    )
