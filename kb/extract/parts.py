"""Parts behind a semicolon in which no main verb of an item was found: do they go on with the act before, or tell something else?

"names of firms; their addresses" goes on; "the platform passes them on" is a clause of its own; "and to do B" is another act.
"""

from __future__ import annotations

from kb.extract.actions import Act, read_acts
from kb.extract.clauses import Sentence
from kb.extract.drafts import Draft
from kb.extract.groups import Finite
from kb.extract.phrases import PARTICLES, skip, takes_preposition
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ANAPHOR,
    BE_FINITE,
    COLON,
    COMMA,
    CONJ,
    DET,
    HAVE,
    MODAL,
    NOUNISH,
    NUMBER,
    PREP,
    REL,
    SUB,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)

_NO_SUBJECT = DET | PREP | CONJ | COMMA | TO | NUMBER | ADJECTIVISH | VERB_ED | VERB_ING  # no noun before its verb
_NO_OBJECT = PREP | COMMA | CONJ | VERB_ED | VERB_ING | REL


def take_in(draft: Draft, s: Sentence) -> None:
    """Let the act before the semicolon run on over the part; a condition or a phrase of another kind joins its span alone."""
    is_whole = any(kind & COLON for kind in draft.sentence.classes[draft.act.stop :])  # before its conditions
    if is_whole:
        draft.span_end = s.end
        return
    if not s.classes[0] & (SUB | PREP) or s.words[0] in ("in", "on", "for", "of", "by", "with"):
        draft.end = s.ends[-1]
    draft.span_end = s.end


def share_asking(draft: Draft, behind: Draft) -> None:
    """Give an infinitive behind a semicolon what the act before it has: its doers, its modality and its sentence."""
    behind.doers, behind.inferred, behind.modality = draft.doers, draft.inferred, draft.modality
    behind.span_start = draft.span_start


def is_clause(s: Sentence) -> bool:
    """Whether a part is a clause of its own although no main verb of an item stands in it ("the old interface stops service")."""
    classes = s.classes
    if s.words[1:2] and s.words[1] in PARTICLES:
        return True  # "back up all data"
    k = skip(s, 0)
    if k < len(classes) and classes[k] & (SUB | PREP | TO | REL):
        return False
    while k < len(classes):
        if classes[k] & REL:
            k = next((j for j in range(k + 1, len(classes) - 1) if classes[j] & COMMA), len(classes))
            if k < len(classes) and classes[k + 1] & VERB_S:
                return True  # "its office, which sits in the bureau, handles the work"
        elif classes[k] & (BE_FINITE | MODAL | HAVE) or _is_verb(s, k):
            return True
        k += 1
    return False


def _is_verb(s: Sentence, k: int) -> bool:
    """Whether a noun before it and what follows make the unit a verb: "the result accounts for", "the platform passes them on"."""
    kind = s.classes[k]
    before, following = s.classes[k - 1] if k else 0, s.classes[k + 1] if k + 1 < len(s.classes) else PREP
    if not kind & (VERB | VERB_S) or kind & AGENT:
        return False
    if not k or s.words[k - 1] in ("this", "it"):
        return bool(following & DET if not k else kind & VERB_S)  # "this includes bodies with that function"
    if not kind & NOUNISH:
        return not before & (TO | PREP | VERB | CONJ | DET)
    if before & _NO_SUBJECT:
        return False
    if following & (DET | ANAPHOR) or takes_preposition(s, k):
        return True
    return bool(kind & VERB_S and not following & _NO_OBJECT and not s.words[k - 1].endswith("s"))


def infinitives(s: Sentence, act: Act, before: Sentence) -> list[Act]:
    """The acts of "; and to do B" behind an act that follows "to" itself ("has the right to do A"); none for other parts."""
    to = skip(s, 0, ADVERB | CONJ | COMMA)
    if s.classes[to - 1] & COMMA and s.classes[to : to + 1] and s.classes[to] & SUB:  # "and, where needed, to copy"
        to = next((k + 1 for k in range(to + 1, len(s.classes) - 2) if s.classes[k] & COMMA), to)
    verb = skip(s, to + 1, ADVERB)
    first = act.verb - 1
    while first > 0 and before.classes[first] & ADVERB:
        first -= 1
    if verb >= len(s.classes) or not (s.classes[to] & TO and s.classes[verb] & VERB and before.classes[first] & TO):
        return []
    inside = range(act.verb + 1, act.stop - 1)
    if any(before.classes[k] & TO and before.classes[k + 1] & VERB for k in inside):
        return []  # "to guide firms to do A; and to do B"
    return read_acts(s, [Finite(to, verb, VERB, act.row, negated=act.finite.negated, subject=(to, to))])
