"""Takes a feed in, and compares with feedparser, which only reads it.

    python -m tests.bench.import_feed FEED.xml --rounds 3
    python -m tests.bench.import_feed --items 10000

Without a file a feed is made, of items of about 10 kB. Each round begins in an empty folder.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from feeds.formats import format_rfc2822
from tests.bench.archive import make_samples
from tests.bench.measure import Cost, measure_command

MEGABYTE = 1_000_000
READ = "import feedparser, sys; print(len(feedparser.parse(sys.argv[1]).entries))"

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A long show</title>
<link>https://example.org/</link><description>A show that has been running for a long time.</description>
<language>en</language><itunes:author>A. Host</itunes:author><itunes:image href="https://example.org/a.jpg"/>
<itunes:category text="News"/>
"""
_ITEM = """<item><title>{title}</title><guid isPermaLink="false">episode-{number}</guid><pubDate>{date}</pubDate>
<link>https://example.org/{number}</link><description>{summary}</description>
<content:encoded><![CDATA[{notes}]]></content:encoded><itunes:duration>01:02:03</itunes:duration>
<itunes:explicit>no</itunes:explicit><itunes:episode>{number}</itunes:episode><itunes:keywords>a, b</itunes:keywords>
<enclosure url="https://example.org/{number}.mp3" length="37230000" type="audio/mpeg"/></item>
"""


def main() -> None:
    """Run the benchmark and print what it found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("feed", nargs="?", type=Path)
    options.add_argument("--items", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="feeds-bench-") as name:
        folder = Path(name)
        feed = (asked.feed or write_feed(folder / "feed.xml", asked.items)).resolve()
        print(f"{feed.name}: {feed.stat().st_size / MEGABYTE:.1f} MB")
        costs: dict[str, list[Cost]] = {"feedparser": [], "feeds": []}
        for number in range(asked.rounds):
            log = folder / "log"
            costs["feedparser"].append(measure_command([sys.executable, "-c", READ, str(feed)], folder=folder, log=log))
            place = folder / f"round-{number}"
            place.mkdir()
            command = [sys.executable, "-m", "feeds", "import", "feed", str(feed), "--channel", "show", "--quiet"]
            costs["feeds"].append(measure_command(command, folder=place, log=log))
        print_costs(costs)


def write_feed(file: Path, items: int) -> Path:
    """Make a feed."""
    with file.open("w", encoding="utf-8") as stream:
        stream.write(_HEAD)
        for sample in make_samples(items):
            notes = "".join(f"<p>{escape(line)}</p>" for line in sample.notes.split("\n\n"))
            date = format_rfc2822(sample.date)
            summary = escape(notes[:400])
            stream.write(
                _ITEM.format(title=escape(sample.title), number=sample.number, date=date, summary=summary, notes=notes)
            )
        stream.write("</channel></rss>\n")
    return file


def print_costs(costs: dict[str, list[Cost]]) -> None:
    """Print the medians, and the ratio of the two."""
    medians = {}
    for name, several in costs.items():
        medians[name] = statistics.median(cost.seconds for cost in several)
        memory = max(cost.memory for cost in several) / MEGABYTE
        print(f"{name:<12} {medians[name]:8.2f} s {memory:8.0f} MB at most")
    print(f"feeds takes {medians['feeds'] / medians['feedparser']:.2f} times as long as feedparser reads")


if __name__ == "__main__":
    main()
