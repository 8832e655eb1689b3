"""The lists a document names: mentions gathered into lists, their short forms, and the words for those on them.

"The list of judgment defaulters (hereinafter "the List")", "the List" and "judgment defaulters" speak of one list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from kb.extract.context import Reading
from kb.extract.lists_aliases import (
    Introduced,
    bare_head,
    bare_places,
    form_of,
    introduced,
    places_of,
    shown_name,
    term_of,
)
from kb.extract.lists_apart import Apart, told_by_persons
from kb.extract.lists_called import defined, told_by_colour
from kb.extract.lists_cutting import UNREAD, unit_of
from kb.extract.lists_headed import from_heading, headed_alone, is_about_lists, list_headings, named_in_headings
from kb.extract.lists_likeness import NamedList, canonical, home_of, telling
from kb.extract.lists_names import HEAD, HEADS, ListMention, content_words, kind_of, read_mentions
from kb.extract.lists_untold import records, untold_lists
from kb.model import Citation, DocumentKind, ListKind

_NAME_WORD = re.compile(rf"(?<![\w-])(?!(?:{HEADS}|of|for|the|and|in)(?![\w-]))[\w’'-]+", re.IGNORECASE)
_COMPRISES = re.compile(
    r"[^.;:]{0,80}?\b(?:compris(?:e|es|ing)|includ(?:e|es|ing)|means?|refers? to|consists? of|(?:are|is) (?:divided|split) into|namely|that is)\b"
)
_DIVIDED = re.compile(r"[^.;:]{0,80}?\b(?:is|are|shall be) (?:divided|split) into\b")
_COLOURS = frozenset({"black", "red", "watch"})  # rows of lists.yaml
_SYSTEM = re.compile(r"[\"”’]? (?:system|mechanism|regime)s?\b")
_THE = re.compile(r"\b[Tt]he [\"“]?$")
_NOT_ON = re.compile(
    r"\b(?:(?:(?:is|are|was|were|has|have|had) not(?: (?:now|currently|yet|ever))?|never|neither)(?: been)?(?: (?:placed|put|entered|included|listed|recorded|named))?|nor|not) (?:on|in) (?:the |an? )?$",
    re.IGNORECASE,
)
_REACH = 60  # characters before a name in which such words stand
_OFTEN = 3  # times as often as a list that is named by the way


def named_lists(reading: Reading, citations: Sequence[Citation]) -> list[NamedList]:
    """The lists the document names, in the order of their first mention."""
    mentions = _all_mentions(reading, citations)
    lists = [from_heading(reading, provision, match) for provision, match in list_headings(reading)]
    explained = [*defined(reading.flowing, mentions), *told_by_colour(reading.flowing, mentions)]
    short = [*introduced(reading.flowing, mentions), *explained]
    by_form = {form_of(term_of(reading.flowing, parenthesis)): mention for mention, parenthesis in short}
    apart = Apart(reading.flowing, mentions, short)
    first = {mention.start for mention, _ in explained}
    _housetelling(reading, lists, mentions, by_form, apart, first)
    lists += headed_alone(reading, lists)
    for named in lists:
        named.full_name = _introduced_name(reading, [one for one in short if one[0] in named.mentions])
    _house_bare(reading, lists, mentions, by_form)
    headed = {mention.start for mention in named_in_headings(reading)}
    for named in lists:
        named.is_set_up = any(mention.start in headed for mention in named.mentions)
        named.short = tuple(one for one in short if one[0] in named.mentions)
        named.mentions.sort(key=lambda m: m.start)
    title = reading.document.meta.title
    for mention in () if names_several(title) else read_mentions(title, 0, len(title)):
        meant = _meant(mention, lists)
        if not meant and telling(mention) and is_about_lists(reading):
            lists += _titled_alone(reading, mention)
        for index in meant if len(meant) == 1 else ():
            lists[index].titles += (mention.name,)
    return sorted((n for n in lists if not _is_bar(reading.flowing, n)), key=lambda named: _first(reading, named))


def _is_bar(text: str, named: NamedList) -> bool:
    """Whether the document only asks that somebody is not on a list: "enterprises that are not on the wage arrears list"."""
    before = [text[max(mention.start - _REACH, 0) : mention.start] for mention in named.mentions]
    return bool(before) and not named.section and all(map(_NOT_ON.search, before))


def _housetelling(
    reading: Reading,
    lists: list[NamedList],
    mentions: Sequence[ListMention],
    by_form: Mapping[str, ListMention],
    apart: Apart,
    first: Set[int],
) -> None:
    """Gives each name that tells its list from others to that list; a short form to the list that it was introduced for."""
    homes: dict[int, NamedList] = {}
    for mention in sorted(mentions, key=lambda m: (m.start not in first, m.start)):
        words = telling(mention)
        if not words:
            continue
        full = by_form.get(form_of(mention.name)) or _explained(mention, by_form, first)
        home = homes.get(full.start) if full and full.kind is mention.kind else None
        others = [n for n in lists if not apart.are(words, [n.words, *(telling(m) for m in n.mentions)])]
        home = home or home_of(others, mention.kind, words) or _section_list(reading, lists, mention)
        if home is None:
            home = NamedList(mention.kind, words)
            lists.append(home)
        homes[mention.start] = home
        home.mentions.append(mention)


def _explained(mention: ListMention, by_form: Mapping[str, ListMention], first: Set[int]) -> ListMention | None:
    """The explanation of the name with which a longer one begins: "the watch list | for work safety"."""
    form = form_of(mention.name)
    found = (full for term, full in by_form.items() if full.start in first and form.startswith(f"{term} "))
    return next(found, None) if content_words(mention.name) else None


def _house_bare(
    reading: Reading, lists: list[NamedList], mentions: Sequence[ListMention], by_form: Mapping[str, ListMention]
) -> None:
    """Gives "the blacklist" to the list it was introduced for, else to one of its kind; where there is none, it is a list."""
    bare = [mention for mention in mentions if not telling(mention)]
    often = Counter(mention.kind for mention in bare)
    others = [n for n in lists if not _is_by_the_way(n, often[n.kind])]
    by_mention = {mention.start: named for named in lists for mention in named.mentions}
    for mention in bare:
        full = by_form.get(form_of(mention.name))
        home = (by_mention.get(full.start) if full else None) or _bare_home(reading, others, mention)
        if home is None:
            home = NamedList(mention.kind, frozenset())
            lists.append(home)
            others.append(home)
        home.mentions.append(mention)


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
    found += untold_lists(reading, found)
    taken = {at for mention in found for at in range(mention.start, mention.end)}
    found += [mention for mention in records(reading) if mention.start not in taken]
    found = [m for m in found if not any(start <= m.start < end and m.end < end for start, end in cited)]
    if not found and is_about_lists(reading) and not headed_alone(reading, ()):
        found = _mentions_in_titles(reading)
    found += named_in_headings(reading)
    found = told_by_persons(text, _of_short_kind(text, sorted(found, key=lambda m: m.start)))
    together = {(m.kind, m.words) for m in found if _is_umbrella_name(text, m, found)}
    return [m for m in found if (m.kind, m.words) not in together]


def _of_short_kind(text: str, mentions: Sequence[ListMention]) -> list[ListMention]:
    """The mentions, those whose short form tells another kind as of that one: 'list of general dishonesty (the "grey list")'."""
    told = ((form_of(m.name), m, kind_of(term_of(text, short))) for m, short in introduced(text, mentions))
    other = {form: rule for form, m, rule in told if rule and rule.kind not in {"none", m.kind}}
    if not other:
        return list(mentions)
    ruled = ((m, other.get(form_of(m.name))) for m in mentions)
    return [replace(m, kind=ListKind(rule.kind), rule=rule.id) if rule else m for m, rule in ruled]


def _titled_alone(reading: Reading, mention: ListMention) -> list[NamedList]:
    """The list that the title names and no article, whatever others they name by the way."""
    printed = [m for m in _mentions_in_titles(reading) if m.name.lower() == mention.name.lower()]
    return [NamedList(mention.kind, telling(mention), printed[:1], titles=(mention.name,))] if printed else []


def _mentions_in_titles(reading: Reading) -> list[ListMention]:
    """Lists that the printed title alone names; the articles then speak of "designation" and "the parties"."""
    titles = (leaf for leaf in reading.leaves if leaf.kind in {"preface", "heading"})
    return [m for leaf in titles for m in read_mentions(reading.flowing, leaf.text_start, leaf.text_end)]


def _is_umbrella_name(text: str, mention: ListMention, mentions: Sequence[ListMention]) -> bool:
    """Whether a plural name stands for lists that its sentence then names: "Credit lists comprise the redlist and …"."""
    is_plural = bool(mention.words) and re.search(r"\blists\b", mention.name.lower())
    verb = (_COMPRISES if is_plural else _DIVIDED).match(text, mention.end)
    stop = text.find(". ", mention.end)
    stop = stop if stop >= 0 else len(text)
    return verb is not None and sum(verb.end() <= other.start < stop for other in mentions) > 1


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
    if len(same) > 1 and not is_plan and mention.rule in _COLOURS:  # "the blacklist" is the one that is called so
        same = [n for n in same if any(m.rule == mention.rule for m in n.mentions)] or same
    if len(same) == 1 and (
        not is_plan or is_about_lists(reading) or not same[0].words or _shares_part(reading, same[0], mention)
    ):
        return same[0]
    near = [n for n in same if not n.words or _shares_part(reading, n, mention)]
    if is_plan and not near and _THE.search(reading.flowing[max(mention.start - 8, 0) : mention.start]):
        near = [n for n in same if _shares_chapter(reading, n, mention)] or _only_one(reading, same, mention)
    return max(
        near, key=lambda n: max((m.start for m in n.mentions if m.start < mention.start), default=-1), default=None
    )


def _only_one(reading: Reading, same: Sequence[NamedList], mention: ListMention) -> list[NamedList]:
    """The one list of its kind that a plan has named before "the blacklist", unless that is any ("the blacklist system")."""
    before = [named for named in same if _first(reading, named) < mention.start]
    return before if len(same) == 1 and not _SYSTEM.match(reading.flowing, mention.end) else []


def _is_another(named: NamedList, mention: ListMention) -> bool:
    """Whether "the blacklist" cannot mean a list that is named later, and by no colour: "the register of lifetime bans"."""
    first = next(iter(named.mentions), None)
    return first is not None and not named.titles and first.rule not in _COLOURS and mention.start < first.start


def _shares_part(reading: Reading, named: NamedList, mention: ListMention) -> bool:
    unit = unit_of(reading, reading.leaf_at(mention.start))
    return any(unit_of(reading, reading.leaf_at(m.start)) == unit for m in named.mentions)


def _shares_chapter(reading: Reading, named: NamedList, mention: ListMention) -> bool:
    """Whether a list is named earlier in the chapter: "the redlist" two points on."""

    def chapter(at: int) -> str:
        return reading.by_eid[unit_of(reading, reading.leaf_at(at))].parent

    own = chapter(mention.start)
    return bool(own) and any(m.start < mention.start and chapter(m.start) == own for m in named.mentions)


def lists_in(title: str, lists: Sequence[NamedList]) -> tuple[int, ...]:
    """The lists that a title or a heading names, by index; both of "red and black lists"."""
    return tuple(sorted({i for mention in read_mentions(title, 0, len(title)) for i in _meant(mention, lists)}))


def one_by_conduct(heading: str, lists: Sequence[NamedList]) -> tuple[int, ...]:
    """The one list whose words a heading says without naming it: "Chapter III Serious illegality" of several lists."""
    words = canonical(content_words(heading))
    every = frozenset[str].intersection(*(named.words for named in lists))  # "shop", where all are lists of shops
    own = [named.words - every for named in lists]
    found = tuple(index for index, telling in enumerate(own) if len(telling) > 1 and telling <= words)
    return found if len(found) == 1 else ()


def names_several(title: str) -> bool:
    """Whether a title names lists in the plural: "Measures on Registers of Dishonest Institutions"."""
    heads = HEAD.findall(title)
    return bool(heads) and heads[-1].lower().endswith("s")


def _meant(mention: ListMention, lists: Sequence[NamedList]) -> tuple[int, ...]:
    """The list that a mention outside the text means: the one that shares its words, else the only one of its kind."""
    words = telling(mention)
    home = home_of(lists, mention.kind, words) if words else None
    same = [named for named in lists if named.kind is mention.kind]
    if len(same) > 1 and mention.rule in {"black", "red"}:
        same = [named for named in same if any(m.rule == mention.rule for m in named.mentions)]
    inside = [lists.index(named) for named in same if named.words and named.words <= words]
    if len(inside) > 1 and words <= {word for index in inside for word in lists[index].words}:
        return tuple(inside)  # "the redlist of volunteers and donors" of a volunteer redlist and a donor redlist
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


def _introduced_name(reading: Reading, own: Sequence[Introduced]) -> str:
    """The name by which a list is shown, of those in front of a parenthesis and in it; "" where none shortens it."""
    if not own:
        return ""
    mention, parenthesis = own[-1]
    short, title = term_of(reading.flowing, parenthesis), reading.document.meta.title
    if parenthesis.rule == "defined-list" and content_words(short):
        return short
    return shown_name(mention.name, short, title, reading.flowing, is_heading=_is_heading(reading, short))


def _is_heading(reading: Reading, short: str) -> bool:
    """Whether a short form of several words heads a part or a paragraph: "2.1 Train List. The company enters …"."""
    if " " not in short:
        return False
    form = form_of(short)
    run_in = re.compile(rf"\W*{re.escape(short)}\W*\.", re.IGNORECASE)
    return any(form_of(provision.heading) == form for provision in reading.document.provisions) or any(
        run_in.match(reading.flowing, leaf.text_start) for leaf in reading.leaves
    )


def aliases(reading: Reading, named: NamedList, others: Sequence[NamedList] = ()) -> Iterator[int]:
    """Offsets of a short form behind its introduction ("the List", "the grey sheet"), and of a head in capitals that no other list has."""
    yield from places_of(reading.flowing, named.short)
    head = bare_head(named.mentions[0].name) if named.mentions else ""
    if head and not any(head == bare_head(mention.name) for other in others for mention in other.mentions):
        yield from bare_places(reading.flowing, head, named.mentions[0].end)
