"""The index on disk: the same answers as plain dicts, whether built at once or bit by bit; private, or not opened."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kb.search
from kb.search import Index, Passage, SearchError
from kb.search.cache import MANIFEST
from kb.search.records import Tables
from kb.search.whoosh_index import WhooshEngine
from kb.search.whoosh_writer import write_index

DOCUMENTS = {
    "a": [
        Passage("a#1", "a", "The court keeps the blacklist of defaulters.", ("A", "Lists"), tags=("kind=law", "doc=a")),
        Passage("a#2", "a", "Entry on the blacklist ends after two years.", ("A", "Lists"), tags=("kind=law", "doc=a")),
    ],
    "b": [Passage("b#1", "b", "失信 sellers lose credit; credit repair is open.", ("B",), tags=("kind=plan", "doc=b"))],
    "c": [
        Passage(f"c#{i}", "c", f"Sellers publish promise {i}.", ("C",), tags=("kind=plan", "doc=c")) for i in range(9)
    ],
}
QUERIES = [
    "blacklist",
    "credit repair",
    "sellers promise",
    "失信",
    "kind:plan -promise",
    "lists",
    "court OR credit",
    "seller*",
]


def answers(index: Index) -> list[list[tuple[str, float]]]:
    return [[(h.address, h.score) for h in index.search(q, 100).hits] for q in QUERIES]


def test_answers_as_plain_dicts_do(tmp_path: Path, memory_index: Callable[..., Index]) -> None:
    write_index(tmp_path / "index", DOCUMENTS, Tables(), "x")
    expected = memory_index(*(p for d in DOCUMENTS.values() for p in d))
    assert answers(kb.search.open(tmp_path)) == answers(expected)


EDITS = st.lists(
    st.tuples(
        st.sampled_from("abcd"), st.lists(st.sampled_from(["credit", "list", "seller", "court", "失信"]), max_size=4)
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_bit_by_bit_gives_what_all_at_once_gives(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("index")
    documents = {**DOCUMENTS, "z": [Passage(f"z#{i}", "z", f"Filler {i}", ("Z",)) for i in range(40)]}
    write_index(folder / "0", documents, Tables(), "x")
    for step, (name, texts) in enumerate(edits, 1):
        documents = {d: p for d, p in documents.items() if d != name}
        if texts:
            documents[name] = [Passage(f"{name}#{i}", name, text, (name,)) for i, text in enumerate(texts)]
        write_index(folder / str(step), documents, Tables(), "x", folder / str(step - 1))
    write_index(folder / "whole", documents, Tables(), "x")
    last = WhooshEngine(folder / str(len(edits)))
    assert last.size == sum(len(p) for p in documents.values())
    assert answers(Index(last)) == answers(kb.search.open(folder / "whole"))


def test_only_changed_documents_are_written_again(tmp_path: Path) -> None:
    filler = [Passage(f"z#{i}", "z", f"Filler {i}", ("Z",)) for i in range(40)]
    write_index(tmp_path / "1", {**DOCUMENTS, "z": filler}, Tables(), "x")
    changed = [Passage("b#1", "b", "Sellers keep credit.", ("B",))]
    summary = write_index(
        tmp_path / "2", {"a": DOCUMENTS["a"], "b": changed, "d": [], "z": filler}, Tables(), "y", tmp_path / "1"
    )
    assert (summary.added, summary.changed, summary.removed, summary.unchanged, summary.passages) == (1, 1, 1, 2, 43)
    old = {p.name: p.read_bytes() for p in (tmp_path / "1").glob("*.seg")}
    new = {p.name: p.read_bytes() for p in (tmp_path / "2").glob("*.seg")}
    assert len(new) == 2
    assert old.items() < new.items()


def test_an_index_may_be_moved_and_readers_keep_the_old_one(tmp_path: Path) -> None:
    write_index(tmp_path / "beside", DOCUMENTS, Tables(), "x")
    (tmp_path / "beside").rename(tmp_path / "index")
    index = kb.search.open(tmp_path)
    before = answers(index)
    shutil.rmtree(tmp_path / "index")
    index._memory.clear()
    assert answers(index) == before


class Payload:
    """Runs when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    write_index(tmp_path / "index", DOCUMENTS, Tables(), "x")
    return tmp_path / "index"


def test_a_doctored_file_is_refused_and_runs_nothing(index: Path, tmp_path: Path) -> None:
    for file in (*index.glob("*.seg"), *index.glob("*.toc")):
        original = file.read_bytes()
        file.write_bytes(pickle.dumps(Payload(tmp_path / "ran")) + original)
        with pytest.raises(SearchError, match="is not the file that was built"):
            kb.search.open(index)
        file.write_bytes(original)
    assert not (tmp_path / "ran").exists()
    assert kb.search.open(index).search("blacklist").total == 2


def test_what_is_not_private_or_not_whole_is_refused(index: Path, tmp_path: Path) -> None:
    def refused(change: Callable[[], object], undo: Callable[[], object]) -> str:
        change()
        with pytest.raises(SearchError) as caught:
            WhooshEngine(index)
        undo()
        return str(caught.value).removeprefix(str(index))

    words, aside, extra = index / "words.json", tmp_path / "aside", index / "extra"
    assert refused(lambda: index.chmod(0o755), lambda: index.chmod(0o700)).startswith(
        ": the search index is open to other"
    )
    assert refused(lambda: words.rename(aside), lambda: aside.rename(words)).endswith(
        "words.json is missing or was added"
    )
    assert refused(extra.touch, extra.unlink).endswith("extra is missing or was added")
    words.rename(aside)
    assert "cannot be read" in refused(lambda: words.symlink_to(aside), words.unlink)
    aside.rename(words)
    manifest = (index / MANIFEST).read_bytes()
    older = manifest.replace(b'"version":"', b'"version":"0.0.')
    restore = lambda: (index / MANIFEST).write_bytes(manifest)  # noqa: E731
    assert "is of version 0.0." in refused(lambda: (index / MANIFEST).write_bytes(older), restore)
    assert "not a search index" in refused(lambda: (index / MANIFEST).write_bytes(b"{"), restore)
    assert WhooshEngine(index).size == 12


def test_a_missing_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="there is no search index"):
        kb.search.open(tmp_path / "nowhere")


def test_an_untrusted_previous_index_is_not_used(index: Path, tmp_path: Path) -> None:
    next(iter(index.glob("*.seg"))).write_bytes(b"x")
    summary = write_index(tmp_path / "next", DOCUMENTS, Tables(), "x", index)
    assert (summary.added, summary.unchanged) == (3, 0)
    assert kb.search.open(tmp_path / "next").search("blacklist").total == 2


def test_an_empty_corpus_has_an_index(tmp_path: Path) -> None:
    write_index(tmp_path / "index", {}, Tables(), "x")
    assert kb.search.open(tmp_path).search("anything -else").total == 0
