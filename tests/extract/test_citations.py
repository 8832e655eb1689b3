"""Citations: titles, numbers, units and short forms; their verbs and targets; and what is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from kb.extract import citation_titles, citations
from kb.extract.citation_titles import read_titles
from kb.extract.citation_units import read_unit_references
from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.model import Reference

TABLES = [citations, citation_titles]
MATCHES = [(module, rule.id, text) for module in TABLES for rule in module.RULES for text in rule.matches]
REJECTS = [(module, rule.id, text) for module in TABLES for rule in module.RULES for text in rule.rejects]


@pytest.mark.parametrize(("module", "rule", "text"), MATCHES)
def test_each_row_fires_in_its_examples(module: object, rule: str, text: str) -> None:
    assert module.rules_in(text) == [rule]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("module", "rule", "text"), REJECTS)
def test_no_row_fires_where_it_must_not(module: object, rule: str, text: str) -> None:
    assert rule not in module.rules_in(text)  # type: ignore[attr-defined]


CASES = [
    # text of Article 5                                                                   (quote, verb)
    ("It acts under the Food Safety Law.", [("Food Safety Law", "in-accordance-with")]),
    ("It acts under the “Food Safety Law of the People’s Republic of China”.", [("“Food Safety Law of the People’s Republic of China”", "in-accordance-with")]),
    ("It applies 《Guiding Opinions on Joint Incentives》 (Guofa (2016) No. 33).", [("《Guiding Opinions on Joint Incentives》 (Guofa (2016) No. 33)", "mentions")]),
    ("Draft the *Yunhai Provincial Regulation on Social Credit* and work out the *Yunhai Guidelines for Credit Repair* now.", [("*Yunhai Provincial Regulation on Social Credit*", "mentions"), ("*Yunhai Guidelines for Credit Repair*", "mentions")]),
    ("The *plan for the division of work* and *Put Rules on record for all* are stressed.", []),
    ("It applies *Measures for the Administration of Tax Credit* here.", [("*Measures for the Administration of Tax Credit*", "mentions")]),
    ("The Food Safety Law, the Product Quality Law and the Advertising Law apply.", [("Food Safety Law", "mentions"), ("Product Quality Law", "mentions"), ("Advertising Law", "mentions")]),
    ("Article 46 of the Government Procurement Law applies.", [("Article 46 of the Government Procurement Law", "mentions")]),
    ("Carry out the Regulations on the Administration of the Credit Reporting Industry.", [("Regulations on the Administration of the Credit Reporting Industry", "implements")]),
    ("Besides what Art 21 of these Rules lays down, Arts. 22(1) and 23 apply.", [("Art 21 of these Rules", "mentions"), ("Arts. 22(1) and 23", "mentions")]),
    ("Units that breach § 13 of these Rules are dealt with under §§ 46 and 47.", [("§ 13 of these Rules", "mentions"), ("§§ 46 and 47", "in-accordance-with")]),
    ("It is handled under Article 12 Paragraph 2 of the Food Safety Law.", [("Article 12 Paragraph 2 of the Food Safety Law", "in-accordance-with")]),
    ("It is decided under Article 55 of the Regulations for the Implementation of the Tendering and Bidding Law.", [("Article 55 of the Regulations for the Implementation of the Tendering and Bidding Law", "in-accordance-with")]),
    ("The Law on the Quality of Farm Products and the Food Safety Law apply.", [("Law on the Quality of Farm Products", "mentions"), ("Food Safety Law", "mentions")]),
    ("The notice Fagai Caijin [2014] No. 305 lists it.", [("notice Fagai Caijin [2014] No. 305", "mentions")]),
    ("The “Interim Provisions on Credit Records” (Luzhengban [2010] No. 12) are repealed.", [("“Interim Provisions on Credit Records” (Luzhengban [2010] No. 12)", "repeals")]),
    ("It follows the Guiding Opinions on joint punishment (Guofa (2016) No. 33).", [("Guiding Opinions on joint punishment (Guofa (2016) No. 33)", "in-accordance-with")]),
    ("In accordance with the Company Law and the Securities Law, these Rules are formulated.", [("Company Law", "based-on"), ("Securities Law", "based-on")]),
    ("Article 1 of these Rules, Items 1 and 2 of the preceding paragraph.", [("Article 1 of these Rules", "mentions"), ("Items 1 and 2 of the preceding paragraph", "mentions")]),
    ("These Rules, the preceding paragraph, this Article and relevant laws apply.", []),
    ("The court issues a Notice of Enforcement and a Decision on entry.", []),
    ("It is published on “Credit China” as “double random, one open”.", []),
    ("The State Council and the Law Enforcement Bureau apply the Rule of Law.", []),
    ("Boats that breach Article 12 or Article 13 of these Rules, or Article 10, Paragraph 2, and Article 14 a), are fined.", [("Article 12", "mentions"), ("Article 13 of these Rules", "mentions"), ("Article 10, Paragraph 2", "mentions"), ("Article 14 a)", "mentions")]),
    ("A person who contravenes section 3(2) or section 7(4) pays.", [("section 3(2)", "mentions"), ("section 7(4)", "mentions")]),
    ("The Port Credit Data (Interim) Measures 2012 (Provincial Government Decree No. 7) are repealed.", [("Port Credit Data (Interim) Measures 2012 (Provincial Government Decree No. 7)", "repeals")]),
    ("Article 3 to Article 8 and Article 71 or Article 72 of the Food Safety Law apply.", [("Article 3 to Article 8 and Article 71 or Article 72 of the Food Safety Law", "mentions")]),
    ("Article 3 to Article 8 apply, and clause 4.2 hereof.", [("Article 3 to Article 8", "mentions"), ("clause 4.2 hereof", "mentions")]),
    ("Civil Code, art. 1024, and Guo Ke Fa Huo 2016/32, Art. 19, apply.", [("Civil Code, art. 1024", "mentions"), ("Guo Ke Fa Huo 2016/32, Art. 19", "mentions")]),
    ("The “Several Opinions” (Guofa [2016] No. 33) and the “Charter of the Boat Owners Association” apply.", [("“Several Opinions” (Guofa [2016] No. 33)", "mentions"), ("“Charter of the Boat Owners Association”", "mentions")]),
    ('*Legal basis: "Boat Safety Law", article 81; "Regulations on the Safety of Boats", articles 23 to 25.*', [('"Boat Safety Law", article 81', "mentions"), ('"Regulations on the Safety of Boats", articles 23 to 25', "mentions")]),
    ("The Law on Administrative Penalties and the State Council General Office's »Guiding Opinions on Boats« (Guobanfa [2020] 49) apply.", [("Law on Administrative Penalties", "mentions"), ("»Guiding Opinions on Boats« (Guobanfa [2020] 49)", "mentions")]),
    ("Boats under items [a] and [e] are fined.", [("items [a] and [e]", "in-accordance-with")]),
    ("Boats under letters (a), (b) or (e) of Part A and those of Part C are kept out, save under measures 12 and 15.", [("letters (a), (b) or (e) of Part A", "in-accordance-with"), ("Part C", "in-accordance-with"), ("measures 12 and 15", "in-accordance-with")]),
    ("Letter b) of Article 3 and Article 4 a) apply (see Article 7).", [("Letter b) of Article 3 and Article 4 a)", "mentions"), ("Article 7", "mentions")]),
    ("Take the measures 12 months later; a letter (of credit) and a letter from the bank will do; part a of it.", []),
    ("Forms are in Annex 1 and in Annexes 2 and 3; the annex lists boats.", [("Annex 1", "mentions"), ("Annexes 2 and 3", "mentions")]),
    ("It falls under the first paragraph; see Article Twenty-three. The first paragraph is short.", [("first paragraph", "in-accordance-with"), ("Article Twenty-three", "in-accordance-with")]),
    ("The Boat Safety Law (Article 63) and the FSL Art. 2 are named.", [("Boat Safety Law (Article 63)", "mentions"), ("Art. 2", "mentions")]),
    ("“FSL” means the PRC Food Safety Law. Fines under FSL Art. 125 and Art. 5 of these Rules are due.", [("PRC Food Safety Law", "mentions"), ("FSL Art. 125", "in-accordance-with"), ("Art. 5 of these Rules", "in-accordance-with")]),
    ("The Boat Safety Law (BSL) counts; the BSL binds all.", [("Boat Safety Law", "mentions"), ("BSL", "mentions")]),
    ("The Guiding Opinions on Boat Safety (Guofa [2016] No. 33; below: the Opinions) count. The Opinions bind all, as does Document No. 33.", [("Guiding Opinions on Boat Safety (Guofa [2016] No. 33; below: the Opinions)", "mentions"), ("Opinions", "mentions"), ("Document No. 33", "mentions")]),
    ("The Boat Safety Law, the Dock Rules and the Measures for boats (Yunfa [2012] 7) count.", [("Boat Safety Law", "mentions"), ("Measures for boats (Yunfa [2012] 7)", "mentions")]),
    ("The Plan for Boat Safety in Small Ports during the 13th Five-Year Plan (Yunfa [2012] 7) counts.", [("Plan for Boat Safety in Small Ports during the 13th Five-Year Plan (Yunfa [2012] 7)", "mentions")]),
    ("ARTICLE 6, Article No. 7 and Rule 5 of these Rules apply with the Port and Securities Laws and the 「Opinions on Boat Safety」; 「Credit Yunhai」 is open.", [("ARTICLE 6", "mentions"), ("Article No. 7", "mentions"), ("Rule 5 of these Rules", "mentions"), ("Port and Securities Laws", "mentions"), ("「Opinions on Boat Safety」", "mentions")]),
    ("Boats fall under grounds (D) and (E), and five docks under ground (A). Case (3) is open; Task 4 and Opinion 9 apply.", [("grounds (D) and (E)", "in-accordance-with"), ("ground (A)", "in-accordance-with"), ("Case (3)", "mentions"), ("Task 4", "mentions"), ("Opinion 9", "mentions")]),
    ("In these cases (1) boats sink and (2) docks break. The 5 cases (3) took 3 points A. The first sentence of the file counts.", []),
    ("The first sentence of Article 5 and the second indent of Part A apply.", [("first sentence of Article 5 and the second indent of Part A", "mentions")]),
    ("State Council Provisions and General Provisions prevail by the 13th Five-Year Plan.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_reads_each_citation_with_its_verb(
    text: str, expected: list[tuple[str, str]], reading_of: Callable[..., Reading], reference: Reference
) -> None:
    reading = reading_of(f"# Rules on Tests\n\nArticle 1  The bureau acts.\n\nArticle 5  {text}\n")
    assert [(c.span.quote, c.verb.value) for c in read_citations(reading, reference)] == expected


ARTICLES = """# Rules on Tests

