"""Verb groups: the auxiliary or verb at a place, what it asks for, and where its act begins: "shall not be sold" -> prohibition, "be sold".

The rows of modality.yaml say what a group asks for; which groups are main ones is decided in heads.py.
"""

from __future__ import annotations

import msgspec

from kb.extract import modality
from kb.extract.bodies import Doer
from kb.extract.clauses import Sentence
from kb.extract.deeds import allotted_to
from kb.extract.denials import is_denied, is_negated, lacks
from kb.extract.modality import ModalityRow
from kb.extract.openers import denied_verb
from kb.extract.phrases import is_order, skip
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ANAPHOR,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    DO,
    HAVE,
    MODAL,
    NAMED,
    NOT,
    NOUNISH,
    NUMBER,
    PAST_AUX,
    POSSESSIVE,
    PREP,
    PRONOUN,
    QUOTE,
    REL,
    STATE,
    STOP,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip


class Finite(msgspec.Struct):
    """A main finite verb group: `at` its auxiliary (or the verb), `verb` where the act begins, `form` the shape of verbs coordinated with it."""

    at: int
    verb: int
    form: int
    row: ModalityRow | None  # None where it makes no item but parts clauses
    negated: bool = False
    passive: bool = False
    subject: tuple[int, int] = (0, 0)  # units; empty for an imperative
    shared: bool = False  # the subject is that of the finite before
    addressee: tuple[int, int] = (0, 0)  # units of the body in "it is prohibited for X to"
    doers: tuple[Doer, ...] | None = None  # the bodies of the subject, once they were asked for
    agents: tuple[Doer, ...] = ()  # of the passives before it that share its subject


# participles of what a body is to be, not of what is done to it
_STATES = frozenset("dedicated committed devoted equipped staffed accustomed familiarized qualified licensed".split())


def group_at(s: Sentence, at: int, imperative: bool) -> Finite | None:  # noqa: PLR0911  one return a case
    """The group that begins at `at`: its row, the unit at which the act begins, whether it is negated or passive."""
    kind = s.classes[at]
    if imperative:
        if kind & DO and (verb := denied_verb(s, at)):
            return Finite(at, verb, VERB, modality.row("imperative"), negated=True)
        found = modality.match("start", s.words, at) or (modality.row("imperative"), at)
        return Finite(at, at, VERB, found[0], negated=is_denied(s, at))
    if kind & MODAL or s.words[at] in ("need", "needs"):
        return _modal_group(s, at)
    if kind & BE_FINITE:
        return _be_group(s, at, at, VERB_S if s.words[at] == "is" else VERB)
    if kind & HAVE:
        found_have = _have_cue(s, at)
        if found_have is None or found_have[0].id == "have-charge":
            row = found_have[0] if found_have else None
            return Finite(at, at, VERB_S if s.words[at] == "has" else VERB, row)
        return Finite(at, skip(s, found_have[1]), VERB, found_have[0], negated=lacks(s, at))
    if kind & DO and at + 1 < len(s.words) and s.classes[at + 1] & NOT:
        return _denied_group(s, at)
    if kind & (PAST_AUX | DO) and not (kind & VERB and at + 1 < len(s.classes) and s.classes[at + 1] & (DET | ADVERB)):
        return Finite(at, at, VERB, None)
    row = modality.row("present-tense")
    if s.words[at] in ("enjoy", "enjoys"):
        right = modality.match("have", s.words, _behind_parenthesis(s, at + 1))
        if right is not None:
            return Finite(at, skip(s, right[1]), VERB, right[0])
    if (allotted := _allotted(s, at, at)) is not None:
        return allotted
    if kind & STATE and not _puts_into(s, at) and not _is_done(s, at):
        return Finite(at, at, VERB_S if kind & VERB_S else VERB, None)
    found_start = modality.match("start", [_base_of(s.words[at]), *s.words[at + 1 : at + 2]], 0)
    form = VERB_S if kind & VERB_S else VERB
    return Finite(at, at, form, found_start[0] if found_start else row, negated=is_denied(s, at))


_BARRED = frozenset({"refuse", "commit", "violate", "exceed"})  # verbs of states that a rule may forbid
_TELLING = frozenset("bear apply count affect depend extend relate fall qualify form".split())  # no act


