"""Every record that crosses a stage. Whoever has read this file has read the project.

    Source ──parse──> Document ──extract──> Facts ──store──> SQLite ──> search, track, sitegen, export
                        │                     │
                        ├ Metadata            ├ ActionItem ── Actor, Time (its deadline)
                        └ Provision (tree,    ├ Time         (every time expression)
                          by eId)             ├ ListStandard ── Slot ── SlotFact
                                              ├ Citation
                                              └ Definition

Offsets are half-open and count characters of the document's body, that is of everything after the front matter's
closing `---` line, exactly as in the file; so `document.text[span.start:span.end] == span.quote` always holds.
Definitions of all terms: docs/model.md. Records are frozen; collections inside them are tuples.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of all records: frozen, compared by value, written to JSON without the values that are defaults."""


# ---------------------------------------------------------------- documents


class DocumentKind(StrEnum):
    """What an instrument is; a plan is not a law."""

    PLAN = "plan"
    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative-regulation"
    DEPARTMENTAL_RULE = "departmental-rule"
    JUDICIAL_INTERPRETATION = "judicial-interpretation"
    NORMATIVE_DOCUMENT = "normative-document"
    MEMORANDUM = "memorandum"
    LOCAL_REGULATION = "local-regulation"
    LOCAL_RULE = "local-rule"
    LOCAL_NORMATIVE_DOCUMENT = "local-normative-document"
    STANDARD = "standard"


class Level(StrEnum):
    NATIONAL = "national"
    MINISTERIAL = "ministerial"
    JUDICIAL = "judicial"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    COUNTY = "county"


class Status(StrEnum):
    IN_FORCE = "in-force"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"
    DRAFT = "draft"


class Fidelity(StrEnum):
    FULL = "full"
    EXCERPT = "excerpt"
    DIGEST = "digest"


RELATIONS = ("based_on", "implements", "amends", "repeals", "related")  # of metadata: to other documents


class Metadata(Record, frozen=True):
    """The front matter of a document, as written; dates that the source does not print are absent."""

    id: str
    title: str
    kind: DocumentKind
    level: Level
    region: str  # ISO 3166-2
    fidelity: Fidelity
    title_zh: str = ""
    short_title: str = ""
    doc_number: str = ""
    doc_number_zh: str = ""
    issuers: tuple[str, ...] = ()  # body ids, the first leads
    adopted: date | None = None
    signed: date | None = None
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    dates_basis: str = ""
    horizon: str = ""  # "2014-01-01/2020-12-31", plans only
    status: Status = Status.IN_FORCE
    based_on: tuple[str, ...] = ()  # document ids, or citations as printed
    implements: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    repeals: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    digest_basis: Literal["", "mostly-seen", "mostly-recalled", "mixed"] = ""
    version_note: str = ""
    translation: str = ""
    source_url: str = ""
    source_text: str = ""
    source_sha256: str = ""
    seen_at: tuple[str, ...] = ()
    licence: str = ""
    retrieved: date | None = None

    @property
    def name(self) -> str:
        """The name people use: the short title, else the title."""
        return self.short_title or self.title

    @property
    def document_date(self) -> date | None:
        """The date that "this year" counts from: of publication, else signing, adoption, effect."""
        return self.published or self.signed or self.adopted or self.effective

    @property
    def horizon_end(self) -> date | None:
        """The last day of a plan's period."""
        return date.fromisoformat(self.horizon.partition("/")[2]) if self.horizon else None


class Source(Record, frozen=True):
    """A file that was read: its head as typed metadata, its body untouched."""

    path: str  # as printed in problems
    meta: Metadata
    body: str
    body_line: int  # 1-based line of the file on which the body begins
    sha256: str  # of the body


class Provision(Record, frozen=True):
    """A node of the document's own structure; leaves tile the body, so that no character is lost.

    `kind` is one of part, annex, chapter, section, subsection, article, paragraph, point, subpoint; of leaves also intro
    (the lead-in of a list), wrapup (what follows a list in its own paragraph), and those that carry no norm of their own:
    preface (title, notes of adoption), preamble, heading (of its parent), conclusion (signature, date), note (block quote
    of the editors). Preface, preamble and conclusion contain leaves of their kind where they have several blocks.
    `start:end` of a container covers its children. `text_start:text_end` is the printed text without number, run-in
    heading, marks, outer white space, and the mark that closes a digest's statement.
    """

    eid: str
    kind: str
    start: int
    end: int
    text_start: int
    text_end: int
    parent: str = ""  # eId; "" for the top
    number: str = ""  # as printed: "Article 12", "(3)", "II."
    heading: str = ""  # of a container, or run into the paragraph ("(2) Deepening integrity …. Raise …")
    leaf: bool = False