Chapter I General

Article 1  Units shall not: (1) lie; (2) cheat.

Article 2  The first paragraph.

The second paragraph has points:

(1) one;

(2) two.

Chapter II Lists

Article 3  {text}
"""

TARGETS = [
    ("Article 1 of these Rules applies.", "chp_1__art_1"),
    ("Articles 1 and 2 apply.", "chp_1"),
    ("Articles 1 to 3 apply.", ""),
    ("Art 2 paragraph 2 applies.", "chp_1__art_2__para_2"),
    ("§ 2(1) applies.", "chp_1__art_2__para_2__point_1"),
    ("Article 2, Paragraph 2, Item (1) applies.", "chp_1__art_2__para_2__point_1"),
    ("Paragraph 2 of Article 2 applies.", "chp_1__art_2__para_2"),
    ("The second paragraph of Article 2 applies.", "chp_1__art_2__para_2"),
    ("Items (1) and (2) of Paragraph 2 of Article 2 apply.", "chp_1__art_2__para_2"),
    ("Article 2 (1) applies.", "chp_1__art_2__para_2__point_1"),
    ("Chapter I applies.", "chp_1"),
]


@pytest.mark.parametrize(("text", "eid"), TARGETS, ids=[text for text, _ in TARGETS])
def test_resolves_units_to_the_smallest_that_holds_all(
    text: str, eid: str, reading_of: Callable[..., Reading], reference: Reference
) -> None:
    reading = reading_of(ARTICLES.format(text=text))
    (citation,) = read_citations(reading, reference)
    assert citation.target == ("cn-test-2018#" + eid if eid else "cn-test-2018")
    assert citation.certain


DECIMALS = """# Rules on Tests

