"""`kb extract` on files outside the corpus: what is printed, what is said of a missing head, and what fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

TEXT = """Linhai Province Plan for the Credit System (2016-2020)

I. By the end of 2017, the Ministry of Commerce shall publish the blacklist of dishonest sellers.

II. "Seller" means a person who sells goods.
"""

PRINTED = """\
Linhai Province Plan for the Credit System (2016-2020) (plan, provincial)

1 item (1 duty)
  mine#sec_1~1
    duty: Ministry of Commerce: publish the blacklist of dishonest sellers  [deadline, to 2017-12-31]
"""


def test_text_of_one_file(kb: Callable[..., Any], place: Path) -> None:
    (place / "mine.md").write_text(TEXT, encoding="utf-8")
    call = kb("extract", "mine.md")
    assert call.code == 0
    assert call.out.startswith(PRINTED)
    assert call.out.endswith('\n1 definition\n  Seller: "Seller" means a person who sells goods.\n')
    assert call.err.splitlines() == [
        "mine.md:1: the file has no front matter [front-matter]",
        "hint: it is taken as plan (provincial, for 2016-01-01 to 2020-12-31)"
        ' "Linhai Province Plan for the Credit System (2016-2020)"; put id, title, kind … between two --- lines to say'
        " otherwise",
    ]


def test_a_file_that_cannot_be_read_does_not_stop_the_next(kb: Callable[..., Any], place: Path) -> None:
    (place / "mine.md").write_text(TEXT, encoding="utf-8")
    (place / "latin.md").write_bytes(b"caf\xe9\n")
    call = kb("extract", "latin.md", "mine.md", "--json")
    assert call.code == 1
    assert [json.loads(line)["doc"] for line in call.out.splitlines()] == ["mine"]
    assert call.err.splitlines()[0] == "latin.md:1: byte 0xe9 is not UTF-8 text [unreadable]"
