from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.porter import stem

# Examples of the paper, by step, and words of the corpus.
CASES = [
    ("caresses", "caress"), ("ponies", "poni"), ("ties", "ti"), ("caress", "caress"), ("cats", "cat"),
    ("feed", "feed"), ("agreed", "agre"), ("plastered", "plaster"), ("bled", "bled"), ("motoring", "motor"), ("sing", "sing"),
    ("conflated", "conflat"), ("troubled", "troubl"), ("sized", "size"), ("hopping", "hop"), ("tanned", "tan"),
    ("falling", "fall"), ("hissing", "hiss"), ("fizzed", "fizz"), ("failing", "fail"), ("filing", "file"),
    ("happy", "happi"), ("sky", "sky"), ("eyed", "ey"), ("relational", "relat"), ("conditional", "condit"), ("rational", "ration"),
    ("digitizer", "digit"), ("operator", "oper"), ("hopefulness", "hope"), ("formality", "formal"), ("sensibility", "sensibl"),
    ("triplicate", "triplic"), ("formative", "form"), ("electrical", "electr"), ("goodness", "good"),
    ("revival", "reviv"), ("allowance", "allow"), ("inference", "infer"), ("adoption", "adopt"), ("effective", "effect"),
    ("probate", "probat"), ("rate", "rate"), ("cease", "ceas"), ("controll", "control"), ("roll", "roll"),
    ("punishments", "punish"), ("punishing", "punish"), ("blacklisted", "blacklist"), ("defaulters", "default"),
    ("deployment", "deploy"), ("capitalized", "capit"),
    ("by", "by"), ("is", "is"), ("aed", "aed"), ("2014", "2014"), ("naïve", "naïve"), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), CASES, ids=[word or "empty" for word, _ in CASES])
def test_gives_the_stem_of_the_paper(word: str, expected: str) -> None:
    assert stem(word) == expected


ENDINGS = [
    "",
    "s",
    "es",
    "ies",
    "ed",
    "ing",
    "y",
    "ational",
    "ization",
    "iveness",
    "biliti",
    "bility",
    "ement",
    "ance",
    "e",
    "ll",
]


@given(st.text(alphabet="abceilnosty", max_size=8), st.lists(st.sampled_from(ENDINGS), max_size=3))
def test_a_word_begins_like_its_stem(root: str, endings: list[str]) -> None:
    word = root + "".join(endings)
    assert stem(word)[:2] == word[:2]
    assert word.startswith(stem(word)[:-1])
