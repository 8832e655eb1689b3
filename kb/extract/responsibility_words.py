"""Sentences that allot work in words of their own: "Under the lead of the Port Bureau, with the Tax Bureau", "The work is done by A", "A + B".

Such a sentence is nothing but bodies, times, and a few small words that tell who leads, who helps, or that this is the work.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.bodies import Doer, as_lead, bodies_in, doer_at
from kb.extract.body_heads import SERVICES
from kb.extract.clauses import Sentence
from kb.extract.phrases import head_of
from kb.extract.role_cues import STROKES
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DASH,
    DET,
    MODAL,
    NOUNISH,
    REL,
    SUB,
    TIME,
    VERB,
    VERB_ED,
)  # fmt: skip
from kb.model import Role

_LEADING = frozenset("lead leads leading led head heads headed leadership coordinate coordinates coordinated".split())
_HELPING = frozenset(
    "with help helps helping helped assist assists assisting assisted support supports supporting supported cooperating cooperation co-operation coop coop. participating participation part takes taking "
    "participants joining jointly-with".split()
)
_PLAIN = frozenset(
    "by whom who owner owners action actions actor actors responsible responsibility body bodies unit units department departments agency agencies in charge of under direction guidance together jointly "
    "undertaken done carried out implemented executed handled performed organised organized taken shall will be is are to for this these it them work task tasks both does do assigned entrusted being "
    "through via as falls fall rests rest lies lie job duty duties measures measure points point item items project projects above foregoing main primary principal charged hand hands due on".split()
)
_LYING = frozenset({"lies", "lie", "rests", "rest"})  # "lies with" tells who acts
_SIGNS = STROKES | frozenset({"~", "*", "<", ">", "«", "»", "‹", "›", "⟨", "⟩"})
_GLUE = DET | COMMA | COLON | CONJ | DASH | TIME | ADVERB


def doers_of_few_words(s: Sentence, text: str) -> list[Doer]:
    """The bodies of a sentence that is nothing but bodies and words of allotting; none where it is more, or names nobody."""
    found: list[Doer] = []
    role, rule = Role.RESPONSIBLE, "few-words"
    reached = 0
    if not s.words or (
        s.classes[0] & VERB and not s.classes[0] & VERB_ED and s.words[1:2] and not _is_small(s, text, 1)
    ):
        return []  # "Support the Port Bureau", not "Lead unit Port Bureau"
    for first, stop in _stretches(s, text):
        told = s.words[reached:first]
        if not _LEADING.isdisjoint(told):
            role = Role.LEAD
        elif not _HELPING.isdisjoint(told) and _LYING.isdisjoint(told):
            role = Role.COOPERATING
            found = [as_lead(doer) if "with" in told else doer for doer in found]
        if s.words[head_of(s, first, stop)] in SERVICES or any(is_of_clause(kind) for kind in s.classes[first:stop]):
            return []
        bodies = bodies_in(s, first, stop)
        if not bodies or bodies[0][0] != first or bodies[-1][1] != stop or not text[s.starts[first]].isupper():
            return []
        found += [doer_at(s, a, b, role, rule) for a, b in bodies]
        reached = stop
    return found if _LEADING.isdisjoint(s.words[reached:]) and _HELPING.isdisjoint(s.words[reached:]) else []


def is_of_clause(kind: int) -> bool:
    """Whether a word tells that a stretch is more than bodies and their roles: a verb and nothing else, or what opens a clause."""
    is_pure_verb = kind & VERB and not kind & (NOUNISH | ADJECTIVISH | AGENT)
    return bool(is_pure_verb or kind & (MODAL | BE_FINITE | SUB | REL))


def _stretches(s: Sentence, text: str) -> Iterator[tuple[int, int]]:
    """The stretches between the words of allotting, without articles and signs at their edges."""
    first = 0
    for k in range(len(s.words) + 1):
        if k < len(s.words) and not _is_small(s, text, k):
            continue
        start, stop = first, k
        while start < stop and s.classes[start] & _GLUE:
            start += 1
        while stop > start and s.classes[stop - 1] & _GLUE:
            stop -= 1
        if start < stop:
            yield start, stop
        first = k + 1


def _is_small(s: Sentence, text: str, k: int) -> bool:
    """Whether a unit is a word of allotting, and no part of a name: small, or the first of the sentence."""
    word = s.words[k]
    if word in _SIGNS:
        return True
    is_told = word in _PLAIN or word in _LEADING or word in _HELPING
    return is_told and (text[s.starts[k]].islower() or k == 0) and not (word == "of" and _is_inside(s, text, k))


def _is_inside(s: Sentence, text: str, k: int) -> bool:
    """Whether "of" stands inside a name: "Bureau of Finance"."""
    return 0 < k < len(s.words) - 1 and text[s.starts[k - 1]].isupper() and s.words[k - 1] not in _LEADING | _PLAIN
