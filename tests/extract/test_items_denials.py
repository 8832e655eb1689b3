"""Denied acts: "no longer", "in no case", "has no right to", "need not"; a prohibition is never read as a duty."""

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
    'fidelity: full\ntranslation: "made for the tests"\nlicence: "CC BY 4.0"\n---\n\n# {title}\n\n'
)


def read(body: str, kind: str = "law", title: str = "Rules on Records") -> Facts:
    source, _ = source_from_text(HEAD.format(kind=kind, title=title) + body + "\n", "x-doc.md")
    return extract_facts(parse_document(source), REFERENCE)


def short(item: ActionItem) -> tuple[str, str, tuple[str, ...]]:
    """Modality, act, printed doers."""
    doers = tuple(actor.span.quote for actor in item.actors if actor.span and not actor.inferred)
    return (item.modality.value, " ".join(item.action.quote.split()), doers)


DENIED = [
    ("Banks shall no longer use it as a basis for loans.", [("prohibition", "use it as a basis for loans", ("Banks",))]),
    ("The court may no longer hear the case.", [("prohibition", "hear the case", ("court",))]),
    ("The unit shall in no case disclose the slips.", [("prohibition", "disclose the slips", ("unit",))]),
    ("The unit may under no circumstances sell slips.", [("prohibition", "sell slips", ("unit",))]),
    ("In no case may a unit sell slips.", [("prohibition", "sell slips", ("unit",))]),
    ("Staff must, in the course of their work, not disclose secrets.", [("prohibition", "disclose secrets", ("Staff",))]),
    ("The unit shall neither disclose nor sell the slips.", [("prohibition", "disclose nor sell the slips", ("unit",))]),
    ("The dealer has no right to refuse.", [("prohibition", "refuse", ("dealer",))]),
    ("Dealers shall have no right to bid.", [("prohibition", "bid", ("Dealers",))]),
    ("Dealers are no longer allowed to bid.", [("prohibition", "bid", ("Dealers",))]),
    ("The debtor has no obligation to pay.", []),
    ("Dealers do not need to register.", []),
    ("Dealers are no longer required to register.", []),
    ("Dealers that do not need to register shall report.", [("duty", "report", ("Dealers that do not need to register",))]),
    ("Experts who have left no longer serve on the panel, and the office removes them from the roll.",
     [("duty", "removes them from the roll", ("office",))]),
    ("The unit shall not only keep slips but also publish them.", [("duty", "keep slips but also publish them", ("unit",))]),
    ("The bureau shall no later than May 1, 2018 publish the roll.", [("duty", "publish the roll", ("bureau",))]),
    ("Purchasers and agents shall each perform their obligations, and agents must not exceed their powers.",
     [("duty", "perform their obligations", ("Purchasers", "agents")), ("prohibition", "exceed their powers", ("agents",))]),
    ("Where a natural person, legal person or other organization obtains property by fraud, the public security organ investigates the case.",
     [("duty", "investigates the case", ("public security organ",))]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), DENIED, ids=[row[0][:60] for row in DENIED])
def test_a_denied_act_is_no_duty(sentence: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert [short(item) for item in read(f"Article 1 {sentence}").items] == expected


def test_units_encouraged_not_to_act_are_not_encouraged_to_act() -> None:
    (item,) = read("Article 1 Encourage dealers not to sell slips.").items
    assert (item.modality.value, item.action.quote) == ("encouragement", "Encourage dealers not to sell slips")


RELATING = [
    ("Agencies that find false news that affects or may affect trade or disrupts or may disrupt the order of social and economic life shall release correct news.",
     [("duty", "release correct news", ("Agencies",))]),
    ("A unit shall seal up the tools and vessels that caused or may cause the fire.",
     [("duty", "seal up the tools and vessels that caused or may cause the fire", ("unit",))]),
    ("Firms subordinate to administrative organs must not offer services related to the approval for which the organ concerned is responsible.",
     [("prohibition", "offer services related to the approval for which the organ concerned is responsible",
       ("Firms subordinate to administrative organs",))]),
    ("The measures that state organs take against dealers shall be commensurate with the harm.",
     [("duty", "be commensurate with the harm", ("state organs",))]),
    ("The bureau shall publish the roll, and may sell it.",
     [("duty", "publish the roll", ("bureau",)), ("permission", "sell it", ("bureau",))]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), RELATING, ids=[row[0][:60] for row in RELATING])
def test_verbs_of_relative_clauses_are_no_acts(sentence: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert [short(item) for item in read(f"Article 1 {sentence}").items] == expected


ROWS = [
    ("The port shall reduce the matters in import and export, cancel needless rules, and cut fees.",
     ["reduce the matters in import and export", "cancel needless rules", "cut fees"]),
    ("Dealers may settle forms with the national import and export administration departments.",
     ["settle forms with the national import and export administration departments"]),
    ("A donor has the right to copy the papers on the management and use of the property the donor has given, and the fund shall answer.",
     ["copy the papers on the management and use of the property the donor has given", "answer"]),
    ("The bureau shall disclose the time limits for filing, shorten the time for filing, and lower fees.",
     ["disclose the time limits for filing", "shorten the time for filing", "lower fees"]),
    ("The offices will embed the scheme in their tools, basically complete technical support, and fill gaps.",
     ["embed the scheme in their tools", "complete technical support", "fill gaps"]),
    ("Courts shall notify the agencies of the roll, and the agencies record it in their files.",
     ["notify the agencies of the roll", "record it in their files"]),
    ("The bureau shall notify the agencies of the roll, banks and firms that use the files.",
     ["notify the agencies of the roll, banks and firms that use the files"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "acts"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_nouns_are_not_cut_and_second_clauses_are(sentence: str, acts: list[str]) -> None:
    assert [item.action.quote for item in read(f"Article 1 {sentence}").items] == acts


BARS = [
    ("The authority bans him from the trade for life.", "duty"),
    ("The bureau prohibits them from bidding.", "duty"),
    ("The State prohibits any unit from selling slips.", "prohibition"),
    ("Prohibit units from selling slips.", "prohibition"),
]


@pytest.mark.parametrize(("sentence", "modality"), BARS, ids=[row[0] for row in BARS])
def test_to_bar_somebody_is_a_duty_of_the_body_that_bars(sentence: str, modality: str) -> None:
    assert [item.modality.value for item in read(f"Article 1 {sentence}").items] == [modality]


def test_cells_of_a_table_are_no_sentences() -> None:
    body = "Article 1 The bureau shall keep the roll.\n\n| Act | Body |\n| --- | --- |\n| The clerk shall print it. | office |"
    assert [item.action.quote for item in read(body).items] == ["keep the roll"]
