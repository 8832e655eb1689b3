"""The lists a document names: mentions gathered into lists, their short forms, and the words for those on them.

"The list of judgment defaulters (hereinafter "the List")", "the List" and "judgment defaulters" speak of one list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.extract.context import Reading
from kb.extract.hereinafter import read_introductions
from kb.extract.lists_cutting import UNREAD, unit_of
from kb.extract.lists_names import HEAD, HEADS, ListMention, content_words, kind_of, read_mentions, singular
from kb.model import Citation, DocumentKind, ListKind, Provision

_LIST_HEADING = re.compile(r"^\W*List: (.+?)[\s*#_]*$")
_ABOUT_LISTS = re.compile(
    rf"\b(?:black|red)[ -]?lists?\b|\b{HEADS}\b(?! of (?:measures|cities|the first))|\bserious violators\b|\bdefaulters\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\bjoint(?:ly)?\s+(?:credit\s+|and\s+)?(?:punish|penali|penalt|disciplin|sanction|incentiv|reward|constrain|restrain|restrict)",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(rf"(?<![\w-])(?!(?:{HEADS}|of|for|the|and|in)(?![\w-]))[\w’'-]+", re.IGNORECASE)
_COMPRISES = re.compile(
    r"[^.;:]{0,80}?\b(?:compris(?:e|es|ing)|includ(?:e|es|ing)|means?|refers? to|consists? of|(?:are|is) (?:divided|split) into|namely|that is)\b"
)
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
    (re.compile(r"^(?:judgment|judgement|enforcement)$"), "judgment"),
    (re.compile(r"^(?:defaulters?|debtors?)$"), "defaulter"),
)
_MEMBERS_BEHIND = re.compile(rf"(?:.*\b)?{HEADS} of (?:the )?(.+)$", re.IGNORECASE)
_MEMBERS_BEFORE = re.compile(
    rf"(.+ (?:defaulter|debtor|violator|target|subject|entity|enterprise|person))s? {HEADS}$", re.IGNORECASE
)
_COLOURS = frozenset({"black", "red", "watch"})  # rows of lists.yaml
_LIKE, _LIKE_IN_DIGEST = 0.5, 0.3  # a digest has a part for each list, and few others
_COLOUR_BEHIND = re.compile(r"\s*\(.*$")
_COLOURED_NAME = re.compile(r"(?:black|red)[ -]?list", re.IGNORECASE)
_OFTEN = 3  # times as often as a list that is named by the way
_LONG = 6  # words of a name that gives way to "blacklist", its short form
_JOINT_MEMBERS = {
    ListKind.BLACKLIST: r"\b(?:subject|target|object)s? (?:of|under) (?:joint incentives? (?:[\w]+ ){0,4}?and (?:of )?)?joint (?:punishment|sanction|disciplin|penalt)",
    ListKind.REDLIST: r"\b(?:subject|target|object)s? (?:of|under) joint (?:incentive|reward)",
}
_COLOURED_MEMBERS = {
    ListKind.BLACKLIST: ("blacklisted", "black-listed", "black listed", "blacklisting"),
    ListKind.REDLIST: ("redlisted", "red-listed", "red listed", "redlisting"),
}
_PERSONS = frozenset(
    "person entity subject unit enterprise party target individual object company firm organization organisation conduct act operator".split()
)
_COLOURLESS = frozenset(
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

    @property
    def name(self) -> str:
        """What a digest's heading calls it, or its fullest name in text or title; of two, the one used more often."""
        if self.full_name or (self.heading and HEAD.search(self.heading)):
            return self.full_name or self.heading
        names = [*(mention.name for mention in self.mentions), *self.titles] or [self.heading]
        forms = Counter(_form(name) for name in names)
        best = max(forms, key=lambda form: (len(content_words(form)), forms[form], -len(form)))
        printed = [name for name in names if _form(name) == best]
        return min(printed, key=lambda name: (name != name.lower(), len(name)))

    @property
    def rule(self) -> str:
        return self.mentions[0].rule if self.mentions else "heading"


def _form(name: str) -> str:
    return " ".join(singular(word) for word in re.findall(r"[\w’'-]+", name.lower()))


