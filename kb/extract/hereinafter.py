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


_QUOTED = (
    r"[*_]{0,3}(?:“[^“”()（）\n]{2,80}”|\"[^\"“”()（）\n]{2,80}\"|‘(?:[^“”‘’()（）\n]|’(?=\w)){2,80}’"
    r"|'(?:[^\"“”'()（）\n]|'(?=\w)){2,80}'(?!\w)|«[^«»()（）\n]{2,80}»|»[^«»()（）\n]{2,80}«)[*_]{0,3}"
)
_SIGN = re.compile(
    rf"""[HhBb(（\[,，—–](?:
        (?<=[Hh])(?:ere(?:in)?after|enceforth)
      | (?<=[Bb])elow(?:,?[ ](?:referred|called|as|["“])|[:：][ ]?["“‘'《]|(?<=[(（].{{5}})(?:[:：,][ ]|[ ](?:the|an?)[ ]["“])|(?<=[,;][ ].{{5}})[:：,][ ](?:the[ ])?[A-Z][\w -]{{1,60}}[)）])
      | (?<=[(（\[])
      | (?<=[,，—–])[ ](?:collectively|together|jointly|i\.\s?e\.|that[ ]is|(?:here[ ](?:called|termed)|referred[ ]to[ ]here[ ]as))[,:]?[ ]
          (?:(?:the|an?)[ ])?(?P<apposed>{_QUOTED})(?=[ ]?[,.;)—–]))""",
    re.VERBOSE,
)
_INSIDE = re.compile(
    r"[(（](?P<round>(?:[^()（）\n]|[(（][^()（）\n]{1,60}[)）]){2,300})[)）]"
    r"|\[(?P<square>(?:[^()（）\[\]\n]|[(（][^()（）\n]{1,60}[)）]){2,300})\]"
)
_QUOTE = re.compile(_QUOTED)
_NAMING = re.compile(
    r"\b(?:(?:(?:for[ ]the[ ]purposes?[ ]of|in|under|throughout)[ ])th(?:is|ese)[ ][A-Z]\w+(?:[ ][A-Z]\w+){0,3}"
    r"|in[ ](?:the[ ])?(?:following|text[ ]below|what[ ]follows|short|brief|(?:either|each|any)[ ]case|both[ ]cases)|what[ ]follows"
    r"|from[ ](?:here|now)[ ]on|for[ ]short|(?:to[ ]be[ ])?(?:here[ ])?(?:referred[ ]to|known|designated)(?:[ ](?:here|below))?[ ]as"
    r"|(?:to[ ]be[ ])?(?:here[ ])?(?:called|termed|named)|(?:abbreviated|shortened|simplified)(?:[ ](?:as|to))?|abbr(?:eviation)?\b\.?"
    r"|short(?:[ ](?:form|title|name))?|(?:any|each|all|both|either)[ ](?:one[ ])?of[ ](?:them|these|which)|the[ ]foregoing|the[ ]same(?:[ ]applies)?"
    r"|i\.\s?e\.|that[ ]is|we[ ]call[ ](?:it|them)|here(?:in)?after|here(?:in)?|below|henceforth|the|an?|each|any|every|all|both|collectively|together"
    r"|jointly|individually|respectively|severally|simply|briefly|or|and)(?![\w’'])"
)
_NAMES_NOTHING = re.compile(r"[^\W\u4e00-\u9fff]")  # a word is left that is no word of naming, and not Chinese
_INTRODUCED = re.compile(r"\s*(?:here(?:in)?after|below|henceforth)\b", re.IGNORECASE)
_PART = re.compile(r"[,;:，；：—–]")
_EXAMPLES = re.compile(
    r"(?:such as|e\.\s?g\.|for example|for instance|see|cf\.?|like|among|except|namely|viz\.?)\b", re.IGNORECASE
)
SHORT_FORM_HINT = re.compile(r"ereafter|ereinafter|enceforth|elow|abbreviat|^short$|^follows$|[\"“‘'«»*_(（]")
_FORM = re.compile(
    r"""(?:[Hh]ere(?:in)?after|[Bb]elow|[Hh]enceforth)\s*[:,=]?\s*
        (?:(?:collectively|jointly|together|simply|briefly|uniformly|respectively|both|all|also|shall\s+be|are|is|to\s+be|be|(?:in|for)\s+short:?|in\s+brief:?)\s+)*
        (?:as\s+(?:the\s+)?)?(?:(?:referred\s+to|known|called|abbreviated|termed|designated|shortened)\b\s*(?:(?:collectively|simply|jointly|briefly|individually|respectively|for\s+short)\s+)*(?:as|to)?\s*(?:the\s+)?)?
        (?:(?:collectively|respectively)\s+)?(?:(?:the|an?)\s+(?=["“‘'《«»*_]))?[:,]?\s*
        (?:["“‘'《«»](?P<quoted>[^"”'《》«»()（）\n]{2,120})["”’'》«»]|[*_]{1,3}(?P<marked>[^*_()（）\n]{2,80})[*_]{1,3}|(?P<bare>(?:the\s+)?[A-Za-z][^"“”()（）;\n,*]{1,80}))""",
    re.VERBOSE,
)
_FURTHER = re.compile(
    rf"(?:,|,?[ ](?:and|or))[ ](?:(?:each|together|collectively|jointly)[,:]?[ ])?(?:(?:the|an?)[ ])?{_QUOTED}"
)
_BARE = re.compile(
    r"(?P<cue>(?:abbreviated(?: as| to)?|abbr\.|(?:in|for) short|short(?: form| title| name)?(?=:)|in what follows|in the following|from (?:here|now) on)"
    r"[,:]?\s+)?(?P<article>the )?(?P<term>[A-Z][\w’' -]{1,60}?)(?P<tail>,? (?:for|in) short)?"
)
_INNER = re.compile(r"[\"“‘'«»][*_]{0,3}([^\"“”‘’'«»]+?)[*_]{0,3}[\"”’'«»]")
_BOLD = re.compile(r"[*]{2}[^*\n]{2,80}[*]{2}")
_NAMED = re.compile(r"(?:called|(?:referred\s+to|known|below)\s+as|termed|designated)\s+(?:the\s+)?[A-Z][^,.;]*$")
_TO_NAME = ("referred to", "called", "known")  # "referred to below as the Office"
_BRACKET = re.compile("[()（）]")
_IS_TOLD = re.compile(r"\s(?:is|are|shall|will)$")  # "the Office of the Leading Group | is hereinafter called …"
_NO_TERM = re.compile(r"^(?:the\s+)?(?:same|below|inclusive|included)\b|^(?:the|apply)$", re.IGNORECASE)
_PLAIN_QUOTE = re.compile(r"[\"“‘'«][a-z][^A-Z\"”’'»]* [^A-Z\"”’'»]*[\"”’'»]")
_RULE = "bracketed-short-form"
_MARKS = "*_\"“”‘’'«»"
_PHRASE = 200  # in which a word of several small ones must stand
_REACH = 400  # how far back the opening sign may stand


