"""The body that a pronoun or a pointer stands for: "Where the firm objects, it may ...", "the duty of that authority", "the latter".

Pronoun and body agree in number: "it" is no "units", "they" is no single firm (but may be a person). What a sentence leaves to the
one before is explicit where it prints the same body again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from kb.extract.bodies import Doer, doers_in
from kb.extract.body_heads import is_body
from kb.extract.clauses import Sentence
from kb.extract.groups import Finite
from kb.extract.phrases import OBJECT_STARTS, PARTICLES, head_of, skip
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ARTICLE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    DO,
    HAVE,
    INDEFINITE,
    MODAL,
    NAMED,
    NOUNISH,
    PAST_AUX,
    PREP,
    PRONOUN,
    REL,
    SOFT_SUB,
    SUB,
    TO,
    VERB,
    VERB_S,
    HeadRow,
)  # fmt: skip
from kb.model import Role
from kb.rules import load_rules

_ONE, _SEVERAL = frozenset({"it", "itself"}), frozenset({"they", "them"})
_PLURAL = frozenset({"people", "police", "staff", "personnel", "those", "cadres", "media"})
_SINGULAR_IN_S = ("ss", "us", "is")


def nearest_before(s: Sentence, at: int) -> list[Doer]:
    """The body of the sentence named last before "and the latter" or "and these"."""
    named = next((k for k in range(at - 1, -1, -1) if s.classes[k] & (AGENT | NAMED)), -1)
    start = next((k for k in range(named, max(named - 12, -1), -1) if s.classes[k] & (DET | NAMED)), -1)
    return doers_in(s, start, named + 1, Role.RESPONSIBLE, "pronoun")[-1:] if 0 <= start <= named else []


def nearest_like(s: Sentence, at: int) -> list[Doer]:
    """The body of the sentence that "by it" or "by them" takes up: the last one before it of that number, for "them" with its list."""
    closing = PREP | MODAL | BE_FINITE | SUB | (DET if s.words[at] == "it" else 0)
    for k in range(at - 1, -1, -1):
        if not s.classes[k] & (AGENT | NAMED) or (s.words[at] == "it") == is_plural(s.words[k]):
            continue
        start = next((j for j in range(k, max(k - 12, -1), -1) if s.classes[j] & closing), -1)
        found = doers_in(s, start + 1, k + 1, Role.RESPONSIBLE, "pronoun")
        if found:
            return found if s.words[at] == "them" else found[-1:]
    return []


def named_before(s: Sentence, at: int) -> list[Doer]:
    """The body of the sentence that "that department" takes up: the last one before it with this head."""
    named = next((k for k in range(at - 1, -1, -1) if s.words[k] == s.words[at + 1]), -1)
    start = next((k for k in range(named, max(named - 12, -1), -1) if s.classes[k] & (ARTICLE | INDEFINITE)), -1)
    stop = named + 1
    if s.words[stop : stop + 1] == ["of"]:
        closing = COMMA | MODAL | BE_FINITE | HAVE | REL | SUB | CONJ
        stop = next((k for k in range(stop, at) if s.classes[k] & closing or _tells(s, k)), at)
    return doers_in(s, start, stop, Role.RESPONSIBLE, "pronoun")[:1] if 0 <= start < named else []


def _tells(s: Sentence, at: int) -> bool:
    """Whether a verb in the present tense stands here: no noun by its form, or one before an object."""
    kind, following = s.classes[at], s.classes[at + 1]
    return bool(kind & VERB_S and not kind & AGENT and (not kind & NOUNISH or following & DET))


def antecedent(s: Sentence, before: int) -> list[Doer]:
    """The body that a pronoun stands for: the subject of the condition in front, else the first body of the sentence."""
    classes = s.classes
    for k in range(before):
        if classes[k] & (SUB | SOFT_SUB) or k == 0:
            start = k + 1 if classes[k] & (SUB | SOFT_SUB) else k
            if classes[start] & COMMA:  # "Where, as the case requires, the court ..., it"
                start = next((j + 1 for j in range(start + 1, before) if classes[j] & COMMA), start)
            if classes[start] & PRONOUN and not classes[start] & (AGENT | INDEFINITE | DET):
                return []  # "They prohibit it, and they guide the firms": the body stands in a sentence before
            stop = start
            while stop < before and not _ends_antecedent(s, stop):
                stop += 1
            found = doers_in(s, start, stop, Role.RESPONSIBLE, "pronoun")
            if found and _agrees(s, before, start, stop):
                several = s.words[before] == "they" or any(s.words[j] == "or" for j in range(start, stop))
                return found if several else found[:1]
    return []


def _agrees(s: Sentence, pronoun: int, start: int, stop: int) -> bool:
    """Whether the phrase can be what the pronoun at `pronoun` stands for, by number."""
    word = s.words[pronoun]
    joint = next((s.words[k] for k in range(start, stop) if s.classes[k] & CONJ), "")
    first = next((k for k in range(start, stop) if s.classes[k] & (COMMA | CONJ)), stop)
    head = head_of(s, start, first)
    if joint or s.classes[head] & NAMED or not s.classes[head] & AGENT:
        return True
    if word in _ONE:
        return not is_plural(s.words[head])
    return word not in _SEVERAL or is_plural(s.words[head]) or s.words[head] in _persons()


def is_plural(head: str) -> bool:
    """Whether the head of a body is a plural by its form."""
    return head in _PLURAL or (head.endswith("s") and not head.endswith(_SINGULAR_IN_S) and head not in _LIKE_PLURAL)


_LIKE_PLURAL = frozenset({"customs", "headquarters"})


@cache
def _persons() -> frozenset[str]:
    """Words for persons, which a rule may call "they"."""
    table = load_rules(Path(__file__).parent / "actors.yaml", HeadRow)
    return frozenset(next(row for row in table if row.id == "person").heads.split())


def _ends_antecedent(s: Sentence, at: int) -> bool:
    """Whether a comma (but not that of ", or the bank,") or a verb of the condition ends the phrase a pronoun stands for."""
    kind = s.classes[at]
    if kind & MODAL:
        return True
    if kind & COMMA:
        return not _goes_on(s, at)
    following = s.classes[at + 1] if at + 1 < len(s.classes) else 0
    if kind & VERB and not kind & AGENT and _follows_plural(s, at):
        is_verb = not kind & (NOUNISH | ADJECTIVISH) or following & (OBJECT_STARTS | AGENT | ADVERB)
        return (
            bool(is_verb) or s.words[at + 1 : at + 2] == ["that"] or not PARTICLES.isdisjoint(s.words[at + 1 : at + 2])
        )
    if kind & VERB_S and kind & AGENT:
        return False  # "schools and institutes"
    if kind & VERB and not kind & (AGENT | NOUNISH | ADJECTIVISH):
        return bool(following & TO)  # "a firm and its bank agree to"
    needs = s.words[at] in ("need", "needs") and following & (TO | DET)
    return bool(needs or kind & (MODAL | BE_FINITE | HAVE | DO | PAST_AUX | VERB_S | REL | SUB | COLON))


def _follows_plural(s: Sentence, at: int) -> bool:
    """Whether bodies in the plural stand before the verb: "departments find that", "agencies newly set up"."""
    k = at - 2 if at > 1 and s.classes[at - 1] & ADVERB else at - 1
    return k >= 0 and (s.words[k].endswith("s") or s.words[k] in _PLURAL or bool(s.classes[k] & NAMED))


def _goes_on(s: Sentence, comma: int) -> bool:
    """Whether a list of bodies goes on behind the comma, up to its "or": ", legal person, or other organization", ", taxation and other bureaus"."""
    classes, at, n = s.classes, comma, len(s.classes)
    while at < n and classes[at] & COMMA:
        first = at + 1 + bool(at + 1 < n and classes[at + 1] & CONJ)
        stop = _phrase_end(s, first)
        if first >= stop:
            return False
        is_member, is_joined = is_body(s, first, stop), stop < n and bool(classes[stop] & CONJ)
        if is_joined and not is_member and not classes[first] & (DET | PREP):
            return is_body(s, stop + 1, _phrase_end(s, stop + 1))
        if not is_member or is_joined or first == at + 2:
            return is_member
        at = stop
    return False


def _phrase_end(s: Sentence, at: int) -> int:
    """The unit at which the phrase from `at` ends: the next sign, conjunction or verb group."""
    n = len(s.classes)
    closing = COMMA | CONJ | MODAL | BE_FINITE | HAVE | DO | PAST_AUX | REL | SUB | COLON
    return next((k for k in range(at, n) if s.classes[k] & closing), n)


def carried(s: Sentence, finite: Finite, doers: tuple[Doer, ...], text: str) -> tuple[Doer, ...]:
    """The bodies named before that an act without one is for: of another sentence none that only helped there, nor the State.

    What things alone can do ("the penalty must fit the act") is for nobody, nor is an application that anybody may make.
    """
    start, stop = finite.subject
    if start == stop:
        return ()
    if not doers or s.start <= doers[0].start < s.end:
        return doers
    is_pronoun = stop - start == 1 and bool(s.classes[start] & PRONOUN)
    if not is_pronoun and (s.words[finite.verb] in _OF_THINGS or (finite.passive and _is_request(s, start, stop))):
        return ()
    return tuple(
        doer
        for doer in doers
        if doer.role is not Role.COOPERATING and (is_pronoun or text[doer.start : doer.end].lower() not in _POLITIES)
    )


_OF_THINGS = frozenset("fit match exceed correspond equal serve suit conform amount".split())
_REQUESTS = frozenset("application applications appeal appeals action suit".split())
_POLITIES = frozenset({"state", "city", "municipality", "province", "this city", "this municipality", "this province"})


def _is_request(s: Sentence, start: int, stop: int) -> bool:
    """Whether the subject is something that whoever wants it makes: "an application for review may be filed"."""
    return s.words[head_of(s, start, stop)] in _REQUESTS


def printed_again(s: Sentence, doers: Sequence[Doer], text: str, opening: int) -> tuple[Doer, ...]:
    """The doers of another sentence where this one prints them all again, at those places; else nothing.

    In the condition in front of the clause that opens at `opening` ("Where goods of the debtor are let, this shall be reported"), or as the subject
    of a modal ("A wrong entry shall be corrected, and the bureau shall tell the firm"). A mere mention tells nothing.
    """
    if not s.classes[skip(s, 0)] & SUB and sum(1 for kind in s.classes if kind & MODAL) < 2:
        return ()
    found: list[Doer] = []
    for doer in doers:
        at = _place_of(s, text[doer.start : doer.end], opening)
        if at < 0:
            return ()
        found.append(msgspec.structs.replace(doer, start=at, end=at + doer.end - doer.start))
    return tuple(found)


_RECEIVING = frozenset("to with from for against upon on".split())  # before the body, it is not the one that acts


def _place_of(s: Sentence, name: str, opening: int) -> int:
    """The offset at which the sentence prints the name in one of those places, not as the one that receives something; -1 for none."""
    words = name.lower().split()
    in_condition = opening if s.classes[skip(s, 0)] & SUB else 0
    for k in range(len(s.words)):
        if s.words[k] != words[0] or s.starts[k] + len(name) > s.end:
            continue
        end = s.starts[k] + len(name)
        stop = next((j + 1 for j in range(k, len(s.words)) if s.ends[j] >= end), len(s.words))
        before = k - 1 - bool(k and s.classes[k - 1] & DET)
        is_told = k < in_condition or bool(s.classes[stop : stop + 1] and s.classes[stop] & MODAL)
        if not is_told or (before >= 0 and s.words[before] in _RECEIVING):
            continue
        if s.ends[stop - 1] == end and "".join(s.words[k:stop]) == "".join(words):
            return s.starts[k]
    return -1
