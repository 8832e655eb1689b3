"""Scans of whole bodies that the regular expression engine runs through at the speed of C.

`re` passes over text fast only where a pattern begins with a set of characters; with a word boundary or a lookbehind in
front it tries every alternative at every character. So the set comes first here and the boundary is looked at behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


class WordScan:
    """Finds what `pattern` matches at the beginnings of words, as `re.finditer` would with `(?<![joined])` before it.

    `first` are all characters with which a match can begin, `joined` those that may not stand before it.
    """

    def __init__(self, pattern: str, first: str, joined: str = r"\w") -> None:
        self.pattern = re.compile(pattern)
        self._sign = re.compile(f"[{first}](?<![{joined}].)(?<=(?={pattern}).)")

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in text order, none overlapping another."""
        return matches_at(self._sign, self.pattern, text)


def matches_at(sign: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of `pattern` that begin where `sign`, which is quick to find, matches one character or more."""
    reached = 0
    for place in sign.finditer(text):
        if place.start() >= reached and (match := pattern.match(text, place.start())):
            reached = match.end()
            yield match
