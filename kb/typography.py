"""What a text says where Markdown, HTML and typography spell it otherwise, with the way back to its own characters.

`&nbsp;` is a space, `blacklist[^1]` a word with a mark, `**shall**` a verb. Parser and readers read the plain text alone; what
they find is given back in offsets of the body, so that nothing is changed in it. Rows of typography.yaml say what is read as
what; characters that stand for another one, entities, cut words and the frames of whole texts (quotes, tables) are here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from kb.rules import Rule, load_rules

TABLE = Path(__file__).with_suffix(".yaml")

_LINE_END = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n?|(?<=\n)\x0c|(?<=[\x0b\x0c\x85\u2028\u2029]))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_LOOKALIKES = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFB00, 0xFB07), *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | dict(zip("\u2010\u2011\u2212％＂＃＆＋／－", '---%"#&+/-', strict=True))
_LOOKALIKE = re.compile(f"[{re.escape(''.join(_LOOKALIKES))}]")
_QUOTE = re.compile(r"^[ \t]{0,3}>[ ]?", re.MULTILINE)
_QUOTED_NUMBER = re.compile(
    r"^[ \t]{0,3}>[ ]?(?:#|\**(?:Article|Art\.|§|第|\(?\d+[.)、]|[IVX一二三]+[.、]))", re.MULTILINE
)
_MOSTLY = 0.8  # share of the lines that are quoted where the quote is the document
_ARTICLE = r"\|[ \t]{0,8}(\*{0,2})((?:Article|ARTICLE|Art\.|§)\s?\d{1,3}|第[一二三四五六七八九十百]{1,5}条)\1[ \t]{0,8}\|[ \t]{0,8}"
_ROW = re.compile(rf"^{_ARTICLE}", re.MULTILINE)
_TABLE_HEAD = re.compile(rf"^\|[^\n]{{0,200}}\n\|[ \t:|-]{{3,200}}\n(?={_ARTICLE})", re.MULTILINE)
_ROW_END = re.compile(r"[ \t]{0,8}\|[ \t]{0,8}$", re.MULTILINE)
_TABLE_LINE = re.compile(r"^[ \t]{0,8}\|.*$", re.MULTILINE)
_BREAK = re.compile(r"(?:[ \t]{0,8}<br ?/?>){1,4}[ \t]{0,8}\n?", re.IGNORECASE)
_LEADS_ON = {"", "\n", ":", ";", "：", "；"}
_OPENS = re.compile(
    r"\s?[*_]{0,3}(?:Article|Art\.|Chapter|Section|Part|Annex|[§第•●①-⑳#|-]|[(（]?[\da-zA-Z一二三四五六七八九十]{1,4}[)）.、])|\n|$"
)
_CUT_WORD = re.compile(r"-(?<=[a-z]-)[ \t]{0,8}\n[ \t]{0,8}(?=([a-z]{1,40}))")
_HALVES = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,40}-[ \t]{0,8}\n[ \t]{0,8}[a-z]{1,40}")
_BEFORE_CUT = re.compile(r"[A-Za-z]{1,40}$")
_SHORTEST_HALF = 4  # letters; shorter ones are words by chance
_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)*")
_ROOM = re.compile(r"  (?<=[^\s|]  ) *(?=[^\s|])")
_GROUP = re.compile(r"\\(\d)")

_Reads = Callable[[re.Match[str]], str | None]


class Spelling(Rule, frozen=True, kw_only=True):
    """A row of the table: where the text holds one of `hints` (or there is none), what `pattern` finds is read as `becomes`.

    `becomes` may keep one group of the pattern, with something before and behind it.
    """

    hints: tuple[str, ...] = ()
    pattern: str
    becomes: str


class Plain:
    """The plain text of a body. Character `k` of it stands for body[starts[k]:ends[k]]; both are None where all is plain."""

    def __init__(self, body: str) -> None:
        self.text = body
        self.length = len(body)
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None

    @property
    def is_body(self) -> bool:
        """Whether the body holds nothing that is read otherwise."""
        return self._starts is None

    def start(self, at: int) -> int:
        """Where the character at an offset of the plain text begins in the body."""
        if self._starts is None:
            return at
        return self._starts[at] if at < len(self._starts) else self.length

    def end(self, at: int) -> int:
        """Where in the body the stretch ends that ends at an offset of the plain text."""
        return at if self._ends is None else (self._ends[at - 1] if at else 0)

    def offset(self, at: int) -> int:
        """The first offset of the plain text that stands for no character before `at` of the body."""
        if self._ends is None:
            return at
        return bisect_right(self._ends, at)

    def rewrite(self, pattern: re.Pattern[str], becomes: _Reads, group: int = 0, behind: str = "") -> None:
        """Reads what `pattern` finds as `becomes` says (None: as it stands).

        With a `group` this is what comes before the group, whose characters stay, and `behind` comes after it.
        """
        pieces: list[tuple[int, int, str]] = []
        for match in pattern.finditer(self.text):
            read = becomes(match)
            if read is None:
                continue
            if group:
                pieces += (match.start(), match.start(group), read), (match.end(group), match.end(), behind)
            else:
                pieces.append((match.start(), match.end(), read))
        if pieces:
            self._replace(pieces)

    def _replace(self, pieces: list[tuple[int, int, str]]) -> None:
        starts = self._starts or list(range(self.length))
        ends = self._ends or list(range(1, self.length + 1))
        text: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        at = 0
        for start, end, read in pieces:
            text += self.text[at:start], read
            new_starts += starts[at:start]
            new_ends += ends[at:start]
            if read and end > start:
                new_starts += [starts[start]] * len(read)
                new_ends += [ends[end - 1]] * len(read)
            elif read:
                raise ValueError(f"{read!r} stands for nothing")
            at = end
        self.text = "".join((*text, self.text[at:]))
        self._starts, self._ends = new_starts + starts[at:], new_ends + ends[at:]


RULES = load_rules(TABLE, Spelling)


@lru_cache(maxsize=64)  # parser and readers ask for the same text, a portion of documents apart
def plain(body: str) -> Plain:
    """The plain text of a body."""
    found = Plain(body)
    found.rewrite(_LINE_END, _line_end)
    if "&" in body:
        found.rewrite(_ENTITY, _entity)
    found.rewrite(_LOOKALIKE, lambda match: _LOOKALIKES[match[0]])
    if ">" in body:
        _unquote(found)
    if "|" in body:
        _unroll(found)
    if "<br" in body.casefold():
        _break_lines(found)
    has_hints = _any_hint().search(found.text) is not None
    for rule, pattern, before, group, behind in _compiled():
        if not rule.hints or (has_hints and any(hint in found.text for hint in rule.hints)):
            found.rewrite(pattern, partial(_always, before), group, behind)
    _mend_words(found)
    found.rewrite(_ROOM, lambda _: " ")
    return found


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[Spelling, re.Pattern[str], str, int, str], ...]:
    """The rows with their pattern, what is read before the group they keep, that group (0 for none), and what behind it."""
    rows = []
    for rule in RULES:
        before, *rest = _GROUP.split(rule.becomes)
        group, behind = (int(rest[0]), rest[1]) if rest else (0, "")
        rows.append((rule, re.compile(rule.pattern), before, group, behind))
    return tuple(rows)


@lru_cache(maxsize=1)
def _any_hint() -> re.Pattern[str]:
    """What one row or another asks for."""
    return re.compile("|".join(re.escape(hint) for hint in sorted({hint for rule in RULES for hint in rule.hints})))


def _always(read: str, _: re.Match[str]) -> str:
    return read


def _line_end(match: re.Match[str]) -> str:
    return "\n\n" if match[0] == "\u2029" else "\n"


def _entity(match: re.Match[str]) -> str | None:
    """The character of an entity; None for a name that stands for none."""
    read = html.unescape(match[0])
    return None if read == match[0] else read


def _unquote(found: Plain) -> None:
    """A document that stands in a block quote as a whole is no note of its editors."""
    lines = [line for line in found.text.split("\n") if line.strip()]
    quoted = sum(1 for line in lines if line.lstrip().startswith(">"))
    if quoted >= _MOSTLY * len(lines) and len(_QUOTED_NUMBER.findall(found.text)) >= 2:
        found.rewrite(_QUOTE, lambda _: "")


def _unroll(found: Plain) -> None:
    """A table whose rows are articles is no table."""
    if len(_ROW.findall(found.text)) < 2:
        return
    found.rewrite(_TABLE_HEAD, lambda _: "")
    found.rewrite(_ROW, lambda _: "\n", 2, " ")
    in_table = _table_lines(found.text)
    found.rewrite(_ROW_END, lambda match: None if in_table(match.start()) else "")


def _break_lines(found: Plain) -> None:
    """A break before a number, or behind a colon, is the end of a line, else a space; in a table it stays."""
    in_table = _table_lines(found.text)

    def read(match: re.Match[str]) -> str | None:
        if in_table(match.start()):
            return None
        if match[0].lower().count("<br") > 1:
            return "\n\n"
        before = match.string[max(0, match.start() - 1) : match.start()]
        ends = "\n" in match[0] or before in _LEADS_ON or _OPENS.match(match.string, match.end())
        return "  \n" if ends else " "

    found.rewrite(_BREAK, read)


def _table_lines(text: str) -> Callable[[int], bool]:
    """Says of an offset whether it stands in a line of a table."""
    extents = [match.span() for match in _TABLE_LINE.finditer(text)]
    starts = [start for start, _ in extents]

    def holds(at: int) -> bool:
        k = bisect_right(starts, at) - 1
        return k >= 0 and at <= extents[k][1]

    return holds


def _mend_words(found: Plain) -> None:
    """A word that is cut at a line end: whole, or with its hyphen where the text has it so, or its second half as a word."""
    if _CUT_WORD.search(found.text) is None:
        return
    text = found.text
    words = {word.lower() for word in _WORD.findall(_HALVES.sub(" ", text))}

    def read(match: re.Match[str]) -> str:
        first = _BEFORE_CUT.search(text[max(0, match.start() - 40) : match.start()])
        head, tail = (first[0].lower() if first else ""), match[1]
        whole = head + tail in words or not (len(tail) >= _SHORTEST_HALF and tail in words)
        return "" if whole and f"{head}-{tail}" not in words else "-"

    found.rewrite(_CUT_WORD, read)
