"""What follows a number -> heading and text: "(2) Deepening integrity in commerce. Raise …", "[Redlist] A firm …".

A heading that runs into its paragraph is told from a first sentence by its form: short, capitalised, no finite verb
(headings.yaml). A short imperative ("Strengthen organization.") may be either; `Opening.perhaps` keeps it for the run
to decide, since translators write such headings for a whole run or for none.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple

from kb.parse.blocks import Block, skip_space
from kb.rules import Rule, load_rules

TABLE = Path(__file__).with_suffix(".yaml")

_MOST_WORDS = 16
_MOST_WORDS_BEFORE_COLON = 8
_MOST_WORDS_ALONE = 6  # of a phrase without a gerund that is a heading whatever its run looks like
_MOST_HAN = 24  # characters of a heading in Chinese
_LONGEST_LINE = 200  # characters of a heading on a line of its own
_LONGEST_RUN_IN = 130

_CLOSED = re.compile(r"[;,；，]\s*(?:and|or)$|[.;:,!?。；：，！？…][*_\"'”’)）\]】]{0,4}$|\[(?:seen|recalled)\]$")
_BRACKETS = re.compile(
    r"[*_]{0,2}(?:\[(?P<square>[^\]\n]{1,90})\]|【(?P<lens>[^】\n]{1,90})】"
    r"|[(（](?P<round>[A-Z\u4e00-\u9fff][^()（）\n]{1,90})[)）])[*_]{0,2}[:：.]?"
)
_SENTENCE_END = re.compile(r"(?<!\bNo)(?<!\bArt)(?<![A-Z])[.。][*_]{0,3}(?=\s|[A-Z“\u4e00-\u9fff])")
_COLON = re.compile(r"[:：][*_]{0,3}(?=\s*[A-Z“\"‘《\u4e00-\u9fff])")
_DASH = re.compile(r"\s[—–-]{1,2}\s+(?=[A-Z])|——")
_DASH_AFTER_NUMBER = re.compile(r"\s[—–-]\s+$")
_MARKS = re.compile(r"[*_]{1,3}(?=\S)")
_ADVERB = re.compile(r"[A-Z][a-z]+ly,?\s+(?:and\s+[a-z]+ly\s+)?")
_GERUND = re.compile(r"(?:[A-Z][a-z]+ly,?\s+)?[A-Za-z]+ing\b")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"20\d\d(?:年?$|\s?[,:–—-]|\s[(A-Z])")  # "2019, year of breakthrough": a plan's part by years
_LONGEST_YEAR = 60
_STOPS = ".:。："


class WordRule(Rule, frozen=True, kw_only=True):
    """Words that decide what a phrase is: its first word, a later word, or any characters inside it."""

    at: Literal["start", "later", "inside"]
    words: tuple[str, ...]

    def pattern(self) -> re.Pattern[str]:
        alternatives = "|".join(re.escape(word) for word in self.words)
        whole = {"later": rf"\s(?:{alternatives})\b", "start": rf"(?:{alternatives})\b", "inside": alternatives}
        return re.compile(whole[self.at], re.IGNORECASE)


RULES = load_rules(TABLE, WordRule)
_PATTERNS = {rule.id: rule.pattern() for rule in RULES}


class Opening(NamedTuple):
    """Where heading and text of a block lie; `perhaps` is where the text begins if its first sentence is a heading."""

    heading: tuple[int, int] | None
    text: int  # where the text begins; the block's end where it has a heading alone
    perhaps: int = 0


def has_word(rule: str, phrase: str) -> bool:
    """Whether the words of a row of headings.yaml decide the phrase."""
    pattern = _PATTERNS[rule]
    if rule in {"finite-verb", "han-verb"}:
        return pattern.search(phrase) is not None
    adverb = _ADVERB.match(phrase)
    return pattern.match(phrase, adverb.end() if adverb else 0) is not None


def read_opening(text: str, block: Block) -> Opening:
    """The heading and the text of a block that opens with a number."""
    opening = _bracketed(text, block) or _emphasised(text, block)
    if opening:
        return opening
    if block.label and block.label.is_bullet:
        return Opening(None, block.body)
    if is_heading_line(text, block) and (block.level or _may_head(text, block)):
        return Opening((block.body, block.end), block.end)
    if _is_heading_with_colon(text, block):
        return Opening((block.body, block.end), block.end)
    return _run_in(text, block)


def read_lead(text: str, block: Block) -> Opening:
    """The heading of a paragraph without a number that opens in bold: "**Administration by law.** Keep to it."."""
    lead = _lead(text, block) if block.marks > 1 else None
    if lead is None or not lead.closed or lead.after >= block.end:
        return Opening(None, block.start)
    words = text[lead.start : lead.stop].rstrip(_STOPS)
    is_heading = reads_like_heading(words) or (len(words) <= _LONGEST_YEAR and _YEAR.match(words) is not None)
    return Opening((lead.start, lead.stop), lead.after) if is_heading else Opening(None, block.start)


def is_heading_line(text: str, block: Block) -> bool:
    """Whether the whole block is a heading by its form: marked as one, or short and without a closing stop."""
    if block.body >= block.end:
        return False
    if 0 < block.level <= 6:
        return True
    return block.end - block.body <= _LONGEST_LINE and not _CLOSED.search(
        text, max(block.body, block.end - 12), block.end
    )


def is_short_sentence(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is one short sentence that reads like a heading with a full stop."""
    phrase = text[start:end]
    if len(phrase) > _LONGEST_RUN_IN or phrase[-1:] not in (".", "。"):
        return False
    return _SENTENCE_END.search(phrase[:-1]) is None and reads_like_heading(phrase[:-1])


