"""Query text -> a tree of small records, shared by the command line, Python and the site. docs/search.md has the grammar.

    blacklist -draft kind:plan due:..2017-12 ("joint punishment" OR disciplin*)

A plain question is a query: "how do I get off the blacklist?" is seven words, no wildcard. An error says where and what
to write instead; nothing is guessed silently.
"""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from kb.search.words import WORD, han_runs, without_han

FIELDS: dict[str, str] = {
    "actor": "body that must act: an id, name or abbreviation, or words of its name",
    "area": "government, commercial, social, judicial, …",
    "basis": "seen, recalled (digests), full, excerpt, digest",
    "cites": "document id, number or title that the provision cites",
    "doc": "document id, or a part of it or of its title",
    "field": "sector: food-safety, education, transport, …",
    "issuer": "body that issued the document",
    "kind": "plan, law, departmental-rule, memorandum, …",
    "level": "national, ministerial, judicial, provincial, municipal, county",
    "list": "blacklist, redlist, warning, other, or words of a list's name",
    "modality": "task, duty, prohibition, permission, encouragement, right",
    "region": "CN, CN-SH, …",
    "status": "in-force, amended, repealed, expired, draft",
    "strength": "must, should, may, encouraged, explore",
}
DATES: dict[str, str] = {
    "due": "an item's deadline",
    "effective": "the day the document takes effect",
    "issued": "the document's date",
}
MAX_LENGTH = 1000
MAX_DEPTH = 20


class QueryError(ValueError):
    """A query that cannot be read: what is wrong, where (0-based), and what to write."""

    def __init__(self, message: str, query: str, at: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.query, self.at, self.hint = message, query, at, hint

    def render(self) -> str:
        """Message, the query with a caret under the place, and the hint; a long query is cut around the place."""
        first = max(0, self.at - 60)
        shown = re.sub(r"\s", " ", self.query[first : first + 120])
        lines = [self.message, f"    {shown}", "    " + " " * (self.at - first) + "^"]
        return "\n".join([*lines, f"hint: {self.hint}"] if self.hint else lines)


class Node(msgspec.Struct, frozen=True, tag=True):
    """A part of a query."""


class Word(Node, frozen=True):
    """One word, in lower case; found by its stem. A stop word only helps its neighbours."""

    text: str


class Phrase(Node, frozen=True):
    """Words that stand next to each other, in this order; Chinese is compared sign by sign."""

    text: str


class Prefix(Node, frozen=True):
    """All words that begin so."""

    text: str


class Fuzzy(Node, frozen=True):
    """All words that differ in one letter (two in words of seven letters and more)."""

    text: str


class Han(Node, frozen=True):
    """A run of Chinese signs."""

    text: str


class Field(Node, frozen=True):
    """Passages with one of these values in a field."""

    name: str
    values: tuple[str, ...]


class Dates(Node, frozen=True):
    """Passages with a date in a range; ISO days, both included, "" for open."""

    name: str
    since: str
    until: str


class Role(StrEnum):
    SHOULD = "should"  # words: the more the better, one of them at least
    MUST = "must"  # phrases, fields, groups, and what stands beside AND or after +
    NOT = "not"


class Clause(msgspec.Struct, frozen=True):
    """A part and what it is to the whole."""

    node: Node
    role: Role


class All(Node, frozen=True):
    """Clauses that are read together."""

    clauses: tuple[Clause, ...]


class Any(Node, frozen=True):
    """Alternatives."""

    options: tuple[All, ...]


_SPACE = re.compile(r"\s+")
_RUN = re.compile(r'(?:(?![“”])[^\s"()])+')
_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*)(?::|：)")
_QUOTE = re.compile(r'"|[“”]')
_QUOTES = {'"': '"', "“": "”", "”": "”"}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def parse_query(text: str) -> All:
    """The tree of a query. Raises QueryError where it cannot be read."""
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query has {len(text)} characters; {MAX_LENGTH} are the most", text, MAX_LENGTH, "shorten it"
        )
    parser = _Parser(text)
    tree = parser.alternatives(0)
    if parser.at < len(text):
        raise QueryError("this ) closes nothing", text, parser.at, 'remove it, or put the text in "quotes"')
    return tree


def plain_query(text: str) -> All:
    """Every word and Chinese run of a text as it stands, no sign of it an operator: for questions of any form."""
    return All(tuple(Clause(node, Role.SHOULD) for node in _text_nodes(text[: 10 * MAX_LENGTH])))