class Document(Record, frozen=True):
    """A parsed document: provisions in text order, parents before children."""

    path: str
    meta: Metadata
    text: str
    body_line: int
    sha256: str
    provisions: tuple[Provision, ...]

    @property
    def id(self) -> str:
        return self.meta.id

    def provision(self, eid: str) -> Provision | None:
        """The provision with this eId."""
        return next((p for p in self.provisions if p.eid == eid), None)


# ---------------------------------------------------------------- facts


class Span(Record, frozen=True):
    """Where a fact was read: characters start:end of the body, and these very characters."""

    eid: str  # the leaf, or the container where a span covers a lead-in and its points
    start: int
    end: int
    quote: str

    @property
    def words(self) -> str:
        """The quote on one line."""
        return " ".join(self.quote.split())


class Basis(StrEnum):
    """How far a digest's statement was checked; facts of a full text carry none."""

    SEEN = "seen"
    RECALLED = "recalled"


class TimeType(StrEnum):
    DEADLINE = "deadline"
    PERIOD = "period"
    EFFECTIVE_DATE = "effective-date"
    RELATIVE_DURATION = "relative-duration"
    DURATION = "duration"
    RECURRENCE = "recurrence"
    HISTORICAL = "historical"


class Origin(StrEnum):
    EXPLICIT = "explicit"
    INHERITED = "inherited"
    COMPUTED = "computed"


class Time(Record, frozen=True):
    """A time expression and its reading (docs/model.md, section 3); dates are inclusive, absent where none is given."""

    type: TimeType
    rule: str
    span: Span | None = None  # None for an inherited time, whose words stand elsewhere
    earliest: date | None = None
    latest: date | None = None
    precision: Literal["", "day", "month", "quarter", "half-year", "year", "five-year-plan"] = ""
    duration: str = ""  # ISO 8601
    duration_min: str = ""  # lower end of "three to five years"
    unit: Literal["", "working-day", "calendar-day"] = ""
    bound: Literal["", "min", "max", "exact", "range"] = ""
    trigger: Span | None = None  # the event a relative duration counts from
    rrule: str = ""  # RFC 5545
    origin: Origin = Origin.EXPLICIT
    certain: bool = True
    doubt: str = ""


class Modality(StrEnum):
    TASK = "task"
    DUTY = "duty"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    ENCOURAGEMENT = "encouragement"
    RIGHT = "right"


class Strength(StrEnum):
    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    ENCOURAGED = "encouraged"
    EXPLORE = "explore"


class Role(StrEnum):
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"


class Actor(Record, frozen=True):
    """A body or class of persons that must act: its words, and its id where the bodies table knows it."""

    role: Role
    rule: str
    span: Span | None = None  # None where only an agency id is inferred
    agency: str = ""
    inferred: bool = False


class ActionItem(Record, frozen=True):
    """Who must do, or not do, what, by when. `id` is `<document>#<eid>~<n>`, n counted within the provision from 1."""

    id: str
    document: str
    eid: str  # the provision it stands in (a leaf, or the parent of lead-in and points)
    span: Span  # the sentence
    action: Span  # the verb phrase
    modality: Modality
    strength: Strength
    rule: str
    actors: tuple[Actor, ...] = ()
    deadline: Time | None = None
    area: str = ""
    fields: tuple[str, ...] = ()
    trackability: int = 0  # 0-4: one each for actor, act with an object, output that can be seen, date
    fingerprint: str = ""  # of the action's words; entries of the log are re-attached by it
    basis: Basis | None = None
    certain: bool = True
    doubt: str = ""  # why it is uncertain
    corrected: tuple[str, ...] = ()  # slots that a person judged; ("accepted",) where all of it was confirmed as read


class ListKind(StrEnum):
    BLACKLIST = "blacklist"
    REDLIST = "redlist"
    WARNING = "warning"
    OTHER = "other"


SLOTS = (
    "authority", "targets", "entry", "procedure", "publication", "term", "exit", "remedies", "consequences", "safeguards",
)  # fmt: skip


class SlotState(StrEnum):
    STATED = "stated"
    REFERS = "refers"
    SILENT = "silent"


