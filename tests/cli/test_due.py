from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kb.cli import selection
from kb.corpus import load_reference
from kb.model import Label, Modality, Strength
from kb.paths import data_folder
from kb.track import Claim, Schedule

AS_OF = ("--as-of", "2018-10-24")
KEYS = {"id", "document", "eid", "actors", "action", "due", "schedule", "phrase", "rule", "origin"}


def test_the_choices_of_options_are_those_of_the_records() -> None:
    areas = load_reference(data_folder("corpus") / "reference")[0].areas
    assert sorted(selection.AREAS) == sorted(area.id for area in areas)
    words = [selection.MODALITIES, selection.STRENGTHS, selection.SCHEDULES, selection.CLAIMS]
    assert words == [list(values) for values in (Modality, Strength, Schedule, Claim)]


def test_json_has_every_row_with_every_key(kb: Any) -> None:
    call = kb("due", *AS_OF, "--json")
    rows = json.loads(call.out)
    assert call.code == 0
    assert all(row.keys() >= KEYS for row in rows)
    assert [(row["due"], row["schedule"]) for row in rows] == [
        ("2017-12-31", "overdue"),
        ("2019-01-31", "due-soon"),
        ("2019-06-30", "upcoming"),
        ("2020-12-31", "upcoming"),
        (None, "ongoing"),
        (None, "ongoing"),
        (None, "ongoing"),
        (None, "undated"),
        (None, "not-trackable"),
    ]
    assert rows[0]["actors"] == [
        {"agency": "saic", "name": "SAIC", "role": "responsible", "inferred": False, "classes": []}
    ]


def test_in_a_pipe_a_row_is_a_line_and_the_rest_is_counted(kb: Any) -> None:
    call = kb("due", *AS_OF, "--within", "6m")
    assert call.out.splitlines() == [
        "#due\tschedule\twho\twhat\tdate from\titem",
        "2017-12-31\toverdue\tSAIC\tcomplete the register of sellers\t“By the end of 2017”\tcn-plan-2014#sec_1__subsec_1~1",
        "2019-01-31\tdue-soon\tSAIC\treport on progress\t“before January 31 every year”\tcn-plan-2014#sec_1__subsec_4~1",
        "",
        "#time\truns from\twho\twhat\titem",
        "within 7 working days\treceipt\tmarket regulator\tanswer an objection\tcn-xx-rules-2017#art_3~1",
    ]
    assert call.err.splitlines() == [
        "As of 2018-10-24: 1 overdue, 1 due-soon, 2 upcoming, 3 ongoing, 1 undated, 1 not-trackable.",
        "6 rows not listed; to list them add --schedule upcoming --schedule ongoing --schedule undated --schedule not-trackable",
    ]


ACTIONS = {
    "register": "complete the register of sellers",
    "report": "report on progress",
    "catalogue": "publish a catalogue",
    "files": "Improve the credit files of sellers",
    "objection": "answer an objection",
    "keep": "keep a blacklist of dishonest sellers",
    "bid": "bid for public contracts",
    "blacklist": "Establish a blacklist of dishonest sellers",
    "promises": "publish promises",
}
FILTERS = [
    (("--actor", "ndrc"), ["catalogue"]),
    (("--actor", "国家发展和改革委员会"), ["catalogue"]),
    (("--actor", "samr"), ["register", "report"]),
    (("--actor", "SAIC"), ["register", "report"]),
    (("--actor", "market regulator"), ["objection", "keep"]),
    (("--field", "distribution"), ["register"]),
    (("--field", "internet"), []),
    (("--area", "judicial"), []),
    (("--region", "cn-sh"), ["objection", "keep", "bid"]),
    (("--kind", "plan", "--strength", "should"), ["files"]),
    (("--modality", "prohibition"), ["bid"]),
    (("--document", "cn-xx-rules-2017"), ["objection", "keep", "bid"]),
    (("--from", "2019-01-01", "--to", "2019-12-31"), ["report", "catalogue"]),
    (("--to", "2018-01-01"), ["register"]),
    (("--schedule", "undated", "--schedule", "overdue"), ["register", "blacklist"]),
    (("--claimed", "done"), []),
]


@pytest.mark.parametrize(("options", "expected"), FILTERS)
def test_filters(kb: Any, options: tuple[str, ...], expected: list[str]) -> None:
    call = kb("due", *AS_OF, *options, "--json")
    assert [row["action"] for row in json.loads(call.out)] == [ACTIONS[name] for name in expected]


def test_predecessors_are_told(kb: Any) -> None:
    assert (
        "samr includes what its predecessors owed: saic (until 2018-03-31)." in kb("due", *AS_OF, "--actor", "samr").err
    )


WRONG = [
    (("--actor", "ndcr"), 3, "no body 'ndcr'", "did you mean ndrc?"),
    (("--actor", "xyzxyz"), 3, "no body 'xyzxyz'", "run: kb show --bodies"),
    (("--field", "internt"), 3, "no field 'internt'", "did you mean internet?"),
    (("--document", "cn-plan"), 3, "no document 'cn-plan'", "did you mean cn-plan-2014?"),
    (("--region", "US"), 3, "no region 'US'", "kb show --documents"),
    (("--kind", "poem"), 3, "no kind of document 'poem'", "kb show --documents"),
    (("--within", "soon"), 2, "'soon' is not a stretch of time", "10d, 2w, 6m or 1y"),
    (("--as-of", "24.10.2018"), 2, "is not a date", "2018-10-24"),
    (("--from", "2019-01-01", "--to", "2018-01-01"), 2, "lies after", ""),
]


