"""Noun phrases of bodies and persons in a row of units: coordinated ones apart, without article and relative clause.

"the provincial department of finance and the banks that lend" -> "provincial department of finance", "banks".
"""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from kb.extract.body_heads import SERVICES, is_body
from kb.extract.clauses import Sentence
from kb.extract.phrases import head_of, is_modifier, joins_inside
from kb.extract.words import (
    ADVERB,
    AGENT,
    ARTICLE,
    BE_FINITE,
    COMMA,
    CONJ,
    DET,
    INDEFINITE,
    MODAL,
    NAMED,
    PLACE,
    POSSESSIVE,
    PREP,
    REL,
    SUB,
    TIME,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip
from kb.model import Role

_BRANCHES = frozenset({"branch", "branches", "sub-branch", "sub-branches", "office", "offices", "bureau", "bureaus"})
_EMPTY_HEADS = frozenset(
    {
        "departments",
        "organs",
        "bodies",
        "agencies",
        "entities",
        "persons",
        "people",
        "units",
        "enterprises",
        "individuals",
        "organizations",
        "institutions",
        "parties",
    }
)


_OFFICES = frozenset({"departments", "organs", "bodies", "agencies"})  # whose relative clause is kept where it is short
_SHORT_RELATIVE = 9  # units
_GENERIC_HEADS = _EMPTY_HEADS | {"unit", "organ", "body", "department", "agency", "authority", "authorities"}


class Doer(msgspec.Struct, frozen=True):
    """A noun phrase that acts: offsets of the body, role, the rule that found it, the id of a known body."""

    start: int
    end: int
    role: Role
    rule: str
    agency: str = ""


def doer_at(s: Sentence, start: int, stop: int, role: Role, rule: str) -> Doer:
    """The doer whose words are the units from `start` to before `stop`."""
    return Doer(s.starts[start], s.ends[stop - 1], role, rule, agency_of(s, start, stop))


def as_lead(doer: Doer) -> Doer:
    """The doer as the one that leads others, where no word gives it another role."""
    return msgspec.structs.replace(doer, role=Role.LEAD) if doer.role is Role.RESPONSIBLE else doer


def doers_in(s: Sentence, start: int, stop: int, role: Role, rule: str) -> list[Doer]:
    found = [Doer(*_offsets(s, a, b), role, rule, agency_of(s, a, b)) for a, b in bodies_in(s, start, stop)]
    if rule == "subject" and not SERVICES.isdisjoint(s.words[start:stop]):
        return [msgspec.structs.replace(d, rule="service") if _is_service(s, d) else d for d in found]
    return found


def _is_service(s: Sentence, doer: Doer) -> bool:
    """Whether the doer is a thing that gives a service, like a platform."""
    first, stop = bisect_left(s.starts, doer.start), bisect_left(s.starts, doer.end)
    return s.words[head_of(s, first, stop)] in SERVICES


def _offsets(s: Sentence, start: int, stop: int) -> tuple[int, int]:
    end = s.ends[stop - 1]
    return s.starts[start], s.glosses.get(end, s.glosses.get(end + 1, end)) if s.glosses else end


def bodies_in(s: Sentence, start: int, stop: int) -> list[tuple[int, int]]:
    """Noun phrases of bodies or persons in start:stop, coordinated ones apart, articles and relative clauses outside."""
    found: list[tuple[int, int]] = []
    pending = -1  # start of a stretch that has no head of its own yet ("District and ...")
    is_past = False  # behind a stretch that is no part of the body before it
    for opening, last in _conjuncts(s, start, stop):
        first = behind_share(s, opening, last)
        a = first if pending < 0 or s.classes[first] & ARTICLE else pending
        complete = is_body(s, first, last) and not (
            last - first == 1
            and s.classes[first] & PLACE
            and (pending >= 0 or (found and _is_open_list(s, found[-1], opening)))
        )  # "the Bureau of Press, Radio and Television"
        if (complete and pending < 0 and found and _is_place_of(s, found[-1], first, last)) or (
            found and pending < 0 and tuple(s.words[first:last]) in _TAILS and _has_fields(s, found[-1])
        ):
            found[-1] = (found[-1][0], last)
        elif complete:
            found.append((a, last))
            pending, is_past = -1, False
        elif found and pending < 0 and _opens_name(s, first, last) and not is_past:
            pending = first  # "the Port Bureau and the Culture, Press and Sports Commission"
        elif found and pending < 0 and not is_past and not _opens_phrase(s, first, last):
            is_past = bool(s.classes[first] & PREP)  # "departments, in line with laws and regulations,"
        elif found and pending < 0 and not is_past and _is_open_list(s, found[-1], opening):
            found[-1] = (found[-1][0], last)
        elif pending < 0 and not any(s.classes[k] & PREP for k in range(first, last)):
            pending = first
    return [(b, e) for b, e in (_stripped(s, a, z) for a, z in found) if b < e]


_TAILS = frozenset({("etc.",), ("among", "others"), ("among", "other", "fields")})


def _has_fields(s: Sentence, body: tuple[int, int]) -> bool:
    """Whether a body ends with a list of its fields ("departments of health, farming"), which "among others" may close."""
    of = next((k for k in range(*body) if s.words[k] in ("of", "for")), body[1])
    return any(kind & COMMA for kind in s.classes[of : body[1]])


def _opens_name(s: Sentence, first: int, last: int) -> bool:
    """Whether "the Culture" opens the name of a body that goes on behind a comma, and is no thing ("the internet and other media")."""
    return bool(s.classes[first] & ARTICLE) and last - first == 2 and "other" not in s.words[last : last + 3]


def _is_open_list(s: Sentence, body: tuple[int, int], opening: int) -> bool:
    """Whether a body with a list of fields may go on ("of finance, taxation and"); behind its "and" and a comma it is over."""
    kinds = s.classes[slice(*body)]
    is_one = not s.words[head_of(s, *body)].endswith("s") and not any(kind & VERB_ED for kind in kinds)
    is_over = is_one and s.classes[opening - 1] & COMMA and any(kind & CONJ for kind in kinds)
    return any(kind & PREP for kind in kinds) and not is_over


_SHARES = frozenset("each either both all any none neither every one two three several some most".split())


def behind_share(s: Sentence, start: int, stop: int) -> int:
    """The unit behind "each of", "none of" or the like, whose share of the bodies acts; `start` where there is none."""
    return start + 2 if start + 2 < stop and s.words[start] in _SHARES and s.words[start + 1] == "of" else start


_LEVELS = frozenset({"above", "below", "higher", "lower", "over"})
_PLACES = frozenset(
    "county counties district districts city cities township townships town towns village villages province provinces municipality municipalities region regions "
    "prefecture prefectures".split()
)


def opens_with_thing(s: Sentence, start: int, stop: int) -> bool:
    """Whether a list opens with a thing that has bodies in it: "the choice of the trustee and the warden", "Information on fees for water, gas"."""
    joint = next((k for k in range(start, stop) if s.classes[k] & (COMMA | CONJ | REL)), stop)
    return joint < stop and any(kind & PREP for kind in s.classes[start:joint]) and not is_body(s, start, joint)


def _is_place_of(s: Sentence, body: tuple[int, int], first: int, last: int) -> bool:
    """Whether a stretch goes on with the body before it: "of cities and counties", "for supervision and administration"."""
    if s.words[first] in ("administration", "management", "supervision", "inspection"):
        return any(s.classes[k] & PREP for k in range(*body))
    return (
        s.words[head_of(s, first, last)] in _PLACES
        and (not s.classes[first] & DET or s.words[body[1] - 1] in _PLACES)
        and any(s.words[k] in ("of", "in") for k in range(*body))
    )


def _conjuncts(s: Sentence, start: int, stop: int) -> list[tuple[int, int]]:  # noqa: PLR0912  one branch a sign
    """Units start:stop parted at commas and conjunctions, up to a relative clause or a parenthesis of another kind."""
    classes = s.classes
    parts: list[tuple[int, int]] = []
    first = k = start
    while k <= stop:
        kind = classes[k] if k < stop else COMMA
        if (
            kind & CONJ
            and k + 1 < stop
            and k
            and (
                s.words[k + 1] in _LEVELS
                or (classes[k - 1] & PREP and s.words[k - 1] not in _LEVELS)
                or joins_inside(s, k)
                or _is_of_members(s, first, k)
                or (s.words[k + 1] == "of" and "of" in s.words[first:k])
                or (classes[k - 1] & VERB_ED and classes[k + 1] & VERB_ED)
            )
        ):
            pass
        elif s.words[k : k + 3] == ["as", "well", "as"]:
            if k > first:
                parts.append((first, k))
            first = k = k + 3
            continue
        elif k > first and kind & VERB_ING and _opens_doing(s, first, k):
            parts.append((first, k))
            first = k = stop
            continue
        elif kind & COMMA and k > first and k + 2 < stop and _opens_aside(s, k + 1):
            parts.append((first, k))  # "its office, set up in the commission,"
            k = next((j for j in range(k + 1, stop) if classes[j] & COMMA), stop)
            first = k + 1
        elif kind & COMMA and k + 1 < stop and _is_of_members(s, first, k):
            pass
        elif kind & (COMMA | CONJ) and not kind & (VERB | AGENT):
            if k > first:
                parts.append((first, k))
            first = k + 1
        elif (
            s.words[k] == "such"
            and s.words[k + 1 : k + 2] == ["as"]
            and not any(c & (INDEFINITE | VERB_S) for c in classes[first:k])
        ):
            if k > first:
                parts.append((first, k))
            first = k = next((j + 1 for j in range(k, stop - 1) if classes[j] & COMMA and classes[j + 1] & CONJ), stop)
            continue
        elif kind & REL and not kind & (INDEFINITE | AGENT) and not (s.words[k] == "that" and k == first):
            if needs_relative(s, first, k, stop):
                resume = _relative_end(s, k, stop)
                parts.append((first, resume))
                first = k = resume
                continue
            if k > first:
                end = k - 1 if classes[k - 1] & PREP and s.words[k - 1] not in _LEVELS else k
                parts.append((first, end))
            resume = _relative_end(s, k, stop)
            first = k = resume
            continue
        k += 1
    return parts


_MEMBERS = frozenset(
    "staff member members person persons personnel head heads representative representatives leader leaders employee employees".split()
)


def _is_of_members(s: Sentence, first: int, k: int) -> bool:
    """Whether the sign at `k` goes on with the bodies that persons belong to: "members of a bid committee, review team or price team"."""
    behind = s.classes[k + 1]
    if behind & (DET | COMMA | CONJ | PREP | REL) or s.words[head_of(s, first, k)] not in _MEMBERS:
        return False
    of = next((j for j in range(first, k) if s.words[j] == "of"), k)
    end = next(
        (j for j in range(k + 1, len(s.words)) if s.classes[j] & (COMMA | CONJ | MODAL | BE_FINITE)), len(s.words)
    )
    head = s.words[head_of(s, k + 1, end)]
    return of < k and head not in _MEMBERS and any(s.classes[j] & AGENT for j in range(k + 1, end))


def _opens_aside(s: Sentence, at: int) -> bool:
    """Whether "set up in the commission", "being an officer" or "the office of which is here" stands behind the comma."""
    if any(
        s.words[k] == "of" and s.words[k + 1] in ("which", "whom") for k in range(at, min(at + 5, len(s.words) - 1))
    ):
        return True
    if s.words[at] in ("a", "an"):
        return any(
            s.classes[k] & COMMA for k in range(at + 1, min(at + 15, len(s.classes)))
        )  # ", a unit of the bureau,"
    return s.words[at] == "being" or bool(s.classes[at] & VERB_ED and is_modifier(s, at))


def _opens_doing(s: Sentence, first: int, k: int) -> bool:
    """Whether "holding the qualification" tells at `k` what a body with a name of its own does ("charitable organisation holding ...")."""
    following = s.classes[k + 1] if k + 1 < len(s.classes) else 0
    if s.words[k + 1 : k + 2] == ["that"]:
        return bool(s.classes[k - 1] & AGENT)  # "any seller holding that a record is wrong"
    is_named = k - first - bool(s.classes[first] & ARTICLE) - (s.words[first] in ("other", "such")) > 1 and not any(
        c & (PREP | CONJ) for c in s.classes[first:k]
    )
    return is_named and bool(s.classes[k - 1] & AGENT) and not following & (AGENT | CONJ | COMMA) and bool(following)


def needs_relative(s: Sentence, first: int, rel: int, stop: int) -> bool:
    """Whether the phrase means nothing without its relative clause ("anyone who", "units to which", "suppliers whose")."""
    kinds = s.classes[first:rel]
    is_bare = not any(kind & ARTICLE for kind in kinds[:1])
    if is_bare and s.words[rel] in ("whose", "whom"):  # but "an applicant | whose application is rejected"
        return True
    if any(kind & INDEFINITE for kind in kinds) or s.words[rel] == "whoever":
        return True
    bare = first + bool(s.classes[first] & ARTICLE)
    noun_end = rel - bool(s.classes[rel - 1] & PREP)
    named = (
        s.words[bare] in _EMPTY_HEADS or _is_bare_class(s, bare) if bare == first else s.words[bare] in _GENERIC_HEADS
    )
    if noun_end - bare == 1 and named and (stop - rel <= _SHORT_RELATIVE or s.words[bare] not in _OFFICES):
        return True
    return noun_end < rel and noun_end - bare == 1


def _is_bare_class(s: Sentence, at: int) -> bool:
    """Whether a class of persons without an article stands at `at` ("officials who handle data"), not a term of the document ("subjects")."""
    word = s.words[at]
    return bool(s.classes[at] & AGENT) and (word.endswith("s") or word in ("staff", "personnel")) and word != "subjects"


def _relative_end(s: Sentence, rel: int, stop: int) -> int:
    """Where a relative clause ends in a subject: at "and" before another body ("... and their staff"), else with it."""
    classes = s.classes
    for k in range(rel + 1, stop - 1):
        if classes[k] & CONJ and s.words[k + 1] in ("their", "its", "the", "those") and is_body(s, k + 1, stop):
            return k
    return stop


def _opens_phrase(s: Sentence, first: int, last: int) -> bool:
    """Whether a stretch without a head goes on with the body before it ("of finance, taxation and ...")."""
    return not s.classes[first] & (DET | PREP | VERB_ING | VERB_ED | SUB | ADVERB) or s.words[first] in (
        "of",
        "above",
        "below",
        "others",
    )


_BEFORE_BODY = frozenset({"not", "only", "that", "such", "said", "whilst"})  # stays outside its span
_EMPHATIC = frozenset({"itself", "themselves", "himself", "herself"})


def _is_stranded(s: Sentence, start: int, at: int) -> bool:
    """Whether a preposition belongs to a clause before it: "the units they work for"."""
    return bool(s.classes[at] & PREP and s.classes[at - 1] & VERB) and not {"they", "it", "he", "she"}.isdisjoint(
        s.words[start + 1 : at]
    )


def _stripped(s: Sentence, start: int, stop: int) -> tuple[int, int]:
    """Without article, "all", "any", "no", adverbs and times at the edges."""
    classes = s.classes
    while (
        start < stop - 1
        and (classes[start] & (ARTICLE | ADVERB | CONJ | COMMA | TIME) or s.words[start] in _BEFORE_BODY)
        and s.words[start] != "online"  # "online shops"
        and not (classes[start] & INDEFINITE)
        and not (s.words[start] == "third" and classes[start + 1] & AGENT)  # "third party"
        and s.words[start : start + 2] != ["directly", "responsible"]
    ):
        start += 1
    while (
        stop > start
        and (
            (
                classes[stop - 1] & (CONJ | COMMA | TIME | ADVERB | PREP | POSSESSIVE)
                and not _is_stranded(s, start, stop - 1)
            )
            or (s.words[stop - 1] == "so" and classes[stop - 2] & AGENT)
            or (s.words[stop - 1] in _EMPHATIC and stop - 1 > start)
        )
        and s.words[stop - 1] not in ("above", "below")
        and s.words[stop - 2 : stop] not in (["level", "up"], ["level", "down"])
        and not (classes[stop - 1] & TIME and any(kind & REL for kind in classes[start:stop]))
    ):
        stop -= 1
    return start, stop


def agency_of(s: Sentence, start: int, stop: int) -> str:
    """The id of the known body that the phrase names, or whose branch it is."""
    for k in range(start, stop):
        if not s.classes[k] & NAMED or k not in s.marks:
            continue
        if k + 1 < stop and not s.classes[k + 1] & (PREP | REL | COMMA | CONJ | POSSESSIVE | VERB_ED | ADVERB | TIME):
            return ""  # "State Council departments"
        if k == start or all(s.classes[j] & DET for j in range(start, k)):
            return s.marks[k].body
        if any(s.words[j] in _BRANCHES for j in range(start, k)) and s.words[k - 1] in ("of", "the"):
            return s.marks[k].body
        return ""
    return ""
