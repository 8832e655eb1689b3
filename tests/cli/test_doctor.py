"""kb doctor tells apart what a build is behind by, and what people entered that leads nowhere; each with what mends it."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kb.built
import kb.pipeline

BUILD = ("build", "--quiet", "--jobs", "1", "--as-of", "2018-10-24")
PLAN, RULES = "cn-plan-2014.md", "cn-xx-rules-2017.md"


@pytest.fixture
def built(kb: Any, place: Path, texts: tuple[str, str]) -> Path:
    """The workspace with both documents, an own copy of the tables, and all of it built."""
    for name, text in zip((PLAN, RULES), texts, strict=True):
        (place / "corpus" / name).write_text(text, encoding="utf-8")
    shutil.copytree(Path(__file__).parents[2] / "corpus" / "reference", place / "corpus" / "reference")
    assert kb(*BUILD).code == 0
    return place


def test_every_library_that_is_needed_is_looked_at(kb: Any, place: Path) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [re.split(r"[<>=]", name, maxsplit=1)[0] for name in project["dependencies"]]
    found = [f["subject"] for f in json.loads(kb("doctor", "--json").out)]
    assert found[1 : len(needed) + 1] == needed


def problems(kb: Any) -> list[tuple[str, str, str]]:
    """What the doctor found wrong; the exit code says whether there is anything."""
    call = kb("doctor", "--json")
    found = [(f["subject"], f["detail"], f["hint"]) for f in json.loads(call.out) if f["state"] == "problem"]
    assert call.code == (1 if found else 0)
    return found


def _edit(name: str) -> Callable[[Path, Any], None]:
    def edit(place: Path, _: Any) -> None:
        path = place / "corpus" / name
        path.write_text(path.read_text("utf-8").replace("2017", "2018"), encoding="utf-8")

    return edit


def _code(name: str) -> Callable[[Path, Any], None]:
    def changed(_: Path, patch: pytest.MonkeyPatch) -> None:
        for module in (kb.built, kb.pipeline):
            if hasattr(module, name):
                patch.setattr(module, name, lambda: "other code")

    return changed


def _new(place: Path, _: Any) -> None:
    text = (place / "corpus" / PLAN).read_text("utf-8").replace("id: cn-plan-2014", "id: cn-copy-2014")
    (place / "corpus" / "cn-copy-2014.md").write_text(text, encoding="utf-8")


def _table(place: Path, _: Any) -> None:
    path = place / "corpus" / "reference" / "areas.yml"
    path.write_text(path.read_text("utf-8") + "# reviewed\n", encoding="utf-8")


CAUSES = [
    # what was done since the build, what the doctor says
    (_edit(PLAN), ("documents", "1 changed: cn-plan-2014")),
    (_new, ("documents", "1 new: cn-copy-2014")),
    (lambda place, _: (place / "corpus" / RULES).unlink(), ("documents", "1 gone: cn-xx-rules-2017")),
    (_table, ("tables", "changed since the build: areas.yml")),
    (_code("rules_digest"), ("rules", "the code or the rule tables that read documents changed since the build")),
    (_code("theme_digest"), ("site", "the templates or the code that fills them changed since it was written")),
    (_code("engine_digest"), ("index", "the code of the search changed since the build")),
]


@pytest.mark.parametrize(("change", "said"), CAUSES, ids=[said[0] + " " + said[1][:9] for _, said in CAUSES])
def test_every_cause_of_a_build_that_is_behind_has_its_own_line(
    kb: Any, built: Path, monkeypatch: pytest.MonkeyPatch, change: Any, said: tuple[str, str]
) -> None:
    assert problems(kb) == []
    change(built, monkeypatch)
    assert problems(kb) == [(*said, "kb build")]
    assert kb(*BUILD).code == 0
    assert problems(kb) == []


def test_several_causes_are_all_told(kb: Any, built: Path) -> None:
    _edit(PLAN)(built, None)
    _new(built, None)
    _table(built, None)
    assert [(subject, detail) for subject, detail, _ in problems(kb)] == [
        ("documents", "1 new: cn-copy-2014; 1 changed: cn-plan-2014"),
        ("tables", "changed since the build: areas.yml"),
    ]


def test_what_people_entered_is_missing_until_the_next_build(kb: Any, built: Path) -> None:
    item = json.loads(kb("due", "--as-of", "2018-10-24", "--json").out)[0]["id"]
    assert kb("correct", item, "--accept").code == 0
    assert problems(kb) == [
        ("corrections", f"entered since the build about {item.partition('#')[0]}", "kb build"),
        ("site", "what people entered changed since it was written", "kb build"),
    ]
    kb(*BUILD)
    assert problems(kb) == []


def test_a_foreign_base_or_index_is_not_taken_for_ours(kb: Any, built: Path, world: Any) -> None:
    build = built / "kb-build"
    world.write(build / "kb.sqlite")
    assert [(subject, hint) for subject, _, hint in problems(kb)] == [("base", "kb build"), ("index", "kb build")]
    shutil.rmtree(build / "index")
    (build / "kb.sqlite").unlink()
    assert [detail for _, detail, _ in problems(kb)] == [f"{build / 'kb.sqlite'}: there is no built base"]
    (build / "kb.sqlite").write_text("something else")
    assert "not a knowledge base" in problems(kb)[0][1]


def test_a_state_of_another_version_is_not_guessed_at(kb: Any, built: Path) -> None:
    state = built / "kb-build" / "state.json"
    old = json.loads(state.read_text("utf-8"))
    del old["sources"]
    old["documents"] = dict.fromkeys(old["documents"], "another key")
    state.write_text(json.dumps(old), encoding="utf-8")
    assert problems(kb)[0] == ("documents", "built by a version that did not keep what it read", "kb build")
    state.unlink()
    assert ("documents", "what the base was made from is not known", "kb build") in problems(kb)


def test_entries_that_lead_nowhere_are_told_log_by_log(kb: Any, built: Path) -> None:
    plan = {row["document"]: row["id"] for row in json.loads(kb("due", "--as-of", "2018-10-24", "--json").out)}
    item = plan["cn-plan-2014"]
    kb("link", "confirm", item, "cn-xx-rules-2017#art_2")
    kb("mark", item, "done", "--source", "cn-xx-rules-2017#art_2")
    kb(*BUILD)
    assert problems(kb) == []
    rules = built / "corpus" / RULES
    rules.write_text(rules.read_text("utf-8").partition("Article 2")[0], encoding="utf-8")
    kb(*BUILD)
    reject = f'kb link reject "{item}" "cn-xx-rules-2017#art_2"'
    assert problems(kb) == [
        ("links.log", f"the link of {item} leads to cn-xx-rules-2017#art_2, which is gone", reject),
        (
            "progress.log",
            f"{item} is done by cn-xx-rules-2017#art_2, which is gone",
            f'kb mark "{item}" done --source …',
        ),
    ]
    assert kb("link", "reject", item, "cn-xx-rules-2017#art_2").code == 0
    assert kb("mark", item, "open").code == 0
    kb("correct", item, "--accept")
    (built / "corpus" / PLAN).unlink()
    kb(*BUILD)
    assert [(subject, detail.partition(":")[0], hint) for subject, detail, hint in problems(kb)] == [
        ("progress.log", "2 entries without an item", "kb log repair"),
        ("corrections.log", "1 entry without an item", "kb log repair"),
        ("links.log", "2 entries without an item", "kb log repair"),
    ]


def test_a_mark_that_was_attached_again_is_no_correction(kb: Any, built: Path) -> None:
    item = json.loads(kb("due", "--as-of", "2018-10-24", "--json").out)[0]["id"]
    kb("mark", item, "in-progress")
    plan = built / "corpus" / PLAN
    plan.write_text(plan.read_text("utf-8").replace("the register of sellers", "a register of all sellers"), "utf-8")
    kb(*BUILD)
    (orphan,) = json.loads(kb("log", "repair", "--json").out)
    assert kb("log", "repair", orphan["key"], item).code == 0
    assert [subject for subject, _, _ in problems(kb)] == ["site"]


def test_a_line_that_cannot_be_read_is_told_with_its_place(kb: Any, place: Path) -> None:
    (place / "kb-notes").mkdir()
    (place / "kb-notes" / "progress.log").write_text("<<<<<<< HEAD\n")
    assert "progress.log:1: a conflict mark of git" in kb("doctor").out
