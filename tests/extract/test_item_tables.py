"""Every row of the tables behind items is run against its own examples: all of `matches` show it, none of `rejects` does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.corpus import load_reference, source_from_text
from kb.extract import extract_facts, modality, role_cues
from kb.extract.goals import LabelRow, label_rows
from kb.extract.lead_ins import LeadInRow, lead_in_rows
from kb.extract.no_items import ItemRow, any_act, rows, states_no_norm
from kb.extract.words import HERE, HeadRow, VerbRow, WordRow, gerund, is_agent_noun, past, third_person
from kb.model import Facts, Role
from kb.parse import parse_document
from kb.paths import data_folder
from kb.rules import load_rules

REFERENCE, _ = load_reference(data_folder("corpus") / "reference")


def tokens(phrase: str) -> set[str]:
    return set(re.findall(r"[\w'-]+", phrase.lower()))


def forms(bases: str) -> set[str]:
    found = set(bases.split())
    return found | {form for base in found for form in (third_person(base), past(base), gerund(base, past(base)))}


def word_sets() -> list[tuple[str, set[str], tuple[str, ...], tuple[str, ...]]]:
    out = [(r.id, set(r.words.split()), r.matches, r.rejects) for r in load_rules(HERE / "words.yaml", WordRow)]
    heads = [row for row in load_rules(HERE / "actors.yaml", HeadRow) if row.id != "agent-ending"]
    out += [(row.id, set(row.heads.split()), row.matches, row.rejects) for row in heads]
    for row in load_rules(HERE / "verbs.yaml", VerbRow):
        words = forms(row.bases) | set(row.forms.replace(";", " ").split()) - {
            e.split()[0] for e in row.forms.split(";") if e
        }
        out.append((row.id, words, row.matches, row.rejects))
    return out


@pytest.mark.parametrize(("row", "words", "matches", "rejects"), word_sets(), ids=[row[0] for row in word_sets()])
def test_words_of_a_class(row: str, words: set[str], matches: tuple[str, ...], rejects: tuple[str, ...]) -> None:
    assert [phrase for phrase in matches if not tokens(phrase) & words] == []
    assert [phrase for phrase in rejects if tokens(phrase) & words] == []


def test_endings_of_words_for_persons() -> None:
    row = next(row for row in load_rules(HERE / "actors.yaml", HeadRow) if row.id == "agent-ending")
    assert [phrase for phrase in row.matches if not any(map(is_agent_noun, tokens(phrase)))] == []
    assert [phrase for phrase in row.rejects if any(map(is_agent_noun, tokens(phrase)))] == []


def read(body: str, kind: str) -> Facts:
    head = (
        f'---\nid: x-doc\ntitle: "Plan (2016-2020)"\nkind: {kind}\nlevel: national\nissuers: [state-council]\nregion: CN\n'
        'published: 2016-03-01\nfidelity: full\ntranslation: "for the tests"\nlicence: "CC BY 4.0"\n---\n\n# Plan\n\n'
    )
    source, _ = source_from_text(head + body + "\n", "x-doc.md")
    return extract_facts(parse_document(source), REFERENCE)


@pytest.mark.parametrize("row", modality.rows(), ids=lambda row: row.id)
def test_rows_of_modality(row: modality.ModalityRow) -> None:
    def fires(sentence: str) -> bool:
        return any(item.rule == row.id for item in read(f"Article 1 {sentence}", "law").items)

    assert [sentence for sentence in row.matches if not fires(sentence)] == []
    assert [sentence for sentence in row.rejects if fires(sentence)] == []


_NOUN = re.compile(r":| (?:in|for|of) .*")  # what stands behind the noun of a label
SCOPES = ("heading", "act", "sentence")


@pytest.mark.parametrize("entry", [e for scope in SCOPES for e in rows(scope)], ids=lambda entry: entry[0].id)
def test_rows_of_what_is_no_item(entry: tuple[ItemRow, re.Pattern[str], re.Pattern[str] | None]) -> None:
    row, pattern, unless = entry

    def fires(text: str) -> bool:
        found = pattern.match(text) if row.scope == "act" else pattern.search(text)
        return bool(found) and not (unless and unless.search(text))

    assert [text for text in row.matches if not fires(text)] == []
    assert [text for text in row.rejects if fires(text)] == []
    if row.scope != "heading":  # what most texts are passed by lets none of these through
        passed = states_no_norm if row.scope == "sentence" else any_act().match
        assert [text for text in row.matches if not passed(text)] == []


@pytest.mark.parametrize("entry", lead_in_rows(), ids=lambda entry: entry[0].id)
def test_rows_of_lead_ins(entry: tuple[LeadInRow, re.Pattern[str]]) -> None:
    row, pattern = entry
    assert [text for text in row.matches if not pattern.search(text)] == []
    assert [text for text in row.rejects if pattern.search(text)] == []


@pytest.mark.parametrize("row", label_rows(), ids=lambda row: row.id)
def test_rows_of_labels(row: LabelRow) -> None:
    def fires(label: str) -> bool:
        items = read(f"{label} Draft the code by 2018.", "plan").items
        return bool(items) and _NOUN.sub("", label).split()[-1].lower() in row.heads.split()

    assert [label for label in row.matches if not fires(label)] == []
    assert [label for label in row.rejects if fires(label)] == []


@pytest.mark.parametrize("row", role_cues.rows(), ids=lambda row: row.id)
def test_rows_of_responsibility(row: role_cues.ResponsibilityRow) -> None:
    def fires(bracket: str) -> bool:
        (item,) = read(f"## I. Tasks\n\n(1) Build it. {bracket}", "plan").items
        if row.mute:
            return len(item.actors) == 1 and ":" in bracket.partition(";")[2]
        if row.role is None:
            return (
                item.deadline is not None
                and item.deadline.span is not None
                and all(actor.role is not Role.COOPERATING for actor in item.actors)
            )
        return any(actor.rule == row.id for actor in item.actors)

    assert [bracket for bracket in row.matches if not fires(bracket)] == []
    assert [bracket for bracket in row.rejects if fires(bracket)] == []


def test_tables_stand_beside_their_readers() -> None:
    names = ("words", "verbs", "actors", "modality", "responsibility", "no_items", "lead_ins", "labels")
    assert [name for name in names if not (Path(HERE) / f"{name}.yaml").is_file()] == []
