"""Words whose class the words around them settle: "no longer" denies, "should it fail" opens a condition, "further reduce" has an adverb.

In comes the row of a sentence, and its classes are changed in place. Each function below settles one place of one sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
_ENDS_PLURAL = AGENT | NAMED | PRONOUN


def settle_classes(words: list[str], classes: list[int]) -> None:
    """Settle the classes of one sentence; its dashes last, by what opens behind them."""
    if not _SIGNS.isdisjoint(words):
        for sign, settle in _SETTLING:
            for at in _places(words, sign):
                settle(words, classes, at)
    _settle_asides(words, classes)


def _places(words: list[str], word: str) -> Iterator[int]:
    """Where a word stands, from the first place to the last."""
    at = -1
    for _ in range(words.count(word)):
        at = words.index(word, at + 1)
        yield at


def _behind(classes: list[int], at: int) -> int:
    """The class of the word behind."""
    return classes[at + 1] if at + 1 < len(classes) else STOP


def _settle_negation(words: list[str], classes: list[int], at: int) -> None:
    """ "shall no longer accept" and "may in no case sell" are denied as with "not"; "not only A but also B" denies nothing."""
    if words[at : at + 2] == ["not", "only"]:
        classes[at] = ADVERB
    for start in {at, max(at - 1, 0)}:
        for phrase in negations().get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                classes[start : start + len(phrase)] = [NOT | ADVERB] * len(phrase)


def _settle_further(words: list[str], classes: list[int], at: int) -> None:
    """ "shall further reduce" has an adverb, "further the opening of markets" a verb."""
    if at + 1 < len(words) and not classes[at + 1] & DET:
        classes[at] &= ~VERB


def _settle_should(words: list[str], classes: list[int], at: int) -> None:
    """ "should it fail to do so, the office ..." opens a clause as "if" does."""
    following = _behind(classes, at)
    is_set_off = at == 0 or bool(classes[at - 1] & (COMMA | CONJ | TIME))
    if is_set_off and (following & (DET | PRONOUN) or not following & (VERB | _NO_SUBJECT)):
        classes[at] = SUB


def _settle_far(words: list[str], classes: list[int], at: int) -> None:
    """ "so far as it has the means" opens a clause."""
    if words[at - 1 : at + 2] == ["so", "far", "as"]:
        classes[at + 1] = SUB


def _settle_case(words: list[str], classes: list[int], at: int) -> None:
    """ "in case the office fails" opens a clause."""
    if at and words[at - 1] == "in" and _behind(classes, at) & (DET | PRONOUN):
        classes[at] = SUB


def _settle_well(words: list[str], classes: list[int], at: int) -> None:
    """ "shall guide the work as well as handle files" joins verbs as "and" does; "firms as well as banks" stays with what names bodies."""
    if at == 0 or words[at - 1 : at + 2] != ["as", "well", "as"] or at + 3 >= len(words):
        return
    verb, following = classes[at + 2], classes[at + 3]
    if verb & (VERB | VERB_S) and (not verb & (NOUNISH | AGENT) or following & DET):
        classes[at - 1 : at + 2] = [CONJ, ADVERB, ADVERB]


def _settle_floating(words: list[str], classes: list[int], at: int) -> None:
    """ "the towns each name a clerk" has an adverb between the bodies and their verb, "give the towns each month" a determiner."""
    if at == 0 or at + 2 >= len(words) or not classes[at - 1] & _ENDS_PLURAL or not words[at - 1].endswith("s"):
        return
    is_verb = classes[at + 1] & VERB and not classes[at + 1] & AGENT
    if is_verb and not classes[at + 2] & (_NO_SUBJECT & ~(PREP | NOT)):
        classes[at] = ADVERB


def _settle_found(words: list[str], classes: list[int], at: int) -> None:
    """ "firms found to owe wages" found nothing."""
    if _behind(classes, at) & (PREP | VERB_ED | STOP) or words[at + 1 : at + 2] == ["guilty"]:
        classes[at] &= ~VERB


_HEADS = {"rule": ["as", "a"], "principle": ["in"], "general": ["in"], "turn": ["in"]}


def _settle_generality(words: list[str], classes: list[int], at: int) -> None:
    """ "is as a rule to be lodged" has an adverb; "as a rule of the market" none."""
    head = _HEADS[words[at]]
    opening, following = at - len(head), _behind(classes, at)
    if opening > 0 and words[opening:at] == head and (not following & PREP or following & TO):
        classes[opening : at + 1] = [ADVERB] * (len(head) + 1)


def _settle_together(words: list[str], classes: list[int], at: int) -> None:
    """ "the two bureaus together check" has an adverb, "together with the police" a preposition."""
    if words[at + 1 : at + 2] != ["with"]:
        classes[at] &= ~PREP


# In this order: a sign is settled by the classes that the rows above leave.
_SETTLING: tuple[tuple[str, Callable[[list[str], list[int], int], None]], ...] = (
    ("no", _settle_negation),
    ("not", _settle_negation),
    ("further", _settle_further),
    ("should", _settle_should),
    ("far", _settle_far),
    ("case", _settle_case),
    ("well", _settle_well),
    ("each", _settle_floating),
    ("both", _settle_floating),
    ("all", _settle_floating),
    ("found", _settle_found),
    *((sign, _settle_generality) for sign in _HEADS),
    ("together", _settle_together),
)
_SIGNS = frozenset(sign for sign, _ in _SETTLING)


def _settle_asides(words: list[str], classes: list[int]) -> None:
    """A pair of dashes around a clause by the way parts as commas do: "and — where the law so provides — shall be barred"."""
    dashes = [at for at, kind in enumerate(classes) if kind & DASH]
    if len(dashes) != 2:
        return
    first, last = dashes
    opens = first + 1 < last and (classes[first + 1] & (SUB | SOFT_SUB | PREP) or words[first + 1] == "provided")
    if opens and first > 0 and last + 1 < len(classes):
        for at in dashes:
            classes[at] = COMMA
