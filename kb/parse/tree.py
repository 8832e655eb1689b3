"""Blocks -> a tree of nodes: parts, chapters, articles and, for numbers without a word, the order in which they nest.

"I." then "(1)" then "1." makes section, subsection, paragraph; inside an article, or after a lead-in that ends in a
colon or breaks off ("A person is listed if"), numbers are points of a list. A number continues the innermost open run
it fits ("2." after "1."), else it opens a new run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.parse.blocks import BOLD, Block, BlockKind
from kb.parse.headings import Opening, clean_heading, is_heading_line, read_lead, read_opening
from kb.parse.numbering import WORD_STYLES, Label, Reading

_LONGEST_LATE_HEADING = 120  # characters of a heading on the line after "Chapter II"
DEEPEST = 12  # nodes nested deeper than this become siblings, so that hostile input cannot exhaust the stack

_BELOW = {
    "body": "section",
    "part": "section",
    "annex": "section",
    "chapter": "section",
    "section": "subsection",
    "subsection": "paragraph",
    "article": "paragraph",
    "paragraph": "point",
    "point": "subpoint",
    "subpoint": "subpoint",
}
_BREAKS_OFF = re.compile(r"(?:[,，—–]|\s-|\b(?:if|where|when|who|whose|which|that))[*_\s]{0,4}$")
_ENDS = re.compile(r"[^\w\s*_][*_\s]{0,4}$")
_STAGE = re.compile(r"\b(?:stage|phase|step)\b", re.IGNORECASE)
_LEAD_IN = re.compile(r"[:：][*_\s]{0,4}(?:\[(?:seen|recalled)\])?\s*$")


@dataclass(slots=True, eq=False)
class Node:
    """A provision in the making. `words` are the characters of a leaf's text; a node with children has none."""

    kind: str
    start: int
    words: tuple[int, int] | None = None
    parent: Node | None = None
    label: Label | None = None
    reading: Reading | None = None
    level: int = 0
    indent: int = 0
    listed: bool = False  # a point of a list: text without a number closes it
    heading: str = ""
    perhaps: int = 0
    depth: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, int]:
        """Numbers with one key form a run."""
        return (self.reading.style if self.reading else "", self.level)

    def add(self, child: Node) -> Node:
        child.parent, child.depth = self, self.depth + 1
        self.children.append(child)
        return child


