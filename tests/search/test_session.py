from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kb.search
from kb.corpus import load_reference
from kb.model import Body, Reference, Term
from kb.paths import data_folder
from kb.search import Index, Passage, QueryError
from kb.search.records import Everyday, Tables
from kb.search.tables import (
    AuthoritiesRule,
    everyday_row,
    load_authorities,
    load_chinese,
    load_everyday,
    load_spellings,
    rendering,
    tables,
)
from kb.search.variants import PARTICLES, Glossary
from kb.search.words import STEMS, is_han, words

RULES, PLAN = "cn-xx-rules-2017", "cn-plan-2014"


@pytest.fixture(scope="module")
def index(built: Path) -> Index:
    return kb.search.open(built)


def addresses(index: Index, query: str, **more: object) -> list[str]:
    return [h.address for h in index.search(query, 100, **more).hits]  # type: ignore[arg-type]


FIELDS = [
    ("actor:ndrc", [f"{PLAN}#sec_1__subsec_1"]),
    ('actor:"national development and reform commission"', [f"{PLAN}#sec_1__subsec_1"]),
    ("actor:regulator", [f"{RULES}#art_1", f"{RULES}#art_3"]),
    ("modality:prohibition", [f"{RULES}#art_4"]),
    ("strength:should,encouraged", [f"{PLAN}#sec_1__subsec_2", f"{PLAN}#sec_1__subsec_3"]),
    ("list:blacklist", [f"{RULES}#art_1", f"{RULES}#art_2"]),
    ('list:"dishonest sellers"', [f"{RULES}#art_1", f"{RULES}#art_2"]),
    ("cites:cn-plan-2014", [f"{RULES}#art_1"]),
    ('cites:"honest commerce"', [f"{RULES}#art_1"]),
    ('cites:"Guofa (2014) No. 21"', [f"{RULES}#art_1"]),
    ('cites:"GF No. (2014)21"', [f"{RULES}#art_1"]),
    ("cites:国发〔2014〕21号", [f"{RULES}#art_1"]),
    ("cites:guofa-2014-21", [f"{RULES}#art_1"]),
    ('cites:"Guofa (2014) No. 22"', []),
    ('doc:"No. 21 [2014] of the State Council" promises', [f"{PLAN}#sec_1__subsec_3"]),
    ("due:2017", [f"{PLAN}#sec_1__subsec_1"]),
    ("due:2019..", [f"{PLAN}#sec_1__subsec_1", f"{PLAN}#sec_1__subsec_2"]),
    ("due:2021..", []),
    ("field:distribution", [f"{PLAN}#sec_1__subsec_1"]),
    ('field:"distribution and trade"', [f"{PLAN}#sec_1__subsec_1"]),
    ("region:Shanghai blacklist", [f"{RULES}#art_2", f"{RULES}#art_1"]),
    ("region:cn-sh blacklist", [f"{RULES}#art_2", f"{RULES}#art_1"]),
    ("effective:2017-10 objection", [f"{RULES}#art_3"]),
    ("issued:2014 promises", [f"{PLAN}#sec_1__subsec_3"]),
    ("issuer:sc doc:plan -seller -report", [PLAN]),
    ("status:repealed", []),
]


@pytest.mark.parametrize(("query", "expected"), FIELDS, ids=[q for q, _ in FIELDS])
def test_fields_look_at_facts_and_front_matter(query: str, expected: list[str], index: Index) -> None:
    assert sorted(addresses(index, query)) == sorted(expected)


def test_a_hit_shows_what_a_reader_needs(index: Index) -> None:
    results = index.search("how long does a seller of fake goods stay on the blacklist?", 1)
    (hit,) = results.hits
    assert (hit.address, hit.title, hit.kind, hit.level, hit.date) == (
        *(f"{RULES}#art_2", "Seller Credit Rules", "local-regulation", "provincial", "2017-06-20"),
    )
    assert (hit.label, hit.headings, hit.lists) == (
        "Article 2",
        ("Seller Credit Rules",),
        (f"{RULES}#list-dishonest-sellers",),
    )
    shown = [hit.snippet.text[a:b] for a, b in hit.snippet.marks]
    assert shown == ["seller", "fake", "goods", "blacklist", "sellers", "stays"]
    assert results.searched_also == ()


