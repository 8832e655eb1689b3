"""Document numbers in every English and Chinese shape -> one key: "Guofa (2016) No. 33", "国发〔2016〕33号" -> guofa-2016-33.

The digits are found first; the name of the series is then looked up beside them, before ("Guofa [2016] No. 33") or after
("No. 33 [2016] of the State Council"). Digits without a name ("(2018) No. 119") are no document number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from heapq import merge
from itertools import pairwise
from pathlib import Path

from kb.extract.scan import WordScan, matches_at
from kb.rules import Rule, load_rules


class SeriesRule(Rule, frozen=True, kw_only=True):
    """A series of documents: its Chinese abbreviations and its names in translations; the id is its key."""

    zh: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number in a text; `start` takes in a kind word before it ("notice Fagai Caijin [2014] No. 305")."""

    start: int
    end: int
    key: str
    rule: str  # id of the row, or "spelled-out"
    certain: bool = True


RULES = load_rules(Path(__file__).with_suffix(".yaml"), SeriesRule)
UNKNOWN = "unknown"
SPELLED_OUT = "spelled-out"

_YEAR = r"(?:19|20)\d\d"
_OPEN, _CLOSE = r"[(\[（〔【［]", r"[)\]）〕】］]"
_NO = r"(?:\b(?:No|NO|no|Nr|Number)\b\.?|[#№])"
_NUMBERED = r"(?:(?<=Order[ ])|(?<=Decree[ ])|(?<=Announcement[ ])|(?<=Proclamation[ ]))"
_CORE = re.compile(
    rf"""(?P<before>{_NO}\s*)?{_OPEN}\s*(?P<year>{_YEAR})\s*{_CLOSE}\s*(?P<no>{_NO}|第)?\s*(?P<serial>\d{{1,5}})(?:\s*号)?(?!\.?\d)
      | (?<![A-Za-z\d(])(?P<year2>{_YEAR})(?:\s*年第|,?\s+{_NO})\s*(?P<serial2>\d{{1,5}})(?:\s*号)?(?!\d)
      | {_NO}\s*(?P<year8>{_YEAR})/(?P<serial8>\d{{1,4}})(?![\d/])
      | {_NUMBERED}(?P<serial9>\d{{1,5}})(?:\s*{_OPEN}\s*(?P<year9>{_YEAR})\s*{_CLOSE}|/(?P<year10>{_YEAR})\b|\s+of\s+(?P<year11>{_YEAR})\b)?(?!\d|[/.,]\d)
      | {_NO}\s*(?P<serial3>\d{{1,5}})(?:\s*{_OPEN}\s*(?P<year3>{_YEAR})\s*{_CLOSE}|\s+of\s+(?P<year4>{_YEAR})\b|,\s+(?P<year13>{_YEAR})(?=\s+of\b)|/(?P<year7>{_YEAR})\b)?(?!\d)
      | (?<![A-Za-z\d(/.-])(?:(?P<year5>{_YEAR})/(?P<serial5>\d{{1,4}})|(?P<year12>{_YEAR})-(?P<serial12>\d{{1,3}})(?![\d-])|(?P<serial6>\d{{1,4}})/(?P<year6>{_YEAR}))(?![\d/])
      | 第\s*(?P<serial4>\d{{1,5}})\s*号""",
    re.VERBOSE,
)
_YEARS = tuple(name for name in _CORE.groupindex if name.startswith("year"))
_SERIALS = tuple(name for name in _CORE.groupindex if name.startswith("serial"))
_BESIDE_A_NAME = ("year5", "year6", "year12")  # "21/2017", which only the name of a series makes a number
_SIGN = re.compile(
    rf"""[(\[（〔【［\dNn第#№](?:
        (?<={_OPEN})(?=\s*{_YEAR})
      | (?<=[12])(?=(?:(?<=1)9|(?<=2)0)\d\d(?:\s*年第|,?\s+[Nn]))
      | (?<=\d)(?<!\d\d)(?=\d{{0,3}}/(?:\d{{1,4}})(?![\d/]))
      | (?<=[12])(?=(?:(?<=1)9|(?<=2)0)\d\d-\d{{1,3}}(?![\d-]))
      | (?:(?<=rder[ ]\d)|(?<=cree[ ]\d)|(?<=ment[ ]\d)|(?<=tion[ ]\d))
      | (?<=[#№])(?=\s*\d)
      | (?<=[Nn])(?=(?:(?<=N)(?:o|O|r|umber)|(?<=n)o)\b\.?\s*(?:\d|{_OPEN}))
      | (?<=第))""",
    re.VERBOSE,
)  # where a core may begin
_STANDARD = WordScan(
    r"(?:GB|DB|JR|JT|MZ|SB|NY|HJ|YD|GA|QX|CJJ?|JGJ|LS|WS)\d{0,2}(?:/[TZ])?\s?\d{3,6}(?:\.\d{1,3})?\s?[-–—]\s?(?:19|20)\d\d(?!\d)",
    first="GDJMSNHYQCLW",
    joined=r"\w/-",
)
NUMBER_HINT = re.compile(r"\d")
_LEFT = re.compile(
    r"(?<![\w'’-])((?:[A-Z][\w'’&-]*)(?:\s+(?:of\s+the|of|and|for|the|[A-Z][\w'’&-]*|&))*)\s*(?P<sign>[,(（]?)\s*$"
)
_LEFT_ZH = re.compile(r"[一-鿿]{2,16}$")
_RIGHT = re.compile(
    r"(?:\s+(?:of|issued\s+by|from)|,)\s+(?:the\s+)?((?:[A-Z][\w'’&-]*)(?:\s+(?:of\s+the|of|and|for|[A-Z][\w'’&-]*))*)"
)
_KIND = re.compile(
    r"\b(?:notice|circular|document|letter|reply|decision|opinions?|order|announcement|memorandum|file)\s+$", re.I
)
_SERIES_WORDS = {
    "order",
    "decree",
    "announcement",
    "bulletin",
    "document",
    "release",
    "issue",
    "circular",
    "notice",
    "letter",
    "issued",
    "doc",
    "file",
    "dispatch",
    "reply",
}
_INTRODUCING = frozenset(
    "as under in by the see per of on with where if when and or for to from both this these".split()
)
_NUMBERED_ALONE = {
    "order",
    "decree",
    "announcement",
    "bulletin",
    "proclamation",
    "document",
}  # series counted without a year
_OPENING = ("(", "（")
_CLOSING = re.compile(r"[^()（）\n]{0,40}[)）]")
_WINDOW = 90
_JOINING = {"&", "and"}
_MOST_WORDS = 6  # of a name that begins with capitals
_SERIES_ENDS = ("fa", "han", "zi", "gui", "gao", "ban", "ling")

