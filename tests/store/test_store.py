"""What is stored reads back equal; the same input gives the same bytes; a file that is not ours is refused."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kb.model import (
    ActionItem,
    Actor,
    Body,
    Citation,
    Definition,
    Document,
    Facts,
    ListStandard,
    Metadata,
    Provision,
    Reference,
    Slot,
    SlotFact,
    Span,
    Term,
    Time,
)
from kb.store import StoreError, decode_facts, encode_facts, load_facts, open_base, save_facts, write_base

TEXT = "The bureau shall publish the list by 2017.\n"


def span(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span(eid="art_1", start=start, end=start + len(quote), quote=quote)


DUE = Time(type="deadline", rule="by-year", span=span("by 2017"), latest=date(2017, 12, 31), precision="year")
ITEM = ActionItem(
    id="doc-a#art_1~1",
    document="doc-a",
    eid="art_1",
    span=span(TEXT.strip()),
    action=span("publish the list"),
    modality="duty",
    strength="must",
    rule="modal-shall",
    actors=(Actor(role="responsible", rule="subject", span=span("bureau"), agency="saic"),),
    deadline=DUE,
    fields=("food-safety",),
)
SLOTS = (Slot(name="authority", state="stated", facts=(SlotFact(span=span("bureau"), rule="keeps", body="saic"),)),)
FACTS = Facts(
    document="doc-a",
    sha256="0" * 64,
    items=(ITEM,),
    times=(DUE,),
    lists=(
        ListStandard(
            id="doc-a#list-list",
            document="doc-a",
            name="list",
            list_kind="other",
            span=span("list"),
            rule="r",
            slots=SLOTS,
        ),
    ),
    citations=(Citation(span=span("the list"), rule="title", target="doc-b"),),
    definitions=(Definition(term=span("list"), span=span("the list"), rule="means"),),
)
META = Metadata(
    id="doc-a",
    title="A",
    kind="law",
    level="national",
    region="CN",
    fidelity="full",
    issuers=("saic",),
    based_on=("doc-b", "A Law"),
)
TREE = (
    Provision(
        eid="art_1",
        kind="article",
        start=0,
        end=len(TEXT),
        text_start=0,
        text_end=len(TEXT) - 1,
        number="Article 1",
        leaf=True,
    ),
)
DOCUMENT = Document(path="corpus/doc-a.md", meta=META, text=TEXT, body_line=9, sha256="0" * 64, provisions=TREE)
REFERENCE = Reference(
    bodies=(
        Body(id="saic", name="SAIC", level="national", successor="samr"),
        Body(id="samr", name="SAMR", level="national"),
    ),
    glossary=(Term(zh="信用", preferred="credit", variants=("trust",)),),
)


def typed(facts: Facts) -> Facts:
    """The facts as they are after a trip through JSON, with their enumerations."""
    return msgspec.json.decode(msgspec.json.encode(facts), type=Facts)


def test_facts_read_back_equal_from_json_lines() -> None:
    assert decode_facts(encode_facts(FACTS, "key")) == (typed(FACTS), "key")


def test_stored_facts_count_only_under_their_key(tmp_path: Path) -> None:
    save_facts(tmp_path, FACTS, "key")
    assert load_facts(tmp_path, "doc-a", "key") == typed(FACTS)
    assert load_facts(tmp_path, "doc-a", "other") is None
    assert load_facts(tmp_path, "doc-b", "key") is None


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b'{"kind":"facts"}\n',
        b'{"kind":"x","document":"doc-a","sha256":"","key":"key"}\n{"kind":"z","record":{}}\n',
    ],
)
def test_a_damaged_cache_file_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "doc-a.jsonl").write_bytes(damage)
    assert load_facts(tmp_path, "doc-a", "key") is None


def test_the_base_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite"
    write_base(path, [DOCUMENT], [FACTS], REFERENCE, "digest")
    base = open_base(path)
    assert base.facts("doc-a") == typed(FACTS)
    assert base.digest == "digest"
    assert base.reference == REFERENCE
    assert base.item("doc-a#art_1~1") == typed(FACTS).items[0]
    assert base.item("nothing") is None
    assert base.document("nothing") is None
    document = base.document("doc-a")
    assert document is not None
    assert (document.text, document.provisions, document.meta.issuers) == (TEXT, TREE, ("saic",))
    base.close()


def test_the_tables_say_what_people_ask(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite"
    write_base(path, [DOCUMENT], [FACTS], REFERENCE, "digest")
    with sqlite3.connect(path) as db:
        row = db.execute(
            "SELECT i.due, i.deadline_phrase, a.body, p.text FROM items i JOIN item_actors a ON a.item = i.id JOIN provisions p ON p.id = i.provision"
        ).fetchall()
        relations = db.execute(
            "SELECT relation, target, target_document FROM document_relations ORDER BY target"
        ).fetchall()
    assert row == [("2017-12-31", "by 2017", "saic", TEXT.strip())]
    assert relations == [("based_on", "A Law", None), ("based_on", "doc-b", None)]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_base(tmp_path / name, [DOCUMENT], [FACTS], REFERENCE, "digest")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_failed_write_leaves_the_old_base(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite"
    write_base(path, [DOCUMENT], [FACTS], REFERENCE, "digest")
    before = path.read_bytes()
    broken = msgspec.structs.replace(FACTS, document="doc-unknown")
    with pytest.raises((StoreError, sqlite3.IntegrityError)):
        write_base(path, [DOCUMENT], [broken], REFERENCE, "digest")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["kb.sqlite"]


def test_what_is_no_base_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no built base"):
        open_base(tmp_path / "kb.sqlite")
    (tmp_path / "text.sqlite").write_text("not a database, " * 100)
    with pytest.raises(StoreError, match="not a knowledge base"):
        open_base(tmp_path / "text.sqlite")
    with sqlite3.connect(tmp_path / "old.sqlite") as db:
        db.executescript("CREATE TABLE about (key, value); INSERT INTO about VALUES ('format', '0')")
    db.close()
    with pytest.raises(StoreError, match="another version"):
        open_base(tmp_path / "old.sqlite")
