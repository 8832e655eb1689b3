"""Verbs coordinated with the first verb of a group: which of them are acts of their own, and where each begins.

"shall include A in B, foster C, and resolve D" -> three; "collect X and submit it to Y", "record, verify and publish X" -> one.
"""

from __future__ import annotations

from kb.extract.clause_starts import opens_clause
from kb.extract.clauses import Sentence
from kb.extract.forms import fits
from kb.extract.joints import candidate_at, set_phrase
from kb.extract.modality import ModalityRow
from kb.extract.phrases import is_order, skip
from kb.extract.same_acts import awaits_object, is_alternative, is_same_act
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ALONE,
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
    NOUNISH,
    NUMBER,
    PREP,
    REL,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
    joined_fields,
)  # fmt: skip
from kb.model import Modality

_RELATED = VERB | VERB_S | VERB_ED | BE | HAVE | MODAL


def coordinated(
    s: Sentence, start: int, form: int, end: int, row: ModalityRow, *, negated: bool, acting: bool = False
) -> list[tuple[int, int]]:
    """Verbs of separate acts, each with the unit at which what belongs to it begins (the comma or conjunction before it).

    `acting` tells of a passive that its subject is a body, so that a verb in the active can go on with it ("be named and pay a fine").
    """
    return _Row(s, start, form, end, row, negated=negated, acting=acting).run()


