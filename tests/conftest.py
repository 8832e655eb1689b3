"""A small base whose facts are written by hand, for everything that reads a base; the browser; the measure of growth."""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from kb.corpus import source_from_text
from kb.model import (
    SLOTS,
    ActionItem,
    Actor,
    Alias,
    Body,
    Citation,
    CitationVerb,
    Document,
    Facts,
    Label,
    ListKind,
    ListStandard,
    Modality,
    Origin,
    Reference,
    Role,
    Slot,
    SlotFact,
    SlotState,
    Span,
    Strength,
    Term,
    Time,
    TimeType,
)
from kb.parse import parse_document
from kb.store import write_base

PLAN = """---
id: cn-plan-2014
title: "Outline for Honest Commerce (2014-2020)"
short_title: "Honest Commerce Outline"
title_zh: "诚信商务规划纲要（2014—2020年）"
doc_number: "Guofa (2014) No. 21"
kind: plan
level: national
issuers: [sc]
region: CN
published: 2014-06-14
horizon: 2014-01-01/2020-12-31
fidelity: full
translation: "made for this project"
licence: "CC BY 4.0"
---
# Outline for Honest Commerce (2014-2020)

## I. Records

(1) By the end of 2017, SAIC shall complete the register of sellers, and NDRC shall publish a catalogue by June 30, 2019.

(2) Improve the credit files of sellers.

(3) Sellers are encouraged to publish promises.

(4) SAIC shall report on progress before January 31 every year.

## II. Lists

(1) Establish a blacklist of dishonest sellers.
"""

RULES = """---
id: cn-xx-rules-2017
title: "Seller Credit Rules"
kind: local-regulation
level: provincial
issuers: [xx-pc]
region: CN-SH
adopted: 2017-06-01
published: 2017-06-20
effective: 2017-10-01
implements: [cn-plan-2014]
fidelity: full
translation: "made for this project"
licence: "CC BY 4.0"
---
# Seller Credit Rules

Article 1. These Rules implement the Outline for Honest Commerce. The market regulator shall keep a blacklist of dishonest sellers.

Article 2. A seller that sold fake goods twice is put on the blacklist of dishonest sellers. It stays there for three years.

Article 3. The market regulator shall answer an objection within 7 working days of receipt.

Article 4. Listed sellers must not bid for public contracts.
"""

REFERENCE = Reference(
    bodies=(
        Body(id="ndrc", name="National Development and Reform Commission", level="national", abbreviations=("NDRC",), name_zh="国家发展和改革委员会"),
        Body(id="sc", name="State Council", level="national"),
        Body(
            id="saic", name="State Administration for Industry and Commerce", level="national", abbreviations=("SAIC",),
            until=date(2018, 3, 31), successor="samr",
        ),
        Body(
            id="samr", name="State Administration for Market Regulation", level="national", abbreviations=("SAMR",),
            since=date(2018, 3, 1), aliases=(Alias(name="State Market Regulatory Administration"),),
        ),
        Body(id="xx-pc", name="Standing Committee of the Provincial People's Congress", level="provincial"),
    ),
    fields=(Label(id="internet", name="Internet"), Label(id="distribution", name="Distribution and trade")),
    areas=(Label(id="commercial", name="Commercial affairs"),),
    glossary=(
        Term(
            zh="失信被执行人", preferred="judgment defaulter", pinyin="shixin bei zhixing ren",
            variants=("dishonest judgment debtor",), not_same_as=("untrustworthy entity",),
        ),
    ),
)  # fmt: skip