def named_lists(reading: Reading, citations: Sequence[Citation]) -> list[NamedList]:
    """The lists the document names, in the order of their first mention."""
    mentions = _all_mentions(reading, citations)
    lists = [_from_heading(reading, provision, match) for provision, match in _list_headings(reading)]
    bare: list[ListMention] = []
    for mention in mentions:
        words = _telling(mention)
        if not words:
            bare.append(mention)
            continue
        home = _home(lists, mention.kind, words) or _section_list(reading, lists, mention)
        if home is None:
            home = NamedList(mention.kind, words)
            lists.append(home)
        home.mentions.append(mention)
    short = _short_names(reading, lists)
    for form, named in short.items():
        named.full_name = _introduced_name(reading, named, form)
    often = Counter(mention.kind for mention in bare)
    others = [n for n in lists if not _is_by_the_way(n, often[n.kind])]
    for mention in bare:
        home = short.get(_form(mention.name)) or _bare_home(reading, others, mention)
        if home is None:
            home = NamedList(mention.kind, frozenset())
            lists.append(home)
            others.append(home)
        home.mentions.append(mention)
    for named in lists:
        named.mentions.sort(key=lambda m: m.start)
    title = reading.document.meta.title
    for mention in () if names_several(title) else read_mentions(title, 0, len(title)):
        for index in _meant(mention, lists):
            lists[index].titles += (mention.name,)
    return sorted(lists, key=lambda named: _first(reading, named))


def _is_by_the_way(named: NamedList, often: int) -> bool:
    """Whether a list is named so seldom beside "the blacklist" that this is another: "nor on the list of judgment defaulters"."""
    is_coloured = any(mention.rule in {"black", "red"} for mention in named.mentions) or named.section
    return not is_coloured and often > _OFTEN * len(named.mentions)


def _first(reading: Reading, named: NamedList) -> int:
    starts = [named.mentions[0].start] if named.mentions else []
    return min([*starts, reading.by_eid[named.section].start] if named.section else starts)


def _all_mentions(reading: Reading, citations: Sequence[Citation]) -> list[ListMention]:
    text = reading.flowing
    cited = [(c.span.start, c.span.end) for c in citations if c.title]
    found = []
    for leaf in reading.leaves:
        if leaf.kind in UNREAD:
            continue
        found += list(read_mentions(text, leaf.text_start, leaf.text_end))
    found = [m for m in found if not any(start <= m.start < end for start, end in cited)]
    if not found and is_about_lists(reading):
        found = _mentions_in_titles(reading)
    together = {m.words for m in found if m.words and _is_umbrella_name(text, m, found)}
    return [m for m in found if m.words not in together]


def _mentions_in_titles(reading: Reading) -> list[ListMention]:
    """Lists that the printed title alone names; the articles then speak of "designation" and "the parties"."""
    titles = (leaf for leaf in reading.leaves if leaf.kind in {"preface", "heading"})
    return [m for leaf in titles for m in read_mentions(reading.flowing, leaf.text_start, leaf.text_end)]


def _is_umbrella_name(text: str, mention: ListMention, mentions: Sequence[ListMention]) -> bool:
    """Whether a plural name stands for lists that its sentence then names: "Credit lists comprise the redlist and …"."""
    if not re.search(r"\blists\b", mention.name.lower()):
        return False
    verb = _COMPRISES.match(text, mention.end)
    stop = text.find(". ", mention.end)
    stop = stop if stop >= 0 else len(text)
    return verb is not None and sum(verb.end() <= other.start < stop for other in mentions) > 1


def _list_headings(reading: Reading) -> Iterator[tuple[Provision, re.Match[str]]]:
    for provision in reading.document.provisions:
        match = _LIST_HEADING.match(provision.heading)
        if match and not provision.leaf:
            yield provision, match


