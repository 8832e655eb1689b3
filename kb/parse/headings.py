"""What follows a number -> heading and text: "(2) Deepening integrity in commercial affairs. Raise …", "[Redlist] Elderly-care …".

A heading that runs into its paragraph is told from a first sentence by its form: short, capitalised, no finite verb. A
short imperative ("Strengthen organization.") may be either; `Opening.perhaps` keeps it for the run to decide, since
translators write such headings for a whole run or for none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.parse.blocks import Block

MOST_WORDS = 16
_LONGEST_LINE = 200  # characters of a heading on a line of its own
_LONGEST_RUN_IN = 130

_CLOSED = re.compile(r"[.;:,!?。；：，！？…][*_\"'”’)）\]】]{0,4}$|\[(?:seen|recalled)\]$")
_BRACKETS = re.compile(
    r"[*_]{0,2}(?:\[(?P<a>[^\]\n]{1,90})\]|【(?P<b>[^】\n]{1,90})】|[(（](?P<c>[A-Z\u4e00-\u9fff][^()（）\n]{1,90})[)）])[*_]{0,2}[:：.]?"
)
_SENTENCE_END = re.compile(r"(?<!\bNo)(?<!\bArt)(?<![A-Z])[.。][*_]{0,3}(?=\s|[A-Z“\u4e00-\u9fff])")
_COLON = re.compile(r"[:：][*_]{0,3}(?=\s*[A-Z“\"‘《\u4e00-\u9fff])")
_DASH = re.compile(r"\s[—–-]{1,2}\s+(?=[A-Z])|——")
_FINITE = re.compile(
    r"\b(?:shall|must|may|might|should|will|would|can|could|cannot|is|are|was|were|has|have|had|does|do|did|means|refers|applies|apply)\b",
    re.IGNORECASE,
)
_STARTS_SENTENCE = re.compile(
    r"(?:The|A|An|All|Any|Each|Every|No|This|These|Those|It|They|We|Where|When|If|By|Since|In|Within|Before|After|From|During|On|Upon|"
    r"At|As|To|For|Under|With|Anyone|Whoever|Persons?|Not|There|He|She|Such|Other|Both|One|Two|Three)\b|\d"
)
_GERUND = re.compile(r"(?:[A-Z][a-z]+ly\s+)?[A-Z]?[a-z]+ing\b", re.IGNORECASE)
_IMPERATIVE = re.compile(
    r"(?:[A-Z][a-z]+ly,?\s+)?(?:abide|accelerate|achieve|adhere|advance|adjust|adopt|advocate|allow|apply|arrange|assess|assign|attach|"
    r"bring|broaden|build|bolster|carry|check|clarify|clean|collect|combine|complete|conduct|construct|consolidate|continue|coordinate|"
    r"create|cultivate|deepen|define|delete|deploy|develop|disclose|do|draw|drive|encourage|enforce|enhance|enrich|ensure|establish|"
    r"evaluate|examine|exchange|expand|expedite|explore|extend|facilitate|focus|follow|form|formulate|foster|further|"
    r"give|grade|grant|grasp|guarantee|guide|handle|hold|implement|improve|include|increase|innovate|insist|inspect|inspire|integrate|intensify|"
    r"introduce|issue|keep|launch|lead|leverage|link|list|maintain|make|manage|mobilize|monitor|normalize|note|nurture|open|"
    r"optimize|organize|perfect|perform|persist|pilot|place|play|popularize|prepare|press|prevent|prioritize|probe|promote|protect|provide|publish|publicize|punish|push|put|raise|realize|record|rectify|refine|reform|regulate|reinforce|release|remove|report|require|research|restrict|revise|safeguard|select|send|set|share|speed|standardize|start|stick|stop|strengthen|strive|study|submit|supervise|support|"
    r"take|tell|tighten|train|transmit|uphold|update|unify|unite|upgrade|urge|use|utilize|verify|widen|work)\b",
    re.IGNORECASE,
)


class Opening(NamedTuple):
    """Where heading and text of a block lie; `perhaps` is where the text would begin if its first sentence is a heading."""

    heading: tuple[int, int] | None
    text: int  # where the text begins; the block's end where it has a heading alone
    perhaps: int = 0


def read_opening(text: str, block: Block) -> Opening:
    """The heading and the text of a block that opens with a number."""
    start, end = block.body, block.end
    bracketed = _bracketed(text, block)
    if bracketed:
        heading, start = bracketed
        return Opening(heading, start)
    emphasised = _emphasised(text, block)
    if emphasised:
        return emphasised
    if is_heading_line(text, block):
        return Opening((start, end), end)
    if block.label and block.label.is_bullet:
        return Opening(None, start)
    return _run_in(text, start, end)


def is_heading_line(text: str, block: Block) -> bool:
    """Whether the whole block is a heading by its form: marked as one, or short and without a closing stop."""
    words = text[block.body : block.end]
    if not words:
        return False
    if 0 < block.level <= 6:
        return True
    return len(words) <= _LONGEST_LINE and not _CLOSED.search(words[-12:])


def is_short_sentence(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is one short sentence that reads like a heading with a full stop."""
    phrase = text[start:end]
    if len(phrase) > _LONGEST_RUN_IN or phrase[-1:] not in ".。":
        return False
    return _SENTENCE_END.search(phrase[:-1]) is None and reads_like_heading(phrase[:-1])


