"""Bodies that lead an act or take part in it: behind "led by", "together with", "with the tax office assisting".

In comes a sentence with the units in which the act may name them, out come doers in their role.
"""

from __future__ import annotations

from kb.extract.bodies import Doer, doers_in
from kb.extract.clauses import Sentence
from kb.extract.phrases import POSTPOSED, skip
from kb.extract.tails import company_end
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    MODAL,
    NAMED,
    NOUNISH,
    PREP,
    REL,
    SUB,
    TIME,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip
from kb.model import Role

_COMPANY = (
    ("together", "with"), ("jointly", "with"), ("in", "conjunction", "with"), ("in", "coordination", "with"), ("in", "cooperation", "with"), ("along", "with"),
    ("in", "collaboration", "with"), ("with", "the", "participation", "of"), ("with", "the", "cooperation", "of"), ("in", "concert", "with"),
    ("in", "consultation", "with"), ("with", "the", "assistance", "of"), ("in", "co-operation", "with"), ("in", "co-ordination", "with"),
    ("hand", "in", "hand", "with"), ("side", "by", "side", "with"), ("in", "tandem", "with"), ("in", "step", "with"), ("in", "agreement", "with"),
    ("assisted", "by"), ("aided", "by"), ("helped", "by"), ("seconded", "by"), ("supported", "by"), ("with", "the", "help", "of"), ("with", "the", "aid", "of"),
    ("with", "the", "co-operation", "of"), ("in", "partnership", "with"), ("in", "association", "with"), ("in", "liaison", "with"),
)  # fmt: skip
_HELPED = frozenset(
    {"assisted", "aided", "helped", "seconded", "supported"}
)  # behind a comma: "the bureau, helped by the guild,"
_COMPANY_STARTS = frozenset(phrase[0] for phrase in _COMPANY)


def leaders(s: Sentence, start: int, stop: int) -> list[Doer]:
    """Bodies behind "led by"."""
    for k in range(start, stop - 2):
        if s.words[k] in ("led", "headed") and s.words[k + 1] == "by":
            end = k + 2
            while end < stop and not ends_agent(s, end) and not s.classes[end] & (SUB | REL | COLON):
                end += 1
            return doers_in(s, k + 2, end, Role.LEAD, "led-by")
    return []


def company_at(s: Sentence, k: int) -> int:
    """The length of "together with" or the like at `k`; 0 for none."""
    if s.words[k] not in _COMPANY_STARTS or (s.words[k] in _HELPED and k and not s.classes[k - 1] & COMMA):
        return 0
    return next((len(p) for p in _COMPANY if tuple(s.words[k : k + len(p)]) == p), 0)


def company_in_front(s: Sentence, stop: int, *, shared: bool) -> list[Doer]:
    """The company that opens a sentence, before a verb whose clause opens at `stop`: "In cooperation with the police, draw up rules".

    Where another body's verb stands between, it is that body's, unless the subject is `shared`.
    """
    first = next((k for k in range(min(skip(s, 0) + 1, stop)) if company_at(s, k)), -1)  # "jointly" is an adverb too
    has_verb = any(kind & (MODAL | BE_FINITE) for kind in s.classes[max(first, 0) : stop])
    return [] if first < 0 or (has_verb and not shared) else companions(s, first, stop)


def companions(s: Sentence, start: int, stop: int) -> list[Doer]:
    """Bodies that take part: behind "together with" and the like."""
    words, classes = s.words, s.classes
    for k in range(start, stop):
        if words[k] not in _COMPANY_STARTS or _is_of_maker(s, start, k):
            continue
        length = company_at(s, k)
        closing = company_end(s, k, stop) if not length and words[k] == "with" and k else 0
        if closing:
            return doers_in(s, k + 1, closing, Role.COOPERATING, "together-with")
        if not length:
            continue
        first = k + length
        end = first
        while end < stop and not classes[end] & (MODAL | BE_FINITE | SUB | REL | COLON):
            if classes[end] & COMMA and not _list_goes_on(s, end, stop):
                break
            if (
                classes[end] & (VERB | VERB_S)
                and not classes[end] & (AGENT | NOUNISH)
                and end > first
                and not classes[end - 1] & (DET | PREP | CONJ)
            ):
                break
            end += 1
        return doers_in(s, first, end, Role.COOPERATING, "together-with")
    return []


