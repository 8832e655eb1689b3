"""Sentences of many house styles with the items a reader finds in them: every file of tests/extract/items.

A case is a body behind "# kind" (law, plan, opinions, memorandum), then one line an item: modality | act | doers | deadline. A doer has its
role before it where that is not `responsible`, and "~" where it is inferred; `\\n` in a body starts a paragraph. No line
below the body says that there is no item.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.corpus import load_reference, source_from_text
from kb.extract import extract_facts
from kb.model import ActionItem, Actor, Time
from kb.parse import parse_document
from kb.paths import data_folder

REFERENCE, _ = load_reference(data_folder("corpus") / "reference")
KINDS = {
    "law": ("law", "Rules on Records", ""),
    "plan": ("plan", "Plan (2016-2020)", "horizon: 2016-01-01/2020-12-31\n"),
    "opinions": ("normative-document", "Opinions on Records", ""),
    "memorandum": ("memorandum", "Memorandum on Records", ""),
}
HEAD = (
    '---\nid: x-doc\ntitle: "{title}"\nkind: {kind}\nlevel: national\nissuers: [state-council]\nregion: CN\npublished: 2016-03-01\n'
    '{horizon}fidelity: full\ntranslation: "made for the tests"\nlicence: "CC BY 4.0"\n---\n\n# {title}\n\n'
)


def cases() -> list[tuple[str, str, list[str]]]:
    """Kind, body and expected lines of every case, in order."""
    found: list[tuple[str, str, list[str]]] = []
    for file in sorted((Path(__file__).parent / "items").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                kind, _, body = line[2:].partition(": ")
                found.append((kind, body, []))
            elif line.strip() and not line.startswith("##"):
                found[-1][2].append(line.strip())
    return found


def read(kind: str, body: str) -> tuple[ActionItem, ...]:
    name, title, horizon = KINDS[kind]
    text = body.replace("\\n", "\n\n")
    head = HEAD.format(kind=name, title=title, horizon=horizon)
    source, _ = source_from_text(head + (f"Article 1 {text}" if kind == "law" else text) + "\n", "x-doc.md")
    return extract_facts(parse_document(source), REFERENCE).items


def shown(item: ActionItem) -> str:
    doers = "; ".join(shown_doer(actor) for actor in item.actors if actor.span)
    parts = (item.modality.value, " ".join(item.action.quote.split()), doers, shown_time(item.deadline))
    return " | ".join(parts).rstrip("| ")


def shown_doer(actor: Actor) -> str:
    assert actor.span is not None
    role = "" if actor.role.value == "responsible" else f"{actor.role.value}: "
    return role + ("~" if actor.inferred else "") + actor.span.quote


def shown_time(time: Time | None) -> str:
    """The words of a limit and its last day; inherited ones have no words and are left out."""
    if time is None or time.span is None:
        return ""
    return time.span.quote + (f" = {time.latest}" if time.latest else "")


@pytest.mark.parametrize(
    ("kind", "body", "expected"), cases(), ids=[f"{kind}: {body[:70]}" for kind, body, _ in cases()]
)
def test_items_of_a_sentence(kind: str, body: str, expected: list[str]) -> None:
    assert [shown(item) for item in read(kind, body)] == expected
