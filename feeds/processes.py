"""Work on every processor, where there is enough of it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.pool import AsyncResult
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH_FORKING = 10
"""How many jobs make it worth while: fewer are done sooner than a second process has begun."""


def run_jobs(work: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    """Do the same work on each job, and give the results in the order of the jobs.

    Processes are forked, since they inherit work and jobs without a copy of them; only results are copied. Where
    that is not safe, which is beside other threads and outside Linux, one process does it all.
    """
    processors = _count_processors()
    if len(jobs) < WORTH_FORKING or processors < 2 or not _may_fork():
        yield from map(work, jobs)
        return
    context = multiprocessing.get_context("fork")
    with context.Pool(processors, initializer=_take_work, initargs=(work, jobs)) as pool:
        pending: deque[AsyncResult[Result]] = deque()
        for number in range(len(jobs)):
            pending.append(pool.apply_async(_do_one, (number,)))
            if len(pending) > 2 * processors:  # no further ahead, or finished results would pile up
                yield pending.popleft().get()
        while pending:
            yield pending.popleft().get()


_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""What a forked process works on; set there alone, when it begins."""


def _take_work(work: Callable[[Any], Any], jobs: Sequence[Any]) -> None:
    global _work
    _work = work, jobs


def _do_one(number: int) -> Any:
    assert _work is not None, "a process begins with its work"
    work, jobs = _work
    return work(jobs[number])


def _count_processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1
