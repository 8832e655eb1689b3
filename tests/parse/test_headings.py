"""Headings that run into their paragraph, told from first sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.model import Document
from kb.parse.headings import RULES, WordRule, has_word


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_each_row_of_words(rule: WordRule) -> None:
    assert [text for text in rule.matches if not has_word(rule.id, text)] == []
    assert [text for text in rule.rejects if has_word(rule.id, text)] == []


ONE_UNIT = [
    # body                                                      heading                      text of the provision
    ("(2) Deepening integrity in commerce. Raise it.", "Deepening integrity in commerce", "Raise it."),
    ("(2) Vigorously advancing credibility. The court shall act.", "Vigorously advancing credibility",
     "The court shall act."),
    ("1. Finance. Banks are encouraged to lend.", "Finance", "Banks are encouraged to lend."),
    ("1. Finance: Banks are encouraged to lend.", "Finance", "Banks are encouraged to lend."),
    ("1. **Finance.** Banks lend more.", "Finance", "Banks lend more."),
    ("**1. Finance.** Banks lend more.", "Finance", "Banks lend more."),
    ("**1. Finance** Banks lend more.", "Finance", "Banks lend more."),
    ("1. **Finance** means money.", "", "**Finance** means money."),
    ("(1) Set up the files. (County Bureau)", "", "Set up the files. (County Bureau)"),
    ("(1) The bureau publishes lists. It keeps them.", "", "The bureau publishes lists. It keeps them."),
    ("(1) By 2017, build a platform. Link it.", "", "By 2017, build a platform. Link it."),
    ("(1) Records are scattered. They should be joined.", "", "Records are scattered. They should be joined."),
    ("(1) Establish files. Publish lists.", "", "Establish files. Publish lists."),
    ("(1) Notice Fagai Caijin (2014) No. 305. It says so.", "Notice Fagai Caijin (2014) No. 305", "It says so."),
    ("Article 4 [Redlist] Firms may apply.", "Redlist", "Firms may apply."),
    ("Article 4 【Redlist】Firms may apply.", "Redlist", "Firms may apply."),
    ("Article 4 (Redlist) Firms may apply.", "Redlist", "Firms may apply."),
    ("Article 4 (hereinafter the Article) Firms may apply.", "", "(hereinafter the Article) Firms may apply."),
    ("Article 4 Market entities enjoy autonomy. No unit may interfere.", "",
     "Market entities enjoy autonomy. No unit may interfere."),
    ("**Article 4.** Firms may apply.", "", "Firms may apply."),
    ("*Article 4* Firms may apply.", "", "Firms may apply."),
    ("（一）总体要求。各部门应当建立档案。", "总体要求", "各部门应当建立档案。"),
    ("（一）各部门应当建立档案。不得公开。", "", "各部门应当建立档案。不得公开。"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "heading", "words"), ONE_UNIT, ids=[row[0] for row in ONE_UNIT])
def test_heading_and_text_of_one_provision(
    body: str, heading: str, words: str, parsed: Callable[[str], Document]
) -> None:
    document = parsed(body)
    assert [(p.heading, document.text[p.text_start : p.text_end]) for p in document.provisions] == [(heading, words)]


def test_imperatives_are_headings_where_all_their_run_is(parsed: Callable[[str], Document]) -> None:
    document = parsed("1. Raise awareness. All study.\n\n2. Provide funds. All pay.\n\n3. Staff. All work here.")
    assert [p.heading for p in document.provisions] == ["Raise awareness", "Provide funds", "Staff"]


def test_imperatives_are_tasks_in_a_digest(parsed: Callable[[str], Document]) -> None:
    head = "---\nfidelity: digest\n---\n"
    document = parsed(head + "1. Raise it. All study.\n\n2. Provide it. All pay.\n\n3. Keep it. All work.")
    assert [p.heading for p in document.provisions] == ["", "", ""]


def test_a_colon_after_a_noun_phrase_makes_no_list(parsed: Callable[[str], Document]) -> None:
    document = parsed(
        "III. Main tasks:\n\n(1) Publish lists.\n\n(2) Draw up rules that cover:\n\na. terms;\n\nb. exits."
    )
    assert [(p.eid, p.heading) for p in document.provisions] == [
        ("sec_3", "Main tasks"),
        ("sec_3__heading", ""),
        ("sec_3__subsec_1", ""),
        ("sec_3__subsec_2", ""),
        ("sec_3__subsec_2__intro", ""),
        ("sec_3__subsec_2__point_a", ""),
        ("sec_3__subsec_2__point_b", ""),
    ]
