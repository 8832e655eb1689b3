"""Whether a verb form is finite where it stands: "the bureau restricts access" is, "the bureau's restricts" and "to restrict" are not.

By the words around it alone: a noun of a body before it, an article behind it, the clause that waits for a verb.
"""

from __future__ import annotations

from kb.extract.asides import before_parenthesis
from kb.extract.clause_starts import COMPLEMENT_VERBS
from kb.extract.clauses import Sentence
from kb.extract.deeds import allotted_to
from kb.extract.phrases import PARTICLES, WITH_PREPOSITION, head_of, is_order
from kb.extract.plurals import CLOSED_BEFORE_VERB, PLURALS, heads_plural, is_present_plural
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ANAPHOR,
    ARTICLE,
    BE,
    BE_FINITE,
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
    REL,
    SOFT_SUB,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip

_GROUP = MODAL | BE_FINITE | PAST_AUX  # what opens a verb group, so that a word right before it ends a subject
_OWN = frozenset("its their his her our your this that such free good last".split())  # "against its will"
_CHARGES = frozenset(
    {"obligation", "duty", "right", "responsibility", "power"}
)  # "must not use it, and have a duty to keep it"


def is_finite(s: Sentence, i: int, pending: list[int], heads: list[tuple[int, bool]]) -> bool:  # noqa: PLR0911, PLR0912  one return a case
    """Whether the verb form at `i` is finite here."""
    words, classes = s.words, s.classes
    kind, before = classes[i], classes[i - 1] if i else 0
    if kind & PLACE and i + 1 < len(classes) and classes[i + 1] & AGENT:
        return False
    if kind & NOUNISH and words[i + 1 : i + 3] == ["such", "as"]:
        return False  # "an act such as bribery"
    if words[i] == "need" and words[i + 1 : i + 2] == ["not"]:
        return True
    if kind & VERB and i and words[i - 1] == "help":
        return False  # "units needed to help verify it"
    if words[i] == "have" and before & (COMMA | CONJ) and heads and (heads[-1][1] or classes[heads[-1][0]] & MODAL):
        return not _CHARGES.isdisjoint(words[i + 2 : i + 3])  # else it goes on with "shall"
    if kind & (VERB | VERB_S) and allotted_to(s, i)[1]:
        return True
    has_head, imperative = bool(heads), bool(heads) and not classes[heads[-1][0]] & MODAL
    if kind & MODAL:
        return words[i] not in ("will", "might") or (not before & (ARTICLE | POSSESSIVE) and words[i - 1] not in _OWN)
    if words[i] == "be" or (words[i] in ("need", "needs") and i + 1 < len(words) and classes[i + 1] & TO):
        return _is_subjunctive(s, i, pending) if words[i] == "be" else _is_need(s, i)
    if kind & (BE_FINITE | PAST_AUX | DO | HAVE):
        if words[i] == "do":
            has_bodies = bool(before & (AGENT | PRONOUN | REL | NAMED)) or _does_work(s, i)
            return has_bodies or (i + 1 < len(words) and bool(classes[i + 1] & NOT))
        is_bound = before & (TO | MODAL) or (i and words[i - 1] == "as")  # "such measures as are necessary"
        return not is_bound and words[i] not in ("having", "had") and not _is_bare(s, i)
    top = pending[-1] if pending else -1
    following = classes[i + 1] if top >= 0 and i + 1 < len(classes) else 0
    if top < 0 and i + 1 < len(classes) and classes[i + 1] & (MODAL | HAVE):
        return False  # "universities and research institutes shall"
    if following & _GROUP and classes[top] & REL and _ends_subject(s, top, i):
        return bool(kind & VERB) and not kind & NOUNISH
    if top >= 0 and classes[top] & REL and words[top] != "whose" and adverbs_between(s, top, i):
        is_complement = top > 0 and words[top - 1] in COMPLEMENT_VERBS and bool(kind & (NOUNISH | VERB_ED))
        return bool(kind & (VERB | VERB_S | VERB_ED)) and not is_complement
    if kind & VERB and top >= 0 and classes[top] & SUB and _tells_of_things(s, top, i):
        return True
    if kind & VERB_S and not kind & NOUNISH and before & CONJ and top < 0 and has_head and not imperative:
        return True
    if kind & VERB_ED and kind & VERB and _ends_perfect(s, i):
        return False
    if top >= 0 and words[top] == "whose" and _is_of_whose(s, top, i):
        return True
    if before & PRONOUN and words[i - 1] in ("these", "those") and _is_of_these(s, i):
        return True
    relative, since = top >= 0 and bool(classes[top] & REL), heads[-1][0] + 1 if has_head else 0
    if kind & VERB_S and _is_present_singular(s, i, since, relative=relative, first=not has_head):
        return True
    if kind & VERB and has_head and top < 0 and _opens_second_clause(s, i):
        return True
    if kind & VERB and (top >= 0 or not has_head) and is_present_plural(s, i, max(top, 0)):
        return True
    return bool(
        kind & VERB_ED and top >= 0 and classes[top] & REL and i - top > 1 and not before & (CLOSED_BEFORE_VERB | ADVERB | COMMA | BE | HAVE | PAST_AUX)
        and not kind & VERB and not following & _GROUP and words[i] not in ("concerned", "involved") and words[i - 1] != "so"
    )  # fmt: skip


