"""Statements cut from provisions: a sentence, a part between semicolons, or a lead-in with its points.

"A unit that forges papers shall be entered on the list: (1) …; (2) …" is one statement with two points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.extract.clauses import Cutter
from kb.extract.context import Reading
from kb.extract.lists_names import HEAD
from kb.model import Provision

UNREAD = frozenset({"preface", "heading", "note", "conclusion"})  # kinds of leaves in which no list is named
BRACKETS = re.compile(r"(?:\s*[\[(（【][^\]\[()（）【】\n]{0,300}[\])）】])+\s*\.?")
_BASIS = re.compile(
    r"(?:(?:legal|policy|and|the) ){0,3}bas[ei]s:|(?:implement|execut|responsib|lead|cooperat)\w*(?: (?:units?|bod(?:y|ies)|departments?|by))?:|(?:departments?|units?|organs?|bod(?:y|ies)):",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^|\n]+")
_PART = re.compile(r"[^;；|\n]+")
_FEWEST_WORDS = 5  # of a cell that states something
_RULER = re.compile(r"[\s|:-]+")
_MEASURE_HEAD = re.compile(
    r"\b(?:measures?|punishments?|sanctions?|incentives?|restrictions?|constraints?)\b", re.IGNORECASE
)
_LABEL = 3  # words of a label
_ENDS_SENTENCE = re.compile(
    r"\b(?:shall|must|may|is|are) (?:not )?[a-z][^.:：]{0,300}(?:\.|;)|\. [A-Z]"
)  # what a point says that needs no lead-in
_MARK = re.compile(r"[;；,]?\s*(?:and|or)?\s*(?:\[(?:seen|recalled)\]\s*)?$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or part of one, or a lead-in with its points; spans are without numbers and final semicolons."""

    start: int
    end: int
    leaf: Provision
    unit: str  # eId of the article, or of the smallest headed or numbered part it stands in
    points: tuple[tuple[int, int], ...] = ()
    opens: bool = False  # the first of several in its paragraph
    run_in: bool = False  # a heading that only a legal basis or an implementing unit follows: a measure by itself

    @property
    def whole_end(self) -> int:
        """The end with the last point."""
        return self.points[-1][1] if self.points else self.end


def statements(reading: Reading, leaves: Iterable[Provision]) -> Iterator[Statement]:
    """The statements of these leaves, in their order; a lead-in brings its points."""
    cutter = Cutter(reading, ())
    text = reading.flowing
    taken = -1
    for leaf in leaves:
        if leaf.kind in UNREAD or leaf.kind == "preamble" or leaf.start < taken:
            continue
        if text.startswith("|", leaf.text_start):
            yield from _table(reading.document.text, leaf, unit_of(reading, leaf))
            continue
        points = _points(reading, leaf) if leaf.kind == "intro" else ()
        if _is_label(text, leaf) and any(_ENDS_SENTENCE.search(text, p.text_start, p.text_end) for p in points):
            points = ()  # "Measures: (1) An operator that … is entered on the list. (2) …": the points speak for themselves
        if points:
            taken = points[-1].end
        spans = [span for s in cutter.sentences(leaf) if (span := _trimmed(text, s.start, s.end))]
        unit = unit_of(reading, leaf)
        yield from _run_in(text, leaf, unit)
        lead = _lead(text, spans) if points else -1
        for number, (start, end) in enumerate(spans):
            inner = tuple(_point_span(text, p) for p in points) if number == lead else ()
            yield Statement(start, end, leaf, unit, inner, opens=number == 0 and len(spans) > 1)


def _is_label(text: str, leaf: Provision) -> bool:
    """Whether a lead-in is a label and no clause: "Measures:", "Main tasks:"."""
    words = text[leaf.text_start : leaf.text_end].rstrip("*_ ")
    return words.endswith((":", "：")) and words.count(" ") < _LABEL


def _table(text: str, leaf: Provision, unit: str) -> Iterator[Statement]:
    """The measures of a table "| Measure | Legal basis | Department |", as points behind its head; of any other, cells that name a list."""
    head, *rows = _LINE.finditer(text, leaf.text_start, leaf.text_end)
    column = next((i for i, cell in enumerate(_CELL.finditer(head[0])) if _MEASURE_HEAD.search(cell[0])), -1)
    cells = [[*_CELL.finditer(text, row.start(), row.end())] for row in rows if not _RULER.fullmatch(row[0])]
    points = tuple(
        span for row in cells if 0 <= column < len(row) and (span := _trimmed_cell(text, *row[column].span()))
    )
    if points:
        yield Statement(head.start(), head.end(), leaf, unit, points)
        return
    for start, end in (cell.span() for row in cells for cell in row if HEAD.search(cell[0])):
        for part in _PART.finditer(text, start, end):
            span = _trimmed_cell(text, *part.span())
            if span and text.count(" ", *span) >= _FEWEST_WORDS:
                yield Statement(*span, leaf, unit)


def _trimmed_cell(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return (start, start + len(words.strip())) if words.strip() else None


def _run_in(text: str, leaf: Provision, unit: str) -> Iterator[Statement]:
    """A point that the parser took for a heading: "(1) Restricting licences. Legal basis: …"."""
    if leaf.leaf and leaf.heading and _BASIS.match(text, leaf.text_start):
        start = text.find(leaf.heading, leaf.start, leaf.text_start)
        if start >= 0:
            yield Statement(start, start + len(leaf.heading), leaf, unit, run_in=True)


def _lead(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Which statement of an intro the points belong to: the last that says "following", else the last."""
    said = [number for number, (start, end) in enumerate(spans) if "following" in text[start:end]]
    return said[-1] if said else len(spans) - 1


def _points(reading: Reading, intro: Provision) -> tuple[Provision, ...]:
    siblings = reading.children.get(intro.parent, ())
    after = siblings[siblings.index(intro) + 1 :]
    return tuple(leaf for p in after if p.kind in {"point", "subpoint"} for leaf in _innermost(reading, p))


def _innermost(reading: Reading, point: Provision) -> Iterator[Provision]:
    """A point, or the points below it, to which it is the heading: "1. Food and drugs (1) … (2) …"."""
    inner = [p for p in reading.children.get(point.eid, ()) if p.kind in {"point", "subpoint"}]
    for child in inner:
        yield from _innermost(reading, child)
    if not inner:
        yield point


def _point_span(text: str, point: Provision) -> tuple[int, int]:
    return _trimmed(text, point.text_start, point.text_end) or (point.text_start, point.text_end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without a closing semicolon and a digest's mark; None for brackets alone."""
    if text[start] in "[(（【" and BRACKETS.fullmatch(text, start, end):
        return None
    closing = _MARK.search(text[max(start, end - 24) : end])
    end = max(start, end - 24) + closing.start() if closing else end
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def unit_of(reading: Reading, leaf: Provision) -> str:
    """The eId of the article of a leaf, or of the smallest part with a number or a heading that it stands in."""
    path = reading.path_of(leaf)
    article = next((p.eid for p in path if p.kind == "article"), "")
    if article:
        return article
    inner = [p for p in path if p.kind not in {"point", "subpoint", "intro"} and (p.number or p.heading)]
    return inner[-1].eid if inner else leaf.eid
