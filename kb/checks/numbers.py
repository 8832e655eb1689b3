"""Numbers of a Chinese line and of its English translation, as counts of values that can be compared.

    第三十六条规定的十五个工作日     -> {36: 1, 15: 1}
    within 15 working days … Article 36  -> {36: 1, 15: 1}

Numerals count in Chinese where a unit follows (第…条, 日, 年, 元, 倍 …) and in English as digits or number words. The value 1
is compared only beside a unit of time, money, percentage or multiple: elsewhere 一 and "one" are articles and idioms.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from kb.parse import han_value

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"

_UNITS_OF_MEASURE = "个?工作日|日|天|周岁|岁|周年|周|星期|年|个?半?月|个?小时|分钟|倍|万?亿?元|％|%|平方米|公里|人民币"
_ZH = re.compile(
    rf"百分之(?P<percent>[{_NUMERAL}]+|\d+(?:\.\d+)?)"
    rf"|(?P<below>[{_NUMERAL}]+)分之(?P<above>[{_NUMERAL}]+)"
    rf"|第(?P<ordinal>[{_NUMERAL}]+|\d+)(?=[条款项章节届次号目编]|[^{_NUMERAL}])"
    rf"|(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<scale>[十百千万亿]*)(?P<dunit>{_UNITS_OF_MEASURE})?"
    rf"|(?P<numeral>[{_NUMERAL}]+)(?P<unit>{_UNITS_OF_MEASURE}|[名人次条款项件份家种级届类大个户批套张代章节方]|以上|以下|中全会|(?=至[{_NUMERAL}]))"
)
_IDIOMS = re.compile(
    "统一|同一|单一|唯一|万一|进一步|一般|一定|一致|一并|一律|一切|一经|(?<!分)之一|一体|一带一路|一次性|任何一|每一|逐一|第一[时责]|"
    "十分之?|千方百计|三农|一站式|一网|一门|一窗|双随机、?一公开|一人|一名|一个人|一方|一级|一类|一些|一样|一旦|一同|万户|(?<!以)上一(?=年|季|月|级)|下一(?=年|季|月)|第三[方人者]|千分之"
)

_WORDS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen".split()
    )
} | {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_MONTHS = {
    m: i
    for i, m in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_EN_MEASURE = r"(?:working |calendar |natural )?(?:days?|weeks?|months?|years?|hours?|minutes?)|times|time|percent|per cent|%|yuan|RMB"
_EN = re.compile(
    r"(?P<third>\b(?:one|two)[ -]thirds?\b)|(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)(?= \d)"
    rf"|(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:st|nd|rd|th)?(?P<scale> (?:million|billion|thousand))?(?P<dunit>[ -]?(?:{_EN_MEASURE}))?"
    rf"|\b(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:-(?P<tail>one|two|three|four|five|six|seven|eight|nine))?\b"
    rf"(?P<wunit>[ -](?:{_EN_MEASURE}))?"
    r"|\b(?P<twice>twice|double|doubled)\b",
    re.IGNORECASE,
)
_EN_SCALES = {"": 1, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


def numbers_zh(line: str) -> Counter[Decimal]:
    """Values in a Chinese line, with how often each stands there."""
    found: Counter[Decimal] = Counter()
    for m in _ZH.finditer(_IDIOMS.sub("□", line)):
        if m["percent"]:
            value = m["percent"]
            found[Decimal(han_value(value)) if value[0] in _NUMERAL else Decimal(value)] += 1
        elif m["below"]:
            found.update((Decimal(han_value(m["below"])), Decimal(han_value(m["above"]))))
        elif m["ordinal"]:
            value = m["ordinal"]
            found[Decimal(value) if value.isdigit() else Decimal(han_value(value))] += 1
        elif m["digits"]:
            scale = han_value("一" + m["scale"]) if m["scale"] else 1
            unit = m["dunit"] or ""
            found[Decimal(m["digits"].replace(",", "")) * scale * _unit_scale(unit)] += 1
        else:
            value_and_unit = Decimal(han_value(m["numeral"]) * _unit_scale(m["unit"]))
            if value_and_unit != 1 or re.fullmatch(_UNITS_OF_MEASURE, m["unit"]):
                found[value_and_unit] += 1
    return found


def _unit_scale(unit: str) -> int:
    return (10_000 if "万" in unit else 1) * (100_000_000 if "亿" in unit else 1)


def numbers_en(text: str) -> Counter[Decimal]:
    """Values in an English text, with how often each stands there."""
    found: Counter[Decimal] = Counter()
    for m in _EN.finditer(text):
        if m["month"]:
            found[Decimal(_MONTHS[m["month"].lower()])] += 1
        elif m["digits"]:
            scale = _EN_SCALES[(m["scale"] or "").strip().lower()]
            found[(Decimal(m["digits"].replace(",", "")) * scale).normalize() + 0] += 1
        elif m["word"]:
            value = _WORDS[m["word"].lower()] + (_WORDS[m["tail"].lower()] if m["tail"] else 0)
            if value != 1 or m["wunit"]:
                found[Decimal(value)] += 1
        elif m["twice"]:
            found[Decimal(2)] += 1
        elif m["third"]:
            found.update((Decimal(3), Decimal(2 if m["third"].lower().startswith("two") else 1)))
    return found


def differences(line: str, text: str) -> tuple[list[Decimal], list[Decimal]]:
    """Values that only the Chinese has, and values that only the English has, sorted, each as often as it is missing."""
    zh, en = numbers_zh(line), numbers_en(text)
    return sorted((zh - en).elements()), sorted((en - zh).elements())
