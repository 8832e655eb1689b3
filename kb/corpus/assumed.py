"""A text without a head -> what its first and last lines say of it: title, kind, level, document number, horizon, date.

For files that are read but not kept. Everything here is an assumption by the words of the title (assumed.yaml) and is
printed as one; a head overrides it. What the text does not say is left to the defaults: nothing is looked up.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from dateutil import parser as dates

from kb.model import DocumentKind, Level
from kb.rules import Rule, load_rules
from kb.typography import plain

TABLE = Path(__file__).with_suffix(".yaml")

_LONGEST_TITLE = 300  # characters
_FRONT = 4000  # characters in which the title and the number must stand
_END = 400  # characters in which the signature's date must stand
_CLOSING_LINES = 4
_HEADING = re.compile(r"#{1,6}[ \t]+")
_MARKS = re.compile(r"[*_`]+|</?[a-zA-Z][^<>]{0,80}>")
_UNDERLINE = re.compile(r"[=-]{2,}")  # of a title: "====="
_NUMBERED = re.compile(r"(?:Article|Art\.|Chapter|Part|Section|[IVX]{1,6}[.、]|\d{1,3}[.)、]|§)[ ]?", re.IGNORECASE)
_NUMBER = re.compile(r"[A-Z][A-Za-z' ]{1,40}[\[(（〔【]\d{4}[\])）〕】][ ]?No\.[ ]?\d{1,5}\b")
_OWN_NUMBER = re.compile(  # alone on its line, with a label or a date at most; in running text a number is that of another
    rf"^[ \t*_(（\[【>]*(?:[A-Z][a-z]+ (?:No\.|[Nn]umber)[:：][ ]?)?({_NUMBER.pattern})[ \t]*(?=[*_)）\]】,;.·|]|$)",
    re.MULTILINE,
)
_PERIOD = re.compile(r"\b((?:19|20)\d{2})[ ]?[-–—~][ ]?((?:19|20)\d{2})\b|\bin ((?:19|20)\d{2})\b")
_DATE = re.compile(r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, ?\d{4}|\d{1,2} [A-Z][a-z]{2,8},? \d{4}|\d{4}-\d{2}-\d{2})\.?")


class TitleRule(Rule, frozen=True, kw_only=True):
    """A row of the table: what a title in which `pattern` is found says."""

    pattern: str
    kind: DocumentKind | None = None
    local: DocumentKind | None = None
    level: Level | None = None

    def finds(self, title: str) -> bool:
        return bool(re.search(self.pattern, title, re.IGNORECASE))


RULES = load_rules(TABLE, TitleRule)
_LOCAL = frozenset({Level.PROVINCIAL, Level.MUNICIPAL, Level.COUNTY})


def assumed_head(text: str, title: str = "") -> dict[str, Any]:
    """The fields of `Metadata` that a document's text gives: of `title` `kind` `level` `doc_number` `horizon` `signed`.

    `title` is that of the head, where there is one; else it is looked for. Nothing is assumed of a text without a title.
    """
    text = plain(text).text
    title = title or _title(text)
    if not title:
        return {}
    found: dict[str, Any] = {"title": title}
    level = next((r.level for r in RULES if r.level and r.finds(title)), None)
    rule = next((r for r in RULES if r.kind and r.finds(title)), None)
    if level:
        found["level"] = level
    if rule:
        found["kind"] = rule.local if rule.local and level in _LOCAL else rule.kind
    if number := _OWN_NUMBER.search(text[:_FRONT]):
        found["doc_number"] = number[1]
    if rule and rule.kind is DocumentKind.PLAN and (period := _PERIOD.search(title)):
        first, last = (period[1], period[2]) if period[1] else (period[3], period[3])
        if first <= last:
            found["horizon"] = f"{first}-01-01/{last}-12-31"
    if signed := _signed(text):
        found["signed"] = signed
    return found


def _title(text: str) -> str:
    """The first block before any number: a heading, or lines that do not end as a sentence does; "" where there is none."""
    block = text[:_FRONT].lstrip("\ufeff \t\r\n").split("\n\n", 1)[0]
    lines: list[str] = []
    for line in block.splitlines():
        plain = " ".join(_MARKS.sub("", _HEADING.sub("", line.strip())).split())
        if _UNDERLINE.fullmatch(plain) and not lines:
            continue
        if (
            not plain
            or _UNDERLINE.fullmatch(plain)
            or _NUMBERED.match(plain)
            or _NUMBER.match(plain)
            or plain.endswith((":", "："))
        ):
            break
        lines.append(plain)
        if line.startswith("#"):
            break
    title = " ".join(lines)
    return title if len(title) <= _LONGEST_TITLE and not title.endswith((".", "。", ";")) else ""


def _signed(text: str) -> date | None:
    """The date that stands alone on one of the last lines."""
    for line in reversed(text[-_END:].split("\n")[-_CLOSING_LINES:]):
        if _DATE.fullmatch(line.strip()):
            try:
                return dates.parse(line.strip().rstrip(".")).date()
            except (ValueError, OverflowError):
                return None
    return None
