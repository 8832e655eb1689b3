"""YAML head of a document -> typed metadata, with the line of every key in every problem.

Comes in: the text between the two `---` lines of a file ("id: cn-sc-2014-21 …"). Goes out: `Metadata` and problems. The
head is read as YAML events, so that hostile nesting cannot exhaust the stack, and every value stays the characters that
were written: "2014-13-01" is judged here, not by YAML.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, get_args, get_type_hints

import msgspec
import yaml

from kb.corpus.assumed import assumed_head
from kb.model import DocumentKind, Fidelity, Level, Metadata
from kb.problems import Problem

CHECK = "front-matter"

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^---[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_TYPES: Mapping[str, Any] = get_type_hints(Metadata)
_REQUIRED = tuple(f.name for f in msgspec.structs.fields(Metadata) if f.required)
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # neither XML nor calendars can hold them
_MOST_BRACKETS = 500  # libyaml takes quadratic time for nested ones
_QUOTED = frozenset({"title", "doc_number", "version_note"})  # in a head that is written
_SHOWN = 60  # characters of a value that a message repeats

_EXAMPLES = {
    "id": "id: cn-sc-2014-21",
    "title": 'title: "Planning Outline for the Construction of a Social Credit System (2014-2020)"',
    "kind": f"kind: plan; known kinds: {', '.join(DocumentKind)}",
    "level": f"level: national; known levels: {', '.join(Level)}",
    "region": "region: CN, or CN-SH for Shanghai",
    "fidelity": f"fidelity: full; known: {', '.join(Fidelity)}",
}


class Head(NamedTuple):
    """Where the parts of a file lie: `yaml` is the head between its two `---` lines, `body_start` the body's offset."""

    yaml: str
    body_start: int
    body_line: int


class Entry(NamedTuple):
    """One key of the head: what was written, and the 1-based line of the file it stands on."""

    value: str | tuple[str, ...] | None
    line: int


def split_head(text: str) -> Head | None:
    """The head of `text`; None where it does not open with a `---` line or the head is never closed."""
    opening = _OPENING.match(text)
    if not opening:
        return None
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        return None
    lines = len(re.findall(r"\r\n|\n|\r", text[: closing.end()]))
    return Head(text[opening.end() : closing.start()], closing.end(), lines + 1)


def read_metadata(head: str, path: str, stem: str = "") -> tuple[Metadata | None, list[Problem]]:
    """The metadata of a head, or None where anything in it is wrong, and all that is wrong.

    `stem` is what the id must be, where the file has a name.
    """
    entries, problems = read_entries(head, path)
    if problems and not entries:  # no YAML at all: nothing more can be said of its keys
        return None, problems
    values, wrong = _typed(entries, path)
    problems += wrong
    if stem and values.get("id", stem) != stem:
        message = f'id: "{_cut(values["id"])}" is not the name of the file'
        hint = f"name the file {_cut(values['id'])}.md, or write id: {_cut(stem)}"
        problems.append(Problem(path, entries["id"].line, CHECK, message, hint))
    problems += [
        Problem(path, 1, CHECK, f"the front matter has no {key}", f"add {_EXAMPLES[key]}")
        for key in _REQUIRED
        if key not in entries
    ]
    if problems:
        return None, problems
    return Metadata(**values), []


def read_metadata_leniently(head: str, body: str, path: str, fallback_id: str) -> tuple[Metadata, list[Problem]]:
    """Metadata from whatever of a head can be used, for a file that is read but not kept; problems as warnings.

    A key that the head lacks is assumed from the body (assumed.py).
    """
    entries, problems = read_entries(head, path)
    values, wrong = _typed(entries, path)
    return fallback_metadata(fallback_id, assumed_head(body, values.get("title", "")) | values), problems + wrong


def fallback_metadata(document_id: str, known: Mapping[str, Any]) -> Metadata:
    """`known`, and what is assumed of a file that says nothing of itself: a national normative document, in full."""
    assumed: dict[str, Any] = {
        "id": document_id,
        "title": document_id,
        "kind": DocumentKind.NORMATIVE_DOCUMENT,
        "level": Level.NATIONAL,
        "region": "CN",
        "fidelity": Fidelity.FULL,
    }
    return Metadata(**(assumed | dict(known)))