def reads_like_heading(phrase: str) -> bool:
    """Whether it is a capitalised noun, gerund or imperative phrase without a finite verb."""
    if not 0 < len(phrase.split()) <= _MOST_WORDS or not _opens_upper(phrase) or phrase[:1].isdigit():
        return False
    if _HAN.search(phrase):
        return len(phrase) <= _MOST_HAN and not has_word("han-verb", phrase)
    return not has_word("finite-verb", phrase) and not has_word("sentence-opener", phrase)


def clean_heading(words: str) -> str:
    """A heading as it is shown: on one line, without marks and closing stop."""
    return " ".join(words.split()).strip("*_ ").rstrip(_STOPS).strip("*_ ")


def _may_head(text: str, block: Block) -> bool:
    """Whether a plain line without a full stop may be a heading; of an article, it must read like one."""
    words = text[block.body : block.end]
    if block.label and block.label.style == "article":
        return reads_like_heading(words)
    return not has_word("finite-verb", words)


def _is_heading_with_colon(text: str, block: Block) -> bool:
    """Whether the whole block is "III. Main tasks:"; in an article, and after an imperative, a colon leads in a list."""
    phrase = text[block.body : block.end] if block.end - block.body <= _LONGEST_RUN_IN else ""
    if phrase[-1:] not in (":", "：") or (block.label and block.label.style == "article"):
        return False
    short = len(phrase.split()) <= _MOST_WORDS_BEFORE_COLON and not re.search("[.,;。，；]", phrase)
    return short and reads_like_heading(phrase[:-1]) and not has_word("imperative", phrase)


def _run_in(text: str, block: Block) -> Opening:
    """A heading that runs into its paragraph, or none."""
    start, end = block.body, block.end
    window = text[start : min(end, start + _LONGEST_RUN_IN)]
    for pattern, most in (
        (_SENTENCE_END, _MOST_WORDS),
        (_COLON, _MOST_WORDS_BEFORE_COLON),
        (_DASH, _MOST_WORDS_BEFORE_COLON),
    ):
        stop = pattern.search(window)
        if not stop:
            continue
        phrase, after = window[: stop.start()], skip_space(text, start + stop.end(), end)
        if len(phrase.split()) > most or not reads_like_heading(phrase) or not _is_text(text, after, end):
            continue
        if not _stands_alone(phrase, text, block):
            return Opening(None, start, 0 if pattern is _DASH else after)
        if pattern is _SENTENCE_END or not re.search("[,;，；]", phrase):
            return Opening((start, start + stop.start()), after)
    return Opening(None, start)


