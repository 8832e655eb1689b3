"""Word classes: what a token can be in these texts, looked up once a lexeme. "establish" -> VERB; "reports" -> VERB_S | NOUNISH.

A class set is one int, bits joined by `|`; a word in no table is 0 and is read as a noun or an adjective. What is asked for
most stands in the first thirty bits, where Python's integers are quickest to compare. The tables are
words.yaml (closed classes), verbs.yaml (verbs, with derived forms) and actors.yaml (heads of bodies and persons).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kb.rules import Rule, load_rules

HERE = Path(__file__).parent

(
    DET, ARTICLE, PRONOUN, PREP, CONJ, SUB, SOFT_SUB, REL, MODAL, BE, BE_FINITE, PAST_AUX, HAVE, DO, NOT, ADVERB, TO,
    COMMA, COLON, POSSESSIVE, VERB, VERB_S, VERB_ED, VERB_ING, NOUNISH, ADJECTIVISH, AGENT, NAMED, TIME, NUMBER,
    INDEFINITE, ANAPHOR, QUANTITY, DASH, EXPLORE, COGITATION, DIRECTIVE, STATE, PLACE, QUOTE, CITED,
    OPEN, CLOSE, STOP, SEMICOLON, BLANK, OUTPUT, LEANING, ALONE,
) = (1 << n for n in range(49))  # fmt: skip

_CLOSED = {
    "det": DET, "article": ARTICLE, "pronoun": PRONOUN, "indefinite": INDEFINITE, "anaphor": ANAPHOR, "prep": PREP,
    "conj": CONJ, "sub": SUB, "soft-sub": SOFT_SUB, "rel": REL, "modal": MODAL, "be": BE, "be-finite": BE_FINITE,
    "past-aux": PAST_AUX, "have": HAVE, "do": DO, "not": NOT, "adverb": ADVERB, "quantity": QUANTITY,
}  # fmt: skip
_VERB_TRAITS = {
    "explore": EXPLORE,
    "cogitation": COGITATION,
    "directive": DIRECTIVE,
    "state-of-affairs": STATE,
    "output": OUTPUT,
    "leaning": LEANING,
    "intransitive": ALONE,
}
PUNCTUATION = {
    ",": COMMA, "，": COMMA, "、": COMMA, ":": COLON, "：": COLON, "—": DASH, "–": DASH, "-": DASH,
    "►": DASH, "▶": DASH, "➤": DASH, "➔": DASH, "→": DASH, "⇒": DASH, "●": DASH, "■": DASH, "◆": DASH, "※": DASH,
    "»": DASH, "›": DASH, "▸": DASH, "▪": DASH, "☞": DASH, "✓": DASH, "✔": DASH, "⇨": DASH, "↳": DASH, "=>": DASH, "->": DASH, "-->": DASH, ">>": DASH,
    ".": STOP, "etc.": STOP, "。": STOP, "?": STOP, "!": STOP, "？": STOP, "！": STOP, ";": SEMICOLON, "；": SEMICOLON,
    "(": OPEN, "[": OPEN, "（": OPEN, "【": OPEN, "{": OPEN, "〔": OPEN, "［": OPEN, "《": OPEN | QUOTE, "“": OPEN | QUOTE, '"': OPEN | CLOSE | QUOTE, "「": OPEN | QUOTE,
    ")": CLOSE, "]": CLOSE, "）": CLOSE, "】": CLOSE, "}": CLOSE, "〕": CLOSE, "］": CLOSE, "》": CLOSE | QUOTE, "”": CLOSE | QUOTE, "」": CLOSE | QUOTE,
    "*": BLANK, "#": BLANK, ">": BLANK, "|": BLANK, "_": BLANK, "**": BLANK,
    "'s": POSSESSIVE, "’s": POSSESSIVE, "'": POSSESSIVE, "’": POSSESSIVE,
}  # fmt: skip
PARTNER = {
    "(": ")",
    "[": "]",
    "（": "）",
    "【": "】",
    "{": "}",
    "〔": "〕",
    "［": "］",
    "《": "》",
    "“": "”",
    '"': '"',
    "「": "」",
}
_VOWELS = "aeiou"


class WordRow(Rule, frozen=True, kw_only=True):
    """A closed class: its words."""

    words: str


class VerbRow(Rule, frozen=True, kw_only=True):
    """A class of verbs by their bases, or the table of irregular forms."""

    bases: str = ""
    forms: str = ""


class HeadRow(Rule, frozen=True, kw_only=True):
    """Nouns that head the names of bodies or persons."""

    heads: str


def third_person(base: str) -> str:
    """The -s form: carry -> carries, publish -> publishes."""
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def past(base: str) -> str:
    """The regular -ed form."""
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if base.endswith("y") and base[-2] not in _VOWELS else base + "ed"


def gerund(base: str, past_form: str) -> str:
    """The -ing form; a doubled consonant shows in the past form (submitted -> submitting)."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe")):
        return base[:-1] + "ing"
    if base in _DOUBLED or past_form == f"{base}{base[-1]}ed":
        return base + base[-1] + "ing"
    return base + "ing"


def british(base: str) -> tuple[str, ...]:
    """British spellings of a base: synchronize -> synchronise, analyze -> analyse, favor -> favour."""
    for ending, other in _BRITISH:
        if base.endswith(ending) and len(base) > len(ending) + 2:
            return (base[: -len(ending)] + other,)
    return ()


