"""Short forms of the names of lists: 'the list of vehicles with repeated offences (the "overload list")' is later "the overload list".

A parenthesis introduces a short form for the name just before it; where the short form is itself the name of a list, words
may stand between ("a list of enterprises that broke trust in the field of quality (hereinafter the “blacklist”)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.extract.hereinafter import Introduction, read_introductions
from kb.extract.lists_names import HEAD, ListMention, content_words, singular

_BETWEEN = re.compile(r"[^.;:()（）]{0,60}[\"”’)]?\s*")
_JOINTLY = re.compile(r"\b(?:jointly|collectively|together|both|all)\b")
_STOP = re.compile(r"[.;:\n]")
_QUOTE = '"”’'
_COLOURED = re.compile(r"(?:black|red)[ -]?list", re.IGNORECASE)
_SMALL = 4  # letters of a word that has no capital in a title
_LONG = 6  # words of a name that gives way to "blacklist", its short form
_CAPITAL = re.compile(r"List|Roll|Register|Registry|Roster|Ledger|Directory|Record|Book|Board")
_OFTEN = 3  # times that a short form is used, its introduction included

Introduced = tuple[ListMention, Introduction]


def form_of(name: str) -> str:
    """A name as it is compared: lower case, singular, "black list" one word."""
    words = " ".join(singular(word.strip("’'")) for word in re.findall(r"[\w’'-]+", name.lower()))
    return re.sub(r"\b(black|red)[ -]list\b", r"\1list", words)


def introduced(text: str, mentions: Sequence[ListMention]) -> list[Introduced]:
    """The names that a parenthesis shortens, with the parenthesis, in text order."""
    found = []
    for introduction in read_introductions(text):
        before = [m for m in mentions if m.end <= introduction.open]
        if before and _belongs(text, before[-1], introduction) and not _is_for_several(text, before, introduction):
            found.append((before[-1], introduction))
    return found


def _belongs(text: str, mention: ListMention, introduction: Introduction) -> bool:
    behind = mention.end + (text[mention.end : mention.end + 1] in _QUOTE)
    if introduction.open - behind <= 1:
        return True
    is_list = HEAD.search(text, introduction.term_start, introduction.term_end)
    return is_list is not None and _BETWEEN.fullmatch(text, mention.end, introduction.open) is not None


def _is_for_several(text: str, before: Sequence[ListMention], introduction: Introduction) -> bool:
    """Whether a short form stands for all names of its sentence: "the honour list and the blacklist (jointly the “credit lists”)"."""
    if not text[introduction.term_start : introduction.term_end].lower().endswith("lists"):
        return False
    is_joint = _JOINTLY.search(text, introduction.open, introduction.term_start)
    return bool(is_joint) and len(before) > 1 and not _STOP.search(text, before[-2].end, before[-1].start)


def term_of(text: str, introduction: Introduction) -> str:
    """The short form without its article."""
    return re.sub(r"^[Tt]he\s+", "", text[introduction.term_start : introduction.term_end])


def shown_name(full: str, short: str, title: str, text: str, *, is_heading: bool = False) -> str:
    """Which of the two a list is called by: the full one, unless it is long beside a colour, or the title has the short one.

    A long one also gives way to a short form that is the heading of its part ("2.1 Train List.").

    A short form that goes on to be used is what the list is called as well: both are shown, "list of people barred from flying
    (no-fly list)". One in small letters, which is no label of the draftsman, is shown alone beside a long name.
    """
    is_colour = _COLOURED.fullmatch(short) and not _COLOURED.search(full)
    is_long = len(full.split()) > _LONG
    is_titled = content_words(short) and short.lower() in title.lower() and full.lower() not in title.lower()
    if is_titled or (is_heading and is_long) or (is_colour and is_long and not _is_proper(full)):
        return short
    is_called = content_words(short) and short.lower() not in full.lower() and text.count(short) >= _OFTEN
    if is_called and is_long and short.islower() and not short.endswith("lists"):  # which stands for several
        return short
    return f"{full} ({short})" if is_called else full


def _is_proper(name: str) -> bool:
    """Whether a name is printed as a proper name: "List of Parties to Seriously Illegal Tax Cases"."""
    words = [word for word in name.split() if len(word) > _SMALL]
    return all(word[0].isupper() for word in words)


def bare_head(name: str) -> str:
    """The head of a name printed in capitals, by which alone the list may be called: "the Roll"; "" where there is none."""
    head = _CAPITAL.search(name)
    return head[0] if head else ""


def bare_places(text: str, head: str, start: int) -> Iterator[int]:
    """Offsets behind `start` at which a list is called by its head alone."""
    core = re.compile(rf"\b[Tt]he {head}\b(?! [A-Z(]| of\b)")
    yield from (match.start() for match in core.finditer(text, start))


def places_of(text: str, own: Sequence[Introduced]) -> Iterator[int]:
    """Offsets of the short forms behind their introduction: "the List", "the grey sheet"."""
    for _, introduction in own:
        term = term_of(text, introduction)
        article = r"\b" if _is_proper(term) and " " in term else r"\b(?:[Tt]he|[Tt]his|[Ss]uch|[Ss]aid) "
        core = re.compile(article + re.escape(term) + r"\b")
        yield from (match.start() for match in core.finditer(text, introduction.end))
