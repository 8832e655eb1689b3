"""Who keeps a list and who can be on it, as noun phrases of statements, by the rows of lists_parties.yaml.

Bodies come from the items where there are any (their actors are read with care), else from the words before the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from kb.extract.lists_names import singular
from kb.extract.lists_patterns import Patterns, words_of
from kb.model import ActionItem, Actor, Label, Role
from kb.rules import Rule, load_rules

Stretch = tuple[int, int]
Use = Literal["role-keeps", "role-publishes", "body", "target", "subject", "personnel", "named", "defined"]


class PartyRule(Rule, frozen=True, kw_only=True):
    """Where a party stands in a statement, or what a body does with the list."""

    use: Use
    pattern: str = ""
    patterns: tuple[str, ...] = ()


RULES = load_rules(Path(__file__).with_suffix(".yaml"), PartyRule)
_ACT = (
    r"(?:(?:shall|may|must|should|will|is to|are to)(?!\s+(?:also\s+|all\s+)?(?:be|apply|object|request|ask|appeal)\b)|is responsible for|are responsible for|is in charge of|are in charge of|decides?|enters?|determines?|publish(?:es)?"
    r"|manages?|identify|identifies|keeps?|maintains?|lists?|selects?|designates?|recogni[sz]es?|compiles?|puts? forward|(?:has|have) (?:placed|entered|included|put|listed|designated))\b"
)
_LISTED = r"(?:(?:entered|placed|included|put|listed|recorded|registered|added|transferred|moved|blacklisted|redlisted|inserted|enrolled|brought|written|taken up)\b|(?:named|noted|taken|inscribed) (?:in|into|on|onto)\b|(?:determined|identified|designated|recogni[sz]ed|deemed|regarded|treated|classified) as\b)"
_ROLES = Patterns([rule.patterns for rule in RULES])
_SHAPES = tuple(
    (
        rule,
        re.compile(
            rule.pattern.replace("{act}", _ACT).replace("{listed}", _LISTED),
            0 if rule.use == "defined" else re.IGNORECASE,
        ),
    )
    for rule in RULES
    if rule.pattern
)
_BODY_WORD = re.compile(
    r"\b(?:courts?|bureaus?|bureaux|departments?|ministry|ministries|administrations?|commissions?|authorit(?:y|ies)|organs?|agenc(?:y|ies)|offices?|bod(?:y|ies)|governments?"
    r"|banks?|customs|associations?|cent(?:er|re)s?|committees?|organi[sz]ations?|platforms?|corporation|railway operators?|states?)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:courts?|bureaus?|bureaux|departments?|ministry|ministries|administrations?|commissions?|authorit(?:y|ies)|organs?|offices?|governments?|committees?|councils?|customs|secretariat)\b",
    re.IGNORECASE,
)
_KEEPER = re.compile(
    r"\b(?:councils?|boards?|chambers?|panels?|juries|jury|secretariat|congress|federations?|unions?|institutes?|institutions?|divisions?|sections?|units?|corps|detachments?|brigades?|inspectorates?|directorates?"
    r"|service|stations?|exchanges?|society|societies|university|universities|colleges?|schools?|hospitals?|groups?|procuratorates?|ministers?|regulators?|registrars?|townships?|counties|county|village|city"
    r"|officers?|members|masters?|heads?|directors?|committees?|delegates|police|guard|meetings?|libraries|library|clubs?|enterprises?|company|localities)\b",
    re.IGNORECASE,
)
_NOT_BODY = re.compile(
    r"^(?:it|they|has|have|is|are|been|where|whereupon|after|as|at|before|by|from|on|through|to|under|until|with|following|and|or|if|when|prior|this|these|those|that|no|which|who|such|for|in|upon|after|before|decisions?|determinations?|identification|application|notice|request|information|data|authority (?:for|over)|an? \w+ (?:that|who))\b|\b(?:and|or|the|an?|of|to|from|for|its|their)$|\b(?:list|information|term|decision|measures)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:it|they|them|him|her|there|that|those|such|this|which|person|subject|no|one|name|names)$|^(?:of|entry|inclusion|transfer|data|criteria|drafts?|grounds?|conduct|information on|an entry)\b"
    r"|^(?:after|as|at|before|by|for|from|in|on|through|to|under|until|upon|with|within|without|whether|unless|where|when)\b|^(?:the )?lists? of\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r",\s+(?:as well as\s+|and\s+|or\s+)?(?:at\s+)?|\s+(?:and|or|as well as)\s+(?:at\s+)?(?=(?:to|the|their|its|any|an?|every)\s)|\s+and\s+(?=\w+\s?\w*s\b)"
)
_LEADING = re.compile(
    r"(?:together with\s+|as well as\s+|including\s+|the (?:category|class|group) of\s+)?(?:to\s+)?(?:(?:the|their|its|all|any|an?|every|each|both)\s+)?"
)
_TRAILING = re.compile(
    r"\s\((?:hereinafter|below|hereafter|the\s+[\"“]|[\"“]).*$|\s(?:that|who|which|whose|as|within|in the territory|engaged|(?:identified|entered|listed|placed|determined|included|published|punished) (?:by|in|on|as|for))\b.*$|[.;:\s]+$",
    re.DOTALL,
)
_NO_PARTY = re.compile(
    r"\b(?:it|them|him|request|information|data|decision|statement|circumstances|because|together)\b", re.IGNORECASE
)
_PERSON = re.compile(  # nouns of agents, and the commonest of others that lists are of: "traders", "an athlete", "day nurseries"
    r"\b(?!(?:matter|order|letter|other|number|register|paper|chapter|manner|factor|error|sector|water|power|offer|transfer|quarter|tender|career|labor|behavior)s?\b)[a-z’'-]*[a-z]{2}(?:ers?|ors?|ists?|ians?|ees?)\b"
    r"|\b(?:(?:day |health )?(?:nurseries|nursery|schools?|hospitals?|clinics?|pharmac(?:y|ies)|shops?|inns?|hotels?|households?|villages?|famil(?:y|ies)|cooperatives?|platforms?|laborator(?:y|ies)|teams?|yards?|vessels?)"
    r"|agents?|participants?|applicants?|accountants?|merchants?|tenants?|students?|residents?|nurses?|athletes?|coaches|people|everyone|anyone|guides?|heads?|principals?|experts?|witness(?:es)?|intermediar(?:y|ies)|clubs?|brands?|bodies|body)\b",
    re.IGNORECASE,
)
_BEHIND_HEAD = re.compile(r"\s(?:of|with|for|to|in|on|from|at|by|under|against)\b")
_PLACED = re.compile(r"\s(?:under|within|in)\s(?:its|their|the)\b.*$")
_TOGETHER = re.compile(r"\b(?:together|jointly|conjunction) with\b")


def _spans(use: Use, text: str) -> Iterator[tuple[str, Stretch]]:
    """(rule, span) of every party that a row of this use finds, row by row."""
    for rule, pattern in _SHAPES:
        if rule.use == use:
            for match in pattern.finditer(text):
                for group in match.groupdict():
                    if match[group]:
                        yield rule.id, match.span(group)


def rules_in(text: str) -> list[str]:
    """Ids of the rows that fire in `text`."""
    roles = [RULES[number].id for number in _ROLES.fired(words_of(text))]
    return [*roles, *(rule.id for rule, pattern in _SHAPES if pattern.search(text))]


def scopes_in(text: str) -> list[str]:
    """Ids of the rows on definitions, scopes and subjects of conditions that fire in `text`."""
    return [rule.id for rule, pattern in _SHAPES if rule.use in {"defined", "subject"} and pattern.search(text)]


def role_of(words: str) -> str:
    """What a body does with the list: keeps, publishes or, in all other cases, designates."""
    uses = {RULES[number].use for number in _ROLES.fired(words_of(words))}
    if "role-keeps" in uses:
        return "keeps"
    return "publishes" if "role-publishes" in uses else "designates"


def bodies(
    text: str, start: int, end: int, items: Sequence[ActionItem], *, says_who: bool = False
) -> Iterator[Stretch]:
    """The bodies that act in the statement, in text order: the items' explicit actors, else subjects and agents.

    Where the statement is known to say who keeps the list (`says_who`), councils and schools are bodies as well.
    """

    def is_body(words: str) -> bool:
        return _is_body(words) or (says_who and is_keeper(words))

    named = _leading([a for item in items for a in item.actors if a.span and _has_part(text, a)], start, end)
    acting = [a.span for a in named if a.span and not a.inferred] or [a.span for a in named if a.span]
    if acting:
        yield from sorted({(span.start, span.end) for span in acting if is_body(text[span.start : span.end])})
        return
    statement = text[start:end]
    for _, (first, last) in _spans("body", statement):
        if is_body(statement[first:last]):
            yield start + first, start + last


def _leading(actors: Sequence[Actor], start: int, end: int) -> list[Actor]:
    """Of units printed outside the statement, in a bracket or a line below it, those in the lead where one is."""
    has_lead = any(actor.role is Role.LEAD for actor in actors)
    return [a for a in actors if a.role is Role.LEAD or not has_lead or (a.span and start <= a.span.start < end)]


def named_targets(name: str) -> Iterator[str]:
    """Those that the name of a list itself says are on it: "blacklist of travel agencies"."""
    return (name[first:last] for _, (first, last) in _spans("named", name))


def is_known_party(words: str, known: str) -> bool:
    """Whether a phrase names a party again, in the same words or fewer: "the bureau" after "the municipal bureau"."""
    new, old = (
        {singular(word) for word in re.findall(r"[\w’'-]+", phrase.lower())} - {"the", "all", "any", "and", "or", "its"}
        for phrase in (words, known)
    )
    return new <= old


def _is_body(words: str) -> bool:
    return bool(_BODY_WORD.search(words)) and not _NOT_BODY.search(words)


def is_keeper(words: str) -> bool:
    """Whether a phrase can be one who keeps a list or decides on it, in a clause known to say who does."""
    return not _NOT_BODY.search(words) and bool(_BODY_WORD.search(words) or _KEEPER.search(words))


def is_office(words: str) -> bool:
    """Whether a phrase names a public body, which enters others on lists."""
    return bool(_OFFICE.search(words)) or " in charge of " in words


def _has_part(text: str, actor: Actor) -> bool:
    """Whether an actor acts on the list: those that only cooperate in a bracket do not."""
    before = text[max(actor.span.start - 80, 0) : actor.span.start] if actor.span else ""
    return actor.role is not Role.COOPERATING or bool(_TOGETHER.search(before))


def defined_targets(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The parties that a definition or a scope article names: "The targets of joint discipline are A and B"."""
    defined = next(_spans("defined", text[start:end]), None)
    if not defined:
        return
    yield from _parted(text, start + defined[1][0], start + defined[1][1])


