"""Document numbers: every shape meets under one key, and digits without a name are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.document_numbers import RULES, number_key, read_numbers, rules_in


@pytest.mark.parametrize(("rule", "text"), [(r.id, m) for r in RULES for m in r.matches])
def test_each_row_fires_in_its_examples(rule: str, text: str) -> None:
    assert rules_in(text) == [rule]


@pytest.mark.parametrize(("rule", "text"), [(r.id, m) for r in RULES for m in r.rejects])
def test_no_row_fires_where_it_must_not(rule: str, text: str) -> None:
    assert rule not in rules_in(text)


SHAPES = [
    "Guofa (2016) No. 33", "Guofa [2016] No. 33", "Guofa [2016] 33", "Guo Fa [2016] No.33", "GUOFA (2016) No. 33", "GF No. (2016)33", "GF [2016] No. 33",
    "Guofa No. 33 [2016]", "Guofa 2016 No. 33", "State Council Release (2016) No. 33", "State Council Issue [2016] No. 33",
    "State Council Document no. 33 [2016]", "No. 33 [2016] of the State Council", "Document No. 33 [2016] of the State Council", "国发〔2016〕33号",
    "国发［2016］33号", "Guofa（2016）No. 33", "Guofa 〔2016〕 33",
    "Guofa 2016/33", "Guofa 33/2016", "Guo Fa No. 33/2016", "Guofa No. 2016/33",
    "Guofa 2016-33", "Guofa (2016) #33", "№ 33 [2016] of the State Council",
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_all_shapes_of_one_number_have_one_key(shape: str) -> None:
    found = list(read_numbers(f"in accordance with {shape}, the bureau shall act"))
    assert [number.key for number in found] == ["guofa-2016-33"]
    assert f"in accordance with {shape}"[found[0].start :].strip() == shape


CASES = [
    ("notice Fagai Caijin [2014] No. 305.", [("notice Fagai Caijin [2014] No. 305", "fagaicaijin-2014-305")]),
    ("Yunzhengfa (2016) No. 97", [("Yunzhengfa (2016) No. 97", "yunzhengfa-2016-97")]),
    ("Wenlu Shichang Fa (2018) No. 119", [("Wenlu Shichang Fa (2018) No. 119", "wenlushichangfa-2018-119")]),
    ("Decree No. 9 of the Ministry of Commerce", [("Decree No. 9 of the Ministry of Commerce", "ministry-commerce-decree-9")]),
    ("MOHURD Order No. 5", [("MOHURD Order No. 5", "mohurd-order-5")]),
    ("Order No. 297", [("Order No. 297", "order-297")]),
    ("沪府发〔2016〕81号", [("沪府发〔2016〕81号", "沪府发-2016-81")]),
    (
        "Guofa (2014) No. 21 and Guobanfa (2016) No. 98",
        [("Guofa (2014) No. 21", "guofa-2014-21"), ("Guobanfa (2016) No. 98", "guobanfa-2016-98")],
    ),
    ("Decree of the State Council No. 654", [("Decree of the State Council No. 654", "state-council-order-654")]),
    ("the Order of the Ministry of Commerce No. 5 of 2018", [("Order of the Ministry of Commerce No. 5 of 2018", "order-ministry-commerce-2018-5")]),
    ("Ban Jian Guan 31/2017 and Yunzhengfa 2016/97", [("Ban Jian Guan 31/2017", "banjianguan-2017-31"), ("Yunzhengfa 2016/97", "yunzhengfa-2016-97")]),
    ("NDRC Law & Order [2016] No. 141, MOF Treasury [2016] 125", [("NDRC Law & Order [2016] No. 141", "ndrc-law-order-2016-141"), ("MOF Treasury [2016] 125", "mof-treasury-2016-125")]),
    ("Under PBC Order [2013] No. 1, MOT Decree 5/2018 and SAT Announcement 2014/40", [("PBC Order [2013] No. 1", "pbc-order-2013-1"), ("MOT Decree 5/2018", "mot-decree-2018-5"), ("SAT Announcement 2014/40", "sat-announcement-2014-40")]),
    ("State Council Order 631 and Decree 492 of the State Council", [("State Council Order 631", "state-council-order-631"), ("Decree 492 of the State Council", "state-council-order-492")]),
    ("the Order of the Ministry of Water Resources (No. 49) and the Order of the President (No. 70)", [("Order of the Ministry of Water Resources (No. 49)", "order-ministry-water-resources-49"), ("Order of the President (No. 70)", "president-order-70")]),
    ("GB/T 33718-2017 and GB 32100—2015", [("GB/T 33718-2017", "gb-t-33718-2017"), ("GB 32100—2015", "gb-32100-2015")]),
    ("Order 12 boats, Decree 5 applies, Lot #49 and the bid (No. 5); Qing Dao 2016-17", []),
    ("in June 12/2018, in Hainan 12/2018, in 2016/17, on Page 12/2018", []),
    ("the Order of the day, No. 5", []),
    ("two numbers, (2018) No. 119 and (2019) No. 12", []),
    ("No. 5 Middle School", []),
    ("the Plan (2014) 21 departments signed", []),
    ("the Measures (2014) and 3 others", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_reads_each_number_with_its_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[n.start : n.end], n.key) for n in read_numbers(text)] == expected


def test_a_name_on_both_sides_is_found_far_into_a_text() -> None:
    text = (
        "The bureau acts. " * 20
        + "See Document No. 20 [2013] of the State Council and Order No. 5 of the State Council."
    )
    assert [(text[n.start : n.end], n.key) for n in read_numbers(text)] == [
        ("Document No. 20 [2013] of the State Council", "guofa-2013-20"),
        ("Order No. 5 of the State Council", "state-council-order-5"),
    ]


def test_a_name_that_stands_for_two_series_is_not_certain() -> None:
    (number,) = read_numbers("Legal Release (2016) No. 33")
    assert (number.key, number.certain) == ("unknown-2016-33", False)
    assert number_key("Legal Release (2016) No. 33") == ""


@given(st.text(alphabet="GuofaNo. []()〔〕2016号国发,the ", max_size=60))
def test_every_number_lies_in_the_text(text: str) -> None:
    for number in read_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert number.key


@pytest.mark.parametrize("unit", ["Guofa ", "No. 1 ", "(2016) ", "Aa of the ", "国", "20"])
def test_hostile_input_costs_no_more_than_its_length(unit: str, least_seconds: Callable[..., float]) -> None:
    small, large = (
        least_seconds([lambda text=unit * count: list(read_numbers(text))] * 3) for count in (4_000, 16_000)
    )
    assert large < max(small, 0.002) * 12
