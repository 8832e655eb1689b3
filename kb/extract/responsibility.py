"""Brackets that allot the work of a paragraph: "(Lead unit: A; cooperating units: B and C)", "[A, B responsible]", "(A and B)".

In comes the stretch of a bracket or of a line of that kind, out come its bodies with their roles, or nothing where it is some
other bracket. A digest's "(Responsible body inferred: A)" gives bodies that are inferred.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from kb.extract.bodies import Doer, as_lead, bodies_in, doer_at
from kb.extract.body_heads import is_body
from kb.extract.clauses import Cutter, Sentence
from kb.extract.named_limits import NamedLimit, is_lasting, read_limits
from kb.extract.phrases import skip
from kb.extract.responsibility_words import doers_of_few_words, is_of_clause
from kb.extract.role_cues import STROKES, ResponsibilityRow, cue_at, cue_words, label_at, rows
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DASH,
    MODAL,
    NAMED,
    REL,
    SUB,
    TIME,
)  # fmt: skip
from kb.model import Provision, Role

_LONGEST_CUE = 6  # words
_SHORTEST = 6  # characters of a bracket that can name a body


@dataclass(frozen=True, slots=True)
class Allotment:
    """A bracket's place in the body, the bodies in it, and the limits it sets."""

    start: int
    end: int
    doers: tuple[Doer, ...]
    inferred: bool
    limits: tuple[NamedLimit, ...] = ()


def read_brackets(cutter: Cutter, s: Sentence, leaf: Provision) -> list[Allotment]:
    """The allotments in the brackets of a sentence; without cue words only where the bracket closes it."""
    text = cutter.reading.document.text
    found: list[Allotment] = []
    for start, end in reversed(s.brackets):
        if end - start < _SHORTEST:
            continue
        rest = text[end : end + 2].strip()
        closes = end >= leaf.text_end or not rest or rest[0] in ".;。；[(（【" or text[end] == "\n"
        bare = closes or bool(found)  # "draw up the rules (Port Bureau) and print them (Tax Bureau)"
        allotment = allotment_of(cutter, cutter.within(leaf, start + 1, end - 1), start, end, bare=bare)
        if allotment is not None:
            found.insert(0, allotment)
    return found


def behind_dash(s: Sentence, at: int) -> int:
    """The unit behind the dash, or the long dash written as two, that may open a line."""
    behind = skip(s, at, DASH)
    return behind if behind < len(s.classes) else at


def is_bold(s: Sentence, text: str, behind: int) -> bool:
    """Whether emphasis ends or begins right before a unit, as it does behind a label ("**Lead unit** Port Bureau")."""
    return 0 < behind < len(s.words) and "**" in text[s.ends[behind - 1] : s.starts[behind]]


def is_clause(s: Sentence, start: int) -> bool:
    """Whether a verb group stands in the sentence from `start` on; "support" and the like may belong to a cue."""
    return any(is_of_clause(s.classes[k]) and s.words[k] not in cue_words() for k in range(start, len(s.words)))


def allotment_of(cutter: Cutter, parts: Sequence[Sentence], start: int, end: int, *, bare: bool) -> Allotment | None:
    doers: list[Doer] = []
    row: ResponsibilityRow | None = None
    cued = False
    for part in parts:
        row, found, has_cue = _read_part(part, cutter.reading.document.text, row)
        cued = cued or has_cue
        doers += [_with_bracket(cutter, part, doer) for doer in found]
    is_bare_limit = bare and all(kind & TIME for part in parts for kind in part.classes)
    if not (cued or is_bare_limit) and not (
        bare and doers and all(is_only_bodies(part) or _is_only_limit(part) for part in parts)
    ):
        doers = [doer for part in parts for doer in doers_of_few_words(part, cutter.reading.document.text)]
        if not doers:
            return None
    limits = tuple(limit for part in parts if not _is_mute(part) for limit in read_limits(part, _colons_of_cues(part)))
    limits += tuple(_limits_in_brackets(cutter, parts))
    limited = doers or is_bare_limit or any(cue_at(part, 0, "after") for part in parts)
    if not doers and not (limited and limits):
        return None
    inferred = any(d.rule == "inferred-after" for d in doers)
    return Allotment(start, end, _with_leads(doers), inferred, limits)


def _is_only_limit(s: Sentence) -> bool:
    """Whether the part is a limit and nothing else: "throughout the year", "by June 2018"."""
    return not is_clause(s, 0) and (is_lasting(s, 0, len(s.words)) or any(read_limits(s)))


