"""Whether a coordinated verb goes on with the act of the verb before it: the same object, taken up or shared, or a choice.

"collect X and submit it to Y" -> one act; "forge or alter X" -> one; "solicits opinions and publishes it" -> two.
"""

from __future__ import annotations

from kb.extract.clauses import Sentence
from kb.extract.forms import fits
from kb.extract.modality import ModalityRow
from kb.extract.phrases import PARTICLES, is_order, skip
from kb.extract.plurals import PLURALS
from kb.extract.words import (
    ADVERB,
    AGENT,
    ANAPHOR,
    ARTICLE,
    BE,
    COLON,
    COMMA,
    CONJ,
    DET,
    DIRECTIVE,
    MODAL,
    NOUNISH,
    NUMBER,
    PREP,
    PRONOUN,
    QUANTITY,
    REL,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
)  # fmt: skip
from kb.model import Modality

_ENDING = frozenset("revoke cancel annul suspend".split())
_ANNOUNCING = frozenset("announce publicize publicise report".split())
_GIVING = frozenset("charge give grant pay send offer award lend".split())  # "charge them fees": another object
_FURNISHING = frozenset("provide supply supplie furnish furnishe equip".split())  # "provide them with a car"


def awaits_object(s: Sentence, verb: int, k: int) -> bool:
    """Whether the comma or conjunction at `k` follows a preposition whose noun comes later ("seize the ships of, or act against, X")."""
    if s.classes[k - 2] & TIME:
        return False  # "apply within 60 days of, or sue within six months of, the date"
    return k - 2 > verb and bool(s.classes[k - 1] & PREP) and not s.classes[k - 2] & (VERB_ED | VERB | ADVERB | DET)


def is_alternative(s: Sentence, k: int, candidate: int, row: ModalityRow) -> bool:
    """Whether "or" offers two ways to satisfy one duty ("delete A or annotate B"); a permission's choices stand apart."""
    joined_by_or = any(s.words[j] == "or" for j in range(k, candidate)) or _row_ends_in_or(s, k, candidate)
    return (
        joined_by_or
        and row.modality in (Modality.DUTY, Modality.TASK)
        and not any(s.classes[j] & TIME for j in range(k, candidate))
    )


def _row_ends_in_or(s: Sentence, k: int, candidate: int) -> bool:
    """Whether a verb behind a comma alone is one of "do A, do B or do C"."""
    classes, n = s.classes, len(s.classes)
    if any(classes[j] & CONJ for j in range(k, candidate)):
        return False
    first = candidate + 1 + (s.words[candidate + 1 : candidate + 2] != [] and s.words[candidate + 1] in PARTICLES)
    if s.words[first : first + 1] == ["or"]:
        return False  # "carry out or urge others to carry out"
    for j in range(first, n - 1):
        if classes[j] & (COMMA | CONJ | COLON | MODAL):
            return s.words[j] == "or" and is_order(s, j + 1) and not classes[j + 1] & NOUNISH
    return False


def is_same_act(s: Sentence, verb: int, k: int, candidate: int, end: int, form: int) -> bool:
    """Whether a coordinated verb has the object of the verb before ("submit it", a row of participles) and no time parts them."""
    classes = s.classes
    told = _ceased(s, candidate)  # "remove the entry and cease to display it"
    taken_up = told + 1 < end and classes[told + 1] & ANAPHOR
    if candidate + 3 < end and classes[candidate + 1] & CONJ and classes[candidate + 2] & form:
        taken_up = classes[candidate + 3] & ANAPHOR
    is_bare = (
        classes[verb + 1] & ANAPHOR and k == verb + 2 and _stands_bare(s, candidate, end)
    )  # "examine it and decide"
    if (
        form != VERB_ED
        and not is_bare
        and (not taken_up or _takes_up_another(s, verb, told) or _announces(s, verb, candidate))
    ):
        return False
    parting = (
        TIME | SUB if form != VERB_ED or s.words[candidate] == "be" else TIME
    )  # "seal the goods and, if the owner consents, sell them"
    if any(classes[j] & TIME for j in range(verb + 1, candidate)) or any(c & parting for c in classes[k:candidate]):
        return False
    by_each = form == VERB_ED and "by" in s.words[verb + 1 : candidate] and _has_agent(s, candidate, end)
    if by_each or (form == VERB_ED and _keeps_object(s, verb)):
        return False  # "sealed by the clerk and kept by the court", "be given a warning and fined"
    for j in range(candidate + 1, end):
        if classes[j] & TIME:
            return False
        if classes[j] & (COMMA | CONJ) and j + 1 < end and fits(s, j + 1, form, has_object=True):
            return True
    return True


def _stands_bare(s: Sentence, verb: int, end: int) -> bool:
    """Whether a verb has nothing but an adverb behind it, so that its object is that of the verb before."""
    return all(s.classes[k] & ADVERB or s.words[k] == "again" for k in range(verb + 1, end))


