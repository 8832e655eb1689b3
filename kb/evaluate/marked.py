"""What a reader marked in a document, and what the rules found in it, in one form: that of `kb extract --json`.

Comes in: an annotation sheet (`<id>.annot.yml`, exact quotes) beside its document (`<id>.md`), or printed facts. Goes out:
`Marked`, with offsets into the same body. docs/accuracy.md says how sheets are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

Pair = tuple[int, int]  # start and end of a span, end excluded


class MarkedActor(msgspec.Struct, frozen=True):
    role: str = "responsible"
    span: Pair | None = None
    agency: str = ""
    inferred: bool = False


class MarkedTime(msgspec.Struct, frozen=True):
    type: str
    start: int | None = None
    end: int | None = None
    earliest: str = ""
    latest: str = ""
    duration: str = ""
    unit: str = ""
    rrule: str = ""


class MarkedItem(msgspec.Struct, frozen=True):
    span: Pair
    action: Pair
    modality: str
    actors: tuple[MarkedActor, ...] = ()
    deadline: MarkedTime | None = None


class MarkedList(msgspec.Struct, frozen=True):
    name: str
    list_kind: str
    slots: dict[str, tuple[Pair, ...]] = msgspec.field(default_factory=dict)


class MarkedCitation(msgspec.Struct, frozen=True):
    span: Pair


class MarkedDefinition(msgspec.Struct, frozen=True):
    term: Pair


class Marked(msgspec.Struct, frozen=True):
    """All marks of one document."""

    doc: str
    items: tuple[MarkedItem, ...] = ()
    times: tuple[MarkedTime, ...] = ()
    lists: tuple[MarkedList, ...] = ()
    citations: tuple[MarkedCitation, ...] = ()
    definitions: tuple[MarkedDefinition, ...] = ()


class SheetError(ValueError):
    """A sheet that does not fit its document; the text has a line for each quote that is not found or not unique."""


def marked_from_printed(line: bytes) -> Marked:
    """Marks from one line of `kb extract --json`; keys that are not scored are passed over."""
    return msgspec.convert(_without_nulls(msgspec.json.decode(line)), Marked)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    return [_without_nulls(v) for v in value] if isinstance(value, list) else value


def read_sheet(sheet: Path, body: str) -> Marked:
    """The marks of an annotation sheet as offsets into `body`. Raises SheetError."""
    raw = yaml.load(sheet.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    reader = _Sheet(body, sheet.name)
    marked = reader.read(raw)
    if reader.wrong:
        raise SheetError("\n".join(reader.wrong))
    return marked


class _Sheet:
    """Finds the quotes of one sheet: inside the item first, else the n-th occurrence in the body."""

    def __init__(self, body: str, name: str) -> None:
        self.body = body
        self.name = name
        self.wrong: list[str] = []

    def read(self, raw: dict[str, Any]) -> Marked:
        items = tuple(self._item(i, row) for i, row in enumerate(raw.get("items") or (), 1))
        times = [self._time(row, f"time {i}") for i, row in enumerate(raw.get("times") or (), 1)]
        known = {(t.start, t.end) for t in times}
        for item in items:  # an explicit deadline is a time expression as well
            due = item.deadline
            if due and due.start is not None and (due.start, due.end) not in known:
                known.add((due.start, due.end))
                times.append(due)
        return Marked(
            doc=raw["doc"],
            items=items,
            times=tuple(sorted(times, key=lambda t: (t.start or 0, t.end or 0))),
            lists=tuple(self._list(i, row) for i, row in enumerate(raw.get("lists") or (), 1)),
            citations=tuple(
                MarkedCitation(self._find(row, f"citation {i}")) for i, row in enumerate(raw.get("citations") or (), 1)
            ),
            definitions=tuple(self._definition(i, row) for i, row in enumerate(raw.get("definitions") or (), 1)),
        )

    def _find(self, mark: str | dict[str, Any], where: str, inside: Pair | None = None) -> Pair:
        row: dict[str, Any] = {"q": mark} if isinstance(mark, str) else mark
        quote, n = str(row["q"]).strip(), row.get("n")
        if inside and n is None and (at := self.body.find(quote, *inside)) >= 0:
            return at, at + len(quote)
        hits = list(self._hits(quote))
        if not hits or (n or 1) > len(hits) or (n is None and len(hits) > 1):
            said = f"{len(hits)} occurrences, n is {n}" if hits else "not found"
            self.wrong.append(f"{self.name}: {where}: {said}: {quote!r}")
            return 0, 0
        at = hits[(n or 1) - 1]
        return at, at + len(quote)

    def _hits(self, quote: str) -> Iterator[int]:
        at = self.body.find(quote)
        while at >= 0:
            yield at
            at = self.body.find(quote, at + 1)

    def _time(self, row: dict[str, Any], where: str, inside: Pair | None = None) -> MarkedTime:
        start, end = self._find(row, where, inside) if "q" in row else (None, None)
        values = {k: str(row[k]) for k in ("earliest", "latest", "duration", "unit", "rrule") if row.get(k) is not None}
        return MarkedTime(type=row["type"], start=start, end=end, **values)

    def _item(self, i: int, row: dict[str, Any]) -> MarkedItem:
        where = f"item {i}"
        span = self._find(row, where)
        action = self._find(row.get("action") or row, f"{where} action", span)
        if not span[0] <= action[0] < action[1] <= span[1]:
            self.wrong.append(f"{self.name}: {where}: the action is outside its item: {row.get('action')!r}")
        actors = tuple(
            MarkedActor(
                role=a.get("role", "responsible"),
                span=self._find(a, f"{where} actor", span) if "q" in a else None,
                agency=a.get("agency", ""),
                inferred=bool(a.get("inferred")),
            )
            for a in row.get("actors") or ()
        )
        due = self._time(row["deadline"], f"{where} deadline", span) if row.get("deadline") else None
        return MarkedItem(span=span, action=action, modality=row["modality"], actors=actors, deadline=due)

    def _list(self, i: int, row: dict[str, Any]) -> MarkedList:
        slots = {
            slot: tuple(self._find(m, f"list {i} {slot}") for m in marks)
            for slot, marks in (row.get("slots") or {}).items()
        }
        return MarkedList(name=row["name"], list_kind=row["list_kind"], slots=slots)

    def _definition(self, i: int, row: dict[str, Any]) -> MarkedDefinition:
        span = self._find(row, f"definition {i}")
        return MarkedDefinition(term=self._find(row["term"], f"definition {i} term", span))
