"""What orders may stand behind: "Centred on grain, build", "Subject to approval, draw up"; and orders not to act behind another.

Such phrases open with no preposition, and yet an order may follow their comma, as it may behind "In the first quarter,".
"""

from __future__ import annotations

from kb.extract.asides import behind_aside
from kb.extract.clauses import Sentence
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DASH,
    DET,
    HAVE,
    MODAL,
    NOUNISH,
    NUMBER,
    PREP,
    PRONOUN,
    TIME,
    VERB,
    VERB_ED,
)

_ADJECTIVES = frozenset({("subject", "to"), ("contingent", "on"), ("conditional", "on"), ("conditional", "upon")})
_PARTICIPLES = frozenset({"centred", "centered", "centring", "centering", "anchored"})  # of no verb of the tables


def opens_phrase(s: Sentence, at: int) -> bool:
    """Whether a participle or an adjective with its preposition, or "as regards", stands at `at`."""
    if at + 1 >= len(s.words):
        return False
    word, then = s.words[at], s.words[at + 1]
    is_participle = s.classes[at + 1] & PREP and (s.classes[at] & VERB_ED or word in _PARTICIPLES)
    return bool(is_participle) or (word, then) in _ADJECTIVES or (word == "as" and then == "regards")


def denied_verb(s: Sentence, do: int) -> int:
    """The verb of "do not, as a rule, inspect"; 0 where none stands there."""
    if s.words[do + 1 : do + 2] not in (["not"], ["never"]) or do + 2 >= len(s.words):
        return 0
    verb = behind_aside(s, do + 2)
    return verb if s.classes[verb] & (VERB | HAVE) else 0


def goes_on_denied(s: Sentence, do: int, order: int, subordinate: int) -> bool:
    """Whether ", and do not inspect" goes on with an order; behind a clause that tells something only a comma parts it."""
    if order < 0 or not s.classes[do - 1] & (COMMA | CONJ | COLON):
        return False
    return (subordinate < order or bool(s.classes[do - 1] & COMMA)) and denied_verb(s, do) > 0


def may_be_compound(s: Sentence, at: int) -> bool:
    """Whether the word may only be the first part of a name ("market entities", "audit organs")."""
    kind = s.classes[at]
    return (
        bool(kind & NOUNISH)
        and at + 1 < len(s.classes)
        and bool(s.classes[at + 1] & AGENT)
        and s.words[at] not in ("guide", "support")
    )


def is_label(s: Sentence, first: int) -> bool:
    """Whether a word that is also a noun only names something: "Grade B, ordinary risk", "Model counties."."""
    rest = s.words[first + 1 : first + 3]
    if len(rest[0]) == 1:
        return rest[0] != "a" or s.classes[first + 2 : first + 3] == [] or bool(s.classes[first + 2] & _BEHIND_GRADE)
    if s.classes[first + 1] & NUMBER:
        return bool(s.classes[first + 2 : first + 3] == [] or s.classes[first + 2] & _BEHIND_GRADE)
    is_open = s.classes[first + 1] & (DET | PRONOUN | ADVERB | TIME)
    return len(s.words) - first == 2 and not is_open and s.leaf.text_end - s.end > _LONGEST_NOTE


_LONGEST_NOTE = 60  # characters of a bracket that may follow an order of two words; more is what a label stands before
_BEHIND_GRADE = COMMA | COLON | DASH | BE_FINITE | MODAL
