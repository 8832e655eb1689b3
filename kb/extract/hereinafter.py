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


_QUOTED = r"(?:[*_]{0,3}[\"“‘'«][^\"”’'»()（）\n]{2,80}[\"”’'»][*_]{0,3}|»[^«»()（）\n]{2,80}«)"
_SAID = (
    r"(?:collectively|together|jointly|each|short|for[ ]short|in[ ]short|in[ ]brief|abbreviated(?:[ ](?:as|to))?|or|i\.e\.|that[ ]is"
    r"|(?:here[ ])?(?:referred[ ]to|known|designated)(?:[ ]here)?[ ]as|(?:here[ ])?called|from[ ]now[ ]on|in[ ]the[ ]following|in[ ]what[ ]follows|from[ ]here[ ]on"
    r"|in[ ](?:either|each|any|both)[ ]cases?|in[ ]th(?:is|ese)[ ]\w+|each[ ]of[ ]them|both|all|individually|respectively)"
)
_TAIL = r"(?:below|hereinafter|hereafter|henceforth|for[ ]short|in[ ]short|in[ ]what[ ]follows|from[ ]here[ ]on|(?:for[ ]the[ ]purposes?[ ]of|in)[ ]th(?:is|ese)[ ]\w+|in[ ]the[ ]following|the[ ]same[ ](?:below|hereinafter))"
_SIGN = re.compile(
    rf"""[HhBb(（](?:
        (?<=[Hh])(?:ere(?:in)?after|enceforth)
      | (?<=[Bb])elow(?:,?[ ](?:referred|called|as|["“])|[:：][ ]?["“‘'《]|(?<=[(（].{{5}})(?:[:：,][ ]|[ ](?:the|an?)[ ]["“])|(?<=[,;][ ].{{5}})[:：,][ ](?:the[ ])?[A-Z][\w -]{{1,60}}[)）])
      | (?<=[(（])(?:[^"“‘'()（）\n]{{1,60}}[,;:][ ])?(?:(?:called|known[ ]as|referred[ ]to[ ]as|designated)[ ])?(?:(?:the|an?)\s+)?{_QUOTED}
          ,?[ ]{_TAIL}[)）]
      | (?<=[(（])(?:each|any|every|both|all|including|such|being)\b[^"“‘'()（）\n]{{1,80}},[ ](?:the|an?|together|collectively)[ ]{_QUOTED}[)）]
      | (?<=[(（])(?:abbreviated(?:[ ](?:as|to))?|(?:in|for)[ ]short|in[ ]what[ ]follows|in[ ]the[ ]following|from[ ](?:here|now)[ ]on)
          [,:]?[ ](?:the[ ])?[A-Z][\w’' -]{{1,60}}[)）]
      | (?<=[(（])(?:the[ ])?[A-Z][\w’' -]{{1,60}},?[ ](?:for|in)[ ]short[)）]
      | (?<=[(（])(?:{_SAID}[,:]?\s){{0,2}}(?:(?:the|an?)\s+)?{_QUOTED}
          (?:(?:,|,?[ ](?:and|or))[ ](?:(?:each|together|collectively|jointly)[,:]?[ ])?(?:(?:the|an?)[ ])?{_QUOTED}){{0,5}}(?:,?[ ]?[\u4e00-\u9fff]{{2,30}})?[)）]
      | (?<=[(（])(?:the|each[ ]an?|together,?[ ]the)[ ][*][*][A-Z][^*()（）\n]{{1,60}}[*][*][)）])""",
    re.VERBOSE,
)
SHORT_FORM_HINT = re.compile(r"ereafter|ereinafter|enceforth|elow|abbreviat|^short$|^follows$|[\"“‘'«»*_]")
_FORM = re.compile(
    r"""(?:[Hh]ere(?:in)?after|[Bb]elow|[Hh]enceforth)\s*[:,]?\s*
        (?:(?:collectively|jointly|together|simply|briefly|uniformly|respectively|both|all|also|shall\s+be|are|is|be)\s+)*
        (?:as\s+(?:the\s+)?)?(?:(?:referred\s+to|known|called|abbreviated|termed|designated|shortened)\b\s*(?:(?:collectively|simply|jointly|briefly|individually|respectively|for\s+short)\s+)*(?:as|to)?\s*(?:the\s+)?)?
        (?:(?:collectively|respectively)\s+)?(?:(?:the|an?)\s+(?=["“‘'《«»*_]))?[:,]?\s*
        (?:["“‘'《«»](?P<quoted>[^"”'《》«»()（）\n]{2,120})["”’'》«»]|[*_]{1,3}(?P<marked>[^*_()（）\n]{2,80})[*_]{1,3}|(?P<bare>(?:the\s+)?[A-Za-z][^"“”()（）;\n,*]{1,80}))""",
    re.VERBOSE,
)
_FURTHER = re.compile(
    rf"(?:,|,?[ ](?:and|or))[ ](?:(?:each|together|collectively|jointly)[,:]?[ ])?(?:(?:the|an?)[ ])?{_QUOTED}"
)
_BARE = re.compile(
    r"[(（](?:abbreviated(?: as| to)?|(?:in|for) short|in what follows|in the following|from (?:here|now) on|)[,:]?\s*(?:the )?([A-Z].*?)(?:,? (?:for|in) short)?[)）]$"
)
_INNER = re.compile(r"[\"“‘'«»][*_]{0,3}([^\"“”‘’'«»]+?)[*_]{0,3}[\"”’'«»]")
_BOLD = re.compile(r"[*]{2}([^*]+)[*]{2}")
_NAMED = re.compile(r"(?:called|referred\s+to\s+as|known\s+as|termed|designated)\s+(?:the\s+)?[A-Z][^,.;]*$")
_BRACKET = re.compile("[()（）]")
_IS_TOLD = re.compile(r"\s(?:is|are|shall|will)$")  # "the Office of the Leading Group | is hereinafter called …"
_NO_TERM = re.compile(r"^(?:the\s+)?(?:same|below|inclusive|included)\b|^(?:the|apply)$", re.IGNORECASE)
_PLAIN_QUOTE = re.compile(r"[(（][\"“‘'«][a-z][^A-Z\"”’'»]* [^A-Z\"”’'»]*[\"”’'»][)）]")
_PHRASE = 200  # in which a word of several small ones must stand
_REACH = 400  # how far back the opening sign may stand


