"""kb mark, log, correct, review, link: what people enter."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

ITEM = "cn-plan-2014#sec_1__subsec_1~1"
MANDATE, TARGET = "cn-plan-2014#sec_2__subsec_1~1", "cn-xx-rules-2017#art_1"


def entries(place: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (place / "kb-notes" / name).read_text().splitlines()]


def test_a_mark_is_one_line_and_shows_everywhere(kb: Any, place: Path) -> None:
    assert kb("mark", ITEM, "in-progress", "--date", "2016-01-01", "--note", "draft").code == 0
    call = kb("mark", ITEM, "done", "--source", TARGET, "--date", "2017-11-01", "--by", "bob")
    assert call.code == 0
    assert "Entered" in call.err
    found = entries(place, "progress.log")
    assert [(e["type"], e["by"], e["claim"], e["on"], e["subject"]["item"]) for e in found] == [
        ("mark", "ann", "in-progress", "2016-01-01", ITEM),
        ("mark", "bob", "done", "2017-11-01", ITEM),
    ]
    assert "claimed       done" in kb("show", ITEM, "--as-of", "2018-10-24").out
    assert "claimed       in-progress" in kb("show", ITEM, "--as-of", "2016-06-01").out
    assert ITEM not in kb("due", "--as-of", "2018-10-24").out
    assert "1 row closed in your log; to list them add --claimed done" in kb("due", "--as-of", "2018-10-24").err
    (row,) = json.loads(kb("due", "--as-of", "2018-10-24", "--claimed", "done", "--json").out)
    assert (row["id"], row["schedule"]) == (ITEM, "overdue")  # what people say changes no date
    _, *lines = kb("log", ITEM).out.splitlines()
    assert [line.split("\t")[3] for line in lines] == [
        "in-progress on 2016-01-01; draft",
        f"done on 2017-11-01; {TARGET}",
    ]


def test_a_dry_run_writes_nothing(kb: Any, place: Path) -> None:
    call = kb("mark", ITEM, "done", "--source", "https://example.cn/a", "--dry-run")
    assert json.loads(call.out)["claim"] == "done"
    assert "Not entered" in call.err
    assert not (place / "kb-notes").exists()


REFUSED = [
    (("mark", ITEM, "done"), 2, "closing needs a source"),
    (("mark", ITEM, "done", "--source", "cn-plan-2014#sec_9"), 2, "neither a URL nor an address"),
    (("mark", "cn-plan-2014#sec_1__subsec_1~9", "open"), 3, "did you mean cn-plan-2014#sec_1__subsec_1~"),
    (("mark", ITEM, "finished"), 2, "is not one of"),
    (("correct", ITEM), 2, "say one thing"),
    (("correct", ITEM, "--accept", "--reject"), 2, "say one thing"),
    (("correct", ITEM, "--set", "deadline"), 2, "has no value"),
    (("correct", ITEM, "--set", "deadline=soon"), 2, "is neither a day"),
    (("correct", ITEM, "--set", "mood=good"), 2, "no slot 'mood'"),
    (("link", "confirm", MANDATE, "cn-xx-rules-2017#art_99"), 3, "no document or provision"),
    (("log", "repair", "deadbeef", ITEM), 3, "no orphaned entry 'deadbeef'"),
    (("log", "repair", "deadbeef"), 2, "name the item"),
    (("review", "--document", "cn-plan"), 3, "did you mean cn-plan-2014?"),
    (("link", "suggest", "--document", "cn-plan"), 3, "did you mean cn-plan-2014?"),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSED, ids=[" ".join(w) for w, _, _ in REFUSED])
def test_what_is_refused_writes_nothing(kb: Any, place: Path, words: tuple[str, ...], code: int, said: str) -> None:
    call = kb(*words)
    assert (call.code, call.out) == (code, "")
    assert said in call.err
    assert not (place / "kb-notes").exists()


def test_git_tells_who(kb: Any, place: Path) -> None:
    import subprocess

    subprocess.run(["git", "init", "-q"], cwd=place, check=True)  # noqa: S607
    subprocess.run(["git", "config", "user.name", "Li 李"], cwd=place, check=True)  # noqa: S607
    kb("mark", ITEM, "open")
    assert [e["by"] for e in entries(place, "progress.log")] == ["Li 李"]


def test_an_orphan_is_told_and_can_be_attached(kb: Any, place: Path, make_world: Any) -> None:
    import msgspec

    kb("mark", ITEM, "done", "--source", "https://example.cn/a")
    world = make_world()
    first = world.items[0]
    action = msgspec.structs.replace(first.action, quote="complete a register of sellers")
    edited = msgspec.structs.replace(first, action=action, fingerprint="edited")
    world.facts = (msgspec.structs.replace(world.facts[0], items=(edited, *world.facts[0].items[1:])), world.facts[1])
    world.write(place / "kb-build" / "kb.sqlite")
    assert "1 log entry without an item; see: kb log repair" in kb("due", "--as-of", "2018-10-24").err
    (orphan,) = json.loads(kb("log", "repair", "--json").out)
    assert orphan["candidates"][0]["item"] == ITEM
    assert "(orphaned)" in kb("log").out
    assert kb("log", "repair", orphan["key"], ITEM).code == 0
    assert json.loads(kb("log", "repair", "--json").out) == []
    assert "claimed       done" in kb("show", ITEM).out


def test_an_entry_of_a_document_that_got_another_id_is_told_and_finds_its_words(kb: Any, place: Path) -> None:
    kb("mark", ITEM, "in-progress")
    log = place / "kb-notes" / "progress.log"
    log.write_text(log.read_text(encoding="utf-8").replace("cn-plan-2014#", "cn-old-plan-2014#"), encoding="utf-8")
    told = "1 log entry without an item; see: kb log repair"
    assert told in kb("due", "--as-of", "2018-10-24").err
    assert told not in kb("due", "--as-of", "2018-10-24", "--document", "cn-plan-2014").err
    (orphan,) = json.loads(kb("log", "repair", "--json").out)
    assert [(c["item"], c["likeness"]) for c in orphan["candidates"]] == [(ITEM, 1.0)]
    assert kb("log", "repair", orphan["key"]).code == 2
    assert kb("log", "repair", orphan["key"], ITEM, "--leave").code == 2
    assert kb("log", "repair", orphan["key"], "--leave").code == 0
    assert kb("log", "repair").err == "0 entries without an item.\n"
    assert told not in kb("due", "--as-of", "2018-10-24").err
    assert f"entry {orphan['key']} is left: its item is gone" in kb("log").out


def test_corrections_are_kept_line_by_line(kb: Any, place: Path) -> None:
    call = kb("correct", ITEM, "--set", "deadline=2018-06-30", "--set", "actors=lead:ndrc", "--note", "annex")
    assert call.code == 0
    assert "It takes effect at the next build" in call.err
    assert [(e["verdict"], e["slot"], e["value"]) for e in entries(place, "corrections.log")] == [
        ("set", "deadline", "2018-06-30"),
        ("set", "actors", "lead:ndrc"),
    ]
    assert "Correction" in kb("show", ITEM, "--why").out


def test_a_rejected_item_can_be_taken_back_when_it_has_left_the_base(kb: Any, place: Path, make_world: Any) -> None:
    import msgspec

    kb("correct", ITEM, "--reject")
    world = make_world()
    world.facts = (msgspec.structs.replace(world.facts[0], items=world.facts[0].items[1:]), world.facts[1])
    world.write(place / "kb-build" / "kb.sqlite")
    assert json.loads(kb("log", "repair", "--json").out) == []  # rejected is not lost
    assert kb("correct", ITEM, "--withdraw").code == 0
    assert [e["verdict"] for e in entries(place, "corrections.log")] == ["reject", "withdraw"]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A review asks: somebody sits there."""
    monkeypatch.setattr("kb.cli.review._is_terminal", lambda: True)


