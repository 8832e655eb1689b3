"""kb site and kb serve, called as on a command line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kb.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def build(world: Any, tmp_path: Path) -> Path:
    """A build folder with a database."""
    (tmp_path / "build").mkdir()
    world.write(tmp_path / "build" / "kb.sqlite")
    return tmp_path / "build"


def run(build: Path, *arguments: str) -> Any:
    return CliRunner().invoke(main, ["--build", str(build), *arguments])


def test_writes_the_site_again_where_it_wrote_it_before(build: Path, tmp_path: Path) -> None:
    for _ in range(2):
        result = run(build, "site", "--as-of", "2018-10-24", "--out", str(tmp_path / "www"))
        assert result.exit_code == 0, result.output
    assert (tmp_path / "www" / "index.html").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "www"]


def test_leaves_a_folder_of_others_as_it_is(build: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letters.txt").write_text("mine")
    result = run(build, "site", "--out", str(mine))
    assert result.exit_code == 2
    assert "not a site that kb wrote" in result.output
    assert [p.name for p in mine.iterdir()] == ["letters.txt"]


def test_says_what_to_do_where_nothing_is_built(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "site")
    assert (result.exit_code, "run: kb build" in result.output) == (4, True)


def test_serves_the_site_to_this_machine_alone(build: Path) -> None:
    assert run(build, "site", "--as-of", "2018-10-24").exit_code == 0
    command = [
        sys.executable,
        "-c",
        "from kb.cli import main; main()",
        "--build",
        str(build),
        "serve",
        "--no-watch",
        "--port",
        "0",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as server:
        assert server.stdout
        try:
            address = server.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own address
                assert b"<h1>" in answer.read()
            stranger = urllib.request.Request(address, headers={"Host": "evil.example:80"})  # noqa: S310
            with pytest.raises(urllib.error.HTTPError, match="403") as refused:
                urllib.request.urlopen(stranger)  # noqa: S310
            refused.value.close()
        finally:
            server.terminate()
