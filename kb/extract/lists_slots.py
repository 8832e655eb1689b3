"""Which slots of a list a statement fills, by the cues of lists_slots.yaml, and which words of it fill them.

"Where a person is able to perform but does not, … the court shall enter that person on the list" fills `entry` with the
condition, `authority` with "court" and `targets` with "person".
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kb.extract.lists_statements import says, slots_said
from kb.model import SLOTS
from kb.rules import Rule, load_rules


class SlotRule(Rule, frozen=True, kw_only=True):
    """A cue of one slot: in the words of a statement, or in the heading it stands under."""

    slot: str
    pattern: str
    unless: str = ""
    heading: str = ""
    weak: bool = False


RULES = load_rules(Path(__file__).with_suffix(".yaml"), SlotRule)
_LIST = r"(?:(?:the|this|that|a|an|its|any|such) )?(?:[\w’'“”\"-]+ ){0,6}?[“\"]?(?:black|red|watch)?[ -]?(?:lists?|director(?:y|ies)|rosters?|rolls?)\b"


@cache
def _compiled() -> tuple[tuple[SlotRule, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    def build(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern.replace("{list}", _LIST).replace("{on}", _LIST), re.IGNORECASE) if pattern else None

    return tuple(
        (
            rule,
            re.compile(rule.pattern.replace("{list}", _LIST).replace("{on}", _LIST), re.IGNORECASE),
            build(rule.unless),
            build(rule.heading),
        )
        for rule in RULES
    )


_CLAUSE = re.compile(
    r"\s+and\s+(?P<same>(?=(?:may|must|shall|are|is)\s+not\b|(?:are|is)\s+to\s))|,?(?<!rights)\s+(?:and|but)\s+(?=(?:(?!(?<!rights )and\b|or\b)[\w’'()-]+\s+){0,9}?(?:shall|may|must|should|are\s+to|is\s+to)\b)|,\s+(?=for\s+(?:the\s+)?(?:[\w’'-]+\s+){1,5}?to\s+[a-z])|:\s+(?=[a-z])"
)
_MODAL = re.compile(r"\b(?:shall|may|must|should|are\s+to|is\s+to|(?:is|are)\s+entitled\s+to)\b")
_WHERE_CLAUSE = re.compile(
    r"^(?:Where|If|When)\b.{3,500}?,\s+(?=(?:the|it|they|that|its|such|relevant|people|a|no)\b)",
    re.IGNORECASE | re.DOTALL,
)
STEPPED = frozenset({"exit", "remedies", "procedure"})  # slots that have steps of handling
# Where one statement shows several cues, these slots keep the others out of it.
_OVER = {
    "remedies": {"procedure", "entry", "exit", "publication", "term", "consequences", "safeguards"},
    "exit": {"procedure", "entry", "consequences", "publication", "term"},
    "term": {"entry", "consequences", "procedure", "publication"},
    "safeguards": {"entry", "consequences", "publication", "procedure"},
    "procedure": {"entry", "consequences", "publication"},
    "publication": {"consequences"},
}


def slots_of(text: str, unit_slot: str) -> list[tuple[str, str]]:
    """(slot, rule) of a statement, in the order of SLOTS. `unit_slot` is what its article is about, "" where that is open."""
    if _states_nothing(text):
        return []
    found: dict[str, str] = {}
    weak: tuple[str, str] | None = None
    for rule, pattern, unless, _ in _compiled():
        if pattern.search(text) and not (unless and unless.search(text)):
            if rule.weak:
                weak = (rule.slot, rule.id)
            else:
                found.setdefault(rule.slot, rule.id)
    if "consequences" in found and "entry" in found and not _follows_entry(text):
        del found["consequences"]
    if "exit" in found and unit_slot != "exit" and says("basis-gone", text):
        found["remedies"] = found.pop("exit")
    if unit_slot in {"exit", "remedies"} and "procedure" in found:
        found[unit_slot] = found.pop("procedure")
    for slot in list(found):
        if slot in found:
            for other in _OVER.get(slot, ()):
                found.pop(other, None)
    if not found and weak:
        found[unit_slot if unit_slot in STEPPED else weak[0]] = weak[1]
    return sorted(found.items(), key=lambda item: SLOTS.index(item[0]))


def _states_nothing(text: str) -> bool:
    """Whether a statement fills no slot whatever its cues."""
    return says("withheld", text) or says("no-norm", text) or says("delegates", text)


def says_something(text: str) -> bool:
    """Whether a statement states a norm: no purpose, scope or entry into force, and no "was not seen"."""
    return bool(re.search(r"[a-z]{3}\s", text)) and not _states_nothing(text)


def delegates(text: str) -> bool:
    """Whether a statement leaves conditions to another body: it names an authority and gives no criterion."""
    return says("delegates", text) and not says("withheld", text)


def keeps(text: str) -> bool:
    """Whether a statement says who keeps or makes a list."""
    return says("keeps", text) and not says("withheld", text)


def makes(text: str) -> bool:
    """Whether a statement orders a list to be set up, applied or published."""
    return says("makes", text) and not says("withheld", text) and not says("no-norm", text)


def is_general_remedy(text: str) -> bool:
    """Whether a paragraph opens reconsideration or litigation against any act under the document."""
    return "administrative" in text and says("general-remedy", text)


def clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a statement with a modal of their own, and purposes with a doer of their own, as offsets in it."""
    found: list[tuple[int, int]] = []
    start = 0
    for cut in _CLAUSE.finditer(text):
        if _MODAL.search(text, start, cut.start()) or text[cut.start()] == ":" or cut["same"] is not None:
            found.append((start, cut.start()))
            start = cut.end()
    return [*found, (start, len(text))]