def test_titles_and_numbers_find_the_document(index: Index) -> None:
    assert addresses(index, "Guofa (2014) No. 21")[0] == PLAN
    assert addresses(index, "诚信商务")[0] == PLAN
    assert addresses(index, '"Seller Credit Rules"')[0] == RULES
    assert RULES not in addresses(index, "credit blacklist"), "a title is a hit only where it holds the whole query"


def test_filters_are_fields(index: Index) -> None:
    assert set(addresses(index, "sellers", filters={"kind": "plan"})) == {
        *(f"{PLAN}#sec_1__subsec_1", f"{PLAN}#sec_1__subsec_2", f"{PLAN}#sec_1__subsec_3", f"{PLAN}#sec_2__subsec_1"),
    }
    assert addresses(index, "objection", filters={"kind": ["plan", "local-regulation"], "issued": "2016..2018"}) == [
        f"{RULES}#art_3"
    ]
    with pytest.raises(QueryError):
        index.search("x", filters={"nosuch": "1"})
    with pytest.raises(QueryError):
        index.search("x", filters={"kind": 'a"b'})


def test_facets_count_matching_provisions(index: Index) -> None:
    facets = {f.field: f.values for f in index.search("blacklist", with_facets=True).facets}
    assert facets["kind"] == (("local-regulation", 2), ("plan", 1))
    assert facets["issued"] == (("2017", 2), ("2014", 1))
    assert facets["list"] == (("blacklist", 2), ("blacklist of dishonest sellers", 2))


def test_folding_keeps_the_best_of_each_document(index: Index) -> None:
    folded = index.search("blacklist of sellers", fold=True)
    assert [(h.document, h.more) for h in folded.hits] == [(PLAN, 3), (RULES, 3)]
    assert folded.total == index.search("blacklist of sellers").total == 8


def test_reasons_add_up_to_the_score(index: Index) -> None:
    (first, *_) = index.search("dishonest sellers", explain=True).hits
    assert sum(r.score for r in first.reasons) == pytest.approx(first.score, abs=1e-5)
    assert {(r.what, r.field) for r in first.reasons} >= {("dishonest", "text"), ("sellers", "text")}


def test_what_is_missing_is_said(index: Index) -> None:
    results = index.search("blaklist repair")
    assert (results.total, results.did_you_mean) == (0, ("blacklist",))
    assert index.search("register objection").mentions == (("register", 1, 1), ("objection", 1, 1))
    assert index.search("who is it").notes == (
        'all words of the query are too common to be searched; put them in "quotes" to find them side by side',
    )


UNKNOWN = [
    ("kind:plann", "; did you mean kind:plan?"),
    ("level:x", " (values: national, provincial)"),
    ("level:province", "; did you mean level:provincial?"),
    ("actor:ndcr", "; did you mean actor:ndrc (national development and reform commission)?"),
    ('actor:"reform comission"', "; did you mean actor:ndrc (national development and reform commission)?"),
    ("actor:sc", "; the name is known, but nothing in this corpus has it"),
    ("doc:comerce", f"; did you mean doc:{PLAN} (guofa (2014) no. 21)?"),
    ("region:shangai", "; did you mean region:cn-sh (shanghai)?"),
    ("region:cn-xx", " (values: cn, cn-sh)"),
    ("due:2031", ""),
]


@pytest.mark.parametrize(("query", "said"), UNKNOWN, ids=[q for q, _ in UNKNOWN])
def test_the_nearest_values_are_named(query: str, said: str, index: Index) -> None:
    asked = query.replace('"', "")
    expected = (f"no provision has {asked}{said}",) if said else ()
    assert index.search(query).notes == expected


def test_words_that_name_no_body_stand_for_every_actor_that_holds_them(memory_index: Callable[..., Index]) -> None:
    actors = ("actor=court", "actor=people's court", "actor=spc", "actor=spc office")
    passages = [Passage(f"d#p{i}", "d", f"Passage {i}.", tags=(tag,)) for i, tag in enumerate(actors)]
    index = memory_index(*passages, tables=Tables(names={"actor": {"supreme people's court": "spc"}}))
    assert addresses(index, "actor:court") == ["d#p0", "d#p1"]
    assert addresses(index, "actor:spc") == ["d#p2"]


def test_more_hits_do_not_change_the_first(memory_index: Callable[..., Index]) -> None:
    index = memory_index(*(f"seller {'credit ' * (i % 7)} and register {i}" for i in range(120)))
    many = [(h.address, h.score) for h in index.search("seller credit register", 200).hits]
    assert len(many) == 120
    assert many[:10] == [(h.address, h.score) for h in index.search("seller credit register", 10).hits]


