"""The acts of a sentence: each main finite group with its coordinated verbs, and where every act begins and ends.

"shall include A in B, foster C, and resolve D" -> three acts; "collect X and submit it to Y" -> one, unless one of the
verbs has a time of its own. Edges drop times, brackets and clauses after a comma.
"""

from __future__ import annotations

import msgspec

from kb.extract.clauses import Sentence
from kb.extract.coordination import coordinated
from kb.extract.groups import Finite
from kb.extract.modality import ModalityRow, match
from kb.extract.modality import row as row_of
from kb.extract.phrases import head_of, skip
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DASH,
    DET,
    DIRECTIVE,
    MODAL,
    NAMED,
    NOT,
    NOUNISH,
    PLACE,
    PREP,
    REL,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip

_ASSISTING = frozenset({"assisting", "cooperating", "participating", "supporting", "helping", "coordinating"})
_EXTENDING = frozenset({"extend", "extended", "prolong", "prolonged", "postponed", "extends"})
_EXCEPTIONS = frozenset(
    {
        ("only", "if"),
        ("except", "where"),
        ("except", "when"),
        ("except", "that"),
        ("save", "where"),
        ("save", "when"),
        ("save", "that"),
    }
)
_LENGTHS = frozenset({"extension", "period", "term", "duration", "total", "time"})  # what a cap on an act is said of


class Act(msgspec.Struct):
    """One act: units verb:stop, what asks for it, and the times that stand with it."""

    finite: Finite
    row: ModalityRow
    verb: int
    stop: int
    limit: int  # where the next act or clause begins; times up to here are its own
    own_times: list[int] = []
    shared_times: list[int] = []
    addressee: tuple[int, int] = (0, 0)  # of "encourage X to ..."
    last_of_sentence: bool = False


def read_acts(s: Sentence, finites: list[Finite]) -> list[Act]:
    """The acts of a sentence in order; finite groups that ask for nothing only part the clauses."""
    acts: list[Act] = []
    n = len(s.words)
    for number, finite in enumerate(finites):
        end = _clause_end(s, finites, number)
        if finite.row is None or (s.classes[finite.at] & MODAL and _limits(s, finite.verb)):
            is_cap = _cap(s, finite, acts, end) or _is_mere_cap(s, finite)
            if is_cap or finite.row is None:
                continue
        if finite.negated and finite.row.negated == "none":
            continue
        found = _acts_of(s, finite, end)
        _share_times(s, finites, number, found, end)
        acts += found
    if acts and acts[-1].limit == n:
        acts[-1].last_of_sentence = True
    return acts


def nominal_act(s: Sentence) -> Act:
    """A sentence without a verb as one act that is put as a noun: "Full coverage of all counties by 2018", "Review of the rules"."""
    imperative, n = row_of("imperative"), len(s.words)
    start = min(skip(s, 0, ADVERB | TIME | COMMA), n - 1)
    stop = _trimmed(s, start, n)
    times = [k for k, kind in enumerate(s.classes) if kind & TIME and not start <= k < stop]
    return Act(
        Finite(start, start, VERB, imperative, subject=(start, start)),
        imperative,
        start,
        stop,
        n,
        times,
        last_of_sentence=True,
    )


def _clause_end(s: Sentence, finites: list[Finite], number: int) -> int:
    """Where the clause of a finite ends: before the subject of the next one, without the comma and conjunction between."""
    if number + 1 == len(finites):
        return len(s.words)
    following = finites[number + 1]
    end = following.at if following.shared else min(following.subject[0], following.at)  # "nor may they" is inverted
    floor = finites[number].verb + 1
    if following.shared or end < floor:
        end = following.at
    if following.shared and end > floor and s.classes[end - 1] & COMMA:
        end = next((k for k in range(end - 2, floor, -1) if s.classes[k] & COMMA and s.classes[k - 1] & CONJ), end)
    while end > floor and s.classes[end - 1] & (COMMA | CONJ | ADVERB | DET) and not s.classes[end - 1] & NOUNISH:
        end -= 1
    return max(_before_fronted(s, floor, end), floor)


def _before_fronted(s: Sentence, floor: int, end: int) -> int:
    """Where a clause ends when a condition stands between it and the next ("..., and where there is an error, shall ...")."""
    for k in range(floor + 1, end):
        if s.classes[k] & CONJ and s.classes[k - 1] & COMMA and k + 1 < end and s.classes[k + 1] & COMMA:
            return k - 1  # "shall be upheld, and, in line with the plan, the arrears shall be cleared"
        if s.classes[k] & SUB and s.classes[k - 1] & (CONJ | COMMA) and s.words[k] in ("where", "if", "when"):
            stop = k
            while stop > floor and s.classes[stop - 1] & (COMMA | CONJ):
                stop -= 1
            return stop
    return end


