"""Where a verb phrase ends: before times, brackets and clauses at its edge, after its object and complements.

"publish the list, so that ..., within 5 days" -> "publish the list"; "a report issued within the last six months" keeps its time.
"""

from __future__ import annotations

from itertools import pairwise

from kb.extract.clauses import Sentence
from kb.extract.conditions import TURNING, opens_day, turns
from kb.extract.phrases import POSTPOSED, head_of, skip
from kb.extract.words import (
    ADVERB,
    AGENT,
    ALONE,
    ARTICLE,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DASH,
    DET,
    DIRECTIVE,
    HAVE,
    MODAL,
    NAMED,
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
from kb.model import TimeType

_ASSISTING = frozenset({"assisting", "cooperating", "participating", "supporting", "helping", "coordinating"})
_EXTENSIONS = frozenset({"extension", "prolongation", "postponement", "deferment", "deferral", "extensions"})


def end_of_act(s: Sentence, verb: int, limit: int) -> int:
    """Where the act ends: before a clause behind a comma, a colon, and the times at its edge."""
    classes = s.classes
    stop = limit
    gerunds = _has_gerund_list(s, verb, limit)
    passive = bool(classes[verb] & VERB_ED) or s.words[verb] == "be"
    closing = _closing_comma(s, verb, limit)  # of a parenthesis between the verb and its object
    for k in range(verb + 1, limit):
        kind = classes[k]
        if kind & COMMA:
            is_inner = s.words[k - 1] == "or" or k <= closing  # "accepts it or, if it is wrong, sends it back"
            is_inner = is_inner or (not passive and _adds(s, k, limit))
            is_inner = is_inner or _goes_on_asking(s, verb, k, limit)
            ends = k + 1 < limit and not is_inner and _opens_aside(s, k + 1, limit, gerunds=gerunds, passive=passive)
        elif kind & COLON:
            ends = not _opens_list(s, k, limit)
        elif kind & DASH:
            ends = k + 1 < limit and bool(classes[k + 1] & SUB)  # "punish those in charge—when they fail to act"
        elif kind & TIME:
            ends = _closes_with_time(s, verb, k, limit)
        elif s.words[k] in ("on", "from") and k > verb + 1:
            ends = opens_day(s, k, limit)
        elif s.words[k] in TURNING and k > verb + 1:
            ends = turns(s, verb, k, limit)
        else:
            continue
        if ends:
            stop = k
            break
    stop = _before_reckoning(s, verb, stop)
    while stop > verb + 1 and (classes[stop - 1] & (COMMA | CONJ | TIME | DASH) or _shares_out(s, stop - 1)):
        if classes[stop - 1] & TIME and _is_of_object(s, verb, stop - 1):
            break
        # "allow it only 90 days after payment", "grant an extension of ten days"
        stop -= 1 + (stop - 2 > verb and s.words[stop - 2] in ("only", "of"))
    return stop


def _goes_on_asking(s: Sentence, verb: int, k: int, limit: int) -> bool:
    """Whether a comma parts questions that are asked in one act: "know how data are kept, where they come from, and why they were changed"."""
    behind = skip(s, k + 1, CONJ)
    is_question = behind < limit and s.words[behind] in _ASKED
    return is_question and any(s.words[j] in _ASKED and s.words[j] != "which" for j in range(verb + 1, verb + 4))


def _adds(s: Sentence, k: int, limit: int) -> bool:
    """Whether a condition between "and" and a further object opens at the comma: "keep plans and, where needed, charts"."""
    is_added = s.words[k - 1] == "and" and k + 1 < limit and bool(s.classes[k + 1] & SUB)
    return is_added and any(s.classes[j] & COMMA for j in range(k + 2, limit - 1))


_ASKED = frozenset("how why what whether where when who which whom".split())


def _closing_comma(s: Sentence, verb: int, limit: int) -> int:
    """The comma behind which the object of the verb stands: "establish, using the credit files, a list of ...", "organize, in May, training"; -1 for none."""
    classes = s.classes
    if verb + 2 >= limit or not classes[verb + 1] & COMMA or classes[verb] & ALONE:
        return -1
    commas = [k for k in range(verb + 2, limit - 1) if classes[k] & COMMA]
    if commas and classes[commas[0] + 1] & VERB_ING:
        return commas[0]
    objects = (k for k in commas if classes[k + 1] & ARTICLE or s.words[k + 1] == "that")
    return next(objects, -1) if classes[verb + 2] & (VERB_ING | SUB | REL) else -1


def _closes_with_time(s: Sentence, verb: int, k: int, limit: int) -> bool:
    """Whether an act ends before the time at `k`, since what follows behind a comma is said by the way or goes on with the event.

    "reviews the list every year, together with the unions", "within five days after a ruling, or a settlement that ..., becomes final".
    """
    classes = s.classes
    if _is_shared_out(s, k, limit) and k > verb + 1:
        return True
    behind = skip(s, k + 1, COMMA | CONJ)
    if behind >= limit or not classes[k + 1] & COMMA or classes[k - 1] & (COMMA | CONJ) or _is_of_object(s, verb, k):
        return False
    if any(c & (REL | SUB) for c in classes[verb + 1 : k]):
        return False
    if classes[behind - 1] & CONJ:
        return _has_event(s, k) and bool(classes[behind] & DET)
    if k == verb + 1 and not classes[verb] & ALONE:
        return False  # "release every April, on the proposal of the guild, a list"
    return _is_by_the_way(s, behind, limit)


def _is_by_the_way(s: Sentence, at: int, limit: int) -> bool:
    """Whether a phrase behind a time and a comma is no part of the act: ", for later inspection", ", together with the unions"."""
    if s.words[at] == "for":
        return not any(kind & COMMA for kind in s.classes[at:limit])
    if s.classes[at] & DET and s.words[at + 1 : at + 2] and s.words[at + 1] in _TERMS:
        return True  # "within six months, a period that may be prolonged"
    return bool(s.classes[at] & PREP and s.words[at] not in _COMPLETING) or s.words[at] == "together"


_TERMS = frozenset("period term time deadline limit duration".split())


def _is_shared_out(s: Sentence, k: int, limit: int) -> bool:
    """Whether the time at `k` is that of one case, and another follows: "for five years in the case of A and for ten years in that of B"."""
    if not s.classes[k + 1] & PREP if k + 1 < limit else True:
        return False
    for j in range(k + 2, min(limit - 1, k + 15)):
        if s.classes[j] & CONJ and s.classes[j + 1] & TIME:
            return True
        if s.classes[j] & (COMMA | _VERBAL) and not s.classes[j] & NOUNISH:
            return False
    return False


_VERBAL = VERB | VERB_S | VERB_ED | BE | HAVE | MODAL
_COMPLETING = frozenset("with to by on into from of upon".split())


def _has_event(s: Sentence, k: int) -> bool:
    """Whether the time at `k` is counted from an event that is printed behind it."""
    time = s.marks[k].time if k in s.marks else None
    return (
        time is not None and time.trigger is not None and time.span is not None and time.trigger.start > time.span.start
    )


def _before_reckoning(s: Sentence, verb: int, stop: int) -> int:
    """Where an act ends that closes with a time and what it counts from ("within five days of the date thereof", "within ten days from the signing of the deed")."""
    at = next((k for k in range(stop - 1, max(stop - 12, verb), -1) if s.classes[k] & TIME), 0)
    if not at or at + 1 >= stop:
        return stop
    if all(word in _RECKONING for word in s.words[at + 1 : stop]):
        return at + 1
    mark = s.marks.get(at)
    is_limit = mark is not None and mark.time is not None and mark.time.type is TimeType.RELATIVE_DURATION
    is_event = s.words[at + 1] in ("from", "after", "of") and not any(
        kind & (COMMA | CONJ | TO | MODAL | COLON) for kind in s.classes[at + 1 : stop]
    )
    return at + 1 if is_limit and is_event else stop


_RECKONING = frozenset("of from after the that such date day thereof thereafter therefrom its receipt".split())


def _shares_out(s: Sentence, at: int) -> bool:
    """Whether "respectively" stands behind a time."""
    return s.words[at] == "respectively" and bool(s.classes[at - 1] & TIME)


def _opens_list(s: Sentence, colon: int, limit: int) -> bool:
    """Whether what follows a colon is a list of names or of things to be done, not another clause."""
    classes = s.classes
    behind = range(colon + 1, limit)
    told = next((k for k in range(colon + 2, min(colon + 6, limit - 1)) if classes[k] & TO), 0)
    if told and classes[told - 1] & AGENT and classes[told + 1] & VERB:
        return False  # "clear up old rules: departments to report them"
    return any(classes[k] & (COMMA | CONJ) for k in behind) and not any(
        classes[k] & (MODAL | BE_FINITE | COLON) for k in behind
    )


def _is_of_object(s: Sentence, verb: int, time: int) -> bool:
    """Whether the time belongs to a participle behind a noun: "a report issued within the last six months"."""
    classes = s.classes
    while time - 2 > verb and classes[time - 1] & CONJ and classes[time - 2] & TIME:
        time -= 2  # "of not less than 5 days and not more than 15 days"
    if s.words[time - 1] == "of":
        return s.words[time - 2] not in _EXTENSIONS  # "imposes detention of not more than 5 days"
    if s.words[time - 2] == "as" or s.words[time - 1] in POSTPOSED:
        return False  # "mark it as disputed within five days", "tell the party concerned within three"
    return (
        time - 2 > verb
        and bool(classes[time - 1] & VERB_ED)
        and not classes[time - 2] & (BE | HAVE | ADVERB | CONJ | COMMA)
    )


def _has_gerund_list(s: Sentence, verb: int, limit: int) -> bool:
    """Whether "by forging X, concealing Y or ..." stands in the act, so that a comma before a gerund parts no clause."""
    classes = s.classes
    gerunds = (k for k in range(verb + 2, limit) if classes[k] & VERB_ING and classes[k - 1] & PREP)
    opened = next((k for k in gerunds if s.words[k - 1 : k + 1] != ["in", "writing"]), limit)
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
        opens = at + 1 < limit and not classes[at + 1] & (COMMA | CONJ) and following != "of"
        return opens and not (gerunds or joined or _is_inserted(s, at, limit))
    if word in _ASIDES or word == "so":
        return word != "so" or following in ("that", "as")
    if (word, following) in (
        ("provided", "that"),
        ("provided", "always"),
        ("provided", "however"),
    ) or word == "until":
        return True
    if words[at : at + 3] in (["in", "order", "to"], ["in", "order", "that"]):  # "in order of ranking" is no purpose
        return True
    if word == "as" and classes[at - 1] & COMMA and _refers(s, at, limit):
        return True  # "bring an action, as provided in the Law", "be heard, as the State Council provides"
    if (word, following) == ("up", "to") or _relates_behind(s, at) or _opens_absolute(s, at, limit):
        return True  # "suspend its business, up to revocation of the licence"
    if word == "with" and (company_end(s, at, limit) or _tells(s, at, limit)):
        return True  # ", with the tax office assisting", ", with notice to the owner"
    if word in ("after", "before", "once") and _opens_stage(s, at, limit):
        return True
    if word == "for":
        return following in ("example", "instance") or any(classes[k] & TO for k in range(at + 1, min(limit, at + 8)))
    if word == "each" and following in _WITHIN:
        return True  # "shall lend its help, each in its own field"
    return _opens_participle(s, at, limit, passive=passive)


def _tells(s: Sentence, at: int, limit: int) -> bool:
    """Whether "with written notice of the result to the owner" stands at `at`: somebody is told of the act."""
    noun = next((k for k in range(at + 1, min(at + 5, limit - 1)) if s.words[k] in _NOTICES), 0)
    return noun > 0 and s.words[noun + 1] in ("to", "of") and not any(s.classes[k] & PREP for k in range(at + 1, noun))


_NOTICES = frozenset("notice notification communication report copy copies".split())


def _opens_stage(s: Sentence, at: int, limit: int) -> bool:
    """Whether a clause with a verb of its own tells when the act is done, and runs to its end (", after the council has so decided")."""
    classes = s.classes
    is_clause = any(
        kind & (_FINITE | VERB_S & ~NOUNISH) or (kind & VERB and before & AGENT)
        for before, kind in pairwise(classes[at + 1 : limit])
    )
    return is_clause and not any(
        classes[k] & COMMA and classes[k + 1] & (PREP | VERB_ING | DET) for k in range(at + 1, limit - 1)
    )


_FINITE = BE_FINITE | HAVE | MODAL


def _opens_participle(s: Sentence, at: int, limit: int, *, passive: bool) -> bool:
    """Whether a participle opens what is said by the way: "keep a catalogue, updated each year", not "submit a proposal, accompanied by X, to Y"."""
    classes, words = s.classes, s.words
    kind, following = classes[at], words[at + 1] if at + 1 < limit else ""
    comma = next((k for k in range(at + 1, limit) if classes[k] & COMMA), limit - 1) if kind & VERB_ED else limit - 1
    if comma + 1 < limit and classes[comma + 1] & PREP and words[comma + 1] != "until":
        return False  # "submit a proposal, accompanied by the file, to the office"
    if kind & VERB_ED and at + 3 < limit and classes[at + 1] & CONJ and classes[at + 2] & VERB_ED:
        following = words[at + 3] if not classes[at - 2] & VERB_ED else ""  # "..., signed and sealed by the head"
    is_timed = at + 1 < limit and bool(classes[at + 1] & TIME)  # "keep a catalogue, updated each year"
    if classes[at - 1] & CONJ and passive:
        return False  # "are drawn up by the office, and submitted to the mayor"
    if not kind and words[at].endswith("ed") and following == "by":
        return True  # ", moderated by the head": of a verb in no table
    return bool(kind & VERB_ED and not kind & VERB) and (
        is_timed or following in ("by", "in", "on", "with", "to", "from")
    )


_ASIDES = frozenset("which who whose unless except save thereby if where when whereas while".split())
_AS_STATED = frozenset("provided prescribed stipulated required specified described defined laid agreed".split())
_STATING = frozenset("provide prescribe stipulate require specify rule direct lay".split())
_WITHIN = frozenset("in within according under by".split())


def _refers(s: Sentence, at: int, limit: int) -> bool:
    """Whether "as provided in the Law" or "as the State Council provides" stands at `at` and closes the act."""
    comma = next((k for k in range(at + 2, limit - 1) if s.classes[k] & COMMA), -1)
    if s.words[at + 1 : at + 2] and s.words[at + 1] in _AS_STATED and at + 2 < limit and s.classes[at + 2] & PREP:
        return comma < 0 or bool(s.classes[comma + 1] & CONJ)
    stating = skip(s, limit - 1) == limit - 1 and s.words[limit - 1].removesuffix("s") in _STATING
    return comma < 0 and stating and bool(s.classes[at + 1] & (DET | AGENT | NAMED | PLACE))


def _is_inserted(s: Sentence, at: int, limit: int) -> bool:
    """Whether a gerund stands between the object and what completes it: "mechanisms, reaching across regions, for joint incentives"."""
    return any(s.classes[k] & COMMA and s.words[k + 1] in ("for", "of", "to") for k in range(at + 2, limit - 1))


def _relates_behind(s: Sentence, at: int) -> bool:
    """Whether "to which" or "in conformity with which" stands at `at`."""
    if not s.classes[at] & PREP:
        return False
    which = next((k for k in range(at + 1, min(at + 6, len(s.words))) if s.words[k] in ("which", "whom", "whose")), 0)
    is_phrase = s.words[which - 1] in ("of", "with") and not any(c & _VERBAL for c in s.classes[at + 1 : which - 1])
    return which > 0 and (which == at + 1 or is_phrase)


def _opens_absolute(s: Sentence, at: int, limit: int) -> bool:
    """Whether a clause without a finite verb stands behind a comma: ", the time of a hearing not included", ", the firm having paid"."""
    if not s.classes[at] & DET:
        return False
    for k in range(at + 2, min(limit, at + 25)):
        if s.words[k] in _ABSOLUTE:
            return s.words[k] == "having" or k + 1 == limit
        if s.words[k : k + 2] == ["taking", "part"] and s.classes[head_of(s, at, k)] & (AGENT | NAMED):
            return True
        if s.classes[k] & (COMMA | COLON | MODAL | BE_FINITE | REL | SUB):
            return False
    return False


_ABSOLUTE = frozenset({"having", "included", "excluded", "excepted"})


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
