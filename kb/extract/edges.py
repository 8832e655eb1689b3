"""Where a verb phrase ends: before times, brackets and clauses at its edge, after its object and complements.

"publish the list, so that ..., within 5 days" -> "publish the list"; "a report issued within the last six months" keeps its time.
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.conditions import TURNING, opens_day, turns
from kb.extract.phrases import POSTPOSED, skip
from kb.extract.tails import opens_aside
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
    HAVE,
    INDEFINITE,
    MODAL,
    NAMED,
    NOUNISH,
    PREP,
    PRONOUN,
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
            ends = k + 1 < limit and not is_inner and opens_aside(s, k + 1, limit, gerunds=gerunds, passive=passive)
        elif kind & COLON:
            if classes[k - 1] & (REL | SUB) and k - 1 > verb + 1 and not classes[k - 2] & _VERBAL:
                stop = k - 1  # "any firm which: (a) sells fakes"
                break
            ends = not _opens_list(s, k, limit)
        elif kind & DASH:
            ends = k + 1 < limit and (bool(classes[k + 1] & SUB) or _opens_remark(s, verb, k, limit))
        elif kind & TIME:
            ends = _closes_with_time(s, verb, k, limit)
        elif k > verb + 1 and (kind & CONJ or s.words[k] in _OPENING):
            ends = _opens_at(s, verb, k, limit)
        else:
            continue
        if ends:
            stop = k
            break
    stop = _before_reckoning(s, verb, stop)
    while stop > verb + 1 and (classes[stop - 1] & (COMMA | CONJ | TIME | DASH) or _shares_out(s, verb, stop - 1)):
        if classes[stop - 1] & TIME and _is_of_object(s, verb, stop - 1):
            break
        stop -= 1 + (stop - 2 > verb and (s.words[stop - 2] in ("only", "of") or s.words[stop - 2 : stop] in IN_ALL))
        if stop - 3 > verb and classes[stop] & TIME:
            stop -= _leading_words(s, stop)
    return stop


def _leading_words(s: Sentence, time: int) -> int:
    """How many words lead on to the time: ", and in any event within five days", ", at the latest by May"."""
    return next((len(words) for words in AT_ALL if s.words[time - len(words) : time] == words), 0)


AT_ALL = (
    ["again"],
    ["in", "any", "event"],
    ["in", "any", "case"],
    ["in", "all", "cases"],
    ["at", "the", "latest"],
    ["at", "latest"],
    ["at", "most"],
)


def _opens_at(s: Sentence, verb: int, k: int, limit: int) -> bool:
    """Whether the word at `k` opens a condition, the day of an event, what a time runs from, or a clause that tells of the subject."""
    word = s.words[k]
    if s.classes[k] & CONJ:  # "on the spot or, where papers are missing, within five days"
        is_case = k + 2 < limit and bool(s.classes[k + 1] & COMMA and s.classes[k + 2] & SUB)
        return is_case and _opens_case(s, k + 1, limit)
    if word in ("on", "from"):
        return opens_day(s, k, limit)
    if word == "who":  # "nobody may teach in the course who has not paid"
        return (
            k > verb + 2
            and not any(kind & (AGENT | NAMED | PRONOUN | INDEFINITE) for kind in s.classes[verb + 1 : k])
            and not s.classes[k - 1] & DET
        )
    if word in _BEGINNING:  # "for five years beginning with the day on which it ended"
        return bool(s.classes[k - 1] & TIME) and k + 1 < limit and bool(s.classes[k + 1] & PREP)
    return turns(s, verb, k, limit)


_BEGINNING = frozenset("beginning starting commencing counting running counted calculated computed reckoned".split())
_OPENING = TURNING | _BEGINNING | {"on", "from", "who"}


def _opens_remark(s: Sentence, verb: int, k: int, limit: int) -> bool:
    """Whether the dash at `k` opens what is said by the way up to the end: "keep files on the firms — that term denoting those in the trade"."""
    is_apart = s.ends[k - 1] < s.starts[k] and s.ends[k] < s.starts[k + 1]
    tells = any(kind & (VERB_ING | VERB_ED | BE_FINITE | MODAL | HAVE) for kind in s.classes[k + 1 : limit])
    return is_apart and tells and sum(bool(kind & DASH) for kind in s.classes[verb:limit]) == 1


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
    if (k > verb + 1 or classes[verb] & ALONE) and _is_shared_out(s, k, limit) and not _is_of_object(s, verb, k):
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
    """Whether the time at `k` is that of one case, and another follows: "for five years in the case of A and for ten years in that of B".

    "within 20 days, and in complex cases within 40 days", "within one hour by telephone and within a day in writing".
    """
    for j in range(k + 1, min(limit - 1, k + 15)):
        if s.classes[j] & CONJ and _opens_case(s, j + 1, limit):
            return True
        is_joint = s.classes[j] & COMMA and s.classes[j + 1] & CONJ
        if s.classes[j] & (COMMA | _VERBAL) and not s.classes[j] & NOUNISH and not is_joint:
            return False
    return False


def _opens_case(s: Sentence, at: int, limit: int) -> bool:
    """Whether a time stands at `at`, also behind a case of its own: "in complex cases, within 40 days"."""
    return time_of_case(s, at, limit) < limit


def time_of_case(s: Sentence, at: int, limit: int) -> int:
    """The time at `at` or behind a case that is told first ("in complex cases", ", where none is set,"); `limit` for none."""
    at += bool(at < limit and s.classes[at] & COMMA)
    if at < limit and s.classes[at] & SUB:
        at = 1 + next((k for k in range(at + 1, limit) if s.classes[k] & COMMA), limit)
    elif at < limit and s.words[at] in ("in", "for"):
        at = next((k for k in range(at + 1, min(limit, at + 8)) if s.classes[k] & (TIME | _VERBAL | CONJ)), limit)
    return at if at < limit and s.classes[at] & TIME else limit


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
    if all(word in _RECKONING for word in s.words[at + 1 : stop]) or (
        s.classes[at + 1] & CONJ and s.words[at + 2] in ("of", "from", "after") and _has_event(s, at)
    ):
        return at + 1  # "... of the date thereof", "... of the end of the term or of the hearing"
    mark = s.marks.get(at)
    is_limit = mark is not None and mark.time is not None and mark.time.type is TimeType.RELATIVE_DURATION
    is_event = s.words[at + 1] in ("from", "after", "of") and not any(
        kind & (COMMA | CONJ | TO | MODAL | COLON) for kind in s.classes[at + 1 : stop]
    )
    return at + 1 if is_limit and is_event else stop


_RECKONING = frozenset("of from after the that such date day thereof thereafter therefrom its receipt".split())


def _shares_out(s: Sentence, verb: int, at: int) -> bool:
    """Whether "respectively" or "in total" stands behind a time."""
    if s.words[at - 1 : at + 1] in IN_ALL and at - 2 > verb:
        return bool(s.classes[at - 2] & TIME)
    return s.words[at] == "respectively" and bool(s.classes[at - 1] & TIME)


IN_ALL = (["in", "total"], ["in", "all"], ["in", "aggregate"])


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
