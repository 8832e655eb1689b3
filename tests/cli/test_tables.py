from __future__ import annotations

import sys
from typing import Any

import click
import pytest
from rich.cells import cell_len

from kb.cli import main
from kb.cli.tables import Column, print_table

COLUMNS = (Column("Due"), Column("Who", 2), Column("What", 5))
ROWS = [("2017-12-31", "国家发展和改革委员会", "建立健全社会信用体系" * 8), ("—", "NDRC", "publish\na catalogue")]


def test_in_a_pipe_cells_are_parted_by_tabs_and_whole(capsys: Any) -> None:
    print_table(COLUMNS, ROWS)
    assert capsys.readouterr().out.splitlines() == [
        "#due\twho\twhat",
        "\t".join(ROWS[0]),
        "—\tNDRC\tpublish a catalogue",
    ]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_on_a_terminal_no_line_is_wider_than_it(width: int, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_table(COLUMNS, ROWS)
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert max(cell_len(line) for line in lines) <= width
    head = cell_len(lines[0][: lines[0].index("What")])
    (first,) = {cell_len(line[: line.index("publish")]) for line in lines if "publish" in line}
    assert first == head  # wide characters before it do not push a cell out of its column
    assert "建立健全" in "".join(lines)


def test_on_a_terminal_an_id_stands_whole_on_a_line_of_its_own(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ident = "cn-a-very-long-document-2016#chp_2__sec_1__art_13__para_2~11"
    print_table((*COLUMNS, Column("Item", apart=True)), [(*ROWS[1], ident), (*ROWS[1], "cn-x~1")])
    lines = [line.rstrip() for line in click.unstyle(capsys.readouterr().out).splitlines()]
    assert [line for line in lines if line.startswith("  cn-")] == [f"  {ident}", "  cn-x~1"]
    assert "Item" not in lines[0]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Any:
    """Prints a table on a terminal of this width; the lines, without their colours."""

    def lines(width: int, *table: Any) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        print_table(*table)
        return [line.rstrip() for line in click.unstyle(capsys.readouterr().out).splitlines()]

    return lines


AREAS = (Column("Area", 2), *(Column(str(year), 0, "right") for year in range(2014, 2021)))
COUNTS = [("infrastructure", *"1234567"), ("judicial", *"0000000")]


def test_words_stay_whole_and_no_column_is_wider_than_it_needs(terminal: Any) -> None:
    wide = [
        "Area            2014  2015  2016  2017  2018  2019  2020",
        "infrastructure     1     2     3     4     5     6     7",
    ]
    assert terminal(120, AREAS, COUNTS)[:2] == wide
    assert terminal(56, AREAS, COUNTS)[:2] == wide


def test_a_narrow_terminal_gets_lines_of_head_and_cell(terminal: Any) -> None:
    columns = (Column("Due"), Column("Who", 2), Column("机构", 3), Column("Item", apart=True), Column("Note", 2))
    row = ("2017-12-31", "the departments", "国家发展和改革委员会", "cn-x~1", "")
    assert terminal(30, columns, [row, row], "Title") == [
        "Title",
        *(["Due   2017-12-31", "Who   the departments", "机构  国家发展和改革委员会", "  cn-x~1", ""] * 2),
    ]
    narrow = terminal(20, columns, [row])
    assert narrow[3:6] == ["机构  国家发展和改革", "      委员会", "  cn-x~1"]
    assert max(map(cell_len, narrow)) <= 20


def test_an_id_stays_whole_where_the_terminal_is_narrower_than_it(terminal: Any) -> None:
    ident = "cn-a-very-long-document-2016#list-of-very-many-words"
    columns = (Column("List", 2), Column("Kind"), Column("Name", 4))
    assert terminal(20, columns, [(ident, "blacklist", "Dishonest sellers")])[:2] == [
        f"List  {ident}",
        "Kind  blacklist",
    ]


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_styles_where_none_are_wanted(name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with main.make_context("kb", ["config"]):
        main.callback()
        print_table(COLUMNS, ROWS)
        print_table(COLUMNS, [("overdue", "x" * 30, "y")])
        click.secho("found", fg="cyan")
    assert "\x1b" not in capsys.readouterr().out
