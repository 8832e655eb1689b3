"""Definitions: a term and the words that define it. '"Adverse information" as used in these Regulations refers to …'.

The term is marked without quotation marks; the span is the sentence, or for "hereinafter" the noun phrase with its
parenthesis ("the public credit work body under it (hereinafter “provincial public credit work body”)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from kb.extract.context import Reading
from kb.extract.glossaries import NOT_TERMS, has_verb, listed_term, read_listed_terms, read_term_tables
from kb.extract.hereinafter import SHORT_FORM_HINT, Introduction, read_introductions
from kb.extract.scan import WordScan
from kb.extract.words import ADVERB, BE, BE_FINITE, CONJ, MODAL, VERB, VERB_ED, VERB_S, classify
from kb.model import Citation, Definition
from kb.rules import Rule, load_rules


class DefinitionRule(Rule, frozen=True, kw_only=True):
    """A shape: what follows the term, what may stand before it, whether the term may stand without quotation marks."""

    pattern: str
    head: str = ""
    unquoted: bool = False


RULES = load_rules(Path(__file__).with_suffix(".yaml"), DefinitionRule)
_SHAPES = tuple(
    (r, re.compile(r.pattern), re.compile(r.head) if r.head else None)
    for r in RULES
    if r.id
    not in {"hereinafter", "bracketed-short-form", "listed-term", "further-term", "referred-to-here", "named-within"}
)
_NAMERS = tuple((r.id, re.compile(r.pattern)) for r in RULES if r.id in {"referred-to-here", "named-within"})
_FURTHER_VERB = next(r.pattern for r in RULES if r.id == "further-term")

CUE = WordScan(
    r"(?:(?:refers?\s+to|means?|defined\s+as|(?:used|defined|mentioned|provided(?:\s+for)?|specified|prescribed)\s+in\b|(?:referred\s+to|called|known|designated)\s+(?:in|here|below)\b|underst(?:ood|ands?)|meant|construed|interpreted|designates?|(?<=following\s)meanings?|(?<=same\s)meanings?|meanings?\s+(?:of|as|given|assigned|ascribed|set|laid|provided)|(?:defines?|describes?)\s+[\"“‘«]|sense\s+of\s+th(?:is|ese)|speaks?\s+of|What\s+(?:is|these|this)\b|denotes?|signif(?:y|ies))\b|(?:[Ii]n|[Uu]nder)\s+th(?:is|ese)(?:\s+(?:[A-Z]\w+|article|chapter|part|section|paragraph)){1,4}(?:,|\s+[\"“‘'])|purposes?\s+of\s+th(?:is|ese)\b)",
    first="rmduspcnkiIUW",
)
QUOTED_CUE = re.compile(
    r"[\"”’«»][*_]{0,2}\s+(?:(?:in|of|under)\s+(?:th(?:is|ese)|Articles?|[Pp]aragraphs?|[Ii]tems?|[Ss]ections?|the\s+(?:preceding|previous|first|second))|(?:here(?:in)?\s+)?is|are|here(?:in)?\s+are|(?:shall|both|all)\s+be|appears?\s+in|occurs?\s+in|excludes?|(?:(?:also|do(?:es)?\s+not|both|all|shall(?:\s+not)?)\s+)?(?:covers?|includes?|comprises?)|stands?\s+for|describes?|embraces?)\b|[\"”’«»*_]\s+=(?=\s)|[)）\]](?<=[a-z一-鿿*_].),?\s+(?:is|are|includes?|covers?|comprises?)\b"
)
CUE_HINT = re.compile(
    r"refer|mean|defin|describes?$|used|mentioned|provided|specified|prescribed|called|underst|sense$|denote|designates$|construed|interpreted|signif|purpose"
    r"|this$|these$|[\"”’«»*_一-鿿)）]|^=$|Mean|Defin|Stands|Explan|Full$|Abbrev|Gloss|Interpret|Terms"
)
_OPENING = re.compile(
    r"(?:[-*+#>\s]|\(?[0-9a-zA-Z]{1,3}[.)、]\s|[（(][^()（）\n]{1,4}[)）]\s*)*(?P<head>)(?:Unless\s[^,;.\n]{3,80},\s+)?(?:[Tt]he\s+(?:term|phrase|expression|words?|name)s?\s+|[Tt]he\s+(?=[\"“‘'«»])|(?:The\s+so|So)-called\s+|What\s+(?:is|th(?:is|ese)\s+[A-Z]\w+)\s+calls?(?:ed)?\s+)?(?:an?\s+|An?\s+)?(?:(?:The\s+)?(?:[Aa]bove-mentioned|[Aa]foresaid|said)\s+(?=[\"“‘'«»]))?"
)
_QUOTED_TERM = re.compile(
    r"[*_]{0,3}[\"“‘'《«»*_][*_]{0,3}([^\"“”«»*_\s][^\"“”«»\n]{1,160}?)[*_]{0,3}[\"”’'》«»*_][*_]{0,3}(?!\w)"
)
_SHORT_FORM = re.compile(
    r"\s*(?:[(（][^()（）\n]{1,120}[)）]|\[[^\[\]\n]{1,60}\]|[一-鿿]{2,20})"
)  # '"medium firms" (below: "firms") are …'
_SENTENCE_END = re.compile(r"[.。](?=[\"”’)\]]*(?:\s|$))[\"”’)\]]*|\n\s*\n|$")
_CLAUSE_END = re.compile(r"[;；]|[.。](?=\s|$)")
_EMPHASIS = re.compile(r"[*_]{0,3}")
_CLOSING_QUOTES = frozenset("\"”’'«»")
_SENTENCE_BREAK = re.compile(r"[.;:!?。；：][\"”’)]*\s+|\n\s*\n")
_NP_STOP = re.compile(r"[.;:。；：](?=\s)|\n")
_ALSO_BY = re.compile(r";\s+(?:and\s+)?by\s+[\"“‘']([^\"“”‘\n]{2,160}?)[\"”’'](?=,?\s)")
_TERM_TAIL = re.compile(
    r"\s*[(（][^()（）\n]{1,120}[)）]$|\s*\[[^\[\]\n]{1,60}\]$|\s[一-鿿]{2,20}$|[*_]{1,2}\s*$|,?\s+(?:(?:as\s+)?(?:mentioned|used|referred\s+to)\s+)?(?:(?:in|under|within)\s+th(?:is|ese)\s+[A-Za-z][\w ]{2,40}|herein|here)$"
)
_SIBLING = re.compile(r"[\"“«]([^\"“”«»\n]{2,80})[\"”»]")
_MORE = r"(?:(?:,|,?\s+(?:and|or))\s+[\"“«][^\"“”«»\n]{2,80}[\"”»]){0,6}"
_SIBLINGS = re.compile(_MORE)
_FURTHER = re.compile(
    rf"(?:[;；,]|[.。][\"”’)]?|(?=\s(?:and|while|whereas)\s))\s+(?:(?:and|while|whereas)\s+)?(?:(?:an?|the|An?|The)\s+)?(?:terms?\s+)?"
    rf"[\"“‘«»]([^\"“”‘«»\n]{{2,120}}?)[\"”’«»](?P<more>{_MORE})(?:{_FURTHER_VERB}|\s+(?:for\s+)?(?:an?|the|its|any|all|those|every|each)\s)"
)
_LONGEST = 1_500  # characters of a sentence in which a term is looked for behind what it names
_MAX_TERM_WORDS = 14


def read_definitions(reading: Reading, citations: Sequence[Citation]) -> tuple[Definition, ...]:
    """The definitions of the document in text order; a short form of a cited title is one as well."""
    text = reading.flowing
    found = [*_sentences(reading, text), *_short_forms(reading, text, citations)]
    if reading.hints_at(CUE_HINT):
        found += [*read_listed_terms(reading, text), *read_term_tables(reading)]
    found.sort(key=lambda d: (d.term.start, d.term.end))
    kept: list[Definition] = []
    for definition in found:
        if not kept or definition.term.start >= kept[-1].term.end:
            kept.append(definition)
    return tuple(kept)


def rules_in(text: str) -> list[str]:
    """Ids of the rows that fire in `text`, read as one paragraph."""
    shaped = [shape[0] for start in [0] if (shape := _shape(text, start, len(text)))]
    lead_in, _, point = text.partition("\n")
    listed = ["listed-term"] if listed_term(lead_in, 0, len(lead_in), point, 0, len(point)) else []
    further = ["further-term"] if not shaped and _FURTHER.match(text) else []
    named = [rule for rule, pattern in _NAMERS if pattern.search(text)][:1]
    return [*shaped, *named, *listed, *further, *(i.rule for i in read_introductions(text))]


def _sentences(reading: Reading, text: str) -> Iterator[Definition]:
    """Defining sentences; only those that hold a cue are looked at."""
    if not reading.hints_at(CUE_HINT):
        return
    reached = stop = -1
    cues = sorted([*CUE.finditer(text), *QUOTED_CUE.finditer(text)], key=lambda cue: cue.start())
    for cue in cues:
        leaf = reading.leaf_at(cue.start())
        if leaf.kind in {"heading", "note"} or cue.start() < leaf.text_start:
            continue
        start = _sentence_start(text, cue.start(), max(leaf.text_start, cue.start() - 600))
        if start <= reached:
            continue
        reached = start
        if cue.end() >= stop:
            end = _SENTENCE_END.search(text, cue.end(), leaf.text_end)
            stop = end.end() if end and end.group() and end.group()[0] in ".。" else leaf.text_end
        shape = _shape(text, start, stop)
        if shape and leaf.kind == "preface" and text[shape[2]] not in _CLOSING_QUOTES:
            continue  # the words of a title
        if shape and shape[1] < shape[2]:  # a term in front of the cue
            rule, term_start, term_end, opened = shape
            yield Definition(reading.span(term_start, term_end), reading.span(opened, len(text[:stop].rstrip())), rule)
            yield from _also_by(reading, text, term_end, stop) if rule == "by-is-meant" else ()
            behind = _EMPHASIS.match(text, term_end).end()  # type: ignore[union-attr]
            if text[behind] in _CLOSING_QUOTES:
                yield from _siblings(reading, text, behind + 1, opened, stop, rule)
                yield from _further(reading, text, term_end, leaf.text_end)
        elif not shape:
            yield from _named(reading, text, start, stop)


def _named(reading: Reading, text: str, start: int, stop: int) -> Iterator[Definition]:
    """The term of 'A unit fined twice is a “repeat offender” within the meaning of these Rules', behind what it names."""
    for rule, pattern in _NAMERS:
        named = pattern.search(text, start, min(stop, start + _LONGEST))
        if named:
            term = named.span(named.lastgroup or "term")
            yield Definition(reading.span(*term), reading.span(start, len(text[:stop].rstrip())), rule)
            return


def _also_by(reading: Reading, text: str, start: int, stop: int) -> Iterator[Definition]:
    """The further terms of 'By "seeds" this Law understands …; by "false seeds", …'."""
    for also in _ALSO_BY.finditer(text, start, stop):
        end = text.find(";", also.end(), stop)
        yield Definition(
            reading.span(*also.span(1)), reading.span(also.start(1) - 1, end if end > 0 else stop), "by-is-meant"
        )


def _siblings(reading: Reading, text: str, start: int, opened: int, stop: int, rule: str) -> Iterator[Definition]:
    """The other terms of 'The terms “above” and “below” as used in these Rules …'."""
    behind = _SIBLINGS.match(text, start, stop)
    for sibling in _SIBLING.finditer(text, start, behind.end()) if behind else ():
        yield Definition(reading.span(*sibling.span(1)), reading.span(opened, len(text[:stop].rstrip())), rule)


def _further(reading: Reading, text: str, start: int, stop: int) -> Iterator[Definition]:
    """The terms that a paragraph goes on to define: '“pilots” means those who steer; “mates” are those who help'."""
    further = list(_FURTHER.finditer(text, start, stop))
    for also, after in zip_longest(further, further[1:]):
        last = after.start() if after else stop
        end = _CLAUSE_END.search(text, also.end(), last)
        span = reading.span(also.start(1) - 1, end.start() if end else last)
        yield Definition(reading.span(*also.span(1)), span, "further-term")
        for sibling in _SIBLING.finditer(text, *also.span("more")):
            yield Definition(reading.span(*sibling.span(1)), span, "further-term")


def _sentence_start(text: str, at: int, floor: int) -> int:
    """Where the sentence around `at` begins, not before `floor`."""
    breaks = [match.end() for match in _SENTENCE_BREAK.finditer(text, floor, at)]
    return breaks[-1] if breaks else floor


def _shape(text: str, start: int, end: int) -> tuple[str, int, int, int] | None:
    """(row, start and end of the term, start of the sentence), where text[start:end] defines a term."""
    for rule, pattern, head in _SHAPES:
        opening = _OPENING.match(text, start, end)
        begin = opening.end() if opening else start
        if head:
            before = head.match(text, start, end)
            if not before:
                continue
            begin = _OPENING.match(text, before.end(), end).end()  # type: ignore[union-attr]
        term = _term(text, begin, end, rule, pattern)
        if term:
            return rule.id, *term, opening.start("head") if opening else start
    return None


def _term(text: str, begin: int, end: int, rule: DefinitionRule, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    quoted = _QUOTED_TERM.match(text, begin, end)
    if quoted:
        short_form = _SHORT_FORM.match(text, quoted.end(), end)
        behind = short_form.end() if short_form else quoted.end()
        behind = _SIBLINGS.match(text, behind, end).end()  # type: ignore[union-attr]
        return quoted.span(1) if pattern.match(text, behind, end) else None
    if not rule.unquoted:
        return None
    verb = pattern.search(text, begin, min(end, begin + 240))
    if not verb or verb.start() <= begin:
        return None
    tail = _TERM_TAIL.search(text, begin, verb.start())
    close = tail.start() if tail and tail.start() > begin else verb.start()
    words = text[begin:close].strip().split()
    if not 0 < len(words) <= _MAX_TERM_WORDS or NOT_TERMS.match(text[begin : verb.start()]) or has_verb(words):
        return None
    first = begin + (4 if text[begin : begin + 4] in {"The ", "the "} else 0)
    return first, close


def _short_forms(reading: Reading, text: str, citations: Sequence[Citation]) -> Iterator[Definition]:
    """Terms that a parenthesis introduces, with the noun phrase before it."""
    if not reading.hints_at(SHORT_FORM_HINT):
        return
    cited = {citation.span.end: citation.span.start for citation in citations}
    for introduction in read_introductions(text):
        leaf = reading.leaf_at(introduction.open)
        if leaf.kind == "note" or introduction.open < leaf.text_start:
            continue
        start = next((cited[at] for at in range(introduction.open - 2, introduction.open + 1) if at in cited), -1)
        if start < 0:
            start = _phrase_start(text, introduction, leaf.text_start)
        term = reading.span(introduction.term_start, introduction.term_end)
        yield Definition(term, reading.span(start, introduction.end), introduction.rule)


def _is_passive(kinds: Sequence[int], at: int) -> bool:
    """Whether the words before a "by" are a passive ("shall be found and punished by"), no participle behind a noun."""
    k = at - 1
    while k > 0 and kinds[k] & (VERB_ED | CONJ | ADVERB):
        k -= 1
    return 0 <= k < at - 1 and bool(kinds[k] & BE)


def _phrase_start(text: str, introduction: Introduction, floor: int) -> int:
    """Where the noun phrase before a parenthesis begins: after the last verb, preposition or stop that cannot be in it."""
    floor = max(floor, introduction.open - 400)
    before = text[floor : introduction.open]
    stops = [match.end() for match in _NP_STOP.finditer(before)]
    floor += stops[-1] if stops else 0
    words = list(re.finditer(r"\S+", text[floor : introduction.open]))
    kinds = [classify(word[0].lower().strip(",()")) for word in words]
    for at in range(len(words) - 1, -1, -1):
        has_object = at + 1 < len(words) and words[at + 1][0].lower() in {"the", "a", "an", "all"}
        if (
            kinds[at] & (MODAL | BE_FINITE)
            or (kinds[at] & (VERB | VERB_S) and has_object)
            or (words[at][0] == "by" and _is_passive(kinds, at))
        ):
            return floor + words[min(at + 1, len(words) - 1)].start()
    return floor + (words[0].start() if words else 0)