@lru_cache(maxsize=4)  # citations, definitions and lists ask for the same text
def read_introductions(text: str) -> tuple[Introduction, ...]:
    """The short forms that `text` introduces, in its order."""
    return tuple(_introductions(text))


def _introductions(text: str) -> Iterator[Introduction]:
    reached = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < reached:
            continue
        if sign["apposed"]:
            found = [_named(sign.start(), sign.end(), sign.start("apposed"), sign["apposed"], "hereinafter")]
        else:
            found = [*(_bracketed(text, sign.start()) if sign[0] in "(（[" else _form(text, sign))]
        yield from found
        reached = max((introduction.end for introduction in found), default=reached)


def _bracketed(text: str, opened: int) -> Iterator[Introduction]:
    """A parenthesis whose last words say no more than how something is named ("the Outline (Guofa [2014] No. 21; the "Outline")")."""
    bracket = _INSIDE.match(text, opened)
    before = text[max(opened - 3, 0) : opened].rstrip(" ")[-1:]
    if not bracket or not (before.isalnum() or before in {"”", '"', "》", "’", ")", "*", "_", "]", "»"}):
        return
    inside, start = bracket["round"] or bracket["square"], opened + 1
    phrase = text[max(opened - _PHRASE, 0) : opened]
    quotes = list(_QUOTE.finditer(inside)) or list(_BOLD.finditer(inside))
    if not quotes:
        bare = _BARE.fullmatch(inside)
        if bare and (bare["cue"] or bare["tail"] or (bare["article"] and _takes_up(bare["term"], phrase))):
            yield Introduction(opened, bracket.end(), start + bare.start("term"), start + bare.end("term"), _RULE)
        return
    lead, rest = inside[: quotes[0].start()], _QUOTE.sub("", inside[quotes[0].end() :])
    naming = _naming(lead, told_behind=bool(rest.strip()))
    is_bold_alone = not lead and quotes[0][0].startswith("**") and not _QUOTE.match(quotes[0][0])
    if naming is None or is_bold_alone or _says_more(rest):
        return
    if _PLAIN_QUOTE.fullmatch(inside) and not _takes_up(inside, phrase):
        return
    rule = "hereinafter" if _INTRODUCED.match(naming) else _RULE
    for quote in quotes:
        if re.search("[A-Za-z]", quote[0]):
            yield _named(opened, bracket.end(), start + quote.start(), quote[0], rule)


def _naming(lead: str, *, told_behind: bool) -> str | None:
    """The words of naming before a quoted term, behind what else the parenthesis says; None where others stand before it."""
    if not _says_more(lead):
        return lead
    parts = list(_PART.finditer(lead))
    if not parts or _EXAMPLES.match(lead):
        return None
    naming = lead[parts[-1].end() :]
    return None if _says_more(naming) or not (naming.strip() or told_behind or parts[-1][0] in ";；") else naming


def _says_more(words: str) -> bool:
    """Whether other words stand here than those that name."""
    return _NAMES_NOTHING.search(_NAMING.sub("", words)) is not None


def _named(opened: int, end: int, start: int, quote: str, rule: str) -> Introduction:
    """The introduction of a quoted term, without the marks around it."""
    term = quote.strip(_MARKS)
    first = start + quote.index(term)
    return Introduction(opened, end, first, first + len(term), rule)


def _takes_up(quoted: str, before: str) -> bool:
    """Whether quoted small words shorten the phrase before their parenthesis: "the provincial credit body (“credit body”)"."""
    return any(word in before for word in re.findall(r"[A-Za-z][a-z]{2,}", quoted))


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
    is_place = form[0][0] in "Bb" and text[opened : form.start()].isspace()
    if is_place and not text.endswith(_TO_NAME, 0, opened):  # "the table below: “boats” are in row 2"
        return
    yield Introduction(opened, max(end, form.end()), form.start(group), end, "hereinafter")
