"""Patterns of whole sentences that were misread once: rows of verbs, names with "and" inside, brackets with limits, doubts."""

from __future__ import annotations

import pytest

from kb.corpus import load_reference, source_from_text
from kb.extract import extract_facts
from kb.model import ActionItem, Facts
from kb.parse import parse_document
from kb.paths import data_folder

REFERENCE, _ = load_reference(data_folder("corpus") / "reference")
HEAD = (
    '---\nid: x-doc\ntitle: "{title}"\nkind: {kind}\nlevel: national\nissuers: [state-council]\nregion: CN\npublished: 2016-03-01\n'
    '{horizon}fidelity: full\ntranslation: "made for the tests"\nlicence: "CC BY 4.0"\n---\n\n# {title}\n\n'
)


def read(body: str, kind: str = "law", title: str = "Rules on Records") -> Facts:
    horizon = "horizon: 2016-01-01/2020-12-31\n" if kind == "plan" else ""
    source, _ = source_from_text(HEAD.format(kind=kind, title=title, horizon=horizon) + body + "\n", "x-doc.md")
    return extract_facts(parse_document(source), REFERENCE)


def short(item: ActionItem) -> tuple[str, str, tuple[str, ...]]:
    """Modality, act, printed doers."""
    doers = tuple(actor.span.quote for actor in item.actors if actor.span and not actor.inferred)
    return (item.modality.value, " ".join(item.action.quote.split()), doers)


ACTS = [
    (
        "Chambers shall keep rolls, guide and urge members to trade fairly, settle disputes, and assist the courts.",
        ["keep rolls", "guide and urge members to trade fairly", "settle disputes", "assist the courts"],
    ),
    (
        "Counties shall include the ports in their plans, guarantee working capital, and advance the fleet.",
        ["include the ports in their plans", "guarantee working capital", "advance the fleet"],
    ),
    ("Pilots shall cooperate, accept questioning and keep a log.", ["cooperate", "accept questioning", "keep a log"]),
    ("Buyers shall consume rationally, take care of receipts.", ["consume rationally", "take care of receipts"]),
    ("The clerk may copy, print or photograph the deeds.", ["copy, print or photograph the deeds"]),
    (
        "Debtors are not permitted to stay in luxury inns, or to send gifts abroad.",
        ["stay in luxury inns", "send gifts abroad"],
    ),
    (
        "The port office shall guide carriers in establishing stores for goods to pass, and strengthen supervision.",
        ["guide carriers in establishing stores for goods to pass", "strengthen supervision"],
    ),
    (
        "Dealers may collect data as agreed with clients such as members, guests or operators, must not force them, and must not sell it.",
        ["collect data as agreed with clients such as members, guests or operators", "force them", "sell it"],
    ),
    (
        "The council shall follow the principles of candour, prudence, thrift and calm and ensure safety, must not leak secrets.",
        ["follow the principles of candour, prudence, thrift and calm", "ensure safety", "leak secrets"],
    ),
    (
        "The court will set up a desk for heirs and, together with the notaries, will publish a guide.",
        ["set up a desk for heirs", "publish a guide"],
    ),
    (
        "The department shall, on the principle of prudence, together with the banks compile the roll, and publish it.",
        ["compile the roll, and publish it"],
    ),
    ("The bureau shall collect in accordance with law and truthfully store the slips.",
     ["collect in accordance with law and truthfully store the slips"]),
    (
        "The clerk has the right, by visits and by other means, to inspect the stores.",
        ["inspect the stores"],
    ),
    (
        "The board shall order the debtor to submit vouchers, accounting books, and other papers.",
        ["order the debtor to submit vouchers, accounting books, and other papers"],
    ),
    ("Tenants have the right to complain in accordance with law, or to apply for a hearing.", ["complain in accordance with law", "apply for a hearing"]),
    ("The office shall keep a catalogue, updated every year.", ["keep a catalogue"]),
    ("No unit may collect slips, or unlawfully buy, sell or lend them.", ["collect slips", "buy, sell or lend them"]),
    ("Departments, such as housing and urban-rural development, transport and water resources, oversee the sites.", ["oversee the sites"]),
    ("The police impose detention of not more than 5 days.", ["impose detention of not more than 5 days"]),
    (
        "The bureau shall enter dealers on the roll (the red roll) where they commit one of the following acts: lying, cheating.",
        ["enter dealers on the roll"],
    ),
    ("The bureau shall run trials in key fields: food, drugs and water.", ["run trials in key fields: food, drugs and water"]),
    ("The term slip refers to papers issued by a shop that a buyer may redeem for goods only.", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), ACTS, ids=[row[0][:60] for row in ACTS])
def test_acts_of_rows_of_verbs(sentence: str, expected: list[str]) -> None:
    assert [" ".join(item.action.quote.split()) for item in read(f"Article 1 {sentence}").items] == expected