class _Row:
    """One walk along a row of verbs: the verb in hand, and what was seen behind it."""

    def __init__(
        self, s: Sentence, start: int, form: int, end: int, row: ModalityRow, *, negated: bool, acting: bool
    ) -> None:
        self.acting = acting and form == VERB_ED and bool(s.classes[start] & BE)
        self.s, self.form, self.end, self.row, self.negated = s, form, end, row, negated
        self.found = [(start, start)]
        self.verb = start
        self.has_object = bool(s.classes[start] & BE and form != VERB_ED) or _stands_alone(s, start)
        self.to_form = start > 0 and bool(s.classes[start - 1] & TO)
        self.infinitive = self.relative = -1
        self.by_each = "respectively" in s.words[max(start - 3, 0) : start]  # each body does one of the acts
        self.in_series = False  # the verb stands behind a comma alone, so that its series goes on to an "and"
        self.gerund = False  # "guide X in doing": a base form behind it is no part of what X does

    def run(self) -> list[tuple[int, int]]:
        """Walk to the end."""
        k = self.verb + 1
        while k < self.end:
            kind = self.s.classes[k]
            k = self._at_joint(k) if kind & (COMMA | CONJ) and not kind & VERB else self._within(k)
        return self.found

    def _within(self, k: int) -> int:
        """A unit of the phrase behind the verb; gives the next unit to look at."""
        s, kind = self.s, self.s.classes[k]
        if kind & TO and self._opens_infinitive(k):
            self.infinitive, self.has_object = k, True
        elif self._opens_gerund(k):
            self.gerund, self.has_object = True, True
        elif kind & (REL | SUB) and opens_clause(s, k):
            is_relative = kind & REL or s.words[k + 1 : k + 2] == ["they"]
            of_day = s.words[k - 1] == "on" and s.words[k - 2] in ("day", "date")  # an event takes in no further act
            self.relative = k if is_relative and not of_day else self.relative
            self.has_object = True
        elif not self.has_object:
            length = set_phrase(s, k) if kind & PREP else 0
            if length:
                return k + length  # "collect in accordance with law and record X"
            self.has_object = not kind & (ADVERB | TIME) and not _is_particle(s, k, self.end)
        return k + 1

    def _opens_infinitive(self, k: int) -> bool:
        following = skip(self.s, k + 1, ADVERB)
        return following < self.end and bool(self.s.classes[following] & VERB)

    def _opens_gerund(self, k: int) -> bool:
        """Whether "in doing" stands at `k`, outside an infinitive."""
        following = self.s.classes[k + 1] if k + 1 < self.end else 0
        return self.s.words[k] == "in" and self.infinitive < self.verb and bool(following & VERB_ING)

    def _at_joint(self, k: int) -> int:
        """A comma or conjunction: another verb of the row may follow; gives the next unit to look at."""
        s, classes = self.s, self.s.classes
        if classes[k] & COMMA and k - 1 > self.verb and classes[k - 1] & ADVERB:
            self.has_object = True  # "consume rationally, take care ..."
        candidate = candidate_at(s, k, self.end, VERB if self.to_form else self.form)
        if self._turns_active(candidate):
            self.form, self.has_object = VERB, True
        infinitive = candidate > 0 and self._to_of(candidate) > k
        if infinitive and self._is_receiver(k, candidate):
            return k + 1  # "provide it to the platform, and to market information providers"
        is_own = infinitive and (classes[k] & COMMA or self._tells_it(candidate) or self._resumes(k, candidate))
        if infinitive and not (self.to_form and (self.infinitive < self.verb or is_own)):
            candidate = -1  # goes on with an infinitive inside the act
        elif infinitive:
            self.has_object = not self._shares_late_object(k, candidate)
            self.infinitive = -1  # "the right to complain in accordance with law, or to apply"
        if candidate > 0 and (
            (s.words[k - 1], s.words[candidate]) in joined_fields() or self._is_predicate(k, candidate)
        ):
            candidate = -1  # "through import and export", "is lawful, true and complete"
        if candidate < 0 or not (
            infinitive or fits(s, candidate, self.form, self.has_object) or self._closes_series(k, candidate)
        ):
            self.has_object = self.has_object or not classes[k] & CONJ
            return k + 1
        joined = any(classes[j] & CONJ for j in range(k, candidate))
        is_row = s.words[candidate] == "be" or self._closes_behind(candidate)
        if self.form == VERB_ED and self.has_object and not joined and not is_row:
            return k + 1  # "..., led by the office" goes with the act, it is none
        self._take(k, candidate, joined=joined)
        return candidate + 1

    def _closes_behind(self, candidate: int) -> bool:
        """Whether a participle with "by" behind a comma is one of "drawn up by A, approved by B, and issued by C"."""
        classes, first = self.s.classes, self.s.words[self.verb + 1 : candidate]
        if self.s.words[candidate + 1 : candidate + 2] != ["by"] or "by" not in first:
            return False
        behind = range(candidate + 2, self.end - 1)
        return any(classes[k] & CONJ and classes[k + 1] & VERB_ED for k in behind)

    def _shares_late_object(self, k: int, candidate: int) -> bool:
        """Whether the object of both verbs comes behind a comma ("to sell, or to use for gain, data"; "submit to A, and release to B, a report")."""
        classes = self.s.classes
        if classes[self.verb] & ALONE or not classes[k] & COMMA or candidate + 2 >= self.end:
            return False
        kind = classes[self.verb + 1] if self.verb + 1 < k else PREP
        comma = next((j for j in range(candidate + 2, self.end - 1) if classes[j] & COMMA), 0)
        parted = any(
            classes[j] & (COMMA | CONJ | _RELATED) and not classes[j] & NOUNISH for j in range(self.verb + 1, k)
        )
        is_bare = bool(kind & PREP and classes[candidate + 1] & PREP) and not parted
        first = classes[comma + 1] if comma else CONJ
        plain = first & (DET | AGENT) or not first & (
            PREP | CONJ | SUB | REL | VERB_ING | VERB_ED | COMMA | TIME | ADVERB
        )
        return is_bare and bool(plain)

    def _is_predicate(self, k: int, candidate: int) -> bool:
        """Whether the word is the last adjective behind a form of be ("be lawful, prudent and open to remedy")."""
        classes = self.s.classes
        following = classes[candidate + 1] if candidate + 1 < self.end else COMMA
        if not classes[candidate] & ADJECTIVISH or not following & (PREP | COMMA | CONJ):
            return False
        start = k - 1
        while start > self.verb and not classes[start] & ~(ADJECTIVISH | ADVERB | COMMA | CONJ | NOUNISH | VERB):
            start -= 1
        return bool(classes[start] & BE) and start < k - 1

    def _turns_active(self, candidate: int) -> bool:
        """Whether an active verb goes on with a passive: "be told the reason, and to obtain a copy", "be elected or stand for a seat"."""
        s = self.s
        if candidate < 0 or self.form != VERB_ED or s.classes[candidate] & (VERB_ED | HAVE):
            return False
        if self.to_form and self._to_of(candidate) > 0 and s.classes[self.found[-1][0]] & BE:
            return True
        is_joined = s.classes[candidate - 1] & CONJ and self.relative < self.verb and is_order(s, candidate)
        return self.acting and bool(is_joined) and fits(s, candidate, VERB, True)

    def _is_receiver(self, k: int, candidate: int) -> bool:
        """Whether a word behind "to" that may be a noun goes on with a "to" that stands before a noun."""
        s = self.s
        if not s.classes[candidate] & NOUNISH or is_order(s, candidate):
            return False
        if not any(kind & AGENT for kind in s.classes[candidate + 1 : candidate + 4]):
            return False  # "to attach importance to this, and to report progress"
        return any(s.classes[j] & TO and not s.classes[j + 1] & (VERB | BE | ADVERB) for j in range(self.verb + 1, k))

    def _closes_series(self, k: int, candidate: int) -> bool:
        """Whether a word that may be a noun is the last verb of "do A, do B, and drive growth"."""
        classes = self.s.classes
        following = classes[candidate + 1] if candidate + 1 < self.end else CONJ
        joint = classes[k] & COMMA and k + 1 < self.end and classes[k + 1] & CONJ
        is_row = self.in_series or self.form == VERB_S
        if not joint and self.in_series and classes[k] & CONJ and candidate + 1 < self.end and not following & AGENT:
            listed = any(
                kind & COMMA for kind in classes[self.verb + 1 : k]
            )  # "keep names, addresses and trade secrets"
            joint = not listed and not any(
                kind & CONJ for kind in classes[candidate + 1 : self.end]
            )  # "..., and train clerks"
        closed = following & (PREP | CONJ | COMMA | COLON | MODAL | BE | VERB_ED | AGENT)
        closed = closed or (following & VERB_S and not following & NOUNISH)
        return bool(joint and is_row and classes[candidate] & self.form and not closed)

    def _to_of(self, verb: int) -> int:
        """The unit of the "to" before a verb and its adverbs; -1 for none."""
        k = verb - 1
        while k > 0 and self.s.classes[k] & ADVERB:
            k -= 1
        return k if self.s.classes[k] & TO else -1

    def _take(self, k: int, candidate: int, *, joined: bool) -> None:
        """The verb at `candidate`: of the act in hand, of what somebody in it is to do, or of another act."""
        s, classes = self.s, self.s.classes
        comma = any(classes[j] & COMMA for j in range(k, candidate))
        alone = comma and not joined and not self.has_object and self._offers(candidate)
        timed = classes[self.verb + 1] & TIME  # "decides within ten days and serves the order"
        awaits = not self.has_object or awaits_object(s, self.verb, k) or self._shares_late_object(k, candidate)
        if not timed and not alone and awaits:
            self.verb = candidate if not classes[self.verb] & DIRECTIVE else self.verb
        elif self._is_inside(comma, candidate):
            return
        elif self._is_choice(k, candidate) or (
            not self.by_each and is_same_act(s, self.verb, k, candidate, self.end, self.form)
        ):
            self.verb = candidate
        else:
            self.found.append((candidate, k))
            self.in_series = not joined
            self.verb, self.has_object = candidate, _stands_alone(s, candidate)
            self.infinitive, self.relative, self.gerund = -1, -1, False

    def _offers(self, candidate: int) -> bool:
        """Whether a verb without an object is a choice of its own, since the next has one of its own behind a preposition ("may pay, agree on terms, or sue")."""
        behind = self.s.classes[candidate + 1 : candidate + 3]
        is_offer = self.row.modality in (Modality.PERMISSION, Modality.RIGHT) and not self.negated
        return is_offer and len(behind) == 2 and bool(behind[0] & PREP) and not behind[1] & (CONJ | COMMA)

    def _oversees(self, candidate: int) -> bool:
        """Whether a verb is none of what others are told to do, since it is done to them or is the telling again ("entrust firms to do X, and supervise their work")."""
        words = self.s.words
        is_theirs = words[candidate + 1 : candidate + 2] in (["their"], ["them"], ["its"], ["it"])
        return words[candidate] == words[self.verb] or (words[candidate] in _OVERSEEING and is_theirs)

    def _tells_it(self, candidate: int) -> bool:
        """Whether both verbs have the same object, so that the second is none of what the first asks for ("order it to stop and give it a warning")."""
        words, told = self.s.words, self.verb + 1
        object_ = words[told : self.infinitive] if self.infinitive > told else words[told : told + 1]
        return bool(self.s.classes[told] & (ANAPHOR | DET)) and words[candidate + 1 :][: len(object_)] == object_

    def _resumes(self, k: int, candidate: int) -> bool:
        """Whether "to" behind a parenthesis goes on with the first verb, not with what it asks for ("to order it to stop and, until then, to seal it")."""
        classes = self.s.classes
        return bool(classes[k] & CONJ and classes[k + 1] & COMMA and classes[candidate - 2] & COMMA)

    def _gives_it(self, candidate: int) -> bool:
        """Whether "it" with another object follows the verb ("order the inn to make corrections and give it a warning")."""
        behind = self.s.classes[candidate + 1 : candidate + 3]
        return len(behind) == 2 and bool(behind[0] & ANAPHOR and behind[1] & (DET | NUMBER))

    def _tells_outcome(self, candidate: int) -> bool:
        """Whether what was decided is made known ("decide whether to correct it and inform the owner")."""
        words = self.s.words
        asked = "whether" in words[max(self.infinitive - 3, 0) : max(self.infinitive, 0)]
        return asked and words[candidate - 1] != "or" and words[candidate] in _TELLING

    def _punishes(self, candidate: int) -> bool:
        """Whether the body that orders something does this too ("order it to stop within a time limit and impose a fine")."""
        words = self.s.words
        warns = words[candidate] in ("issue", "give") and not _WARNINGS.isdisjoint(words[candidate + 1 : candidate + 4])
        return words[self.verb].startswith("order") and (warns or words[candidate] in _PENALTIES)

    def _relates(self, candidate: int) -> bool:
        """Whether the verb can go on with the relative clause before it, whose verb has another form where it is singular or past."""
        verb = next((k for k in range(self.relative + 1, candidate) if self.s.classes[k] & _RELATED), -1)
        is_predicate = verb > 0 and self.s.classes[verb] & BE and self.s.classes[candidate] & ADJECTIVISH
        return verb < 0 or bool(is_predicate) or self.form != VERB or bool(self.s.classes[verb] & VERB)

    def _is_inside(self, comma: bool, candidate: int) -> bool:
        """Whether the verb goes on with a relative clause or an infinitive of the act ("guide units to establish A, and improve B")."""
        told = self._tells_it(candidate) or self._gives_it(candidate) or self._punishes(candidate)
        told = told or self._oversees(candidate) or self.s.words[self.verb] == "cease" or self._tells_outcome(candidate)
        in_infinitive = self.infinitive > self.verb and self.form == VERB and not told
        if self.form == VERB_S and self.relative > self.verb and _is_asked_inside(self.s, self.relative, candidate):
            return False
        if self.relative > self.verb and self._awaits_verb(candidate):
            return True
        if not comma and (in_infinitive or (self.relative > self.verb and self._relates(candidate))):
            return True
        held = in_infinitive and bool(self.s.classes[self.verb] & DIRECTIVE)
        return held and self.row.id != "start-encourage" and not self.gerund and not (self.in_series and comma)

    def _awaits_verb(self, candidate: int) -> bool:
        """Whether the relative clause has no verb yet ("information which State organs, and bodies authorised by law, undertake")."""
        kinds = self.s.classes[self.relative + 1 : candidate]
        found = any(k & _RELATED & ~VERB_ED and not k & AGENT for k in kinds)
        told = self.s.classes[self.relative] & REL and self.s.classes[self.relative + 1] & VERB_ED  # "that made it"
        return self.form == VERB and not found and not told

    def _is_choice(self, k: int, candidate: int) -> bool:
        return not self.negated and is_alternative(self.s, k, candidate, self.row)


