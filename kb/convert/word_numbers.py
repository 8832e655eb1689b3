"""The numbers that Word counts and does not write: "Article 3", "(2)", "一、" before a paragraph of a numbered style.

A paragraph names a list and a level, by itself or through its style; the list says how each level is printed
(ECMA-376, part 1, section 17.9).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting"}
)


class _Level(NamedTuple):
    start: int
    form: str  # numFmt
    text: str  # lvlText: "Article %1", "%1.%2"


class Numbering:
    """Counts through one document; `label` is to be asked once for each paragraph, in order."""

    def __init__(self, document: WordDocument) -> None:
        self.counted = 0
        self._levels: dict[str, dict[int, _Level]] = {}  # by abstractNumId
        self._lists: dict[str, str] = {}  # numId -> abstractNumId
        self._restarts: dict[str, dict[int, int]] = {}  # numId -> level -> start
        self._counts: dict[str, dict[int, int]] = {}  # abstractNumId -> level -> number given last
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._read(relation.target_part.element)

    def _read(self, root: Any) -> None:
        for abstract in root.iterchildren(qn("w:abstractNum")):
            levels = {_number(lvl, "w:ilvl"): _level(lvl) for lvl in abstract.iterchildren(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for num in root.iterchildren(qn("w:num")):
            name = num.get(qn("w:numId"), "")
            self._lists[name] = _value(num, "w:abstractNumId")
            starts = {
                _number(override, "w:ilvl"): int(start)
                for override in num.iterchildren(qn("w:lvlOverride"))
                if (start := _value(override, "w:startOverride")).isdigit()
            }
            self._restarts[name] = starts

    def label(self, paragraph: Paragraph) -> str:
        """The number before the paragraph with a space behind it, "- " for a bullet, "" for none."""
        name, depth = _place(paragraph)
        abstract = self._lists.get(name, "")
        level = self._levels.get(abstract, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        start = self._restarts[name].pop(depth, None)
        counts[depth] = (
            counts[depth] + 1 if start is None and depth in counts else (level.start if start is None else start)
        )
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "- "
        printed = _PLACE.sub(lambda found: self._printed(abstract, int(found[1]) - 1), level.text).strip()
        self.counted += bool(printed)
        return f"{printed} " if printed else ""

    def _printed(self, abstract: str, depth: int) -> str:
        """The number of a level as that level prints it."""
        level = self._levels[abstract].get(depth)
        if level is None:
            return ""
        return _formed(self._counts[abstract].get(depth, level.start), level.form)


def _place(paragraph: Paragraph) -> tuple[str, int]:
    """List and level of a paragraph: its own, else those of its style or one that it is based on; list 0 is none."""
    sources: list[Any] = [paragraph._p.pPr]
    style: Any = paragraph.style
    while style is not None:
        sources.append(style.element.pPr)
        style = style.base_style
    for properties in sources:
        found = None if properties is None else properties.find(qn("w:numPr"))
        if found is not None and (name := _value(found, "w:numId")):
            depth = _value(found, "w:ilvl")
            return name, int(depth) if depth.isdigit() else 0
    return "", 0


def _level(element: Any) -> _Level:
    start = _value(element, "w:start")
    return _Level(int(start) if start.isdigit() else 1, _value(element, "w:numFmt"), _value(element, "w:lvlText"))


def _value(element: Any, tag: str) -> str:
    child = element.find(qn(tag))
    return "" if child is None else child.get(qn("w:val"), "")


def _number(element: Any, attribute: str) -> int:
    value = element.get(qn(attribute), "")
    return int(value) if value.isdigit() else 0


def _formed(number: int, form: str) -> str:
    """A number as its format prints it; a format that is not known prints digits."""
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in _CHINESE:
        return _chinese(number)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    return "" if form == "none" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def _chinese(number: int) -> str:
    """Up to 999 as it is counted ("二十一"), beyond that digit by digit."""
    if number > 999:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        out += "零"
    return out + (_DIGITS[ones] if ones or not number else "")
