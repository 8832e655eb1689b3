"""References by a printed number alone: "in the cases of 3.1 a) and d)", "under rule 4.2.7", "set out in II and III above".

Such a number is a reference only where the document prints it at the head of a provision, and where the words beside it
say that a provision is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from kb.extract.citation_units import PRINTED, Unit, UnitReference
from kb.extract.context import Reading
from kb.model import Provision

_DECIMAL = r"(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,2}){1,2}|[A-Z]\.\d{1,2}"
_LETTER = r"(?:\s?[(（]?(?:[a-z]|[ivx]{2,4})[)）])"
_BARE_LETTERS = r"(?:\s[b-h](?=[\s.,;)])|\s[a-h](?:,\s[b-h])*\s(?:and|or|to)\s[b-h](?=[\s.,;)]))"
_DECIMALS = re.compile(
    rf"(?<![\w.,$¥€£§/-])(?:{_DECIMAL})(?![\w%‰]|\.\d)(?:{_LETTER}{{1,3}}|{_BARE_LETTERS})?"
    rf"(?:(?:,\s|,?\s(?:and|or|to)\s|[–-])(?:(?:{_DECIMAL})(?![\w%‰]|\.\d){_LETTER}?|{_LETTER})){{0,6}}"
    r"(?!\s(?:per\s?cent|percent|times|points?|[mb]illion|yuan|mu|k?m|tons?|hectares|hours?|days?|months?|years?)\b|\s?%|\s(?:to|and|or)\s\d)"
)
_CUE = re.compile(
    r"\b(?:in|under|of|by|with|see|per|to|from|than|and|or|both|according\s+to|pursuant\s+to|points?|nos?\.?|numbers?|items?|rules?|clauses?|provisions?)\s+$",
    re.IGNORECASE,
)
_APPLIES = re.compile(r"\s(?:shall\s)?(?:appl(?:y|ies)|does\snot\sapply|do\snot\sapply)\b")
_UNIT_WORD = re.compile(r"\b(?:[Rr]ules?|[Cc]lauses?|[Pp]rovisions?)\s+$")
_CUE_REACH = 20  # characters
_ROMAN = r"(?:X{0,2}(?:IX|IV|VI{0,3}|I{1,3})|X{1,3})"
_IN_ROMAN = r"\s?[(（](?:[ivx]{1,5}|[a-z]|\d{1,2})[)）]"
_ROMANS = re.compile(
    rf"(?<=[a-z,] )(?P<several>{_ROMAN}(?:(?:,\s|,?\s(?:and|or|to)\s){_ROMAN}){{0,4}})\s(?:above|below|hereof|of\sth(?:is|ese)\s[A-Z]\w+)"
    rf"|(?<=[a-z,] )(?P<one>{_ROMAN}){_IN_ROMAN}(?:(?:,\s|,?\s(?:and|or|to)\s){_IN_ROMAN[3:]}){{0,4}}(?!\w)"
)
_ROMAN_CUE = re.compile(r"\b(?:in|under|of|by|with|see|per|to|from|and|or)\s$", re.IGNORECASE)


def printed_numbers(reading: Reading) -> dict[str, Provision]:
    """The provisions of a document by the decimal numbers ("3.1", "B.2") and the Roman ones ("II") that it prints."""
    numbered: dict[str, Provision] = {}
    for provision in reading.document.provisions:
        number = provision.number.strip("()（）.、 ")
        if re.fullmatch(_DECIMAL, number):
            numbered[number] = provision
        elif re.fullmatch(_ROMAN, number) and not provision.leaf:
            numbered.setdefault(number, provision)
    return numbered


def read_printed_references(text: str, numbers: Mapping[str, Provision]) -> Iterator[UnitReference]:
    """The references of `text` by printed numbers alone, those by decimals first."""
    if any("." in number for number in numbers):
        yield from _by_decimals(text, numbers)
    if any(number[0] in "IVX" and "." not in number for number in numbers):
        yield from _by_romans(text, numbers)


def _by_decimals(text: str, numbers: Collection[str]) -> Iterator[UnitReference]:
    for match in _DECIMALS.finditer(text):
        named = re.findall(_DECIMAL, match[0])
        if not all(number in numbers for number in named):
            continue
        floor = max(match.start() - _CUE_REACH, 0)
        if not _CUE.search(text, floor, match.start()) and not _APPLIES.match(text, match.end()):
            continue
        letters = re.findall(r"(?<![A-Za-z])[a-z](?![A-Za-z.])", match[0])
        if len(named) == len(letters) == 1:
            named = [f"{named[0]}/{letters[0]}"]
        word = _UNIT_WORD.search(text, floor, match.start())
        yield UnitReference(word.start() if word else match.start(), match.end(), (Unit(PRINTED, tuple(named)),))


def _by_romans(text: str, numbers: Collection[str]) -> Iterator[UnitReference]:
    for match in _ROMANS.finditer(text):
        named = re.findall(r"[IVX]+", match["several"] or match["one"])
        if all(number in numbers for number in named) and _ROMAN_CUE.search(text, match.start() - 6, match.start()):
            inner = re.findall(r"[(（](\w+)[)）]", match[0])
            if len(inner) == 1:
                named = [f"{named[0]}/{inner[0]}"]
            yield UnitReference(match.start(), match.end(), (Unit(PRINTED, tuple(named)),))
