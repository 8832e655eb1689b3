"""Who keeps a list and who can be on it, as noun phrases of statements, and what each measure needs besides its words.

Bodies come from the items where there are any (their actors are read with care), else from the words before the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.extract.lists_names import singular
from kb.model import ActionItem, Actor, Label, Role

_KEEPS = re.compile(
    r"\b(?:responsible for|in charge of|manage|manages|keep|keeps|maintain|maintains|run|runs|update|updates|set up|sets up|establish\w*|create\w*)\b",
    re.IGNORECASE,
)
_PUBLISHES = re.compile(
    r"\b(?:publish\w*|publici\w+|disclos\w+|announce\w*|notify|notifies|send|sends|transmit\w*)\b", re.IGNORECASE
)
_VERB = (
    r"(?:(?:shall|may|must|should|will|is to|are to)(?!\s+(?:also\s+|all\s+)?be\b)|is responsible for|are responsible for|is in charge of|are in charge of|decides?|enters?|determines?|publish(?:es)?"
    r"|manages?|identify|identifies|keeps?|lists?|selects?|designates?|recogni[sz]es?|compiles?|(?:has|have) (?:placed|entered|included|put|listed|designated))\b"
)
_SUBJECT = re.compile(
    rf"(?:^|[,;:]\s+)(?:and\s+|but\s+)?(?:[Tt]he\s+|[Aa]n?\s+|[Aa]ny\s+|[Aa]ll\s+)?(?P<body>[A-Z]?[\w’'-]+(?:[ -][\w’'/&()-]+){{0,14}}?)\s+(?:jointly\s+|also\s+)?(?={_VERB})"
)
_AGENT = re.compile(
    r"(?<!for )(?<!prescribed )(?<!stipulated )\bby\s+(?:the\s+|an?\s+)?(?P<body>[\w’'-]+(?:\s[\w’'-]+){0,9}?)(?=\s+(?:on|in|into|through|within|and|for|after|at the time|shall|as|under|to|with)\b|[,.;:]|$)"
)
_BODY_WORD = re.compile(
    r"\b(?:courts?|bureaus?|departments?|ministry|ministries|administrations?|commissions?|authorit(?:y|ies)|organs?|agenc(?:y|ies)|offices?|bod(?:y|ies)|governments?"
    r"|banks?|customs|associations?|centers?|committees?|organizations?|platforms?|corporation|operators?|states?)\b",
    re.IGNORECASE,
)
_NOT_BODY = re.compile(
    r"^(?:it|they|where|if|when|prior|this|these|those|that|no|which|who|such|for|in|upon|after|before)\b|\b(?:list|information|term|decision|measures)$",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"(?:\b(?:shall|may|must|will|to|and|not|authorities|departments|organs|courts|bureaus)\s+(?:also\s+)?(?:enter|place|include|put|list|add)|\b(?:enters|places|includes|puts|adds))\s+"
    r"(?:the\s+|an?\s+|any\s+|that\s+)?(?P<target>[\w’'-]+(?:\s(?!that\b|who\b|which\b|whose\b)[\w’'-]+){0,9}?)\s+(?:(?:that|who|which|whose)\s[^;]{2,200}?\s)?(?:on|in|into|onto|as)\b",
    re.IGNORECASE,
)
_WHERE_SUBJECT = re.compile(
    r"^(?:Where|If|When)\s+(?:an?\s+|the\s+|any\s+)?(?P<target>[\w’'-]+(?:\s[\w’'-]+){0,9}?)\s+(?:is|are|has|have|does|do|fails?|refuses?|commits?|engages?|meets?|falls?|constitutes?)\b"
)
_PASSIVE = re.compile(
    r"(?:^|[,;:]\s+)(?:and\s+)?(?:[Tt]he\s+|[Aa]n?\s+|[Aa]ny\s+|[Aa]ll\s+|[Tt]he following\s+)?(?P<target>[\w’'-]+(?:,?\s(?!that\b|who\b|which\b)[\w’'-]+){0,9}?)\s+(?:(?:that|who|which|in|with|listed|under|meeting|having)\s[^,;:]{2,200}?\s)?"
    r"(?:shall(?: also)? be|may(?: apply to)? be|are(?: to be)?|is(?: to be)?|must be|should be|will be|who are)\s+(?:entered|placed|included|put|listed|recorded|added)\b"
)
_PERSONNEL = re.compile(
    r"\b(?:legal representatives?|(?:principal|main) (?:responsible )?persons?(?: in charge)?|persons? in charge|(?:other )?(?:directly )?responsible (?:personnel|persons?|officers?)|persons? directly responsible"
    r"|actual controllers?|controlling shareholders?|(?:main |principal )?shareholders?|senior (?:managers?|staff|management(?: personnel)?)|(?<=their )heads|directors|supervisors)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:it|them|him|her|that|those|such|this|which|person|subject)$|^(?:of|entry|data|criteria|drafts?|grounds?|information on)\b",
    re.IGNORECASE,
)


def role_of(words: str) -> str:
    """What a body does with the list: keeps, publishes or, in all other cases, designates."""
    if _KEEPS.search(words):
        return "keeps"
    return "publishes" if _PUBLISHES.search(words) else "designates"


def bodies(text: str, start: int, end: int, items: Sequence[ActionItem]) -> Iterator[tuple[int, int]]:
    """The bodies that act in the statement, in text order: the items' explicit actors, else subjects and agents."""
    named = [a for item in items for a in item.actors if a.span and _has_part(text, a)]
    acting = [a.span for a in named if a.span and not a.inferred] or [a.span for a in named if a.span]
    if acting:
        yield from sorted({(span.start, span.end) for span in acting if _is_body(text[span.start : span.end])})
        return
    statement = text[start:end]
    for pattern in (_SUBJECT, _AGENT):
        for match in pattern.finditer(statement):
            if _is_body(match["body"]):
                yield start + match.start("body"), start + match.end("body")


