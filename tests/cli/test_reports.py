"""kb stats, compare, changes, export, cite, doctor, config, completion."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest

AS_OF = ("--as-of", "2018-10-24")


HEAD = "#group\titems\tactor\tdate\tboth\ttrackability\tuncertain\treviewed"


def test_stats_count_by_group(kb: Any) -> None:
    assert kb("stats", "--by", "modality").out.splitlines() == [
        HEAD,
        "all\t9\t78%\t56%\t44%\t3.33 of 4\t0%\t0",
        HEAD,
        "duty\t5\t100%\t80%\t80%\t3.80 of 4\t0%\t0",
        "task\t2\t0%\t50%\t0%\t2.50 of 4\t0%\t0",
        "encouragement\t1\t100%\t0%\t0%\t3.00 of 4\t0%\t0",
        "prohibition\t1\t100%\t0%\t0%\t3.00 of 4\t0%\t0",
    ]
    assert set(json.loads(kb("stats", "--json").out)["by"]) >= {"document", "body", "area", "modality", "strength"}


def test_stats_keep_to_the_selection(kb: Any) -> None:
    assert json.loads(kb("stats", "--actor", "saic", "--json").out)["total"]["items"] == 2


def test_compare_puts_two_documents_side_by_side(kb: Any) -> None:
    call = kb("compare", "cn-plan-2014", "cn-xx-rules-2017", "--items")
    assert call.out.splitlines()[1] == "commercial\t6\t2017-12-31, 2019-06-30, 2020-12-31\t3\t"
    assert "  cn-xx-rules-2017#art_3~1  answer an objection" in call.out
    assert kb("compare", "cn-plan-2014", "cn-plan-2014").code == 2
    assert kb("compare", "cn-plan-2014", "cn-xx-rules").code == 3


def test_changes_since_a_snapshot(kb: Any, place: Path, make_world: Any) -> None:
    assert kb("changes", "--since", "kb-build").err == "Nothing changed.\n"
    world = make_world()
    world.documents, world.facts = world.documents[:1], world.facts[:1]
    world.write(place / "old.sqlite")
    call = kb("changes", "--since", "old.sqlite")
    assert call.out.splitlines()[1:] == ["document-added\tcn-xx-rules-2017\t\t\t3 items, 1 list"]
    assert json.loads(kb("changes", "--since", "old.sqlite", "--json").out)[0]["kind"] == "document-added"


def test_changes_since_something_else(kb: Any, place: Path) -> None:
    (place / "notes.txt").write_text("no database")
    assert kb("changes", "--since", "notes.txt").code == 4
    assert kb("changes", "--since", "no-such-revision").code == 2
    assert kb("changes", "--since", "--upload-pack=x").code == 2


def test_changes_since_a_revision_reads_the_corpus_of_then(kb: Any, place: Path, texts: tuple[str, str]) -> None:
    def git(*words: str) -> None:
        name = ("-c", "user.name=ann", "-c", "user.email=ann@example.cn")
        subprocess.run(["git", *name, *words], cwd=place, check=True, capture_output=True)  # noqa: S607

    corpus = place / "corpus"
    (corpus / "cn-plan-2014.md").write_text(texts[0])
    git("init", "-q")
    git("add", "corpus")
    git("commit", "-qm", "one")
    (corpus / "cn-plan-2014.md").write_text(texts[0].replace("end of 2017", "end of 2018"))
    (corpus / "cn-xx-rules-2017.md").write_text(texts[1])
    assert kb("build", "--quiet", "--jobs", "1", *AS_OF).code == 0
    found = json.loads(kb("changes", "--since", "HEAD", "--json").out)
    assert ("document-added", "cn-xx-rules-2017") in {(c["kind"], c["document"]) for c in found}
    assert ("2017-12-31", "2018-12-31") in {(c.get("before"), c.get("after")) for c in found}


def test_a_calendar_for_each_body(kb: Any, place: Path) -> None:
    call = kb("export", "ics", *AS_OF, "--split", "body", "--out", "calendars")
    assert call.code == 0
    files = sorted((place / "calendars").iterdir())
    assert [f.name for f in files] == ["ndrc.ics", "none.ics", "saic.ics"]
    assert [len(icalendar.Calendar.from_ical(f.read_bytes()).walk("VEVENT")) for f in files] == [1, 1, 2]
    assert kb("export", "ics", "--split", "body").code == 2


def test_exports_to_standard_output(kb: Any) -> None:
    assert len(icalendar.Calendar.from_ical(kb("export", "ics", *AS_OF).out).walk("VEVENT")) == 4
    assert len(list(csv.DictReader(io.StringIO(kb("export", "csv", *AS_OF).out)))) == 9
    assert len(list(csv.DictReader(io.StringIO(kb("export", "lists", *AS_OF).out)))) == 10
    assert len(json.loads(kb("export", "json", *AS_OF).out)["items"]) == 9
    assert json.loads(kb("export", "schema").out)["title"] == "policy-kb dataset"
    assert [item["id"] for item in json.loads(kb("export", "csl").out)] == ["cn-plan-2014", "cn-xx-rules-2017"]
    assert kb("export", "biblatex").out.count("@") == 2
    assert ET.fromstring(kb("export", "akn", "--document", "cn-plan-2014").out).tag.endswith("akomaNtoso")  # noqa: S314
    assert "2019-01-31 due-soon: SAIC: report on progress" in kb("export", "atom", *AS_OF, "--since", "kb-build").out


def test_exports_to_files(kb: Any, place: Path) -> None:
    assert kb("export", "sqlite").code == 2
    assert kb("export", "sqlite", "--out", "copy.sqlite").code == 0
    with sqlite3.connect(place / "copy.sqlite") as db:
        assert db.execute("SELECT count(*) FROM items").fetchone() == (9,)
    db.close()
    assert kb("export", "akn").code == 2
    assert kb("export", "akn", "--out", "akn").code == 0
    assert sorted(f.name for f in (place / "akn").iterdir()) == ["cn-plan-2014.xml", "cn-xx-rules-2017.xml"]
    assert kb("export", "pdf").code == 2


CITED = [
    (
        "cn-xx-rules-2017#art_3",
        "20 June 2017, Article 3 (unofficial translation, made for this project; cn-xx-rules-2017#art_3)",
    ),
    ("cn-xx-rules-2017#art_3~1", "Article 3 (unofficial"),
    ("cn-xx-rules-2017#list-dishonest-sellers", "Article 1 (unofficial"),
    ("cn-plan-2014", "14 June 2014 (unofficial translation, made for this project; cn-plan-2014)"),
]


@pytest.mark.parametrize(("thing", "end"), CITED)
def test_cite_points_to_the_place(kb: Any, thing: str, end: str) -> None:
    assert end in kb("cite", thing).out


def test_cite_has_three_forms(kb: Any) -> None:
    assert kb("cite", "cn-plan-2014#sec_1", "--format", "biblatex").out.startswith("@report{cn-plan-2014:sec_1,")
    assert json.loads(kb("cite", "cn-plan-2014#sec_1", "--format", "csl").out)[0]["section"] == "I"
    assert "did you mean cn-plan-2014#sec_2" in kb("cite", "cn-plan-2014#sec_8").err
    assert kb("cite", "cn-plan-2014#sec_8").code == 3
    both = ("cn-plan-2014", "cn-plan-2014#sec_1", "cn-xx-rules-2017", "cn-plan-2014")
    assert [len(kb("cite", *both).out.splitlines()), len(json.loads(kb("cite", *both, "--format", "csl").out))] == [
        3,
        3,
    ]
    assert kb("cite", *both, "--format", "biblatex").out.count("@") == 3
    assert kb("cite", "cn-nothing").code == 3


def test_corrections_survive_every_build(kb: Any, place: Path, texts: tuple[str, str]) -> None:
    (place / "corpus" / "cn-plan-2014.md").write_text(texts[0])
    build = ("build", "--quiet", "--jobs", "1", *AS_OF)
    kb(*build)
    first, second = (row["id"] for row in json.loads(kb("due", *AS_OF, "--json").out)[:2])
    kb("correct", first, "--set", "deadline=2021-05-05")
    kb("correct", second, "--reject")
    before = (place / "kb-notes" / "corrections.log").read_bytes()
    for _ in range(2):
        assert kb(*build).code == 0
        rows = {row["id"]: row for row in json.loads(kb("due", *AS_OF, "--json").out)}
        assert (rows[first]["due"], rows[first]["rule"], rows[first]["corrected"]) == (
            "2021-05-05",
            "corrected",
            ["deadline"],
        )
        assert second not in rows
        assert (place / "kb-notes" / "corrections.log").read_bytes() == before
        (place / "corpus" / "cn-plan-2014.md").write_text(
            texts[0].replace("## I. Records", "## I. Records\n\n(0) Begin.")
        )
    kb("correct", second, "--withdraw")
    kb(*build)
    assert json.loads(kb("log", "repair", "--json").out) == []


def test_what_a_person_judged_is_marked_wherever_it_is_shown(kb: Any, place: Path, texts: tuple[str, str]) -> None:
    (place / "corpus" / "cn-xx-rules-2017.md").write_text(texts[1])
    build = ("build", "--quiet", "--jobs", "1", *AS_OF)
    kb(*build)
    item = json.loads(kb("due", *AS_OF, "--json").out)[0]["id"]
    entry = re.search(r"^(cn-\S+#list-\S+)", kb("show", "--lists").out, re.MULTILINE)[1]  # type: ignore[index]
    assert kb("correct", item, "--accept").code == 0
    assert kb("correct", entry, "--set", "exit=stated: It stays there").code == 0
    assert kb(*build).code == 0
    card = kb("show", entry).out
    assert "reading       reviewed; judged by a person: exit" in card
    assert "exit          stated; judged by a person\n              “It stays there” [art_2] — set by a person" in card
    assert "Rule corrected reads exit. A person set it" in kb("show", entry, "--why").out
    assert "reading       reviewed; accepted as read" in kb("show", item).out
    found = kb("search", "blacklist", "stays", "there").out
    assert f"{entry} (reviewed)" in found
    rows = list(csv.DictReader(kb("export", "lists", *AS_OF).out.splitlines()))
    assert {row["slot"] for row in rows if row["corrected"]} == {"exit"}
    assert [r["id"] for r in csv.DictReader(kb("export", "csv", *AS_OF).out.splitlines()) if r["corrected"]] == [item]
    pages = {p.name: p.read_text("utf-8") for p in (place / "kb-build" / "site").rglob("*.html")}
    assert "A person accepted or mended 2 readings" in pages["about.html"]
    marked = sorted(name for name, text in pages.items() if '<span class="basis reviewed"' in text)
    assert "cn-xx-rules-2017.html" in marked and any("blacklist" in name for name in marked)


def test_config_says_where_a_setting_comes_from(kb: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "kb.toml").write_text('as_of = 2018-10-24\nnotes = "mine"\n')
    monkeypatch.setenv("KB_AS_OF", "2017-01-01")
    rows = {row["key"]: (row["value"], row["origin"]) for row in json.loads(kb("config", "--json").out)}
    assert rows["as_of"] == ("2017-01-01", "environment KB_AS_OF")
    assert rows["notes"] == (str(place / "mine"), "kb.toml")
    assert rows["build"] == (str(place / "kb-build"), "default")
    assert rows["tables"][1] == "bundled"
    (place / "kb.toml").write_text('colour = "red"\n')
    call = kb("config")
    assert call.code == 2
    assert "kb.toml" in call.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(kb: Any, shell: str) -> None:
    out = kb("completion", shell).out
    assert "_KB_COMPLETE" in out
    assert f"{shell}_complete" in out


COMPLETED = [
    (["kb", "sh"], ["show"]),
    (["kb", "show", "cn-x"], ["cn-xx-rules-2017", "cn-xx-rules-2017#art_1~1", "cn-xx-rules-2017#art_3~1", "cn-xx-rules-2017#art_4~1",
      "cn-xx-rules-2017#list-dishonest-sellers"]),
    (["kb", "mark", "cn-plan-2014#sec_2"], ["cn-plan-2014#sec_2__subsec_1~1"]),
    (["kb", "mark", "x", "s"], ["superseded"]),
    (["kb", "compare", "cn-p"], ["cn-plan-2014"]),
    (["kb", "due", "--actor", "sa"], ["saic", "samr"]),
    (["kb", "due", "--document", "cn-x"], ["cn-xx-rules-2017"]),
    (["kb", "show", "nothing-like-it"], []),
    (["kb", "due", "--field", "i"], ["internet"]),
    (["kb", "due", "--kind", "p"], ["plan"]),
    (["kb", "due", "--region", "CN-"], ["CN-SH"]),
    (["kb", "due", "--area", "co"], ["commercial"]),
    (["kb", "stats", "--by", "m"], ["modality"]),
    (["kb", "log", "r"], ["repair"]),
    (["kb", "link", "confirm", "cn-plan-2014#sec_2__subsec_1~1", "cn-xx-rules-2017#art_2"], ["cn-xx-rules-2017#art_2"]),
    (["kb", "review", "--rule", "b"], ["by-hand"]),
    (["kb", "search", "--kind", "p"], ["plan"]),
    (["kb", "search", "--fold", "--ex"], ["--exact", "--explain"]),
    (["kb", "search", "--region", "CN-"], ["CN-SH"]),
    (["kb", "search", "--issuer", "sa"], ["saic", "samr"]),
    (["kb", "search", "--doc", "cn-p"], ["cn-plan-2014"]),
    (["kb", "mentions", "--doc", "cn-x"], ["cn-xx-rules-2017"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), COMPLETED, ids=[" ".join(w) for w, _ in COMPLETED])
def test_ids_and_values_are_completed(place: Path, words: list[str], expected: list[str]) -> None:
    asked = {"_KB_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    command = [sys.executable, "-c", "from kb.cli import main; main(prog_name='kb')"]
    done = subprocess.run(command, cwd=place, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert [line.partition(",")[2] for line in done.stdout.splitlines() if line] == expected
    assert done.stderr == ""


def test_completion_without_a_base_is_silent(place: Path) -> None:
    (place / "kb-build" / "kb.sqlite").unlink()
    test_ids_and_values_are_completed(place, ["kb", "show", "cn-"], [])


def test_what_is_exported_whole_says_nothing_of_a_date(kb: Any) -> None:
    past = ("--as-of", "2017-01-01")
    assert "left out" in kb("export", "csv", *past).err
    for name in ("biblatex", "csl", "schema"):
        assert kb("export", name, *past).err == ""


def test_exports_leave_later_documents_out_like_the_due_list(kb: Any) -> None:
    past = ("--as-of", "2017-01-01")
    data = json.loads(kb("export", "json", *past).out)
    assert ([d["metadata"]["id"] for d in data["documents"]], len(data["items"])) == (["cn-plan-2014"], 6)
    assert kb("export", "lists", *past).out.count("\n") == 1
    assert len(json.loads(kb("export", "json", *past, "--later").out)["documents"]) == 2