def filled(text: str, unit_slot: str) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """(slot, rule, clauses) of a statement in the order of SLOTS; neighbouring clauses of one slot are one, save for measures."""
    found: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    last: list[str] = []
    parts = clauses(text)
    for start, end in parts:
        slots = slots_of(text[start:end], unit_slot)
        if not slots and start and _MODAL.match(text, start):  # "shall be made in writing | shall state the ground"
            slots = [(slot, found[slot][0]) for slot in last if slot not in {"entry", "consequences"}]
        for slot, rule in slots:
            spans = found.setdefault(slot, (rule, []))[1]
            if spans and slot in last and slot != "consequences":
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        last = [slot for slot, _ in slots]
    if not found and len(parts) > 1:
        found = {slot: (rule, [(0, len(text))]) for slot, rule in slots_of(text, unit_slot)}
    return sorted(
        ((slot, rule, spans) for slot, (rule, spans) in found.items()), key=lambda entry: SLOTS.index(entry[0])
    )


def _follows_entry(text: str) -> bool:
    """Whether a cue of consequences stands behind the conditions of entry, not among them: "Where he refuses …, the court …"."""
    where = _WHERE_CLAUSE.match(text)
    if not where:
        return True
    main = text[where.end() :]
    return any(rule.slot == "consequences" and pattern.search(main) for rule, pattern, _, _ in _compiled())


def points_slot(lead: str, unit_slot: str) -> str:
    """The slot to which the points of a lead-in belong one by one; "" where they are the content of one fact."""
    slots = {slot for slot, _ in slots_of(lead, unit_slot)} or {unit_slot}
    return next((slot for slot in slots_said("points", lead) if slot in slots), "")


def heading_slot(heading: str) -> str:
    """The slot a heading announces; "" for none."""
    if not heading:
        return ""
    return next((rule.slot for rule, _, _, pattern in _compiled() if pattern and pattern.search(heading)), "")


def heading_slots(heading: str) -> set[str]:
    """All slots that a heading announces."""
    return {rule.slot for rule, _, _, pattern in _compiled() if pattern and heading and pattern.search(heading)}


def rules_in(text: str) -> list[str]:
    """Ids of the rows that fire in `text`."""
    strong = [
        r.id
        for r, pattern, unless, _ in _compiled()
        if pattern.search(text) and not (unless and unless.search(text)) and not r.weak
    ]
    weak = [r.id for r, pattern, _, _ in _compiled() if r.weak and pattern.search(text)]
    return strong or weak


# ---------------------------------------------------------------- the words that fill a slot