_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw", "")
_FINALS = frozenset(
    "a o e i u v ai ei ui ao ou iu ie ue er an en in un ang eng ing ong ia ian iang iao iong ua uai uan uang uo ve".split()
)


def read_numbers(text: str) -> Iterator[DocumentNumber]:
    """The document numbers of `text`, in its order."""
    yield from merge(_series_numbers(text), _standards(text), key=lambda number: number.start)


def _series_numbers(text: str) -> Iterator[DocumentNumber]:
    floor = 0  # a name never reaches back into the number before it
    for core in matches_at(_SIGN, _CORE, text):
        found = _named(text, core, floor)
        if found:
            floor = found.end
            yield found


def _standards(text: str) -> Iterator[DocumentNumber]:
    """Numbers of standards: "GB/T 33718-2017" -> gb-t-33718-2017."""
    for match in _STANDARD.finditer(text):
        yield DocumentNumber(
            match.start(), match.end(), "-".join(re.findall(r"[a-z]+|\d+", match[0].lower())), SPELLED_OUT
        )


def number_key(text: str) -> str:
    """The key of the first document number in `text` that is certain; "" where there is none."""
    return next((number.key for number in read_numbers(text) if number.certain), "")


def rules_in(text: str) -> list[str]:
    """Ids of the rows that fire in `text`."""
    return [number.rule for number in read_numbers(text) if number.rule != SPELLED_OUT]


