"""Work on every processor, where there is enough of it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from feeds.errors import Fault, FeedsError

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH_FORKING = 10
"""How many jobs make it worth while: fewer are done sooner than a second process has begun."""


def run_jobs(work: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    """Do the same work on each job, and give the results in the order of the jobs.

    Processes are forked, since they inherit work and jobs without a copy of them; only results are copied. Where
    that is not safe, which is beside other threads and outside Linux, one process does it all.

    Raises FeedsError where the system ends one of them, as for want of memory.
    """
    processors = _count_processors()
    if len(jobs) < WORTH_FORKING or processors < 2 or not _may_fork():
        yield from map(work, jobs)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processors, context, initializer=_take_work, initargs=(work, jobs)) as pool:
        pending: deque[Future[Result]] = deque()
        try:
            for number in range(len(jobs)):
                pending.append(pool.submit(_do_one, number))
                if len(pending) > 2 * processors:  # no further ahead, or finished results would pile up
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BrokenProcessPool as error:
            message = "the system ended a process of the build, perhaps for want of memory: run it again with more"
            raise FeedsError([Fault(path="feeds", message=message)]) from error
        finally:
            pool.shutdown(cancel_futures=True)


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
