"""From the files of a corpus to an answer, by commands alone: what is built is what is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main

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