def _named(text: str, core: re.Match[str], floor: int) -> DocumentNumber | None:
    """The number with its name, the longest known name first; None where the digits have no name."""
    year = next(filter(None, map(core.__getitem__, _YEARS)), "")
    serial = next(filter(None, map(core.__getitem__, _SERIALS)))
    before = text[max(core.start() - _WINDOW, floor) : core.start()]
    left = _LEFT.search(before)
    right = _RIGHT.match(text, core.end(), core.end() + _WINDOW)
    han = _LEFT_ZH.search(before)
    if han:
        return _chinese(core, before, han, year, serial)
    if right and not year and left is None:
        return None
    if right and (joined := _joined(left, right)):
        rule = _by_name().get(_plain(joined[0]))
        if rule:
            start = core.start() - len(before) + joined[1] if joined[1] >= 0 else core.start()
            return _number(text, start, joined[2], rule, year, serial, core)
    if left is None:
        return None
    found = _left_named(text, core, left, right, core.start() - len(before), year, serial)
    return _bracketed(text, found) if found and left["sign"] in _OPENING else found


def _bracketed(text: str, number: DocumentNumber) -> DocumentNumber | None:
    """ "Order of the Ministry of Water Resources (No. 49)", with the bracket that closes it; None where none does."""
    close = _CLOSING.match(text, number.end)
    return replace(number, end=close.end()) if close else None


def _joined(left: re.Match[str] | None, right: re.Match[str]) -> tuple[str, int, int] | None:
    """A name that stands on both sides: "Order" No. 631 "of the State Council" -> "Order of the State Council"."""
    words = left[1].split() if left else []
    for n in range(len(right[1].split()), 0, -1):
        body = " ".join(right[1].split()[:n])
        name = f"{words[-1]} of the {body}" if words and words[-1].lower() in _SERIES_WORDS else body
        if _plain(name) in _by_name() or (not words and _plain(body) in _by_name()):
            end = right.end(1) if n == len(right[1].split()) else right.start(1) + right[1].index(body) + len(body)
            return name, -1 if not words or name == body else _word_start(left, len(words) - 1), end
    return None


def _word_start(left: re.Match[str] | None, index: int) -> int:
    """Offset of a word of the name; `left` was matched in a window, so the offset is counted back from its end."""
    return 0 if left is None else left.start(1) + len(left[1]) - len(left[1].split(None, index)[-1])


def _left_named(
    text: str,
    core: re.Match[str],
    left: re.Match[str],
    right: re.Match[str] | None,
    offset: int,
    year: str,
    serial: str,
) -> DocumentNumber | None:
    """The number with a name before it; `offset` is where the text begins in which `left` was matched."""
    words = left[1].split()
    for first in range(len(words)):
        rule = _by_name().get(_plain(" ".join(words[first:])))
        if rule and (year or not _NUMBERED_ALONE.isdisjoint((words[first].lower(), words[-1].lower()))):
            return _number(text, offset + _word_start(left, first), core.end(), rule, year, serial, core)
    is_numbered = any(core[name] for name in ("no", "before", "serial2", "serial3", "serial8", "serial9", "year6"))
    is_numbered = is_numbered or core[0][0] in "[〔【［"
    begin = _spelled_from(words, is_numbered=is_numbered, year=year)
    if begin is None or (any(core[name] for name in _BESIDE_A_NAME) and not _is_series(words[begin:], core["year12"])):
        return None
    if core["serial9"] and not right and len(words) - begin < 2:  # "Order 12 boats"
        return None
    end, name = core.end(), words[begin:]
    if right and len(name) == 1 and name[0].lower() in _SERIES_WORDS:  # "Decree No. 9 of the Ministry of Commerce"
        end, name = right.end(1), [*right[1].split(), *name]
    key = "-".join(filter(None, (_spelled_key(name), year, serial)))
    return DocumentNumber(_with_kind(text, offset + _word_start(left, begin)), end, key, SPELLED_OUT)


