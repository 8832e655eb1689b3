"""Action items of a document: its sentences' acts with their doers, deadlines, topics and grades.

In comes a reading with its times and citations, out come `ActionItem` records in text order. What a lead-in and its points
mean together is decided in lead_ins.py, what a closing bracket allots in allotting.py; records.py makes the records.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.extract import modality
from kb.extract.actions import Act, has_negative_subject, read_acts
from kb.extract.actors import carry_agents, is_body_subject, read_doers
from kb.extract.allotting import Allotter
from kb.extract.antecedents import carried, printed_again
from kb.extract.bodies import Doer
from kb.extract.clauses import Cutter, Sentence, marks_of
from kb.extract.context import Reading
from kb.extract.deadlines import is_due
from kb.extract.denials import has_no_object, is_denied
from kb.extract.drafts import Draft, deal_out, start_of
from kb.extract.finites import find_finites
from kb.extract.goals import label_at, names_goals, read_as_goals
from kb.extract.groups import Finite
from kb.extract.lead_ins import LeadIns, before_conditions, conditions_at
from kb.extract.levels import part_levels
from kb.extract.named_limits import bare_limit, limit_for
from kb.extract.no_items import Silence, is_no_item, states_no_norm
from kb.extract.nominal import nominal_act, nominal_measures, noted_acts
from kb.extract.parts import infinitives, is_clause, share_asking, take_in
from kb.extract.records import Recorder
from kb.extract.responsibility import Allotment, read_brackets
from kb.extract.responsibility_lines import cut_opener, cut_tail, read_line
from kb.extract.shared_times import share_times
from kb.extract.short_names import classes_with_short_names
from kb.extract.task_tables import read_task_rows
from kb.extract.topics import Topics
from kb.extract.words import ADVERB, COLON, COMMA, CONJ, DASH, MODAL, NOT, TIME
from kb.model import ActionItem, Citation, Definition, DocumentKind, Modality, Provision, Time

_SILENT_KINDS = frozenset({"preface", "heading", "conclusion", "note"})
_TASK_RULES = frozenset(
    {
        "imperative",
        "present-tense",
        "present-passive",
        "be-responsible",
        "have-charge",
        "modal-will",
        "be-necessary",
        "be-necessary-for",
    }
)
_TABLE = re.compile(r"\| ?:?-+:? ?\|")  # the rule under the head of a table, whose cells are no sentences
_MEASURES = re.compile(
    r"\b(?:measures?|sanctions?|punish\w*|incentives?|restrictions?|rewards?|penalties|discipline)\b", re.IGNORECASE
)  # headings of what a memorandum imposes or grants
_LONGEST = 1500  # units; a longer row is a table or a list of names, no sentence, and is not walked


class ItemReader:
    """Reads the items of one document; leaves in order, since doers and limits are carried from one to the next."""

    def __init__(
        self,
        reading: Reading,
        times: Sequence[Time],
        citations: Sequence[Citation],
        definitions: Sequence[Definition],
        topics: Topics,
    ) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.meta = reading.document.meta
        classes = classes_with_short_names(reading, definitions)
        self.cutter = Cutter(reading, marks_of(reading, times, citations), classes)
        has_articles = any(p.kind == "article" for p in reading.document.provisions)
        self.makes_tasks = modality.is_plan(self.meta, has_articles)
        self.programme = self.makes_tasks or modality.is_opinions(self.meta, has_articles)
        self.recorder = Recorder(reading, times, topics, makes_tasks=self.makes_tasks)
        self.lead_ins = LeadIns(reading, self.cutter)
        self.drafts: list[Draft] = []
        self.allotter = Allotter(reading, self.drafts)
        self._last_doers: tuple[Doer, ...] = ()
        self._last_bound: tuple[Doer, ...] = ()  # by more than a right
        self._last_doers_in = ""  # eId of the leaf that names them
        self._last_top = ""
        self._asked: dict[str, Draft] = {}  # the modal of a lead-in that its points share, by the eId of the point
        self._glued: Sentence | None = None  # the part taken into the last draft
        self.silence = Silence(reading, programme=self.programme)

    def read(self) -> tuple[ActionItem, ...]:
        """All items, in text order."""
        for leaf in self.reading.leaves:
            if leaf.kind == "conclusion":
                self._read_last_lines(leaf)
            self.allotter.read_heading(self.cutter, leaf)
            if leaf.kind in _SILENT_KINDS or leaf.eid in self.lead_ins.taken or self.silence.holds(leaf):
                continue
            if _TABLE.search(self.text, leaf.text_start, leaf.text_end):
                self._read_table(leaf)
                continue
            self._enter(leaf)
            self._read_leaf(leaf)
        return self.recorder.items(self.drafts)

    # ------------------------------------------------------------ leaves

    def _enter(self, leaf: Provision) -> None:
        """Forget the doers of another article or section."""
        top = self._top(leaf)
        if top != self._last_top:
            self._last_top, self._last_doers, self._last_bound = top, (), ()

    def _top(self, leaf: Provision) -> str:
        """The article, or the numbered unit, within which a body is carried from sentence to sentence."""
        path = self.reading.path_of(leaf)
        for provision in path:
            if provision.kind == "article":
                return provision.eid
        for above, provision in pairwise(path):
            if provision.kind == "subsection" and provision.number.startswith("(") and not self.programme:
                return above.eid
        numbered = [p.eid for p in path if p.number]
        return numbered[-1] if numbered else path[-1].eid

    def _read_leaf(self, leaf: Provision) -> None:
        sentences = self.cutter.sentences(leaf)
        points = self.lead_ins.points_of(leaf) if leaf.kind == "intro" else ()
        if points and sentences and sentences[-1].classes[-1:] == [DASH]:
            sentences[-1].classes[-1] = COLON  # "The court shall —"
        first_draft, behind = len(self.drafts), 0
        allotments: list[Allotment] = []
        opener: Allotment | None = None
        told: list[Sentence] = []  # those that are no line of an allotment
        is_goal = self.makes_tasks and self._is_under_goals(leaf)
        for number, sentence in enumerate(sentences):
            if number >= behind and (line := read_line(self.cutter, sentences, number)) is not None:
                allotments.append(line[0])
                behind = line[1]
            if number < behind:
                continue
            bare_limit(sentence)
            if self.makes_tasks:
                self.lead_ins.open_stage(sentence)
            opener = opener if number else cut_opener(self.cutter, sentence)
            is_goal = self._open_label(sentence, is_goal=is_goal)
            tail = cut_tail(self.cutter, sentence)
            allotments += filter(None, [*read_brackets(self.cutter, sentence, leaf), tail])
            before = sentences[number - 1] if number else None
            at_end = points if number == len(sentences) - 1 else ()
            self._read_sentence(leaf, sentence, before, at_end, is_goal=is_goal)
            told.append(sentence)
            if number == 0 and len(self.drafts) == first_draft:
                self.lead_ins.open_title(sentence)
        if len(self.drafts) == first_draft and any(allotment.doers for allotment in allotments):
            for s in told if self.programme or self._is_under_measures(leaf) else ():
                self.drafts += [self._draft(leaf, s, act) for act in noted_acts(s, any_noun=not self.programme)]
        self.allotter.allot(leaf, allotments, first_draft, told, opener)

    def _open_label(self, s: Sentence, *, is_goal: bool) -> bool:
        """Cut off the label that opens a sentence ("Measures: Draft ..."); whether goals stand behind it, or stood before where there is none."""
        opens, behind = label_at(s)
        if not opens:
            return is_goal
        if behind < len(s.words):
            s.drop(behind)
        return opens == "goals" and self.makes_tasks

    def _read_table(self, leaf: Provision) -> None:
        """The rows of a table that allots work; each is its acts, or one act where its task is put as a noun ("Review of the rules")."""
        for row in read_task_rows(self.cutter, leaf):
            for s in row.tasks:
                acts = read_acts(s, find_finites(s)) or [nominal_act(s)]
                for draft in [self._draft(leaf, s, act) for act in acts]:
                    draft.doers, draft.inferred, draft.from_afar = row.doers or draft.doers, False, False
                    draft.allotted = True
                    limit = limit_for(s.words[draft.act.verb : draft.act.stop], row.limits)
                    draft.bracket_time = limit.time if limit else None
                    draft.is_lasting = row.has_limit and draft.bracket_time is None
                    self.drafts.append(draft)

    def _read_last_lines(self, leaf: Provision) -> None:
        """Lines behind the last paragraph that allot its work; the signature and the date are none."""
        sentences = self.cutter.sentences(leaf)
        lines = [read_line(self.cutter, sentences, number) for number in range(len(sentences))]
        self.allotter.allot(leaf, [line[0] for line in lines if line is not None], len(self.drafts))

    # ------------------------------------------------------------ sentences

    def _read_sentence(
        self, leaf: Provision, s: Sentence, before: Sentence | None, points: tuple[Provision, ...], *, is_goal: bool
    ) -> None:
        if len(s.words) > _LONGEST:
            return
        ahead = self.lead_ins.ahead.pop(s.start, None)
        finites = find_finites(s) if ahead is None else ahead
        if is_goal:
            finites = read_as_goals(s, finites)
        nominal = [] if finites else self._nominal(leaf, s, is_goal=is_goal)
        if s.continues and not finites and not nominal:
            self._extend(s, before)
            return
        if states_no_norm(self.text[s.start : s.end]):
            return
        if points and not finites and self.makes_tasks:
            self.lead_ins.open_milestones(s, points)
        read = part_levels(s, read_acts(s, finites))
        carry_agents(s, read)
        acts = nominal or [act for act in read if self._is_item(s, act, is_goal=is_goal)]
        drafts = [self._draft(leaf, s, act, carries=not is_goal) for act in acts]
        deal_out(s, drafts)
        is_open = bool(points and finites and _ends_in_modal(s))
        if is_open:
            self._open_modal(s, finites, points)
        shared = self._asked.get(leaf.eid)
        if shared is not None:
            for draft in drafts:
                if draft.row.id == "imperative":
                    draft.row, draft.modality = shared.row, shared.modality
                    draft.doers, draft.inferred = shared.doers, False
                    draft.times = draft.times or shared.times
        if s.continues and drafts and before is not None:
            self._carry_modal(leaf, s, drafts)
        if points and not (is_open and drafts):
            drafts = self.lead_ins.settle(s, drafts, points)
        self.drafts += drafts

    def _nominal(self, leaf: Provision, s: Sentence, *, is_goal: bool) -> list[Act]:
        """What a sentence without a verb asks for: a goal of a plan, measures of a memorandum."""
        if self._is_nominal_goal(leaf, s, is_goal=is_goal):
            return [nominal_act(s)]
        return nominal_measures(s) if self._is_under_measures(leaf) else []

    def _is_nominal_goal(self, leaf: Provision, s: Sentence, *, is_goal: bool) -> bool:
        """Whether a plan sets a goal without a verb, with its day, in a list under "Targets": "Full coverage of all ports by 2018"; or under "By 2018:"."""
        if s.continues:
            return False
        if leaf.eid in self.lead_ins.milestones:
            return True
        is_listed = leaf.kind in ("point", "subpoint") or bool(leaf.number)
        return is_goal and is_listed and any(m.time and is_due(m.time) and m.time.latest for m in s.marks.values())

    def _is_under_goals(self, leaf: Provision) -> bool:
        """Whether a heading above the leaf names goals."""
        return any(p.heading and names_goals(p.heading) for p in self.reading.path_of(leaf)[-3:])

    def _is_under_measures(self, leaf: Provision) -> bool:
        """Whether the leaf stands among the numbered measures of a memorandum."""
        if self.meta.kind is not DocumentKind.MEMORANDUM:
            return False
        return any(p.heading and _MEASURES.search(p.heading) for p in self.reading.path_of(leaf))

    def _open_modal(self, s: Sentence, finites: Sequence[Finite], points: tuple[Provision, ...]) -> None:
        """Remember what "shall not:" asks of each of its points, and by when."""
        finite = finites[-1]
        found = modality.match("modal", s.words, finite.at)
        if found is None:
            return
        finite.row, finite.negated = found[0], any(kind & NOT for kind in s.classes[finite.at :])
        own = [k for k in range(finite.at, len(s.classes)) if s.classes[k] & TIME]
        act = Act(finite, found[0], finite.at, finite.at + 1, finite.at + 1, own)
        share_times(s, finites, len(finites) - 1, [act])
        draft = self._draft(s.leaf, s, act)
        for point in points:
            self._asked[point.eid] = draft

    def _extend(self, s: Sentence, before: Sentence | None) -> None:
        """A part without a main verb goes on with the act before the semicolon, if that runs to its end."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or before is None or all(kind & CONJ for kind in s.classes) or is_clause(s):
            return
        if not (draft.sentence is before or self._glued is before) or not draft.act.last_of_sentence:
            return
        for act in infinitives(s, draft.act, draft.sentence):
            self.drafts.append(self._draft(s.leaf, s, act, carries=False))
            draft.span_end = s.end
            share_asking(draft, self.drafts[-1])
        if self.drafts[-1] is not draft:
            return
        take_in(draft, s)
        self._glued = s

    def _carry_modal(self, leaf: Provision, s: Sentence, drafts: list[Draft]) -> None:
        """After "shall do A; do B" the second part has the modal of the first, and its body by inference; after "does A; does B" its body."""
        last = self.drafts[-1] if self.drafts and self.drafts[-1].leaf is leaf else None
        if last is None or (last.row.after == "start" and last.row.id == "imperative"):
            return
        for draft in drafts:
            is_present = draft.row.after == "present" and self._goes_on(s, draft.act)
            if draft.row.id == "imperative" and draft.act.finite.at <= 2:
                draft.row, draft.modality = last.row, last.modality
            elif not is_present:
                continue
            draft.doers, draft.inferred = last.doers, True

    def _is_item(self, s: Sentence, act: Act, *, is_goal: bool) -> bool:
        row = act.row
        behind = act.verb + 1
        is_cap = s.words[act.verb] == "be" and (
            act.stop == behind or bool(s.classes[behind] & TIME)
        )  # "shall be two years"
        if is_cap or (row.negated == "none" and is_denied(s, act.verb)):
            return False
        if (
            row.subject == "body"
            and not is_goal
            and not (self._last_doers and self._is_pronoun(s, act))
            and not is_body_subject(s, act.finite)
            and not self._goes_on(s, act)
        ):
            return False
        if row.id == "present-passive" and not is_goal and not any(d.rule == "by-agent" for d in read_doers(s, act)):
            return False
        if (
            row.id == "start-encourage"
            and act.finite.at != act.finite.subject[1]
            and not is_body_subject(s, act.finite)
        ):
            return False
        return not is_no_item(s, act, self.text, makes_tasks=self.makes_tasks)

    def _goes_on(self, s: Sentence, act: Act) -> bool:
        """Whether a part behind a semicolon goes on with the body of the part before ("the State sets goals; lowers costs")."""
        start, stop = act.finite.subject
        last = self.drafts[-1] if self.drafts else None
        return s.continues and start == stop and last is not None and last.leaf is s.leaf and bool(last.doers)

    def _is_pronoun(self, s: Sentence, act: Act) -> bool:
        """Whether the subject is a pronoun that can stand for a body named before."""
        return " ".join(s.words[slice(*act.finite.subject)]) in ("it", "they", "he", "she", "these", "the latter")

    def _draft(self, leaf: Provision, s: Sentence, act: Act, *, carries: bool = True) -> Draft:
        """The act with its doers; with `carries` the bodies of the sentence before stand for a doer that is not named."""
        doers = read_doers(s, act)
        inferred = False
        if not carries and all(doer.rule in ("maker", "condition") for doer in doers):
            doers = ()  # of a goal: "the number of complaints made by users falls"
        if doers:
            if act.row.id != "start-encourage":
                self._last_doers, self._last_doers_in = doers, leaf.eid
                self._last_bound = self._last_bound if self._modality(s, act) is Modality.RIGHT else doers
        elif carries and not self._binds_all(s, act):
            last = self._last_bound if act.finite.passive else self._last_doers
            doers = carried(s, act.finite, last, self.text)
            inferred = bool(doers) and not s.start <= doers[0].start < s.end  # explicit where it is printed here
            if inferred and (again := printed_again(s, doers, self.text, act.finite.subject[0])):
                doers, inferred = again, False
        kind = self._modality(s, act)
        times = [mark.time for k in (*act.own_times, *act.shared_times) if (mark := s.marks.get(k)) and mark.time]
        draft = Draft(
            leaf, s, act, act.row, kind, doers, inferred,
            start_of(s, act), s.ends[act.stop - 1], s.start, s.end, times, self.lead_ins.limit_of(leaf),
            from_afar=inferred and self._last_doers_in != leaf.eid,
        )  # fmt: skip
        colon = next((k for k in range(act.verb, min(act.stop + 1, len(s.classes))) if s.classes[k] & COLON), -1)
        if colon >= 0:
            conditions = conditions_at(self.text, draft.start, s.ends[colon], draft)
            if draft.start < conditions < draft.end:
                draft.end = before_conditions(self.text, draft.start, conditions)
        return draft

    def _binds_all(self, s: Sentence, act: Act) -> bool:
        is_filler = s.words[slice(*act.finite.subject)] == ["it"]
        return (act.row.id == "be-forbidden" and is_filler) or act.row.id == "deed-forbidden"

    def _modality(self, s: Sentence, act: Act) -> Modality:
        row = act.row
        denied = act.finite.negated or has_negative_subject(s, act.finite) or is_denied(s, act.verb)
        if denied or (row.after == "modal" and row.id != "modal-will" and has_no_object(s, act.verb)):
            return Modality.PROHIBITION
        if row.id in _TASK_RULES or _bars_somebody(s, act):
            return Modality.TASK if self.makes_tasks else Modality.DUTY
        return row.modality


def read_items(
    reading: Reading,
    times: Sequence[Time],
    citations: Sequence[Citation],
    definitions: Sequence[Definition],
    topics: Topics,
) -> tuple[ActionItem, ...]:
    """The action items of a document, in text order."""
    return ItemReader(reading, times, citations, definitions, topics).read()


def _ends_in_modal(s: Sentence) -> bool:
    """Whether the lead-in breaks off behind its modal: "The bureau shall, within ten days:"."""
    last = next((kind for kind in reversed(s.classes[:-1]) if not kind & (TIME | COMMA | ADVERB)), 0)
    return bool(s.classes[-1] & COLON and last & (MODAL | NOT))


def _bars_somebody(s: Sentence, act: Act) -> bool:
    """Whether a body is to bar others ("the department bans it from", "guilds prohibit members from"), not the State everyone."""
    start, stop = act.finite.subject
    return act.row.id == "start-prohibit" and start < stop and "state" not in s.words[start:stop]
