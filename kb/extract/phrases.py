"""Small readings of a row of units that the walk over verbs, subjects and acts share: what opens a clause, an order, a noun phrase.

"publish the list" opens an order, "publish of" does not; the head of "department of development and reform" is "department".
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ALONE,
    ANAPHOR,
    ARTICLE,
    BE,
    BE_FINITE,
    CITED,
    COLON,
    COMMA,
    CONJ,
    DET,
    DIRECTIVE,
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
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
    joined_fields,
)  # fmt: skip

OBJECT_STARTS = DET | ANAPHOR | PRONOUN | QUOTE | QUANTITY | NAMED | CITED | NUMBER
_VERBS_WITH_OF = frozenset({"dispose", "consist", "approve", "avail", "inform", "notify", "complain", "rid", "partake"})
PARTICLES = frozenset({"up", "out", "down", "off", "forth", "back", "forward", "away", "together"})
WITH_PREPOSITION = frozenset(  # bases that are no nouns before these prepositions, since no article stands before them
    {
        ("file", "with"), ("report", "on"), ("report", "to"), ("check", "for"), ("fall", "within"), ("fall", "under"), ("fall", "into"), ("search", "for"), ("look", "for"), ("watch", "for"), ("press", "for"), ("plan", "for"), ("hand", "over"), ("hand", "in"), ("hand", "out"), ("focus", "on"), ("watch", "over"), ("call", "on"), ("call", "for"), ("guard", "against"),
        ("deal", "with"), ("act", "in"), ("comply", "with"), ("answer", "for"), ("act", "as"), ("act", "on"), ("act", "at"), ("act", "within"), ("act", "under"), ("act", "upon"), ("care", "for"), ("account", "for"), ("attend", "to"), ("work", "with"),
        ("stay", "at"), ("stay", "in"), ("stay", "with"), ("stand", "for"), ("bid", "for"), ("vote", "for"), ("vote", "on"), ("object", "to"), ("appeal", "to"), ("appeal", "against"), ("call", "in"), ("trade", "in"), ("trade", "with"), ("register", "with"), ("register", "as"), ("sign", "for"), ("petition", "for"),
        ("return", "to"), ("reply", "to"), ("answer", "to"), ("transfer", "to"), ("release", "to"), ("show", "to"), ("forward", "to"), ("offer", "to"), ("present", "to"), ("grant", "to"), ("award", "to"), ("issue", "to"), ("address", "to"), ("resort", "to"), ("pass", "on"),
    }
)  # fmt: skip
_MANNER = frozenset(
    "way manner fashion depth accordance orderly earnest due writing full coordination cooperation co-operation collaboration concert unison step tandem harmony "
    "partnership".split()
)
DANGLING = frozenset(  # adjectives behind which "and" joins adjectives, not bodies ("small and medium-sized enterprises")
    "small large medium medium-sized micro public private local central municipal provincial national domestic foreign natural competent administrative "
    "judicial social economic legal state-owned".split()
)
POSTPOSED = frozenset(
    {
        "concerned",
        "responsible",
        "involved",
        "above",
        "below",
        "directly",
        "competent",
        "alone",
        "else",
        "themselves",
        "itself",
        "himself",
        "herself",
    }
)


def skip(s: Sentence, at: int, kinds: int = ADVERB | TIME | COMMA | CONJ | NOT) -> int:
    """The first unit from `at` that is none of these kinds; adverbs that may be verbs or open clauses are kept."""
    classes, n = s.classes, len(s.classes)
    while at < n and classes[at] & kinds and not classes[at] & (SUB | VERB):
        at += 1
    return at


def takes_preposition(s: Sentence, at: int) -> bool:
    """Whether a present form stands before the preposition that makes it a verb ("focuses on", "reports to")."""
    word, following = s.words[at], s.words[at + 1 : at + 2]
    return any((word.removesuffix(ending), *following) in WITH_PREPOSITION for ending in ("s", "es"))


def is_order(s: Sentence, at: int) -> bool:  # noqa: PLR0911, PLR0912  one return a case
    """Whether the verb at `at` can open an order or a coordinated act: a pure verb, or one that is followed by its object."""
    kind = s.classes[at]
    if s.words[at] == "be":
        return True
    if not kind & VERB or kind & (MODAL | SUB):
        return False
    behind = skip(s, at + 1, ADVERB)
    if at + 1 < behind < len(s.classes) and s.words[at + 1].endswith("ly") and s.classes[behind] & ARTICLE:
        return True  # "state expressly the purpose"
    if kind & PLACE and (at + 1 >= len(s.classes) or not s.classes[at + 1] & DET):
        return False
    following = s.classes[at + 1] if at + 1 < len(s.classes) else 0
    if following & TIME and kind & NOUNISH and s.classes[at - 1] & CONJ:
        return s.words[at] != "place"  # "and reply within 20 days"; not "told of time and place three days ahead"
    if kind & ALONE and following & ADVERB:
        return True  # "act honestly"
    if s.words[at] == "help" and following & VERB:
        return True  # "and help resolve disputes"
    if following & (BE_FINITE | MODAL | PAST_AUX | POSSESSIVE) or (kind & DO and following & NOT):
        return False
    if at + 1 < len(s.words) and s.words[at + 1] == "of" and s.words[at] not in _VERBS_WITH_OF:
        return False
    if not kind & (NOUNISH | ADJECTIVISH | AGENT):
        return not following & COLON
    if s.words[at] == "help" and following & VERB and not following & NOUNISH:
        return True  # "and help resolve the dispute"
    if s.words[at + 1 : at + 2] == ["whether"]:
        return True  # "and review whether it was lifted"
    if s.words[at + 1 : at + 2] in (["that"], ["who"]) or s.words[at + 1 : at + 3] == ["such", "as"]:
        return False
    if (
        following & OBJECT_STARTS
        or _opens_infinitive(s, at + 1)
        or (s.words[at + 1 : at + 2] and s.words[at + 1] in PARTICLES)
    ):
        return True
    if (
        kind & LEANING
        and not following & (PREP | CONJ | COMMA | BE | COLON)
        and (following & NOUNISH or not following & VERB_S)
        and following & (NOUNISH | ADVERB | VERB_ED | VERB_ING | AGENT | ADJECTIVISH) | (not following)
    ):
        return at + 1 < len(s.classes)
    if following & PREP and (_opens_manner(s, at + 1) or (s.words[at], s.words[at + 1]) in WITH_PREPOSITION):
        return not (at + 2 < len(s.classes) and s.classes[at + 2] & CONJ)  # "reply to and archiving of applications"
    if (
        kind & (NOUNISH | ADJECTIVISH)
        and at > 1
        and s.classes[at - 1] & ADVERB
        and s.classes[at - 2] & (COMMA | CONJ)
        and not following & (PREP | CONJ | COMMA)
    ):
        return s.words[at - 1].endswith("ly")
    if kind & (NOUNISH | ADJECTIVISH) and following & (CONJ | COMMA) and at + 2 < len(s.classes):
        return joins_order(s, at + 2)
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
        bool(following & AGENT and kind & (DIRECTIVE | LEANING | ADJECTIVISH))
        and s.words[at + 1].endswith("s")
        and not then & (MODAL | BE_FINITE | HAVE | VERB | VERB_S | COMMA | CONJ)
    )


def _opens_infinitive(s: Sentence, at: int) -> bool:
    """Whether "to" and a verb stand at `at`, not "to the office"."""
    following = skip(s, at + 1, ADVERB)
    return following < len(s.classes) and bool(s.classes[at] & TO and s.classes[following] & (VERB | BE | HAVE))


def joins_order(s: Sentence, at: int) -> bool:
    """Whether a verb with its object stands at `at`, so that a word joined to it is a verb too ("guide and urge member units")."""
    nxt, then = s.classes[at], s.classes[at + 1] if at + 1 < len(s.classes) else 0
    if not nxt & VERB or at + 1 >= len(s.classes):
        return False
    is_pure = not nxt & (NOUNISH | ADJECTIVISH | AGENT)
    if is_pure and then & CONJ and at + 2 < len(s.classes) and s.classes[at + 2] & VERB:
        return not s.classes[at + 2] & NOUNISH or s.classes[at + 3 : at + 4] == [
            PREP
        ]  # "correct, investigate and punish"
    leans = nxt & LEANING and not then & (PREP | CONJ | COMMA | COLON | BE_FINITE | VERB_S)  # "limit or ban entry"
    return bool(then & (OBJECT_STARTS | AGENT) or leans) or (
        is_pure and not then & (PREP | CONJ | COMMA | COLON | BE_FINITE)
    )


def _opens_manner(s: Sentence, at: int) -> bool:
    """Whether "in a coordinated way" or the like stands at `at`."""
    return s.words[at] == "in" and any(word in _MANNER for word in s.words[at + 1 : at + 6])


def is_modifier(s: Sentence, at: int) -> bool:
    """A participle that opens a parenthesis ("located in ...", "based on ..."), not one that heads a phrase ("unlicensed units")."""
    following = s.classes[at + 1] if at + 1 < len(s.classes) else 0
    then = s.classes[at + 2] if at + 2 < len(s.classes) else 0
    return bool(following & (PREP | DET | ADVERB | TIME)) or bool(following & CONJ and then & (VERB_ED | VERB_ING))


_DOING = frozenset(
    "using holding operating providing conducting handling keeping undertaking making applying seeking owning engaging carrying running".split()
)  # "every organisation using networks"


def _follows_bodies(s: Sentence, k: int) -> bool:
    """Whether the participle at `k` says more of bodies before it ("units taking part in ..."), not "units receiving points"."""
    at = k - 2 if s.words[k - 1] in ("so", "thus", "already", "newly", "duly") and k > 1 else k - 1
    return bool(s.classes[at] & AGENT) and (at < k - 1 or s.words[at].endswith("s") or s.words[k] in _DOING)


def _follows_one(s: Sentence, start: int, k: int, stop: int) -> bool:
    """Whether the gerund at `k` has an object in the plural behind a single body: "a vaccination unit giving vaccines"."""
    is_one = s.words[start] in ("a", "an", "any", "each", "every", "no") and not s.words[k - 1].endswith("s")
    last = s.classes[stop - 1]
    return (
        is_one
        and bool(s.classes[k - 1] & AGENT)
        and s.words[stop - 1].endswith("s")
        and not last & (AGENT | POSSESSIVE)
    )


def joins_inside(s: Sentence, k: int) -> bool:
    """Whether the conjunction at `k` joins words inside one name ("small and micro firms", "development and reform commission")."""
    words = s.words
    if k + 1 < len(words) and (words[k - 1], words[k + 1]) in joined_fields():
        return True
    stands_apart = k + 1 < len(words) and s.classes[k + 1] & ARTICLE  # "the public and the media"
    return words[k - 1] in DANGLING and not stands_apart


def head_of(s: Sentence, start: int, stop: int) -> int:
    """The unit that heads the noun phrase: the last word before a preposition, a participle, a relative clause or a bracket."""
    classes = s.classes
    k = start
    while k < stop and classes[k] & (DET | CONJ | ADVERB | NUMBER) and not classes[k] & (AGENT | NAMED):
        k += 1
    last = k
    while k < stop:
        kind = classes[k]
        if (s.words[k], *s.words[k + 1 : k + 2]) in (("other", "than"), ("subordinate", "to"), ("such", "as")):
            break
        if kind & (PREP | REL | COMMA | CONJ | TIME | NOT) and not (kind & CONJ and k > start and joins_inside(s, k)):
            break
        if k > last and s.words[k] in ("they", "it", "he", "she") and classes[k - 1] & AGENT:
            break  # "the unit they work for"
        if kind & (VERB_ED | VERB_ING) and k > last and (is_modifier(s, k) or _follows_bodies(s, k)):
            break
        if k > last and kind & ADVERB and k + 1 < stop and classes[k + 1] & VERB_ED and s.words[k] not in POSTPOSED:
            break  # "the platforms already built"
        if k > last and (s.words[k] == "having" or (kind & VERB_ING and _follows_one(s, start, k, stop))):
            break  # "the authority having jurisdiction"
        if (
            not kind
            and k > last
            and s.words[k].endswith(("ing", "ed"))
            and s.classes[k - 1] & AGENT
            and is_modifier(s, k)
        ):
            break
        follows_subject = s.words[k] == "subject" and k + 1 < len(classes) and bool(classes[k + 1] & TO)
        if (
            not kind & (ADVERB | POSSESSIVE | CONJ)
            and s.words[k] not in POSTPOSED
            and s.words[k] != "so"
            and not follows_subject
        ):
            last = k
        k += 1
    return min(last, stop - 1)