def _is_of_maker(s: Sentence, start: int, k: int) -> bool:
    """Whether a participle behind a noun has a body before the company: "the review organised by A together with B"."""
    classes = s.classes
    for by in range(k - 1, max(start + 2, k - 16), -1):
        if classes[by] & (COMMA | MODAL | BE_FINITE):
            return False
        if s.words[by] == "by":
            return bool(classes[by - 1] & VERB_ED) and not classes[by - 2] & (BE | ADVERB | CONJ | COMMA | TIME)
    return False


def _list_goes_on(s: Sentence, comma: int, stop: int) -> bool:
    """Whether a body stands between this comma and the next sign, so that a list of bodies goes on."""
    near = range(comma + 1, min(stop, comma + 12))
    etc = next((k for k in near if s.words[k] == "etc."), comma)
    if etc > comma and not any(kind & (VERB_S | MODAL) for kind in s.classes[comma + 1 : etc]):
        return True  # "together with the departments of health, trade, etc.,"
    for k in near:
        if s.classes[k] & (VERB | VERB_S | MODAL | ADVERB) and not s.classes[k] & AGENT:
            return False
        if s.classes[k] & (AGENT | NAMED):
            return True
        if s.classes[k] & COMMA:
            return False
    return False


def ends_agent(s: Sentence, at: int) -> bool:
    """Whether a preposition ends the phrase of an agent ("by the bureau in accordance with law", not "the person in charge")."""
    following = s.words[at + 1] if at + 1 < len(s.words) else ""
    if s.words[at] == "for" and s.classes[at + 1 : at + 2] and s.classes[at + 1] & DET:
        return bool(s.classes[at - 1] & AGENT and s.classes[at - 2] & VERB_ING)  # "by the grading bureau for the roll"
    if s.words[at] == "under":
        return not _is_under_body(s, at)
    return (
        s.words[at] in _AFTER_AGENT
        and following not in ("charge", "question")
        and s.words[at - 1 : at + 1] != ["subject", "to"]
        and not (s.words[at] == "in" and _is_narrowed(s, at))
        and not (s.words[at] == "with" and not _POWERS.isdisjoint(s.words[at + 1 : at + 3]))
        and s.words[at : at + 3] != ["at", "the", "same"]
    )


def _is_under_body(s: Sentence, at: int) -> bool:
    """Whether "under the State Council", "directly under the ministry" tells whose body it is; "under Article 5", "under supervision" do not."""
    stop = next((k for k in range(at + 1, min(at + 6, len(s.words))) if s.classes[k] & (COMMA | CONJ | PREP)), at + 6)
    return s.words[at - 1] == "directly" or any(kind & (AGENT | NAMED) for kind in s.classes[at + 1 : stop])


def _is_narrowed(s: Sentence, at: int) -> bool:
    """Whether "in the industries concerned" stands at `at`, which belongs to the body before it."""
    stop = next((k for k in range(at + 1, min(at + 7, len(s.words))) if s.classes[k] & (COMMA | CONJ | PREP)), at + 7)
    return not POSTPOSED.isdisjoint(s.words[at + 2 : stop])


_POWERS = frozenset(
    {"right", "power", "authority", "jurisdiction", "competence"}
)  # "the organ with the right of removal"
_AFTER_AGENT = frozenset(
    {
        "in",
        "to",
        "on",
        "according",
        "within",
        "through",
        "from",
        "by",
        "with",
        "together",
        "before",
        "after",
        "under",
        "as",
        "so",
        "upon",
        "without",
        "during",
        "forthwith",
        "immediately",
    }
)