def listed_targets(text: str, points: Sequence[Stretch]) -> Iterator[Stretch]:
    """The parties that points enumerate: "the subjects are: 1. legal persons, including A and B; 2. …"."""
    for start, end in points:
        yield from _parted(text, start, end)


def _parted(text: str, at: int, last: int) -> Iterator[Stretch]:
    """The parties that "and", "or" and commas join."""
    cuts = [(match.start(), match.end()) for match in _BETWEEN.finditer(text, at, last)]
    for stop, following in [*cuts, (last, last)]:
        opening = _LEADING.match(text, at, stop)
        first = opening.end() if opening else at
        words = _TRAILING.sub("", text[first:stop])
        if words and len(words.split()) <= 10 and not _PRONOUN.search(words):
            yield first, first + len(words)
        at = following


def targets(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Those that the statement puts on the list: subject of the passive, object of the active, responsible personnel."""
    yield from _acted_on("target", text, start, end)
    yield from personnel(text, start, end)


def subjects(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The subject of a condition without a verb of listing: "An operator that owes wages"; a guess where nothing says more."""
    yield from _acted_on("subject", text, start, end)


def _acted_on(use: Use, text: str, start: int, end: int) -> Iterator[Stretch]:
    """The parties that rows of this use find, one a row, parted at "and"; persons named by their post are found apart."""
    statement = text[start:end]
    seen: set[str] = set()
    for rule, (first, last) in _spans(use, statement):
        words = statement[first:last]
        is_party = not (_PRONOUN.search(words) or _NO_PARTY.search(words) or _NOT_BODY.search(words) or rule in seen)
        if is_party and next(_spans("personnel", words), None) is None:
            seen.add(rule)
            yield from _parted(text, start + first, start + first + len(_PLACED.sub("", words)))


def is_person(words: str) -> bool:
    """Whether a phrase has at its head a noun for somebody who can be on a list: "traders", but no "conduct of traders"."""
    behind = _BEHIND_HEAD.search(words)
    return bool(_PERSON.search(words, 0, behind.start() if behind else len(words)))


def personnel(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Persons named by their post in text[start:end]."""
    for _, (first, last) in _spans("personnel", text[start:end]):
        yield start + first, start + last


def best_label(words: str, labels: Sequence[Label]) -> str:
    """The id of the label with the longest cue that stands in `words`; the earlier of two."""
    lower = words.lower()
    found = [(len(cue), -at, label.id) for at, label in enumerate(labels) for cue in label.cues if _has(lower, cue)]
    return max(found)[2] if found else ""


def label_of(words: str, labels: Sequence[Label]) -> str:
    """The id of the first label one of whose cues stands in `words`."""
    lower = words.lower()
    return next((label.id for label in labels if any(_has(lower, cue) for cue in label.cues)), "")


def _has(lower: str, cue: str) -> bool:
    stem = cue.removesuffix("*")
    at = lower.find(stem)
    while at >= 0:
        opens = at == 0 or not lower[at - 1].isalnum()
        after = at + len(stem)
        if opens and (cue.endswith("*") or after == len(lower) or not lower[after].isalnum()):
            return True
        at = lower.find(stem, at + 1)
    return False
