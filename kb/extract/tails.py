"""What stands behind a comma and is no part of the act before it: relative and absolute clauses, exceptions, purposes, participles.

"keeps the file, the result of which is shown" -> "keeps the file"; "grades shops, the counties assisting it" -> "grades shops".
"""

from __future__ import annotations

from itertools import pairwise

from kb.extract.clauses import Sentence
from kb.extract.phrases import head_of, skip
from kb.extract.words import (
    ADVERB,
    AGENT,
    ANAPHOR,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
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

_ASSISTING = frozenset({"assisting", "cooperating", "participating", "supporting", "helping", "coordinating"})
_VERBAL = VERB | VERB_S | VERB_ED | BE | HAVE | MODAL


def opens_aside(s: Sentence, at: int, limit: int, *, gerunds: bool, passive: bool) -> bool:  # noqa: PLR0911  one return a case
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
    if word in _ASIDES or (word, following) in _OPENERS or words[at : at + 3] in _PURPOSES:
        return True
    if word == "as" and classes[at - 1] & COMMA and _refers(s, at, limit):
        return True  # "bring an action, as provided in the Law", "be heard, as the State Council provides"
    if (word, following) == ("up", "to") or _relates_behind(s, at, limit) or _opens_absolute(s, at, limit):
        return True  # "suspend its business, up to revocation of the licence"
    if word == "with" and (company_end(s, at, limit) or _tells(s, at, limit) or _comes_with(s, at, limit)):
        return True  # ", with the tax office assisting", ", with notice to the owner", ", with the files attached"
    if (word == "whether" and _leaves_open(s, at, limit)) or _excepts(s, at):
        return True  # ", whether alone or with others", ", other than where the data are public"
    if word in ("after", "before", "once") and _opens_stage(s, at, limit):
        return True
    if word == "for":
        return following in ("example", "instance") or any(classes[k] & TO for k in range(at + 1, min(limit, at + 8)))
    if word == "each" and following in _WITHIN:
        return True  # "shall lend its help, each in its own field"
    if word in ("with", "each") and _tells_what_is_to_be(s, at, limit):
        return True
    return _opens_participle(s, at, limit, passive=passive)


def _tells_what_is_to_be(s: Sentence, at: int, limit: int) -> bool:
    """Whether ", with each check to be closed within five days" stands at `at`."""
    be = next((k for k in range(at + 2, min(at + 8, limit)) if s.words[k] == "be"), 0)
    return be > 0 and bool(s.classes[be - 1] & TO)


def _excepts(s: Sentence, at: int) -> bool:
    """Whether "other than where" stands at `at`."""
    behind = s.classes[at + 2 : at + 3]
    return s.words[at : at + 2] == ["other", "than"] and bool(behind and behind[0] & SUB)


def _comes_with(s: Sentence, at: int, limit: int) -> bool:
    """Whether "with evidence attached" or "with the last year as the base" stands at `at` and closes the act."""
    sign = next((k for k in range(at + 1, limit) if s.classes[k] & (COMMA | COLON | REL | SUB | MODAL)), limit)
    if sign + 1 < limit and s.classes[sign] & COMMA and s.classes[sign + 1] & PREP:
        return False  # "submit the form, with the deed attached, to the office"
    return any(
        s.words[k] in _ENCLOSED
        or (s.words[k] == "as" and s.classes[k + 1] & DET and not s.classes[k - 1] & (VERB_ED | PREP))
        for k in range(at + 2, sign)
    )


_ENCLOSED = frozenset("attached enclosed annexed appended being".split())


def _leaves_open(s: Sentence, at: int, limit: int) -> bool:
    """Whether "whether by A or by B" tells that it does not matter which, and asks nothing ("decide, on the facts, whether to act")."""
    behind = s.classes[at + 1 : limit]
    if s.words[at + 1 : at + 3] == ["or", "not"]:
        return True
    is_clause = any(kind & (_FINITE | COMMA | COLON) for kind in behind) or bool(behind and behind[0] & TO)
    return not is_clause and "or" in s.words[at + 1 : limit]


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
    if not kind & VERB_ED or kind & VERB:
        return False
    is_done = "by" in words[at + 1 : at + 7] and not any(c & (COMMA | CONJ) for c in classes[at + 1 : at + 7])
    return is_timed or is_done or following in ("by", "in", "on", "with", "to", "from")


_ASIDES = frozenset("which who whose unless except save thereby if where when whereas while whichever until".split())
_OPENERS = frozenset(
    {
        ("so", "that"), ("so", "as"), ("provided", "that"), ("provided", "always"), ("provided", "however"), ("on", "condition"),
    }
)  # fmt: skip
_PURPOSES = (["in", "order", "to"], ["in", "order", "that"])  # "in order of ranking" is none
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


def _relates_behind(s: Sentence, at: int, limit: int) -> bool:
    """Whether "to which", "in conformity with which" or "the result of which" stands at `at`."""
    which = next((k for k in range(at + 1, min(at + 6, len(s.words))) if s.words[k] in ("which", "whom", "whose")), 0)
    if not which or not s.classes[at] & PREP:
        is_part = (
            which > at + 1
            and s.words[which - 1] == "of"
            and not any(c & _VERBAL and not c & NOUNISH for c in s.classes[at:which])
        )
        return is_part and not _resumes(s, which, limit)
    is_phrase = s.words[which - 1] in ("of", "with") and not any(c & _VERBAL for c in s.classes[at + 1 : which - 1])
    return which == at + 1 or is_phrase


def _resumes(s: Sentence, at: int, limit: int) -> bool:
    """Whether the act goes on with a verb behind the clause at `at`: "add signs, the weight of which is low, and report them"."""
    joints = (k + 1 for k in range(at, limit - 3) if s.classes[k] & COMMA and s.classes[k + 1] & CONJ)
    return any(s.classes[k + 1] & (VERB | VERB_S) and s.classes[k + 2] & ANAPHOR for k in joints)


def _opens_absolute(s: Sentence, at: int, limit: int) -> bool:
    """Whether a clause without a finite verb stands behind a comma: ", the time of a hearing not included", ", the firm having paid"."""
    if not s.classes[at] & DET:
        return False
    for k in range(at + 1, min(limit, at + 25)):
        if s.words[k] in _ABSOLUTE:
            return s.words[k] == "having" or k + 1 == limit
        if (
            (s.words[k] in _ASSISTING or s.words[k : k + 2] == ["taking", "part"])
            and not s.classes[k - 1] & PREP
            and s.classes[head_of(s, at, k)] & (AGENT | NAMED)
        ):
            return not any(c & COMMA and s.classes[j + 1] & CONJ for j, c in enumerate(s.classes[k : limit - 1], k))
        if s.classes[k] & (COMMA | COLON | MODAL | BE_FINITE | REL | SUB):
            return False
    return False


_ABSOLUTE = frozenset({"having", "presiding", "included", "excluded", "excepted"})


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
