"""Provisions -> how a reader names each place: "Article 12, para. 2 (3)", "II (1) Tax", "Preamble"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.model import Provision

_FRAMES = {"preface": "Title", "preamble": "Preamble", "conclusion": "Closing", "note": "Note"}
_ORDINAL = re.compile(r"para_(\d+)$")
_LONGEST_HEADING = 48


def places_of(provisions: Iterable[Provision]) -> dict[str, str]:
    """The name of every provision by its eId."""
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for p in provisions:
        kinds[p.eid] = p.kind
        names[p.eid] = _name(p, names.get(p.parent, ""), kinds.get(p.parent, ""))
    return names


def _name(p: Provision, above: str, parent_kind: str) -> str:
    number = p.number.rstrip(".、 ")
    match p.kind:
        case "preface" | "preamble" | "conclusion" | "note":
            return _FRAMES[p.kind]
        case "heading" | "intro" | "wrapup":
            return above or p.kind
        case "article":
            return number or above
        case "part" | "chapter" | "section" | "subsection":
            return _join(above if parent_kind not in {"chapter", "part"} else "", number, p.heading)
    if number or p.heading:
        return f"{above} {number}".strip() if number else _join(above, "", p.heading)
    ordinal = _ORDINAL.search(p.eid)
    return (
        f"{above}, para. {ordinal.group(1)}"
        if above and ordinal
        else above or (f"para. {ordinal.group(1)}" if ordinal else p.eid)
    )


def _join(above: str, number: str, heading: str) -> str:
    words = heading if len(heading) <= _LONGEST_HEADING else heading[: heading.rfind(" ", 0, _LONGEST_HEADING)] + "…"
    return " ".join(x for x in (_numbers_only(above), number, words) if x)


def _numbers_only(name: str) -> str:
    """The leading numbers of a name: "II (1)" of "II (1) Integrity in commerce"."""
    kept = []
    for word in name.split():
        if not re.fullmatch(r"[(（]?[0-9IVXLCDM一二三四五六七八九十a-z]{1,4}[)）.、]?", word):
            break
        kept.append(word.rstrip(".、"))
    return " ".join(kept)