# ---------------------------------------------------------------- variants

DEFAULTER = rendering("失信被执行人", ("judgment defaulter", "dishonest person subject to enforcement"))
ENTERED = "A judgment defaulter is entered by the court."
DISHONEST = "Dishonest persons subject to enforcement may not fly."
CHINESE = "The list (失信被执行人名单) is public."
OTHER = "A seller is entered by the regulator; judgment is his."


@pytest.fixture(scope="module")
def translated(memory_index: Callable[..., Index]) -> Index:
    return memory_index(ENTERED, DISHONEST, CHINESE, OTHER, tables=Tables(renderings=(DEFAULTER,)))


VARIANTS = [
    (
        "judgment defaulters",
        ["d#p1", "d#p2", "d#p3", "d#p4"],
        ("dishonest person subject to enforcement", "失信被执行人"),
    ),
    ('"judgment defaulter"', ["d#p1", "d#p2", "d#p3"], ("dishonest person subject to enforcement", "失信被执行人")),
    ("失信被执行人", ["d#p1", "d#p2", "d#p3"], ("judgment defaulter", "dishonest person subject to enforcement")),
    ("失信被执行人名单", ["d#p1", "d#p2", "d#p3"], ("judgment defaulter", "dishonest person subject to enforcement")),
    ("judgment -失信被执行人", ["d#p1", "d#p4"], ()),
    ("defaulter", ["d#p1"], ()),
]


@pytest.mark.parametrize(("query", "expected", "also"), VARIANTS, ids=[q for q, _, _ in VARIANTS])
def test_other_names_are_searched_and_said(
    query: str, expected: list[str], also: tuple[str, ...], translated: Index
) -> None:
    results = translated.search(query)
    assert sorted(h.address for h in results.hits) == expected
    assert results.searched_also == also


def test_exact_turns_variants_off(translated: Index) -> None:
    results = translated.search('"judgment defaulter"', exact=True)
    assert ([h.address for h in results.hits], results.searched_also) == (["d#p1"], ())


def test_the_words_themselves_weigh_more(translated: Index) -> None:
    first, *_ = translated.search("judgment defaulter").hits
    assert first.address == "d#p1"
    assert {h.address for h in translated.search("judgment defaulter").hits if h.whole} == {"d#p1", "d#p2", "d#p3"}


TABLE = load_everyday()
GLOSSARY = Glossary((), [everyday_row(rule) for rule in TABLE])


@pytest.mark.parametrize("rule", TABLE, ids=[rule.id for rule in TABLE])
def test_every_row_of_everyday_words_fits_its_examples(rule: object) -> None:
    row: Everyday = everyday_row(rule)  # type: ignore[arg-type]
    alone = Glossary((), [row])
    assert all(list(alone.of_words(words(text))) for text in rule.matches)  # type: ignore[attr-defined]
    assert not any(list(alone.of_words(words(text))) for text in rule.rejects)  # type: ignore[attr-defined]


def test_another_spelling_is_searched_as_the_texts_have_it() -> None:
    rows = Glossary((), tables((), Reference()).everyday)
    assert [(v.text, v.weight) for v in rows.of_words(["licences"])] == [("license", 1.0)]
    assert list(rows.of_words(["license"])) == []
    assert [(ours, other) for other, ours in load_spellings().items() if STEMS(other) == STEMS(ours)] == []


def test_everyday_words_go_one_way() -> None:
    assert [v.text for v in GLOSSARY.of_words(["get", "off"])] == ["exit", "removal", "credit repair"]
    assert list(GLOSSARY.of_words(["removal"])) == []


def test_the_longest_name_wins() -> None:
    short = rendering("惩戒", ("punishment", "sanction"))
    longer = rendering("联合惩戒", ("joint punishment", "joint sanction"))
    glossary = Glossary((short, longer))
    found = [
        (v.text, v.of, v.at, v.size) for v in glossary.of_words(["the", "joint", "punishments", "or", "punishment"])
    ]
    assert found == [
        *(("joint sanction", "joint punishments", 1, 2), ("联合惩戒", "joint punishments", 1, 2)),
        *(("sanction", "punishment", 4, 1), ("惩戒", "punishment", 4, 1)),
    ]
    assert [v.text for v in glossary.of_han("联合惩戒")] == ["joint punishment", "joint sanction"]
    assert glossary.of_han("对联合惩戒") == []


