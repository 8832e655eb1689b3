"""Which verbs of a sentence are main verbs: "Where it fails, the bureau shall inspect units that err" -> shall.

No parser: a walk from left to right keeps a stack of the subordinate clauses that still wait for their verb. A verb that
ends one of them is no main verb; a modal behind the comma of a fronted condition closes the condition.
"""

from __future__ import annotations

from itertools import pairwise

from kb.extract.asides import before_parenthesis
from kb.extract.clause_starts import COMPLEMENT_VERBS, opens_clause
from kb.extract.clauses import Sentence
from kb.extract.contact import is_contact_clause
from kb.extract.elisions import elided
from kb.extract.fronted import closes_condition, ends_at_noun
from kb.extract.openers import goes_on_denied, is_label, may_be_compound, opens_phrase
from kb.extract.phrases import is_order, skip, takes_preposition
from kb.extract.relatives import charge_at, is_entitled
from kb.extract.tenses import adverbs_between, is_finite
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE,
    BE_FINITE,
    COGITATION,
    COLON,
    COMMA,
    CONJ,
    DET,
    DIRECTIVE,
    DO,
    HAVE,
    MODAL,
    NAMED,
    NOUNISH,
    PAST_AUX,
    PLACE,
    PREP,
    REL,
    SOFT_SUB,
    STATE,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)  # fmt: skip

_AWAKE = SUB | SOFT_SUB | REL | MODAL | BE_FINITE | PAST_AUX | DO | HAVE | VERB | VERB_S | VERB_ED | COMMA
_NORMS = frozenset({"shall", "must", "should", "may"})
_SPLITTING = frozenset({"encourage", "support", "prohibit", "forbid"})
_DIRECTING = frozenset({"guide", "urge", "organize", "organise", "require", "mobilize", "mobilise", "promote", "push"})


def main_verbs(s: Sentence) -> list[tuple[int, bool]]:
    """Units that are the first word of a main finite group, in order; the flag marks imperatives."""
    return _Walk(s).run()