def _tells_of_things(s: Sentence, sub: int, i: int) -> bool:
    """Whether a verb that is no noun stands behind a plural in a condition: "unless laws or regulations provide otherwise"."""
    before = s.classes[i - 1]
    is_plural = s.words[i - 1].endswith("s") and not before & (CLOSED_BEFORE_VERB | VERB | PRONOUN) and i - sub > 1
    return is_plural and not s.classes[i] & (NOUNISH | ADJECTIVISH | AGENT | HAVE | BE | DO)


def _ends_subject(s: Sentence, rel: int, i: int) -> bool:
    """Whether the word before a verb group ends the subject of a relative clause ("through which reports are accepted").

    A verb and nothing else is the verb of that clause ("measures for which these rules provide must not").
    """
    kind, before = s.classes[i], s.classes[i - 1]
    if kind & NOUNISH and i == rel + 1 and rel:
        return bool(s.classes[rel - 1] & PREP)
    return bool(kind & VERB) and i - rel > 2 and not before & (CLOSED_BEFORE_VERB | ADVERB | COMMA | TO)


def _is_of_whose(s: Sentence, top: int, i: int) -> bool:
    """Whether a present form follows "whose speed": "mills whose speed falls below 80 percent are"."""
    following = s.classes[i + 1] if i + 1 < len(s.classes) else 0
    head = next((k for k in range(top + 1, i) if s.classes[k] & PREP), i)  # "whose score in the test reaches"
    plain = not any(s.classes[k] & (DET | CONJ | COMMA | ADVERB | VERB_ED) for k in range(top + 1, head))
    is_free = not following & (_GROUP | HAVE | PAST_AUX | VERB_S)
    near = i == head or (
        i - head < 8 and bool(following & (DET | NUMBER)) and not s.classes[i - 1] & CLOSED_BEFORE_VERB
    )
    fits = 1 < head - top < 4 and plain and is_free and near
    return bool(s.classes[i] & VERB_S) and fits and not s.words[head - 1].endswith("s")


def _is_of_these(s: Sentence, i: int) -> bool:
    """Whether the verb of "; these reply within five days" stands at `i`."""
    opens = i == 1 or bool(s.classes[i - 2] & CONJ and i > 2 and s.classes[i - 3] & COMMA)
    following = s.classes[i + 1] if i + 1 < len(s.classes) else TIME
    return opens and bool(s.classes[i] & VERB) and bool(following & (TIME | DET | ANAPHOR | PREP))


