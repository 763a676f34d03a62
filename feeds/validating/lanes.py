"""Work that waits for servers: many at once, and of one server only a few."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


def run_in_lanes(
    work: Callable[[Job], Result], jobs: Iterable[Job], find_lane: Callable[[Job], str], *, at_once: int, each: int
) -> Iterator[tuple[Job, Result]]:
    """Do the same work on every job in threads, and give each job with its result as it is done.

    `find_lane` names the server that a job asks. No more than `each` jobs of one lane are under way, and no more than
    `at_once` in all. What the work raises is raised here, and what has not begun by then never does.
    """
    lanes: dict[str, deque[Job]] = {}
    for job in jobs:
        lanes.setdefault(find_lane(job), deque()).append(job)
    stopped = threading.Event()

    def drive(lane: deque[Job]) -> tuple[Job, Result] | None:
        try:
            job = lane.popleft()
        except IndexError:
            return None
        return (job, work(job)) if not stopped.is_set() else None

    with ThreadPoolExecutor(at_once) as pool:
        pending: dict[Future[tuple[Job, Result] | None], deque[Job]] = {}
        for lane in lanes.values():
            for _ in range(min(each, len(lane))):
                pending[pool.submit(drive, lane)] = lane
        try:
            while pending:
                done = next(as_completed(pending))
                lane = pending.pop(done)
                if lane:  # the next in line, behind those of other servers
                    pending[pool.submit(drive, lane)] = lane
                if (result := done.result()) is not None:
                    yield result
        finally:
            stopped.set()
            for future in pending:
                future.cancel()
