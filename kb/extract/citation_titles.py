"""Titles of instruments in running text, quoted or not: "the Food Safety Law", 《Guiding Opinions on …》 (Guofa (2016) No. 33).

An unquoted title is a run of capitalised words around a noun of citation_titles.yaml ("Civil Procedure *Law* of the People's
Republic of China"); a quoted one is what stands in quotation marks, angle marks or italics and holds such a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.extract.scan import WordScan
from kb.extract.words import NOUNISH, VERB, classify
from kb.rules import Rule, load_rules


class TitleRule(Rule, frozen=True, kw_only=True):
    """Nouns that head titles, and how much a title needs besides."""

    nouns: tuple[str, ...]
    subject: int
    quoted: int
    complement: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a text: the span with its quotation marks, the title without them."""

    start: int
    end: int
    title: str
    rule: str
    is_quoted: bool = False


RULES = load_rules(Path(__file__).with_suffix(".yaml"), TitleRule)
_BY_NOUN = {noun: rule for rule in RULES for noun in rule.nouns}
_NOUNS = "|".join(sorted(_BY_NOUN, key=lambda noun: (-len(noun), noun)))

_NOUN = re.compile(rf"\b(?:{_NOUNS})\b(?![-‑])")
_NOUN_SCAN = WordScan(rf"(?:{_NOUNS})\b(?![-‑])", first="".join(sorted({noun[0] for noun in _BY_NOUN})))
_NOUN_ANY_CASE = re.compile(rf"(?<![-‑\w])(?:{_NOUNS})(?![-‑\w])", re.IGNORECASE)
TITLE_HINT = re.compile(rf"{_NOUNS}|[《「『“‘«»\"*_]|'(?!s$)")
_QUOTED = re.compile(
    r"""[《“"‘'«»「『*_](?:
        (?<=《)[^《》\n]{3,300}》
      | (?<=「)[^「」\n]{3,300}」
      | (?<=『)[^『』\n]{3,300}』
      | (?<=“)[^“”\n]{3,300}”
      | (?<=")[^"\n]{3,300}"
      | (?<=[^\w.,;)]«)(?=[A-Z])[^«»\n]{3,300}»
      | (?<=[^\w.,;)]»)(?=[A-Z])[^«»\n]{3,300}«
      | (?<=‘)(?=[A-Z])[^‘“"\n]{3,300}?’(?!\w)
      | (?<=')(?<![\w'].)(?=[A-Z])[^"“\n]{3,200}?'(?!\w)
      | (?<=\*)(?<![*\w].)(?=[A-Z])[^*\n]{3,300}\*(?!\*)
      | (?<=_)(?<![_\w].)(?=[A-Z])[^_\n]{3,300}_(?!\w))""",
    re.VERBOSE,
)
_NOT_CAPITAL = r"(?!(?:Articles?|Items?|Paragraphs?|Chapters?|Sections?|Points?|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
_CAPITAL = rf"{_NOT_CAPITAL}[A-Z][\w’'&/‑–-]*"
_CONNECTOR = r"(?:of|the|and|or|in|on|for|to|by|with|from|at|a|an|as|under|through|against|between|within|into|over|upon|its|their)"
_AFTER_NOUN = r"(?:of|on|for|concerning|regarding|governing|against|relating\s+to|Of|On|For|Concerning|Regarding|Governing|Against|Relating\s+to)"
_GAP = r"(?:[^\S\n]+|\n(?=\S))"  # between words of a title: a line may end in it, a paragraph not
_COMPLEMENT = re.compile(
    rf"{_GAP}{_AFTER_NOUN}(?:{_GAP}{_CONNECTOR}){{0,3}}{_GAP}{_CAPITAL}"
    rf"(?:(?:{_GAP}{_CONNECTOR}){{0,4}}{_GAP}{_CAPITAL}|,{_GAP}{_CAPITAL}(?=,{_GAP}[A-Z]|,?{_GAP}(?:and|or){_GAP}[A-Z]|{_GAP}[A-Z][\w’'-]*,?{_GAP}(?:and|or){_GAP}[A-Z]))*"
)
_SMALL = frozenset("of the and or in on for to by with from at a an as under concerning regarding".split())
_SUFFIX = re.compile(
    r"\s*[(（](?:(?:for\s+)?(?:Trial|Interim|Provisional|Draft|Revised|Amended)[^()（）\n]{0,40}|(?:19|20)\d\d(?:\s*[–—-]\s*(?:19|20)\d\d)?"
    r"(?:\s+(?:Revision|Amendment|Edition|Version))?)[)）]"
)
_STAGE = re.compile(r"[(（](?:Trial|Interim|Provisional|Draft|Amendment|Revised)[)）]")
_YEARS = re.compile(
    r"\s+(?:in|for|during|over|within)\s+(?:the\s+)?(?:(?:[Yy]ears?\s+|[Pp]eriod\s+)?(?:19|20)\d\d(?:\s*(?:[–—-]|to|and)\s*(?:19|20)\d\d)?"
    r"|\d\d(?:st|nd|rd|th)\s+Five-Year\s+Plan(?:\s+[Pp]eriod)?)(?![\w-])"
)  # "in 2016-2017", behind the subject of a plan
_GOES_ON = re.compile(rf"{_GAP}[A-Z][a-z]")
_WORD_BEFORE = re.compile(r"(\S+)(\s+)$")
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNERS = re.compile(
    r"^(?:People|Women|Workers?|Minors?|Child(?:ren)?|Farmers?|Consumers?|Citizens?|Lawyers?|Teachers?|Judges?|Veterans?)['’]s?$"
)
_SHARED_ARTICLE = re.compile(r"\bof\s+the(?:\s+[A-Z][\w-]*){1,2}$")  # "of the Tendering and Bidding Law"
_GENERIC = frozenset(
    """interim trial provisional implementing implementation detailed several guiding relevant administrative local national state provincial
    municipal county departmental specific general supplementary legal special common final transitional mandatory further these this the
    other following new current same council people's people’s republic china congress ministry commission standing committee province
    municipality city autonomous region government supreme court office central basic international applicable chinese unified
    of and on for in to a an with by prc rule five-year""".split()
)  # fmt: skip
_GENERIC_LONG = _GENERIC | {"social", "credit"}  # what a title with its subject behind the noun needs besides
_NOT_FIRST = frozenset(
    "in under the where if when with by for this these as both of on to from all any such according pursuant per see".split()
)
_MARKS = "*_([{“‘\"'"
_TITLE_CODE = frozenset({"Civil", "Criminal", "Penal", "Labor", "Labour", "Commercial"})


