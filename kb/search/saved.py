"""Saved searches: a text file of named queries, and what each finds that it did not find before the last build.

    # kb-notes/searches.txt: one search a line
    blacklists of ministries: list:blacklist level:ministerial
    new deadlines: due:2018..

The searches are the user's and stand in the notes; what was found last time stands beside them, since the build folder may
be deleted at any time. A passage counts as found where it holds every word of the query.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kb.problems import Problem
from kb.search.grammar import QueryError
from kb.search.session import Index

SEARCHES = "searches.txt"
STATE = "searches-seen.json"


class SavedSearch(msgspec.Struct, frozen=True):
    """A line of the file."""

    name: str
    query: str
    line: int


class _State(msgspec.Struct):
    """What each query found: at the build looked at last, and at the one before it. Address -> hash of its text."""

    build: str = ""
    now: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    before: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)


class News(msgspec.Struct, frozen=True):
    """What is new for one search: addresses not found before the last build, and those whose text has changed."""

    name: str
    query: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    total: int
    first: bool  # the search was not there before: nothing to compare with


def read_searches(path: Path) -> tuple[list[SavedSearch], list[Problem]]:
    """The searches of a file, and what is wrong with it; an absent file has none."""
    searches: list[SavedSearch] = []
    problems: list[Problem] = []
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        at = error.object.count(b"\n", 0, error.start) + 1
        return [], [Problem(str(path), at, "saved-search", "the file is not UTF-8", "save the file as UTF-8")]
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, query = (part.strip() for part in line.partition(":"))
        if not (name and colon and query):
            hint = "write it as: name: query"
            problems.append(
                Problem(str(path), number, "saved-search", f"{line.strip()!r} has no name or no query", hint)
            )
        elif any(s.name == name for s in searches):
            problems.append(Problem(str(path), number, "saved-search", f"the name {name!r} stands twice", "rename one"))
        else:
            searches.append(SavedSearch(name, query, number))
    return searches, problems


def find_news(index: Index, path: Path, searches: Sequence[SavedSearch]) -> tuple[list[News], list[Problem], bytes]:
    """What is new for each search since the build before this one; and the state to write beside the file.

    Asked again for the same build, it answers the same.
    """
    state = _read_state(path.with_name(STATE))
    if state.build != index.corpus:
        state = _State(build=index.corpus, now={}, before=state.now)
    news: list[News] = []
    problems: list[Problem] = []
    now: dict[str, dict[str, str]] = {}
    for search in searches:
        try:
            found = _found(index, search.query)
        except QueryError as error:
            problems.append(
                Problem(str(path), search.line, "saved-search", error.message, error.hint, search.query, error.at + 1)
            )
            continue
        now[search.query] = found
        news.append(_compare(search, found, state.before.get(search.query)))
    state.now = now
    return news, problems, msgspec.json.encode(state, order="deterministic")


def _found(index: Index, query: str) -> dict[str, str]:
    return {p.key: hashlib.sha256(p.text.encode()).hexdigest()[:16] for p in index.matching(query)}


def _compare(search: SavedSearch, found: dict[str, str], before: dict[str, str] | None) -> News:
    old = found if before is None else before
    return News(
        name=search.name,
        query=search.query,
        new=tuple(a for a in sorted(found) if a not in old),
        changed=tuple(a for a in sorted(found) if a in old and old[a] != found[a]),
        gone=tuple(a for a in sorted(old) if a not in found),
        total=len(found),
        first=before is None,
    )


def _read_state(path: Path) -> _State:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_State)
    except (OSError, msgspec.DecodeError):
        return _State()
