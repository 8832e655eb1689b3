"""Where the name of a list begins before its head and where it ends behind it: "the |wage arrears list of road hauliers| is kept"."""

from __future__ import annotations

import re

from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    BE_FINITE,
    CONJ,
    DET,
    HAVE,
    MODAL,
    NOT,
    NOUNISH,
    PAST_AUX,
    PREP,
    PRONOUN,
    REL,
    SUB,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
    classify,
)

_NOT_IN_NAME = DET | PREP | CONJ | MODAL | BE_FINITE | PAST_AUX | HAVE | REL | SUB | NOT
_LEFT_OUT = frozenset(
    "existing corresponding relevant own proposed unified national nationwide province-wide new such credit respective following said same whole full published updated final draft first-draft this next month’s month's any anybody’s anybody's anyone’s anyone's confirmed".split()
)
_CREDITED = frozenset("village household town township farmer community".split())  # "the credit village roll"
_TRADES = frozenset({"services", "sales"})  # nouns that could be verbs: "the household services blacklist"
_OF = re.compile(r"\s+(of|for)\s+(?:the\s+)?(?=[\w“\"])", re.IGNORECASE)
_PAIR = re.compile(r"(?:(?<=[Tt]he )|(?<=\b[Aa] )|(?<=\b[Aa]n ))([a-z’'-]+ and )$")
_FOR_PLACE = re.compile(  # "the Credit Household List | for the village", "the redlist | of the province to …"
    r"(?:for\s+(?:the|that|each|every)|of\s+(?:the|that|each|every|their|its)(?:\s+whole|\s+entire|\s+own)?)"
    r"\s+(?:village|town|township|county|city|district|prefecture|province|region|country|nation|year|quarter|month"
    r"|exchange|league|association|guild|hospital|university|school|platform|ministry|court|committee|commission|office|department|bureau)\b"
    r"(?=\W*$|\s*[.,;:()]|\s+(?:to|and|or|in|on|at|by|for|from|with|is|are|was|were|shall|may|must|will|has|have|which|that)\b)"
)
_PLACE = re.compile(
    r"(?:[A-Z][\w’-]+ )?(?:village|town|township|county|city|district|prefecture|province|region|country)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\w+ (?:(?:its|their|his|the) own|(?<=in )(?:the )?(?:laws?|regulations?|rules?|provisions?|measures))\b"
)
_TITLED = re.compile(r"[A-Z][\w’-]+[ -](?:[A-Z][\w’-]+)$|\b(?:List|Roll|Register|Roster|Directory|Catalogue|Ledger)$")
_IN_FIELD = re.compile(
    r"in the (?:(?!of |and )[\w’-]+ ){0,3}?(?:field|area|domain|sector|industry|market|trade)\b", re.IGNORECASE
)
_LACKING = re.compile(
    r"without (?:\w+ )?(?:complaints?|licen[cs]es?|permits?|qualifications?|contact|records?|faults?|violations?|accidents?|certificates?)\b"
)
_RATED = re.compile(r"\b(?:rated|graded|classed|classified|ranked) as$", re.IGNORECASE)
_FOR_CONDUCT = re.compile(
    r"for (?:serious|unlawful|illegal|untrust|dishonest|violat|breach|arrears|default|unfair|discredit)"
)
_CONDUCT = re.compile(r"untrust|dishonest|violat|discredit|trust-break|faithless|unlawful|illegal", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+")
_RELATIVES = frozenset({"who", "which", "that"})
_CONDUCT_TOLD = re.compile(
    r"\b(?:abus|misus|evad|cheat|fail(?:ed)? to|refus|violat|break|broke|breach|lost|lose|keep|kept|default|owe|forg|fals|fak|fabricat|brib|disrupt|obstruct|commit|conceal|counterfeit|owe|pollut|smuggl|delay)",
    re.IGNORECASE,
)
_SUBJECT_TO = re.compile(  # "those who |are subject to joint punishment for wage arrears|"
    r"\s(?:is|are|were|(?:has|have) been) (?:(?:now|currently|seriously|deeply|long) )?"
    r"(?:(?:subject to|under|in) (?:joint |serious |credit )?(?:punish|sanction|disciplin|restrict|restrain|arrears|default|breach)\w*"
    r"|(?:de)?barred|banned|excluded|disqualified|suspended|punished|penali[sz]ed|sentenced|convicted|restricted|prohibited)"
    r"(?: (?:for|from|of|with|to) (?!(?:the|an?|its|their|at|in)\b)[\w’'-]+(?: (?:arrears|default\w*|trust|rules|law|conduct|bids?|flights?|evaluation|consumption)\b)?)?"
)
_PLURAL_BEFORE = re.compile(r"[a-z]s \w+$")
_GRADE = re.compile(r"\b(?:class|grade|level|category|rank|rating)[ -]$", re.IGNORECASE)
_AMOUNTS = frozenset("half no less more only once twice again twofold double".split())
_INSTRUMENT = re.compile(r"(?:No\b|[A-Z]\w+ ?(?:[(\[〔]\d{4}|No\b))")
_FORMS_IN_NAMES = frozenset("early warning bidding tendering joint".split())
_LAST_WORD = re.compile(r"([\w’'-]+)\s+$")
_OF_ADJECTIVES = ("ed", "ing", "y", "ful", "est", "ous", "al")
_PARTIES = frozenset("subjects targets objects parties persons entities units offenders".split())
_PASSIVE_IN_NAME = frozenset(
    "barred debarred disqualified banned limited restricted prohibited listed unlisted certified regulated convicted excluded expelled suspended"
    " sentenced rated graded commended".split()
)
_NO_NOUN_OF_NAMES = frozenset("accordance light line compliance newspapers respect lasts reaches".split())
_QUOTED = re.compile(r"[\"“‘]\w[\w’'-]*(?: [\w’'-]+){0,3}[\"”’] $")
_WATCHED = re.compile(  # "entities under strict supervision", "units for key attention"
    r"(?:under|for) (?:\w+ )?(?:attention|supervision|watch|scrutiny|monitoring|observation|concern|surveillance|inspection)\b",
    re.IGNORECASE,
)
_QUOTED_PERSONS = re.compile(r"[\"“][\w’'-]+(?: [\w’'-]+){0,6}[\"”]")
_SETS_DOWN = frozenset({"registers", "lists"})
_CROSSED = frozenset("of in with and or from to for under against".split())
_BEFORE_PARTICIPLES = frozenset({"key", "specially"})  # "key monitored pharmacies"
_OF_THOSE = re.compile(r"\s+(?:of|for)\s+(?:those|all)")  # "a blacklist of those penalised twice"


def name_start(text: str, start: int, floor: int) -> int:
    """Where the nouns and adjectives before a head begin: "the |wage arrears blacklist", "the |“key attention” list"."""
    quoted = _QUOTED.search(text, max(start - 60, floor), start)
    if quoted:
        return quoted.start()
    first = start
    for _ in range(6):
        before = re.search(r"([\w’'-]+)( +)$", text[max(first - 40, floor) : first])
        if not before:
            break
        word = before[1].lower()
        pair = _PAIR.search(text[max(first - 60, floor) : first]) if word == "and" else None
        if pair and first < start:  # "the food and drug blacklist"
            first -= len(pair[1])
            break
        kind = classify(word)
        if word == "a" and first < start and _GRADE.search(text, max(first - 14, floor), first - len(before[0])):
            first -= len(before[0])
            continue  # "the Class A taxpayers list"
        is_verb = kind & (VERB | VERB_S) and not kind & NOUNISH
        is_form = kind & (ADVERB | VERB_ING | VERB_ED) and word not in _FORMS_IN_NAMES and not word.endswith("ly")
        is_open = is_form or (is_verb and kind & ADJECTIVISH)  # "a |prompt| payer list"
        is_verb = is_verb and not kind & ADJECTIVISH
        if kind & _NOT_IN_NAME or is_verb or (is_open and not _follows_determiner(text, first - len(before[0]), floor)):
            break
        is_left_out = word in _LEFT_OUT and _word_at(text, first).removesuffix("s") not in _CREDITED
        is_left_out = is_left_out and not _is_proper(text, first - len(before[0]), start, floor)
        if is_left_out or word.isdigit() or word in {"lists", "blacklists"}:
            break
        at = first - len(before[0])
        if not _is_in_capitals(text, at, start, floor):
            if kind & VERB_S and not kind & VERB and not _is_party(text, word, at, floor):
                break  # "the department bars blacklist members"
            if kind & VERB and kind & NOUNISH and not _is_noun_here(text, at, floor):
                break
        first -= len(before[1]) + len(before[2])
    while first < start and _opens_idly(_word_at(text, first)) and classify(_word_after(text, first)) != 0:
        first += len(_word_at(text, first)) + 1
    return first


def _opens_idly(word: str) -> bool:
    """Whether an adverb before a name says nothing of the list: "also"; "early" of "early warning" does."""
    return bool(classify(word) & ADVERB) and word not in _FORMS_IN_NAMES


def _follows_determiner(text: str, at: int, floor: int) -> bool:
    """Whether a participle is an adjective of the name: "the key monitoring list", "an alerting list"."""
    before = re.search(r"([\w’'-]+)\s+[\"“‘*_]*$", text[max(at - 40, floor) : at])
    if before is None:  # "Recommended list", a heading
        return at == floor and bool(classify(_word_at(text, at)) & VERB_ED)
    return before[1].lower() in {"the", "a", "an", "its", "key", "special"}


def _is_in_capitals(text: str, at: int, head: int, floor: int) -> bool:
    """Whether a word has a capital as the head has, and opens no sentence: "on the Procurement |Bans Register"."""
    return (
        text[at].isupper()
        and text[head].isupper()
        and at > floor
        and text[at - 1] in " *_"
        and text[at - 2] not in ".;:"
    )


def _is_proper(text: str, at: int, head: int, floor: int) -> bool:
    """Whether a word that is left out of names is part of a proper one: "the |National Roll| of Examination Cheating"."""
    return text[at:head].startswith(("N", "Credit")) and _is_in_capitals(text, at, head, floor)


def _word_at(text: str, at: int) -> str:
    word = _WORD.match(text, at)
    return word[0].lower() if word else ""


def _word_after(text: str, at: int) -> str:
    return _word_at(text, at + len(_word_at(text, at)) + 1)


def _is_noun_here(text: str, at: int, floor: int) -> bool:
    """A word that may be verb or noun is a noun behind a determiner, an adjective or another noun, and a verb at the head."""
    before = re.search(r"([\w’'-]+)\s+[\"“‘*_]*$", text[max(at - 40, floor) : at])
    if before is None or classify(before[1].lower()) & (MODAL | CONJ | NOT | SUB):
        return False
    return not before[1].endswith("s") or before[1].endswith(("ss", "ous"))  # "departments check redlists"


def name_end(text: str, end: int, limit: int) -> int:  # noqa: PLR0912  one branch a kind of word
    """Where the noun phrase after "of" ends; `end` itself where none follows."""
    of = _OF.match(text, end, limit)
    if not of or _FOR_PLACE.match(text, of.start(1)) or _of_its_own(text, of, end):
        return end
    if of[1] == "for" and _FOR_CONDUCT.match(text, of.start(1)) and _CONDUCT.search(text, max(end - 40, 0), end):
        return end  # "the serious dishonesty list | for seriously dishonest conduct"
    last, at, crossed, qualified = end, of.end(), 0, 0
    quoted = _QUOTED_PERSONS.match(text, at, limit)
    if quoted:  # "list of “untrustworthy persons” …"
        last, at = quoted.end(), quoted.end() + 1
        if text[quoted.end() : at] != " ":
            return last
    for _ in range(14):
        word = _WORD.match(text, at, limit)
        if not word:
            break
        lower = word[0].lower()
        if lower in _RELATIVES and last > end and not crossed:
            return _behind_relative(text, word.end(), limit) or last
        kind, is_first = classify(lower), last == end or crossed > 0 or bool(qualified)
        qualified = kind & (ADVERB | VERB_ED) or lower in _BEFORE_PARTICIPLES
        if lower in _SETS_DOWN and last > end:
            break  # "the List of Uncivilised Conduct registers adult villagers"
        if crossed and _INSTRUMENT.match(text, at, limit):
            break  # "in Guobanfa (2020) No. 49"
        if last > end and kind & (VERB | VERB_S) and _has_object(text, at):
            break  # "… and report it to the platform", "the Roll of Honour pay half"
        if lower == "as" and _RATED.search(text, end, word.end()):
            crossed = 1  # "taxpayers rated as Class A"
        elif lower == "without" and _LACKING.match(text, at):
            crossed = 1
        elif lower in _CROSSED and last > end and crossed < 2:
            crossed += 1
            if _OF_OTHERS.match(text, at):
                break  # "of its own", "in laws and regulations"
            if lower in {"for", "to", "under", "from"} and not _joins(text, at, end, lower):
                break
        elif lower == "the" and _IN_FIELD.match(text, max(at - 3, end)):
            pass  # "entities in the field of road construction"
        elif lower == "the" and crossed and _is_matter(text, at, end):
            pass  # "List of Bribery in the Purchase of Medicines"
        elif lower == "at" and text.startswith(" risk", word.end()):
            crossed = 0
        elif (
            (kind & _NOT_IN_NAME and lower not in {"those", "all"} and not _is_grade(text, at, word.end()))
            or lower in _NO_NOUN_OF_NAMES
            or (kind & ADVERB and not _is_degree(lower) and not (is_first and _qualifies(text, word.end())))
        ) or (
            kind & (VERB_S | VERB_ED | VERB)
            and not kind & NOUNISH
            and lower not in _PASSIVE_IN_NAME
            and not lower.endswith("ing")
            and not (is_first and kind & (VERB_ED | ADJECTIVISH) and _is_before_noun(text, word.end()))
            and not _is_titled(text, at, end)
        ):
            break
        else:
            last, crossed = word.end(), 0
        at = word.end()
        if at >= limit or text[at] != " ":
            break
        at += 1
    return end if _OF_THOSE.fullmatch(text, end, last) else last


def _of_its_own(text: str, of: re.Match[str], end: int) -> bool:
    """Whether "for" tells a name printed in capitals no further: "the Watch List | for projects within their districts"."""
    return of[1] == "for" and not text[of.end()].isupper() and _TITLED.search(text, max(end - 40, 0), end) is not None


def _is_titled(text: str, at: int, end: int) -> bool:
    """Whether a word has a capital as the head has: "Roster of |Sound| Borrowers"."""
    return text[at].isupper() and text[text.rfind(" ", 0, end) + 1].isupper()


def _is_matter(text: str, at: int, end: int) -> bool:
    """Whether "the" opens what the conduct is about, in a name printed in capitals: "in |the Purchase and Sale of Medicines|"."""
    return text[max(at - 3, 0) : at] == "in " and _is_titled(text, at + 4, end) and not _PLACE.match(text, at + 4)


def _has_object(text: str, at: int) -> bool:
    """Whether what follows a word that may be a verb is its object: "report |it|", "pay |half|"."""
    word, verb = _word_after(text, at), _word_at(text, at)
    if (
        classify(verb) & VERB_S and verb not in _PARTIES and text[at].islower()
    ):  # "the blacklist for doping | holds athletes"
        is_noun = word.endswith("s") and not classify(word) & (_NOT_IN_NAME | VERB_S)
        return is_noun or (word not in _RELATIVES and bool(classify(word) & (DET | PRONOUN)))
    is_grade = word == "a" and _GRADE.match(f"{verb} ") is not None
    return (bool(classify(word) & (DET | PRONOUN)) and not is_grade) or word in _AMOUNTS


def _is_grade(text: str, start: int, end: int) -> bool:
    """Whether "A" is a grade: "list of Grade A hauliers"."""
    return text[start:end] == "A" and _GRADE.search(text, max(start - 12, 0), start) is not None


def _behind_relative(text: str, at: int, limit: int) -> int:
    """Where the conduct ends by which a name tells its members: "persons who |abuse litigation|"; 0 where it tells none."""
    subject = _SUBJECT_TO.match(text, at, limit)
    if subject:
        return subject.end()
    verb, last = _WORD.match(text, at + 1, limit), 0
    if verb and classify(verb[0].lower()) & HAVE:  # "that have |broken trust|"
        at = verb.end()
        verb = _WORD.match(text, at + 1, limit)
    elif verb and classify(verb[0].lower()) & VERB_S and _PLURAL_BEFORE.search(text, max(at - 40, 0), at):
        return 0  # "the list of firms that |sets out their offences|"
    if verb is None or classify(verb[0].lower()) & (MODAL | BE_FINITE | HAVE | DET):
        return 0
    for _ in range(5):
        word = _WORD.match(text, at + 1, limit) if text[at : at + 1] == " " else None
        kind = classify(word[0].lower()) if word else 0
        if word is None or (kind & (MODAL | BE_FINITE | HAVE | CONJ | SUB | PREP) and word[0].lower() != "to"):
            break
        at = last = word.end()
    return last if _CONDUCT_TOLD.search(text, verb.start(), last) else 0


def _is_party(text: str, word: str, at: int, floor: int) -> bool:
    """Whether a word that may be a verb is a plural of parties or a trade: "seriously discredited subjects register"."""
    if word in _TRADES:
        return True
    before = _LAST_WORD.search(text[max(at - 40, floor) : at])
    return word in _PARTIES and before is not None and before[1].lower().endswith((*_OF_ADJECTIVES, "sion"))


def _is_degree(word: str) -> bool:
    """Adverbs of degree stand in names: seriously, specially, especially."""
    return word in {
        "seriously",
        "specially",
        "especially",
        "severely",
        "particularly",
        "gravely",
        "extremely",
        "abnormally",
        "frequently",
    }


def _qualifies(text: str, at: int) -> bool:
    """Whether an adverb stands before an adjective and its noun: "heavily |polluting enterprises"."""
    word = _word_at(text, at + 1)
    return word.endswith(("ed", "ing", "ous", "al", "est", "worthy", "ful")) and _is_before_noun(
        text, at + 1 + len(word)
    )


def _is_before_noun(text: str, at: int) -> bool:
    """Whether a participle is an adjective, since a noun follows: "suspended |experts"."""
    word = _word_at(text, at + 1)
    return bool(word) and word not in _AMOUNTS and not classify(word) & (_NOT_IN_NAME | PRONOUN | ADVERB)


def _joins(text: str, at: int, end: int, word: str) -> bool:
    """Whether "for", "to", "from" or "under" belongs to the name: "joint punishment for …", "barred from flights"."""
    before = re.search(r"([\w’'-]+)\s+$", text[max(at - 30, end) : at])
    previous = before[1].lower() if before else ""
    if _WATCHED.match(text, at):
        return True
    if word == "from":
        return previous in _PASSIVE_IN_NAME
    if word == "for" and _FOR_CONDUCT.match(text, at):
        return not _CONDUCT.search(text, max(end - 50, 0), at)  # once: "list of untrustworthy entities for …"
    return previous in (
        _PASSIVE_IN_NAME
        | {
            "punishment",
            "incentives",
            "responsible",
            "refusing",
            "subject",
            "enterprises",
            "subjects",
            "targets",
            "enforcement",
            "parties",
        }
    )
