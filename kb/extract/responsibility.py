"""Brackets that allot the work of a paragraph: "(Lead unit: A; cooperating units: B and C)", "[A, B responsible]", "(A and B)".

In comes the stretch of a bracket or of a line of that kind, out come its bodies with their roles, or nothing where it is some
other bracket. A digest's "(Responsible body inferred: A)" gives bodies that are inferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kb.extract.actors import Doer, agency_of, bodies_in
from kb.extract.clauses import Cutter, Sentence
from kb.extract.deadlines import is_due
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    MODAL,
    NAMED,
    NOUNISH,
    REL,
    SUB,
    TIME,
    VERB,
)  # fmt: skip
from kb.model import Provision, Role, Time
from kb.rules import Rule, load_rules


class ResponsibilityRow(Rule, frozen=True, kw_only=True):
    """Cues of one role; `side` says where the bodies stand. A row without a role opens a time limit."""

    role: Role | None = None
    side: Literal["before", "after"]
    cues: tuple[str, ...]
    inferred: bool = False


_SHORTEST = 6  # characters of a bracket that can name a body
_LASTING = frozenset(
    "long-term ongoing continuous continuously continued continuing sustained permanent lasting routine year-round".split()
)


@dataclass(frozen=True, slots=True)
class Allotment:
    """A bracket's place in the body, the bodies in it, and the limit it sets."""

    start: int
    end: int
    doers: tuple[Doer, ...]
    inferred: bool
    limit: Time | None = None
    is_lasting: bool = False  # "time limit: long term"


