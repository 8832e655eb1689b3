"""The notation of the rule tables, and the machine that runs a table over a line.

A pattern is a sequence of tokens, separated by blanks:

    word        that very word, in upper or lower case
    NAME        a class of words, a shape, or a kind of piece that an earlier table has made (DAY, LENGTH, …);
                a name under `macros` in times_words.yaml stands for the pattern given there
    [ x ]       x or nothing
    ( x | y )   x or y
    ~n          up to n tokens of any kind, but no time, no full stop and no semicolon; ~~n: times too
    < x >       x is the time itself; what stands outside is only its surroundings
    ^ $         the beginning and the end of the sentence
    !x  ?x      x does not follow, x follows
    -x  +x      x does not stand before, x stands before (one token)
    @           in times_contexts.yaml: the time looked at

At each place the rule with the longest time wins, and the earlier row among equals; what it read becomes one piece, and
reading goes on behind it. No pattern repeats without bound, so that a table runs in the time of the line's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from kb.extract.times_tokens import Alphabet, Line, Piece, alphabet
from kb.rules import Rule, load_rules

HERE = Path(__file__).parent
_CLOSING = {"(": ")", "[": "]"}
_ANCHORS = {"<": "()", ">": "()", "^": "\\A", "$": "\\Z"}  # odd groups begin a time, even ones end it
_LOOKS = {"!": "(?!", "?": "(?=", "-": "(?<!", "+": "(?<="}
_SUBJECT_MARK = "@"


class PatternError(ValueError):
    """A pattern that is not of the notation; its text names the rule."""


class PatternRule(Rule, frozen=True, kw_only=True):
    """A row whose `pattern` is of this notation; `reads` names the function that makes its value."""

    pattern: str
    reads: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a pattern compiles to, and the codes that its first and its second token can have."""

    expression: str
    first: frozenset[str]
    second: frozenset[str]
    is_optional: bool
    may_be_single: bool  # matches one token alone

    def then(self, other: _Part) -> _Part:
        """This part and another behind it."""
        return _Part(
            self.expression + other.expression,
            self.first | (other.first if self.is_optional else frozenset()),
            self.second
            | (other.first if self.may_be_single else frozenset())
            | (other.second if self.is_optional else frozenset()),
            self.is_optional and other.is_optional,
            (self.may_be_single and other.is_optional) or (self.is_optional and other.may_be_single),
        )


_ANY = frozenset({"~"})
"""Stands for all codes, where a gap is."""


def _nothing(expression: str) -> _Part:
    """A part that takes no token."""
    return _Part(expression, frozenset(), frozenset(), True, False)


class _Compiler:
    """Turns one pattern into a regular expression over codes, and into the codes it can begin with."""

    def __init__(self, letters: Alphabet, pattern: str) -> None:
        self.letters = letters
        self.tokens = self._expand(pattern, 0)
        self.at = 0

    def _expand(self, pattern: str, depth: int) -> list[str]:
        if depth > 6:
            raise PatternError(f"a macro holds itself: {pattern}")
        out: list[str] = []
        for token in re.sub(r"([\[\]()|<>]|(?<!\S)[!?+-])", r" \1 ", pattern).split():
            macro = self.letters.macros.get(token)
            if macro is None:
                out.append(token)
            else:
                out += ["(", *self._expand(macro, depth + 1), ")"]
        return out

    def compile(self) -> _Part:
        """The whole pattern."""
        whole = self._alternatives()
        if self.at < len(self.tokens) or whole.is_optional:
            raise PatternError("unbalanced, or it matches nothing at all")
        return whole

    def _alternatives(self) -> _Part:
        parts = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            parts.append(self._sequence())
        return _Part(
            "|".join(part.expression for part in parts),
            frozenset().union(*(part.first for part in parts)),
            frozenset().union(*(part.second for part in parts)),
            any(part.is_optional for part in parts),
            any(part.may_be_single for part in parts),
        )

    def _sequence(self) -> _Part:
        whole = _nothing("")
        while self._peek() not in ("", "|", ")", "]"):
            whole = whole.then(self._item())
        return whole

    def _item(self) -> _Part:
        mark = self._next()
        if mark in _CLOSING:
            inner = self._alternatives()
            self._close(_CLOSING[mark])
            is_optional = mark == "["
            expression = f"(?:{inner.expression})" + "?" * is_optional
            return replace(inner, expression=expression, is_optional=inner.is_optional or is_optional)
        if mark in _ANCHORS:
            return _nothing(_ANCHORS[mark])
        if mark[0] == "~":
            return _Part(self._gap(mark), _ANY, _ANY, True, True)
        if mark in _LOOKS:
            return _nothing(f"{_LOOKS[mark]}{self._item().expression})")
        codes = self._codes(mark)
        return _Part(_one_of(codes), frozenset(codes), frozenset(), False, True)

    def _gap(self, token: str) -> str:
        stops = ("STOP", "SEMICOLON", "SUBJECT") if token.startswith("~~") else ("STOP", "SEMICOLON", "SUBJECT", "TIME")
        return f"[^{''.join(self.letters.shape(name) for name in stops)}]{{0,{int(token.lstrip('~'))}}}?"

    def _codes(self, name: str) -> str:
        if name == _SUBJECT_MARK:
            return self.letters.shape("SUBJECT")
        if not name.isupper() or len(name) == 1:
            return self.letters.word(name)
        try:
            return self.letters.codes(name)
        except KeyError as error:
            raise PatternError(f"{name} is no class, no shape and no kind of piece") from error

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _close(self, mark: str) -> None:
        if self._peek() != mark:
            raise PatternError(f"{mark} is missing")
        self.at += 1


