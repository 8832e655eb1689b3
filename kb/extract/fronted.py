"""Where a condition in front of a main clause ends: "If facts are forged, the office, by order, revokes the permit" -> at "revokes".

In comes the word that opens the condition and a verb behind it, out comes whether the verb is that of the main clause.
"""

from __future__ import annotations

from kb.extract.asides import before_parenthesis
from kb.extract.clauses import Sentence
from kb.extract.tenses import adverbs_between
from kb.extract.words import (
    AGENT,
    BE,
    BE_FINITE,
    COGITATION,
    COMMA,
    CONJ,
    DET,
    HAVE,
    MODAL,
    PREP,
    REL,
    SOFT_SUB,
    SUB,
    TO,
    VERB,
    VERB_ING,
    VERB_S,
)  # fmt: skip


def closes_condition(s: Sentence, opener: int, verb: int) -> bool:  # noqa: PLR0911  one return a case
    """Whether a verb stands in the main clause although a clause before it still waits for its verb (which was not seen)."""
    classes = s.classes
    if not any(classes[k] & COMMA for k in range(opener + 1, verb)):
        return False
    if classes[opener + 1] & COMMA and sum(1 for k in range(opener + 1, verb) if classes[k] & COMMA) <= 2:
        return False  # "where, according to the needs of the case, it shall be done by other means, ..."
    if classes[verb] & MODAL:
        if classes[opener] & (SUB | SOFT_SUB):
            return True
        return not classes[opener + 1] & COMMA and not adverbs_between(s, opener, verb)
    behind_subject = before_parenthesis(s, verb - 1, opener)
    parted = behind_subject <= opener or any(classes[k] & COMMA for k in range(opener + 1, behind_subject + 1))
    if not parted or _ends_listed_subject(s, opener, verb):
        return False  # "where an operator, in the course of its business, unlawfully takes deposits"
    if classes[opener] & SUB and classes[verb] & BE_FINITE and verb + 1 < len(classes) and classes[verb + 1] & TO:
        return True  # "if harm to others or other such consequences result, a fine is to be imposed"
    is_last = not any(classes[k] & (MODAL | BE_FINITE) for k in range(verb + 1, len(classes)))
    return (
        bool(classes[opener] & SUB)
        and bool(classes[verb] & (VERB | VERB_S))
        and is_last
        and not classes[verb] & (BE | HAVE)
    )


def _ends_listed_subject(s: Sentence, opener: int, verb: int) -> bool:
    """Whether the verb is that of "Where a person, firm or other body deceives ..., the court punishes": a main clause follows."""
    classes = s.classes
    between = range(opener + 1, verb)
    last = max((k for k in between if classes[k] & COMMA), default=opener)
    joined = any(classes[k] & CONJ for k in range(last + 1, verb))
    if not joined or any(classes[k] & (VERB_ING | PREP | SUB | REL) for k in between):
        return False
    comma = next((k for k in range(verb + 1, len(classes)) if classes[k] & COMMA), len(classes))
    behind = range(comma + 2, len(classes))
    plural = any(classes[k] & VERB and classes[k - 1] & AGENT and s.words[k - 1].endswith("s") for k in behind)
    return plural or any(classes[k] & VERB_S and not classes[k - 1] & (PREP | CONJ | DET) for k in behind)


def ends_at_noun(s: Sentence, opener: int, modal: int) -> bool:
    """Whether an article right behind a noun opens the main clause, although no comma does: "Before entry the firm shall", "When the term ends the court must"."""
    classes = s.classes
    if not classes[opener] & (SUB | SOFT_SUB) or any(classes[k] & COMMA for k in range(opener + 1, modal)):
        return False
    subject = next((k for k in range(modal - 1, opener + 1, -1) if classes[k] & DET), 0)
    if not subject or s.words[modal] == "may" or classes[subject - 1] & (_NO_NOUN_END & ~VERB_S | COGITATION):
        return False
    behind = classes[modal + 1 :]
    sign = next((k for k, kind in enumerate(behind) if kind & COMMA), len(behind))
    return bool(classes[subject - 1] & VERB_S or subject > opener + 1) and not any(
        kind & (BE_FINITE | HAVE | MODAL) for kind in behind[1:sign]
    )


_NO_NOUN_END = PREP | CONJ | DET | REL | SUB | SOFT_SUB | TO | BE | HAVE | MODAL | VERB_ING | VERB_S
