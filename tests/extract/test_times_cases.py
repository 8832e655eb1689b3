"""Whole sentences and everything that is read in them: type, value, bound and trigger of every time, in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.extract.times import read_text_times
from kb.model import Time

CASES = Path(__file__).parent / "times"
ISSUED = date(2016, 5, 20)


def load_cases() -> list[tuple[str, str, list[str]]]:
    """File, sentence and its expected readings; a line that goes on without indent belongs to the sentence above."""
    cases: list[tuple[str, str, list[str]]] = []
    for path in sorted(CASES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line.startswith("  "):
                cases[-1][2].append(line.strip())
            else:
                cases.append((path.stem, line, []))
    return cases


def shown(time: Time) -> str:
    """The reading in the notation of the case files."""
    assert time.span is not None
    parts = [f"{time.span.quote} | {time.type}"]
    if time.duration:
        parts.append(f"{time.duration_min}..{time.duration}" if time.duration_min else time.duration)
    parts += [part for part in (time.unit, time.rrule, time.bound) if part]
    if time.earliest or time.latest:
        parts.append(f"{time.earliest or ''}..{time.latest or ''}")
    if time.trigger:
        parts.append(f"<- {time.trigger.quote}")
    return " ".join(parts)


@pytest.mark.parametrize(
    ("name", "text", "expected"), load_cases(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_reads_every_time_of_a_sentence(name: str, text: str, expected: list[str]) -> None:
    assert [shown(time) for time in read_text_times(text, ISSUED)] == expected
