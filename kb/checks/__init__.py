"""Named checks over corpus and facts, one function each; `CHECKS` is what `kb check --list` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.checks import corpus, facts, source_text
from kb.model import Document, Facts, Fidelity, Reference
from kb.problems import Problem

CHECKS: dict[str, str] = {
    "corpus": "Every text in the corpus folder is a Markdown file.",
    "unreadable": "Every document can be opened and is UTF-8.",
    "front-matter": "The head of every document is complete, of the right types, and its id is the file's name.",
    "reference": "The reviewed tables are complete and without repeated ids.",
    "text": "Every document has a text.",
    "dates": "Dates of the front matter come in a possible order.",
    "relations": "Relations name a document of the corpus, or are citations as printed.",
    "issuers": "Issuers are bodies of the bodies table.",
    "numbering": "No number stands twice in its place, and articles of a full text count from 1 without a gap.",
    "basis": "Every statement of a digest ends with [seen] or [recalled].",
    "tree": "Every character of the body belongs to exactly one leaf, and eIds are unique.",
    "spans": "Every fact quotes its document word for word, at an address that exists.",
    "deadlines": "No deadline ends before it begins.",
    "targets": "Resolved citations point to provisions that exist.",
    "counts": "Articles, paragraphs and points are as many as in the Chinese (with --sources).",
    "numbers": "Every number of the Chinese stands in the English, and the other way round (with --sources).",
    "terms": "The preferred rendering stands where the Chinese term does (listed with --sources, never an error).",
}


def run_checks(documents: Sequence[Document], found: Sequence[Facts], reference: Reference) -> list[Problem]:
    """All checks that need no original, sorted."""
    ids = {d.id for d in documents}
    eids = {d.id: {p.eid for p in d.provisions} for d in documents}
    read = {f.document: f for f in found}
    problems: list[Problem] = []
    for document in documents:
        problems += corpus.check_text(document)
        problems += corpus.check_dates(document)
        problems += corpus.check_relations(document, ids)
        problems += corpus.check_issuers(document, reference)
        problems += corpus.check_numbering(document)
        problems += corpus.check_basis(document)
        problems += corpus.check_tree(document)
        if document.id in read:
            problems += facts.check_spans(document, read[document.id])
            problems += facts.check_deadlines(document, read[document.id])
            problems += facts.check_targets(document, read[document.id], eids)
    return sorted(set(problems))


def compare_with_sources(
    documents: Sequence[Document], reference: Reference, sources: Path, accepted: Path
) -> tuple[list[source_text.Comparison], list[Problem]]:
    """Every full translation against its original in `sources`, and what is wrong with it.

    Raises OSError or ValueError where `sources` is not a pack of originals.
    """
    originals = source_text.load_originals(sources)
    rows = source_text.load_accepted(accepted)
    comparisons = [
        source_text.compare(d, originals[d.id], reference.glossary, rows)
        for d in documents
        if d.id in originals and d.meta.fidelity is Fidelity.FULL
    ]
    by_id = {d.id: d for d in documents}
    problems = [p for c in comparisons for p in _problems_of(by_id[c.document], c)]
    used = {(c.document, *row) for c in comparisons for row in ((d.only_zh, d.only_en) for d in c.explained)}
    problems += [
        Problem(str(accepted), 0, "numbers", f"{row.document} {row.eid}: explains no difference", "remove the row")
        for row in rows
        if (row.document, row.only_zh, row.only_en) not in used
    ]
    missing = sorted(set(originals) - {c.document for c in comparisons})
    problems += [Problem(str(sources), 0, "counts", f"{i} has no full translation", "translate it") for i in missing]
    return comparisons, sorted(problems)


def _problems_of(document: Document, comparison: source_text.Comparison) -> Iterator[Problem]:
    pairs = {"articles": comparison.articles, "points": comparison.points, "paragraphs": comparison.paragraphs}
    for name, (zh, en) in pairs.items():
        if zh != en:
            message = f"{en} {name}, the Chinese has {zh}"
            yield corpus.problem_in(document, "counts", message, "compare the two texts line by line")
    for offset in comparison.misplaced:
        message = "its number is not the one of the Chinese line in this place"
        yield corpus.problem_in(document, "counts", message, "compare the two lines", offset)
    for d in comparison.differences:
        message = f"{d.eid}: only in the Chinese {list(d.only_zh)}, only in the English {list(d.only_en)}"
        hint = "mend it, or explain it in reference/number_differences.yml"
        yield corpus.problem_in(document, "numbers", message, hint, d.offset)


__all__ = ["CHECKS", "compare_with_sources", "run_checks"]
