"""What a sentence on something else says of a list by the way: how long an entry lasts, and that the list is made public.

"Employers that owe wages are |put on it for one year| and barred from bids", "it is entered on the list, |which the bureau publishes|".
"""

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


_MAKES_PUBLIC = (
    r"(?:publish(?:es|ed)?|publici[sz]e[sd]?|announce[sd]?|disclose[sd]?|releases?|mak(?:es?|ing) (?:it|this|them|the (?:entry|list|name)s?) (?:known|public)|(?:made|makes) (?:known|public)"
    r"|pass(?:es|ed)? (?:it )?on|passes|share[sd]?|forward(?:s|ed)?|transmit(?:s|ted)?|send(?:s)?|sent|circulate[sd]?)"
)
_TO_ITS_END = r"\b[^,;:.()]{0,240}?(?=,|;|:|\.(?:\s|$)|\(|$|\s+and\s+(?:[a-z]+s\s|shall\b|may\b|must\b|is\b|are\b|remind|inform|notif))"
_PUBLIC = re.compile(
    rf"(?<=, )which (?:(?!which\b)[^,;:]){{0,60}}?\b{_MAKES_PUBLIC}{_TO_ITS_END}"
    rf"|(?<=\band )(?:then |shall |must |to )?(?:publish|publici[sz]e|announce|disclose|release)(?:s|es)?\b (?:this|it|them|the (?:list|name|entr|decision|result)\w*|to the public)\b{_TO_ITS_END}"
    rf"|(?<=\band )(?:then |shall |must |to )?makes? (?:it|this|them|the (?:entry|list|name)s?) (?:known|public){_TO_ITS_END}",
    re.IGNORECASE,
)


_EXCULPATES = re.compile(  # "unless they prove that they were not at fault"
    r"\b(?:unless|save where|save that|except where|except if) (?:(?:it|they|he|she|the|that|such|this|its|their|his|an?)\b[^.;:,]{0,60}? |(?:he or she) )?"
    r"(?:can (?:prove|show|demonstrate)|(?:is|are) able to (?:prove|show|demonstrate)|proves?|shows?|demonstrates?|(?:is|are|has been|have been) (?:proved|proven|shown)|provides? (?:proof|evidence)|due diligence)\b[^.;:]*",
    re.IGNORECASE,
)


def exculpation_in(text: str, start: int, end: int) -> Stretch | None:
    """The words of a sentence on entry by which one may escape it; None where there is no such way."""
    found = _EXCULPATES.search(text, start, end)
    return found.span() if found else None


def made_public_in(text: str, start: int, end: int) -> Stretch | None:
    """The words of a sentence that has another main point by which a list is published or passed on; None where none do."""
    found = _PUBLIC.search(text, start, end)
    return found.span() if found else None


def lasting_in(text: str, start: int, end: int) -> Stretch | None:
    """The words of a clause that say how long somebody is listed; None where it says nothing of it."""
    found = _PUT.search(text, start, end) or _RUNS.search(text, start, end)
    return found.span() if found else None
