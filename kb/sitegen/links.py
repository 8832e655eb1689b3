"""All pages -> the internal links that lead nowhere. Reads our own HTML, whose attributes stand behind a space, in double quotes."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from html import unescape
from urllib.parse import unquote

from kb.problems import Problem

_LINKS = (re.compile(' href="([^"]*)"'), re.compile(' src="([^"]*)"'))  # a space before: fast, as it is literal
_ID = re.compile(' id="([^"]*)"')
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


def ids_of(html: str) -> str:
    """The ids of a page, in their order, as they are written, one a line."""
    return "\n".join(_ID.findall(html))


def links_of(html: str) -> set[str]:
    """Where the links of a page lead, as they are written."""
    return {link for pattern in _LINKS for link in pattern.findall(html)}


class LinkCheck:
    """Compares links with the files of the site and the ids of its pages; an address that is good is judged once a folder.

    `ids` gives the ids of a page as `ids_of` does.
    """

    def __init__(self, files: Iterable[str], ids: Callable[[str], str]) -> None:
        self._files = set(files)
        self._ids = ids
        self._targets: dict[tuple[str, str], str] = {}  # where places lead to, by folder
        self._places: dict[str, set[str]] = {}
        self._good: dict[str, set[str]] = {}

    def problems(self, path: str, links: AbstractSet[str]) -> list[Problem]:
        """The links of the page that lead to no file or place, and its ids that stand twice."""
        found = []
        if (text := self._ids(path)) and len(self._places_in(path)) <= text.count("\n"):
            twice = (ident for ident, number in Counter(_idents(text)).items() if number > 1)
            found = [Problem(path, 0, "site-link", f'the id "{ident}" stands twice') for ident in twice]
        folder = posixpath.dirname(path)
        good = self._good.setdefault(folder, set())
        for link in links - good:
            if message := self._broken(path, folder, unescape(link) if "&" in link else link):
                found.append(Problem(path, 0, "site-link", message))
            elif not link.startswith("#"):  # which is good on this page alone
                good.add(link)
        return found

    def _broken(self, path: str, folder: str, link: str) -> str:
        if _OUTSIDE.match(link):
            return ""
        address, _, fragment = link.partition("#")
        place = address.partition("?")[0]
        target = self._target(folder, place) if place else path
        if target not in self._files:
            return f'a link to "{link}": there is no such file'
        if fragment and target.endswith(".html") and unquote(fragment) not in self._places_in(target):
            return f'a link to "{link}": the page has no such place'
        return ""

    def _target(self, folder: str, place: str) -> str:
        key = (folder, place)
        if key not in self._targets:
            self._targets[key] = posixpath.normpath(posixpath.join(folder, unquote(place)))
        return self._targets[key]

    def _places_in(self, path: str) -> set[str]:
        if path not in self._places:
            self._places[path] = set(_idents(self._ids(path)))
        return self._places[path]


def _idents(ids: str) -> list[str]:
    """The ids that `ids_of` gives, as they are meant."""
    return unescape(ids).split("\n") if "&" in ids else ids.split("\n")
