"""Each export is read back by a reader that we did not write."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import bibtexparser
import feedparser
import icalendar
import jsonschema
import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.export.akn import NAMESPACE, akoma_ntoso
from kb.export.atom import feed
from kb.export.cite import Place, biblatex, csl, csl_json, locator, place_of, plain
from kb.export.dataset import DocumentFacts, dataset, encode, schema
from kb.export.ics import calendar
from kb.export.lists import LIST_COLUMNS, list_sheet
from kb.export.sheet import DUE_COLUMNS, due_sheet, sheet
from kb.model import Basis, Fidelity, Slot, Source
from kb.parse import parse_document
from kb.track import Bodies, changes, due_rows

AS_OF = date(2018, 10, 24)


def rows_of(world: Any) -> Any:
    return due_rows(world.items, world.metadata, AS_OF, bodies=Bodies(world.reference.bodies))


def bodies_of(world: Any) -> Any:
    return {body.id: body for body in world.reference.bodies}


# ---------------------------------------------------------------- iCalendar


def test_a_calendar_has_an_all_day_event_for_every_day(world: Any) -> None:
    rows = rows_of(world)
    read = icalendar.Calendar.from_ical(calendar(rows, AS_OF, "Due"))
    events = read.walk("VEVENT")
    assert [(e["UID"], e.decoded("DTSTART"), e["SUMMARY"]) for e in events] == [
        ("cn-plan-2014#sec_1__subsec_1~1@policy-kb", date(2017, 12, 31), "SAIC: complete the register of sellers"),
        ("cn-plan-2014#sec_1__subsec_4~1@policy-kb", date(2019, 1, 31), "SAIC: report on progress"),
        ("cn-plan-2014#sec_1__subsec_1~2@policy-kb", date(2019, 6, 30), "NDRC: publish a catalogue"),
        ("cn-plan-2014#sec_1__subsec_2~1@policy-kb", date(2020, 12, 31), "Improve the credit files of sellers"),
    ]
    assert {e.decoded("DTEND") - e.decoded("DTSTART") for e in events} == {timedelta(days=1)}
    assert dict(events[1]["RRULE"]) == {
        "FREQ": ["YEARLY"],
        "BYMONTH": [1],
        "BYMONTHDAY": [31],
        "UNTIL": [date(2020, 12, 31)],  # the plan's
    }
    assert "METHOD" not in read


def test_a_calendar_is_the_same_twice_and_its_lines_are_short(world: Any) -> None:
    data = calendar(rows_of(world), AS_OF, "到期事项" * 30, alarm_days=7)
    assert data == calendar(reversed(rows_of(world)), AS_OF, "到期事项" * 30, alarm_days=7)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    (name,) = {str(icalendar.Calendar.from_ical(data)["X-WR-CALNAME"])}
    assert name == "到期事项" * 30
    alarms = icalendar.Calendar.from_ical(data).walk("VALARM")
    assert [a.decoded("TRIGGER") for a in alarms] == [timedelta(days=-7)] * 4


@given(st.lists(st.sampled_from([*"aN ,;:^\\\n到é😀", '"', "words of a sentence; "]), max_size=200).map("".join))
def test_any_words_stand_in_a_calendar_as_they_are(world: Any, words: str) -> None:
    assume("\\N" not in words)  # which the reader takes for a new line
    row = next(row for row in rows_of(world) if row.due)
    data = calendar([msgspec.structs.replace(row, action=words, actors=())], AS_OF, "Due")
    assert all(len(line) <= 75 and line.decode() for line in data.split(b"\r\n")[:-1])
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert event["SUMMARY"] == words


# ---------------------------------------------------------------- Atom


def test_a_feed_tells_what_comes_due_and_what_changed(world: Any) -> None:
    rows = [row for row in rows_of(world) if row.due and row.due >= AS_OF]
    changed = changes([world.facts[0]], world.facts)
    data = feed(rows, changed, AS_OF, "What comes due")
    read = feedparser.parse(data)
    assert (read.bozo, read.version, read.feed.title, read.feed.updated) == (
        False,
        "atom10",
        "What comes due",
        "2018-10-24T00:00:00Z",
    )
    assert [e.title for e in read.entries] == [
        "2019-01-31 due-soon: SAIC: report on progress",
        "2019-06-30 upcoming: NDRC: publish a catalogue",
        "2020-12-31 upcoming: Improve the credit files of sellers",
        "document-added: cn-xx-rules-2017",
    ]
    ids = [e.id for e in read.entries]
    assert len(set(ids)) == len(ids)
    assert all(i.startswith("tag:policy-kb,2018:") for i in ids)


def test_characters_that_xml_forbids_do_not_break_a_feed(world: Any) -> None:
    row = msgspec.structs.replace(rows_of(world)[0], action="report\x00 <b>&\x0b once")
    read = feedparser.parse(feed([row], (), AS_OF, "t"))
    assert not read.bozo
    root = ET.fromstring(feed([row], (), AS_OF, "t"))  # noqa: S314 - our own
    assert "report <b>& once" in (root.findtext("{*}entry/{*}title") or "")


# ---------------------------------------------------------------- CSV

CELLS = [
    # text, as it is written
    ("=1+1", "'=1+1"),
    ("+86 10", "'+86 10"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"),
    ("＝HYPERLINK(1)", "'＝HYPERLINK(1)"),
    ("1=1", "1=1"),
    ('say "no", twice\nover', 'say "no", twice\nover'),
    ("信用", "信用"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "safe"), CELLS)
def test_no_cell_is_a_formula_unless_asked_for(text: str, safe: str) -> None:
    read = [list(csv.reader(io.StringIO(sheet(("a", "b"), [(text, 1)], raw=raw), newline=""))) for raw in (False, True)]
    assert read == [[["a", "b"], [safe, "1"]], [["a", "b"], [text, "1"]]]


def test_a_due_sheet_has_a_row_for_every_item(world: Any) -> None:
    read = list(csv.DictReader(io.StringIO(due_sheet(rows_of(world)), newline="")))
    assert list(read[0]) == list(DUE_COLUMNS)
    assert [(r["due"], r["schedule"], r["agencies"], r["claimed"]) for r in read[:3]] == [
        ("2017-12-31", "overdue", "saic", "open"),
        ("2019-01-31", "due-soon", "saic", "open"),
        ("2019-06-30", "upcoming", "ndrc", "open"),
    ]
    assert len(read) == len(world.items)


def test_a_list_sheet_shows_silence(world: Any) -> None:
    read = list(csv.DictReader(io.StringIO(list_sheet(world.facts[1].lists), newline="")))
    assert list(read[0]) == list(LIST_COLUMNS)
    assert {(r["slot"], r["state"]) for r in read if r["state"] != "silent"} == {
        ("entry", "stated"),
        ("term", "stated"),
    }
    assert [r["quote"] for r in read if r["slot"] == "term"] == ["for three years"]
    assert len(read) == 10


def test_what_a_digest_says_from_memory_is_marked_in_every_format(world: Any) -> None:
    metadata = tuple(msgspec.structs.replace(m, fidelity=Fidelity.DIGEST) for m in world.metadata)
    items = tuple(msgspec.structs.replace(i, basis=Basis.RECALLED) for i in world.items)
    rows = due_rows(items, metadata, AS_OF, bodies=Bodies(world.reference.bodies))
    read = list(csv.DictReader(io.StringIO(due_sheet(rows), newline="")))
    assert {(r["fidelity"], r["basis"]) for r in read} == {("digest", "recalled")}
    assert b"digest" in calendar(rows, AS_OF, "x") and b"recalled" in calendar(rows, AS_OF, "x")
    assert "digest, not the document's words; recalled" in feed(rows, (), AS_OF, "t").decode()
    lists = [
        msgspec.structs.replace(entry, slots=tuple(map(recalled, entry.slots)))
        for f in world.facts
        for entry in f.lists
    ]
    read = list(csv.DictReader(io.StringIO(list_sheet(lists, metadata), newline="")))
    assert {r["fidelity"] for r in read} == {"digest"}
    assert {(r["state"], r["basis"]) for r in read} == {("stated", "recalled"), ("silent", "")}


def recalled(slot: Slot) -> Slot:
    facts = tuple(msgspec.structs.replace(fact, basis=Basis.RECALLED) for fact in slot.facts)
    return msgspec.structs.replace(slot, facts=facts)


# ---------------------------------------------------------------- JSON


def whole(world: Any) -> bytes:
    documents = tuple(
        DocumentFacts(d.meta, f.lists, f.citations, f.definitions)
        for d, f in zip(world.documents, world.facts, strict=True)
    )
    return encode(dataset(rows_of(world), documents, world.reference, AS_OF, "digest"))


def test_the_dataset_fits_its_published_schema(world: Any) -> None:
    rules = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(rules)
    data = json.loads(whole(world))
    jsonschema.Draft202012Validator(rules).validate(data)
    assert (data["version"], data["as_of"], len(data["items"]), len(data["documents"])) == ("1", "2018-10-24", 9, 2)


def test_the_schema_refuses_what_is_no_dataset(world: Any) -> None:
    data = json.loads(whole(world))
    data["items"][0]["schedule"] = "late"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json.loads(schema())).validate(data)


def test_the_dataset_is_the_same_twice(world: Any) -> None:
    assert whole(world) == whole(world)


# ---------------------------------------------------------------- citations


def test_biblatex_reads_back(world: Any) -> None:
    meta = msgspec.structs.replace(
        world.plan.meta, title="50% & more_of {this} #1 ~ ^ \\x $5", source_url="https://x.cn/a_b%20c"
    )
    text = biblatex(meta, bodies_of(world), Place("I., (1)", "sec_1__subsec_1"))
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("report", "cn-plan-2014:sec_1__subsec_1")
    fields = {key: field.value for key, field in entry.fields_dict.items()}
    assert (
        fields["title"] == r"50\% \& more\_of \{this\} \#1 \textasciitilde{} \textasciicircum{} \textbackslash{}x \$5"
    )
    assert (fields["date"], fields["number"], fields["author"]) == (
        "2014-06-14",
        "Guofa (2014) No. 21",
        "{State Council}",
    )
    assert fields["url"] == "https://x.cn/a_b%20c"
    assert fields["pages"] == "I., (1)"


def test_a_bibliography_reads_back_whole(world: Any) -> None:
    text = "\n".join(biblatex(meta, bodies_of(world)) for meta in world.metadata)
    library = bibtexparser.parse_string(text)
    assert [(e.entry_type, e.key) for e in library.entries] == [
        ("report", "cn-plan-2014"),
        ("legislation", "cn-xx-rules-2017"),
    ]


def test_csl_json_has_the_keys_of_the_format(world: Any) -> None:
    (item,) = json.loads(csl_json([csl(world.rules.meta, bodies_of(world), Place("Article 3", "art_3"))]))
    assert item == {
        "id": "cn-xx-rules-2017:art_3",
        "type": "legislation",
        "title": "Seller Credit Rules",
        "author": [{"literal": "Standing Committee of the Provincial People's Congress"}],
        "genre": "local regulation",
        "issued": {"date-parts": [[2017, 6, 20]]},
        "jurisdiction": "CN-SH",
        "language": "en",
        "section": "Article 3",
        "archive_location": "cn-xx-rules-2017#art_3",
        "note": "unofficial translation, made for this project",
    }


def test_a_citation_names_the_place_and_what_text_was_read(world: Any) -> None:
    provision = next(p for p in world.plan.provisions if p.eid == "sec_1__subsec_1")
    assert locator(world.plan, provision) == "I, (1)"
    assert locator(world.plan, None) == ""
    assert plain(world.plan.meta, bodies_of(world), place_of(world.plan, provision)) == (
        "State Council, Outline for Honest Commerce (2014-2020), Guofa (2014) No. 21, 14 June 2014, I, (1)"
        " (unofficial translation, made for this project; cn-plan-2014#sec_1__subsec_1)"
    )


NOTES = [
    # fidelity, `translation:` of the head, basis of the statement; what the citation says of the text
    ("full", "", "", "unofficial translation"),
    ("full", "fresh translation from the Chinese, made for this project", "", "unofficial translation from the Chinese, made for this project"),
    ("full", "China Law Translate", "", "unofficial translation, China Law Translate"),
    ("excerpt", "A. Reader", "", "unofficial translation, A. Reader, an excerpt"),
    ("digest", "", "", "digest, not a translation"),
    ("digest", "digest from a fact sheet; not a translation", "", "digest from a fact sheet, not a translation"),
    ("digest", "A. Reader", "seen", "digest, A. Reader, not a translation"),
    ("digest", "", "recalled", "digest, not a translation; this statement from memory, not checked against the text"),
]  # fmt: skip


@pytest.mark.parametrize(("fidelity", "translation", "basis", "note"), NOTES)
def test_a_citation_says_once_what_text_was_read(
    world: Any, fidelity: str, translation: str, basis: str, note: str
) -> None:
    meta = msgspec.structs.replace(world.plan.meta, fidelity=Fidelity(fidelity), translation=translation)
    assert plain(meta, {}, Place(basis=basis)).endswith(f" ({note}; cn-plan-2014)")


def test_a_text_is_dated_by_its_own_version(world: Any) -> None:
    old = msgspec.structs.replace(
        world.rules.meta, id="cn-xx-rules-2018", adopted=date(2008, 5, 1), published=None, effective=None
    )
    assert "Seller Credit Rules, 2018 (" in plain(old, {})
    assert "date = {2018}" in biblatex(old, {})
    assert csl(old, {})["issued"] == {"date-parts": [[2018]]}
    unknown = msgspec.structs.replace(old, id="cn-xx-rules", adopted=None)
    assert "Seller Credit Rules (" in plain(unknown, {})
    assert "issued" not in csl(unknown, {})


BODY = """\
# Outline

