"""All pages -> the internal links that lead nowhere. Reads our own HTML, whose attributes are always in double quotes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

from kb.problems import Problem

_ATTRIBUTE = re.compile(r'\s(id|href|src)="([^"]*)"')
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


class LinkCheck:
    """Collects ids and links page by page; `problems` compares them at the end."""

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = {}
        self._links: dict[str, set[str]] = {}
        self._twice: list[Problem] = []

    def read(self, path: str, html: str) -> None:
        """Note the ids of a page and where its links lead."""
        ids: set[str] = set()
        links = self._links.setdefault(path, set())
        for match in _ATTRIBUTE.finditer(html):
            name, value = match.group(1), match.group(2)
            if name != "id":
                links.add(value)
            elif (value := unescape(value)) in ids:
                self._twice.append(Problem(path, 0, "site-link", f'the id "{value}" stands twice'))
            else:
                ids.add(value)
        self._ids[path] = ids

    def problems(self, files: Iterable[str]) -> tuple[Problem, ...]:
        """Links to files or fragments that are not there, and ids that stand twice, sorted."""
        known = set(files)
        found = list(self._twice)
        for path, links in self._links.items():
            for link in links:
                if message := self._broken(path, unescape(link), known):
                    found.append(Problem(path, 0, "site-link", message))
        return tuple(sorted(found))

    def _broken(self, path: str, link: str, known: set[str]) -> str:
        if _OUTSIDE.match(link):
            return ""
        address, _, fragment = link.partition("#")
        place = unquote(address.partition("?")[0])
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), place)) if place else path
        if target not in known:
            return f'a link to "{link}": there is no such file'
        if fragment and target in self._ids and unquote(fragment) not in self._ids[target]:
            return f'a link to "{link}": the page has no such place'
        return ""
