"""Glossaries: points and rows of tables that open with a term, where a lead-in or the head of the table announces meanings.

"For the purposes of these Rules: (1) Boat: a vessel without a deck;", "| Term | Meaning |".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from kb.extract.context import Reading
from kb.extract.words import BE_FINITE, MODAL, VERB, VERB_S, classify
from kb.model import Definition, Provision

NOT_TERMS = re.compile(
    r"^(?:th(?:is|ese|ose|at)|it|they|which|what|here|there|in|under|as|(?:any\s+|an?\s+)?references?\s+(?:in|to)|circumstances?|the\s+(?:preceding|above|following|circumstances?|provisions?|same|former|latter)|provisions?|by|for|if|where(?:ver)?|when(?:ever)?|and|or|such|(?:the\s+)?(?:following\s+)?(?:terms|words|expressions|phrases)\s+(?:used|below|in|of|are|have|shall|mentioned)|used|below|above|following|article|paragraph|item)\b",
    re.IGNORECASE,
)
_OPEN, _CLOSE = r"[*_\"“‘'«»《]{0,4}", r"[*_\"”’'»«》]{0,4}"  # quotation marks and emphasis around a term
_ANNOUNCING = frozenset(":：—–-")
_TERMS_FOLLOW = re.compile(
    r"\b(?i:terms|expressions|words|phrases|concepts|terminology|definitions|meanings|abbreviations|acronyms)\b[^.\n]{0,120}[:：—–-]\s*$"
)
_GLOSSARY = re.compile(
    r"(?:(?:list|table|explanation|interpretation|meanings?|definitions?|explanations?)\s+of\s+(?:the\s+)?)?(?:key\s+|defined\s+|main\s+|basic\s+)?"
    r"(?:definitions?|glossary|terms|terminology|abbreviations|acronyms|meanings|interpretation|concepts|expressions)"
    r"(?:\s+(?:and|of|used|in|for)\b[\w ,]{0,60})?",
    re.IGNORECASE,
)
_SCOPE_FOLLOWS = re.compile(
    r"(?:For\s+(?:the\s+)?purposes?\s+of|(?:As\s+used\s+)?[Ii]n|Under)\s+th(?:is|ese)\s+(?:[A-Z]\w+\s*){1,4}(?:,[^:：.\n]{1,80})?[:：—–-]+\s*$"
)
_SCOPE_OPENS = re.compile(
    r"(?:For\s+(?:the\s+)?purposes?\s+of|As\s+used\s+in|In|Under)\s+th(?:is|ese)\s+(?:[A-Z]\w+\s*){1,4}[,:：—–-]+\s*$"
)
_MEANINGS = re.compile(
    r"\b(?:meanings?|means?|defined|definitions?|understood|interpreted|explained|abbreviations|acronyms|used\s+(?:in\s+th(?:is|ese)|as\s+follows|below))\b",
    re.IGNORECASE,
)
_GLOSS = r"(?:\s*(?:[(（][^()（）\n]{1,80}[)）]|\[[^\[\]\n]{1,60}\]|[一-鿿]{1,20}))?"
_LISTED_TERM = re.compile(
    rf"{_OPEN}([^\"“”‘’'«»《》*_:：,;\n]{{2,80}}?){_CLOSE}{_GLOSS}[*_]{{0,3}}(?:\s*[:：][*_]{{0,2}}\s"
    r"|,\s+(?:meaning|being|which\s+(?:is|are|means?|refers?\s+to)|i\.\s?e\.|that\s+is|namely|the|an?|any|all|those)(?!\w)|\s*=\s|\s+[–—-]\s|\s?—\s?"
    r"|(?<=[\"”’»*_])\s+(?=(?:an?|the|any|all|those|every)\s)|\.[*_]{0,3}\s+(?=[A-Z]))"
)
_LISTED_VERB = re.compile(
    r"(?:[Tt]he\s+(?:(?:term|expression|word|phrase)\s+)?|[Aa]n?\s+)?"
    rf"{_OPEN}([^\"“”‘’'«»《》*_:：,;\n]{{2,80}}?){_CLOSE}{_GLOSS}[*_]{{0,3}}"
    r"\s+(?:shall\s+)?(?:means?|refers?\s+to|(?:do(?:es)?\s+not\s+)?(?:includes?|covers?|comprises?)|denotes?|stands?\s+for|has\s+the\s+meaning|(?:is|are)\s+(?:an?|the|those|any|all|every|each)\b)(?=[\s:,])"
)
_INLINE_TERM = re.compile(
    rf"[\"“«](?<=[\s(（].)[*_]{{0,2}}([^\"“”«»\n]{{2,80}}?)[*_]{{0,2}}[\"”»]{_GLOSS}\s*(?:[:：=]\s|[–—-]\s)"
)
_BEFORE_A_TERM = re.compile(r"(?:[;；.。:：,—–)）]|\band)\s+$")
_MARKED_TERM = re.compile(rf"(?=[*_\"“‘'«]){_OPEN}[^\"“”‘’«»*_:：,;\n]{{2,80}}?{_CLOSE}\s*(?:[:：]|\s[–—-]\s)")
_TERM_HEAD = re.compile(
    r"(?:(?:defined\s+)?(?:terms?|expressions?|concepts?|words?|phrases?|abbreviations?|acronyms?|short\s+(?:forms?|names?)|names?)(?:\s+used)?)",
    re.IGNORECASE,
)
_MEANING_HEAD = re.compile(
    r"(?:meanings?|definitions?|explanations?|interpretations?|stands\s+for|refers\s+to|full\s+(?:name|form|title)s?|what\s+(?:it\s+means|is\s+meant))(?:\s+(?:in|of)\b.{0,60})?",
    re.IGNORECASE,
)
_MOST_WORDS = 14  # of a term
_CELL = re.compile(r"[^|\n]+")
_BETWEEN = re.compile(r"[\s|:-]+")
_MARKS = " *_\"“”‘’'«»`"


def read_listed_terms(reading: Reading, text: str) -> Iterator[Definition]:
    """Points that open with a term, where a heading or a lead-in announces terms and meanings: "(1) Boat: a vessel without a deck;"."""
    for parent, siblings in reading.children.items():
        heading = reading.by_eid[parent].heading if parent else ""
        is_glossary = bool(heading and _GLOSSARY.fullmatch(heading.strip(" *_.:")))
        lead: Provision | None = None
        for point in siblings:
            if not point.leaf or point.kind in {"heading", "preface"}:
                continue
            term = _point_term(text, point, lead, is_glossary=is_glossary)
            if term:
                span = reading.span(point.text_start, point.text_end)
                yield Definition(reading.span(*term.span(1)), span, "listed-term")
            yield from _inline_terms(reading, text, point, is_glossary=is_glossary)
            if not term and text[point.text_start : point.end].rstrip()[-1:] in _ANNOUNCING:
                lead = point


def _point_term(text: str, point: Provision, lead: Provision | None, *, is_glossary: bool) -> re.Match[str] | None:
    """The term at the head of a point, behind the lead-in before it or under the heading of a glossary."""
    if is_glossary and not text.startswith("|", point.text_start):
        term = _LISTED_TERM.match(text, point.text_start, point.text_end)
        return term if term and _is_noun_phrase(term[1]) else None
    if lead is None:
        return None
    return listed_term(text, lead.text_start, lead.end, text, point.text_start, point.text_end)


def _inline_terms(reading: Reading, text: str, leaf: Provision, *, is_glossary: bool) -> Iterator[Definition]:
    """Quoted terms with a colon or a dash in one paragraph: 'The terms mean the following: "boat" – a vessel; "dock" – a pier.'"""
    first, last = leaf.text_start, leaf.text_end
    terms = [
        term
        for term in _INLINE_TERM.finditer(text, first, last)
        if term.start() == first or _BEFORE_A_TERM.search(text, max(first, term.start() - 6), term.start())
    ]
    if not terms:
        return
    is_announced = is_glossary or _announces_terms(text, first, terms[0].start())
    if not is_announced and not _SCOPE_OPENS.match(text, first, terms[0].start()):
        return
    for term, after in zip_longest(terms, terms[1:]):
        end = after.start() if after else last
        yield Definition(
            reading.span(*term.span(1)), reading.span(term.start(), len(text[:end].rstrip())), "listed-term"
        )


def listed_term(lead_in: str, start: int, end: int, text: str, first: int, last: int) -> re.Match[str] | None:
    """The term at the head of the point text[first:last] under the lead-in lead_in[start:end]; None where none is announced."""
    announced = _announces_terms(lead_in, start, end)
    scoped = announced or _SCOPE_FOLLOWS.match(lead_in, start, end)
    is_term = announced or (scoped and _MARKED_TERM.match(text, first, last))
    term = _LISTED_TERM.match(text, first, last) if is_term else None
    if term is None and scoped:
        term = _LISTED_VERB.match(text, first, last)
    return term if term and _is_noun_phrase(term[1]) else None


def _is_noun_phrase(words: str) -> bool:
    return not NOT_TERMS.match(words) and not has_verb(words.split()) and len(words.split()) <= _MOST_WORDS


def _announces_terms(text: str, start: int, end: int) -> bool:
    """Whether a lead-in says that terms and their meanings follow."""
    is_lead_in = _TERMS_FOLLOW.search(text, max(end - 200, start), end)
    return bool(is_lead_in and _MEANINGS.search(text, start, end))


def read_term_tables(reading: Reading) -> Iterator[Definition]:
    """The rows of tables whose head reads "Term | Meaning"; the term stands in the column of that head."""
    text = reading.document.text
    for leaf in reading.document.provisions:
        if leaf.leaf and text.startswith("|", leaf.text_start):
            yield from _rows(reading, text, leaf)


def _rows(reading: Reading, text: str, leaf: Provision) -> Iterator[Definition]:
    column = -1
    at = leaf.text_start
    for line in text[leaf.text_start : leaf.text_end].splitlines(keepends=True):
        cells = [c.span() for c in _CELL.finditer(text, at, at + len(line)) if text[c.start() : c.end()].strip()]
        if at == leaf.text_start:
            heads = [text[first:last].strip(_MARKS) for first, last in cells]
            column = next((i for i, head in enumerate(heads) if _TERM_HEAD.fullmatch(head)), -1)
            if column < 0 or not any(_MEANING_HEAD.fullmatch(head) for head in heads):
                return
        elif len(cells) > column + 1 and not _BETWEEN.fullmatch(line):
            term = text[slice(*cells[column])]
            start = cells[column][0] + len(term) - len(term.lstrip(_MARKS))
            end = start + len(term.strip(_MARKS))
            last = cells[-1][0] + len(text[slice(*cells[-1])].rstrip())
            if start < end:
                yield Definition(reading.span(start, end), reading.span(start, last), "listed-term")
        at += len(line)


def has_verb(words: list[str]) -> bool:
    """Whether the words before the verb already hold a finite verb, so that they are no noun phrase."""
    classes = [classify(word.lower().strip(",.")) for word in words]
    finite = any(kind & (MODAL | BE_FINITE) for kind in classes) or bool(classes[0] & VERB_S and not classes[0] & VERB)
    return finite or any("," in word or ";" in word or word in {"that", "who", "which"} for word in words)