def read_titles(text: str) -> list[Title]:
    """The titles of `text` in its order, none inside another; an outer quoted title wins."""
    titles = list(_quoted(text))
    taken = [(title.start, title.end) for title in titles]
    titles += _unquoted(text, _NOUN_SCAN.finditer(text), taken)
    return sorted(titles, key=lambda title: title.start)


def rules_in(text: str) -> list[str]:
    """Ids of the rows that fire in `text`."""
    return [title.rule for title in read_titles(text)]


def _quoted(text: str) -> Iterator[Title]:
    at = 0
    while match := _QUOTED.search(text, at):
        at = match.end()
        inner = match[0][1:-1].strip()
        mark = match[0][0]
        rule = _quoted_rule(inner, is_certain=mark == "《", is_italic=mark in "*_")
        if rule:
            yield Title(match.start(), match.end(), inner, rule.id, is_quoted=True)
        elif mark in "*_":  # a whole line in italics may hold quoted titles
            at = match.start() + 1


def _quoted_rule(inner: str, *, is_certain: bool, is_italic: bool) -> TitleRule | None:
    """The row of what stands in quotation marks; None for a term, a name or a quoted sentence."""
    if is_certain:
        noun = _NOUN_ANY_CASE.search(inner)
        return _BY_NOUN.get(noun[0].capitalize(), RULES[1]) if noun else RULES[1]
    noun = _NOUN_ANY_CASE.search(inner)
    if not noun or not inner[0].isupper() or inner[-1] in ".;,。；":
        return None
    rule = _BY_NOUN.get(noun[0].capitalize(), RULES[1])
    words = inner.split()
    if (
        (rule.complement and noun[0].islower())
        or len(words) < rule.quoted
        or (classify(words[0].lower()) & VERB and not classify(words[0].lower()) & NOUNISH)
    ):
        return None
    if (
        is_italic
        and not _is_title_case(words)
        and not any(t.start == 0 and t.end > 0.8 * len(inner) for t in _unquoted(inner, _NOUN.finditer(inner), []))
    ):
        return None
    return rule


def _is_title_case(words: list[str]) -> bool:
    """Whether emphasised words are written as a title, with a subject behind its noun ("Harbour Guidelines for Credit Repair")."""
    behind = {word for word in words if word in ("on", "for", "concerning", "regarding")}
    return bool(behind) and all(word[:1].isupper() or word in _SMALL for word in words)


