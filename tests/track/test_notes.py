"""The logs: one line an entry, any order, nothing lost; entries follow their item through edits."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kb.track import read_claims, read_links, read_notes
from kb.track.attach import Attacher, attach, subject_of
from kb.track.claims import source_problem
from kb.track.notes import Claim, Correction, LinkVerdict, Mark, Reattach, Verdict, append_entry, read_log

AT = datetime(2018, 10, 24, 9, 30, tzinfo=UTC)


def mark(item: Any, claim: str, minutes: int = 0, on: date = date(2018, 10, 1), **more: Any) -> Mark:
    return Mark(
        at=AT + timedelta(minutes=minutes), by="ann", subject=subject_of(item), claim=Claim(claim), on=on, **more
    )


def test_entries_read_back_equal_in_the_order_of_their_entry(world: Any, tmp_path: Path) -> None:
    entries = [
        mark(world.items[0], "in-progress"),
        mark(world.items[0], "done", 5, source="https://x.cn/1"),
        mark(world.items[1], "dropped", 9),
    ]
    for entry in entries:
        append_entry(tmp_path / "progress.log", entry)
    assert read_notes(tmp_path).marks == tuple(entries)
    assert len((tmp_path / "progress.log").read_text().splitlines()) == 3


def test_order_of_lines_and_doubled_lines_change_nothing(world: Any, tmp_path: Path) -> None:
    for minute, item in enumerate(world.items):
        append_entry(tmp_path / "progress.log", mark(item, "done", minute % 3))
    before = read_notes(tmp_path)
    lines = (tmp_path / "progress.log").read_text().splitlines()
    shuffled = lines * 2
    random.Random(7).shuffle(shuffled)  # noqa: S311
    (tmp_path / "progress.log").write_text("\n".join(shuffled))  # also without a last newline
    assert read_notes(tmp_path) == before


def test_a_missing_last_newline_is_mended(world: Any, tmp_path: Path) -> None:
    path = tmp_path / "progress.log"
    append_entry(path, mark(world.items[0], "done"))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_entry(path, mark(world.items[1], "done"))
    assert len(read_log(path)[0]) == 2


def test_a_time_without_a_zone_cannot_be_ordered_and_is_a_problem(world: Any, tmp_path: Path) -> None:
    path = tmp_path / "progress.log"
    append_entry(path, mark(world.items[0], "done"))
    path.write_bytes(path.read_bytes() + path.read_bytes().replace(b'09:30:00Z"', b'09:31:00"'))
    notes = read_notes(tmp_path)
    assert notes.marks == (mark(world.items[0], "done"),)
    assert [(p.line, p.message) for p in notes.problems] == [
        (2, "not an entry: Expected `datetime` with a timezone component - at `$.at`")
    ]


def test_a_line_that_cannot_be_read_is_a_problem_and_hides_no_other(world: Any, tmp_path: Path) -> None:
    path = tmp_path / "progress.log"
    append_entry(path, mark(world.items[0], "done"))
    with path.open("ab") as out:
        out.write(b'<<<<<<< HEAD\n{"type":"mark"}\n\xff\xfe\n# a remark\n\n')
    append_entry(path, mark(world.items[1], "done"))
    notes = read_notes(tmp_path)
    assert len(notes.marks) == 2
    assert [(p.line, p.check) for p in notes.problems] == [(2, "notes"), (3, "notes"), (4, "notes")]
    assert "conflict mark" in notes.problems[0].message


def test_no_folder_is_no_notes(tmp_path: Path) -> None:
    notes = read_notes(tmp_path / "none")
    assert (notes.marks, notes.problems) == ((), ())


def test_the_last_claim_that_held_counts(world: Any, tmp_path: Path) -> None:
    item = world.items[0]
    append_entry(
        tmp_path / "progress.log", mark(item, "in-progress", 9, on=date(2016, 1, 1))
    )  # entered last, held first
    append_entry(tmp_path / "progress.log", mark(item, "done", 0, on=date(2017, 6, 1)))
    claims = read_claims(read_notes(tmp_path), world.items)
    assert [claims.as_of(day) for day in (date(2015, 1, 1), date(2016, 1, 1), date(2018, 1, 1))] == [
        {item.id: "open"},
        {item.id: "in-progress"},
        {item.id: "done"},
    ]


RENUMBERED = ("(1) By the end of 2017", "(1) Work quietly.\n\n(2) By the end of 2017")
EDITED = ("complete the register of sellers", "finish the register of sellers")


def test_an_entry_follows_its_item_through_renumbering(
    world: Any, make_world: Callable[..., Any], texts: tuple[str, str]
) -> None:
    moved_world = make_world(texts[0].replace(*RENUMBERED), texts[1])
    entry = mark(world.items[0], "done")
    found = attach([entry], [], Attacher(moved_world.items))
    assert found.items[entry.key] == moved_world.items[0].id != world.items[0].id
    assert found.orphans == ()


def edited_items(world: Any) -> tuple[Any, ...]:
    """The items after an edit of the first one's words."""
    import msgspec

    first = world.items[0]
    action = msgspec.structs.replace(first.action, quote=first.action.quote.replace(*EDITED))
    return (msgspec.structs.replace(first, action=action, fingerprint="edited"), *world.items[1:])


