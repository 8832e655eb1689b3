"""Citations: references to other instruments and to numbered units of the document, with the verb that ties them.

In come the text and its provisions, out come the citations in text order: `"Planning Outline … (2014–2020)" (Guofa [2014]
No. 21)` with title and number; "Article 46 of the Government Procurement Law"; "Items 6 to 8", resolved to an eId; and
"the Outline" once a parenthesis has introduced it. The document's own title and number are none. What an instrument is in
the corpus is decided in resolve.py, which sees all documents.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from kb.extract.citation_titles import TITLE_HINT, Title, read_titles
from kb.extract.citation_units import (
    UNIT_HINT,
    UnitReference,
    UnitResolver,
    decimal_numbers,
    read_decimal_references,
    read_unit_references,
)
from kb.extract.context import Reading
from kb.extract.document_numbers import NUMBER_HINT, DocumentNumber, number_key, read_numbers
from kb.extract.hereinafter import SHORT_FORM_HINT, Introduction, read_introductions
from kb.model import Citation, CitationVerb, Reference
from kb.rules import Rule, load_rules


class _Ranges:
    """Ranges of a text, asked by bisection whether one of them holds a character."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def hold(self, offset: int) -> bool:
        """Whether the character at `offset` lies in a range."""
        before = bisect_right(self._starts, offset)
        return before > 0 and self._reach[before - 1] > offset