def _cap(s: Sentence, finite: Finite, acts: list[Act], end: int) -> bool:
    """Hand the limit of "..., but may not exceed twenty days" to the act before; False where there is none or no limit."""
    times = [k for k in range(finite.at, end) if s.classes[k] & TIME]
    of_act = finite.shared or not _LENGTHS.isdisjoint(s.words[slice(*finite.subject)])
    if not acts or not times or not of_act:
        return False
    extended = [act for act in acts if not _EXTENDING.isdisjoint(s.words[act.verb : act.stop])]
    (extended or acts)[-1].own_times += times
    return True


def _limits(s: Sentence, verb: int) -> bool:
    """Whether the verb of a modal sets a limit: "exceed", "not exceed 30 days", "be no longer than 60 days"."""
    timed = verb + 1 < len(s.classes) and s.classes[verb + 1] & TIME
    return s.words[verb] in ("exceed", "") or (s.words[verb] == "be" and bool(timed))


def _is_mere_cap(s: Sentence, finite: Finite) -> bool:
    """Whether a term is limited that no body of the sentence sets ("the period of disclosure may not exceed five years")."""
    start, stop = finite.subject
    before = range(start)
    return not _LENGTHS.isdisjoint(s.words[start:stop]) and not any(s.classes[k] & AGENT for k in before)


def _acts_of(s: Sentence, finite: Finite, end: int) -> list[Act]:
    """The acts of one finite group up to `end`."""
    row = finite.row
    assert row is not None  # noqa: S101  checked by the caller
    if row.after == "modal" and "state" in s.words[slice(*finite.subject)] and not finite.negated:
        row = _own_row(s, finite.verb, row_of("imperative"), default=row)  # "the State will encourage"
    start, form, addressee = finite.verb, finite.form, finite.addressee
    if row.id == "start-encourage":
        inner = _addressed(s, finite.verb, end)
        if inner is not None:
            addressee, start, form = inner
    if row.act == "gerund":
        form = VERB_ING
    starts = coordinated(s, start, form, end, row, negated=finite.negated or has_negative_subject(s, finite))
    acts: list[Act] = []
    for number, (verb, _) in enumerate(starts):
        limit = starts[number + 1][1] if number + 1 < len(starts) else end
        own = [k for k in range(starts[number][1], _edge(s, verb, limit)) if s.classes[k] & TIME and k != verb]
        asked = (
            row
            if addressee[1] or number == 0
            else _own_row(s, verb, row, finite.row if finite.row is not row else None)
        )
        inner = _addressed(s, verb, limit) if asked.id == "start-encourage" and not addressee[1] else None
        if inner is not None:
            acts.append(Act(finite, asked, inner[1], _trimmed(s, inner[1], limit), limit, own, addressee=inner[0]))
            continue
        act = Act(finite, asked, verb, _trimmed(s, verb, limit), limit, own, addressee=addressee)
        acts.append(act)
    return acts


def _edge(s: Sentence, verb: int, limit: int) -> int:
    """The end of an act with the times behind it, without a clause behind a comma."""
    edge = _trimmed(s, verb, limit)
    while edge < limit and s.classes[edge] & (TIME | COMMA | ADVERB | DASH):
        edge += 1
    return edge


def _own_row(s: Sentence, verb: int, row: ModalityRow, default: ModalityRow | None = None) -> ModalityRow:
    """The row of a verb coordinated with "encourage" or a bare verb: its own, since a row of orders need not ask for one thing."""
    if row.act == "here" and row.after in ("be", "have") and row.id != "present-passive":
        return row_of("present-tense")
    if row.id == "modal-will" and s.words[verb] in ("encourage", "support"):
        return row_of("start-encourage")
    if row.after not in ("start", "present"):
        return row
    is_present = bool(s.classes[verb] & VERB_S)
    found = match("start", [s.words[verb].removesuffix("s") if is_present else s.words[verb]], 0)
    if found is None:
        return default or row_of("present-tense" if is_present or row.after == "present" else "imperative")
    return found[0]


