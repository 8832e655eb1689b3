"""Words that open a subordinate clause: "where", "if", "after", "that"; and where they open none ("whether to accept it", "that person's consent").

In comes the row of a sentence and a place, out comes whether a clause with a verb of its own begins there.
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    DO,
    HAVE,
    MODAL,
    NOUNISH,
    PAST_AUX,
    PLACE,
    POSSESSIVE,
    PREP,
    PRONOUN,
    REL,
    SOFT_SUB,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip

_NO_CLAUSE_AFTER_SUB = frozenset(
    {"necessary", "possible", "appropriate", "applicable", "needed", "otherwise", "so", "feasible", "practicable"}
)
COMPLEMENT_VERBS = frozenset(
    "ensure ensures show shows prove proves state states indicate indicates confirm confirms guarantee guarantees promise promises declare claim claims "
    "provide verify specify specifies ascertain note agree discover discovers discovered found finds find considers consider believes stipulates stipulate provided provides "
    "sure ensuring showing proving stating indicating confirming provides require requires "
    "holding believing considering deeming alleging claiming asserting maintaining contending discovering finding learning knowing".split()
)
_TELLING = frozenset("order request demand report rule claim promise answer".split())  # nouns too, before "that"


def opens_clause(s: Sentence, i: int) -> bool:  # noqa: PLR0911  one return a case
    """Whether the word opens a subordinate clause here."""
    words, classes = s.words, s.classes
    kind, following = classes[i], classes[i + 1] if i + 1 < len(classes) else 0
    before = classes[i - 1] if i else 0
    at_start = i == 0 or bool(before & (COMMA | CONJ | TIME | COLON))
    if kind & SUB:
        behind = words[i + 1] if i + 1 < len(words) else ""
        if following & TO or behind in _NO_CLAUSE_AFTER_SUB or (words[i], behind) == ("because", "of"):
            return False  # "whether to accept it is decided"
        if following & (VERB_ING | VERB_ED) and not following & AGENT and not _heads_subject(s, i + 1):
            return False
        return words[i] != "once" or at_start
    if kind & SOFT_SUB:
        return _opens_soft_clause(s, i, at_start=at_start)
    if following & TO or (before & PREP and following & (COMMA | CONJ)):
        return False  # "the means by which, and the bodies by which"
    if words[i] == "whatever" and following & (MODAL | BE_FINITE) and not before & (VERB | PREP | COMMA | CONJ):
        return False  # "no fee whatever may be charged"
    if words[i] != "that":
        return not _is_in_which_case(s, i)
    return _opens_that_clause(s, i, at_start=at_start)


def _heads_subject(s: Sentence, at: int) -> bool:
    """Whether the participle behind "where" or "if" stands before the noun of a subject ("where hidden dangers are found", not "where needed")."""
    behind = s.classes[at + 1 : at + 12]
    if not behind or behind[0] & (PREP | COMMA | CONJ | ADVERB | DET | TIME | TO | MODAL | BE | HAVE | SUB):
        return False
    sign = next((k for k, kind in enumerate(behind) if kind & (COMMA | CONJ | REL)), len(behind))
    return any(kind & (BE_FINITE | HAVE) for kind in behind[:sign])


def _opens_that_clause(s: Sentence, i: int, *, at_start: bool) -> bool:  # noqa: PLR0911  one return a case
    """Whether "that" opens a clause here, and is no pointer."""
    words, classes = s.words, s.classes
    before, following = classes[i - 1] if i else 0, classes[i + 1] if i + 1 < len(classes) else 0
    if i > 1 and before & VERB and classes[i - 2] & (MODAL | TO) and _is_pointer(s, i):
        return False
    if i > 1 and classes[i - 2] & PREP and words[i - 1] in ("which", "whom"):
        return False  # "the firm in which that person is employed"
    in_case = words[i - 1] in ("case", "cases", "circumstances", "event")
    if in_case and ((words[0] == "in" and 1 < i < 5 and words[i - 2] not in ("in", "the")) or words[i - 2] == "which"):
        return False  # "In complex cases that time may be extended"
    if i and (words[i - 1] in COMPLEMENT_VERBS or (before & VERB_ING and following & (MODAL | BE_FINITE | HAVE))):
        return True  # "see that it is done", "packaging that cannot be read"
    if at_start and (_goes_on_relating(s, i) or _is_complement_late(s, i)):
        return True
    if at_start and before & CONJ:
        return bool(following & (VERB | VERB_S | BE | HAVE | MODAL | DO | PRONOUN | ADVERB))
    if at_start or before & (PREP | MODAL | BE) or (before & (VERB | VERB_ING) and not before & (NOUNISH | AGENT)):
        return words[i - 1] == "so" if i else False
    return True


def _is_pointer(s: Sentence, i: int) -> bool:
    """Whether "that" behind a verb points to a noun ("produce that person's consent"), and opens no clause ("order that work stop")."""
    following = s.classes[i + 1] if i + 1 < len(s.classes) else 0
    if s.words[i - 1] in COMPLEMENT_VERBS or s.words[i - 1] in _TELLING or following & DET:
        return False
    is_plural = following & AGENT and s.words[i + 1].endswith("s")
    return bool(following & (AGENT | NOUNISH | POSSESSIVE)) and not is_plural


def _is_in_which_case(s: Sentence, i: int) -> bool:
    """ "..., in which case that office shall decide": another main clause."""
    return s.words[i - 1 : i + 2] in (["in", "which", "case"], ["in", "which", "event"]) and bool(
        s.classes[i - 2] & COMMA
    )


def _opens_soft_clause(s: Sentence, i: int, *, at_start: bool) -> bool:
    """Whether "after", "until" and the like open a clause here, not a phrase."""
    words, classes = s.words, s.classes
    if words[i] == "as":
        return words[i - 2 : i] in (["as", "soon"], ["as", "long"])  # "as soon as the office learns of it"
    joined = bool(classes[i - 1] & CONJ) and not (i > 1 and classes[i - 2] & COMMA) if i else False
    if words[i + 2 : i + 3] and words[i + 2] in _ENDS and words[i + 3 : i + 4] == ["of"]:
        return False  # "Before the end of the year the bureau publishes"
    own = (words[i] == "until" and _has_verb_of_its_own(s, i)) or words[i + 1 : i + 2] in (["it"], ["they"])
    following = classes[i + 1] if i + 1 < len(classes) else 0
    return (own or (at_start and not joined)) and not following & VERB_ING


_ENDS = frozenset({"end", "beginning", "start", "close", "middle"})


def _is_complement_late(s: Sentence, i: int) -> bool:
    """Whether "that" follows its verb behind a parenthesis: "see to it, in accordance with law, that", "ensure, by checks, that"."""
    comma = next((k for k in range(i - 2, max(i - 15, 0), -1) if s.classes[k] & COMMA), 0)
    is_open = s.words[comma - 1] in COMPLEMENT_VERBS or s.words[comma - 2 : comma] == ["to", "it"]
    return bool(s.classes[i - 1] & COMMA) and comma > 1 and is_open


def _goes_on_relating(s: Sentence, i: int) -> bool:
    """Whether "that" is the next of a row of such clauses ("the principles that A pays, that B oversees"), not "that unit"."""
    following = s.classes[i + 1] if i + 1 < len(s.classes) else 0
    body = next((k for k in range(i + 1, min(i + 5, len(s.words))) if s.classes[k] & AGENT), -1)
    is_pointer = body > 0 and not s.words[body].endswith("s") and not following & (DET | PLACE)
    if is_pointer or following & (MODAL | VERB_S):
        return False  # "and that charitable body conducts it"
    return any(s.words[k] == "that" and not s.classes[k - 1] & (COMMA | CONJ) for k in range(max(i - 30, 1), i - 1))


def _has_verb_of_its_own(s: Sentence, i: int) -> bool:
    """Whether a verb group follows a conjunction of time before any sign ("until the fare is made up", not "until the end of 2017")."""
    behind = s.classes[i + 1 : i + 20]
    sign = next((k for k, kind in enumerate(behind) if kind & (COMMA | CONJ | COLON)), len(behind))
    return any(kind & (BE_FINITE | MODAL | PAST_AUX) for kind in behind[:sign])
