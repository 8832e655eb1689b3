"""Builds a search index of passages, answers questions with it, and prints how long it took, SQLite FTS5 beside it.

    python bench/search.py --passages passages.jsonl --questions questions.jsonl --run run.jsonl [--growth]

PASSAGES: {"key", "doc_id", "headings": [...], "text"} a line; QUESTIONS: {"query_id", "question"} a line; RUN is written as
{"query_id", "hits": [key, ...]}, ten hits at most. A passage of at most six words is a heading and no hit. The index is
built and asked by the code of `kb search`; every question is taken as plain words. Processes are timed with bytecode at hand,
as an installation has it. --growth repeats all with ten times the
passages: nine more copies of each, a tenth of their words left out and a tenth exchanged.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import kb.search
from kb.search.records import Passage, Tables
from kb.search.whoosh_writer import write_index
from kb.search.words import STOP_WORDS, words

HEADING_WORDS = 6
COLD_RUNS = 15
SEED = 20140614


def read_passages(path: Path) -> list[Passage]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [
        Passage(key=r["key"], document=str(r["doc_id"]), text=r["text"], headings=tuple(r["headings"]))
        for r in rows
        if len(r["text"].split()) > HEADING_WORDS
    ]


def multiplied(passages: Sequence[Passage], times: int) -> list[Passage]:
    """The passages and `times` - 1 distorted copies of them."""
    rng = random.Random(SEED)  # noqa: S311 - the same copies in every run
    vocabulary = sorted({w for p in passages for w in p.text.split()})
    out = list(passages)
    for copy in range(1, times):
        for p in passages:
            kept = [w for w in p.text.split() if rng.random() >= 0.1]
            text = " ".join(rng.choice(vocabulary) if rng.random() < 0.1 else w for w in kept)
            out.append(Passage(key=f"{p.key}~{copy}", document=f"{p.document}~{copy}", text=text, headings=p.headings))
    return out


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - wall, time.process_time() - cpu


def build(passages: Sequence[Passage], folder: Path) -> tuple[float, float]:
    documents: dict[str, list[Passage]] = {}
    for passage in passages:
        documents.setdefault(passage.document, []).append(passage)
    return timed(lambda: write_index(folder, documents, Tables(), "bench"))


def ask(index: kb.search.Index, questions: Sequence[dict[str, str]]) -> tuple[list[list[str]], list[float]]:
    """Ten hits for each question, and the milliseconds each took."""
    answers, times = [], []
    for question in questions:
        start = time.perf_counter()
        results = index.search(question["question"], 10, plain=True)
        times.append((time.perf_counter() - start) * 1000)
        answers.append([hit.address for hit in results.hits])
    return answers, times


def ask_fts5(
    passages: Sequence[Passage], questions: Sequence[dict[str, str]]
) -> tuple[tuple[float, float], list[float]]:
    """SQLite FTS5 as it comes: porter stems, bm25(), words joined by OR."""
    db = sqlite3.connect(":memory:")

    def fill() -> None:
        db.execute("CREATE VIRTUAL TABLE p USING fts5(text, tokenize='porter unicode61')")
        db.executemany("INSERT INTO p VALUES (?)", ((p.text,) for p in passages))

    built = timed(fill)
    times = []
    for question in questions:
        start = time.perf_counter()
        asked = " OR ".join(f'"{w}"' for w in dict.fromkeys(words(question["question"])) if w not in STOP_WORDS)
        db.execute("SELECT rowid FROM p WHERE p MATCH ? ORDER BY bm25(p) LIMIT 10", (asked,)).fetchall()
        times.append((time.perf_counter() - start) * 1000)
    return built, times


def cold(build_folder: Path, questions: Sequence[dict[str, str]]) -> tuple[float, float]:
    """Median milliseconds of a bare interpreter, and of `kb search` from start to printed result, taken in turns."""
    kb_command = [
        sys.executable,
        "-c",
        "from kb.cli import main; main()",
        "--build",
        str(build_folder),
        "search",
        "--plain",
    ]
    bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(build_folder / "bytecode")}

    def once(command: Sequence[str]) -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | bytecode)
        return (time.perf_counter() - start) * 1000

    once([*kb_command, "--", questions[0]["question"]])  # writes the bytecode
    pairs = [
        (once([sys.executable, "-c", "pass"]), once([*kb_command, "--", q["question"]])) for q in questions[:COLD_RUNS]
    ]
    return statistics.median(bare for bare, _ in pairs), statistics.median(whole for _, whole in pairs)


def report(name: str, built: tuple[float, float], times: Sequence[float]) -> None:
    ordered = sorted(times)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{name:28} build {built[0]:6.2f} s ({built[1]:.2f} s CPU)   query p50 {p50:7.2f} ms   p95 {p95:7.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--growth", action="store_true")
    args = parser.parse_args()
    passages = read_passages(args.passages)
    questions = [json.loads(line) for line in args.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = build(passages, folder / "index")
        answers, times = ask(kb.search.open(folder), questions)
        rows = ({"query_id": q["query_id"], "hits": a} for q, a in zip(questions, answers, strict=True))
        args.run.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        report(f"kb, {len(passages)} passages", built, times)
        report("SQLite FTS5", *(other := ask_fts5(passages, questions)))
        print(f"p50 against FTS5: {statistics.median(times) / statistics.median(other[1]):.2f}")
        bare, whole = cold(folder, questions)
        print(f"process: bare interpreter {bare:.1f} ms, kb search {whole:.1f} ms ({whole / bare:.1f} x)")
        if args.growth:
            many, some = multiplied(passages, 10), questions[:60]
            (folder / "many").mkdir()
            built_many = build(many, folder / "many" / "index")
            slow, quick = ask(kb.search.open(folder / "many"), some)[1], ask(kb.search.open(folder), some)[1]
            report(f"kb, {len(many)} passages", built_many, slow)
            growth = statistics.median(slow) / statistics.median(quick)
            print(f"growth: build {built_many[1] / built[1]:.1f} x (CPU), query p50 {growth:.1f} x")


if __name__ == "__main__":
    main()
