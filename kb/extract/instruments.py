"""What a text calls instruments by: titles with their numbers, numbers alone, and short forms once they are introduced.

In come the titles and numbers that a text prints, out come mentions: `"Planning Outline …" (Guofa [2014] No. 21)` is one,
"the Outline", "Document No. 21" and "the FSL" are further ones of the same instrument.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kb.extract.citation_titles import Title
from kb.extract.citation_units import UnitReference
from kb.extract.document_numbers import DocumentNumber
from kb.extract.hereinafter import Introduction

_ARTICLE = re.compile(r"^(?:the|The)\s+")
_MEANS = re.compile(
    r"[“\"‘«*_](?:the\s+)?([A-Z][^“”\"‘’«»*_\n]{1,60})[”\"’»*_]{1,4}\s+(?:means?|refers?\s+to|stands?\s+for|denotes?|is|=)\s+(?:the\s+)?$"
)
_ABBREVIATION = re.compile(r"\s*[(（](?:the\s+)?([A-Z]{2,8})[)）]")
_NAME_REACH = 100  # how far before a citation the name may stand that it explains
_TITLE_REACH = 260
_MOST_SHORT_FORMS = 200  # each is looked for in the whole text
_QUOTE_AND_ARTICLE = 8  # characters that may stand before a short form said again
_COMMA = re.compile(r"\s*,?\s+")
_BRACKET = re.compile(r"\s*[(（\[【]\s*")
_TITLE_BEFORE = re.compile(
    r"((?:[A-Z][\w’'-]*\s+){0,6}(?:Law|Regulations|Measures|Provisions|Rules|Opinions|Outline|Interpretation|Notice|Circular|Decision|Plan|Program|Memorandum)"
    r"\s+(?:on|for|of|concerning|regarding)\s+[^.;:()（）\n]{3,200}?)\s*[(（,]\s*$"
)
_OPENING_MARKS = re.compile(r"^[“\"《«‘*_]+|[”\"》»’*_]*\s*[(（\[【,]\s*$")
_GOES_ON = re.compile(
    r"[^.;:()（）\n]{0,200}[(（]\s*"
)  # lower-case words of a title, or whose it is, before the bracket of its number
_CLOSING = re.compile(r"[^()（）\n]{0,80}[)）]")
_QUOTED_BEFORE = re.compile(r"[“\"《«‘*_][^“”\"《》«»‘’*_\n]{3,200}[”\"》»’*_]\s*[(（\[【]\s*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation before its verb is read."""

    start: int
    end: int
    rule: str
    title: str = ""
    number: str = ""
    unit: UnitReference | None = None  # of this document
    doubt: str = ""


