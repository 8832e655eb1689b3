"""Where a coordinated verb may stand behind a comma or a conjunction: behind adverbs, times, "to", a parenthesis or a phrase in front of it.

"and, once a year, publishes", "and thus to serve", "and together with the bank sets up" -> publishes, serve, sets.
"""

from __future__ import annotations

from kb.extract.clause_starts import opens_clause
from kb.extract.clauses import Sentence
from kb.extract.phrases import PARTICLES, skip
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    HAVE,
    MODAL,
    NOUNISH,
    PREP,
    REL,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ING,
    VERB_S,
)

_SET_PHRASES = (
    ("at", "the", "same", "time"),
    ("in", "accordance", "with", "law"),
    ("according", "to", "law"),
    ("in", "a", "timely", "manner"),
    ("by", "law"),
    ("in", "addition"), ("in", "turn"), ("in", "writing"), ("in", "principle"), ("in", "parallel"), ("in", "public"), ("in", "person"), ("in", "this", "way"),
    ("on", "the", "spot"), ("on", "this", "basis"), ("on", "request"), ("for", "the", "record"), ("without", "delay"), ("by", "statute"), ("as", "appropriate"),
    ("as", "necessary"), ("to", "that", "end"), ("to", "this", "end"), ("under", "the", "law"), ("at", "once"), ("of", "its", "own", "accord"), ("of", "its", "own", "motion"),
)  # fmt: skip


def set_phrase(s: Sentence, at: int) -> int:
    """The length of a set phrase at `at`; 0 for none."""
    return next((len(p) for p in _SET_PHRASES if tuple(s.words[at : at + len(p)]) == p), 0)


def candidate_at(s: Sentence, k: int, end: int, form: int) -> int:
    """The unit behind a comma or conjunction (and adverbs, times or a parenthesis) at which a coordinated verb may stand; -1."""
    classes = s.classes
    at = k
    while at < end and classes[at] & (COMMA | CONJ | ADVERB | TIME) and not classes[at] & (VERB | SUB):
        at += 1
    if s.words[at : at + 2] == ["so", "to"] and classes[at - 1] & CONJ:
        at += 1  # "and so to help"
    if at >= end:
        return -1
    if _is_behind_conj(s, at) and classes[at] & PREP:
        at += set_phrase(s, at)
        if at + 1 < end and form == VERB_ING and s.words[at] == "in" and classes[at + 1] & VERB_ING:
            return at + 1  # "supports firms in doing X and in making Y"
        if at >= end:
            return -1
        behind = _behind_phrase(s, at, end, form)
        if behind > 0:
            return behind
    infinitive = _infinitive_at(s, k, at, end) if form == VERB and classes[at] & TO else -1
    if infinitive > 0:
        return infinitive
    return _behind_parenthesis(s, k, at, end, form)


def _behind_parenthesis(s: Sentence, k: int, at: int, end: int, form: int) -> int:
    """The verb behind "and, jointly with the office," where a parenthesis opens at `at`; else `at` itself."""
    classes = s.classes
    comma = at - 1 - bool(classes[at - 1] & ADVERB)
    is_parted = comma > k and classes[comma] & COMMA and classes[comma - 1] & CONJ and classes[at] & (PREP | SUB | DET)
    if not is_parted and not (classes[at] & SUB and classes[at - 1] & CONJ and opens_clause(s, at)):
        return at  # no "and, jointly with the office," and no "and if it is wrong,"
    closing = next((j for j in range(at + 1, end) if classes[j] & COMMA), -1)
    if closing < 0:
        return at
    verb = skip(s, closing + 1, ADVERB | TIME)
    if form == VERB and verb + 1 < end and classes[verb] & TO and classes[verb + 1] & VERB:
        return verb + 1
    return verb if verb < end else -1


def _infinitive_at(s: Sentence, k: int, at: int, end: int) -> int:
    """The verb behind the "to" at `at`, where it goes on with a row of infinitives; -1 for none."""
    verb = skip(s, at + 1, ADVERB)
    if verb >= end or not s.classes[verb] & (VERB | BE):
        return -1
    is_joined = _is_behind_conj(s, at) or (s.classes[k] & CONJ and s.classes[at - 1] & COMMA)
    return verb if is_joined or _is_in_series(s, at, end) else -1  # "and, once a year, to be given"


def _is_in_series(s: Sentence, at: int, end: int) -> bool:
    """Whether ", to do B" at `at` is one of a row that ends in "and to do C"."""
    following = (k for k in range(at + 2, end - 1) if s.classes[k] & TO and s.classes[k + 1] & (VERB | BE | ADVERB))
    parted = any(
        s.classes[k] & CONJ and s.classes[k + 1] & COMMA for k in range(at, end - 1)
    )  # "and, in grave cases, to"
    return any(_is_behind_conj(s, k) or (parted and s.classes[k - 1] & COMMA) for k in following)


def _is_behind_conj(s: Sentence, at: int) -> bool:
    """Whether a conjunction and nothing but adverbs stand before `at` ("and thus to serve")."""
    k = at - 1
    while k > 0 and (s.classes[k] & ADVERB or s.words[k] == "so"):
        k -= 1
    return bool(s.classes[k] & CONJ)


def _behind_phrase(s: Sentence, at: int, end: int, form: int) -> int:
    """The verb behind "and together with the bank" or "and in accordance with the code"; -1 where the phrase goes on with the act."""
    classes = s.classes
    if not classes[at] & PREP or form not in (VERB, VERB_S):
        return -1
    for k in range(at + 1, min(end - 1, at + 15)):
        kind = classes[k]
        is_pure = not kind & (NOUNISH | ADJECTIVISH | AGENT) or s.words[k + 1] in PARTICLES
        if kind & form and is_pure and not classes[k - 1] & (PREP | DET | TO):
            return k if not classes[k + 1] & (CONJ | COMMA) else -1
        if kind & (COMMA | CONJ | REL | SUB | MODAL | COLON | BE_FINITE | HAVE | TO):
            return -1
    return -1