def _does_work(s: Sentence, i: int) -> bool:
    """ "departments of towns, in line with this Law, do a good job", "do the work well"."""
    following = s.classes[i + 1] if i + 1 < len(s.classes) else 0
    k = before_parenthesis(s, i - 1, 0)
    return bool(following & DET) and 0 <= k < i - 1 and heads_plural(s, k)


def _ends_perfect(s: Sentence, i: int) -> bool:
    """Whether the form is the participle of "has, of its own accord, put right"."""
    for k in range(i - 1, max(i - 8, -1), -1):
        if s.classes[k] & HAVE:
            return k + 1 < i and bool(s.classes[k + 1] & (PREP | COMMA)) and not s.classes[k + 1] & TO
        if s.classes[k] & (CONJ | MODAL | BE_FINITE):
            break
    return False


def _is_bare(s: Sentence, i: int) -> bool:
    """Whether "have" is an infinitive behind a denied modal ("must not have them pay")."""
    return s.words[i] == "have" and bool(s.classes[i - 1] & NOT) and _has_auxiliary(s, i)


def _is_subjunctive(s: Sentence, be: int, pending: list[int]) -> bool:
    """ "orders that corrections be made"."""
    behind_that = bool(pending) and s.words[pending[-1]] == "that"
    return behind_that and not s.classes[be - 1] & (MODAL | TO | NOT | ADVERB | COMMA | CONJ)


def _is_need(s: Sentence, i: int) -> bool:
    """ "units need to report", not "the needs", "do not need to" or "information on needs to the office"."""
    then = s.classes[i + 2] if i + 2 < len(s.classes) else 0
    is_noun = s.classes[i - 1] & (DET | PREP | TO | POSSESSIVE) or not then & (VERB | BE | HAVE | ADVERB)
    return not is_noun and not _has_auxiliary(s, i)


def _has_auxiliary(s: Sentence, i: int) -> bool:
    """Whether a modal or a form of do governs the verb ("do not need to", "shall not need to")."""
    k = i - 1
    while k > 0 and s.classes[k] & (ADVERB | NOT):
        k -= 1
    return k >= 0 and bool(s.classes[k] & (DO | MODAL))


def adverbs_between(s: Sentence, start: int, end: int) -> bool:
    return all(s.classes[k] & (ADVERB | NOT) for k in range(start + 1, end))


def _is_present_singular(s: Sentence, i: int, since: int, *, relative: bool, first: bool) -> bool:  # noqa: PLR0911  one return a case
    """ "the bureau restricts", not "the bureau's reports" or "business reports"; `since` is the unit behind the last main verb."""
    classes = s.classes
    before = classes[i - 1] if i else 0
    is_closed = before & CLOSED_BEFORE_VERB and not before & ADVERB and not _ends_level(s, i)  # "no longer" is both
    if i == 0 or is_closed or (before & (VERB | VERB_ING) and not before & (NOUNISH | AGENT)):
        return False
    k = before_parenthesis(s, i - 1, since)
    if not classes[i] & NOUNISH:
        return (k >= 0 and not classes[k] & CONJ) or (
            first and any(kind & REL for kind in classes[:i]) and bool(before & COMMA)
        )
    behind = classes[k] if k >= 0 else 0
    if (_takes_object(s, i) or (first and not relative and _takes_bare_object(s, i))) and _has_singular_body(s, k):
        return True
    is_customs = s.words[k] == "customs"  # one body in form of a plural, without an article
    if not behind & (AGENT | NAMED | PRONOUN | REL) or (s.words[k].endswith("s") and not is_customs):
        return False
    if behind & AGENT and not behind & (NAMED | PRONOUN) and not relative and not (is_customs or _has_determiner(s, k)):
        return False
    following = classes[i + 1] if i + 1 < len(classes) else CONJ
    if following & CONJ and i + 2 < len(classes) and classes[i + 2] & VERB_S and not classes[i + 2] & NOUNISH:
        return True  # "grants or refuses repair"
    return (
        k < i - 1
        or relative
        or bool(following & TO)
        or (s.words[i][:-1], *s.words[i + 1 : i + 2]) in WITH_PREPOSITION
        or not following & (PREP & ~TO | CONJ | COMMA | BE_FINITE | MODAL | POSSESSIVE | VERB_S)
        or bool(behind & NAMED)
    )