class Ranges:
    """Ranges of a text, asked by bisection whether one of them holds a character."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def hold(self, offset: int) -> bool:
        """Whether the character at `offset` lies in a range."""
        before = bisect_right(self._starts, offset)
        return before > 0 and self._reach[before - 1] > offset


def read_instruments(
    text: str, titles: Sequence[Title], numbers: Sequence[DocumentNumber], introductions: Sequence[Introduction]
) -> list[Mention]:
    """Titles with their numbers, and numbers that stand alone; short forms where they are introduced are left out."""
    introduced = Ranges((i.open, i.end) for i in introductions)
    titles = [title for title in titles if not introduced.hold(title.start)]
    found, used = _titled(text, titles, numbers)
    inside = Ranges((m.start, m.end) for m in found)
    title_ends = [title.end for title in titles]
    for index, number in enumerate(numbers):
        if index in used or inside.hold(number.start):
            continue
        last = bisect_right(title_ends, number.start) - 1
        _add_number(text, number, found, last)
    return found


def _titled(text: str, titles: Sequence[Title], numbers: Sequence[DocumentNumber]) -> tuple[list[Mention], set[int]]:
    """A mention for each title, with its number where one follows, and which numbers these are."""
    by_start = {number.start: i for i, number in enumerate(numbers)}
    found: list[Mention] = []
    used: set[int] = set()
    for title in titles:
        end, index = _number_of(text, title.end, numbers, by_start)
        mention = Mention(title.start, end, f"title-{title.rule}", title.title)
        if index is not None:
            used.add(index)
            mention = replace(mention, number=numbers[index].key, doubt=_doubt(numbers[index]))
        found.append(mention)
    return found, used


def _add_number(text: str, number: DocumentNumber, found: list[Mention], last: int) -> None:
    """Enter a number that follows no title directly; `last` is the place in `found` of the title before it, -1 for none."""
    before_it = found[last] if last >= 0 else None
    floor = max(number.start - _TITLE_REACH, before_it.end if before_it else 0)
    titled = _QUOTED_BEFORE.search(text, floor, number.start) or _TITLE_BEFORE.search(text, floor, number.start)
    is_bracketed = text[: number.start].rstrip()[-1:] in "(（[【" if number.start else False
    close = _CLOSING.match(text, number.end) if is_bracketed else None
    end = close.end() if close else number.end
    doubt = _doubt(number)
    if titled and (close or not is_bracketed):  # "Guiding Opinions on joint incentives (Guofa (2016) No. 33)"
        title = _OPENING_MARKS.sub("", titled[0])
        found.append(Mention(titled.start(), end, "title-before-number", title, number.key, doubt=doubt))
    elif before_it and not before_it.number and close and _GOES_ON.fullmatch(text, before_it.end, number.start):
        found[last] = replace(before_it, end=end, number=number.key, doubt=doubt)
    elif earlier := _same_serial(number, found):  # "Document No. 33", cited in full before
        found.append(Mention(number.start, number.end, "short-number", earlier.title, earlier.number))
    else:
        found.append(Mention(number.start, number.end, f"number-{number.rule}", number=number.key, doubt=doubt))


def _same_serial(number: DocumentNumber, found: Sequence[Mention]) -> Mention | None:
    """The one instrument cited before that "Document No. 33" can be."""
    series, _, serial = number.key.partition("-")
    if series != "document" or not serial.isdigit():
        return None
    same = {m.number: m for m in found if m.end <= number.start and m.number.endswith(f"-{serial}")}
    return next(iter(same.values())) if len(same) == 1 else None


def _doubt(number: DocumentNumber) -> str:
    return "" if number.certain else "the number may belong to several series"


def _number_of(
    text: str, end: int, numbers: Sequence[DocumentNumber], by_start: dict[int, int]
) -> tuple[int, int | None]:
    """Where a title with its number ends, and which number it is: "… Outline" (Guofa [2014] No. 21)."""
    bracket = _BRACKET.match(text, end)
    if bracket:
        index = next((by_start[at] for at in range(bracket.end(), bracket.end() + 40) if at in by_start), None)
        if index is not None and not re.search(r"[)）\]】]", text[bracket.end() : numbers[index].start]):
            close = re.compile(r"[^()（）\n]{0,120}[)）\]】]").match(text, numbers[index].end)
            return (close.end() if close else numbers[index].end), index
        return end, None
    comma = _COMMA.match(text, end)
    if comma and comma.end() in by_start:
        index = by_start[comma.end()]
        return numbers[index].end, index
    return end, None


def read_short_forms(text: str, cited: Sequence[Mention], introductions: Sequence[Introduction]) -> Iterator[Mention]:
    """Later mentions of an instrument by a name that the text gives to it right behind or before a citation."""
    known: set[str] = set()
    for core, floor, mention in _names(text, cited, introductions):
        if not core[:1].isupper() or core in known or len(known) == _MOST_SHORT_FORMS:
            continue
        known.add(core)
        for start, end in _later(text, core, floor):
            yield Mention(start, end, "short-form", mention.title, mention.number)


def _names(
    text: str, cited: Sequence[Mention], introductions: Sequence[Introduction]
) -> Iterator[tuple[str, int, Mention]]:
    """(name, where it is known from, instrument): by "hereinafter", in a glossary ("“FSL” means the …"), or as an abbreviation."""
    by_end = {mention.end: mention for mention in cited}
    for introduction in introductions:
        mention = by_end.get(introduction.open) or by_end.get(introduction.open - 1) or by_end.get(introduction.end)
        if mention:
            term = text[introduction.term_start : introduction.term_end]
            yield _ARTICLE.sub("", term), introduction.end, mention
    for mention in cited:
        defined = _MEANS.search(text, max(mention.start - _NAME_REACH, 0), mention.start)
        if defined:
            yield _ARTICLE.sub("", defined[1]), mention.end, mention
        abbreviated = _ABBREVIATION.match(text, mention.end)
        if abbreviated:
            yield abbreviated[1], abbreviated.end(), mention


def _later(text: str, core: str, floor: int) -> Iterator[tuple[int, int]]:
    """Where a short form is said again behind `floor`, with its quotation marks."""
    pattern = re.compile(rf"[\"“《‘*]?(?<![\w-])(?:(?<=[\"“])[Tt]he\s+)?{re.escape(core)}(?![\w-])[\"”》’*]?")
    at = text.find(core, floor)
    while at >= 0:
        behind = at + len(core)
        later = pattern.search(text, max(at - _QUOTE_AND_ARTICLE, floor), behind + 1)
        if later and later.end() >= behind:
            floor = later.end()
            if _is_definite(text, later.start(), core):
                yield _trimmed(text, later.start(), later.end())
        at = text.find(core, behind)


def _is_definite(text: str, start: int, core: str) -> bool:
    """Whether a later mention is of that instrument: one word needs an article or quotation marks ("the Outline")."""
    before = text[max(start - 16, 0) : start].rstrip().lower()
    if re.search(r"\b(?:this|these|those|such|other|relevant)$", before):
        return False
    return " " in core or core.isupper() or text[start] in '"“《‘*' or before.endswith(("the", "the same", "said"))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A mention with both its quotation marks or with none."""
    opens, closes = text[start] in '"“《‘*', text[end - 1] in '"”》’*'
    if opens and not closes:
        return start + 1, end
    return (start, end - 1) if closes and not opens else (start, end)