def _stands_alone(phrase: str, text: str, block: Block) -> bool:
    """Whether a phrase is a heading without a look at its run: in articles only after a dash, bare ones are rare."""
    if block.label and block.label.style == "article":
        return bool(_DASH_AFTER_NUMBER.search(text, block.start, block.body))
    if has_word("imperative", phrase) or _ALLOTS.match(f"{phrase}:"):
        return False
    return len(phrase.split()) <= _MOST_WORDS_ALONE or _GERUND.match(phrase) is not None


_ALLOTS = re.compile(  # a label behind which bodies, laws or a limit stand
    r"[*_]{0,3}(?:Lead|Led|Leading|Responsib|Co-?operat|Participat|Implement|Execut|Enforc|Carried out|Undertaken|Competent|In charge|"
    r"(?:Support|Assist|Help|Join|Coordinat)\w* (?:unit|department|bod|agenc|authorit|organ|institution|office)|Taking part|(?:Principal|Primary|Main|Secondary) responsib|"
    r"Units?|Departments?|Legal basis|Basis|Time limit|Deadline)[^.:;\n]{0,30}(?:[:：]| by )"
)


def _is_text(text: str, start: int, end: int) -> bool:
    """Whether sentences follow, not just a bracket or a closing mark."""
    rest = text[start : min(end, start + 80)]
    if _ALLOTS.match(rest):
        return False  # "Refuse subsidies. Implemented by: Port Bureau" is an order and who carries it out
    if _HAN.match(rest):
        return len(rest) > 4
    return len(rest.split(maxsplit=1)) > 1 and (_opens_upper(rest) or rest[:1] in "“\"‘'*《") and rest[:1] not in "(（"


def _bracketed(text: str, block: Block) -> Opening | None:
    """The heading of "Article 4 [Redlist] …", "Article 4 【Redlist】 …" and "Article 4 (Redlist) …"."""
    match = _BRACKETS.match(text, block.body, block.end)
    if not match or not block.label or block.label.is_bullet:
        return None
    group = match.lastgroup or "square"
    inner = match[group]
    if group == "round" and block.label.style != "article":
        return None
    if has_word("finite-verb", inner) or len(inner.split()) > _MOST_WORDS or inner in ("seen", "recalled"):
        return None
    return Opening(match.span(group), skip_space(text, match.end(), block.end))


class _Lead(NamedTuple):
    """Emphasis at the head of a block: its words, the offset after it and a stop, and whether a stop closes it."""

    start: int
    stop: int
    after: int
    closed: bool


def _lead(text: str, block: Block) -> _Lead | None:
    """Emphasis at the head of a block, or right after its number."""
    start, end, stop, marks = block.body, block.end, block.strong_end, block.marks
    if not (stop and block.label):  # the marks stand here, not before the number
        mark = _MARKS.match(text, start, end)
        if not mark:
            return None
        start, marks = mark.end(), len(mark[0])
        stop = text.find(mark[0], start, min(end, start + _LONGEST_LINE))
    if stop <= start or stop - start > _LONGEST_LINE:
        return None
    after = stop + marks
    stopped = after < end and text[after] in (*_STOPS, "—", "–")
    closed = stopped or text[stop - 1] in _STOPS or after >= end or text[after] in "\r\n"
    return _Lead(start, stop, skip_space(text, after + stopped, end), closed)


def _emphasised(text: str, block: Block) -> Opening | None:
    """The heading of "**(1) Foo.** Text", "**Article 1 Foo** Text" and "(1) **Foo.** Text"."""
    lead = _lead(text, block)
    if lead is None or not (lead.closed or block.strong_end):
        return None  # "(1) **Credit** means …": a word is stressed
    return Opening((lead.start, lead.stop), lead.after)


def _opens_upper(phrase: str) -> bool:
    first = phrase.lstrip("“\"‘'*_《(")[:1]
    return first.isupper() or bool(_HAN.match(first))