def _one_of(codes: str) -> str:
    return codes if len(codes) == 1 else f"[{codes}]"


R = TypeVar("R", bound=PatternRule)


@dataclass(frozen=True, slots=True)
class Pattern(Generic[R]):
    """A compiled row."""

    rule: R
    expression: re.Pattern[str]
    first: frozenset[str]
    second: frozenset[str] | None  # of the token behind; None where there need be none, or it may be any

    @classmethod
    def of(cls, rule: R, *, searched: bool = False) -> Pattern[R]:
        """The row, compiled. Raises PatternError with its id. A pattern that is `searched` may begin with a gap."""
        try:
            compiler = _Compiler(alphabet(), rule.pattern)
            whole = compiler.compile()
        except PatternError as error:
            raise PatternError(f"rule {rule.id}: {error}") from error
        first = whole.first - _ANY
        second = None if whole.may_be_single or whole.second & _ANY else whole.second
        if not searched and (not first or compiler.tokens[0].startswith("~")):
            raise PatternError(f"rule {rule.id}: it must begin with a token")
        return cls(rule, re.compile(whole.expression), first, second)


class Found(msgspec.Struct, Generic[R], frozen=True):
    """A rule that matched: the pieces of the time are line.pieces[first:after]."""

    rule: R
    line: Line
    first: int
    after: int

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pieces of the time itself."""
        return self.line.pieces[self.first : self.after]

    def piece(self, kind: str, value: object) -> Piece:
        """A piece of a kind over the characters of the time."""
        pieces = self.pieces
        rules = tuple(dict.fromkeys([rule for p in pieces for rule in p.rules] + [self.rule.id]))
        return Piece(alphabet().shape(kind), pieces[0].start, pieces[-1].end, "", False, value, rules, tuple(pieces))


class Table(Generic[R]):
    """The rows of one or more files, ready to run."""

    def __init__(self, row_type: type[R], *names: str) -> None:
        self.rules = tuple(rule for name in names for rule in load_rules(HERE / name, row_type))
        patterns = [Pattern.of(rule) for rule in self.rules]
        codes = sorted(frozenset().union(*(p.first for p in patterns)))
        self._by_code = {code: tuple(p for p in patterns if code in p.first) for code in codes}
        self._by_pair: dict[str, tuple[Pattern[R], ...]] = {}  # filled as pairs of codes are met
        self._starts = re.compile(_one_of("".join(codes)))

    def run(self, line: Line, make: Callable[[Found[R]], Piece | None]) -> Line:
        """The line with every match replaced by what `make` makes of it; what it declines is left to the next best rule."""
        made: list[tuple[int, int, Piece]] = []
        behind = 0
        for start in self._starts.finditer(line.codes):
            at = start.start()
            if at < behind:
                continue
            pair = line.codes[at : at + 2]
            patterns = self._by_pair.get(pair)
            if patterns is None:
                patterns = self._by_pair[pair] = self._may_match(pair)
            if not patterns:
                continue
            for found in _candidates(patterns, line, at):
                piece = make(found)
                if piece is not None:
                    made.append((found.first, found.after, piece))
                    behind = found.after
                    break
        return line.replace(made)

    def _may_match(self, pair: str) -> tuple[Pattern[R], ...]:
        """The rows that can match where these two codes stand, or this one at the end of a line."""
        return tuple(p for p in self._by_code[pair[0]] if p.second is None or pair[1:] in p.second)


def _candidates(patterns: Sequence[Pattern[R]], line: Line, at: int) -> list[Found[R]]:
    """What these rows read at a place, the longest time first."""
    found: list[Found[R]] = []
    for pattern in patterns:
        match = pattern.expression.match(line.codes, at)
        if match is not None:
            marks = [place for place, _ in match.regs[1:] if place >= 0] or match.span()
            found.append(Found(pattern.rule, line, *marks))
    if len(found) > 1:
        found.sort(key=lambda f: f.first - f.after)
    return found
