"""Chinese numbers against English ones: values, scales, idioms that are no numbers."""

from __future__ import annotations

import pytest

from kb.checks.numbers import differences, numbers_en, numbers_zh

PAIRS = [
    # Chinese, English, only in the Chinese, only in the English
    ("自收到申请之日起十五个工作日内", "within 15 working days from the date of receiving the application", [], []),
    ("处五万元以上二十万元以下的罚款", "a fine of not less than 50,000 yuan and not more than 200,000 yuan", [], []),
    ("依照第三十六条第二款第（一）项", "in accordance with Article 36, Paragraph 2", [], []),
    ("2017年10月1日", "October 1, 2017", [], []),
    ("百分之五以上", "5 percent or more", [], []),
    ("保存期限为一年", "the retention period is 1 year", [], []),
    ("保存期限为一年", "the retention period is one year", [], []),
    ("有下列情形之一的", "in one of the following circumstances", [], []),  # 一 and "one" without a unit are no numbers
    ("统一社会信用代码", "unified social credit code", [], []),
    ("上一年度报告", "the report of the preceding year", [], []),
    ("提供给第三方使用", "provided to third parties for use", [], []),
    ("三个工作日", "within 5 working days", [3], [5]),
    ("十日内", "promptly", [10], []),
    ("及时", "within 7 days", [], [7]),
    ("罚款一百万元", "a fine of 1 million yuan", [], []),
    ("不得超过总人数的三分之一", "must not exceed one-third of the total", [], []),
    ("六个月以上一年以下", "not less than 6 months and not more than 1 year", [], []),
    ("1倍以上5倍以下", "not less than 1 time and not more than 5 times", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en", "only_zh", "only_en"), PAIRS, ids=[f"{a} | {b}" for a, b, _, _ in PAIRS])
def test_compares_numbers_of_a_line(zh: str, en: str, only_zh: list[int], only_en: list[int]) -> None:
    assert differences(zh, en) == (only_zh, only_en)


def test_every_number_counts_as_often_as_it_stands() -> None:
    assert numbers_zh("三日内、三日内、五年") == {3: 2, 5: 1}
    assert numbers_en("3 days, three days and 5 years") == {3: 2, 5: 1}
