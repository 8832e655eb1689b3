"""An item in the making, and what its words alone tell of it: strength, trackability, how sure the reading is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from kb.extract.actions import Act
from kb.extract.bodies import Doer
from kb.extract.clauses import Sentence
from kb.extract.modality import ModalityRow
from kb.extract.phrases import OBJECT_STARTS
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    BE,
    COLON,
    EXPLORE,
    HAVE,
    LEANING,
    NOUNISH,
    OUTPUT,
    PRONOUN,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)
from kb.model import Actor, Modality, Provision, Strength, Time, TimeType

_LONG = 90  # units of an act without a colon beyond which its end is more a guess than a reading
_ANY_VERB = VERB | VERB_S | VERB_ED | VERB_ING | BE | HAVE


class Draft(msgspec.Struct):
    """An item in the making."""

    leaf: Provision
    sentence: Sentence
    act: Act
    row: ModalityRow
    modality: Modality
    doers: tuple[Doer, ...]
    inferred: bool
    start: int
    end: int
    span_start: int
    span_end: int
    times: list[Time] = []
    lead_in_time: Time | None = None
    bracket_time: Time | None = None
    is_lasting: bool = False  # a bracket calls it a long-term task
    from_afar: bool = False  # its doers stand in another paragraph
    allotted: bool = False  # its doers stand in a bracket or a line of their own


def start_of(s: Sentence, act: Act) -> int:
    """Where the act begins; a cap that is one unit ("not exceed 30 days") leaves its "not" outside."""
    is_cap = s.classes[act.verb] & TIME and act.finite.negated
    return s.starts[act.verb] + len("not ") if is_cap else s.starts[act.verb]


def deal_out(s: Sentence, drafts: Sequence[Draft]) -> None:
    """Give each of several bodies its own act: "The finance and the tax bureau shall respectively pay the sum and check the books"."""
    if "respectively" not in s.words or len(drafts) < 2:
        return
    doers = drafts[0].doers
    if len(doers) == len(drafts) and all(draft.doers == doers for draft in drafts):
        for draft, doer in zip(drafts, doers, strict=True):
            draft.doers = (doer,)


def keep_cycles(drafts: Sequence[Draft]) -> None:
    """What is done with the thing of a recurring act comes back with it: "publishes the names every month and sends them to the office"."""
    for before, behind in pairwise(drafts):
        if before.sentence is not behind.sentence or not _takes_up(behind):
            continue
        if not behind.times and _recurs(before) and not _takes_up(before):
            behind.is_lasting = True
        elif not before.times and _recurs(behind) and _takes_up(before):
            before.is_lasting = True


def _takes_up(draft: Draft) -> bool:
    """Whether the object of an act is "it" or "them"."""
    return draft.sentence.words[draft.act.verb + 1 : draft.act.verb + 2] in (["it"], ["them"])


def _recurs(draft: Draft) -> bool:
    return any(time.type is TimeType.RECURRENCE for time in draft.times)


def strength(draft: Draft) -> Strength:
    """How hard the act binds; verbs of study and trial only "explore"."""
    exploring = draft.sentence.classes[draft.act.verb] & EXPLORE
    if exploring and draft.modality in (Modality.TASK, Modality.DUTY, Modality.ENCOURAGEMENT):
        return Strength.EXPLORE
    if draft.modality is Modality.PROHIBITION:
        return Strength.MUST
    return draft.row.strength


def trackability(draft: Draft, actors: Sequence[Actor], deadline: Time | None) -> int:
    """One point each for a doer, an object, an output that can be seen, and a date."""
    has_object = draft.act.stop - draft.act.verb > 1
    output = draft.sentence.classes[draft.act.verb] & OUTPUT
    return sum(map(bool, (actors, has_object, output, deadline)))


def is_regular(draft: Draft) -> bool:
    """Whether an adverb beside the act says that it is done again and again."""
    around = draft.sentence.words[max(draft.act.verb - 2, 0) : draft.act.limit]
    return any(word in ("regularly", "periodically", "routinely") for word in (*around[:2], *around[-2:]))


def doubt(draft: Draft) -> str:
    """Why the reading is weak, in a few words; "" where nothing speaks against it."""
    s, act = draft.sentence, draft.act
    classes = s.classes
    kind = classes[act.verb]
    start, stop = act.finite.subject
    if (
        draft.row.act != "here"
        and not kind & _ANY_VERB
        and not classes[act.verb - 1] & (BE | ADVERB)
        and s.words[act.verb]
    ):
        return "the verb is in no table"
    if _is_bare_noun_verb(s, act):
        return "the first word may be a noun"
    if draft.from_afar and draft.inferred:
        return "the body is named in another paragraph"
    is_filler = act.finite.passive or draft.row.id in ("be-forbidden", "be-necessary")  # "it is prohibited to"
    if (
        not is_filler
        and stop - start == 1
        and classes[start] & PRONOUN
        and not classes[start] & AGENT
        and not draft.doers
    ):
        return "no body is named that the pronoun can stand for"
    if act.stop - act.verb > _LONG and not any(k & COLON for k in classes[act.verb : act.stop]):
        return "a long act, whose end is a guess"
    return ""


def _is_bare_noun_verb(s: Sentence, act: Act) -> bool:
    """Whether an order opens with a word that is as often a noun, and nothing behind it settles that ("Report on the work")."""
    if act.row.id != "imperative" or act.finite.verb != act.verb:
        return False
    kind = s.classes[act.verb]
    following = s.classes[act.verb + 1] if act.verb + 1 < len(s.classes) else 0
    if kind & LEANING or s.words[act.verb + 1 : act.verb + 2] in (["up"], ["out"], ["off"], ["down"]):
        return False
    return bool(kind & (NOUNISH | ADJECTIVISH)) and not following & (OBJECT_STARTS | TO | ADVERB)