def slug(name: str) -> str:
    """The id that a file of this name may have: "Harbour plan (2)" -> "harbour-plan-2"."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "my-document"


def head_lines(meta: Metadata) -> Iterator[str]:
    """A head that gives what is required, and what else `meta` knows of period, number and signature."""
    yield "---"
    for key in (*_REQUIRED, "doc_number", "horizon", "signed", "version_note"):
        if value := getattr(meta, key):
            yield f"{key}: {json.dumps(value, ensure_ascii=False) if key in _QUOTED else value}"
    yield "---"


# ---------------------------------------------------------------- YAML to entries


def read_entries(head: str, path: str) -> tuple[dict[str, Entry], list[Problem]]:
    """The keys of a head with their values and lines; keys without a value are left out."""
    if head.count("[") + head.count("{") > _MOST_BRACKETS:
        return {}, [Problem(path, 2, CHECK, "the front matter is nested too deeply", "keys take a text or a list")]
    try:
        events = list(yaml.parse(head, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, UnicodeError) as error:
        return {}, [_yaml_problem(error, head, path)]
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    pairs = _pairs(events)
    if pairs is None:
        hint = "write one `key: value` on each line"
        return {}, [Problem(path, 2, CHECK, "the front matter is not a list of keys and values", hint)]
    for key, entry in pairs:
        if key in entries:
            hint = f"it stands on line {entries[key].line} already; keep one"
            problems.append(Problem(path, entry.line, CHECK, f"the key {_cut(key)} stands twice", hint))
        elif entry.value is not None:
            entries[key] = entry
    return entries, problems


_NESTED: tuple[str, ...] = ("\0nested",)  # marks a value that is a mapping, an alias or a list of lists


def _pairs(events: list[yaml.Event]) -> list[tuple[str, Entry]] | None:
    """The top mapping's keys and values in order; None where the top is something else. An empty head has none."""
    content = [e for e in events if not isinstance(e, (yaml.StreamStartEvent, yaml.StreamEndEvent))]
    content = [e for e in content if not isinstance(e, (yaml.DocumentStartEvent, yaml.DocumentEndEvent))]
    if not content:
        return []
    if not isinstance(content[0], yaml.MappingStartEvent):
        return None
    pairs: list[tuple[str, Entry]] = []
    position = 1
    while position < len(content) and not isinstance(content[position], yaml.MappingEndEvent):
        key = content[position]
        after_key = _skip(content, position)
        after_value = _skip(content, after_key)
        name = key.value if isinstance(key, yaml.ScalarEvent) else "?"
        value = _value(content[after_key:after_value])
        pairs.append((name, Entry(value, key.start_mark.line + 2 if key.start_mark else 2)))
        position = after_value
    return pairs


def _skip(events: list[yaml.Event], position: int) -> int:
    """The position after the node that begins at `position`."""
    depth = 0
    while True:
        event = events[position]
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        position += 1
        if depth == 0:
            return position


def _value(events: list[yaml.Event]) -> str | tuple[str, ...] | None:
    """A text on one line, a tuple of such texts, None for an empty value, or the mark of a nested one."""
    first = events[0]
    if isinstance(first, yaml.ScalarEvent):
        plain_nothing = not first.style and first.value in ("", "~", "null")
        return None if plain_nothing else _one_line(first.value)
    inner = events[1:-1]
    if isinstance(first, yaml.SequenceStartEvent):
        texts = tuple(_one_line(e.value) for e in inner if isinstance(e, yaml.ScalarEvent))
        return texts if len(texts) == len(inner) else _NESTED
    return _NESTED


def _one_line(text: str) -> str:
    """The text without line ends: those of a folded or quoted one ("title: >") are no part of a name."""
    return " ".join(line.strip() for line in text.strip().splitlines())


def _yaml_problem(error: Exception, head: str, path: str) -> Problem:
    mark: yaml.Mark | None = getattr(error, "problem_mark", None)
    line = mark.line if mark else 0
    what = getattr(error, "problem", None) or "it holds characters that YAML does not allow"
    written = head.splitlines()
    return Problem(
        path,
        line + 2,
        CHECK,
        f"the front matter is not YAML: {what}",
        'put a value that holds ": ", "#", "[" or a quotation mark between double quotes',
        written[line] if mark and line < len(written) else "",
        mark.column + 1 if mark and line < len(written) else 0,
    )


