"""The record of when rules first appeared: well-formed, in order, no rule twice; rules that are gone may stay."""

from __future__ import annotations

import re

from kb.paths import PACKAGE
from kb.rules import rule_ages

LINE = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\dZ [\w-]+\Z")


def test_the_record_is_well_formed() -> None:
    lines = (PACKAGE / "rule_ages.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not LINE.match(line)] == []
    assert lines == sorted(lines)
    assert len(rule_ages()) == len(lines) > 300


def test_rules_of_the_first_day_are_in_it() -> None:
    ages = rule_ages()
    assert ages["imperative"] < ages["modal-shall"] == ages["horizon"]
