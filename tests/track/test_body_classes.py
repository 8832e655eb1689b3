"""Which classes of bodies the words of an actor name; the table of the corpus itself is tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.corpus import load_reference
from kb.track import Bodies, BodyClasses

REFERENCE, PROBLEMS = load_reference(Path(__file__).parents[2] / "corpus" / "reference")
CLASSES = BodyClasses(REFERENCE.body_classes)

WORDS = [
    ("development and reform authorities", {"ndrc"}),
    ("The provincial department of development and reform", {"ndrc"}),
    ("price authorities", {"ndrc"}),
    ("the industry and commerce administration departments at or above the county level", {"saic"}),
    ("commerce authorities", {"mofcom"}),
    ("municipal commerce department", {"mofcom"}),
    ("finance, taxation and other departments of the State Council", {"mof", "sat"}),
    ("railway and civil aviation authorities", {"nra", "caac"}),
    ("People’s courts", {"spc"}),
    ("the court", {"spc"}),
    ("higher people's courts", {"spc"}),
    ("customs", {"gac"}),
    ("food and drug supervision authorities", {"cfda"}),
    ("drug supervision and administration department of the State Council", {"nmpa"}),
    ("administrative departments for human resources and social security", {"mohrss"}),
    ("public security organ", {"mps"}),
    ("ecology and environment bureau", {"mep"}),
    ("statistics bodies", {"nbs"}),
    ("market regulation departments of people's governments at or above the county level", {"samr"}),
    # no class
    ("relevant departments", set()),
    ("tax agents", set()),
    ("insurance companies", set()),
    ("institutions of higher education", set()),
    ("staff of the tax authorities", set()),
    ("financial institutions", set()),
    ("customs brokers", set()),
    ("courtesy office", set()),
    ("municipal social credit administration department", set()),
    ("industry associations", set()),
    ("energy-saving authorities", set()),
    ("", set()),
]  # fmt: skip


@pytest.mark.parametrize(("words", "heads"), WORDS, ids=[words for words, _ in WORDS])
def test_the_words_of_an_actor_name_its_classes(words: str, heads: set[str]) -> None:
    assert CLASSES.heads_of(words) == heads


ASKED = [
    ("development and reform authorities", "ndrc"),
    ("发展改革部门", "ndrc"),
    ("market regulation", "samr"),
    ("Market Regulation Departments", "samr"),
    ("tax", "sat"),
    ("people's courts at all levels", "spc"),
    ("finance and tax departments", ""),
    ("credit reporting agencies", ""),
    ("nobody", ""),
]


@pytest.mark.parametrize(("name", "head"), ASKED)
def test_a_class_is_found_by_its_name_or_its_line(name: str, head: str) -> None:
    assert CLASSES.find(name) == head
    family = Bodies(REFERENCE.bodies, REFERENCE.body_classes).find(name)
    assert (family.body.id if family else "") == head


def test_a_name_of_a_body_goes_before_a_class() -> None:
    plain, classed = Bodies(REFERENCE.bodies), Bodies(REFERENCE.bodies, REFERENCE.body_classes)
    names = [n for body in REFERENCE.bodies for n in (body.id, body.name, body.name_zh, *body.abbreviations) if n]
    assert [name for name in names if plain.find(name) != classed.find(name)] == []


def test_the_table_of_the_corpus_is_sound() -> None:
    assert PROBLEMS == ()
    bodies = {body.id for body in REFERENCE.bodies}
    assert [row.id for row in REFERENCE.body_classes if row.id not in bodies] == []
    cues = [cue for row in REFERENCE.body_classes for cue in row.cues]
    assert sorted({cue for cue in cues if cues.count(cue) > 1}) == []
    assert [row.id for row in REFERENCE.body_classes if row.id not in CLASSES.heads_of(row.name)] == []


def test_long_words_take_no_longer_than_their_length() -> None:
    assert CLASSES.heads_of("people's government, " * 20_000 + "tax authorities") == {"sat"}
