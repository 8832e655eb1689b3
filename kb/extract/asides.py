"""Parentheses between commas, seen from what stands behind and before them: "the office, located in the bureau, holds", "which, upon payment, may".

In comes a unit, out comes the one on the other side of the parenthesis.
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.phrases import skip
from kb.extract.words import ADVERB, COMMA, CONJ, PREP, SUB, TIME, VERB_ED, VERB_ING


def before_parenthesis(s: Sentence, k: int, since: int) -> int:
    """The unit before adverbs and a parenthesis between commas ("the office, located in the bureau, holds"); -1 for none."""
    classes = s.classes
    while k >= since and classes[k] & (ADVERB | TIME) and not classes[k] & PREP:
        k -= 1
    if k < since or not classes[k] & COMMA:
        return k if k >= since else -1
    for opening in range(k - 1, since, -1):
        if not classes[opening] & COMMA:
            continue
        after = opening + 1
        if classes[after] & CONJ:
            return -1
        if classes[after] & (PREP | ADVERB | TIME | VERB_ED | VERB_ING) or _opens_aside(s, after):
            return opening - 1
    return -1


def _opens_aside(s: Sentence, at: int) -> bool:
    """Whether "being the unit", "where necessary", "housed in the hall" or "the office of which is in the hall" stands behind a comma."""
    unknown = not s.classes[at] and s.words[at].endswith("ed") and bool(s.classes[at + 1] & PREP)
    of_which = any(s.words[k : k + 2] == ["of", "which"] for k in range(at + 1, at + 4))
    tells = (
        s.classes[at] & SUB or s.words[at] in _RELATING
    )  # "the office, if it agrees, orders", "the bank, which leads, checks"
    return s.words[at] in _ASIDES or unknown or of_which or bool(tells)


_ASIDES = frozenset({"such", "including", "being", "each", "a", "an"})  # "QDRC, being the competent unit, supervises"
_RELATING = frozenset({"which", "who", "whose", "whom"})


def behind_aside(s: Sentence, at: int) -> int:
    """The unit behind ", upon payment," and adverbs at `at`, else `at` itself."""
    at = skip(s, at, ADVERB | TIME)
    if at >= len(s.classes) or not s.classes[at] & COMMA:
        return min(at, len(s.classes) - 1)
    comma = next((k for k in range(at + 1, min(len(s.words) - 1, at + 25)) if s.classes[k] & COMMA), 0)
    return skip(s, comma + 1, ADVERB | TIME) if comma else at