class Builder:
    """Takes blocks in text order; `root` is the tree so far, `stack` the open nodes from the outside in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = Node("body", 0)
        self.stack: list[Node] = []

    @property
    def top(self) -> Node:
        return self.stack[-1] if self.stack else self.root

    def take(self, block: Block) -> None:
        """Puts the next block where it belongs."""
        if block.kind is BlockKind.NOTE:
            self._close_lists()
            self.top.add(Node("note", block.opens, (block.start, block.end)))
        elif block.label and self._take_numbered(block, block.label):
            pass
        elif block.level and block.kind is BlockKind.TEXT:
            self._take_heading(block)
        else:
            self._take_text(block)

    # ------------------------------------------------------------ text and headings without a number

    def _take_text(self, block: Block) -> None:
        self._close_lists()
        top = self.top
        bare = top.label is not None and top.label.is_word and not top.heading and not top.children
        short = block.kind is BlockKind.TEXT and block.end - block.start <= _LONGEST_LATE_HEADING
        if bare and short and is_heading_line(self.text, block):
            self._put_heading(top, block.opens, (block.start, block.end))
        else:
            lead = read_lead(self.text, block)
            heading = clean_heading(self.text[slice(*lead.heading)]) if lead.heading else ""
            top.add(Node("paragraph", block.opens, (lead.text, block.end), heading=heading))

    def _take_heading(self, block: Block) -> None:
        if block.level == BOLD and self.top.label and self.top.label.is_word and not self.top.children:
            self._put_heading(self.top, block.opens, (block.body, block.end))
            return
        self._close_series(block)
        self._close_to_level(block.level)
        node = self._open(Node(_BELOW[self.top.kind], block.opens, level=block.level))
        self._put_heading(node, block.opens, (block.body, block.end))

    def _close_series(self, block: Block) -> None:
        """Closes "**Stage One**" with the numbers under it, which run on, before "**Stage Two**"."""
        if block.level == BOLD and _STAGE.search(self.text, block.body, block.end):
            before = next((n for n in self.stack if n.level == BOLD and _STAGE.search(n.heading)), None)
            if before is not None:
                del self.stack[self.stack.index(before) :]

    def _close_lists(self) -> None:
        while self.stack and self.top.listed:
            self.stack.pop()

    def _close_to_level(self, level: int) -> None:
        """Closes what a heading of this level cannot stand in."""
        while self.stack and not self._holds_heading(self.top, level):
            self.stack.pop()

    @staticmethod
    def _holds_heading(node: Node, level: int) -> bool:
        """Whether a heading of this level may stand in an open node."""
        if node.listed:
            return False
        if node.level:
            return node.level < level or (level == BOLD and node.label is not None)
        return level == BOLD and node.key[0] != "article"

    # ------------------------------------------------------------ numbers

    def _take_numbered(self, block: Block, label: Label) -> bool:
        """Opens the node of a numbered block; False where the number turns out to be none."""
        if label.is_word:
            self._close_to_rank(WORD_STYLES[label.style], block.level)
            self._open_unit(block, label.style, label.readings[0], listed=False)
        elif label.is_bullet:
            self._take_bullet(block)
        else:
            level = block.level if block.level < BOLD else 0
            run = self._open_run(label, level, block.indent)
            reading = run[1] if run else self._first_reading(label, level)
            if reading is None:
                return False
            if run:
                self._open_sibling(block, *run)
            else:
                self._take_new_run(block, reading, level)
        return True

    def _take_new_run(self, block: Block, reading: Reading, level: int) -> None:
        """Opens the node of a number that continues no open run."""
        if level:
            self._close_for_numbered_heading(level, reading)
        elif self._continue_late(block, reading):
            return
        same = None if level else self._on_stack((reading.style, level))
        deeper = same is not None and block.indent > same.indent + 1
        if same and not (reading.value == 1 and (deeper or self._leads_in(block))):
            self._open_sibling(block, same, reading)
        else:
            self._open_below(block, reading)

    def _take_bullet(self, block: Block) -> None:
        """Opens a bullet: always a point of a list, nested by its indent."""
        reading = Reading(f"bullet-{min(block.indent // 2, 3)}", 0)
        node = self._on_stack((reading.style, 0))
        if node:
            self._open_sibling(block, node, reading)
        else:
            self._open_below(block, reading, listed=True)

    def _open_run(self, label: Label, level: int, indent: int) -> tuple[Node, Reading] | None:
        """The innermost open run that the number continues, with the reading that does; not one indented deeper."""
        for node in reversed(self.stack):
            if node.indent > indent + 1:
                continue
            for reading in label.readings:
                if node.key == (reading.style, level) and node.reading and reading.value == node.reading.value + 1:
                    return node, reading
        return None

    def _first_reading(self, label: Label, level: int) -> Reading | None:
        """The reading of a number that continues no run; None for a letter that opens none either ("J. Smith")."""
        for reading in label.readings:
            if reading.value == 1:
                return reading
        if label.style in {"letter-dot", "capital-dot", "lower-roman-dot"} and not level:
            return None
        open_runs = (reading for reading in label.readings if self._on_stack((reading.style, level)))
        return next(open_runs, label.readings[0])

    def _on_stack(self, key: tuple[str, int]) -> Node | None:
        return next((node for node in reversed(self.stack) if node.key == key), None)

    def _leads_in(self, block: Block) -> bool:
        """Whether the text just before ends in a colon, or breaks off: "who", "if", a dash, words that the block goes on from."""
        last = self.top.children[-1] if self.top.children else None
        if last is None or last.kind != "paragraph" or not last.words or last.label:
            return False
        tail = self._tail(*last.words)
        if _LEAD_IN.search(tail) or _BREAKS_OFF.search(tail):
            return True
        return self.text[block.body : block.body + 1].islower() and not _ENDS.search(tail)

    def _tail(self, start: int, end: int) -> str:
        """The last characters of a stretch, in which its end shows."""
        return self.text[max(start, end - 24) : end]

    def _continue_late(self, block: Block, reading: Reading) -> bool:
        """ "(2)" after a paragraph that followed "(1)": that paragraph was part of point 1."""
        if reading.value < 2:
            return False
        siblings = self.top.children
        for back in (2, 3):
            if len(siblings) < back or not siblings[-back].children or siblings[-back].label:
                continue
            point = siblings[-back].children[-1]
            between = siblings[1 - back :]
            fits = point.listed and point.reading == Reading(reading.style, reading.value - 1)
            if fits and all(n.kind == "paragraph" and not n.children for n in between):
                del siblings[1 - back :]
                for node in between:
                    point.add(node)
                self._open_sibling(block, point, reading)
                return True
        return False

    def _close_to_rank(self, rank: int, level: int) -> None:
        """Closes what a part, chapter, section or article cannot stand in."""
        while self.stack:
            top = self.top
            top_rank = WORD_STYLES.get(top.key[0])
            if top_rank is not None and top_rank < rank:
                return
            if top_rank is None and not top.listed and self._holds_units(top, rank, level):
                return
            self.stack.pop()

    @staticmethod
    def _holds_units(node: Node, rank: int, level: int) -> bool:
        """Whether a node that is a heading with no text of its own may hold articles (chapters, by their level)."""
        if any(child.kind == "paragraph" for child in node.children) and not node.level:
            return False
        if rank == WORD_STYLES["article"]:
            return not (level and node.level and level < BOLD and node.level >= level)
        return 0 < node.level < level

    def _close_for_numbered_heading(self, level: int, reading: Reading) -> None:
        """As for a heading without a number, but "## (1)" nests in "## I." although their marks are the same."""
        while self.stack:
            top = self.top
            nests = top.level == level and top.label is not None and not top.label.is_word
            nests = nests and reading.value == 1 and top.key != (reading.style, level)
            nests = nests and not self._on_stack((reading.style, level))
            if nests or (0 < top.level < level and not top.listed):
                return
            if top.label and top.label.is_word and not top.level and top.key[0] != "article":
                return
            self.stack.pop()

    # ------------------------------------------------------------ opening nodes

    def _open_sibling(self, block: Block, node: Node, reading: Reading) -> None:
        """Opens the next node of the run of `node`, which is on the stack or was moved aside."""
        if node in self.stack:
            del self.stack[self.stack.index(node) :]
        parent = node.parent or self.root
        self._open_unit(block, node.kind, reading, listed=node.listed, parent=parent)

    def _open_below(self, block: Block, reading: Reading, *, listed: bool = False) -> None:
        """Opens the first node of a run inside the innermost open node."""
        if len(self.stack) >= DEEPEST:
            self.stack.pop()
        top = self.top
        in_list = top.listed or (top.kind == "article" and any(c.kind == "paragraph" for c in top.children))
        if not (listed or in_list or self._leads_in(block)):
            self._open_unit(block, _BELOW[top.kind], reading, listed=top.kind == "article")
            return
        kind = "subpoint" if top.listed and top.kind in {"point", "subpoint"} else "point"
        last = top.children[-1] if top.children else None
        holder = last if last is not None and last.kind == "paragraph" and not last.label else top
        self._open_unit(block, kind, reading, listed=True, parent=holder)

    def _open_unit(
        self, block: Block, kind: str, reading: Reading, *, listed: bool, parent: Node | None = None
    ) -> None:
        """Opens a numbered node, with its heading and the text that stands in the same block."""
        level = block.level if block.level < BOLD else 0
        node = Node(kind, block.opens, label=block.label, reading=reading, level=level, listed=listed)
        node.indent = block.indent
        self._open(node, parent)
        plain = listed and kind in {"point", "subpoint"}
        opening = Opening(None, block.body) if plain else read_opening(self.text, block)
        if opening.text >= block.end and not block.level and _BREAKS_OFF.search(self._tail(block.body, block.end)):
            opening = Opening(None, block.body)  # "3. The bureau keeps –" is no heading
        node.perhaps = opening.perhaps
        if opening.heading and opening.text >= block.end:
            self._put_heading(node, block.opens, opening.heading)
        else:
            if opening.heading:
                node.heading = clean_heading(self.text[slice(*opening.heading)])
            if opening.text < block.end:
                node.add(Node("paragraph", block.opens, (opening.text, block.end)))

    def _open(self, node: Node, parent: Node | None = None) -> Node:
        if parent is None and len(self.stack) >= DEEPEST:
            self.stack.pop()
        (parent or self.top).add(node)
        self.stack.append(node)
        return node

    def _put_heading(self, node: Node, start: int, words: tuple[int, int]) -> None:
        """Gives a node a heading that stands on a line of its own."""
        node.heading = clean_heading(self.text[slice(*words)])
        node.add(Node("heading", start, words))
