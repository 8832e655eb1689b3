"""Targets of citations over all documents: numbers, titles and their variants; relations of the front matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.resolve import Instruments, resolve_facts, title_words
from kb.model import Document, Facts, Reference

Readings = Callable[..., Reading]

OUTLINE = {
    "id": "cn-outline",
    "title": "Planning Outline for the Construction of a Social Credit System (2014–2020)",
    "doc_number": "Guofa (2014) No. 21",
}
LAW = {"id": "cn-law", "title": "Law of the People's Republic of China on Credit Lists", "title_zh": "信用名单法"}


@pytest.fixture
def base(reading_of: Readings) -> list[Document]:
    outline = reading_of("# Outline\n\nBuild credit.\n", **OUTLINE)
    law = reading_of("# Law\n\nArticle 1  Keep lists.\n\nArticle 2  Repair credit.\n", **LAW)
    return [outline.document, law.document]


CASES = [
    # sentence                                                                         target of its citation
    ("It implements No. 21 [2014] of the State Council.", "cn-outline"),
    ("It implements 国发〔2014〕21号.", "cn-outline"),
    ("It implements the “Planning Outline for Building the Social Credit System (2014-2020)”.", "cn-outline"),
    ("It implements the “Outline of Planning for Building Social Credit Systems”.", ""),
    ("It applies Article 2 of the Law on Credit Lists.", "cn-law#art_2"),
    ("It applies Article 9 of the Law on Credit Lists.", "cn-law"),
    ("It applies 《信用名单法》.", "cn-law"),
    ("It applies Guofa (2014) No. 22.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "target"), CASES, ids=[text for text, _ in CASES])
def test_finds_what_is_cited(
    text: str, target: str, base: list[Document], reading_of: Readings, reference: Reference
) -> None:
    reading = reading_of(f"# Rules on Tests\n\nArticle 1  {text}\n")
    facts = Facts(document="cn-test-2018", sha256="0", citations=read_citations(reading, reference))
    (resolved,) = resolve_facts([facts], [*base, reading.document], reference)
    assert [citation.target for citation in resolved.citations] == [target]


def test_a_number_of_no_certain_series_is_found_by_year_and_serial_and_says_so(
    base: list[Document], reading_of: Readings, reference: Reference
) -> None:
    reading = reading_of("# Rules on Tests\n\nArticle 1  It follows Legal Release (2014) No. 21.\n")
    facts = Facts(document="cn-test-2018", sha256="0", citations=read_citations(reading, reference))
    (citation,) = resolve_facts([facts], [*base, reading.document], reference)[0].citations
    assert (citation.target, citation.certain) == ("cn-outline", False)
    assert citation.doubt == "found by year and serial number alone"


def test_the_front_matter_gives_its_verb_to_a_bare_mention(
    base: list[Document], reading_of: Readings, reference: Reference
) -> None:
    reading = reading_of(
        "# Rules on Tests\n\nArticle 1  Guofa (2014) No. 21 is widely known.\n", implements=("cn-outline",)
    )
    facts = Facts(document="cn-test-2018", sha256="0", citations=read_citations(reading, reference))
    (citation,) = resolve_facts([facts], [*base, reading.document], reference)[0].citations
    assert citation.verb.value == "implements"


def test_two_documents_of_one_title_leave_the_citation_open(
    base: list[Document], reading_of: Readings, reference: Reference
) -> None:
    twin = reading_of("# Law\n\nArticle 1  Other.\n", id="cn-law-2", title="Law on Credit Lists").document
    assert Instruments([*base, twin]).find("Law on Credit Lists", "") == ("", "2 documents have this title")


def test_entries_of_the_front_matter_are_ids_or_citations_as_printed(base: list[Document]) -> None:
    found = [
        Instruments(base).find_printed(entry)
        for entry in ("cn-law", "Guofa [2014] No. 21", "Law on Credit Lists", "Some Plan")
    ]
    assert found == ["cn-law", "cn-outline", "cn-law", ""]


def test_spellings_of_a_title_are_one() -> None:
    assert title_words("Measures for the Administration of Lists") == title_words("Measures on Management of the List")
    assert title_words("Measures on Lists") != title_words("Measures on Records")