def _addressed(s: Sentence, verb: int, end: int) -> tuple[tuple[int, int], int, int] | None:
    """Addressee, first verb and its form of "encourage X to do", "support X in doing"; None where X is all there is."""
    classes = s.classes
    k = verb + 1
    while k + 1 < end and classes[k] & CONJ and classes[k + 1] & (VERB | VERB_S):
        k += 2
    opening = k
    while k < end:
        following = skip(s, k + 1, ADVERB)
        if (
            classes[k] & (COMMA | CONJ)
            and following < end
            and classes[following] & VERB_S
            and not classes[following] & NOUNISH
        ):
            return None
        if following < end and k > opening and classes[head_of(s, opening, k)] & (AGENT | NAMED | PLACE):
            if classes[k] & TO and classes[following] & (VERB | BE) and not classes[k - 1] & NOT:
                return (opening, k), following, VERB
            if s.words[k] == "in" and classes[following] & VERB_ING:
                return (opening, k), following, VERB_ING
        if classes[k] & (MODAL | SUB | COLON):
            return None
        k += 1
    return None


def _trimmed(s: Sentence, verb: int, limit: int) -> int:
    """Where the act ends: before a clause behind a comma, a colon, and the times at its edge."""
    classes = s.classes
    stop = limit
    gerunds = _has_gerund_list(s, verb, limit)
    passive = bool(classes[verb] & VERB_ED) or s.words[verb] == "be"
    for k in range(verb + 1, limit):
        if classes[k] & COLON and not _opens_list(s, k, limit):
            stop = k
            break
        if k > verb + 1 and _opens_exception(s, k, limit):
            stop = k
            break
        if classes[k] & COMMA and k + 1 < limit and _opens_aside(s, k + 1, limit, gerunds=gerunds, passive=passive):
            stop = k
            break
    stop = _before_reckoning(s, verb, stop)
    while stop > verb + 1 and (classes[stop - 1] & (COMMA | CONJ | TIME | DASH) or _shares_out(s, stop - 1)):
        if classes[stop - 1] & TIME and _is_of_object(s, verb, stop - 1):
            break
        stop -= 1 + (stop - 2 > verb and s.words[stop - 2] == "only")  # "allow it only 90 days after payment"
    return stop


def _before_reckoning(s: Sentence, verb: int, stop: int) -> int:
    """Where an act ends that closes with a time and the words from which it counts ("within five days of the date thereof", "within sixty days of")."""
    for k in range(stop - 1, max(stop - 6, verb), -1):
        if s.classes[k] & TIME:
            return k + 1 if all(word in _RECKONING for word in s.words[k + 1 : stop]) else stop
    return stop


_RECKONING = frozenset("of from after the that such date day thereof thereafter therefrom its receipt".split())


def _opens_exception(s: Sentence, k: int, limit: int) -> bool:
    """Whether "unless", "only if", "except where" or "save that" stands at `k`, with or without a comma before it."""
    following = s.words[k + 1] if k + 1 < limit else ""
    return s.words[k] == "unless" or (s.words[k], following) in _EXCEPTIONS


def _shares_out(s: Sentence, at: int) -> bool:
    """Whether "respectively" stands behind a time."""
    return s.words[at] == "respectively" and bool(s.classes[at - 1] & TIME)


def _opens_list(s: Sentence, colon: int, limit: int) -> bool:
    """Whether what follows a colon is a list of names or of things to be done, not another clause."""
    classes = s.classes
    behind = range(colon + 1, limit)
    return any(classes[k] & (COMMA | CONJ) for k in behind) and not any(
        classes[k] & (MODAL | BE_FINITE | COLON) for k in behind
    )


def _is_of_object(s: Sentence, verb: int, time: int) -> bool:
    """Whether the time belongs to a participle behind a noun: "a report issued within the last six months"."""
    classes = s.classes
    while time - 2 > verb and classes[time - 1] & CONJ and classes[time - 2] & TIME:
        time -= 2  # "of not less than 5 days and not more than 15 days"
    if s.words[time - 1] == "of":
        return True  # "imposes detention of not more than 5 days"
    return (
        time - 2 > verb and bool(classes[time - 1] & VERB_ED) and not classes[time - 2] & (BE | ADVERB | CONJ | COMMA)
    )


def _has_gerund_list(s: Sentence, verb: int, limit: int) -> bool:
    """Whether "by forging X, concealing Y or ..." stands in the act, so that a comma before a gerund parts no clause."""
    classes = s.classes
    opened = next((k for k in range(verb + 2, limit) if classes[k] & VERB_ING and classes[k - 1] & PREP), limit)
    return any(classes[k] & VERB_ING and classes[k - 1] & CONJ for k in range(opened + 1, limit))