## 1 General

1.1 The bureau acts.

1.2 {text}

## 2 Lists

2.1 Listed are:

a) boats;

b) docks.

2.2 The list is kept.
"""

DECIMAL_CASES = [
    ("It acts in the cases of 2.1 a) and b) or 2.2.", [("2.1 a) and b) or 2.2", "sec_2")]),
    ("Boats listed under 2.1 b) are kept out.", [("2.1 b)", "sec_2__subsec_1__point_b")]),
    ("The bodies named in 2.2 act, as does Section 2.", [("2.2", "sec_2__subsec_2"), ("Section 2", "sec_2")]),
    (
        "As to loss, 2.2 applies; rule 2.1 a and b binds all.",
        [("2.2", "sec_2__subsec_2"), ("rule 2.1 a and b", "sec_2__subsec_1")],
    ),
    ("See 2.3 and 4.1.", []),
    ("The rate rises from 1.1 to 2.2 percent, by 1.1 million yuan, in 1.2 hours and to 2.1%.", []),
    ("Version 2.2 is out.", []),
]


@pytest.mark.parametrize(("text", "expected"), DECIMAL_CASES, ids=[text for text, _ in DECIMAL_CASES])
def test_decimals_are_cited_where_the_document_has_such_numbers(
    text: str, expected: list[tuple[str, str]], reading_of: Callable[..., Reading], reference: Reference
) -> None:
    found = read_citations(reading_of(DECIMALS.format(text=text)), reference)
    assert [(c.span.quote, c.target.partition("#")[2]) for c in found] == expected


PRINTED = """# Rules on Tests

