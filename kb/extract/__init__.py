"""Third stage: Document -> Facts. The only folder that knows spaCy.

The order of the readers: citations, definitions, times (none inside a citation), items, lists.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language

from kb.extract.citations import read_citations
from kb.extract.context import Lexemes, Reading
from kb.extract.definitions import read_definitions
from kb.extract.items import read_items
from kb.extract.nlp import load_nlp
from kb.extract.topics import Topics
from kb.model import Document, Facts, Reference

__all__ = ["extract_facts"]


@dataclass(frozen=True, slots=True)
class Extractor:
    """What is loaded once for a reference: the pipeline, the lexemes met so far, the cues of areas and fields."""

    reference: Reference
    nlp: Language
    lexemes: Lexemes
    topics: Topics

    @classmethod
    def of(cls, reference: Reference) -> Extractor:
        nlp = load_nlp(reference)
        return cls(reference, nlp, Lexemes(nlp.vocab), Topics(reference))

    def extract(self, document: Document) -> Facts:
        """All facts of a document."""
        reading = Reading(document, self.nlp(document.text), self.lexemes)
        citations = read_citations(reading, self.reference)
        definitions = read_definitions(reading, citations)
        try:
            from kb.extract.times import read_times

            times = read_times(reading, document.meta.document_date, skip=[c.span for c in citations])
        except ImportError:
            times = ()
        items = read_items(reading, times, citations, self.topics)
        return Facts(
            document=document.id, sha256=document.sha256, items=items, times=times, citations=citations, definitions=definitions
        )


_LAST: list[Extractor] = []  # the extractor of the reference used last, so that a run loads its tables once


def extract_facts(document: Document, reference: Reference) -> Facts:
    """All facts of `document`, read with the tables of `reference`."""
    if not _LAST or _LAST[0].reference is not reference:
        _LAST[:] = [Extractor.of(reference)]
    return _LAST[0].extract(document)
