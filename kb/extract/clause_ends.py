"""Where the clause of a main verb ends: before the subject of the next one, with the phrase or the condition in front of it.

"decides within a month, and in complex cases the time may be prolonged" -> the first clause ends before ", and".
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.forms import fits
from kb.extract.groups import Finite
from kb.extract.phrases import skip
from kb.extract.relatives import RELATING
from kb.extract.words import ADVERB, COMMA, CONJ, DET, NOUNISH, PREP, PRONOUN, REL, SUB, TIME, TO, VERB, VERB_ED, VERB_S


def clause_end(s: Sentence, finites: list[Finite], number: int) -> int:
    """Where the clause of a finite ends: before the subject of the next one, without the comma and conjunction between."""
    if number + 1 == len(finites):
        return len(s.words)
    following = finites[number + 1]
    end = following.at if following.shared else min(following.subject[0], following.at)  # "nor may they" is inverted
    floor = finites[number].verb + 1
    if s.classes[following.at - 1] & REL:
        return max(following.at - 2, floor)  # "..., which shall decide"
    if following.subject[1] < following.at and s.classes[following.subject[1] + 1] & REL and not following.shared:
        return max(following.subject[1], floor)  # "..., who, upon payment, may sue"
    if following.subject[0] > floor and s.words[following.subject[0] - 1] in RELATING and not following.shared:
        return max(next((k for k in range(end - 2, floor, -1) if s.classes[k] & COMMA), floor), floor)
    if following.shared or end < floor:
        end = following.at
    if following.shared and end > floor and s.classes[end - 1] & COMMA:
        end = next((k for k in range(end - 2, floor, -1) if s.classes[k] & COMMA and s.classes[k - 1] & CONJ), end)
    joint = next((k for k in range(end - 1, floor, -1) if not s.classes[k] & (ADVERB | DET)), end)
    if s.classes[joint : joint + 1] and s.classes[joint] & (COMMA | CONJ):
        end = joint  # "..., and promptly": the adverb is of the next verb; "file orally, and" has its own
    while end > floor and s.classes[end - 1] & (COMMA | CONJ | DET) and not s.classes[end - 1] & NOUNISH:
        end -= 1
    if s.words[end - 5 : end] == ["and", "at", "the", "same", "time"]:
        end -= 6 if s.classes[end - 6] & COMMA else 5
    return max(_before_fronted(s, floor, end), floor)


def _before_fronted(s: Sentence, floor: int, end: int) -> int:
    """Where a clause ends when a condition stands between it and the next ("..., and where there is an error, shall ...")."""
    for k in range(floor + 1, end):
        if s.classes[k] & SUB and _fronts_coordinated(s, k, end):
            continue
        if s.classes[k] & CONJ and s.classes[k - 1] & COMMA and k + 1 < end and s.classes[k + 1] & COMMA:
            return k - 1  # "shall be upheld, and, in line with the plan, the arrears shall be cleared"
        if _fronts_clause(s, k, end):
            return k - 1  # "decides, and in complex cases the time may be prolonged"
        if s.classes[k] & SUB and s.classes[k - 1] & (CONJ | COMMA) and s.words[k] in ("where", "if", "when"):
            stop = k
            while stop > floor and s.classes[stop - 1] & (COMMA | CONJ):
                stop -= 1
            return stop
    return end


def _fronts_clause(s: Sentence, k: int, end: int) -> bool:
    """Whether nothing but a preposition and its noun phrase stands between ", and" and what the next clause opens with at `end`."""
    first = skip(s, k + 1, ADVERB)
    if not s.classes[k] & CONJ or not s.classes[k - 1] & COMMA or first + 1 >= end or not s.classes[first] & PREP:
        return False
    opens = end < len(s.classes) and bool(s.classes[end] & (DET | PRONOUN | VERB_S & ~NOUNISH))
    return opens and not any(kind & (COMMA | CONJ | VERB_S | VERB_ED | TO) for kind in s.classes[k + 1 : end])


def _fronts_coordinated(s: Sentence, opener: int, end: int) -> bool:
    """Whether a condition stands before another verb of the same clause ("produce evidence and, where X is likely, ask for a hearing, which ...")."""
    comma = next((k for k in range(opener + 1, end - 1) if s.classes[k] & COMMA), end)
    verb = skip(s, comma + 1, ADVERB | TIME)
    return (
        verb + 1 < end
        and fits(s, verb, VERB, has_object=True)
        and bool(s.classes[opener - 2] & CONJ or s.classes[opener - 1] & CONJ)
    )
