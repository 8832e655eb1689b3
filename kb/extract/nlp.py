"""The spaCy pipeline of the readers: an English tokenizer tuned for these texts, and the gazetteer of bodies. No model.

In comes the body of a document, out goes one `Doc` over all of it, with the names of known bodies in
`doc.spans["bodies"]`; the label of such a span is the body's id ("People's Bank of China" -> pboc). Its vocabulary is a
`Lexicon`, which knows of every word what the readers ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.attrs import LOWER, ORTH
from spacy.lexeme import Lexeme
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import OOV_RANK, compile_infix_regex, compile_prefix_regex, compile_suffix_regex, filter_spans
from spacy.vocab import Vocab

from kb.extract.words import classify
from kb.model import Body, Reference

ABBREVIATIONS = (
    "e.g.",
    "i.e.",
    "etc.",
    "cf.",
    "vs.",
    "a.m.",
    "p.m.",
    "U.S.",
    "P.R.C.",
    "Co.",
    "Ltd.",
    "Inc.",
    "and/or",
)
MARKS = r"""[\(\)\[\]\{\}（）【】〔〕［］《》〈〉「」"“”'‘’,;:：；，。、？！?!*_#|>…]"""
# A row of characters without white space that is too long to be words is one token: taken off one by one, its affixes would
# cost the square of its length. A compiled match, since the tokenizer asks it of every new row again and again.
_NO_WORD = re.compile(r".{501}", re.DOTALL).match
_CACHE = 100_000  # rows of characters whose tokens are kept; a long run meets some ten thousand, and spaCy's own limit is so many
_PREFIXES = (MARKS, "[—–-](?=[A-Za-z])", "[►▶➤➔→⇒●■◆※]", r"[$¥€£%]")
_SUFFIXES = (MARKS, "['’][sS]", r"\.", "[—–-]", "%")
_INFIXES = (
    r"""[\(\)\[\]\{\}（）【】［］《》〈〉"“”;：；，。、？！*/|…—]""",
    r"(?<=[A-Za-z]),(?=[A-Za-z])",
    r"(?<=[A-Za-z\]\)]):(?=[A-Za-z])",
    r"(?<=[a-z\]])\.(?=[A-Z\[])",
)


class Lexicon(Vocab):
    """The words of a run, each with a number, under which its lower-case form and its class set stand in two lists.

    The number is the rank that spaCy keeps with its lexeme, so that from a token to what is known of its word it is one
    step. A new word costs more than its token where shape, prefix, flags … are worked out; only the lower-case form is.
    """

    def __init__(self) -> None:
        super().__init__(lex_attr_getters={LOWER: str.lower})
        self.printed: list[str] = []
        self.words: list[str] = []
        self.classes: list[int] = []
        self._holding: dict[str, tuple[int, set[int]]] = {}  # by expression; with how many words were asked

    def numbers(self, doc: Doc, ranks: Sequence[int]) -> list[int]:
        """The numbers of a document's tokens, whose ranks these are; words without one are learnt."""
        numbers = list(ranks)
        for at, rank in enumerate(ranks):
            if rank == OOV_RANK:
                numbers[at] = self._number(doc[at].lex)
        return numbers

    def _number(self, lexeme: Lexeme) -> int:
        """The number of a word, which is learnt unless the document has just had it."""
        if lexeme.rank == OOV_RANK:
            lexeme.rank = len(self.words)
            self.printed.append(lexeme.orth_)
            self.words.append(lexeme.lower_)
            self.classes.append(classify(lexeme.lower_))
        return int(lexeme.rank)

    def holding(self, pattern: re.Pattern[str]) -> set[int]:
        """The numbers of the words in which the pattern is found, as they are printed; each word is asked once in a run."""
        asked, found = self._holding.get(pattern.pattern, (0, set()))  # a pattern itself is slow to hash
        if asked < len(self.printed):
            found.update(n for n in range(asked, len(self.printed)) if pattern.search(self.printed[n]))
            self._holding[pattern.pattern] = len(self.printed), found
        return found


def make_tokenizer(vocab: Vocab) -> Tokenizer:
    """English tokens without contractions: hyphened words stay whole, Chinese punctuation parts, "No." is two tokens."""
    tokenizer = Tokenizer(
        vocab,
        rules={text: [{ORTH: text}] for text in ABBREVIATIONS},
        prefix_search=compile_prefix_regex(_PREFIXES).search,
        suffix_search=compile_suffix_regex(_SUFFIXES).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        token_match=_NO_WORD,
    )
    tokenizer.max_cache_size = _CACHE
    return tokenizer


def body_names(body: Body) -> tuple[str, ...]:
    """All names under which a body is met, longest first; abbreviations of one letter are left out."""
    names = {body.name, *body.abbreviations, *(alias.name for alias in body.aliases)}
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)))


class Pipeline:
    """Tokenizer and gazetteer; upper and lower case matter for abbreviations only."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.vocab = Lexicon()
        self.tokenizer = make_tokenizer(self.vocab)
        self._names = PhraseMatcher(self.vocab, attr=LOWER)
        self._abbreviations = PhraseMatcher(self.vocab, attr=ORTH)
        for body in bodies:
            self._add(body)

    def _add(self, body: Body) -> None:
        """Learn the names of a body, in straight and in curly apostrophes."""
        for name in body_names(body):
            matcher = self._abbreviations if name.isupper() else self._names
            spellings = {name, name.replace("'", "’")}
            for spelling in sorted(spellings):
                matcher.add(body.id, self._wrapped([token.text for token in self.tokenizer(spelling)]))

    def _wrapped(self, words: list[str]) -> list[Doc]:
        """A name in one line, and with the line end in each of its gaps."""
        wrapped = [[*words[:gap], "\n", *words[gap:]] for gap in range(1, len(words))]
        return [Doc(self.vocab, words=row) for row in (words, *wrapped)]

    def __call__(self, text: str) -> Doc:
        """The tokens of a text, and the names in it."""
        doc: Doc = self.tokenizer(text)
        found = [*self._names(doc, as_spans=True), *self._abbreviations(doc, as_spans=True)]
        if found:
            doc.spans["bodies"] = filter_spans(found)
        return doc


def load_nlp(reference: Reference) -> Pipeline:
    """The pipeline that knows the bodies of `reference`."""
    return Pipeline(reference.bodies)
