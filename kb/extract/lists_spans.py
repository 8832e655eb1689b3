"""Which words of a statement fill a slot: its points, its clauses, the conditions in it, or its acts one by one.

"For those on the blacklist, the bureau shall list them as key subjects, inspect them four times a year, and refuse them
subsidies" fills `consequences` with three acts; "The bureau shall publish the list and send it on" fills `publication` once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from kb.extract.lists_conditions import entry_conditions, inline_points, lead_condition, main_clause
from kb.extract.lists_cutting import Statement
from kb.extract.lists_names import HEAD, ListMention
from kb.extract.lists_parties import personnel
from kb.extract.lists_slots import makes, slots_of
from kb.model import SLOTS, ActionItem, Modality, Span

T = TypeVar("T")
Stretch = tuple[int, int]
Filled = tuple[str, str, list[Stretch]]  # a slot, the rule that filled it, the clauses that state it

_ONE_BY_ONE = frozenset({"entry", "exit", "consequences"})  # slots in which every point is a fact of its own
_LINK = re.compile(r"(?:[\s,.;]|\b(?:and|or|shall|may|must|also)\b){1,12}$")
_TIMED = re.compile(
    r"\b(?:times?|once|twice|years?|months?|days?|weeks?|quarters?|annually|monthly|quarterly)\b", re.IGNORECASE
)
_OF_THE_LIST = re.compile(
    r"\b(?:lists?|black-?lists?|red-?lists?|it|them|this|these|entry|entries|data|information on)\b", re.IGNORECASE
)
_NO = re.compile(r"\b(?:may|must|shall|can|should)\s+not\s+(?:\w+\s+)?$")
_AND = ", and "
_JOINT_ACT = re.compile(
    r"(?:,\s+(?:and\s+)?|\s+and\s+)(?=(?:are|is|be|shall|may|must|given|shut|cut|made)\b|[a-z]+ed\b)|,\s+and\s+(?=[a-z]+s\s+[a-z]+)"
)
_GOVERNED = re.compile(r"\b(?:of|from|in|on|for|with)\s+$")
_MAY_APPLY = re.compile(
    r"\bmay\b[^:;]{0,200}?\b(?:apply|request|ask|file)\b[^:;]*?(?P<behind>,?\s*(?:provided that\b[^:;]*|if\b[^:;]*|where\b[^:;]*|when\b[^:;]*)?:?)$"
)
_WHICH_IS = re.compile(r"\bwhich (?:is|are|shall be|will be|must be)\b[^,;]*$")
_TAIL = 200  # how far behind an act its time may stand


class Placed(Generic[T]):
    """Things with a place in the text, found by the stretch in which they begin."""

    def __init__(self, things: Iterable[tuple[int, T]]) -> None:
        ordered = sorted(things, key=lambda thing: thing[0])
        self._starts = [start for start, _ in ordered]
        self._things = [thing for _, thing in ordered]

    def begun(self, start: int, end: int) -> list[T]:
        """Those that begin in start:end, in text order."""
        return self._things[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


class Acts:
    """The acts of a document that were read as items, by place."""

    def __init__(self, text: str, unnamed: str, items: Sequence[ActionItem], mentions: Sequence[ListMention]) -> None:
        self.text = text
        self.unnamed = unnamed  # with the words of names blanked out, so that "punishment list" is no measure
        self._names = sorted((mention.start, mention.end) for mention in mentions)
        self._items = Placed((item.action.start, item) for item in items if self._is_act(item.action))

    def begun(self, start: int, end: int) -> list[ActionItem]:
        """The acts that begin in start:end, in text order; one that takes in the points behind its sentence ends beyond."""
        return self._items.begun(start, end)

    def last_name(self, start: int, end: int) -> int:
        """Where the last name of a list in start:end ends; -1 where none is named."""
        at = bisect_left(self._names, (end, 0)) - 1
        return self._names[at][1] if at >= 0 and self._names[at][0] >= start else -1

    def measures(self, start: int, end: int) -> Iterator[Stretch]:
        """The acts of a clause on consequences one by one; the clause as it stands, where it has one act or none is read."""
        acts = self.begun(start, end)
        is_denied = all(act.modality is Modality.PROHIBITION for act in acts)  # "may not bid or hold office"
        if len(acts) < 2 or is_denied:
            yield start, end
            return
        spans = [(self._opening(act), self._closing(act, acts, end)) for act in acts]
        yield from [span for span in spans if "consequences" in dict(slots_of(self.unnamed[slice(*span)], ""))] or spans

    def beside(self, start: int, end: int) -> list[Stretch]:
        """In a clause that says something else besides, the acts that are measures: "publish the list, and bar them from bids"."""
        acts = self.begun(start, end)
        own = [act for act in acts if not makes(self._words(act)) and self._slots(act) == ["consequences"]]
        return [(self._opening(act), self._closing(act, acts, end)) for act in own] if len(acts) > 1 else []

    def behind_entry(self, start: int, end: int) -> list[Stretch]:
        """What is ordered behind the act of listing in one clause: "are put on the list, | barred from bids | and given no aid"."""
        head = HEAD.search(self.unnamed, start, end)
        joints = list(_JOINT_ACT.finditer(self.text, head.end(), end)) if head else []
        parts = zip((joint.end() for joint in joints), [*(joint.start() for joint in joints[1:]), end], strict=False)
        return [(at, to) for at, to in parts if ("consequences" in dict(slots_of(self.unnamed[at:to], "")))]

    def with_measures(self, statement: Statement, slots: list[Filled]) -> list[Filled]:
        """The slots with the measures that the same sentence orders beside publication, or behind the act of listing."""
        found = {slot for slot, _, _ in slots}
        if statement.points or not found & {"entry", "publication"} or found & {"remedies", "exit", "safeguards"}:
            return slots
        at, end = statement.start, statement.end
        behind = self.behind_entry(at, end) if "entry" in found else []
        if "consequences" not in found and not behind:
            behind = self.beside(at, end)
        if not behind:
            return slots
        others = [entry for entry in slots if entry[0] != "consequences"]
        measures = [(first - at, last - at) for first, last in behind]
        return sorted([*others, ("consequences", "behind-entry", measures)], key=lambda entry: SLOTS.index(entry[0]))

    def of_slot(self, slot: str, clauses: Sequence[Stretch]) -> list[Stretch] | None:
        """In a sentence whose acts belong to several slots, the acts that belong to this one; None for any other sentence."""
        found: list[Stretch] = []
        for start, end in clauses:
            acts = self.begun(start, end)
            fired = {name for act in acts for name, _ in slots_of(self._words(act), "")}
            is_mixed = len(fired - {"procedure"}) > 1 or (slot == "publication" and any(map(self._makes, acts)))
            if len(acts) < 2 or not is_mixed:
                return None
            own = (act for act in acts if self._fires(act, slot) and _OF_THE_LIST.search(self._words(act)))
            found += [(self._beginning(act, start), self._closing(act, acts, end)) for act in own]
        return found

    def _beginning(self, act: ActionItem, start: int) -> int:
        """Where an act of a slot is quoted from: one in the passive with its subject."""
        if not self.text.startswith("be ", act.action.start):
            return act.action.start
        joint = self.text.rfind(_AND, start, act.action.start)
        return joint + len(_AND) if joint >= 0 else start

    def _makes(self, act: ActionItem) -> bool:
        """Whether an act sets the list up: "set up a blacklist and update it"."""
        return makes(self._words(act)) and not self._fires(act, "publication")

    def _is_act(self, action: Span) -> bool:
        """Whether an act is one of the sentence, not part of a list's name or the object of a preposition ("barred from …")."""
        at = bisect_left(self._names, (action.start + 1, 0)) - 1
        is_name = at >= 0 and self._names[at][0] <= action.start and action.end <= self._names[at][1]
        return not is_name and not _GOVERNED.search(self.text[max(action.start - 12, 0) : action.start])

    def _slots(self, item: ActionItem) -> list[str]:
        return [name for name, _ in slots_of(self._words(item), "")]

    def _fires(self, item: ActionItem, slot: str) -> bool:
        return slot in self._slots(item)

    def _words(self, item: ActionItem) -> str:
        return self.unnamed[self._opening(item) : item.action.end].partition(":")[0]

    def _opening(self, item: ActionItem) -> int:
        """Where an act is quoted from: a prohibition with its "may not"."""
        if item.modality is not Modality.PROHIBITION:
            return item.action.start
        before = _NO.search(self.text[max(item.action.start - 24, 0) : item.action.start])
        return item.action.start - len(before[0]) if before else item.action.start

    def _closing(self, item: ActionItem, acts: Sequence[ActionItem], end: int) -> int:
        """The end of an act with the time behind it, which its own span leaves out: "inspect them four times a year"."""
        if item.action.end > end:
            return end - len(self.text[item.action.start : end]) + len(self.text[item.action.start : end].rstrip(" :"))
        following = next((act.action.start for act in acts if act.action.start >= item.action.end), end)
        tail = _LINK.sub("", self.text[item.action.end : min(following, item.action.end + _TAIL)])
        return item.action.end + len(tail) if _TIMED.search(tail) else item.action.end


