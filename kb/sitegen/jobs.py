"""The same work for several things at once, in copies of this process, where the system can copy one."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

T = TypeVar("T")
_WORK: list[Callable[[], Any]] = []


def in_processes(work: Sequence[Callable[[], T]], jobs: int) -> Iterator[T]:
    """What each call returns, in their order. Each process has everything as it is now, and returns what can be pickled.

    Each takes the next call when it is done with one, so that those that take long should come first. One after the other
    in this process with one job, or on a system whose processes begin empty: to read the base again would take longer than
    what is won. Raises what a call raised, and ChildProcessError where a process ended without an answer.
    """
    if jobs < 2 or sys.platform != "linux":
        yield from (one() for one in work)
        return
    _WORK[:] = work
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), initializer=_start) as pool:
            yield from pool.map(_call, range(len(work)))
    except BrokenProcessPool:
        raise ChildProcessError("a process that wrote pages was ended") from None
    finally:
        _WORK.clear()


def _start() -> None:
    """Leave Ctrl-C to the process that started this one, which ends them all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _call(number: int) -> Any:
    return _WORK[number]()
