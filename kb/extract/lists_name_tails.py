"""What is told behind the noun of a list's name: "list of persons |restricted from buying train tickets|", "roll of clinics |that forged bills|".

A name that says its kind without that ("blacklist of carriers") goes on only with the words by which its members are barred
or have done wrong; one that does not ("register of clinics") with any clause of the kind, and lists.yaml then decides.
"""

from __future__ import annotations

import re

from kb.extract.words import BE_FINITE, CONJ, DET, HAVE, MODAL, NOT, NOUNISH, PRONOUN, REL, SUB, VERB, VERB_S, classify

_BARRED = (
    r"(?:barred|debarred|restricted|banned|prohibited|excluded|disqualified|suspended|expelled|precluded|forbidden|struck off|blocked|convicted|sentenced|punished"
    r"|penali[sz]ed|fined|sanctioned|disciplined|warned|criticized|criticised|condemned|dismissed|ordered|found|proved|proven|known|suspected|accused|held|caught|reported"
    r"|involved|implicated|engaged|concerned)"
)
_DOING = r"(?:having|being|refusing|evading|failing|violating|breaking|breaching|owing|defaulting|abusing|dodging|delaying|cheating|lacking|losing|forging|selling|making|causing|committing)"
_QUALITY = r"(?:(?:(?:not )?subject|guilty|responsible|liable|unable|unwilling|unfit|seriously \w+|in (?:serious |gross |grave )?(?:breach|default|arrears|violation|contempt)|under|with(?:out)?)\b)"
_PENAL = re.compile(
    rf" (?:{_BARRED} (?=(?:from|of|for|to|as|off|in|at|under)\b)|having |(?:guilty|in (?:\w+ )?(?:breach|violation)) of )",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf" (?:(?:who|which|that) (?:(?:(?:have|were|are)(?: been)? )|(?=[\w-]+(?<!s) ))|{_BARRED}\b|{_DOING}\b|{_QUALITY})",
    re.IGNORECASE,
)
_SHORTENED = re.compile(  # "list of agencies | and their staff that have been penalised | (hereinafter the “Agency List”)"
    r"(?:(?! (?:shall|must|may|can|will|is|should)\b)[^,.;:()\n]){1,160}?(?= \([^()\n]{0,50}?[\"“‘'][^()\n]{0,30}(?:list|roll|register|roster|directory|catalogue)[\"”’'][^()\n]{0,20}\))",
    re.IGNORECASE,
)
_ONWARD = re.compile(  # a barring that the name has begun: "list of persons barred from serving | as auditors"
    rf"\b{_BARRED}(?: (?:from|of|for|to)\b[^,;:.()]{{0,60}})?$", re.IGNORECASE
)
_GOES_ON = re.compile(r" (?:from|of|for|as|to|in|under)\b")
_WORD = re.compile(r"[\w’'-]+")
_JOINING = frozenset("from of for as to in with against on under off the a an its their".split())
_LAST_IN_PHRASE = frozenset("from of for as to in with against on under off the a an its their not and or".split())
_ONCE = frozenset("from as with against under in on".split())
_NO_PART = re.compile(
    r"(?:in (?:accordance|line|conformity|addition|the (?:event|case|course|manner))|(?:for|of|in) (?:\w+ ){0,2}(?:years?|months?|days?|life)\b(?! of)|from the (?:date|day)|on (?:the|a|its|their) (?:\w+ ){0,2}(?:day|date|website|list|basis))",
    re.IGNORECASE,
)
_NO_CONDUCT = re.compile(
    r"\b(?:no|not|never|without|neither|handle|handles|review\w*|investigat\w*|supervis\w*|prevent\w*|combat\w*|fight\w*|meet\w*|passed|approved)\b",
    re.IGNORECASE,
)
_NEVER_INSIDE = MODAL | BE_FINITE | HAVE | SUB | REL | CONJ | NOT | PRONOUN
_WIDEST = 12  # words


def tail_end(text: str, last: int, limit: int, *, is_told: bool) -> int:
    """Where a name ends with what is told behind its noun; `last` where nothing is. `is_told`: whether it says its kind already."""
    if is_told:
        opened = _PENAL.match(text, last, limit)
        if opened is None and not (_GOES_ON.match(text, last, limit) and _ONWARD.search(text, max(last - 80, 0), last)):
            return last
    else:
        shortened = _SHORTENED.match(text, last, limit)
        if shortened:
            return shortened.end()
        opened = _TAIL.match(text, last, limit)
        if opened is None and not _ONWARD.search(text, max(last - 80, 0), last):
            return last
    end = _phrase_end(text, opened.end() if opened else last, limit)
    return last if not is_told and _NO_CONDUCT.search(text, last, end) else max(end, last)


def _phrase_end(text: str, at: int, limit: int) -> int:
    """The end of the last noun before a sign, a finite verb, a conjunction or a phrase of time, manner or place."""
    end, met, before = at, set[str](), ""
    at -= text[at - 1] == " "
    for _ in range(_WIDEST):
        word = _WORD.match(text, at + 1, limit) if text[at : at + 1] == " " else None
        if word is None or _NO_PART.match(text, at + 1):
            break
        lower = word[0].lower()
        if lower in _JOINING:
            if lower in _ONCE and lower in met:
                break
            met.add(lower)
        elif lower in {"and", "or"}:
            if _acts_on(text, word.end()):
                break
        elif (classify(lower) & _NEVER_INSIDE and before != "to") or _is_finite(lower, before):
            break
        at, before = word.end(), lower
        if lower not in _LAST_IN_PHRASE:
            end = at
    return end


def _is_finite(word: str, before: str) -> bool:
    """Whether a word is a verb of the sentence around the name: "the list of persons barred from flights | lasts"."""
    kind = classify(word)
    is_inside = before in {"to", "", "and", "or"} or before in _JOINING or before.endswith("ing")
    return bool(kind & (VERB | VERB_S)) and not kind & NOUNISH and not is_inside


def _acts_on(text: str, at: int) -> bool:
    """Whether "and" goes on with the sentence around the name: "and |report it|", "and |publishes the list|"."""
    words = [match[0].lower() for match in _WORD.finditer(text, at, at + 40)][:2]
    first = classify(words[0]) if words else 0
    return bool(first & VERB_S) or (len(words) > 1 and bool(first & VERB and classify(words[1]) & (DET | PRONOUN)))
