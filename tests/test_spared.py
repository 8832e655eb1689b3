"""Stand-ins for modules that a dependency imports and a run never calls."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from kb.cli import _cleandoc
from kb.spared import spared

SEEN = (
    "import sys; from kb.spared import spared; from kb.cli import main; {}; print(*sorted(set({}) & set(sys.modules)))"
)


def seen(statement: str, names: tuple[str, ...]) -> list[str]:
    """Which of the modules a new interpreter has loaded after the statement."""
    code = SEEN.format(statement, names)
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def test_a_stand_in_loads_the_module_when_it_is_called() -> None:
    code = "with spared(('sched',)):\n from sched import scheduler\n import sched"
    inside = f"exec({code!r}); assert 'sched' not in sys.modules; scheduler()"
    assert seen(inside, ("sched",)) == ["sched"]


def test_what_is_given_is_taken_instead() -> None:
    with spared((), sched={"scheduler": len}):
        from sched import scheduler
    assert scheduler("abc") == 3  # type: ignore[arg-type, call-arg, comparison-overlap]
    assert "sched" not in sys.modules


def test_a_loaded_module_stays_as_it_is() -> None:
    with spared(("json",)):
        import json
    assert json.loads("[1]") == [1]


SEARCH = ("click", "inspect", "hashlib", "tempfile", "typing_extensions", "yaml", "spacy", "rich", "jinja2", "kb.store")


def test_a_search_loads_what_it_needs_and_no_more() -> None:
    assert seen("import kb.cli.search, kb.search.session, kb.search.whoosh_index, kb.workspace", SEARCH) == ["click"]


@pytest.mark.parametrize(
    "text", ["", "one", "  one\n    two\n      three\n\n    four\n", "\n\n  a\n b\n", "a\n\tb\n\t\tc"]
)
def test_help_is_trimmed_as_inspect_does(text: str) -> None:
    assert _cleandoc(text) == inspect.cleandoc(text)
