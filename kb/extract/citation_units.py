"""References to numbered units: "Article 12 of these Provisions", "Items 6 to 8", "the second paragraph of Article 9".

`read_unit_references` finds them; `UnitResolver` gives the eId of the smallest provision that holds all units a reference
names, counted from the place where it stands ("Item 2 of this Article", "Items 1 and 2 of the preceding paragraph").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.extract.scan import WordScan
from kb.model import Provision
from kb.parse.numbering import number_value

if TYPE_CHECKING:
    from kb.extract.context import Reading

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_WORD_NUMBERS = rf"(?:{_TENS})(?:-(?:{_ONES}))?|{_TEENS}|{_ONES}"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PARTS = {"indent", "dash", "sentence"}  # of a provision that must be named too
PRINTED = "printed"  # the kind of units named by the number alone
_KINDS = {
    "part": "part", "chapter": "chapter", "section": "section", "subsection": "section", "article": "article", "art": "article",
    "paragraph": "paragraph", "para": "paragraph", "item": "point", "point": "point", "subparagraph": "point", "clause": "point",
    "subitem": "point", "letter": "point", "measure": "point", "§": "article", "§§": "article",
    "rule": "article", "opinion": "article", "regulation": "article", "provision": "article", "task": "article", "indent": "point", "dash": "point",
    "ground": "point", "case": "point", "circumstance": "point", "situation": "point", "condition": "point", "sentence": "sentence", "annex": "annex", "annexe": "annex", "appendix": "annex", "appendice": "annex", "attachment": "annex", "schedule": "annex",
}  # fmt: skip
_UNIT_WORD = (
    r"(?:[Aa]rticles?|ARTICLES?|Rules?(?=\s\d)|[Aa]rts?\.?|[Pp]aragraphs?|[Pp]aras?\.?|[Ii]tems?|(?<!\d )[Pp]oints?|[Ss]ub-?paragraphs?|[Ss]ub-?items?|[Cc]hapters?|[Ss]ections?|Parts?|[Cc]lauses?"
    r"|[Aa]nnex(?:es)?|[Aa]ppendi(?:x|ces)|[Aa]ttachments?|Schedules?"
    r"|(?:Opinions?|Regulations?|Provisions?|Tasks?)(?=\s\d{1,2}(?![\w%.]\d|\w))|(?:[Gg]rounds?|(?<!\d )[Cc]ases?|[Cc]ircumstances?|[Ss]ituations?|[Cc]onditions?)(?=\s[(（\[])"
    r"|[Ss]ub-?sections?|[Ll]etters?(?=\s(?:[(（]?[a-z][)）]))"
    r"|[Mm]easures?(?=\s\d{1,2}\b(?!\s(?:months?|days?|years?|hours?|weeks?|working|calendar|per|percent)\b|\s?%)))"
)
_FIGURE = r"\d{1,2}(?:\.\d{1,2}){1,2}(?![\d%])|1[0-2]\d\d|\d{1,3}(?:-\d{1,2})?|[IVXL]{1,7}|[A-H](?=[\s,.;:)])|[a-z][)）]|[(（\[](?:[0-9a-z一二三四五六七八九十]{1,3}|[A-Z])[)）\]]"
_NUMBER = rf"(?:{_FIGURE}|(?i:{_WORD_NUMBERS}))"
_ANOTHER = rf"(?:{_FIGURE}|(?i:{_WORD_NUMBERS})(?!\s(?!(?:and|or|to|of|in|above|below|hereof|shall|must|may|is|are|appl(?:y|ies))\b)[a-z]))"  # no "and five years"
_SUFFIX = r"(?:\s?(?:[(（\[][0-9a-z]{1,3}|[a-z])[)）\]])*"
_JOIN = r"(?:\s*[,，、]\s*(?:and\s+|or\s+)?|\s+(?:and|or|to|through)\s+|\s*[–-]\s*)"
_NUMBERS = rf"{_NUMBER}(?![\w.]\d|\w){_SUFFIX}(?:{_JOIN}{_ANOTHER}(?!\w){_SUFFIX})*"
_UNIT = rf"({_UNIT_WORD}(?=\s)|§§?)\s*(?:[Nn]os?\.\s?)?({_NUMBERS})"
_ORDINAL_UNIT = rf"({'|'.join(_ORDINALS)}|last)\s+(paragraph|item|clause|subparagraph|indent|dash|sentence)(?=[\s,.;])"
_CASE = re.compile(r"(?:ground|case|circumstance|situation|condition)", re.IGNORECASE)
_CASE_ENDS = re.compile(
    r"$|[.,;:)）](?=[\s\"”’)]|$)|\s(?:of|above|below|shall|must|may|is|are|was|were|has|have|appl|does|do|in|under|for|and\s[a-z]{2}|by)"
)
_ANY = WordScan(f"(?:{_UNIT}|{_ORDINAL_UNIT})", first="AaPpIiSsCcfstenlLmMROTGg§", joined=r"\w-")
UNIT_HINT = re.compile(
    r"rticle|aragraph|pinion|egulation|rovision|Tasks?$|[Gg]round|[Cc]ases?$|ircumstance|ituation|ondition|[Pp]aras?\b|[Ii]tem|[Pp]oint|hapter|ection|Part|lause|nnex|ppendi|ttachment|Schedule|RTICLE|^Rules?$|[Ll]etters?$|easures?$|[Aa]rts?\b|§"
)
_SEPARATOR = re.compile(
    r"\s*,\s*(?:and\s+|or\s+)?(?:in\s+|of\s+)?|\s+(?:and|or|to|through|of|in|under)\s+(?:in\s+|of\s+)?(?:the\s+)?"
)
_DEEPER = re.compile(r"[ \u00a0](?=(?:[Pp]ara|[Ii]tem|[Pp]oint|[Ss]ub|[Cc]lause))")  # "Article 12 Paragraph 2"
_TAIL = re.compile(
    r"\s*,?\s+(?:(?:of|in|under)\s+(?P<which>this|these|the\s+present|the\s+same|the\s+preceding|the\s+previous|the\s+foregoing|that|the\s+above)"
    r"(?:\s+(?:two|three))?\s+(?P<what>(?:(?:Interim|Trial|Implementing|Guiding|Several|Detailed|Administrative)\s+)*[A-Za-z]+)|(?:hereof|above|below)\b)"
)
_REFERRED = re.compile(r"\b(?:in|under|of|by|with|to|from|violates?|violating|see)\s+the\s+$")
_NUMBER_TOKEN = re.compile(r"[(（\[][^()（）\[\]]{1,3}[)）\]]|\d+(?:\.\d+)+|\d+(?:-\d+)?|[A-Za-z]+|[–,-]")


@dataclass(frozen=True, slots=True)
class Unit:
    """Units of one kind: their numbers, as values or letters, in the order in which they are named."""

    kind: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitReference:
    """A chain of units, each at its place (not where it is a range, "Article 3 to Article 8"); `which` and `what` are the words that say of what ("this", "Article"), empty where none do."""

    start: int
    end: int
    units: tuple[Unit, ...]
    which: str = ""
    what: str = ""
    places: tuple[tuple[int, int], ...] = ()

    @property
    def is_annex(self) -> bool:
        return self.units[0].kind == "annex"

    @property
    def is_printed(self) -> bool:
        return self.units[0].kind == PRINTED

    def by_article(self) -> Iterator[UnitReference]:
        """The references to one article (annex, section) each in "Article 12 or Article 13 of this Law"; itself, where no second one is named."""
        kind = self.units[0].kind
        is_listed = len(self.places) == len(self.units) and kind in {"annex", "article", "section"}
        opens = [i for i, unit in enumerate(self.units) if unit.kind == kind] if is_listed else []
        if len(opens) < 2:
            yield self
            return
        for first, last in zip(opens, [*opens[1:], len(self.units)], strict=True):
            end = self.end if last == len(self.units) else self.places[last - 1][1]
            yield replace(
                self, start=self.places[first][0], end=end, units=self.units[first:last], places=self.places[first:last]
            )


def read_unit_references(text: str) -> Iterator[UnitReference]:
    """The references of `text` in its order; numbers that open a provision are among them."""
    at = 0
    for match in _ANY.finditer(text):
        if match.start() < at:
            continue
        if match[1] and _CASE.match(match[1]) and not _CASE_ENDS.match(text, match.end()):
            continue  # "the following cases (1) a boat sinks"
        units, places = [_unit(match)], [match.span()]
        start, end = match.span()
        while (gap := _SEPARATOR.match(text, end) or _DEEPER.match(text, end)) and (
            following := _ANY.pattern.match(text, gap.end())
        ):
            units.append(_unit(following))
            places = [] if gap[0].strip() in ("to", "through") else [*places, following.span()]
            end = following.end()
        tail = _TAIL.match(text, end)
        at = tail.end() if tail else end
        if match[3] and len(units) == 1 and not tail and not _is_named(text, match):
            continue  # "the first paragraph", of nothing in particular
        which, what = (" ".join((tail[name] or "").split()) if tail else "" for name in ("which", "what"))
        yield UnitReference(start, at, tuple(units), which, what, tuple(places))


def _is_named(text: str, ordinal: re.Match[str]) -> bool:
    """Whether "the first paragraph" is one of the provisions: "of" follows it, or it is referred to by a preposition."""
    referred = ordinal[4] == "paragraph" and _REFERRED.search(text, max(ordinal.start() - 20, 0), ordinal.start())
    return bool(referred) or (ordinal[4] not in _PARTS and text.startswith(" of", ordinal.end()))


def _unit(match: re.Match[str]) -> Unit:
    word, numbers, ordinal, ordinal_word = match.groups()
    if ordinal:
        value = "-1" if ordinal == "last" else str(_ORDINALS.index(ordinal) + 1)
        return Unit(_KINDS[ordinal_word], (value,))
    kind = _KINDS[word.lower().rstrip(".").removesuffix("s").replace("-", "")]
    return Unit(kind, _numbers(numbers))


def _numbers(printed: str) -> tuple[str, ...]:
    """The numbers named, ranges filled in: "33, 34 and 36 to 38" -> 33 34 36 37 38; "6 (a)" -> 6/a."""
    found: list[str] = []
    is_range = glued = False
    end = 0
    for token in _NUMBER_TOKEN.finditer(printed):
        word = token[0].lower()
        glued = token[0][0] in "(（[" and bool(found) and not re.search(r"[A-Za-z,–-]", printed[end : token.start()])
        end = token.end()
        if word in {"and", "or", ","}:
            glued = False
            continue
        if word in {"to", "through", "–", "-"}:
            is_range = True
            continue
        value = _value(word)
        if glued and not is_range and not printed[: token.start()].rstrip().endswith((",", "and", "or")):
            found[-1] = f"{found[-1]}/{value}"
        elif is_range and found and found[-1].isdigit() and value.isdigit():
            found += [str(n) for n in range(int(found[-1]) + 1, min(int(value), int(found[-1]) + 200) + 1)]
        else:
            found.append(value)
        is_range = False
    return tuple(found)


def _value(word: str) -> str:
    bare = word.strip("()（）[]")
    if bare[:1].isdigit():
        return bare
    if len(bare) == 1 and bare.isascii() and word[0] in "(（[":
        return bare  # a letter: (a), (i)
    return str(number_value(bare) or bare)


class UnitResolver:
    """Finds the provisions of one document that references name."""

    def __init__(self, reading: Reading, printed: Mapping[str, Provision]) -> None:
        """`printed` are the provisions by the numbers that the document prints ("3.1", "II")."""
        self.reading = reading
        self._numbered: dict[tuple[str, str], Provision] = {}
        for provision in reading.document.provisions:
            token = provision.eid.rsplit("__", 1)[-1].rpartition("_")[2]
            if provision.kind in {"annex", "article", "chapter", "part", "section"}:
                self._numbered.setdefault((provision.kind, token), provision)
        self._numbered |= {(PRINTED, number): p for number, p in printed.items()}

    def resolve(self, reference: UnitReference) -> str | None:
        """The eId of the smallest unit that holds all that is named, "" for the whole document; None where one is not found."""
        here = self.reading.path_of(self.reading.leaf_at(reference.start))
        scope = self._scope(reference, here)
        if scope is None:
            return None
        found: list[Provision] = []
        path: list[tuple[int, list[Provision]]] = []  # the units above the next one, with their ranks
        for unit in _outermost_first(reference.units):
            rank = _RANK[unit.kind]
            if unit.kind == "sentence":  # no provision of its own
                continue
            if path and path[-1][0] >= rank:
                found += path[-1][1]
            while path and path[-1][0] >= rank:
                path.pop()
            named = self._named(unit, path[-1][1] if path else [scope], here)
            if not named:
                return None
            path.append((rank, named))
        return _common(found + path[-1][1])

    def _scope(self, reference: UnitReference, here: tuple[Provision, ...]) -> Provision | None:
        """The provision in which the outermost unit is looked for; the document itself is a provision without eId."""
        article = next((p for p in reversed(here) if p.kind == "article"), None)
        document = Provision("", "document", 0, 0, 0, 0)
        what = reference.what.lower()
        if what == "article":
            return self._before(article) if "preceding" in reference.which or "previous" in reference.which else article
        if what in {"paragraph", "item", "clause"}:
            holder = self._paragraph(here)
            return (self._before(holder) if reference.which != "this" else holder) or article
        outermost = min(_RANK[unit.kind] for unit in reference.units)
        return document if outermost <= _RANK["article"] or article is None else article

    def _named(self, unit: Unit, holders: Sequence[Provision], here: tuple[Provision, ...]) -> list[Provision]:
        named: list[Provision] = []
        for number in unit.numbers:
            first, *inner = number.split("/")
            provision = self._one(unit.kind, first, holders, here)
            for part in inner:
                provision = self._one("point", part, [provision], here) if provision else None
            if provision is None:
                return []
            named.append(provision)
        return named

    def _one(
        self, kind: str, number: str, holders: Sequence[Provision], here: tuple[Provision, ...]
    ) -> Provision | None:
        if kind == PRINTED or "." in number:
            return self._numbered.get((PRINTED, number))
        if kind in {"annex", "article", "chapter", "part", "section"}:
            return self._numbered.get((kind, number)) or self._top(number, kind)
        for holder in holders:
            if kind == "paragraph":
                paragraphs = [c for c in self.reading.children.get(holder.eid, ()) if c.kind == "paragraph"]
                if number == "1" and not paragraphs:
                    return holder
                at = len(paragraphs) if number == "-1" else int(number) if number.isdigit() else 0
                if 0 < at <= len(paragraphs):
                    return paragraphs[at - 1]
            else:
                found = self._point(holder, number, here)
                if found:
                    return found
        article = self._numbered.get(("article", number)) if kind == "point" else None
        return article if article is not None and article.number.lower().startswith("point") else None

    def _top(self, number: str, kind: str) -> Provision | None:
        """Parts of plans, which carry numbers without a word: "Part III" -> III."""
        if kind in {"annex", "article"}:
            return None
        tops = [p for p in self.reading.children.get("", ()) if p.number and p.eid.rpartition("_")[2] == number]
        return tops[0] if len(tops) == 1 else None

    def _point(self, holder: Provision, number: str, here: tuple[Provision, ...]) -> Provision | None:
        """A point below `holder`; the paragraph in which the reference stands comes first."""
        below = [holder, *(c for c in self.reading.children.get(holder.eid, ()) if c.kind == "paragraph")]
        below.sort(key=lambda p: p not in here)
        for place in below:
            for child in self.reading.children.get(place.eid, ()):
                if child.kind in {"point", "subpoint", "subsection"} and child.eid.rpartition("_")[2] == number:
                    return child
        return None

    def _paragraph(self, here: tuple[Provision, ...]) -> Provision | None:
        return next((p for p in reversed(here) if p.kind in {"paragraph", "article"}), None)

    def _before(self, provision: Provision | None) -> Provision | None:
        """The sibling of the same kind just before; the last paragraph of the article before, where there is none."""
        if provision is None:
            return None
        siblings = [p for p in self.reading.children.get(provision.parent, ()) if p.kind == provision.kind]
        at = siblings.index(provision)
        return siblings[at - 1] if at else None


_RANK = {
    "annex": 0,
    "part": 0,
    "chapter": 1,
    "section": 2,
    PRINTED: 3,
    "article": 3,
    "paragraph": 4,
    "point": 5,
    "sentence": 6,
}


def _outermost_first(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The chain from the large to the small, also where it runs upward: "Items (1) to (7) or Item (9) of Article 42"."""
    ranks = [_RANK[unit.kind] for unit in units]
    is_upward = ranks[0] > ranks[-1] and ranks == sorted(ranks, reverse=True)
    return tuple(sorted(units, key=lambda unit: _RANK[unit.kind])) if is_upward else units


def _common(provisions: Sequence[Provision]) -> str:
    """The eId of the smallest provision that holds all of `provisions`."""
    paths = [p.eid.split("__") for p in provisions]
    shared: list[str] = []
    for parts in zip(*paths, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "__".join(shared)
