"""Every command has help with an example, stands in the docs, and the examples of the README run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kb.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent
PAGES = {p.name: p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]}


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


LINKS = [
    (page, target)
    for page, text in PAGES.items()
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    if not re.match(r"[a-z]+:", target)
]


@pytest.mark.parametrize(("page", "target"), LINKS, ids=[f"{p} -> {t}" for p, t in LINKS])
def test_links_between_pages_lead_somewhere(page: str, target: str) -> None:
    folder = ROOT if page == "README.md" else ROOT / "docs"
    assert (folder / target).exists()
