"""Time expressions: text in, `Time` records out, each with its span, its rule and its value.

    "The bureau shall reply within 15 working days of receipt; the platform opens by the end of June 2018."
    -> relative-duration P15D working-day, trigger "receipt"; deadline 2018-06-30

One scan looks for seeds (years, months, units); only sentences that hold one are cut into pieces and run through the tables
in their order: numbers, lengths, points, parts and ranges, phrases; then the surroundings have their say (types) and the
events of lengths are found. What a table makes is one piece for the next. docs/times.md describes the whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Literal

from kb.extract.context import Reading
from kb.extract.times_calendar import Clock
from kb.extract.times_contexts import CONTEXTS, judge
from kb.extract.times_events import find_event
from kb.extract.times_grammar import Found, PatternRule, Table
from kb.extract.times_phrases import PHRASES, Draft, PhraseRule
from kb.extract.times_points import POINTS
from kb.extract.times_quantities import LENGTHS, NUMBERS, Reader
from kb.extract.times_recurrences import RECURRENCES
from kb.extract.times_seeds import SEED_HINT, find_seeds
from kb.extract.times_stretches import STRETCHES
from kb.extract.times_tokens import Line, Piece, Tokenizer, alphabet
from kb.model import DocumentKind, Origin, Provision, Span, Time, TimeType

_SENTENCE_END = re.compile(
    r"(?<![ .(]No)(?<!\bArt)[.!?][\"”’)\]*_]*\s+(?=[\"“‘(\[《*_]*[^\W\d_a-z])|[。！？]|\n[ \t]*\n|\|?[ \t]*\n(?=[ \t]*[|#>])"
)
_FOR_ONCE = frozenset(
    {DocumentKind.PLAN, DocumentKind.NORMATIVE_DOCUMENT, DocumentKind.LOCAL_NORMATIVE_DOCUMENT, DocumentKind.MEMORANDUM}
)
"""Kinds whose "this year" is a year of the calendar; what the others say holds for every year."""
_PHRASE_READERS = PHRASES | RECURRENCES
_SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:19|20)\d\d(?![\d/])")
_MONTHS_OF_YEAR = 12
_LATER = date(2099, 12, 31)
_KINDS_WITH_SCOPE = frozenset({"heading", "intro"})


class Grammar:
    """All tables, compiled once; the tokenizer comes last, since the tables say which words there are."""

    def __init__(self) -> None:
        self.steps: tuple[tuple[Table[PatternRule], dict[str, Reader]], ...] = (
            (Table(PatternRule, "times_numbers.yaml"), NUMBERS),
            (Table(PatternRule, "times_quantities.yaml"), LENGTHS),
            (Table(PatternRule, "times_points.yaml"), POINTS),
            (Table(PatternRule, "times_stretches.yaml"), STRETCHES),
        )
        self.phrases = Table(PhraseRule, "times_phrases.yaml", "times_lengths.yaml", "times_recurrences.yaml")
        self.tokenizer = Tokenizer(alphabet())
        self.masked = alphabet().shape("MASKED")

    def read(self, text: str, start: int, end: int, clock: Clock, masked: Sequence[tuple[int, int]]) -> Iterator[Draft]:
        """The drafts of one sentence, in text order, those that turn out to be no time as well."""
        line = self.tokenizer.line(text, start, end, masked)
        for table, readers in self.steps:
            line = table.run(line, lambda found, readers=readers: readers[found.rule.reads](found, clock))  # type: ignore[misc]
        line = self._phrases(line, clock)
        drafts = [(index, piece.value) for index, piece in enumerate(line.pieces) if isinstance(piece.value, Draft)]
        for index, draft in drafts:
            draft.rules = line.pieces[index].rules
            judge(line, index, draft, clock)
            if draft.type == "none":
                line.pieces[index].code = self.masked
        for index, draft in drafts:
            find_event(text, line, index, draft, clock)
            yield draft

    def _phrases(self, line: Line, clock: Clock) -> Line:
        """The line with its times as pieces; a year that a phrase sets holds for what follows it in the sentence."""

        def make(found: Found[PhraseRule]) -> Piece | None:
            nonlocal clock
            draft = _PHRASE_READERS[found.rule.reads](found, clock)
            if draft is None:
                return None
            draft.start, draft.end = found.pieces[0].start, found.pieces[-1].end
            clock = _after(draft, clock)
            return found.piece("TIME" if draft.type != "none" else "MASKED", draft)

        return self.phrases.run(line, make)

    def why(self) -> dict[str, str]:
        """The reason of every rule, by its id."""
        rules = [rule for table, _ in self.steps for rule in table.rules]
        return {rule.id: rule.why for rule in (*rules, *self.phrases.rules, *(c.rule for c in CONTEXTS))}


def _after(draft: Draft, clock: Clock) -> Clock:
    """The clock behind "in 2017": June, said next, is that of 2017. A year that is over tells of the past and sets none."""
    now = clock.document_date
    first, last = draft.earliest, draft.latest
    if draft.precision != "year" or draft.is_computed or first is None or last is None:
        return clock
    if first.year != last.year or (now is not None and last < now):
        return clock
    return replace(clock, year=last.year)


@cache
def grammar() -> Grammar:
    """The one grammar of the process."""
    return Grammar()


def read_times(reading: Reading, document_date: date | None, skip: Sequence[tuple[int, int]] = ()) -> tuple[Time, ...]:
    """All time expressions of a document, in text order; none is read inside the ranges of `skip` (citations, titles)."""
    text = reading.document.text
    meta = reading.document.meta
    seeds = find_seeds(text) if reading.hints_at(SEED_HINT) else ()
    if not seeds:
        return ()
    signed = meta.signed or (document_date if meta.kind is DocumentKind.MEMORANDUM else None)
    standing = Clock(document_date, None, meta.effective, signed, _is_day_first(text), meta.kind not in _FOR_ONCE)
    scopes = _Scopes(reading, meta.title)
    hidden = sorted(skip)
    out: list[Time] = []
    for leaf in _leaves_with(reading, seeds):
        if scopes.is_title(leaf):
            continue
        for start, end in _blocks(leaf):
            clock = replace(standing, year=scopes.year_for(leaf))
            drafts = _drafts(text, start, end, seeds, clock, hidden)
            times = [_time(reading.span, draft) for draft in drafts if draft.type != "none"]
            scopes.learn(leaf, times, is_head=end <= leaf.text_start)
            out += times
    return tuple(out)


def read_text_times(text: str, document_date: date | None) -> tuple[Time, ...]:
    """The time expressions of a bare text; the spans have no address."""
    return tuple(
        _time(_bare_span(text), draft) for draft in _drafts_of_text(text, document_date) if draft.type != "none"
    )


def explain(text: str, document_date: date | None) -> list[dict[str, str]]:
    """How each time of a text was read: phrase, type, the rules and their reasons, interval, length, bound, trigger."""
    why = grammar().why()
    return [_explained(text, draft, why) for draft in _drafts_of_text(text, document_date) if draft.type != "none"]


def rules_in(text: str) -> list[str]:
    """The ids of the rules that fire in a text, sorted, as in a document that is later than all it speaks of."""
    return sorted({rule for draft in _drafts_of_text(text, _LATER) for rule in draft.rules})


def _drafts_of_text(text: str, document_date: date | None) -> list[Draft]:
    seeds = find_seeds(text)
    return list(_drafts(text, 0, len(text), seeds, Clock(document_date, is_day_first=_is_day_first(text)), ()))


def _is_day_first(text: str) -> bool:
    """Whether a date with slashes that can be read in one way only, as 26/03/2019, has its day first; the first of them decides."""
    for date_in_text in _SLASHED.finditer(text) if "/20" in text or "/19" in text else ():
        first, second = int(date_in_text[1]), int(date_in_text[2])
        if first > _MONTHS_OF_YEAR >= second or second > _MONTHS_OF_YEAR >= first:
            return first > second
    return False


# ---------------------------------------------------------------- sentences


def _drafts(
    text: str, start: int, end: int, seeds: Sequence[int], clock: Clock, hidden: Sequence[tuple[int, int]]
) -> Iterator[Draft]:
    """The drafts of the sentences of text[start:end] that hold a seed."""
    for first, last in _sentences(text, start, end):
        at = bisect_right(seeds, first - 1)
        if at < len(seeds) and seeds[at] < last:
            low = bisect_right(hidden, first, key=itemgetter(1))
            masked = [r for r in hidden[low : bisect_right(hidden, last, key=itemgetter(0))] if r[1] > first]
            yield from grammar().read(text, first, last, clock, masked)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _SENTENCE_END.finditer(text, start, end):
        yield first, match.end()
        first = match.end()
    if first < end:
        yield first, end


def _blocks(leaf: Provision) -> tuple[tuple[int, int], ...]:
    """A run-in heading and the text behind it, each by itself; the text alone where there is no heading before it."""
    if leaf.heading and leaf.text_start > leaf.start:
        return (leaf.start, leaf.text_start), (leaf.text_start, leaf.text_end)
    return ((leaf.text_start, leaf.text_end),)


def _leaves_with(reading: Reading, seeds: Sequence[int]) -> Iterator[Provision]:
    for leaf in reading.leaves:
        at = bisect_right(seeds, leaf.start - 1)
        if at < len(seeds) and seeds[at] < leaf.end:
            yield leaf


class _Scopes:
    """The years that headings and lead-ins set for what stands under them ("Key work for 2016")."""

    def __init__(self, reading: Reading, title: str) -> None:
        self._reading = reading
        self._years: dict[str, int] = {}
        self._title = _letters(title)
        named = set(re.findall(r"(?<!\d)20\d\d(?!\d)", title)) if title else set()
        self._title_year = int(named.pop()) if len(named) == 1 else None

    def is_title(self, leaf: Provision) -> bool:
        """Whether the leaf prints the document's title, in which no time is read."""
        if leaf.kind != "preface":
            return False
        words = _letters(self._reading.document.text[leaf.text_start : leaf.text_end])
        return bool(words) and words in self._title

    def year_for(self, leaf: Provision) -> int | None:
        """The year that a month or day printed without one belongs to."""
        at: Provision | None = leaf
        while at is not None:
            if at.eid in self._years:
                return self._years[at.eid]
            at = self._reading.by_eid.get(at.parent)
        return self._title_year

    def learn(self, leaf: Provision, times: Sequence[Time], *, is_head: bool) -> None:
        """Keep the one year that a heading or lead-in names, or the heading that runs into a leaf."""
        about = leaf.eid if is_head else leaf.parent if leaf.kind in _KINDS_WITH_SCOPE else ""
        for time in times if about else ():
            if time.precision == "year" and time.type != TimeType.HISTORICAL and time.latest is not None:
                self._years[about] = time.latest.year


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


