"""How long a command takes and how much memory all its processes take together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run of a command cost: seconds on the clock, seconds of processor time, bytes at the peak."""

    seconds: float
    processor: float
    memory: int
    processes: int


class CommandError(Exception):
    """The measured command failed; the message ends with what it wrote."""


def measure_command(command: list[str], *, folder: Path, log: Path) -> Cost:
    """Run a command in a folder, what it writes going to `log`, and return its cost.

    The memory of a single process is the kernel's own peak (wait4, ru_maxrss). Several processes share
    pages: theirs is the highest sum of proportional sizes seen (PSS, /proc/PID/smaps_rollup), which counts
    a page once.
    Raises CommandError when the command fails.
    """
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.stop()
    if process.returncode:
        raise CommandError(f"{' '.join(command)}: exit {process.returncode}\n{log.read_text()[-2000:]}")
    alone = watch.processes <= 1
    return Cost(
        seconds=seconds,
        processor=usage.ru_utime + usage.ru_stime,
        memory=usage.ru_maxrss * 1024 if alone else watch.peak,
        processes=max(watch.processes, 1),
    )


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.peak = 0
        self.processes = 0

    def run(self) -> None:
        """Keep the highest sum, and the highest number of processes at one time."""
        while not self._over.wait(EVERY):
            pids = find_tree(self._pid, read_parents())
            self.processes = max(self.processes, len(pids))
            # Adding up the pages of a process holds it up, so one whose peak the kernel tells is left alone.
            if len(pids) > 1:
                self.peak = max(self.peak, sum(map(read_memory, pids)))

    def stop(self) -> None:
        """End the watch and wait for its last look."""
        self._over.set()
        self.join()


def find_tree(root: int, parents: dict[int, int]) -> list[int]:
    """Find a process and all its descendants.

    >>> find_tree(7, {7: 1, 8: 7, 9: 8, 10: 1})
    [7, 8, 9]
    """
    tree = [root]
    for pid in tree:
        tree.extend(child for child, parent in parents.items() if parent == pid)
    return tree


def read_parents() -> dict[int, int]:
    """Read which process is whose child, for every process of this machine."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace")
            except OSError:
                continue
            # The command name stands in brackets and may hold anything, so count from the last bracket.
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    return parents


def read_memory(pid: int) -> int:
    """Read the proportional size of a process in bytes; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
