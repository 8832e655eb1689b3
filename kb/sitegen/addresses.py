"""Where everything stands in the site: paths from its top folder, with fragments.

A document longer than a page may be is cut into parts at the start of a unit (an article, a heading, a paragraph);
an address therefore needs the offset of what it leads to.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from functools import lru_cache

_UNSAFE = re.compile(r"[^a-z0-9.-]+")
_LONGEST = 100  # characters of a file name that every file system and archive takes


@lru_cache(maxsize=1 << 14)
def file_name(ident: str) -> str:
    """The id as a file name without ending: lower case, ASCII; ids that differ give names that differ."""
    name = _UNSAFE.sub("-", ident.lower()).strip("-.")
    if name == ident and len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(ident.encode()).hexdigest()[:8]
    return f"{name[:_LONGEST]}-{digest}".lstrip("-")


def numbered(path: str, number: int) -> str:
    """The path of part `number` of a page that goes on: page.html, page-2.html, …"""
    return path if number == 1 else path.removesuffix(".html") + f"-{number}.html"


class Addresses:
    """Paths of pages; `cuts` gives the offsets at which the second and later parts of a long document begin."""

    def __init__(self, cuts: dict[str, tuple[int, ...]], starts: dict[str, dict[str, int]]) -> None:
        self._cuts = cuts
        self._paths = {
            document: tuple(numbered(f"documents/{file_name(document)}.html", n) for n in range(1, len(own) + 2))
            for document, own in cuts.items()
        }
        self._starts = starts  # of provisions, for the documents that have parts

    def knows(self, document: str) -> bool:
        return document in self._cuts

    def part_at(self, document: str, offset: int) -> int:
        """The number, from 1, of the part that holds the character at `offset`."""
        return bisect_right(self._cuts[document], offset) + 1

    def cuts(self, document: str) -> tuple[int, ...]:
        """Where the second and later parts begin."""
        return self._cuts[document]

    def paths(self, document: str) -> tuple[str, ...]:
        """The pages of all parts of a document."""
        return self._paths[document]

    def parts(self, document: str) -> int:
        return len(self._cuts[document]) + 1

    def document(self, document: str, part: int = 1) -> str:
        """The page of a document, or "" where the base does not hold it."""
        return self._paths[document][part - 1] if document in self._paths else ""

    def provision(self, document: str, eid: str) -> str:
        """The place of a provision; the page alone where the eId is empty."""
        if not self.knows(document) or not eid:
            return self.document(document)
        start = self._starts[document].get(eid, 0) if self._cuts[document] else 0
        return f"{self.document(document, self.part_at(document, start))}#{eid}"

    def item(self, item: str, offset: int) -> str:
        """The place of an action item, whose id is <document>#<eid>~<n>."""
        document, _, anchor = item.partition("#")
        return f"{self.document(document, self.part_at(document, offset))}#{anchor}"

    @staticmethod
    def list_standard(ident: str) -> str:
        return f"lists/{file_name(ident.replace('#list-', '--'))}.html"

    @staticmethod
    def body(ident: str) -> str:
        return f"bodies/{file_name(ident)}.html"

    @staticmethod
    def field(ident: str) -> str:
        return f"fields/{file_name(ident)}.html"

    @staticmethod
    def measure(ident: str) -> str:
        return f"measures/{file_name(ident)}.html"