# ---------------------------------------------------------------- records


SpanMaker = Callable[[int, int], Span]


def _bare_span(text: str) -> SpanMaker:
    return lambda start, end: Span(eid="", start=start, end=end, quote=text[start:end])


def _time(span: SpanMaker, draft: Draft) -> Time:
    length = draft.length
    unit: Literal["", "working-day", "calendar-day"] = ""
    if length is not None and length.iso.endswith("D"):
        unit = "working-day" if length.is_working else "calendar-day"
    contexts = [rule for rule in draft.rules if rule in _context_ids()]
    return Time(
        type=TimeType(draft.type),
        rule="+".join([draft.rule, *contexts]),
        span=span(draft.start, draft.end),
        earliest=draft.earliest,
        latest=draft.latest,
        precision=draft.precision,
        duration=length.iso if length is not None else "",
        duration_min=length.iso_least if length is not None else "",
        unit=unit,
        bound=draft.bound,
        trigger=span(*draft.trigger) if draft.trigger is not None else None,
        rrule=draft.rrule,
        origin=Origin.COMPUTED if draft.is_computed else Origin.EXPLICIT,
        certain=not draft.doubt,
        doubt=draft.doubt,
    )


@cache
def _context_ids() -> frozenset[str]:
    return frozenset(context.rule.id for context in CONTEXTS)


def _explained(text: str, draft: Draft, why: dict[str, str]) -> dict[str, str]:
    time = _time(_bare_span(text), draft)
    interval = f"{time.earliest or '…'} to {time.latest or '…'}" if time.earliest or time.latest else ""
    length = f"{time.duration_min} to {time.duration}" if time.duration_min else time.duration
    return {
        "phrase": text[draft.start : draft.end],
        "type": str(time.type),
        "rule": "; ".join(f"{rule}: {why[rule]}" for rule in reversed(draft.rules)),
        "interval": interval,
        "precision": time.precision,
        "length": f"{length} {time.unit}".strip(),
        "bound": time.bound,
        "recurrence": time.rrule,
        "trigger": time.trigger.quote if time.trigger else "",
        "origin": str(time.origin),
        "doubt": time.doubt,
    }