class _Walk:
    """One walk over a sentence: the main verbs found so far, and the clauses that still wait for their verb."""

    def __init__(self, s: Sentence) -> None:
        self.s = s
        self.heads: list[tuple[int, bool]] = []
        self.pending: list[int] = []
        self.last_subordinate = -9
        self.last_opener = -1  # of the clause whose verb was found last
        self.charged = -1  # the verb of a relative clause that is a main one
        self.charges: set[int] = set()  # all of them
        self.unsure = -1  # a modal that may be the main verb after all, if no other verb is
        self.first = skip(s, 0)
        opening = s.classes[self.first] if self.first < len(s.classes) else 0
        self.fronted = self.first > 0 or bool(opening & (PREP | SUB | SOFT_SUB | VERB_ING | TIME))
        self.fronted = self.fronted or opens_phrase(s, self.first)

    def run(self) -> list[tuple[int, bool]]:
        """Walk to the end and settle what was left open."""
        s = self.s
        self._open()
        start = self.heads[0][0] + 1 if self.heads else self.first
        kinds = enumerate(s.classes[start:], start)
        awake = [(i, kind) for i, kind in kinds if kind & _AWAKE or s.words[i] in ("needs", "be")]
        for i, kind in awake:
            if self.heads and self.heads[-1][0] == i:
                continue
            if kind & COMMA:
                self._at_comma(i)
            elif kind & REL and self.heads and (charge := charge_at(s, i, self._main())) is not None:
                self.charged = charge.verb  # "..., which shall decide within 5 days"
            elif self.charged > i:
                continue  # "who, if he has paid, may": the parenthesis
            elif kind & DO and goes_on_denied(s, i, self._last_order(), self.last_subordinate):
                self.heads.append((i, True))  # "Lower the fee, and do not inspect"
            elif self.charged == i:
                self.heads.append((i, False))
                self.charges.add(i)
            elif kind & (SUB | SOFT_SUB | REL) and opens_clause(s, i):
                self.pending.append(i)
            elif i - 1 == self.last_subordinate and kind & VERB and not kind & (MODAL | BE | HAVE | DO):
                continue  # "a dealer forces credit subjects": the object of the verb before
            elif self._goes_on_ordering(i):
                if i + 1 < len(s.words) and not s.classes[i + 1] & (PREP | CONJ | COMMA | BE_FINITE):
                    self.heads.append((i, True))
            elif is_finite(s, i, self.pending, self.heads):
                self._at_finite(i)
        return self._settled()

    def _main(self) -> int:
        """The main verb found last, where no clause waits for its verb; -1 for none."""
        return self.heads[-1][0] if self.heads and not self.pending else -1

    def _last_order(self) -> int:
        """The main verb found last, where it is an order; -1 for none."""
        return self._main() if self.heads and self.heads[-1][1] else -1

    def _open(self) -> None:
        """An order at the head of the sentence, also not to act."""
        s, first = self.s, self.first
        if s.words[first : first + 2] in (["do", "not"], ["do", "never"]) and first + 2 < len(s.words):
            self.heads.append((first + 2, True))
        elif first + 1 < len(s.words) and s.classes[first] & VERB and s.classes[first] & NOUNISH and is_label(s, first):
            return
        elif first < len(s.words) and is_order(s, first) and not may_be_compound(s, first):
            self.heads.append((first, True))
        elif s.continues and first + 1 < len(s.words) and _is_present_again(s, first):
            self.heads.append((first, False))

    def _at_comma(self, i: int) -> None:
        """A comma closes "after the term has expired,"; behind a fronted phrase an order may follow."""
        s, pending = self.s, self.pending
        while pending and s.classes[pending[-1]] & SOFT_SUB and not s.classes[pending[-1]] & SUB:
            pending.pop()
        if not self.fronted or self.heads or (pending and s.classes[pending[-1]] & (REL | SUB)):
            return
        start = skip(s, i + 1)
        is_free = start < len(s.words) and is_order(s, start) and not may_be_compound(s, start)
        if is_free and not self._has_bodies_before(i):
            self.heads.append((start, True))
            pending.clear()

    def _has_bodies_before(self, comma: int) -> bool:
        """Whether bodies stand before the parenthesis that a comma closes ("departments, in line with their functions, impose")."""
        s = self.s
        k = before_parenthesis(s, comma, self.first)
        if k <= self.first or not s.classes[k] & AGENT or not s.words[k].endswith("s"):
            return False
        start = next((j + 1 for j in range(k, self.first, -1) if s.classes[j] & COMMA), self.first)
        return not s.classes[start] & (PREP | SUB | SOFT_SUB | VERB_ING | TIME)

    def _goes_on_ordering(self, i: int) -> bool:
        """Whether "..., and support X in doing Y" begins another order of its own modality."""
        s = self.s
        if not self.heads or not self.heads[-1][1] or not s.classes[i - 1] & (COMMA | CONJ | ADVERB):
            return False
        if s.words[i] in _SPLITTING:
            return True
        encouraging = s.words[self.heads[-1][0]] in ("encourage", "support")
        return encouraging and s.words[i] in _DIRECTING and any(s.classes[k] & COMMA for k in (i - 1, i - 2))

    def _at_finite(self, i: int) -> None:
        """A finite verb ends the clause that waits for it, goes on with one that is over, or is a main verb."""
        s, kind = self.s, self.s.classes[i]
        since = i - self.last_subordinate
        if is_contact_clause(s, i):
            self.last_subordinate = i
            if kind & MODAL and self.fronted and not self.heads:
                self.unsure = i  # "where it falls within its competence it must ..."
        elif not self.heads and not kind & MODAL and not self._is_relating() and self._continues_condition(i):
            self.last_subordinate = i
        elif self.pending:
            self._end_clause(i)
        elif self.heads and kind & (VERB_S | VERB) and not kind & (MODAL | HAVE | DO | BE) and not self._parts_since(i):
            return
        elif (
            (since == 2 and kind & (MODAL | VERB_S) and s.classes[i - 1] & CONJ and not self._asks_again(i))
            or (since <= 2 and s.classes[self.last_subordinate] & COGITATION)
            or self._goes_on_relating(i)
            or self._joins_relative(i)
            or self._joins_clause(i)
        ):
            self.last_subordinate = i
        else:
            self.heads.append((i, False))

    def _asks_again(self, i: int) -> bool:
        """Whether a modal goes on with the modal before a clause of its own subject ("must hear each comment it receives and may not ...")."""
        s, pronoun = self.s, self.s.words[self.last_subordinate - 1]
        if not self.heads or pronoun not in ("it", "they") or not s.classes[self.heads[-1][0]] & MODAL:
            return False
        return s.words[i + 1 : i + 2] == ["not"] or s.words[i] == s.words[self.heads[-1][0]]

    def _goes_on_relating(self, i: int) -> bool:
        """Whether a modal joins a finite verb of a relative clause ("tools that caused or may cause the accident")."""
        s = self.s
        if not s.classes[i] & MODAL or s.words[i - 1] != "or" or not s.classes[i - 2] & (VERB_S | VERB_ED):
            return False
        since = self.heads[-1][0] if self.heads else self.first - 1
        return any(s.classes[k] & REL for k in range(since + 1, i - 2))

    def _joins_relative(self, i: int) -> bool:
        """Whether a verb without a subject goes on with the relative clause of a subject ("officials who take bribes, abuse power or ... are")."""
        s, opener = self.s, self.last_opener
        if self.heads or opener < 1 or not s.classes[opener] & REL or s.classes[opener - 1] & COMMA:
            return False
        kind, before = s.classes[i], s.classes[i - 1]
        is_plain = kind & (VERB | VERB_S) and not kind & (MODAL | BE | HAVE)
        needs = s.words[i] in ("need", "needs")
        joined = (
            (before & CONJ and not kind & MODAL) or (before & COMMA and is_plain) or (before & (COMMA | CONJ) and needs)
        )
        if not joined:
            return False
        behind = next((k for k in s.classes[i + 1 :] if k & (MODAL | BE_FINITE | HAVE | COMMA | DET)), 0)
        rel = next((k for k in range(i + 1, len(s.classes)) if s.classes[k] & (REL | SUB)), len(s.classes))
        return bool(behind & HAVE) or any(k & (MODAL | BE_FINITE) for k in s.classes[i + 1 : rel])

    def _is_relating(self) -> bool:
        """Whether a relative clause waits for its verb."""
        return bool(self.pending) and bool(self.s.classes[self.pending[-1]] & REL)

    def _joins_clause(self, i: int) -> bool:
        """Whether a present form goes on with the clause behind the main verb ("shall ask for it when it concludes X or confirms Y")."""
        s, last = self.s, self.last_subordinate
        if not self.heads or last < self.heads[-1][0]:
            return False
        if s.classes[i] & (DO | HAVE) and s.classes[i - 1] & CONJ:
            return True  # "a platform which gathers records but does not sell them"
        if s.classes[i] & BE_FINITE and s.classes[i - 1] & CONJ and self.heads[-1][1]:
            return True  # "Build mechanisms that cross regions and are run jointly"
        if s.words[i] in ("can", "could", "will", "would") and s.classes[i - 1] & CONJ:
            return True  # "so that each step leaves records and can be checked"
        if not s.classes[self.heads[-1][0]] & MODAL:
            return False
        joined = s.classes[i - 1] & CONJ and s.classes[i] & VERB_S and s.classes[last] & VERB_S
        return bool(joined) and not any(s.classes[k] & COMMA for k in range(last, i))

    def _end_clause(self, i: int) -> None:
        """The verb of the clause opened last, or the main verb behind a condition whose own verb was not seen."""
        s = self.s
        by_noun = s.words[i] in _NORMS and ends_at_noun(s, self.pending[-1], i)
        if by_noun or closes_condition(s, self.pending[-1], i) or self._contrasts(i):
            self.pending.clear()
            self.heads.append((i, False))
            return
        opener = self.last_opener = self.pending.pop()
        self.last_subordinate = i
        stated = opener > 0 and (s.words[opener - 1] in COMPLEMENT_VERBS or s.words[opener - 1] == "so")
        is_open = s.classes[opener] & (REL | SOFT_SUB) and not stated
        asks = s.classes[i] & MODAL or self._asks_behind_unknown(opener, i)
        if asks and is_open and not adverbs_between(s, opener, i):
            self.unsure = i

    def _contrasts(self, i: int) -> bool:
        """Whether a modal asks for another act behind ", whereas" or "; provided that"."""
        s, opener = self.s, self.pending[-1]
        provides = s.continues and opener == 1 and s.words[:2] == ["provided", "that"]
        contrasts = bool(self.heads) and s.words[opener] == "whereas" and bool(s.classes[opener - 1] & COMMA)
        return s.words[i] in _NORMS and (provides or contrasts)

    def _asks_behind_unknown(self, opener: int, i: int) -> bool:
        """Whether "are to" or the like ends a relative clause whose verb is in no table ("persons who moonlight at work are to be warned")."""
        s = self.s
        return (
            s.words[opener] in ("who", "that", "which")
            and not s.classes[opener + 1] & (DET | AGENT)
            and is_entitled(s, i)
        )

    def _continues_condition(self, i: int) -> bool:
        """Whether a verb without a subject goes on with the condition in front ("Where it is closed, is dissolved or ...")."""
        s = self.s
        before = s.classes[i - 1] if i else 0
        if i > 1 and s.words[i - 1] == "there":
            before = s.classes[i - 2]
        if not s.classes[self.first] & (SUB | SOFT_SUB) or not opens_clause(s, self.first):
            return False
        if before & COMMA and self._has_subject_behind_condition(i):
            return False
        return bool(before & (COMMA | CONJ)) or self._is_before_comma(i)

    def _has_subject_behind_condition(self, i: int) -> bool:
        """Whether a body of the main clause stands before the parenthesis behind which the verb stands ("If he fails, the office, by order, ...")."""
        s = self.s
        body = before_parenthesis(s, i - 1, self.first)
        return 0 <= self.last_subordinate < body and any(
            s.classes[k] & COMMA and s.classes[k + 1] & (DET | NAMED | AGENT)
            for k in range(self.last_subordinate, body)
        )

    def _is_before_comma(self, i: int) -> bool:
        """Whether no comma parts a verb from the condition in front, and a clause follows ("Where facts are forged or papers are used, ...")."""
        if self.last_subordinate <= 0:
            return False
        classes = self.s.classes
        comma = next((k for k in range(self.last_subordinate, len(classes)) if classes[k] & COMMA), -1)
        joined = any(classes[k] & CONJ for k in range(self.last_subordinate + 1, i))
        return comma > i and joined and any(k & (MODAL | BE_FINITE | VERB_S) for k in classes[comma:])

    def _parts_since(self, i: int) -> bool:
        """Whether a sign or a conjunction stands behind the last main verb, so that another clause can have begun."""
        return any(self.s.classes[k] & (COMMA | CONJ | COLON) for k in range(self.heads[-1][0] + 1, i))

    def _settled(self) -> list[tuple[int, bool]]:
        """The main verbs, without an order that was part of a condition; with the likeliest verb where none was sure."""
        s, heads = self.s, self.heads
        if len(heads) > 1 and heads[0][1] and self._is_noun_of(heads[0][0], heads[1][0]):
            del heads[0]  # "Access to credit files shall be logged"
        others = [at for at, is_order in heads[1:] if not is_order and at not in self.charges]
        if others and heads[0][1] and heads[0][0] > self.first + 2:
            del heads[0]  # "Where staff neglect their duties, abuse their powers ..., they are punished"
        del heads[: self._conditions(heads)]
        modal_seen = any(s.classes[at] & MODAL for at, _ in heads) or self._is_of_power()
        behind = not heads or (self.unsure > heads[-1][0] and not heads[-1][1])
        stated = bool(heads) and bool(s.classes[heads[-1][0]] & STATE)
        if self.unsure >= 0 and behind and not modal_seen and not stated and s.leaf.kind not in ("point", "subpoint"):
            heads.append((self.unsure, False))
        if not heads and self.first < len(s.words) and _is_bare_order(s, self.first):
            heads.append((self.first, True))
        return heads

    def _is_noun_of(self, order: int, modal: int) -> bool:
        """Whether an order at the head is the noun that a modal behind it has as its subject."""
        classes = self.s.classes
        between = classes[order + 1 : modal]
        is_noun = classes[order] & NOUNISH and classes[modal] & MODAL and not classes[order] & DIRECTIVE
        return bool(is_noun) and order == self.first and not any(kind & (COMMA | COLON | REL | SUB) for kind in between)

    def _is_of_power(self) -> bool:
        """Whether the modal in doubt tells what can or would be ("rules by which members can be expelled")."""
        return self.unsure >= 0 and self.s.words[self.unsure] in ("can", "could", "will", "would", "might")

    def _conditions(self, heads: list[tuple[int, bool]]) -> int:
        """How many of the verbs belong to a row of conditions in front ("Where A lies, B cannot be found, or C occurs, the office may")."""
        s, classes = self.s, self.s.classes
        if len(heads) < 2 or not classes[self.first] & SUB:
            return 0
        if self._is_in_condition(heads[0][0]):
            end = next((k for k in range(heads[0][0], heads[-1][0]) if classes[k] & COMMA), 0)
            return sum(1 for at, _ in heads if at < end)
        if not classes[heads[0][0]] & MODAL:
            return 0
        joint = next((k for k in range(heads[0][0], heads[-1][0]) if classes[k] & COMMA and s.words[k + 1] == "or"), -1)
        comma = next((k for k in range(joint + 2, heads[-1][0]) if classes[k] & COMMA), -1)
        if joint < 0 or comma < 0 or not any(classes[k] & VERB_S for k in range(joint, comma)):
            return 0
        return next(number for number, (at, _) in enumerate(heads) if at > comma)

    def _is_in_condition(self, at: int) -> bool:
        """Whether the verb is one of a condition in front: "Where papers are lost, or the owner cannot be found," "where a case, the facts of which are grave, may call for arrest,"."""
        s, classes = self.s, self.s.classes
        behind = before_parenthesis(s, at - 1, self.first)
        if classes[at - 1] & COMMA:
            return behind > self.first and not any(kind & _OF_CLAUSE for kind in classes[self.first + 1 : behind + 1])
        joint = next((k for k in range(at - 1, self.first, -1) if classes[k] & COMMA), 0)
        if not joint or not classes[joint + 1] & CONJ:
            return False
        before = next((k for k in range(joint - 1, self.first, -1) if classes[k] & COMMA), self.first)
        return any(
            classes[k] & (BE_FINITE | HAVE | MODAL) or classes[k] & VERB_S & ~NOUNISH for k in range(before, joint)
        )


