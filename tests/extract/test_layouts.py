"""One document in many layouts: Markdown, HTML and typography may spell it otherwise, the facts are those of the plain one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import wrap

import pytest

from kb.checks.facts import spans_of
from kb.corpus import source_from_text
from kb.extract import extract_facts
from kb.model import Document, Facts, Reference, Span, Time
from kb.parse import parse_document
from kb.typography import plain

PLAIN = """# Measures for the Administration of the Blacklist of Ferry Operators

Article 1 In order to protect the passengers' rights, these Measures are formulated in accordance with the "Regulations on Ferry Safety" (Order No. 612) and the Opinions on Building a Credit System (Guofa [2014] No. 21).

Article 2 For the purposes of these Measures, "blacklist" means the list of ferry operators that have seriously violated the law.

Article 3 The municipal port bureau shall establish the "blacklist of ferry operators" by June 30, 2017, and the people's governments at the county level shall publish it on their websites within 20 working days.

Article 4 A ferry operator under any of the following circumstances shall be included in the blacklist:

(1) it carries more than 1,000 passengers without a licence;

(2) it refuses to pay a fine of 10,000 yuan; or

(3) it submits false reports of efficiency and finance.

Article 5 Before including an operator in the blacklist, the port bureau shall inform it of the facts, and the operator may object within 10 days from the date of receiving the notice.

Article 6 The period of inclusion in the blacklist is two years. An operator that has corrected its conduct may apply for removal.

Article 7 The finance bureau shall not grant subsidies to operators on the blacklist.

Article 8 Where an operator objects to the decision in Article 5, it may file a complaint with the municipal government.

Article 9 The port bureau should, by the end of 2018, explore the establishment of a data-sharing mechanism, and report the progress to the municipal government every quarter.

