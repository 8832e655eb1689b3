"""Home and About: what this is, the roadmap at a glance, what is due, how far to trust it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from kb.model import Body, Fidelity, SlotState
from kb.paths import data_folder
from kb.sitegen.accuracy import read_accuracy
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.figures import bars, bubbles
from kb.sitegen.page import Page
from kb.sitegen.pages.bodies import status_counts
from kb.sitegen.pages.lists import QUESTIONS, card_of

_SOON_SHOWN, _BODIES_SHOWN = 5, 8
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
    facts = totals(catalogue)
    soon = sorted(
        (i for i in catalogue.items if i.status == "due-soon"),
        key=lambda i: (i.due.isoformat() if i.due else "", i.meta.id, i.record.action.start),
    )
    context = {
        "facts": facts,
        "counts": status_counts(catalogue.items),
        **_by_year(catalogue),
        "soon": soon[:_SOON_SHOWN],
        "soon_total": len(soon),
        "busiest": _busiest(catalogue),
        "bar": _BAR,
        **_silence(catalogue),
    }
    yield Page("index.html", "home.html", "", "home", context)
    accuracy = read_accuracy(data_folder("site") / "accuracy.json")
    about = {"facts": facts, "digest": catalogue.base.digest, "accuracy": accuracy}
    yield Page("about.html", "about.html", "About", "about", about)


def _by_year(catalogue: Catalogue) -> dict[str, Any]:
    """Items with a last day, by area and year: as numbers, as a picture and in words."""
    found = {i.last_day.year for i in catalogue.dated if i.last_day}
    years = list(range(min(found), max(found) + 1)) if found else []
    dated = Counter((i.record.area, i.last_day.year) for i in catalogue.dated if i.last_day)
    heat = [(area.name, [dated[area.id, year] for year in years]) for area in catalogue.areas.values()]
    picture = bubbles([str(year) for year in years], heat)
    return {
        "years": years,
        "heat": heat,
        "with_items": sorted(found),
        "picture": picture,
        "described": _described(years, heat),
    }


def _busiest(catalogue: Catalogue) -> list[tuple[Body, str, int, int]]:
    """The bodies that must act most often: body, page, number of items, length of the bar."""
    loads = ((len(catalogue.items_by_body.get(b.id, ())), b) for b in catalogue.active_bodies)
    most = sorted(loads, key=lambda x: (-x[0], x[1].name))[:_BODIES_SHOWN]
    widths = bars((n for n, _ in most), _BAR)
    return [(b, catalogue.addresses.body(b.id), n, w) for (n, b), w in zip(most, widths, strict=True)]


def _silence(catalogue: Catalogue) -> dict[str, Any]:
    """On which questions lists are silent; a digest that says nothing is no evidence that its document is silent."""
    read = [entry for entry in catalogue.lists if entry.meta.fidelity is not Fidelity.DIGEST]
    cells = [cell for entry in read for cell in card_of(catalogue, entry).cells if cell.state == SlotState.SILENT]
    numbers = Counter(cell.name for cell in cells)
    widths = bars((numbers[name] for name in QUESTIONS), _BAR)
    silent = [(name, numbers[name], width) for name, width in zip(QUESTIONS, widths, strict=True)]
    return {"read_lists": len(read), "silent": silent}


def _described(years: list[int], heat: list[tuple[str, list[int]]]) -> str:
    """The picture in words: where most lies."""
    if not years or not heat:
        return "No item has a last day."
    by_year = [sum(column) for column in zip(*(row for _, row in heat), strict=True)]
    most = by_year.index(max(by_year))
    name, row = max(heat, key=lambda x: x[1][most])
    return (
        f"Most items, {by_year[most]} of {sum(by_year)}, have their last day in {years[most]}; of these most, {row[most]}, "
        f"belong to {name}. The table below has every number."
    )
