"""The spaCy pipeline of the readers: a blank English tokenizer tuned for these texts, and the gazetteer of bodies. No model.

In comes the body of a document, out goes one `Doc` over all of it, with the names of known bodies in
`doc.spans["bodies"]`; the label of such a span is the body's id ("People's Bank of China" -> pboc).
"""

from __future__ import annotations

from collections.abc import Iterable

import spacy
from spacy.attrs import LOWER, ORTH
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, filter_spans
from spacy.vocab import Vocab

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
_LONGEST = (
    500  # characters without white space; affixes taken off a longer row one by one would cost the square of its length
)
_PREFIXES = (MARKS, "[—–-](?=[A-Za-z])", r"[$¥€£%]")
_SUFFIXES = (MARKS, "['’][sS]", r"\.", "[—–-]", "%")
_INFIXES = (
    r"""[\(\)\[\]\{\}（）【】［］《》〈〉"“”;：；，。、？！*/|…—]""",
    r"(?<=[A-Za-z]),(?=[A-Za-z])",
    r"(?<=[A-Za-z\]\)]):(?=[A-Za-z])",
    r"(?<=[a-z\]])\.(?=[A-Z\[])",
)


def make_tokenizer(nlp: Language) -> Tokenizer:
    """English tokens without contractions: hyphened words stay whole, Chinese punctuation parts, "No." is two tokens."""
    return Tokenizer(
        nlp.vocab,
        rules={text: [{ORTH: text}] for text in ABBREVIATIONS},
        prefix_search=compile_prefix_regex(_PREFIXES).search,
        suffix_search=compile_suffix_regex(_SUFFIXES).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        token_match=_is_no_word,
    )


def _is_no_word(text: str) -> bool:
    """Whether a row of characters is too long to be words and is kept as one token."""
    return len(text) > _LONGEST


def body_names(body: Body) -> tuple[str, ...]:
    """All names under which a body is met, longest first; abbreviations of one letter are left out."""
    names = {body.name, *body.abbreviations, *(alias.name for alias in body.aliases)}
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)))


@Language.factory("kb_bodies", assigns=["doc.spans"])
class BodyGazetteer:
    """Puts the names of known bodies in doc.spans["bodies"]; upper and lower case matter for abbreviations only."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.vocab = nlp.vocab
        self.names = PhraseMatcher(nlp.vocab, attr=LOWER)
        self.abbreviations = PhraseMatcher(nlp.vocab, attr=ORTH)

    def add(self, bodies: Iterable[Body], tokenizer: Tokenizer) -> None:
        """Learn the names of these bodies, in straight and in curly apostrophes."""
        for body in bodies:
            for name in body_names(body):
                matcher = self.abbreviations if name.isupper() else self.names
                spellings = {name, name.replace("'", "’")}
                matcher.add(body.id, [tokenizer(spelling) for spelling in sorted(spellings)])

    def __call__(self, doc: Doc) -> Doc:
        found = [*self.names(doc, as_spans=True), *self.abbreviations(doc, as_spans=True)]
        doc.spans["bodies"] = filter_spans(found)
        return doc


def load_nlp(reference: Reference) -> Language:
    """The pipeline that knows the bodies of `reference`."""
    # A new word costs more than its token where shape, prefix, flags … are worked out; only the lower-case form is read here.
    nlp = spacy.blank("en", vocab=Vocab(lex_attr_getters={LOWER: str.lower}))
    nlp.max_length = 50_000_000
    nlp.tokenizer = make_tokenizer(nlp)
    gazetteer = nlp.add_pipe("kb_bodies")
    gazetteer.add(reference.bodies, nlp.tokenizer)  # type: ignore[attr-defined]
    return nlp
