"""List standards: which lists a document has, what fills each slot, what is referred elsewhere, and what is no list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from kb.extract import lists_conditions, lists_members, lists_names, lists_parties, lists_slots, lists_statements
from kb.extract.citations import read_citations
from kb.extract.context import Reading
from kb.extract.items import read_items
from kb.extract.lists import read_lists
from kb.extract.lists_besides import exculpation_in, lasting_in, made_public_in
from kb.extract.lists_conditions import entry_conditions, lead_condition
from kb.extract.lists_names import read_mentions
from kb.extract.lists_scoped import parties_in, qualified_in
from kb.extract.lists_slots import clauses
from kb.extract.topics import Topics
from kb.model import SLOTS, DocumentKind, ListStandard, Reference, SlotFact

Lists = Callable[..., tuple[ListStandard, ...]]
TABLES = [lists_conditions, lists_names, lists_slots]  # of whose rows one alone decides
TABLE_IDS = [module.__name__.rpartition(".")[2] for module in TABLES]


def found_in(module: Any, rule: Any, text: str) -> list[str]:
    """Ids of the rows of a table that fire in an example; of a statement's table, those that answer the same question."""
    if module is lists_statements:
        return lists_statements.rules_in(text, rule.use)
    found: list[str] = module.rules_in(text)
    return found


@pytest.mark.parametrize("module", [*TABLES, lists_statements], ids=[*TABLE_IDS, "lists_statements"])
def test_each_example_fires_its_row_alone(module: Any) -> None:
    fired = {text: set(found_in(module, rule, text)) for rule in module.RULES for text in rule.matches}
    beside = {rule.id: {getattr(rule, "beside", "")} - {""} for rule in module.RULES}
    assert fired == {text: {rule.id} | beside[rule.id] for rule in module.RULES for text in rule.matches}


@pytest.mark.parametrize("module", [*TABLES, lists_statements, lists_parties])
def test_no_row_fires_where_it_must_not(module: Any) -> None:
    fired = [(r.id, text) for r in module.RULES for text in r.rejects if r.id in found_in(module, r, text)]
    assert fired == []


def test_rows_on_parties_fire_in_their_examples() -> None:
    assert [(r.id, t) for r in lists_parties.RULES for t in r.matches if r.id not in lists_parties.rules_in(t)] == []