def _allotted(s: Sentence, at: int, verb: int) -> Finite | None:
    """ "work lies with the office", "it falls to the office to inspect"; None where the verb allots no work."""
    body = allotted_to(s, verb)
    if not body[1]:
        return None
    act = _behind_addressee(s, body[0]) if s.words[at - 1] == "it" else -1
    if act > 0:
        return Finite(at, act, VERB, modality.row("be-incumbent"), addressee=(body[0], act - 1))
    return Finite(at, verb, VERB, modality.row("present-allotted"), addressee=body)


def _denied_group(s: Sentence, at: int) -> Finite:
    """ "does not charge fees": a prohibition where the verb is an act, not where a state is denied ("does not need to")."""
    found = modality.match("do", s.words, at + 1)
    verb = _verb_after(s, at + 1)
    is_act = verb > 0 and s.classes[verb] & VERB and not s.classes[verb] & (STATE | HAVE | BE)
    if verb > 0 and (s.words[verb] in _BARRED or s.words[verb] in _TELLING):
        is_act = s.words[verb] in _BARRED
    if found is None or not is_act or s.words[at] == "did":
        return Finite(at, at, VERB, None)
    return Finite(at, verb, VERB, found[0], negated=True)


def _is_done(s: Sentence, at: int) -> bool:
    """Whether a verb of states is an act: "refuses the application" (not "refuses to pay"), "the conference meets once a quarter"."""
    following = s.classes[at + 1] if at + 1 < len(s.classes) else STOP
    if s.words[at] in ("refuse", "refuses"):
        return not following & (TO | PREP | STOP)
    if s.words[at] in ("refer", "refers"):
        return bool(following & (DET | ANAPHOR))  # "refers the case to the court", not "refers to"
    return (
        s.words[at] in ("meet", "meets")
        and bool(following & (TIME | STOP | PREP | ADVERB | CONJ))
        and not following & TO
    )


def _puts_into(s: Sentence, at: int) -> bool:
    """Whether "include" is an act: "the firms include the amounts in their annual reports"."""
    if s.words[at] not in ("include", "includes"):
        return False
    for k in range(at + 2, min(at + 30, len(s.words) - 1)):
        if s.classes[k] & COMMA:
            return False
        if s.words[k] in ("in", "into") and s.classes[k + 1] & (DET | REL):
            return True
    return False


def _have_cue(s: Sentence, at: int) -> tuple[ModalityRow, int] | None:
    """The cue behind a form of have, also where it is denied ("has no right to")."""
    start = skip(s, at + 1)
    if s.words[start : start + 1] == ["no"]:
        found = modality.match("have", ["the", *s.words[start + 1 : start + 4]], 0)
        return (found[0], start + found[1]) if found else None
    return modality.match("have", s.words, start) or _parted_cue(s, start, "have")


def _parted_cue(s: Sentence, at: int, after: modality.Form) -> tuple[ModalityRow, int] | None:
    """A cue whose "to" stands behind a parenthesis: "has the right, by on-site checks, to inspect", "is entitled, within ten days, to reply"."""
    for comma in range(at + 1, min(at + 3, len(s.words))):
        if not s.classes[comma] & COMMA:
            continue
        found = modality.match(after, [*s.words[at:comma], "to"], 0)
        if found is None:
            return None
        for k in range(comma + 2, min(comma + 50, len(s.words) - 1)):
            if s.classes[k] & TO and s.classes[k - 1] & COMMA and s.classes[k + 1] & (VERB | BE):
                return found[0], k + 1
    return None


def _behind_parenthesis(s: Sentence, at: int) -> int:
    """The unit behind ", in accordance with law," at `at`, else `at` itself."""
    if at < len(s.words) and s.classes[at] & COMMA:
        return next((k + 1 for k in range(at + 1, min(len(s.words), at + 15)) if s.classes[k] & COMMA), at)
    return skip(s, at, ADVERB)


def _base_of(word: str) -> str:
    """The base of a present form, as far as the cues of modality.yaml need it."""
    return word.removesuffix("s") if not word.endswith("ss") else word


