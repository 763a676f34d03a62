"""Work that is divided among processes comes back in order, and a process that dies is told and not waited for."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from feeds.errors import FeedsError
from feeds.processes import WORTH_FORKING, run_jobs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks here")
JOBS = range(5 * WORTH_FORKING)


def tell_process(number: int) -> tuple[int, int]:
    return number, os.getpid()


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.processes._count_processors", lambda: 2)


@pytest.mark.usefixtures("two_processors")
def test_results_come_in_the_order_of_the_jobs_from_other_processes_every_time() -> None:
    for _ in range(2):  # the second time too: nothing of the first may stand in the way
        assert threading.active_count() == 1
        numbers, processes = zip(*run_jobs(tell_process, JOBS), strict=True)
        assert numbers == tuple(JOBS)
        assert os.getpid() not in processes


def test_few_jobs_are_done_here() -> None:
    assert {process for _, process in run_jobs(tell_process, JOBS[: WORTH_FORKING - 1])} == {os.getpid()}


TESTS = os.getpid()


def die(number: int) -> int:
    assert os.getpid() != TESTS, "the work was not given to other processes"
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.usefixtures("two_processors")
def test_a_process_that_is_killed_is_told_and_not_waited_for() -> None:
    with pytest.raises(FeedsError, match="the system ended a process of the build"):
        list(run_jobs(die, JOBS))


def fail(number: int) -> int:
    if number == 3:
        raise FeedsError([])
    return number


@pytest.mark.usefixtures("two_processors")
def test_a_fault_in_another_process_is_raised_here() -> None:
    with pytest.raises(FeedsError):
        list(run_jobs(fail, JOBS))
