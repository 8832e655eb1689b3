"""Norms as translators of other schools put them: "is required to", "sees to it that", the plain present, agents behind "by".

Each row holds the acts of a text in order, with modality and printed doers; None stands for a text without an act.
"""

from __future__ import annotations

import pytest

from kb.corpus import load_reference, source_from_text
from kb.extract import extract_facts
from kb.model import ActionItem, Facts
from kb.parse import parse_document
from kb.paths import data_folder

REFERENCE, _ = load_reference(data_folder("corpus") / "reference")
HEAD = (
    '---\nid: x-doc\ntitle: "Rules on Boats"\nkind: law\nlevel: national\nissuers: [state-council]\nregion: CN\npublished: 2016-03-01\n'
    'fidelity: full\ntranslation: "made for the tests"\nlicence: "CC BY 4.0"\n---\n\n# Rules on Boats\n\n'
)


def read(body: str) -> Facts:
    source, _ = source_from_text(HEAD + body + "\n", "x-doc.md")
    return extract_facts(parse_document(source), REFERENCE)


def short(item: ActionItem) -> tuple[str, str, tuple[str, ...]]:
    """Modality, act, printed doers."""
    doers = tuple(actor.span.quote for actor in item.actors if actor.span and not actor.inferred)
    return (item.modality.value, " ".join(item.action.quote.split()), doers)


BUREAU = ("port bureau",)

