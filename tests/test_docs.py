"""Every command has help with an example and stands in the docs; all examples can be called; links and paths lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kb.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = {p.name: p.read_text(encoding="utf-8") for p in FILES}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand, by its full name."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for sub in command.list_commands(context):
                inner = command.get_command(context, sub)
                assert inner is not None
                yield f"{name} {sub}", inner


ALL = list(commands())


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_a_command_has_help_and_an_example(name: str, command: click.Command) -> None:
    text = command.help or ""
    assert len(text.split("\n\n")[0]) > 20
    assert re.search(rf"Examples?:\n\s+.*\bkb {name}\b", text), f"kb {name}: no example in its help"
    undescribed = [p.name for p in command.params if isinstance(p, click.Option) and not p.help and not p.hidden]
    assert undescribed == []


@pytest.mark.parametrize("name", [name for name, _ in ALL])
def test_a_command_stands_in_the_docs(name: str) -> None:
    assert [page for page, text in PAGES.items() if f"kb {name}" in text], f"kb {name} stands in no page"


@pytest.mark.parametrize("name", [name for name, _ in ALL])
def test_the_help_of_a_command_prints(name: str) -> None:
    result = CliRunner().invoke(main, [*name.split(), "--help"])
    assert result.exit_code == 0, result.output


EXAMPLES = sorted(
    {line for _, command in ALL for line in re.findall(r"^ +(kb .+)$", command.help or "", re.MULTILINE)}
    | {line for text in PAGES.values() for line in re.findall(r"^(?:\$ )?(kb .+?)(?:  +#.*)?$", text, re.MULTILINE)}
    | {call for text in PAGES.values() for call in re.findall(r"`(kb [^`]+)`", text)}
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_has_no_command_or_option_that_does_not_exist(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(re.split(r" (?:[|<>]|&&) ", example)[0])
    # Options are told apart before the help is printed; one that is named alone is given a value, else --help would be it.
    endings = [["value", "--help"], ["--help"]] if words[-1].startswith("-") else [["--help"]]
    results = (CliRunner().invoke(main, [*words[1:], *ending]) for ending in endings)
    assert any(result.exit_code == 0 for result in results)
    assert not any(tmp_path.iterdir())


PLACES = sorted(
    {
        (page, place)
        for page, text in PAGES.items()
        for place in re.findall(r"`((?:kb|tests|bench|site|docs)/[\w./-]+)`", text)
    }
)


@pytest.mark.parametrize(("page", "place"), PLACES, ids=[f"{p} -> {f}" for p, f in PLACES])
def test_a_file_that_a_page_names_exists(page: str, place: str) -> None:
    assert (ROOT / place).exists()


LINKS = [
    (page, target)
    for page, text in PAGES.items()
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    if not re.match(r"[a-z]+:", target)
]


@pytest.mark.parametrize(("page", "target"), LINKS, ids=[f"{p} -> {t}" for p, t in LINKS])
def test_links_between_pages_lead_somewhere(page: str, target: str) -> None:
    folder = ROOT if page in {"README.md", "CONTRIBUTING.md"} else ROOT / "docs"
    assert (folder / target).exists()