def _spelled_from(words: list[str], *, is_numbered: bool, year: str) -> int | None:
    """Where a name that is in no row begins: trailing pinyin, capitals, or a body with "Order", "Announcement" …"""
    opening = next((i for i, word in enumerate(words) if word.lower() not in _INTRODUCING), len(words))
    first = len(words)
    while first > opening and (
        _is_abbreviated(words[first - 1]) or (words[first - 1] in _JOINING and first < len(words))
    ):
        first -= 1
    if first < len(words):
        return first if year and (is_numbered or len("".join(words[first:])) > 3) else None
    if opening == len(words):
        return None
    capitals = next((i for i, word in enumerate(words) if word.isupper() and len(word) > 2), None)
    if year and is_numbered and capitals is not None and len(words) - capitals <= _MOST_WORDS:
        return capitals  # "MOF Treasury [2016] No. 125"
    last = words[-1].lower()
    series = _SERIES_WORDS if year else _NUMBERED_ALONE
    ahead = next((i for i, pair in enumerate(pairwise(words)) if pair[0].lower() in series and pair[1] == "of"), None)
    if is_numbered and ahead is not None:  # "Order of the Ministry of Commerce No. 5 of 2018"
        return ahead
    if is_numbered and ((year and last in _SERIES_WORDS) or last in _NUMBERED_ALONE):
        return opening
    return None


def _is_abbreviated(word: str) -> bool:
    return _is_pinyin(word) or (word.isupper() and 2 <= len(word) <= 8)


def _is_series(words: list[str], hyphened: str | None) -> bool:
    """Whether a name before "21/2017" is one of a series: pinyin of two words, or one that ends as series do; no place, no month."""
    if words[-1].lower() in _NUMBERED_ALONE:
        return True
    ends = words[-1].lower().endswith(_SERIES_ENDS)
    return all(map(_is_pinyin, words)) and (ends or (len(words) > 1 and not hyphened))


def _spelled_key(words: list[str]) -> str:
    if all(_is_pinyin(word) for word in words):
        return "".join(words).lower().replace("ü", "u").replace("'", "").replace("’", "")
    return "-".join(word.lower() for word in words if word.lower() not in {"of", "the", "and", "for", "&"})


def _chinese(core: re.Match[str], before: str, han: re.Match[str], year: str, serial: str) -> DocumentNumber | None:
    """A Chinese number: the longest known series that ends where the digits begin, else the characters themselves."""
    name, offset = han[0], core.start() - len(before)
    for first in range(len(name)):
        rule = _by_zh().get(name[first:])
        if rule:
            key = "-".join(filter(None, (rule.id, year, serial)))
            return DocumentNumber(offset + han.start() + first, core.end(), key, rule.id)
    if not year and not name.endswith("令"):
        return None
    return DocumentNumber(offset + han.start(), core.end(), "-".join(filter(None, (name, year, serial))), SPELLED_OUT)


def _number(
    text: str, start: int, end: int, rule: SeriesRule, year: str, serial: str, core: re.Match[str]
) -> DocumentNumber:
    series = UNKNOWN if rule.doubtful else rule.id
    key = "-".join(filter(None, (series, year, serial)))
    return DocumentNumber(_with_kind(text, start), max(end, core.end()), key, rule.id, certain=not rule.doubtful)


def _with_kind(text: str, start: int) -> int:
    kind = _KIND.search(text, max(start - 20, 0), start)
    return kind.start() if kind else start


def _plain(name: str) -> str:
    return re.sub(r"[^\w]", "", name).lower()


@cache
def _by_name() -> dict[str, SeriesRule]:
    return {_plain(name): rule for rule in RULES for name in rule.names}


@cache
def _by_zh() -> dict[str, SeriesRule]:
    return {name: rule for rule in RULES for name in rule.zh}


@cache
def _is_pinyin(word: str) -> bool:
    """Whether a capitalised word falls into pinyin syllables; words beyond 30 letters are none."""
    letters = word.lower().replace("ü", "u").replace("'", "").replace("’", "")
    if not word[:1].isupper() or not letters.isalpha() or len(letters) > 30:
        return False
    reached = {0}
    for end in range(1, len(letters) + 1):
        if any(start in reached and _is_syllable(letters[start:end]) for start in range(max(0, end - 6), end)):
            reached.add(end)
    return len(letters) in reached


@cache
def _is_syllable(letters: str) -> bool:
    return any(letters.startswith(initial) and letters[len(initial) :] in _FINALS for initial in _INITIALS)
