"""Names of lists in running text: "the blacklist", "a redlist and a blacklist of travel agencies", "list of judgment defaulters".

A name is built around a head (list, blacklist, directory …): the nouns before it and the noun phrase after "of". Whether it
is a list that persons are entered on, and of which kind, is decided by lists.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.extract.lists_name_bounds import name_end, name_start
from kb.extract.lists_name_tails import tail_end
from kb.extract.words import ADVERB, BE_FINITE, CONJ, DET, HAVE, PAST_AUX, PREP, SUB, classify
from kb.model import ListKind
from kb.rules import Rule, load_rules


class KindRule(Rule, frozen=True, kw_only=True):
    """Names of one kind of list; kind "none" for what is no list of persons."""

    kind: str
    pattern: str


@dataclass(frozen=True, slots=True)
class ListMention:
    """A place where a list is named. `words` are what tells it from others of its kind, in the singular, without the head."""

    start: int
    end: int
    name: str
    kind: ListKind
    rule: str
    words: frozenset[str]


RULES = load_rules(Path(__file__).parent / "lists.yaml", KindRule)
_HEAD = r"(?:(?:name[ -]?)?lists?|rosters?|registers?|registr(?:y|ies)|director(?:y|ies)|catalog(?:ue)?s?|rolls?|ledgers?|(?:honou?r|red|black|shame|exposure|praise)[ -]boards?|(?:black|red)[ -]?books?|(?:walls?|boards?|halls?) of (?:shame|fame|honou?r))"
_KINDS = tuple((rule, re.compile(rule.pattern.replace("{head}", _HEAD))) for rule in RULES)
HEADS = (
    r"(?:(?:black|red|watch|white|gr[ae]y|yellow)[ -]?lists?|(?:warning|attention|scrutiny|monitoring|dishonesty|defaulter|credit)-lists?|name[ -]?lists?|lists?"
    r"|director(?:y|ies)|rosters?|(?:honou?r|merit|honesty|integrity) rolls?|rolls?(?! (?:out|back|over|up|on)\b)|(?:honou?r|red|black|shame|exposure|praise)[ -]boards?"
    r"|(?:black|red)[ -]?books?|(?:walls?|boards?|halls?) of (?:shame|fame|honou?r)|ledgers?|(?-i:(?<=[a-z] )Record(?! of [a-z]))|registers?|registr(?:y|ies)|catalog(?:ue)?s?)"
)
HEAD = re.compile(rf"(?<![\w-])[\"“‘]?({HEADS}|(?:black|red)[\"”’] ?lists?)(?![\w-])[\"”’]?", re.IGNORECASE)
_IN_HEADS = (
    "list",
    "director",
    "roster",
    "roll",
    "regist",
    "catalog",
    "ledger",
    "board",
    "record",
    "book",
    "wall of",
    "hall of",
)  # one of these stands in every head
HEAD_HINT = re.compile("|".join(_IN_HEADS), re.IGNORECASE)
_SYSTEM = re.compile(r"\s+(?:system|mechanism|regime)s?(?=\s+(?:of|for)\s)")
_BOTH = re.compile(  # "red and black lists", "red/black list", "red (black) lists", "black- and redlists"
    r"\b(red|black|white)(?:lists?)?(?:[ -](?:and|&|or)[ -]|- (?:and|or) |/|-| \()(black|red|white)\)?[ -]?(?:name[ -]?)?(?:lists?|rosters?|boards?)\b",
    re.IGNORECASE,
)
_COLOURED = re.compile(r"\W*(?:black|red|watch|white|gr[ae]y|yellow)", re.IGNORECASE)
_TWIN = re.compile(
    r"[\"”’]?\s*(?:,|and|or|and\s+the|and\s+an?|or\s+the|or\s+an?)\s*[\"“‘]?(?:(?:black|red)[ -]?lists?)[\"”’]?(?P<rest>\s+(?:of|for)\s+)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r" \((?:the )?[\"“‘]?(?:red|black|gr[ae]y|watch)[ -]?list[\"”’]?\)", re.IGNORECASE)
_UNDER = re.compile(
    r" under (?:key|close[r]?|special|priority|enhanced) (?:attention|supervision|watch|scrutiny|monitoring|observation)\b"
)
_QUOTED_NAME = re.compile(r"[\"“‘][^\"“”‘\n.;]{1,120}[\"”’]")
_LISTS = re.compile(r"[Ll]ists\b")
_NEXT_WORD = re.compile(r" ([\w’'-]+)")
_NO_OBJECT = ADVERB | PREP | CONJ | SUB | BE_FINITE | PAST_AUX | HAVE
_NO_REAL_LIST = re.compile(r"\b(?:disguised|hidden|de facto|covert|unofficial) ", re.IGNORECASE)
_FORBIDDEN = re.compile(  # "must not put those who complain on an internal |blacklist|"
    r"\b(?:(?:shall|must|may) not|cannot|never|forbidden to|prohibited from|no \w+ (?:may|shall|can)) (?:be )?(?:put|plac|enter|includ|list|us|keep|set|establish|draw|maintain|creat|mak)\w*\b(?: up)?"
    r"(?:[^.;:\n]{0,60}? (?:an?(?: internal| secret| private)?|(?:its|their|his) own(?: internal)?))? $",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(r"\b(?:another|(?:any|some|every) other) $", re.IGNORECASE)  # "another department's blacklist"
_ANY = re.compile(r"\b(?:either|neither|each|every|both) $", re.IGNORECASE)  # "on either blacklist", of those named
_BY_THE_WAY = re.compile(  # what lists of others are asked about: "nor on any", "checked against the", "appears on a"
    r"\b(?:(?:on|in|from|into) (?:any|some)(?: such)?|(?:appear|figur|stand)\w* (?:on|in) an?|(?:has|have|had) (?:been )?(?:placed|put|entered|included|listed) (?:on|in) an?"
    r"|(?:decisions?|acts?) (?:to|of) (?:plac|put|enter|includ|list)\w* (?:[\w’'-]+ ){1,5}(?:on|in) an?"
    r"|(?:free (?:of|from)|no) (?:any )?(?:records?|entry|entries|names?) (?:on|in) (?:the|an?|any))(?: credit)? $",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:check|compar|screen|match|verif)\w*\b[^.;:\n]{0,60} (?:against|with|of) (?:the )?$", re.IGNORECASE
)
_FOR_THOSE = re.compile(r"\s+(?:of|for)\s+(?:those|all)\b")
_CLOSING = re.compile(r"[\"”’]$")
_OPENING = re.compile(r"[\"“‘].")
_STOP = frozenset(
    "system systems mechanism mechanisms regime list lists name namelist blacklist blacklists redlist redlists black red of the a an for in and or with on to directory directories roster register registers registry catalogue catalogues catalog roll rolls white whitelist whitelists under from that who which have been were are as".split()
)


def read_mentions(text: str, start: int, end: int) -> Iterator[ListMention]:
    """The lists named in text[start:end], in text order; "red and black lists" names two."""
    lower = text[start:end].lower()
    if not any(word in lower for word in _IN_HEADS):
        return
    pairs = list(_BOTH.finditer(text, start, end))
    for both in pairs:
        if _is_by_the_way(text, both.start(), start, is_plural=True):
            continue
        for word in (both[1], both[2]):
            kind = ListKind.BLACKLIST if word.lower() == "black" else ListKind.REDLIST
            rule = "black" if kind is ListKind.BLACKLIST else "red"
            yield ListMention(both.start(), both.end(), f"{word.lower()}list", kind, rule, frozenset())
    for head in HEAD.finditer(text, start, end):
        is_paired = any(both.start() <= head.start() < both.end() for both in pairs)
        mention = None if is_paired else _mention(text, head, start, end)
        if mention:
            yield from _twins(mention)


def _twins(mention: ListMention) -> Iterator[ListMention]:
    """A mention, or the two lists that one plural names: "lists of targets of joint incentives and of joint punishment"."""
    first, _, second = mention.name.partition(" and ")
    name = f"list of {second.removeprefix('of ')}"
    one, other = kind_of(first), kind_of(name)
    if not (second and one and other and re.search(r"s\b", first.split()[0])) or {"none", one.kind} & {other.kind}:
        yield mention
        return
    for text, rule in ((first, one), (name, other)):
        yield ListMention(mention.start, mention.end, text, ListKind(rule.kind), rule.id, content_words(text))


def kind_of(name: str) -> KindRule | None:
    """The row that decides on a name; None where no row knows it."""
    plain = re.sub(r"[\"“”‘’]", "", name.lower())
    return next((rule for rule, pattern in _KINDS if pattern.search(plain)), None)


def rules_in(text: str) -> list[str]:
    """Ids of the rows that decide on `text`, taken as one name."""
    rule = kind_of(text)
    return [rule.id] if rule else []


def unknown_mentions(text: str, start: int, end: int, kind: KindRule) -> Iterator[ListMention]:
    """Names that no row knows, as names of this kind: "the notice list", "the Reserved Roll"."""
    lower = text[start:end].lower()
    if not any(word in lower for word in _IN_HEADS):
        return
    for head in HEAD.finditer(text, start, end):
        mention = _mention(text, head, start, end, kind)
        if mention and mention.words and kind_of(mention.name) is None:
            yield mention


def _mention(
    text: str, head: re.Match[str], floor: int, end: int, unknown: KindRule | None = None
) -> ListMention | None:
    """The name around a head; None for an anaphor ("the list") and for lists that are none of persons."""
    if _LISTS.match(text, head.start()) and _is_object(text, head.end()):
        return None  # "the annex lists offenders"
    first = name_start(text, head.start(), floor)
    is_unreal = _NO_REAL_LIST.search(text[max(first - 20, floor) : head.start()])
    if (
        is_unreal
        or _FORBIDDEN.search(text, max(first - 120, floor), first)
        or _OF_OTHERS.search(text[max(first - 20, floor) : first])
    ):
        return None  # "it is forbidden to turn the roll into a disguised blacklist"
    if _is_by_the_way(text, first, floor, is_plural=head[0].rstrip('"”’').lower().endswith("s")):
        return None
    system = _SYSTEM.match(text, head.end(), end)  # "a blacklist system for sellers"
    last = name_end(text, system.end() if system else head.end(), end)
    last = head.end() if (system and last == system.end()) or _is_told_by_head(text, first, head.end(), last) else last
    under = _UNDER.match(text, last, end)  # "list under key attention"
    last = under.end() if under else last
    quoted = _QUOTED_NAME.match(text, first, end)
    if quoted and quoted.end() - 1 > last > head.end():  # “Name List of Enterprises Abiding by Contracts”
        last = quoted.end()
    if last > head.end():
        last = tail_end(text, last, end, is_told=kind_of(text[first:last]) is not None)
    name = " ".join(text[first:last].split())
    rule = kind_of(name) or unknown
    if (
        rule is None
        or rule.kind == "none"
        or (
            first == head.start()
            and last == head.end()
            and content_words(name) <= {"name"}
            and (not _COLOURED.match(name) or _ANY.search(text, max(first - 10, floor), first))
        )
    ):
        return None
    colour = _COLOUR.match(text, last, end)  # "register of subjects of joint incentives (red list)"
    if colour and not _COLOURED.match(text[head.start() : head.end()]):
        last, name = colour.end(), name + colour[0]
        rule = kind_of(name)
        if rule is None or rule.kind == "none":
            return None
    twin = _TWIN.match(text, head.end(), end) if last == head.end() else None
    if twin:  # "a redlist and a blacklist of travel agencies"
        name += text[twin.start("rest") : name_end(text, twin.start("rest"), end)]
    if _CLOSING.search(name) and not _OPENING.search(name):  # the “Dishonesty |List|”
        last, name = last - 1, name[:-1]
    return ListMention(first, last, " ".join(name.split()), ListKind(rule.kind), rule.id, content_words(name))


def _is_object(text: str, end: int) -> bool:
    """Whether "lists" is a verb, since what it lists follows: "lists |names|", "lists |the offences|"."""
    word = _NEXT_WORD.match(text, end)
    if word is None:
        return False
    kind = classify(word[1].lower())
    return bool(kind & DET) or (word[1].endswith("s") and not kind & _NO_OBJECT)


def _is_told_by_head(text: str, first: int, end: int, last: int) -> bool:
    """Whether "for those with more than ten points" says who is on a list that its head names: "the yellow list"."""
    rule = kind_of(text[first:end]) if _FOR_THOSE.match(text, end, last) else None
    return rule is not None and rule.kind != "none"


def _is_by_the_way(text: str, first: int, floor: int, *, is_plural: bool) -> bool:
    """Whether a name stands for the lists of others, as a bar or a thing to check: "nor on any blacklist"."""
    if _BY_THE_WAY.search(text[max(first - 60, floor) : first]):
        return True
    return is_plural and bool(_COMPARED.search(text[max(first - 100, floor) : first]))


def content_words(name: str) -> frozenset[str]:
    """The words that tell a list from others of its kind, in the singular."""
    return frozenset(
        singular(word) for word in re.findall(r"[\w’'-]+", name.lower().replace("-list", " list")) if word not in _STOP
    )


def singular(word: str) -> str:
    """A plain singular: entities -> entity, lists -> list."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "ous")) else word
