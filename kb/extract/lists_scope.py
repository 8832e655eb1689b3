"""Which statements of a document deal with which list: statements cut from its provisions, lists named, mentions gathered.

A statement is a sentence, a part between semicolons, or a lead-in with its points. A list is named once and then meant by
"the list", "listed" or its members ("judgment defaulters"); a document about lists means them throughout, any other only
where it names them and in what follows in the same article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.extract.clauses import Cutter
from kb.extract.context import Reading
from kb.extract.hereinafter import read_introductions
from kb.extract.lists_names import ListMention, content_words, kind_of, read_mentions, singular
from kb.model import Citation, DocumentKind, ListKind, Provision

_SKIPPED = frozenset({"preface", "heading", "note", "conclusion"})
_MARK = re.compile(r"[;；,]?\s*(?:and|or)?\s*(?:\[(?:seen|recalled)\]\s*)?$")
_LIST_HEADING = re.compile(r"^\W*List: (.+?)[\s*#_]*$")
_ABOUT_LISTS = re.compile(
    r"\b(?:black|red)[ -]?lists?\b|\blists?\b(?! of (?:measures|cities|the first))|\bdirectory of\b|\bserious violators\b|\bdefaulters\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\bjoint(?:ly)?\s+(?:punish|disciplin|sanction|incentiv|reward)", re.IGNORECASE)
BRACKETS = re.compile(r"(?:\s*[\[(（【][^\]\[()（）【】\n]{0,300}[\])）】])+\s*\.?")
_NAME_WORD = re.compile(
    r"(?<![\w-])(?!(?:(?:black|red|watch|white|gr[ae]y)[ -]?lists?|lists?|director(?:y|ies)|rosters?|regist\w+|catalog\w*|of|for|the|and|in)(?![\w-]))[\w’'-]+",
    re.IGNORECASE,
)
_COMPRISES = re.compile(
    r"[^.;:]{0,80}?\b(?:compris(?:e|es|ing)|includ(?:e|es|ing)|means?|refers? to|consists? of|(?:are|is) (?:divided|split) into|namely|that is)\b"
)
_SAME = (
    (
        re.compile(r"^(?:dishonest\w*|untrust\w*|un-trust\w*|discredit\w*|trust-?break\w*|distrust\w*|faithless)$"),
        "dishonest",
    ),
    (re.compile(r"^(?:unlawful\w*|illegal\w*|violat\w*|law-?breaking)$"), "unlawful"),
    (re.compile(r"^serious(?:ly)?$"), "serious"),
    (re.compile(r"^(?:punish\w*|disciplin\w*|sanction\w*)$"), "punishment"),
    (re.compile(r"^incentiv\w*$"), "incentive"),
    (re.compile(r"^(?:judgment|enforcement)$"), "judgment"),
    (re.compile(r"^(?:defaulters?|debtors?)$"), "defaulter"),
)
_PERSONS = frozenset(
    "person entity subject unit enterprise party target individual object company firm organization conduct act".split()
)
_UMBRELLA = re.compile(
    r"\bcredit lists?\b|\b(?:both|these|those|all|the (?:two|three|above)|various) (?:credit )?lists\b|\bthe lists\b|\b(?:a|any|each|every|either) (?:credit )?list\b(?! of)|(?<![\w-])lists\b(?! of)",
    re.IGNORECASE,
)
ANAPHOR = re.compile(
    r"\b(?:the|this|that|such|a|its) (?:list|directory|entry|listing|roster)\b|\b(?:on|from|off) (?:it|the list)\b|\blisted\b(?! compan)"
    r"|\b(?:the )?punishment measures\b|\bincentive measures\b|\bdecision on (?:entry|listing|removal)\b|\bwritten decision\b|\bthe (?:removal|deletion)\b"
    r"|\b(?:an|the) (?:entry|inclusion)\b|\b(?:is|are|be) (?:included|entered|listed|placed) (?:as well|too|at the same time|together|again)\b|\bincluded,|\blistings?\b|\bdelist\w*|\bthe (?:penalt|penali[sz]ed|listed|designated|parties|party|persons?|enterprises?|subjects?|entit(?:y|ies)) concerned\b|\b(?:those|parties|persons|enterprises|subjects|entities) (?:entered|listed|included|designated|placed)\b|\bblacklist(?:ed|ing)\b|\bredlist(?:ed|ing)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or part of one, or a lead-in with its points; spans are without numbers and final semicolons."""

    start: int
    end: int
    leaf: Provision
    unit: str  # eId of the article, or of the smallest headed or numbered part it stands in
    points: tuple[tuple[int, int], ...] = ()

    @property
    def whole_end(self) -> int:
        """The end with the last point."""
        return self.points[-1][1] if self.points else self.end


