"""Where a time expression may be: the seeds of the date grammar, found without a look at every character.

    "The bureau shall reply by June 30, 2018." -> the places of "June" and "2018"

A sentence without a seed costs no more than this scan of the body. One expression says what a seed is, but `re` would try
its branches everywhere; so the places to try it at come from marks that the engine skips to: a capital or a digit that
begins a seed, and rare letters inside the others.
"""

from __future__ import annotations

import re

_WORD = (
    r"(?:19|20)\d\d|[Dd]ay|[Ww]eek|[Mm]onth|[Qq]uarter|[Yy]ear|[Hh]our|[Mm]inutes?\b|[Dd]ecade|[Ff]ortnight"
    r"|Jan|Feb|Mar|Apr|May\b|June?|July?|Aug|Sep|Oct|Nov|Dec|YEAR|MONTH|DAY|FYP"
    r"|[Aa]nnually|[Bb]iannual|[Bb]iennial|[Tt]riennial|[Ss]emi-?annual|\bdaily\b|\d·\d|·\d"
)
_ISSUED = "(?:promulgation|issuance|issue|publication|release|announcement)"
SEED = re.compile(rf"{_WORD}|annual basis|[Dd]ate |[Oo]n (?:(?:its|their) )?{_ISSUED}")
"""What a sentence with a time expression must hold."""

SEED_HINT = re.compile(rf"{_WORD}|annual$|[Dd]ate$|^{_ISSUED}")
"""What one word of it must hold."""

_BY_FIRST = re.compile(f"[12ABDFHJMNOQSTWY](?<=(?={SEED.pattern}).)")
"""The seeds that begin with a capital or with the digits of a year."""

_ON, _ON_ITS, _ON_THEIR = (len(words) for words in ("on", "on its", "on their"))
_MARKS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("day", "year", "hour", "daily", "date "), (0,)),
    **dict.fromkeys(("eek", "onth", "uarter", "inute", "ecade", "ortnight"), (1,)),
    "annual": (0, len("bi"), len("semi"), len("semi-")),
    "ennial": (len("bi"), len("tri")),
    "·": (0, 1),
    **dict.fromkeys(
        (" promulgation", " issuance", " issue", " publication", " release", " announcement"), (_ON, _ON_ITS, _ON_THEIR)
    ),
}
"""Letters of the other seeds, and how far behind the beginning of a seed they may stand."""


def find_seeds(text: str) -> list[int]:
    """Every place at which `SEED` matches, in text order."""
    seeds = [match.start() for match in _BY_FIRST.finditer(text)]
    find, is_seed = text.find, SEED.match
    for mark, distances in _MARKS.items():
        at = find(mark)
        while at >= 0:
            seeds += [at - back for back in distances if back <= at and is_seed(text, at - back)]
            at = find(mark, at + 1)
    return sorted(set(seeds))
