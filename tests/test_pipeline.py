"""A build does only the work that changed, leaves the last good one when it is cut off, and one bad document stops no other."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import filelock
import pytest

from kb import pipeline, search
from kb.cli.failures import failure_of
from kb.model import Document, Facts, Reference
from kb.pipeline import build
from kb.sitegen import NotOursError
from kb.workspace import Workspace, find_workspace

AS_OF = date(2018, 10, 24)
HEAD = """---
id: {id}
title: "Measures {id}"
kind: departmental-rule
level: ministerial
issuers: [ndrc]
region: CN
published: 2016-01-01
fidelity: full
---

"""
BODY = "**Article 1** The bureau shall publish the blacklist by 2017.\n\n**Article 2** Enterprises may apply for credit repair.\n"


def write(folder: Path, name: str, body: str = BODY) -> None:
    (folder / f"{name}.md").write_text(HEAD.format(id=name) + body, encoding="utf-8")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("cn-one-2016", "cn-two-2016"):
        write(corpus, name)
    return find_workspace(tmp_path, {}, {})


def contents(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_second_build_has_nothing_to_do(space: Workspace) -> None:
    first = build(space, AS_OF)
    assert (first.added, first.problems) == (["cn-one-2016", "cn-two-2016"], [])
    before = contents(space.build)
    second = build(space, AS_OF)
    assert (second.added, second.changed, second.unchanged) == ([], [], ["cn-one-2016", "cn-two-2016"])
    assert contents(space.build) == before
    assert Path(second.site).is_file()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


@pytest.mark.parametrize(
    ("place", "damage"),
    [
        ("index/passages.jsonl", _cut),
        ("index/strange.seg", Path.touch),
        ("index/MANIFEST.json", Path.unlink),
        ("kb.sqlite", _cut),
        ("kb.sqlite", Path.unlink),
        ("site/index.html", Path.unlink),
        ("site/documents.html", _cut),
    ],
)
def test_what_somebody_damaged_is_made_again(space: Workspace, place: str, damage: Callable[[Path], None]) -> None:
    def rest() -> dict[str, str]:
        """All but the index, whose files Whoosh names at random."""
        return {path: digest for path, digest in contents(space.build).items() if not path.startswith("index/")}

    build(space, AS_OF)
    before = contents(space.build)
    as_built = rest()
    damage(space.build / place)
    assert contents(space.build) != before
    build(space, AS_OF)
    assert rest() == as_built
    assert search.is_whole(space.index)


def test_only_the_changed_document_is_read_again(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    build(space, AS_OF)
    read: list[str] = []

    def noted(document: Document, reference: Reference) -> Facts:
        read.append(document.id)
        return pipeline_extract(document, reference)

    pipeline_extract = pipeline.extract.extract_facts
    monkeypatch.setattr(pipeline.extract, "extract_facts", noted)
    write(space.corpus, "cn-two-2016", BODY.replace("2017", "2018"))
    (space.corpus / "cn-one-2016.md").touch()
    summary = build(space, AS_OF)
    assert (read, summary.changed, summary.unchanged) == (["cn-two-2016"], ["cn-two-2016"], ["cn-one-2016"])


def test_a_document_that_goes_takes_its_facts_with_it(space: Workspace) -> None:
    build(space, AS_OF)
    (space.corpus / "cn-two-2016.md").unlink()
    summary = build(space, AS_OF)
    assert (summary.removed, summary.unchanged) == (["cn-two-2016"], ["cn-one-2016"])
    assert [p.name for p in space.facts.iterdir()] == ["cn-one-2016.jsonl"]


def test_the_same_corpus_gives_the_same_bytes_in_another_place(space: Workspace, tmp_path: Path) -> None:
    build(space, AS_OF)
    other = find_workspace(tmp_path, {}, {"build": str(tmp_path / "elsewhere")})
    build(other, AS_OF)
    private = {name for name in contents(space.build) if name.startswith("index")}  # disposable, never compared
    first, second = contents(space.build), contents(other.build)
    assert {k: v for k, v in first.items() if k not in private} == {
        k: v for k, v in second.items() if not k.startswith("index")
    }


def test_a_document_that_cannot_be_read_is_reported_and_stops_no_other(space: Workspace) -> None:
    (space.corpus / "cn-broken-2016.md").write_text("---\nid: cn-broken-2016\ntitle: [\n---\n", encoding="utf-8")
    summary = build(space, AS_OF)
    assert summary.added == ["cn-one-2016", "cn-two-2016"]
    assert summary.failed == ["corpus/cn-broken-2016.md"]
    assert [p.path for p in summary.problems] == ["corpus/cn-broken-2016.md"]


def test_a_document_that_the_rules_cannot_read_is_reported_and_stops_no_other(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = pipeline.extract.extract_facts

    def defective(document: Document, reference: Reference) -> Facts:
        if document.id == "cn-one-2016":
            raise IndexError("a defect")
        return right(document, reference)

    monkeypatch.setattr(pipeline.extract, "extract_facts", defective)
    summary = build(space, AS_OF)
    assert (summary.added, [p.check for p in summary.problems]) == (["cn-two-2016"], ["extract"])


def test_two_builds_do_not_write_into_one_folder(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_PATIENCE", 0)
    with pipeline.only_build(space):
        with pytest.raises(filelock.Timeout) as stopped:
            build(space, AS_OF)
        found = failure_of(stopped.value)
    assert found == (f"{space.build}: another build is at work", 5, "wait for it to end, then try again")
    assert build(space, AS_OF).added == ["cn-one-2016", "cn-two-2016"]


def test_a_log_in_another_encoding_is_reported_and_fails_no_document(space: Workspace) -> None:
    space.notes.mkdir()
    (space.notes / "progress.log").write_bytes("失信\n".encode("gb18030"))
    summary = build(space, AS_OF)
    assert (summary.added, summary.failed) == (["cn-one-2016", "cn-two-2016"], [])
    assert [(p.path, p.line, p.check) for p in summary.problems] == [(str(space.notes / "progress.log"), 1, "notes")]


STAGES = ["write_base", "build_index", "write_site"]


@pytest.fixture(params=STAGES)
def cut_off_at(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A switch that makes one stage of the next build fail after it has written something."""

    def switch() -> None:
        def cut(*arguments: Any, **_: Any) -> None:
            out = next(a for a in arguments if isinstance(a, Path))
            out.write_text("half")
            raise KeyboardInterrupt

        module = {"write_base": "kb.pipeline", "build_index": "kb.search", "write_site": "kb.sitegen"}[request.param]
        monkeypatch.setattr(f"{module}.{request.param}", cut)

    return switch


def test_a_build_that_is_cut_off_leaves_the_last_good_one(space: Workspace, cut_off_at: Any) -> None:
    build(space, AS_OF)
    published = {n: h for n, h in contents(space.build).items() if not n.startswith("facts")}
    write(space.corpus, "cn-two-2016", BODY.replace("2017", "2018"))
    cut_off_at()
    with pytest.raises(KeyboardInterrupt):
        build(space, AS_OF)
    after = contents(space.build)
    assert {n: after.get(n) for n in published} == published


def test_a_site_folder_of_somebody_else_is_left_alone(space: Workspace) -> None:
    space.site.mkdir(parents=True)
    (space.site / "thesis.txt").write_text("years of work")
    with pytest.raises(NotOursError):
        build(space, AS_OF)
    assert (space.site / "thesis.txt").read_text() == "years of work"


def test_a_build_loads_the_rules_only_where_something_changed() -> None:
    code = "import sys, kb.pipeline, kb.extract.resolve; print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "False\n"