def judged(place: Path) -> list[tuple[str, str, str, str]]:
    """The corrections entered: verdict, slot, value, note."""
    return [
        (e["verdict"], e.get("slot", ""), e.get("value", ""), e.get("note", ""))
        for e in entries(place, "corrections.log")
    ]


def test_a_review_lists_what_waits(kb: Any) -> None:
    head, *listed = kb("review", "--all", "--list").out.splitlines()
    assert head == "#id\trule\tsince\tread as\twhat\tdoubt"
    assert len(listed) == 10  # nine items and a list
    assert kb("review").err == "Nothing to review.\n"
    assert kb("review", "--all").code == 2  # not a terminal
    assert kb("review", "--all", "--after", "cn-plan-2014").code == 3
    last = listed[-2].partition("\t")[0]
    assert len(kb("review", "--all", "--list", "--after", last).out.splitlines()) == 2
    assert "by-hand" in kb("review", "--all", "--list", "--rule", "no-such-rule").err


def test_a_review_asks_and_keeps_every_answer(kb: Any, place: Path, terminal: None) -> None:
    answers = "a\nfine\nwhat\nedit\nstrength\nhuge\nstrength\nshould\narea\nnone\n\nseen\nr\n\ns\nq\n"
    call = kb("review", "--all", given=answers)
    assert call.code == 0
    assert judged(place) == [
        ("accept", "", "", "fine"),
        ("set", "strength", "should", "seen"),
        ("set", "area", "none", "seen"),
        ("reject", "", "", ""),
    ]
    assert "1 of 10  cn-plan-2014#sec_1__subsec_1~1" in call.out
    assert "By the end of 2017, SAIC shall [complete the register of sellers], and NDRC" in call.out
    assert "'what' is none of the answers" in call.err
    assert "not entered: 'huge' is not one of must" in call.err
    assert "Stopped at 5 of 10: 4 entered, 6 left." in call.err
    assert len(kb("review", "--all", "--list").out.splitlines()) == 8  # the head and seven readings
    assert len(json.loads(kb("review", "--all", "--json").out)) == 7
    again = kb("review", "--all", given="s\n" * 7)
    assert "That was all: 0 entered of 7 readings." in again.err
    first = json.loads(kb("review", "--all", "--json").out)[0]["id"]
    stopped = kb("review", "--all", given="s\na\n\nq\n").err
    assert f'to go on behind what you skipped: kb review --after "{first}"' in stopped
    assert "1 of 5" in kb("review", "--all", "--after", first, given="q\n").out
    assert kb("review", "--all", given="").code == 0  # the end of the input ends the review