@lru_cache(maxsize=4)  # citations, definitions and lists ask for the same text
def read_introductions(text: str) -> tuple[Introduction, ...]:
    """The short forms that `text` introduces, in its order."""
    return tuple(_introductions(text))


def _introductions(text: str) -> Iterator[Introduction]:
    for sign in _SIGN.finditer(text):
        yield from _bracketed(text, sign) if sign[0][0] in "(（" else _form(text, sign)


def _bracketed(text: str, sign: re.Match[str]) -> Iterator[Introduction]:
    """A parenthesis that holds quoted short forms alone, after words ("the Outline of 2014 (the "Outline")")."""
    before = text[max(sign.start() - 3, 0) : sign.start()].rstrip(" ")[-1:]
    if not before.isalnum() and before not in {"”", '"', "》", "’", ")", "*", "_", "]", "»"}:
        return
    if _PLAIN_QUOTE.fullmatch(sign[0]) and not _takes_up(sign[0], text[max(sign.start() - _PHRASE, 0) : sign.start()]):
        return
    inner = next((found for form in (_INNER, _BOLD, _BARE) if (found := list(form.finditer(sign[0])))), [])
    for term in inner:
        first, last = sign.start() + term.start(1), sign.start() + term.end(1)
        yield Introduction(sign.start(), sign.end(), first, last, "bracketed-short-form")


def _takes_up(quoted: str, before: str) -> bool:
    """Whether quoted small words shorten the phrase before their parenthesis: "the provincial credit body (“credit body”)"."""
    return any(word in before for word in re.findall(r"[a-z]{3,}", quoted))


def _form(text: str, sign: re.Match[str]) -> Iterator[Introduction]:
    form = _FORM.match(text, sign.start())
    if not form:
        return
    group = next(name for name in ("quoted", "marked", "bare") if form[name])
    if _NO_TERM.match(form[group]):
        return
    opened = _open_bracket(text, sign.start())
    if opened < 0 or "\n" in text[opened : sign.start()]:
        yield from _unbracketed(text, form, group)
        return
    terms = [form.span(group), *_further_terms(text, form.end())]
    close = re.compile(r"[^()（）\n]{0,200}[)）]").match(text, max(form.end(), terms[-1][1]))
    if close is None:
        return
    for first, last in terms:
        yield Introduction(opened, close.end(), first, first + len(text[first:last].rstrip(" .")), "hereinafter")


def _open_bracket(text: str, at: int) -> int:
    """The sign that opens the parenthesis around an offset; -1 where none does."""
    closed = 0
    for bracket in reversed(list(_BRACKET.finditer(text, max(at - _REACH, 0), at))):
        closed += 1 if bracket[0] in ")）" else -1
        if closed < 0:
            return bracket.start()
    return -1


def _further_terms(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The others of 'hereinafter respectively “A”, “B” and “C”'."""
    while further := _FURTHER.match(text, at):
        inner = _INNER.search(text, at, further.end())
        if inner is None:
            return
        yield inner.span(1)
        at = further.end()


def _unbracketed(text: str, form: re.Match[str], group: str) -> Iterator[Introduction]:
    """', hereinafter referred to as “the Conference”,': between commas, quoted or with a capital behind a verb of naming."""
    end = form.end(group)
    if group == "bare":  # '... is hereinafter called the Office. It ...'
        stop = text.find(". ", form.start(group), end)
        end = form.start(group) + len(text[form.start(group) : stop if stop > 0 else end].rstrip(" ."))
        if not (_NAMED.search(text[form.start() : end]) and text[end : end + 1] in ",.;"):
            return
    opened = len(text[: form.start()].rstrip(" ,，"))
    is_told = _IS_TOLD.search(text, max(opened - 10, 0), opened)
    opened = is_told.start() if is_told else opened
    if form[0][0] in "Bb" and text[opened : form.start()].isspace():  # "the table below: “boats” are in row 2"
        return
    yield Introduction(opened, max(end, form.end()), form.start(group), end, "hereinafter")
