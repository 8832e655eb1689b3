"""Articles that go on with the list of an article before, without its name: "Before an entry is made", "the person entered".

In a document about other things one article sets up a list, and the next ones of its chapter tell of entries on it, until
one tells of something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.extract.context import Reading
from kb.extract.lists_back import BODILESS
from kb.extract.lists_cutting import unit_of
from kb.extract.lists_slots import cues_in, keeps, makes

_ENTRY = re.compile(  # no "entry into force", "market entry", "on-site entry", "entry and exit", "point of entry"
    r"(?<!market )(?<!site )(?<!data )(?<!point of )(?<!points of )\bentr(?:y|ies)\b(?!,? (?:into|to|and exit|exit|inspection|permit|visa|barrier|point))"
    r"|\b(?:an?|the|each|such|this|every) (?:listing|delisting|inscription|designation)\b(?! of\b)|(?<!financial )(?<!social )\binclusion\b(?! (?:of|in|into)\b)"
    r"|\b(?:removed|struck|taken) (?:off|from) it\b|\b(?:those|persons|units|parties|enterprises) on it\b"
    r"|\bearly (?:removal|deletion)\b"
)
_SUCH = re.compile(  # those who were entered, by a participle
    r"\b(?:the|an?|any|such|every|each|those) (?:(?:[a-z]+ ){1,4}?(?:so )?(?:entered|included|inscribed|listed)|(?:[a-z]+ )so recorded)\b(?! (?:into|in|as|under|above|below|among|within)\b)"
    r"|\b(?:the|an?|any|such|every|each|those) (?:listed|included|delisted|inscribed) (?!compan)[a-z]+"
)
_PARTICIPLES = ("entered", "included", "inscribed", "listed", "recorded")  # a look for them is cheaper than for _SUCH
_PUT = re.compile(
    r"\b(?:be|is|are) (?:also |then )?(?:entered|listed|included|recorded|inscribed|registered|put|placed|added)\b"
)
_GAP = 1  # articles in between that say nothing of an entry
Lists = tuple[int, ...]  # by index


@dataclass
class _Article:
    """The lists that an article names, and what it says of listing."""

    named: Lists = ()
    founds: bool = False  # whether it sets up, keeps or fills a list that it names
    puts: bool = False  # whether it says that somebody is entered
    goes_on: bool = False  # whether it speaks of entries


def onward(reading: Reading, unnamed: str, named: Sequence[tuple[int, int]]) -> Mapping[str, Lists]:
    """The lists that articles go on with, by the eId of the article; `named` has the places of names and their lists, in order."""
    articles = _articles(reading, unnamed, named)
    found: dict[str, Lists] = {}
    chapter = ""
    lists: Lists = ()
    between: list[str] = []
    for eid, article in articles.items():
        parent = reading.by_eid[eid].parent
        if parent != chapter or (article.named and not {*article.named} & {*lists}):
            chapter, lists, between = parent, (), []
        if article.named:
            lists, between = (article.named if article.founds or article.puts else lists), []
        elif lists and article.goes_on:
            found.update(dict.fromkeys([*between, eid], lists))
            between = []
        elif len(between) == _GAP:
            lists, between = (), []
        else:
            between.append(eid)
    return found


def _articles(reading: Reading, unnamed: str, named: Sequence[tuple[int, int]]) -> dict[str, _Article]:
    """The articles of the document in order, by their eId."""
    articles: dict[str, _Article] = {}
    for leaf in reading.leaves:
        if leaf.kind in BODILESS:
            continue
        article = articles.setdefault(unit_of(reading, leaf), _Article())
        words = unnamed[leaf.start : leaf.end]
        own = {index for place, index in named if leaf.start <= place < leaf.end}
        if own:
            article.named = tuple(sorted({*article.named, *own}))
            article.founds |= keeps(words) or makes(words) or any(slot == "entry" for slot, _ in cues_in(words))
        words = words.lower()
        article.puts = article.puts or _PUT.search(words) is not None
        article.goes_on = article.goes_on or _goes_on(words)
    return articles


def _goes_on(words: str) -> bool:
    """Whether words of small letters speak of an entry, or of somebody entered."""
    if _ENTRY.search(words) is not None:
        return True
    return any(participle in words for participle in _PARTICIPLES) and _SUCH.search(words) is not None
