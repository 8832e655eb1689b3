"""Gold folder -> scores: reads each marked document with the rules of now, dev and test apart.

A gold folder holds `<id>.md`, `<id>.annot.yml` for each document, and split.yml with the ids that are kept aside
(`test: [id, …]`): rules are not written against those.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import yaml

from kb.corpus import load_source
from kb.evaluate.marked import Marked, SheetError, marked_from_printed, read_sheet
from kb.evaluate.score import MEASURES, Score, score
from kb.extract import extract_facts
from kb.extract.printed import printed
from kb.model import Document, DocumentKind, Reference
from kb.parse import parse_document


class Evaluated(msgspec.Struct, frozen=True):
    """One gold document with the reader's marks and what the rules found."""

    id: str
    kind: DocumentKind
    split: str  # dev | test
    document: Document
    gold: Marked
    found: Marked


def evaluate(folder: Path, reference: Reference) -> tuple[Evaluated, ...]:
    """Every gold document of `folder`, read now. Raises SheetError, or OSError where a document is missing."""
    split = folder / "split.yml"
    aside = set((yaml.safe_load(split.read_text(encoding="utf-8")) or {}).get("test", ())) if split.is_file() else set()
    sheets = sorted(folder.glob("*.annot.yml"))
    if not sheets:
        raise SheetError(f"{folder}: no *.annot.yml")
    return tuple(_evaluate(sheet, aside, reference) for sheet in sheets)


def _evaluate(sheet: Path, aside: set[str], reference: Reference) -> Evaluated:
    name = sheet.name.removesuffix(".annot.yml")
    path = sheet.with_name(f"{name}.md")
    source, problems = load_source(path, path.name, lenient=True)
    if source is None:
        raise OSError(problems[0].render())
    document = parse_document(source)
    found = marked_from_printed(msgspec.json.encode(printed(extract_facts(document, reference))))
    gold = read_sheet(sheet, document.text)
    return Evaluated(name, document.meta.kind, "test" if name in aside else "dev", document, gold, found)


def score_of(evaluated: tuple[Evaluated, ...], split: str = "", kind: str = "") -> Score:
    """The score over the documents of a split and kind; all of them where these are empty."""
    return score((e.gold, e.found) for e in evaluated if split in {"", e.split} and kind in {"", e.kind})


def figures_markdown(evaluated: tuple[Evaluated, ...]) -> str:
    """Tables of docs/accuracy.md: dev and test side by side, then F1 by kind of document."""
    splits = [s for s in ("dev", "test") if any(e.split == s for e in evaluated)]
    scores = {s: score_of(evaluated, s) for s in splits}
    counts = {s: sum(e.split == s for e in evaluated) for s in splits}
    head = "| measure | " + " | ".join(f"{s} ({counts[s]} documents): P / R / F1 | marked" for s in splits) + " |"
    rows = [head, "| --- |" + " --- | --- |" * len(splits)]
    for name, label in MEASURES.items():
        cells = (scores[s].counts[name] for s in splits)
        rows.append(
            f"| {label} | "
            + " | ".join(f"{c.precision:.3f} / {c.recall:.3f} / {c.f1:.3f} | {c.gold}" for c in cells)
            + " |"
        )
    roles = " | ".join(f"{scores[s].roles.precision:.3f} | {scores[s].roles.gold}" for s in splits)
    rows.append(f"| role of the actors found (accuracy) | {roles} |")
    kinds = sorted({e.kind for e in evaluated})
    shown = ("modality", "actors", "deadlines", "time_values", "slots", "citations", "definitions")
    by_kind = [
        "| kind of document | documents | " + " | ".join(MEASURES[m] for m in shown) + " |",
        "| --- | --- |" + " --- |" * len(shown),
    ]
    for kind in kinds:
        one = score_of(evaluated, kind=kind)
        cells_of = (f"{c.f1:.3f}" if (c := one.counts[m]).gold or c.found else "–" for m in shown)
        by_kind.append(f"| {kind} | {sum(e.kind == kind for e in evaluated)} | " + " | ".join(cells_of) + " |")
    return "\n".join(
        [*rows, "", "F1 by kind of document, dev and test together (– where nothing is marked or found):", "", *by_kind]
    )


def figures(evaluated: tuple[Evaluated, ...]) -> dict[str, dict[str, object]]:
    """Figures by split, for the site's page on accuracy: each measure with its label, precision, recall, F1 and what was marked."""
    found: dict[str, dict[str, object]] = {}
    for split in sorted({e.split for e in evaluated}):
        counts = score_of(evaluated, split).counts
        rows = {
            name: {
                "label": MEASURES[name],
                "p": round(c.precision, 3),
                "r": round(c.recall, 3),
                "f1": round(c.f1, 3),
                "gold": c.gold,
            }
            for name, c in counts.items()
        }
        found[split] = {"documents": sum(e.split == split for e in evaluated), **rows}
    return found