def test_what_was_withdrawn_waits_again(kb: Any) -> None:
    waiting = kb("review", "--all", "--list").out
    assert kb("correct", ITEM, "--accept").code == 0
    assert kb("review", "--all", "--list").out != waiting
    assert kb("correct", ITEM, "--withdraw").code == 0
    assert kb("review", "--all", "--list").out == waiting


LIST = "cn-xx-rules-2017#list-dishonest-sellers"


def test_a_list_is_judged_in_a_review(kb: Any, place: Path, terminal: None) -> None:
    answers = "s\ns\ns\ne\nterm\nforever\nterm\nadd: twice\n\nno\n"
    call = kb("review", "--all", "--document", "cn-xx-rules-2017", given=answers)
    assert call.code == 0
    assert "read as       blacklist, rule by-hand" in call.out
    assert "not entered: 'forever' says nothing of term" in call.err
    assert judged(place) == [("set", "term", "add: twice", "no")]


def test_a_list_is_corrected_slot_by_slot(kb: Any, place: Path) -> None:
    assert kb("correct", LIST, "--set", "area=commercial").code == 2
    assert kb("correct", LIST, "--set", "exit=stated: never written").code == 2
    assert kb("correct", LIST, "--slot", "exit").code == 2
    assert kb("correct", LIST, "--accept", "--slot", "exit").code == 0
    assert kb("correct", LIST, "--reject", "--slot", "term", "--note", "of another list").code == 0
    assert kb("correct", LIST, "--set", "exit=refers: within 7 working days").code == 0
    assert judged(place) == [
        ("accept", "exit", "", ""),
        ("reject", "term", "", "of another list"),
        ("set", "exit", "refers: within 7 working days", ""),
    ]


