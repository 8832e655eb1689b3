"""Readings of short texts, for the readers of this stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kb.corpus import load_reference
from kb.extract.context import Reading
from kb.extract.nlp import load_nlp
from kb.model import Document, DocumentKind, Fidelity, Level, Metadata, Reference, Source
from kb.parse import parse_document

CORPUS = Path(__file__).parents[2] / "corpus"


def document_of(body: str, **meta: object) -> Document:
    """A parsed document with this body; `meta` overrides its front matter."""
    values: dict[str, object] = {
        "id": "cn-test-2018",
        "title": "Rules on Tests",
        "kind": DocumentKind.NORMATIVE_DOCUMENT,
        "level": Level.MINISTERIAL,
        "region": "CN",
        "fidelity": Fidelity.FULL,
        "published": date(2018, 3, 1),
        **meta,
    }
    source = Source(path="corpus/x.md", meta=Metadata(**values), body=body, body_line=1, sha256="0")  # type: ignore[arg-type]
    return parse_document(source)


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The reviewed tables of the corpus."""
    loaded, problems = load_reference(CORPUS / "reference")
    assert not problems
    return loaded


@pytest.fixture(scope="session")
def reading_of(reference: Reference) -> Callable[..., Reading]:
    """Makes the reading of a body, with keyword arguments for its front matter."""
    nlp = load_nlp(reference)

    def make(body: str, **meta: object) -> Reading:
        document = document_of(body, **meta)
        return Reading(document, nlp(document.text))

    return make
