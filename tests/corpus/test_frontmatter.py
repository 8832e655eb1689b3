"""The YAML head: typed values, and for each fault a problem with its line, value and hint."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.corpus.frontmatter import Head, read_metadata, read_metadata_leniently, split_head
from kb.model import DocumentKind

GOOD = {
    "id": "cn-test-2014",
    "title": '"A Plan: with a colon"',
    "kind": "plan",
    "level": "national",
    "region": "CN",
    "fidelity": "full",
}


def head(**changes: str | None) -> str:
    """The good head with keys changed, added or (None) left out; the first key stands on line 2 of the file."""
    return "".join(f"{key}: {value}\n" for key, value in (GOOD | changes).items() if value is not None)


def test_reads_typed_values() -> None:
    meta, problems = read_metadata(
        head(published="2014-06-27", issuers="[state-council, ndrc]", horizon="2014-01-01/2020-12-31", expires=""),
        "x.md",
    )
    assert problems == []
    assert meta is not None
    assert (meta.title, meta.kind, meta.issuers) == (
        "A Plan: with a colon",
        DocumentKind.PLAN,
        ("state-council", "ndrc"),
    )
    assert (meta.published, meta.horizon_end, meta.expires) == (date(2014, 6, 27), date(2020, 12, 31), None)


FAULTS = [
    # changes                             line  message                                                        hint
    ({"published": "2014-13-01"}, 8, 'published: "2014-13-01" is not a date',
     "write it as 2014-06-14, or leave the key out"),
    ({"published": "June 2014"}, 8, 'published: "June 2014" is not a date',
     "write it as 2014-06-14, or leave the key out"),
    ({"kind": "plann"}, 4, 'kind: "plann" is not a known value', 'did you mean "plan"?'),
    ({"level": "galactic"}, 5, 'level: "galactic" is not a known value',
     "known values: national, ministerial, judicial, provincial, municipal, county"),
    ({"digest_basis": "mostly-guessed"}, 8, 'digest_basis: "mostly-guessed" is not a known value',
     'did you mean "mostly-seen"?'),
    ({"isuers": "[ndrc]"}, 8, '"isuers" is not a key of the front matter', 'did you mean "issuers"?'),
    ({"colour": "red"}, 8, '"colour" is not a key of the front matter', "the keys are listed in docs/format.md"),
    ({"issuers": "ndrc"}, 8, 'issuers: "ndrc" is a text, a list is expected', "write it as issuers: [ndrc]"),
    ({"title": "[a, b]"}, 3, "title: a list stands where one text is expected", "keep one value"),
    ({"title": "{a: b}"}, 3, "title: the value is nested; a text or a list of texts is expected",
     "write the value on the line of its key"),
    ({"id": "CN Test"}, 2, 'id: "CN Test" is not a slug', "use a-z, 0-9 and single hyphens: cn-sc-2014-21"),
    ({"region": "China"}, 6, 'region: "China" is not an ISO 3166-2 code', "write it as CN, or CN-SH for Shanghai"),
    ({"horizon": "2014-2020"}, 8, 'horizon: "2014-2020" is not a period', "write it as 2014-01-01/2020-12-31"),
    ({"horizon": "2020-01-01/2014-12-31"}, 8, 'horizon: "2020-01-01/2014-12-31" is not a period',
     "write it as 2014-01-01/2020-12-31"),
    ({"region": None}, 1, "the front matter has no region", "add region: CN, or CN-SH for Shanghai"),
    ({"effective": "2018-05-01", "expires": "2017-05-01"}, 9, "expires: 2017-05-01 lies before effective: 2018-05-01",
     "check both dates"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "line", "message", "hint"), FAULTS, ids=[row[2] for row in FAULTS])
def test_names_each_fault(changes: dict[str, str | None], line: int, message: str, hint: str) -> None:
    meta, problems = read_metadata(head(**changes), "x.md")
    assert meta is None
    assert [(p.path, p.line, p.check, p.message, p.hint) for p in problems] == [
        ("x.md", line, "front-matter", message, hint)
    ]


def test_reports_all_faults_at_once() -> None:
    _, problems = read_metadata("id: x\nkind: plann\nid: y\n", "x.md")
    assert [(p.line, p.message) for p in problems] == [
        (4, "the key id stands twice"),
        (3, 'kind: "plann" is not a known value'),
        (1, "the front matter has no title"),
        (1, "the front matter has no level"),
        (1, "the front matter has no region"),
        (1, "the front matter has no fidelity"),
    ]


def test_bad_yaml_is_a_problem_with_its_line() -> None:
    meta, problems = read_metadata('id: x\ntitle: "open\nkind: plan\n', "x.md")
    assert meta is None
    assert problems[0].message.startswith("the front matter is not YAML")
    assert all(p.line >= 1 for p in problems)


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "- a\n- b\n", "just words\n", "&a [*a]\n", "? [x]\n: y\n", "\0", "\ud800"]
)
def test_strange_yaml_is_reported(text: str) -> None:
    meta, problems = read_metadata(text, "x.md")
    assert meta is None
    assert problems


LINES = [
    # as written, the title
    ("title: >\n  Measures on\n  lists\n", "Measures on lists"),
    ("title: |\n  Measures on\n  lists\n", "Measures on lists"),
    ('title: "Measures on\\n lists\\n"\n', "Measures on lists"),
    ("title: 名单　管理\n", "名单　管理"),  # the wide space is the author's
]


@pytest.mark.parametrize(("head", "title"), LINES)
def test_a_value_is_one_line(head: str, title: str) -> None:
    assert read_metadata_leniently(head, "", "x.md", "x")[0].title == title


@pytest.mark.parametrize("sign", ["\\0", "\\x1b", "\\ufffe"])
def test_what_no_format_can_hold_is_a_problem(sign: str) -> None:
    meta, problems = read_metadata_leniently(f'title: "T"\ndoc_number: "N{sign}"\n', "", "x.md", "x")
    assert (meta.doc_number, [p.line for p in problems]) == ("", [3])
    assert problems[0].message.startswith("doc_number: it holds the character U+")


def test_lenient_reading_keeps_what_it_can() -> None:
    meta, problems = read_metadata_leniently("title: T\nkind: plann\npublished: 2015-09-14\n", "", "x.md", "x")
    assert (meta.id, meta.title, meta.kind, meta.published) == (
        "x", "T", DocumentKind.NORMATIVE_DOCUMENT, date(2015, 9, 14),
    )  # fmt: skip
    assert [p.line for p in problems] == [3]


HEADS = [
    # text                                head
    ("---\nid: x\n---\nbody", Head("id: x\n", 14, 4)),
    ("---\r\nid: x\r\n---\r\nbody", Head("id: x\r\n", 17, 4)),
    ("\ufeff---\nid: x\n---\nbody", Head("id: x\n", 15, 4)),
    ("---\n---\nbody", Head("", 8, 3)),
    ("---\nid: x\n---", Head("id: x\n", 13, 3)),
    ("---\nid: x\n----\n---\n", Head("id: x\n----\n", 19, 5)),
    ("---\nid: x\n", None),
    ("id: x\n---\n", None),
    ("----\nid: x\n---\n", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_splits_head_from_body(text: str, expected: Head | None) -> None:
    assert split_head(text) == expected


@given(st.text())
def test_no_head_raises(text: str) -> None:
    read_metadata(text, "x.md")
    read_metadata_leniently(text, text, "x.md", "x")
    split_head("---\n" + text + "\n---\nbody")