@pytest.mark.parametrize("thing", [ITEM, LIST])
def test_what_was_rejected_says_so(thing: str, kb: Any, place: Path, make_world: Any) -> None:
    assert kb("correct", thing, "--reject", "--note", "only a title", "--by", "Ann").code == 0
    assert ", leaves the base at the next build" in kb("show", thing).out
    world = make_world()
    world.facts = tuple(
        msgspec.structs.replace(
            one, items=tuple(i for i in one.items if i.id != thing), lists=tuple(x for x in one.lists if x.id != thing)
        )
        for one in world.facts
    )
    world.write(place / "kb-build" / "kb.sqlite")
    call = kb("show", thing)
    assert call.code == 0
    words = "complete the register of sellers" if thing == ITEM else "blacklist of dishonest sellers"
    assert call.out.splitlines()[0] == words
    assert re.search(r"^reading +rejected by Ann on \d{4}-\d\d-\d\d: only a title$", call.out, re.MULTILINE)
    assert json.loads(kb("show", thing, "--json").out)["rejected"]["verdict"] == "reject"
    assert kb("correct", thing, "--withdraw").code == 0
    assert kb("show", thing).code == 3


def test_links_are_suggested_confirmed_rejected(kb: Any, place: Path) -> None:
    (link,) = json.loads(kb("link", "suggest", MANDATE, "--as-of", "2018-10-24", "--json").out)
    assert (link["item"], link["target"], link["state"]) == (MANDATE, TARGET, "suggested")
    kb("link", "confirm", MANDATE, TARGET)
    assert "\tconfirmed\t" in kb("link", "suggest", MANDATE).out
    assert "evidence      1 confirmed" in kb("show", MANDATE).out
    assert "claimed       open" in kb("show", MANDATE).out  # evidence is not completion
    kb("link", "reject", MANDATE, TARGET, "--note", "another list")
    assert {e["type"] for e in entries(place, "links.log")} == {"link"}
    gaps = json.loads(kb("link", "gaps", "--as-of", "2018-10-24", "--json").out)
    assert MANDATE in {gap["item"] for gap in gaps}
    assert "nothing in 1 later document as of 2018-10-24" in kb("link", "gaps", "--as-of", "2018-10-24").out


def test_the_module_asks_the_terminal() -> None:
    from kb.cli.review import _is_terminal

    assert _is_terminal() == sys.stdin.isatty()


def test_a_log_of_no_such_item_is_unknown(kb: Any) -> None:
    call = kb("log", "cn-plan-2014#sec_1__subsec_9~1")
    assert (call.code, call.out) == (3, "")
    assert "did you mean cn-plan-2014#sec_1__subsec_" in call.err


def test_a_link_confirmed_twice_is_entered_once(kb: Any, place: Path) -> None:
    kb("link", "confirm", MANDATE, TARGET)
    again = kb("link", "confirm", MANDATE, TARGET)
    assert (again.code, len(entries(place, "links.log"))) == (0, 1)
    assert "confirmed already by ann on " in again.err
    kb("link", "reject", MANDATE, TARGET)
    assert len(entries(place, "links.log")) == 2


def test_a_mark_of_the_future_is_warned_about(kb: Any) -> None:
    assert "lies after today" in kb("mark", ITEM, "in-progress", "--date", "2999-01-01").err
    assert "lies after" not in kb("mark", ITEM, "in-progress", "--date", "2016-01-01").err


def test_a_mark_of_an_earlier_day_says_what_still_stands(kb: Any) -> None:
    assert "still stands" not in kb("mark", ITEM, "in-progress", "--date", "2017-05-01").err
    call = kb("mark", ITEM, "done", "--source", "https://www.example.cn/a", "--date", "2016-01-01")
    assert "note: in-progress on 2017-05-01, entered by ann, is of a later day and still stands" in call.err
    assert (
        "still stands"
        not in kb("mark", ITEM, "done", "--source", "https://www.example.cn/a", "--date", "2017-05-01").err
    )
