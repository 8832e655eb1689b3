"""First stage: files -> Source, and the reviewed reference tables."""

from kb.corpus.frontmatter import slug
from kb.corpus.load import head_for, load_corpus, load_source, source_from_text
from kb.corpus.reference import load_reference

__all__ = ["head_for", "load_corpus", "load_reference", "load_source", "slug", "source_from_text"]