def _modal_group(s: Sentence, at: int) -> Finite | None:  # noqa: PLR0911  one return a case
    """A modal, its negation, and the verb behind adverbs and parentheses."""
    found = modality.match("modal", s.words, at)
    if found is None:
        return None
    row = found[0]
    if at + 1 < len(s.words) and _is_cap(s, at + 1):
        return Finite(at, at + 1, VERB, row, negated=True)
    verb = _verb_after(s, at + 1)
    if verb < 0:
        return Finite(at, at, VERB, None)
    negated = is_negated(s, at, verb)
    if not negated and (allotted := _allotted(s, at, verb)) is not None:
        return allotted
    if verb < len(s.words) and s.words[verb] == "only" and row.id == "modal-may":
        verb = _verb_after(s, verb + 1)
    if s.words[verb] == "be":
        inner = _be_group(s, at, verb, VERB_ED)
        is_urged = (
            inner.row is not None and inner.row.id == "be-encouraged" and s.words[skip(s, verb + 1)] != "encouraged"
        )
        if inner.row is not None and inner.row.id not in {"be-to", "be-requested", "present-passive"} and not is_urged:
            return inner if not negated else _negate(inner, s)
        passive = _is_participle(s, verb + 1) and s.words[skip(s, verb + 1)] not in _STATES
        return Finite(at, verb, VERB_ED if passive else VERB, row, negated, passive=passive)
    if s.words[verb] == "have":
        inner_have = _have_cue(s, verb)
        if inner_have and inner_have[0].act == "verb" and inner_have[0].cue != ("to",):
            return Finite(at, skip(s, inner_have[1]), VERB, inner_have[0], negated or lacks(s, verb))
    return Finite(at, verb, VERB, row, negated)


def _is_cap(s: Sentence, at: int) -> bool:
    """Whether the unit is a time that opens with its verb ("[must] not exceed 30 days")."""
    mark = s.marks.get(at)
    return (
        mark is not None
        and mark.time is not None
        and mark.time.span is not None
        and mark.time.span.quote[:10].lower() == "not exceed"
    )


def _negate(finite: Finite, s: Sentence) -> Finite:
    finite.negated = True
    return finite


def _verb_after(s: Sentence, at: int) -> int:  # noqa: PLR0911, PLR0912  one return a case
    """The verb that a modal governs: the next word, or the first verb behind an adverb, a time or a parenthesis; -1 for none."""
    words, classes = s.words, s.classes
    n = len(words)
    at = skip(s, at, ADVERB | TIME | NOT)
    if (
        at + 1 < n
        and words[at] in ("each", "all", "both", "neither", "either")
        and classes[at + 1] & (VERB | BE | HAVE)
    ):
        return at + 1
    if at < n and classes[at] & TO:
        at = skip(s, at + 1, ADVERB | TIME | NOT)
    if at >= n:
        return -1
    if classes[at] & (VERB | BE | HAVE | DO):
        return at
    if classes[at] & COMMA:
        for k in range(at + 1, min(n, at + 90)):
            if (
                classes[k - 1] & AGENT
                and classes[k] & VERB
                and not classes[k] & (NOUNISH | AGENT | ADJECTIVISH)
                and is_order(s, k)
            ):
                return k  # ", together with the departments compile the list"
            if classes[k] & COMMA:
                start = skip(s, k + 1, ADVERB | TIME | COMMA)
                if start < n and (classes[start] & (BE | HAVE) or is_order(s, start) or _is_late_verb(s, start)):
                    return start
    elif not classes[at] & (PREP | DET | CONJ | SUB | REL | AGENT | NAMED | QUOTE | NUMBER | PRONOUN | COLON):
        return at
    for k in range(at + 1, min(n, at + 40)):
        if (
            classes[k] & (VERB | BE)
            and not classes[k - 1] & (DET | PREP | POSSESSIVE | CONJ | HAVE)
            and (is_order(s, k) or classes[k] & BE)
        ):
            return k
    for k in range(at + 1, min(n, at + 60)):
        if classes[k] & VERB and not classes[k - 1] & (DET | PREP | POSSESSIVE | CONJ | AGENT):
            return k
    return -1


def _is_late_verb(s: Sentence, at: int) -> bool:
    """Whether a word that may be a noun is the verb behind the parenthesis of a modal ("must not, in breach of the law, charge undue fees")."""
    classes, n = s.classes, len(s.classes)
    if not classes[at] & VERB or classes[at] & AGENT or at + 2 >= n:
        return False
    if classes[at + 1] & (PREP | CONJ | COMMA | COLON | BE | MODAL | VERB_S | VERB_ED | AGENT):
        return False
    return all(not (classes[k] & COMMA and is_order(s, k + 1)) for k in range(at + 1, min(at + 40, n - 1)))


