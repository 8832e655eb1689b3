"""Document -> Facts: the readers, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.definitions import read_definitions
from kb.extract.items import read_items
from kb.extract.lists import read_lists
from kb.extract.nlp import Pipeline, load_nlp
from kb.extract.spelled import as_printed, in_plain_words
from kb.extract.times import read_times
from kb.extract.topics import Topics
from kb.model import Document, Facts, Reference
from kb.typography import plain


@dataclass(frozen=True, slots=True)
class Extractor:
    """What is loaded once for a reference: the pipeline, the cues of areas and fields."""

    reference: Reference
    nlp: Pipeline
    topics: Topics

    @classmethod
    def of(cls, reference: Reference) -> Extractor:
        return cls(reference, load_nlp(reference), Topics(reference))

    def extract(self, document: Document) -> Facts:
        """All facts of a document, read in its plain words and quoted as printed."""
        words = plain(document.text)
        if words.is_body:
            return self._read(document)
        return as_printed(self._read(in_plain_words(document, words)), words, document.text)

    def _read(self, document: Document) -> Facts:
        reading = Reading(document, self.nlp(document.text))
        citations = read_citations(reading, self.reference)
        definitions = read_definitions(reading, citations)
        cited = [(citation.span.start, citation.span.end) for citation in citations]
        times = read_times(reading, document.meta.document_date, cited)
        items = read_items(reading, times, citations, definitions, self.topics)
        lists = read_lists(reading, items, times, citations, self.reference)
        return Facts(
            document=document.id,
            sha256=document.sha256,
            items=items,
            times=times,
            lists=lists,
            citations=citations,
            definitions=definitions,
        )


_LAST: list[Extractor] = []  # the extractor of the reference used last, so that a run loads its tables once


def extract_facts(document: Document, reference: Reference) -> Facts:
    """All facts of `document`, read with the tables of `reference`."""
    if not _LAST or _LAST[0].reference is not reference:
        _LAST[:] = [Extractor.of(reference)]
    return _LAST[0].extract(document)
