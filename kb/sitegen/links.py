"""All pages -> the internal links that lead nowhere. Reads our own HTML, whose attributes stand behind a space, in double quotes."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

from kb.problems import Problem

_LINKS = (re.compile(' href="([^"]*)"'), re.compile(' src="([^"]*)"'))  # a space before: fast, as it is literal
_ID = re.compile(' id="([^"]*)"')
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


class LinkCheck:
    """Collects ids and links page by page; `problems` compares them at the end, each address of a folder once."""

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = {}
        self._links: dict[str, set[str]] = {}
        self._twice: list[Problem] = []

    def read(self, path: str, html: str) -> None:
        """Note the ids of a page and where its links lead."""
        self._links[path] = {link for pattern in _LINKS for link in pattern.findall(html)}
        ids = _ID.findall(html)
        self._ids[path] = {unescape(ident) for ident in ids}
        if len(self._ids[path]) < len(ids):
            twice = (unescape(ident) for ident, number in Counter(ids).items() if number > 1)
            self._twice += [Problem(path, 0, "site-link", f'the id "{ident}" stands twice') for ident in twice]

    def problems(self, files: Iterable[str]) -> tuple[Problem, ...]:
        """Links to files or fragments that are not there, and ids that stand twice, sorted."""
        known = set(files)
        found = list(self._twice)
        judged: dict[tuple[str, str], str] = {}
        for path, links in self._links.items():
            folder = posixpath.dirname(path)
            for link in links:
                key = (path if link.startswith("#") else folder, link)
                if key not in judged:
                    judged[key] = self._broken(path, unescape(link), known)
                if message := judged[key]:
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
