"""Whether a bare form is the present tense of several bodies: "departments of finance establish", not "the plan" or "to establish".

By the plural that heads the phrase before it, and by what follows where the word may be a noun as well.
"""

from __future__ import annotations

from kb.extract.asides import before_parenthesis
from kb.extract.clauses import Sentence
from kb.extract.phrases import PARTICLES, POSTPOSED, WITH_PREPOSITION, head_of, joins_order
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ALONE,
    ANAPHOR,
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
    POSSESSIVE,
    PREP,
    PRONOUN,
    QUOTE,
    REL,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_S,
)  # fmt: skip

CLOSED_BEFORE_VERB = DET | PREP | MODAL | POSSESSIVE | CONJ | NUMBER | NOT
_LIKE = frozenset({"like", "others"})
PLURALS = frozenset(
    {
        "people",
        "children",
        "women",
        "men",
        "personnel",
        "staff",
        "police",
        "who",
        "they",
        "we",
        "which",
        "that",
        "those",
        "media",
    }
)


def is_present_plural(s: Sentence, i: int, since: int) -> bool:  # noqa: PLR0911  one return a case
    """ "departments of finance establish", not "to establish" or "the plan"."""
    classes, words = s.classes, s.words
    k = before_parenthesis(s, i - 1, since)
    while k > since and words[k] in POSTPOSED and not classes[k] & PREP:
        k -= 1  # "the bodies concerned"
    if (
        words[i : i + 2] == ["subject", "to"]
        or k < since
        or (classes[k] & (CLOSED_BEFORE_VERB | DO | TO | COMMA | COLON) and words[k] not in _LIKE)
    ):
        return False
    plural_agent = any(
        classes[j] & (AGENT | NAMED | PRONOUN | REL)
        and (words[j].endswith("s") or words[j] in PLURALS or classes[j] & NAMED)
        for j in range(since, k + 1)
    )
    if not plural_agent and not _joins_bodies(s, since, k):
        return False
    if not classes[i] & (NOUNISH | ADJECTIVISH | AGENT):
        return True
    close = bool(classes[k] & (AGENT | PRONOUN)) and (words[k].endswith("s") or words[k] in PLURALS)
    following = classes[i + 1] if i + 1 < len(classes) else CONJ
    if following & (DET | ANAPHOR | QUOTE) and since == 0:
        return True
    takes_particle = words[i + 1 : i + 2] and words[i + 1] in PARTICLES and not classes[i] & VERB_ED
    if takes_particle and since == 0 and heads_plural(s, k):
        return True  # "agencies at all levels look up"
    if classes[i] & LEANING and since == 0 and heads_plural(s, k) and _is_only_verb(s, i):
        return True
    return close and (
        (k < i - 1 and not _joins_noun(s, i))
        or not following & (PREP | CONJ | COMMA | BE_FINITE | MODAL | HAVE)
        or bool(following & TO)
        or (words[i], *words[i + 1 : i + 2]) in WITH_PREPOSITION
        or (i + 1 < len(words) and words[i + 1] in PARTICLES)
        or (bool(following & CONJ) and i + 2 < len(classes) and joins_order(s, i + 2))
        or _has_late_object(s, i)
        or bool(classes[i] & ALONE and following & ADVERB)
    )


def _joins_bodies(s: Sentence, since: int, k: int) -> bool:
    """Whether the phrase that ends at `k` is two bodies with articles: "the Finance Bureau and the Port Authority apply"."""
    classes = s.classes
    joint = next((j for j in range(k - 1, max(since, k - 12), -1) if classes[j] & CONJ and classes[j + 1] & DET), -1)
    if joint <= since or s.words[joint] != "and" or not classes[head_of(s, joint + 1, k + 1)] & AGENT:
        return False
    plain = not any(classes[j] & (REL | VERB_ED | COMMA) for j in range(joint + 1, k))
    return plain and bool(classes[joint - 1] & AGENT) and bool(classes[_skip_to_start(s, since)] & DET)


def _skip_to_start(s: Sentence, since: int) -> int:
    """The first unit from `since` that opens a noun phrase, behind adverbs and times."""
    while since + 1 < len(s.classes) and s.classes[since] & (ADVERB | TIME | COMMA | CONJ):
        since += 1
    return since


def _has_late_object(s: Sentence, i: int) -> bool:
    """Whether an article follows behind a parenthesis ("unions safeguard, in accordance with law, the rights of workers")."""
    classes = s.classes
    if i + 2 >= len(classes) or not classes[i + 1] & COMMA or not classes[i + 2] & PREP:
        return False
    comma = next((k for k in range(i + 3, min(i + 20, len(classes) - 1)) if classes[k] & COMMA), 0)
    return comma > 0 and bool(classes[comma + 1] & DET)


def _joins_noun(s: Sentence, i: int) -> bool:
    """Whether the word is the first of two nouns ("transport and water resources"), not of two verbs."""
    then = s.classes[i + 2] if i + 2 < len(s.classes) else 0
    return bool(s.classes[i + 1] & CONJ) and not then & VERB if i + 1 < len(s.classes) else True


def heads_plural(s: Sentence, k: int) -> bool:
    """Whether the phrase up to `k` opens with a plural of bodies that heads it ("The governments of provinces and cities")."""
    starts = {0, next((j + 1 for j in range(k, 0, -1) if s.classes[j] & COMMA), 0)}
    heads = [head_of(s, start, k + 1) for start in starts]
    return any(s.classes[head] & AGENT and s.words[head].endswith("s") and s.classes[head + 1] & PREP for head in heads)


def _is_only_verb(s: Sentence, i: int) -> bool:
    """Whether an object follows and no other verb group, so that a word that may be a noun must be the verb."""
    following = s.classes[i + 1] if i + 1 < len(s.classes) else CONJ
    if following & (PREP | CONJ | COMMA | VERB_S) and not (i + 1 < len(s.words) and s.words[i + 1] in PARTICLES):
        return False
    return not any(kind & (MODAL | BE_FINITE | HAVE | PAST_AUX) for kind in s.classes[i + 1 : i + 60])