def _ends_level(s: Sentence, i: int) -> bool:
    """Whether "or above", "and below" or "level up" stands before `i` ("the authority at county level or above")."""
    return s.words[i - 1] in ("above", "below", "over", "up", "down") and bool(
        s.classes[i - 2] & CONJ or s.words[i - 2] in ("level", "levels")
    )


def _takes_object(s: Sentence, i: int) -> bool:
    """Whether a pronoun or an article follows ("orders it to", "pays the bounty"), and no verb of its own behind the pronoun."""
    classes = s.classes
    following = classes[i + 1] if i + 1 < len(classes) else 0
    then = classes[i + 2] if i + 2 < len(classes) else 0
    if s.words[i + 1 : i + 2] and s.words[i + 1] in PARTICLES:
        return True  # "sets up", "draws up"
    if following & ANAPHOR:
        return not then & (VERB | VERB_S | MODAL | BE_FINITE | HAVE | ADVERB)
    return bool(following & (DET | QUANTITY)) and not following & PRONOUN


def _takes_bare_object(s: Sentence, i: int) -> bool:
    """Whether a noun or its own preposition follows and no other finite verb ("pays interest", "deals with it"; not "reports submitted")."""
    classes = s.classes
    following = classes[i + 1] if i + 1 < len(classes) else CONJ
    base = s.words[i].removesuffix("s")
    closed = PREP & ~TO | CONJ | COMMA | BE_FINITE | MODAL | POSSESSIVE | VERB_ED | HAVE | REL
    is_verb = following & VERB_S and not following & NOUNISH  # "watches changes in figures"
    if (following & closed or is_verb) and (base, *s.words[i + 1 : i + 2]) not in WITH_PREPOSITION:
        return False
    behind = range(i + 1, min(i + 40, len(classes)))
    return not any(classes[k] & (MODAL | BE_FINITE) and not classes[k - 1] & CONJ for k in behind)


def _has_singular_body(s: Sentence, k: int) -> bool:
    """Whether the noun phrase that ends at `k` has a determiner and a body in the singular as its head."""
    classes = s.classes
    start = k
    while start > max(k - 24, 0) and not classes[start - 1] & (
        COMMA | COLON | REL | SUB | SOFT_SUB | TIME | MODAL | BE_FINITE | VERB_S & ~NOUNISH
    ):
        start -= 1
    if start > 1 and s.words[start - 1] == "that" and classes[start - 2] & COMMA:
        start -= 1
    if start <= k and classes[start] & PREP:
        start = next((j for j in range(k, start, -1) if classes[j] & (DET | PREP)), start)  # "in such cases the court"
    if start > k or not classes[start] & (DET | NAMED | CONJ):
        return False
    head = head_of(s, start, k + 1)
    if classes[head] & (AGENT | NAMED):
        return not s.words[head].endswith("s")
    rel = next((j for j in range(start - 1, max(start - 12, 1), -1) if classes[j] & REL), 1)
    if rel == 1 or classes[rel - 1] & (COMMA | PREP):
        return False
    return _has_singular_body(s, rel - 1)  # "a department which takes a complaint passes it on"


def _has_determiner(s: Sentence, head: int) -> bool:
    """Whether a singular noun has an article or the like ("the government guides", not "fees or government funds")."""
    for k in range(head, max(head - 12, -1), -1):
        kind = s.classes[k]
        if kind & (DET | POSSESSIVE | NAMED):
            return True
        joins_bodies = kind & CONJ and s.classes[k - 1] & AGENT and s.classes[k + 1] & AGENT  # "a firm or institution"
        if kind & (COMMA | CONJ) and k < head and not joins_bodies:
            return False
    return False


