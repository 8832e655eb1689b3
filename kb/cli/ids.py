"""Ids and values as arguments: completed in the shell from the built base, without loading more than SQLite."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_LIMIT = 200


class AnyId(click.ParamType[str]):
    """A document, an item, a list or an address; "#" after a document goes into it."""

    name = "id"
    kinds: tuple[str, ...] = ("documents", "items", "lists", "bodies")

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds or type(self).kinds

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).strip()

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from kb.store import StoreError, open_base
        from kb.workspace import ConfigError, find_workspace

        try:
            base = open_base(find_workspace(Path.cwd(), os.environ, ctx.find_root().params).database)
            return [CompletionItem(i, help=about) for i, about in base.ids(self.kinds, incomplete, _LIMIT)]
        except (StoreError, ConfigError):
            return []


class ItemId(AnyId):
    """An item of the base."""

    name = "item"
    kinds = ("documents", "items")


class ThingId(AnyId):
    """An item or a list of the base."""

    name = "thing"
    kinds = ("documents", "items", "lists")


class DocumentId(AnyId):
    """A document of the base."""

    name = "document"
    kinds = ("documents",)


class BodyId(AnyId):
    """A body of the base."""

    name = "body"
    kinds = ("bodies",)


class Value(AnyId):
    """A value that the base knows: fields, kinds or regions of its documents, rules of its items."""

    name = "value"