def _text_nodes(text: str) -> list[Node]:
    """The words and Chinese runs of a text, in order."""
    found: list[tuple[int, Node]] = [(at, Han(run)) for at, run in han_runs(text)]
    found += [(m.start(), Word(m.group().lower().replace("’", "'"))) for m in WORD.finditer(without_han(text))]
    return [node for _, node in sorted(found, key=lambda x: x[0])]


class _Parser:
    """Recursive descent over the characters; `at` is the next one to read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def fail(self, message: str, at: int, hint: str = "") -> QueryError:
        return QueryError(message, self.text, at, hint)

    def skip(self) -> str:
        """The next character that is no space, or "" at the end."""
        if found := _SPACE.match(self.text, self.at):
            self.at = found.end()
        return self.text[self.at : self.at + 1]

    def keyword(self, *names: str) -> str:
        """Reads one of the operators written as words, and returns it; "" where none stands here."""
        run = _RUN.match(self.text, self.at)
        if run and run.group() in names:
            self.at = run.end()
            return run.group()
        return ""

    def alternatives(self, depth: int) -> All:
        """any = all { "OR" all }; a single alternative is returned as it is."""
        if depth > MAX_DEPTH:
            raise self.fail(f"parentheses are nested more than {MAX_DEPTH} deep", self.at, "remove some of them")
        options = [self.clauses(depth)]
        while self.skip():
            at = self.at
            if not (word := self.keyword("OR", "|")):
                break
            if not options[-1].clauses:
                raise self.fail(
                    f"nothing stands before {word}", at, f'write a word before it, or "{word.lower()}" in quotes'
                )
            options.append(self.clauses(depth))
            if not options[-1].clauses:
                raise self.fail(
                    f"nothing stands after {word}", at, f'write a word after it, or "{word.lower()}" in quotes'
                )
        return options[0] if len(options) == 1 else All((Clause(Any(tuple(options)), Role.MUST),))

    def clauses(self, depth: int) -> All:
        """all = { ["AND"] clause }, up to OR, a closing parenthesis or the end."""
        found: list[Clause] = []
        joined = False
        while (sign := self.skip()) and sign != ")":
            at = self.at
            if self.keyword("OR", "|"):
                self.at = at
                break
            if word := self.keyword("AND", "&&"):
                if not found:
                    raise self.fail(f"nothing stands before {word}", at, 'write a word before it, or "and" in quotes')
                found[-1] = _required(found[-1])
                joined = True
                continue
            new = self.clause(depth)
            if joined and new:
                new = [_required(new[0]), *new[1:]]
                joined = False
            found += new
        if joined:
            raise self.fail(
                "nothing stands after AND", max(0, self.at - 1), 'write a word after it, or "and" in quotes'
            )
        return All(tuple(found))

    def clause(self, depth: int) -> list[Clause]:
        """clause = ["-" | "NOT" | "+"] atom"""
        at = self.at
        if self.keyword("NOT"):
            if not self.skip() or self.text[self.at] == ")":
                raise self.fail("nothing stands after NOT", at, 'write a word after it, or "not" in quotes')
            return self.negated(at, depth)
        sign, after = self.text[at], self.text[at + 1 : at + 2]
        if sign in "-+" and after and not after.isspace() and after not in "-+)":
            self.at += 1
            if sign == "-":
                return self.negated(at, depth)
            return [_required(c) for c in self.atom(depth)]
        return self.atom(depth)

    def negated(self, at: int, depth: int) -> list[Clause]:
        inner = self.atom(depth)
        if not inner:
            raise self.fail("there is nothing to leave out here", at, "write a word, phrase or field right after it")
        node = inner[0].node if len(inner) == 1 else All(tuple(_required(c) for c in inner))
        if len(inner) == 1 and inner[0].role is Role.NOT:
            return [Clause(node, Role.MUST)]
        return [Clause(node, Role.NOT)]

    def atom(self, depth: int) -> list[Clause]:
        """atom = "(" any ")" | phrase | field | words"""
        sign = self.text[self.at]
        if sign == "(":
            return self.group(depth)
        if sign in _QUOTES:
            text = self.quoted()
            return [Clause(Phrase(text), Role.MUST)] if _text_nodes(text) else []
        run = _RUN.match(self.text, self.at)
        if run is None:  # a lone sign that opens nothing
            self.at += 1
            return []
        if (name := _FIELD.match(self.text, self.at)) and (found := self.field(name, run)):
            return [found]
        self.at = run.end()
        return [Clause(node, Role.SHOULD) for node in self.run_nodes(run.group())]

    def group(self, depth: int) -> list[Clause]:
        opened = self.at
        self.at += 1
        inner = self.alternatives(depth + 1)
        if self.text[self.at : self.at + 1] != ")":
            raise self.fail("this ( is never closed", opened, "add a ) or remove the (")
        self.at += 1
        return list(inner.clauses)

    def quoted(self) -> str:
        opened = self.at
        closing = self.text.find(_QUOTES[self.text[opened]], opened + 1)
        if closing < 0 and (other := _QUOTE.search(self.text, opened + 1)):
            closing = other.start()
        if closing < 0:
            raise self.fail("this quotation mark is never closed", opened, "add a closing one, or remove it")
        self.at = closing + 1
        return self.text[opened + 1 : closing]

    def run_nodes(self, run: str) -> list[Node]:
        """The nodes of a run of signs without a space: often one word, "2014-2020" is two, "~word" and "word*" one."""
        if run.startswith("~") and WORD.fullmatch(without_han(run[1:])):
            return [Fuzzy(run[1:].lower())]
        if run.endswith("*") and WORD.fullmatch(without_han(run[:-1])):
            if len(run) < 3:
                raise self.fail(
                    "a prefix needs two letters at least", self.at - len(run), "write more of the word before *"
                )
            return [Prefix(run[:-1].lower())]
        return _text_nodes(run)

    def field(self, name: re.Match[str], run: re.Match[str]) -> Clause | None:
        """A field with its value; None where the text only looks like one ("Note: …")."""
        at, key = self.at, name.group(1).lower()
        value_at = name.end()
        quoted = self.text[value_at : value_at + 1] in _QUOTES and value_at < len(self.text)
        empty = not quoted and value_at >= run.end()
        if key not in FIELDS and key not in DATES:
            if empty or self.text.startswith("//", value_at):
                return None
            raise self.fail(
                f"there is no field {key}:", at, f"{_closest(key)}fields: {', '.join(sorted((*FIELDS, *DATES)))}"
            )
        if empty:
            if self.text[value_at : value_at + 1].isspace() or value_at >= len(self.text):
                raise self.fail(
                    f"{key}: has no value", at, f"{key}: is {(FIELDS | DATES)[key]}; no space after the colon"
                )
            raise self.fail(f"{key}: has no value that can be read", value_at, "write the value right after the colon")
        if quoted:
            self.at = value_at
            raw = self.quoted()
        else:
            raw, self.at = self.text[value_at : run.end()], run.end()
        return Clause(self.dates(key, raw, value_at) if key in DATES else _values(self, key, raw, value_at), Role.MUST)

    def dates(self, name: str, raw: str, at: int) -> Dates:
        since, dots, until = raw.partition("..")
        if not dots:
            until = since
        first = self.day(since, at, last=False) if since else ""
        final = self.day(until, at + len(raw) - len(until), last=True) if until else ""
        if not first and not final:
            raise self.fail(f"{name}: has no date", at, f"write {name}:2017, {name}:..2017-12 or {name}:2016..2018")
        if first and final and first > final:
            raise self.fail(f"{name}: ends before it begins", at, f"write {name}:{until}..{since}")
        return Dates(name, first, final)

    def day(self, raw: str, at: int, *, last: bool) -> str:
        """The first or last day of a year, month or day."""
        found = _DATE.fullmatch(raw)
        hint = "write a year, a month or a day: 2017, 2017-12, 2017-12-31"
        if not found:
            raise self.fail(f"{raw!r} is no date", at, hint)
        year, month, day = (int(x) if x else 0 for x in found.groups())
        month = month if found.group(2) else (12 if last else 1)
        if not 1 <= month <= 12 or year < 1:
            raise self.fail(f"{raw!r} is no date", at, hint)
        from calendar import monthrange  # noqa: PLC0415 - few queries have a date

        days = monthrange(year, month)[1]
        day = day if found.group(3) else (days if last else 1)
        if not 1 <= day <= days:
            raise self.fail(f"{raw!r} is no date", at, hint)
        return f"{year:04}-{month:02}-{day:02}"


def _values(parser: _Parser, key: str, raw: str, at: int) -> Field:
    values = tuple(v for part in raw.split(",") if (v := " ".join(part.split()).lower()))
    if not values:
        raise parser.fail(f"{key}: has no value", at, f"{key}: is {FIELDS[key]}")
    return Field(key, values)


def _required(clause: Clause) -> Clause:
    return Clause(clause.node, Role.MUST) if clause.role is Role.SHOULD else clause


def _closest(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    found = get_close_matches(name, (*FIELDS, *DATES), n=1, cutoff=0.6)
    return f"did you mean {found[0]}: ? " if found else ""