def _is_participle(s: Sentence, at: int) -> bool:
    """Whether a past participle follows, behind adverbs and times."""
    at = skip(s, at, ADVERB | TIME | NOT)
    return at < len(s.classes) and bool(s.classes[at] & VERB_ED)


def _be_group(s: Sentence, at: int, be: int, form: int) -> Finite:
    """A form of be with what follows: a cue of the table, or a passive that names its agent."""
    negated = be + 1 < len(s.words) and bool(s.classes[be + 1] & NOT)
    start = skip(s, be + 1, ADVERB | TIME | NOT)
    while start < len(s.words) and s.words[start] in ("each", "all", "both"):
        start = skip(s, start + 1, ADVERB | TIME | NOT)
    if start + 1 < len(s.words) and s.classes[start] & COMMA and s.classes[start + 1] & (SUB | PREP | TIME | ADVERB):
        start = _participle_behind(s, start)
    found = modality.match("be", s.words, start) or _parted_cue(s, start, "be")
    late = _late_cue(s, start) if found is None or found[0].id == "be-forbidden" else None
    if late is not None:
        row, verb, form = late
        opening = start + 2 if s.words[start + 1] == "for" else verb - 1
        return Finite(at, verb, form, row, negated, addressee=(opening, verb - 1))
    if found is not None:
        row, behind = found
        if row.act == "addressed":
            verb = _behind_addressee(s, behind)
            return Finite(at, max(verb, start), VERB, row if verb > 0 else None, negated, addressee=(behind, verb - 1))
        if row.act == "here":
            return Finite(at, start, form, row, negated)
        verb = skip(s, behind, ADVERB | TIME)
        is_passive = at < be and row.act == "gerund" and verb < len(s.classes) and s.classes[verb] & (DET | ANAPHOR)
        if verb < len(s.classes) and not is_passive:  # "shall be barred from the trade"
            passive = s.words[verb] == "be" and _is_participle(s, verb + 1)
            return Finite(at, verb, VERB_ED if passive else VERB, row, negated, passive=passive)
    if start < len(s.classes) and s.classes[start] & VERB_ED and not negated:
        return Finite(at, start, VERB_ED, modality.row("present-passive"), passive=True)
    return Finite(at, start, form, None, negated)


def _participle_behind(s: Sentence, comma: int) -> int:
    """The participle behind the parenthesis that opens at a comma ("is, once the office has approved it, admitted"); the comma where none follows."""
    for k in range(comma + 2, min(len(s.words) - 1, comma + 50)):
        if s.classes[k] & COMMA:
            behind = skip(s, k + 1, ADVERB | TIME)
            is_predicate = behind < len(s.words) and s.classes[behind] & VERB_ED
            if is_predicate or modality.match("be", s.words, behind):
                return behind
    return comma


def _behind_addressee(s: Sentence, at: int) -> int:
    """The verb behind "[the duty of] the bureau to"; -1 where no verb follows."""
    for k in range(at + 1, min(len(s.words) - 1, at + 100)):
        if s.classes[k] & TO and s.classes[skip(s, k + 1, ADVERB)] & (VERB | BE):
            return skip(s, k + 1, ADVERB)
        if s.classes[k] & (MODAL | BE_FINITE | COLON | SUB):
            break
    return -1


def _late_cue(s: Sentence, start: int) -> tuple[ModalityRow, int, int] | None:
    """A cue whose "to" comes later: "are encouraged, in their activities, to adopt", "are encouraged and supported in taking part".

    Gives the row, the verb and the form of verbs coordinated with it.
    """
    words, classes = s.words, s.classes
    if (
        start + 1 >= len(words)
        or not classes[start] & VERB_ED
        or not classes[start + 1] & (COMMA | CONJ | PREP | ADVERB)
        or classes[start + 1] & TO
    ):
        return None
    found = modality.match("be", [words[start], "to"], 0)
    if found is None:
        return None
    for k in range(start + 1, min(len(words) - 1, start + 50)):
        following = skip(s, k + 1, ADVERB)
        if following >= len(words) or classes[k] & MODAL:
            return None  # "be instructed by the office, which may entrust it to trade bodies"
        is_unknown = not classes[following] and classes[k - 1] & AGENT and words[k - 1] != "subject"
        is_verb = classes[following] & (VERB | BE) or is_unknown
        if classes[k] & TO and is_verb:
            return found[0], following, VERB
        if words[k] == "in" and classes[following] & VERB_ING and not classes[k - 1] & COMMA:
            return found[0], following, VERB_ING
    return None
