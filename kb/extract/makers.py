"""Bodies that act without being a subject or an agent: who made, or must fill, the thing that an act is about.

"The notice that a court issues shall contain ...", "a complaint by a supplier shall state ..." -> the court, the supplier.
"""

from __future__ import annotations

from kb.extract.bodies import Doer, doers_in
from kb.extract.clauses import Sentence
from kb.extract.company import ends_agent
from kb.extract.groups import Finite
from kb.extract.phrases import head_of, skip
from kb.extract.words import (
    AGENT,
    BE_FINITE,
    COMMA,
    CONJ,
    HAVE,
    MODAL,
    NOT,
    NOUNISH,
    PLACE,
    PREP,
    REL,
    SUB,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip
from kb.model import Role

_FIRST_OF_NAME = frozenset({"state", "audit"})  # verbs by form, nouns before a body
_STATED = frozenset(
    {"principle", "principles", "fact", "view", "idea"}
)  # "the principle that the court is open": no body makes it


def maker_of_condition(s: Sentence, finite: Finite) -> list[Doer]:
    """The body of the condition in front that made or found what the act is about, where the act itself names none.

    "Where a case discovered by the office is grave, it shall be transferred"; "Where an organ imposes sanctions, the sanctions must be fair".
    """
    classes, first, opening = s.classes, skip(s, 0), finite.subject[0]
    if not finite.passive or first >= opening or not classes[first] & SUB:
        return []
    if any(kind & MODAL for kind in classes[first:opening]):
        return []
    for k in range(first + 2, opening - 1):
        if (
            s.words[k] == "by"
            and classes[k - 1] & VERB_ED
            and not classes[k + 1] & VERB_ING
            and s.words[k - 1] not in _NOT_MADE
        ):
            end = next(
                (j for j in range(k + 1, opening) if classes[j] & (_CLOSING | VERB_S) or ends_agent(s, j)), opening
            )
            found = doers_in(s, k + 1, end, Role.RESPONSIBLE, "condition")
            if found:
                return found
    return []


_CLOSING = COMMA | MODAL | BE_FINITE | REL | SUB | HAVE


def _is_deed(s: Sentence, start: int, by: int, *, passive: bool) -> bool:
    """Whether a noun of doing stands before "by" ("The furnishing by an agency of records", "The rating of firms by the office").

    What is done with the deed is more often for another: "a complaint by a firm shall be heard".
    """
    if passive:
        return by - start < 4 and (
            bool(s.classes[by - 1] & VERB_ING) or s.words[by - 1].endswith(("tion", "sion", "ment"))
        )
    start = next((k + 1 for k in range(by - 1, start, -1) if s.classes[k] & CONJ), start)
    head = head_of(s, start, by)
    if any(kind & (VERB_ED | REL | COMMA) for kind in s.classes[start:by]) or not (
        head == by - 1 or s.classes[head + 1] & PREP
    ):
        return False
    return bool(s.classes[head] & VERB_ING) or s.words[head].endswith(_DEED_ENDS) or s.words[head] in _DEED_NOUNS


_DEED_ENDS = ("tion", "sion", "ment", "ance", "ence", "val", "sal")
_DEED_NOUNS = frozenset(  # "a complaint by a supplier shall contain"
    "complaint complaints request requests application applications objection objections report reports appeal appeals claim claims notice notices statement statements decision decisions "
    "review reviews check checks inspection inspections challenge challenges offer offers order orders reply replies rating ratings grading audit audits".split()
)


_NOT_MADE = frozenset(
    "committed violated concealed forged suffered sustained incurred borne owed funded financed enjoyed owned held possessed received prescribed stipulated specified required recognized recognised "
    "approved signed countersigned sealed endorsed authorized authorised designated entrusted affected caused occupied used".split()
)  # "losses suffered by a firm shall be compensated": by another
_OBEYED = frozenset("implemented observed followed obeyed executed enforced applied adopted complied met".split())


def _is_of_person(s: Sentence, start: int, by: int, stop: int) -> bool:
    """Whether "by" stands in the relative clause of a body ("a person who gives security accepted by the creditor")."""
    return any(kind & REL for kind in s.classes[start:by]) and bool(s.classes[head_of(s, start, stop)] & AGENT)


def maker_of(s: Sentence, finite: Finite) -> list[Doer]:
    """A body inside a subject that is a thing: "The notice that a court issues", "the draft compiled by the department"."""
    start, stop = finite.subject
    classes = s.classes
    if not _OBEYED.isdisjoint(s.words[finite.verb : finite.verb + 3]):
        return []  # "the standards formulated by the State shall be implemented"
    for k in range(start + 1, stop):
        follows = k + 1 < stop
        by = s.words[k] == "by" and classes[k - 1] & VERB_ED and follows and not classes[k + 1] & VERB_ING
        by = by or (s.words[k] == "by" and follows and _is_deed(s, start, k, passive=finite.passive))
        if by and (s.words[k - 1] in _NOT_MADE or _is_of_person(s, start, k, stop)):
            continue  # "a person who gives security accepted by the creditor shall be struck off"
        opens_verb = follows and classes[k + 1] & (VERB | VERB_S | BE_FINITE | MODAL | VERB_ED)
        if opens_verb and k + 2 < stop and s.words[k + 1] in _FIRST_OF_NAME and classes[k + 2] & AGENT:
            opens_verb = 0  # "measures that state organs take"
        is_pointer = s.words[k] == "that" and classes[k - 1] & PREP  # "the certificate of that notary"
        relates = classes[k] & REL and not is_pointer and s.words[k - 1] not in _STATED
        if by or (relates and follows and not opens_verb):
            end = k + 1
            while (
                end < stop
                and not classes[end] & (PREP if by else 0)
                and not classes[end] & (VERB_S | BE_FINITE | HAVE | MODAL | COMMA | REL)
            ):
                is_pure = classes[end] & VERB and not classes[end] & (AGENT | NOUNISH)
                follows_body = classes[end - 1] & AGENT and not classes[end - 1] & PLACE
                if not by and end > k + 1 and (is_pure or (classes[end] & VERB and follows_body)):
                    break
                if by and ends_agent(s, end):
                    break
                end += 1
            found = doers_in(s, k + 1, end, Role.RESPONSIBLE, "maker")
            if found and (by or not any(kind & NOT for kind in classes[end:stop])):
                return found
    return []
