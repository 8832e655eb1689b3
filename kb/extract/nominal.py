"""Acts that are put as nouns: goals of a plan ("Full coverage of all ports by 2018"), measures of a memorandum ("Exclusion from awards").

In comes a sentence without a verb, out come its acts.
"""

from __future__ import annotations

from kb.extract.actions import Act, read_acts
from kb.extract.clauses import Sentence
from kb.extract.deeds import DEED
from kb.extract.edges import end_of_act
from kb.extract.finites import find_finites
from kb.extract.groups import Finite
from kb.extract.modality import row as row_of
from kb.extract.phrases import skip
from kb.extract.words import (
    ADVERB,
    COMMA,
    CONJ,
    PREP,
    TIME,
    TO,
    VERB,
    VERB_ING,
)

_SHORTEST_TASK = 3  # words; less is a label


def nominal_act(s: Sentence) -> Act:
    """A sentence without a verb as one act that is put as a noun: "Full coverage of all counties by 2018", "Review of the rules"."""
    imperative, n = row_of("imperative"), len(s.words)
    start = min(skip(s, 0, ADVERB | TIME | COMMA), n - 1)
    stop = end_of_act(s, start, n)
    times = [k for k, kind in enumerate(s.classes) if kind & TIME and not start <= k < stop]
    return Act(
        Finite(start, start, VERB, imperative, subject=(start, start)),
        imperative,
        start,
        stop,
        n,
        times,
        last_of_sentence=True,
    )


def nominal_measures(s: Sentence) -> list[Act]:
    """The measures of a memorandum that are put as nouns: "Exclusion from awards, and cancellation of titles", "no reduction of fees"; none where it opens with no deed."""
    n = len(s.words)
    opens = [0, *(k for k in range(2, n) if s.classes[k - 1] & CONJ and s.classes[k - 2] & COMMA and _is_deed(s, k))]
    if not _is_deed(s, 0):
        return []
    return [_measure(s, start, stop) for start, stop in zip(opens, [*opens[1:], n], strict=True)]


def noted_acts(s: Sentence, *, any_noun: bool) -> list[Act]:
    """What a sentence asks for only by the bodies in a bracket or a line behind it: "Setting up files for doctors. (Health Bureau)".

    That may be a passive in the present tense ("Priority is given"), a gerund, an infinitive, a deed, with `any_noun` every noun.
    """
    finites = find_finites(s)
    if finites or len(s.words) < _SHORTEST_TASK:
        return [act for act in read_acts(s, finites) if act.row.id == "present-passive"]
    if s.classes[0] & TO and s.classes[1] & VERB:
        s.drop(1)
        return [nominal_act(s)]
    is_gerund = s.classes[skip(s, 0, ADVERB)] & VERB_ING
    return nominal_measures(s) or ([nominal_act(s)] if is_gerund or any_noun else [])


def _deed_at(s: Sentence, at: int) -> tuple[int, int]:
    """Where the noun phrase of a deed begins behind adverbs and "no", and its head; the head is the length of the sentence where none is."""
    first, n = skip(s, at, ADVERB | COMMA | CONJ), len(s.words)
    start = first + (s.words[first : first + 1] == ["no"])
    ends = (k for k in range(start, min(start + 4, n)) if k + 1 == n or s.classes[k + 1] & (PREP | COMMA | CONJ))
    return start, next(ends, n)


def _is_deed(s: Sentence, at: int) -> bool:
    start, head = _deed_at(s, at)
    joined = at == 0 or (head + 1 < len(s.words) and bool(s.classes[head + 1] & PREP))
    return start < len(s.words) and head < len(s.words) and s.words[head].endswith(DEED) and joined


def _measure(s: Sentence, at: int, stop: int) -> Act:
    """One measure of a row, from the unit `at`."""
    start, _ = _deed_at(s, at)
    act = nominal_act(s)
    finite = Finite(start, start, VERB, act.row, negated=s.words[start - 1 : start] == ["no"], subject=(start, start))
    own = [k for k in act.own_times if at <= k < stop]
    return Act(finite, act.row, start, end_of_act(s, start, stop), stop, own, last_of_sentence=stop == len(s.words))
