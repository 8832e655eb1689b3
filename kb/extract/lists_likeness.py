"""A list of a document with the places where it is named, and the words that tell it from others of its kind.

Words are compared with their synonyms made one: "list of seriously untrustworthy entities" and "serious dishonesty list".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.extract.lists_aliases import Introduced, form_of
from kb.extract.lists_names import HEAD, ListMention, content_words
from kb.model import ListKind

_SAME = (
    (
        re.compile(
            r"^(?:dishonest\w*|untrust\w*|un-trust\w*|discredit\w*|trust-?break\w*|distrust\w*|faithless|bad-faith)$"
        ),
        "dishonest",
    ),
    (re.compile(r"^(?:unlawful\w*|illegal\w*|violat\w*|law-?breaking)$"), "unlawful"),
    (re.compile(r"^(?:serious|grave|severe|gross|major)(?:ly)?$"), "serious"),
    (re.compile(r"^(?:punish\w*|disciplin\w*|sanction\w*)$"), "punishment"),
    (re.compile(r"^(?:incentiv\w*|rewards?)$"), "incentive"),
    (re.compile(r"^(?:judgment|judgement|enforcement|execution|executee)s?$"), "judgment"),
    (re.compile(r"^(?:defaulters?|debtors?)$"), "defaulter"),
    *(
        (re.compile(rf"^{stem}\w*$"), stem)
        for stem in ("statistic", "environment", "agricultur", "industr", "financ", "educat", "medic", "commerc")
    ),
)
_TRUST = frozenset({"trust", "faith"})
_BROKEN = frozenset("break breaking broke broken breach breaching lose losing lost loss lack lacking bad".split())
_LIKE, _LIKE_IN_DIGEST = 0.5, 0.3  # a digest has a part for each list, and few others
_PLURAL = re.compile(r"lists\b", re.IGNORECASE)
PERSONS = frozenset(
    "person entity subject unit enterprise party target individual object company firm organization organisation conduct act operator".split()
)
_HONOURS = frozenset({"honour", "honor", "merit"})
_COLOURLESS = _HONOURS | frozenset(
    "joint punishment incentive target subject object".split()
)  # say no more than "redlist" or "blacklist"


@dataclass(slots=True)
class NamedList:
    """A list of the document with all places where it is named."""

    kind: ListKind
    words: frozenset[str]
    mentions: list[ListMention] = field(default_factory=list)
    heading: str = ""  # the name a heading gives it ("List: …")
    section: str = ""  # eId of the part under that heading
    titles: tuple[str, ...] = ()  # the names by which the document's title calls it
    full_name: str = ""  # the one that a parenthesis shortens: "blacklist of … (hereinafter the "blacklist")"
    short: tuple[Introduced, ...] = ()  # the parentheses that shorten its name
    is_set_up: bool = False  # by a heading: "5. Establish the list of …"

    @property
    def name(self) -> str:
        """What a digest's heading calls it, or its fullest name in text or title; of two, the one used more often."""
        if self.full_name or (self.heading and HEAD.search(self.heading)):
            return self.full_name or self.heading
        names = [*(mention.name for mention in self.mentions), *self.titles] or [self.heading]
        forms = Counter(form_of(name) for name in names)
        best = max(forms, key=lambda form: (len(content_words(form) - _HONOURS), forms[form], -len(form)))
        printed = [name for name in names if form_of(name) == best]
        return min(printed, key=lambda name: (bool(_PLURAL.search(name)), name != name.lower(), not name.isalnum()))

    @property
    def rule(self) -> str:
        return self.mentions[0].rule if self.mentions else "heading"


def canonical(words: frozenset[str]) -> frozenset[str]:
    """Words with their synonyms made one; nouns for persons count only where nothing else is left."""
    same = {_synonym(part) for word in words for part in _parts(word)}
    if same & _TRUST and same & _BROKEN:  # "in breach of trust", "lost credit"
        same = same - _TRUST - _BROKEN | {"dishonest"}
    if {"judgment", "dishonest"} <= same:  # "persons subject to enforcement for trust-breaking"
        same = same - {"dishonest"} | {"defaulter"}
    return frozenset(same - PERSONS) or frozenset(same)


def _parts(word: str) -> list[str]:
    """A compound as the words that it is also written in: "judgment-defaulter", "wage-arrears"; one that has a synonym is whole."""
    return [word] if _synonym(word) != word else word.split("-")


def _synonym(word: str) -> str:
    return next((to for pattern, to in _SAME if pattern.match(word)), word)


def telling(mention: ListMention) -> frozenset[str]:
    """The words that tell which list is meant; none of "redlist for joint incentives"."""
    words = canonical(mention.words)
    return words - _COLOURLESS if mention.rule in {"black", "red"} else words


def home_of(lists: Sequence[NamedList], kind: ListKind, words: frozenset[str]) -> NamedList | None:
    """The list of the same kind whose words agree best: the same, more, fewer, or mostly the same."""

    def likeness(named: NamedList) -> float:
        shared = len(named.words & words)
        if not shared:
            return 0
        nested = named.words <= words or words <= named.words
        share = shared / len(named.words | words)
        return 1 + share if nested else share

    best = max((named for named in lists if named.kind is kind), key=likeness, default=None)
    if best is None or likeness(best) < (_LIKE_IN_DIGEST if best.section else _LIKE):
        return None
    return best
