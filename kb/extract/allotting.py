"""Brackets, lines and cells that allot work, given to the items before them: bodies, limits, "long-term".

"Draw up the roll. (Health Bureau)" gives the drafts of the paragraph their body; several allotments in a row ("Lead: A" / "Deadline:
by 2018", each in a line of its own) speak of the same drafts.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract.clauses import Cutter, Sentence
from kb.extract.context import Reading
from kb.extract.drafts import Draft
from kb.extract.named_limits import limit_for
from kb.extract.responsibility import Allotment, read_brackets
from kb.extract.responsibility_lines import read_title
from kb.model import Modality, Provision

_LONGEST_TITLE = 2  # words before a line that allots the work above it: "Responsibility."


class Allotter:
    """Gives allotments to the drafts of one document, which are read in text order."""

    def __init__(self, reading: Reading, drafts: list[Draft]) -> None:
        self.reading = reading
        self.drafts = drafts
        self._group: Sequence[Draft] = ()  # what the last allotment spoke of
        self._drafts_then = -1  # number of drafts when it was read
        self._above: tuple[str, Sequence[Allotment]] = (
            "",
            (),
        )  # what a heading, or a line under it, allots to all below; its eId

    def open(self, eid: str, allotments: Sequence[Allotment]) -> None:
        """What stands in the heading of a part, or before all of its paragraphs, is for every act in it that names nobody."""
        if any(allotment.doers for allotment in allotments):
            self._above = (eid, allotments)

    def read_heading(self, cutter: Cutter, leaf: Provision) -> None:
        """The brackets that close a heading and allot the work below it: "Dredging of the bay (Port Bureau)"."""
        is_own = leaf.kind == "heading"
        if not (leaf.heading or is_own):
            return
        text, end = self.reading.document.text, leaf.text_end if is_own else leaf.text_start
        start = leaf.text_start if is_own else max(text.find(leaf.heading, leaf.start, end), leaf.start)
        for s in cutter.within(leaf, start, end):
            title = read_title(cutter, s, inferred=is_own)
            self.open(leaf.parent if is_own else leaf.eid, [title] if title else read_brackets(cutter, s, leaf))

    def allot(
        self,
        leaf: Provision,
        allotments: Sequence[Allotment],
        first: int,
        told: Sequence[Sentence] = (),
        opener: Allotment | None = None,
    ) -> None:
        """Give what stands in a leaf to its drafts from `first` on, or to those of earlier leaves where the leaf tells nothing else.

        `opener` are the bodies before the colon that opens the leaf ("Port Bureau: hold a fair").
        """
        if opener is not None:
            for draft in self.drafts[first:]:
                _give(draft, opener, goes_on=False)
        floor = 0
        may_reach = len(self.drafts) > first or all(len(s.words) <= _LONGEST_TITLE for s in told)
        eid, above = self._above
        if above and all(p.eid != eid for p in self.reading.path_of(leaf)):
            self._above = ("", ())
        elif not allotments:
            for draft in self.drafts[first:]:
                for number, allotment in enumerate(above):
                    _give(draft, allotment, goes_on=number > 0)
        for allotment in allotments:
            group: Sequence[Draft] = [d for d in self.drafts[first:] if floor <= d.start < allotment.start]
            goes_on = may_reach and not group and self._drafts_then == len(self.drafts)
            if goes_on:
                group = self._group
            elif may_reach and not group and len(self.drafts) == first:
                group = self._reached(leaf)
                if not group and leaf.parent and not self._has_drafts(leaf.parent):
                    self.open(leaf.parent, allotments)
            for draft in group:
                _give(draft, allotment, goes_on=goes_on)
            self._group, self._drafts_then = group, len(self.drafts)
            floor = allotment.end

    def _has_drafts(self, eid: str) -> bool:
        """Whether an act was read in this part."""
        return bool(self.drafts) and any(p.eid == eid for p in self.reading.path_of(self.drafts[-1].leaf))

    def _reached(self, leaf: Provision) -> Sequence[Draft]:
        """The drafts that an allotment in a paragraph of its own speaks of."""
        first = len(self.drafts)
        if leaf.kind == "conclusion" and first:
            last = self.drafts[-1].leaf
            below = [d for d in self.drafts if d.leaf.parent == last.parent and not (last.number or d.leaf.number)]
            return below if last.kind == "point" else [d for d in self.drafts if d.leaf is last]
        numbered = ""  # nothing reaches over to another numbered paragraph
        while first:
            before = self.drafts[first - 1]
            above = next((p for p in self.reading.path_of(before.leaf) if p.parent == leaf.parent), None)
            if above is None or before.allotted or numbered not in ("", above.eid):
                break
            numbered = above.eid if above.number else ""
            first -= 1
        return self.drafts[first:]


def _is_open(draft: Draft) -> bool:
    """Whether a draft names nobody, or only who joins in ("establish, jointly with the police, a mechanism")."""
    return all(doer.rule == "together-with" for doer in draft.doers)


def _is_taken_up(draft: Draft) -> bool:
    """Whether a pronoun takes up the body that acts ("The Bureau hears the firm. It publishes the list"), so that a bracket names none in its place."""
    return draft.sentence.words[slice(*draft.act.finite.subject)] in (["it"], ["they"])


def _is_encouragement(draft: Draft) -> bool:
    """Whether a draft encourages somebody: those to whom the work is allotted act beside them."""
    return draft.modality is Modality.ENCOURAGEMENT and draft.row.id in ("start-encourage", "be-encouraged")


def _give(draft: Draft, allotment: Allotment, *, goes_on: bool) -> None:
    """Bodies to a draft that names none, or has some of the same row of allotments; limits to every draft."""
    limit = limit_for(draft.sentence.words[draft.act.verb : draft.act.stop], allotment.limits)
    if limit is not None:
        draft.bracket_time = limit.time or draft.bracket_time
        draft.is_lasting = draft.is_lasting or limit.time is None
    start, stop = draft.act.finite.subject
    if not allotment.doers or (allotment.doers[0].rule == "heading" and start < stop):
        return  # under "Port Bureau" an order is for it, not what "shall be published"
    if not draft.doers or (draft.inferred and not _is_taken_up(draft)):
        draft.doers, draft.inferred, draft.from_afar = allotment.doers, allotment.inferred, False
        draft.allotted = True
    elif _is_open(draft) and not allotment.inferred:
        draft.doers, draft.allotted = allotment.doers + draft.doers, True
    elif (_is_encouragement(draft) or (goes_on and draft.allotted)) and not allotment.inferred:
        draft.doers += allotment.doers
