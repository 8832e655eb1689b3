"""Sentences of a leaf: full stops, semicolons, brackets, quotations, marks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
import spacy

from kb.extract.clauses import Cutter, marks_of
from kb.extract.context import Reading
from kb.extract.nlp import load_nlp
from kb.model import Body, Document, DocumentKind, Fidelity, Level, Metadata, Provision, Reference, Span, Time, TimeType

META = Metadata(id="x", title="X", kind=DocumentKind.LAW, level=Level.NATIONAL, region="CN", fidelity=Fidelity.FULL)
NLP = load_nlp(
    Reference(bodies=(Body(id="mof", name="Ministry of Finance", level="national", abbreviations=("MOF",)),))
)


def reading(text: str) -> Reading:
    leaf = Provision(eid="p", kind="paragraph", start=0, end=len(text), text_start=0, text_end=len(text), leaf=True)
    document = Document(path="x.md", meta=META, text=text, body_line=1, sha256="", provisions=(leaf,))
    return Reading(document, NLP(text))


def quotes(text: str) -> list[str]:
    view = reading(text)
    return [text[s.start : s.end] for s in Cutter(view, marks_of(view, (), ())).sentences(view.leaves[0])]


CASES = [
    ("One acts. Two act.", ["One acts.", "Two act."]),
    ("A shall go; B shall stay.", ["A shall go", "B shall stay."]),
    ("See No. 5 of Art. 7. Go.", ["See No. 5 of Art. 7.", "Go."]),
    ("It costs 1.5 yuan. Pay.", ["It costs 1.5 yuan.", "Pay."]),
    ("List it (first; second). Go.", ["List it (first; second).", "Go."]),
    ("Read “Rules; Part 1”; stop.", ["Read “Rules; Part 1”", "stop."]),
    ('"Fee" means "a sum." Payers pay.', ['"Fee" means "a sum."', "Payers pay."]),
    (
        "甲方应当付款。Party B shall deliver；Party C waits。",
        ["甲方应当付款。", "Party B shall deliver", "Party C waits。"],
    ),
    ("Open ( bracket; never closed. Next.", ["Open ( bracket", "never closed.", "Next."]),
    ("He said e.g. this and etc. and that.", ["He said e.g. this and etc. and that."]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[repr(case[0]) for case in CASES])
def test_cuts_sentences(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


def test_times_names_and_quotations_are_one_unit_each() -> None:
    text = "The Ministry of Finance shall, by the end of 2017, publish the “List of Names” (draft)."
    view = reading(text)
    start = text.index("by the")
    limit = Time(
        type=TimeType.DEADLINE,
        rule="t",
        span=Span(eid="p", start=start, end=start + 18, quote=text[start : start + 18]),
        latest=date(2017, 12, 31),
    )
    (sentence,) = Cutter(view, marks_of(view, (limit,), ())).sentences(view.leaves[0])
    assert sentence.words == ["the", "", "shall", ",", "", ",", "publish", "the", ""]
    assert [mark.body or mark.time for mark in sentence.marks.values()] == ["mof", limit]
    assert [text[a:b] for a, b in sentence.brackets] == ["(draft)"]


def test_the_tokenizer_keeps_hyphened_words_and_parts_chinese_punctuation() -> None:
    words = [t.text for t in NLP.tokenizer("self-made 《Rules》（国发〔2016〕33号）, cannot; the bank's 500,000 yuan.")]
    assert words == [
        "self-made", "《", "Rules", "》", "（", "国发〔2016〕33号", "）", ",", "cannot", ";", "the", "bank", "'s", "500,000", "yuan", ".",
    ]  # fmt: skip
    assert spacy.blank("en").vocab is not NLP.vocab


HOSTILE = ["(", "( ", "“ ", "'s", "_", "where it ", "shall, ", "that ", "( ; ", "and ", "the bureau, "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_cutting_grows_with_the_text_not_with_its_square(piece: str, least_seconds: Callable[..., float]) -> None:
    small, large = (least_seconds([partial(cut, piece * count)] * 3) for count in (2_000, 16_000))
    assert large < 40 * small + 0.1  # eight times the text; its square would be 64


def cut(text: str) -> None:
    view = reading(text)
    Cutter(view, marks_of(view, (), ())).sentences(view.leaves[0])