@cache
def rows() -> tuple[ResponsibilityRow, ...]:
    """The table."""
    return load_rules(Path(__file__).parent / "responsibility.yaml", ResponsibilityRow)


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], ResponsibilityRow], ...]]:
    """Cues by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], ResponsibilityRow]]] = {}
    for row in rows():
        for cue in row.cues:
            words = tuple(cue.split())
            found.setdefault(words[0], []).append((words, row))
    return {word: tuple(sorted(cues, key=lambda c: -len(c[0]))) for word, cues in found.items()}


def read_brackets(cutter: Cutter, s: Sentence, leaf: Provision) -> list[Allotment]:
    """The allotments in the brackets of a sentence; without cue words only where the bracket closes it."""
    text = cutter.reading.document.text
    found = []
    for start, end in s.brackets:
        if end - start < _SHORTEST:
            continue
        rest = text[end : end + 2].strip()
        closes = end >= leaf.text_end or not rest or rest[0] in ".;。；[(（【" or text[end] == "\n"
        allotment = _allotment(cutter.within(leaf, start + 1, end - 1), start, end, bare=closes)
        if allotment is not None:
            found.append(allotment)
    return found


def read_line(s: Sentence) -> Allotment | None:
    """The allotment in a sentence such as "Lead units: A and B", or None."""
    found = _cue_at(s, 0, "after")
    if found is None or found[1] >= len(s.words):
        return None
    behind = found[1]
    is_phrase = s.words[behind - 1] == "by" and not any(map(_is_of_clause, s.classes))
    if not s.classes[behind] & COLON and not is_phrase:
        return None
    return _allotment([s], s.start, s.end, bare=False)


def _is_of_clause(kind: int) -> bool:
    """Whether a word tells that a sentence is more than "Led by A, with the participation of B"."""
    is_pure_verb = kind & VERB and not kind & (NOUNISH | ADJECTIVISH | AGENT)
    return bool(kind & (MODAL | BE_FINITE | SUB | REL) or is_pure_verb)


def _allotment(parts: list[Sentence], start: int, end: int, *, bare: bool) -> Allotment | None:
    doers: list[Doer] = []
    row: ResponsibilityRow | None = None
    cued = False
    for part in parts:
        row, found, has_cue = _read_part(part, row)
        cued = cued or has_cue
        doers += found
    if not cued and not (bare and doers and all(_is_only_bodies(part) or _is_lasting(part) for part in parts)):
        return None
    limit = next((m.time for part in parts for m in part.marks.values() if m.time and is_due(m.time)), None)
    limited = doers or any(_cue_at(part, 0, "after") for part in parts)
    is_lasting = limit is None and any(_is_lasting(part) for part in parts)
    if not doers and not (limited and (limit or is_lasting)):
        return None
    inferred = any(d.rule == "inferred-after" for d in doers)
    return Allotment(start, end, tuple(doers), inferred, limit, is_lasting)


def _is_lasting(s: Sentence) -> bool:
    """Whether a bracket says of its work that it goes on ("time limit: long term", "ongoing")."""
    return any(s.words[k] in _LASTING or tuple(s.words[k : k + 2]) == ("long", "term") for k in range(len(s.words)))


def _read_part(s: Sentence, row: ResponsibilityRow | None) -> tuple[ResponsibilityRow | None, list[Doer], bool]:
    """The role in force behind the part, its doers, and whether a cue stands in it; a part without one goes on with `row`."""
    found: list[Doer] = []
    boundary = k = 0
    cued = False
    n = len(s.words)
    while k < n:
        after = _cue_at(s, k, "after") if k == boundary or s.classes[k - 1] & (COMMA | CONJ | COLON) else None
        if after is not None and after[1] < n:
            found += _named(s, boundary, k, row)
            row, k, cued = after[0], after[1], True
            k = _behind_colon(s, k)
            boundary = k
            continue
        before = _cue_at(s, k, "before") if k > boundary else None
        if before is not None and _is_closed(s, before[1]):
            found += _named(s, boundary, k, before[0])
            boundary, k, cued = before[1], before[1], True
            continue
        k += 1
    found += _named(s, boundary, n, row)
    return row, found, cued


def _behind_colon(s: Sentence, k: int) -> int:
    """The unit behind the colon of a cue, also across words that name no body ("Lead, each for its part: A; B")."""
    for at in range(k, min(k + 8, len(s.words))):
        if s.classes[at] & COLON:
            return at + 1
        if s.classes[at] & (AGENT | NAMED):
            return k
    return k


def _is_closed(s: Sentence, at: int) -> bool:
    """Whether the stretch ends here, or goes on behind a comma, a time or an adverb."""
    return (
        at >= len(s.words)
        or bool(s.classes[at] & (COMMA | TIME | ADVERB | CONJ))
        or s.words[at] in ("for", "in", "with")
    )


def _cue_at(s: Sentence, at: int, side: str) -> tuple[ResponsibilityRow, int] | None:
    """The longest cue of that side at unit `at`, and the unit behind it."""
    if at >= len(s.words):
        return None
    for cue, row in _cues().get(s.words[at], ()):
        if row.side == side and tuple(s.words[at : at + len(cue)]) == cue:
            return row, at + len(cue)
    return None


def _named(s: Sentence, start: int, stop: int, row: ResponsibilityRow | None) -> list[Doer]:
    """The bodies in a stretch, in the role of `row`."""
    if row is not None and row.role is None:
        limit = next((k for k in range(stop - 1, start - 1, -1) if s.classes[k] & TIME), stop)
        return _named(s, limit + 1, stop, None)  # "completed by June 2017, Health Bureau"
    role = row.role if row and row.role else Role.RESPONSIBLE
    rule = row.id if row else "bracket-bodies"
    out: list[Doer] = []
    for a, b in bodies_in(s, start, stop) or (_lone_name(s, start, stop) if row else []):
        out.append(Doer(s.starts[a], s.ends[b - 1], role, rule, agency_of(s, a, b)))
    return out


def _lone_name(s: Sentence, start: int, stop: int) -> list[tuple[int, int]]:
    """A stretch behind a cue that is no body of the tables: kept as it stands where it is short."""
    while start < stop and s.classes[start] & (COMMA | CONJ | COLON | ADVERB):
        start += 1
    while stop > start and s.classes[stop - 1] & (COMMA | CONJ | TIME | ADVERB):
        stop -= 1
    plain = not any(s.classes[k] & (MODAL | BE | SUB | REL) for k in range(start, stop))
    return [(start, stop)] if 0 < stop - start <= 8 and plain else []


def _is_only_bodies(s: Sentence) -> bool:
    """Whether the stretch is a list of bodies and nothing else: it opens with one and has no verb group."""
    if not s.words or any(kind & (MODAL | BE_FINITE | SUB | REL) for kind in s.classes):
        return False
    if s.words[0] in (
        "including",
        "hereinafter",
        "such",
        "e.g.",
        "i.e.",
        "see",
        "for",
        "in",
        "of",
        "except",
        "excluding",
    ):
        return False
    return bool(bodies_in(s, 0, len(s.words))) and any(kind & (AGENT | NAMED) for kind in s.classes[:12])
