"""Pages and assets -> files: those that did not change are taken over, the others are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from jinja2 import Environment

from kb.sitegen.links import ids_of, links_of
from kb.sitegen.output import Output
from kb.sitegen.page import Asset, Later, Page
from kb.sitegen.state import File, Keys, State


class Printed(NamedTuple):
    """A file of the site, with its record; `links` is None where it was taken over."""

    path: str
    file: File
    written: bool  # it is new or differs from the published one
    links: frozenset[str] | None

    @property
    def is_page(self) -> bool:
        return self.path.endswith(".html")


class Press:
    """Makes the files of one site; `before` describes the published one."""

    def __init__(
        self,
        output: Output,
        environment: Environment,
        keys: Keys,
        shared: Mapping[str, object],
        before: State,
    ) -> None:
        self._output = output
        self._environment = environment
        self._keys = keys
        self._shared = shared
        self._before = before

    def print(self, pieces: Iterable[Page | Asset]) -> list[Printed]:
        """Put the files in place, and say what became of each."""
        return [self._print(piece) for piece in pieces]

    def _print(self, piece: Page | Asset) -> Printed:
        key = self._keys.of(piece)
        old = self._before.files.get(piece.path)
        if old and old.key == key and self._output.keep(piece.path, old.size):
            return Printed(piece.path, old, False, None)
        if isinstance(piece, Asset):
            content = piece.content.make() if isinstance(piece.content, Later) else piece.content
            return Printed(piece.path, File(key, len(content)), self._output.add(piece.path, content), frozenset())
        html = self._render(piece)
        content = html.encode()
        file = File(key, len(content), ids_of(html))
        return Printed(piece.path, file, self._output.add(piece.path, content), frozenset(links_of(html)))

    def _render(self, page: Page) -> str:
        context: dict[str, Any] = {k: v.make() if isinstance(v, Later) else v for k, v in page.context.items()}
        template = self._environment.get_template(page.template)
        return template.render(**self._shared, **context, page=page, up="../" * page.path.count("/"))
