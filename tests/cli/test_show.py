from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.cli.show_texts import outline
from kb.corpus import source_from_text
from kb.model import Facts
from kb.parse import parse_document

ITEM = "cn-plan-2014#sec_1__subsec_1~1"

SHOWN = [
    # words of the call, lines that must be among those printed
    (("cn-plan-2014",), ["id            cn-plan-2014", "I. Records  [sec_1]", "text          full: every provision translated"]),
    (("Guofa (2014) No. 21",), ["id            cn-plan-2014"]),
    (("honest commerce outline",), ["id            cn-plan-2014"]),
    (("cn-plan-2014#sec_1",), ["Honest Commerce Outline › I. Records", "(2) Improve the credit files of sellers."]),
    (("cn-xx-rules-2017#art_1",), ["cites         Outline for Honest Commerce (implements) → cn-plan-2014"]),
    ((ITEM, "--as-of", "2018-10-24"), [
        "complete the register of sellers",
        "modality      duty (must)",
        "actor         “SAIC”, State Administration for Industry and Commerce [saic], responsible, named",
        "deadline      “By the end of 2017” → deadline, until 2017-12-31, precision year, explicit",
        "schedule      overdue as of 2018-10-24: its last day was 297 days before 2018-10-24",
        "evidence      no link confirmed",
        "claimed       open",
        "reading       by rule, not reviewed",
    ]),
    (("cn-xx-rules-2017#list-dishonest-sellers",), [
        "term          stated",
        "              “for three years” [art_2]",
        "exit          silent (read: art_2)",
    ]),
    (("samr",), ["before        saic: State Administration for Industry and Commerce (until 2018-03-31)", "existed       since 2018-03-01"]),
    (("--documents",), ["cn-plan-2014\tplan\tnational\t2014-06-14\tfull\tHonest Commerce Outline"]),
    (("--fields",), ["internet\tInternet\t"]),
    (("--lists",), []),
    (("--bodies",), ["ndrc\tNDRC\t\t\tNational Development and Reform Commission\t国家发展和改革委员会"]),
    (("失信被执行人",), ["judgment defaulter", "              失信被执行人 (shixin bei zhixing ren)"]),
    (("Dishonest  judgment debtor",), ["judgment defaulter"]),
    (("--terms",), ["失信被执行人\tjudgment defaulter\tdishonest judgment debtor"]),
    (("cn-plan-2014", "--text"), ["# Outline for Honest Commerce (2014-2020)"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "lines"), SHOWN, ids=[" ".join(w) for w, _ in SHOWN])
def test_everything_has_a_view(kb: Any, words: tuple[str, ...], lines: list[str]) -> None:
    call = kb("show", *words)
    assert call.code == 0
    assert [line for line in lines if line not in call.out.splitlines()] == []


@pytest.mark.parametrize("words", [w for w, _ in SHOWN if "--text" not in w], ids=" ".join)
def test_every_view_has_json(kb: Any, words: tuple[str, ...]) -> None:
    assert json.loads(kb("show", *words, "--json").out)


def test_why_prints_the_whole_chain(kb: Any) -> None:
    out = kb("show", ITEM, "--why").out
    steps = [line for line in out.splitlines() if line[:1].isdigit()]
    assert [step.split(maxsplit=2)[1] for step in steps] == [
        *("Document", "Provision", "Sentence:", "Rule", "Rule", "Rule", "Deadline:", "Actor:", "No"),
    ]
    assert "[complete the register of sellers]" in steps[2]


def test_why_quotes_the_tables() -> None:
    from kb.rules import find_rules

    found = find_rules({"modal-shall", "no-such-rule"})
    assert list(found) == ["modal-shall"]
    assert found["modal-shall"][0] == "extract/modality.yaml"
    assert found["modal-shall"][1].startswith("The binding form")


def test_a_digest_is_called_one_wherever_it_is_shown(
    place: Path, make_world: Any, texts: tuple[str, str], kb: Any
) -> None:
    digest = texts[0].replace("fidelity: full", "fidelity: digest\ndigest_basis: mostly-recalled")
    make_world(digest, texts[1]).write(place / "kb-build" / "kb.sqlite")
    note = "digest, not a translation (mostly-recalled); do not quote as the document's words"
    for words in (("cn-plan-2014",), ("cn-plan-2014#sec_1",), (ITEM,), (ITEM, "--why")):
        assert note in kb("show", *words).out


WRONG = [
    (("cn-plan",), 3, "did you mean cn-plan-2014?"),
    (("cn-plan-2014#sec_7",), 3, "did you mean cn-plan-2014#sec_"),
    (("cn-plan-2014#sec_1__subsec_1~7",), 3, "cn-plan-2014#sec_1__subsec_1~1"),
    (("ndcr",), 3, "did you mean ndrc"),
    (("zzzzzzzz",), 3, "run: kb show --documents"),
    ((), 2, "kb show ID, or kb show --documents"),
    (("cn-plan-2014", "--lists"), 2, "name one thing"),
    (("cn-plan-2014", "--why"), 2, "is no item or list"),
]


@pytest.mark.parametrize(("words", "code", "said"), WRONG)
def test_unknown_ids_are_exit_code_3(kb: Any, words: tuple[str, ...], code: int, said: str) -> None:
    call = kb("show", *words)
    assert (call.code, call.out) == (code, "")
    assert said in call.err


@pytest.mark.parametrize("name", ["guofa-2014-21", "Guofa (2014) No. 21", "guofa (2014) 21", "Honest Commerce Outline"])
def test_a_document_is_found_by_its_number_and_name(kb: Any, name: str) -> None:
    assert "id            cn-plan-2014" in kb("show", name).out


def test_an_empty_id_is_unknown(kb: Any) -> None:
    assert kb("show", "").code == 3


def test_a_word_of_a_title_suggests_the_document(kb: Any) -> None:
    call = kb("show", "Commerce")
    assert call.code == 3 and "cn-plan-2014" in call.err


def test_the_outline_prints_every_number_once() -> None:
    text = "**Art. 1** Lists.\n\nThey are kept.\n\n**Art. 2** It names:\n\n(1) sellers;\n\n(2) buyers.\n"
    source, _ = source_from_text(text, "rules.md")
    assert list(outline(parse_document(source))) == [
        "Art. 1 Lists.  [art_1]",
        "Art. 2 It names:  [art_2]",
        "  (1) sellers;  [art_2__point_1]",
        "  (2) buyers.  [art_2__point_2]",
    ]


def test_a_listing_of_nothing_says_so(kb: Any, place: Path, make_world: Any) -> None:
    world = make_world()
    world.facts = tuple(Facts(document=d.id, sha256=d.sha256) for d in world.documents)
    world.write(place / "kb-build" / "kb.sqlite")
    assert kb("show", "--lists") == (0, "", "No lists in the base.\n")
    assert kb("roadmap", "--as-of", "2018-10-24") == (0, "", "No item of this has a last day.\n")
