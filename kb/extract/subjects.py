"""The subject of a finite verb: the noun phrase before it, with its coordinates, across parentheses and fronted phrases.

"In daily work, the bureau and, where needed, the courts shall ..." -> units of "the bureau and ... the courts".
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.phrases import head_of, is_modifier, skip
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ARTICLE,
    BE,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    HAVE,
    MODAL,
    NAMED,
    NOT,
    NOUNISH,
    PLACE,
    PREP,
    PRONOUN,
    REL,
    SOFT_SUB,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip


def opens_with(s: Sentence, at: int, floor: int) -> bool:
    """Whether nothing but adverbs, times and fronted phrases stands before an imperative."""
    return skip(s, floor) == at or bool(s.classes[at - 1] & (COMMA | ADVERB | TIME | CONJ | NOT))


def subject_of(s: Sentence, floor: int, at: int, has_before: bool) -> tuple[int, int]:  # noqa: PLR0911, PLR0912  one return a case
    """The noun phrase before a finite verb: the last stretch between commas that is one, with its coordinates to the left."""
    classes = s.classes
    end = at
    closing = ADVERB | COMMA | NOT | (0 if "whoever" in s.words[floor : floor + 2] else TIME)
    while end > floor and classes[end - 1] & closing and not classes[end - 1] & (PRONOUN | AGENT):
        end -= 1
    is_object = end > floor + 1 and (
        bool(classes[end - 2] & (VERB_ED | PREP)) or bool(classes[end - 2] & VERB_S and not classes[end - 2] & NOUNISH)
    )  # "which issued it", "that accepts it", "in charge of it", "are put on it"
    if end > floor + 1 and s.words[end - 1] in ("it", "they") and not is_object:
        return (end - 1, end)  # "on a unit it imposes a fine"
    if has_before and _goes_on_behind_aside(s, floor, at):
        return (at, at)
    stretches = _stretches(s, floor, end)
    fronted = _behind_joined_phrase(s, *stretches[-1]) if has_before and stretches else -1
    if fronted > 0:
        return (fronted, end)  # "..., and in complex cases the time may be prolonged"
    denied = next((k for k, _ in stretches[1:] if s.words[k] in ("and", "but") and s.words[k + 1] == "no"), -1)
    if has_before and denied >= 0:
        return (denied + 1, end)  # "..., and no secrets, drafts or private data may be shown"
    if has_before and _is_behind_comma(s, end, at) and stretches and _is_noun_phrase(s, stretches[-1]):
        return (at, at)  # "may do A for members, customers or users, must not ..."
    if not has_before and stretches and _is_noun_phrase(s, stretches[0]):
        return (stretches[0][0], end)
    chosen = len(stretches) - 1
    lowest = 1 if has_before else 0  # the first stretch holds the verb phrase of the clause before
    while chosen >= lowest and not _is_noun_phrase(s, stretches[chosen]):
        if has_before and all(classes[k] & (CONJ | ADVERB) for k in range(*stretches[chosen])):
            return (at, at)
        chosen -= 1
    if chosen < 0:
        return _behind_fronted(s, floor, end) or (at, at)
    start, stop = stretches[chosen]
    if chosen == 0 and has_before and stop < at and any(classes[k] & (COMMA | CONJ) for k in range(stop, at)):
        return (at, at)
    if chosen == 0 and has_before:
        cut = _last_conjunct(s, start, stop)
        return (cut, stop) if cut >= 0 else (at, at)
    if classes[start] & CONJ and not _has_list_before(s, stretches, chosen):
        return (start + 1, stop)
    return (_list_start(s, stretches, chosen, lowest), stop)


def _goes_on_behind_aside(s: Sentence, floor: int, at: int) -> bool:
    """Whether a verb without a subject of its own stands behind a parenthesis ("verify A, B and C and, where they hold good, shall accept them")."""
    classes = s.classes
    if at < floor + 4 or not classes[at - 1] & COMMA:
        return False
    for k in range(at - 2, max(floor, at - 40), -1):
        if classes[k] & COMMA:
            return bool(classes[k - 1] & CONJ and classes[k + 1] & (SUB | PREP) and s.words[k - 1] in ("and", "or"))
    return False


def _behind_fronted(s: Sentence, floor: int, end: int) -> tuple[int, int] | None:
    """The body behind a fronted phrase that no comma closes ("In any of the following cases the competent office orders ...")."""
    for k in range(end - 1, floor, -1):
        if s.classes[k] & COMMA or (s.classes[k] & PREP and s.words[k] not in ("of", "for", "in")):
            return None
        if s.classes[k] & DET and not s.classes[k - 1] & PREP:
            behind = s.classes[skip(s, floor)] & (SUB | SOFT_SUB)  # "When that term ends the file must"
            return (k, end) if behind or s.classes[head_of(s, k, end)] & (AGENT | NAMED) else None
    return None


def _behind_joined_phrase(s: Sentence, start: int, stop: int) -> int:
    """The article that opens a subject behind "and in complex cases"; -1 where no such phrase stands in front."""
    if start + 3 >= stop or not s.classes[start] & CONJ or not s.classes[start + 1] & PREP:
        return -1
    return next((k for k in range(start + 3, stop) if s.classes[k] & DET and not s.classes[k - 1] & (PREP | DET)), -1)


def _list_start(s: Sentence, stretches: list[tuple[int, int]], chosen: int, lowest: int) -> int:
    """Where the list of bodies begins whose last member is the chosen stretch; the stretch itself where it ends none."""
    if (
        chosen > lowest
        and _opens_things(s, stretches[chosen - 1])
        and any(s.classes[k] & CONJ for k in range(*stretches[chosen]))
    ):
        return stretches[chosen - 1][0] + 1
    if chosen > lowest and _ends_inner_list(s, stretches[chosen - 1], stretches[chosen]):
        return stretches[chosen - 1][0]
    if _ends_list(s, *stretches[chosen]):
        while chosen > lowest and _is_list_member(s, stretches[chosen - 1]):
            chosen -= 1
    return stretches[chosen][0]


def _opens_things(s: Sentence, stretch: tuple[int, int]) -> bool:
    """Whether a stretch is "and the legality", the first of a list of things that another clause has as its subject."""
    start, stop = stretch
    kinds = s.classes[start:stop]
    return (
        2 < stop - start < 6
        and bool(kinds[0] & CONJ and kinds[1] & ARTICLE)
        and not any(k & (PREP | VERB_ED) for k in kinds)
    )


def _is_behind_comma(s: Sentence, comma: int, at: int) -> bool:
    """Whether only adverbs stand between the comma and the verb."""
    return comma < at and bool(s.classes[comma] & COMMA) and all(s.classes[k] & ADVERB for k in range(comma + 1, at))


def _stretches(s: Sentence, floor: int, end: int) -> list[tuple[int, int]]:
    """Units floor:end parted at commas and colons."""
    found: list[tuple[int, int]] = []
    start = floor
    for k in range(floor, end):
        if s.classes[k] & (COMMA | COLON):
            if k > start:
                found.append((start, k))
            start = k + 1
    if end > start:
        found.append((start, end))
    return found


def _is_noun_phrase(s: Sentence, stretch: tuple[int, int]) -> bool:  # noqa: PLR0911  one return a case
    """Whether a stretch can be a subject: it opens with no preposition, conjunction of clauses, participle or adverb alone."""
    start = skip(s, stretch[0], CONJ | TIME)
    if s.words[start : start + 2] == ["not", "only"]:
        start += 2  # "not only the firm but also its head"
    if start >= stretch[1]:
        return False
    kind = s.classes[start]
    if kind & VERB_ING and start > stretch[0] and not kind & PREP:
        return True  # "..., and filing for the record"
    if s.words[start] in ("together", "jointly", "not", "regardless", "save"):
        return False
    if (
        kind & REL
        and start + 1 < stretch[1]
        and s.classes[start + 1] & (VERB | VERB_S | BE | HAVE | MODAL)
        and not s.classes[start + 1] & NOUNISH
    ):
        return s.words[start] in ("whoever", "what", "whichever")  # "or that run away from a debt"
    if s.words[start] in _FRONTED and s.words[start + 1 : start + 2] in (["as"], ["to"], ["on"], ["upon"]):
        return False
    if kind & (AGENT | NAMED):
        return True
    if kind & (BE | HAVE | MODAL) or (kind & VERB and not kind & (NOUNISH | ADJECTIVISH)):
        return False
    if kind & VERB_S and start + 1 < stretch[1] and s.classes[start + 1] & DET:
        return False  # "changes a shareholder" goes on with a clause
    if kind & DET:
        return True
    if kind & (PREP | SUB | SOFT_SUB | TO) or (kind & REL and s.words[start] not in ("whoever", "what", "whichever")):
        return False
    return not (kind & (VERB_ING | VERB_ED) and is_modifier(s, start)) and not (
        kind & ADVERB and stretch[1] - start == 1
    )


_FRONTED = frozenset(
    "such subject prior subsequent contrary owing due thanks depending according relying".split()
)  # "prior to a sale", "such as"


def _last_conjunct(s: Sentence, start: int, stop: int) -> int:
    """The unit behind the last and/but before which the verb phrase of the clause before ends; -1 where the subject is shared."""
    for k in range(stop - 1, start, -1):
        if s.classes[k] & CONJ:
            behind = k + 1
            if behind < stop and s.words[behind] in ("not", "no", "more", "less", "fewer", "above", "below"):
                continue  # "not less than 5 and not more than 10 times the gains"
            tail = range(behind, stop)
            names = any(s.classes[j] & (AGENT | NAMED | PRONOUN | DET) for j in tail)
            if (
                behind < stop
                and (names or (_is_bare_thing(s, behind, stop) and not any(c & REL for c in s.classes[start:k])))
                and not s.classes[behind] & (VERB_ING | PREP | VERB_S)
            ):
                return behind
            return -1
    return -1


def _is_bare_thing(s: Sentence, start: int, stop: int) -> bool:
    """Whether a thing of two words is the subject of a passive ("orders it to stop and legal liability is pursued")."""
    passive = stop + 1 < len(s.words) and s.classes[stop] & BE_FINITE and s.classes[stop + 1] & VERB_ED
    plain = not any(s.classes[k] & (PREP | VERB | VERB_S | VERB_ED | VERB_ING | CONJ) for k in range(start, stop))
    return bool(passive) and stop - start == 2 and plain


_AND_SO_ON = (
    ("and", "the", "like"),
    ("or", "the", "like"),
    ("and", "so", "on"),
    ("and", "so", "forth"),
    ("and", "others"),
)


def _ends_list(s: Sentence, start: int, stop: int) -> bool:
    """Whether the last stretch is the end of a list of bodies ("schools and other units", "and the unit"), not "small and large units"."""
    if any(tuple(s.words[max(start, stop - len(tail)) : stop]) == tail for tail in _AND_SO_ON):
        return True
    for k in range(start, min(stop, start + 12)):
        if s.classes[k] & CONJ and s.words[k + 1 : k + 2] not in (["above"], ["below"]):
            before = k == start or bool(s.classes[head_of(s, start, k)] & (AGENT | NAMED | PLACE))
            return before and any(s.classes[j] & (AGENT | NAMED) for j in range(k, stop))
    return False


def _ends_inner_list(s: Sentence, before: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether the last stretch ends a list inside the phrase of a body: "the department provided for by laws, rules or decisions"."""
    classes = s.classes
    start, stop = last
    joined = next((k for k in range(start + 1, stop) if classes[k] & CONJ), -1)
    opens = classes[start] & (DET | CONJ | AGENT | NAMED)
    if joined < 0 or opens or classes[head_of(s, start, joined)] & (AGENT | NAMED | PLACE):
        return False
    in_phrase = any(classes[k] & PREP for k in range(max(before[0], before[1] - 4), before[1]))
    return in_phrase and bool(classes[before[0]] & DET) and _is_list_member(s, before)


def _is_list_member(s: Sentence, stretch: tuple[int, int]) -> bool:
    """Whether a stretch before the last one is a body of the same list."""
    start, stop = stretch
    if not _is_noun_phrase(s, stretch) or any(s.classes[k] & (MODAL | BE_FINITE | SUB) for k in range(start, stop)):
        return False
    if any(s.classes[k] & VERB_S and not s.classes[k] & NOUNISH for k in range(start + 1, stop)):
        return False  # "a unit gives vaccines without a permit, the department ..."
    head = head_of(s, start, stop)
    return bool(s.classes[head] & (AGENT | NAMED | PLACE))


def _has_list_before(s: Sentence, stretches: list[tuple[int, int]], chosen: int) -> bool:
    """Whether the stretch goes on with a list of bodies; one that has its "and" already is over ("dismisses A, B and C, and D revokes")."""
    if chosen > 1 and _ends_list(s, *stretches[chosen - 1]):
        return False
    return chosen > 0 and _is_list_member(s, stretches[chosen - 1]) and not _ends_list(s, *stretches[chosen - 1])
