"""Action items of whole small documents: acts, modality, doers and deadlines, whole lists compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.corpus import load_reference, source_from_text
from kb.extract import extract_facts
from kb.extract.context import Reading
from kb.extract.items import read_items
from kb.extract.nlp import load_nlp
from kb.extract.topics import Topics
from kb.model import ActionItem, Facts
from kb.parse import parse_document
from kb.paths import data_folder

CORPUS = data_folder("corpus")
REFERENCE, _ = load_reference(CORPUS / "reference")
NLP, TOPICS = load_nlp(REFERENCE), Topics(REFERENCE)

HEAD = """---
id: x-doc
title: "{title}"
kind: {kind}
level: national
issuers: [state-council]
region: CN
published: 2016-03-01
{horizon}fidelity: full
translation: "made for the tests"
licence: "CC BY 4.0"
---

# {title}

"""


def read(body: str, kind: str = "law", title: str = "Rules on Records") -> Facts:
    horizon = "horizon: 2016-01-01/2020-12-31\n" if kind == "plan" else ""
    source, _ = source_from_text(HEAD.format(kind=kind, title=title, horizon=horizon) + body + "\n", "x-doc.md")
    return extract_facts(parse_document(source), REFERENCE)


def short(item: ActionItem) -> tuple[str, str, tuple[str, ...]]:
    """Modality, act, printed doers."""
    doers = tuple(actor.span.quote for actor in item.actors if actor.span and not actor.inferred)
    return (item.modality.value, " ".join(item.action.quote.split()), doers)


RULES = [
    # one modal, several acts
    (
        "The tax authority shall keep the ledger, notify the payer and publish a notice.",
        [
            ("duty", "keep the ledger", ("tax authority",)),
            ("duty", "notify the payer", ("tax authority",)),
            ("duty", "publish a notice", ("tax authority",)),
        ],
    ),
    (
        "Operators shall collect, verify and store the records.",
        [("duty", "collect, verify and store the records", ("Operators",))],
    ),
    (
        "A carrier shall register the cargo and submit it to the port authority.",
        [("duty", "register the cargo and submit it to the port authority", ("carrier",))],
    ),
    (
        "Purchasers must not split a project or accept gifts.",
        [("prohibition", "split a project", ("Purchasers",)), ("prohibition", "accept gifts", ("Purchasers",))],
    ),
    (
        "The department shall return the file or destroy it.",
        [("duty", "return the file or destroy it", ("department",))],
    ),
    # conditions in front, pronouns
    (
        "Where a licensee moves its seat, it shall inform the issuing bureau within 10 days.",
        [("duty", "inform the issuing bureau", ("licensee",))],
    ),
    (
        "If the ministry finds that the report contains errors, the auditor may be heard.",
        [("permission", "be heard", ())],
    ),
    (
        "Where staff neglect their duties, abuse their powers or take bribes, sanctions are imposed in accordance with law.",
        [],
    ),
    (
        "When concluding contracts with banks, funds and insurers, small and micro enterprises shall state their size.",
        [("duty", "state their size", ("small and micro enterprises",))],
    ),
    # modality
    ("Any person has the right to consult the register.", [("right", "consult the register", ("person",))]),
    ("Employees are entitled to rest.", [("right", "rest", ("Employees",))]),
    ("No bank may charge a fee for this.", [("prohibition", "charge a fee for this", ("bank",))]),
    ("It is prohibited for agencies to sell data.", [("prohibition", "sell data", ("agencies",))]),
    ("It is forbidden to alter the seal.", [("prohibition", "alter the seal", ())]),
    ("Agencies are prohibited from selling data.", [("prohibition", "selling data", ("Agencies",))]),
    (
        "Hospitals are encouraged, within their means, to open their archives.",
        [("encouragement", "open their archives", ("Hospitals",))],
    ),
    ("The State encourages universities to train auditors.", [("encouragement", "train auditors", ("universities",))]),
    (
        "The State supports the growth of rating services and promotes their use.",
        [
            ("encouragement", "supports the growth of rating services", ("State",)),
            ("duty", "promotes their use", ("State",)),
        ],
    ),
    ("The council has the power to suspend the licence.", [("permission", "suspend the licence", ("council",))]),
    ("Importers are required to keep samples.", [("duty", "keep samples", ("Importers",))]),
    ("Schools are not allowed to disclose grades.", [("prohibition", "disclose grades", ("Schools",))]),
    ("The notice is to be served by the clerk.", [("duty", "be served by the clerk", ("clerk",))]),
    # present tense and passives with an agent
    ("The registry publishes the names.", [("duty", "publishes the names", ("registry",))]),
    (
        "County governments establish a record system and strengthen supervision.",
        [
            ("duty", "establish a record system", ("County governments",)),
            ("duty", "strengthen supervision", ("County governments",)),
        ],
    ),
    (
        "The bureau, together with the customs, draws up the catalogue.",
        [("duty", "draws up the catalogue", ("bureau", "customs"))],
    ),
    (
        "The standard is formulated by the health department of the State Council.",
        [
            (
                "duty",
                "formulated by the health department of the State Council",
                ("health department of the State Council",),
            )
        ],
    ),
    ("The bureau is responsible for licensing.", [("duty", "responsible for licensing", ("bureau",))]),
    # bodies
    (
        "The Ministry of Finance, banks and their staff shall keep secrets.",
        [("duty", "keep secrets", ("Ministry of Finance", "banks", "their staff"))],
    ),
    (
        "The departments of finance, taxation and public security shall exchange data.",
        [("duty", "exchange data", ("departments of finance, taxation and public security",))],
    ),
    (
        "Local people's governments at or above the county level shall fund the work.",
        [("duty", "fund the work", ("Local people's governments at or above the county level",))],
    ),
    ("Anyone who drives a bus shall hold a permit.", [("duty", "hold a permit", ("Anyone who drives a bus",))]),
    ("The draft compiled by the institute shall be published.", [("duty", "be published", ("institute",))]),
    # clauses behind a comma, edges
    (
        "The court shall hear the party, so that the facts become clear.",
        [("duty", "hear the party", ("court",))],
    ),
    (
        "The agency shall, by March 31 of each year, send a report to the ministry.",
        [("duty", "send a report to the ministry", ("agency",))],
    ),
    # no items
    ("These Measures apply to all carriers.", []),
    ("These Measures shall take effect on May 1, 2016.", []),
    ("The bureau is responsible for the interpretation of these Measures.", []),
    ("The term is calculated from the day of the decision.", []),
    ("Violators shall be held liable in accordance with law.", []),
    ('"Carrier" as used in these Measures refers to a person who carries goods.', []),
    ("The plan was adopted in 2014 and has been carried out since.", []),
    ("These Rules are formulated in order to protect consumers.", []),
    ("The old Rules shall be repealed at the same time.", []),
    ("Unless otherwise provided is void.", []),  # shorter than what a condition is looked through for
]


@pytest.mark.parametrize(("sentence", "expected"), RULES, ids=[row[0][:60] for row in RULES])
def test_reads_the_acts_of_a_sentence_of_rules(sentence: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert [short(item) for item in read(f"Article 1 {sentence}").items] == expected


PLANS = [
    (
        "Vigorously promote rating, improve the indicators, and publish them.",
        [("task", "promote rating", "2020-12-31"), ("task", "improve the indicators, and publish them", "2020-12-31")],
    ),
    (
        "By 2017, complete the platform and connect all counties.",
        [("task", "complete the platform", "2017-12-31"), ("task", "connect all counties", "2017-12-31")],
    ),
    (
        "Establish the register by 2016; complete the archive by 2017.",
        [("task", "Establish the register", "2016-12-31"), ("task", "complete the archive", "2017-12-31")],
    ),
    ("Departments shall file monthly reports.", [("duty", "file monthly reports", None)]),
    ("Record promises in a ledger.", [("task", "Record promises in a ledger", "2020-12-31")]),
    ("Market entities have confidence.", []),
    ("Encourage firms to disclose data by 2018.", [("encouragement", "disclose data", "2018-12-31")]),
]


@pytest.mark.parametrize(("sentence", "expected"), PLANS, ids=[row[0][:60] for row in PLANS])
def test_reads_tasks_of_a_plan_with_their_deadlines(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    items = read(f"## I. Main tasks\n\n(1) {sentence}", "plan", "Plan for Records (2016-2020)").items
    found = [
        (i.modality.value, i.action.quote, i.deadline.latest.isoformat() if i.deadline and i.deadline.latest else None)
        for i in items
    ]
    assert found == expected


def test_guiding_thought_and_principles_of_a_plan_give_no_tasks() -> None:
    body = "## I. Guiding thought\n\nImplement the spirit of the congress.\n\n## II. Tasks\n\nBuild the platform."
    assert [i.action.quote for i in read(body, "plan", "Plan (2016-2020)").items] == ["Build the platform"]


LISTS = [
    (
        "Article 1 The file shall include:\n\n(1) the name;\n\n(2) the address.",
        ["include: (1) the name; (2) the address"],
    ),
    (
        "Article 1 The bureau shall revoke the permit in any of the following circumstances:\n\n(1) the holder lied;\n\n(2) the holder died.",
        ["revoke the permit"],
    ),
    (
        "Article 1 The bodies divide the work as follows:\n\n(1) the finance bureau shall fund it;\n\n(2) the tax bureau shall audit it.",
        ["fund it", "audit it"],
    ),
    (
        "Article 1 Where a driver commits one of the following acts, the police shall issue a warning:\n\n(1) speeding;\n\n(2) parking on a bridge.",
        ["issue a warning"],
    ),
    (
        "Article 1 The council may take the following measures:\n\n(1) inspecting premises;\n\n(2) sealing documents.",
        ["take the following measures: (1) inspecting premises; (2) sealing documents"],
    ),
]


@pytest.mark.parametrize(("body", "expected"), LISTS, ids=[row[0][10:50] for row in LISTS])
def test_lead_ins_and_points(body: str, expected: list[str]) -> None:
    assert [" ".join(item.action.quote.split()) for item in read(body).items] == expected


BRACKETS = [
    (
        "Build it. (Lead unit: County Tax Bureau; cooperating units: County Police Bureau, County Court)",
        ["lead", "cooperating", "cooperating"],
    ),
    ("Build it. [NDRC, PBOC responsible]", ["responsible", "responsible"]),
    ("Build it. (Led by the Tax Bureau, with the participation of the Police Bureau)", ["lead", "cooperating"]),
    (
        "Build it. (The Tax Bureau takes the lead; the Police Bureau and the Court cooperate)",
        ["lead", "cooperating", "cooperating"],
    ),
    ("Build it. (County Tax Bureau, Police Bureau and County Court, each within its own duties)", ["responsible"] * 3),
    ("Build it. (The Tax Bureau and the Court are responsible, by the end of 2016)", ["responsible", "responsible"]),
    ("Build it. (County Tax Bureau)", ["responsible"]),
    ("Build it (the second phase of the park).", []),
    ("Build it (see the annex).", []),
]


@pytest.mark.parametrize(("text", "roles"), BRACKETS, ids=[row[0] for row in BRACKETS])
def test_brackets_allot_roles(text: str, roles: list[str]) -> None:
    (item,) = read(f"## I. Tasks\n\n(1) {text}", "plan", "Plan (2016-2020)").items
    assert [actor.role.value for actor in item.actors if actor.span] == roles


def test_a_label_opens_a_sentence_on_its_line_and_a_wrapped_line_goes_on() -> None:
    facts = read(
        "## Measures\n\nRestrict the issue of bonds by them\n   Basis: Law on Bonds\n   Carried out by: Tax Bureau, Port Bureau\n\n## Term\n\nThree years."
    )
    assert [short(item) for item in facts.items] == [
        ("duty", "Restrict the issue of bonds by them", ("Tax Bureau", "Port Bureau"))
    ]
    facts = read("The bureau shall publish the roll of the\nMinistry Bulletin: a weekly paper.")
    assert [short(item)[1] for item in facts.items] == ["publish the roll of the Ministry Bulletin"]


def test_a_digest_says_that_its_bodies_are_inferred() -> None:
    (item,) = read("## I. Tasks\n\nBuild it. (Responsible body inferred: NDRC)", "plan", "Plan (2016-2020)").items
    assert [(actor.agency, actor.inferred) for actor in item.actors] == [("ndrc", True)]


def test_a_bracket_covers_only_items_without_a_doer_of_their_own() -> None:
    body = "## I. Tasks\n\n(1) Build it. The Court shall test it. (County Tax Bureau)"
    found = [[a.span.quote for a in item.actors if a.span] for item in read(body, "plan", "Plan (2016-2020)").items]
    assert found == [["County Tax Bureau"], ["Court"]]


def test_a_limit_in_the_lead_in_passes_to_the_points() -> None:
    body = "## I. Tasks\n\nThe following work shall be completed within 2017:\n\n(1) Open the window. (Tax Bureau)\n\n(2) Train clerks. (Court)"
    items = read(body, "plan", "Plan (2016-2020)").items
    assert [(i.action.quote, i.deadline and str(i.deadline.latest)) for i in items] == [
        ("Open the window", "2017-12-31"),
        ("Train clerks", "2017-12-31"),
    ]


STAGES = [
    (
        "(1) Preparation (by the end of May 2018): Draw up the list and set up the group.\n\n(2) Checks (June to August 2018): Inspect all quays. Record it.",
        ["2018-05-31", "2018-05-31", "2018-08-31", "2018-08-31"],
    ),
    (
        "First stage (March 2018 – May 2018): Draw up the list.\n\nSecond stage (June – December 2018): Dredge the bay.",
        ["2018-05-31", "2018-12-31"],
    ),
    (
        "Stage I: Preparation (before June 2018). Draw up the list.\n\nStage II: Checks (June to August 2018). Inspect all quays.",
        ["2018-05-31", "2018-08-31"],
    ),
    (
        "March 2018: draw up the list; hold a meeting.\n\nQ2 2018: inspect all quays.\n\nIn 2019: dredge the bay.",
        ["2018-03-31", "2018-03-31", "2018-06-30", "2019-12-31"],
    ),
    (
        "Short term (by the end of 2018): dredge the bay. Long term (by the end of 2019): build the mole.",
        ["2018-12-31", "2019-12-31"],
    ),
    ("Aim (see Annex 2018): dredge the bay.", ["2020-12-31"]),
]


@pytest.mark.parametrize(("body", "days"), STAGES, ids=[row[0][:40] for row in STAGES])
def test_a_limit_in_the_label_of_a_stage_is_that_of_its_work(body: str, days: list[str]) -> None:
    items = read(f"## I. Steps\n\n{body}", "plan", "Plan (2016-2020)").items
    assert [str(i.deadline.latest) for i in items if i.deadline] == days


def test_ids_count_within_the_provision_and_every_span_quotes_the_text() -> None:
    facts = read("Article 1 The bureau shall keep it and publish the list.\n\nArticle 2 Banks may lend.")
    assert [item.id for item in facts.items] == ["x-doc#art_1~1", "x-doc#art_1~2", "x-doc#art_2~1"]


WORDS = st.sampled_from(
    "the bureau shall may not and , ; : ( ) [ ] “ ” . where that which it establish reports plan by 2017 within days of to is published No units".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_any_row_of_words_is_read_and_quoted_truly(words: list[str]) -> None:
    body = "Article 1 " + " ".join(words)
    source, _ = source_from_text(HEAD.format(kind="law", title="Rules", horizon="") + body + "\n", "x-doc.md")
    document = parse_document(source)
    for item in extract_facts(document, REFERENCE).items:
        assert document.text[item.action.start : item.action.end] == item.action.quote
        assert item.span.start <= item.action.start < item.action.end <= item.span.end


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.md"))[::9], ids=lambda path: path.stem)
def test_items_of_the_corpus_lie_in_their_spans_and_have_unique_ids(path: Path) -> None:
    document = parse_document(source_from_text(path.read_text(encoding="utf-8"), path.name)[0])
    items = extract_facts(document, REFERENCE).items
    assert len({item.id for item in items}) == len(items)
    for item in items:
        assert document.text[item.action.start : item.action.end] == item.action.quote
        assert item.span.start <= item.action.start < item.action.end <= item.span.end


HOSTILE = [
    "where it ",
    "shall ",
    "the bureau, ",
    "and record ",
    "that which ",
    "( lead: ",
    "by the bureau ",
    "and shall not, ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_grows_with_the_text_not_with_its_square(piece: str, least_seconds: Callable[..., float]) -> None:
    def seconds(count: int) -> float:
        body = f"Article 1 {piece * count}.\n"
        source, _ = source_from_text(HEAD.format(kind="law", title="R", horizon="") + body, "x.md")
        reading = Reading(document := parse_document(source), NLP(document.text))
        return least_seconds([partial(read_items, reading, (), (), (), TOPICS)] * 3)

    small, large = seconds(1_500), seconds(12_000)
    assert large < 40 * small + 0.1  # eight times the text; its square would be 64
