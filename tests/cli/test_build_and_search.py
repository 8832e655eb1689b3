"""From the files of a corpus to an answer, by commands alone: what is built is what is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main
from kb.model import Document, Facts, Reference

DOCUMENT = """\
---
id: cn-{name}
title: "Measures on {name}"
kind: departmental-rule
level: ministerial
issuers: [ndrc]
region: CN
published: 2017-05-01
status: in-force
fidelity: full
source_url: "https://example.org/{name}"
licence: "CC0-1.0"
retrieved: 2020-01-01
---

# Measures on {name}

**Article 1** {text}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder, "lanterns", "A maker of lanterns shall publish a promise before June 30, 2018.")
    write(folder, "kites", "A maker of kites shall keep a register of promises.")
    return folder


def write(corpus: Path, name: str, text: str) -> None:
    (corpus / f"cn-{name}.md").write_text(DOCUMENT.format(name=name, text=text), encoding="utf-8")


@pytest.fixture
def run(corpus: Path, tmp_path: Path) -> Callable[..., Result]:
    folders = ("--corpus", str(corpus), "--build", str(tmp_path / "out"), "--notes", str(tmp_path / "notes"))

    def call(*arguments: str) -> Result:
        result = CliRunner().invoke(main, [*folders, *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


def found(result: Result) -> list[str]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [hit["address"] for hit in json.loads(result.stdout)["hits"]]


def test_search_answers_from_the_build_before_it(run: Callable[..., Result], corpus: Path) -> None:
    assert run("search", "promise").exit_code == 4, "nothing is built yet"
    built = run("build", "--as-of", "2018-01-01", "--jobs", "1", "--quiet")
    assert built.exit_code == 0, built.stderr
    assert sorted(found(run("search", "promises", "--json"))) == ["cn-kites#art_1", "cn-lanterns#art_1"]
    assert found(run("search", "due:2018 lanterns", "--json")) == ["cn-lanterns#art_1"]

    write(corpus, "kites", "A maker of kites may apply for removal from the blacklist.")
    write(corpus, "drums", "A maker of drums shall keep its promises.")
    (corpus / "cn-lanterns.md").unlink()
    assert sorted(found(run("search", "promises", "--json"))) == ["cn-kites#art_1", "cn-lanterns#art_1"], "not built"
    built = run("build", "--as-of", "2018-01-01", "--jobs", "1", "--quiet")
    assert built.exit_code == 0, built.stderr
    assert found(run("search", "promises", "--json")) == ["cn-drums#art_1"]
    assert found(run("search", "-drums", "get off the blacklist", "--json")) == ["cn-kites#art_1"]
    assert run("mentions", "lantern").stdout.startswith("'lantern' is not in this corpus; ")


def test_a_build_says_what_it_does(run: Callable[..., Result], corpus: Path, tmp_path: Path) -> None:
    call = run("build", "--as-of", "2018-01-01", "--jobs", "1")
    page = tmp_path / "out" / "site" / "index.html"
    assert [line for line in call.stderr.splitlines() if not line.startswith("pages")][:4] == [
        *("parse: 2 done", "extract: 2 done", "store: 1 done", "index: 1 done"),
    ]
    assert call.stdout.splitlines()[:2] == [
        "Documents: 2 added, 0 changed, 0 unchanged.",
        "Facts: 2 action items, 0 list standards.",
    ]
    assert call.stdout.splitlines()[-1] == str(page) and page.is_file()

    write(corpus, "kites", "A maker of kites shall keep two registers of promises.")
    again = run("build", "--as-of", "2018-01-01", "--jobs", "1")
    assert "extract: 1 done" in again.stderr.splitlines(), "only what changed is read"
    assert again.stdout.startswith("Documents: 0 added, 1 changed, 1 unchanged.\n")
    nothing = run("build", "--as-of", "2018-01-01", "--jobs", "1")
    assert nothing.stdout.startswith("Documents: 0 added, 0 changed, 2 unchanged.\n")
    assert [line for line in nothing.stderr.splitlines() if line.startswith(("extract", "store", "index"))] == []


def test_a_build_is_silent_when_asked_and_counts_for_programs(run: Callable[..., Result]) -> None:
    quiet = run("build", "--as-of", "2018-01-01", "--jobs", "1", "--quiet")
    assert (quiet.stdout, quiet.stderr) == ("", "")
    summary = json.loads(run("build", "--as-of", "2018-01-01", "--jobs", "1", "--json").stdout)
    assert (summary["unchanged"], summary["failed"], summary["items"]) == (["cn-kites", "cn-lanterns"], [], 2)


BAD = [
    # a file that cannot be read, words of its problem
    (b"---\nid: [\n---\n", "cn-bad.md:"),
    (b"\xff\xfe\x00", "cn-bad.md"),
    (b"", "cn-bad.md"),
    (DOCUMENT.format(name="bad", text="A maker shall report.").replace("kind: departmental-rule", "kind: poem").encode(), "poem"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), BAD, ids=["broken head", "no UTF-8", "empty", "wrong value"])
def test_one_bad_document_never_stops_the_others(
    run: Callable[..., Result], corpus: Path, data: bytes, words: str
) -> None:
    (corpus / "cn-bad.md").write_bytes(data)
    call = run("build", "--as-of", "2018-01-01", "--jobs", "1")
    assert call.exit_code == 1
    assert words in call.stderr
    assert call.stdout.startswith("Documents: 2 added, 0 changed, 0 unchanged, 1 failed.\n")
    assert sorted(found(run("search", "promises", "--json"))) == ["cn-kites#art_1", "cn-lanterns#art_1"]


def test_a_defect_in_one_document_is_its_problem_alone(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    import kb.pipeline

    read = kb.pipeline.extract.extract_facts

    def breaks(document: Document, reference: Reference) -> Facts:
        if document.id == "cn-kites":
            raise IndexError("out of range")
        return read(document, reference)

    monkeypatch.setattr(kb.pipeline.extract, "extract_facts", breaks)
    call = run("build", "--as-of", "2018-01-01", "--jobs", "1")
    assert call.exit_code == 1
    assert "the rules cannot read this document (IndexError: out of range)" in call.stderr
    assert found(run("search", "promises", "--json")) == ["cn-lanterns#art_1"]
