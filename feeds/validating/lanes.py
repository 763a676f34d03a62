"""Work that waits for servers: many at once, and of one server only a few."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(slots=True)
class _Lane(Generic[Job]):
    """The jobs that ask one server, how many of them are under way, and whether it waits for a turn."""

    jobs: deque[Job] = field(default_factory=deque)
    under_way: int = 0
    waits: bool = False


def run_in_lanes(
    work: Callable[[Job], Result], jobs: Iterable[Job], find_lane: Callable[[Job], str], *, at_once: int, each: int
) -> Iterator[tuple[Job, Result]]:
    """Do the same work on every job in threads, and give each job with its result as it is done.

    `find_lane` names the server that a job asks. No more than `each` jobs of one lane are under way, and no more than
    `at_once` in all; lanes take turns. What the work raises is raised here, and what has not begun by then never does.
    """
    lanes: dict[str, _Lane[Job]] = {}
    for job in jobs:
        lanes.setdefault(find_lane(job), _Lane()).jobs.append(job)
    turns: deque[_Lane[Job]] = deque()

    def queue(lane: _Lane[Job]) -> None:
        if lane.jobs and lane.under_way < each and not lane.waits:
            lane.waits = True
            turns.append(lane)

    for lane in lanes.values():
        queue(lane)
    pending: dict[Future[Result], tuple[Job, _Lane[Job]]] = {}
    with ThreadPoolExecutor(at_once) as pool:
        while turns or pending:
            while turns and len(pending) < at_once:
                lane = turns.popleft()
                lane.waits = False
                lane.under_way += 1
                job = lane.jobs.popleft()
                pending[pool.submit(work, job)] = job, lane
                queue(lane)
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                job, lane = pending.pop(future)
                lane.under_way -= 1
                queue(lane)
                yield job, future.result()