def _is_asked_inside(s: Sentence, opening: int, k: int) -> bool:
    """Whether a clause has a modal, so that a present tense behind it is none of its verbs ("decides that X is to leave and notifies Y")."""
    return any(
        s.classes[j] & MODAL or (s.classes[j] & BE_FINITE and s.classes[j + 1] & TO) for j in range(opening + 1, k - 1)
    )


def _stands_alone(s: Sentence, verb: int) -> bool:
    """Whether a verb without an object ends its act at the next comma ("shall cooperate, accept questioning")."""
    return bool(s.classes[verb] & ALONE) and verb + 1 < len(s.classes) and bool(s.classes[verb + 1] & (COMMA | TIME))


_PENALTIES = frozenset(
    "impose confiscate revoke fine warn suspend seize".split()
)  # what the ordered party cannot do itself
_WARNINGS = frozenset("warning warnings criticism reprimand penalty penalties punishment sanctions".split())
_OVERSEEING = frozenset("supervise oversee inspect monitor".split())
_TELLING = frozenset("inform notify tell advise answer reply announce publish communicate serve report".split())


def _is_particle(s: Sentence, k: int, end: int) -> bool:
    """The particle of "carry out and complete": a preposition before the next verb of the row."""
    return bool(s.classes[k] & PREP) and k + 1 < end and bool(s.classes[k + 1] & (CONJ | COMMA))