_OF_CLAUSE = COMMA | BE_FINITE | HAVE | MODAL | REL


def _is_bare_order(s: Sentence, first: int) -> bool:
    """Whether a sentence without any other main verb opens with one: "Record promises on goals", not "Report on the work"."""
    kind = s.classes[first]
    if not kind & VERB or kind & (PLACE | MODAL) or s.ends_in == "" or len(s.words) - first < 2:
        return False
    if kind & NOUNISH and any(k & STATE and k & VERB_S and then & DET for k, then in pairwise(s.classes)):
        return False  # "Credit management in this sense covers ..."
    if kind & NOUNISH and (s.classes[first + 1] & VERB_ED or elided(s) or is_label(s, first)):
        return False
    return s.words[first + 1] not in ("of", "on", "for", "to", "and", "or", ",", ":", "that", "such")


def _is_present_again(s: Sentence, at: int) -> bool:
    """Whether the part behind a semicolon opens with another verb of the same subject ("the State sets goals; lowers costs")."""
    kind, following = s.classes[at], s.classes[at + 1]
    if not kind & VERB_S or kind & (HAVE | DO | BE):
        return False
    joined = following & CONJ and at + 2 < len(s.words) and s.classes[at + 2] & VERB_S  # "reviews and repeals"
    if not kind & NOUNISH or joined or takes_preposition(s, at) or (at and s.words[at - 1].endswith("ly")):
        return True
    closed = PREP & ~TO | CONJ | COMMA | COLON | BE_FINITE | MODAL | VERB_S | VERB_ED | VERB_ING
    return not following & closed
