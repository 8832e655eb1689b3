"""Where a document means a list that it has named before, without its name: "the register", "on the list", "listed suppliers".

"Article 20  A list of seriously untrustworthy entities is kept. … Article 26  Before it is put on the list, an entity shall be
told why": Article 26 is about the list of Article 20.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from kb.extract.context import Reading
from kb.extract.lists_cutting import unit_of
from kb.extract.lists_likeness import NamedList
from kb.model import DocumentKind

BODILESS = frozenset({"preface", "heading", "note"})
NEVER_ABOUT_LISTS = frozenset(
    {DocumentKind.PLAN, DocumentKind.LAW, DocumentKind.ADMINISTRATIVE_REGULATION, DocumentKind.LOCAL_REGULATION}
)
_ON_THE_LIST = re.compile(  # "removed from such list": a list of persons named before, but no "list of drugs"
    r"(?:\b(?:on|onto|from|off|out\s+of)|\b(?:enter|includ|plac|record|list|put|add)\w*\s+(?:[\w’'-]+\s+){0,6}?(?:in|into))"
    r"\s+(?:the|such|said|this|that|these|those)\s+[\"“]?(?:lists?|rosters?|registers?|director(?:y|ies)|catalogues?|rolls?|ledgers?)\b(?![\"”]?\s+of\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(  # "suppliers are listed if …", "a listing", "listed suppliers", in the chapter that names the list
    r"\b(?:the|an?|each|every|such) listing\b(?! (?:authorit|department|unit|organ|bod|bureau|procedure|decision))"
    r"|\blisting (?:presupposes|requires|lasts|ends|takes|is|may|shall|must)\b"
    r"|\b(?:is|are|be|been) (?:also |likewise |then )?listed\b(?! (?:in|as|under|above|below|by)\b)"
    r"|\blisted (?!compan|in\b|as\b|above\b|below\b|under\b|on\b|by\b)[a-z]+"
    r"|\bthe (?:black|red)?list (?:shows|contains|states|gives|names|covers|lasts|is (?:published|kept|updated|valid|made|open|public|sent))\b"
    r"|\b(?:de|black|red)-?list(?:ed|s|ing)\b|\bthe lists\b(?! of)",
    re.IGNORECASE,
)
_OWN_HEADS = frozenset(
    "register registers roster rosters directory catalogue namelist roll rolls ledger".split()
)  # said of nothing else
Stretch = tuple[int, int]

_FEWEST = 4  # articles of a chapter that can be about lists


def _is_within(found: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether one of the stretches lies in start:end; they are in order."""
    at = bisect_left(found, (start, 0))
    return at < len(found) and found[at][1] <= end


class Back:
    """Looks for lists meant without their names. `places` are, list by list, the offsets at which it is named."""

    def __init__(self, reading: Reading, lists: Sequence[NamedList], places: Sequence[Sequence[int]]) -> None:
        self._reading, self._text, self._places = reading, reading.flowing, places
        self._is_plan = reading.document.meta.kind is DocumentKind.PLAN  # which has too many lists for that
        words = {word.lower() for n in lists for m in n.mentions for word in (m.name.split()[0], m.name.split()[-1])}
        heads = "|".join(sorted(words & _OWN_HEADS))
        own = rf"\b(?:the|such|said|this)\s+(?:{heads})\b(?!\s+of\b)"
        self._own = re.compile(own, re.IGNORECASE) if heads else None

    def means_list(self, start: int, end: int) -> bool:
        """Whether a stretch speaks of "the list" as of one named before."""
        if self._is_plan:
            return False
        if _is_within(self._on_list, start, end):
            return True
        return _is_within(self._listed, start, end) and self._is_in_chapter(start)

    @cached_property
    def _on_list(self) -> list[Stretch]:
        """Where the text says "on the list", or "the register" where lists are called so."""
        found = [match.span() for match in _ON_THE_LIST.finditer(self._text)]
        return sorted([*found, *(match.span() for match in self._own.finditer(self._text))]) if self._own else found

    @cached_property
    def _listed(self) -> list[Stretch]:
        return [match.span() for match in _LISTED.finditer(self._text)]

    def last_named(self, at: int) -> tuple[int, ...]:
        """The list named last before a place in the text, by index."""
        found = [
            (named[bisect_left(named, at) - 1], i) for i, named in enumerate(self._places) if named and named[0] < at
        ]
        return (max(found)[1],) if found else ()

    def chapter(self, at: int) -> str:
        """eId of the part in which the article at a place stands; "" where the document has no parts."""
        return self._reading.by_eid[unit_of(self._reading, self._reading.leaf_at(at))].parent

    def _is_in_chapter(self, at: int) -> bool:
        chapter = self.chapter(at)
        before = (named[bisect_left(named, at) - 1] for named in self._places if named and named[0] < at)
        return any(self.chapter(place) == chapter for place in before)

    def chapters_about(self, units: set[str]) -> frozenset[str]:
        """Chapters of which half of the articles speak of a list, in a document about other things; `units` name one."""
        if self._reading.document.meta.kind in NEVER_ABOUT_LISTS:
            return frozenset()
        inside: dict[str, set[str]] = {}
        speaking = set(units)
        for leaf in self._reading.leaves:
            if leaf.kind not in BODILESS:
                unit = unit_of(self._reading, leaf)
                inside.setdefault(self._reading.by_eid[unit].parent, set()).add(unit)
                if unit not in speaking and self.means_list(leaf.start, leaf.end):
                    speaking.add(unit)
        return frozenset(
            chapter
            for chapter, own in inside.items()
            if chapter and len(own) >= _FEWEST and 2 * len(own & speaking) >= len(own)
        )