class SlotFact(Record, frozen=True):
    """One quoted statement in a slot. The last fields are for the slots that need them."""

    span: Span
    rule: str
    role: str = ""  # authority: designates | publishes | keeps; targets: natural-person, legal-person, …
    time: Time | None = None  # of a term, a remedy, an exit
    body: str = ""  # consequences: body id or words of the body that applies the measure
    legal_basis: Span | None = None
    force: Literal["", "must", "may"] = ""
    reach: Literal["", "industry", "joint"] = ""
    measure: str = ""  # id in corpus/reference/measures.yml
    basis: Basis | None = None
    certain: bool = True
    doubt: str = ""  # why it is uncertain


class Slot(Record, frozen=True):
    """A slot of a list: what the document states, where it refers, or that it is silent, with the provisions read to say so."""

    name: str
    state: SlotState
    facts: tuple[SlotFact, ...] = ()
    refers_to: tuple[Span, ...] = ()
    read: tuple[str, ...] = ()  # eIds of the provisions that deal with the list


class ListStandard(Record, frozen=True):
    """A named list that a document creates or governs. `id` is `<document>#list-<slug of name>`."""

    id: str
    document: str
    name: str
    list_kind: ListKind
    span: Span  # where it is first named
    rule: str
    sector: str = ""
    region: str = ""
    slots: tuple[Slot, ...] = ()  # all of SLOTS, in that order
    certain: bool = True
    doubt: str = ""
    corrected: tuple[str, ...] = ()  # slots that a person judged; ("accepted",) where all of it was confirmed as read


class CitationVerb(StrEnum):
    BASED_ON = "based-on"
    IMPLEMENTS = "implements"
    IN_ACCORDANCE_WITH = "in-accordance-with"
    AMENDS = "amends"
    REPEALS = "repeals"
    FORWARDS = "forwards"
    MENTIONS = "mentions"


class Citation(Record, frozen=True):
    """A reference to an instrument or to a numbered unit of this document; unresolved ones have no target."""

    span: Span
    rule: str
    verb: CitationVerb = CitationVerb.MENTIONS
    target: str = ""  # document id, or "<document>#<eid>"
    title: str = ""  # without quotation marks
    number: str = ""  # normalised document number: "guofa-2014-21"
    certain: bool = True
    doubt: str = ""


class Definition(Record, frozen=True):
    """A term (without quotation marks) and the words that define it."""

    term: Span
    span: Span
    rule: str


class Facts(Record, frozen=True):
    """All that was read from one document."""

    document: str
    sha256: str
    items: tuple[ActionItem, ...] = ()
    times: tuple[Time, ...] = ()
    lists: tuple[ListStandard, ...] = ()
    citations: tuple[Citation, ...] = ()
    definitions: tuple[Definition, ...] = ()


# ---------------------------------------------------------------- reference tables


class Alias(Record, frozen=True):
    """Another name of a body, with the dates between which it was its name."""

    name: str
    since: date | None = None
    until: date | None = None


class Body(Record, frozen=True):
    """An agency, court, congress or organisation of corpus/reference/bodies.yml."""

    id: str
    name: str
    level: str
    name_zh: str = ""
    short_zh: tuple[str, ...] = ()  # what Chinese calls it for short: 发改委
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    successor: str = ""  # id of the body that took over, with `until` of this one
    since: date | None = None
    until: date | None = None
    note: str = ""


class Term(Record, frozen=True):
    """A row of the glossary: one Chinese term, its preferred rendering, the others that readers meet."""

    zh: str
    preferred: str
    pinyin: str = ""
    variants: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()  # preferred renderings of terms it is confused with
    note: str = ""


class Label(Record, frozen=True):
    """A row of a small table (fields, areas, measures, target roles): an id, its name and the words that show it."""

    id: str
    name: str
    name_zh: str = ""
    cues: tuple[str, ...] = ()  # lower case words or phrases; a closing * matches any ending
    note: str = ""


class Reference(Record, frozen=True):
    """The reviewed tables of corpus/reference/."""

    bodies: tuple[Body, ...] = ()
    fields: tuple[Label, ...] = ()
    areas: tuple[Label, ...] = ()
    measures: tuple[Label, ...] = ()
    target_roles: tuple[Label, ...] = ()
    body_classes: tuple[Label, ...] = ()  # the departments of one line, under the id of the national body that heads it
    glossary: tuple[Term, ...] = ()
