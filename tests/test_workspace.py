"""Where a workspace is found, and in which order settings count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.paths import data_folder
from kb.workspace import ConfigError, find_workspace


def test_an_empty_folder_uses_the_bundled_corpus(tmp_path: Path) -> None:
    space = find_workspace(tmp_path, {}, {})
    assert (space.root, space.corpus, space.build) == (tmp_path, data_folder("corpus"), tmp_path / "kb-build")
    assert set(space.origin.values()) == {"default"}


def test_the_nearest_kb_toml_upwards_is_the_root(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('build = "out"\nas_of = 2018-10-24\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    space = find_workspace(below, {}, {})
    assert (space.root, space.build, space.as_of) == (tmp_path, tmp_path / "out", date(2018, 10, 24))


def test_option_before_environment_before_file(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('build = "from-file"\n')
    environment = {"KB_BUILD": "from-environment", "KB_AS_OF": "2020-01-01"}
    assert find_workspace(tmp_path, environment, {"build": "given"}).build == tmp_path / "given"
    space = find_workspace(tmp_path, environment, {"build": None})
    assert (space.build, space.as_of) == (tmp_path / "from-environment", date(2020, 1, 1))
    assert space.origin["build"] == "environment KB_BUILD"


WRONG = [
    ('corpus = "nowhere"', "the corpus is not a folder"),
    ("bild = 'x'", "unknown field `bild`"),
    ("build = ", "Invalid value"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[t for t, _ in WRONG])
def test_settings_that_cannot_be_used_are_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "kb.toml").write_text(text)
    with pytest.raises(ConfigError, match=said):
        find_workspace(tmp_path, {}, {})


def test_an_as_of_that_is_no_date_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"'soon' is not a date \(from environment KB_AS_OF\)"):
        find_workspace(tmp_path, {"KB_AS_OF": "soon"}, {})
