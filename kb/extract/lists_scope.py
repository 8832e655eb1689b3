"""Which lists a statement deals with: those it names, points back to, stands under, or those that its document is about.

A list is named once and then meant by "the list", "listed" or its members ("judgment defaulters"). A document about lists
means them throughout; any other only where it names them and in what follows in the same article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from kb.extract.context import Reading
from kb.extract.lists_aliases import term_of
from kb.extract.lists_back import BODILESS, NEVER_ABOUT_LISTS, Back
from kb.extract.lists_called import in_order
from kb.extract.lists_cutting import Statement, unit_of
from kb.extract.lists_gather import aliases, lists_in, names_several, one_by_conduct, without_names
from kb.extract.lists_headed import is_about_lists
from kb.extract.lists_likeness import NamedList
from kb.extract.lists_members import members_pattern, tells_persons
from kb.extract.lists_names import HEAD
from kb.extract.lists_onward import onward
from kb.extract.lists_slots import is_general_remedy
from kb.extract.lists_statements import says
from kb.model import DocumentKind, Fidelity, ListKind, Provision

Scope = tuple[int, ...]  # lists by index

_IN_CASE_OF = re.compile(r"(?:,| or| and),? in (?:the )?case of (?:(?:an? |the )?[\w’'-]+ (?:on|in) )?(?:the )?$")
_TIME_ON = re.compile(r"\b(?:years?|months?|times|grounds?\s+of)\s+(?:on\s+)?(?:the|a)?\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-z]|(?:They|Their|Those|Such|It|Its|He|She)\b")  # a part behind a semicolon, or a pronoun
_CREDIT = re.compile(r"\b(?:credit|integrity|trustworthiness|good faith)\b", re.IGNORECASE)
_INCENTIVES = re.compile(r"\b(?:incentiv|reward)", re.IGNORECASE)
_PUNISHMENT = re.compile(r"\b(?:punish|sanction|disciplin|penal)", re.IGNORECASE)
_ON = re.compile(r"\b(?:on|in|into|onto|from),? (?:the|an?) $")
_PASSED_ON = re.compile(  # "are transferred to the", "proposes it to the Ministry for the", "the owner moves to the"
    r"\b(?:transfer|mov|propos|recommend|forward|refer|promot|escalat|upgrad|submi|hand|pass)\w*\b[^.;:\n]{0,80}? (?:to|for|onto|on|into|in) (?:the |an? |its (?:own )?)(?:[\w’'-]+ ){0,2}$",
    re.IGNORECASE,
)
_REACH = 110  # characters before a name in which such a verb is looked for
_FEW = 3  # articles, in which shares say nothing
_SPOKEN = 0.15  # share of the articles that speak of listing in a document that may be about lists …
_OFTEN_SPOKEN = 0.4  # … in a law or a digest
_LISTING = re.compile(
    r"\b(?:lists?|listed|listing|entr(?:y|ies)|entered|registers?|registered|registration|(?:black|red)-?list\w*|inclu(?:ded|sion)"
    r"|rosters?|remov(?:ed?|al)|delist\w*|inscri\w*|struck|strik(?:e|es|ing))\b",
    re.IGNORECASE,
)
_LAWS = frozenset({DocumentKind.LAW, DocumentKind.ADMINISTRATIVE_REGULATION})
_RARELY = 6  # times less often than the list named most often


class Places:
    """Where the lists of a document are named, in its text, its title and its headings."""

    def __init__(self, reading: Reading, lists: Sequence[NamedList]) -> None:
        self.reading, self.text, self.lists = reading, reading.flowing, lists
        self.unnamed = without_names(self.text, lists)
        self._at = [self._named_at(named) for named in lists]
        self._named = self._by_place()
        for place, index in self._in_order() if len(lists) > 1 else ():
            self._at[index] = sorted({*self._at[index], place})
        self._named = self._by_place()
        self.units = {unit_of(reading, reading.leaf_at(place)) for at in self._at for place in at}
        ordered = dict.fromkeys(unit_of(reading, leaf) for leaf in reading.leaves)
        self._near = self.units | {unit for before, unit in pairwise(ordered) if before in self.units}
        self.share = len(self.units) / max(len(ordered), 1)  # of the articles, those that name a list
        meta = reading.document.meta
        self.is_digest = meta.fidelity is Fidelity.DIGEST
        self.is_about = is_about_lists(reading) or self._is_full_of_lists() or self._is_about_members(meta.title)
        self.back = Back(reading, lists, self._at)
        self.chapters = frozenset() if self.is_about else self.back.chapters_about(self.units)
        self.is_on_credit = meta.kind is not DocumentKind.PLAN and bool(_CREDIT.search(meta.title))
        self.every = self._governed()
        self.all_lists = self._called_lists() or self.every
        self.in_title = self._titled(meta.title)
        self.in_headings = dict(self._in_headings())
        self._beside = self._named_beside(meta.title)
        self._sections = {named.section: index for index, named in enumerate(lists) if named.section}

    def _by_place(self) -> list[tuple[int, int]]:
        return sorted((place, index) for index, at in enumerate(self._at) for place in at)

    def _in_order(self) -> list[tuple[int, int]]:
        return list(in_order(self.text, self._named, lambda at: self.reading.leaf_at(at).eid))

    def _governed(self) -> Scope:
        """All lists but those named by the way: seldom and as lists that somebody is on, or as those to which one is passed on alone."""
        often = max((len({*aliases(self.reading, n), *(m.start for m in n.mentions)}) for n in self.lists), default=0)
        governed = tuple(i for i, n in enumerate(self.lists) if not self._is_by_the_way(n, often))
        return governed or tuple(range(len(self.lists)))

    def _is_by_the_way(self, named: NamedList, often: int) -> bool:
        if named.section or named.titles:
            return False
        before = [self.text[max(m.start - _REACH, 0) : m.start] for m in named.mentions]
        is_rare = _RARELY * len(before) < often
        return (is_rare and all(map(_ON.search, before))) or all(map(_PASSED_ON.search, before))

    def _called_lists(self) -> Scope:
        """The list whose short form is a plural: "lists of seriously dishonest subjects (hereinafter the “lists”)"."""
        terms = ((i, term_of(self.text, short).lower()) for i, n in enumerate(self.lists) for _, short in n.short)
        return tuple(sorted({index for index, term in terms if term == "lists"}))

    def _titled(self, title: str) -> Scope:
        """The lists in the title; of a plural all where it speaks of incentives and of punishment, else those that punish."""
        named = lists_in(title, self.lists)
        if len(named) != 1 or not names_several(title):
            return named
        return self.every if _INCENTIVES.search(title) and _PUNISHMENT.search(title) else ()

    def _named_beside(self, title: str) -> Scope:
        """Lists that one article alone names, where the title names another: "a list of subjects under key attention may be kept"."""
        titled = lists_in(title, self.lists)
        alone = (
            i for i, at in enumerate(self._at) if len({unit_of(self.reading, self.reading.leaf_at(p)) for p in at}) == 1
        )
        return tuple(i for i in alone if i not in titled) if titled else ()

    def _named_at(self, named: NamedList) -> list[int]:
        """Offsets at which the list or its members are named; members inside another name are not meant."""
        others = (len(other.mentions) for other in self.lists if other.kind is named.kind and other is not named)
        is_alone = len(named.mentions) > max(others, default=0)
        members = members_pattern(named, is_alone=is_alone)
        inside = [(m.start, m.end) for other in self.lists for m in other.mentions]
        found = {match.start() for match in members.finditer(self.text)} if members else set()
        if members and named.mentions and not is_about_lists(self.reading):
            first = named.mentions[0].start
            found -= {m.start() for m in members.finditer(self.text, 0, first) if not tells_persons(m[0])}
        found = {at for at in found if not any(start < at < end for start, end in inside)}
        return sorted(
            {
                *found,
                *aliases(self.reading, named, [n for n in self.lists if n is not named]),
                *(mention.start for mention in named.mentions),
            }
        )

    def _is_full_of_lists(self) -> bool:
        """Whether a third of the articles name a list; a plan or a law names many lists and is about none."""
        if self.reading.document.meta.kind in NEVER_ABOUT_LISTS:
            return False
        units = {unit_of(self.reading, leaf) for leaf in self.reading.leaves if leaf.kind not in BODILESS}
        return len(units) > _FEW and 3 * len(self.units) >= len(units)

    def _is_about_members(self, title: str) -> bool:
        """Whether the title speaks of those on a list: "Rules on Restricted Passengers", with a register of them."""
        if self.reading.document.meta.kind in NEVER_ABOUT_LISTS:
            return False
        patterns = (members_pattern(named, is_alone=False) for named in self.lists)
        return any(p is not None and (found := p.search(title)) and tells_persons(found[0]) for p in patterns)

    def may_be_about(self) -> bool:
        """Whether the words of listing stand in so many articles that the document may be about lists; a plan never is."""
        kind = self.reading.document.meta.kind
        if kind is DocumentKind.PLAN:
            return False
        units: dict[str, bool] = {}
        for leaf in self.reading.leaves:
            if leaf.kind not in BODILESS:
                unit = unit_of(self.reading, leaf)
                units[unit] = units.get(unit, False) or bool(_LISTING.search(self.text, leaf.text_start, leaf.text_end))
        least = _OFTEN_SPOKEN if kind in _LAWS or self.is_digest else _SPOKEN
        return len(units) > _FEW and sum(units.values()) >= least * len(units)

    def is_about_at(self, leaf: Provision) -> bool:
        """Whether the document, or the chapter in which a leaf stands, is about lists."""
        return self.is_about or (bool(self.chapters) and self.back.chapter(leaf.start) in self.chapters)

    def _in_headings(self) -> Iterator[tuple[str, Scope]]:
        """Lists by the eId of a part whose heading names them: "Chapter V Blacklist", "Rules for both lists"."""
        for provision in self.reading.document.provisions:
            if provision.heading and (found := self._in_heading(provision)):
                yield provision.eid, found

    def _in_heading(self, provision: Provision) -> Scope:
        """The lists that a heading names, in full, by a short form, or by the conduct for which one gets on them."""
        heading = provision.heading
        found = lists_in(heading, self.lists) if HEAD.search(heading) else ()
        if not found:
            start = self.text.find(heading, provision.start, provision.end)
            end = start + len(heading) if start >= 0 else start
            own = (any(start <= at < end for at in aliases(self.reading, named)) for named in self.lists)
            found = tuple(index for index, is_own in enumerate(own) if is_own)
        if not found and HEAD.search(heading) and says("all-lists", heading):
            found = self.all_lists
        return found or (one_by_conduct(heading, self.lists) if len(self.lists) > 1 else ())

    def under_heading(self, leaf: Provision) -> Scope:
        """The lists that the nearest heading above a leaf names."""
        path = reversed(self.reading.path_of(leaf))
        return next((self.in_headings[p.eid] for p in path if p.eid in self.in_headings), ())

    def in_section(self, leaf: Provision) -> Scope:
        """The list whose part of a digest a leaf stands in."""
        path = self.reading.path_of(leaf)
        return tuple(sorted(self._sections[p.eid] for p in path if p.eid in self._sections))

    def named_in(self, start: int, end: int) -> Scope:
        """The lists named in a stretch of the text."""
        named = self._named[bisect_left(self._named, (start,)) : bisect_left(self._named, (end,))]
        return tuple(sorted({index for place, index in named if self._is_meant(place)}))

    def _is_meant(self, place: int) -> bool:
        """In a document about one list, another list may be named as a ground alone: "three years on the list of …"."""
        before = self.text[max(place - 40, 0) : place]
        return not (self.is_about and _TIME_ON.search(before)) and not (
            len(self.lists) > 1 and _IN_CASE_OF.search(before)
        )

    def default(self) -> Scope:
        """What names no list is said of the one in the title, else of those that punish; of all, where none does."""
        if self.in_title:
            warning = (i for i in self.every if self.lists[i].kind is ListKind.WARNING and len(self.in_title) > 1)
            return self._without_own_part(tuple(sorted({*self.in_title, *warning})))
        title = self.reading.document.meta.title
        rewarding = tuple(i for i in self.every if self.lists[i].kind is ListKind.REDLIST)
        if rewarding and _INCENTIVES.search(title) and not _PUNISHMENT.search(title):
            return self._without_own_part(rewarding)
        has_blacklist = any(self.lists[i].kind is ListKind.BLACKLIST for i in self.every)
        scope = self.punishing(self.every) if has_blacklist else self.every
        return self._without_own_part(tuple(i for i in scope if i not in self._beside) or scope)

    def own(self) -> Scope:
        """All lists but those that one article names beside the one of the title."""
        return tuple(i for i in self.every if i not in self._beside) or self.every

    def _without_own_part(self, scope: Scope) -> Scope:
        """The lists save those that have a chapter to themselves, as the redlist often has: what stands elsewhere is not about them."""
        apart = {named[0] for eid, named in self.in_headings.items() if len(named) == 1 and eid not in self._sections}
        main = max(self.every, key=lambda i: (len(self._at[i]), -i))
        return tuple(i for i in scope if i not in apart) if main not in apart else scope

    def punishing(self, scope: Scope) -> Scope:
        """Those of the lists that do not reward."""
        return tuple(i for i in scope if self.lists[i].kind in {ListKind.BLACKLIST, ListKind.WARNING})

    def leaves(self) -> Iterator[Provision]:
        """The leaves to be read: all in a document about lists or credit, else those of articles that name one, and of the article after."""
        if self.is_about or self.is_on_credit:
            yield from self.reading.leaves
            return
        for leaf in self.reading.leaves:
            if (
                self.is_near(unit_of(self.reading, leaf))
                or self._is_headed(leaf)
                or self.back.means_list(leaf.start, leaf.end)
                or self.is_about_at(leaf)
                or unit_of(self.reading, leaf) in self.onward
                or is_general_remedy(self.text[leaf.start : leaf.end])
            ):
                yield leaf

    @cached_property
    def onward(self) -> Mapping[str, Scope]:
        """The lists that articles go on with, having named none; a plan has too many lists for that."""
        is_plan = self.reading.document.meta.kind is DocumentKind.PLAN
        return {} if is_plan else onward(self.reading, self.unnamed, self._named)

    def is_near(self, unit: str) -> bool:
        """Whether an article names a list, or follows one that does."""
        return unit in self._near

    def _is_headed(self, leaf: Provision) -> bool:
        return any(p.eid in self._sections or p.eid in self.in_headings for p in self.reading.path_of(leaf))


class Thread:
    """The lists that the statements of an article have dealt with so far."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.scope: Scope = ()  # of the last statement of the article
        self.before: Scope = ()
        self.sentence: Scope = ()  # of all parts of the last sentence
        self.named: Scope = ()  # of all statements of the article so far
        self.leaf = ""  # the paragraph of the last statement
        self.chapter = ""  # the part in which the article stands
        self.near: Scope = ()  # the lists of the article before in the chapter, where no title names one
        self.in_chapter: Scope = ()  # the lists of all articles before in the chapter
        self.is_owned = False  # whether a statement named one list: the rest of the article is about it

    def open(self, scope: Scope = (), *, is_owned: bool = False) -> None:
        """Begins an article, or a part of one about these lists."""
        self.scope, self.before, self.named, self.leaf, self.is_owned = scope, (), scope, "", is_owned
        self.sentence = scope

    def passes(self, chapter: str) -> None:
        """Takes note, before the next article is opened, of the lists that its chapter has dealt with; a title that names a list says more."""
        is_inside = bool(chapter) and self.chapter == chapter and self.places.is_about and not self.places.in_title
        self.in_chapter = tuple(sorted({*self.in_chapter, *self.named})) if is_inside else ()
        self.near = self.in_chapter if len(self.named) > 1 else self.named if is_inside else ()
        self.chapter = chapter

    def pointed_at(self, statement: Statement) -> Scope:
        """The lists that a statement names, means together with others, or points back to."""
        places = self.places
        section = places.in_section(statement.leaf)
        if section:
            return section
        found = places.named_in(statement.start, statement.end)
        if len(found) < 2 and says("all-lists", places.unnamed[statement.start : statement.end]):
            together = next((scope for scope in (self.scope, self.named) if len(scope) > 1), ())
            found = together or places.under_heading(statement.leaf) or (places.all_lists if places.is_about else found)
        text = places.text[statement.start : statement.end]
        if not found and self.scope and (says("points-back", text) or _GOES_ON.match(text)):
            is_for_several = len(places.under_heading(statement.leaf)) > 1 and self.leaf != statement.leaf.eid
            return self.named if is_for_several else self.scope
        if not found and places.back.means_list(statement.start, statement.end):
            headed = places.under_heading(statement.leaf)
            return headed or (places.default() if places.is_about else places.back.last_named(statement.start))
        return found

    def carried(self, statement: Statement) -> Scope:
        """What a statement that names no list may be about: the list of the one before in its paragraph, else all of the article."""
        if self.leaf != statement.leaf.eid:
            return self.named
        return self.scope if self.places.text[statement.start].islower() else self.sentence

    def goes_on(self, statement: Statement, scope: Scope) -> None:
        """Takes note of the lists a statement dealt with."""
        goes_on = self.leaf == statement.leaf.eid and self.places.text[statement.start].islower()
        self.sentence = tuple(sorted({*self.sentence, *scope})) if goes_on else scope
        self.before, self.scope, self.leaf = self.scope, scope, statement.leaf.eid
        self.named = tuple(sorted({*self.named, *scope}))
        is_plan = self.places.reading.document.meta.kind is DocumentKind.PLAN
        places = self.places
        named = places.named_in(statement.start, statement.end) or places.back.means_list(
            statement.start, statement.end
        )
        self.is_owned |= not is_plan and len(scope) == 1 and bool(named)
