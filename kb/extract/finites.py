"""The main finite verbs of a sentence, with their subjects: "Where it fails, the bureau shall inspect it" -> shall, of the bureau.

No parser: a walk from left to right keeps a stack of the subordinate clauses that still wait for their verb. A verb that
ends one of them is no main verb; a modal behind the comma of a fronted condition closes the condition.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract import modality
from kb.extract.clauses import Sentence
from kb.extract.modality import ModalityRow
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ANAPHOR,
    BE,
    BE_FINITE,
    CITED,
    COGITATION,
    COLON,
    COMMA,
    CONJ,
    DET,
    DO,
    HAVE,
    LEANING,
    MODAL,
    NAMED,
    NOT,
    NOUNISH,
    NUMBER,
    PAST_AUX,
    PLACE,
    POSSESSIVE,
    PREP,
    PRONOUN,
    QUANTITY,
    QUOTE,
    REL,
    SOFT_SUB,
    STATE,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip

_AWAKE = SUB | SOFT_SUB | REL | MODAL | BE_FINITE | PAST_AUX | DO | HAVE | VERB | VERB_S | VERB_ED | COMMA
_NO_CLAUSE_AFTER_SUB = frozenset(
    {"necessary", "possible", "appropriate", "applicable", "needed", "otherwise", "so", "feasible", "practicable"}
)
_COMPLEMENT_VERBS = frozenset(
    "ensure ensures show shows prove proves state states indicate indicates confirm confirms guarantee guarantees promise promises declare claim claims "
    "verify specify specifies ascertain note agree discover discovers discovered found finds find considers consider believes stipulates stipulate provided provides "
    "ensuring showing proving stating indicating confirming provides require requires".split()
)
_OBJECT_STARTS = DET | ANAPHOR | PRONOUN | QUOTE | QUANTITY | NAMED | CITED | NUMBER
_CLOSED_BEFORE_VERB = DET | PREP | MODAL | POSSESSIVE | CONJ | NUMBER | NOT
_VERBS_WITH_OF = frozenset({"dispose", "consist", "approve", "avail", "inform", "notify", "complain", "rid", "partake"})
_PARTICLES = frozenset({"up", "out", "down", "off", "forth", "back", "forward", "away", "together"})
_MANNER = frozenset({"way", "manner", "fashion", "depth", "accordance", "orderly", "earnest"})
_PLURALS = frozenset({"people", "personnel", "staff", "police", "who", "they", "we", "which", "that", "those", "media"})


@dataclass(slots=True)
class Finite:
    """A main finite verb group: `at` its auxiliary (or the verb), `verb` where the act begins, `form` the shape of verbs coordinated with it."""

    at: int
    verb: int
    form: int
    row: ModalityRow | None  # None where it makes no item but parts clauses
    negated: bool = False
    passive: bool = False
    subject: tuple[int, int] = (0, 0)  # units; empty for an imperative
    shared: bool = False  # the subject is that of the finite before


def find_finites(s: Sentence) -> list[Finite]:
    """The main finite groups of a sentence, in order, with their subjects."""
    heads = _heads(s)
    finites = [f for f in (_group(s, at, imperative) for at, imperative in heads) if f is not None]
    _give_subjects(s, finites)
    return _without_relics(s, finites)


# ---------------------------------------------------------------- which verbs are main


def _heads(s: Sentence) -> list[tuple[int, bool]]:
    """Units that are the first word of a main finite group; the flag marks imperatives."""
    words, classes = s.words, s.classes
    n = len(words)
    heads: list[tuple[int, bool]] = []
    pending: list[int] = []
    last_subordinate = -9
    unsure = -1  # a modal that may be the main verb after all, if no other verb is
    first = skip(s, 0)
    fronted = (first < n and bool(classes[first] & (PREP | SUB | SOFT_SUB | VERB_ING | TIME))) or first > 0
    if first + 2 < n and words[first] == "do" and classes[first + 1] & NOT and classes[first + 2] & VERB:
        heads.append((first + 2, True))
    elif first < n and is_order(s, first) and not _may_be_compound(s, first):
        heads.append((first, True))
    for i in range(first, n):
        kind = classes[i]
        if not kind & _AWAKE or (heads and heads[-1][0] == i):
            continue
        if kind & COMMA:
            while pending and classes[pending[-1]] & SOFT_SUB and not classes[pending[-1]] & SUB:
                pending.pop()
            if fronted and not heads:
                start = skip(s, i + 1)
                if start < n and classes[start] & VERB and not _waits_for_verb(s, pending) and is_order(s, start) and not _may_be_compound(s, start):
                    heads.append((start, True))
                    pending.clear()
            continue
        if kind & (SUB | SOFT_SUB | REL) and opens_clause(s, i):
            pending.append(i)
            continue
        if (
            kind & VERB
            and heads
            and heads[-1][1]
            and words[i] in _SPLITTING
            and classes[i - 1] & (COMMA | CONJ | ADVERB)
            and i + 1 < n
        ):
            if not classes[i + 1] & (PREP | CONJ | COMMA | BE_FINITE):
                heads.append((i, True))
            continue
        if not _is_finite(s, i, pending, heads):
            continue
        if _is_contact_clause(s, i) or (not heads and not kind & MODAL and _continues_condition(s, first, i)):
            last_subordinate = i
        elif pending:
            if _closes_condition(s, pending[-1], i):
                pending.clear()
                heads.append((i, False))
            else:
                opener = pending.pop()
                last_subordinate = i
                if kind & MODAL and classes[opener] & (REL | SOFT_SUB) and not _adverbs_between(s, opener, i):
                    unsure = i
        elif i - last_subordinate == 2 and kind & MODAL and classes[i - 1] & CONJ:
            last_subordinate = i
        elif (
            heads
            and kind & (VERB_S | VERB)
            and not kind & (MODAL | HAVE | DO | BE)
            and not _parts_since(s, heads[-1][0], i)
        ):
            continue
        elif i - last_subordinate <= 2 and classes[last_subordinate] & COGITATION and i - last_subordinate > 0:
            last_subordinate = i
        else:
            heads.append((i, False))
    if len(heads) > 1 and heads[0][1] and heads[0][0] > first and any(not order for _, order in heads[1:]):
        del heads[0]  # "Where staff neglect their duties, abuse their powers ..., they are punished"
    if not heads and unsure >= 0 and s.leaf.kind not in ("point", "subpoint"):
        heads.append((unsure, False))
    if not heads and first < n and _is_bare_order(s, first):
        heads.append((first, True))
    return heads


def _is_bare_order(s: Sentence, first: int) -> bool:
    """Whether a sentence without any other main verb opens with one: "Record promises on goals", not "Report on the work"."""
    kind = s.classes[first]
    if not kind & VERB or kind & (PLACE | MODAL) or s.ends_in == "" or len(s.words) - first < 2:
        return False
    if kind & NOUNISH and s.classes[first + 1] & VERB_ED:
        return False
    return s.words[first + 1] not in ("of", "on", "for", "to", "and", "or", ",", ":", "that", "such")


def _continues_condition(s: Sentence, first: int, i: int) -> bool:
    """Whether a verb without a subject goes on with the condition in front ("Where it is closed, is dissolved or ...")."""
    before = s.classes[i - 1] if i else 0
    return bool(s.classes[first] & (SUB | SOFT_SUB)) and bool(before & (COMMA | CONJ))


def _parts_since(s: Sentence, head: int, i: int) -> bool:
    """Whether a sign or a conjunction stands between the last main verb and `i`, so that another clause can have begun."""
    return any(s.classes[k] & (COMMA | CONJ | COLON) for k in range(head + 1, i))


def _is_contact_clause(s: Sentence, i: int) -> bool:
    """Whether the verb belongs to "the rights it enjoys": a pronoun right behind a noun."""
    k = i - 1
    while k > 0 and s.classes[k] & ADVERB and not s.classes[k] & PRONOUN:
        k -= 1
    if k < 1 or s.words[k] not in ("it", "they", "he", "she", "we"):
        return False
    return not s.classes[k - 1] & (COMMA | CONJ | COLON | TIME | SUB | SOFT_SUB | REL | ADVERB | PREP) and not (
        s.classes[k - 1] & (VERB | VERB_S | VERB_ED | VERB_ING) and not s.classes[k - 1] & NOUNISH
    )


_SPLITTING = frozenset({"encourage", "support", "prohibit", "forbid"})


def _waits_for_verb(s: Sentence, pending: list[int]) -> bool:
    """Whether a clause opened before has no verb yet, so that a verb that follows may belong to it."""
    return bool(pending) and bool(s.classes[pending[-1]] & (REL | SUB))


def _may_be_compound(s: Sentence, at: int) -> bool:
    """Whether the word may only be the first part of a name ("market entities", "audit organs")."""
    kind = s.classes[at]
    return bool(kind & NOUNISH) and at + 1 < len(s.classes) and bool(s.classes[at + 1] & AGENT) and s.words[at] not in ("guide", "support")


def skip(s: Sentence, at: int, kinds: int = ADVERB | TIME | COMMA | CONJ | NOT) -> int:
    """The first unit from `at` that is none of these kinds; adverbs that may be verbs or open clauses are kept."""
    classes, n = s.classes, len(s.classes)
    while at < n and classes[at] & kinds and not classes[at] & (SUB | VERB):
        at += 1
    return at


def is_order(s: Sentence, at: int) -> bool:
    """Whether the verb at `at` can open an order or a coordinated act: a pure verb, or one that is followed by its object."""
    kind = s.classes[at]
    if not kind & VERB or kind & (MODAL | SUB):
        return False
    if kind & PLACE and (at + 1 >= len(s.classes) or not s.classes[at + 1] & DET):
        return False
    following = s.classes[at + 1] if at + 1 < len(s.classes) else 0
    if following & (BE_FINITE | MODAL | PAST_AUX | POSSESSIVE) or (kind & DO and following & NOT):
        return False
    if at + 1 < len(s.words) and s.words[at + 1] == "of" and s.words[at] not in _VERBS_WITH_OF:
        return False
    if not kind & (NOUNISH | ADJECTIVISH | AGENT):
        return not following & COLON
    if s.words[at + 1 : at + 2] == ["that"]:
        return False
    if following & (_OBJECT_STARTS | TO) or (at + 1 < len(s.words) and s.words[at + 1] in _PARTICLES):
        return True
    if (
        kind & LEANING
        and not following & (PREP | CONJ | COMMA | BE | VERB_S | COLON)
        and following & (NOUNISH | ADVERB | VERB_ED | VERB_ING | AGENT | ADJECTIVISH) | (not following)
    ):
        return at + 1 < len(s.classes)
    if following & PREP and _opens_manner(s, at + 1):
        return True
    if kind & NOUNISH and following & (CONJ | COMMA) and at + 2 < len(s.classes):
        nxt = s.classes[at + 2]
        return bool(nxt & VERB) and at + 3 < len(s.classes) and bool(s.classes[at + 3] & (_OBJECT_STARTS | AGENT))
    if (
        kind & ADJECTIVISH
        and at > 1
        and s.classes[at - 1] & CONJ
        and s.classes[at - 2] & COMMA
        and not following & (PREP | CONJ | COMMA)
    ):
        return s.words[at + 1 : at + 2] not in (["manner"], ["way"])
    then = s.classes[at + 2] if at + 2 < len(s.classes) else 0
    return (
        bool(following & AGENT)
        and s.words[at + 1].endswith("s")
        and not then & (MODAL | BE_FINITE | HAVE | VERB | VERB_S | COMMA | CONJ)
    )


def _opens_manner(s: Sentence, at: int) -> bool:
    """Whether "in a coordinated way" or the like stands at `at`."""
    return s.words[at] == "in" and any(word in _MANNER for word in s.words[at + 1 : at + 6])


def opens_clause(s: Sentence, i: int) -> bool:
    """Whether the word opens a subordinate clause here."""
    words, classes = s.words, s.classes
    kind, following = classes[i], classes[i + 1] if i + 1 < len(classes) else 0
    before = classes[i - 1] if i else 0
    at_start = i == 0 or bool(before & (COMMA | CONJ | TIME | COLON))
    if kind & SUB:
        if (following & (VERB_ING | VERB_ED) and not following & AGENT) or (
            following and words[i + 1] in _NO_CLAUSE_AFTER_SUB
        ):
            return False
        if i + 1 < len(words) and words[i + 1] in _NO_CLAUSE_AFTER_SUB:
            return False
        if words[i] == "because" and i + 1 < len(words) and words[i + 1] == "of":
            return False
        if words[i] == "provided":
            return i + 1 < len(words) and words[i + 1] == "that"
        return words[i] != "once" or at_start
    if kind & SOFT_SUB:
        joined = bool(before & CONJ) and not (i > 1 and classes[i - 2] & COMMA)
        return words[i] != "as" and at_start and not joined and not following & VERB_ING
    if following & TO:
        return False
    if words[i] != "that":
        return True
    if i and words[i - 1] in _COMPLEMENT_VERBS:
        return True
    if at_start and before & CONJ:
        return bool(following & (VERB | VERB_S | BE | HAVE | MODAL | DO | PRONOUN | ADVERB))
    if at_start or before & (PREP | MODAL | BE) or (before & (VERB | VERB_ING) and not before & (NOUNISH | AGENT)):
        return words[i - 1] == "so" if i else False
    return True


def _is_finite(s: Sentence, i: int, pending: list[int], heads: list[tuple[int, bool]]) -> bool:
    """Whether the verb form at `i` is finite here."""
    words, classes = s.words, s.classes
    kind, before = classes[i], classes[i - 1] if i else 0
    if kind & PLACE and i + 1 < len(classes) and classes[i + 1] & AGENT:
        return False
    has_head, imperative = bool(heads), bool(heads) and not classes[heads[-1][0]] & MODAL
    if kind & MODAL:
        return not before & DET or words[i] in ("shall", "must", "should")
    if words[i] in ("need", "needs") and i + 1 < len(words) and classes[i + 1] & TO:
        return not before & (DET | PREP | TO | POSSESSIVE)
    if kind & (BE_FINITE | PAST_AUX | DO | HAVE):
        if words[i] == "do":
            return bool(before & (AGENT | PRONOUN | REL | NAMED)) or (i + 1 < len(words) and bool(classes[i + 1] & NOT))
        return not before & (TO | MODAL) and words[i] not in ("having", "had")
    top = pending[-1] if pending else -1
    if top >= 0 and classes[top] & REL and words[top] != "whose" and _adverbs_between(s, top, i):
        is_complement = top > 0 and words[top - 1] in _COMPLEMENT_VERBS and bool(kind & NOUNISH)
        return bool(kind & (VERB | VERB_S | VERB_ED)) and not is_complement
    if kind & VERB_S and not kind & NOUNISH and before & CONJ and top < 0 and has_head and not imperative:
        return True
    if kind & VERB_S and _is_present_singular(s, i, relative=top >= 0 and bool(classes[top] & REL), first=not has_head):
        return True
    if kind & VERB and (top >= 0 or not has_head) and _is_present_plural(s, i, max(top, 0)):
        return True
    return bool(
        kind & VERB_ED and top >= 0 and classes[top] & REL and i - top > 1 and not before & (_CLOSED_BEFORE_VERB | ADVERB | COMMA)
        and not kind & VERB
    )  # fmt: skip


def _adverbs_between(s: Sentence, start: int, end: int) -> bool:
    return all(s.classes[k] & (ADVERB | NOT) for k in range(start + 1, end))


def _before_parenthesis(s: Sentence, k: int, since: int) -> int:
    """The unit before adverbs and a parenthesis between commas ("the office, located in the bureau, holds"); -1 for none."""
    classes = s.classes
    while k >= since and classes[k] & (ADVERB | TIME) and not classes[k] & PREP:
        k -= 1
    if k < since or not classes[k] & COMMA:
        return k if k >= since else -1
    for opening in range(k - 1, since, -1):
        if not classes[opening] & COMMA:
            continue
        after = opening + 1
        if classes[after] & CONJ:
            return -1
        if classes[after] & (PREP | ADVERB | TIME | VERB_ED | VERB_ING) or s.words[after] in ("such", "including"):
            return opening - 1
    return -1


def _is_present_singular(s: Sentence, i: int, *, relative: bool, first: bool) -> bool:
    """ "the bureau restricts", not "the bureau's reports" or "business reports"."""
    classes = s.classes
    before = classes[i - 1] if i else 0
    if i == 0 or before & _CLOSED_BEFORE_VERB or (before & (VERB | VERB_ING) and not before & (NOUNISH | AGENT)):
        return False
    k = _before_parenthesis(s, i - 1, 0)
    if not classes[i] & NOUNISH:
        return (k >= 0 and not classes[k] & CONJ) or (
            first and any(kind & REL for kind in classes[:i]) and bool(before & COMMA)
        )
    behind = classes[k] if k >= 0 else 0
    if not behind & (AGENT | NAMED | PRONOUN | REL) or s.words[k].endswith("s"):
        return False
    if behind & AGENT and not behind & (NAMED | PRONOUN) and not relative and not _has_determiner(s, k):
        return False
    following = classes[i + 1] if i + 1 < len(classes) else CONJ
    return (
        k < i - 1
        or relative
        or bool(following & TO)
        or not following & (PREP & ~TO | CONJ | COMMA | BE_FINITE | MODAL | POSSESSIVE | VERB_S)
        or bool(behind & NAMED)
    )


def _has_determiner(s: Sentence, head: int) -> bool:
    """Whether a singular noun has an article or the like ("the government guides", not "fees or government funds")."""
    for k in range(head, max(head - 12, -1), -1):
        kind = s.classes[k]
        if kind & (DET | POSSESSIVE | NAMED):
            return True
        if kind & (COMMA | CONJ) and k < head:
            return False
    return False


def _is_present_plural(s: Sentence, i: int, since: int) -> bool:
    """ "departments of finance establish", not "to establish" or "the plan"."""
    classes, words = s.classes, s.words
    k = _before_parenthesis(s, i - 1, since)
    if k < since or classes[k] & (_CLOSED_BEFORE_VERB | DO | TO | COMMA):
        return False
    plural_agent = any(
        classes[j] & (AGENT | NAMED | PRONOUN | REL)
        and (words[j].endswith("s") or words[j] in _PLURALS or classes[j] & NAMED)
        for j in range(since, k + 1)
    )
    if not plural_agent:
        return False
    if not classes[i] & (NOUNISH | ADJECTIVISH | AGENT):
        return True
    close = bool(classes[k] & (AGENT | PRONOUN)) and (words[k].endswith("s") or words[k] in _PLURALS)
    following = classes[i + 1] if i + 1 < len(classes) else CONJ
    return close and (
        k < i - 1 or not following & (PREP | CONJ | COMMA | BE_FINITE | MODAL | HAVE) or bool(following & TO)
    )


def _closes_condition(s: Sentence, opener: int, verb: int) -> bool:
    """Whether a verb stands in the main clause although a clause before it still waits for its verb (which was not seen)."""
    classes = s.classes
    if not any(classes[k] & COMMA for k in range(opener + 1, verb)):
        return False
    if classes[verb] & MODAL:
        if classes[opener] & (SUB | SOFT_SUB):
            return True
        return not classes[opener + 1] & COMMA and not _adverbs_between(s, opener, verb)
    is_last = not any(classes[k] & (MODAL | BE_FINITE) for k in range(verb + 1, len(classes)))
    return (
        bool(classes[opener] & SUB)
        and bool(classes[verb] & (VERB | VERB_S))
        and is_last
        and not classes[verb] & (BE | HAVE)
    )


# ---------------------------------------------------------------- what the group asks for


def _group(s: Sentence, at: int, imperative: bool) -> Finite | None:
    """The group that begins at `at`: its row, the unit at which the act begins, whether it is negated or passive."""
    kind = s.classes[at]
    if imperative:
        found = modality.match("start", s.words, at) or (modality.row("imperative"), at)
        return Finite(at, at, VERB, found[0], negated=at > 0 and bool(s.classes[at - 1] & NOT))
    if kind & MODAL or s.words[at] in ("need", "needs"):
        return _modal_group(s, at)
    if kind & BE_FINITE:
        return _be_group(s, at, at, VERB_S if s.words[at] == "is" else VERB)
    if kind & HAVE:
        found_have = modality.match("have", s.words, skip(s, at + 1))
        if found_have is None or found_have[0].id == "have-charge":
            row = found_have[0] if found_have else None
            return Finite(at, at, VERB_S if s.words[at] == "has" else VERB, row)
        return Finite(at, skip(s, found_have[1]), VERB, found_have[0])
    if kind & (PAST_AUX | DO) and not (kind & VERB and at + 1 < len(s.classes) and s.classes[at + 1] & (DET | ADVERB)):
        return Finite(at, at, VERB, None)
    row = modality.row("present-tense")
    if s.words[at] in ("enjoy", "enjoys"):
        right = modality.match("have", s.words, _behind_parenthesis(s, at + 1))
        if right is not None:
            return Finite(at, skip(s, right[1]), VERB, right[0])
    if kind & STATE:
        return Finite(at, at, VERB_S if kind & VERB_S else VERB, None)
    found_start = modality.match("start", [_base_of(s.words[at])], 0)
    return Finite(at, at, VERB_S if kind & VERB_S else VERB, found_start[0] if found_start else row)


def _behind_parenthesis(s: Sentence, at: int) -> int:
    """The unit behind ", in accordance with law," at `at`, else `at` itself."""
    if at < len(s.words) and s.classes[at] & COMMA:
        return next((k + 1 for k in range(at + 1, min(len(s.words), at + 15)) if s.classes[k] & COMMA), at)
    return skip(s, at, ADVERB)


def _base_of(word: str) -> str:
    """The base of a present form, as far as the cues of modality.yaml need it."""
    return word.removesuffix("s") if not word.endswith("ss") else word


def _modal_group(s: Sentence, at: int) -> Finite | None:
    """A modal, its negation, and the verb behind adverbs and parentheses."""
    found = modality.match("modal", s.words, at)
    if found is None:
        return None
    row = found[0]
    negated = at + 1 < len(s.words) and bool(s.classes[at + 1] & NOT)
    verb = _verb_after(s, at + 1)
    if verb < 0:
        return Finite(at, at, VERB, None)
    if verb < len(s.words) and s.words[verb] == "only" and row.id == "modal-may":
        verb = _verb_after(s, verb + 1)
    if s.words[verb] == "be":
        inner = _be_group(s, at, verb, VERB_ED)
        if inner.row is not None and inner.row.id != "be-to" and inner.row.id != "present-passive":
            return inner if not negated else _negate(inner, s)
        return Finite(at, verb, VERB_ED, row, negated, passive=_is_participle(s, verb + 1))
    if s.words[verb] == "have":
        inner_have = modality.match("have", s.words, skip(s, verb + 1))
        if inner_have and inner_have[0].act == "verb" and inner_have[0].cue != ("to",):
            return Finite(at, skip(s, inner_have[1]), VERB, inner_have[0], negated)
    return Finite(at, verb, VERB, row, negated)


def _negate(finite: Finite, s: Sentence) -> Finite:
    finite.negated = True
    return finite


def _verb_after(s: Sentence, at: int) -> int:
    """The verb that a modal governs: the next word, or the first verb behind an adverb, a time or a parenthesis; -1 for none."""
    words, classes = s.words, s.classes
    n = len(words)
    at = skip(s, at, ADVERB | TIME | NOT)
    if at < n and classes[at] & TO:
        at = skip(s, at + 1, ADVERB | TIME | NOT)
    if at >= n:
        return -1
    if classes[at] & (VERB | BE | HAVE | DO):
        return at
    if classes[at] & COMMA:
        for k in range(at + 1, min(n, at + 90)):
            if classes[k] & COMMA:
                start = skip(s, k + 1, ADVERB | TIME | COMMA)
                if start < n and (classes[start] & (BE | HAVE) or is_order(s, start)):
                    return start
    elif not classes[at] & (PREP | DET | CONJ | SUB | REL | AGENT | NAMED | QUOTE | NUMBER | PRONOUN | COLON):
        return at
    for k in range(at + 1, min(n, at + 40)):
        if (
            classes[k] & (VERB | BE)
            and not classes[k - 1] & (DET | PREP | POSSESSIVE | CONJ)
            and (is_order(s, k) or classes[k] & BE)
        ):
            return k
    for k in range(at + 1, min(n, at + 60)):
        if classes[k] & VERB and not classes[k - 1] & (DET | PREP | POSSESSIVE | CONJ | AGENT):
            return k
    return -1


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
    late = _late_cue(s, start)
    if late is not None:
        return Finite(at, late[1], late[2], late[0], negated)
    found = modality.match("be", s.words, start)
    if found is not None:
        row, behind = found
        if row.act == "here":
            return Finite(at, start, form, row, negated)
        verb = skip(s, behind, ADVERB | TIME)
        if verb < len(s.classes) and (row.act == "gerund" or s.classes[verb] & (VERB | BE | HAVE) or verb > 0):
            passive = s.words[verb] == "be" and _is_participle(s, verb + 1)
            return Finite(at, verb, VERB_ED if passive else VERB, row, negated, passive=passive)
    if start < len(s.classes) and s.classes[start] & VERB_ED and not negated:
        return Finite(at, start, VERB_ED, modality.row("present-passive"), passive=True)
    return Finite(at, start, form, None, negated)


def _late_cue(s: Sentence, start: int) -> tuple[ModalityRow, int, int] | None:
    """A cue whose "to" comes later: "are encouraged, in their activities, to adopt", "are encouraged and supported in taking part".

    Gives the row, the verb and the form of verbs coordinated with it.
    """
    words, classes = s.words, s.classes
    if start + 1 >= len(words) or not classes[start] & VERB_ED or not classes[start + 1] & (COMMA | CONJ | PREP) or classes[start + 1] & TO:
        return None
    found = modality.match("be", [words[start], "to"], 0)
    if found is None:
        return None
    for k in range(start + 1, min(len(words) - 1, start + 50)):
        following = skip(s, k + 1, ADVERB)
        if following >= len(words):
            return None
        if classes[k] & TO and classes[following] & (VERB | BE):
            return found[0], following, VERB
        if words[k] == "in" and classes[following] & VERB_ING and not classes[k - 1] & COMMA:
            return found[0], following, VERB_ING
    return None


# ---------------------------------------------------------------- subjects


def _give_subjects(s: Sentence, finites: list[Finite]) -> None:
    """Subject units of every finite, or `shared` with the one before."""
    floor = 0
    for number, finite in enumerate(finites):
        if (
            finite.row is not None
            and finite.row.after == "start"
            and finite.at == finite.verb
            and _opens(s, finite.at, floor)
        ):
            finite.subject = (finite.at, finite.at)
        else:
            finite.subject = _subject(s, floor, finite.at, number > 0)
            if finite.subject[0] == finite.subject[1] and number > 0:
                finite.shared, finite.subject = True, finites[number - 1].subject
        floor = finite.at + 1


def _opens(s: Sentence, at: int, floor: int) -> bool:
    """Whether nothing but adverbs, times and fronted phrases stands before an imperative."""
    return skip(s, floor) == at or bool(s.classes[at - 1] & (COMMA | ADVERB | TIME | CONJ | NOT))


def _subject(s: Sentence, floor: int, at: int, has_before: bool) -> tuple[int, int]:
    """The noun phrase before a finite verb: the last stretch between commas that is one, with its coordinates to the left."""
    classes = s.classes
    end = at
    while end > floor and classes[end - 1] & (ADVERB | TIME | COMMA | NOT) and not classes[end - 1] & (PRONOUN | AGENT):
        end -= 1
    stretches = _stretches(s, floor, end)
    if not has_before and stretches and _is_noun_phrase(s, stretches[0]):
        return (stretches[0][0], end)
    chosen = len(stretches) - 1
    lowest = 1 if has_before else 0  # the first stretch holds the verb phrase of the clause before
    while chosen >= lowest and not _is_noun_phrase(s, stretches[chosen]):
        if has_before and all(classes[k] & (CONJ | ADVERB) for k in range(*stretches[chosen])):
            return (at, at)
        chosen -= 1
    if chosen < 0:
        return (at, at)
    start, stop = stretches[chosen]
    if chosen == 0 and has_before and stop < at and any(classes[k] & (COMMA | CONJ) for k in range(stop, at)):
        return (at, at)
    if chosen == 0 and has_before:
        cut = _last_conjunct(s, start, stop)
        return (cut, stop) if cut >= 0 else (at, at)
    if classes[start] & CONJ:
        follows_clause = has_before and not _has_list_before(s, stretches, chosen)
        if follows_clause or not _has_list_before(s, stretches, chosen):
            return (start + 1, stop)
    if _ends_list(s, start, stop):
        while chosen > lowest and _is_list_member(s, stretches[chosen - 1]):
            chosen -= 1
    return (stretches[chosen][0], stop)


def _stretches(s: Sentence, floor: int, end: int) -> list[tuple[int, int]]:
    """Units floor:end parted at commas and colons."""
    found: list[tuple[int, int]] = []
    start = floor
    for k in range(floor, end):
        if s.classes[k] & (COMMA | COLON):
            if k > start:
                found.append((start, k))
            start = k + 1
    if end > start:
        found.append((start, end))
    return found


def _is_noun_phrase(s: Sentence, stretch: tuple[int, int]) -> bool:
    """Whether a stretch can be a subject: it opens with no preposition, conjunction of clauses, participle or adverb alone."""
    start = skip(s, stretch[0], CONJ | TIME)
    if start >= stretch[1]:
        return False
    kind = s.classes[start]
    if s.words[start] in ("together", "jointly", "not", "regardless"):
        return False
    if s.words[start] in ("such", "subject") and s.words[start + 1 : start + 2] in (["as"], ["to"]):
        return False
    if kind & (AGENT | NAMED):
        return True
    if kind & (BE | HAVE | MODAL) or (kind & VERB and not kind & (NOUNISH | ADJECTIVISH)):
        return False
    if kind & DET:
        return True
    if kind & (PREP | SUB | SOFT_SUB | TO) or (kind & REL and s.words[start] not in ("whoever", "what", "whichever")):
        return False
    return not (kind & (VERB_ING | VERB_ED) and _is_modifier(s, start)) and not (
        kind & ADVERB and stretch[1] - start == 1
    )


def _is_modifier(s: Sentence, at: int) -> bool:
    """A participle that opens a parenthesis ("located in ...", "based on ..."), not one that heads a phrase ("unlicensed units")."""
    following = s.classes[at + 1] if at + 1 < len(s.classes) else 0
    return bool(following & (PREP | DET | ADVERB))


def _last_conjunct(s: Sentence, start: int, stop: int) -> int:
    """The unit behind the last and/but before which the verb phrase of the clause before ends; -1 where the subject is shared."""
    for k in range(stop - 1, start, -1):
        if s.classes[k] & CONJ:
            behind = k + 1
            tail = range(behind, stop)
            if (
                behind < stop
                and any(s.classes[j] & (AGENT | NAMED | PRONOUN | DET) for j in tail)
                and not s.classes[behind] & (VERB_ING | PREP | VERB_S)
            ):
                return behind
            return -1
    return -1


def _ends_list(s: Sentence, start: int, stop: int) -> bool:
    """Whether the last stretch is the end of a list of bodies ("schools and other units", "and the unit"), not "small and large units"."""
    for k in range(start, min(stop, start + 12)):
        if s.classes[k] & CONJ:
            before = k == start or bool(s.classes[head_of(s, start, k)] & (AGENT | NAMED | PLACE))
            return before and any(s.classes[j] & (AGENT | NAMED) for j in range(k, stop))
    return False


def _is_list_member(s: Sentence, stretch: tuple[int, int]) -> bool:
    """Whether a stretch before the last one is a body of the same list."""
    start, stop = stretch
    if not _is_noun_phrase(s, stretch) or any(s.classes[k] & (MODAL | BE_FINITE | SUB) for k in range(start, stop)):
        return False
    head = head_of(s, start, stop)
    return bool(s.classes[head] & (AGENT | NAMED | PLACE))


def _has_list_before(s: Sentence, stretches: list[tuple[int, int]], chosen: int) -> bool:
    return chosen > 0 and _is_list_member(s, stretches[chosen - 1])


def head_of(s: Sentence, start: int, stop: int) -> int:
    """The unit that heads the noun phrase: the last word before a preposition, a participle, a relative clause or a bracket."""
    classes = s.classes
    k = start
    while k < stop and classes[k] & (DET | CONJ | ADVERB | NUMBER) and not classes[k] & (AGENT | NAMED):
        k += 1
    last = k
    while k < stop:
        kind = classes[k]
        joins_adjectives = kind & CONJ and k > start and s.words[k - 1] in DANGLING
        if kind & (PREP | REL | COMMA | CONJ | TIME) and not joins_adjectives:
            break
        if kind & (VERB_ED | VERB_ING) and k > last and _is_modifier(s, k):
            break
        follows_subject = s.words[k] == "subject" and k + 1 < len(classes) and bool(classes[k + 1] & TO)
        if not kind & (ADVERB | POSSESSIVE | CONJ) and s.words[k] not in _POSTPOSED and not follows_subject:
            last = k
        k += 1
    return min(last, stop - 1)


DANGLING = frozenset(  # adjectives behind which "and" joins adjectives, not bodies ("small and medium-sized enterprises")
    "small large medium medium-sized micro public private local central municipal provincial national domestic foreign natural competent administrative "
    "judicial social economic legal state-owned".split()
)
_POSTPOSED = frozenset(
    {"concerned", "responsible", "involved", "above", "below", "directly", "competent", "alone", "themselves"}
)


def _without_relics(s: Sentence, finites: list[Finite]) -> list[Finite]:
    """Without present tenses that belong to the subject of a modal behind them (verbs of its relative clauses)."""
    kept: list[Finite] = []
    for number, finite in enumerate(finites):
        following = finites[number + 1] if number + 1 < len(finites) else None
        is_relic = (
            following is not None
            and following.shared
            and finite.row is not None
            and finite.row.id in ("present-tense", "present-passive")
            and any(s.classes[k] & REL for k in range(finite.subject[0], finite.at))
        )
        if is_relic and following is not None:
            following.subject, following.shared = finite.subject, finite.shared
        else:
            kept.append(finite)
    return kept
