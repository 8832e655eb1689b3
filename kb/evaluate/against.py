"""Facts of one set of rules against those of another: gained, lost, changed. The base is always named, never implied.

gained = read now and not by the base; lost = read by the base and not now; changed = same words, other reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from kb.model import Facts, Record

KINDS = ("items", "times", "lists", "citations", "definitions")
_IGNORED = {"id", "fingerprint", "span", "eid"}  # addresses: they may move without the reading changing


class Change(msgspec.Struct, frozen=True, order=True):
    """One fact that differs; `what` names the slots that changed, with their old and new value."""

    document: str
    kind: str
    fate: str  # gained | lost | changed
    start: int
    quote: str
    what: tuple[str, ...] = ()


def compare_facts(base: Sequence[Facts], now: Sequence[Facts]) -> tuple[Change, ...]:
    """Every fact that was gained, lost or changed between `base` and `now`, by document and place."""
    before = {f.document: f for f in base}
    after = {f.document: f for f in now}
    changes: list[Change] = []
    for document in sorted({*before, *after}):
        for kind in KINDS:
            old = _keyed(getattr(before.get(document), kind, ()))
            new = _keyed(getattr(after.get(document), kind, ()))
            changes += _changes(document, kind.removesuffix("s"), old, new)
    return tuple(sorted(changes))


def _keyed(records: Sequence[Record]) -> dict[tuple[str, int], Record]:
    """Records by their words and how many of the same words stand before them."""
    seen: dict[str, int] = {}
    keyed = {}
    for record in records:
        quote = _quote(record)
        keyed[quote, seen.get(quote, 0)] = record
        seen[quote] = seen.get(quote, 0) + 1
    return keyed


def _quote(record: Record) -> str:
    for name in ("action", "term", "span"):
        if (span := getattr(record, name, None)) is not None:
            return str(span.quote)
    return ""


def _changes(
    document: str, kind: str, old: dict[tuple[str, int], Record], new: dict[tuple[str, int], Record]
) -> Iterator[Change]:
    for key in sorted({*old, *new}):
        was, is_now = old.get(key), new.get(key)
        record = is_now or was
        start = next((s.start for n in ("action", "term", "span") if (s := getattr(record, n, None))), 0)
        if was is None or is_now is None:
            yield Change(document, kind, "lost" if is_now is None else "gained", start, key[0])
        elif what := tuple(_slots(was, is_now)):
            yield Change(document, kind, "changed", start, key[0], what)


def _slots(was: Record, now: Record) -> Iterator[str]:
    for name in was.__struct_fields__:
        a, b = _plain(getattr(was, name)), _plain(getattr(now, name))
        if name not in _IGNORED and a != b:
            yield f"{name}: {_short(a)} -> {_short(b)}"


def _plain(value: object) -> object:
    """A value without the offsets in it, so that moved text is no change."""
    if isinstance(value, msgspec.Struct):
        names = value.__struct_fields__
        if "quote" in names:
            return getattr(value, "quote")  # noqa: B009 - a Span
        return tuple((n, _plain(getattr(value, n))) for n in names if n not in _IGNORED or n == "span")
    if isinstance(value, tuple):
        return tuple(_plain(v) for v in value)
    return value


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else f"{text[:79]}…"
