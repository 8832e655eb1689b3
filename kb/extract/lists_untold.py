"""Lists whose names do not say of which kind they are: "the notice list", "the Harbour Roll".

That persons are put on such a list or taken off it makes it one; its kind is told by what the paragraphs say that name it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kb.extract.context import Reading
from kb.extract.hereinafter import read_introductions
from kb.extract.lists_aliases import form_of
from kb.extract.lists_apart import is_beside
from kb.extract.lists_cutting import UNREAD
from kb.extract.lists_headed import PUT_ON_IT, headings, is_about_lists
from kb.extract.lists_names import HEAD, KindRule, ListMention, content_words, kind_of, unknown_mentions
from kb.extract.words import AGENT, classify
from kb.model import ListKind

_ON = re.compile(
    r"(?:\b(?:enter|plac|put|includ|add|inscrib|mov|transferr|go|goes|went|writ|enrol|stand|stay|remain)\w*\b[^.;:\n]{0,60}?\b(?:on|onto|in|into|to)"
    r"|\b(?:(?:enter|join|leav|quit)(?:s|es|ed|ing|e)?|left)|\b(?:remov|delet|struck|strik|tak|drop|releas|eras|com)\w*\b[^.;:\n]{0,60}?\b(?:from|off)|\b(?:persons?|parties|units?|enterprises?|those|anyone) on)"
    r"(?: (?:the|an?|its|this|that|such|either|our))? [\"“‘]?$",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    r"\b(?:keep|maintain|establish|set|compil|draw|creat|operat|introduc|run|draft|hold)(?:s|es|ing|e)?(?: up)? (?:an? |the |its |their )?$",
    re.IGNORECASE,
)
_LIST_OF = re.compile(r"\blists? (?:of|for) $", re.IGNORECASE)
_NEUTRAL = re.compile(  # rolls of members, of experts that one draws from, of what is registered
    r"\b(?:members?|experts?|evaluators?|guests?|voters?|electoral|shareholders?|lawyers?|arbitrators?|mediators?|appraisers?|appraisal|assessors?|entrusted|candidates?|contacts?"
    r"|trade|commercial|companies|population|household|land|patent|births?|goods|products?|items?|procurement|centrali[sz]ed|random|catalogues?|catalogs?|director(?:y|ies)|directors|data|information"
    r"|(?:level|class|grade|tier|category|stage)[ -]\w{1,3} \w+$|publicity|first|second|above|following|preceding|draft|such|own)\b",
    re.IGNORECASE,
)
_REWARD = re.compile(
    r"\b(?:incentiv|reward|priorit|commend|honou?r|green channel|prefer|praise|favou?r|benefit)", re.IGNORECASE
)
_PUNISH = re.compile(
    r"\b(?:refus|bar(?:red)?\b|ban(?:ned)?\b|punish|sanction|restrict|penal|violat|breach|suspend|denied|disqualif|exclu|fine[sd]?\b|may not|must not|shall not|owe|cheat)",
    re.IGNORECASE,
)
_WATCH = re.compile(r"\b(?:inspect|attention|monitor|warn|remind|supervis|watch|interview)", re.IGNORECASE)
_BAD = r"(?:bad|poor|adverse|negative|undesirable|unlawful|illegal|dishonest|untrustworthy|uncivili[sz]ed|improper)"
_RECORD = re.compile(  # which a title or a heading makes a list: "Chapter III Record of Bad Conduct"
    rf"\b{_BAD} (?:(?!credit\b)[\w-]+ )?(?:conduct|behaviou?r|acts?|deeds?|faith) records?\b"
    rf"|\brecords? of {_BAD} (?:[\w-]+ )?(?:conduct|behaviou?r|acts|deeds|faith)\b",
    re.IGNORECASE,
)
_REACH = 110  # characters before a name in which a verb of listing is looked for
_OFTEN = 2  # times that such a name is used, at least
_TOLD = KindRule(id="told-by-listing", why="persons are put on it", kind="blacklist", pattern="", matches=())


def untold_lists(reading: Reading, known: Sequence[ListMention]) -> list[ListMention]:
    """The places where lists of untold kind are named; `known` are those of lists whose names tell it."""
    text, found = reading.flowing, _untold_by_form(reading)
    introductions = read_introductions(text) if found else ()
    terms = {form_of(text[one.term_start : one.term_end].removeprefix("the ")) for one in introductions}
    shorts = {one.open: text[one.term_start : one.term_end].removeprefix("the ") for one in introductions}
    titles = form_of(f"{reading.document.meta.title} {reading.document.meta.short_title}")
    parts = _parts_by_form(reading) if found and known and is_about_lists(reading) else {}
    taken = {(mention.start, mention.end) for mention in known}
    lists = []
    for form, mentions in found.items():
        places = _short_places(text, mentions, shorts, is_alone=not known)
        is_list = (
            form in parts
            or _is_entered(text, mentions, is_sure=form in titles or (bool(known) and mentions[0].name[0].isupper()))
            or any(_is_kept(text, mention, reading.leaf_at(mention.start).end) for mention in mentions)
            or _is_entered_by_short(text, places)
            or _is_in_series(text, mentions, known)
        )
        if is_list and form not in terms and not _NEUTRAL.search(form):
            lists += _of_their_kind(reading, mentions, [*places, *parts.get(form, ())])
    return [mention for mention in lists if (mention.start, mention.end) not in taken]


def _untold_by_form(reading: Reading) -> dict[str, list[ListMention]]:
    found = defaultdict[str, list[ListMention]](list)
    for leaf in reading.leaves:
        if leaf.kind not in UNREAD:
            for mention in unknown_mentions(reading.flowing, leaf.text_start, leaf.text_end, _TOLD):
                found[form_of(mention.name)].append(mention)
    return found


def _parts_by_form(reading: Reading) -> dict[str, list[int]]:
    """Where the paragraphs of a part stand whose heading is a name, by that name."""
    starts = [leaf.start for leaf in reading.leaves]
    return {
        form_of(reading.flowing[start : start + len(heading)]): [at for at in starts if start <= at < provision.end]
        for provision, start, heading in headings(reading)
        if HEAD.search(heading)
    }


def records(reading: Reading) -> Iterator[ListMention]:
    """The places where a "record of bad conduct" is named that is a list, since the title or a heading is about it."""
    titles = [reading.document.meta.title, *(provision.heading for provision in reading.document.provisions)]
    if not any(map(_RECORD.search, titles)):
        return
    for leaf in reading.leaves:
        for match in (
            _RECORD.finditer(reading.flowing, leaf.text_start, leaf.text_end) if leaf.kind not in UNREAD else ()
        ):
            rule = kind_of(match[0])
            is_list = _LIST_OF.search(reading.flowing, max(match.start() - 10, 0), match.start())
            if rule and rule.kind == "blacklist" and not is_list:
                words = content_words(match[0])
                yield ListMention(match.start(), match.end(), match[0], ListKind.BLACKLIST, rule.id, words)


def _is_entered(text: str, mentions: Sequence[ListMention], *, is_sure: bool) -> bool:
    """Whether persons are said to be put on a list, or taken off it, that is more than named by the way."""
    on = sum(bool(_ON.search(text, max(mention.start - _REACH, 0), mention.start)) for mention in mentions)
    return bool(on) and (is_sure or len(mentions) >= _OFTEN)


def _is_kept(text: str, mention: ListMention, end: int) -> bool:
    """Whether somebody keeps a list and its paragraph goes on to put persons on it: "keeps a notice roll. … are entered in it"."""
    kept = _KEEPS.search(text, max(mention.start - _REACH, 0), mention.start)
    return kept is not None and PUT_ON_IT.search(text, mention.end, end) is not None


def _is_in_series(text: str, mentions: Sequence[ListMention], known: Sequence[ListMention]) -> bool:
    """Whether a name printed in capitals stands beside that of a known list: "the Preferred List, the Watch List and the Ban List"."""
    capital = [mention for mention in mentions if mention.name[0].isupper()]
    ours = {mention.start for mention in capital}
    named = sorted([*capital, *known], key=lambda mention: mention.start)
    return any(
        (one.start in ours) != (other.start in ours) and is_beside(text, one, other) for one, other in pairwise(named)
    )


def _is_entered_by_short(text: str, places: Sequence[int]) -> bool:
    """Whether persons are put on the list by its short form."""
    return len(places) > _OFTEN and any(_ON.search(text, max(at - _REACH, 0), at) for at in places)


def _short_places(
    text: str, mentions: Sequence[ListMention], shorts: Mapping[int, str], *, is_alone: bool
) -> list[int]:
    """Where the short form stands that a name of persons introduces: 'list of false litigants (hereinafter "List")'.

    Where the document names no other list, its head is such a form ("the list").
    """
    opened = next((at for mention in mentions for at in range(mention.end, mention.end + 3) if at in shorts), -1)
    head = _HEADWORD.search(mentions[0].name)
    short = shorts.get(opened) or (head[0] if head and is_alone else "")
    if not short or not any(classify(word) & AGENT for word in re.findall(r"[\w-]+", mentions[0].name.lower())):
        return []
    used = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w-])(?! of)")
    return [match.start() for match in used.finditer(text, mentions[0].end)]


_HEADWORD = re.compile(r"\b(?:list|roster|roll|register)\b", re.IGNORECASE)


def _of_their_kind(reading: Reading, mentions: Sequence[ListMention], places: Sequence[int]) -> list[ListMention]:
    """The mentions of a list as of the kind that its paragraphs speak for: one that punishes, unless they reward or watch."""
    leaves = {leaf.eid: leaf for leaf in map(reading.leaf_at, [*(mention.start for mention in mentions), *places])}
    words = " ".join(reading.flowing[leaf.start : leaf.end] for leaf in leaves.values())
    rewards, bars, watches = (len(signs.findall(words)) for signs in (_REWARD, _PUNISH, _WATCH))
    if bars >= max(rewards, watches):
        return list(mentions)
    kind = ListKind.REDLIST if rewards >= watches else ListKind.WARNING
    return [replace(mention, kind=kind) for mention in mentions]
