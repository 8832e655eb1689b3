"""Lists whose names do not say of which kind they are: "the notice list", "the Harbour Roll".

That persons are put on such a list or taken off it makes it one; its kind is told by what the paragraphs say that name it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kb.extract.context import Reading
from kb.extract.hereinafter import read_introductions
from kb.extract.lists_aliases import form_of
from kb.extract.lists_cutting import UNREAD
from kb.extract.lists_names import KindRule, ListMention, content_words, kind_of, unknown_mentions
from kb.model import ListKind

_ON = re.compile(
    r"(?:\b(?:enter|plac|put|includ|add|inscrib|mov|transferr|go|goes|went|writ|enrol|stand|stay|remain)\w*\b[^.;:\n]{0,60}?\b(?:on|onto|in|into|to)"
    r"|\b(?:remov|delet|struck|strik|tak|drop|releas|eras|com)\w*\b[^.;:\n]{0,60}?\b(?:from|off)|\b(?:persons?|parties|units?|enterprises?|those|anyone) on)"
    r"(?: (?:the|an?|its|this|that|such|either|our))? [\"“‘]?$",
    re.IGNORECASE,
)
_LIST_OF = re.compile(r"\blists? (?:of|for) $", re.IGNORECASE)
_NEUTRAL = re.compile(  # rolls of members, of experts that one draws from, of what is registered
    r"\b(?:members?|experts?|evaluators?|guests?|voters?|electoral|shareholders?|lawyers?|arbitrators?|mediators?|appraisers?|appraisal|assessors?|entrusted|candidates?|contacts?"
    r"|trade|commercial|companies|population|household|land|patent|births?|goods|products?|items?|procurement|centrali[sz]ed|random|catalogues?|catalogs?|director(?:y|ies)|directors|data|information"
    r"|publicity|first|second|above|following|preceding|draft|such|own)\b",
    re.IGNORECASE,
)
_REWARD = re.compile(
    r"\b(?:incentiv|reward|priorit|commend|honou?r|green channel|prefer|praise|favou?r|benefit)", re.IGNORECASE
)
_PUNISH = re.compile(
    r"\b(?:refus|bar(?:red)?\b|ban(?:ned)?\b|punish|sanction|restrict|penal|violat|breach|suspend|denied|disqualif|exclu|fine[sd]?\b|may not|must not|shall not|owe|cheat)",
    re.IGNORECASE,
)
_BAD = r"(?:bad|poor|adverse|negative|undesirable|unlawful|illegal|dishonest|untrustworthy|uncivili[sz]ed|improper)"
_RECORD = re.compile(  # which a title or a heading makes a list: "Chapter III Record of Bad Conduct"
    rf"\b{_BAD} (?:(?!credit\b)[\w-]+ )?(?:conduct|behaviou?r|acts?|deeds?|faith) records?\b"
    rf"|\brecords? of {_BAD} (?:[\w-]+ )?(?:conduct|behaviou?r|acts|deeds|faith)\b",
    re.IGNORECASE,
)
_REACH = 110  # characters before a name in which a verb of listing is looked for
_OFTEN = 2  # times that such a name is used, at least
_KINDS = tuple(
    KindRule(id="told-by-listing", why="persons are put on it", kind=kind, pattern="", matches=())
    for kind in ("redlist", "blacklist")
)


def untold_lists(reading: Reading, known: Sequence[ListMention]) -> list[ListMention]:
    """The places where lists of untold kind are named; `known` are those of lists whose names tell it."""
    text, found = reading.flowing, defaultdict[str, list[ListMention]](list)
    for leaf in reading.leaves:
        if leaf.kind not in UNREAD:
            for mention in unknown_mentions(text, leaf.text_start, leaf.text_end, _KINDS[1]):
                found[form_of(mention.name)].append(mention)
    terms = (
        {form_of(text[one.term_start : one.term_end].removeprefix("the ")) for one in read_introductions(text)}
        if found
        else set()
    )
    titles = form_of(f"{reading.document.meta.title} {reading.document.meta.short_title}")
    taken = {(mention.start, mention.end) for mention in known}
    return [
        mention
        for form, mentions in found.items()
        if form not in terms and not _NEUTRAL.search(form) and _is_entered(text, mentions, is_titled=form in titles)
        for mention in _of_their_kind(reading, mentions)
        if (mention.start, mention.end) not in taken
    ]


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


def _is_entered(text: str, mentions: Sequence[ListMention], *, is_titled: bool) -> bool:
    """Whether persons are said to be put on a list, or taken off it, that is more than named by the way."""
    on = sum(bool(_ON.search(text, max(mention.start - _REACH, 0), mention.start)) for mention in mentions)
    return bool(on) and (is_titled or len(mentions) >= _OFTEN)


def _of_their_kind(reading: Reading, mentions: Sequence[ListMention]) -> list[ListMention]:
    """The mentions of a list as of the kind that its paragraphs speak for: one that punishes, unless they reward."""
    leaves = {leaf.eid: leaf for leaf in (reading.leaf_at(mention.start) for mention in mentions)}
    words = " ".join(reading.flowing[leaf.start : leaf.end] for leaf in leaves.values())
    if len(_REWARD.findall(words)) <= len(_PUNISH.findall(words)):
        return list(mentions)
    return [
        again
        for mention in mentions
        for again in unknown_mentions(reading.flowing, mention.start, mention.end, _KINDS[0])
    ]
