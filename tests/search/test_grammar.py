from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.grammar import (
    DATES,
    FIELDS,
    MAX_LENGTH,
    All,
    Any,
    Clause,
    Dates,
    Field,
    Fuzzy,
    Han,
    Node,
    Phrase,
    Prefix,
    QueryError,
    Role,
    Word,
    parse_query,
    plain_query,
)

SHOULD, MUST, NOT = Role.SHOULD, Role.MUST, Role.NOT


def tree(*clauses: tuple[Role, Node]) -> All:
    return All(tuple(Clause(node, role) for role, node in clauses))


READ = [
    ("", tree()),
    ("  -  + ? … ", tree()),
    ("credit repair", tree((SHOULD, Word("credit")), (SHOULD, Word("repair")))),
    ("off the Blacklist?", tree((SHOULD, Word("off")), (SHOULD, Word("the")), (SHOULD, Word("blacklist")))),
    ("Question: who", tree((SHOULD, Word("question")), (SHOULD, Word("who")))),
    ("2014-2020", tree((SHOULD, Word("2014")), (SHOULD, Word("2020")))),
    ("http://x.y", tree((SHOULD, Word("http")), (SHOULD, Word("x")), (SHOULD, Word("y")))),
    ('"joint punishment"', tree((MUST, Phrase("joint punishment")))),
    ("“joint punishment”", tree((MUST, Phrase("joint punishment")))),
    ('"?!"', tree()),
    ("a -draft", tree((SHOULD, Word("a")), (NOT, Word("draft")))),
    ("a NOT draft", tree((SHOULD, Word("a")), (NOT, Word("draft")))),
    ('-"two words"', tree((NOT, Phrase("two words")))),
    ("-(a b)", tree((NOT, tree((MUST, Word("a")), (MUST, Word("b")))))),
    ("+a b", tree((MUST, Word("a")), (SHOULD, Word("b")))),
    ("a AND b c", tree((MUST, Word("a")), (MUST, Word("b")), (SHOULD, Word("c")))),
    ("a OR b c", tree((MUST, Any((tree((SHOULD, Word("a"))), tree((SHOULD, Word("b")), (SHOULD, Word("c")))))))),
    ("x (a OR b)", tree((SHOULD, Word("x")), (MUST, Any((tree((SHOULD, Word("a"))), tree((SHOULD, Word("b")))))))),
    ("Article 5 (2)", tree((SHOULD, Word("article")), (SHOULD, Word("5")), (SHOULD, Word("2")))),
    ("disciplin*", tree((SHOULD, Prefix("disciplin")))),
    ("~punishmnt", tree((SHOULD, Fuzzy("punishmnt")))),
    ("失信被执行人 list", tree((SHOULD, Han("失信被执行人")), (SHOULD, Word("list")))),
    ("失信list名单", tree((SHOULD, Han("失信")), (SHOULD, Word("list")), (SHOULD, Han("名单")))),
    ("kind:plan", tree((MUST, Field("kind", ("plan",))))),
    ("KIND:Plan,law", tree((MUST, Field("kind", ("plan", "law"))))),
    ('doc:"Zhejiang rules"', tree((MUST, Field("doc", ("zhejiang rules",))))),
    ("-level:national", tree((NOT, Field("level", ("national",))))),
    ("due:2017", tree((MUST, Dates("due", "2017-01-01", "2017-12-31")))),
    ("due:..2017-12", tree((MUST, Dates("due", "", "2017-12-31")))),
    ("effective:2016-02..2018", tree((MUST, Dates("effective", "2016-02-01", "2018-12-31")))),
    ("issued:2016-02-29..", tree((MUST, Dates("issued", "2016-02-29", "")))),
]


@pytest.mark.parametrize(("query", "expected"), READ, ids=[query or "empty" for query, _ in READ])
def test_reads_a_query(query: str, expected: All) -> None:
    assert parse_query(query) == expected


REFUSED = [
    ('a "b', "this quotation mark is never closed", 2),
    ("(a (b)", "this ( is never closed", 0),
    ("a) b", "this ) closes nothing", 1),
    ("a OR", "nothing stands after OR", 2),
    ("OR a", "nothing stands before OR", 0),
    ("a AND", "nothing stands after AND", 4),
    ("AND a", "nothing stands before AND", 0),
    ("a NOT", "nothing stands after NOT", 2),
    ("knd:plan", "there is no field knd:", 0),
    ("kind:", "kind: has no value", 0),
    ("kind:,", "kind: has no value", 5),
    ("due:soon", "'soon' is no date", 4),
    ("due:2017-13", "'2017-13' is no date", 4),
    ("due:2017-02-30", "'2017-02-30' is no date", 4),
    ("due:2016..x", "'x' is no date", 10),
    ("due:..", "due: has no date", 4),
    ("due:2018..2016", "due: ends before it begins", 4),
    ("a*", "a prefix needs two letters at least", 0),
    ("(" * 30 + "a", "parentheses are nested more than 20 deep", 21),
    ("a" * (MAX_LENGTH + 1), f"the query has {MAX_LENGTH + 1} characters; {MAX_LENGTH} are the most", MAX_LENGTH),
]


@pytest.mark.parametrize(("query", "message", "at"), REFUSED, ids=[query[:20] for query, _, _ in REFUSED])
def test_says_what_is_wrong_and_where(query: str, message: str, at: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert (caught.value.message, caught.value.at) == (message, at)
    assert caught.value.hint


def test_an_unknown_field_lists_the_known_ones_under_a_caret() -> None:
    with pytest.raises(QueryError) as caught:
        parse_query("blacklist knd:plan")
    known = ", ".join(sorted([*FIELDS, *DATES]))
    assert caught.value.render().splitlines() == [
        "there is no field knd:",
        "    blacklist knd:plan",
        "              ^",
        f"hint: did you mean kind: ? fields: {known}",
    ]


def test_plain_words_have_no_operators() -> None:
    assert plain_query('"a OR -b (kind:x') == tree(
        *((SHOULD, Word(w)) for w in ("a", "or", "b", "kind", "x")),
    )


PIECES = st.sampled_from(
    [
        *"a credit OR AND NOT | kind: due: .. 2017 -13 * ~ 失信 ： , ? knd:x İ \x00 \" “ ” ( ) - + '".split(" "),
        " ",
        "\n",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_is_read_or_refused_with_a_place(query: str) -> None:
    try:
        assert isinstance(parse_query(query), All)
    except QueryError as error:
        assert 0 <= error.at <= len(query)
        assert error.render()
    assert isinstance(plain_query(query), All)
