"""Lists whose name does not tell their kind are read where persons are put on them; what is no such list is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.items import read_items
from kb.extract.lists import read_lists
from kb.extract.topics import Topics
from kb.model import Reference

RULES = """# Measures

Article 1. The Ministry keeps a {name} (hereinafter "{short}").

Article 2. A firm that has {deed} shall be entered in the {short} by the provincial office.

Article 3. The {short} is published on the website of the Ministry. A name stays on the {short} for two years.

Article 4. {then} They may apply for removal after one year.
"""


@pytest.mark.parametrize(
    ("name", "short", "deed", "then", "expected"),
    [
        ("list of false litigants", "List", "sued without cause", "Firms on the List may not bid.", "blacklist"),
        ("roll of firms that sue", "Roll", "sued twice", "Firms on the Roll may not bid.", "blacklist"),
        ("roll of generous donors", "Roll", "given much", "Firms on the Roll have priority.", "redlist"),
        ("list of new firms", "List", "moved", "Firms on the List are inspected every month.", "warning"),
        ("list of members", "List", "paid its fee", "Firms on the List may not bid.", None),
        ("list of prices", "List", "sent its prices", "Firms on the List may not bid.", None),
    ],
)
def test_kind_goes_by_function(
    name: str,
    short: str,
    deed: str,
    then: str,
    expected: str | None,
    reading_of: Callable[..., Reading],
    reference: Reference,
) -> None:
    reading = reading_of(RULES.format(name=name, short=short, deed=deed, then=then), title="Measures")
    citations = read_citations(reading, reference)
    items = read_items(reading, (), citations, (), Topics(reference))
    found = [one.list_kind.value for one in read_lists(reading, items, (), citations, reference)]
    assert found == ([expected] if expected else [])
