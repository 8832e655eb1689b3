"""A document, or a place in it -> how to cite it: BibLaTeX, CSL-JSON, plain text.

    State Council, Planning Outline …, Guofa (2014) No. 21, 14 June 2014, Article 12, paragraph 2 (unofficial translation …)

What is cited is the text that was read: a translation and its maker are named, a digest is called one, and so is a
statement in it that was not checked against the document. A text is dated by its own version, never by an older one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec

from kb.model import Body, Document, DocumentKind, Metadata, Provision, Record
from kb.track import issued

_LEGISLATION = {
    DocumentKind.LAW,
    DocumentKind.ADMINISTRATIVE_REGULATION,
    DocumentKind.LOCAL_REGULATION,
    DocumentKind.JUDICIAL_INTERPRETATION,
}
_REGULATION = {DocumentKind.DEPARTMENTAL_RULE, DocumentKind.LOCAL_RULE}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL_CHARACTERS = re.compile("|".join(re.escape(c) for c in _SPECIAL))
_BASIS = re.compile(r"\[(seen|recalled)\]")
_PARTS = re.compile(r"[;,]")
# What `translation:` calls the text itself, which is not said twice; what follows stays.
_KINDS = {True: re.compile(r"digest\b(.*)"), False: re.compile(r"(?:\w+ )?translation\b(.*)")}
_MONTHS = "January February March April May June July August September October November December".split()


class Place(Record, frozen=True):
    """A place in a document: in words, by its address, and how far the digest's statement there was checked."""

    words: str = ""
    eid: str = ""
    basis: str = ""


def place_of(document: Document, provision: Provision | None) -> Place:
    """The place of the provision; of the whole document where there is none."""
    if provision is None:
        return Place()
    mark = _BASIS.search(document.text[provision.text_end : provision.end])
    return Place(locator(document, provision), provision.eid, mark[1] if mark else "")


def locator(document: Document, provision: Provision | None) -> str:
    """The place in words, from the outermost unit down: "Chapter II, Article 12, paragraph 2, (3)"; "" for the whole document.

    What has no number is named by its heading, a paragraph by its count.
    """
    by_eid = {p.eid: p for p in document.provisions}
    words: list[str] = []
    while provision:
        if name := _unit(document, provision):
            words.append(name)
        provision = by_eid.get(provision.parent)
    return ", ".join(reversed(words))


def _unit(document: Document, provision: Provision) -> str:
    if provision.number:
        return " ".join(provision.number.split()).rstrip(".")
    if provision.heading:
        return f"“{' '.join(provision.heading.split())}”"
    beside = [p.eid for p in document.provisions if (p.parent, p.kind) == (provision.parent, "paragraph")]
    return f"paragraph {beside.index(provision.eid) + 1}" if len(beside) > 1 and provision.eid in beside else ""


def biblatex(meta: Metadata, bodies: dict[str, Body], place: Place = Place()) -> str:  # noqa: B008 - frozen
    """A BibLaTeX entry; a place in the document goes into `pages` and, with its address, into `addendum`."""
    kind = "legislation" if meta.kind in _LEGISLATION | _REGULATION else "report"
    fields = {
        "title": meta.title,
        "shorttitle": meta.short_title,
        "origtitle": meta.title_zh,
        "author": " and ".join(f"{{{_latex(_name(i, bodies))}}}" for i in meta.issuers),
        "type": meta.kind.replace("-", " ").capitalize(),
        "number": meta.doc_number,
        "date": _date(meta),
        "location": meta.region,
        "langid": "english",
        "origlanguage": "chinese",
        "url": meta.source_url,
        "urldate": _iso(meta.retrieved) if meta.source_url else "",
        "pages": place.words,
        "addendum": _address(meta, place) if place.eid else "",
        "note": _text_note(meta, place),
    }
    verbatim = {"author", "url"}
    lines = [f"  {key} = {{{value if key in verbatim else _latex(value)}}}," for key, value in fields.items() if value]
    return "\n".join((f"@{kind}{{{_key(meta, place)},", *lines, "}", ""))


