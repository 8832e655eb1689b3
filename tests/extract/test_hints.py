"""Hints let a reader leave out a scan: whatever a scan finds, a word of the text has hinted at it, however it is glued."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.extract import definitions
from kb.extract.citation_titles import TITLE_HINT, read_titles
from kb.extract.citation_units import UNIT_HINT, read_unit_references
from kb.extract.context import Reading
from kb.extract.document_numbers import NUMBER_HINT, read_numbers
from kb.extract.hereinafter import SHORT_FORM_HINT, read_introductions
from kb.extract.times_seeds import SEED_HINT, find_seeds

Scan = Callable[[str], Iterable[object]]


def cues(text: str) -> list[object]:
    """The places at which a defining sentence may stand."""
    return [*definitions.CUE.finditer(text), *definitions.QUOTED_CUE.finditer(text)]


SCANS: list[tuple[Scan, re.Pattern[str]]] = [
    (read_titles, TITLE_HINT),
    (read_unit_references, UNIT_HINT),
    (read_numbers, NUMBER_HINT),
    (read_introductions, SHORT_FORM_HINT),
    (cues, definitions.CUE_HINT),
    (find_seeds, SEED_HINT),
]
PIECES = [
    "Article 5", "Arts. 5", "art. 5", "paras. 1", "Sub-paragraph 2", "sub-items 3", "the last item,", "first paragraph of",
    "Section 2", "Parts IV", "Guofa [2014] No. 21", "No. 5 of 2016", "国发〔2016〕33号", "第5号", "Order No. 7",
    "Government Procurement Law", "Provisions on the Use of Cards", "“Planning Outline”", "'Measures for Cards'", "*Civil Code*", "《规定》",
    "(hereinafter “cards”)", "(the ‘Outline’)", "below referred to as \"it\"", "henceforth called X", "means", "refers to", "denotes",
    "in this Law,", "In these Rules,", "for the purposes of this", "\" is", "” are", "’ is", "as used in", "provided for in", "signifies",
    "2018", "May", "Sept.", "days", "on promulgation", "On their issue", "annual basis", "semi-annual", "up to date ", "·5", "daily",
    "`", "<b>", "=", "/", "x", "’s", "'s", " ", "  ", ".", ",", "-", "(", "\n", "\n\n", "a" * 501,
]  # fmt: skip


@pytest.mark.parametrize(("scan", "hint"), SCANS, ids=lambda value: getattr(value, "__name__", ""))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join))
def test_what_is_found_is_hinted_at(
    reading_of: Callable[..., Reading], scan: Scan, hint: re.Pattern[str], text: str
) -> None:
    if any(True for _ in scan(text)):
        assert reading_of(text).hints_at(hint)


@pytest.mark.parametrize(("scan", "hint"), SCANS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_text_that_says_none_of_this_hints_at_nothing(
    reading_of: Callable[..., Reading], scan: Scan, hint: re.Pattern[str]
) -> None:
    reading = reading_of("The bureau shall keep its books in good order.")
    assert not reading.hints_at(hint) and not any(True for _ in scan(reading.flowing))
