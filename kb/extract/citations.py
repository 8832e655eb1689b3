"""Citations: references to other instruments and to numbered units of the document, with the verb that ties them.

In come the text and its provisions, out come the citations in text order: `"Planning Outline … (2014–2020)" (Guofa [2014]
No. 21)` with title and number; "Article 46 of the Government Procurement Law"; "Items 6 to 8", resolved to an eId; and
"the Outline" once a parenthesis has introduced it. The document's own title and number are none. What an instrument is in
the corpus is decided in resolve.py, which sees all documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kb.extract.citation_titles import TITLE_HINT, read_titles
from kb.extract.citation_units import UNIT_HINT, UnitReference, UnitResolver, read_unit_references
from kb.extract.context import Reading
from kb.extract.document_numbers import NUMBER_HINT, number_key, read_numbers
from kb.extract.hereinafter import SHORT_FORM_HINT, read_introductions
from kb.extract.instruments import Mention, Ranges, read_instruments, read_short_forms
from kb.extract.printed_references import printed_numbers, read_printed_references
from kb.model import Citation, CitationVerb, Provision, Reference
from kb.rules import Rule, load_rules


class VerbRule(Rule, frozen=True, kw_only=True):
    """A tie: what stands before the citation, after it, or both."""

    verb: CitationVerb
    before: str = ""
    after: str = ""


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
_SENTENCE_START = re.compile(r"(?:[.;!?。；](?=[\s\"”’)])|\n\s*\n)")
_ONLY_JOINED = re.compile(
    r"^[\s,;、，]*(?:(?:and|or|as\s+well\s+as|such\s+as|the|of|with|both)\b[\s,]*)*(?:[\w’'-]+\s+){0,5}[’']?s?\s*$"
)
_OF = re.compile(r",?\s+(?:of|in|under)\s+(?:the\s+)?")
_TO = re.compile(r",?\s+(?:of|in|to)\s+(?:the\s+)?")
_BEHIND = re.compile(r",?[^\S\n]+|\s?[(（]")
_CHAINING = {" of ", " in ", " under "}
_ISSUES = re.compile(r"\b(?:issu|print|publish|promulgat|forward|distribut|releas)\w*\b", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"^(?:Notice|Circular|Announcement|Reply|Decision)\s+(?:on|concerning|regarding|of)\s+(?:the\s+)?"
)
_AMENDING = re.compile(r"\b(?:amend|revis|modif)", re.IGNORECASE)


def read_citations(reading: Reading, reference: Reference) -> tuple[Citation, ...]:
    """The citations of the document, in text order, none inside another."""
    printed = printed_numbers(reading)
    mentions = _mentions(reading, printed)
    resolver = UnitResolver(reading, printed) if any(mention.unit for mention in mentions) else None
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


def _mentions(reading: Reading, printed: Mapping[str, Provision]) -> list[Mention]:
    text = reading.flowing
    titles = read_titles(text) if reading.hints_at(TITLE_HINT) else []
    titles = [title for title in titles if _may_cite(reading, title.start)]
    introductions = read_introductions(text) if reading.hints_at(SHORT_FORM_HINT) else ()
    numbers = list(read_numbers(text)) if reading.hints_at(NUMBER_HINT) else []
    numbers = [number for number in numbers if _may_cite(reading, number.start)]
    cited: list[Mention] = []
    if titles or numbers:
        own, own_keys = _own_titles(reading), _own_keys(reading)
        instruments = read_instruments(text, titles, numbers, introductions)
        cited = [m for m in instruments if not _is_own(m, own, own_keys, reading.document.meta.title)]
        cited = [*read_short_forms(text, cited, introductions), *cited]
    return _with_units(reading, _without_overlaps(sorted(cited, key=lambda m: (m.start, -m.end))), printed)


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


def _is_own(mention: Mention, titles: set[str], keys: set[str], title: str) -> bool:
    """Whether the document names itself: its number, its title, or the plan that a notice of that title issues."""
    if mention.number:
        return mention.number in keys
    plain = _plain(mention.title)
    is_issued = len(plain.split()) >= 4 and _ISSUES.search(title) is not None and plain in _plain(title)
    is_issued = is_issued or _plain(_OF_WHAT.sub("", title)) == plain
    return plain in titles or is_issued


def _plain(title: str) -> str:
    return re.sub(r"[^\w]+", " ", title.replace("’", "'").replace("'", "")).strip().lower().removeprefix("the ")


def _without_overlaps(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


# ---------------------------------------------------------------- numbered units


def _with_units(reading: Reading, cited: list[Mention], printed: Mapping[str, Provision]) -> list[Mention]:
    """The mentions with the numbered units that belong to them, and the units of this document beside them.

    `printed` are the provisions by the numbers that the document prints, which are units too.
    """
    text = reading.flowing
    units = list(read_unit_references(text)) if reading.hints_at(UNIT_HINT) else []
    if printed:
        units = sorted([*units, *read_printed_references(text, printed)], key=lambda unit: unit.start)
    units = _chained(text, [unit for unit in units if _is_reference(reading, unit)])
    if not units:
        return cited
    by_start = {mention.start: i for i, mention in enumerate(cited)}
    by_end = {mention.end: i for i, mention in enumerate(cited)}
    joined = list(cited)
    own: list[Mention] = []
    for unit in units:
        of = None if unit.which else (_TO if unit.is_annex else _OF).match(text, unit.end)
        index = by_start.get(of.end()) if of else None
        if index is not None:
            joined[index] = replace(joined[index], start=unit.start)
            continue
        index = next((by_end[at] for at in range(unit.start - 1, unit.start - 4, -1) if at in by_end), None)
        parts = list(unit.by_article())
        gap = text[cited[index].end : unit.start] if index is not None else ""
        if index is not None and (len(parts) > 1 or not unit.which) and _BEHIND.fullmatch(gap):
            closes = gap[-1] in "(（" and text[parts[0].end : parts[0].end + 1] in ")）"
            if gap[-1] not in "(（" or closes:
                joined[index] = replace(joined[index], end=parts[0].end + closes)
                parts = parts[1:]
        own += [Mention(part.start, part.end, "unit", unit=part) for part in parts]
    inside = Ranges((m.start, m.end) for m in joined)
    own = [m for m in own if not inside.hold(m.start)]
    return _without_overlaps(sorted(joined + own, key=lambda m: (m.start, -m.end)))


def _chained(text: str, units: list[UnitReference]) -> list[UnitReference]:
    """The units, with "Items 1 and 2 of" joined to the "I (ii)" behind it."""
    joined: list[UnitReference] = []
    for unit in units:
        last = joined[-1] if joined else None
        if last and unit.is_printed and not last.which and text[last.end : unit.start] in _CHAINING:
            joined[-1] = replace(last, end=unit.end, units=(*last.units, *unit.units), places=())
        else:
            joined.append(unit)
    return joined


def _is_reference(reading: Reading, unit: UnitReference) -> bool:
    """Whether a number is named, not printed as the number of the provision it opens."""
    leaf = reading.leaf_at(unit.start)
    is_label = unit.is_annex and unit.start == leaf.text_start
    return leaf.kind not in _NOT_THE_TEXT and unit.start >= leaf.text_start and not is_label


# ---------------------------------------------------------------- records


def _citation(reading: Reading, mention: Mention, resolver: UnitResolver | None, last: Citation | None) -> Citation:
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


def _surroundings(text: str, mention: Mention) -> tuple[str, str]:
    """The words of the sentence before the citation and after it, cut to a window."""
    before = text[max(mention.start - _BEFORE, 0) : mention.start]
    cut = [match.end() for match in _SENTENCE_START.finditer(before)]
    after = text[mention.end : mention.end + _AFTER]
    stop = re.search(r"[.;](?=\s)|\n\s*\n", after)
    return before[cut[-1] :] if cut else before, after[: stop.end()] if stop else after


def _is_joined(text: str, last: Citation, mention: Mention) -> bool:
    """Whether only "and", "or", a comma or a possessor stands between two citations."""
    between = re.sub(r"\s*[(（][^()（）]*[)）]", "", text[last.span.end : mention.start])
    return len(between) < 60 and bool(_ONLY_JOINED.match(between))
