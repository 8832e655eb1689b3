"""Patterns of words: what the rows of the list tables are written in, and the search for those that fire in a statement.

A pattern is a row of elements parted by blanks; it is looked for anywhere in the words of a statement:

    remove*             a word, "*" for any ending           <entry>      any word of the class (lists_words.yaml)
    may|can|<modal>     one of several                       the?         may be left out
    ..  ...  ....       up to 3, 8, 20 words; 5: 80         !market      the next word is none of these
    ^  $                the statement begins, ends           :            a colon (gaps cross none, and no semicolon)
    set_up|found        two words as one of several

"<remove> ... from <list>" finds "it removes the operator's name at once from the blacklist". Words are compared in lower
case and without quotation marks, brackets, commas and stops; "xxx" (a blanked name) is one word however long; "listed" before
a noun ("listed carriers") is the word "on-list", "is not allowed to" is "must not", "it is necessary to" is "must".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from kb.rules import Rule, load_rules


class WordClass(Rule, frozen=True, kw_only=True):
    """Words that do the same in a pattern; `matches` are the words themselves, "*" for any ending."""


CLASSES: Mapping[str, tuple[str, ...]] = {
    row.id: row.matches for row in load_rules(Path(__file__).parent / "lists_words.yaml", WordClass)
}
_TOKEN = re.compile(r"[a-z0-9%][a-z0-9'%-]*|[;:]")
_BLANKED = re.compile(r"x{2,}(?: (?:and |or )?x{2,})*")
_ATTRIBUTE = re.compile(  # "listed carriers", but not "are listed jointly"
    r" (?:is|are|be|been|being|was|were|not|also|then|get|gets) (?:[a-z]+ly )?(?:black-?|red-?)?listed|( (?:(?:black|red)-?listed|listed(?! compan)))"
    r"(?= (?!(?:on|onto|in|into|by|for|as|if|when|where|once|because|together|and|or|to|at|under|with|from|within|until|after|before|directly|again|twice|the|an?) )[a-z])"
)
_SAME = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r" (?:it )?(?:is|are) (?:not (?:allowed|permitted)|forbidden|prohibited) to (?=[a-z])", " must not "),
        (
            r" (?:it is necessary (?:for(?: [^ ]+){1,6}? )?|(?:is|are) required |needs? |has |have )to (?=[a-z])",
            " must ",
        ),
        (r" (these|this|the present) measures ", r" \1 rules "),
    )
)
_GAPS = {"..": 3, "...": 8, "....": 20, ".....": 80}
_FREQUENT = frozenset(
    "a an the of to in on into onto at by for from with and or not no be is are was were been has have had that who which it its their they any such as"
    " shall may must should will can x : ;".split()
)
_SHORTEST_STEM = 2
_NEEDED = 2  # elements of a pattern, beside the one by which it is looked up, whose words must be there


@dataclass(frozen=True, slots=True)
class Words:
    """A statement as patterns see it: its words between single blanks, and the set of them."""

    line: str
    present: frozenset[str]


@lru_cache(maxsize=4096)  # statements are asked by several tables, and again clause by clause
def words_of(text: str) -> Words:
    """The words of a statement."""
    line = f" {' '.join(_TOKEN.findall(_BLANKED.sub('x', text.lower().replace('’', chr(39)))))} "
    for pattern, to in _SAME:
        line = pattern.sub(to, line)
    if "listed " in line:
        line = _ATTRIBUTE.sub(lambda match: " on-list" if match[1] else match[0], line)
    return Words(line, frozenset(line.split()))


@dataclass(frozen=True, slots=True)
class _Compiled:
    expression: re.Pattern[str]
    keys: tuple[str, ...]  # one of these must be among the words, "*" for any ending
    needs: tuple[frozenset[str], ...]  # and one of each of these: what is seldom wanted is not searched for


class Patterns:
    """The patterns of a table, found by the words they cannot do without."""

    def __init__(self, rows: Sequence[Iterable[str]]) -> None:
        self._rows: list[tuple[int, re.Pattern[str], tuple[frozenset[str], ...]]] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        for row, patterns in enumerate(rows):
            for pattern in patterns:
                compiled = _compiled(pattern)
                for key in compiled.keys:
                    index = self._by_stem if key.endswith("*") else self._by_word
                    index.setdefault(key.removesuffix("*"), []).append(len(self._rows))
                self._rows.append((row, compiled.expression, compiled.needs))
        self._known: dict[str, tuple[int, ...]] = {}

    def fired(self, words: Words) -> list[int]:
        """Numbers of the rows of which a pattern is found, in their order."""
        candidates: set[int] = set()
        present = words.present
        for word in present:
            candidates.update(self._known[word] if word in self._known else self._asked(word))
        found: set[int] = set()
        for number in sorted(candidates):
            row, expression, needs = self._rows[number]
            if row in found:
                continue
            for need in needs:
                if need.isdisjoint(present):
                    break
            else:
                if expression.search(words.line):
                    found.add(row)
        return sorted(found)

    def _asked(self, word: str) -> tuple[int, ...]:
        """The patterns that a word may belong to."""
        numbers = list(self._by_word.get(word, ()))
        for length in range(_SHORTEST_STEM, len(word) + 1):
            numbers += self._by_stem.get(word[:length], ())
        self._known[word] = tuple(numbers)
        return self._known[word]


def _compiled(pattern: str) -> _Compiled:
    """The expression of a pattern, and the words of its element that says most.

    Raises ValueError where a class is unknown, or no element must be there.
    """
    parts: list[str] = []
    needed: list[tuple[str, ...]] = []
    for element in pattern.split():
        if element in _GAPS:
            parts.append(rf"(?: (?![;:])[^ ]+){{0,{_GAPS[element]}}}?")
        elif element in {"^", "$"}:
            parts.append("^" if element == "^" else " $")
        elif element.startswith("!"):
            parts.append(rf"(?! (?:{_alternatives(_atoms(element[1:]))})(?= ))")
        elif element.endswith("?"):
            parts.append(rf"(?: (?:{_alternatives(_atoms(element[:-1]))})(?= ))?")
        else:
            atoms = _atoms(element)
            needed.append(atoms)
            parts.append(rf" (?:{_alternatives(atoms)})(?= )")
    if not needed:
        raise ValueError(f"pattern {pattern!r} has no word that must be there")
    by_frequency = sorted(needed, key=_frequency)
    keys = tuple(atom.split()[0] for atom in by_frequency[0])
    whole = (atoms for atoms in by_frequency[1:] if not any("*" in atom.split()[0] for atom in atoms))
    needs = tuple(frozenset(atom.split()[0] for atom in atoms) for atoms in islice(whole, _NEEDED))
    return _Compiled(re.compile("".join(parts)), keys, needs)


def _atoms(element: str) -> tuple[str, ...]:
    """The words an element stands for."""
    atoms: list[str] = []
    for name in element.replace("_", " ").split("|"):
        if not name.startswith("<"):
            atoms.append(name)
        elif name.strip("<>") in CLASSES:
            atoms += CLASSES[name.strip("<>")]
        else:
            raise ValueError(f"{name} is no class of words")
    return tuple(atoms)


def _alternatives(atoms: Sequence[str]) -> str:
    return "|".join(re.escape(atom).replace(r"\*", "[^ ]*").replace(r"\ ", " ") for atom in atoms)


def _frequency(atoms: Sequence[str]) -> tuple[int, int]:
    return sum(atom.split()[0] in _FREQUENT for atom in atoms), len(atoms)
