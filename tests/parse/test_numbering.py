"""The table of numbers against its own examples, and what a number is worth."""

from __future__ import annotations

import pytest

from kb.parse.numbering import RULES, NumberRule, han_value, number_value, read_label

IDS = [rule.id for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_each_rule_reads_its_examples(rule: NumberRule) -> None:
    read = [
        (text, label.rule if (label := read_label(text, 0, len(text), bare=rule.bare)) else None)
        for text in rule.matches
    ]
    assert read == [(text, rule.id) for text in rule.matches]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_no_rule_reads_what_it_rejects(rule: NumberRule) -> None:
    labels = [(text, read_label(text, 0, len(text), bare=rule.bare)) for text in rule.rejects]
    assert [text for text, label in labels if label and label.rule == rule.id] == []


LABELS = [
    # line                                  number             eId part  words after it
    ("Article 12 The bureau", "Article 12", "12", "The bureau"),
    ("Article 12: The bureau", "Article 12", "12", "The bureau"),
    ("Article\u00a012 The bureau", "Article 12", "12", "The bureau"),
    ("Article 12 - Purpose", "Article 12", "12", "Purpose"),
    ("Article 12-1 The bureau", "Article 12-1", "12-1", "The bureau"),
    ("Article 12 bis The bureau", "Article 12 bis", "12bis", "The bureau"),
    ("Article Twenty-One The bureau", "Article Twenty-One", "21", "The bureau"),
    ("Article 1043 The parties", "Article 1043", "1043", "The parties"),
    ("Art 9 In carrying on business", "Art 9", "9", "In carrying on business"),
    ("§ 9 The bureau", "§ 9", "9", "The bureau"),
    ("第一百零三条 为了", "第一百零三条", "103", "为了"),
    ("第十二条之二　为了", "第十二条之二", "12-2", "为了"),
    ("Chapter IX Liability", "Chapter IX", "9", "Liability"),
    ("CHAPTER TWO: LISTING", "CHAPTER TWO", "2", "LISTING"),
    ("第三节 公开", "第三节", "3", "公开"),
    ("XIV. Safeguards", "XIV.", "14", "Safeguards"),
    ("（十一）其他", "（十一）", "11", "其他"),
    ("（１）全角", "（１）", "1", "全角"),
    ("1\\. escaped", "1.", "1", "escaped"),
    ("⑫ twelve", "⑫", "12", "twelve"),
    ("⒊three", "⒊", "3", "three"),
    ("(iv) four", "(iv)", "iv", "four"),
    ("B) two", "B)", "b", "two"),
    ("Annex: Form", "Annex", "", "Form"),
    ("附件2：措施", "附件2", "2", "措施"),
]


@pytest.mark.parametrize(("line", "number", "token", "words"), LABELS, ids=[row[0] for row in LABELS])
def test_reads_number_and_words(line: str, number: str, token: str, words: str) -> None:
    label = read_label(line, 0, len(line))
    assert label is not None
    assert (label.number, label.token, line[label.end :].strip()) == (number, token, words)


NO_LABELS = [
    "Article 12 of these Measures applies.",
    "Article 13 deals with liability.",
    "Articles 1 to 4",
    "Part I describes the present state.",
    "(2014) No. 21",
    "2014. The work went on.",
    "2015 was better.",
    "1.5 million yuan",
    "(1) to (3) above apply.",
    "(a) and (b) above apply.",
    "**bold**",
    "*italic*",
    "-5 degrees",
    "A county",
    "I am",
    "e.g. this",
    "U.S. firms",
    "First, strengthen leadership.",
    "",
]


@pytest.mark.parametrize("line", NO_LABELS)
def test_words_are_no_numbers(line: str) -> None:
    assert read_label(line, 0, len(line)) is None


VALUES = [("12", 12), ("xiv", 14), ("XL", 40), ("twenty-one", 21), ("Ninety Nine", 99), ("十", 10), ("二十", 20)]
VALUES += [("一百零三", 103), ("12-1", 12), ("", 0), ("word", 0)]


@pytest.mark.parametrize(("digits", "value"), VALUES)
def test_value_of_digits(digits: str, value: int) -> None:
    assert number_value(digits) == value


NUMERALS = [
    ("十", 10), ("十五", 15), ("二十", 20), ("一百零三", 103), ("一百二十", 120), ("两", 2), ("二〇一七", 2017),
    ("五万", 50_000), ("一百万", 1_000_000), ("三千五百", 3_500), ("一亿二千万", 120_000_000), ("一〇", 10), ("", 0), ("甲", 0),
]  # fmt: skip


@pytest.mark.parametrize(("numeral", "value"), NUMERALS, ids=[n for n, _ in NUMERALS])
def test_value_of_a_chinese_numeral(numeral: str, value: int) -> None:
    assert han_value(numeral) == value