def csl(meta: Metadata, bodies: dict[str, Body], place: Place = Place()) -> dict[str, Any]:  # noqa: B008 - frozen
    """A CSL-JSON item; a place in the document is its `section`."""
    kind = "legislation" if meta.kind in _LEGISLATION else "regulation" if meta.kind in _REGULATION else "report"
    item = {
        "id": _key(meta, place),
        "type": kind,
        "title": meta.title,
        "title-short": meta.short_title,
        "original-title": meta.title_zh,
        "author": [{"literal": _name(i, bodies)} for i in meta.issuers],
        "genre": meta.kind.replace("-", " "),
        "number": meta.doc_number,
        "issued": _csl_issued(meta),
        "jurisdiction": meta.region,
        "language": "en",
        "section": place.words,
        "archive_location": _address(meta, place) if place.eid else "",
        "URL": meta.source_url,
        "accessed": _csl_date(meta.retrieved) if meta.source_url else None,
        "note": _text_note(meta, place),
    }
    return {key: value for key, value in item.items() if value}


def csl_json(items: list[dict[str, Any]]) -> bytes:
    """A CSL-JSON file."""
    return msgspec.json.format(msgspec.json.encode(items), indent=2) + b"\n"


def plain(meta: Metadata, bodies: dict[str, Body], place: Place = Place()) -> str:  # noqa: B008 - frozen
    """One line for a footnote."""
    issuers = ", ".join(_name(i, bodies) for i in meta.issuers)
    parts = (issuers, meta.title, meta.doc_number, _words(meta), place.words)
    return f"{', '.join(p for p in parts if p)} ({_text_note(meta, place)}; {_address(meta, place)})"


def _key(meta: Metadata, place: Place) -> str:
    """The key of an entry; two places of one document are two entries."""
    return f"{meta.id}:{place.eid}" if place.eid else meta.id


def _address(meta: Metadata, place: Place) -> str:
    return f"{meta.id}#{place.eid}" if place.eid else meta.id


def _text_note(meta: Metadata, place: Place) -> str:
    """What text it is and who made it: "unofficial translation from the Chinese, …", "digest, not a translation"; each said once."""
    is_digest = meta.fidelity == "digest"
    what = "digest" if is_digest else "unofficial translation"
    parts = [p.strip() for p in _PARTS.split(meta.translation) if p.strip() and p.strip() != "not a translation"]
    first = parts[0] if parts else ""
    said = f"{what}{own[1]}" if (own := _KINDS[is_digest].match(first)) else f"{what}, {first}".removesuffix(", ")
    excerpt = ["an excerpt"] if meta.fidelity == "excerpt" else []
    no_translation = ["not a translation"] if is_digest else []
    recalled = "; this statement from memory, not checked against the text" if place.basis == "recalled" else ""
    return ", ".join((said, *parts[1:], *excerpt, *no_translation)) + recalled


def _name(body: str, bodies: dict[str, Body]) -> str:
    return bodies[body].name if body in bodies else body


def _latex(text: str) -> str:
    return _SPECIAL_CHARACTERS.sub(lambda found: _SPECIAL[found[0]], text)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _csl_date(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _day(meta: Metadata) -> date | None:
    """The day on which this version was issued, None where it is not known."""
    known = issued(meta)
    return known.first if known.first == known.last else None


def _year(meta: Metadata) -> int | None:
    """The year of this version where no day of it is known, from the document's id."""
    known = issued(meta)
    return known.first.year if known.first and not _day(meta) else None


def _date(meta: Metadata) -> str:
    return _iso(_day(meta)) or str(_year(meta) or "")


def _csl_issued(meta: Metadata) -> dict[str, Any] | None:
    year = _year(meta)
    return {"date-parts": [[year]]} if year else _csl_date(_day(meta))


def _words(meta: Metadata) -> str:
    day = _day(meta)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else str(_year(meta) or "")