def _from_heading(reading: Reading, provision: Provision, match: re.Match[str]) -> NamedList:
    """A list with a part of a digest to itself; its kind by its heading, else by the first sentence below."""
    text = reading.document.text[provision.text_start : provision.end]
    rule = kind_of(match[1])
    if rule is None or rule.kind == "none":
        rule = next(
            (found for line in text.split("\n")[1:4] if (found := kind_of(line)) and found.kind != "none"), None
        )
    kind = ListKind(rule.kind) if rule else ListKind.OTHER
    return NamedList(kind, _canonical(content_words(match[1])), heading=match[1], section=provision.eid)


def _canonical(words: frozenset[str]) -> frozenset[str]:
    """Words with their synonyms made one; nouns for persons count only where nothing else is left."""
    same = {next((to for pattern, to in _SAME if pattern.match(word)), word) for word in words}
    return frozenset(same - _PERSONS) or frozenset(same)


def _telling(mention: ListMention) -> frozenset[str]:
    """The words that tell which list is meant; none of "redlist for joint incentives"."""
    words = _canonical(mention.words)
    return words - _COLOURLESS if mention.rule in {"black", "red"} else words


def _home(lists: Sequence[NamedList], kind: ListKind, words: frozenset[str]) -> NamedList | None:
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


def _section_list(reading: Reading, lists: Sequence[NamedList], mention: ListMention) -> NamedList | None:
    """In a digest's part about one list, another name of its kind is another name for it."""
    for named in lists:
        if named.section and named.kind is mention.kind:
            part = reading.by_eid[named.section]
            if part.start <= mention.start < part.end:
                return named
    return None


def _bare_home(reading: Reading, lists: Sequence[NamedList], mention: ListMention) -> NamedList | None:
    """What "the blacklist" means: the only list of its kind, or the last one named in the same part."""
    same = [named for named in lists if named.kind is mention.kind and not _is_another(named, mention)]
    in_section = _section_list(reading, lists, mention)
    if in_section:
        return in_section
    is_plan = reading.document.meta.kind is DocumentKind.PLAN
    if len(same) == 1 and (
        not is_plan or is_about_lists(reading) or not same[0].words or _shares_part(reading, same[0], mention)
    ):
        return same[0]
    near = [n for n in same if not n.words or _shares_part(reading, n, mention)]
    return max(
        near, key=lambda n: max((m.start for m in n.mentions if m.start < mention.start), default=-1), default=None
    )


def _is_another(named: NamedList, mention: ListMention) -> bool:
    """Whether "the blacklist" cannot mean a list that is named later, and by no colour: "the register of lifetime bans"."""
    first = next(iter(named.mentions), None)
    return first is not None and not named.titles and first.rule not in _COLOURS and mention.start < first.start


def _shares_part(reading: Reading, named: NamedList, mention: ListMention) -> bool:
    unit = unit_of(reading, reading.leaf_at(mention.start))
    return any(unit_of(reading, reading.leaf_at(m.start)) == unit for m in named.mentions)


def is_about_lists(reading: Reading) -> bool:
    """Whether the whole document is about lists: its title says so."""
    meta = reading.document.meta
    titles = f"{meta.title} {meta.short_title}"
    is_joint = meta.kind is DocumentKind.MEMORANDUM and bool(_JOINT.search(titles))
    return is_joint or bool(_ABOUT_LISTS.search(titles))


def lists_in(title: str, lists: Sequence[NamedList]) -> tuple[int, ...]:
    """The lists that a title or a heading names, by index; both of "red and black lists"."""
    return tuple(sorted({i for mention in read_mentions(title, 0, len(title)) for i in _meant(mention, lists)}))


def names_several(title: str) -> bool:
    """Whether a title names lists in the plural: "Measures on Registers of Dishonest Institutions"."""
    heads = HEAD.findall(title)
    return bool(heads) and heads[-1].lower().endswith("s")


def _meant(mention: ListMention, lists: Sequence[NamedList]) -> tuple[int, ...]:
    """The list that a mention outside the text means: the one that shares its words, else the only one of its kind."""
    words = _telling(mention)
    home = _home(lists, mention.kind, words) if words else None
    same = [named for named in lists if named.kind is mention.kind]
    if len(same) > 1 and mention.rule in {"black", "red"}:
        same = [named for named in same if any(m.rule == mention.rule for m in named.mentions)]
    if home is None and len(same) != 1:
        return ()
    return (lists.index(home or same[0]),)


