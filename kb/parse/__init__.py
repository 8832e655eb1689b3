"""Second stage: Source -> Document, a tree of provisions with Akoma Ntoso eIds."""

from kb.parse.document import parse_document
from kb.parse.lookup import basis_at, find_provision, heading_path, heading_paths, leaf_at

__all__ = ["basis_at", "find_provision", "heading_path", "heading_paths", "leaf_at", "parse_document"]