def _ceased(s: Sentence, verb: int) -> int:
    """The verb of what is to cease in "cease to display it", "stop showing it"; `verb` itself for other verbs."""
    behind = s.classes[verb + 1 : verb + 3]
    if s.words[verb] not in ("cease", "ceases", "stop", "stops") or len(behind) < 2:
        return verb
    return verb + 2 if behind[0] & TO and behind[1] & VERB else verb + 1 if behind[0] & VERB_ING else verb


def _announces(s: Sentence, verb: int, candidate: int) -> bool:
    """Whether "it" is what was done, not what it was done to ("revoke the licence and announce it")."""
    return s.words[verb].removesuffix("s") in _ENDING and s.words[candidate].removesuffix("s") in _ANNOUNCING


def _takes_up_another(s: Sentence, verb: int, candidate: int) -> bool:
    """Whether "it" or "them" behind a verb cannot be the object of the verb before ("solicits opinions and publishes it", "imposes on them a fine and bars them")."""
    if not s.classes[candidate + 1] & ANAPHOR:
        candidate += 2  # "encourage and guide them"
    classes, anaphor = s.classes, s.words[candidate + 1]
    then = classes[candidate + 2] if candidate + 2 < len(classes) else 0
    told = then & TO and classes[candidate] & DIRECTIVE and classes[candidate + 3 : candidate + 4] != []
    closed = candidate + 2 >= len(classes) or then & (PREP | COMMA | CONJ | ADVERB | TIME)
    if classes[verb + 1] & ANAPHOR and verb + 2 < candidate and classes[verb + 2] & (DET | NUMBER):
        return True  # "refuse it a licence, exclude it from commendations"
    gives = s.words[candidate].removesuffix("s") in _GIVING and not closed
    furnishes = (
        s.words[candidate + 2 : candidate + 3] == ["with"] and s.words[candidate].removesuffix("s") in _FURNISHING
    )
    if gives or furnishes or (then & DET and not then & QUANTITY) or (told and classes[candidate + 3] & (VERB | BE)):
        return True  # "gives it a warning", "orders it to stop"
    if classes[verb + 1] & PREP:
        return anaphor in s.words[verb + 2 : verb + 3]
    if any(_is_other(s, k, anaphor) for k in range(verb + 3, candidate)):
        return True
    stop = next(
        (k for k in range(verb + 2, candidate) if classes[k] & (PREP | COMMA | CONJ | REL | PRONOUN)), candidate
    )
    if anaphor == "them":
        return _is_single_thing(s, verb + 1, stop)
    return anaphor == "it" and s.words[stop - 1].endswith("s") and not classes[stop] & CONJ


def _is_other(s: Sentence, k: int, anaphor: str) -> bool:
    """ "circulate criticism of them, or persuade them", "sell goods to those listed or admit them"."""
    is_those = anaphor == "them" and s.words[k - 1 : k + 1] == ["to", "those"]
    return is_those or (s.words[k] == anaphor and bool(s.classes[k - 1] & PREP))


def _is_single_thing(s: Sentence, start: int, stop: int) -> bool:
    """Whether an object is one thing, which no "them" takes up ("extend the order to those persons and inform them")."""
    classes, head = s.classes, s.words[stop - 1]
    if not classes[start] & ARTICLE or stop - start < 2 or classes[stop] & (CONJ | COMMA):
        return False
    is_many = head.endswith("s") or head in PLURALS or head in _MANY or s.words[start] in ("all", "any", "no")
    return not is_many and not any(kind & (VERB_ING | VERB_ED) for kind in classes[start:stop])


_MANY = frozenset(
    "number part group set list series batch majority rest data information material equipment each".split()
)


def _keeps_object(s: Sentence, verb: int) -> bool:
    """Whether a passive has an object or an order of its own ("given a warning", "ordered to make corrections")."""
    at = skip(s, verb + 1, ADVERB | VERB_ED) if s.classes[verb] & BE else verb + 1
    first = at - 1
    following = s.classes[at] if at < len(s.classes) else 0
    if s.words[first] == "fined":
        return not following & (COMMA | CONJ | PREP)  # "be fined 500 yuan and entered on the list"
    return s.words[first] in ("given", "ordered", "issued", "granted") and bool(following & (ARTICLE | TO))


def _has_agent(s: Sentence, participle: int, end: int) -> bool:
    """Whether "by" and a body stand behind the participle before the next joint."""
    joint = next((k for k in range(participle + 1, end) if s.classes[k] & (COMMA | CONJ)), end)
    by = next((k for k in range(participle + 1, joint) if s.words[k] == "by"), joint)
    return any(s.classes[k] & AGENT for k in range(by, joint))
