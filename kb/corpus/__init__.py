"""First stage: files -> Source, and the reviewed reference tables."""

from kb.corpus.load import load_corpus, load_source, source_from_text
from kb.corpus.reference import load_reference

__all__ = ["load_corpus", "load_reference", "load_source", "source_from_text"]
