"""Questions that readers ask, answered by quotes and by counted absence alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.model import CitationVerb, Fidelity, ListKind, SlotState
from kb.sitegen.catalogue import Catalogue
from kb.sitegen.page import Page
from kb.sitegen.prose import plain
from kb.sitegen.shown import Item
from kb.sitegen.words import capital, count, day

_SHOWN = 6
_ALL = "All of them"
_PERIOD = 2020  # the year in which the plans of 2014 end
_SCORE_WORDS = ("score", "scores", "scoring", "scored", "credit point", "credit points", "points system")
_SCORE = re.compile(r"\b(?:scor(?:e|es|ed|ing)|credit points?|points system)\b", re.IGNORECASE)
_SCORE_STEMS = ("scor", "credit point", "points system")
_SENTENCE_END = re.compile(r"[.;。；]\s|\n")
_SLOT_QUESTIONS = (
    ("authority", "who-makes-the-lists", "Who makes the lists?", "who decides, publishes or keeps them"),
    (
        "procedure",
        "am-i-told",
        "Am I told before I am listed?",
        "what comes before an entry: notice, statement, decision",
    ),
    ("remedies", "can-i-appeal", "Can I appeal?", "what one can do: objection, reconsideration, court, correction"),
    ("term", "how-long", "How long does it last?", "how long an entry lasts"),
    ("exit", "how-do-i-get-off", "How do I get off?", "how one gets off"),
)


class Said(NamedTuple):
    """A quote with its source."""

    words: str
    source: str
    place: str
    href: str


class Answer(NamedTuple):
    """A question with what was counted and some of what was found, one quote a document or list."""

    anchor: str
    question: str
    counted: str
    quotes: tuple[Said, ...]
    total: int
    more: tuple[tuple[str, str], ...] = ()  # pages with the rest, and what their links say


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """questions.html."""
    slots = (_slot(catalogue, *row) for row in _SLOT_QUESTIONS)
    answers = [_score(catalogue), *slots, _power(catalogue), _due(catalogue)]
    yield Page("questions.html", "questions.html", "Questions", "questions", {"answers": answers})


def _score(catalogue: Catalogue) -> Answer:
    """Every document that mentions a score, and how many were read that do not."""
    found: list[Said] = []
    with_it = characters = 0
    for meta in catalogue.metas:
        document = catalogue.document(meta.id)
        characters += len(document.text)
        match = _first_score(document.text)
        if match is None:
            continue
        with_it += 1
        leaf = next(p for p in document.provisions if p.leaf and p.start <= match.start() < p.end)
        words = _sentence(document.text, match.start(), leaf.text_start, leaf.text_end)
        href = catalogue.addresses.provision(meta.id, leaf.eid)
        found.append(Said(words, meta.name, catalogue.place(meta.id, leaf.eid), href))
    without = len(catalogue.metas) - with_it
    counted = (
        f"{without} of {len(catalogue.metas)} documents have none of the words {', '.join(_SCORE_WORDS)}. "
        f"{count(with_it, 'has', 'have')} one of them, quoted where it first stands. {characters:,} characters were searched."
    )
    return Answer("is-there-a-score", "Is there one score for everybody?", counted, tuple(found[: 2 * _SHOWN]), with_it)


def _first_score(text: str) -> re.Match[str] | None:
    """The first of the words; most texts are told by a plain search to have none."""
    lower = text.lower()
    return _SCORE.search(text) if any(stem in lower for stem in _SCORE_STEMS) else None


def _sentence(text: str, at: int, first: int, last: int) -> str:
    """The sentence around an offset, within first:last."""
    start = max((m.end() for m in _SENTENCE_END.finditer(text, first, at)), default=first)
    end = _SENTENCE_END.search(text, at, last)
    return plain(text[start : end.start() + 1 if end else last])


def _slot(catalogue: Catalogue, slot: str, anchor: str, question: str, told: str) -> Answer:
    """How many lists state, refer or are silent, and a quote from each of the first that state it."""
    entries = [e for e in catalogue.lists if e.record.list_kind is not ListKind.REDLIST]
    slots = [(e, s) for e in entries if (s := e.slot(slot))]
    stated = [(e, s) for e, s in slots if s.state is SlotState.STATED]
    refers = sum(1 for _, s in slots if s.state is SlotState.REFERS)
    quotes = []
    for entry, found in sorted(stated, key=lambda x: (x[0].meta.fidelity != "full", x[0].record.id)):
        fact = found.facts[0]
        basis = f", {fact.basis}" if fact.basis else ""
        digest = f" (digest{basis}: not the document's words)" if entry.meta.fidelity is Fidelity.DIGEST else ""
        source = f"{capital(entry.record.name)}, {entry.meta.name}{digest}"
        place = catalogue.place(entry.meta.id, fact.span.eid)
        quotes.append(Said(plain(fact.span.quote), source, place, catalogue.at(entry.meta.id, fact.span)))
    silent = [e for e, s in slots if s.state is SlotState.SILENT]
    unread = sum(e.meta.fidelity is Fidelity.DIGEST for e in silent)
    counted = " ".join(
        (
            f"Of {count(len(entries), 'list')}, redlists left out, {count(len(stated), 'says', 'say')} {told}.",
            f"{count(refers, 'refers', 'refer')} to another text." if refers else "",
            f"{count(len(silent) - unread, 'is', 'are')} silent in a text that was read whole.",
            f"Of {unread} more only a digest was at hand, which does not say." if unread else "",
        )
    )
    return Answer(anchor, question, counted, tuple(quotes[:_SHOWN]), len(stated), (("due-process.html", _ALL),))


def _power(catalogue: Catalogue) -> Answer:
    """The instruments that documents with lists name as their basis, and measures that name one."""
    with_lists = set(catalogue.lists_of)
    verbs = {CitationVerb.BASED_ON, CitationVerb.IN_ACCORDANCE_WITH}
    based = [r for r in catalogue.references if r.meta.id in with_lists and r.record.verb in verbs and r.record.title]
    by_document = {r.meta.id: r for r in reversed(based)}
    quotes = [
        Said(plain(r.record.title or r.record.span.quote), r.meta.name, r.place, r.href)
        for _, r in sorted(by_document.items(), key=lambda x: (x[1].meta.fidelity != "full", x[0]))
    ]
    measures = catalogue.consequences
    cited = sum(1 for c in measures if c.fact.legal_basis)
    counted = (
        f"{len(by_document)} of {len(with_lists)} documents with lists name an instrument they are based on. "
        f"{cited} of {len(measures)} statements of a measure cite a legal basis themselves."
    )
    return Answer(
        "which-law",
        "Which law gives the power?",
        counted,
        tuple(quotes[:_SHOWN]),
        len(quotes),
        (("measures.html", _ALL),),
    )


def _due(catalogue: Catalogue) -> Answer:
    """What had a last day in the plans' period, and whom it names; also where no document gives a day: Home leads here."""
    items = [i for i in catalogue.dated if i.last_day and i.last_day.year <= _PERIOD]
    own = [i for i in items if not i.of_plan]
    named = [i for i in items if any(not w.inferred for w in i.who)]
    first: dict[str, Item] = {}
    for item in sorted(own, key=lambda i: i.meta.fidelity is Fidelity.DIGEST):  # else in the order of days
        if any(not w.inferred for w in item.who):
            first.setdefault(item.meta.id, item)
    quotes = [_asked(item) for item in first.values()]
    counted = (
        f"{count(len(items), 'item')} of {count(len({i.meta.id for i in items}), 'document')} had a last day by the end of {_PERIOD}. "
        f"{count(len(own), 'names', 'name')} it in their own words, the others take it from the plan or a heading. "
        f"{count(len(named), 'names', 'name')} who must act. Whether it was done is not in the texts."
    )
    more = (
        ("roadmap.html", "All of them, by year"),
        ("bodies.html", "by body"),
        ("coverage.html", "and which of them a later document may answer"),
    )
    return Answer(
        "due-by-2020", f"What was due by {_PERIOD}, and of whom?", counted, tuple(quotes[:_SHOWN]), len(items), more
    )


def _asked(item: Item) -> Said:
    """An item: its sentence, who must act, and by when."""
    basis = f" (digest, {item.record.basis}: not the document's words)" if item.record.basis else ""
    who = ", ".join(w.name for w in item.who[:3])
    return Said(
        plain(item.record.span.quote), f"{who}, by {day(item.last_day)}: {item.meta.name}{basis}", item.place, item.href
    )
