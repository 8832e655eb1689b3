"""Facts, notes and a date -> what is due, who owes it, what happened. Records in, records out; the date is a parameter.

    standing(item, meta, as_of, window)           schedule of one item, its due date and why         schedule.py
    due_rows(items, metadata, as_of, bodies=…)    a DueRow for every item, most urgent first         due.py
    tally(rows)                                   counts by schedule
    issued(meta)  later_documents(metadata, as_of) when a text was issued; documents younger than a date   issued.py
    agenda(rows, as_of)  roadmap(rows)            months ahead; the whole period by year and area    agenda.py
    Bodies(bodies, body_classes).find(name)       a body by any name, with its predecessors          bodies.py
    owed_by_class(item, heads, bodies.classes)    whether a class of bodies owes it                  body_classes.py
    read_notes(folder)                            everything people entered                          notes.py
    read_claims(notes, items)                     what is claimed, item by item; orphans             claims.py
    apply_corrections(facts, notes, reference)    facts as people corrected them                     corrections.py
    rejection(notes, id)                          who rejected what was read there                   corrections.py
    read_links(notes, items)                      what people said about links                       links.py
    coverage(Corpus(items, …), links)             suggested, confirmed, rejected links; gaps         evidence.py
    statistics(items, metadata)  compare(…)       counts; two documents side by side                 statistics.py
    changes(old, new)                             what two builds differ in                          changes.py

The three statuses of an item are never blended: `DueRow.schedule` is computed, `DueRow.evidence` counts confirmed links,
`DueRow.claimed` is what a person entered.
"""

from kb.track.agenda import Cell, Entry, Month, agenda, roadmap
from kb.track.bodies import Bodies, Family, owed_by, owed_by_words
from kb.track.body_classes import BodyClasses, owed_by_class
from kb.track.changes import Change, ChangeKind, changes
from kb.track.claims import Claims, History, orphans, read_claims
from kb.track.corrections import Applied, apply_corrections, rejection
from kb.track.due import (
    ORDER,
    DueActor,
    DueRow,
    Tracked,
    Urgency,
    due_rows,
    tally,
    urgency,
)
from kb.track.evidence import Corpus, Coverage, Gap, Link, coverage
from kb.track.issued import Issued, issue_date, issued, later_documents
from kb.track.links import Links, read_links
from kb.track.notes import Claim, Notes, read_notes
from kb.track.schedule import Schedule, Standing, dated_rrule, next_occurrence, standing
from kb.track.statistics import Pair, Share, Side, Statistics, compare, statistics
from kb.track.topics import headings
from kb.track.window import HALF_YEAR, Window, read_window

__all__ = [
    "HALF_YEAR",
    "ORDER",
    "Applied",
    "Bodies",
    "BodyClasses",
    "Cell",
    "Change",
    "ChangeKind",
    "Claim",
    "Claims",
    "Corpus",
    "Coverage",
    "DueActor",
    "DueRow",
    "Entry",
    "Family",
    "Gap",
    "History",
    "Issued",
    "Link",
    "Links",
    "Month",
    "Notes",
    "Pair",
    "Schedule",
    "Share",
    "Side",
    "Standing",
    "Statistics",
    "Tracked",
    "Urgency",
    "Window",
    "agenda",
    "apply_corrections",
    "changes",
    "compare",
    "coverage",
    "dated_rrule",
    "due_rows",
    "headings",
    "issue_date",
    "issued",
    "later_documents",
    "next_occurrence",
    "orphans",
    "owed_by",
    "owed_by_class",
    "owed_by_words",
    "read_claims",
    "read_links",
    "read_notes",
    "read_window",
    "rejection",
    "roadmap",
    "standing",
    "statistics",
    "tally",
    "urgency",
]
