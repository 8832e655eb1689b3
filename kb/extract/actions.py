"""The acts of a sentence: each main finite group with its coordinated verbs, and where every act begins and ends.

"shall include A in B, foster C, and resolve D" -> three acts; "collect X and submit it to Y" -> one, unless one of the
verbs has a time of its own. Edges drop times, brackets and clauses after a comma.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from kb.extract.clause_ends import clause_end
from kb.extract.clauses import Sentence
from kb.extract.coordination import coordinated
from kb.extract.deeds import deed_of
from kb.extract.denials import is_denied
from kb.extract.edges import AT_ALL, end_of_act, time_of_case
from kb.extract.forms import fits
from kb.extract.groups import Finite
from kb.extract.modality import ModalityRow, match
from kb.extract.modality import row as row_of
from kb.extract.phrases import POSTPOSED, head_of, skip
from kb.extract.shared_times import EXTENDING, LENGTHS, share_times
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    BE,
    COLON,
    COMMA,
    CONJ,
    DASH,
    DET,
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
    finites = _outside_parentheses(finites)
    for number, finite in enumerate(finites):
        end = clause_end(s, finites, number)
        has_act = finite.row is not None and finite.row.act == "addressed"
        deed = None if has_act else deed_of(s, finite.at, finite.verb, finite.subject, negated=finite.negated)
        if deed is not None:
            own = [k for k in range(deed.start, end) if s.classes[k] & TIME]
            acts.append(Act(finite, deed.row, deed.start, deed.stop, end, own, addressee=deed.addressee))
            continue
        if finite.row is None or (s.classes[finite.at] & MODAL and _limits(s, finite.verb)):
            is_cap = _cap(s, finite, acts, end) or _is_mere_cap(s, finite)
            if is_cap or finite.row is None:
                continue
        if finite.negated and finite.row.negated == "none":
            continue
        found = _acts_of(s, finite, end)
        share_times(s, finites, number, found)
        acts += found
    if acts and acts[-1].limit == n:
        acts[-1].last_of_sentence = True
    return acts


def _outside_parentheses(finites: list[Finite]) -> list[Finite]:
    """Without groups between a modal and its verb ("shall, within five days of the date on which X is issued, enter it")."""
    inside = {id(f) for before, f in pairwise(finites) if before.at < f.at <= f.verb < before.verb}
    return [f for f in finites if id(f) not in inside] if inside else finites


def _cap(s: Sentence, finite: Finite, acts: list[Act], end: int) -> bool:
    """Hand the limit of "..., but may not exceed twenty days" to the act before; False where there is none or no limit."""
    times = [k for k in range(finite.at, end) if s.classes[k] & TIME]
    of_act = finite.shared or not LENGTHS.isdisjoint(s.words[slice(*finite.subject)])
    if not acts or not times or not of_act:
        return False
    extended = [act for act in acts if not EXTENDING.isdisjoint(s.words[act.verb : act.stop])]
    if extended or finite.shared or "extension" not in s.words[slice(*finite.subject)]:
        (extended or acts)[-1].own_times += times
    return True


def _limits(s: Sentence, verb: int) -> bool:
    """Whether the verb of a modal sets a limit: "exceed", "not exceed 30 days", "be no longer than 60 days"."""
    timed = verb + 1 < len(s.classes) and s.classes[verb + 1] & TIME
    return s.words[verb] in ("exceed", "") or (s.words[verb] == "be" and bool(timed))


def _is_mere_cap(s: Sentence, finite: Finite) -> bool:
    """Whether a term is limited that no body of the sentence sets ("the period of disclosure may not exceed five years")."""
    start, stop = finite.subject
    opens = skip(s, 0)
    before = range(
        0 if s.classes[opens] & SUB else start
    )  # "where the bureau seals goods, the period may not exceed ..."
    return not LENGTHS.isdisjoint(s.words[start:stop]) and not any(s.classes[k] & AGENT for k in before)


def _acts_of(s: Sentence, finite: Finite, end: int) -> list[Act]:
    """The acts of one finite group up to `end`."""
    row = finite.row
    assert row is not None  # noqa: S101  checked by the caller
    if row.after == "modal" and "state" in s.words[slice(*finite.subject)] and not finite.negated:
        row = _own_row(s, finite.verb, row_of("imperative"), default=row)  # "the State will encourage"
    start, form, addressee = finite.verb, finite.form, finite.addressee
    later: list[Act] = []
    if row.id == "start-encourage":
        inner = _addressed(s, finite.verb, end)
        if inner is not None:
            addressee, start, form = inner
            end, later = _outer(s, finite, start, end)
    if row.act == "gerund":
        form = VERB_ING
    if start >= len(s.words):
        return []  # "the firm has to", cut off
    acting = finite.passive and bool(
        s.classes[head_of(s, *finite.subject)] & AGENT if finite.subject[1] > finite.subject[0] else 0
    )
    negated = finite.negated or has_negative_subject(s, finite)
    starts = coordinated(s, start, form, end, row, negated=negated, acting=acting)
    acts: list[Act] = []
    for number, (verb, _) in enumerate(starts):
        limit = starts[number + 1][1] if number + 1 < len(starts) else end
        stop = end_of_act(s, verb, limit)
        own = [k for k in range(starts[number][1], _edge(s, stop, limit)) if s.classes[k] & TIME and k != verb]
        asked = (
            row
            if addressee[1] or number == 0
            else _own_row(s, verb, row, finite.row if finite.row is not row else None)
        )
        if asked.id == "present-tense" and is_denied(s, verb):
            asked = row_of("present-denied")  # "and no longer impose fees"
        inner = _addressed(s, verb, limit) if asked.id == "start-encourage" and not addressee[1] else None
        if inner is not None:
            acts.append(Act(finite, asked, inner[1], end_of_act(s, inner[1], limit), limit, own, addressee=inner[0]))
            continue
        acts.append(Act(finite, asked, verb, stop, limit, own, addressee=addressee))
        if finite.passive:
            acts += _gapped(s, acts[-1]) or _resumed(s, acts[-1])
    return acts + later


def _outer(s: Sentence, finite: Finite, inner: int, end: int) -> tuple[int, list[Act]]:
    """Where "encourages A to do X" ends before ", and supports B in doing Y", and the acts of the verbs behind; `end` and none for others."""
    classes = s.classes
    if not classes[finite.verb] & VERB_S:
        return end, []
    for k in range(inner + 1, end - 1):
        if classes[k] & REL:
            break
        verb = skip(s, k + 1, CONJ | ADVERB)
        if (
            classes[k] & (COMMA | CONJ)
            and verb < end
            and classes[verb] & VERB_S
            and fits(s, verb, VERB_S, has_object=True)
        ):
            behind = Finite(verb, verb, VERB_S, _own_row(s, verb, row_of("present-tense")), subject=finite.subject)
            return k, _acts_of(s, behind, end)
    return end, []


def _gapped(s: Sentence, act: Act) -> list[Act]:
    """Passives that leave their "be" out: "X shall be determined, and Y issued by the bureau". The act before them is cut."""
    found: list[Act] = []
    participle = next((k for k in range(act.verb, act.limit) if s.classes[k] & VERB_ED), act.limit)
    limit = act.limit
    while True:
        joint = skip(s, participle + 1, ADVERB | TIME)
        first = skip(s, joint)
        if joint >= limit or not s.classes[joint] & (COMMA | CONJ) or first >= limit:
            return found
        participle = _gapped_participle(s, first, limit)
        if participle < 0:
            return found
        last = found[-1] if found else act
        last.stop, last.limit = end_of_act(s, last.verb, joint), joint
        finite = Finite(participle, participle, VERB_ED, act.row, passive=True, subject=(first, participle))
        finite.negated = act.finite.negated
        stop = end_of_act(s, participle, limit)
        own = [k for k in range(joint, _edge(s, stop, limit)) if s.classes[k] & TIME]
        found.append(Act(finite, act.row, participle, stop, limit, own))


def _resumed(s: Sentence, act: Act) -> list[Act]:
    """A passive of another thing that leaves its modal out: "rules shall be explained, and good cases be made known". The act before it is cut."""
    classes = s.classes
    for be in range(act.verb + 3, act.limit - 1):
        if classes[be] & (REL | SUB):
            break
        if s.words[be] != "be" or not classes[skip(s, be + 1, ADVERB)] & VERB_ED:
            continue
        nearest = next((k for k in range(be - 1, act.verb, -1) if classes[k] & (_NO_NOUN & ~PREP)), act.verb)
        joints = [k for k in range(nearest, be) if classes[k] & CONJ]
        conj = joints[0] if joints and classes[joints[0] - 1] & COMMA else joints[-1] if joints else act.verb
        if not classes[conj] & CONJ or conj + 1 == be or classes[conj + 1] & PREP:
            break
        joint = conj - bool(classes[conj - 1] & COMMA)
        finite = Finite(be, be, VERB_ED, act.row, act.finite.negated, passive=True, subject=(conj + 1, be))
        stop = end_of_act(s, be, act.limit)
        own = [k for k in range(joint, _edge(s, stop, act.limit)) if classes[k] & TIME]
        behind = Act(finite, act.row, be, stop, act.limit, own)
        act.stop, act.limit = end_of_act(s, act.verb, joint), joint
        return [behind]
    return []


_NO_NOUN = PREP | MODAL | BE | TO | REL | SUB | COLON | TIME | COMMA


def _gapped_participle(s: Sentence, first: int, limit: int) -> int:
    """The participle behind a noun phrase that is all that stands between a passive and its end; -1 for none."""
    classes = s.classes
    for k in range(first, limit):
        kind = classes[k]
        if kind & VERB_ED and k > first and s.words[k] not in POSTPOSED and not classes[k - 1] & (CONJ | DET | ADVERB):
            closed = k + 1 >= limit or classes[k + 1] & (COMMA | CONJ | PREP | ADVERB | TIME)
            return k if closed else -1
        if kind & _NO_NOUN or (kind & (VERB | VERB_S) and not kind & (NOUNISH | ADJECTIVISH | AGENT)):
            return -1
    return -1


def _edge(s: Sentence, edge: int, limit: int) -> int:
    """Where an act that ends at `edge` ends with the times behind it, without a clause behind a comma."""
    edge += (
        edge + 1 < limit and s.words[edge] == "of" and bool(s.classes[edge + 1] & TIME)
    )  # "an extension of ten days"
    while edge < limit:
        behind = edge + 1 if s.classes[edge] & (TIME | COMMA | ADVERB | DASH) else _time_led_to(s, edge, limit)
        if behind == edge:
            break
        edge = behind
    return edge


def _time_led_to(s: Sentence, at: int, limit: int) -> int:
    """Another time of the act behind the conjunction or the phrase at `at` ("on the spot or within a day", "and in any event by May"), else `at`."""
    is_joint = bool(s.classes[at] & CONJ)
    if is_joint and (time := time_of_case(s, at + 1, limit)) < limit:
        return time
    time = next((k for k in range(at + 1, min(at + 5, limit)) if s.classes[k] & TIME), at)
    return time if s.words[at + is_joint : time] in AT_ALL else at


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
            and not classes[following] & (NOUNISH | AGENT)
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


_AT_LEAST = frozenset({"fewer", "less", "more", "later"})


def has_negative_subject(s: Sentence, finite: Finite) -> bool:
    """ "No unit may ..." """
    start = skip(s, finite.subject[0], CONJ | ADVERB | TIME | COMMA)
    if start and s.words[start - 1] == "nor" and start <= finite.at:
        return True  # "neither a transfer nor a mortgage may be registered"
    if s.words[start] == "no" and s.words[start + 1 : start + 2] and s.words[start + 1] in _AT_LEAST:
        return False  # "no fewer than 95 percent of the firms will have signed"
    return (start < finite.subject[1] and s.words[start] in ("no", "neither", "nobody", "none", "nothing")) or bool(
        finite.subject[1] > finite.subject[0] and s.classes[finite.subject[0]] & NOT
    )
