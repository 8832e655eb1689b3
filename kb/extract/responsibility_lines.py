"""Lines that allot the work before them: "Lead units: A and B", "— led by A, jointly with B", "► A, B", "*A; B; by June 2018*".

In comes a sentence that may be such a line, or may end in one; out comes its allotment and how far it goes, or nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kb.extract.bodies import Doer, bodies_in, doer_at
from kb.extract.clauses import Cutter, Sentence
from kb.extract.named_limits import read_limits
from kb.extract.phrases import head_of, skip
from kb.extract.responsibility import Allotment, allotment_of, behind_dash, is_bold, is_clause, is_only_bodies
from kb.extract.responsibility_words import doers_of_few_words, is_of_clause
from kb.extract.role_cues import ResponsibilityRow, cue_at, label_at
from kb.extract.words import (
    AGENT,
    COLON,
    COMMA,
    DASH,
    DET,
    PUNCTUATION,
    TIME,
    VERB,
    classify,
)  # fmt: skip
from kb.model import Provision, Role

_LONGEST_CUE = 6  # words
_DASHES = frozenset(sign for sign, kind in PUNCTUATION.items() if kind & DASH)
_LEADS_TO_BODIES = frozenset({"by", "of", "to", "with"})
_LEADING = frozenset({"leads", "lead", "takes", "take"})


def read_line(cutter: Cutter, sentences: Sequence[Sentence], at: int) -> tuple[Allotment, int] | None:
    """The allotment in a sentence such as "Lead units: A and B", and the number behind it and the parts that go on with it; or None."""
    s = sentences[at]
    opening = behind_dash(s, 0)
    found = cue_at(s, opening, "after") or _label_of_bodies(s, opening)
    if found is None or found[1] >= len(s.words):
        return _of_bodies_alone(cutter, sentences, at) or (
            (_of_clause(cutter, sentences, at) if at else None) or _of_few_words(cutter, sentences, at)
        )
    behind = found[1]
    is_phrase = s.words[behind - 1] in _LEADS_TO_BODIES and not found[0].joins and not is_clause(s, opening)
    is_label = (s.classes[behind] | s.classes[behind - 1]) & (COLON | DASH) or is_bold(
        s, cutter.reading.document.text, behind
    )
    is_label = is_label or (at > 0 and found[0].id == "limit-after" and _is_time_alone(s, behind))
    if is_label or is_phrase:
        return _of_parts(cutter, sentences, at)
    return _of_few_words(cutter, sentences, at)


def _is_time_alone(s: Sentence, at: int) -> bool:
    """Whether nothing but a time stands from `at` on: "To be completed by June 2018"."""
    return all(kind & TIME for kind in s.classes[at:])


def _of_few_words(cutter: Cutter, sentences: Sequence[Sentence], at: int) -> tuple[Allotment, int] | None:
    """The bodies of "The work is done by the Port Bureau", of "Lead unit Port Bureau; cooperating units A and B"."""
    s, text = sentences[at], cutter.reading.document.text
    doers = doers_of_few_words(s, text) if at else []
    if not doers or (s.continues and doers_of_few_words(sentences[at - 1], text)):
        return None  # bodies alone in a paragraph may sign it
    stop = at + 1
    while stop < len(sentences) and sentences[stop].continues:
        behind = doers_of_few_words(sentences[stop], text)
        if not behind and not any(read_limits(sentences[stop])):
            break
        doers += behind
        stop += 1
    limits = tuple(limit for part in sentences[at:stop] for limit in read_limits(part))
    return Allotment(s.start, sentences[stop - 1].end, tuple(doers), inferred=False, limits=limits), stop


def _label_of_bodies(s: Sentence, at: int) -> tuple[ResponsibilityRow, int] | None:
    """A label of no table that gives a role, behind which nothing but bodies stands ("Carrying-out units: A, B")."""
    label = None if not s.words[at:] or s.classes[at] & VERB else label_at(s, at)  # "Carry out the plan: ..."
    if label is None or label[0] is None or is_clause(s, label[1]) or not bodies_in(s, label[1], len(s.words)):
        return None
    return label[0], label[1]


def _of_bodies_alone(cutter: Cutter, sentences: Sequence[Sentence], at: int) -> tuple[Allotment, int] | None:
    """The bodies that stand alone behind a dash or an arrow, or in emphasis ("Hold a fair. —— Culture Bureau, Port Bureau")."""
    s, text = sentences[at], cutter.reading.document.text
    opening = behind_dash(s, 0)
    name = skip(s, opening, DET)
    if name >= len(s.words) or not (text[s.starts[opening]].isupper() or text[s.starts[name]].isupper()):
        return None
    stop = at + 1
    while stop < len(sentences) and sentences[stop].continues:
        stop += 1
    before = text[s.leaf.text_start : s.starts[0]].rstrip()
    is_dashed = opening > 0 or bool(classify(before[-1:]) & DASH) or (at == 0 and _is_lone_point(cutter, s.leaf))
    is_set_off = before[-1:] in ("*", "_") and (at > 0 or before[-2:-1] not in ("*", "_"))  # a bold line is a heading
    is_set_off = is_set_off and text[sentences[stop - 1].end : sentences[stop - 1].end + 1] in ("*", "_")
    if not (is_dashed or is_set_off):
        return None
    allotment = allotment_of(cutter, sentences[at:stop], s.start, sentences[stop - 1].end, bare=True)
    return (allotment, stop) if allotment is not None else None


def _is_lone_point(cutter: Cutter, leaf: Provision) -> bool:
    """Whether the leaf stands behind a dash or a bullet, alone under its paragraph: a list has several points."""
    siblings = cutter.reading.children[leaf.parent]
    return leaf.kind == "point" and not leaf.number and sum(one.kind == "point" for one in siblings) == 1


def _of_clause(cutter: Cutter, sentences: Sequence[Sentence], at: int) -> tuple[Allotment, int] | None:
    """The bodies of a sentence that tells who leads, and who helps: "The Port Bureau leads; the Tax Bureau cooperates"."""
    s = sentences[at]
    leads = any(word in _LEADING and (c := cue_at(s, k, "before")) and c[0].role for k, word in enumerate(s.words))
    leads = leads or s.words[-1:] == ["responsible"]
    return _of_parts(cutter, sentences, at) if leads and not is_clause(s, 0) and _ends_in_cue(s) else None


def _of_parts(cutter: Cutter, sentences: Sequence[Sentence], at: int) -> tuple[Allotment, int] | None:
    """The allotment of a sentence and of the parts behind its semicolons that go on with it."""
    s, stop = sentences[at], at + 1
    while stop < len(sentences) and sentences[stop].continues and _goes_on(sentences[stop]):
        stop += 1
    allotment = allotment_of(cutter, sentences[at:stop], s.start, sentences[stop - 1].end, bare=False)
    return (allotment, stop) if allotment is not None else None


def _goes_on(s: Sentence) -> bool:
    """Whether the part behind a semicolon goes on with a line that allots work: a cue, bodies alone, or a limit alone."""
    if cue_at(s, 0, "after") is not None or _label_of_bodies(s, 0) is not None or is_only_bodies(s):
        return True
    return not is_clause(s, 0) and (_ends_in_cue(s) or any(read_limits(s)))


def _ends_in_cue(s: Sentence) -> bool:
    """Whether the part is bodies with their role behind them: "the other departments cooperate"."""
    n = len(s.words)
    at = next((k for k in range(max(n - _LONGEST_CUE, 1), n) if (c := cue_at(s, k, "before")) and c[1] == n), 0)
    return at > 0 and bool(bodies_in(s, 0, at))


def cut_opener(cutter: Cutter, s: Sentence) -> Allotment | None:
    """The bodies before a colon or a dash with an order behind it, cut off from that: "Port Bureau: hold a fair", "Tasks of the Port Bureau – hold"."""
    k = next((k for k in range(1, min(len(s.words) - 2, _LONGEST_OPENER)) if s.classes[k] & (COLON | DASH)), 0)
    behind = skip(s, k, COLON | DASH)
    if not k or behind >= len(s.words) or not s.classes[behind] & VERB or s.classes[behind] & AGENT:
        return None
    allotment = _of_title(cutter, s, k)
    if allotment is not None:
        s.drop(behind)
    return allotment


def read_title(cutter: Cutter, s: Sentence, *, inferred: bool) -> Allotment | None:
    """The bodies of a heading that names them and nothing else: "Port Bureau", "Tasks of the Port Bureau:"; `inferred` where it stands apart."""
    n = len(s.words) - bool(s.classes and s.classes[-1] & COLON)
    allotment = _of_title(cutter, s, n) if 0 < n < _LONGEST_OPENER else None
    if allotment is None or not all(_is_office(s, doer) for doer in allotment.doers):
        return None
    return replace(allotment, inferred=inferred)


def _is_office(s: Sentence, doer: Doer) -> bool:
    """Whether the body is known, or an office by its head; "Credit agencies" is a topic."""
    head = head_of(s, bisect_left(s.starts, doer.start), bisect_left(s.starts, doer.end))
    return bool(doer.agency) or s.words[head] in _OFFICES


_WORK_OF = frozenset("task tasks work duty duties measures responsibilities assignments obligations".split())


def _of_title(cutter: Cutter, s: Sentence, stop: int) -> Allotment | None:
    """The bodies that fill the units before `stop`, behind "Tasks of" or the like."""
    if any(map(is_of_clause, s.classes[:stop])):
        return None
    is_work = stop > 2 and s.words[0] in _WORK_OF and s.words[1] in ("of", "for", "by")
    start = skip(s, 2 if is_work else 0, DET)
    bodies = bodies_in(s, start, stop)
    if not bodies or bodies[0][0] != start or bodies[-1][1] != stop:
        return None
    if not cutter.reading.document.text[s.starts[start]].isupper():
        return None
    rule = "label" if stop < len(s.words) else "heading"
    doers = tuple(doer_at(s, a, b, Role.RESPONSIBLE, rule) for a, b in bodies)
    return Allotment(s.start, s.ends[stop - 1], doers, inferred=False)


_LONGEST_OPENER = 24  # units
_OFFICES = frozenset(
    "bureau department ministry commission office court procuratorate government committee centre center federation league union branch sub-branch group "
    "corps division section bank bureaus departments governments courts offices".split()
)


def cut_tail(cutter: Cutter, s: Sentence) -> Allotment | None:
    """The allotment at the end of a sentence, cut off from it: "Hold a fair — led by the Culture Bureau, jointly with A", ", with A as lead unit"."""
    if "with" in s.words and (allotment := _cut_company(cutter, s)) is not None:
        return allotment
    if _DASHES.isdisjoint(s.words):
        return None
    for k in range(2, len(s.classes) - 1):
        if not s.classes[k] & DASH:
            continue
        behind = behind_dash(s, k)
        bare = cutter.reading.document.text[s.starts[behind]].isupper()  # "Hold a fair — Culture Bureau"
        found = cue_at(s, behind, "after")
        if (found is None and not bare) or is_clause(s, behind):
            continue
        tail = cutter.within(s.leaf, s.starts[behind], s.end)
        allotment = allotment_of(cutter, tail, s.starts[k], s.end, bare=bare)
        if allotment is not None:
            s.cut(k)
            return allotment
    return None


def _cut_company(cutter: Cutter, s: Sentence) -> Allotment | None:
    """The allotment behind ", with" whose bodies are told to be the lead unit ("Hold a fair, with the Culture Bureau as lead unit"), cut off."""
    k = next((k for k in range(2, len(s.words) - 3) if s.words[k] == "with" and s.classes[k - 1] & COMMA), 0)
    if not k or is_clause(s, k) or not _names_lead(s, k):
        return None
    allotment = allotment_of(cutter, cutter.within(s.leaf, s.starts[k + 1], s.end), s.starts[k - 1], s.end, bare=False)
    if allotment is not None:
        s.cut(k - 1)
    return allotment


def _names_lead(s: Sentence, start: int) -> bool:
    """Whether the stretch from `start` tells who leads: "as lead unit", "taking the lead"."""
    cues = (cue_at(s, k, "before") for k in range(start + 2, len(s.words)))
    return any(cue is not None and cue[0].role is Role.LEAD for cue in cues)
