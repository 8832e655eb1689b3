"""What is wrong in data: collected, sorted, printed as `path:line: message [check]` with a hint.

A `Problem` is returned, never raised, so that one bad document never stops the others.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing wrong at one place; `line` is 1-based in the file on disk, 0 where the whole file is meant."""

    path: str
    line: int
    check: str
    message: str
    hint: str = ""
    source_line: str = ""  # the line itself, printed with a caret where `column` says
    column: int = 0  # 1-based; 0 for none

    def render(self) -> str:
        """The problem as it is printed, without a closing newline."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        out = [f"{place}: {self.message} [{self.check}]"]
        if self.source_line:
            out.append(f"    {self.source_line}")
            if self.column:
                out.append("    " + " " * (self.column - 1) + "^")
        if self.hint:
            out.append(f"hint: {self.hint}")
        return "\n".join(out)


def render_problems(problems: Iterable[Problem]) -> str:
    """All problems, sorted by path, line and check, one after the other; empty for none."""
    return "\n".join(p.render() for p in sorted(set(problems)))
