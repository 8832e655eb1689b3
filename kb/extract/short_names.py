"""Short names for parties that the document itself introduces: "administrations for industry and commerce (hereinafter “AICs”)".

A word like "AIC" or "operators of platforms (the “Platform Side”)" is in no table; where its definition says that it stands for
a body or for persons, it can act wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kb.extract.context import Reading
from kb.extract.words import ADVERB, AGENT, COLON, COMMA, CONJ, DET, NUMBER, PLACE, PREP, REL, TO, VERB_ED, VERB_ING
from kb.model import Definition

_CUES = frozenset({"refers", "refer", "means", "mean", "denotes"})
_ENDS_PHRASE = PREP | REL | COMMA | COLON
_SHORTEST = 3  # letters


def classes_with_short_names(reading: Reading, definitions: Iterable[Definition]) -> list[int]:
    """The classes of the reading's tokens; the last word of a short name for a party is one for a party too."""
    ends = sorted({at for definition in definitions for at in _named_by(reading, definition)})
    if not ends:
        return reading.classes
    classes = list(reading.classes)
    for at in ends:
        classes[at] |= AGENT
    return classes


def _named_by(reading: Reading, definition: Definition) -> Iterator[int]:
    """The last tokens of the places where a term of no table stands, if the term means a party."""
    words, classes = reading.words, reading.classes
    tokens = reading.tokens_within(definition.term.start, definition.term.end)
    term = words[tokens.start : tokens.stop]
    if (
        not term
        or len(term[-1]) < _SHORTEST
        or classes[tokens[-1]] & (AGENT | PLACE)
        or not _is_party(reading, definition)
    ):
        return
    for ending in dict.fromkeys((term[-1], f"{term[-1]}s", term[-1].removesuffix("s"))):
        row = [*term[:-1], ending]
        at = -1
        for _ in range(words.count(row[0])):
            at = words.index(row[0], at + 1)
            if words[at : at + len(row)] == row:
                yield at + len(row) - 1


def _is_party(reading: Reading, definition: Definition) -> bool:
    """Whether the head of the defining phrase is a body or a person."""
    words, classes = reading.words, reading.classes
    first = bisect_left(reading.token_starts, definition.span.start)
    term = bisect_left(reading.token_starts, definition.term.start)
    if definition.span.start < definition.term.start - 1 and definition.rule in {"hereinafter", "bracketed-short-form"}:
        stop = next((k for k in range(term - 1, first, -1) if words[k] in "(（"), first)
    else:
        stop = bisect_left(reading.token_starts, definition.span.end)
        first = next((k + 1 for k in range(term, stop) if words[k] in _CUES), stop)
    while first < stop and classes[first] & (DET | TO | ADVERB | NUMBER):
        first += 1
    end = next((k for k in range(first, stop) if classes[k] & (_ENDS_PHRASE | VERB_ED | VERB_ING) and k > first), stop)
    if first < end and classes[end - 1] & AGENT:
        return True
    joint = any(classes[k] & CONJ for k in range(end, stop))  # "the NDRC, its branches and other organs (the “Organs”)"
    plural = words[stop - 1].endswith("s") and reading.document.text[: definition.term.end].endswith("s")
    return bool(joint and plural and end < stop and classes[end] & COMMA and classes[stop - 1] & AGENT)