## Shared data

First.

Second. [recalled]
"""
PLACES = [
    # eId, the place in words, the basis of its statement
    ("sec_1", "“Shared data”", ""),
    ("sec_1__para_1", "“Shared data”, paragraph 1", ""),
    ("sec_1__para_2", "“Shared data”, paragraph 2", "recalled"),
]


@pytest.mark.parametrize(("eid", "words", "basis"), PLACES)
def test_what_has_no_number_is_named_by_heading_or_count(world: Any, eid: str, words: str, basis: str) -> None:
    meta = msgspec.structs.replace(world.plan.meta, fidelity=Fidelity.DIGEST)
    document = parse_document(Source("x.md", meta, BODY, 1, "0"))
    provision = next(p for p in document.provisions if p.eid == eid)
    assert place_of(document, provision) == Place(words, eid, basis)


# ---------------------------------------------------------------- Akoma Ntoso

HIERARCHY = {"part", "chapter", "section", "subsection", "article", "paragraph", "point", "hcontainer"}
# element -> its children in order: (names, at least, at most); from the content models of Akoma Ntoso 3.0
UNIT = [({"num"}, 0, 1), ({"heading"}, 0, 1)]
MODEL: dict[str, list[list[tuple[set[str], int, int]]]] = {
    "akomaNtoso": [[({"act", "doc"}, 1, 1)]],
    "act": [[({"meta"}, 1, 1), ({"preface"}, 0, 1), ({"preamble"}, 0, 1), ({"body"}, 1, 1), ({"conclusions"}, 0, 1)]],
    "doc": [
        [({"meta"}, 1, 1), ({"preface"}, 0, 1), ({"preamble"}, 0, 1), ({"mainBody"}, 1, 1), ({"conclusions"}, 0, 1)]
    ],
    "meta": [[({"identification"}, 1, 1), ({"references"}, 0, 9)]],
    "identification": [[({"FRBRWork"}, 1, 1), ({"FRBRExpression"}, 1, 1), ({"FRBRManifestation"}, 1, 1)]],
    "FRBRWork": [
        [
            *[
                ({name}, 1, 1)
                for name in ("FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRcountry", "FRBRsubtype")
            ],
            *[({"FRBRnumber"}, 0, 2), ({"FRBRname"}, 1, 1)],
        ]
    ],
    "FRBRExpression": [[({name}, 1, 1) for name in ("FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRlanguage")]],
    "FRBRManifestation": [[({name}, 1, 1) for name in ("FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor")]],
    "references": [[({"TLCOrganization"}, 1, 99)]],
    **{name: [[(HIERARCHY, 1, 9999)]] for name in ("body", "mainBody")},
    **{name: [[({"p"}, 1, 999)]] for name in ("preface", "preamble", "conclusions", "content", "intro", "wrapUp")},
    **{
        name: [[*UNIT, ({"content"}, 1, 1)], [*UNIT, ({"intro"}, 0, 1), (HIERARCHY, 1, 999), ({"wrapUp"}, 0, 1)]]
        for name in HIERARCHY
    },
}


def fits(children: list[str], model: list[tuple[set[str], int, int]]) -> bool:
    """Whether the names come in the order and number of the model."""
    rest = list(children)
    for names, least, most in model:
        count = 0
        while rest and rest[0] in names and count < most:
            rest.pop(0)
            count += 1
        if count < least:
            return False
    return not rest


def misfits(root: ET.Element) -> list[str]:
    """Elements whose children the standard does not allow."""
    found = []
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        children = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
        if not any(fits(children, model) for model in MODEL.get(name, [[]])):
            found.append(f"{name} {element.get('eId', '')}: {children}")
    return found


def test_akoma_ntoso_has_the_structure_of_the_standard(world: Any) -> None:
    for document, name in ((world.plan, "doc"), (world.rules, "act")):
        root = ET.fromstring(akoma_ntoso(document, bodies_of(world)))  # noqa: S314 - our own
        assert root[0].tag == f"{{{NAMESPACE}}}{name}"
        assert misfits(root) == []
        ids = [e.get("eId") for e in root.iter() if e.get("eId")]
        assert len(ids) == len(set(ids))


def test_akoma_ntoso_keeps_every_address_and_every_word(world: Any) -> None:
    for document in world.documents:
        root = ET.fromstring(akoma_ntoso(document, bodies_of(world)))  # noqa: S314 - our own
        ids = {e.get("eId") for e in root.iter()}
        kept = {p.eid for p in document.provisions if p.kind not in {"preface", "intro", "heading"}}
        assert kept <= ids
        words = " ".join(root.itertext())
        for provision in document.provisions:
            if provision.leaf:
                text = " ".join(document.text[provision.text_start : provision.text_end].split())
                assert text in " ".join(words.split())


def test_a_closing_tag_in_the_text_stays_text(make_world: Any, texts: tuple[str, str]) -> None:
    world = make_world(texts[0].replace("## II. Lists", "## II. Lists </p> & <act>"), texts[1])
    root = ET.fromstring(akoma_ntoso(world.plan, {}))  # noqa: S314 - our own
    assert [e.text for e in root.iter(f"{{{NAMESPACE}}}heading")] == ["Records", "Lists </p> & <act>"]
