"""Words whose class the words around them settle: "no longer" denies, "should it fail" opens a condition, "further reduce" has an adverb.

In comes the row of a sentence, and its classes are changed in place.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.words import (
    ADVERB,
    AGENT,
    BE,
    COMMA,
    CONJ,
    DASH,
    DET,
    DO,
    HAVE,
    NAMED,
    NOT,
    NOUNISH,
    PREP,
    PRONOUN,
    SOFT_SUB,
    STOP,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_S,
    negations,
)  # fmt: skip

_NO_SUBJECT = ADVERB | NOT | BE | HAVE | DO | COMMA | CONJ | PREP | TIME | STOP


_SIGNS = frozenset(  # the words whose neighbours settle something
    "no not further should far case well each both all found rule principle general turn together".split()
)


def settle_classes(words: list[str], classes: list[int]) -> None:
    """Settle the classes of one sentence."""
    has_sign = not _SIGNS.isdisjoint(words)
    if has_sign:
        _mark_negations(words, classes)
        _mark_further(words, classes)
        _mark_conditions(words, classes)
        _mark_adding(words, classes)
        _mark_floating(words, classes)
    _mark_asides(words, classes)
    if not has_sign:
        return
    for at in _places(words, "found"):
        following = classes[at + 1] if at + 1 < len(words) else STOP
        if following & (PREP | VERB_ED | STOP) or words[at + 1 : at + 2] == ["guilty"]:
            classes[at] &= ~VERB  # "firms found to owe wages"
    for sign, head in (("rule", ["as", "a"]), ("principle", ["in"]), ("general", ["in"]), ("turn", ["in"])):
        for at in _places(words, sign):
            opening = at - len(head)
            following = classes[at + 1] if at + 1 < len(words) else STOP
            if opening > 0 and words[opening:at] == head and (not following & PREP or following & TO):
                classes[opening : at + 1] = [ADVERB] * (len(head) + 1)  # "is as a rule to be lodged"
    for at in _places(words, "together"):
        if words[at + 1 : at + 2] != ["with"]:
            classes[at] &= ~PREP  # "the two bureaus together check"


def _places(words: list[str], word: str) -> Iterator[int]:
    """Where a word stands, from the first place to the last."""
    at = -1
    for _ in range(words.count(word)):
        at = words.index(word, at + 1)
        yield at


def _mark_negations(words: list[str], classes: list[int]) -> None:
    """ "shall no longer accept" and "may in no case sell" are denied as with "not"; "not only A but also B" denies nothing."""
    for sign in ("no", "not"):
        for at in _places(words, sign):
            if words[at : at + 2] == ["not", "only"]:
                classes[at] = ADVERB
            for start in {at, max(at - 1, 0)}:
                for phrase in negations().get(words[start], ()):
                    if tuple(words[start : start + len(phrase)]) == phrase:
                        classes[start : start + len(phrase)] = [NOT | ADVERB] * len(phrase)


def _mark_further(words: list[str], classes: list[int]) -> None:
    """ "shall further reduce" has an adverb, "further the opening of markets" a verb."""
    for at in _places(words, "further"):
        if at + 1 < len(words) and not classes[at + 1] & DET:
            classes[at] &= ~VERB


def _mark_conditions(words: list[str], classes: list[int]) -> None:
    """ "should it fail to do so, the office ..." and "so far as it has the means" open clauses as "if" does."""
    for at in _places(words, "should"):
        following = classes[at + 1] if at + 1 < len(words) else STOP
        is_set_off = at == 0 or bool(classes[at - 1] & (COMMA | CONJ | TIME))
        if is_set_off and (following & (DET | PRONOUN) or not following & (VERB | _NO_SUBJECT)):
            classes[at] = SUB
    for at in _places(words, "far"):
        if words[at - 1 : at + 2] == ["so", "far", "as"]:
            classes[at + 1] = SUB
    for at in _places(words, "case"):
        following = classes[at + 1] if at + 1 < len(words) else STOP
        if at and words[at - 1] == "in" and following & (DET | PRONOUN):
            classes[at] = SUB


def _mark_adding(words: list[str], classes: list[int]) -> None:
    """ "shall guide the work as well as handle files" joins verbs as "and" does; "firms as well as banks" stays with what names bodies."""
    for at in _places(words, "well"):
        if at == 0 or words[at - 1 : at + 2] != ["as", "well", "as"] or at + 3 >= len(words):
            continue
        verb, following = classes[at + 2], classes[at + 3]
        if verb & (VERB | VERB_S) and (not verb & (NOUNISH | AGENT) or following & DET):
            classes[at - 1 : at + 2] = [CONJ, ADVERB, ADVERB]


_FLOATING = ("each", "both", "all")
_ENDS_PLURAL = AGENT | NAMED | PRONOUN


def _mark_floating(words: list[str], classes: list[int]) -> None:
    """ "the towns each name a clerk" has an adverb between the bodies and their verb, "give the towns each month" a determiner."""
    for sign in _FLOATING:
        for at in _places(words, sign):
            if at == 0 or at + 2 >= len(words) or not classes[at - 1] & _ENDS_PLURAL or not words[at - 1].endswith("s"):
                continue
            if (
                classes[at + 1] & VERB
                and not classes[at + 1] & AGENT
                and not classes[at + 2] & (_NO_SUBJECT & ~(PREP | NOT))
            ):
                classes[at] = ADVERB


def _mark_asides(words: list[str], classes: list[int]) -> None:
    """A pair of dashes around a clause by the way parts as commas do: "and — where the law so provides — shall be barred"."""
    dashes = [at for at, kind in enumerate(classes) if kind & DASH]
    if len(dashes) != 2:
        return
    first, last = dashes
    opens = first + 1 < last and (classes[first + 1] & (SUB | SOFT_SUB | PREP) or words[first + 1] == "provided")
    if opens and first > 0 and last + 1 < len(classes):
        for at in dashes:
            classes[at] = COMMA
