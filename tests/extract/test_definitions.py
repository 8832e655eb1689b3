"""Definitions: the term and its words, in all shapes, and sentences that only look like one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pytest

from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.definitions import RULES, read_definitions, rules_in
from kb.model import Reference


@pytest.mark.parametrize(("rule", "text"), [(r.id, m) for r in RULES for m in r.matches])
def test_each_row_fires_in_its_examples(rule: str, text: str) -> None:
    assert rules_in(text) == [rule]


@pytest.mark.parametrize(("rule", "text"), [(r.id, m) for r in RULES for m in r.rejects])
def test_no_row_fires_where_it_must_not(rule: str, text: str) -> None:
    assert rule not in rules_in(text)


CASES = [
    # text                                                                          terms
    ('"Credit lists" as used in these Measures means the redlist and the blacklist.', ["Credit lists"]),
    ("“Adverse information” as used in these Regulations refers to information with a bad effect.", ["Adverse information"]),
    ("Public credit information, as mentioned in these Rules, means data of state organs.", ["Public credit information"]),
    ("The term 'operator' shall mean any person who trades.", ["operator"]),
    ("For the purposes of these Measures, repair means the removal of effects.", ["repair"]),
    ('The units (hereinafter collectively “providers”) submit the data.', ["providers"]),
    ("The office (hereinafter referred to as the Office) keeps the files.", ["Office"]),
    ("The office (hereafter: “the Office”) keeps the files.", ["the Office"]),
    ('The Joint Conference on Credit (the "Conference") meets yearly.', ["Conference"]),
    ("Counties (including cities; hereinafter “counties”) shall report.", ["counties"]),
    ('Rules for state organs and institutions (below: "public bodies") and firms.', ["public bodies"]),
    ('In these Rules "small and medium-sized firms" (below: "small firms") are firms with few staff. "Large firms" are firms other than these.', ["small and medium-sized firms", "small firms", "Large firms"]),
    ("Within 5 days it issues an order of restriction (hereinafter a “restriction order”).", ["restriction order"]),
    ("Banks and insurers (together, the “lenders”) and the Register of Firms (“the Register” for short) exchange data.", ["lenders", "the Register"]),
    ("The term “operators” covers their branches.", ["operators"]),
    ("The bureau publishes it (see below: the table). “Credit China” is open to firms that ask.", []),
    ("(1) “Network” refers to a system of computers.\n\n(2) “Data” refers to what it holds.", ["Network", "Data"]),
    ("These Measures apply to banks (hereinafter the same).", []),
    ("This means that the bureau decides. They use means such as lots.", []),
    ("The preceding paragraph refers to units. Article 3 includes banks.", []),
    ("The bureau shall, by all means, include the data in the file.", []),
    ("Credit work in the sense of these Rules covers the keeping of files. Boats within the meaning of these Rules are subject to checks.", ["Credit work"]),
    ('By "boats" these Rules understand vessels without a deck; by "rafts", boats without sides; and by "docks", places where boats lie.', ["boats", "rafts", "docks"]),
    ("By “Credit China”, files are opened; by “Credit Yunhai”, they are closed.", []),
    ('In these Interim Rules, "pilots" means those who steer; "mates" means those who help.', ["pilots", "mates"]),
    ("Under these Rules, the term “boats” includes rafts.", ["boats"]),
    ("The port, the town and the county (these three, ‘river units’ hereinafter) and 30 firms (30 in all; “the Signatories” below) agree.", ["river units", "the Signatories"]),
    ('The *List of Boats That Sank* (the "Sunk List") and the Roll [of Boats] (the “Roll”) are kept.', ["Sunk List", "Roll"]),
    ("Boats (those of wood, such as “Old Anna”) sail; the figures (30 in all; see “Credit China” below the table) count.", []),
    ("The following terms have these meanings in these Rules:\n\n(1) “Boat”: a vessel without a deck;\n\n(2) Dock, i.e. a place where boats lie.", ["Boat", "Dock"]),
    ("The following steps are taken:\n\n(1) Boats: count them;\n\n(2) Docks: close them.", []),
    ("**Boat** means a vessel. Ferries mentioned herein refer to places. Rafts in these Rules are defined as boats.", ["Boat", "Ferries", "Rafts"]),
    ("The Port Development Commission (PDC for short) and the Port Register (abbreviated as Register) are named.", ["PDC", "Register"]),
    ('In these Rules, the following terms shall have the following meanings:\n\n(a) "**Prepayments**" means the funds;\n\n(b) ***Group***: firms of one owner.', ["Prepayments", "Group"]),
    ("For the purposes of these Rules:\n\n- **operator** – a person who trades;\n- card – a voucher.", ["operator"]),
    ("The terms below have the meanings set out opposite them:\n\n| No. | Term | Meaning |\n| --- | --- | --- |\n| 1 | **Operator** | a person who trades |\n| 2 | Card | a voucher |", ["Operator", "Card"]),
    ("| Measure | Body |\n| --- | --- |\n| Warn | bureau |\n| Fine | court |", []),
    ("They use a common system (in either case, a “**Business System**”) for agencies (each agency and each large firm, a “Purchaser”).", ["Business System", "Purchaser"]),
    ("The provincial credit body (in these Rules: “credit body”) and its boats («sloops») count.", ["credit body", "sloops"]),
    ("Inform firms when serving the decision (“two papers at once”); see the table below: “boats” are in row 2.", []),
    ("As used in this Regulation, “small firm” (hereinafter, “SF”) means a firm with few staff.", ["small firm", "SF"]),
    ("The bureau means to act; this means that it acts.", []),
    ("Port fees (a short list) and berths (short of water) count.", []),
    ('Publish the data on "Credit China" and "Credit Yunhai".', []),
    ("“Boats” as used in these Rules means vessels without a deck. “Pilots” include those who steer them. “Mates” help.", ["Boats", "Pilots"]),
    ("For the purposes of these Rules, “dock” means a pier; “dock work” includes loading, and “staff” means all employees.", ["dock", "dock work", "staff"]),
    ('In these Rules, unless the context otherwise requires, "boat" means a vessel; and "Dock Office" means the office of the port.', ["boat", "Dock Office"]),
    ("In these Rules:\n\n— **boat** means a vessel;\n\n— **dock** includes a pier;\n\n— the office is open.", ["boat", "dock"]),
    ("The following definitions apply:\n\n(1) “boat” – a vessel;\n\n(2) “dock”, a place where boats lie.", ["boat", "dock"]),
    ('The terms "above" and "below" as used in these Rules include the number itself.', ["above", "below"]),
    ('The bureaus of ports, water and land (hereinafter respectively "BP", "BW" and "BL") agree.', ["BP", "BW", "BL"]),
    ('Boats on the list (each a “listed boat”, and together, the “listed boats”) are checked.', ["listed boat", "listed boats"]),
    ("Boats (hereinafter **vessels**), docks («piers») and rafts (from now on “floats”) are counted.", ["vessels", "piers", "floats"]),
    ("Under the Plan (Guofa [2014] No. 21) the Office of the Lead Group is hereinafter called the “Lead Office”.", ["Lead Office"]),
    ("The central platform of the port shall hereinafter be called the Platform. It shall be kept.", ["Platform"]),
    ("“handling”, in relation to data, means recording it; “serious loss” shall be construed accordingly.", ["handling", "serious loss"]),
    ("The Port Commission, hereinafter called the Commission, decides. The rules hereinafter, as they stand, apply.", ["Commission"]),
    ("The office keeps the list (*Port Bureau*) and the roll (**Dock Bureau**).", []),
    ('The Port Office (the **"Office"**) and a unit that gives data (a **"provider"**) agree. **"Port data"** (港口数据) means figures.', ["Office", "provider", "Port data"]),
    ("By »boat« is meant a vessel. The term »dock« comprises a pier; »staff« are all employees (below: »the staff«).", ["boat", "dock", "staff", "the staff"]),
    ("Harbour data (hereinafter “data”) means figures. The preceding paragraph as in Article 3 refers to boats.", ["Harbour data", "data"]),
    ("Under the Port Plan (Guofa [2014] No. 21; the “Plan”) and the Dock Rules (Huan Fa (2018) No. 8, the ‘Dock Owner’s Rules’) act.", ["Plan", "Dock Owner’s Rules"]),
    ("The redlist and the blacklist (any of them, a “List”; collectively, the “Two Lists”) and the port [the “Old Port”] count.", ["List", "Two Lists", "Old Port"]),
    ("The office (abbr. “PO”), the port (simplified as “OP”), docks (short form: “DOCKS”) and piers (short: Piers) count.", ["PO", "OP", "DOCKS", "Piers"]),
    ("The redlist and the blacklist, collectively the “Two Lists”, and the port — here called the “Old Port” — count.", ["Two Lists", "Old Port"]),
    ("The Port Commission (the Commission) asks the bureau (the Office) on the portal (in “Credit China”), namely it (see: “Ports”).", ["Commission"]),
    ("The office (hereinafter in short “PO”) and the port, referred to below as the Old Port, count.", ["PO", "Old Port"]),
    ("“Boat” means a vessel and “dock” a place where boats lie, while “raft” refers to a boat without sides; “pier” and “quay” do not include docks.", ["Boat", "dock", "raft", "pier", "quay"]),
    ("Unless otherwise stated, “boat” means a vessel. Within the meaning of these Rules, “dock” is any pier. When used in this article, “raft” includes ferries.", ["boat", "dock", "raft"]),
    ("“Boat” (船) as used in this paragraph means a vessel; “dock” [码头] means a pier. Rafts in this article are defined as boats.", ["Boat", "dock", "Rafts"]),
    ("In these Rules, the terms below are used as follows:\n\n*Boat* – a vessel;\n\n“Dock” (码头): a pier;\n\nRaft, which means a boat without sides;\n\nThe bureau counts.", ["Boat", "Dock", "Raft"]),
    ("The terms used here are explained as follows:\n\n1. **Boat.** A vessel without a deck.\n\n2. Dock. A pier.\n\n3. The bureau is open. A file is kept.", ["Boat", "Dock"]),
    ("The terms have the following meanings: “Boat” – a vessel; (2) “Dock”: a pier. The bureau counts them.", ["Boat", "Dock"]),
    ("Abbreviations used in these Rules:\n\n- PDC: Port Development Commission\n- CAC: cyberspace office", ["PDC", "CAC"]),
    ("The list:\n\n| Abbreviation | Full name |\n| --- | --- |\n| PDC | Port Commission |", ["PDC"]),
    ("Publish it in these columns: “Credit China”: daily; “Credit Yunhai” – weekly.", []),
    ("The boats named in this article are kept. What is asked for is a plan. Such boats (小船) are kept by “Port One”.", []),
    ("(Definitions)\n\n“Boat”: a vessel. “Dock” – a pier.\n\n1. Raft: a boat without sides", ["Boat", "Dock", "Raft"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "terms"), CASES, ids=[text[:60] for text, _ in CASES])
def test_reads_each_term(text: str, terms: list[str], reading_of: Callable[..., Reading], reference: Reference) -> None:
    reading = reading_of(f"# Rules on Tests\n\nArticle 1  {text}\n")
    found = read_definitions(reading, read_citations(reading, reference))
    assert [definition.term.quote for definition in found] == terms


@pytest.mark.parametrize(
    "unit",
    [
        "(the ",
        "(the “A”; ",
        "(“A”, ",
        "[“",
        "“Boat” ",
        "“Boat”: a, ",
        "“a” means b, and “c” the ",
        "In these Rules, ",
        "Boats (船) are ",
        ", that is “A",
    ],
)
def test_hostile_input_costs_no_more_than_its_length(
    unit: str,
    reading_of: Callable[..., Reading],
    least_seconds: Callable[[Iterable[Callable[[], object]]], float],
) -> None:
    readings = [[reading_of("Article 1  " + unit * (count + run)) for run in range(3)] for count in (500, 2_000)]
    small, large = (least_seconds(partial(read_definitions, reading, ()) for reading in row) for row in readings)
    assert large < max(small, 0.004) * 12


def test_the_span_is_the_sentence_or_the_phrase_with_its_parenthesis(
    reading_of: Callable[..., Reading], reference: Reference
) -> None:
    body = (
        "Article 1  The bureau acts. “Lists” as used in these Rules means both lists. It decides.\n\n"
        "Article 2  The public credit work body under it (hereinafter “work body”) keeps the files.\n\n"
        "Article 3  It shall be inspected or closed by the office in charge (hereinafter the “office”).\n\n"
        "Article 4  The rules issued by the council (hereinafter the “council rules”) apply.\n"
    )
    reading = reading_of(f"# Rules on Tests\n\n{body}")
    assert [d.span.quote for d in read_definitions(reading, ())] == [
        "“Lists” as used in these Rules means both lists.",
        "The public credit work body under it (hereinafter “work body”)",
        "the office in charge (hereinafter the “office”)",
        "The rules issued by the council (hereinafter the “council rules”)",
    ]
