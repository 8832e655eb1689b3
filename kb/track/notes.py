"""What people enter, as plain text: one JSON object a line, only ever appended, in any order.

    kb-notes/progress.log      what happened to an item            Mark
    kb-notes/corrections.log   what a person corrected in a fact   Correction
    kb-notes/links.log         links confirmed or rejected         LinkVerdict

Made for git: two people append to two copies, a merge keeps both lines (`merge=union`, which the folder's own
.gitattributes asks for), and since the entries are
ordered by their time of entry and their content, never by their line, both copies then read the same. A line that
cannot be read is a problem with its place and hides no other. No build writes here.
"""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar

import msgspec

from kb.model import Record
from kb.problems import Problem

PROGRESS, CORRECTIONS, LINKS = "progress.log", "corrections.log", "links.log"
_ENCODER = msgspec.json.Encoder()


class Claim(StrEnum):
    """What a person says about an item."""

    OPEN = "open"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


CLOSING = frozenset({Claim.DONE, Claim.SUPERSEDED, Claim.DROPPED})


class Subject(Record, frozen=True):
    """The item an entry is about: its id, the fingerprint of its words, and the words, to find it when the text moves."""

    item: str
    fingerprint: str
    quote: str  # the beginning of the action, on one line

    @property
    def document(self) -> str:
        return self.item.partition("#")[0]


class Entry(Record, frozen=True, kw_only=True):
    """What every entry keeps: when it was entered (UTC), by whom, and about what."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]  # without a zone it could not be ordered among the others
    by: str
    subject: Subject

    @property
    def key(self) -> str:
        """A short name of this entry, from its content: the same in every copy of the log."""
        return hashlib.sha256(_ENCODER.encode(self)).hexdigest()[:8]


class Mark(Entry, frozen=True, kw_only=True, tag="mark"):
    """`claim` held on `on`; closing claims have a source: a URL, or an address of the corpus."""

    claim: Claim
    on: date
    source: str = ""
    note: str = ""


class Reattach(Entry, frozen=True, kw_only=True, tag="reattach"):
    """From now on the entry `entry` is about `subject`; decided by a person. `left`: it is about nothing that there is."""

    entry: str
    left: bool = False


class Verdict(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
    SET = "set"
    WITHDRAW = "withdraw"  # of all corrections entered before


class Correction(Entry, frozen=True, kw_only=True, tag="correction"):
    """A person's judgment of a fact, or with `slot` of one slot of it; `value` (as typed, "none" to empty it) for SET alone."""

    verdict: Verdict
    slot: str = ""
    value: str = ""
    note: str = ""

    @property
    def rejects(self) -> bool:
        """Whether it rejects the whole item or list, not one slot of it."""
        return self.verdict == Verdict.REJECT and not self.slot


class LinkVerdict(Entry, frozen=True, kw_only=True, tag="link"):
    """A person confirmed, or rejected, that the provision `target` carries out the item."""

    target: str  # "<document>#<eid>"
    confirmed: bool
    note: str = ""


AnyEntry = Mark | Reattach | Correction | LinkVerdict


class Notes(Record, frozen=True):
    """Everything people entered, each kind by time of entry; and the lines that could not be read."""

    marks: tuple[Mark, ...] = ()
    corrections: tuple[Correction, ...] = ()
    links: tuple[LinkVerdict, ...] = ()
    reattached: tuple[Reattach, ...] = ()
    problems: tuple[Problem, ...] = ()
    FILES: ClassVar[tuple[str, ...]] = (PROGRESS, CORRECTIONS, LINKS)


def read_notes(folder: Path) -> Notes:
    """The notes in the folder; none where it does not exist."""
    entries: set[AnyEntry] = set()
    problems: list[Problem] = []
    for name in Notes.FILES:
        found, wrong = read_log(folder / name)
        entries.update(found)
        problems += wrong
    ordered = sorted(entries, key=lambda e: (e.at, e.key))
    return Notes(
        marks=tuple(e for e in ordered if isinstance(e, Mark)),
        corrections=tuple(e for e in ordered if isinstance(e, Correction)),
        links=tuple(e for e in ordered if isinstance(e, LinkVerdict)),
        reattached=tuple(e for e in ordered if isinstance(e, Reattach)),
        problems=tuple(sorted(problems)),
    )


def read_log(path: Path) -> tuple[list[AnyEntry], list[Problem]]:
    """The entries of one file in its order, and a problem for every line that is none."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], []
    decoder = msgspec.json.Decoder(AnyEntry)
    entries: list[AnyEntry] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith(b"#"):
            continue
        try:
            entries.append(decoder.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            problems.append(_unreadable(path, number, line, error))
    return entries, problems


def _unreadable(path: Path, number: int, line: bytes, error: Exception) -> Problem:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        message, hint = "a conflict mark of git", "delete this line and keep the entries on both sides"
    else:
        message, hint = f"not an entry: {error}", "the other lines are read all the same; mend or delete this one"
    return Problem(path=str(path), line=number, check="notes", message=message, hint=hint)


def append_entry(path: Path, entry: AnyEntry) -> None:
    """Add one line at the end of the file in a single write; a missing last newline is mended first."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True)
        (path.parent / ".gitattributes").write_text("*.log text eol=lf merge=union\n", encoding="utf-8")
    with path.open("ab+") as out:
        out.seek(0, os.SEEK_END)
        head = b""
        if out.tell():
            out.seek(-1, os.SEEK_END)
            head = b"" if out.read(1) == b"\n" else b"\n"
        out.write(head + _ENCODER.encode(entry) + b"\n")


def log_of(entry: AnyEntry) -> str:
    """The name of the file that keeps such an entry."""
    match entry:
        case Correction():
            return CORRECTIONS
        case LinkVerdict():
            return LINKS
        case _:
            return PROGRESS
