"""Work that is shared by processes is done once, and what goes wrong in one of them is told."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial

import pytest

from kb.sitegen.jobs import in_processes


def _square(number: int) -> tuple[int, int]:
    time.sleep(0.001)  # so that every process gets some
    return number * number, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_call_is_made_once(jobs: int) -> None:
    found = list(in_processes([partial(_square, n) for n in range(40)], jobs))
    assert sorted(square for square, _ in found) == [n * n for n in range(40)]
    assert len({process for _, process in found}) == (jobs if sys.platform == "linux" else 1)


def _in_another(process: int, what: Callable[[], None]) -> None:
    time.sleep(0.001)
    if os.getpid() != process:
        what()


def _fail() -> None:
    raise LookupError("no such page")


@pytest.mark.skipif(sys.platform != "linux", reason="one process alone")
@pytest.mark.parametrize(("what", "error"), [(_fail, LookupError), (partial(os._exit, 3), ChildProcessError)])
def test_what_goes_wrong_in_another_process_is_raised(what: Callable[[], None], error: type[Exception]) -> None:
    with pytest.raises(error):
        list(in_processes([partial(_in_another, os.getpid(), what)] * 40, 2))
