"""A translation against its original: counts, numbers, places, terms."""

from __future__ import annotations

from kb.checks.source_text import Accepted, Difference, Original, compare
from kb.corpus import source_from_text
from kb.model import Document, Term
from kb.parse import parse_document

ZH = ("# 某条例", "## 第一章  总则", "第一条 征信机构应当在十五日内答复：", "（一）材料齐全的；", "信用修复另行规定。")
EN = """# Some Regulations

## Chapter I General Provisions

**Article 1** A credit reporting agency shall reply within {days} days:

({point}) where the papers are complete;

Credit {repair} is provided for separately.
"""
GLOSSARY = (Term(zh="信用修复", preferred="credit repair"), Term(zh="征信机构", preferred="credit reporting agency"))


def document(days: str = "15", point: str = "1", repair: str = "repairs") -> Document:
    source, _ = source_from_text(EN.format(days=days, point=point, repair=repair), "some-regulations.md")
    return parse_document(source)


def original() -> Original:
    return Original(id="some-regulations", articles=1, lines=ZH)


def test_a_faithful_translation_has_nothing_to_report() -> None:
    found = compare(document(), original(), GLOSSARY, ())
    assert (found.articles, found.points, found.paragraphs) == ((1, 1), (1, 1), (1, 1))
    assert (found.misplaced, found.differences, found.terms) == ((), (), ())


def test_a_wrong_number_is_found_and_can_be_explained() -> None:
    wrong = document(days="5")
    found = compare(wrong, original(), GLOSSARY, ())
    place = wrong.text.index("**Article 1**")
    assert found.differences == (Difference("chp_1__art_1__para_1__intro", place, ("15",), ("5",)),)
    row = Accepted(document="some-regulations", eid="art_1", why="a test", only_zh=("15",), only_en=("5",))
    explained = compare(wrong, original(), GLOSSARY, (row,))
    assert (explained.differences, len(explained.explained)) == ((), 1)


def test_a_misnumbered_point_and_a_drifting_term_are_found() -> None:
    found = compare(document(point="2", repair="restoration"), original(), GLOSSARY, ())
    assert len(found.misplaced) == 1
    assert found.terms == (("信用修复", "credit repair", 1),)
