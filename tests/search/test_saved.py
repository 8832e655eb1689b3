from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kb.problems import Problem
from kb.search import Index, Passage
from kb.search.saved import SavedSearch, find_news, read_searches


def test_reads_a_search_a_line_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "searches.txt"
    path.write_text("# mine\n\na: list:blacklist x\nno colon\na: twice\n: y\n", encoding="utf-8")
    searches, problems = read_searches(path)
    assert searches == [SavedSearch("a", "list:blacklist x", 3)]
    assert [(p.line, p.message) for p in problems] == [
        *(
            (4, "'no colon' has no name or no query"),
            (5, "the name 'a' stands twice"),
            (6, "': y' has no name or no query"),
        ),
    ]
    assert read_searches(tmp_path / "none.txt") == ([], [])


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "searches.txt"
    path.write_bytes("a: x\nb: 失信\n".encode("gb18030"))
    searches, problems = read_searches(path)
    assert (searches, [(p.line, p.message) for p in problems]) == ([], [(2, "the file is not UTF-8")])


def test_what_is_new_is_new_until_the_next_build(tmp_path: Path, memory_index: Callable[..., Index]) -> None:
    path = tmp_path / "searches.txt"
    searches = [SavedSearch("s", "seller", 1)]

    def look(build: str, *passages: Passage) -> tuple[object, ...]:
        index = memory_index(*passages)
        index.corpus = build
        (news,), problems, state = find_news(index, path, searches)
        assert problems == []
        path.with_name("searches-seen.json").write_bytes(state)
        return news.first, news.new, news.changed, news.gone, news.total

    one, two = Passage("d#1", "d", "A seller."), Passage("d#2", "d", "Another seller.")
    assert look("b1", one) == (True, (), (), (), 1)
    assert look("b1", one) == (True, (), (), (), 1)
    assert look("b2", one, two) == (False, ("d#2",), (), (), 2)
    assert look("b2", one, two) == (False, ("d#2",), (), (), 2)
    assert look("b3", Passage("d#2", "d", "Another big seller.")) == (False, (), ("d#2",), ("d#1",), 1)
    assert look("b4", Passage("d#2", "d", "Another big seller.")) == (False, (), (), (), 1)


def test_a_search_that_cannot_be_read_is_a_problem(tmp_path: Path, memory_index: Callable[..., Index]) -> None:
    path = tmp_path / "searches.txt"
    news, problems, _ = find_news(memory_index("x"), path, [SavedSearch("s", "knd:x", 7)])
    assert news == []
    assert [(p.path, p.line, p.check, p.column) for p in problems] == [(str(path), 7, "saved-search", 1)]
    assert isinstance(problems[0], Problem)
