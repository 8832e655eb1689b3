"""Whether a statement moves somebody onto a list: "entered on the blacklist", "leads to the blacklist"; not "two years on it"."""

from __future__ import annotations

import re

from kb.extract.lists_cutting import Statement
from kb.extract.lists_likeness import NamedList

_BEFORE = 80  # characters in front of the name in which the verb stands
_INTO = re.compile(r"\b(?:on|onto|in|into|to)\s+(?:the|a|an)?\s*[\"“]?(?:\w+\s+){0,4}$", re.IGNORECASE)
_GROUND = re.compile(
    r"\b(?:years?|months?|times|twice|entry|entries|grounds?(?: of)?|under)\s+(?:on|of|in)?\s*(?:the|a)?\s*$",
    re.IGNORECASE,
)
_ENTRY_VERB = re.compile(
    r"\b(?:enter|plac|includ|put|list|add|transfer|mov|lead|record|regist|named?|go(?:es)?)\w*\b", re.IGNORECASE
)


def is_onto(text: str, statement: Statement, named: NamedList) -> bool:
    """Whether the statement puts its subject on this list."""
    for mention in named.mentions:
        if statement.start <= mention.start < statement.end:
            before = text[max(mention.start - _BEFORE, statement.start) : mention.start]
            if _INTO.search(before) and _ENTRY_VERB.search(before) and not _GROUND.search(before):
                return True
    return False
