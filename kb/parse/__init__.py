"""Second stage: Source -> Document, a tree of provisions with Akoma Ntoso eIds."""

from kb.parse.document import parse_document
from kb.parse.doubts import line_of, parse_problems
from kb.parse.lookup import basis_at, find_provision, heading_path, heading_paths, leaf_at

__all__ = [
    "basis_at",
    "find_provision",
    "heading_path",
    "heading_paths",
    "leaf_at",
    "line_of",
    "parse_document",
    "parse_problems",
]
