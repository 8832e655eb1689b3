"""Every rule that a fact names can be explained: a row of a table, or a step of the code in steps.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from kb.corpus import load_corpus
from kb.extract import extract_facts
from kb.model import Facts, Reference
from kb.parse import parse_document
from kb.paths import PACKAGE, data_folder
from kb.rules import find_rules, parts_of


def rules_of(facts: Facts) -> Iterator[str]:
    """The rule of every fact and of every fact in it."""
    for item in facts.items:
        yield item.rule
        yield from (actor.rule for actor in item.actors)
        if item.deadline:
            yield item.deadline.rule
    for one in (*facts.times, *facts.citations, *facts.definitions):
        yield one.rule
    for entry in facts.lists:
        yield entry.rule
        for fact in (fact for slot in entry.slots for fact in slot.facts):
            yield fact.rule
            if fact.time:
                yield fact.time.rule


def test_every_rule_that_read_a_fact_of_the_corpus_has_a_reason(reference: Reference) -> None:
    sources, _ = load_corpus(data_folder("corpus"))
    used = {p for s in sources for r in rules_of(extract_facts(parse_document(s), reference)) for p in parts_of(r)}
    reasons = find_rules(used)
    assert sorted(used - reasons.keys()) == []
    assert [rule for rule, (_, why) in reasons.items() if len(why.split()) < 2 or "\n" in why.strip()] == []
    assert len(used) > 100


def test_a_step_names_the_module_that_takes_it() -> None:
    steps = find_rules({"subject", "horizon", "corrected", "acts-on-list"})
    assert {rule: where for rule, (where, _) in steps.items()} == {
        "subject": "extract/actors.py",
        "horizon": "extract/items.py",
        "corrected": "track/corrections.py",
        "acts-on-list": "extract/lists.py",
    }
    assert all((PACKAGE / where).is_file() for where, _ in steps.values())


def test_a_rule_of_several_is_explained_part_by_part() -> None:
    assert parts_of("number-guofa/accordance") == ("number-guofa", "accordance")
    assert parts_of("by-year+spent+by-year") == ("by-year", "spent")
    assert {
        rule: where for rule, (where, _) in find_rules(["number-guofa", "title-law", "nobody-knows-it"]).items()
    } == {
        "number-guofa": "extract/document_numbers.yaml",
        "title-law": "extract/citation_titles.yaml",
    }