def _opens_second_clause(s: Sentence, i: int) -> bool:
    """Whether bodies in the plural and their verb follow ", and" ("shall tell the agencies, and the agencies record it")."""
    classes = s.classes
    following = classes[i + 1] if i + 1 < len(classes) else 0
    if s.words[i - 1] == "they" and classes[i - 2] & (COMMA | CONJ):
        return not classes[i] & NOUNISH or not following & (PREP | CONJ | COMMA)  # "..., they guide large firms"
    if _has_bodies_behind_and(s, i):
        return True
    is_body = bool(classes[i - 1] & AGENT and following & (DET | ANAPHOR))
    k = i - 1
    while k > 0 and not classes[k] & (COMMA | CONJ | PREP | VERB_ED | MODAL | COLON):
        k -= 1
    if classes[k] & (PREP | VERB_ED | CONJ) and not classes[i] & NOUNISH:
        k = next((j for j in range(k, max(k - 12, 0), -1) if classes[j] & (COLON | COMMA | MODAL)), k)
        k = k if classes[k] & COLON else i - 1
    if classes[k] & COLON:  # "assessment is promoted: local governments organize it"
        head = head_of(s, k + 1, i)
        return bool(classes[head] & AGENT) and s.words[head].endswith("s") and not classes[i] & (NOUNISH | ADJECTIVISH)
    is_thing = i + 1 == len(classes) and bool(classes[k + 1] & DET)  # "..., and the incentives stop"
    return (
        s.words[i - 1].endswith("s")
        and (is_body or is_thing)
        and bool(classes[k] & CONJ)
        and s.words[k] in ("and", "while")
        and bool(classes[k - 1] & COMMA)
    )


def _has_bodies_behind_and(s: Sentence, i: int) -> bool:
    """Whether ", and", bodies in the plural and a verb with its object stand before `i`: "..., and the governments of counties make the rules"."""
    classes, words = s.classes, s.words
    joint = next((k for k in range(i - 1, max(i - 12, 0), -1) if classes[k] & (COMMA | COLON | _CLAUSE)), 0)
    listed = _list_before(s, joint, i)
    joint = listed or joint
    if not classes[joint] & COMMA or words[joint + 1] not in ("and", "while") or joint + 2 >= i:
        return False
    head = i - 1 if listed else head_of(s, joint + 2, i)
    is_body = classes[head] & (AGENT | NAMED | PLACE) and (
        listed or words[head].endswith("s") or words[head] in PLURALS
    )
    closed = VERB_ED | VERB_ING | CONJ
    if not is_body or is_order(s, joint + 2) or any(kind & closed for kind in classes[head + 1 : i]):
        return False
    following = classes[i + 1] if i + 1 < len(classes) else CONJ
    if following & (DET | ANAPHOR) or (words[i + 1 : i + 2] and words[i + 1] in PARTICLES):
        return True
    is_pure = not classes[i] & (NOUNISH | ADJECTIVISH | AGENT)
    leans = classes[i] & LEANING and not following & PREP
    return bool(is_pure or leans) and not following & (CONJ | COMMA | MODAL | BE_FINITE | HAVE)


def _list_before(s: Sentence, joint: int, i: int) -> int:
    """The comma before "and" where a list of single bodies begins that ends at `i` (", and the Port Office, the Bank and the Mint lend"); 0 for none."""
    classes = s.classes
    last = next((k for k in range(joint + 2, i - 1) if s.words[k] == "and"), 0)
    if not last or not classes[head_of(s, last + 1, i)] & (AGENT | NAMED):
        return 0
    while joint > 0 and classes[joint] & COMMA and classes[head_of(s, joint + 1, i)] & (AGENT | NAMED):
        if s.words[joint + 1] == "and":
            return joint
        joint = next((k for k in range(joint - 1, max(joint - 12, 0), -1) if classes[k] & (COMMA | COLON | _CLAUSE)), 0)
    return 0


_CLAUSE = MODAL | BE_FINITE | HAVE | REL | SUB | TO
