"""What a lead-in and its points mean together: points with doers of their own, points that are content, points that are conditions.

"shall include: (1) ... (2) ..." is one act over its list; "in any of the following circumstances: (1) ..." ends before the colon;
"the work is divided as follows: (1) the bureau shall ..." is no act, its points are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path

from kb.extract.actors import is_body_subject
from kb.extract.clause_starts import opens_clause
from kb.extract.clauses import Cutter, Sentence
from kb.extract.context import Reading
from kb.extract.deadlines import is_due
from kb.extract.drafts import Draft
from kb.extract.finites import find_finites
from kb.extract.groups import Finite
from kb.extract.phrases import head_of
from kb.extract.responsibility import read_brackets
from kb.extract.words import (
    ADVERB,
    AGENT,
    BE_FINITE,
    COLON,
    COMMA,
    DASH,
    HAVE,
    INDEFINITE,
    MODAL,
    NOUNISH,
    REL,
    SUB,
    TIME,
    VERB,
    VERB_ING,
    VERB_S,
)
from kb.model import Modality, Provision, Time
from kb.rules import Rule, load_rules

_POINT_KINDS = frozenset({"point", "subpoint"})
_FULFILLING = ("meet", "sati", "fulf", "have", "comp")  # verbs whose object are the conditions themselves
_CLAUSE = 120  # characters before a condition in which what opens it is looked for
_OPENER = re.compile(
    r"[\s,]+(?:(?:where|if|when|once|unless|who|that|which)(?:\s\w+){0,3}|(?<!place\s)(?<!area\s)where\s(?:it|they|he|she)\s[^:]{1,100})\s$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,100}[)\]）】]\s*$")
_CONDITION = re.compile(
    r"(?:\s*\([^()]{0,100}\))?[\s,]+(?:where|if|when|whenever|unless)\b[^:：]*[:：]?[\s*]*$"
)  # behind the act of a lead-in
_LEFT_OPEN = re.compile(
    r"\b(?:where|if|when|who|which)(?: (?:it|they|the [\w-]+|such [\w-]+|an? [\w-]+))?[\s*]*$"
)  # its points go on
_OPENS_LIST = (":", "：", "—", "–")  # signs at the end of a lead-in; British drafting has dashes
_TITLE = 12  # units
_PRONOUNS = ("it", "they", "he", "she")
_STAGES = ("stage", "phase", "step")
_OF_CLAUSE = MODAL | BE_FINITE | HAVE | REL | SUB


class LeadInRow(Rule, frozen=True, kw_only=True):
    """A pattern of lead-ins whose points are conditions."""

    pattern: str


@cache
def lead_in_rows() -> tuple[tuple[LeadInRow, re.Pattern[str]], ...]:
    """The table with its patterns."""
    table = load_rules(Path(__file__).parent / "lead_ins.yaml", LeadInRow)
    return tuple((row, re.compile(row.pattern, re.IGNORECASE)) for row in table)


class LeadIns:
    """The lead-ins of one document: which points they have taken in, and which limits they pass on."""

    def __init__(self, reading: Reading, cutter: Cutter) -> None:
        self.reading = reading
        self.cutter = cutter
        self.text = reading.document.text
        self.taken: set[str] = set()  # eIds of points that are no sentences of their own
        self.ahead: dict[int, list[Finite]] = {}  # verb groups read before their turn, by the offset of the sentence
        self.limits: dict[str, Time] = {}  # by the eId of the container and of each point
        self.milestones: set[str] = set()  # eIds of points under a lead-in that is a limit alone

    def points_of(self, intro: Provision) -> tuple[Provision, ...]:
        """The points that follow a lead-in under the same parent."""
        siblings = self.reading.children[intro.parent]
        first = bisect_right(siblings, intro.start, key=_start_of)
        return tuple(takewhile(_is_point, siblings[first:]))

    def settle(self, s: Sentence, drafts: list[Draft], points: tuple[Provision, ...]) -> list[Draft]:
        """The drafts of a lead-in; its points are read on their own, taken into the last act, or left as conditions."""
        lead_in = self.text[s.start : s.end]
        left_open = _LEFT_OPEN.search(lead_in)
        if not lead_in.rstrip("* ").endswith(_OPENS_LIST) and left_open is None:
            return drafts
        if not drafts:
            whole = self.text[s.leaf.text_start : s.end] if s.continues else lead_in
            if any(pattern.search(whole) for _, pattern in lead_in_rows()):
                self._take(points)
            return drafts
        last = drafts[-1]
        conditions = conditions_at(self.text, s.start, s.end, last)
        if conditions < 0 and s.continues:
            conditions = conditions_at(
                self.text, s.leaf.text_start, s.start, last
            )  # "In one of the following cases, A; B:"
        if conditions < 0 and left_open is not None:
            conditions = s.start + left_open.start()
        if conditions < 0:
            conditions = opened_at(s)
        if conditions < 0 and (_CONDITION.match(self.text[last.end : s.end]) or self._are_conditions(last, points)):
            conditions = min(last.end, s.ends[-1] - 1)
        if conditions >= 0:
            self._take(points)
            if last.start < conditions < last.end:
                last.end = before_conditions(self.text, last.start, conditions)
            return drafts
        as_follows = lead_in.rstrip("* :：—–").endswith("as follows")
        if 2 * sum(self._stands_alone(point, pronouns=as_follows) for point in points) >= len(points):
            self._pass_on(last.times, points)
            return [d for d in drafts if d.end < last.start and d.act.finite is not last.act.finite]
        self._take_in(drafts, points)
        return drafts

    def _are_conditions(self, last: Draft, points: tuple[Provision, ...]) -> bool:
        """Whether an act is whole without its points, and these tell what happened or who did it ("shall fine the firm: (1) it hides data")."""
        s, act = last.sentence, last.act
        if _NAMING.search(self.text[last.start : last.end]):
            return False
        if "following" in s.words[slice(*act.finite.subject)]:
            return act.finite.passive and self._most(points, _is_offender)
        return act.stop > act.verb + 2 and self._most(points, _tells_case)

    def _most(self, points: tuple[Provision, ...], holds: Callable[[Sentence, list[Finite]], bool]) -> bool:
        """Whether more than half of the points begin with a sentence of which this holds."""
        count = 0
        for point in (p for p in points if not self._stands_alone(p, pronouns=False)):
            leaf = point
            while not leaf.leaf:
                leaf = self.reading.children[leaf.eid][0]
            first = self.cutter.sentences_ahead(leaf)[:1]
            count += any(holds(s, self._finites_ahead(s)) for s in first if s.words)
        return 2 * count > len(points)

    def _take_in(self, drafts: Sequence[Draft], points: tuple[Provision, ...]) -> None:
        """Let the last act run over the points."""
        self._take(points)
        end = points[-1].text_end
        for draft in drafts:
            draft.span_end = end
        drafts[-1].end = without_stop(self.text, drafts[-1].start, end)

    def open_milestones(self, s: Sentence, points: tuple[Provision, ...]) -> None:
        """Give the points behind "By the end of 2018:" that limit; what they name is to be there by then."""
        times = [mark.time for mark in s.marks.values() if mark.time is not None]
        if len(times) == 1 and all(kind & (TIME | COLON | COMMA | ADVERB) for kind in s.classes):
            self._pass_on(times, points)
            self.milestones.update(point.eid for point in points if point.eid in self.limits)

    def limit_of(self, leaf: Provision) -> Time | None:
        """The limit of the lead-in above a leaf, or of the title at its head."""
        return self.limits.get(leaf.eid) or self.limits.get(leaf.parent)

    def open_title(self, s: Sentence) -> None:
        """Give the paragraph the limit that the title at its head closes with: "“Wages on Time”, March to May 2018. Inspect ..."."""
        limit = self._closing_limit(s, len(s.words)) if 0 < len(s.words) <= _TITLE else None
        if limit is not None and not find_finites(s):
            self.limits[s.leaf.eid] = limit

    def open_stage(self, s: Sentence) -> None:
        """Give the paragraph the limit before a colon, and cut off the label: "Checks (June to August 2018): inspect all ports", "In 2018: train the staff"."""
        colon = next((k for k in range(1, min(_TITLE, len(s.words) - 1)) if s.classes[k] & COLON), 0)
        if not colon or any(kind & _OF_CLAUSE for kind in s.classes[:colon]):
            return
        limit = self._closing_limit(s, colon)
        if limit is not None:
            self.limits[s.leaf.eid] = limit
        elif s.words[0] not in _STAGES and s.words[colon - 1] not in _STAGES:
            return
        if s.classes[colon + 1] & VERB or limit is None:
            s.drop(colon + 1)

    def _closing_limit(self, s: Sentence, stop: int) -> Time | None:
        """The limit that the units before `stop` close with, also in a bracket."""
        last = s.marks.get(stop - 1)
        end = s.starts[stop] if stop < len(s.words) else s.end
        bracket = next((b for b in s.brackets if b[1] <= end and not self.text[b[1] : end].strip(" .*_")), None)
        if bracket is not None and bracket[0] >= s.ends[stop - 1]:
            inner = self.cutter.within(s.leaf, bracket[0] + 1, bracket[1] - 1)
            last = next((mark for part in inner for mark in part.marks.values() if mark.time is not None), None)
        time = last.time if last is not None else None
        return time if time is not None and time.latest is not None and is_due(time) else None

    def _pass_on(self, times: Sequence[Time], points: tuple[Provision, ...]) -> None:
        """Give the limit of the lead-in to its points."""
        limit = next((t for t in times if is_due(t)), None)
        if limit is None:
            return
        for eid in (points[0].parent, *(point.eid for point in points)):
            self.limits[eid] = limit

    def _stands_alone(self, point: Provision, *, pronouns: bool) -> bool:
        """Whether a point has a doer (also one taken up as "it" with `pronouns`), a modal or a limit of its own."""
        leaf = point
        while not leaf.leaf:
            leaf = self.reading.children[leaf.eid][0]
            if leaf.kind == "heading":
                return True
        sentences = self.cutter.sentences_ahead(leaf)
        if any(read_brackets(self.cutter, s, leaf) for s in sentences):
            return True
        return any(_is_own(s, finite, pronouns=pronouns) for s in sentences for finite in self._finites_ahead(s))

    def _finites_ahead(self, s: Sentence) -> list[Finite]:
        found = self.ahead[s.start] = find_finites(s)
        return found

    def _take(self, points: Sequence[Provision]) -> None:
        for point in points:
            self.taken.add(point.eid)
            self._take(self.reading.children.get(point.eid, ()))


def opened_at(s: Sentence) -> int:
    """Where a clause begins of which the lead-in has but the opening and the subject, since its points go on with it; -1 for none.

    "any firm which:", "those who, according to the court, have:", "when the office or its staff:"; not "shall ensure that:".
    """
    k = len(s.classes) - 1
    while k > 0 and s.classes[k] & (COLON | DASH):
        k -= 1
    k -= bool(s.classes[k] & (HAVE | BE_FINITE))
    while k > 0 and not (s.classes[k] & (REL | SUB) and (s.words[k] != "that" or opens_clause(s, k))):
        if s.classes[k] & (MODAL | BE_FINITE | HAVE | TIME) or (s.classes[k] & _ACTING and not s.classes[k] & NOUNISH):
            return -1
        k -= 1
    if s.classes[k + 1] & _ACTING:
        return -1  # "a label which states:"
    is_content = s.classes[k - 1] & (VERB | VERB_ING | VERB_S) and not s.classes[k - 1] & NOUNISH
    return -1 if k < 1 or s.words[k] == "whether" or is_content else s.starts[k]


_ACTING = VERB | VERB_S
_NAMING = re.compile(
    r"\b(?:following|follows|below|these|includ|contain|specif|stat(?:e|es|ing)\b|cover|compris|consist|principle|requirement|ensur|such as|namely|inform|notif|tell|check|verif|confirm|examin)",
    re.IGNORECASE,
)  # acts whose points are their content


def _tells_case(s: Sentence, finites: list[Finite]) -> bool:
    """Whether a point is a clause that tells what is so, not what somebody does: "its licence is void", "where it hides data"."""
    if any(kind & MODAL for kind in s.classes):
        return False  # "where it hides data, the bureau shall fine it"
    finite = next(iter(finites), None)
    if finite is None:
        return bool(s.classes[0] & SUB)
    return finite.row is None and finite.subject[0] < finite.subject[1] <= finite.at


def _is_offender(s: Sentence, finites: list[Finite]) -> bool:
    """Whether a point is a class of persons: "those liable in grave cases", "a firm that hides data"."""
    if finites:
        return False
    return bool(s.classes[0] & INDEFINITE) or any(
        s.classes[k] & REL and s.classes[head_of(s, 0, k)] & AGENT for k in range(1, len(s.classes))
    )


def conditions_at(text: str, start: int, end: int, last: Draft) -> int:
    """Where a lead-in begins to speak of conditions, which its points are; -1 where they are content ("shall meet the following conditions").

    What a prohibition names in its points is content too ("must not engage in the following conduct").
    """
    for _, pattern in lead_in_rows():
        found = list(pattern.finditer(text[start:end]))
        if not found:
            continue
        at = start + found[-1].start()
        fulfils = at <= last.start + 2 and text[last.start : last.start + 4].lower() in _FULFILLING
        named = last.modality is Modality.PROHIBITION and at >= last.start and text.count(" ", last.start, at) <= 2
        if not fulfils and not named:
            return at
    return -1


def before_conditions(text: str, start: int, at: int) -> int:
    """Where an act ends whose conditions begin at `at`: before the "where they" that opens them, and before a bracket."""
    words = text[max(start, at - _CLAUSE) : at]
    opener = _OPENER.search(words)
    end = at - len(words) + opener.start() if opener else at
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",—–"):
        end -= 1
    bracket = _BRACKET.search(text[max(start, end - _CLAUSE) : end])
    if bracket is not None:
        end -= len(bracket[0])
    return without_stop(text, start + 1, end) if end > start else at


def without_stop(text: str, start: int, end: int) -> int:
    """`end` without the sign and the space that close a list."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".;。；"):
        end -= 1
    return end


def _is_own(s: Sentence, finite: Finite, *, pronouns: bool) -> bool:
    """Whether a verb group of a point has a modal, a body as its subject, or a limit."""
    row = finite.row
    if row is None:
        return False
    if row.after in ("modal", "have") or (row.act != "here" and row.after == "be"):
        return True
    if row.id in ("present-tense", "be-responsible"):
        subject = s.words[finite.subject[0]]
        return pronouns if subject in _PRONOUNS else is_body_subject(s, finite)
    return row.after == "start" and finite.subject[0] == finite.subject[1] and any(kind & TIME for kind in s.classes)


def _start_of(provision: Provision) -> int:
    return provision.start


def _is_point(provision: Provision) -> bool:
    return provision.kind in _POINT_KINDS
