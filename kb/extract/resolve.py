"""Second pass over all documents: what each citation cites, by number, title, short title, or a variant of the title.

In come the facts of every document and the documents, out come the facts with their targets: "Guofa (2014) No. 21" -> the
id of the Planning Outline; "Article 22 of the Government Procurement Law" -> that article. A citation that nothing in the
corpus answers stays without a target. Relations of the front matter (`implements`, `repeals` …) give their verb to citations
of the same document that have none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from kb.extract.citation_units import read_unit_references
from kb.extract.document_numbers import UNKNOWN, number_key
from kb.model import Citation, CitationVerb, Document, Facts, Metadata, Reference

_SAME_WORDS = {
    "construction": "build", "building": "build", "constructing": "build", "management": "administer", "managing": "administer",
    "administration": "administer", "administering": "administer", "implementation": "implement", "implementing": "implement", "establishing": "establish",
    "establishment": "establish", "strengthening": "strengthen", "publication": "publish", "publishing": "publish", "publicity": "publish",
    "publicizing": "publish", "provisional": "interim", "temporary": "interim", "enterprises": "enterprise", "defaulters": "defaulter",
    "rules": "rule", "measures": "measure", "opinions": "opinion", "regulations": "regulation", "provisions": "provision", "prc": "china",
    "labour": "labor", "organizations": "organization", "organisations": "organization", "lists": "list", "credits": "credit",
}  # fmt: skip
_STOP = frozenset("the a an of on for in to and with by regarding concerning about several some".split())
_STATE = re.compile(r"\bof the people['’]?s republic of china\b|\bof the prc\b|\bof china\b", re.IGNORECASE)
_BRACKET = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


class Instruments:
    """The documents of a corpus by everything they are cited by."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._by_number: dict[str, set[str]] = {}
        self._by_title: dict[frozenset[str], set[str]] = {}
        self._ids = {document.id for document in documents}
        for document in documents:
            self._enter(document.meta)

    def _enter(self, meta: Metadata) -> None:
        for number in (meta.doc_number, meta.doc_number_zh):
            key = number_key(number)
            if key:
                self._by_number.setdefault(key, set()).add(meta.id)
                self._by_number.setdefault(_year_and_serial(key), set()).add(meta.id)
        for title in (meta.title, meta.short_title, meta.title_zh):
            for words in {title_words(title), title_words(_BRACKET.sub("", title))} - {frozenset()}:
                self._by_title.setdefault(words, set()).add(meta.id)

    def find(self, title: str, number: str) -> tuple[str, str]:
        """(document id, doubt) of the instrument with this title and number; ("", "") where the corpus has none."""
        if number and not number.startswith(UNKNOWN):
            found = self._by_number.get(number, set())
            if len(found) == 1:
                return next(iter(found)), ""
        for words in (title_words(title), title_words(_BRACKET.sub("", title))):
            found = self._by_title.get(words, set()) if words else set()
            if len(found) == 1:
                return next(iter(found)), ""
            if found:
                return "", f"{len(found)} documents have this title"
        found = self._by_number.get(_year_and_serial(number), set()) if number.startswith(UNKNOWN) else set()
        return (next(iter(found)), "found by year and serial number alone") if len(found) == 1 else ("", "")

    def find_printed(self, citation: str) -> str:
        """The document that an entry of the front matter names: its id, or a citation as printed; "" for none."""
        if citation in self._ids:
            return citation
        return self.find(citation, number_key(citation))[0]


def resolve_facts(facts: Sequence[Facts], documents: Sequence[Document], reference: Reference) -> list[Facts]:
    """The facts with the targets of their citations, in the order given."""
    instruments = Instruments(documents)
    by_id = {document.id: document for document in documents}
    return [_resolved(each, by_id, instruments) for each in facts]


def title_words(title: str) -> frozenset[str]:
    """The words by which a title is compared: without the State, articles and prepositions, spellings made one."""
    plain = _STATE.sub(" ", title.replace("’", "'")).lower()
    words = re.findall(r"[^\W_]+", plain.replace("'s", ""))
    return frozenset(_SAME_WORDS.get(word, word) for word in words if word not in _STOP)


def _year_and_serial(key: str) -> str:
    return "-".join(key.rsplit("-", 2)[-2:])


def _resolved(facts: Facts, by_id: Mapping[str, Document], instruments: Instruments) -> Facts:
    document = by_id.get(facts.document)
    relations = _relations(document.meta, instruments) if document else {}
    citations = (_with_target(citation, by_id, instruments, relations) for citation in facts.citations)
    kept = tuple(c for c in citations if c.target != facts.document or not c.title)  # its own title in other words
    return msgspec.structs.replace(facts, citations=kept)


def _relations(meta: Metadata, instruments: Instruments) -> dict[str, CitationVerb]:
    """Verbs by target, from the front matter; the strongest tie comes last and wins."""
    entries = (
        (CitationVerb.BASED_ON, meta.based_on),
        (CitationVerb.IMPLEMENTS, meta.implements),
        (CitationVerb.AMENDS, meta.amends),
        (CitationVerb.REPEALS, meta.repeals),
    )
    return {target: verb for verb, printed in entries for each in printed if (target := instruments.find_printed(each))}


def _with_target(
    citation: Citation, by_id: Mapping[str, Document], instruments: Instruments, relations: Mapping[str, CitationVerb]
) -> Citation:
    if not citation.title and not citation.number:
        return citation
    found, doubt = instruments.find(citation.title, citation.number)
    if not found:
        return msgspec.structs.replace(citation, certain=False, doubt=doubt) if doubt else citation
    verb = relations.get(found, citation.verb) if citation.verb is CitationVerb.MENTIONS else citation.verb
    doubt = doubt or citation.doubt
    target = _article(by_id[found], citation)
    return msgspec.structs.replace(citation, target=target, verb=verb, certain=not doubt, doubt=doubt)


def _article(document: Document, citation: Citation) -> str:
    """The cited article of the document, where one is named; the document itself otherwise."""
    reference = next(read_unit_references(citation.span.quote), None)
    numbers = [n for unit in reference.units if unit.kind == "article" for n in unit.numbers] if reference else []
    if len(numbers) != 1:
        return document.id
    token = f"art_{numbers[0].partition('/')[0]}"
    article = next(
        (p.eid for p in document.provisions if p.kind == "article" and p.eid.rsplit("__", 1)[-1] == token), ""
    )
    return f"{document.id}#{article}" if article else document.id