Article 10 These Measures shall take effect as of May 1, 2017.
"""

Layout = Callable[[str], str]
MODAL = r"\b(?:shall not|shall|may|should)\b"
TIMES = r"June 30, 2017|the end of 2018|\d+ (?:working )?days|two years"
NUMBERED = r"(?m)^(Article \d+) "
QUOTED = r'"([^"\n]*)"'
SPACE = r"(?<=\S) (?=\S)"
STARTS = r"\b(black|oper|munici|gover|includ)(?=[a-z])"
NOTED = r"(blacklist|licence|websites|facts)(?=[ ;,.])"
LINES = r"(?m)^(?=.)"


def sub(pattern: str, becomes: str) -> Layout:
    return lambda text: re.sub(pattern, becomes, text)


def put(*pairs: tuple[str, str]) -> Layout:
    def layout(text: str) -> str:
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        return text

    return layout


def wide(chosen: str) -> Layout:
    return lambda text: re.sub(chosen, lambda match: "".join(chr(ord(c) + 0xFEE0) for c in match[0]), text)


def wrapped(width: int, end: str = "\n", *, cut: bool = False) -> Layout:
    def halves(match: re.Match[str]) -> str:
        word = match[1]
        return f" {word[: len(word) // 2]}-{end}{word[len(word) // 2 :]}{end}"

    def layout(text: str) -> str:
        blocks = (block if block.startswith("#") else "\n".join(wrap(block, width)) for block in text.split("\n\n"))
        lines = "\n\n".join(blocks) + "\n"
        return re.sub(r"\n([a-z]{6,}) ", halves, lines) if cut else lines.replace("\n", end)

    return layout


def in_table(article: str, head: str = "| Article | Text |") -> Layout:
    def layout(text: str) -> str:
        title, *articles = re.split(r"\n\n(?=Article)", text.strip())
        rows = [re.sub(r"^Article (\d+) (.*)", rf"| {article} | \2 |", a.replace("\n\n", "<br>")) for a in articles]
        return "\n".join((f"{title}\n", head, "| --- | --- |", *rows)) + "\n"

    return layout


LAYOUTS: dict[str, Layout] = {
    "Windows line ends": put(("\n", "\r\n")),
    "old line ends": put(("\n", "\r")),
    "line separators": put(("\n", "\u2028")),
    "paragraph separators": put(("\n\n", "\u2029")),
    "next lines": put(("\n", "\x85")),
    "vertical tab": put(("years. An", "years.\x0bAn")),
    "page break in a sentence": put(("shall inform", "shall\n\x0cinform")),
    "entities of quotes": sub(QUOTED, r"&ldquo;\1&rdquo;"),
    "numbers of quotes": sub(QUOTED, r"&#8220;\1&#8221;"),
    "hexadecimal numbers of quotes": sub(QUOTED, r"&#x201C;\1&#x201d;"),
    "entity of a straight quote": put(('"', "&quot;")),
    "entity of an apostrophe": put(("'", "&rsquo;")),
    "number of an apostrophe": put(("'", "&#39;")),
    "entities of spaces": sub(SPACE, "&nbsp;"),
    "entities of signs": put(("Article ", "&sect; ")),
    "section signs": put(("Article ", "§\u00a0")),
    "entities of soft hyphens": sub(STARTS, r"\1&shy;"),
    "unbreakable spaces": sub(SPACE, "\u00a0"),
    "thin spaces": sub(SPACE, "\u2009"),
    "wide spaces": sub(SPACE, "\u3000"),
    "tabs": sub(SPACE, "\t"),
    "double spaces": lambda text: re.sub(SPACE, "  ", text),
    "indents": sub(r"\n\n(?=\S)", "\n\n\u3000\u3000"),
    "indents of tabs": sub(r"\n\n(?=\S)", "\n\n\t"),
    "thin spaces of thousands": sub(r"(?<=\d),(?=\d{3})", "\u2009"),
    "narrow spaces of thousands": sub(r"(?<=\d),(?=\d{3})", "\u202f"),
    "bold modals": sub(MODAL, r"**\g<0>**"),
    "italic modals": sub(MODAL, r"*\g<0>*"),
    "underscored modals": sub(MODAL, r"_\g<0>_"),
    "twice underscored modals": sub(MODAL, r"__\g<0>__"),
    "tags of bold modals": sub(MODAL, r"<b>\g<0></b>"),
    "tags of strong modals": sub(MODAL, r"<strong class='x'>\g<0></strong>"),
    "underlined modals": sub(MODAL, r"<u>\g<0></u>"),
    "bold times": sub(TIMES, r"**\g<0>**"),
    "bold italic times": sub(TIMES, r"***\g<0>***"),
    "italic phrases of time": sub(rf"(?:by|within) (?:{TIMES})", r"*\g<0>*"),
    "bold numbers": sub(r"(?<= )(\d+)(?= (?:working )?days)", r"**\1**"),
    "bold lists": put((" blacklist", " **blacklist**")),
    "bold halves of words": put(("blacklist", "**black**list")),
    "bold actors": sub(r"[Tt]he (municipal port|finance|port) bureau", r"**\g<0>**"),
    "italic actors": sub(r"(municipal port|finance|port) bureau", r"*\g<0>*"),
    "italic title": put(('"Regulations on Ferry Safety"', "*Regulations on Ferry Safety*")),
    "highlights": put(("blacklist", "==blacklist==")),
    "code": put(("blacklist of ferry", "`blacklist` of ferry")),
    "bold articles": sub(NUMBERED, r"**\1** "),
    "tags of bold articles": sub(NUMBERED, r"<b>\1</b> "),
    "spans of articles": sub(NUMBERED, r'<span class="n">\1</span> '),
    "linked articles": sub(NUMBERED, r"[\1](#a) "),
    "places of articles": sub(NUMBERED, r'<a id="a"></a>\1 '),
    "articles as points": sub(NUMBERED, r"- \1 "),
    "tags of paragraphs": sub(r"(?m)^((?:Article|\().*)$", r'<p style="text-indent: 2em">\1</p>'),
    "tags of paragraphs on a line": lambda text: re.sub(r"(?m)^((?:Article|\().*)$", r"<p>\1</p>", text).replace(
        "</p>\n\n<p>", "</p><p>"
    ),
    "tags of points": sub(r"(?m)^(\(\d\) .*)$", r"<li>\1</li>"),
    "rules": put(("\n\nArticle", "\n\n---\n\nArticle")),
    "comments": put(
        ("shall establish", "shall <!-- x --> establish"), ("shall not grant", "shall not<!-- y --> grant")
    ),
    "soft hyphens": sub(STARTS, "\\1\u00ad"),
    "soft hyphens at line ends": put(("municipal port", "munici\u00ad\npal port"), ("subsidies", "subsi\u00ad\ndies")),
    "spaces of no width": sub(STARTS, "\\1\u200b"),
    "spaces of no width in gaps": sub(r"(?<=[a-z]) (?=[a-z])", " \u200b"),
    "joiners": sub(STARTS, "\\1\u200c"),
    "word joiners": sub(STARTS, "\\1\u2060"),
    "byte order marks": sub(STARTS, "\\1\ufeff"),
    "marks of direction": put(("(", "\u200e("), (". ", ".\u200f ")),
    "control characters": sub(STARTS, "\\1\x01"),
    "quoted": sub(LINES, "> "),
    "quoted closely": sub(r"(?m)^", ">"),
    "quoted below the title": lambda text: re.sub(r"(?m)^(?=[A-Z(])", "> ", text),
    "rows of a table": in_table(r"Article \1"),
    "rows of a table without heads": in_table(r"Article \1", "| | |"),
    "bold rows of a table": in_table(r"**Article \1**"),
    "signs in rows of a table": in_table(r"§ \1"),
    "footnotes": sub(NOTED, r"\1[^1]"),
    "raised footnotes": sub(NOTED, r"\1¹"),
    "tags of footnotes": sub(NOTED, r"\1<sup>1</sup>"),
    "linked tags of footnotes": sub(NOTED, r'\1<sup><a href="#fn1">[1]</a></sup>'),
    "linked footnotes": sub(NOTED, r"\1[[1]](#fn1)"),
    "footnotes in brackets": sub(NOTED, r"\1[1]"),
    "footnotes in escaped brackets": sub(NOTED, r"\1\\[1\\]"),
    "footnotes within an act": put(("shall establish", "shall[^1] establish"), ("shall inform", "shall¹ inform")),
    "breaks before points": sub(r"(?<=[:;r])\n\n(?=\(\d)", "<br>"),
    "breaks at line ends": sub(r"(?<=[:;r])\n\n(?=\(\d)", "<br />\n"),
    "break behind a lead-in": put(("blacklist:\n", "blacklist:<br>\n")),
    "breaks before articles": put(("s\n\nArticle 1 ", "s\n\rArticle 1 "), ("\n\nArticle", "<br>Article"), ("\r", "\n")),
    "two breaks before articles": put(("\n\nArticle", "<br><br>\nArticle")),
    "breaks in sentences": put(("years. An", "years.<br>An"), ("2017, and", "2017,<br>and")),
    "backslashes at line ends": sub(r"(?<=[:;r])\n\n(?=\(\d)", "\\\\\n"),
    "linked title": sub(r"Opinions on [A-Za-z ]+ System", r"[\g<0>](x.md)"),
    "linked title with its number": sub(r"Opinions on [A-Za-z ]+ System \(.*?\)", r"[\g<0>](http://a.example/c?d=1)"),
    "linked quoted title": sub(r'"Regulations on Ferry Safety"', r'[\g<0>](../x.md "Regulations")'),
    "title linked within its quotes": sub("Regulations on Ferry Safety", r"[\g<0>](../x.md)"),
    "tag of a linked title": sub(r"Opinions on [A-Za-z ]+ System", r'<a href="x.html">\g<0></a>'),
    "linked actor": put(("finance bureau", "[finance bureau](http://f.example/)")),
    "wide digits": wide(r"\d"),
    "wide letters": wide("[A-Za-z0-9]"),
    "wide brackets": put(("(", "（"), (")", "）")),
    "wide stops": put((", ", "，"), (";\n", "；\n"), (":\n", "：\n"), (". An", "．An")),
    "wide text": lambda text: wide(r"[!$-~]")(text).replace("＃", "#").replace(" ", "\u3000").replace("＇", "'"),
    "ligatures": put(("ffi", "ﬃ"), ("fi", "ﬁ")),
    "curly apostrophes": put(("'", "’")),
    "typewriter apostrophes": put(("'", "`")),
    "accents as apostrophes": put(("'", "´")),
    "wide apostrophes": put(("'", "＇")),
    "curly quotes": sub(QUOTED, r"“\1”"),
    "low quotes": sub(QUOTED, r"„\1“"),
    "typewriter quotes": sub(QUOTED, r"``\1''"),
    "escaped quotes": put(('"', '\\"')),
    "hyphens that do not break": put(("data-sharing", "data\u2011sharing")),
    "escaped brackets": sub(r"[()\[\]]", r"\\\g<0>"),
    "escaped stops": put(("No. ", "No\\. ")),
    "wrapped": wrapped(72),
    "wrapped with Windows line ends": wrapped(72, "\r\n"),
    "words cut at line ends": wrapped(60, cut=True),
    "page numbers": put(("\n\nArticle 6", "\n\n— 3 —\n\nArticle 6"), ("\n\nArticle 9", "\n\nPage 4 of 5\n\nArticle 9")),
    "page number in a sentence": put(("bureau shall inform", "bureau shall\n\n- 3 -\n\ninform")),
    "page head in a sentence": put(("shall inform", "shall\n\n3\n\nMeasures on the Blacklist\n\ninform")),
    "page number in a list": put(("licence;\n\n", "licence;\n\n— 2 —\n\n")),
    "blocks without blank lines": sub(r"\n\n(?=Article|\()", "\n"),
    "no blank lines": put(("\n\n", "\n")),
    "addresses of headings": sub(r"(?m)^(# .*)$", r"\1 {#top}"),
}


def read(text: str, reference: Reference) -> tuple[Document, Facts]:
    source, _ = source_from_text(text, "ferries.md")
    document = parse_document(source)
    return document, extract_facts(document, reference)


def words(span: Span | None) -> str:
    """The letters and digits that a span says, whatever their layout."""
    said = plain(span.quote).text.replace("§", "Article") if span else ""
    return "".join(re.findall(r"[a-z0-9]+", said.lower()))


def time_of(time: Time | None) -> tuple[object, ...]:
    return (time.type, time.earliest, time.latest, time.duration, time.rrule, time.bound) if time else ()


def shown(document: Document, facts: Facts) -> Iterator[object]:
    """What a reader of the facts sees of them."""
    yield [(p.eid, p.kind) for p in document.provisions if p.kind != "preface"]
    for item in facts.items:
        actors = [(actor.role, words(actor.span), actor.agency) for actor in item.actors]
        yield item.id, item.modality, words(item.action), actors, time_of(item.deadline), item.area, item.fields
    for time in facts.times:
        yield time_of(time), words(time.span)
    for one in facts.lists:
        slots = [(s.name, s.state, [(words(f.span), f.force, f.reach, f.body) for f in s.facts]) for s in one.slots]
        yield re.sub(r"\W+", "", one.name), one.list_kind, slots
    for cited in facts.citations:
        yield cited.verb, cited.target, re.sub(r"\W+", "", cited.title), cited.number
    for defined in facts.definitions:
        yield words(defined.term), words(defined.span)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_the_same(name: str, reference: Reference) -> None:
    text = LAYOUTS[name](PLAIN)
    assert text != PLAIN
    document, facts = read(text, reference)
    assert list(shown(document, facts)) == list(shown(*read(PLAIN, reference)))
    assert [span for span in spans_of(facts) if document.text[span.start : span.end] != span.quote] == []
    assert "".join(document.text[p.start : p.end] for p in document.provisions if p.leaf) == document.text == text


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "corpus").glob("*.md"))[:6], ids=lambda p: p.stem)
def test_the_plain_text_of_a_document_gives_its_facts(path: Path, reference: Reference) -> None:
    text = path.read_text(encoding="utf-8")
    assert list(shown(*read(text.replace("\n", "\r\n"), reference))) == list(shown(*read(text, reference)))
