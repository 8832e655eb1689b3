"""Short forms that a parenthesis introduces: "(hereinafter collectively “information subjects”)", '(the "Outline")'.

Read once, used twice: such a term is a definition, and behind the title of an instrument it is a name to cite it by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Introduction:
    """A parenthesis and the short form in it; `open` is the offset of the sign that opens it, `end` that after it closes."""

    open: int
    end: int
    term_start: int
    term_end: int
    rule: str


_SIGN = re.compile(
    r"""[HhBb(（](?:
        (?<=[Hh])(?:ere(?:in)?after|enceforth)
      | (?<=[Bb])elow(?:,?[ ](?:referred|called|as|["“])|[:：][ ]?["“‘'《]|(?<=[(（].{5})(?:[:：][ ]|[ ](?:the|an?)[ ]["“]))
      | (?<=[(（])(?:[^"“‘'()（）\n]{1,60}[,;:][ ])?(?:(?:the|an?)\s+)?["“‘'][^"”’'()（）\n]{2,80}["”’']
          ,?[ ](?:below|hereinafter|hereafter|henceforth|in[ ]the[ ]following|in[ ]th(?:is|ese)[ ]\w+)[)）]
      | (?<=[(（])(?:abbreviated(?:[ ](?:as|to))?|(?:in|for)[ ]short|in[ ]what[ ]follows|in[ ]the[ ]following|from[ ]here[ ]on)
          [,:]?[ ](?:the[ ])?[A-Z][\w’' -]{1,60}[)）]
      | (?<=[(（])(?:the[ ])?[A-Z][\w’' -]{1,60},?[ ](?:for|in)[ ]short[)）]
      | (?<=[(（])(?:(?:collectively|together|jointly|each|short|for[ ]short|in[ ]short|in[ ]brief|abbreviated(?:[ ](?:as|to))?
            |(?:here[ ])?(?:referred[ ]to|known|designated)(?:[ ]here)?[ ]as|called|in[ ]the[ ]following|in[ ]what[ ]follows|from[ ]here[ ]on)[,:]?\s){0,2}
          (?:(?:the|an?)\s+)?["“‘'][^"”’'()（）\n]{2,80}["”’']
          (?:,?[ ](?:below|hereinafter|hereafter|henceforth|for[ ]short|in[ ]short|in[ ]what[ ]follows|from[ ]here[ ]on))?[)）])""",
    re.VERBOSE,
)
SHORT_FORM_HINT = re.compile(r"ereafter|ereinafter|enceforth|elow|abbreviat|^short$|^follows$|[\"“‘']")
_FORM = re.compile(
    r"""(?:[Hh]ere(?:in)?after|[Bb]elow|[Hh]enceforth)\s*[:,]?\s*
        (?:(?:collectively|jointly|together|simply|briefly|uniformly|both|all|also|shall\s+be|are|is)\s+)*
        (?:as\s+(?:the\s+)?)?(?:(?:referred\s+to|known|called|abbreviated|termed|designated|shortened)\b\s*(?:(?:collectively|simply|jointly|briefly|for\s+short|individually)\s+)*(?:as|to)?\s*(?:the\s+)?)?
        (?:collectively\s+)?(?:(?:the|an?)\s+(?=["“‘'《]))?[:,]?\s*
        (?:["“‘'《](?P<quoted>[^"”'《》()（）\n]{2,120})["”’'》]|(?P<bare>(?:the\s+)?[A-Za-z][^"“”()（）;\n,]{1,80}))""",
    re.VERBOSE,
)
_BARE = re.compile(
    r"[(（](?:abbreviated(?: as| to)?|(?:in|for) short|in what follows|in the following|from here on|)[,:]?\s*(?:the )?([A-Z].*?)(?:,? (?:for|in) short)?[)）]$"
)
_NO_TERM = re.compile(r"^(?:the\s+)?(?:same|below|inclusive|included)\b|^(?:the|apply)$", re.IGNORECASE)
_REACH = 400  # how far back the opening sign may stand


@lru_cache(maxsize=4)  # citations, definitions and lists ask for the same text
def read_introductions(text: str) -> tuple[Introduction, ...]:
    """The short forms that `text` introduces, in its order."""
    return tuple(_introductions(text))


def _introductions(text: str) -> Iterator[Introduction]:
    for sign in _SIGN.finditer(text):
        found = _bracketed(text, sign) if sign[0][0] in "(（" else _form(text, sign)
        if found:
            yield found


def _bracketed(text: str, sign: re.Match[str]) -> Introduction | None:
    """A parenthesis that holds a quoted short form alone, after words ("the Outline of 2014 (the "Outline")")."""
    before = text[max(sign.start() - 3, 0) : sign.start()].rstrip(" ")[-1:]
    if not before.isalnum() and before not in {"”", '"', "》", "’", ")", "*", "_", "]"}:
        return None
    inner = re.search(r"[\"“‘'](.+)[\"”’']", sign[0]) or _BARE.match(sign[0])
    if inner is None:
        return None
    return Introduction(
        sign.start(), sign.end(), sign.start() + inner.start(1), sign.start() + inner.end(1), "bracketed-short-form"
    )


def _form(text: str, sign: re.Match[str]) -> Introduction | None:
    form = _FORM.match(text, sign.start())
    if not form:
        return None
    group = "quoted" if form["quoted"] else "bare"
    if _NO_TERM.match(form[group]):
        return None
    opened = max(
        text.rfind("(", max(sign.start() - _REACH, 0), sign.start()),
        text.rfind("（", max(sign.start() - _REACH, 0), sign.start()),
    )
    if opened < 0 or "\n" in text[opened : sign.start()]:
        return _unbracketed(text, form, group)
    close = re.compile(r"[^()（）\n]{0,200}[)）]").match(text, form.end())
    if close is None:
        return None
    end = form.end(group)
    while text[end - 1] in " .":
        end -= 1
    return Introduction(opened, close.end(), form.start(group), end, "hereinafter")


def _unbracketed(text: str, form: re.Match[str], group: str) -> Introduction | None:
    """', hereinafter referred to as “the Conference”,': between commas, and then quoted."""
    if group != "quoted":
        return None
    opened = len(text[: form.start()].rstrip(" ,，"))
    return Introduction(opened, form.end(), form.start(group), form.end(group), "hereinafter")