@dataclass(slots=True)
class NamedList:
    """A list of the document with all places where it is named."""

    kind: ListKind
    words: frozenset[str]
    mentions: list[ListMention] = field(default_factory=list)
    heading: str = ""  # the name a heading gives it ("List: …")
    section: str = ""  # eId of the part under that heading
    full_name: str = ""  # the one that a parenthesis shortens: "blacklist of … (hereinafter the "blacklist")"

    def name(self, *, is_about: bool) -> str:
        """The form in which it is named most often, in the singular where it is ever so; a heading's, where the text has none.

        In a document about other things the form says which list it is, where one does ("red list of volunteers").
        """
        if self.full_name:
            return self.full_name
        telling = [mention for mention in self.mentions if mention.words]
        if self.heading and not telling:
            return self.heading
        forms = Counter(_form(mention.name) for mention in (self.mentions if is_about else telling or self.mentions))
        best = max(forms, key=lambda form: (forms[form], len(form)))
        printed = [m.name for m in self.mentions if _form(m.name) == best]
        return min(printed, key=lambda name: (name != name.lower(), len(name)))

    @property
    def rule(self) -> str:
        return self.mentions[0].rule if self.mentions else "heading"


def _form(name: str) -> str:
    return " ".join(singular(word) for word in re.findall(r"[\w’'-]+", name.lower()))


# ---------------------------------------------------------------- statements


def statements(reading: Reading, leaves: Iterable[Provision]) -> Iterator[Statement]:
    """The statements of these leaves, in their order; a lead-in brings its points."""
    cutter = Cutter(reading, ())
    text = reading.flowing
    taken = -1
    for leaf in leaves:
        if leaf.kind in _SKIPPED or leaf.kind == "preamble" or leaf.start < taken:
            continue
        points = _points(reading, leaf) if leaf.kind == "intro" else ()
        if points:
            taken = points[-1].end
        spans = [span for s in cutter.sentences(leaf) if (span := _trimmed(text, s.start, s.end))]
        unit = unit_of(reading, leaf)
        lead = _lead(text, spans) if points else -1
        for number, (start, end) in enumerate(spans):
            inner = tuple(_point_span(text, p) for p in points) if number == lead else ()
            yield Statement(start, end, leaf, unit, inner)


