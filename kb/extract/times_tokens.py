"""From characters to the small alphabet of the date grammar: every token of a sentence becomes a piece with one code.

In comes a sentence in which a seed (a year, a month, a unit, …) was found; out goes a `Line`: its pieces and their codes as
one string, so that a rule is a regular expression over codes. "before June 30, 2018" -> before MONTH DAYNO COMMA YEAR.

The tokens are our own and not spaCy's: dates are printed in ways ("June 30,2018", "2014–2020", "13·5") that an English
tokenizer glues or parts differently each time. Codes come from the vocabulary in times_words.yaml; a word that stands
there has a code of its own, any other one is known by its shape only (WORD, PLURAL, ED, ING, CAP, CAPS).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec
import yaml

WORDS = Path(__file__).parent / "times_words.yaml"

SHAPES = (
    "YEAR", "DAYNO", "INT", "DECIMAL", "GROUPED", "NTH", "MONTH", "DATE", "YEAR-MONTH", "QN", "HN", "CLOCK", "ODD",
    "WORD", "PLURAL", "ED", "ING", "CAP", "CAPS", "MASKED",
    "COMMA", "SEMICOLON", "COLON", "STOP", "OPEN", "CLOSE", "QUOTE", "DASH", "SLASH", "BAR", "POSSESSIVE", "SIGN", "DOT",
)  # fmt: skip
KINDS = (
    "NUMBER", "LENGTH", "A-LENGTH", "HYPHENED", "LENGTH-BACK",
    "DAY", "DAY-OF-YEAR", "MONTH-OF-YEAR", "MONTH-ALONE", "MONTH-RELATIVE", "QUARTER", "QUARTER-ALONE", "QUARTER-RELATIVE",
    "HALF", "HALF-ALONE", "YEAR-POINT", "YEAR-RELATIVE", "PLAN", "PLAN-PERIOD",
    "END", "END-ALONE", "PART", "PART-ALONE", "RANGE", "RANGE-ALONE",
    "TIME", "SUBJECT",
)  # fmt: skip
"""What the tables make of tokens."""

_PUNCTUATION = {
    ",": "COMMA", "，": "COMMA", "、": "COMMA", ";": "SEMICOLON", "；": "SEMICOLON", ":": "COLON", "：": "COLON",
    ".": "STOP", "。": "STOP", "!": "STOP", "?": "STOP", "？": "STOP", "！": "STOP",
    "(": "OPEN", "[": "OPEN", "（": "OPEN", "【": "OPEN", "〔": "OPEN", "［": "OPEN",
    ")": "CLOSE", "]": "CLOSE", "）": "CLOSE", "】": "CLOSE", "〕": "CLOSE", "］": "CLOSE",
    '"': "QUOTE", "“": "QUOTE", "”": "QUOTE", "《": "QUOTE", "》": "QUOTE", "„": "QUOTE", "‘": "QUOTE",
    "-": "DASH", "–": "DASH", "—": "DASH", "−": "DASH", "‐": "DASH", "‑": "DASH", "~": "DASH", "～": "DASH",
    "/": "SLASH", "|": "BAR", "·": "DOT", "•": "DOT", "'s": "POSSESSIVE", "’s": "POSSESSIVE", "'": "POSSESSIVE", "’": "POSSESSIVE",
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
TOKEN = re.compile(
    rf"""
    (?P<word>[^\W\d_¹²³⁰⁴-⁹]++(?!\d))
    |(?P<mark>[^\w\s*#'’])
    |(?P<date>(?:{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}|{_YEAR}\ ?年\ ?\d{{1,2}}\ ?月\ ?\d{{1,2}}\ ?日|\d{{1,2}}[-./]\d{{1,2}}[-./]{_YEAR})(?![\d]|[-/.]\d))
    |(?P<odd>\d+(?:[-/.–]\d+){{2,}}|\d*[A-Za-z]+\d[\w]*(?<!Q[1-4])(?<!H[12]))
    |(?P<grouped>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d))
    |(?P<clock>\d{{1,2}}:\d{{2}}(?!\d))
    |(?P<yearmonth>{_YEAR}[-–./](?:0?[1-9]|1[0-2])(?![\d%]|[-/.]\d))
    |(?P<decimal>\d+\.\d+)
    |(?P<nth>\d+(?:st|nd|rd|th)\b)
    |(?P<quarter>Q[1-4](?!\w))
    |(?P<half>H[12](?!\w))
    |(?P<int>\d+)
    |(?P<letters>[^\W\d_]+)
    |(?P<possessive>['’]s\b)
    |(?P<other>[^\s*_#¹²³⁰⁴-⁹])
    """,
    re.VERBOSE,
)
"""Words and marks come first, since they are what a sentence is made of; a word before digits may be part of a number."""

_GLUE = re.compile(r"[¥$€#]$|(?<!\d)(?!(?:19|20)\d\d.$)\d{1,5}[-–—:/]$")
"""What makes a number that follows no year: "HJ 212-2017", "ISO 9001:2015", "¥2018"; but "2015-2018"."""

_POINT_OF_ABBREVIATION = re.compile(r"\.\s?[\d(\[〔]")  # "Sept. 30", "No. 5"
_GROUPS = {
    "date": "DATE", "odd": "ODD", "grouped": "GROUPED", "clock": "CLOCK", "yearmonth": "YEAR-MONTH", "decimal": "DECIMAL",
    "nth": "NTH", "quarter": "QN", "half": "HN", "possessive": "POSSESSIVE",
}  # fmt: skip
FIRST_CODE = 0xE000  # private use: no code is a character that regular expressions know


class Piece(msgspec.Struct):
    """A token, or what a rule has made of several: its code, its characters, its value, the rules that made it."""

    code: str
    start: int
    end: int
    text: str  # lower case, "" for what rules made
    is_capital: bool = False
    value: object = None
    rules: tuple[str, ...] = ()
    parts: tuple[Piece, ...] = ()


class _Vocabulary(msgspec.Struct, frozen=True):
    classes: dict[str, tuple[str, ...]]
    values: dict[str, dict[str, int | str]]
    macros: dict[str, str]


class Alphabet:
    """Codes by word, by shape and by class. A word gets its code when a class or a pattern first names it."""

    def __init__(self, vocabulary: _Vocabulary) -> None:
        self.macros = vocabulary.macros
        self.values = vocabulary.values
        self.months = vocabulary.values["MONTH"]
        self._next = FIRST_CODE
        self.words: dict[str, str] = {}
        self._shapes = {name: self._new() for name in SHAPES + KINDS}
        classes = {
            name: tuple(words) for name, words in vocabulary.values.items() if name != "MONTH"
        } | vocabulary.classes
        self._classes = {name: "".join(self.word(word) for word in words) for name, words in classes.items()}

    def _new(self) -> str:
        code = chr(self._next)
        self._next += 1
        return code

    def word(self, word: str) -> str:
        """The code of a lower-case word; it becomes a known word by being asked for."""
        if word not in self.words:
            self.words[word] = self._new()
        return self.words[word]

    def shape(self, name: str) -> str:
        """The code of a shape, or of a kind of piece that rules make. Raises KeyError for any other name."""
        return self._shapes[name]

    def codes(self, name: str) -> str:
        """The codes that an upper-case name of a pattern stands for: a class, a shape or a kind of piece."""
        return self._classes.get(name) or self.shape(name)


@cache
def alphabet() -> Alphabet:
    """The one alphabet of the process."""
    raw = yaml.load(WORDS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Alphabet(msgspec.convert(raw, _Vocabulary))


@dataclass(slots=True)
class Line:
    """The pieces of one sentence, and their codes as one string of the same length."""

    pieces: list[Piece]
    codes: str = field(default="")

    def __post_init__(self) -> None:
        self.codes = "".join([piece.code for piece in self.pieces])

    def replace(self, made: Sequence[tuple[int, int, Piece]]) -> Line:
        """The line with pieces i..j replaced by one each; `made` is in order and does not overlap."""
        if not made:
            return self
        out: list[Piece] = []
        at = 0
        for first, after, piece in made:
            out.extend(self.pieces[at:first])
            out.append(piece)
            at = after
        return Line(out + self.pieces[at:])


class Tokenizer:
    """Cuts sentences into pieces. Made after all patterns, since they say which words are known."""

    def __init__(self, letters: Alphabet) -> None:
        shape = letters.shape
        self._words, self._months, self._shape = letters.words, letters.months, shape
        self._month, self._year, self._int, self._dayno = (shape(n) for n in ("MONTH", "YEAR", "INT", "DAYNO"))
        self._cap, self._caps, self._ed, self._plural, self._ing, self._word = (
            shape(n) for n in ("CAP", "CAPS", "ED", "PLURAL", "ING", "WORD")
        )
        self._marks = {mark: shape(name) for mark, name in _PUNCTUATION.items()}
        self._sign, self._masked, self._quote = shape("SIGN"), shape("MASKED"), shape("QUOTE")
        self._plain = {group: shape(name) for group, name in _GROUPS.items()}
        self._verbs = letters.codes("MODAL") + letters.codes("BE")
        self._five = letters.word("five")
        self._known: dict[str, tuple[str, str, bool]] = {}  # code, lower case, is capital; by the token
        self._abbreviated = frozenset(self._month + letters.codes("NO"))

    def line(self, text: str, start: int, end: int, masked: Sequence[tuple[int, int]] = ()) -> Line:
        """The pieces of text[start:end]; what lies in `masked` or in a quoted title matches nothing but a gap."""
        pieces = list(self._pieces(text, start, end))
        for piece in pieces if masked else ():
            if any(piece.start < last and first < piece.end for first, last in masked):
                piece.code = self._masked
        if any(piece.code == self._quote for piece in pieces):
            self._mask_titles(pieces)
        return Line(pieces)

    def _pieces(self, text: str, start: int, end: int) -> Iterator[Piece]:
        before = ""
        known = self._known
        for match in TOKEN.finditer(text, start, end):
            token = match[0]
            first, after = match.span()
            if token in known:
                before, lower, is_capital = known[token]
                yield Piece(before, first, after, lower, is_capital)
                continue
            kind, lower, is_capital = match.lastgroup, token, False
            if kind in {"word", "letters"}:
                known[token] = code, lower, is_capital = self._word_code(token), token.lower(), token[0].isupper()
            elif kind in {"mark", "other"}:
                if before in self._abbreviated and _POINT_OF_ABBREVIATION.match(text, first):
                    continue
                code = self._marks.get(token, self._sign)
            elif kind == "int":
                code = self._int_code(token, text[max(first - 6, start) : first])
            else:
                code, lower, is_capital = self._plain[kind or ""], token.lower(), token[0].isupper()
            before = code
            yield Piece(code, first, after, lower, is_capital)

    def _int_code(self, token: str, left: str) -> str:
        if len(token) == 4 and token[:2] in ("19", "20"):
            return self._int if _GLUE.search(left) else self._year
        return self._dayno if len(token) <= 2 and 1 <= int(token) <= 31 else self._int

    def _word_code(self, token: str) -> str:
        lower = token.lower()
        is_upper = token[0].isupper()
        if lower in self._months and (is_upper or (len(lower) > 3 and lower not in ("march", "sept"))):
            return self._month
        known = self._words.get(lower)
        if known is not None:
            return known
        if is_upper:
            return self._caps if len(token) > 1 and token.isupper() else self._cap
        if lower.endswith("ed"):
            return self._ed
        if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
            return self._plural
        return self._ing if lower.endswith("ing") else self._word

    def _mask_titles(self, pieces: list[Piece]) -> None:
        """Hide what stands in quotation marks, unless it says that something is done or is a Five-Year Plan."""
        opened = -1
        for index, piece in enumerate(pieces):
            if piece.code != self._quote:
                continue
            if opened < 0 or piece.text in ("“", "《", "‘"):
                opened = index
                continue
            inside = pieces[opened + 1 : index]
            is_plan = len(inside) <= 7 and any(p.code == self._five or p.text in ("fyp", "·") for p in inside)
            if not is_plan and not any(p.code in self._verbs for p in inside):
                for hidden in inside:
                    hidden.code = self._masked
            opened = -1
