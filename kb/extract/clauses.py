"""Sentences of a leaf as rows of units: a unit is a word, or a stretch that acts as one (a time, a citation, a name, a quotation).

In comes a leaf's printed text, out come its sentences, parted at full stops and at semicolons (never inside a bracket or a
quotation). Brackets are taken out of the row and kept beside it, so that "(lead: A; cooperation: B)" does not part a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from kb.extract.context import Reading
from kb.extract.settled import settle_classes
from kb.extract.words import (
    ADJECTIVISH,
    ADVERB,
    AGENT,
    ANAPHOR,
    BE,
    BE_FINITE,
    BLANK,
    CITED,
    CLOSE,
    COMMA,
    CONJ,
    DASH,
    DET,
    DO,
    HAVE,
    MODAL,
    NAMED,
    NOT,
    NOUNISH,
    OPEN,
    PARTNER,
    PREP,
    PRONOUN,
    QUOTE,
    REL,
    SEMICOLON,
    STOP,
    SUB,
    TIME,
    TO,
    VERB,
    VERB_ED,
    VERB_ING,
    VERB_S,
)
from kb.model import Citation, Provision, Time

_SPECIAL = OPEN | CLOSE | STOP | SEMICOLON | BLANK
_LONGEST_LABEL = 4  # words before its colon
_NO_STOP_AFTER = frozenset(
    {"no", "nos", "art", "arts", "para", "paras", "sec", "vol", "p", "pp", "dr", "mr", "ms", "v"}
)


_MAIN_VERB = re.compile(
    r"((?:the |its |their )?[a-z]+[a-rt-z]) are [a-z]+ed\b", re.IGNORECASE
)  # of the sentence, by number


class Mark(msgspec.Struct, frozen=True):
    """A stretch of the body that is one unit of its sentence."""

    start: int
    end: int
    kind: int  # class set of the unit
    time: Time | None = None
    body: str = ""  # id of the body it names


class Sentence(msgspec.Struct):
    """One sentence, or one part of it between semicolons; the four lists run in parallel, a unit each."""

    leaf: Provision
    start: int = -1
    end: int = -1
    words: list[str] = []
    classes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: dict[int, Mark] = {}  # by unit
    brackets: list[tuple[int, int]] = []  # with their signs
    glosses: dict[
        int, int
    ] = {}  # ends of brackets with a body in small letters, by their starts: "cities (prefectures)"
    continues: bool = False  # the part after a semicolon of the same sentence
    ends_in: str = ""  # the sign that closes it: "." ";" or nothing

    def add(self, word: str, kind: int, start: int, end: int) -> None:
        """Append a unit."""
        if self.start < 0:
            self.start = start
        self.words.append(word)
        self.classes.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.end = end

    def cut(self, at: int) -> None:
        """Leave out the units from `at` on."""
        for row in (self.words, self.classes, self.starts, self.ends):
            del row[at:]
        self.marks = {k: mark for k, mark in self.marks.items() if k < at}
        self.end = self.ends[-1]
        self.brackets = [bracket for bracket in self.brackets if bracket[1] <= self.end]

    def drop(self, behind: int) -> None:
        """Leave out the units before `behind`."""
        for row in (self.words, self.classes, self.starts, self.ends):
            del row[:behind]
        self.marks = {k - behind: mark for k, mark in self.marks.items() if k >= behind}
        self.start = self.starts[0]
        self.brackets = [bracket for bracket in self.brackets if bracket[0] >= self.start]

    def leave_out(self, start: int, stop: int) -> None:
        """Leave out the units start:stop from the middle."""
        for row in (self.words, self.classes, self.starts, self.ends):
            del row[start:stop]
        width = stop - start
        self.marks = {k - width * (k >= stop): mark for k, mark in self.marks.items() if not start <= k < stop}

    def take(
        self, words: list[str], classes: list[int], starts: list[int], ends: list[int], first: int, stop: int
    ) -> None:
        """Append the tokens first:stop, a unit each."""
        if first >= stop:
            return
        if self.start < 0:
            self.start = starts[first]
        self.words += words[first:stop]
        self.classes += classes[first:stop]
        self.starts += starts[first:stop]
        self.ends += ends[first:stop]
        self.end = ends[stop - 1]


def marks_of(reading: Reading, times: Sequence[Time], citations: Sequence[Citation]) -> list[Mark]:
    """Times with the events they count from, citations and names of bodies, in text order, none inside another."""
    found = [Mark(t.span.start, _time_end(t), TIME, time=t) for t in times if t.span is not None]
    found += [Mark(c.span.start, c.span.end, CITED) for c in citations]
    for name in reading.doc.spans["bodies"] if reading.doc.spans else ():
        found.append(Mark(name.start_char, name.end_char, NAMED | AGENT, body=name.label_))
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _time_end(time: Time) -> int:
    """Where the time ends with its event, where the event follows it."""
    assert time.span is not None  # noqa: S101  checked by the caller
    if time.trigger is None or not 0 <= time.trigger.start - time.span.end <= 24:
        return time.span.end
    main = _MAIN_VERB.match(time.trigger.quote)
    return time.trigger.start + main.end(1) if main else time.trigger.end


_BEFORE_NOUN = PREP | CONJ | DET | VERB | VERB_S | VERB_ED | VERB_ING | BE | HAVE | COMMA


class Cutter:
    """Cuts the leaves of one reading into sentences."""

    def __init__(self, reading: Reading, marks: Sequence[Mark], classes: list[int] | None = None) -> None:
        self.reading = reading
        self.classes = reading.classes if classes is None else classes  # of its tokens
        self.marks = marks
        self._mark_starts = [mark.start for mark in marks]
        self._ahead: dict[str, list[Sentence]] = {}  # sentences of leaves that will be asked for again

    def sentences(self, leaf: Provision) -> list[Sentence]:
        """The sentences of a leaf, in order; a stretch without units (a bracket alone) is one too, so that it is not lost."""
        ahead = self._ahead.pop(leaf.eid, None)
        return self.within(leaf, leaf.text_start, leaf.text_end) if ahead is None else ahead

    def sentences_ahead(self, leaf: Provision) -> list[Sentence]:
        """The sentences of a leaf whose turn comes later; they are kept until then."""
        found = self._ahead[leaf.eid] = self.sentences(leaf)
        return found

    def within(self, leaf: Provision, start: int, end: int) -> list[Sentence]:
        """The sentences of the stretch start:end of a leaf.

        Runs from one special token (sign, bracket, mark) to the next and copies what lies between in slices.
        """
        reading, text = self.reading, self.reading.document.text
        words, classes, starts, ends = reading.words, self.classes, reading.token_starts, reading.token_ends
        tokens = reading.tokens_within(start, end)
        special = [k for k, kind in enumerate(classes[tokens.start : tokens.stop], tokens.start) if kind & _SPECIAL]
        partner = _partners(words, classes, special)
        marks = self._marks_within(tokens, start, end)
        events = sorted({*special, *marks}) if marks else special
        out: list[Sentence] = []
        current = Sentence(leaf)
        at = tokens.start
        for event in events:
            if event < at:
                continue
            current.take(words, classes, starts, ends, at, event)
            kind, at = classes[event], event + 1
            mark = marks.get(event)
            if mark is not None:
                end_of_mark = self._end_of_mark(mark, event, current)
                current.marks[len(current.words)] = mark
                current.add("", mark.kind, mark.start, end_of_mark)
                at = bisect_left(starts, end_of_mark, event)
            elif kind & OPEN and event in partner:
                closing = partner[event]
                at = closing + 1
                if not kind & QUOTE:
                    current.brackets.append((starts[event], ends[closing]))
                    inside = classes[event + 1 : closing]
                    small = len(inside) < 4 and text[starts[event] + 1 : starts[closing]].islower()
                    if small and any(kind & AGENT for kind in inside):
                        current.glosses[starts[event]] = ends[closing]
                    continue
                current.add("", QUOTE, starts[event], ends[closing])
                if classes[closing - 1] & STOP and _opens_sentence(text, ends[closing], end):
                    out.append(_closed(current, ends[closing], "."))
                    current = Sentence(leaf)
            elif kind & STOP:
                if words[event] == "etc.":
                    current.add("etc.", 0, starts[event], ends[event])
                if self._is_stop(event, tokens.stop, text):
                    out.append(_closed(current, ends[event], "."))
                    current = Sentence(leaf)
            elif kind & SEMICOLON:
                out.append(_closed(current, -1, ";"))
                current = Sentence(leaf, continues=True)
            elif kind & BLANK and current.words and self._opens_label(event, tokens.stop, text):
                out.append(_closed(current, -1, ""))
                current = Sentence(leaf)
        current.take(words, classes, starts, ends, at, tokens.stop)
        out.append(_closed(current, -1, ""))
        return [sentence for sentence in out if sentence.words or sentence.brackets]

    def _marks_within(self, tokens: range, start: int, end: int) -> dict[int, Mark]:
        """Marks of the stretch by their first token."""
        first, last = bisect_left(self._mark_starts, start), bisect_left(self._mark_starts, end)
        if first == last:
            return {}
        starts = self.reading.token_starts
        found = {}
        for mark in self.marks[first:last]:
            token = bisect_left(starts, mark.start, tokens.start, tokens.stop)
            if token < tokens.stop and starts[token] == mark.start:
                found[token] = mark
        return found

    def _end_of_mark(self, mark: Mark, first: int, current: Sentence) -> int:
        """Where a mark ends that begins behind the units of `current`, without what its event has taken in."""
        if mark.time is None:
            return mark.end
        end = self._before_main_clause(mark, first)
        behind_modal = self.classes[first] & PREP and current.classes and current.classes[-1] & (MODAL | NOT)
        return self._before_verb(mark, first, end) if behind_modal else end

    def _before_main_clause(self, mark: Mark, first: int) -> int:
        """Where a time with its event ends when the event has taken in what goes on behind it.

        "within five days of receipt and tells the objector", "within three days of a decision the office sends the file".
        """
        classes, starts, ends = self.classes, self.reading.token_starts, self.reading.token_ends
        start = mark.time.span.end if mark.time and mark.time.span else mark.end
        tokens = range(bisect_left(starts, start, first), bisect_left(starts, mark.end, first))
        whether = next((k for k in tokens if self.reading.words[k] == "whether"), -1)
        if whether > tokens.start:
            return ends[whether - 1]  # "decide within five days of receipt whether to accept it"
        opened = determiner = -1  # of a clause, of a noun phrase right behind a noun
        for k in tokens:
            kind = classes[k]
            is_pointer = self.reading.words[k] == "that" and classes[k - 1] & PREP  # "the end of that period"
            if kind & (REL | SUB) and not is_pointer:
                return mark.end
            if kind & CONJ:
                opened = k
                if self._opens_act(tokens, k):
                    return ends[k - 1 - bool(classes[k - 1] & COMMA)]
            elif kind & DET and k - 1 > tokens.start and self._ends_noun(k - 1):
                determiner = (
                    -1 if self.reading.words[k - 1] in ("day", "date", "time") else k
                )  # "the day the act takes effect"
            elif kind & BE_FINITE:
                return ends[determiner - 1] if determiner > tokens.start else mark.end
            elif kind & VERB_S and not kind & (NOUNISH | BE | HAVE | DO):
                cut = opened if opened >= 0 and all(classes[j] & ADVERB for j in range(opened + 1, k)) else determiner
                return ends[cut - 1] if cut > tokens.start else mark.end
        behind = classes[tokens.stop] if tokens.stop < len(classes) else 0
        return ends[determiner - 1] if determiner > tokens.start and behind & (MODAL | BE_FINITE) else mark.end

    def _ends_noun(self, at: int) -> bool:
        """Whether a noun stands at `at`; one that is a verb too is one behind a preposition ("of service")."""
        kind, before = self.classes[at], self.classes[at - 1]
        return not kind & _BEFORE_NOUN or bool(kind & VERB and kind & NOUNISH and before & PREP and not before & TO)

    def _before_verb(self, mark: Mark, first: int, end: int) -> int:
        """Where a time behind a modal ends when its event has taken in the verb ("shall, within ten days of the day of the change make a return")."""
        classes, starts, ends = self.classes, self.reading.token_starts, self.reading.token_ends
        start = mark.time.span.end if mark.time and mark.time.span else mark.end
        tokens = range(bisect_left(starts, start, first), bisect_left(starts, end, first))
        for k in range(tokens.stop - 1, tokens.start + 1, -1):
            kind, before = classes[k], classes[k - 1]
            is_plain = kind & VERB and not kind & (NOUNISH | ADJECTIVISH | AGENT | MODAL | HAVE | DO)
            is_plain = is_plain or bool(
                kind & VERB and not kind & AGENT and classes[k + 1 : k + 2] and classes[k + 1] & DET
            )
            if is_plain and not before & (DET | PREP | CONJ | COMMA | REL | PRONOUN | MODAL | ADVERB | TO):
                return ends[k - 1]
        return end

    def _opens_label(self, at: int, stop: int, text: str) -> bool:
        """Whether the line that a blank opens begins with a label: "\\nCarried out by: …"; a phrase that cannot end before it goes on."""
        words, starts = self.reading.words, self.reading.token_starts
        if "\n" not in words[at] or at + 2 >= stop or self.classes[at - 1] & (DET | PREP | CONJ):
            return False
        first = next((k for k in range(at + 1, min(at + 4, stop)) if not self.classes[k] & BLANK), stop)
        colon = next((k for k in range(first + 1, min(first + 1 + _LONGEST_LABEL, stop)) if words[k] in ":："), -1)
        return colon > 0 and text[starts[first]].isupper() and all(word.isalpha() for word in words[first:colon])

    def _opens_act(self, tokens: range, conj: int) -> bool:
        """Whether another act begins behind "and" in an event without a verb of its own ("within 5 days of receiving it and tell the firm")."""
        classes = self.classes
        verb = next((k for k in range(conj + 1, tokens.stop) if not classes[k] & ADVERB), tokens.stop)
        if verb + 1 < tokens.stop and self.reading.words[verb] == "be" and classes[verb + 1] & VERB_ED:
            return True
        if classes[verb : verb + 1] and classes[verb] & VERB_S and verb + 1 < tokens.stop:
            return bool(classes[verb + 1] & ANAPHOR) and not classes[verb] & AGENT
        if verb + 1 >= tokens.stop or not classes[verb] & VERB or classes[verb] & (AGENT | ADJECTIVISH | BE | HAVE):
            return False
        closed = PREP | CONJ | COMMA | BE | MODAL
        takes_object = classes[verb + 1] & (DET | PRONOUN | ANAPHOR) or not (
            classes[verb] & NOUNISH or classes[verb + 1] & closed
        )
        has_verb = any(kind & (VERB | BE_FINITE | HAVE) and not kind & NOUNISH for kind in classes[tokens.start : conj])
        return bool(takes_object) and not has_verb

    def _is_stop(self, at: int, stop: int, text: str) -> bool:
        """A full stop ends a sentence unless it belongs to "No. 5", to "1.2" or to an abbreviation before a small letter."""
        words, starts, ends = self.reading.words, self.reading.token_starts, self.reading.token_ends
        if at + 1 >= stop:
            return True
        if words[at] == "etc.":
            return text[starts[at + 1]].isupper()
        if words[at] != ".":
            return True
        following = text[starts[at + 1]]
        if starts[at + 1] == ends[at] and following.isalnum():
            return False
        if following.isdigit() and at and words[at - 1] in _NO_STOP_AFTER:
            return False
        return not following.islower() or "\n" in text[ends[at] : starts[at + 1]]


def _closed(sentence: Sentence, end: int, sign: str) -> Sentence:
    """The sentence with its end, the sign included where `end` says so."""
    if sentence.brackets:
        first, last = sentence.brackets[0][0], sentence.brackets[-1][1]
        sentence.end = max(sentence.end, last)
        if sentence.start < 0:
            sentence.start = first
    if end >= 0:
        sentence.end = end
    sentence.ends_in = sign
    if len(sentence.words) > 1 and sentence.classes[0] & DASH:
        sentence.drop(1)  # "Article 3. — No unit may ..."
    settle_classes(sentence.words, sentence.classes)
    return sentence


def _opens_sentence(text: str, start: int, end: int) -> bool:
    """Whether what follows a closing quotation mark begins with a capital, after white space."""
    rest = text[start : min(start + 3, end)]
    return bool(rest) and rest[0].isspace() and rest.strip()[:1].isupper()


def _partners(words: Sequence[str], classes: Sequence[int], special: Sequence[int]) -> dict[int, int]:
    """Closing token by opening token, for brackets and quotation marks that pair within a leaf; others are signs like any."""
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for at in special:
        kind = classes[at]
        if not kind & (OPEN | CLOSE):
            continue
        word = words[at]
        depth = next((d for d in range(len(waiting), 0, -1) if PARTNER[words[waiting[d - 1]]] == word), 0)
        if kind & CLOSE and depth:
            partner[waiting[depth - 1]] = at
            del waiting[depth - 1 :]
        elif kind & OPEN and len(waiting) < 8:
            waiting.append(at)
    return partner
