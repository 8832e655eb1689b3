"""Measures: what follows from being on a list, by measure, by list and by the body that applies it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Page, sheets
from kb.sitegen.shown import Consequence

_ROWS = 200


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """The table of measures, and a page for each with all its places."""
    groups = _by_measure(catalogue)
    rows = []
    others = catalogue.addresses.measure("other")
    for ident, found in groups.items():
        label = catalogue.measures.get(ident)
        lists = {c.entry.record.id for c in found}
        bodies = {c.body.name.lower(): c.body for c in found if c.body}
        rows.append(
            (
                catalogue.measure_name(ident) if ident else "Other consequences",
                label,
                catalogue.addresses.measure(ident or "other"),
                found,
                len(lists),
                [bodies[name] for name in sorted(bodies)],
            )
        )
    rows.sort(key=lambda r: (r[2] == others, -r[4], r[0]))
    without_basis = sum(1 for c in catalogue.consequences if not c.fact.legal_basis)
    context = {"rows": rows, "total": len(catalogue.consequences), "without_basis": without_basis}
    yield Page("measures.html", "measures.html", "Measures", "measures", context)
    for name, label, path, found, _, _ in rows:
        for sheet in sheets(path, found, _ROWS):
            shared = {"name": name, "label": label, "sheet": sheet, "total": len(found)}
            yield Page(sheet.path, "measure.html", name, "measures", shared)


def _by_measure(catalogue: Catalogue) -> dict[str, list[Consequence]]:
    """Consequences by the id of their measure, in the order of the table; "" for those that it does not name."""
    groups: dict[str, list[Consequence]] = {ident: [] for ident in (*catalogue.measures, "")}
    for consequence in catalogue.consequences:
        groups.setdefault(consequence.fact.measure, []).append(consequence)
    return {ident: found for ident, found in groups.items() if found}
