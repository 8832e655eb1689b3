"""A document -> Akoma Ntoso 3.0 XML: laws and rules as <act>, plans, notices and memoranda as <doc>.

Every provision keeps its eId. What the standard has no element for (subpoint, annex, editor's note) is an <hcontainer> with
that name. The words are those of the translation; marks of Markdown are text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as ET

from kb.model import Body, Document, DocumentKind, Metadata, Provision

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_SOURCE = "#policy-kb"
_ACTS = {
    DocumentKind.LAW,
    DocumentKind.ADMINISTRATIVE_REGULATION,
    DocumentKind.DEPARTMENTAL_RULE,
    DocumentKind.LOCAL_REGULATION,
    DocumentKind.LOCAL_RULE,
}
_HIERARCHY = {"part", "chapter", "section", "subsection", "article", "paragraph", "point"}
_BEFORE = ("preface", "preamble")
_AFTER = "conclusion"
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Tree:
    """The provisions of a document by their parent."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.children: dict[str, list[Provision]] = {}
        for provision in document.provisions:
            self.children.setdefault(provision.parent, []).append(provision)

    def under(self, eid: str) -> list[Provision]:
        return self.children.get(eid, [])

    def leaves(self, provision: Provision) -> list[Provision]:
        """The leaves of the provision, itself where it is one, in text order."""
        if provision.leaf:
            return [provision]
        return [leaf for child in self.under(provision.eid) for leaf in self.leaves(child)]

    def words(self, provision: Provision) -> str:
        return self.text[provision.text_start : provision.text_end]


def akoma_ntoso(document: Document, bodies: dict[str, Body]) -> bytes:
    """The XML of the document."""
    meta = document.meta
    is_act = meta.kind in _ACTS
    root = ET.Element("akomaNtoso", xmlns=NAMESPACE)
    work = ET.SubElement(root, "act" if is_act else "doc", name=meta.kind.value)
    work.append(_meta(meta, bodies))
    tree = _Tree(document)
    top = tree.under("")
    before = _leading(top, _BEFORE)
    after = _trailing(top)
    for name in _BEFORE:
        _blocks(work, name, name, [leaf for p in before if p.kind == name for leaf in tree.leaves(p)], tree)
    body = ET.SubElement(work, "body" if is_act else "mainBody")
    for provision in top[len(before) : len(top) - len(after)]:
        _hierarchy(body, provision, tree)
    _blocks(work, "conclusions", "conclusions", [leaf for p in after for leaf in tree.leaves(p)], tree)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _leading(provisions: list[Provision], kinds: Iterable[str]) -> list[Provision]:
    """The first provisions as long as they are of these kinds."""
    wanted = set(kinds)
    count = next((n for n, p in enumerate(provisions) if p.kind not in wanted), len(provisions))
    return provisions[:count]


def _trailing(provisions: list[Provision]) -> list[Provision]:
    """The last provisions as long as they close the document."""
    count = next((n for n, p in enumerate(reversed(provisions)) if p.kind != _AFTER), len(provisions))
    return provisions[len(provisions) - count :]


def _hierarchy(parent: ET.Element, provision: Provision, tree: _Tree) -> None:
    """Append the provision: number, heading, then its content, or lead-in, units and closing words."""
    kind = provision.kind
    element = (
        ET.SubElement(parent, kind, eId=provision.eid)
        if kind in _HIERARCHY
        else ET.SubElement(parent, "hcontainer", eId=provision.eid, name=kind)
    )
    children = tree.under(provision.eid)
    if provision.number:
        _inline(element, "num", provision.number)
    if children and children[0].kind == "heading":
        _inline(element, "heading", tree.words(children[0]), children[0].eid)
        children = children[1:]
    intro = _leading(children, ("intro",))
    wrap_up = children[-1:] if children and children[-1].kind == "wrapup" else []
    units = children[len(intro) : len(children) - len(wrap_up)]
    if not units:
        _content(element, provision, [leaf for p in children for leaf in tree.leaves(p)] or [provision], tree)
        return
    _blocks(element, "intro", f"{provision.eid}__intro", intro, tree)
    for unit in units:
        _hierarchy(element, unit, tree)
    _blocks(element, "wrapUp", f"{provision.eid}__wrapup", wrap_up, tree)


