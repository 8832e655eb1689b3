"""Lists by the headings of a document: parts that are about one, names that stand in a heading alone, titles that speak of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.extract.context import Reading
from kb.extract.lists_cutting import UNREAD
from kb.extract.lists_likeness import NamedList, canonical, home_of, telling
from kb.extract.lists_names import HEAD, HEADS, ListMention, content_words, kind_of, read_mentions
from kb.model import DocumentKind, ListKind, Provision

_LIST_HEADING = re.compile(r"^\W*List: (.+?)[\s*#_]*$")
_ABOUT_LISTS = re.compile(
    rf"\b(?:black|red)[ -]?lists?\b|\b{HEADS}\b(?! of (?:measures|cities|the first))|\bserious violators\b|\bdefaulters\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\bjoint(?:ly)?\s+(?:credit\s+|and\s+)?(?:punish|penali|penalt|disciplin|sanction|incentiv|reward|constrain|restrain|restrict)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^(?:(?:chapter|part|section) )?[(（]?(?:[A-Z]|[IVXivx]+|\d+|[a-z])[.)）:、]\s*|^(?:chapter|part|section) \w+\s+",
    re.IGNORECASE,
)
PUT_ON_IT = re.compile(
    rf"\b(?:placed|put|enters?|entered|included|inscribed|recorded|listed|added|written|registered|goe?s?)\b(?: \w+)?? (?:there(?:in|on)?\b|(?:on|onto|in|into) (?:it\b|(?:the|this|that|such) {HEADS}\b))"
)

_SETTING_UP = (
    r"(?:establish|build|creat|introduc|implement|improv|perfect|complet|compil|publi(?:sh|c)|issu|maintain|launch|strengthen|explor|standardi[sz]|determin|manag|administ|operat|develop|form)\w*"
    r"|(?:set(?:ting)?|draw(?:ing)?) up|keep(?:ing)?|apply(?:ing)?|application|us(?:e|ing)|run(?:ning)?|putting in place|carry(?:ing)? out"
)
_SETS_UP = re.compile(  # "Establishing and improving the |blacklist of …|"
    rf"(?:(?:{_SETTING_UP})(?:, | and |, and ))*(?:{_SETTING_UP})(?: of| and use of)? (?:(?:the|an?|its|our|such|unified|credit) )*[\"“‘]?",
    re.IGNORECASE,
)


def is_about_lists(reading: Reading) -> bool:
    """Whether the whole document is about lists: its title says so."""
    meta = reading.document.meta
    titles = f"{meta.title} {meta.short_title}"
    is_joint = meta.kind is DocumentKind.MEMORANDUM and bool(_JOINT.search(titles))
    return is_joint or bool(_ABOUT_LISTS.search(titles))


def list_headings(reading: Reading) -> Iterator[tuple[Provision, re.Match[str]]]:
    for provision in reading.document.provisions:
        match = _LIST_HEADING.match(provision.heading)
        if match and not provision.leaf:
            yield provision, match


def from_heading(reading: Reading, provision: Provision, match: re.Match[str]) -> NamedList:
    """A list with a part of a digest to itself; its kind by its heading, else by the first sentence below."""
    text = reading.document.text[provision.text_start : provision.end]
    rule = kind_of(match[1])
    if rule is None or rule.kind == "none":
        rule = next(
            (found for line in text.split("\n")[1:4] if (found := kind_of(line)) and found.kind != "none"), None
        )
    kind = ListKind(rule.kind) if rule else ListKind.OTHER
    return NamedList(kind, canonical(content_words(match[1])), heading=match[1], section=provision.eid)


def headed_alone(reading: Reading, lists: Sequence[NamedList]) -> list[NamedList]:
    """Lists that only the heading of their part names, in a document on lists: "A. Water abstraction blacklist"."""
    found: list[NamedList] = []
    for provision in reading.document.provisions if is_about_lists(reading) else ():
        name = _NUMBER.sub("", provision.heading)
        mention = next(read_mentions(name, 0, len(name)), None) if provision.kind not in UNREAD else None
        words = telling(mention) if mention and (mention.start, mention.end) == (0, len(name)) else frozenset()
        if mention and words and not home_of([*lists, *found], mention.kind, words):
            found.append(NamedList(mention.kind, words, heading=name, section=provision.eid))
    return found


def named_in_headings(reading: Reading) -> list[ListMention]:
    """The lists to which a heading and what stands below it give being."""
    return [*_set_up_in_headings(reading), *_put_on_in_headings(reading)]


def _set_up_in_headings(reading: Reading) -> Iterator[ListMention]:
    """Names of lists that a heading orders to be set up: "5. Establish the list of …"; by its colour alone one that its part names no further."""
    for provision, start, found in _names_in_headings(reading):
        if _SETS_UP.fullmatch(reading.flowing, start, found[0].start):
            yield from (each for each in found if _is_named_here(reading, provision, each))


def _put_on_in_headings(reading: Reading) -> Iterator[ListMention]:
    """In a document on other things, headings that are the name of a list onto which their part puts somebody: "2. Attention list."."""
    for provision, start, found in () if is_about_lists(reading) else _names_in_headings(reading):
        is_whole = found[0].start == start and found[0].name == _NUMBER.sub("", provision.heading)
        is_filled = is_whole and PUT_ON_IT.search(reading.flowing, start, provision.end)
        if is_filled and _is_named_here(reading, provision, found[0]):
            yield found[0]


def _is_named_here(reading: Reading, provision: Provision, mention: ListMention) -> bool:
    """Whether the part below a heading names no list of the kind that the heading tells by its colour alone."""
    if telling(mention):
        return True
    below = read_mentions(reading.flowing, mention.end, provision.end)
    return all(each.kind is not mention.kind for each in below)


def _names_in_headings(reading: Reading) -> Iterator[tuple[Provision, int, list[ListMention]]]:
    """The headings that name lists, with their place and the names."""
    for provision, start, name in headings(reading):
        found = read_mentions(name, 0, len(name)) if HEAD.search(name) else ()
        placed = [replace(each, start=start + each.start, end=start + each.end) for each in found]
        if placed:
            yield provision, start, placed


def headings(reading: Reading) -> Iterator[tuple[Provision, int, str]]:
    """The parts with a heading, where it begins in the text behind its number, and its words."""
    for provision in reading.document.provisions:
        name = _NUMBER.sub("", provision.heading)
        start = reading.flowing.find(name, provision.start, provision.end) if name else -1
        if start >= 0 and provision.kind not in UNREAD:
            yield provision, start, name