REPORTS = (
    rendering("征信", ("credit reporting", "credit reference")),
    rendering("信用报告", ("credit report", "report on credit")),
)
REPORTING = [
    (["credit", "reports"], ["report on credit", "信用报告"]),
    (["credit", "reporting"], ["credit reference", "征信"]),
    (
        ["credit", "reported"],
        ["credit reference", "征信", "report on credit", "信用报告"],
    ),  # neither name: both are tried
]


@pytest.mark.parametrize(("sequence", "others"), REPORTING, ids=[" ".join(s) for s, _ in REPORTING])
def test_of_names_with_the_same_stems_the_very_name_is_meant(sequence: list[str], others: list[str]) -> None:
    assert [v.text for v in Glossary(REPORTS).of_words(sequence)] == others


def test_another_spelling_weighs_as_the_word_itself() -> None:
    glossary = Glossary((rendering("红名单", ("redlist", "red list", "honor list")),))
    assert [(v.text, v.weight) for v in glossary.of_words(["red", "lists"])] == [
        ("redlist", 1.0),
        ("honor list", 0.4),
        ("红名单", 0.4),
    ]


HAN = Glossary(
    (
        rendering("失信被执行人", ("judgment defaulter",)),
        rendering("双随机、一公开", ("double random, one disclosure",)),
    ),
    han={"名单": ("list",), "移出": ("removal",), "怎么": (), "的": (), "对": ()},
)
PIECES = [
    ("失信被执行人名单移出", ["失信被执行人", "名单", "移出"]),
    ("怎么移出名单", ["移出", "名单"]),
    ("对名单的移出", ["名单", "移出"]),
    ("对岗名单", ["对岗", "名单"]),  # a lone sign beside an unknown one is part of a word
    ("量子的名单", ["量子", "名单"]),  # but a particle never is
    ("量子力学", ["量子力学"]),
    ("双随机一公开", ["双随机一公开"]),  # signs between are left out of a term
    ("怎么", []),
    ("怎么对", []),
]


@pytest.mark.parametrize(("run", "pieces"), PIECES, ids=[run for run, _ in PIECES])
def test_a_chinese_run_is_cut_into_known_words(run: str, pieces: list[str]) -> None:
    assert HAN.pieces(run) == pieces


WHOLE = [
    ("失信被执行人名单", ["judgment defaulter list"]),
    ("失信被执行人的名单", ["judgment defaulter list"]),
    ("量子名单", []),
    ("怎么", []),
]


@pytest.mark.parametrize(("run", "names"), WHOLE, ids=[run for run, _ in WHOLE])
def test_the_whole_of_a_chinese_run_has_the_names_of_its_words(run: str, names: list[str]) -> None:
    assert [v.text for v in HAN.of_whole_han(run)] == names


def test_our_own_chinese_words_are_chinese_and_no_terms() -> None:
    reference, _ = load_reference(data_folder("corpus") / "reference")
    rows = load_chinese()
    assert [zh for zh in rows if not is_han(zh)] == []
    assert sorted(rows.keys() & {term.zh for term in reference.glossary}) == []
    assert [zh for zh, names in rows.items() if not all(words(name) for name in names)] == []
    assert {sign for sign in PARTICLES if rows[sign]} == set()


def test_a_short_name_is_that_of_one_body_and_no_other_word() -> None:
    reference, _ = load_reference(data_folder("corpus") / "reference")
    names = [name for body in reference.bodies for name in body.short_zh]
    assert len(set(names)) == len(names) > 50
    assert set(names) & {body.name_zh for body in reference.bodies} == set()
    assert set(names) & load_chinese().keys() == set()


WHISTLEBLOWER = rendering("举报人", ("whistleblower", "reporter", "informant"))
SINGLE = [
    ("whistleblowers", ["举报人"]),  # "reporter" would find all reports
    ("reporters", ["whistleblower", "举报人"]),
    ("informant", ["whistleblower", "举报人"]),
    ("information", []),
    ("report", []),
    ("reported", []),
]


@pytest.mark.parametrize(("word", "others"), SINGLE, ids=[w for w, _ in SINGLE])
def test_a_single_word_is_another_name_by_its_inflections_alone(word: str, others: list[str]) -> None:
    assert [v.text for v in Glossary((WHISTLEBLOWER,)).of_words([word])] == others


def test_common_words_are_no_names() -> None:
    terms = (Term("公共信用信息目录", "catalogue", "mulu", ("list",)), Term("列入", "enter on", "lieru", ("list",)))
    glossary = Glossary(tables((), Reference(glossary=terms)).renderings)
    assert list(glossary.of_words(["the", "list"])) == []


