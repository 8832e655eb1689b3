"""Glossaries: points and rows of tables that open with a term, where a lead-in or the head of the table announces meanings.

"For the purposes of these Rules: (1) Boat: a vessel without a deck;", "| Term | Meaning |".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.extract.context import Reading
from kb.extract.words import BE_FINITE, MODAL, VERB, VERB_S, classify
from kb.model import Definition, Provision

NOT_TERMS = re.compile(
    r"^(?:th(?:is|ese|ose|at)|it|they|which|what|here|there|in|under|as|(?:any\s+|an?\s+)?references?\s+(?:in|to)|circumstances?|the\s+(?:preceding|above|following|circumstances?|provisions?|same|former|latter)|provisions?|by|for|if|where|when|and|or|such|(?:the\s+)?(?:following\s+)?(?:terms|words|expressions|phrases)\s+(?:used|below|in|of|are|have|shall|mentioned)|used|below|above|following|article|paragraph|item)\b",
    re.IGNORECASE,
)
_OPEN, _CLOSE = r"[*_\"“‘'«»《]{0,4}", r"[*_\"”’'»«》]{0,4}"  # quotation marks and emphasis around a term
_ANNOUNCING = frozenset(":：—–-")
_TERMS_FOLLOW = re.compile(
    r"\b(?:terms|expressions|words|phrases|concepts|terminology|definitions|meanings)\b[^.\n]{0,120}[:：]\s*$"
)
_SCOPE_FOLLOWS = re.compile(
    r"(?:For\s+(?:the\s+)?purposes?\s+of|(?:As\s+used\s+)?[Ii]n|Under)\s+th(?:is|ese)\s+(?:[A-Z]\w+\s*){1,4}(?:,[^:：.\n]{1,80})?[:：—–-]+\s*$"
)
_MEANINGS = re.compile(
    r"\b(?:meanings?|means?|defined|definitions?|understood|interpreted|explained|used\s+in\s+th(?:is|ese))\b",
    re.IGNORECASE,
)
_LISTED_TERM = re.compile(
    rf"{_OPEN}([^\"“”‘’'«»《》*_:：,;\n]{{2,80}}?){_CLOSE}\s*(?:[:：][*_]{{0,2}}\s|,\s+(?:meaning|i\.\s?e\.|that\s+is|namely|the|an?|any|all|those)(?!\w)|\s[–—-]\s)"
)
_LISTED_VERB = re.compile(
    r"(?:[Tt]he\s+(?:(?:term|expression|word|phrase)\s+)?|[Aa]n?\s+)?"
    rf"{_OPEN}([^\"“”‘’'«»《》*_:：,;\n]{{2,80}}?){_CLOSE}"
    r"\s+(?:shall\s+)?(?:means?|refers?\s+to|includes?|covers?|comprises?|denotes?|(?:is|are)\s+(?:an?|the|those|any|all|every|each)\b)(?=[\s:,])"
)
_MARKED_TERM = re.compile(rf"(?=[*_\"“‘'«]){_OPEN}[^\"“”‘’«»*_:：,;\n]{{2,80}}?{_CLOSE}\s*(?:[:：]|\s[–—-]\s)")
_TERM_HEAD = re.compile(
    r"(?:(?:defined\s+)?(?:terms?|expressions?|concepts?|words?|phrases?|abbreviations?|acronyms?|short\s+(?:forms?|names?)|names?)(?:\s+used)?)",
    re.IGNORECASE,
)
_MEANING_HEAD = re.compile(
    r"(?:meanings?|definitions?|explanations?|interpretations?|stands\s+for|refers\s+to|full\s+(?:name|form|title)s?)",
    re.IGNORECASE,
)
_CELL = re.compile(r"[^|\n]+")
_BETWEEN = re.compile(r"[\s|:-]+")
_MARKS = " *_\"“”‘’'«»`"


def read_listed_terms(reading: Reading, text: str) -> Iterator[Definition]:
    """Points that open with a term, under a lead-in that announces terms and meanings: "(1) Boat: a vessel without a deck;"."""
    for intro in reading.document.provisions:
        if intro.kind != "intro" or text[intro.text_start : intro.end].rstrip()[-1:] not in _ANNOUNCING:
            continue
        for point in reading.children.get(intro.parent, ()):
            if not point.leaf or point is intro:
                continue
            term = listed_term(text, intro.text_start, intro.end, text, point.text_start, point.text_end)
            if term:
                span = reading.span(point.text_start, point.text_end)
                yield Definition(reading.span(*term.span(1)), span, "listed-term")


def listed_term(lead_in: str, start: int, end: int, text: str, first: int, last: int) -> re.Match[str] | None:
    """The term at the head of the point text[first:last] under the lead-in lead_in[start:end]; None where none is announced."""
    announced = _announces_terms(lead_in, start, end)
    scoped = announced or _SCOPE_FOLLOWS.match(lead_in, start, end)
    is_term = announced or (scoped and _MARKED_TERM.match(text, first, last))
    term = _LISTED_TERM.match(text, first, last) if is_term else None
    if term is None and scoped:
        term = _LISTED_VERB.match(text, first, last)
        if term and (NOT_TERMS.match(term[1]) or has_verb(term[1].split())):
            return None
    return term


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