I. General

(i) The bureau acts.

(ii) The office acts.

II. Lists

(i) {text}

III. Other

(i) It ends.
"""

PRINTED_CASES = [
    ("Measures set out in I and II above are taken.", [("I and II above", "")]),
    ("Boats in the cases of I (ii) are kept out, save under Item 1 of I (i).", [("I (ii)", "sec_1__subsec_ii"), ("Item 1 of I (i)", "")]),
    ("Grade I and II boats, and those of V above, are kept out; World War II and Phase III.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PRINTED_CASES, ids=[text for text, _ in PRINTED_CASES])
def test_roman_numbers_are_cited_where_the_document_has_such_numbers(
    text: str, expected: list[tuple[str, str]], reading_of: Callable[..., Reading], reference: Reference
) -> None:
    found = read_citations(reading_of(PRINTED.format(text=text)), reference)
    assert [(c.span.quote, c.target.partition("#")[2]) for c in found] == expected


def test_points_that_stand_for_articles_are_found(reading_of: Callable[..., Reading], reference: Reference) -> None:
    body = "# Rules on Tests\n\nPoint 1 The bureau acts.\n\nPoint 2 Boats under Point 1 are kept out.\n"
    (citation,) = read_citations(reading_of(body), reference)
    assert (citation.span.quote, citation.target) == ("Point 1", "cn-test-2018#art_1")


def test_a_unit_that_is_not_there_stays_open_and_says_so(
    reading_of: Callable[..., Reading], reference: Reference
) -> None:
    (citation,) = read_citations(reading_of(ARTICLES.format(text="Article 99 applies.")), reference)
    assert (citation.target, citation.certain, citation.doubt) == ("", False, "no such unit in the document")


def test_a_short_form_is_a_citation_once_it_is_introduced(
    reading_of: Callable[..., Reading], reference: Reference
) -> None:
    body = (
        "# Rules on Tests\n\nArticle 1  The Outline comes first. It implements the “Planning Outline for Credit Building”"
        " (Guofa (2014) No. 21; hereinafter “the Outline”).\n\nArticle 2  The tasks of the Outline are done. An outline is drawn.\n"
    )
    found = read_citations(reading_of(body), reference)
    assert [(c.span.quote, c.number) for c in found] == [
        ("“Planning Outline for Credit Building” (Guofa (2014) No. 21; hereinafter “the Outline”)", "guofa-2014-21"),
        ("Outline", "guofa-2014-21"),
    ]


def test_what_amended_the_text_is_cited_in_the_notes_of_adoption(
    reading_of: Callable[..., Reading], reference: Reference
) -> None:
    note = "(Adopted under the “Rules of Procedure of the Congress” on 1 May 2016; amended in 2018 in accordance with the “Decision on Amending Ten Local Regulations”)"
    found = read_citations(reading_of(f"# Rules on Tests\n\n{note}\n\nArticle 1  The bureau acts.\n"), reference)
    assert [c.span.quote for c in found] == ["“Decision on Amending Ten Local Regulations”"]


def test_own_title_and_number_are_none(reading_of: Callable[..., Reading], reference: Reference) -> None:
    body = "# Measures on Red Tape\n\nGuofa (2014) No. 21\n\nArticle 1  The “Measures on Red Tape” (Guofa (2014) No. 21) apply.\n"
    reading = reading_of(body, title="Measures on Red Tape", doc_number="Guofa (2014) No. 21")
    assert read_citations(reading, reference) == ()


@pytest.mark.parametrize(
    "unit", ["Law ", "of the ", "Law on Aa and ", "“Law ", "Article 1, ", "Items 1 and ", "(hereinafter ", "X Y Law, "]
)
def test_hostile_input_costs_no_more_than_its_length(unit: str, least_seconds: Callable[..., float]) -> None:
    small, large = (least_seconds([partial(_read, unit * count)] * 3) for count in (2_000, 8_000))
    assert large < max(small, 0.004) * 12


def _read(text: str) -> None:
    read_titles(text)
    list(read_unit_references(text))
