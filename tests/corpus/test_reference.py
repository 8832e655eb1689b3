"""Reviewed tables: rows to records, problems with lines, nothing raised."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kb.corpus import load_reference
from kb.model import Alias, Body, Label, Reference, Term

TABLES = (
    "areas.yml",
    "bodies.yml",
    "body_classes.yml",
    "fields.yml",
    "glossary.yml",
    "measures.yml",
    "target_roles.yml",
)
OURS = Path(__file__).parents[2] / "corpus" / "reference"


def folder(tmp_path: Path, **tables: str) -> Path:
    for name in TABLES:
        (tmp_path / name).write_text(tables.get(name.removesuffix(".yml"), "[]\n"), encoding="utf-8")
    return tmp_path


def test_reads_rows(tmp_path: Path) -> None:
    bodies = "- id: ndrc\n  name: NDRC\n  level: national\n  aliases:\n  - {name: SDPC, until: 2003-03-10}\n"
    reference, problems = load_reference(
        folder(
            tmp_path,
            bodies=bodies,
            fields="- {id: tax, name: Tax, cues: [tax*]}\n",
            glossary="- {zh: 信用, preferred: credit}",
        )
    )
    assert problems == ()
    assert reference == Reference(
        bodies=(Body("ndrc", "NDRC", "national", aliases=(Alias("SDPC", until=date(2003, 3, 10)),)),),
        fields=(Label("tax", "Tax", cues=("tax*",)),),
        glossary=(Term("信用", "credit"),),
    )


def test_reports_rows_that_are_wrong_and_keeps_the_others(tmp_path: Path) -> None:
    fields = "- {id: tax, name: Tax}\n- {id: food, nam: Food}\n- {id: tax, name: Again}\n- word\n"
    reference, problems = load_reference(folder(tmp_path, fields=fields, areas="a: b\n", measures="- [\n"))
    assert [row.id for row in reference.fields] == ["tax"]
    name = f"{tmp_path.parent.name}/{tmp_path.name}"
    assert [(p.path, p.line) for p in problems] == [
        (f"{name}/areas.yml", 1),
        (f"{name}/fields.yml", 2),
        (f"{name}/fields.yml", 3),
        (f"{name}/fields.yml", 4),
        (f"{name}/measures.yml", 2),
    ]


def test_a_table_that_a_corpus_does_not_bring_is_the_bundled_one(tmp_path: Path) -> None:
    bundled, _ = load_reference(OURS)
    assert load_reference(tmp_path / "none") == (bundled, ())
    (tmp_path / "bodies.yml").write_text("- id: office\n  name: Riverport Office\n  level: municipal\n")
    reference, problems = load_reference(tmp_path)
    assert ([body.id for body in reference.bodies], problems) == (["office"], ())
    assert (reference.fields, reference.glossary) == (bundled.fields, bundled.glossary)


def test_our_own_tables_are_sound() -> None:
    reference, problems = load_reference(OURS)
    assert problems == ()
    assert reference.bodies
    assert reference.glossary


def test_every_name_of_a_term_is_one_name_that_can_be_searched() -> None:
    glossary = load_reference(OURS)[0].glossary
    names = [name for term in glossary for name in (term.zh, term.preferred, *term.variants)]
    assert [name for name in names if set(name) & set("()/:（）")] == []
    for kind in ([term.zh for term in glossary], [term.preferred for term in glossary]):
        assert len(kind) == len(set(kind))
