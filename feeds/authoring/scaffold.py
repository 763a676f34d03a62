"""A show that was just begun: a few files that build at once and explain themselves."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Template

from feeds import prompts
from feeds.addresses import ASSETS
from feeds.authoring.additions import write_additions
from feeds.authoring.artwork import find_accent, render_artwork
from feeds.authoring.options import parse_line, parse_option
from feeds.errors import Fault, OptionError, format_path
from feeds.formats import format_instant, format_slug, format_title
from feeds.settings.channel import SCHEMA
from feeds.tables.values import parse_site_url

_SLUG_LETTERS = 40

_CHANNEL = Template(f'''\
#:schema ./channel.schema.json

# Your show. A line that begins with # is not needed: take the mark away to use it.
# `feeds serve` shows what you change while you change it.

[site]
url = $url  # where the site will stand: write your own before you publish
title = $title
language = "en"  # of the site and the show, such as en, ko or pt-BR
# description = "One sentence for the home page and for search engines."
# timezone = "Europe/Berlin"  # of dates that name none; otherwise UTC

[site.theme]
accent = $accent  # the colour of the site, here that of the artwork

# The name in brackets is part of the feed's address, $slug/feed.xml: keep it once listeners subscribe.
[channels.$slug]
title = $title
description = """
{prompts.DESCRIPTION}"""
author = $author  # who makes the show
categories = ["Technology"]  # from Apple's list, the most fitting first, such as "Education > How To"
image = "seeds/$slug/artwork.png"  # a square of 1400 to 3000 pixels, PNG or JPEG
# explicit = true  # for adults only
# type = "serial"  # apps begin with the first episode; otherwise with the newest
# hosts = ["Ada Marsh"]
# copyright = "Ada Marsh"
# license = "CC-BY-4.0"
# funding = [{{ url = "https://example.org/support", text = "Support the show" }}]
# location = {{ name = "Bergen", country = "NO" }}  # what the show is about
# update_frequency = {{ text = "Every Tuesday", rrule = "FREQ=WEEKLY;BYDAY=TU" }}
# owner = {{ name = "Ada Marsh", email = "ada@example.org" }}  # published; some directories send a code there
# locked = true  # tells other platforms not to import this feed; {{ owner = "…" }} names an address of its own for that
# guid = "9b024349-ccf0-5f69-a609-6b82873eab3c"  # only for a show that has been published elsewhere with one
''')

_HELLO = Template(f"""\
+++
title = "Hello"
date = $date
audio = "stand-in"
duration = "05:00"
subtitle = "The first episode shows how the next ones are made."
+++
{prompts.HELLO}""")

_IGNORED = """\
# What `feeds build` makes. All the rest belongs under version control, channel.lock too: it holds the guids.
/public/
"""


def write_show(folder: Path, *, title: str, author: str, url: str, at: dt.datetime) -> tuple[str, ...]:
    """Begin a show in a folder, which need not exist, and give the paths of what was written.

    Without a title the show is called as its folder, and without an author it is its own. The first episode is dated
    `at`, to the full hour before, so that all others are newer. A .gitignore that is there already stays as it is.

    Raises FeedsError, and writes nothing, where a value is wrong or another file stands in the way.
    """
    faults: list[Fault] = []
    title = parse_option("--title", title, parse_line, "", faults) or format_title(folder.resolve().name) or "My Show"
    author = parse_option("--author", author, parse_line, "", faults) or title
    url = parse_option("--url", url, _parse_address, "", faults)
    if faults:
        raise OptionError(faults)
    files = {folder / path: content for path, content in _render_files(title, author, url, at)}
    files[folder / "channel.schema.json"] = SCHEMA.read_bytes()
    if not (folder / ".gitignore").exists():
        files[folder / ".gitignore"] = _IGNORED.encode()
    write_additions(files, remedy="begin the show in another folder")
    return tuple(map(format_path, files))


def _render_files(title: str, author: str, url: str, at: dt.datetime) -> Iterator[tuple[str, bytes]]:
    slug = find_channel_slug(title)
    hour = at.replace(minute=0, second=0, microsecond=0)
    # A text of JSON is one of TOML too.
    texts = {"title": title, "author": author, "url": url, "accent": find_accent(title)}
    quoted = {key: json.dumps(text, ensure_ascii=False) for key, text in texts.items()}
    yield "channel.toml", _CHANNEL.substitute(quoted, slug=slug).encode()
    yield f"seeds/{slug}/hello.md", _HELLO.substitute(slug=slug, author=author, date=format_instant(hour)).encode()
    yield f"seeds/{slug}/artwork.png", render_artwork(title)


def find_channel_slug(title: str) -> str:
    """The name of the channel: letters a to z without their accents, digits and hyphens, "show" if none is left."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    slug = format_slug(plain)[:_SLUG_LETTERS].strip("-")
    return slug if slug not in ("", ASSETS) else "show"


def _parse_address(text: str) -> str:
    """A slash at the end, which browsers show, is no fault here."""
    if not text.strip(" /"):
        raise ValueError("is empty: write the address at which the site will stand")
    return parse_site_url(text.strip().rstrip("/"))
