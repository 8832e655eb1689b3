"""Second stage: Source -> Document, a tree of provisions with Akoma Ntoso eIds."""

from kb.parse.document import parse_document

__all__ = ["parse_document"]