def _unquoted(text: str, nouns: Iterator[re.Match[str]], taken: list[tuple[int, int]]) -> Iterator[Title]:
    """Titles around the nouns; a noun inside a quoted or an earlier title is passed over."""
    reached, at = 0, 0
    for noun in nouns:
        while at < len(taken) and taken[at][1] <= noun.start():
            at += 1
        if noun.start() < reached or (at < len(taken) and taken[at][0] < noun.start()):
            continue
        title = _around(text, noun, max(reached, taken[at - 1][1] if at else 0))
        if title:
            reached = title.end
            yield title


def _around(text: str, noun: re.Match[str], floor: int) -> Title | None:
    rule = _BY_NOUN[noun[0]]
    start = _left(text, noun.start(), floor)
    end, complement = noun.end(), ""
    after = _COMPLEMENT.match(text, end, end + 400)
    if after:
        end = _cut(text, end, after.end())
        complement = text[noun.end() : end]
    elif _GOES_ON.match(text, end):  # "Law Enforcement": the noun is no head
        return None
    generic = _GENERIC_LONG if rule.complement or noun[0] == "Code" else _GENERIC
    words = [
        w for w in re.findall(r"[\w’'-]+", text[start : noun.start()] + " " + complement) if w.lower() not in generic
    ]
    subject = [w for w in words if w not in _BY_NOUN]
    if noun[0] == "Code" and not _TITLE_CODE & set(text[start : noun.start()].split()):
        return None
    names_another = bool(_NOUN.search(complement)) and len(subject) > 0  # "Implementing Regulations of the … Law"
    names_another = names_another or (noun[0] == "Constitution" and "China" in complement)
    if (len(subject) < rule.subject and not names_another) or (
        rule.complement and not re.search(r"\b(?:on|for|concerning|regarding)\b", complement, re.I)
    ):
        return None
    years = _YEARS.match(text, end) if complement and rule.complement else None
    end = years.end() if years else end
    if noun[0] == "Act" and start == noun.start() and not re.match(r"\s+(?:[Oo]n|[Cc]oncerning)\b", complement):
        return None  # "the Act of God"
    suffix = _SUFFIX.match(text, end)
    end = suffix.end() if suffix else end
    return Title(start, end, " ".join(text[start:end].split()), rule.id)


def _left(text: str, start: int, floor: int) -> int:
    """Where the run of capitalised words that ends at `start` begins; "of" and "and" are crossed, "the" never."""
    first, crossed = start, start
    for _ in range(14):
        before = _WORD_BEFORE.search(text, max(crossed - 40, floor), crossed)
        if not before or "\n" in before[2]:
            break
        word = before[1]
        if word in {"of", "and", "&"} and first < start:
            crossed = before.start()
            continue
        if _STAGE.fullmatch(word) and first == start:
            first = crossed = before.start()  # "the Port Data (Interim) Measures"
            continue
        bare = word.strip(",").lstrip(_MARKS)
        if not bare[:1].isupper() or word[-1] in ".;:,)]" or (_POSSESSIVE.search(word) and not _OWNERS.match(word)):
            break
        if (crossed != first and bare in _BY_NOUN) or re.fullmatch(
            r"[IVXLC]+|Articles?|Items?|Paragraphs?|Chapter|Sections?", bare
        ):
            break
        first = crossed = before.start() + len(word) - len(word.lstrip(_MARKS))
        if first != before.start():
            break
    return _drop_first(text, first, start)


def _drop_first(text: str, first: int, start: int) -> int:
    """Leave a verb or a preposition at the head of a sentence outside: "Implement the …", "Under Chinese …"."""
    while first < start:
        word = re.match(r"\W*([\w’'-]+)\s*", text[first:start])
        if not word:
            return start
        lower = word[1].lower()
        kind = classify(lower)
        if lower not in _NOT_FIRST and not (kind & VERB and not kind & NOUNISH and _opens_sentence(text, first)):
            return first + word.start(1)
        first += word.end()
    return start


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(at - 3, 0) : at].rstrip(" *#")
    return not before or before[-1] in ".\n:;!?)]"


def _cut(text: str, start: int, end: int) -> int:
    """End the complement before "and the Product Quality Law": another title, joined to this one."""
    for match in re.finditer(
        r",?\s+(?:and|or)\s+(?:(?:to|of|by|with|in|on)\s+)?(?:the\s+)?(?=[A-Z])|,\s+(?=[A-Z])", text[start:end]
    ):
        rest = text[start + match.end() : end]
        if _POSSESSIVE.search(rest) and not _OWNERS.match(rest.split()[-1]):  # "and the State Council's …"
            return start + match.start()
        noun = _NOUN.search(rest)
        shares_article = "the" not in match[0] and _SHARED_ARTICLE.search(text[start : start + match.start()])
        if noun and not shares_article and not re.search(r"\b(?:on|of|for|and|or)\b", rest[: noun.start()]):
            return start + match.start()
    return end