NAMES = [
    ("The Roster of Sound Borrowers is kept by the bank.", [("Roster of Sound Borrowers", "redlist")]),
    ("The Preferred Supplier List is open to all comers.", [("Preferred Supplier List", "redlist")]),
    ("They are moved to the list of operators warned.", [("list of operators warned", "warning")]),
    ("Set up a redlist and a blacklist of travel agencies within this year.", [("redlist of travel agencies", "redlist"), ("blacklist of travel agencies", "blacklist")]),
    ("It may enter a carrier on the Haulage Serious Default List (“the List”).", [("Haulage Serious Default List", "blacklist")]),
    ("A bidder is put on the Public Procurement Bans Register for two years.", [("Public Procurement Bans Register", "blacklist")]),
    ("Courts Check blacklists every day.", [("blacklists", "blacklist")]),
    ("Publish quality “blacklists” every quarter.", [("quality “blacklists”", "blacklist")]),
    ("They are entered on the list of judgment defaulters and punished.", [("list of judgment defaulters", "blacklist")]),
    ("Keep a list of enterprises in arrears with wages: they may not bid.", [("list of enterprises in arrears with wages", "blacklist")]),
    ("The key scrutiny list, the watch list and the grey list are kept.", [("key scrutiny list", "warning"), ("watch list", "warning"), ("grey list", "warning")]),
    ("Directories of enterprises with abnormal operations are published.", [("Directories of enterprises with abnormal operations", "warning")]),
    ("The list of targets of joint incentives is published.", [("list of targets of joint incentives", "redlist")]),
    ("Establish red and black lists.", [("redlist", "redlist"), ("blacklist", "blacklist")]),
    ("The list of seriously untrustworthy entities was updated.", [("list of seriously untrustworthy entities", "blacklist")]),
    ("The “Dishonesty List” and the ‘Model List’ are open.", [("Dishonesty List", "blacklist"), ("Model List", "redlist")]),
    ("It is put on the list under key attention.", [("list under key attention", "warning")]),
    ("Villages make it onto the Credit Village Roll, households graded A onto the Credit Household List for the village.", [("Credit Village Roll", "redlist"), ("Credit Household List", "redlist")]),
    ("A shop is kept on the “key attention” list for a year.", [("“key attention” list", "warning")]),
    ("Roll out the platform and set up a roll of members.", []),
    ("Publish a food and drug blacklist of those penalised twice.", [("food and drug blacklist", "blacklist")]),
    ("Settle the standards for the household services blacklist.", [("household services blacklist", "blacklist")]),
    ("The Debarred List is open.", [("Debarred List", "blacklist")]),
    ("It must not have a record on anybody's black list.", [("black list", "blacklist")]),
    ("Nobody may turn the honour roll into a disguised blacklist.", [("honour roll", "redlist")]),
    ("List the licenses open to commitments. Publish the list.", []),
    ("Compile a list of credit incentive and punishment measures and a negative list.", []),
    ("The price list, the list of candidates and the public credit information data list are open.", []),
    ("Blacklisted units are listed companies.", []),
    ("It is not on another department's blacklist or on any other blacklist.", []),
    ("The applicant shall be neither in arrears nor on any blacklist.", []),
    ("Firms that a bureau has placed on a list of targets of joint punishment cannot apply.", []),
    ("A shop that appears on a blacklist of traders is passed over.", []),
    ("Candidates are checked by the secretariat against the blacklists.", []),
    ("It must be free of any record in the blacklists of the signatories.", []),
    ("Bureaus build the check of redlists and blacklists into their approvals.", []),
    ("The bureau places it on a blacklist of traders.", [("blacklist of traders", "blacklist")]),
    (
        "They go on the list of those who are subject to joint punishment for tax arrears. It is public.",
        [("list of those who are subject to joint punishment for tax arrears", "blacklist")],
    ),
    (
        "The Register of persons who have been barred from bidding is kept online.",
        [("Register of persons who have been barred from bidding", "blacklist")],
    ),
    ("The school keeps a Record of Library Misconduct.", [("Record of Library Misconduct", "blacklist")]),
    ("The school keeps a Record of Library Loans.", []),
    ("The proposed redlist is displayed.", [("redlist", "redlist")]),
    ("The red-black list and the red/black list are kept.", [("redlist", "redlist"), ("blacklist", "blacklist")] * 2),
    ("Black- and redlists are posted on black-and-white name lists.", [("blacklist", "blacklist"), ("redlist", "redlist"), ("blacklist", "blacklist"), ("whitelist", "redlist")]),
    ("Nobody is on the roll of dishonour and on the roll of honour.", [("roll of dishonour", "blacklist"), ("roll of honour", "redlist")]),
    ("The list of heavily polluting enterprises is open.", [("list of heavily polluting enterprises", "blacklist")]),
    ("The list of suspended experts lasts a year.", [("list of suspended experts", "blacklist")]),
    ("They stay on the list of experts suspended from evaluation.", [("list of experts suspended from evaluation", "blacklist")]),
    ("Publish the list of key monitored pharmacies.", [("list of key monitored pharmacies", "warning")]),
    ("The list of entities under strict supervision is open.", [("list of entities under strict supervision", "warning")]),
    ("A roster of persons who refuse to carry out judgments.", [("roster of persons who refuse to carry out judgments", "blacklist")]),
    ("It shall report the redlist of the province to the ministry.", [("redlist", "redlist")]),
    ("LIST OF SERIOUSLY DISHONEST ENTITIES", [("LIST OF SERIOUSLY DISHONEST ENTITIES", "blacklist")]),
    ("It is entered in the Dishonesty Record; dishonesty records are kept.", [("Dishonesty Record", "blacklist")]),
    ("Publish the list of minor violations exempt from penalties and the list of unlawful acts.", []),
    ("Keep the list of persons restricted from buying train tickets.", [("list of persons restricted from buying train tickets", "blacklist")]),
    ("On the List of Units Having Seriously Violated Insurance Rules are ten names.", [("List of Units Having Seriously Violated Insurance Rules", "blacklist")]),
    ("Courts keep a register of persons who bring sham actions.", [("register of persons who bring sham actions", "blacklist")]),
    ("A roll of suppliers found to have bribed officials is kept.", [("roll of suppliers found to have bribed officials", "blacklist")]),
    ("A list of firms barred from serving as auditors for three years.", [("list of firms barred from serving as auditors", "blacklist")]),
    ("A list of entities that produce or sell fake drugs and may not bid.", [("list of entities that produce or sell fake drugs", "blacklist")]),
    ("The list of companies penalised for illegal fundraising is open.", [("list of companies penalised for illegal fundraising", "blacklist")]),
    ("Put it in the roll of plants subject to key supervision.", [("roll of plants subject to key supervision", "warning")]),
    ("The list of carriers with excellent credit is open.", [("list of carriers with excellent credit", "redlist")]),
    ("The list of seriously dishonest entities determined by the court is open.", [("list of seriously dishonest entities", "blacklist")]),
    ("The list of ordinarily dishonest carriers is open.", [("list of ordinarily dishonest carriers", "blacklist")]),
    ("The yellow list for those with fewer than 60 points; the black list for those that cheat.", [("yellow list", "warning"), ("black list", "blacklist")]),
    ("Guides go on the **Guide Blacklist** or the **National Roll of Cheats**.", [("Guide Blacklist", "blacklist"), ("National Roll of Cheats", "blacklist")]),
    ("The bad-conduct ledger and the good-conduct ledger.", [("bad-conduct ledger", "blacklist"), ("good-conduct ledger", "redlist")]),
    ("The list of enterprises that have no violations and the list of officers who handle serious cases.", []),
    ("The list of firms that sets out violations and the list of projects approved for subsidies.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=[text[:50] for text, _ in NAMES])
def test_reads_each_name_of_a_list(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.name, m.kind.value) for m in read_mentions(text, 0, len(text))] == expected


CONDITIONS = [
    ("Where it owes wages for a year, it shall be placed on the blacklist.", ["it owes wages for a year"]),
    ("Units that owe wages or that have caused incidents are entered on the list.", ["owe wages", "have caused incidents"]),
    ("Where a unit is placed on the blacklist, its head shall be placed on it too.", ["Where a unit is placed on the blacklist, its head shall be placed on it too."]),
    ("Defaulters are entered on the list.", ["Defaulters are entered on the list."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CONDITIONS, ids=[text[:40] for text, _ in CONDITIONS])
def test_cuts_the_criteria_out_of_a_sentence(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in entry_conditions(text)] == expected


LEADS = [
    ("Where a person is able to pay but does not, and one of the following circumstances exists, the court shall enter him:", "is able to pay but does not"),
    ("Firms in any of the cases below and a penalty imposed on them has become final, shall be listed:", "a penalty imposed on them has become final"),
    ("Where one of the following exists and a penalty imposed for it has become final, the agent shall be listed:", "a penalty imposed for it has become final"),
    ("Mills that have been given penalties owing to one of the following acts shall be placed on the blacklist:", "have been given penalties owing to one of the following acts"),
    ("A debtor who has not performed the judgment shall be placed on the list if the debtor:", "has not performed the judgment"),
    ("The bureau shall enter a mill where a judgment which has become final establishes that it:", "a judgment which has become final"),
    ("It is listed where any of these is established by a penalty decision that has taken effect:", "by a penalty decision that has taken effect"),
    ("A mill is entered on the list if over the past twelve months it has done any of the following:", "over the past twelve months"),
    ("Persons are entered in any of the following circumstances:", None),
    ("The bureau shall put traders on the blacklist if they:", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "condition"), LEADS)
def test_finds_the_condition_common_to_all_points(text: str, condition: str | None) -> None:
    span = lead_condition(text)
    assert (text[slice(*span)] if span else None) == condition


def test_parts_clauses_with_a_modal_of_their_own() -> None:
    text = (
        "The court shall notify the list to banks, and banks are to record it, for the units concerned to punish them."
    )
    assert [text[start:end] for start, end in clauses(text)] == [
        "The court shall notify the list to banks",
        "banks are to record it",
        "for the units concerned to punish them.",
    ]
    joined = "District and county bureaus shall review the entry."
    assert clauses(joined) == [(0, len(joined))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ferry traders", True), ("an Invigilator", True), ("day nurseries", True), ("household", True), ("everyone enrolled", True),
        ("fatal accident", False), ("other matters", False), ("Tampering with meters", False), ("conditions", False), ("a letter", False),
    ],
)  # fmt: skip
def test_knows_nouns_of_those_who_can_be_listed(words: str, expected: bool) -> None:
    assert lists_parties.is_person(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("judgment defaulters", True),
        ("judgment defaulter", True),
        ("untrustworthy entity", True),
        ("subject of joint punish", True),
        ("targets under joint sanction", True),
        ("blacklisted", True),
        ("sham litigation", False),
        ("untrustworthy conduct", False),
    ],
)
def test_tells_members_from_what_they_did(words: str, expected: bool) -> None:
    assert lists_members.tells_persons(words) is expected


@pytest.fixture(scope="module")
def lists_of(reading_of: Callable[..., Reading], reference: Reference) -> Lists:
    """The lists of a body, with the items of the extractor and without times."""

    def read(body: str, **meta: object) -> tuple[ListStandard, ...]:
        reading = reading_of(body, **meta)
        citations = read_citations(reading, reference)
        items = read_items(reading, (), citations, (), Topics(reference))
        return read_lists(reading, items, (), citations, reference)

    return read


def quotes(standard: ListStandard) -> dict[str, list[str]]:
    """The quotes of every stated slot."""
    return {slot.name: [fact.span.quote for fact in slot.facts] for slot in standard.slots if slot.facts}


def facts(standard: ListStandard, name: str) -> tuple[SlotFact, ...]:
    return next(slot.facts for slot in standard.slots if slot.name == name)


MEASURES = """# Measures on the Blacklist of Ticket Sellers

Article 1  These Measures are formulated to advance joint punishment.

Article 2  The transport bureau shall place ticket sellers on the blacklist in any of the following circumstances:

(1) selling forged tickets;

(2) having been on the watch list for a year without corrections.

Article 3  Before making a decision on entry, the bureau shall inform the seller of the reasons. The seller may make a statement within 5 days.

Article 4  The bureau shall publish the blacklist on its website. Identity card numbers may not be published in full.

Article 5  The term of the blacklist is two years. Upon expiry, the bureau shall remove the seller from the blacklist.

Article 6  A seller that does not accept the decision on entry may apply for administrative reconsideration within 60 days.

Article 7  Sellers on the blacklist may not bid for contracts. The bureau may inspect their shops twice a year and refuse applications for subsidies.

Article 8  Minors are not placed on the blacklist.

Article 9  The specific measures for the watch list are formulated separately by the provincial department.
"""


def test_fills_every_slot_of_measures_on_a_list(lists_of: Lists) -> None:
    black, watch = sorted(lists_of(MEASURES, title="Measures on the Blacklist of Ticket Sellers"), key=lambda s: s.name)
    assert (black.name, black.list_kind.value, watch.name, watch.list_kind.value) == (
        "Blacklist of Ticket Sellers",
        "blacklist",
        "watch list",
        "warning",
    )
    assert quotes(black) == {
        "authority": ["transport bureau"],
        "targets": ["ticket sellers"],
        "entry": ["selling forged tickets", "having been on the watch list for a year without corrections."],
        "procedure": [
            "Before making a decision on entry, the bureau shall inform the seller of the reasons.",
            "The seller may make a statement within 5 days.",
        ],
        "publication": ["The bureau shall publish the blacklist on its website."],
        "term": ["The term of the blacklist is two years."],
        "exit": ["Upon expiry, the bureau shall remove the seller from the blacklist."],
        "remedies": ["A seller that does not accept the decision on entry may apply for administrative reconsideration within 60 days."],
        "consequences": ["Sellers on the blacklist may not bid for contracts.", "inspect their shops twice a year", "refuse applications for subsidies"],
        "safeguards": ["Identity card numbers may not be published in full.", "Minors are not placed on the blacklist."],
    }  # fmt: skip
    assert [(f.force, f.measure) for f in facts(black, "consequences")] == [
        ("must", "tendering"),
        ("may", "supervision"),
        ("may", "subsidies"),
    ]


def test_silence_names_what_was_read(lists_of: Lists) -> None:
    body = "# Rules on Tests\n\nArticle 1  Shops sell.\n\nArticle 2  Shops that cheat are entered on the blacklist of shops.\n"
    (standard,) = lists_of(body)
    assert [slot.name for slot in standard.slots] == list(SLOTS)
    states = {slot.name: (slot.state.value, slot.read) for slot in standard.slots}
    assert states["entry"] == ("stated", ("art_2",))
    assert states["term"] == ("silent", ("art_2",))


def test_conditions_left_to_another_body_are_a_reference_not_a_criterion(lists_of: Lists) -> None:
    body = (
        "# Rules on Tests\n\nArticle 1  Organs may enter subjects on the serious dishonesty list.\n\nArticle 2  The specific conditions for"
        " entry on and removal from the serious dishonesty list are determined by the provincial organs.\n"
    )
    (standard,) = lists_of(body)
    assert {slot.name: slot.state.value for slot in standard.slots if slot.state.value == "refers"} == {
        "exit": "refers"
    }
    assert quotes(standard)["authority"] == ["Organs", "provincial organs"]


def test_what_is_said_of_all_lists_goes_to_each(lists_of: Lists) -> None:
    body = (
        "# Measures on Credit Lists\n\nArticle 1  “Credit lists” as used in these Measures means the redlist and the blacklist.\n\n"
        "Article 2  A unit that objects to its entry on a credit list may raise an objection.\n\nArticle 3  The redlist is valid for two years.\n"
    )
    found = lists_of(body, title="Measures on Credit Lists")
    objection = ["A unit that objects to its entry on a credit list may raise an objection."]
    assert {s.name: quotes(s) for s in found} == {
        "redlist": {"remedies": objection, "term": ["The redlist is valid for two years."]},
        "blacklist": {"remedies": objection},
    }


def test_a_transfer_is_entry_there_and_consequence_here(lists_of: Lists) -> None:
    body = "# Measures on Lists of Shops\n\nArticle 1  Where a shop has been on the warning list for a year, it shall be placed on the blacklist.\n"
    found = {s.name: quotes(s) for s in lists_of(body, title="Measures on the Blacklist")}
    assert found["blacklist"]["entry"] == ["a shop has been on the warning list for a year"]
    assert "entry" not in found["warning list"]
    assert found["warning list"]["consequences"] == [
        "Where a shop has been on the warning list for a year, it shall be placed on the blacklist."
    ]


CHAPTERS = """# Measures on the List of Dishonest Ferry Operators

## Chapter 1 General Provisions

Article 1  These Measures apply to ferry companies and to individuals that hold a licence. Provincial transport departments are responsible for designation.

## Chapter 2 Designation

Article 2  An operator in any of the following circumstances shall be designated:

(1) forging tickets;

(2) carrying passengers without a licence.

## Chapter 3 Removal and Restoration

Article 3  The period of publicity is three years. Upon expiry the department shall stop publication.

Article 4  The application shall be made in writing.

## Chapter 4 Rights

Article 5  Where the penalty decision is revoked, the department shall lift the measures and notify the operator.

Article 6  Staff who abuse their powers are dealt with in accordance with law.
"""


def test_a_list_named_in_the_title_is_meant_throughout(lists_of: Lists) -> None:
    (standard,) = lists_of(CHAPTERS, title="Measures on the List of Dishonest Ferry Operators")
    assert standard.name == "List of Dishonest Ferry Operators"
    assert quotes(standard) == {
        "authority": ["Provincial transport departments"],
        "targets": ["ferry companies", "individuals"],
        "entry": ["forging tickets", "carrying passengers without a licence."],
        "term": ["The period of publicity is three years."],
        "exit": ["Upon expiry the department shall stop publication.", "The application shall be made in writing."],
        "remedies": [
            "Where the penalty decision is revoked, the department shall lift the measures and notify the operator."
        ],
    }


def test_articles_that_speak_of_entries_go_on_with_the_list_set_up_before_them(lists_of: Lists) -> None:
    body = """# Rules on Ferry Tickets

## Chapter I Tickets

Article 1  Before the timetable is altered, the pier shall inform passengers in writing, who have the right to be heard.

## Chapter II Touts

Article 2  The harbour bureau keeps a Register of Ticket Fraud. A tout is entered in it where a court has found that the tout sold forged tickets.

Article 3  Before an entry is made, the bureau shall inform the tout of the grounds in writing.

Article 4  The bureau shall hear the tout within seven days.

Article 5  The person entered may not take part in tenders and shall be refused subsidies.

Article 6  Ferries shall be painted white.

Article 7  Piers shall be swept every day.

Article 8  An entry in the log book lasts for one year.

## Chapter III Freight

Article 9  Entries of goods shall be published every month.
"""
    (standard,) = lists_of(body)
    stated = quotes(standard)
    assert stated["procedure"] == [
        "Before an entry is made, the bureau shall inform the tout of the grounds in writing.",
        "The bureau shall hear the tout within seven days.",
    ]
    assert stated["consequences"] == ["The person entered may not take part in tenders", "shall be refused subsidies."]
    assert stated.keys() <= {"authority", "targets", "entry", "procedure", "consequences"}


def test_an_article_on_one_list_is_about_it_to_its_end(lists_of: Lists) -> None:
    body = """# Rules on Ferries

Article 1  Ferries shall be inspected every year.

Article 2  The bureau shall set up a blacklist of ferry operators. Banks may take the listing as an important reference. A listing is effective for two years. Errors shall be corrected at once.

Article 3  Whoever violates Article 1 is fined between RMB 100 and RMB 200.
"""
    (standard,) = lists_of(body)
    assert quotes(standard) == {
        "authority": ["bureau"],
        "targets": ["ferry operators"],
        "term": ["A listing is effective for two years."],
        "remedies": ["Errors shall be corrected at once."],
        "consequences": ["Banks may take the listing as an important reference."],
    }


def test_the_full_name_is_the_one_a_parenthesis_shortens(lists_of: Lists) -> None:
    body = """Article 1  Sellers are placed on the blacklist of dishonest ticket sellers (hereinafter the "blacklist") where they forge tickets.

Article 2  The blacklist is published. The blacklist is valid for two years.
"""
    (standard,) = lists_of(f"# Rules on Tickets\n\n{body}", title="Rules on the Blacklist")
    assert standard.name == "blacklist of dishonest ticket sellers"


TWO_LISTS = """# Rules on the Lists of Shops

## Chapter I General Provisions

Article 1  Two lists are kept: the list of shops with abnormal operations (the "grey sheet") and the list of seriously illegal shops.

## Chapter II Abnormal operations

Article 2  A shop is listed where it files no report. The term is one year.

## Chapter III Serious illegality

Article 3  A shop is listed where it sells forged goods. The term is three years.

## Chapter IV Life on the grey sheet

Article 4  Such a shop is barred from bidding for contracts.
"""


def test_a_heading_says_which_list_its_part_is_about(lists_of: Lists) -> None:
    """By the conduct for which one is listed, or by a short form of the name."""
    grey, black = lists_of(TWO_LISTS, title="Rules on the Lists of Shops")
    assert {name: quotes(grey).get(name) for name in ("entry", "term", "consequences")} == {
        "entry": ["it files no report"],
        "term": ["The term is one year."],
        "consequences": ["Such a shop is barred from bidding for contracts."],
    }
    assert {name: quotes(black).get(name) for name in ("entry", "term", "consequences")} == {
        "entry": ["it sells forged goods"],
        "term": ["The term is three years."],
        "consequences": None,
    }


def test_a_list_named_beside_the_one_of_the_title_is_not_meant_elsewhere(lists_of: Lists) -> None:
    body = """# Rules on the Blacklist of Shops

Article 1  The bureau shall put shops that sell forged goods on the blacklist.

Article 2  Shops that were warned may be entered on the watch list.

Article 3  The term is two years. Upon expiry, the shop shall be removed.

Article 4  Personal privacy shall not be disclosed.
"""
    black, watch = lists_of(body, title="Rules on the Blacklist of Shops")
    assert (watch.name, sorted(quotes(watch))) == ("watch list", ["entry", "targets"])
    assert quotes(black)["term"] == ["The term is two years."]
    assert quotes(black)["safeguards"] == ["Personal privacy shall not be disclosed."]


def test_a_colour_names_the_list_of_that_colour(lists_of: Lists) -> None:
    body = """# Rules on the Grey List and the Blacklist of Shops

Article 1  Shops that sell forged goods are put on the blacklist, shops that file no report on the grey list.

Article 2  Black status lasts two years; grey status lasts one year.
"""
    black, grey = lists_of(body, title="Rules on the Grey List and the Blacklist of Shops")
    assert quotes(black)["term"] == ["Black status lasts two years"]
    assert quotes(grey)["term"] == ["grey status lasts one year."]


NAMED = [
    (
        "Rules on Dishonest Sellers",
        'Article 1  Sellers go on the list of sellers and agents with repeated offences (the "overload list") where they overload.\n\nArticle 2  The overload list is published.',
        ["list of sellers and agents with repeated offences"],
    ),
    (
        "Opinions on Ticket Sales",
        "1. Sellers are entered on the list of people barred from sales (the “no-sale list”).\n\n2. The no-sale list is published. Those on the no-sale list may not sell.",
        ["list of people barred from sales (no-sale list)"],
    ),
    (
        "Measures for the Dishonesty List",
        'Article 1  The list of seriously dishonest entities in tests (hereinafter the "Dishonesty List") is kept.\n\nArticle 2  The Dishonesty List is published.',
        ["Dishonesty List"],
    ),
    (
        "Rules on Tickets",
        "Article 1  A list of agents that have seriously broken trust in the field of tickets (hereinafter the “blacklist”) is kept.\n\nArticle 2  The blacklist is published.",
        ["blacklist"],
    ),
    (
        "Measures for the Redlist of Volunteers and Donors",
        "Article 1  The redlist is divided into two: the Volunteer Redlist and the Donor Redlist. Both lists are published.\n\nArticle 2  An entry in the redlist lasts two years.",
        ["Volunteer Redlist", "Donor Redlist"],
    ),
    (
        "Rules on Tickets",
        "Article 1  Blacklists are kept. The black list is published. Those on black lists may not bid.",
        ["black list"],
    ),
    (
        "Memorandum on Boats",
        "1. Ferry List. The port shall enter on the list of persons restricted from buying ferry tickets (hereinafter: the “Ferry List”) "
        "whoever smokes on board.\n\n2. Cruise List. The port shall enter on the list of persons restricted from boarding cruise ships "
        "(hereinafter: the “Cruise List”) whoever strikes the crew.\n\n3. An entry on the Ferry List lasts a year.",
        ["Ferry List", "Cruise List"],
    ),
    (
        "Rules on Carriers",
        "Article 1  The bureau keeps a list of seriously dishonest carriers and a list of ordinarily dishonest carriers.\n\nArticle 2  A carrier "
        "that has run away is put on the list of seriously dishonest carriers. A carrier that pays late is put on the list of ordinarily "
        "dishonest carriers.",
        ["list of seriously dishonest carriers", "list of ordinarily dishonest carriers"],
    ),
    (
        "Rules on Vendors",
        "1. “Exclusion Register” means the register of vendors excluded from bidding. The centre keeps it.\n\n2. A vendor that has given "
        "false papers shall be entered in the Exclusion Register for two years.",
        ["Exclusion Register"],
    ),
    (
        "Rules on Figures",
        "1. A list of firms seriously dishonest in statistics is kept by the bureau.\n\n2. A firm that forged its figures is entered on the "
        "statistical serious dishonesty list.",
        ["list of firms seriously dishonest in statistics"],
    ),
    (
        "Rules on Dishonest Research",
        "1. There are a dishonesty list for units and a dishonesty list for individuals.\n\n2. A unit that hides misconduct is entered on the "
        "dishonesty list for units; a person who forges data is entered on the dishonesty list for individuals.",
        ["dishonesty list for units", "dishonesty list for individuals"],
    ),
    (
        "Opinions on Care Homes",
        "1. Recommended list. Homes praised by all guests are placed on it by the bureau.\n\n2. Attention list. Homes with two complaints in a "
        "quarter are placed on it by the bureau.",
        ["Recommended list", "Attention list"],
    ),
    (
        "Measures for the Blacklist of Lift Firms",
        "Article 1  A firm that forged its records shall be put on the list.\n\nArticle 2  A firm on the list of enterprises with abnormal "
        "operations shall be taken off that first.",
        ["Blacklist of Lift Firms", "list of enterprises with abnormal operations"],
    ),
    (
        "Rules on Agencies",
        "1. The bureau keeps a list of agencies and of staff that have been subjected to penalties for collusion (hereinafter the “Agency "
        "List”).\n\n2. An entry on the Agency List lasts a year.",
        ["list of agencies and of staff that have been subjected to penalties for collusion"],
    ),
    (
        "Rules on Hauliers",
        "1. The honour list and the dishonest hauliers list (hereinafter together the “credit lists”) are published.\n\n2. Hauliers that cheat "
        "are entered on the dishonest hauliers list, those praised on the honour list.",
        ["honour list", "dishonest hauliers list"],
    ),
]


def test_lists_that_only_headings_name_have_their_parts(lists_of: Lists) -> None:
    body = (
        "# Outline of the Blacklists of the Harbour Authority\n\n## A. Pilotage blacklist\n\nMasters who refuse a pilot "
        "shall be entered on the list by the harbour master.\n\n## B. Mooring attention list\n\nA vessel that has paid its dues is taken off the list.\n"
    )
    pilotage, mooring = lists_of(body, title="Outline of the Blacklists of the Harbour Authority")
    assert [(one.name, [slot.name for slot in one.slots if slot.facts]) for one in (pilotage, mooring)] == [
        ("Pilotage blacklist", ["targets", "entry"]),
        ("Mooring attention list", ["exit"]),
    ]


def test_a_list_to_which_one_is_passed_on_alone_is_not_meant_elsewhere(lists_of: Lists) -> None:
    body = (
        "# Notice on Key Supervision of Quarries\n\nArticle 1  The bureau keeps a key supervision list of quarries.\n\nArticle 2  A quarry "
        "that blasts without a permit is put on the key supervision list.\n\nArticle 3  A quarry that refuses an inspection is "
        "transferred to the joint punishment blacklist for work safety of the province.\n\nArticle 4  An entry is valid for six months.\n\n"
        "Article 5  Whoever objects to an entry may apply to the bureau for a review within ten days.\n"
    )
    filled = {one.name: sorted(quotes(one)) for one in lists_of(body, title="Notice on Key Supervision of Quarries")}
    assert {"term", "remedies"} <= set(filled["key supervision list of quarries"])
    assert not {"term", "remedies"} & set(filled["joint punishment blacklist for work safety"])


MEANT = [
    (
        "Article 1  The bureau shall establish a redlist and a blacklist of shops. The former is open to shops praised by their guests; the "
        "latter takes in shops that have sold fakes.\n\nArticle 2  An entry in the former lasts one year. An entry in the latter lasts two years.",
        {"redlist of shops": ["An entry in the former lasts one year."], "blacklist of shops": ["An entry in the latter lasts two years."]},
    ),
    (
        "Article 1  The bureau keeps List A (list of shops that have sold fakes) and List B (list of shops needing closer supervision).\n\n"
        "Article 2  An entry on List A shall last for three years and an entry on List B shall last for six months.",
        {
            "list of shops that have sold fakes": ["An entry on List A shall last for three years"],
            "list of shops needing closer supervision": ["an entry on List B shall last for six months."],
        },
    ),
    (
        "Article 1  A list of shops with excellent credit and a list of shops in serious breach of trust are kept.\n\nArticle 2  An entry on "
        "the second list lasts two years; shops on the first list are inspected once.",
        {"list of shops with excellent credit": [], "list of shops in serious breach of trust": ["An entry on the second list lasts two years"]},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "terms"), MEANT)
def test_a_list_is_meant_by_its_letter_or_its_place(body: str, terms: dict[str, list[str]], lists_of: Lists) -> None:
    lists = lists_of(f"# Rules on Shops\n\n{body}\n", title="Rules on Shops")
    assert {one.name: quotes(one).get("term", []) for one in lists} == terms


def test_a_document_whose_title_speaks_of_those_on_its_list_is_about_it(lists_of: Lists) -> None:
    title = "Rules on Restricted Passengers"
    body = (
        f"# {title}\n\nA.1 Restricted passengers appear in the Register of Restricted Passengers.\n\nA.2 The line sells them no tickets.\n\n"
        "A.3 An entry lasts one hundred and eighty days.\n\nA.4 Objections go to the station within ten days.\n"
    )
    (register,) = lists_of(body, title=title)
    assert {"term", "remedies"} <= set(quotes(register))


def test_general_remedies_are_for_all_lists_of_their_chapter(lists_of: Lists) -> None:
    title = "Provisions on Credit Lists in Shipping"
    body = (
        f"# {title}\n\n## Chapter II Lists\n\nArticle 5  Ships that sail without papers are entered on the list of dishonest ships.\n\n"
        "Article 6  Crews that have rescued others are entered on the list of honest crews.\n\n"
        "Article 7  Whoever objects to an entry may apply to the bureau for a review within ten days.\n"
    )
    assert [(one.name, "remedies" in quotes(one)) for one in lists_of(body, title=title)] == [
        ("list of dishonest ships", True),
        ("list of honest crews", True),
    ]


def test_a_memorandum_on_incentives_is_about_the_list_that_rewards(lists_of: Lists) -> None:
    body = (
        "# Memorandum on Joint Incentives for Reliable Hauliers\n\n1. Incentives go to firms on the List of Reliable Hauliers. Firms on "
        "the wage-arrears blacklist of a city are passed over.\n\n2. An entry is valid for two years.\n"
    )
    terms = {
        one.name: [fact.span.quote for slot in one.slots if slot.name == "term" for fact in slot.facts]
        for one in lists_of(
            body, title="Memorandum on Joint Incentives for Reliable Hauliers", kind=DocumentKind.MEMORANDUM
        )
    }
    assert terms["List of Reliable Hauliers"] == ["An entry is valid for two years."]
    assert not any(found for name, found in terms.items() if name != "List of Reliable Hauliers")


@pytest.mark.parametrize(("title", "body", "names"), NAMED, ids=[names[0] for _, _, names in NAMED])
def test_gathers_the_names_of_one_list(title: str, body: str, names: list[str], lists_of: Lists) -> None:
    assert [one.name for one in lists_of(f"# {title}\n\n{body}\n", title=title)] == names


SCOPES = [
    (
        "The rules speak to road haulage firms with a contract, to their drivers and to cargo agents.",
        "road haulage firms with a contract, to their drivers and to cargo agents",
    ),
    (
        "**Who.** Holders of abstraction permits, and anyone abstracting without one.",
        "Holders of abstraction permits, and anyone abstracting without one",
    ),
    (
        "A *restricted passenger* is a natural person to whom tickets are not sold.",
        "natural person to whom tickets are not sold",
    ),
    (
        "Inclusion extends to medical institutions with a pharmacy, where they buy drugs.",
        "medical institutions with a pharmacy",
    ),
    ("Any company with five years of membership can be put forward.", "company with five years of membership"),
    ("A haulage firm gets a green lane when it is on time.", "haulage firm"),
    ("The village moral review council proposes a name.", "village moral review council"),
    ("The trade council votes upon recommendations each April.", "trade council"),
    ("Where it votes, the council decides.", None),
]


@pytest.mark.parametrize(("clause", "party"), SCOPES)
def test_finds_the_party_of_a_clause_known_to_name_one(clause: str, party: str | None) -> None:
    found = [clause[start:end] for start, end in parties_in(clause, 0, len(clause))]
    assert found == ([party] if party else [])


UNTOLD = [
    (
        "A skipper is put on the Harbour Roll where he rams a quay. Skippers on the Roll may not enter.\n\nThe Harbour Roll is published.",
        [("Harbour Roll", "blacklist")],
    ),
    (
        "A baker is put on the flour list where his bread is praised, and is given priority.\n\nBakers on the flour list get a benefit.",
        [("flour list", "redlist")],
    ),
    (
        "Measures apply.\n\n## Record of Bad Conduct\n\nThe bureau keeps a record of bad conduct of porters. Porters who steal are entered in the record of bad conduct for one year.",
        [("record of bad conduct", "blacklist")],
    ),
    ("A skipper is put on the mooring list once. It is published.", []),
    ("Members are entered in the roll of members. Whoever is on the roll of members may vote.", []),
]


@pytest.mark.parametrize(("body", "lists"), UNTOLD, ids=[body[:30] for body, _ in UNTOLD])
def test_a_name_that_tells_no_kind_is_a_list_where_persons_are_put_on_it(
    body: str, lists: list[tuple[str, str]], lists_of: Lists
) -> None:
    assert [(one.name, one.list_kind.value) for one in lists_of(f"# Rules on Tests\n\n{body}\n")] == lists


NONE = [
    "Article 1  A nationally unified negative list system for market access is practiced. Publish the list.",
    "Article 1  Departments compile a list of credit incentive and punishment measures and publish it.",
    "Article 1  Adverse information shall be recorded in the credit file for five years.",
    "Article 1  The list of candidates is published.",
    "Article 1  Whoever contests a decision to put a trader on a credit blacklist may object to the court.",
]


@pytest.mark.parametrize("body", NONE)
def test_finds_no_list_where_nobody_is_listed(body: str, lists_of: Lists) -> None:
    assert lists_of(f"# Rules on Tests\n\n{body}\n") == ()


def test_every_quote_is_the_text_at_its_place(lists_of: Lists, reading_of: Callable[..., Reading]) -> None:
    text = reading_of(MEASURES, title="Measures on the Blacklist").document.text
    for standard in lists_of(MEASURES, title="Measures on the Blacklist"):
        for slot in standard.slots:
            for fact in slot.facts:
                assert text[fact.span.start : fact.span.end] == fact.span.quote


@pytest.mark.parametrize(
    "unit",
    [
        "blacklist ",
        "list of the ",
        "and the blacklist of ",
        "enter it on the ",
        "Where it is, ",
        "list, or ",
        "that a is placed ",
        "may not be entered before it is removed from the list ",
        "a seller, who ",
        "enter it, which publishes a ",
        "put on the list by a decision ",
        "unless they that ",
    ],
)
def test_hostile_input_costs_no_more_than_its_length(unit: str, least_seconds: Callable[..., float]) -> None:
    def cost(n: int) -> float:
        # no text twice: statements are cached
        return least_seconds([partial(_read, f"{unit * n}{attempt}") for attempt in range(3)])

    small, large = cost(500), cost(2_000)
    assert large < max(small, 0.004) * 12


def _read(text: str) -> None:
    list(read_mentions(text, 0, len(text)))
    lists_slots.slots_of(text, "")
    lists_statements.says("keeps", text)
    lists_parties.rules_in(text)
    lists_slots.clauses(text)
    entry_conditions(text)
    lead_condition(text)
    list(qualified_in(text, 0, len(text)))
    for said_besides in (lasting_in, made_public_in, exculpation_in):
        said_besides(text, 0, len(text))