def spans_of(
    acts: Acts, statement: Statement, slot: str, clauses: Sequence[Stretch], points: Sequence[Stretch]
) -> Iterator[Stretch]:
    """The stretches of the body that fill `slot`; `clauses` are those of the statement that state it, `points` its points that do."""
    start, end = statement.start, statement.end
    words = acts.text[start:end]
    if points and slot in _ONE_BY_ONE:
        lead = lead_condition(words) if slot == "entry" else None
        if lead:
            yield start + lead[0], start + lead[1]
        if slot == "exit" and (who := _MAY_APPLY.search(words)):
            yield start, start + who.start("behind")
        elif clauses and clauses[-1][1] < end:
            yield from clauses
        yield from points
    elif points and len(points) == len(statement.points) and clauses and clauses[-1][1] == end:
        yield clauses[-1][0], statement.whole_end
        yield from clauses[:-1]
    elif points:
        yield from clauses
        yield from points
    elif not clauses:
        return
    elif slot == "entry" and (inline := inline_points(words)):
        yield from ((start + first, start + last) for first, last in inline)
    elif slot == "entry":
        opening = clauses[0][1] if clauses[0][0] == start else end
        conditions = entry_conditions(acts.text[start:opening])
        yield from ((start + first, start + last) for first, last in conditions)
        yield from _with_its_heads(acts, start, opening, conditions)
    elif slot == "consequences":
        for first, last in clauses:
            yield from acts.measures(first, last)
    else:
        own = acts.of_slot(slot, clauses)
        by_the_way = slot == "publication" and (which := _WHICH_IS.search(words)) and slots_of(which[0], "")
        is_whole = own is None or (
            not own and (slot != "publication" or by_the_way)
        )  # its cue is a condition or stands by the way: "where the penalty is revoked, …", "…, which is published"
        yield from clauses if is_whole else own or ()


def _with_its_heads(acts: Acts, start: int, end: int, conditions: Sequence[Stretch]) -> Iterator[Stretch]:
    """The rule that puts responsible persons on the list with their unit, up to the list's name."""
    main = main_clause(acts.text[start:end], conditions)
    named = acts.last_name(start, end)
    if main >= 0 and named > start + main and next(personnel(acts.text, start + main, named), None):
        yield start + main, named