class VerbRule(Rule, frozen=True, kw_only=True):
    """A tie: what stands before the citation, after it, or both."""

    verb: CitationVerb
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A citation before its verb is read."""

    start: int
    end: int
    rule: str
    title: str = ""
    number: str = ""
    unit: UnitReference | None = None  # of this document
    doubt: str = ""


RULES = load_rules(Path(__file__).with_suffix(".yaml"), VerbRule)
_TIES = tuple(
    (rule, re.compile(rule.before) if rule.before else None, re.compile(rule.after) if rule.after else None)
    for rule in RULES
)
_NOT_THE_TEXT = frozenset({"preface", "heading", "note"})
_BEFORE, _AFTER = 160, 1000
_AMENDED_BY = re.compile(
    r"\b(?:amended|revised|modified|corrected)\s+(?:[\w,]+\s+){0,12}?(?:under|by|according\s+to|in\s+accordance\s+with|pursuant\s+to|on\s+the\s+basis\s+of|through)\s+(?:the\s+)?$"
)
_MOST_SHORT_FORMS = 200  # each is looked for in the whole text
_QUOTE_AND_ARTICLE = 8  # characters that may stand before a short form said again
_SENTENCE_START = re.compile(r"(?:[.;!?。；](?=[\s\"”’)])|\n\s*\n)")
_ONLY_JOINED = re.compile(
    r"^[\s,;、，]*(?:(?:and|or|as\s+well\s+as|such\s+as|the|of|with|both)\b[\s,]*)*(?:[\w’'-]+\s+){0,5}[’']?s?\s*$"
)
_OF = re.compile(r",?\s+(?:of|in|under)\s+(?:the\s+)?")
_COMMA = re.compile(r"\s*,?\s+")
_BRACKET = re.compile(r"\s*[(（\[【]\s*")
_TITLE_BEFORE = re.compile(
    r"((?:[A-Z][\w’'-]*\s+){0,6}(?:Law|Regulations|Measures|Provisions|Rules|Opinions|Outline|Interpretation|Notice|Circular|Decision|Plan|Program|Memorandum)"
    r"\s+(?:on|for|of|concerning|regarding)\s+[^.;:()（）\n]{3,200}?)\s*[(（]$"
)
_OPENING_MARKS = re.compile(r"^[“\"《«‘*_]+|[”\"》»’*_]*\s*[(（\[【]\s*$")
_CLOSING = re.compile(r"[^()（）\n]{0,80}[)）]")
_ISSUES = re.compile(r"\b(?:issu|print|publish|promulgat|forward|distribut|releas)\w*\b", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"^(?:Notice|Circular|Announcement|Reply|Decision)\s+(?:on|concerning|regarding|of)\s+(?:the\s+)?"
)
_QUOTED_BEFORE = re.compile(r"[“\"《«‘*_][^“”\"《》«»‘’*_\n]{3,200}[”\"》»’*_]\s*[(（\[【]\s*$")
_AMENDING = re.compile(r"\b(?:amend|revis|modif)", re.IGNORECASE)


def read_citations(reading: Reading, reference: Reference) -> tuple[Citation, ...]:
    """The citations of the document, in text order, none inside another."""
    mentions = _mentions(reading)
    resolver = UnitResolver(reading) if any(mention.unit for mention in mentions) else None
    found: list[Citation] = []
    for mention in mentions:
        citation = _citation(reading, mention, resolver, found[-1] if found else None)
        found.append(citation)
    return tuple(found)


def tie(before: str, after: str) -> VerbRule | None:
    """The row that ties a citation to the words before and after it in its sentence; None for a bare mention."""
    for rule, left, right in _TIES:
        if (left is None or left.search(before)) and (right is None or right.search(after)):
            return rule
    return None


def rules_in(text: str) -> list[str]:
    """Ids of the rows that fire in `text`, in which X stands for the citation."""
    before, _, after = text.partition("X")
    rule = tie(before, after)
    return [rule.id] if rule else []


# ---------------------------------------------------------------- mentions


def _mentions(reading: Reading) -> list[_Mention]:
    text = reading.flowing
    titles = read_titles(text) if reading.hints_at(TITLE_HINT) else []
    titles = [title for title in titles if _may_cite(reading, title.start)]
    introductions = read_introductions(text) if reading.hints_at(SHORT_FORM_HINT) else ()
    numbers = list(read_numbers(text)) if reading.hints_at(NUMBER_HINT) else []
    numbers = [number for number in numbers if _may_cite(reading, number.start)]
    cited: list[_Mention] = []
    if titles or numbers:
        own, own_keys = _own_titles(reading), _own_keys(reading)
        instruments = _instruments(text, titles, numbers, introductions)
        cited = [m for m in instruments if not _is_own(m, own, own_keys, reading.document.meta.title)]
        cited = [*_short_forms(text, cited, introductions), *cited]
    return _with_units(reading, _without_overlaps(sorted(cited, key=lambda m: (m.start, -m.end))))


def _may_cite(reading: Reading, offset: int) -> bool:
    """Whether an instrument named here is cited: not in the title, a heading or the notes of adoption, but for what amended the text."""
    leaf = reading.leaf_at(offset)
    if leaf.kind == "preface":
        return bool(_AMENDED_BY.search(reading.flowing, max(leaf.text_start, offset - _BEFORE), offset))
    return leaf.kind not in _NOT_THE_TEXT and offset >= leaf.text_start


def _own_keys(reading: Reading) -> set[str]:
    meta = reading.document.meta
    return {number_key(meta.doc_number), number_key(meta.doc_number_zh)} - {""}


def _own_titles(reading: Reading) -> set[str]:
    meta = reading.document.meta
    return {_plain(title) for title in (meta.title, meta.title_zh, meta.short_title) if title}


def _is_own(mention: _Mention, titles: set[str], keys: set[str], title: str) -> bool:
    """Whether the document names itself: its number, its title, or the plan that a notice of that title issues."""
    if mention.number:
        return mention.number in keys
    plain = _plain(mention.title)
    is_issued = len(plain.split()) >= 4 and _ISSUES.search(title) is not None and plain in _plain(title)
    is_issued = is_issued or _plain(_OF_WHAT.sub("", title)) == plain
    return plain in titles or is_issued


def _plain(title: str) -> str:
    return re.sub(r"[^\w]+", " ", title.replace("’", "'").replace("'", "")).strip().lower().removeprefix("the ")


def _instruments(
    text: str, titles: list[Title], numbers: list[DocumentNumber], introductions: Sequence[Introduction]
) -> list[_Mention]:
    """Titles with their numbers, and numbers that stand alone; short forms where they are introduced are left out."""
    introduced = _Ranges((i.open, i.end) for i in introductions)
    found: list[_Mention] = []
    used: set[int] = set()
    by_start = {number.start: i for i, number in enumerate(numbers)}
    for title in titles:
        if introduced.hold(title.start):
            continue
        end, index = _number_of(text, title.end, numbers, by_start)
        number = numbers[index] if index is not None else None
        if index is not None:
            used.add(index)
        doubt = "the number may belong to several series" if number and not number.certain else ""
        found.append(
            _Mention(title.start, end, f"title-{title.rule}", title.title, number.key if number else "", doubt=doubt)
        )
    inside = _Ranges((m.start, m.end) for m in found)
    for index, number in enumerate(numbers):
        if index not in used and not inside.hold(number.start):
            doubt = "" if number.certain else "the number may belong to several series"
            before = text[max(number.start - 260, 0) : number.start]
            titled = _QUOTED_BEFORE.search(before) or _TITLE_BEFORE.search(before)
            close = _CLOSING.match(text, number.end) if titled else None
            if titled and close:  # "Guiding Opinions on joint incentives (Guofa (2016) No. 33)"
                found.append(
                    _Mention(
                        number.start - len(before) + titled.start(),
                        close.end(),
                        "title-before-number",
                        _OPENING_MARKS.sub("", titled[0]),
                        number.key,
                        doubt=doubt,
                    )
                )
                continue
            found.append(_Mention(number.start, number.end, f"number-{number.rule}", number=number.key, doubt=doubt))
    return found


def _number_of(text: str, end: int, numbers: list[DocumentNumber], by_start: dict[int, int]) -> tuple[int, int | None]:
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


def _short_forms(text: str, cited: list[_Mention], introductions: Sequence[Introduction]) -> Iterator[_Mention]:
    """Later mentions of a short form that a parenthesis right after a citation introduced."""
    by_end = {mention.end: mention for mention in cited}
    known: set[str] = set()
    for introduction in introductions:
        mention = by_end.get(introduction.open) or by_end.get(introduction.open - 1) or by_end.get(introduction.end)
        term = text[introduction.term_start : introduction.term_end]
        core = re.sub(r"^(?:the|The)\s+", "", term)
        if mention is None or not core[:1].isupper() or core in known or len(known) == _MOST_SHORT_FORMS:
            continue
        known.add(core)
        for start, end in _later(text, core, introduction.end):
            yield _Mention(start, end, "short-form", mention.title, mention.number)


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
    return " " in core or text[start] in '"“《‘*' or before.endswith(("the", "the same", "said"))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A mention with both its quotation marks or with none."""
    opens, closes = text[start] in '"“《‘*', text[end - 1] in '"”》’*'
    if opens and not closes:
        return start + 1, end
    return (start, end - 1) if closes and not opens else (start, end)


