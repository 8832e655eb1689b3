from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kb.search
from kb.cli import main
from kb.search import build_index
from kb.store import open_base

RULES = "cn-xx-rules-2017"


@pytest.fixture(scope="module")
def folder(world: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("cli") / "kb-build"
    base = open_base(world.write(build / "kb.sqlite"))  # type: ignore[attr-defined]
    build_index(base, build / "index")
    base.close()
    return build


@pytest.fixture
def run(folder: Path, tmp_path: Path) -> Callable[..., Result]:
    def call(*arguments: str, build: Path = folder) -> Result:
        return CliRunner().invoke(main, ["--build", str(build), "--notes", str(tmp_path / "notes"), *arguments])

    return call


def test_search_prints_provisions(run: Callable[..., Result]) -> None:
    result = run("search", "objection", "answered?")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "1 provision; best first:\n\n"
        "Seller Credit Rules (local-regulation, provincial, 2017-06-20)\n"
        "  Article 3  cn-xx-rules-2017#art_3\n"
        "  The market regulator shall answer an objection within 7 working days of receipt.\n"
        "  items: cn-xx-rules-2017#art_3~1\n"
    )


def test_search_as_json_is_what_python_gives(run: Callable[..., Result], folder: Path) -> None:
    found = json.loads(run("search", "blacklist", "--json", "--limit", "2", "--facets").stdout)
    expected = kb.search.open(folder).search("blacklist", 2, with_facets=True)
    assert [h["address"] for h in found["hits"]] == [h.address for h in expected.hits]
    assert found["total"] == expected.total == 3


def test_search_takes_filters(run: Callable[..., Result]) -> None:
    result = run("search", "blacklist", "--kind", "plan", "--year", "2014", "--json")
    assert [h["document"] for h in json.loads(result.stdout)["hits"]] == ["cn-plan-2014"]


WRONG = [
    (("search", "knd:plan"), 2, "kb: there is no field knd:"),
    (("search", "due:soon"), 2, "kb: 'soon' is no date"),
    (("search", "x", "--year", "soon"), 2, "kb: 'soon' is no date"),
    (("search", "seller", "--facet"), 2, "No such option '--facet'. (Did you mean one of: '--exact', '--facets'?)"),
    (("search", "--nosuch", "seller"), 2, "No such option '--nosuch'"),
    (("mentions", "?"), 2, "kb: '?' has no word to look for"),
    (("mentions", "x", "--doc", "nowhere"), 3, "kb: there is no document nowhere"),
    (("watch",), 3, "there are no saved searches"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), WRONG, ids=[" ".join(a) for a, _, _ in WRONG])
def test_a_wrong_call_says_so(arguments: tuple[str, ...], code: int, message: str, run: Callable[..., Result]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "hint: " in result.stderr or "Did you mean" in result.stderr or "Try 'main search" in result.stderr


DASHES = ["-blacklist", "-honest", "-(seller)", '-"fake goods"', "-x-limit"]


@pytest.mark.parametrize("word", DASHES)
def test_a_query_may_begin_with_a_dash(word: str, run: Callable[..., Result]) -> None:
    result = run("search", word, "seller", "--json", "--limit", "3")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["query"] == f"{word} seller"
    assert run("search", "--json", "--", word, "seller").stdout == run("search", word, "seller", "--json").stdout


def test_a_lone_h_asks_for_help(run: Callable[..., Result]) -> None:
    assert run("search", "-h").stdout == run("search", "--help").stdout
    assert run("search", "-h").stdout.startswith("Usage: ")


def test_a_long_query_is_cut_where_it_is_printed_back(run: Callable[..., Result]) -> None:
    long = "zebra " * 4000
    for arguments in (
        ("search", long),
        ("search", "--plain", long),
        ("mentions", long),
        ("search", "--plain", f"seller {long}"),
    ):
        result = run(*arguments)
        assert max(map(len, (result.stdout + result.stderr).splitlines())) < 1000, arguments[:2]
    assert "(24,000 characters)" not in run("search", "seller").stdout


def test_without_a_build_search_names_the_command(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("search", "x", build=tmp_path / "none")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.endswith("hint: run: kb build\n")


def test_an_older_index_is_not_used(run: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kb-build"
    shutil.copytree(folder, copy)
    assert run("search", "blacklist", build=copy).exit_code == 0
    (copy / "state.json").write_text('{"digest": "another"}', encoding="utf-8")
    result = run("search", "blacklist", build=copy)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "older than the base" in result.stderr


def test_nothing_found_is_said_of_this_corpus(run: Callable[..., Result]) -> None:
    assert run("search", "register", "objection").stdout.startswith(
        "No provision has every word of 'register objection': 1 mentions 'register', 1 mentions 'objection'. The best of 2"
    )
    nothing = run("search", "zebra")
    assert (nothing.exit_code, nothing.stdout) == (0, "No provision of this corpus matches 'zebra'.\n")


def test_mentions_counts_and_shows_absence(run: Callable[..., Result]) -> None:
    result = run("mentions", "credit", "score")
    assert result.stdout.splitlines()[0] == (
        "'credit score' is not in this corpus; whether it is in documents outside it, this cannot say"
    )
    assert "Read: 2 full texts (" in result.stdout
    assert "\n       0  social credit score\n" in result.stdout
    found = run("mentions", "objection")
    assert found.stdout.startswith("'objection' in this corpus: 1 mention in 1 document\n")
    assert found.stdout.rstrip().endswith("Not in 1 document: cn-plan-2014")
    assert json.loads(run("mentions", "objection", "--json").stdout)["documents"][0]["document"] == RULES


def test_watch_keeps_what_it_saw_in_the_notes(run: Callable[..., Result], tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "searches.txt").write_text("lists: list:blacklist\nbad: knd:x\n", encoding="utf-8")
    result = run("watch")
    assert result.exit_code == 1
    assert result.stdout == "lists: list:blacklist\n  2 found; first look, nothing to compare with\n"
    assert "searches.txt:2: there is no field knd: [saved-search]" in result.stderr
    assert (notes / "searches-seen.json").is_file()
