"""What every reader is given: the parsed document, its tokens, and the way from offsets to spans.

One spaCy `Doc` covers the whole body, so `token.idx` is an offset of the body and no reader converts positions. Readers
that walk all tokens take the columns (`words`, `classes`, `token_starts`, `token_ends`): plain lists, one step a token.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import cast

from spacy.attrs import ID, IDX, LENGTH
from spacy.tokens import Doc

from kb.extract.nlp import Lexicon
from kb.model import Document, Provision, Span

_LINE_END = re.compile(
    r"(?<!\n)\n(?!\s*\n|[ \t]*[A-Z][a-z]+(?: [a-z]+){0,3}:)"
)  # of a wrapped line, not of a paragraph or before a label ("Carried out by:")


class Reading:
    """A document under extraction; readers take it and return records, they never change it.

    The columns have a value for each token: `words` in lower case, `classes` (words.py), `token_starts`, `token_ends`.
    """

    def __init__(self, document: Document, doc: Doc) -> None:
        self.document = document
        self.doc = doc
        self.leaves = tuple(p for p in document.provisions if p.leaf)
        self._starts = [p.start for p in self.leaves]
        table = doc.to_array([ID, IDX, LENGTH])
        lexicon = cast(Lexicon, doc.vocab)
        numbers: list[int] = table[:, 0].tolist()
        if numbers and max(numbers) >= len(lexicon.words):
            numbers = lexicon.numbers(doc, numbers)
        self._lexicon, self._numbers = lexicon, frozenset(numbers)
        self.words = list(map(lexicon.words.__getitem__, numbers))
        self.classes = list(map(lexicon.classes.__getitem__, numbers))
        self.token_starts: list[int] = table[:, 1].tolist()
        self.token_ends: list[int] = (table[:, 1] + table[:, 2]).tolist()

    def hints_at(self, pattern: re.Pattern[str]) -> bool:
        """Whether a token, as printed, holds what `pattern` matches; a scan without a hint in the whole text can be left out.

        No token ends inside a row of letters or of digits; so a hint is part of such a row, or one character.
        """
        return not self._numbers.isdisjoint(self._lexicon.holding(pattern))

    @cached_property
    def by_eid(self) -> dict[str, Provision]:
        """Every provision by its eId."""
        return {p.eid: p for p in self.document.provisions}

    @cached_property
    def flowing(self) -> str:
        """The body, offset by offset, with the line ends inside paragraphs as spaces: what patterns are matched in."""
        text = self.document.text
        parts: list[str] = []
        at = 0
        for leaf in self.leaves:
            if "\n" in text[leaf.text_start : leaf.text_end]:
                parts += text[at : leaf.text_start], _LINE_END.sub(" ", text[leaf.text_start : leaf.text_end])
                at = leaf.text_end
        return "".join((*parts, text[at:])) if parts else text

    @cached_property
    def children(self) -> dict[str, tuple[Provision, ...]]:
        """The provisions directly under each eId, in text order; those at the top under ""."""
        found: dict[str, list[Provision]] = {}
        for provision in self.document.provisions:
            found.setdefault(provision.parent, []).append(provision)
        return {eid: tuple(under) for eid, under in found.items()}

    def tokens_within(self, start: int, end: int) -> range:
        """Indexes of the tokens that begin in start:end."""
        starts = self.token_starts
        return range(bisect_left(starts, start), bisect_left(starts, end))

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