_NAMED = re.compile(
    r"\b(?:of|for)\s+(?:the\s+)?(?P<target>(?:[\w’'-]+\s){0,3}?(?:enterprises|companies|agencies|units|employers|institutions|operators|contractors|organizations"
    r"|suppliers|individuals|producers|volunteers|donors|sellers|merchants|taxpayers|doctors|lawyers|teachers|students|guides|drivers|shops|firms|banks|platforms))\b"
    r"(?:\s+and\s+(?P<second>(?:[\w’'-]+\s){0,2}?[\w’'-]+s)$)?"
)


def named_targets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Those that the name of a list itself says are on it: "blacklist of travel agencies"."""
    match = _NAMED.search(text[start:end])
    for group in ("target", "second") if match else ():
        if match and match[group]:
            yield start + match.start(group), start + match.end(group)


def is_known_party(words: str, known: str) -> bool:
    """Whether a phrase names a party again, in the same words or fewer: "the bureau" after "the municipal bureau"."""
    new, old = (
        {singular(word) for word in re.findall(r"[\w’'-]+", phrase.lower())} - {"the", "all", "any", "and", "or"}
        for phrase in (words, known)
    )
    return new <= old


def _is_body(words: str) -> bool:
    return bool(_BODY_WORD.search(words)) and not _NOT_BODY.search(words)


def _has_part(text: str, actor: Actor) -> bool:
    """Whether an actor acts on the list: those that only cooperate in a bracket do not."""
    before = text[max(actor.span.start - 80, 0) : actor.span.start] if actor.span else ""
    return actor.role is not Role.COOPERATING or bool(re.search(r"\b(?:together|jointly|conjunction) with\b", before))


_DEFINED = re.compile(
    r"\b(?:targets|subjects|objects)\b[^.;:]{0,80}?\s(?:are|include)\s(?P<parties>.{4,400})|^(?:These|This) [A-Z][\w ]{2,40} appl(?:y|ies) to (?P<scope>.{4,300})"
)
_BETWEEN = re.compile(
    r",\s+(?:as well as\s+|and\s+|or\s+)?|\s+(?:and|or|as well as)\s+(?=(?:to|the|their|its|any)\s)|\s+and\s+(?=\w+\s?\w*s\b)"
)
_LEADING = re.compile(r"(?:to\s+)?(?:the\s+|their\s+|its\s+|all\s+|any\s+)?")
_TRAILING = re.compile(r"\s(?:that|who|which|whose|within|in the territory|engaged)\b.*$|[.;:\s]+$", re.DOTALL)


def defined_targets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parties that a definition or a scope article names: "The targets of joint discipline are A and B"."""
    defined = _DEFINED.search(text[start:end])
    if not defined:
        return
    group = "parties" if defined["parties"] else "scope"
    at, last = start + defined.start(group), start + defined.end(group)
    cuts = [(match.start(), match.end()) for match in _BETWEEN.finditer(text, at, last)]
    for stop, following in [*cuts, (last, last)]:
        opening = _LEADING.match(text, at, stop)
        first = opening.end() if opening else at
        words = _TRAILING.sub("", text[first:stop])
        if words and len(words.split()) <= 10 and not _PRONOUN.search(words):
            yield first, first + len(words)
        at = following


def targets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Those that the statement puts on the list: subject of the passive, object of the active, responsible personnel."""
    statement = text[start:end]
    for pattern in (_PASSIVE, _OBJECT, _WHERE_SUBJECT):
        for match in pattern.finditer(statement):
            words = match["target"]
            if not _PRONOUN.search(words) and not _NOT_BODY.search(words) and not _PERSONNEL.search(words):
                yield start + match.start("target"), start + match.end("target")
                break
    yield from personnel(text, start, end)


def personnel(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Persons named by their post in text[start:end]."""
    for match in _PERSONNEL.finditer(text, start, end):
        yield match.span()


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
