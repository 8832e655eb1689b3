"""Files to sources: bodies exactly as in the file, problems instead of exceptions, order by id."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.corpus import load_corpus, load_source, source_from_text
from kb.model import DocumentKind

HEAD = "---\nid: {id}\ntitle: T\nkind: plan\nlevel: national\nregion: CN\nfidelity: full\n---\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


BODIES = ["\n# T\n\nText.\n", "", "a\r\nb\r\n", "\u00a0（一）\u3000x", "---\nid: no head\n---\n"]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_body_is_that_of_the_file(tmp_path: Path, body: str, mark: str) -> None:
    source, problems = load_source(write(tmp_path, "x.md", mark + HEAD.format(id="x") + body), "corpus/x.md")
    assert problems == []
    assert source is not None
    assert (source.body, source.body_line, source.path) == (body, 9, "corpus/x.md")


def test_line_ends_of_the_head_may_be_those_of_windows(tmp_path: Path) -> None:
    text = (HEAD.format(id="x") + "body\n").replace("\n", "\r\n")
    source, problems = load_source(write(tmp_path, "x.md", text), "x.md")
    assert problems == []
    assert source is not None
    assert (source.meta.title, source.body) == ("T", "body\r\n")


def test_loads_a_folder_in_order_and_skips_what_is_no_document(tmp_path: Path) -> None:
    for name in ("b", "a", "c-1"):
        write(tmp_path, f"{name}.md", HEAD.format(id=name) + name)
    write(tmp_path, "README.md", "# No document")
    write(tmp_path, "LICENSE", "none")
    (tmp_path / "reference").mkdir()
    write(tmp_path / "reference", "notes.md", "none")
    sources, problems = load_corpus(tmp_path)
    assert ([s.meta.id for s in sources], problems) == (["a", "b", "c-1"], ())


def test_one_bad_document_never_stops_the_others(tmp_path: Path) -> None:
    write(tmp_path, "good.md", HEAD.format(id="good") + "x")
    write(tmp_path, "headless.md", "# Only a title")
    write(tmp_path, "open.md", "---\nid: open\n")
    write(tmp_path, "named.md", HEAD.format(id="other") + "x")
    (tmp_path / "bytes.md").write_bytes(b"---\nid: x\n\xff\n---\n")
    (tmp_path / "folder.md").mkdir()
    sources, problems = load_corpus(tmp_path)
    name = tmp_path.name
    assert [s.meta.id for s in sources] == ["good"]
    assert [(p.path, p.line, p.check, p.message) for p in problems] == [
        (f"{name}/bytes.md", 3, "unreadable", "byte 0xff is not UTF-8 text"),
        (f"{name}/folder.md", 0, "unreadable", "the file cannot be read: Is a directory"),
        (f"{name}/headless.md", 1, "front-matter", "the file has no front matter"),
        (f"{name}/named.md", 2, "front-matter", 'id: "other" is not the name of the file'),
        (f"{name}/open.md", 1, "front-matter", "the front matter is never closed"),
    ]


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    sources, problems = load_corpus(tmp_path / "none")
    assert (sources, [p.message for p in problems]) == ((), ["there is no such folder"])


def test_a_file_without_head_is_read_leniently(tmp_path: Path) -> None:
    source, problems = load_source(write(tmp_path, "my-plan.md", "# My plan\n"), "my-plan.md", lenient=True)
    assert source is not None
    assert (source.meta.id, source.meta.kind, source.body) == (
        "my-plan", DocumentKind.PLAN, "# My plan\n",
    )  # fmt: skip
    assert [p.message for p in problems] == ["the file has no front matter"]


def test_a_faulty_head_is_read_leniently() -> None:
    source, problems = source_from_text("---\nid: x\nkind: plan\nmood: good\n---\nbody", "-")
    assert (source.meta.id, source.meta.kind, source.body, source.body_line) == ("x", DocumentKind.PLAN, "body", 6)
    assert [p.message for p in problems] == ['"mood" is not a key of the front matter']


def test_the_checksum_is_of_the_body() -> None:
    first, _ = source_from_text("---\nid: x\n---\nbody", "x.md")
    second, _ = source_from_text("body", "y.md")
    assert first.sha256 == second.sha256


ENCODINGS = [
    # bytes, line and byte of the fault, words of the hint
    ("Article 1\nAs of June.".encode("utf-16"), 1, "0xff", "iconv -f utf-16 -t utf-8 OLD > NEW"),
    ("Article 1".encode("utf-16-le"), 1, "0x00", "iconv -f utf-16 -t utf-8 OLD > NEW"),
    ("Article 1\nThe “credit” list.".encode("cp1252"), 2, "0x93", "iconv -f windows-1252 -t utf-8 OLD > NEW"),
    ("第一条 为了规范信用管理，制定本办法。".encode("gb18030"), 1, "0xb5", "iconv -f gb18030 -t utf-8 OLD > NEW"),
    (b"Article 1 The bureau shall\0 act on the list.", 1, "0x00", "remove it, or save the file as plain text"),
]


@pytest.mark.parametrize(("data", "line", "byte", "hint"), ENCODINGS)
@pytest.mark.parametrize("lenient", [False, True])
def test_a_file_in_another_encoding_says_what_mends_it(
    tmp_path: Path, data: bytes, line: int, byte: str, hint: str, lenient: bool
) -> None:
    (tmp_path / "x.md").write_bytes(data)
    source, (problem,) = load_source(tmp_path / "x.md", "x.md", lenient=lenient)
    assert source is None
    assert (problem.line, problem.check, problem.message) == (line, "unreadable", f"byte {byte} is not UTF-8 text")
    assert problem.hint.endswith(hint)


def test_texts_of_other_formats_are_never_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path, "good.md", HEAD.format(id="good") + "x")
    for name in ("good.pdf", "README.txt", "sources.yml", ".hidden.txt", "~$plan.docx", "LICENSE"):
        write(tmp_path, name, "beside the documents")
    for name in ("My Plan.docx", "old.txt", "LAW.MD"):
        write(tmp_path, name, "somebody waits for it")
    sources, problems = load_corpus(tmp_path)
    assert [s.meta.id for s in sources] == ["good"]
    assert [(p.path.removeprefix(f"{tmp_path.name}/"), p.check, p.hint.split(",")[0]) for p in problems] == [
        ("LAW.MD", "corpus", "save its text as law.md"),
        ("My Plan.docx", "corpus", "save its text as my-plan.md"),
        ("old.txt", "corpus", "save its text as old.md"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Riverside City Credit Plan (2016-2020)\n\nI. Build it.\n\nThe Office\nJuly 5, 2016\n",
        'Notice on "Credit": all of it\n\nRiverside Fa [2016] No. 8\n',
        "运河管理办法\n",
        "",
    ],
)
def test_the_head_that_is_offered_makes_a_document_of_the_file(tmp_path: Path, text: str) -> None:
    _, (problem,) = load_source(write(tmp_path, "Our notice (2).md", text), "Our notice (2).md")
    offered = "\n".join(line.removeprefix("    ") for line in problem.hint.splitlines()[1:])
    assert "name the file our-notice-2.md" in problem.hint
    source, problems = load_source(write(tmp_path, "our-notice-2.md", f"{offered}\n{text}"), "our-notice-2.md")
    assert problems == []
    assert source is not None
    assert source.body == text
    assumed, _ = source_from_text(text, "our-notice-2.md")
    assert source.meta == assumed.meta


def test_a_head_that_is_never_closed_is_no_title() -> None:
    source, (problem,) = source_from_text("---\nid: x\ntitle: Y\n", "x.md")
    assert (source.meta.title, problem.message) == ("x", "the front matter is never closed")
