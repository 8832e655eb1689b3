"""Words whose class the words around them settle: "no longer" denies, "should it fail" opens a condition, "further reduce" has an adverb.

In comes the row of a sentence, and its classes are changed in place.
"""

from __future__ import annotations

from kb.extract.words import (
    ADVERB,
    BE,
    COMMA,
    CONJ,
    DET,
    DO,
    HAVE,
    NOT,
    PREP,
    PRONOUN,
    STOP,
    SUB,
    TIME,
    VERB,
    negations,
)  # fmt: skip

_NO_SUBJECT = ADVERB | NOT | BE | HAVE | DO | COMMA | CONJ | PREP | TIME | STOP


def settle_classes(words: list[str], classes: list[int]) -> None:
    """Settle the classes of one sentence."""
    _mark_negations(words, classes)
    _mark_further(words, classes)
    _mark_conditions(words, classes)


def _mark_negations(words: list[str], classes: list[int]) -> None:
    """ "shall no longer accept" and "may in no case sell" are denied as with "not"; "not only A but also B" denies nothing."""
    for sign in ("no", "not"):
        at = -1
        for _ in range(words.count(sign)):
            at = words.index(sign, at + 1)
            if words[at : at + 2] == ["not", "only"]:
                classes[at] = ADVERB
            for start in {at, max(at - 1, 0)}:
                for phrase in negations().get(words[start], ()):
                    if tuple(words[start : start + len(phrase)]) == phrase:
                        classes[start : start + len(phrase)] = [NOT | ADVERB] * len(phrase)


def _mark_further(words: list[str], classes: list[int]) -> None:
    """ "shall further reduce" has an adverb, "further the opening of markets" a verb."""
    at = -1
    for _ in range(words.count("further")):
        at = words.index("further", at + 1)
        if at + 1 < len(words) and not classes[at + 1] & DET:
            classes[at] &= ~VERB


def _mark_conditions(words: list[str], classes: list[int]) -> None:
    """ "should it fail to do so, the office ..." and "so far as it has the means" open clauses as "if" does."""
    at = -1
    for _ in range(words.count("should")):
        at = words.index("should", at + 1)
        following = classes[at + 1] if at + 1 < len(words) else STOP
        is_set_off = at == 0 or bool(classes[at - 1] & (COMMA | CONJ | TIME))
        if is_set_off and (following & (DET | PRONOUN) or not following & (VERB | _NO_SUBJECT)):
            classes[at] = SUB
    for _ in range(words.count("far")):
        at = words.index("far", at + 1 if words[at : at + 1] == ["far"] else 0)
        if words[at - 1 : at + 2] == ["so", "far", "as"]:
            classes[at + 1] = SUB
    at = -1
    for _ in range(words.count("case")):
        at = words.index("case", at + 1)
        following = classes[at + 1] if at + 1 < len(words) else STOP
        if at and words[at - 1] == "in" and following & (DET | PRONOUN):
            classes[at] = SUB
