"""Other ways in which a text calls a list that it names: '"Exclusion Register" means the register of …', "List A (list of …)", "the former", "the second list"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from kb.extract.hereinafter import Introduction
from kb.extract.lists_names import HEAD, ListMention

_HEADS = r"(?:lists?|rolls?|registers?|rosters?|director(?:y|ies)|catalogues?)"
_DEFINED = re.compile(
    r"[\"“](?P<term>[^\"“”\n]{2,60})[\"”](?:,[^\"“”.;\n]{0,40},)? (?:(?:shall )?(?:means?|denotes?|designates?)|refers? to|stands? for) (?:the |an? |any )?$"
)
_LETTERED = re.compile(
    r"\b(?P<term>(?:List|Register|Roll|Roster|Directory|Catalogue) (?:[A-Z]|[IVX]+|\d)|(?:[A-Z]|No\. ?\d) [Ll]ist)(?: ?[(:–—-] ?|, )(?:the |an? |i\.e\.,? )?$"
)
_SAME = re.compile(  # "the blacklist (a name list of …)", "the blacklist means the list of …"
    r"[\"”’*_]*(?:,? [(（](?:i\.e\.,? |that is,? |namely,? )?| (?:means?|refers? to|denotes?) )(?:the |an? )?[\"“‘*_]*"
)
_BEFORE = 120  # characters before a name in which its other name stands
_ORDINAL = re.compile(
    rf"\b[Tt]he (?:(?P<former>former)|(?P<latter>latter))(?: {_HEADS})?(?=[,.;:)]| (?:is|are|shall|may|must|will|lasts?|takes?|covers?|contains?|includes?|for|by|and|or|to|on|in|one|two|three|that|those|from|has|have)\b)"
    rf"|\b[Tt]he (?P<first>first)(?:-named|-mentioned)? {_HEADS}\b|\b[Tt]he (?P<second>second) {_HEADS}\b|\b[Tt]he (?P<third>third) {_HEADS}\b"
)
_NTH = {"former": 0, "latter": 1, "first": 0, "second": 1, "third": 2}

Named = tuple[int, int]  # place and list


def defined(text: str, mentions: Sequence[ListMention]) -> Iterator[tuple[ListMention, Introduction]]:
    """Names of lists that explain another name just before them, with that name."""
    for mention in mentions:
        before = max(mention.start - _BEFORE, 0)
        match = _DEFINED.search(text[before : mention.start]) or _LETTERED.search(text[before : mention.start])
        if match and HEAD.search(match["term"]):
            start, end = before + match.start("term"), before + match.end("term")
            rule = "defined-list" if match.re is _DEFINED else "lettered-list"
            yield mention, Introduction(before + match.start(), end, start, end, rule)


def told_by_colour(text: str, mentions: Sequence[ListMention]) -> Iterator[tuple[ListMention, Introduction]]:
    """Names that tell what a colour means, in brackets or as its meaning, with that colour: '"blacklist" (name list of dishonest units)'."""
    for one, other in pairwise(mentions):
        is_bare = one.kind is other.kind and one.end < other.start and not one.words
        if is_bare and _SAME.fullmatch(text, one.end, other.start):
            yield other, Introduction(one.start, one.end, one.start, one.end, "coloured-list")


def in_order(text: str, named: Sequence[Named], leaf_of: Callable[[int], str]) -> Iterator[Named]:
    """The places of "the former" and "the second list", with the lists meant: those of the last paragraph that names several."""
    for match in _ORDINAL.finditer(text):
        several = _last_several(match.start(), named, leaf_of)
        nth = _NTH[str(match.lastgroup)]
        is_pair = match.lastgroup in {"former", "latter"}
        if nth < len(several) and (len(several) == 2 or not is_pair):
            yield match.start(), several[nth]


def _last_several(at: int, named: Sequence[Named], leaf_of: Callable[[int], str]) -> list[int]:
    """The lists of the last paragraph before `at` that names several, in the order in which it names them."""
    leaf, several = "", dict[int, None]()
    for place, index in reversed([one for one in named if one[0] < at]):
        if leaf_of(place) != leaf:
            if len(several) > 1:
                break
            leaf, several = leaf_of(place), {}
        several.pop(index, None)
        several[index] = None
    return [*reversed(several)] if len(several) > 1 else []
