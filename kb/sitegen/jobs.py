"""The same work for several things at once, in copies of this process, where the system can copy one."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")


def in_processes(work: Sequence[Callable[[], T]], jobs: int) -> Iterator[T]:
    """What each call returns, in any order. Each process has everything as it is now, and returns what can be pickled.

    This process is one of them; each takes the next call when it is done with one, so that those that take long should
    come first. One after the other in this process with one job, or on a system whose processes begin empty: to read the
    base again would take longer than what is won.
    """
    if jobs < 2 or sys.platform != "linux":
        yield from (one() for one in work)
        return
    fork = multiprocessing.get_context("fork")
    taken = fork.Value("i", 0)

    def rest() -> Iterator[T]:
        while True:
            with taken:
                number, taken.value = taken.value, taken.value + 1
            if number >= len(work):
                return
            yield work[number]()

    others = [_Other(fork, lambda: list(rest())) for _ in range(jobs - 1)]
    try:
        yield from rest()
        for other in others:
            yield from other.returned()
    finally:
        for other in others:
            other.end()


class _Other(Generic[T]):
    """A process beside this one, which calls a function and hands back what it returns or raises."""

    def __init__(self, fork: multiprocessing.context.ForkContext, call: Callable[[], list[T]]) -> None:
        self._receive, send = fork.Pipe(duplex=False)
        self._process = fork.Process(target=_answer, args=(send, call))
        self._process.start()
        send.close()

    def returned(self) -> list[T]:
        """Raises what the call raised, and ChildProcessError where the process ended without an answer."""
        try:
            answer: list[T] | BaseException = self._receive.recv()
        except EOFError:
            raise ChildProcessError("a process that wrote pages was ended") from None
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def end(self) -> None:
        self._process.terminate()
        self._process.join()
        self._receive.close()


def _answer(send: Connection, call: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one, which ends them all
    try:
        send.send(call())
    except Exception as error:
        send.send(error)