def _lead(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Which statement of an intro the points belong to: the last that says "following", else the last."""
    said = [number for number, (start, end) in enumerate(spans) if "following" in text[start:end]]
    return said[-1] if said else len(spans) - 1


def _points(reading: Reading, intro: Provision) -> tuple[Provision, ...]:
    siblings = reading.children.get(intro.parent, ())
    after = siblings[siblings.index(intro) + 1 :]
    return tuple(p for p in after if p.kind in {"point", "subpoint"})


def _point_span(text: str, point: Provision) -> tuple[int, int]:
    return _trimmed(text, point.text_start, point.text_end) or (point.text_start, point.text_end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without a closing semicolon and a digest's mark; None for brackets alone."""
    if text[start] in "[(（【" and BRACKETS.fullmatch(text, start, end):
        return None
    closing = _MARK.search(text[max(start, end - 24) : end])
    end = max(start, end - 24) + closing.start() if closing else end
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def unit_of(reading: Reading, leaf: Provision) -> str:
    """The eId of the article of a leaf, or of the smallest part with a number or a heading that it stands in."""
    path = reading.path_of(leaf)
    article = next((p.eid for p in path if p.kind == "article"), "")
    if article:
        return article
    inner = [p for p in path if p.kind not in {"point", "subpoint", "intro"} and (p.number or p.heading)]
    return inner[-1].eid if inner else leaf.eid


# ---------------------------------------------------------------- lists


def named_lists(reading: Reading, citations: Sequence[Citation]) -> list[NamedList]:
    """The lists the document names, in the order of their first mention."""
    mentions = _all_mentions(reading, citations)
    lists = [_from_heading(reading, provision, match) for provision, match in _list_headings(reading)]
    bare: list[ListMention] = []
    for mention in mentions:
        words = _canonical(mention.words)
        if not words:
            bare.append(mention)
            continue
        home = _home(lists, mention.kind, words) or _section_list(reading, lists, mention)
        if home is None:
            home = NamedList(mention.kind, words)
            lists.append(home)
        home.mentions.append(mention)
    short = _short_names(reading, lists)
    for named in short.values():
        named.full_name = _introduced_name(reading, named)
    for mention in bare:
        home = short.get(_form(mention.name)) or _bare_home(reading, lists, mention)
        if home is None:
            home = NamedList(mention.kind, frozenset())
            lists.append(home)
        home.mentions.append(mention)
    for named in lists:
        named.mentions.sort(key=lambda m: m.start)
    return sorted(lists, key=lambda named: _first(reading, named))


def _first(reading: Reading, named: NamedList) -> int:
    starts = [named.mentions[0].start] if named.mentions else []
    return min([*starts, reading.by_eid[named.section].start] if named.section else starts)


def _all_mentions(reading: Reading, citations: Sequence[Citation]) -> list[ListMention]:
    text = reading.flowing
    cited = [(c.span.start, c.span.end) for c in citations if c.title]
    found = []
    for leaf in reading.leaves:
        if leaf.kind in _SKIPPED:
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
    return best if best is not None and likeness(best) >= 0.5 else None


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
    same = [named for named in lists if named.kind is mention.kind]
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
    """The lists that a title or a heading names, by index."""
    found = set()
    for mention in read_mentions(title, 0, len(title)):
        words = _canonical(mention.words)
        home = _home(lists, mention.kind, words) if words else None
        same = [named for named in lists if named.kind is mention.kind]
        if home or len(same) == 1:
            found.add(lists.index(home or same[0]))
    return tuple(sorted(found))


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


def _introduced_name(reading: Reading, named: NamedList) -> str:
    """The name in front of the parenthesis that introduces its short form."""
    opens = {
        opening
        for introduction in read_introductions(reading.flowing)
        for opening in (introduction.open - 1, introduction.open)
    }
    return next(mention.name for mention in named.mentions if mention.end in opens)


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
    """Offsets of a short form with a capital: "the List"."""
    text = reading.flowing
    for core, end in _short_terms(reading, named):
        if core[:1].isupper():
            yield from (match.start() for match in re.compile(rf"\bthe {re.escape(core)}\b").finditer(text, end))


def members_pattern(named: NamedList) -> re.Pattern[str] | None:
    """Words for those on the list: "judgment defaulters" of the list of judgment defaulters; None where there are none."""
    forms: set[str] = set()
    for mention in named.mentions:
        of = re.match(r"(?:.*\b)?(?:lists?|director(?:y|ies)) of (.+)$", mention.name, re.IGNORECASE)
        before = re.match(
            r"(.+ (?:defaulter|debtor|violator|target|subject|entity|enterprise|person))s? lists?$",
            mention.name,
            re.IGNORECASE,
        )
        phrase = (of or before)[1].lower() if of or before else ""  # type: ignore[index]
        if (
            1 < len(phrase.split()) <= 8
            and _tells_kind(phrase, named.kind)
            and not phrase.split()[-1].endswith(("ness", "ty"))
        ):
            head = phrase.split()
            forms.add(" ".join(head))
            forms.add(" ".join(singular(word) for word in head))
            if singular(head[-1]) in _PERSONS:
                forms.add(" ".join((*head[:-1], "conduct")))
    colour = {
        ListKind.BLACKLIST: ["blacklisted", "black-listed", "black listed", "blacklisting"],
        ListKind.REDLIST: ["redlisted", "red-listed", "red listed", "redlisting"],
    }.get(named.kind, [])
    if any(m.rule in {"black", "red"} for m in named.mentions):
        forms.update(colour)
    return (
        re.compile(
            "|".join(rf"\b{re.escape(form)}\b" for form in sorted(forms, key=lambda f: (-len(f), f))), re.IGNORECASE
        )
        if forms
        else None
    )


def _tells_kind(phrase: str, kind: ListKind) -> bool:
    """Whether the words for the members say by themselves that they are listed: "judgment defaulters", not "care homes"."""
    rule = kind_of(f"list of {phrase}")
    return rule is not None and rule.kind == kind.value


def umbrellas(text: str) -> Iterator[int]:
    """Where a statement may speak of all lists together: "the credit lists", "both lists", "entry on a list"."""
    return (match.end() for match in _UMBRELLA.finditer(text))
