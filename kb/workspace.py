"""Where things lie for one user: the corpus read, the folder of what is derived, the folder of what people entered.

A workspace is a folder: the nearest one upwards that holds a `kb.toml`, else the current one.

    kb.toml       settings, all optional: corpus, build, notes (paths from here), as_of (ISO date)
    corpus/       documents; without one, the corpus bundled with the package is used
    kb-build/     everything `kb build` writes; may be deleted and comes back the same
    kb-notes/     what people entered: progress log, corrections, confirmed links, saved searches; no build writes here
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from kb.paths import data_folder

CONFIG_NAME = "kb.toml"


class ConfigError(ValueError):
    """Settings that cannot be used; the text says where and why, `hint` how to mend them."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class EmptyCorpusError(ConfigError):
    """The corpus folder holds no document that can be read: more likely the wrong folder than a base to be emptied."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of kb.toml."""

    corpus: str = ""
    build: str = ""
    notes: str = ""
    as_of: date | None = None


class Workspace(msgspec.Struct, frozen=True):
    """Absolute paths of one user's knowledge base, and where each came from (for `kb config`)."""

    root: Path
    corpus: Path
    build: Path
    notes: Path
    as_of: date | None
    origin: Mapping[str, str]

    @property
    def reference(self) -> Path:
        """The reviewed tables: the folder of the corpus if it brings any of its own, else the bundled ones."""
        own = self.corpus / "reference"
        return own if own.is_dir() else data_folder("corpus") / "reference"

    @property
    def facts(self) -> Path:
        return self.build / "facts"

    @property
    def database(self) -> Path:
        return self.build / "kb.sqlite"

    @property
    def index(self) -> Path:
        return self.build / "index"

    @property
    def site(self) -> Path:
        return self.build / "site"

    @property
    def corrections(self) -> Path:
        """What people corrected; kb.track.notes reads and writes it."""
        return self.notes / "corrections.log"


class _Given(NamedTuple):
    """A setting as it was given: "" where it was not."""

    value: str
    origin: str


def find_workspace(start: Path, environment: Mapping[str, str], given: Mapping[str, str | None]) -> Workspace:
    """The workspace around `start`. A value comes from the call (`given`), else KB_* in the environment, else kb.toml.

    Raises ConfigError where kb.toml or a value cannot be read, or a named corpus is no folder.
    """
    root = next((p for p in (start, *start.parents) if (p / CONFIG_NAME).is_file()), start)
    settings = _read_settings(root / CONFIG_NAME)
    found = {key: _given(key, given, environment, settings) for key in Settings.__struct_fields__}

    def place(key: str, default: Path) -> Path:
        base = root if found[key].origin == CONFIG_NAME else start
        return (base / Path(found[key].value).expanduser()).resolve() if found[key].value else default

    own_corpus = root / "corpus"
    corpus = place("corpus", own_corpus if own_corpus.is_dir() else data_folder("corpus"))
    if not corpus.is_dir():
        message = f"{corpus}: the corpus is not a folder (from {found['corpus'].origin})"
        raise ConfigError(message, "name the folder that holds the documents")
    return Workspace(
        root=root,
        corpus=corpus,
        build=place("build", root / "kb-build"),
        notes=place("notes", root / "kb-notes"),
        as_of=_day(found["as_of"]),
        origin={key: setting.origin for key, setting in found.items()},
    )


def _given(key: str, given: Mapping[str, str | None], environment: Mapping[str, str], settings: Settings) -> _Given:
    variable = f"KB_{key.upper()}"
    sources = (
        _Given(given.get(key) or "", "option"),
        _Given(environment.get(variable, ""), f"environment {variable}"),
        _Given(str(getattr(settings, key) or ""), CONFIG_NAME),
    )
    return next((source for source in sources if source.value), _Given("", "default"))


def _day(given: _Given) -> date | None:
    try:
        return date.fromisoformat(given.value) if given.value else None
    except ValueError as error:
        message = f"as_of: {given.value!r} is not a date (from {given.origin})"
        raise ConfigError(message, "write it as 2018-10-24") from error


def _read_settings(path: Path) -> Settings:
    if not path.is_file():
        return Settings()
    import tomllib  # noqa: PLC0415 - most workspaces have no settings, and commands start sooner

    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        hint = f"keys: {', '.join(Settings.__struct_fields__)}; all are optional"
        raise ConfigError(f"{path}: {error}", hint) from error