def _content(element: ET.Element, provision: Provision, leaves: list[Provision], tree: _Tree) -> None:
    """A unit without units: its words as paragraphs."""
    _blocks(element, "content", f"{provision.eid}__content", leaves, tree, always=True)


def _blocks(
    parent: ET.Element, name: str, eid: str, leaves: list[Provision], tree: _Tree, *, always: bool = False
) -> None:
    """Append <name> with a <p> for each paragraph of the leaves; nothing for no leaves unless `always`."""
    if not leaves and not always:
        return
    block = ET.SubElement(parent, name, eId=eid)
    paragraphs = [part for leaf in leaves for part in _BLANK_LINE.split(tree.words(leaf)) if part.strip()]
    for number, text in enumerate(paragraphs or [""], 1):
        _inline(block, "p", text, f"{eid}__p_{number}")


def _inline(parent: ET.Element, name: str, text: str, eid: str = "") -> None:
    element = ET.SubElement(parent, name, {"eId": eid} if eid else {})
    element.text = _NOT_XML.sub("", " ".join(text.split()))


def _meta(meta: Metadata, bodies: dict[str, Body]) -> ET.Element:
    """Work, expression and manifestation as the standard wants them named, and the bodies they refer to."""
    out = ET.Element("meta")
    identification = ET.SubElement(out, "identification", source=_SOURCE)
    country = meta.region.partition("-")[0].lower()
    day = meta.document_date or meta.retrieved
    uri = (
        f"/akn/{meta.region.lower()}/{'act' if meta.kind in _ACTS else 'doc'}/{meta.kind}/{day or 'undated'}/{meta.id}"
    )
    author = f"#{meta.issuers[0]}" if meta.issuers else _SOURCE
    work = ET.SubElement(identification, "FRBRWork")
    _frbr(work, uri, f"{uri}/!main", day, "issued" if meta.document_date else "retrieved", author)
    _value(work, "FRBRcountry", country)
    _value(work, "FRBRsubtype", meta.kind.value)
    for number in (meta.doc_number, meta.doc_number_zh):
        if number:
            _value(work, "FRBRnumber", number)
    _value(work, "FRBRname", meta.title)
    made = meta.retrieved or day
    expression = ET.SubElement(identification, "FRBRExpression")
    _frbr(expression, f"{uri}/eng@", f"{uri}/eng@/!main", made, "translated", _SOURCE)
    ET.SubElement(expression, "FRBRlanguage", language="eng")
    manifestation = ET.SubElement(identification, "FRBRManifestation")
    _frbr(manifestation, f"{uri}/eng@.xml", f"{uri}/eng@/!main.xml", made, "marked up", _SOURCE)
    references = ET.SubElement(out, "references", source=_SOURCE)
    names = {body: bodies[body].name if body in bodies else body for body in meta.issuers}
    for body, name in {"policy-kb": "policy-kb", **names}.items():
        href = f"/akn/ontology/organization/{body}"
        ET.SubElement(references, "TLCOrganization", eId=body, href=href, showAs=name)
    return out


def _frbr(parent: ET.Element, uri: str, this: str, day: date | None, what: str, author: str) -> None:
    """What work, expression and manifestation begin with. A document without any date has none here either."""
    _value(parent, "FRBRthis", this)
    _value(parent, "FRBRuri", uri)
    if day:
        ET.SubElement(parent, "FRBRdate", date=day.isoformat(), name=what)
    ET.SubElement(parent, "FRBRauthor", href=author)


def _value(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, name, value=value)