def reads_like_heading(phrase: str) -> bool:
    """A capitalised noun, gerund or imperative phrase without a finite verb."""
    words = phrase.split()
    if not words or len(words) > MOST_WORDS or not _opens_upper(phrase):
        return False
    return not _FINITE.search(phrase) and not _STARTS_SENTENCE.match(phrase)


def _run_in(text: str, start: int, end: int) -> Opening:
    """A heading that runs into its paragraph, or none."""
    window = text[start : min(end, start + _LONGEST_RUN_IN)]
    for pattern, most in ((_SENTENCE_END, MOST_WORDS), (_COLON, 8), (_DASH, 8)):
        stop = pattern.search(window)
        if not stop:
            continue
        phrase, after = window[: stop.start()], _skip(text, start + stop.end(), end)
        if len(phrase.split()) > most or not reads_like_heading(phrase) or not _is_text(text, after, end):
            continue
        if _IMPERATIVE.match(phrase):
            return Opening(None, start, after if pattern is _SENTENCE_END else 0)
        if pattern is not _SENTENCE_END and ("," in phrase or ";" in phrase):
            continue
        return Opening((start, start + stop.start()), after)
    return Opening(None, start)


def _is_text(text: str, start: int, end: int) -> bool:
    """Whether sentences follow, not just a bracket or a closing mark."""
    rest = text[start:end]
    return (
        len(rest.split(maxsplit=2)) > 2
        and rest[:1] not in "([（【〔"
        and (_opens_upper(rest) or rest[:1] in "“\"‘'*《")
    )


def _bracketed(text: str, block: Block) -> tuple[tuple[int, int], int] | None:
    match = _BRACKETS.match(text, block.body, block.end)
    if not match or not block.label or block.label.is_bullet:
        return None
    group = match.lastgroup or "a"
    if group == "c" and block.label.style != "article":
        return None
    inner = match[group]
    if _FINITE.search(inner) or len(inner.split()) > MOST_WORDS or inner in ("seen", "recalled"):
        return None
    return match.span(group), _skip(text, match.end(), block.end)


def _emphasised(text: str, block: Block) -> Opening | None:
    """The heading of "**(1) Foo.** Text" and "(1) **Foo.** Text"."""
    start, end = block.body, block.end
    stop = block.strong_end
    if not stop:
        mark = re.compile(r"[*_]{1,3}(?=\S)").match(text, start, end)
        if not mark:
            return None
        start = mark.end()
        stop = text.find(mark[0], start, end)
        marks = len(mark[0])
    else:
        marks = len(text[stop:end]) - len(text[stop:end].lstrip("*_"))
    if stop <= start or stop - start > _LONGEST_LINE:
        return None
    after = stop + marks
    closed = text[stop - 1] in ".:。：" or text[after : after + 1] in (".", ":", "。", "：", "\n", "\r")
    after = _skip(text, after + (text[after : after + 1] in (".", ":", "。", "：")), end)
    if not closed:
        return None
    return Opening((start, stop - (text[stop - 1] in ".:。：")), after)


def _opens_upper(phrase: str) -> bool:
    first = phrase.lstrip("“\"‘'*_《(")[:1]
    return first.isupper() or "\u4e00" <= first <= "\u9fff"


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start
