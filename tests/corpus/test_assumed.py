"""What a file without a head is taken for, by its own title, number and closing date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.corpus.assumed import RULES, TitleRule, assumed_head

NOTICE = """NOTICE OF THE GENERAL OFFICE OF LINHAI PROVINCIAL PEOPLE’S GOVERNMENT
ON ISSUING THE IMPLEMENTATION PLAN FOR THE CREDIT SYSTEM (2016–2020)

Lin Zheng Ban Fa [2016] No. 88

I. GENERAL

By 2017 a platform must be in place. See Guofa (2014) No. 21.

General Office
July 5, 2016
"""
NOTICE_TITLE = (
    "NOTICE OF THE GENERAL OFFICE OF LINHAI PROVINCIAL PEOPLE’S GOVERNMENT"
    " ON ISSUING THE IMPLEMENTATION PLAN FOR THE CREDIT SYSTEM (2016–2020)"
)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_row_does_what_its_examples_say(rule: TitleRule) -> None:
    """A title fires its row as the first of those that say the same thing: the kind, or the level."""
    says = [r for r in RULES if bool(r.level) == bool(rule.level)]
    assert [next((r.id for r in says if r.finds(t)), None) for t in rule.matches] == [rule.id] * len(rule.matches)
    assert [t for t in rule.rejects if rule.finds(t)] == []


CASES: list[tuple[str, dict[str, Any]]] = [
    (
        NOTICE,
        {
            "title": NOTICE_TITLE,
            "level": "provincial",
            "kind": "plan",
            "doc_number": "Lin Zheng Ban Fa [2016] No. 88",
            "horizon": "2016-01-01/2020-12-31",
            "signed": date(2016, 7, 5),
        },
    ),
    (
        "# **Interim Measures of Anping City on Blacklists**\nArticle 1 Text.\n",
        {"title": "Interim Measures of Anping City on Blacklists", "level": "municipal", "kind": "local-rule"},
    ),
    (
        "# Rules for Boats\n\nIn order to carry out the Outline (Guofa [2014] No. 21), these Rules are made.\n",
        {"title": "Rules for Boats", "kind": "departmental-rule"},
    ),
    (
        "# Rules for Boats\n\n(Hai Gang Fa [2014] No. 21, signed on 5 May)\n",
        {"title": "Rules for Boats", "kind": "departmental-rule", "doc_number": "Hai Gang Fa [2014] No. 21"},
    ),
    (
        "RULES FOR FOOD TRADERS (Trial)\nArt. 1 Purpose\n",
        {"title": "RULES FOR FOOD TRADERS (Trial)", "kind": "departmental-rule"},
    ),
    (
        "Key Points of Work in 2017\n\nText.",
        {"title": "Key Points of Work in 2017", "kind": "plan", "horizon": "2017-01-01/2017-12-31"},
    ),
    ("Something Else\n\nText.", {"title": "Something Else"}),
    ("The bureau shall publish the list.\n", {}),
    ("Article 1 These Measures …\n", {}),
    ("To all departments:\n", {}),
    ("", {}),
    ("A plan\n\n31 February 2016", {"title": "A plan", "kind": "plan"}),
    ("A plan\n\n9 March 2016", {"title": "A plan", "kind": "plan", "signed": date(2016, 3, 9)}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_a_text_says_of_itself(text: str, expected: dict[str, Any]) -> None:
    assert assumed_head(text) == expected


def test_the_heads_own_title_counts() -> None:
    assert assumed_head("Article 1 Text.", "Henan Province Social Credit Regulations") == {
        "title": "Henan Province Social Credit Regulations",
        "level": "provincial",
        "kind": "local-regulation",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Measures for the Night Market\n=============================\n\nArticle 1\n",
        "-----\nMeasures for the Night Market\n-----\n",
        "<h1 class='x'>Measures for the <b>Night Market</b></h1>\n\nArticle 1\n",
    ],
)
def test_a_title_is_its_words_alone(text: str) -> None:
    assert assumed_head(text)["title"] == "Measures for the Night Market"
