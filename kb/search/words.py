"""Text -> words, stems and Chinese grams: what is indexed and what a query is compared with. One place for both.

"The Defaulters' list (失信)" has the words the, defaulters, list; their stems default and list, since "the" is a stop
word; and the grams 失, 信, 失信.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.search.porter import stem

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FIRST_HAN = "\u3400"


@cache
def _han() -> re.Pattern[str]:
    """A run of Chinese signs; compiled when the first text needs it, which takes longer than a search."""
    return re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def han_runs(text: str) -> list[tuple[int, str]]:
    """The runs of Chinese signs in `text`, each with its place."""
    if text.isascii() or max(text) < _FIRST_HAN:
        return []
    return [(m.start(), m.group()) for m in _han().finditer(text)]


def is_han(text: str) -> bool:
    """Whether `text` is one run of Chinese signs."""
    return han_runs(text) == [(0, text)]


def without_han(text: str) -> str:
    """`text` with a space for each Chinese sign, so that places stay the same."""
    if text.isascii() or not text or max(text) < _FIRST_HAN:
        return text
    return _han().sub(lambda m: " " * len(m.group()), text)


STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are aren't as at be because been before being below
    between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for
    from further had hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself him himself
    his how how's i i'd i'll i'm i've if in into is isn't it it's its itself just let's may me more most must mustn't my
    myself no nor not of off on once only or other ought our ours ourselves out over own s same shall shan't she she'd
    she'll she's should shouldn't so some such t than that that's the their theirs them themselves then there there's
    these they they'd they'll they're they've this those through to too under until up very was wasn't we we'd we'll
    we're we've were weren't what what's when when's where where's which while who who's whom why why's will with won't
    would wouldn't you you'd you'll you're you've your yours yourself yourselves
    """.split()
)


# Words of a question that say little about its answer; in a query they count ASKING as much as others.
ASKING_WORDS = frozenset(
    "explain get gets getting give got happen happens know long much need please tell want".split()
)
ASKING = 0.2


def words(text: str) -> list[str]:
    """The words of `text` in order, in lower case, with a straight apostrophe; Chinese runs are no words."""
    return WORD.findall(without_han(text).lower().replace("’", "'"))


def bare(word: str) -> str:
    """A lower-case word without its possessive ending."""
    if word.endswith("'s"):
        return word[:-2]
    return word.replace("'", "") if "'" in word else word


class Stems:
    """Word -> stem with a memory; None for a stop word. One for a process is enough."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = dict.fromkeys(STOP_WORDS)

    def __call__(self, word: str) -> str | None:
        try:
            return self._known[word]
        except KeyError:
            found = self._known[word] = stem(bare(word))
            return found

    def of(self, text: str) -> list[str]:
        """The stems of the content words of `text`, in order."""
        known = self._known
        out = []
        for word in words(text):
            found = known[word] if word in known else self(word)
            if found is not None:
                out.append(found)
        return out


STEMS = Stems()


def han_grams(text: str) -> Iterator[str]:
    """Each Chinese sign and each pair of neighbours, run by run; a text holds a run only if it holds all its grams."""
    for _, run in han_runs(text):
        yield from run
        yield from (run[i : i + 2] for i in range(len(run) - 1))
