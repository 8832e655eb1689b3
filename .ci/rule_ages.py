"""Records in kb/rule_ages.txt when each rule first appeared in a commit: a line for every rule that has none yet.

An installed package has no history, and `kb review` begins with the oldest rules; so the history is written down. Lines
that are there stay as they are. A rule whose row is not committed yet gets its line the next time.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from kb.rules import rule_ages

ROOT = Path(__file__).parents[1]
AGES = ROOT / "kb" / "rule_ages.txt"
_ROW = re.compile(r"^\+\s*- (?:\{\s*)?id: [\"']?([\w-]+)")
_LITERAL = re.compile(r"\"([a-z][a-z-]+)\"")


def first_commits(paths: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """The moment of the first commit that added each word the pattern finds in these files, in UTC."""
    command = ("git", "log", "--reverse", "--no-renames", "--unified=0", "-p", "--date=format-local:%Y-%m-%dT%H:%MZ")
    log = subprocess.run(
        (*command, "--format=commit %ad", "--", paths),
        cwd=ROOT, check=True, capture_output=True, text=True, env={**os.environ, "TZ": "UTC"},
    ).stdout  # fmt: skip
    moment, found = "", dict[str, str]()
    for line in log.splitlines():
        if line.startswith("commit "):
            moment = line.removeprefix("commit ")
        elif line.startswith("+"):
            for word in pattern.findall(line):
                found.setdefault(word, moment)
    return found


def main() -> int:
    steps = {row["id"] for row in yaml.safe_load((ROOT / "kb/extract/steps.yaml").read_text(encoding="utf-8"))}
    literals = first_commits("kb/extract/*.py", _LITERAL)
    born = {**first_commits("kb/*.yaml", _ROW), **{word: literals[word] for word in steps & literals.keys()}}
    old = rule_ages()
    lines = sorted(f"{moment} {rule}" for rule, moment in {**born, **old}.items())
    AGES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{AGES.relative_to(ROOT)}: {len(lines) - len(old)} rules added, {len(lines)} in all\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