def _limits_in_brackets(cutter: Cutter, parts: Sequence[Sentence]) -> Iterator[NamedLimit]:
    """The limits in the brackets of a line: "— Market Bureau, Tax Bureau (before October 2018)"."""
    for part in parts:
        for opening, closing in part.brackets:
            for inner in cutter.within(part.leaf, opening + 1, closing - 1):
                yield from read_limits(inner) if _is_only_limit(inner) else ()


def _is_mute(s: Sentence) -> bool:
    """Whether the part opens with a label behind which no bodies stand ("legal basis: ...")."""
    found = cue_at(s, 0, "after")
    return found is not None and found[0].mute


def _with_leads(doers: Sequence[Doer]) -> tuple[Doer, ...]:
    """The bodies; those before "jointly with" lead, where no word gives them another role."""
    joining = next((k for k, doer in enumerate(doers) if doer.rule == "joining-after"), 0)
    return (*map(as_lead, doers[:joining]), *doers[joining:])


def _colons_of_cues(s: Sentence) -> list[int]:
    """The colons that stand right behind a cue, or belong to it."""
    return [
        k
        for k, kind in enumerate(s.classes)
        if kind & COLON
        and any(
            found is not None and found[1] in (k, k + 1)
            for at in range(max(k - _LONGEST_CUE, 0), k)
            if (found := cue_at(s, at, "after"))
        )
    ]


def _with_bracket(cutter: Cutter, s: Sentence, doer: Doer) -> Doer:
    """The body in the role that a bracket behind it gives: "Tourism Commission (lead), Price Bureau"."""
    for opening, closing in s.brackets:
        if not 0 <= opening - doer.end <= 1:
            continue
        word = cutter.reading.document.text[opening + 1 : closing - 1].strip().lower()
        role = next((r.role for r in rows() if r.role and word in r.cues), None)
        if role is not None:
            return msgspec.structs.replace(doer, role=role)
    return doer


def _read_part(
    s: Sentence, text: str, row: ResponsibilityRow | None
) -> tuple[ResponsibilityRow | None, list[Doer], bool]:
    """The role in force behind the part, its doers, and whether a cue stands in it; a part without one goes on with `row`."""
    found: list[Doer] = []
    boundary = k = behind_dash(s, 0)
    cued = False
    n = len(s.words)
    while k < n:
        after = cue_at(s, k, "after")
        is_parted = (
            bool(s.classes[k - 1] & (COMMA | CONJ | COLON | DASH)) or s.words[k - 1] in STROKES or is_bold(s, text, k)
        )
        opens = k == boundary or is_parted or (after and (after[0].joins or after[1] - k > 2))
        if after is not None and opens and after[1] < n:
            found += _named(s, text, boundary, k, row)
            row, k, cued = after[0], after[1], cued or not after[0].mute
            k = _behind_colon(s, k)
            boundary = k
            continue
        label = label_at(s, k) if opens and after is None else None
        if label is not None:
            found += _named(s, text, boundary, k, row)
            row, k, cued = label[0], label[1], cued or label[0] is not None
            boundary = k
            continue
        before = cue_at(s, k, "before") if k > boundary else None
        if before is not None and _is_closed(s, before[1]):
            comma = _last_comma(s, boundary, k) if row is not None else -1
            if comma > 0:  # "led by the Port Bureau, the Price Bureau to assist"
                found += _named(s, text, boundary, comma, row)
                boundary = comma + 1
            found += _named(s, text, boundary, k, before[0])
            boundary, k, cued = before[1], before[1], True
            continue
        k += 1
    found += _named(s, text, boundary, n, row)
    return row, found, cued


def _last_comma(s: Sentence, start: int, stop: int) -> int:
    """The last comma between two units; -1 for none."""
    return next((k for k in range(stop - 1, start, -1) if s.classes[k] & COMMA), -1)


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


def _named(s: Sentence, text: str, start: int, stop: int, row: ResponsibilityRow | None) -> list[Doer]:
    """The bodies in a stretch, in the role of `row`."""
    if row is not None and row.mute:
        return []
    if row is not None and row.role is None:
        limit = next((k for k in range(stop - 1, start - 1, -1) if s.classes[k] & TIME), stop)
        return _named(s, text, limit + 1, stop, None)  # "completed by June 2017, Health Bureau"
    start = min(skip(s, start, DASH), stop)  # "Executed by — Port Bureau"
    while stop > start and (s.words[stop - 1] in STROKES or s.classes[stop - 1] & DASH):
        stop -= 1
    role = row.role if row and row.role else Role.RESPONSIBLE
    rule = row.id if row else "bracket-bodies"
    names = [
        name
        for first, last in _between_strokes(s, start, stop)
        for name in (_all_named(s, text, first, last) if row else bodies_in(s, first, last))
    ]
    return [doer_at(s, a, b, role, rule) for a, b in names]


