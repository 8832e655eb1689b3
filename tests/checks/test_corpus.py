"""What `kb check` says of a single document: each check with what it lets pass and what it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kb.checks.corpus import (
    check_basis,
    check_dates,
    check_issuers,
    check_numbering,
    check_relations,
    check_text,
    check_tree,
)
from kb.corpus import source_from_text
from kb.model import Document, Reference
from kb.parse import parse_document
from kb.problems import Problem

DIGEST = """\
---
fidelity: digest
---
# Digest

Publish lists. [seen]

Firms are entered where:

(1) they evade taxes; [recalled]

No mark here.
"""


def parsed(text: str) -> Document:
    return parse_document(source_from_text(text, "test.md")[0])


CASES: list[tuple[Callable[[Document], Iterator[Problem]], str, list[tuple[int, str]]]] = [
    # check, text, problems: line, message
    (check_numbering, "Article 1 A.\n\nArticle 2 B.", []),
    (check_numbering, "Article 1 A.\n\nArticle 1 B.",
     [(3, '"Article 1" stands twice in this place; the second is addressed as art_1-2')]),
    (check_numbering, "Article 1 A.\n\nArticle 3 C.", [(3, '"Article 3" follows Article 1')]),
    (check_numbering, "Article 4 D.", [(1, '"Article 4" follows the beginning')]),
    (check_numbering, "Article 1 A.\n\nArticle 1-1 B.\n\nArticle 2 C.", []),
    (check_numbering, "第一条 甲。\n\n第十条 乙。", [(3, '"第十条" follows 第一条')]),
    (check_numbering, "Article 1 A:\n\n(1) one;\n\n(1) two.",
     [(5, '"(1)" stands twice in this place; the second is addressed as art_1__point_1-2')]),
    (check_numbering, "---\nfidelity: excerpt\n---\nArticle 4 D.\n\nArticle 9 E.", []),
    (check_numbering, "", []),
    (check_text, "---\nfidelity: full\n---\n\n \n", [(1, "the document has no text")]),
    (check_text, "A.", []),
    (check_basis, DIGEST, [(12, "para_3 does not say how far it was checked")]),
    (check_basis, DIGEST.replace("digest", "full"), []),
    (check_dates, "---\nadopted: 2016-01-01\npublished: 2016-02-01\neffective: 2016-02-01\nexpires: 2021-02-01\n---\nA.", []),
    (check_dates, "---\nadopted: 2016-03-01\neffective: 2016-02-01\n---\nA.",
     [(1, "adopted: 2016-03-01 is after effective: 2016-02-01")]),
    (check_tree, "# Plan\n\nI. Tasks\n\n(1) One.\n", []),
    (lambda d: check_relations(d, {"cn-one-2016"}), "---\nbased_on: [cn-one-2016, Guofa (2014) No. 21]\n---\nA.", []),
    (lambda d: check_relations(d, {"cn-one-2016"}), "---\nbased_on: [cn-two-2016]\n---\nA.",
     [(1, 'based_on: no document "cn-two-2016"')]),
    (lambda d: check_issuers(d, Reference()), "---\nissuers: [ndrc]\n---\nA.", [(1, 'issuers: no body "ndrc"')]),
]  # fmt: skip


@pytest.mark.parametrize(("check", "text", "expected"), CASES)
def test_what_each_check_says(
    check: Callable[[Document], Iterator[Problem]], text: str, expected: list[tuple[int, str]]
) -> None:
    assert [(p.line, p.message) for p in check(parsed(text))] == expected
