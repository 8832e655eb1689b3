"""Who must act: bodies and classes of persons as noun phrases of a sentence, each with its role and, where known, its id.

"The provincial department of development and reform, together with the providers, formulates ..." -> the department (lead) and
the providers (cooperating).
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract.actions import Act
from kb.extract.antecedents import antecedent, named_before, nearest_before, nearest_like
from kb.extract.bodies import Doer, as_lead, behind_share, doers_in, needs_relative, opens_with_thing
from kb.extract.clauses import Sentence
from kb.extract.company import companions, company_at, company_in_front, ends_agent, leaders
from kb.extract.groups import Finite
from kb.extract.makers import maker_of, maker_of_condition
from kb.extract.phrases import POSTPOSED, skip
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE,
    COLON,
    COMMA,
    CONJ,
    DET,
    INDEFINITE,
    MODAL,
    NOUNISH,
    PREP,
    PRONOUN,
    REL,
    SUB,
    TIME,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip
from kb.model import Modality, Role

_IMPERSONAL = frozenset({"be-forbidden", "be-necessary"})  # "it is prohibited to"


def read_doers(s: Sentence, act: Act) -> tuple[Doer, ...]:
    """The bodies printed in the sentence that must do the act; empty where it names none."""
    finite = act.finite
    doers: list[Doer] = []
    if act.row.id in _IMPERSONAL and s.words[slice(*finite.subject)] == ["it"] and act.addressee[1] <= act.addressee[0]:
        return ()
    if act.addressee[1] > act.addressee[0]:
        doers = _addressed(s, *act.addressee)
    if not doers:
        doers = _by_agent(s, act) or list(finite.agents)
    holds_right = act.row.modality is Modality.RIGHT  # "residents are entitled to be vaccinated"
    is_attending = finite.passive and not (_RAISED if finite.negated else _ATTENDING).isdisjoint(
        s.words[act.verb : act.verb + 2]
    )
    if not doers and (holds_right or is_attending or not finite.passive or act.addressee[1]):
        doers = _subject_doers(s, finite)
    if not doers:
        doers = maker_of(s, finite) or maker_of_condition(s, finite)
    leading = leaders(s, finite.at, act.limit)
    if leading:
        doers = leading if finite.passive else [*doers, *leading]  # "form a group, led by the police"
    joining = companions(s, finite.subject[0], _verb_of_subject(s, finite) + 1)
    joining = joining or companions(s, finite.at, finite.verb + 1)
    joining = joining or companions(s, _company_before(s, act), act.verb) or companions(s, act.verb, act.limit)
    joining = joining or company_in_front(s, _opening_of(finite), shared=finite.shared)
    if joining and doers:
        taken = {(d.start, d.end) for d in joining}
        leads = [d for d in doers if (d.start, d.end) not in taken]
        if not leading:
            leads = list(map(as_lead, leads))
        return (*leads, *joining)
    if joining and finite.subject[0] == finite.subject[1]:
        return tuple(joining)  # of an order: "establish, jointly with the police, a mechanism"
    return tuple(doers)


def _addressed(s: Sentence, start: int, stop: int) -> list[Doer]:
    """The bodies of "encourage X to", "it is the duty of that X to"."""
    if s.words[start] in ("that", "such", "said"):
        return named_before(s, start) or doers_in(s, start, stop, Role.RESPONSIBLE, "encouraged")
    return doers_in(s, start, stop, Role.RESPONSIBLE, "encouraged")


def _verb_of_subject(s: Sentence, finite: Finite) -> int:
    """The verb behind the subject: that of the first act where a later one shares it, whose company is its own."""
    if not finite.shared:
        return finite.verb
    for k in range(finite.subject[1], finite.at):
        kind = s.classes[k]
        if kind & (VERB | VERB_S) and (not kind & (AGENT | NOUNISH) or s.classes[k - 1] & MODAL):
            return k
    return finite.verb


def _opening_of(finite: Finite) -> int:
    """Where the subject opens, or the verb that has none."""
    return finite.subject[0] if finite.subject[0] < finite.subject[1] else finite.verb


def _company_before(s: Sentence, act: Act) -> int:
    """The unit from which company of a later verb of a row stands: "and, jointly with the office, carries out"; else the verb."""
    floor = act.finite.subject[1] if act.finite.shared else act.finite.verb
    for k in range(act.verb - 2, max(floor, act.verb - 30), -1):
        if company_at(s, k) and any(kind & CONJ for kind in s.classes[k - 2 : k]):
            return k
    return act.verb


def is_body_subject(s: Sentence, finite: Finite) -> bool:
    """Whether the subject can act, for rules that ask for it."""
    return bool(_subject_doers(s, finite))


_ONE, _WHO = frozenset({"he", "she", "one"}), frozenset({"who", "that", "which", "whose"})


def _subject_doers(s: Sentence, finite: Finite) -> list[Doer]:
    """The bodies that the subject names or takes up; kept for the other acts of the group."""
    if finite.doers is None:
        finite.doers = tuple(_those_named(s, finite) or _read_subject(s, finite.subject))
        if not _acts_as_thing(s, finite) and all(doer.rule == "service" for doer in finite.doers):
            finite.doers = ()
    return list(finite.doers)


def _acts_as_thing(s: Sentence, finite: Finite) -> bool:
    """Whether a thing that gives a service is asked to act ("the platform shall mask the names"), not told what it will be like."""
    row = finite.row
    asked = row is not None and row.after in ("modal", "be", "have") and row.id not in ("modal-will", "be-responsible")
    return asked and s.words[finite.verb] not in _OF_THINGS


# of "the platform shall have a search function"; what such a thing does without a modal is no rule either
_OF_THINGS = frozenset(
    "be serve have include contain cover consist support run comply conform meet reach exceed".split()
)


def _those_named(s: Sentence, finite: Finite) -> list[Doer]:
    """The persons of "those listed may object", not the things of "those published must not serve as a basis"."""
    start, stop = finite.subject
    acts = not finite.passive and s.words[finite.verb] not in _OF_THINGS
    if stop - start != 2 or s.words[start] != "those" or not s.classes[start + 1] & VERB_ED or not acts:
        return []
    return [Doer(s.starts[start], s.ends[stop - 1], Role.RESPONSIBLE, "subject")]


def _read_subject(s: Sentence, subject: tuple[int, int]) -> list[Doer]:  # noqa: PLR0911  one return a case
    start, stop = subject
    stop = next((k for k in range(start + 1, stop) if company_at(s, k)), stop)
    if start >= stop:
        return []
    k = start
    while k < stop and s.classes[k] & (ADVERB | TIME | COMMA | CONJ):
        k += 1
    k = behind_share(s, k, stop)
    if k + 2 < stop and (s.words[k] == "whoever" or (s.words[k] in _ONE and s.words[k + 1] in _WHO)):
        return [
            Doer(s.starts[k], s.ends[stop - 1], Role.RESPONSIBLE, "subject")
        ]  # "Whoever enters his or her name may"
    if s.words[k:stop] in (["these"], ["those"], ["the", "latter"]):
        return nearest_before(s, k)
    if (
        k < stop
        and s.classes[k] & PRONOUN
        and not s.classes[k] & (INDEFINITE | AGENT)
        and not (s.classes[k] & DET and k + 1 < stop)
    ):
        return antecedent(s, k)
    if (
        k + 1 < stop
        and s.words[k] in ("that", "such")
        and s.words[k + 1] in ("person", "party", "unit", "organ", "body", "enterprise", "institution")
    ):
        return antecedent(s, k) or doers_in(s, k, stop, Role.RESPONSIBLE, "subject")
    if stop - k == 2 and s.words[k] in ("that", "such", "said"):
        return named_before(s, k) or doers_in(s, start, stop, Role.RESPONSIBLE, "subject")
    return [] if opens_with_thing(s, k, stop) else doers_in(s, k, stop, Role.RESPONSIBLE, "subject")


_RAISED = frozenset(
    {"elected", "rated", "nominated", "commended", "promoted", "appointed"}
)  # "may not be elected model workers"


_ASSENTING = frozenset({"signed", "countersigned", "sealed", "endorsed"})  # by whom what others do is let pass


def carry_agents(s: Sentence, acts: Sequence[Act]) -> None:
    """Give the agent of a passive to the passives behind it that share its subject.

    "The seller shall be ordered by the office to stop, shall have its gains confiscated, and may be fined": the office acts in all.
    """
    agents: tuple[Doer, ...] = ()
    subject = (-1, -1)
    for act in acts:
        finite = act.finite
        own = _by_agent(s, act) if finite.passive and act.row.id != "be-encouraged" else []
        if own and not _ASSENTING.isdisjoint(s.words[act.verb : act.verb + 2]):
            continue
        if own:
            agents, subject = tuple(own), finite.subject
            _give_back(s, acts, act, agents)
        elif agents and finite.shared and finite.subject == subject and (finite.passive or _is_causative(s, act.verb)):
            finite.agents = agents


def _give_back(s: Sentence, acts: Sequence[Act], last: Act, agents: tuple[Doer, ...]) -> None:
    """Give an agent that a comma sets off to the passives before it ("shall be examined, and shall be put before the public, by the office")."""
    by = next((k for k in range(last.verb + 1, last.limit) if s.words[k] == "by" and s.ends[k] < agents[0].start), 0)
    resumes = last.finite.at == last.verb  # "shall be built, and their content be kept up to date, by the office"
    if not (last.finite.shared or resumes) or not s.classes[by - 1] & COMMA:
        return
    for act in acts:
        finite = act.finite
        shares = finite.subject == last.finite.subject or (resumes and act.limit < last.verb)
        if finite is not last.finite and finite.passive and shares:
            finite.agents = finite.agents or agents


def _is_causative(s: Sentence, verb: int) -> bool:
    """Whether "have its gains confiscated" stands at `verb`."""
    if s.words[verb] != "have" or s.words[verb + 1 : verb + 2] not in (["its"], ["their"], ["his"], ["the"]):
        return False
    end = next((k for k in range(verb + 2, len(s.classes)) if s.classes[k] & (COMMA | CONJ | PREP)), len(s.classes))
    return end - verb > 2 and bool(s.classes[end - 1] & VERB_ED)


_ATTENDING = frozenset({"represented", "accompanied"})  # "each unit shall be represented by an official": the unit acts


def _by_agent(s: Sentence, act: Act) -> list[Doer]:
    """The agent of a passive: "published by the bureau", "be signed by the person in charge"."""
    if not act.finite.passive or not _ATTENDING.isdisjoint(s.words[act.verb : act.verb + 2]):
        return []
    classes = s.classes
    for k in range(act.verb, act.limit - 1):
        if classes[k] & REL and k > act.verb + 1:
            break
        if s.words[k] == "by" and not _is_of_other(s, act.verb, k):
            if s.words[k + 1] in ("that", "such", "said") and classes[k + 2] & AGENT:
                return named_before(s, k + 1) or doers_in(s, k + 2, k + 3, Role.RESPONSIBLE, "by-agent")
            if s.words[k + 1] in ("it", "them"):
                return nearest_like(s, k + 1)
            stop = _agent_end(s, k + 1, act.limit)
            found = doers_in(s, k + 1, stop, Role.RESPONSIBLE, "by-agent")
            if found and stop + 1 < act.limit and s.words[stop] == "by" and _joins(s, stop - 1):
                end = next((j for j in range(stop + 1, act.limit) if ends_agent(s, j)), act.limit)
                found += doers_in(s, stop + 1, end, Role.RESPONSIBLE, "by-agent")
            if found:
                return found
    return _budget_holders(s, act)


def _budget_holders(s: Sentence, act: Act) -> list[Doer]:
    """The governments of "be included in the budgets of people's governments", who must do so."""
    k = next((k for k in range(act.verb, act.limit - 2) if s.words[k] in ("budget", "budgets")), 0)
    if not k or s.words[k + 1] != "of":
        return []
    return doers_in(s, k + 2, _agent_end(s, k + 2, act.limit), Role.RESPONSIBLE, "budget-of")


def _joins(s: Sentence, at: int) -> bool:
    """Whether a conjunction stands at `at`, or before the adverb there ("but also")."""
    return bool(s.classes[at] & CONJ or (s.classes[at] & ADVERB and s.classes[at - 1] & CONJ))


def _agent_end(s: Sentence, first: int, limit: int) -> int:
    """Where the phrase of an agent ends that begins at `first`: with "by units which were in business before", before "in accordance with law"."""
    classes = s.classes
    stop = first
    while stop < limit and not classes[stop] & (SUB | REL | COLON):
        if (ends_agent(s, stop) and not _names_agent(s, stop)) or _opens_other_passive(s, stop):
            break
        stop += 1
    rel = stop + bool(stop + 1 < limit and classes[stop] & PREP and classes[stop + 1] & REL)
    if first < stop and rel < limit and classes[rel] & REL and needs_relative(s, first, rel, limit):
        return next((k for k in range(rel + 1, limit) if classes[k] & (COMMA | COLON)), limit)
    return stop


def _opens_other_passive(s: Sentence, at: int) -> bool:
    """Whether "and sealed with" stands at `at`, the next participle of the same passive."""
    behind = s.classes[at + 1 : at + 3]
    return len(behind) == 2 and bool(s.classes[at] & CONJ and behind[0] & VERB_ED and behind[1] & PREP)


def _names_agent(s: Sentence, at: int) -> bool:
    """Whether the preposition at `at` goes on with a participle by which a body is known: "the office posted to the ministry", "staff authorised by it"."""
    if not s.classes[at - 1] & VERB_ED or not s.classes[at - 2] & AGENT or s.words[at - 1] in POSTPOSED:
        return False
    return s.words[at - 1] in _NAMING or (s.words[at] in ("by", "to") and s.words[at + 1 : at + 2] != ["law"])


_NAMING = frozenset(  # participles by which a body is known: "the department specified in laws, rules or decisions"
    "specified designated determined prescribed named appointed stipulated provided listed mentioned referred identified defined set".split()
)
_ATTRIBUTIVE = frozenset(  # gerunds that name a body by what it does: "by handling agencies"
    "handling enforcing operating managing lending tendering accepting reporting implementing issuing testing listing requesting inspecting supervising leading governing "
    "evaluating certifying auditing purchasing procuring executing cooperating participating entrusting approving determining originating sponsoring undertaking".split()
)


def _is_of_other(s: Sentence, verb: int, by: int) -> bool:
    """Whether "by" opens a way to act ("by randomly choosing"), or belongs to another word than the passive."""
    at = skip(s, by + 1, ADVERB)
    way = s.classes[at] if at < len(s.classes) else 0
    if way & VERB_ING and s.words[at] in _ATTRIBUTIVE and at + 1 < len(s.classes) and s.classes[at + 1] & AGENT:
        return False
    return bool(way & VERB_ING) or _is_of_noun(s, by) or _is_of_participle(s, verb, by)


def _is_of_noun(s: Sentence, by: int) -> bool:
    """Whether "by" belongs to "after authorization", "upon approval", "for inspection" before it."""
    at = by - 2 if s.classes[by - 2] & PREP else by - 3
    return s.words[at] in _AFTER_WHICH and s.words[by - 1].endswith(_DEEDS) and by > 3


_AFTER_WHICH = frozenset({"after", "upon", "for", "to", "without", "before", "following", "pending", "until"})
_DEEDS = ("tion", "sion", "ment", "val", "ance", "review", "consent", "request")


def _is_of_participle(s: Sentence, verb: int, by: int) -> bool:
    """Whether "by" belongs to a participle behind a noun ("with funds advanced by the contractor"), not to the passive."""
    classes = s.classes
    return any(
        classes[j] & VERB_ED
        and not classes[j - 1] & (CONJ | COMMA | BE | ADVERB | DET | VERB_ED)
        and not (classes[j - 1] & PREP and not classes[j + 1] & PREP)
        and s.words[j] not in POSTPOSED
        for j in range(verb + 2, by)
    )