CASES = [
    # rows of infinitives behind one "to"
    (
        "Ferry associations are required to keep rolls, to train their members, and to report accidents.",
        [("duty", act, ("Ferry associations",)) for act in ("keep rolls", "train their members", "report accidents")],
    ),
    (
        "Skippers are obliged to know the river, to ensure that lamps are lit, and to submit to inspection.",
        [
            ("duty", act, ("Skippers",))
            for act in ("know the river", "ensure that lamps are lit", "submit to inspection")
        ],
    ),
    (
        "Skippers have the right to refuse a tow, to choose a berth, and to lodge a complaint.",
        [("right", act, ("Skippers",)) for act in ("refuse a tow", "choose a berth", "lodge a complaint")],
    ),
    (
        "The port bureau is to build a quay, to ensure safety.",
        [("duty", "build a quay, to ensure safety", BUREAU)],
    ),
    # answerable, see to it, make sure
    ("The port bureau is answerable for the buoys.", [("duty", "answerable for the buoys", BUREAU)]),
    (
        "Skippers are obliged to see to it, as a rule, that ropes are dry.",
        [("duty", "see to it, as a rule, that ropes are dry", ("Skippers",))],
    ),
    (
        "The port bureau is required to make sure that wrecks can be found and lifted.",
        [("duty", "make sure that wrecks can be found and lifted", BUREAU)],
    ),
    # the plain present
    ("The port bureau sets up one register for all boats.", [("duty", "sets up one register for all boats", BUREAU)]),
    (
        "The port bureau, jointly with the department, lays down uniform standards, sets up a mast and enters it.",
        [
            ("duty", "lays down uniform standards", ("port bureau", "department")),
            ("duty", "sets up a mast and enters it", ("port bureau", "department")),
        ],
    ),
    (
        "The port bureau orders it to make repairs and gives it a warning.",
        [("duty", "orders it to make repairs", BUREAU), ("duty", "gives it a warning", BUREAU)],
    ),
    (
        "The port bureau impounds the boat and returns it.",
        [("duty", "impounds the boat and returns it", BUREAU)],
    ),
    (
        "Where a boat leaks, the bureau at county level or above seals the boat and imposes a fine.",
        [
            ("duty", "seals the boat", ("bureau at county level or above",)),
            ("duty", "imposes a fine", ("bureau at county level or above",)),
        ],
    ),
    ("Tenderers deal with questions in writing.", [("duty", "deal with questions in writing", ("Tenderers",))]),
    ("In slight cases the port bureau gives a warning.", [("duty", "gives a warning", BUREAU)]),
    (
        "The boat is, once the mayor has agreed, entered in the register by the port bureau.",
        [("duty", "entered in the register by the port bureau", BUREAU)],
    ),
    # denials and exceptions
    (
        "Skippers must not smoke, nor may they charge fees.",
        [("prohibition", "smoke", ("Skippers",)), ("prohibition", "charge fees", ("Skippers",))],
    ),
    (
        "The fee must not be raised unless the mayor agrees.",
        [("prohibition", "be raised", ())],
    ),
    ("Sailing may be resumed only if the bureau has tested the boat.", [("permission", "be resumed", ())]),
    # agents and names
    (
        "Charts shall be kept by the departments in charge of charts in the industries concerned and other departments concerned, and copies shall be sold.",
        [
            (
                "duty",
                "be kept by the departments in charge of charts in the industries concerned and other departments concerned",
                ("departments in charge of charts in the industries concerned", "other departments concerned"),
            ),
            (
                "duty",
                "be sold",
                ("departments in charge of charts in the industries concerned", "other departments concerned"),
            ),
        ],
    ),
    (
        "Files shall be set up for skippers and the persons concerned by the port bureau.",
        [("duty", "be set up for skippers and the persons concerned by the port bureau", BUREAU)],
    ),
    (
        "Where the harm is grave, the port bureau dismisses the head, the mates directly responsible and other persons, and the department which issued it revokes the licence.",
        [
            ("duty", "dismisses the head, the mates directly responsible and other persons", BUREAU),
            ("duty", "revokes the licence", ("department which issued it",)),
        ],
    ),
    (
        "The port bureau must record errors of skippers, tendering agencies and others, and publish them.",
        [("duty", "record errors of skippers, tendering agencies and others, and publish them", BUREAU)],
    ),
    # relative clauses and conditions that go on
    (
        "Goods that have spoiled and need to be burnt must be handed to the port bureau.",
        [("duty", "be handed to the port bureau", ())],
    ),
    (
        "Anyone who needs to moor must ask the skipper and pay the fee.",
        [
            ("duty", "ask the skipper", ("Anyone who needs to moor",)),
            ("duty", "pay the fee", ("Anyone who needs to moor",)),
        ],
    ),
    ("Where a hull is cracked or nets are used by a skipper to hide it, the matter is dealt with.", None),
    ("Skippers who practise favouritism for gain, abuse their post or neglect their duty are sanctioned.", None),
    # whom a relative clause makes known, and whom not
    (
        "A unit which receives a call must answer it.",
        [("duty", "answer it", ("unit which receives a call",))],
    ),
    ("A judgment debtor who owns a boat must declare it.", [("duty", "declare it", ("judgment debtor",))]),
    ("A body of rules for boats will be in use.", [("duty", "be in use", ())]),
    (
        "Where a port errs, its superior organ or the department in charge of it orders the repairs.",
        [("duty", "orders the repairs", ("its superior organ", "department in charge of it"))],
    ),
    (
        "The port bureau decides that the clerk is to leave and notifies the mayor.",
        [("duty", "decides that the clerk is to leave", BUREAU), ("duty", "notifies the mayor", BUREAU)],
    ),
    ("Residents are entitled to be vaccinated.", [("right", "be vaccinated", ("Residents",))]),
    (
        "Every individual and organisation using boats must keep them dry.",
        [("duty", "keep them dry", ("individual", "organisation using boats"))],
    ),
    (
        "Guilds train skippers. They rent boats, they guide the crews, and they protect the bay.",
        [
            ("duty", "train skippers", ("Guilds",)),
            ("duty", "rent boats", ()),
            ("duty", "guide the crews", ()),
            ("duty", "protect the bay", ()),
        ],
    ),
    (
        "Skippers must not collect tips, except where they have told the port and have obtained leave.",
        [("prohibition", "collect tips", ("Skippers",))],
    ),
    # what is no act
    ("In these Rules, ‘boat’ means a craft that a person sails, steers and can sell.", None),
    ("The Rules are sent to you herewith; kindly put them into practice.", None),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_reads_norms_of_every_school(text: str, expected: list[tuple[str, str, tuple[str, ...]]] | None) -> None:
    assert [short(item) for item in read(text).items] == (expected or [])


def test_points_behind_a_bare_modal_are_acts_of_their_own() -> None:
    text = "A skipper may not be a partner of a port, and may not:\n\n(1) sail drunk;\n\n(2) sell berths."
    assert [short(item) for item in read(text).items] == [
        ("prohibition", act, ("skipper",)) for act in ("be a partner of a port", "sail drunk", "sell berths")
    ]


def test_points_behind_as_follows_take_the_body_up_as_it() -> None:
    text = "**Article 3** The bureau acts on a complaint as follows:\n\n(1) where it is late, it rejects the complaint;\n\n(2) in other cases, it hears the skipper."
    assert [item.action.quote for item in read(text).items] == ["rejects the complaint", "hears the skipper"]


def test_points_of_conditions_are_no_acts_when_the_lead_in_has_parts() -> None:
    text = "In any of the following cases skippers are deemed to have raced: the prize is void; criminal liability is pursued:\n\n(1) no reason can be given;\n\n(2) the winner pays out a share to the others."
    assert read(text).items == ()


def test_the_number_of_an_article_on_its_own_line_is_no_citation() -> None:
    text = "Article 1\n\nBoats are blue.\n\nArticle 2\n\nThe bureau shall paint boats.\n\nThe bureau shall sell paint.\n\nArticle 3\n\nArticle 2 applies to rafts."
    assert [c.span.quote for c in read(text).citations] == ["Article 2"]
