"""Whether a noun phrase is headed by a body or a class of persons: "the provincial bureau", "this Municipality", not "a body of rules"."""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.phrases import head_of, skip
from kb.extract.words import (
    ADVERB,
    AGENT,
    DET,
    NAMED,
    NOT,
    PLACE,
    PREP,
    SUB,
    TIME,
    VERB_ED,
    VERB_ING,
)

_ACTING = frozenset({"state", "public", "society", "media", "television", "radio", "press"})
SERVICES = frozenset(  # things and places that act where a rule tells them to
    "capital platform platforms website websites site sites store stores mall malls spot spots window windows counter counters portal portals desk desks hotline "
    "hotlines system systems outlet outlets marketplace marketplaces market markets garage garages depot depots warehouse warehouses stadium stadiums venue venues".split()
)
_TRADED = frozenset(
    "bidding trading stock futures securities property rights equity commodity resource resources".split()
)


def is_body(s: Sentence, start: int, stop: int) -> bool:
    """Whether the head of the phrase is a body or a class of persons."""
    k = start
    while k < stop and s.classes[k] & (DET | ADVERB) and not s.classes[k] & AGENT:
        k += 1
    if k >= stop or (
        s.classes[k] & (PREP | SUB | TIME | VERB_ING)
        and not s.classes[k] & AGENT
        and not (s.classes[k] & VERB_ING and k + 1 < stop)
    ):
        return False
    head = head_of(s, start, stop)
    kind = s.classes[head]
    if s.words[head] == "those" and skip(s, head + 1, NOT | ADVERB) == stop - 1 and s.classes[stop - 1] & VERB_ED:
        return False  # "those not published must not serve as a basis"
    is_bare = head == k or s.words[head - 1] == "and"
    if s.words[head] == "administration" and is_bare and s.words[head + 1 : head + 2] == ["of"]:
        return False  # "the administration of the list", "the supervision and administration of cards"
    if (
        s.words[head] == "body"
        and head == k
        and s.words[head + 1 : head + 2] == ["of"]
        and not any(s.classes[k] & (AGENT | NAMED) for k in range(head + 2, stop))
    ):
        return False  # "a body of rules"
    if s.words[head] in SERVICES or kind & PLACE:
        return _is_acting_thing(s, start, head)
    return bool(kind & (AGENT | NAMED))


_SINGLED = frozenset("this all each a an any every no".split())  # "a business", "any exchange"


def _is_acting_thing(s: Sentence, start: int, head: int) -> bool:
    """Whether a word that is a thing or a place more often than a body is one here."""
    if s.words[head] in SERVICES:
        return head > start or s.words[head].endswith("s")
    if s.words[head] in ("exchange", "exchanges") and head > start:
        return s.words[head - 1] in _TRADED or bool(s.classes[head - 1] & DET)
    return s.words[head] in _ACTING or s.words[start] in _SINGLED
