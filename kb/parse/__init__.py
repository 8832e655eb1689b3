"""Second stage: Source -> Document, a tree of provisions with Akoma Ntoso eIds."""

from kb.parse.document import parse_document
from kb.parse.lookup import basis_at, heading_paths, leaf_at, line_of
from kb.parse.numbering import han_value, number_value

__all__ = ["basis_at", "han_value", "heading_paths", "leaf_at", "line_of", "number_value", "parse_document"]