BODIES = [
    (
        "Where a dealer lies, the enforcement office for cards orders it to amend the slip.",
        [("duty", "orders it to amend the slip", ("enforcement office for cards",))],
    ),
    (
        "Where a thing is lost or there are other reasons, that claimant for refunds pays the fee.",
        [("duty", "pays the fee", ("claimant for refunds",))],
    ),
    (
        "The governments of provinces and cities directly under the centre lead publicity work in their areas.",
        [
            (
                "duty",
                "lead publicity work in their areas",
                ("governments of provinces and cities directly under the centre",),
            )
        ],
    ),
    (
        "Where an operator, in the course of trade, unlawfully takes deposits, commits fraud or the like, the security office and other departments handle the matter.",
        [("duty", "handle the matter", ("security office", "other departments"))],
    ),
    (
        "The housing and urban-rural development department and the development and reform commission shall meet monthly.",
        [
            (
                "duty",
                "meet",
                ("housing and urban-rural development department", "development and reform commission"),
            )
        ],
    ),
    (
        "The credit offices under the development and reform departments are responsible for the ledger.",
        [("duty", "responsible for the ledger", ("credit offices under the development and reform departments",))],
    ),
    ("The supervision and administration of cards shall adhere to order.", [("duty", "adhere to order", ())]),
    (
        "Its office, set up in the finance bureau, undertakes the daily work.",
        [("duty", "undertakes the daily work", ("Its office",))],
    ),
    (
        "Units taking part in the fair shall report the results to the court.",
        [("duty", "report the results to the court", ("Units taking part in the fair",))],
    ),
    (
        "Where, according to the needs of the case, the tribunal again orders a new report, it shall issue a form.",
        [("duty", "issue a form", ("tribunal",))],
    ),
    (
        "The costs are borne by the person subject to enforcement.",
        [("duty", "borne by the person subject to enforcement", ("person subject to enforcement",))],
    ),
    ("The joint conference holds a meeting.", [("duty", "holds a meeting", ("joint conference",))]),
    (
        "The entry is deleted by the bureau of the province or by the bureau of the city.",
        [
            (
                "duty",
                "deleted by the bureau of the province or by the bureau of the city",
                ("bureau of the province", "bureau of the city"),
            )
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), BODIES, ids=[row[0][:60] for row in BODIES])
def test_bodies_and_their_verbs(sentence: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert [short(item) for item in read(f"Article 1 {sentence}").items] == expected


def test_what_a_prohibition_forbids_in_its_points_is_its_act() -> None:
    body = "Article 1 Dealers must not engage in the following conduct:\n\n(1) lying;\n\n(2) cheating."
    assert [" ".join(i.action.quote.split()) for i in read(body).items] == [
        "engage in the following conduct: (1) lying; (2) cheating"
    ]


def test_the_name_of_a_body_may_run_over_a_line_end() -> None:
    body = "Article 1 The Harbour Sub-branch of the People's Bank of\nChina guides banks to lower rates."
    (item,) = read(body).items
    assert [(actor.agency, " ".join(actor.span.quote.split())) for actor in item.actors if actor.span] == [
        ("pboc", "Harbour Sub-branch of the People's Bank of China")
    ]


def test_a_kind_of_conduct_is_no_act() -> None:
    body = "Article 1 The following is serious:\n\n(1) conduct such as refusing to serve;\n\n(2) fraud."
    assert read(body).items == ()


LIMITS = [
    ("(Led by the Tax Bureau; participating units: Police Bureau, Court; time limit: by the end of June 2019)", ["lead", "cooperating", "cooperating"], "2019-06-30 explicit"),
    ("【Responsible units: Tax Bureau, Court; completion time: before the end of 2018】", ["responsible", "responsible"], "2018-12-31 explicit"),
    ("(Time limit: by the end of 2017)", [], "2017-12-31 explicit"),
    ("(Lead unit: Tax Bureau; time limit: long term)", ["lead"], ""),
    ("(Lead, each for its part: Tax Bureau; Police Bureau)", ["lead", "lead"], "2020-12-31 inherited"),
    ("[Tax Bureau and Court by their duties]", ["responsible", "responsible"], "2020-12-31 inherited"),
]  # fmt: skip


@pytest.mark.parametrize(("bracket", "roles", "due"), LIMITS, ids=[row[0] for row in LIMITS])
def test_brackets_with_limits(bracket: str, roles: list[str], due: str) -> None:
    (item,) = read(f"## I. Tasks\n\n(1) Build it. {bracket}", "plan", "Plan (2016-2020)").items
    found = item.deadline
    assert [actor.role.value for actor in item.actors if actor.span] == roles
    assert (f"{found.latest} {found.origin.value}" if found else "") == due


def test_a_time_of_its_own_outranks_the_bracket() -> None:
    body = "## I. Tasks\n\n(1) Build it by 2017; test it. (Lead unit: Tax Bureau; time limit: by the end of 2019)"
    found = [i.deadline and str(i.deadline.latest) for i in read(body, "plan", "Plan (2016-2020)").items]
    assert found == ["2017-12-31", "2019-12-31"]


def test_a_foundation_that_is_laid_is_a_task_not_a_foundation_that_stands() -> None:
    body = "## I. Laying a sound foundation of data\n\nBuild the platform.\n\n## II. Foundation and situation\n\nTrain the clerks."
    assert [i.action.quote for i in read(body, "plan", "Plan (2016-2020)").items] == ["Build the platform"]


def test_opinions_ask_for_duties_and_their_guiding_thought_for_nothing() -> None:
    body = "## I. Guiding thought\n\nImplement the spirit.\n\n## II. Tasks\n\nBuild the platform by 2017."
    items = read(body, "normative-document", "Opinions on Records").items
    assert [(i.modality.value, i.action.quote) for i in items] == [("duty", "Build the platform")]


DOUBTS = [
    ("The bureau shall keep the list.", ""),
    ("The bureau shall gleamify the list.", "the verb is in no table"),
    ("It shall keep the list.", "no body is named that the pronoun can stand for"),
    ("Work hard on records.", "the first word may be a noun"),
]


@pytest.mark.parametrize(("sentence", "why"), DOUBTS, ids=[row[0] for row in DOUBTS])
def test_weak_readings_say_why(sentence: str, why: str) -> None:
    (item,) = read(f"Article 1 {sentence}").items
    assert (item.doubt, item.certain) == (why, not why)


def test_a_body_of_another_paragraph_is_a_weak_reading() -> None:
    items: tuple[ActionItem, ...] = read(
        "Article 1 The bureau shall keep the list.\n\nThe list shall be published."
    ).items
    assert [item.doubt for item in items] == ["", "the body is named in another paragraph"]
