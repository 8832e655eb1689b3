"""The wheel holds all of corpus/ and site/, and an installed one works from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_corpus_theme_and_tables(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"kb/_data/{folder}/{p.relative_to(ROOT / folder).as_posix()}"
        for folder in ("corpus", "site")
        for p in (ROOT / folder).rglob("*")
        if p.is_file()
    }
    tables = (p for p in (ROOT / "kb").rglob("*") if p.suffix in {".yaml", ".sql", ".tsv", ".txt", ".typed"})
    wanted |= {p.relative_to(ROOT).as_posix() for p in tables}
    assert wanted - names == set()


def test_an_installed_wheel_works_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """Built with the libraries of this environment; only `kb` itself comes from the wheel."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False, system_site_packages=False)
    site = next(home.glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    (site / "libraries.pth").write_text(libraries + "\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    kb = [str(home / "bin" / "python"), "-c", "from kb.cli import main; main()"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KB_", "PYTHONPATH"))}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [*kb, *arguments], cwd=empty, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("build", "--as-of", "2018-10-24", "--quiet") == ""
    assert str(site) in run("config")
    assert "cn-" in run("search", "blacklist", "--limit", "1")
    assert (empty / "kb-build" / "site" / "index.html").is_file()
