"""Fields and dates of a query -> passages, through their tags; and counts of tags for facets.

A value is an id ("ndrc"), another name of it ("NDRC", "National Development and Reform Commission"), or, where values are
free text, words that it holds ("people's court").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from kb.search.near import nearest
from kb.search.records import Engine, Facet

_FREE = {"actor", "cites", "doc", "issuer", "list"}  # values of which a part is enough
_DOCUMENTS = {"cites", "doc"}
FACETS = (
    *("kind", "level", "region", "status", "issuer", "issued", "area", "field", "actor", "modality", "strength"),
    *("list", "doc"),
)
_SHOWN, _MEANT = 12, 3  # values that are listed where nothing is near, and those that may be meant
_NONE = "no passage has this field"


def field_numbers(engine: Engine, field: str, values: Sequence[str], notes: list[str]) -> set[int]:
    """The passages that have one of the values (lower case); what is unknown is said in `notes`."""
    known = _values(engine, field)
    found: set[int] = set()
    for value in values:
        meant = _meant(engine, field, value, known)
        if not meant:
            notes.append(_unknown(engine, field, value, known))
        for one in meant:
            found.update(engine.postings("tags", f"{field}={one}")[0])
    return found


def _values(engine: Engine, field: str) -> list[str]:
    """All values of a field that a passage has."""
    cut = len(field) + 1
    return [t[cut:] for t in engine.terms("tags", f"{field}=") if engine.postings("tags", t)[0]]


def _meant(engine: Engine, field: str, value: str, known: Sequence[str]) -> list[str]:
    """The values that are meant: the value itself or that of which it is a name, else those of which it is a part.

    Words that are no id of a body stand for every actor whose name holds them: "court" for the people's courts as well.
    """
    names = engine.tables.names.get(field, {})
    if value in known and (field != "actor" or value in names.values()):
        return [value]
    if (other := names.get(value)) in known and other:
        return [other]
    if field not in _FREE:
        return []
    meant = [k for k in known if value in k]
    if meant or field not in _DOCUMENTS:
        return meant
    if key := _number_key(value):
        return [k for k in known if k in {key, names.get(key)}]
    titled = {card.id for card in engine.tables.documents if value in f"{card.name}\n{card.title}".lower()}
    return [k for k in known if k in titled]


def _number_key(value: str) -> str:
    """The key of the document number that the value is, in whatever shape: "gf no. (2016)33"; "" where it is none."""
    if not any(sign.isdigit() for sign in value):
        return ""
    from kb.extract.document_numbers import number_key  # noqa: PLC0415 - loads its table; most queries need none

    named = value.title().replace(" Of ", " of ").replace(" The ", " the ")
    return number_key(named) or number_key(value.upper())


def _unknown(engine: Engine, field: str, value: str, known: Sequence[str]) -> str:
    """What to say of a value that no passage has: that it is known all the same, what may be meant, or what there is."""
    names = engine.tables.names.get(field, {})
    lead = f"no provision has {field}:{value}"
    if value in names or value in names.values():
        return f"{lead}; the name is known, but nothing in this corpus has it"
    values = set(known)
    held = {name: one for name, one in names.items() if one in values}
    titles = {f"{card.name} {card.title}": card.id for card in engine.tables.documents} if field == "doc" else {}
    if near := nearest(value, {k: k for k in known} | held | titles, _MEANT):
        return f"{lead}; did you mean {' or '.join(_shown(field, one, names) for one in near)}?"
    frequent = sorted(known, key=lambda k: (-len(engine.postings("tags", f"{field}={k}")[0]), k))[:_SHOWN]
    listed = f"values: {', '.join(frequent)}{', …' if len(frequent) < len(known) else ''}" if frequent else _NONE
    return f"{lead} ({listed})"


def _shown(field: str, value: str, names: Mapping[str, str]) -> str:
    """The value as it is asked for, with the longest of the names that go with an id."""
    asked = f'{field}:"{value}"' if " " in value else f"{field}:{value}"
    called = [name for name, one in names.items() if one == value and name != value]
    name = max(called, key=lambda name: (len(name), name), default="")
    return f"{asked} ({name})" if name else asked


def date_numbers(engine: Engine, field: str, since: str, until: str) -> set[int]:
    """The passages with a date in the range; days are ISO and included, "" is open."""
    found: set[int] = set()
    for term in engine.terms("tags", f"{field}="):
        day = term[len(field) + 1 :]
        if (not since or day >= since) and (not until or day <= until):
            found.update(engine.postings("tags", term)[0])
    return found


def facets(engine: Engine, numbers: Collection[int], fields: Iterable[str] = FACETS) -> tuple[Facet, ...]:
    """How many of the passages have each value, by field; years for the date of issue."""
    wanted = set(numbers)
    out = []
    for field in fields:
        counts: Counter[str] = Counter()
        for term in engine.terms("tags", f"{field}="):
            if count := len(wanted.intersection(engine.postings("tags", term)[0])):
                value = term[len(field) + 1 :]
                counts[value[:4] if field == "issued" else value] += count
        if counts:
            out.append(Facet(field, tuple(sorted(counts.items(), key=lambda x: (-x[1], x[0])))))
    return tuple(out)
