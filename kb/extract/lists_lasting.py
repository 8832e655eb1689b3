"""How long an entry lasts, said by the way in a clause on something else: "are |put on it for one year| and barred from bids"."""

from __future__ import annotations

import re

Stretch = tuple[int, int]

_LENGTH = (
    r"(?:(?:a|the) (?:further )?(?:term|period|time) of )?(?:(?:not|no) (?:more|longer) than |at most |up to )?"
    r"(?:(?:\d+|an?|half a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty|twenty-four|thirty-six)"
    r"(?:(?: to | and |-)(?:\d+|one|two|three|four|five|six|ten|twelve|a half))?[ -](?:full |calendar |whole )?(?:years?|months?|quarters?|seasons?)\b|life\b|good\b)"
)
_LIST = r"(?:lists?|blacklists?|redlists?|registers?|roll|roster|directory|on record|catalogue|it|them|there|thereon|therein|website|portal|page|column)"
_PUT = re.compile(  # "are put on it for one year", "stays on the list for life", "is published on the portal for a term of two years"
    r"(?<!been )(?<!have )(?<!having )(?<!has )\b(?:(?:is|are|be|goes|go) )?(?:(?:put|plac\w+|enter\w*|list\w*|kept|keep\w*|record\w*|includ\w+|add\w*|transfer\w*|mov\w+|go(?:es)?|stays?|remains?|named?|shown?|shows|display\w*|publish\w*|publici[sz]\w+|stands?)\b"
    rf"(?:(?!\b(?:may|must|shall|and|or|who|that|which|from|if|when|where|after|has|have)\b)[^.;:,()]){{0,90}}?\b{_LIST}\b(?:(?!\b(?:may|must|shall|and|or|who|that|which|from|if|when|where|after|has|have)\b)[^.;:,()]){{0,50}}?|blacklisted|listed|published|publicized) for {_LENGTH}",
    re.IGNORECASE,
)
_RUNS = re.compile(  # "An entry lasts for one year", "Key supervision runs to the end of the second year"
    r"\b(?:entr(?:y|ies)|listing|inscription|status|watch|supervision|restrictions?|prohibitions?|ban|debarment|recognition|inclusion|placement|warning|record|list)\b[^.;:,]{0,60}?"
    r"\b(?:lasts?|runs?|holds?|stands?|lapses?|expires?|endures?|persists?|subsists?)\b[^.;:,]{0,30}?\b" + _LENGTH,
    re.IGNORECASE,
)


def lasting_in(text: str, start: int, end: int) -> Stretch | None:
    """The words of a clause that say how long somebody is listed; None where it says nothing of it."""
    found = _PUT.search(text, start, end) or _RUNS.search(text, start, end)
    return found.span() if found else None
