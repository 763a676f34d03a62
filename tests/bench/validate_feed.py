"""Validates a feed that it makes, in process, and tells where the time goes.

    python -m tests.bench.validate_feed --items 1000 --rounds 9
    python -m tests.bench.validate_feed --items 1000 10000 --slowest 20
    python -m tests.bench.validate_feed --w3c CHECKOUT/src

An item has about 1.1 kB. `--w3c` runs the W3C feed validator (the folder src of a checkout of it) beside ours, turn by
turn, on the same bytes. Memory is the peak of a process of its own that validates the feed once, beside one that has
only imported the program.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from feeds.formats import format_rfc2822
from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.rule import Hits, Rule
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES

AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
MEGABYTE = 1_000_000

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>A long show</title>
<link>https://example.org/</link><description>A show that has been running for a long time.</description>
<language>en</language><atom:link rel="self" href="https://example.org/feed.xml" type="application/rss+xml"/>
<itunes:author>A. Host</itunes:author><itunes:image href="https://example.org/a.jpg"/><itunes:category text="News"/>
<itunes:explicit>false</itunes:explicit><podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
<podcast:locked>no</podcast:locked>
"""
_ITEM = """<item><title>On tide number {number}</title><link>https://example.org/{number}</link>
<guid isPermaLink="false">8d1f3c2a-5b7e-4f19-9a60-{number:012d}</guid><pubDate>{date}</pubDate>
<description><![CDATA[{notes}]]></description>
<enclosure url="https://example.org/{number}.mp3" length="{length}" type="audio/mpeg"/>
<itunes:duration>{duration}</itunes:duration><itunes:explicit>false</itunes:explicit>
<itunes:image href="https://example.org/{number}.jpg"/>
<podcast:transcript url="https://example.org/{number}.vtt" type="text/vtt"/>
<podcast:person role="guest" href="https://example.org/ada">Ada Marsh</podcast:person></item>
"""
_NOTES = "<p>What the sea did in week {number}, and <a href='https://example.org/{number}/log'>the log of it</a>.</p>"
_MORE = "<p>The keeper of the light tells how it was when the storm of that year came in from the west.</p>"


def make_feed(items: int) -> bytes:
    """Make a feed without a fault, the newest item first."""
    parts = [_HEAD]
    for number in range(items, 0, -1):
        date = format_rfc2822(AT - dt.timedelta(hours=items - number + 1))
        notes = _NOTES.format(number=number) + _MORE * 3
        length, duration = 20_000_000 + number, 1200 + number % 600
        parts.append(_ITEM.format(number=number, date=date, notes=notes, length=length, duration=duration))
    return ("".join(parts) + "</channel></rss>").encode()


def validate(data: bytes, book: Rulebook) -> int:
    """Validate a feed from its bytes, and say how many findings there are."""
    return len(check_document(parse_document(parse_source("feed.xml", data), at=AT), book).findings)


def time_call(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def time_rules(data: bytes) -> Counter[str]:
    """Seconds that each rule takes over a feed, the clock's own time included."""
    spent: Counter[str] = Counter()

    def watch(rule: Rule) -> Rule:
        def check(subject: object) -> Hits:
            began = time.perf_counter()
            yield from rule.check(subject)
            spent[rule.id] += time.perf_counter() - began  # type: ignore[assignment]

        return replace(rule, check=check)

    validate(data, Rulebook(map(watch, RULES)))
    return spent


def load_w3c(source: Path) -> Callable[[bytes], object]:
    """Load the W3C feed validator from its sources."""
    sys.path.insert(0, str(source))
    validator = importlib.import_module("feedvalidator")
    return lambda data: validator.validateString(data, firstOccurrenceOnly=0)


_MEASURE = """
import pathlib, sys
from tests.bench.validate_feed import *
book = Rulebook(RULES)
if sys.argv[1:]:
    validate(pathlib.Path(sys.argv[1]).read_bytes(), book)
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def measure_memory(data: bytes) -> int:
    """Bytes that validating a feed adds to the peak of a process."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as feed:
        feed.write(data)
        feed.flush()
        peaks = [
            int(subprocess.check_output([sys.executable, "-c", _MEASURE, *arguments])) * 1024
            for arguments in ([], [feed.name])
        ]
    return peaks[1] - peaks[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--slowest", type=int, default=0, help="how many of the slowest rules to name")
    parser.add_argument("--w3c", type=Path, help="the folder src of a checkout of the W3C feed validator")
    options = parser.parse_args()
    book = Rulebook(RULES)
    other = load_w3c(options.w3c) if options.w3c else None
    print(f"{len(RULES)} rules")
    for items in options.items:
        data = make_feed(items)
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(time_call(lambda data=data: validate(data, book)))  # type: ignore[misc]
            if other:
                theirs.append(time_call(lambda data=data: other(data)))  # type: ignore[misc]
        median = statistics.median(ours)
        memory = measure_memory(data)
        print(
            f"{items} items, {len(data) / MEGABYTE:.2f} MB: {median:.3f} s (median of {options.rounds}), "
            f"{median / items * 1e6:.0f} µs an item, {validate(data, book)} findings, "
            f"memory {memory / len(data):.1f} times the feed"
        )
        if theirs:
            median_of_w3c = statistics.median(theirs)
            print(f"  W3C feed validator: {median_of_w3c:.3f} s, {median_of_w3c / median:.1f} times as long")
        if options.slowest:
            for rule, seconds in time_rules(data).most_common(options.slowest):
                print(f"  {seconds * 1000:7.1f} ms  {rule}")


if __name__ == "__main__":
    main()
