"""What every reader is given: the parsed document, its tokens, and the way from offsets to spans.

One spaCy `Doc` covers the whole body, so `token.idx` is an offset of the body and no reader converts positions.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from spacy.tokens import Doc

from kb.model import Document, Provision, Span


class Reading:
    """A document under extraction; readers take it and return records, they never change it."""

    def __init__(self, document: Document, doc: Doc) -> None:
        self.document = document
        self.doc = doc
        self.leaves = tuple(p for p in document.provisions if p.leaf)
        self._starts = [p.start for p in self.leaves]

    @cached_property
    def by_eid(self) -> dict[str, Provision]:
        """Every provision by its eId."""
        return {p.eid: p for p in self.document.provisions}

    @cached_property
    def token_starts(self) -> list[int]:
        """Offsets of the tokens, for bisection."""
        return [token.idx for token in self.doc]

    def token_at(self, offset: int) -> int:
        """The index of the token that covers `offset`, or the last one before it."""
        return max(bisect_right(self.token_starts, offset) - 1, 0)

    def leaf_at(self, offset: int) -> Provision:
        """The leaf that holds the character at `offset`."""
        return self.leaves[max(bisect_right(self._starts, offset) - 1, 0)]

    def path_of(self, provision: Provision) -> tuple[Provision, ...]:
        """The provision and its ancestors, outermost first."""
        path = [provision]
        while path[-1].parent:
            path.append(self.by_eid[path[-1].parent])
        return tuple(reversed(path))

    def span(self, start: int, end: int) -> Span:
        """The span start:end, addressed by the smallest provision that holds all of it.

        Raises ValueError where it is empty or outside the body.
        """
        text = self.document.text
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} is outside {self.document.id} (0:{len(text)})")
        provision = self.leaf_at(start)
        while end > provision.end and provision.parent:
            provision = self.by_eid[provision.parent]
        eid = provision.eid if end <= provision.end else ""
        return Span(eid=eid, start=start, end=end, quote=text[start:end])
