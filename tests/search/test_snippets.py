from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.search.snippets import WINDOW, make_snippet
from kb.search.words import STEMS, words

LONG = "Opening words. " * 40 + "The court removes the **record** within\n\n(1) seven days. " + "Closing words. " * 40


def marked(text: str, *stems: str, phrases: tuple[tuple[str, ...], ...] = (), runs: tuple[str, ...] = ()) -> list[str]:
    snippet = make_snippet(text, dict.fromkeys(stems, 1.0), phrases, runs)
    return [snippet.text[a:b] for a, b in snippet.marks]


def test_the_window_is_where_the_words_are() -> None:
    snippet = make_snippet(LONG, {"court": 2.0, "record": 1.0}, (), ())
    assert snippet.text.startswith("… The court removes the record within (1) seven days. Closing")
    assert snippet.text.endswith(" …")
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["court", "record"]


def test_marks_words_phrases_and_chinese() -> None:
    assert marked("Records of the courts", "record") == ["Records"]
    assert marked("a list of defaulters, and a list", phrases=(("list", "-of", "default"),)) == ["list of defaulters"]
    assert marked("name (失信被执行人) here", runs=("被执行",)) == ["被执行"]
    assert marked("nothing here", "record") == []


@given(st.text(alphabet="ab \n.*#失信'", max_size=200), st.sampled_from(["a", "ab", "b"]))
def test_every_mark_is_what_was_looked_for(text: str, stem: str) -> None:
    snippet = make_snippet(text, {stem: 1.0}, (), ())
    assert len(words(snippet.text)) <= WINDOW
    ends = [0, *(x for mark in snippet.marks for x in mark)]
    assert ends == sorted(ends)
    assert all(STEMS.of(snippet.text[a:b]) == [stem] for a, b in snippet.marks)
