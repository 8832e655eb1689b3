"""Those on a list, as a text calls them without its name: "judgment defaulters", "blacklisted units", "black status"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.extract.lists_likeness import PERSONS, NamedList
from kb.extract.lists_names import HEADS, ListMention, kind_of, singular
from kb.extract.lists_parties import is_person
from kb.model import ListKind

_MEMBERS_BEHIND = re.compile(rf"(?:.*\b)?{HEADS} of (?:the )?(.+)$", re.IGNORECASE)
_MEMBERS_BEFORE = re.compile(
    rf"(.+ (?:defaulter|debtor|violator|target|subject|entity|enterprise|person))s? {HEADS}$", re.IGNORECASE
)
_COLOUR_BEHIND = re.compile(r"\s*\(.*$")
_JOINT_MEMBERS = {
    ListKind.BLACKLIST: r"\b(?:subject|target|object)s? (?:of|under) (?:joint incentives? (?:[\w]+ ){0,4}?and (?:of )?)?joint (?:punishment|sanction|disciplin|penalt)",
    ListKind.REDLIST: r"\b(?:subject|target|object)s? (?:of|under) joint (?:incentive|reward)",
}
_COLOURED_MEMBERS = {
    ListKind.BLACKLIST: ("blacklisted", "black-listed", "black listed", "blacklisting"),
    ListKind.REDLIST: ("redlisted", "red-listed", "red listed", "redlisting"),
}
_COLOUR = re.compile(r"\b(?:black|red|grey|gray|yellow|white|green)(?=\b|[ -]?list)", re.IGNORECASE)
_BEHIND_NOUN = re.compile(r"\s(?:of|under|in|for)\s")
_CONDUCT = frozenset({"conduct", "act"})
_COLOURED_STANDING = r"(?:entr(?:y|ies)|status|standing|marks?|records?|subjects?|members?|suppliers?|names?|side)"


def members_pattern(named: NamedList, *, is_alone: bool) -> re.Pattern[str] | None:
    """Words for those on the list: "judgment defaulters" of the list of judgment defaulters; None where there are none.

    The only list of its kind in a document has the "targets of joint punishment" (or of joint incentives) on it too.
    """
    forms = {form for mention in named.mentions for form in _member_forms(mention, named.kind)}
    if any(m.rule in {"black", "red"} for m in named.mentions):
        forms.update(_COLOURED_MEMBERS.get(named.kind, ()))
    shapes = [rf"\b(?:{colour}) {_COLOURED_STANDING}\b" for colour in _colours(named)]
    shapes += [rf"\b{re.escape(form)}\b" for form in sorted(forms, key=lambda form: (-len(form), form))]
    if is_alone and named.kind in _JOINT_MEMBERS:
        shapes.append(_JOINT_MEMBERS[named.kind])
    return re.compile("|".join(shapes), re.IGNORECASE) if shapes else None


def tells_persons(words: str) -> bool:
    """Whether words for the members are for persons, not for what they did: "judgment defaulters", not "sham litigation"."""
    head = _BEHIND_NOUN.split(words.lower(), maxsplit=1)[0].rsplit(maxsplit=1)[-1]
    is_plural = singular(head) != head
    return is_plural or head in PERSONS - _CONDUCT or is_person(words) or _COLOUR.search(words) is not None


def _colours(named: NamedList) -> list[str]:
    """The colours in the names of a list: "black" in "blacklist of suppliers"; then "black status" speaks of it."""
    found = (match for mention in named.mentions for match in _COLOUR.finditer(mention.name))
    return sorted({match[0].lower().replace("grey", "gr[ae]y") for match in found})


def _member_forms(mention: ListMention, kind: ListKind) -> Iterator[str]:
    """The members that a name speaks of, in the plural and the singular, and their conduct."""
    found = _MEMBERS_BEHIND.match(mention.name) or _MEMBERS_BEFORE.match(mention.name)
    phrase = _COLOUR_BEHIND.sub("", found[1]).lower() if found else ""
    head = phrase.split()
    if 1 < len(head) <= 8 and _tells_kind(phrase, kind) and not head[-1].endswith(("ness", "ty")):
        yield phrase
        yield " ".join(singular(word) for word in head)
        if singular(head[-1]) in PERSONS:
            yield " ".join((*head[:-1], "conduct"))


def _tells_kind(phrase: str, kind: ListKind) -> bool:
    """Whether the words for the members say by themselves that they are listed: "judgment defaulters", not "care homes"."""
    rule = kind_of(f"list of {phrase}")
    return rule is not None and rule.kind == kind.value