def _between_strokes(s: Sentence, start: int, stop: int) -> list[tuple[int, int]]:
    """The stretches between strokes, where a body stands in each ("Port Bureau / Tax Bureau", not "Urban/Rural Bureau")."""
    strokes = [k for k in range(start, stop) if s.words[k] in STROKES]
    parts = list(zip([start, *(k + 1 for k in strokes)], [*strokes, stop], strict=True))
    return parts if all(bodies_in(s, first, last) for first, last in parts) else [(start, stop)]


def _all_named(s: Sentence, text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The bodies in a stretch behind a cue, where every name between commas is one, also of no table ("China Telecom, the Fair").

    A name can be free, or swallowed by the body behind it as if it were one of several fields ("A, B and C bureaus").
    """
    bodies = bodies_in(s, start, stop)
    if not bodies:
        return _lone_names(s, text, start, stop)
    begins = [a for a, _ in bodies]
    names: list[tuple[int, int]] = []
    commas = [k for k in range(start, stop) if s.classes[k] & COMMA]
    for first, last in zip([start, *(k + 1 for k in commas)], [*commas, stop], strict=True):
        at = skip(s, first, CONJ)
        if at >= last or not text[s.starts[at]].isupper():
            continue
        body = bisect_right(begins, at) - 1
        if body >= 0 and bodies[body][1] > last and _is_whole_name(s, text, at, last, bodies[body][1]):
            names += _lone_name(s, at, last)
            bodies[body] = (skip(s, last, COMMA | CONJ), bodies[body][1])
        elif (body < 0 or bodies[body][1] <= at) and (body + 1 == len(bodies) or begins[body + 1] >= last):
            names += _lone_name(s, at, last)
    return sorted([*names, *bodies])


def _is_whole_name(s: Sentence, text: str, start: int, stop: int, end: int) -> bool:
    """Whether a stretch in capitals is a name by itself: an abbreviation, or words without "and".

    A body that goes on with "and" before `end` has a list of fields ("Bureau of Culture, Sports and Tourism").
    """
    if is_body(s, start, stop) and any(kind & CONJ for kind in s.classes[stop:end]):
        return False
    if stop - start == 1:
        return text[s.starts[start] : s.ends[start]].isupper()
    return not any(kind & CONJ for kind in s.classes[start:stop])


def doers_of_cell(parts: Sequence[Sentence], text: str, role: Role) -> list[Doer]:
    """The bodies in a cell of a table whose column gives them their role; "none" and a dash name nobody."""
    out: list[Doer] = []
    for s in parts:
        if len(s.words) == 1 and (s.words[0] in ("none", "nil", "/") or s.classes[0] & DASH):
            continue
        out += [doer_at(s, a, b, role, "table-column") for a, b in _all_named(s, text, 0, len(s.words))]
    return out


def _lone_name(s: Sentence, start: int, stop: int) -> list[tuple[int, int]]:
    """A stretch behind a cue that is no body of the tables: kept as it stands where it is short."""
    while start < stop and s.classes[start] & (COMMA | CONJ | COLON | ADVERB):
        start += 1
    while stop > start and s.classes[stop - 1] & (COMMA | CONJ | TIME | ADVERB):
        stop -= 1
    plain = not any(s.classes[k] & (MODAL | BE | SUB | REL) for k in range(start, stop))
    return [(start, stop)] if 0 < stop - start <= 8 and plain else []


def _lone_names(s: Sentence, text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The names between commas, where each has a capital ("Finance, Taxation"); else the stretch as one."""
    commas = [k for k in range(start, stop) if s.classes[k] & COMMA]
    parts = list(zip([start, *(k + 1 for k in commas)], [*commas, stop], strict=True))
    if not all(skip(s, a, CONJ) < b and text[s.starts[skip(s, a, CONJ)]].isupper() for a, b in parts):
        return _lone_name(s, start, stop)
    return [name for a, b in parts for name in _lone_name(s, a, b)]


def is_only_bodies(s: Sentence) -> bool:
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