BODIES = (
    Body(
        "ndrc",
        "National Development and Reform Commission",
        "national",
        name_zh="国家发展和改革委员会",
        abbreviations=("NDRC",),
    ),
    Body("most", "Ministry of Science and Technology", "national", name_zh="科学技术部", abbreviations=("MOST",)),
    Body("zj-lg", "Zhejiang Leading Group", "provincial"),
)


@pytest.fixture(scope="module")
def of_bodies(memory_index: Callable[..., Index]) -> Index:
    return memory_index(
        "The National Development and Reform Commission keeps the platform.",
        Passage("d#p2", "d", "It keeps the list (国家发展和改革委员会).", tags=("actor=ndrc",)),
        "The Ministry of Science and Technology pilots it.",
        "Most firms keep records; a reform of the platform.",
        tables=tables((), Reference(bodies=BODIES)),
    )


NAMES_OF_BODIES = [
    ("ndrc", ["d#p1", "d#p2"], ("National Development and Reform Commission", "国家发展和改革委员会"), ("ndrc",)),
    ('"NDRC"', ["d#p1", "d#p2"], ("National Development and Reform Commission", "国家发展和改革委员会"), ("ndrc",)),
    (
        "国家发展和改革委员会",
        ["d#p1", "d#p2"],
        ("National Development and Reform Commission",),
        ("国家发展和改革委员会",),
    ),
    ("most firms", ["d#p4"], (), ()),  # a word, though a ministry is abbreviated so
    ("-ndrc reform", ["d#p1", "d#p4"], (), ()),  # what is left out is left out by its own words
]


@pytest.mark.parametrize(("query", "expected", "also", "named"), NAMES_OF_BODIES, ids=[q for q, *_ in NAMES_OF_BODIES])
def test_a_body_is_searched_under_its_other_names(
    query: str, expected: list[str], also: tuple[str, ...], named: tuple[str, ...], of_bodies: Index
) -> None:
    results = of_bodies.search(query)
    assert sorted(h.address for h in results.hits) == expected
    assert results.searched_also == also
    assert results.notes == tuple(f"{name} is a body; what it must do: actor:ndrc" for name in named)
    assert results.did_you_mean == ()


def test_a_body_is_told_from_the_authorities_of_its_field(memory_index: Callable[..., Index]) -> None:
    passage = Passage("d#p1", "d", "NDRC asks them.", tags=("actor=provincial department of development and reform",))
    index = memory_index(passage, tables=tables((), Reference(bodies=BODIES)))
    (note,) = index.search("NDRC").notes
    assert note == 'what the authorities of its field at every level must do: actor:"development and reform"'
    assert [h.address for h in index.search(f"{note.partition(': ')[2]} asks").hits] == ["d#p1"]


AUTHORITIES = load_authorities()


@pytest.mark.parametrize("rule", AUTHORITIES, ids=[rule.id for rule in AUTHORITIES])
def test_every_row_of_authorities_fits_its_examples(rule: AuthoritiesRule) -> None:
    assert [name for name in rule.matches if not any(word in name for word in rule.words)] == []
    assert [name for name in rule.rejects if any(word in name for word in rule.words)] == []


def test_authorities_are_headed_by_known_bodies() -> None:
    reference, _ = load_reference(data_folder("corpus") / "reference")
    assert {rule.id for rule in AUTHORITIES} <= {body.id for body in reference.bodies}


def test_passages_of_a_law_and_of_a_plan(index: Index) -> None:
    keys = [index.engine.passage(n).key for n in index.engine.numbers()]
    assert keys == [
        *(
            PLAN,
            f"{PLAN}#sec_1__subsec_1",
            f"{PLAN}#sec_1__subsec_2",
            f"{PLAN}#sec_1__subsec_3",
            f"{PLAN}#sec_1__subsec_4",
        ),
        *(f"{PLAN}#sec_2__subsec_1", RULES, f"{RULES}#art_1", f"{RULES}#art_2", f"{RULES}#art_3", f"{RULES}#art_4"),
    ]


def test_a_point_is_found_with_its_lead_in(memory_index: Callable[..., Index]) -> None:
    article = Passage(
        "d#art_1", "d", "Article 1  The list shows:\n\n(1) the name;\n\n(2) the court.", ("D",), "Article 1"
    )
    assert [h.whole for h in memory_index(article).search("list court").hits] == [True]