def american(base: str) -> str:
    """The American spelling of a base, itself where the two do not differ."""
    return next((base[: -len(o)] + e for e, o in _BRITISH if base.endswith(o) and len(base) > len(o) + 2), base)


_BRITISH = (("ize", "ise"), ("yze", "yse"), ("avor", "avour"), ("abor", "abour"), ("onor", "onour"))
_DOUBLED = frozenset(
    {"get", "set", "let", "put", "cut", "run", "win", "begin", "bid", "shut", "split", "forbid", "sit"}
)


def _verb_classes() -> dict[str, int]:
    rows = {row.id: row for row in load_rules(HERE / "verbs.yaml", VerbRow)}
    irregular = {f[0]: (f[1], f[2]) for f in (entry.split() for entry in rows["irregular"].forms.split(";"))}
    traits: dict[str, int] = {}
    for name, bit in _VERB_TRAITS.items():
        for base in rows[name].bases.split():
            traits[base] = traits.get(base, 0) | bit
    plain, nouns, adjectives = (set(rows[name].bases.split()) for name in ("verb", "verb-noun", "verb-adjective"))
    for named in (plain, nouns, adjectives):
        named |= {spelling for base in named for spelling in british(base)}
    classes: dict[str, int] = {}
    for base in sorted(plain | nouns | adjectives):
        trait = traits.get(base, 0) or traits.get(american(base), 0)
        also = (NOUNISH if base in nouns else 0) | (ADJECTIVISH if base in adjectives else 0)
        simple, participle = irregular.get(base, (past(base), past(base)))
        for form, bit in (
            (base, VERB | also),
            (third_person(base), VERB_S | (NOUNISH if base in nouns else 0)),
            (simple, VERB_ED),
            (participle, VERB_ED),
            (gerund(base, simple), VERB_ING),
            *_doubled(base),
        ):
            classes[form] = classes.get(form, 0) | bit | trait
    return classes


def _doubled(base: str) -> tuple[tuple[str, int], ...]:
    """British forms with a doubled l: cancel -> cancelled, cancelling."""
    if len(base) < 5 or not base.endswith(("el", "al")) or base[-3] in _VOWELS:
        return ()
    return ((base + "led", VERB_ED), (base + "ling", VERB_ING))


@cache
def lexicon() -> dict[str, int]:
    """Class sets by lower-case word."""
    classes = _verb_classes()
    closed = {row.id: row.words.split() for row in load_rules(HERE / "words.yaml", WordRow)}
    for word in closed["not-verb"]:
        classes[word] = classes.get(word, 0) & ~(VERB | VERB_S | VERB_ED | VERB_ING)
    for word in closed["plural-noun"]:
        classes[word] |= NOUNISH
    for name, bit in _CLOSED.items():
        for word in closed[name]:
            classes[word] = classes.get(word, 0) | bit
    for row in load_rules(HERE / "actors.yaml", HeadRow):
        if row.id == "agent-ending":
            continue
        for word in row.heads.split():
            classes[word] = classes.get(word, 0) | (PLACE if row.id == "place-not-body" else AGENT)
    classes["to"] = PREP | TO
    classes.update(PUNCTUATION)
    for word in closed["not-adverb"]:
        classes.setdefault(word, 0)
    return classes


@cache
def _agent_endings() -> tuple[str, ...]:
    """Endings of words for persons, singular and plural."""
    row = next(row for row in load_rules(HERE / "actors.yaml", HeadRow) if row.id == "agent-ending")
    return tuple(ending + sign for ending in row.heads.split() for sign in ("", "s"))


def is_agent_noun(word: str) -> bool:
    """Whether a word of no table ends like one for a person ("shipbuilders"), with a word before the ending."""
    return word.endswith(_agent_endings()) and len(word) > 8


@cache
def joined_fields() -> frozenset[tuple[str, str]]:
    """Words on both sides of an "and" that stands inside one name ("development and reform")."""
    row = next(row for row in load_rules(HERE / "words.yaml", WordRow) if row.id == "joined-field")
    return frozenset((words[0], words[-1]) for words in map(str.split, row.words.split(",")))


@cache
def negations() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Rows of words that deny an act ("no longer", "in no case"), by their first word."""
    row = next(row for row in load_rules(HERE / "words.yaml", WordRow) if row.id == "negation")
    phrases = [tuple(phrase.split()) for phrase in row.words.split(",")]
    return {first: tuple(p for p in phrases if p[0] == first) for first in {p[0] for p in phrases}}


def classify(word: str) -> int:  # noqa: PLR0911  one return a case
    """The classes of a word that need not be in the tables: adverbs in -ly, numbers, hyphened verbs and heads."""
    known = lexicon().get(word)
    if known is not None:
        return known
    if word.isspace():
        return BLANK
    if word.endswith("ly") and len(word) > 4:
        return ADVERB
    if word[:1].isdigit():
        return NUMBER
    if is_agent_noun(word):
        return AGENT
    if word.startswith("re-") or word.startswith("co-"):
        return lexicon().get(word[3:], 0)
    _, hyphen, last = word.rpartition("-")
    return lexicon().get(last, 0) & (AGENT | PLACE) if hyphen else 0