# ---------------------------------------------------------------- entries to typed values


def _typed(entries: Mapping[str, Entry], path: str) -> tuple[dict[str, Any], list[Problem]]:
    """The values that are of their key's type, and a problem for each of the others."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, entry in entries.items():
        if entry.value is _NESTED:
            message = f"{_cut(key)}: the value is nested; a text or a list of texts is expected"
            problems.append(Problem(path, entry.line, CHECK, message, "write the value on the line of its key"))
            continue
        if key not in _TYPES:
            hint = _nearest(key, _TYPES) or "the keys are listed in docs/format.md"
            problems.append(Problem(path, entry.line, CHECK, f'"{_cut(key)}" is not a key of the front matter', hint))
            continue
        try:
            value = msgspec.convert(entry.value, _TYPES[key])
        except msgspec.ValidationError:
            problems.append(_wrong_type(key, entry, path))
            continue
        fault = _fault(key, value)
        if fault:
            problems.append(Problem(path, entry.line, CHECK, f"{key}: {fault[0]}", fault[1]))
        else:
            values[key] = value
    begins, ends = values.get("effective"), values.get("expires")
    if begins and ends and ends < begins:
        message = f"expires: {ends} lies before effective: {begins}"
        del values["expires"]
        problems.append(Problem(path, entries["expires"].line, CHECK, message, "check both dates"))
    return values, problems


def _wrong_type(key: str, entry: Entry, path: str) -> Problem:
    """What is wrong with a value that is not of its key's type, in words."""
    expected, value = _TYPES[key], entry.value
    shown = _cut(value) if isinstance(value, str) else ""
    if isinstance(value, tuple):
        message, hint = f"{key}: a list stands where one text is expected", "keep one value"
    elif expected == tuple[str, ...]:
        message, hint = f'{key}: "{shown}" is a text, a list is expected', f"write it as {key}: [{shown}]"
    elif date in get_args(expected):
        message, hint = f'{key}: "{shown}" is not a date', "write it as 2014-06-14, or leave the key out"
    else:
        known = _choices(expected)
        message = f'{key}: "{shown}" is not a known value'
        hint = _nearest(str(value), known) or "known values: " + ", ".join(known)
    return Problem(path, entry.line, CHECK, message, hint)


def _fault(key: str, value: Any) -> tuple[str, str] | None:
    """What is wrong with a value of the right type, and a hint."""
    if found := _UNPRINTABLE.search("".join(value) if isinstance(value, str | tuple) else ""):
        return f"it holds the character U+{ord(found[0]):04X}, which is no text", "remove it"
    if key == "id" and not _SLUG.fullmatch(value):
        return f'"{_cut(value)}" is not a slug', "use a-z, 0-9 and single hyphens: cn-sc-2014-21"
    if key == "title" and not value.strip():
        return "it is empty", f"add {_EXAMPLES['title']}"
    if key == "region" and not _REGION.fullmatch(value):
        return f'"{_cut(value)}" is not an ISO 3166-2 code', "write it as CN, or CN-SH for Shanghai"
    if key == "horizon" and value and not _is_horizon(value):
        return f'"{_cut(value)}" is not a period', "write it as 2014-01-01/2020-12-31"
    return None


def _is_horizon(value: str) -> bool:
    begin, _, end = value.partition("/")
    try:
        return msgspec.convert(begin, date) <= msgspec.convert(end, date)
    except msgspec.ValidationError:
        return False


def _choices(expected: Any) -> tuple[str, ...]:
    """The values of an enumeration or a literal type."""
    if isinstance(expected, type) and issubclass(expected, StrEnum):
        return tuple(expected)
    return tuple(str(choice) for choice in get_args(expected) if choice)


def _nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to a misspelt one; empty where none is near."""
    near = difflib.get_close_matches(word[:_SHOWN].lower().replace("_", "-"), list(known), n=1, cutoff=0.6)
    near = near or difflib.get_close_matches(word[:_SHOWN].lower(), list(known), n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def _cut(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
