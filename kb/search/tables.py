"""Front matter and reference tables -> what is looked up at search time: names of bodies, provinces and things, everyday words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from kb.model import Body, Metadata, Reference
from kb.rules import Rule, load_rules
from kb.search.porter import stem
from kb.search.ranking import loose_stems
from kb.search.records import Card, Everyday, Rendering, Tables
from kb.search.variants import name_key
from kb.search.words import words


def tables(documents: Iterable[Metadata], reference: Reference) -> Tables:
    """What is looked up at search time, from the front matter and the reference tables."""
    metas = tuple(documents)
    bodies = {name.lower(): body.id for body in reference.bodies for name in (*_body_names(body), *body.short_zh)}
    numbers = {number: meta.id for meta in metas for number in _numbers(meta)}
    terms = [rendering(t.zh, _told_apart(t.preferred, *t.variants)) for t in reference.glossary]
    return Tables(
        documents=tuple(_card(meta) for meta in metas),
        renderings=(*terms, *_body_renderings(reference.bodies)),
        everyday=(*(everyday_row(rule) for rule in load_everyday()), *_spellings()),
        han=load_chinese(),
        names={
            "actor": bodies,
            "issuer": bodies,
            "cites": numbers,
            "doc": numbers,
            "area": {x.name.lower(): x.id for x in reference.areas},
            "field": {x.name.lower(): x.id for x in reference.fields},
            "region": {name.lower(): code for code, names in load_regions().items() for name in names},
        },
        authorities={rule.id: rule.words for rule in load_authorities()},
    )


def _body_names(body: Body) -> Iterator[str]:
    yield from filter(None, (body.name, body.name_zh, *body.abbreviations, *(alias.name for alias in body.aliases)))


# Names that are common words as well: a query is in lower case, so that "most firms" would ask for a ministry, and a list is
# rarely the catalogue of public credit information.
_ALSO_WORDS = {"list", "most", "safe", "sat"}


def _told_apart(*names: str) -> tuple[str, ...]:
    """The names that are no common words."""
    return tuple(name for name in names if name.lower() not in _ALSO_WORDS)


def _body_renderings(bodies: Iterable[Body]) -> Iterator[Rendering]:
    """The names of a body as other names of each other, as if it were a term of the glossary; Chinese short names with them."""
    for body in bodies:
        spellings = {n.lower(): n for n in reversed(list(_body_names(body))) if n != body.name_zh}
        names = [n for key, n in reversed(spellings.items()) if key not in _ALSO_WORDS]
        if body.name_zh:
            yield rendering(body.name_zh, tuple(names))
        yield from (Rendering(zh, tuple(names), (), ()) for zh in body.short_zh)


def _numbers(meta: Metadata) -> Iterator[str]:
    """A document's number as printed in both languages and as the key of all its shapes, in lower case."""
    printed = [number for number in (meta.doc_number, meta.doc_number_zh) if number]
    if printed:
        from kb.extract.document_numbers import number_key  # noqa: PLC0415 - loads its table; `kb mentions` needs none

        keys = [key for number in printed if (key := number_key(number))]
        yield from dict.fromkeys(number.lower() for number in (*printed, *keys))


class EverydayRule(Rule, frozen=True, kw_only=True):
    """A row of everyday.yaml."""

    words: tuple[str, ...]
    legal: tuple[str, ...]


class AuthoritiesRule(Rule, frozen=True, kw_only=True):
    """A row of authorities.yaml; the id is that of the body that heads them."""

    words: tuple[str, ...]


def _spellings() -> Iterator[Everyday]:
    """Other spellings, as if they were everyday words."""
    for other, ours in load_spellings().items():
        yield Everyday((_stems_of(other),), ((ours, _stems_of(ours)),))


def load_spellings() -> dict[str, str]:
    """How other places spell words of the texts, and how these do."""
    return msgspec.yaml.decode(Path(__file__).with_name("spellings.yaml").read_bytes(), type=dict[str, str])


def load_regions() -> dict[str, tuple[str, ...]]:
    """What people call each province, by its code in lower case."""
    return _mapping("regions.yaml")


def load_chinese() -> dict[str, tuple[str, ...]]:
    """Chinese words that are no terms of the glossary, and what the texts say."""
    return _mapping("chinese.yaml")


def _mapping(name: str) -> dict[str, tuple[str, ...]]:
    return msgspec.yaml.decode(Path(__file__).with_name(name).read_bytes(), type=dict[str, tuple[str, ...]])


def load_authorities() -> tuple[AuthoritiesRule, ...]:
    """The table of what the authorities below a national body are called."""
    return load_rules(Path(__file__).with_name("authorities.yaml"), AuthoritiesRule)


def load_everyday() -> tuple[EverydayRule, ...]:
    """The table of everyday words and what the texts say instead."""
    return load_rules(Path(__file__).with_name("everyday.yaml"), EverydayRule)


def everyday_row(rule: EverydayRule) -> Everyday:
    """A rule as the index keeps it."""
    return Everyday(tuple(_stems_of(w) for w in rule.words), tuple((text, _stems_of(text)) for text in rule.legal))


def _stems_of(text: str) -> str:
    return " ".join(loose_stems(words(text)))


def rendering(zh: str, english: tuple[str, ...]) -> Rendering:
    """A Chinese term with its English names as the index keeps it."""
    keys = {name: name_key(words(name)) for name in english}
    told = tuple(n for i, n in enumerate(english) if not i or not _is_lost_in_its_stem(keys[n]))
    searched = tuple({_stems_of(n): n for n in reversed(told)}.values())[::-1]  # "removal" finds what "remove" does
    return Rendering(
        zh,
        searched,
        tuple(_stems_of(n) for n in searched),
        tuple(keys[n] for n in searched),
        tuple(keys[n] for n in english if n not in searched),
    )


def _is_lost_in_its_stem(key: str) -> bool:
    """Whether the name is one word for who does a thing, whose stem is that of the deed: "reporter" would find all reports."""
    word = key.removeprefix("=")
    return word != key and word.endswith(_DOERS) and stem(word) not in {word, word[:-1]}


_DOERS = ("ant", "ee", "er", "or")


def _card(meta: Metadata) -> Card:
    return Card(
        id=meta.id,
        name=meta.name,
        title=meta.title,
        title_zh=meta.title_zh,
        kind=meta.kind,
        level=meta.level,
        region=meta.region,
        status=meta.status,
        fidelity=meta.fidelity,
        date=meta.document_date.isoformat() if meta.document_date else "",
    )
