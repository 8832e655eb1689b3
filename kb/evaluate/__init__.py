"""How right the rules are: scores against marked documents, and what a change of rules gains and loses."""

from kb.evaluate.against import Change, compare_facts
from kb.evaluate.marked import Marked, SheetError, marked_from_printed, read_sheet
from kb.evaluate.run import Evaluated, evaluate, figures, figures_markdown, score_of
from kb.evaluate.score import MEASURES, Count, Error, Score, score

__all__ = [
    "MEASURES",
    "Change",
    "Count",
    "Error",
    "Evaluated",
    "Marked",
    "Score",
    "SheetError",
    "compare_facts",
    "evaluate",
    "figures",
    "figures_markdown",
    "marked_from_printed",
    "read_sheet",
    "score",
    "score_of",
]