def without_names(text: str, lists: Sequence[NamedList]) -> str:
    """The text, offset by offset, with the words of names blanked out but for their heads: "xxx xxxxxxxxxxx list"."""
    parts: list[str] = []
    at = 0
    for start, end in sorted({(m.start, m.end) for named in lists for m in named.mentions}):
        if start >= at:
            name = text[start:end]
            parts += text[at:start], _NAME_WORD.sub(lambda word: "x" * len(word[0]), name)
            at = end
    return "".join((*parts, text[at:])) if parts else text


def _introduced_name(reading: Reading, named: NamedList, short: str) -> str:
    """The name in front of the parenthesis that introduces its short form; a long one with other words gives way to a colour."""
    opens = {
        opening
        for introduction in read_introductions(reading.flowing)
        for opening in (introduction.open - 1, introduction.open)
    }
    full = next(mention.name for mention in named.mentions if mention.end in opens)
    is_colour = _COLOURED_NAME.fullmatch(short) and not _COLOURED_NAME.search(full)
    return short if is_colour and len(full.split()) > _LONG else full


def _short_terms(reading: Reading, named: NamedList) -> Iterator[tuple[str, int]]:
    """The short forms that a parenthesis behind the name introduces, and where the parenthesis ends."""
    text = reading.flowing
    ends = {mention.end for mention in named.mentions}
    for introduction in read_introductions(text):
        if introduction.open - 1 in ends or introduction.open in ends:
            yield re.sub(r"^[Tt]he\s+", "", text[introduction.term_start : introduction.term_end]), introduction.end


def _short_names(reading: Reading, lists: Sequence[NamedList]) -> dict[str, NamedList]:
    """Lists by the form of their short names: (hereinafter "the blacklist")."""
    return {_form(term): named for named in lists for term, _ in _short_terms(reading, named)}


def aliases(reading: Reading, named: NamedList) -> Iterator[int]:
    """Offsets of a short form behind its introduction: "the List", "the grey sheet"."""
    text = reading.flowing
    for core, end in _short_terms(reading, named):
        yield from (match.start() for match in re.compile(rf"\b[Tt]he {re.escape(core)}\b").finditer(text, end))


def members_pattern(named: NamedList, *, is_alone: bool) -> re.Pattern[str] | None:
    """Words for those on the list: "judgment defaulters" of the list of judgment defaulters; None where there are none.

    The only list of its kind in a document has the "targets of joint punishment" (or of joint incentives) on it too.
    """
    forms = {form for mention in named.mentions for form in _member_forms(mention, named.kind)}
    if any(m.rule in {"black", "red"} for m in named.mentions):
        forms.update(_COLOURED_MEMBERS.get(named.kind, ()))
    shapes = [rf"\b{re.escape(form)}\b" for form in sorted(forms, key=lambda form: (-len(form), form))]
    if is_alone and named.kind in _JOINT_MEMBERS:
        shapes.append(_JOINT_MEMBERS[named.kind])
    return re.compile("|".join(shapes), re.IGNORECASE) if shapes else None


def _member_forms(mention: ListMention, kind: ListKind) -> Iterator[str]:
    """The members that a name speaks of, in the plural and the singular, and their conduct."""
    found = _MEMBERS_BEHIND.match(mention.name) or _MEMBERS_BEFORE.match(mention.name)
    phrase = _COLOUR_BEHIND.sub("", found[1]).lower() if found else ""
    head = phrase.split()
    if 1 < len(head) <= 8 and _tells_kind(phrase, kind) and not head[-1].endswith(("ness", "ty")):
        yield phrase
        yield " ".join(singular(word) for word in head)
        if singular(head[-1]) in _PERSONS:
            yield " ".join((*head[:-1], "conduct"))


def _tells_kind(phrase: str, kind: ListKind) -> bool:
    """Whether the words for the members say by themselves that they are listed: "judgment defaulters", not "care homes"."""
    rule = kind_of(f"list of {phrase}")
    return rule is not None and rule.kind == kind.value