def test_an_entry_whose_words_were_edited_is_an_orphan_with_candidates(world: Any) -> None:
    entry = mark(world.items[0], "done")
    found = attach([entry], [], Attacher(edited_items(world)))
    assert found.items == {}
    (orphan,) = found.orphans
    assert orphan.candidates[0].item == world.items[0].id
    assert orphan.candidates[0].likeness >= 0.8


def test_a_person_can_attach_an_orphan_again(world: Any) -> None:
    items = edited_items(world)
    entry = mark(world.items[0], "done")
    decision = Reattach(at=AT + timedelta(days=1), by="ann", subject=subject_of(items[0]), entry=entry.key)
    found = attach([entry], [decision], Attacher(items))
    assert (found.items, found.orphans) == ({entry.key: items[0].id}, ())


def test_what_a_person_left_is_no_orphan_and_finds_its_item_when_that_is_back(world: Any) -> None:
    entry = mark(world.items[0], "done")
    left = Reattach(at=AT + timedelta(days=1), by="ann", subject=entry.subject, entry=entry.key, left=True)
    found = attach([entry, left], [left], Attacher(edited_items(world)))
    assert (found.items, found.orphans) == ({}, ())
    assert attach([entry], [left], Attacher(world.items)).items == {entry.key: world.items[0].id}
    again = Reattach(at=AT + timedelta(days=2), by="ann", subject=entry.subject, entry=entry.key)
    assert [o.key for o in attach([entry], [left, again], Attacher(edited_items(world))).orphans] == [entry.key]


def test_a_correction_that_was_taken_back_is_no_orphan(world: Any) -> None:
    def said(days: int, verdict: str) -> Correction:
        at, subject = AT + timedelta(days=days), subject_of(world.items[0])
        return Correction(at=at, by="ann", subject=subject, verdict=Verdict(verdict))

    accepted, withdrawn, rejected = said(0, "accept"), said(1, "withdraw"), said(2, "reject")
    gone = Attacher(edited_items(world))
    assert [o.key for o in attach([accepted], [], gone).orphans] == [accepted.key]
    assert attach([accepted, withdrawn], [], gone).orphans == ()
    assert [o.key for o in attach([accepted, withdrawn, rejected], [], gone).orphans] == [rejected.key]


def test_words_that_stand_twice_are_never_guessed(world: Any) -> None:
    import msgspec

    twins = tuple(msgspec.structs.replace(world.items[0], id=f"cn-plan-2014#sec_9~{n}") for n in (1, 2))
    assert [o.subject.item for o in attach([mark(world.items[0], "done")], [], Attacher(twins)).orphans] == [
        world.items[0].id
    ]


SOURCES = [
    ("done", "", "done closes the item, and closing needs a source"),
    ("superseded", "", "superseded closes the item, and closing needs a source"),
    ("in-progress", "", ""),
    ("open", "", ""),
    ("done", "https://www.gov.cn/a", ""),
    ("done", "cn-plan-2014#sec_1", ""),
    ("done", "cn-plan-2014#sec_9", "'cn-plan-2014#sec_9' is neither a URL nor an address of the corpus"),
    ("in-progress", "hearsay", "'hearsay' is neither a URL nor an address of the corpus"),
    ("done", "http://", "'http://' is not a whole URL"),
    ("done", "javascript:alert(1)", "'javascript:alert(1)' is neither a URL nor an address of the corpus"),
]


@pytest.mark.parametrize(("claim", "source", "expected"), SOURCES)
def test_closing_needs_a_source_that_exists(claim: str, source: str, expected: str) -> None:
    assert source_problem(Claim(claim), source, lambda address: address == "cn-plan-2014#sec_1") == expected


def test_the_last_verdict_on_a_link_counts(world: Any, tmp_path: Path) -> None:
    for minute, confirmed in ((0, True), (1, False), (2, True)):
        subject = subject_of(world.items[5])
        entry = LinkVerdict(
            at=AT + timedelta(minutes=minute),
            by="ann",
            subject=subject,
            target="cn-xx-rules-2017#art_1",
            confirmed=confirmed,
        )
        append_entry(tmp_path / "links.log", entry)
    links = read_links(read_notes(tmp_path), world.items)
    assert links.counts() == {world.items[5].id: 1}
    assert [(i, v.target, v.confirmed) for i, v in links.verdicts] == [
        (world.items[5].id, "cn-xx-rules-2017#art_1", True)
    ]
    assert links.verdict(world.items[0].id, "cn-xx-rules-2017#art_1") is None


def test_git_merges_two_copies_of_a_log(world: Any, tmp_path: Path) -> None:
    import subprocess

    def git(*words: str) -> None:
        who = ("-c", "user.name=ann", "-c", "user.email=ann@example.cn")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)  # noqa: S607

    log = tmp_path / "kb-notes" / "progress.log"
    append_entry(log, mark(world.items[0], "open"))
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "first")
    git("checkout", "-q", "-b", "other")
    append_entry(log, mark(world.items[1], "done", 5))
    git("commit", "-qam", "other")
    git("checkout", "-q", "main")
    append_entry(log, mark(world.items[2], "done", 3))
    git("commit", "-qam", "main")
    git("merge", "-q", "other")
    notes = read_notes(log.parent)
    assert notes.problems == ()
    assert [m.subject.item for m in notes.marks] == [world.items[i].id for i in (0, 2, 1)]