class Reader:
    """Makes facts of a document by hand: words are looked up in the body, so that every span quotes it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.counts: dict[str, int] = {}

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        leaf = next(p for p in self.document.provisions if p.leaf and p.start <= start < p.end)
        return Span(eid=leaf.eid, start=start, end=start + len(words), quote=words)

    def item(
        self, action: str, modality: str, *actors: tuple[str, str], deadline: Time | None = None, **more: object
    ) -> ActionItem:
        span = self.span(action)
        self.counts[span.eid] = self.counts.get(span.eid, 0) + 1
        graded = 2 + bool(actors) + bool(deadline)
        values: dict[str, object] = {"strength": Strength.MUST, "area": "commercial", "trackability": graded, **more}
        return ActionItem(
            id=f"{self.document.id}#{span.eid}~{self.counts[span.eid]}",
            document=self.document.id,
            eid=span.eid,
            span=span,
            action=span,
            modality=Modality(modality),
            rule="by-hand",
            actors=tuple(Actor(role=Role.RESPONSIBLE, rule="by-hand", span=self.span(w) if w else None, agency=a, inferred=not w) for w, a in actors),
            deadline=deadline,
            fingerprint=hashlib.sha256(action.encode()).hexdigest()[:12],
            **values,  # type: ignore[arg-type]
        )  # fmt: skip

    def facts(self, *items: ActionItem, **more: object) -> Facts:
        return Facts(document=self.document.id, sha256=self.document.sha256, items=items, **more)  # type: ignore[arg-type]


class World:
    """The documents, facts and tables of the small base."""

    def __init__(self, plan_text: str = PLAN, rules_text: str = RULES) -> None:
        self.plan, self.rules = (_document(text) for text in (plan_text, rules_text))
        self.documents = (self.plan, self.rules)
        self.facts = (_plan_facts(Reader(self.plan)), _rules_facts(Reader(self.rules)))
        self.reference = REFERENCE
        self.items = tuple(item for facts in self.facts for item in facts.items)
        self.metadata = tuple(document.meta for document in self.documents)

    def write(self, path: Path) -> Path:
        write_base(path, self.documents, self.facts, self.reference, "digest-of-the-small-base")
        return path


def _document(text: str) -> Document:
    source, problems = source_from_text(text, "corpus/x.md")
    assert problems == []
    return parse_document(source)


def _plan_facts(read: Reader) -> Facts:
    horizon = Time(type=TimeType.PERIOD, rule="plan-horizon", latest=date(2020, 12, 31), origin=Origin.INHERITED)
    by_2017 = Time(
        type=TimeType.DEADLINE,
        rule="by-end-of-year",
        span=read.span("By the end of 2017"),
        latest=date(2017, 12, 31),
        precision="year",
    )
    by_june = Time(
        type=TimeType.DEADLINE,
        rule="by-day",
        span=read.span("by June 30, 2019"),
        latest=date(2019, 6, 30),
        precision="day",
    )
    yearly = Time(
        type=TimeType.RECURRENCE, rule="before-day-every-year", span=read.span("before January 31 every year"),
        rrule="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31",
    )  # fmt: skip
    return read.facts(
        read.item(
            "complete the register of sellers", "duty", ("SAIC", "saic"), deadline=by_2017, fields=("distribution",)
        ),
        read.item("publish a catalogue", "duty", ("NDRC", "ndrc"), deadline=by_june),
        read.item("Improve the credit files of sellers", "task", deadline=horizon, strength=Strength.SHOULD),
        read.item("publish promises", "encouragement", ("Sellers", ""), strength=Strength.ENCOURAGED),
        read.item("report on progress", "duty", ("SAIC", "saic"), deadline=yearly),
        read.item("Establish a blacklist of dishonest sellers", "task", trackability=2),
    )


def _rules_facts(read: Reader) -> Facts:
    within = Time(
        type=TimeType.RELATIVE_DURATION, rule="within-working-days", span=read.span("within 7 working days"), duration="P7D",
        unit="working-day", bound="max", trigger=read.span("receipt"),
    )  # fmt: skip
    stated = {
        "entry": (SlotFact(span=read.span("A seller that sold fake goods twice"), rule="by-hand"),),
        "term": (SlotFact(span=read.span("for three years"), rule="by-hand"),),
    }
    slots = tuple(
        Slot(
            name=n,
            state=SlotState.STATED if n in stated else SlotState.SILENT,
            facts=stated.get(n, ()),
            read=("art_2",),
        )
        for n in SLOTS
    )
    sellers = ListStandard(
        id="cn-xx-rules-2017#list-dishonest-sellers", document="cn-xx-rules-2017", name="blacklist of dishonest sellers",
        list_kind=ListKind.BLACKLIST, span=read.span("blacklist of dishonest sellers"), rule="by-hand", slots=slots,
    )  # fmt: skip
    citation = Citation(
        span=read.span("Outline for Honest Commerce"), rule="by-hand", verb=CitationVerb.IMPLEMENTS, target="cn-plan-2014",
        title="Outline for Honest Commerce",
    )  # fmt: skip
    return read.facts(
        read.item("keep a blacklist of dishonest sellers", "duty", ("market regulator", "")),
        read.item("answer an objection", "duty", ("market regulator", ""), deadline=within),
        read.item("bid for public contracts", "prohibition", ("Listed sellers", "")),
        lists=(sellers,),
        citations=(citation,),
    )


@pytest.fixture(scope="session")
def world() -> World:
    """The small base as records."""
    return World()


@pytest.fixture(scope="session")
def make_world() -> Callable[..., World]:
    """Makes the small base of other texts, for what happens when a corpus is edited."""
    return World


@pytest.fixture(scope="session")
def texts() -> tuple[str, str]:
    """The two documents of the small base."""
    return PLAN, RULES


@pytest.fixture(scope="session")
def least_seconds() -> Callable[[Iterable[Callable[[], object]]], float]:
    """Measures the processor time of the quickest of some runs of the same work, for tests of growth.

    The garbage collector rests meanwhile: its share grows with all that the tests hold, not with the text that is read.
    """

    def measure(runs: Iterable[Callable[[], object]]) -> float:
        measured = []
        for run in runs:
            gc.disable()
            begin = time.process_time()
            try:
                run()
            finally:
                measured.append(time.process_time() - begin)
                gc.enable()
        return min(measured)

    return measure


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    spec = importlib.util.spec_from_file_location("ci_browser", Path(__file__).parent.parent / ".ci" / "browser.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
