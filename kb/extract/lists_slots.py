"""Which slots of a list a statement fills, by the cues of lists_slots.yaml.

"The court shall enter that person on the list" fills `entry`; "it may object within 5 days" fills `remedies`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kb.extract.lists_patterns import Patterns, words_of
from kb.extract.lists_statements import says, slots_said
from kb.model import SLOTS
from kb.rules import Rule, load_rules


class SlotRule(Rule, frozen=True, kw_only=True):
    """A cue of one slot: in the words of a statement, or in the heading it stands under."""

    slot: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    weak: bool = False
    beside: str = ""  # a row of another slot that the same words fire, and that holds too


RULES = load_rules(Path(__file__).with_suffix(".yaml"), SlotRule)
_PATTERNS = Patterns([rule.patterns for rule in RULES])
_UNLESS = Patterns([rule.unless for rule in RULES])
_HEADINGS = Patterns([rule.heading for rule in RULES])
_CLAUSE = re.compile(
    r"\s+and\s+(?P<same>(?=(?:may|must|shall|are|is)\s+not\b|(?:are|is)\s+to\s))|,?(?<!rights)\s+(?:and|but)\s+(?=(?:(?!(?<!rights )and\b|or\b)[\w’'()-]+\s+){0,9}?(?:shall|may|must|should|are\s+to|is\s+to)\b)|,\s+(?=for\s+(?:the\s+)?(?:[\w’'-]+\s+){1,5}?to\s+[a-z])|:\s+(?=[a-z])"
)
_MODAL = re.compile(r"\b(?:shall|may|must|should|are\s+to|is\s+to|(?:is|are)\s+entitled\s+to)\b")
_GOES_ON = re.compile(rf"{_MODAL.pattern}|(?:that|those)\s+(?:for|of|in)\b")
_WHERE_CLAUSE = re.compile(
    r"^(?:Where|If|When)\b.{3,500}?,\s+(?=(?:the|it|they|that|its|such|relevant|people|a|no)\b)",
    re.IGNORECASE | re.DOTALL,
)
_ON_TARGETS = re.compile(
    r"\b(?:targets?|subjects?|objects?|parties|persons) (?:of|under|for|subject to)\b", re.IGNORECASE
)
_GROUNDS = re.compile(r"^[\W\d]*(?:causes?|grounds?|reasons?|criteria|conditions|circumstances)\b", re.IGNORECASE)
_TWO = re.compile(r"\b(?:and|or)\b|[,;/]")  # of a heading on several things
_TELLING = frozenset({"exit", "consequences"})  # slots that a lead-in says by its form: "As long as it is listed: …"
STEPPED = frozenset({"exit", "remedies", "procedure"})  # slots that have steps of handling
_NOT_ENTRY = frozenset({"prior-notice", "defence", "decision-made"})  # "before it is entered on the list"
_ABOUT_CONDUCT = frozenset({"entry-grounds", "designated"})
_SAID_IN_PRESENT = frozenset({"term", "publication"})
_STEP_BEFORE = re.compile(
    r"\b(?:decision|decides?|entry|entered|inclusion|included|list\w*|notice|notif\w*|statement|defen[cs]e|views|object\w*|hearing|proposal|considers?)\b",
    re.IGNORECASE,
)
_CLOSING_CONDITION = re.compile(r"(?<=[a-z]),? (?:if|when|where|once|provided that) ")
_CONDITION = re.compile(r"(?:where|if|when)\b", re.IGNORECASE)
_ENDS_IN_MODAL = re.compile(r"\b(?:shall|may|must|should|to|will)$")
_SHORT = 5  # words before a colon that say what the clause is about
_STEPS = frozenset({"decision-made", "defence", "proposal"})  # taken in an article on exit or remedies too
_OF_LIST = frozenset("list lists blacklist blacklists redlist redlists entries data information names register".split())
# Where one statement shows several cues, these slots keep the others out of it.
_OVER = {
    "remedies": {"procedure", "entry", "exit", "publication", "term", "consequences", "safeguards"},
    "exit": {"procedure", "entry", "consequences", "publication", "term"},
    "term": {"entry", "consequences", "procedure", "publication"},
    "safeguards": {"entry", "consequences", "publication", "procedure"},
    "procedure": {"consequences", "publication"},
    "publication": {"consequences"},
}


@lru_cache(maxsize=4096)
def _fired(text: str) -> tuple[SlotRule, ...]:
    """The rows that fire in a statement, in the order of the table."""
    words = words_of(text)
    numbers = _PATTERNS.fired(words)
    shut_out = _UNLESS.fired(words) if numbers else ()
    return tuple(RULES[number] for number in numbers if number not in shut_out)


def cues_in(text: str) -> list[tuple[str, str]]:
    """(slot, rule) of every cue in a text, whatever keeps it out of a slot."""
    return [(rule.slot, rule.id) for rule in _fired(text)]


def rule_of(slot: str, text: str) -> str:
    """The first row of a slot that fires in a text; "weighed" where its words alone spoke for the slot."""
    return next((rule for said, rule in cues_in(text) if said == slot), f"weighed-{slot}")


def slots_of(text: str, unit_slot: str) -> list[tuple[str, str]]:
    """(slot, rule) of a statement, in the order of SLOTS. `unit_slot` is what its article is about, "" where that is open."""
    if _states_nothing(text):
        return []
    fired = _fired(text)
    found: dict[str, str] = {}
    for rule in fired:
        if not rule.weak:
            found.setdefault(rule.slot, rule.id)
    _settle_entry(found, text)
    _settle_article(found, text, unit_slot)
    both = {"exit"} & found.keys() if found.get("exit") == found.get("remedies") else set()
    _settle_order(found, {rule.id for rule in fired if rule.beside} | {found[slot] for slot in both})
    weak = next((rule.id for rule in fired if rule.weak), "")
    if not found and weak and unit_slot in STEPPED:
        found[unit_slot] = weak
    return sorted(found.items(), key=lambda item: SLOTS.index(item[0]))


def _settle_entry(found: dict[str, str], text: str) -> None:
    """Takes out what is no entry, and consequences that are the conduct for which one is listed."""
    if "entry" in found and _is_ground_alone(text):
        del found["entry"]
    if "entry" in found and found.get("procedure") == "decision-made" and _has_ground(text):
        del found["procedure"]  # "Where it owes wages, the bureau shall enter it within 5 days"
    is_conduct = found.get("entry") in _ABOUT_CONDUCT or not _follows_entry(text)
    if "consequences" in found and "entry" in found and is_conduct:
        del found["consequences"]


def _settle_article(found: dict[str, str], text: str, unit_slot: str) -> None:
    """Moves what belongs to the subject of the article, and an entry that falls with its basis."""
    if "exit" in found and says("basis-gone", text):
        found["remedies"] = found["exit"]
        if not any(rule.id == "entry-ended" for rule in _fired(text)):
            del found["exit"]
    if unit_slot in {"exit", "remedies"} and found.get("procedure") in _STEPS:
        found[unit_slot] = found.pop("procedure")
    if unit_slot == "procedure" and found.get("publication") == "data-sent" and not _OF_LIST & words_of(text).present:
        found["procedure"] = found.pop("publication")  # a case is reported, not the list
    if found.get("term") == "term-changed" and found.get("exit") == "credit-repair":
        del found["exit"]  # "The period may be cut by half after rehabilitation."


def _settle_order(found: dict[str, str], with_others: set[str]) -> None:
    """Leaves the first of several slots in the order of _OVER; a rule in `with_others` keeps none out."""
    for slot in list(found):
        if slot in found and found[slot] not in with_others:
            for other in _OVER.get(slot, ()):
                found.pop(other, None)
    if found.get("procedure") in _NOT_ENTRY:
        found.pop("entry", None)


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
    where = _WHERE_CLAUSE.match(text)
    for cut in _CLAUSE.finditer(text, where.end() if where else 0):
        has_verb = _MODAL.search(text, start, cut.start()) or _fires_strongly(text[start : cut.start()])
        is_same = cut["same"] is not None and not _CONDITION.match(text)  # "Where it … and is not …, it shall …"
        if has_verb or text[cut.start()] == ":" or is_same:
            if text[cut.start()] == ":" and (
                text.count(" ", start, cut.start()) < _SHORT or _ENDS_IN_MODAL.search(text[start : cut.start()])
            ):
                continue  # "Suppliers: restrict their bids."
            found.append((start, cut.start()))
            start = cut.end()
    return [*found, (start, len(text))]


def _fires_strongly(text: str) -> bool:
    """Whether a clause in the present tense fills a slot by itself: "An entry lasts two years | and …"."""
    return any(not rule.weak and rule.slot in _SAID_IN_PRESENT for rule in _fired(text))


def filled(text: str, unit_slot: str) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """(slot, rule, clauses) of a statement in the order of SLOTS; neighbouring clauses of one slot are one, save for measures."""
    found: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    last: list[str] = []
    parts = clauses(text)
    for start, end in parts:
        stepped = next((slot for slot in last if slot in STEPPED), unit_slot)
        slots = slots_of(text[start:end], stepped)
        if not slots and start and _is_joined(text, start, end):  # "shall be made in writing | shall state the ground"
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


def _is_joined(text: str, start: int, end: int) -> bool:
    """Whether a clause without a cue goes on with what the clause before it says, and neither makes a list nor says who keeps it."""
    clause = text[start:end]
    return bool(_GOES_ON.match(clause)) or (says_something(clause) and not makes(clause) and not keeps(clause))


def _is_ground_alone(text: str) -> bool:
    """Whether being on the list is what the sentence starts from, not what it orders: "Where it has been entered, the period …"."""
    where = _WHERE_CLAUSE.match(text)
    return where is not None and not any(rule.slot == "entry" for rule in _fired(text[where.end() :]))


def _has_ground(text: str) -> bool:
    """Whether a sentence opens with a ground of entry, not with a step before it: "Where no defence is made, …"."""
    where = _WHERE_CLAUSE.match(text)
    return where is not None and not _STEP_BEFORE.search(where[0])


def _follows_entry(text: str) -> bool:
    """Whether a cue of consequences stands behind the conditions of entry, not among them: "Where he refuses …, the court …"."""
    where = _WHERE_CLAUSE.match(text)
    closing = next((match.start() for match in reversed([*_CLOSING_CONDITION.finditer(text)])), len(text))
    end = len(text) if _MODAL.search(text, closing) else closing
    order = text[where.end() if where else 0 : end]
    return order == text or any(rule.slot == "consequences" for rule in _fired(order))


def points_slot(lead: str, unit_slot: str) -> str:
    """The slot to which the points of a lead-in belong one by one; "" where they are the content of one fact."""
    slots = {slot for slot, _ in slots_of(lead, unit_slot)} or {unit_slot, *_TELLING}
    if slots == {"consequences"}:
        return "consequences"
    return next((slot for slot in slots_said("points", lead) if slot in slots), "")


@lru_cache(maxsize=1024)
def heading_slots(heading: str) -> tuple[str, ...]:
    """The slots that a heading announces, in the order of the table."""
    if not heading:
        return ()
    slots = dict.fromkeys(RULES[number].slot for number in _HEADINGS.fired(words_of(heading)))
    if _ON_TARGETS.search(heading) or ("entry" in slots and _GROUNDS.search(heading)):
        slots.pop("consequences", None)  # "Targets of joint punishment", "Causes for debarment"
    if len(slots) > 1 and not _TWO.search(heading):
        slots.pop("entry", None)  # "Coming off the list" names it alone
    return tuple(slots)


def heading_slot(heading: str) -> str:
    """The slot a heading announces; "" for none and for several."""
    slots = heading_slots(heading)
    return slots[0] if len(slots) == 1 else ""


def rules_in(text: str) -> list[str]:
    """Ids of the rows by which `text` fills slots; of steps, as in an article on the procedure."""
    found = slots_of(text, "") or slots_of(text, "procedure")
    return [rule for _, rule in found]