def _without_overlaps(mentions: list[_Mention]) -> list[_Mention]:
    kept: list[_Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


# ---------------------------------------------------------------- numbered units


def _with_units(reading: Reading, cited: list[_Mention]) -> list[_Mention]:
    """The mentions with the numbered units that belong to them, and the units of this document beside them."""
    text = reading.flowing
    units = list(read_unit_references(text)) if reading.hints_at(UNIT_HINT) else []
    decimals = decimal_numbers(reading)
    if decimals:
        units = sorted([*units, *read_decimal_references(text, decimals)], key=lambda unit: unit.start)
    units = [unit for unit in units if _is_reference(reading, unit)]
    if not units:
        return cited
    by_start = {mention.start: i for i, mention in enumerate(cited)}
    by_end = {mention.end: i for i, mention in enumerate(cited)}
    joined = list(cited)
    own: list[_Mention] = []
    for unit in units:
        of = None if unit.which else _OF.match(text, unit.end)
        index = by_start.get(of.end()) if of else None
        if index is not None:
            joined[index] = replace(joined[index], start=unit.start)
            continue
        index = next((by_end[at] for at in range(unit.start - 1, unit.start - 4, -1) if at in by_end), None)
        if index is not None and not unit.which and re.fullmatch(r",?[^\S\n]+", text[cited[index].end : unit.start]):
            joined[index] = replace(joined[index], end=unit.end)
            continue
        own += [_Mention(part.start, part.end, "unit", unit=part) for part in unit.by_article()]
    inside = _Ranges((m.start, m.end) for m in joined)
    own = [m for m in own if not inside.hold(m.start)]
    return sorted(joined + own, key=lambda m: m.start)


def _is_reference(reading: Reading, unit: UnitReference) -> bool:
    """Whether a number is named, not printed as the number of the provision it opens."""
    leaf = reading.leaf_at(unit.start)
    return leaf.kind not in _NOT_THE_TEXT and unit.start >= leaf.text_start


# ---------------------------------------------------------------- records


def _citation(reading: Reading, mention: _Mention, resolver: UnitResolver | None, last: Citation | None) -> Citation:
    before, after = _surroundings(reading.flowing, mention)
    rule = tie(before, after)
    verb = rule.verb if rule else CitationVerb.MENTIONS
    if last and verb is CitationVerb.MENTIONS and _is_joined(reading.flowing, last, mention):
        verb = last.verb
    target, doubt = "", mention.doubt
    if mention.unit and resolver:
        target, doubt = _own_target(reading, mention.unit, resolver)
    return Citation(
        span=reading.span(mention.start, mention.end),
        rule=mention.rule if rule is None else f"{mention.rule}/{rule.id}",
        verb=verb,
        target=target,
        title=mention.title,
        number=mention.number,
        certain=not doubt,
        doubt=doubt,
    )


def _own_target(reading: Reading, unit: UnitReference, resolver: UnitResolver) -> tuple[str, str]:
    meta = reading.document.meta
    if not unit.which and (meta.amends or _AMENDING.search(meta.title)):
        return "", "the unit may be one of the amended instrument"
    eid = resolver.resolve(unit)
    if eid is None:
        return "", "no such unit in the document"
    return (f"{reading.document.id}#{eid}" if eid else reading.document.id), ""


def _surroundings(text: str, mention: _Mention) -> tuple[str, str]:
    """The words of the sentence before the citation and after it, cut to a window."""
    before = text[max(mention.start - _BEFORE, 0) : mention.start]
    cut = [match.end() for match in _SENTENCE_START.finditer(before)]
    after = text[mention.end : mention.end + _AFTER]
    stop = re.search(r"[.;](?=\s)|\n\s*\n", after)
    return before[cut[-1] :] if cut else before, after[: stop.end()] if stop else after


def _is_joined(text: str, last: Citation, mention: _Mention) -> bool:
    """Whether only "and", "or", a comma or a possessor stands between two citations."""
    between = re.sub(r"\s*[(（][^()（）]*[)）]", "", text[last.span.end : mention.start])
    return len(between) < 60 and bool(_ONLY_JOINED.match(between))