@pytest.mark.parametrize(("options", "code", "message", "hint"), WRONG)
def test_wrong_calls_say_what_to_do(kb: Any, options: tuple[str, ...], code: int, message: str, hint: str) -> None:
    call = kb("due", *options)
    assert (call.code, call.out) == (code, "")
    assert message in call.err
    assert hint in call.err


def test_nothing_built_is_exit_code_4(kb: Any, place: Path) -> None:
    (place / "kb-build" / "kb.sqlite").unlink()
    call = kb("due")
    assert (call.code, call.out) == (4, "")
    assert "hint: run: kb build" in call.err


def test_a_corpus_of_the_past_names_the_option(kb: Any, place: Path) -> None:
    err = kb("due", "--json").err
    assert "All 3 last days lie before today" in err
    assert "kb due --as-of 2019-07-02" in err
    assert "last days" not in kb("due", *AS_OF, "--json").err
    (place / "kb.toml").write_text("as_of = 2030-01-01\n")
    assert "last days" not in kb("due", "--json").err  # a date that a person chose is no surprise


def test_the_date_comes_from_option_environment_file(kb: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "kb.toml").write_text("as_of = 2017-12-31\n")
    assert "As of 2017-12-31" in kb("due").err
    monkeypatch.setenv("KB_AS_OF", "2018-01-01")
    assert "As of 2018-01-01" in kb("due").err
    assert "As of 2018-10-24" in kb("due", *AS_OF).err


def test_documents_of_the_future_are_left_out_and_counted(kb: Any) -> None:
    call = kb("due", "--as-of", "2017-01-01", "--json")
    assert {row["document"] for row in json.loads(call.out)} == {"cn-plan-2014"}
    assert "1 document issued after 2017-01-01 left out; --later includes them." in call.err
    call = kb("due", "--as-of", "2017-01-01", "--later", "--json")
    assert len(json.loads(call.out)) == 9


def test_explain_gives_the_order_and_each_reason(kb: Any) -> None:
    call = kb("due", *AS_OF, "--explain")
    assert "1. schedule: overdue, due-soon, upcoming" in call.err
    assert "its last day was 297 days before 2018-10-24; rule by-end-of-year" in call.out.splitlines()[1]


def test_csv_reads_back(kb: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(kb("due", *AS_OF, "--csv").out)))
    assert [row["schedule"] for row in rows].count("ongoing") == 3


def test_agenda_goes_month_by_month(kb: Any) -> None:
    out = kb("agenda", *AS_OF, "--months", "4").out.splitlines()
    assert out == [
        "October 2018: nothing",
        "November 2018: nothing",
        "December 2018: nothing",
        "January 2019",
        "2019-01-31\tSAIC\treport on progress\t“before January 31 every year”\tcn-plan-2014#sec_1__subsec_4~1",
    ]
    assert len(json.loads(kb("agenda", *AS_OF, "--json").out)) == 12


def test_roadmap_goes_by_year_and_area(kb: Any) -> None:
    assert kb("roadmap", *AS_OF, "--counts").out.splitlines() == [
        "#area\t2017\t2019\t2020",
        "commercial\t1\t1\t1",
    ]
    assert kb("roadmap", *AS_OF).out.startswith("2017 · commercial (1)\n2017-12-31\toverdue")
    assert [cell["year"] for cell in json.loads(kb("roadmap", *AS_OF, "--json").out)] == [2017, 2019, 2020]


def test_a_due_list_loads_no_engine(place: Path) -> None:
    script = (
        "import sys\nfrom kb.cli import main\n"
        "try:\n    main(['due', '--as-of', '2018-10-24', '--json'])\n"
        "except SystemExit:\n    pass\n"
        "slow = {'spacy', 'whoosh', 'rich', 'jinja2', 'markdown_it', 'icalendar', 'yaml'} & set(sys.modules)\n"
        "sys.exit(f'loaded {slow}' if slow else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=place, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_who_asks_for_a_body_is_shown_what_its_class_owes(kb: Any, place: Path, make_world: Any) -> None:
    world = make_world()
    regulation = Label(id="samr", name="market regulation authorities", cues=("market regulat*",))
    world.reference = msgspec.structs.replace(world.reference, body_classes=(regulation,))
    world.write(place / "kb-build" / "kb.sqlite")
    own = {"cn-plan-2014#sec_1__subsec_1~1", "cn-plan-2014#sec_1__subsec_4~1"}
    of_class = {"cn-xx-rules-2017#art_1~1", "cn-xx-rules-2017#art_3~1"}
    rows = json.loads(kb("due", *AS_OF, "--actor", "samr", "--json").out)
    assert {row["id"] for row in rows} == own | of_class
    assert {a["agency"]: a["classes"] for row in rows for a in row["actors"]} == {"saic": [], "": ["samr"]}
    assert {row["id"] for row in json.loads(kb("due", *AS_OF, "--actor", "samr", "--itself", "--json").out)} == own
    call = kb("due", *AS_OF, "--actor", "market regulation", "--schedule", "ongoing")
    assert "\tmarket regulator [class]\t" in call.out
    assert "owed by the class alone, marked [class]: departments of that line; --itself leaves them out." in call.err
    assert "[class]" not in kb("due", *AS_OF, "--schedule", "ongoing").out
    assert "class         heads the market regulation authorities, who owe 2" in kb("show", "samr").out
    assert kb("show", "--classes").out.splitlines()[1:] == ["samr\tmarket regulation authorities\t"]
    assert kb("due", "--itself").code == 2
