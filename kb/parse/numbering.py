"""The number that opens a line -> its style and value: "Article 12", "(ii)", "2.", "（三）".

The styles are rows of numbering.yaml. A number that could be read in two ways ("(i)": the first Roman or the ninth
letter) keeps both readings; the tree decides by the run it stands in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kb.rules import Rule, load_rules

TABLE = Path(__file__).with_suffix(".yaml")

WORD_STYLES = {"annex": 0, "part": 0, "chapter": 1, "section": 2, "article": 3}  # words that carry their own level

_ONES = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_WORDS = {word: value for value, word in enumerate(_ONES, start=1)}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_HAN = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def _any_case(words: list[str]) -> str:
    return "|".join(f"{w.capitalize()}|{w.upper()}" for w in sorted(words, key=len, reverse=True))


_NUMERALS = {
    "{arabic}": r"[0-9０-９]{1,4}",
    "{roman}": r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,4}|X?L(?:IX|IV|V?I{1,3}|V)?)",
    "{lower_roman}": r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,4})",
    "{word}": rf"(?:(?:{_any_case([*_TENS])})(?:[- ](?:{_any_case(_ONES[:9])}))?|{_any_case(_ONES)})",
    "{han}": r"[零〇一二三四五六七八九十百千两0-9０-９]{1,8}",
}

# What follows when a number opens a sentence about a provision: "Article 12 of these Measures", "(1) to (3) above".
_REFERENCE = re.compile(
    r"\s*(?:,|，|to\s+[(（\d]|(?:and|or|through)\s+(?:[(（\d]|Articles?\b|Items?\b|Chapter\b|Section\b)"
    r"|of\s+(?:Article|Chapter|Section|Paragraph|Part|th[ei]s?|these|those|paragraph|article)\b"
    r"|(?:above|below|hereof)\b)"
)
_ARTICLE_REFERENCE = re.compile(
    r"\s*(?:,|，|(?:of|and|or|to|through|shall|is|are|was|above|below|hereof|[a-z]{2,20}(?:s|ed))\b"
    r"|[(（][0-9a-z]{1,3}[)）]\s*(?:,|[a-z]))"
)
_UNIT_REFERENCE = re.compile(r"\s*(?:,|，)|\s+[a-z]")  # "Part II has four areas"


class NumberRule(Rule, frozen=True, kw_only=True):
    """A style of numbers; `pattern` is anchored at the number."""

    style: str
    pattern: str
    bare: bool = False  # a number without a sign, which its run alone tells from an amount


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a number: its style and its place in a run, from 1."""

    style: str
    value: int


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the head of a line. `end` is the offset after it and its separator; `token` its part in an eId."""

    rule: str
    number: str  # as printed: "Article 12", "(3)", "II."
    token: str  # empty for bullets and an annex without a number
    readings: tuple[Reading, ...]
    end: int

    @property
    def style(self) -> str:
        return self.readings[0].style

    @property
    def is_word(self) -> bool:
        """Whether its word says its level: part, chapter, section, article."""
        return self.style in WORD_STYLES

    @property
    def is_bullet(self) -> bool:
        return self.style == "bullet"

    @property
    def opens_run(self) -> bool:
        """Whether it can be the first of its run."""
        return any(reading.value == 1 for reading in self.readings)

    def continues(self, runs: Collection[Reading]) -> bool:
        """Whether it can be the next number after one of these."""
        return any(Reading(r.style, r.value - 1) in runs for r in self.readings)


RULES = load_rules(TABLE, NumberRule)


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, numeral in _NUMERALS.items():
        pattern = pattern.replace(name, numeral)
    return re.compile(pattern)


_PATTERNS = tuple((rule, _compiled(rule.pattern)) for rule in RULES if not rule.bare)
_BARE = tuple((rule, _compiled(rule.pattern)) for rule in RULES if rule.bare)


def read_label(text: str, start: int, end: int, *, bare: bool = False) -> Label | None:
    """The number that opens text[start:end], a line without leading marks; None where it opens with words.

    With `bare`, the number without a sign of a heading: "1 General".
    """
    for rule, pattern in _BARE if bare else _PATTERNS:
        match = pattern.match(text, start, end)
        if match:
            return None if _is_reference(rule.style, text, match.end("num"), end) else _label(rule, match)
    return None


def _is_reference(style: str, text: str, start: int, end: int) -> bool:
    """Whether what follows a number shows that a sentence speaks of a provision: "Article 12 of these Measures"."""
    if style == "bullet":
        return False
    if style not in WORD_STYLES:
        return _REFERENCE.match(text, start, end) is not None
    pattern = _ARTICLE_REFERENCE if style == "article" else _UNIT_REFERENCE
    return pattern.match(text, start, end) is not None


def _label(rule: NumberRule, match: re.Match[str]) -> Label:
    printed = " ".join(match["num"].replace("\\", "").split())
    digits = unicodedata.normalize("NFKC", match["n"] or "").strip()
    insert = match.groupdict().get("insert")
    readings = _readings(rule.style, digits)
    token = _token(readings[0], digits)
    if insert:
        token += f"-{number_value(insert)}"
    return Label(rule.id, printed, token, readings, match.end())


def _readings(style: str, digits: str) -> tuple[Reading, ...]:
    """All readings of a number, the likelier first."""
    value = number_value(digits)
    readings = [Reading(style, value)]
    single = len(digits) == 1 and digits.isalpha()
    if single and style.startswith("lower-roman"):
        readings.append(Reading(style.replace("lower-roman", "letter"), ord(digits) - 96))
    elif single and style in {"roman-dot", "roman-paren"}:
        readings.append(Reading(style.replace("roman", "capital"), ord(digits) - 64))
    elif style.startswith("letter"):
        readings = [Reading(style, ord(digits) - 96)]
    elif style.startswith("capital"):
        readings = [Reading(style, ord(digits) - 64)]
    return tuple(readings)


def _token(reading: Reading, digits: str) -> str:
    """The number in an eId: letters and small Romans as printed, all else in Arabic digits; may be empty."""
    if reading.style.startswith(("letter", "lower-roman", "capital")):
        return digits.lower()
    if reading.style == "article" and not digits.isdecimal() and digits[:1].isdecimal():
        return re.sub(r"\s", "", re.sub(r"[‑.]", "-", digits.lower()))  # "12-1", "12bis"
    if reading.style == "annex" and not reading.value:
        return digits.lower()
    return str(reading.value)


def number_value(digits: str) -> int:
    """The value of Arabic, Roman, Han or spelled-out digits; 0 where they are none of these ("12-1" is 12)."""
    arabic = re.match(r"\(?(\d+)", digits)
    if arabic:
        return int(arabic[1])
    lower = digits.lower()
    if lower in _WORDS:
        return _WORDS[lower]
    tens, _, ones = lower.replace(" ", "-").partition("-")
    if tens in _TENS:
        return _TENS[tens] + _WORDS.get(ones, 0)
    if lower and all(letter in _ROMAN for letter in lower):
        return _roman_value(lower)
    return han_value(digits.strip("()"))


def _roman_value(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def han_value(numeral: str) -> int:
    """The value of a Chinese numeral: 一百二十 -> 120, 五万 -> 50000, 二〇一七 -> 2017; 0 where it is none."""
    if any(c not in _HAN and c not in _HAN_UNITS and c not in "万亿" for c in numeral):
        return 0
    if all(c in _HAN for c in numeral):
        return int("".join(str(_HAN[c]) for c in numeral) or 0)
    total = section = digit = 0
    for c in numeral:
        if c in _HAN:
            digit = _HAN[c]
            continue
        if c in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[c]
        elif c == "万":
            total, section = total + (section + digit or 1) * 10_000, 0
        else:  # 亿 raises all that stands before it
            total, section = (total + section + digit or 1) * 100_000_000, 0
        digit = 0
    return total + section + digit