_CONDITION_IN_LEAD = re.compile(
    r"^(?:Where|If|When)\s+(?:an?\s+|the\s+|any\s+)?(?P<subject>[^,;:]{2,120}?)\s+(?P<condition>(?:is|are|has|have|does|do|fails?|refuses?|commits?|engages?|owes?|violates?)\b[^,;:]*(?:,[^,;:]*){0,3}?),?\s+and\s+(?:there is |there are )?(?:one|any|either|in one|in any)\b[^:]*of the following",
)
_WHERE = re.compile(
    r"^(?:Where|If|When|where|if|when)\s+(?P<condition>(?:[^,;]|,(?!\s*(?:it|they|he|that|the|its|their|such|the \w+)\b)){4,600}),\s+(?=(?:it|they|he|that|the|its|their|such)\b)"
)
_ENTERED = re.compile(
    r"\b(?:is|are|be|been|being) (?:entered|placed|included|put|listed|recorded) (?:on|in|into)\b|\bentered\b|\bplaced on\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?P<subject>[\w’'-]+(?:\s[\w’'-]+){0,6}?)\s+(?:that|who|which)\s+(?P<conditions>.{4,500}?)\s+(?:shall be|are|is|may be|will be|must be|should be)\s+(?:entered|placed|included|put|listed|recorded|added)\b",
    re.IGNORECASE,
)
_OR_THAT = re.compile(r",?\s+(?:or|and)\s+(?:that|who|which)\s+")


_RELATIVE_OBJECT = re.compile(
    r"\b(?:enter|place|put|includ|list)(?:e|s|es|ing)?\s+(?:[\w’'-]+\s){1,6}?(?:that|who|which)\s+(?P<conditions>[^;]{4,400}?)\s+(?:on|in|into)\s+(?:the|a|its)\s+(?:[\w’'“\"-]+\s){0,5}?[\w“\"-]*(?:list|directory)\b",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\bfrom (?:among )?(?:the |those )?[\w’' -]{3,60}? (?:that|who|which) (?P<conditions>.{4,400}?)(?=,? and (?!that|who|which)[a-z]+ (?:the|it|them|their)\b|[.;]|$)",
    re.IGNORECASE,
)
_OR_VERB = re.compile(r",?\s+or\s+(?=(?:have|has|are|is|do|does|owe|fail|refuse|commit)\b|[a-z]+ed\s)")


_TOGETHER = re.compile(
    r"\b(?:listed|included|entered|placed|designated) (?:together|along|jointly) with\b", re.IGNORECASE
)
_INLINE = re.compile(r"\bfollowing\b[^:]{0,80}:\s+(?=[a-z]+ing\b)")
_NEXT_ACT = re.compile(r",\s+(?:or\s+|and\s+)?(?=[a-z]+ing\b)|\s+or\s+(?=[a-z]+ing\b)|;\s+(?:or\s+)?")


def inline_points(text: str) -> list[tuple[int, int]]:
    """Criteria that stand in the sentence itself: "one of the following acts: forging papers, or refusing to pay." """
    opening = _INLINE.search(text)
    if not opening:
        return []
    spans, at = [], opening.end()
    for joint in _NEXT_ACT.finditer(text, opening.end()):
        spans.append((at, joint.start()))
        at = joint.end()
    return [*spans, (at, len(text.rstrip(" .;")))]


def entry_conditions(text: str) -> list[tuple[int, int]]:
    """The criteria within a sentence on entry, as offsets in it: the Where-clause or the relative clauses; the whole of it else."""
    if _TOGETHER.search(text):
        return [(0, len(text))]
    where = _WHERE.match(text)
    if where and not _ENTERED.search(where["condition"]):
        return [where.span("condition")]
    shapes = () if where else (_RELATIVE, _RELATIVE_OBJECT, _AMONG)
    relative = next((match for shape in shapes if (match := shape.search(text))), None)
    if relative:
        joints = _OR_VERB if relative.re is _RELATIVE_OBJECT else _OR_THAT
        spans, at = [], relative.start("conditions")
        for joint in joints.finditer(text, relative.start("conditions"), relative.end("conditions")):
            spans.append((at, joint.start()))
            at = joint.end()
        return [*spans, (at, relative.end("conditions"))]
    return [(0, len(text))]


def lead_condition(text: str) -> tuple[int, int] | None:
    """A condition that a lead-in lays down for all its points: "Where a person is able to perform but does not, and one of …"."""
    match = _CONDITION_IN_LEAD.match(text)
    return match.span("condition") if match else None
