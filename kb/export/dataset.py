"""The whole base as of a date -> one JSON document, and the JSON Schema that describes it.

`version` is raised when a key is renamed or changes its meaning; new keys do not raise it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from kb.model import Citation, Definition, ListStandard, Metadata, Reference
from kb.track import DueRow

VERSION = "1"
SCHEMA_ID = "urn:policy-kb:dataset:1"


class DocumentFacts(msgspec.Struct, frozen=True):
    """The head of a document and what was read from it beside its items."""

    metadata: Metadata
    lists: tuple[ListStandard, ...]
    citations: tuple[Citation, ...]
    definitions: tuple[Definition, ...]


class Dataset(msgspec.Struct, frozen=True):
    """Everything that a reader of the JSON export gets."""

    version: str
    as_of: date
    digest: str  # names the corpus and the rules it was made from
    licence: str
    documents: tuple[DocumentFacts, ...]
    items: tuple[DueRow, ...]  # every item, with its schedule as of the date, most urgent first
    bodies: tuple[Mapping[str, Any], ...]


def dataset(
    rows: tuple[DueRow, ...], documents: tuple[DocumentFacts, ...], reference: Reference, as_of: date, digest: str
) -> Dataset:
    """The dataset of these rows and documents."""
    licence = "corpus text and facts: CC BY 4.0"
    bodies = tuple(msgspec.to_builtins(body) for body in reference.bodies)
    return Dataset(VERSION, as_of, digest, licence, documents, rows, bodies)


def encode(data: Dataset) -> bytes:
    """The JSON text, indented by two."""
    return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2) + b"\n"


def schema() -> bytes:
    """The JSON Schema (draft 2020-12) that every dataset of this version fits."""
    body: dict[str, Any] = msgspec.json.schema(Dataset)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, "title": "policy-kb dataset"}
    return msgspec.json.format(msgspec.json.encode({**head, **body}, order="deterministic"), indent=2) + b"\n"
