"""What the start of a search loads: modules that it never calls would take longer than the search."""

from __future__ import annotations

import subprocess
import sys

WATCHED = ("click", "hashlib", "jinja2", "kb.store", "random", "rich", "spacy", "tempfile", "urllib.request", "yaml")


def loaded(code: str) -> list[str]:
    """Which of the watched modules a new interpreter holds after the code."""
    code = f"import sys; {code}; print(*sorted(set({WATCHED}) & set(sys.modules)))"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def test_a_search_loads_what_it_needs_and_no_more() -> None:
    assert loaded("import kb.cli, kb.cli.search, kb.search.session, kb.search.whoosh_index, kb.workspace") == ["click"]


def test_a_spared_module_is_loaded_when_it_is_called() -> None:
    code = (
        "from kb.search.whoosh_parts import FileStorage; from whoosh.filedb import filestore; "
        "assert 'tempfile' not in sys.modules; filestore.tempfile.gettempdir()"
    )
    assert "tempfile" in loaded(code)
