"""What every reader is given: the parsed document, its tokens, and the way from offsets to spans.

One spaCy `Doc` covers the whole body, so `token.idx` is an offset of the body and no reader converts positions. Readers
that walk all tokens take the columns (`words`, `classes`, `token_starts`, `token_ends`): plain lists, one lookup a lexeme.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from spacy.attrs import IDX, LENGTH, LOWER
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kb.extract.words import classify
from kb.model import Document, Provision, Span

_LINE_END = re.compile(r"(?<!\n)\n(?!\s*\n)")  # of a wrapped line, not of a paragraph


class Lexemes(dict[int, tuple[str, int]]):
    """Lower-case word and class set by the hash of the lower-case form, filled as words are met."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self.strings = vocab.strings

    def __missing__(self, key: int) -> tuple[str, int]:
        word = self.strings[key]
        entry = self[key] = (word, classify(word))
        return entry


class Reading:
    """A document under extraction; readers take it and return records, they never change it.

    `lexemes` may be shared by the readings of one vocabulary, so that every word is classified once in a run.
    """

    def __init__(self, document: Document, doc: Doc, lexemes: Lexemes | None = None) -> None:
        self.document = document
        self.doc = doc
        self.leaves = tuple(p for p in document.provisions if p.leaf)
        self._starts = [p.start for p in self.leaves]
        self._lexemes = Lexemes(doc.vocab) if lexemes is None else lexemes

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

    @cached_property
    def _columns(self) -> tuple[list[str], list[int], list[int], list[int]]:
        if not len(self.doc):
            return [], [], [], []
        table = self.doc.to_array([LOWER, IDX, LENGTH])
        lexemes = self._lexemes
        entries = list(map(lexemes.__getitem__, table[:, 0].tolist()))
        starts: list[int] = table[:, 1].tolist()
        ends: list[int] = (table[:, 1] + table[:, 2]).tolist()
        return [entry[0] for entry in entries], [entry[1] for entry in entries], starts, ends

    @property
    def words(self) -> list[str]:
        """Lower-case words of the tokens."""
        return self._columns[0]

    @property
    def classes(self) -> list[int]:
        """Class sets of the tokens (words.py)."""
        return self._columns[1]

    @property
    def token_starts(self) -> list[int]:
        """Offsets of the tokens, for bisection."""
        return self._columns[2]

    @property
    def token_ends(self) -> list[int]:
        """Offsets behind the tokens."""
        return self._columns[3]

    def tokens_within(self, start: int, end: int) -> range:
        """Indexes of the tokens that begin in start:end."""
        starts = self.token_starts
        return range(bisect_left(starts, start), bisect_left(starts, end))

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
