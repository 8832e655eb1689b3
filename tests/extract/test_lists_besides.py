"""What a sentence on something else says of a list by the way."""

from __future__ import annotations

import pytest

from kb.extract.lists_besides import exculpation_in, lasting_in, made_public_in

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


PUBLIC = [
    ("Mills that cheat are put on a list of dishonest mills, which the bureau makes known to the public.", "which the bureau makes known to the public"),
    ("It is entered on the blacklist, which is published and shared with banks, and may not bid.", "which is published and shared with banks"),
    ("The bureau enters it on the list and publicizes this to society on its portal and reminds it to report.", "publicizes this to society on its portal"),
    ("The bureau enters shops which report accidents on the list.", None),
    ("It is put on the list and barred from bids.", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "words"), PUBLIC)
def test_reads_that_a_list_is_made_public(sentence: str, words: str | None) -> None:
    found = made_public_in(sentence, 0, len(sentence))
    assert (sentence[slice(*found)] if found else None) == words


ESCAPES = [
    ("Its head is listed with it unless he or she can show that the workers were paid.", "unless he or she can show that the workers were paid"),
    ("The agent is entered too, unless it proves that it was not at fault.", "unless it proves that it was not at fault"),
    ("Managers are listed, save where they are able to prove due diligence; others are not.", "save where they are able to prove due diligence"),
    ("The firm is listed unless it pays.", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "words"), ESCAPES)
def test_reads_how_one_may_escape_an_entry(sentence: str, words: str | None) -> None:
    found = exculpation_in(sentence, 0, len(sentence))
    assert (sentence[slice(*found)] if found else None) == words
