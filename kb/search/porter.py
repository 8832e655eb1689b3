"""English word -> stem, by the algorithm of M. F. Porter, "An algorithm for suffix stripping" (1980).

"punishments", "punished" and "punishing" all give "punish". Written here, and not taken from a library, because the site's
search must stem the same way in another language; the steps carry the paper's numbers.
"""

from __future__ import annotations

_STEP_2 = (
    *(("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able")),
    *(("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate")),
    *(("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous")),
    *(("aliti", "al"), ("iviti", "ive"), ("biliti", "ble")),
)
_STEP_3 = (
    *(("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic")),
    *(("ical", "ic"), ("ful", ""), ("ness", "")),
)
_STEP_4 = (
    *("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate"),
    *("iti", "ous", "ive", "ize"),
)
_BY_LENGTH_4 = tuple(sorted(_STEP_4, key=len, reverse=True))
_BY_LENGTH_2 = tuple(sorted(_STEP_2, key=lambda rule: -len(rule[0])))
_BY_LENGTH_3 = tuple(sorted(_STEP_3, key=lambda rule: -len(rule[0])))


def stem(word: str) -> str:
    """The stem of a lower-case word. Words of one or two letters, and words with other signs than a-z, are their own stem.

    So are words of which a single letter would be left ("AED" is a currency, no past tense). A word begins with its first two
    letters and with all of its stem but the last letter.
    """
    if len(word) <= 2 or not (word.isascii() and word.isalpha()):
        return word
    cut = word
    for step in (_step_1a, _step_1b, _step_1c, _step_2, _step_3, _step_4, _step_5):
        cut = step(cut)
    return cut if len(cut) > 1 else word


def inflection(word: str) -> str:
    """A lower-case word without the endings of number and tense: reporters -> reporter, informed -> inform.

    Unlike the stem it tells "informant" from "information".
    """
    if len(word) <= 2 or not (word.isascii() and word.isalpha()):
        return word
    return _step_1c(_step_1b(_step_1a(word)))


def singular(word: str) -> str:
    """A lower-case word without the ending of number alone: reports -> report, but reporting stays; queries and query -> queri."""
    if len(word) <= 2 or not (word.isascii() and word.isalpha()):
        return word
    return _step_1c(_step_1a(word))


def _shape(word: str) -> str:
    """`word` with v for each vowel and c for each consonant; y is a vowel after a consonant."""
    out: list[str] = []
    for i, letter in enumerate(word):
        vowel = letter in "aeiou" or (letter == "y" and i > 0 and out[i - 1] == "c")
        out.append("v" if vowel else "c")
    return "".join(out)


def _measure(part: str) -> int:
    """How often a vowel run is followed by a consonant run: the m of [C](VC)^m[V]."""
    return _shape(part).count("vc")


def _has_vowel(part: str) -> bool:
    return "v" in _shape(part)


def _ends_double(part: str) -> bool:
    return len(part) > 1 and part[-1] == part[-2] and _shape(part)[-1] == "c"


def _ends_cvc(part: str) -> bool:
    return _shape(part).endswith("cvc") and part[-1] not in "wxy"


def _step_1a(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _step_1b(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            part = word[: -len(ending)]
            return _mend(part) if _has_vowel(part) else word
    return word


def _mend(part: str) -> str:
    """What follows the removal of -ed and -ing: conflat -> conflate, hopp -> hop, fil -> file."""
    if part.endswith(("at", "bl", "iz")):
        return part + "e"
    if _ends_double(part) and part[-1] not in "lsz":
        return part[:-1]
    return part + "e" if _measure(part) == 1 and _ends_cvc(part) else part


def _step_1c(word: str) -> str:
    changes = len(word) > 2 and word.endswith("y") and _has_vowel(word[:-1])  # "ey" of "eyed" keeps its second letter
    return word[:-1] + "i" if changes else word


def _step_2(word: str) -> str:
    return _replace(word, _BY_LENGTH_2)


def _step_3(word: str) -> str:
    return _replace(word, _BY_LENGTH_3)


def _replace(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    """The longest ending that fits decides, whether or not its condition m > 0 holds."""
    for ending, instead in rules:
        if word.endswith(ending):
            part = word[: -len(ending)]
            return part + instead if _measure(part) > 0 else word
    return word


def _step_4(word: str) -> str:
    for ending in _BY_LENGTH_4:
        if word.endswith(ending):
            part = word[: -len(ending)]
            fits = _measure(part) > 1 and (ending != "ion" or part.endswith(("s", "t")))
            return part if fits else word
    return word


def _step_5(word: str) -> str:
    if word.endswith("e"):
        part = word[:-1]
        m = _measure(part)
        if m > 1 or (m == 1 and not _ends_cvc(part)):
            word = part
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