def _opens_aside(s: Sentence, at: int, limit: int, *, gerunds: bool, passive: bool) -> bool:  # noqa: PLR0911  one return a case
    """Whether a clause that is no part of the act opens behind a comma."""
    classes, words = s.classes, s.words
    at = skip(s, at, ADVERB | TIME | CONJ)
    if at >= limit:
        return False
    word, kind = words[at], classes[at]
    following = words[at + 1] if at + 1 < limit else ""
    if kind & VERB_ING:
        joined = bool(classes[at - 1] & CONJ)  # "adhere to openness, and keeping trust"
        joined = joined or _heads_body(s, at, limit)
        return not (gerunds or joined) and at + 1 < limit and not classes[at + 1] & (COMMA | CONJ) and following != "of"
    if word in (
        "which",
        "who",
        "whose",
        "unless",
        "except",
        "so",
        "thereby",
        "if",
        "where",
        "when",
        "whereas",
        "while",
    ):
        return word != "so" or following in ("that", "as")
    if (word, following) in (("in", "order"), ("provided", "that")) or word == "until":
        return True
    if (word, following) == ("up", "to"):
        return True  # "suspend its business, up to revocation of the licence"
    if kind & PREP and following in ("which", "whom", "whose"):
        return True
    if word == "with" and company_end(s, at, limit):
        return True  # ", with the tax office assisting"
    if word == "for":
        return any(classes[k] & TO for k in range(at + 1, min(limit, at + 8)))
    comma = next((k for k in range(at + 1, limit) if classes[k] & COMMA), limit - 1) if kind & VERB_ED else limit - 1
    if comma + 1 < limit and classes[comma + 1] & PREP:
        return False  # "submit a proposal, accompanied by the file, to the office"
    is_timed = at + 1 < limit and bool(classes[at + 1] & TIME)  # "keep a catalogue, updated each year"
    if classes[at - 1] & CONJ and passive:
        return False  # "are drawn up by the office, and submitted to the mayor"
    return bool(kind & VERB_ED and not kind & VERB) and (
        is_timed or following in ("by", "in", "on", "with", "to", "from")
    )


def company_end(s: Sentence, at: int, limit: int) -> int:
    """The participle that closes "with the tax office and the police assisting" at `at`; 0 where no such phrase stands there."""
    for k in range(at + 2, min(limit, at + 25)):
        if s.words[k] in _ASSISTING:
            return k if s.classes[k - 1] & (AGENT | NAMED) else 0
        if s.classes[k] & (VERB_ING | COLON | MODAL | SUB | REL):
            return 0
    return 0


def _heads_body(s: Sentence, at: int, limit: int) -> bool:
    """Whether a gerund is the first word of a body in a list ("bidders, tendering agencies, experts and others")."""
    closed = at + 2 >= limit or bool(s.classes[at + 2] & (COMMA | CONJ))
    return bool(s.classes[at + 1] & AGENT) and closed and not s.classes[at] & DIRECTIVE if at + 1 < limit else False


def _share_times(s: Sentence, finites: list[Finite], number: int, acts: list[Act], end: int) -> None:
    """Times that cover all verbs of the group: at the head of the sentence, beside the modal, or set off by a comma at its end."""
    if not acts:
        return
    finite = finites[number]
    opening = finite.at if finite.shared else finite.subject[0]
    floor = finites[number - 1].verb + 1 if number else 0
    head = [k for k in range(floor, opening) if s.classes[k] & TIME and not _belongs_before(s, k, number)]
    first = finites[0].subject[0]
    head += [k for k in range(first) if number and s.classes[k] & TIME]
    inside = [k for k in range(opening, finite.verb) if s.classes[k] & TIME]
    tail = [k for k in acts[-1].own_times if s.classes[k - 1] & COMMA and k >= acts[-1].stop]
    for act in acts:
        act.shared_times = [k for k in (*inside, *tail, *head) if k not in act.own_times]


def _belongs_before(s: Sentence, k: int, number: int) -> bool:
    """Whether a time between two finite groups stands at the end of the first, not at the head of the second."""
    if number == 0:
        return False
    return not s.classes[k - 1] & (COMMA | CONJ)


def has_negative_subject(s: Sentence, finite: Finite) -> bool:
    """ "No unit may ..." """
    start = skip(s, finite.subject[0], CONJ | ADVERB | TIME | COMMA)
    return (start < finite.subject[1] and s.words[start] in ("no", "neither", "nobody", "none")) or bool(
        finite.subject[1] > finite.subject[0] and s.classes[finite.subject[0]] & NOT
    )
