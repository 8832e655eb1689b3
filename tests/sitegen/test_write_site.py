"""The whole site of a small base: complete, linked, safe, the same every time, written only where it changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kb.model import Facts
from kb.sitegen import SiteSummary
from kb.sitegen.press import Press

Write = Callable[..., tuple[Path, SiteSummary]]


def digest(folder: Path) -> dict[str, str]:
    """Every file with the hash of its bytes."""
    return {
        str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest()
        for f in sorted(folder.rglob("*"))
        if f.is_file()
    }


def text(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def test_every_link_leads_somewhere(world: Any, write: Write) -> None:
    assert write(world)[1].problems == ()


def test_every_provision_item_and_slot_has_a_place(site: Path, world: Any) -> None:
    for document in world.documents:
        ids = set(re.findall(r' id="([^"]+)"', text(site, f"documents/{document.id}.html")))
        assert {p.eid for p in document.provisions if p.kind not in {"heading", "preface"}} <= ids
        assert {i.id.partition("#")[2] for i in world.items if i.document == document.id} <= ids


def test_the_document_prints_its_words_in_order(site: Path, world: Any) -> None:
    html = text(site, "documents/cn-xx-rules-2017.html")
    body = html[html.index('class="text"') : html.index('class="after"')]
    words = " ".join(unescape(re.sub(r"<ul class=\"mg\".*?</ul>|<[^>]+>", " ", body, flags=re.DOTALL)).split())
    for provision in (p for p in world.rules.provisions if p.kind == "article" and p.leaf):
        printed = " ".join(world.rules.text[provision.text_start : provision.text_end].split())
        assert re.sub(r"\W+", " ", printed) in re.sub(r"\W+", " ", words)


def test_the_same_store_and_day_give_the_same_bytes(world: Any, write: Write, tmp_path: Path) -> None:
    here = digest(write(world)[0])
    base = world.write(tmp_path / "kb.sqlite")
    script = (
        "import sys; from datetime import date; from pathlib import Path; from kb.store import open_base;"
        "from kb.sitegen import write_site;"
        f"write_site(open_base(Path({str(base)!r})), Path({str(tmp_path / 'www')!r}), as_of=date(2018, 10, 24))"
    )
    other = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], check=True, env=other, cwd=root)
    assert digest(tmp_path / "www") == here


def test_only_what_changed_is_written(world: Any, write: Write) -> None:
    first, summary = write(world)
    assert summary.written == summary.total
    assert write(world, previous=first)[1].written == 0
    later = write(world, as_of=date(2018, 10, 25), previous=first)[1]
    assert later.written > 0


def test_a_rebuild_gives_what_a_fresh_build_gives(
    make_world: Callable[..., Any], texts: tuple[str, str], write: Write
) -> None:
    first, summary = write(make_world())
    changed = make_world(texts[0].replace("are encouraged", "are all encouraged"), texts[1])
    fresh, _ = write(changed)
    again, rebuilt = write(changed, previous=first)
    assert digest(again) == digest(fresh)
    assert 0 < rebuilt.written < summary.total / 2


def test_a_page_that_shows_nothing_of_the_change_is_not_made_again(
    make_world: Callable[..., Any], texts: tuple[str, str], write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    render = Press._render
    monkeypatch.setattr(Press, "_render", lambda self, page: rendered.append(page.path) or render(self, page))
    first, _ = write(make_world())
    assert "documents/cn-xx-rules-2017.html" in rendered
    rendered.clear()
    write(make_world(texts[0].replace("are encouraged", "are all encouraged"), texts[1]), previous=first)
    assert "documents/cn-plan-2014.html" in rendered
    assert not {"documents/cn-xx-rules-2017.html", "bodies/ndrc.html", "lists.html", "search.html"} & set(rendered)
    rendered.clear()
    write(make_world(), previous=first)
    assert rendered == []


def test_several_processes_give_the_same_bytes(world: Any, write: Write, site: Path) -> None:
    assert digest(write(world, jobs=2)[0]) == digest(site)


def test_a_page_that_somebody_changed_is_made_again(world: Any, write: Write, site: Path) -> None:
    first, _ = write(world)
    (first / "due.html").write_text("mine", encoding="utf-8")
    again, summary = write(world, previous=first)
    assert summary.written == 1
    assert digest(again) == digest(site)


def test_parts_that_cannot_be_read_are_no_harm(
    make_world: Callable[..., Any], texts: tuple[str, str], write: Write
) -> None:
    first, _ = write(make_world())
    assert (first / ".kb-kept").stat().st_size > 100
    (first / ".kb-kept").write_bytes(b"{")
    changed = make_world(texts[0].replace("are encouraged", "are all encouraged"), texts[1])
    assert digest(write(changed, previous=first)[0]) == digest(write(changed)[0])


def test_a_state_that_cannot_be_read_is_no_harm(world: Any, write: Write, site: Path) -> None:
    first, _ = write(world)
    (first / ".kb-state").write_text("{", encoding="utf-8")
    again, summary = write(world, previous=first)
    assert summary.written == 0
    assert digest(again) == digest(site)


def test_a_link_of_an_unchanged_page_to_what_is_gone_is_found(
    make_world: Callable[..., Any], texts: tuple[str, str], write: Write
) -> None:
    """As if a page had linked to a place without its context saying so."""
    first, _ = write(make_world())
    page = first / "about.html"
    state = first / ".kb-state"
    old = page.stat().st_size
    page.write_text(
        page.read_text("utf-8").replace('href="glossary.html"', 'href="documents/cn-plan-2014.html#sec_II__para_1"', 1),
        "utf-8",
    )
    state.write_text(state.read_text("utf-8").replace(f",{old},", f",{page.stat().st_size},"), "utf-8")
    os.utime(page, ns=(0, 0))
    shorter = make_world(texts[0].replace("(1) Establish a blacklist", "Establish a blacklist"), texts[1])
    messages = [p.message for p in write(shorter, previous=first)[1].problems if p.path == "about.html"]
    assert messages == ['a link to "documents/cn-plan-2014.html#sec_II__para_1": the page has no such place']


HOSTILE = '</title><script>alert(1)</script><img src=x onerror="alert(2)">'


def test_hostile_names_and_words_are_text(make_world: Callable[..., Any], texts: tuple[str, str], write: Write) -> None:
    plan = texts[0].replace('Outline for Honest Commerce (2014-2020)"', HOSTILE.replace('"', "'") + '"')
    plan = plan.replace("# Outline for", f"# {HOSTILE} Outline for")
    site, summary = write(make_world(plan_text=plan))
    assert summary.problems == ()
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert not re.search(r"<script(?! src=\"(?:\.\./)*(?:assets|data)/[a-z-]+\.js\")", html), page
        assert "<img" not in html, page
        assert not re.search(r"<[^>]+\son\w+=", html), page
    for script in (site / "data").glob("*.js"):
        assert "<" not in script.read_text(encoding="utf-8"), script


def test_pages_have_no_inline_script_or_style_and_ask_nothing_of_others(site: Path) -> None:
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert "default-src 'none'" in html
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html), page
        assert not re.search(r'(?:src|href)="(?:https?:)?//', html), page


def test_data_scripts_read_back(site: Path) -> None:
    marks = json.loads(text(site, "data/roadmap.js").removeprefix("var kbRoadmap = ").removesuffix(";\n"))
    assert [m["due"] for m in marks] == ["2017-12-31", "2019-06-30", "2020-12-31"]
    assert [m["body"] for m in marks] == [["saic"], ["ndrc"], []]


def test_a_sitemap_needs_an_address(world: Any, write: Write) -> None:
    assert not (write(world)[0] / "sitemap.xml").exists()
    assert "<loc>https://example.org/kb/index.html</loc>" in text(
        write(world, base_url="https://example.org/kb/")[0], "sitemap.xml"
    )


PAGES = [
    ("index.html", "3 items with a last day"),
    ("due.html", "Jan 2019"),
    ("overdue.html", "complete the register of sellers"),
    ("roadmap-2019.html", "publish a catalogue"),
    ("documents.html", "Seller Credit Rules"),
    ("documents/cn-plan-2014.html", "Cited by"),
    ("lists/cn-xx-rules-2017--dishonest-sellers.html", "A seller that sold fake goods twice"),
    ("due-process.html", "silent"),
    ("getting-off.html", "Nothing stated."),
    ("bodies/saic.html", "Taken over by"),
    ("bodies/samr.html", "Took over from"),
    ("fields/distribution.html", "complete the register of sellers"),
    ("coverage/cn-plan-2014.html", "Establish a blacklist of dishonest sellers"),
    ("questions.html", "Of 1 list, redlists left out, 1 says how long an entry lasts"),
    ("questions.html", "3 items of 1 document had a last day by the end of 2020"),
    ("about.html", "Action items: CSV, JSON Lines"),
    ("search.html", "documents can be searched"),
]


@pytest.mark.parametrize(("path", "words"), PAGES, ids=[path for path, _ in PAGES])
def test_a_page_says_what_it_is_for(site: Path, path: str, words: str) -> None:
    assert words in unescape(re.sub(r"<[^>]+>", "", text(site, path)))


def test_a_document_of_1000_articles_goes_on_in_parts(
    make_world: Callable[..., Any], texts: tuple[str, str], write: Write
) -> None:
    article = "The market regulator shall keep the files of sellers, check them twice and publish what it found. " * 4
    rules = texts[1] + "\n" + "\n\n".join(f"Article {n}. {article}" for n in range(5, 1001)) + "\n"
    site, summary = write(make_world(rules_text=rules))
    parts = sorted(p.name for p in (site / "documents").glob("cn-xx-rules-2017*"))
    assert len(parts) > 1
    assert summary.problems == ()
    assert max(p.stat().st_size for p in (site / "documents").iterdir()) < 300_000
    ids = [i for part in parts for i in re.findall(r' id="(art_\d+)"', text(site, f"documents/{part}"))]
    assert sorted(set(ids), key=lambda i: int(i[4:])) == [f"art_{n}" for n in range(1, 1001)]
    assert len(ids) == len(set(ids))


EMPTY = [
    ("bodies.html", "No document held here names a body"),
    ("measures.html", "No document held here says what follows"),
    ("getting-off.html", "No document held here creates or governs"),
    ("coverage.html", "No plan held here asks for anything"),
    ("documents.html", "issuer not given"),
    ("documents/cn-xx-rules-2017.html", "issuer not given"),
    ("questions.html", "0 items of 0 documents had a last day by the end of 2020"),
]


def test_a_base_without_facts_says_so_on_every_page(
    make_world: Callable[..., Any], texts: tuple[str, str], write: Write
) -> None:
    world = make_world(*(re.sub(r"issuers: .*\n", "", t) for t in texts))
    world.facts = tuple(Facts(document=d.id, sha256=d.sha256) for d in world.documents)
    site, summary = write(world)
    assert summary.problems == ()
    assert [path for path, words in EMPTY if words not in text(site, path)] == []


def test_a_base_without_areas_has_its_pages(make_world: Callable[..., Any], write: Write) -> None:
    world = make_world()
    world.reference = msgspec.structs.replace(world.reference, areas=())
    assert write(world)[1].problems == ()
