"""A document, or a place in it -> how to cite it: BibLaTeX, CSL-JSON, plain text.

    State Council, Planning Outline …, Guofa (2014) No. 21, 14 June 2014, Article 12 (unofficial translation: …)

What is cited is the translation that was read, so its maker, its licence and the day it was retrieved are named, and a
digest is called one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec

from kb.model import Body, Document, DocumentKind, Metadata, Provision

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
_MONTHS = "January February March April May June July August September October November December".split()


def locator(document: Document, provision: Provision | None) -> str:
    """The place in words, from the outermost number down: "Chapter II, Article 12, (3)"; "" for the whole document."""
    by_eid = {p.eid: p for p in document.provisions}
    words: list[str] = []
    while provision:
        if provision.number:
            words.append(" ".join(provision.number.split()).rstrip("."))
        provision = by_eid.get(provision.parent)
    return ", ".join(reversed(words))


def biblatex(meta: Metadata, bodies: dict[str, Body], place: str = "", address: str = "") -> str:
    """A BibLaTeX entry; a place in the document goes into `pages` and, with its address, into `addendum`."""
    kind = "legislation" if meta.kind in _LEGISLATION | _REGULATION else "report"
    fields = {
        "title": meta.title,
        "shorttitle": meta.short_title,
        "origtitle": meta.title_zh,
        "author": " and ".join(f"{{{_latex(_name(i, bodies))}}}" for i in meta.issuers),
        "type": meta.kind.replace("-", " ").capitalize(),
        "number": meta.doc_number,
        "date": _iso(meta.document_date),
        "location": meta.region,
        "langid": "english",
        "origlanguage": "chinese",
        "url": meta.source_url,
        "urldate": _iso(meta.retrieved) if meta.source_url else "",
        "pages": place,
        "addendum": address,
        "note": _text_note(meta),
    }
    verbatim = {"author", "url"}
    lines = [f"  {key} = {{{value if key in verbatim else _latex(value)}}}," for key, value in fields.items() if value]
    return "\n".join((f"@{kind}{{{meta.id},", *lines, "}", ""))


def csl(meta: Metadata, bodies: dict[str, Body], place: str = "", address: str = "") -> dict[str, Any]:
    """A CSL-JSON item; a place in the document is its `section`."""
    kind = "legislation" if meta.kind in _LEGISLATION else "regulation" if meta.kind in _REGULATION else "report"
    item = {
        "id": meta.id,
        "type": kind,
        "title": meta.title,
        "title-short": meta.short_title,
        "original-title": meta.title_zh,
        "author": [{"literal": _name(i, bodies)} for i in meta.issuers],
        "genre": meta.kind.replace("-", " "),
        "number": meta.doc_number,
        "issued": _csl_date(meta.document_date),
        "jurisdiction": meta.region,
        "language": "en",
        "section": place,
        "archive_location": address,
        "URL": meta.source_url,
        "accessed": _csl_date(meta.retrieved) if meta.source_url else None,
        "note": _text_note(meta),
    }
    return {key: value for key, value in item.items() if value}


def csl_json(items: list[dict[str, Any]]) -> bytes:
    """A CSL-JSON file."""
    return msgspec.json.format(msgspec.json.encode(items), indent=2) + b"\n"


def plain(meta: Metadata, bodies: dict[str, Body], place: str = "", address: str = "") -> str:
    """One line for a footnote."""
    issuers = ", ".join(_name(i, bodies) for i in meta.issuers)
    parts = (issuers, meta.title, meta.doc_number, _words(meta.document_date), place)
    return f"{', '.join(p for p in parts if p)} ({_text_note(meta)}; {address or meta.id})"


def _text_note(meta: Metadata) -> str:
    """What text it is: "unofficial translation, …" or "digest, not a translation, …"."""
    what = "digest, not a translation" if meta.fidelity == "digest" else "unofficial translation"
    excerpt = ", excerpt" if meta.fidelity == "excerpt" else ""
    maker = f", {meta.translation}" if meta.translation else ""
    return f"{what}{excerpt}{maker}"


def _name(body: str, bodies: dict[str, Body]) -> str:
    return bodies[body].name if body in bodies else body


def _latex(text: str) -> str:
    return _SPECIAL_CHARACTERS.sub(lambda found: _SPECIAL[found[0]], text)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _csl_date(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _words(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""
