"""How long an entry lasts, said by the way in a sentence on something else."""

from __future__ import annotations

import pytest

from kb.extract.lists_lasting import lasting_in

LASTING = [
    ("Employers that owe wages are put on it for one year and shut out of public works.", "are put on it for one year"),
    ("Such schools go on the list for two years.", "go on the list for two years"),
    ("Those struck off are blacklisted for life.", "are blacklisted for life"),
    ("The bureau publishes the names on its website for six months.", "publishes the names on its website for six months"),
    ("It may be moved to the warning list for up to 6 months.", "be moved to the warning list for up to 6 months"),
    ("A warning lapses six months after service.", "warning lapses six months"),
    ("Grey status lasts a full year.", "status lasts a full year"),
    ("An agency that has been on the list for one year may apply.", None),
    ("Whoever has been listed for at least six months may ask for removal.", None),
    ("Enterprises on the blacklist may not bid for three years.", None),
    ("The names are shown on the website for seven days.", None),
    ("It stays on the list if it has not paid for two years.", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "words"), LASTING)
def test_reads_how_long_an_entry_lasts(sentence: str, words: str | None) -> None:
    found = lasting_in(sentence, 0, len(sentence))
    assert (sentence[slice(*found)] if found else None) == words
