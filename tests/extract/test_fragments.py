"""Readers meet what no sentence prepares them for: fragments of the corpus, cut anywhere, shuffled, without signs, glued together."""

from __future__ import annotations

import random

import pytest

from kb.corpus import load_corpus
from kb.corpus.frontmatter import fallback_metadata
from kb.extract import extract_facts
from kb.model import DocumentKind, Reference, Source
from kb.parse import parse_document
from kb.paths import data_folder

KINDS = (DocumentKind.PLAN, DocumentKind.NORMATIVE_DOCUMENT, DocumentKind.MEMORANDUM, DocumentKind.LAW)


def fragments(words: list[str], order: random.Random, count: int) -> list[str]:
    """Rows of up to 60 words of the corpus: as they stand, shuffled, without signs, or two rows glued together."""
    made = []
    for number in range(count):
        start = order.randrange(len(words))
        row = words[start : start + order.randrange(1, 60)]
        if number % 4 == 1:
            order.shuffle(row)
        elif number % 4 == 2:
            row = [word.strip(".,;:()") for word in row]
        elif number % 4 == 3:
            start = order.randrange(len(words))
            row += words[start : start + order.randrange(1, 60)]
        made.append(" ".join(row) + "\n")
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_fragments_are_read_and_every_span_quotes_them(kind: DocumentKind, reference: Reference) -> None:
    words = " ".join(source.body for source in load_corpus(data_folder("corpus"))[0]).split(" ")
    metadata = fallback_metadata("fragment", {"kind": kind})
    order = random.Random(kind.value)  # noqa: S311 - an order that is always the same
    for text in fragments(words, order, 500):
        document = parse_document(Source("fragment.md", metadata, text, 1, "0"))
        facts = extract_facts(document, reference)
        spans = [item.action for item in facts.items] + [definition.term for definition in facts.definitions]
        assert [span.quote for span in spans] == [document.text[span.start : span.end] for span in spans], text


@pytest.mark.parametrize(
    "text",
    [
        "a the means all Prospectus (b) comprising",  # a term that ends before it begins
        "or other person take.\n steps agreed the has to",  # a verb group that the text breaks off
        "Firms, such",
    ],
)
def test_cut_off_sentences_are_read(text: str, reference: Reference) -> None:
    document = parse_document(Source("cut.md", fallback_metadata("cut", {}), f"{text}\n", 1, "0"))
    assert extract_facts(document, reference).document == "cut"
