"""channel.toml: the site and its channels, as their author writes them.

`channel.schema.json`, beside this module, says the same to editors.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import get_args

from feeds.addresses import RESERVED
from feeds.errors import ChannelError, Fault, FeedsError, format_path
from feeds.formats import format_slug, parse_bytes, parse_zone
from feeds.model import (
    WHOLE,
    Channel,
    ChannelType,
    Host,
    Owner,
    Paging,
    Site,
    SoundbiteSource,
    TranscriptForm,
)
from feeds.podcasting.locks import parse_locked
from feeds.podcasting.persons import parse_persons
from feeds.podcasting.places import CHANNEL, parse_tags
from feeds.settings.aliases import parse_aliases_table
from feeds.settings.categories import parse_category
from feeds.tables.table import Table
from feeds.tables.toml import parse_toml
from feeds.tables.values import (
    parse_aliases,
    parse_colour,
    parse_count,
    parse_description,
    parse_email,
    parse_extra,
    parse_language,
    parse_medium,
    parse_path,
    parse_patterns,
    parse_site_url,
    parse_source,
    parse_text,
    parse_url,
    parse_uuid,
)

SCHEMA = Path(__file__).with_name("channel.schema.json")
"""The JSON Schema of channel.toml."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

SETTINGS = "channel.toml"
"""What the file of a project is called."""

_FEED = "{ page_size = 100 }"
_NOWHERE = Site(url="", title="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that the channel.toml of a project says, with the files that it includes.

    `ignored` has, by the id of each rule of the validator that is not to be heard of, the reason; `rule_pages` says
    whether the site has a page for every rule. `lines` tells where things stand in channel.toml itself.
    """

    site: Site
    channels: tuple[Channel, ...]
    ignored: Mapping[str, str] = field(default_factory=dict)
    rule_pages: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one file says, as far as it could be read; `faults` says what could not.

    `include` are patterns relative to the file. `lines` tells where things stand, as `feeds.tables.toml.find_lines`.
    """

    path: str
    site: Site = _NOWHERE
    channels: tuple[Channel, ...] = ()
    include: tuple[str, ...] = ()
    ignored: Mapping[str, str] = field(default_factory=dict)
    rule_pages: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_settings(file: Path) -> Settings:
    """Read a project's channel.toml and the files that it includes.

    Raises ChannelError with every fault of every file.
    """
    main = _read_part(file, parse_channels)
    parts = [main, *_read_included(file, main)]
    faults = [fault for part in parts for fault in part.faults]
    faults += _check_slugs(parts)
    channels = tuple(channel for part in parts for channel in part.channels)
    if not channels and not faults:
        faults.append(Fault(path=main.path, message="has no channel: write a table [channels.my-show]"))
    if faults:
        raise ChannelError(faults)
    return Settings(
        site=main.site, channels=channels, ignored=main.ignored, rule_pages=main.rule_pages, lines=main.lines
    )


def parse_channels(text: str, path: str) -> Part:
    """Read the text of a project's channel.toml; `path` is how messages name it."""
    return _parse_part(text, path, _parse_main)


def parse_included_channels(text: str, path: str, site: Site) -> Part:
    """Read the text of an included file; a channel that names no language has that of the site."""
    return _parse_part(text, path, partial(_parse_included, site=site))


def read_validation(file: Path) -> Part:
    """Read of a channel.toml how feeds are validated, and no more: one for feeds made elsewhere needs no site."""
    return _read_part(file, lambda text, path: _parse_part(text, path, _parse_validation_alone))


def _read_part(file: Path, parse: Callable[[str, str], Part]) -> Part:
    path = format_path(file)
    line = 0
    try:
        return parse(file.read_bytes().decode("utf-8"), path)
    except FileNotFoundError:
        message = "is missing: `feeds init DIR` makes a project that has one"
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = "is not UTF-8: save the file in that encoding"
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    return Part(path=path, faults=(Fault(path=path, line=line, message=message),))


def _read_included(file: Path, main: Part) -> Iterator[Part]:
    """Read what the patterns of the main file match, in their order, by name within one, each file once."""
    read = {file.resolve()}
    for number, pattern in enumerate(main.include, 1):
        found = sorted(match for match in file.parent.glob(pattern) if match.is_file())
        if not found:
            line = main.lines.get(f"include.{number}", main.lines["include"])
            message = f"include: {pattern!r} matches no file; it is relative to this one"
            yield Part(path=main.path, faults=(Fault(path=main.path, line=line, message=message),))
        for match in found:
            if match.resolve() not in read:
                read.add(match.resolve())
                yield _read_part(match, partial(parse_included_channels, site=main.site))


def _check_slugs(parts: Iterable[Part]) -> Iterator[Fault]:
    """A channel in two files; that it stands twice in one is already an error of TOML's."""
    first: dict[str, str] = {}
    for part in parts:
        for channel in part.channels:
            address = f"channels.{channel.slug}"
            line = part.lines[address]
            if channel.slug in first:
                message = f"{address}: stands in {first[channel.slug]} too; give one of the two another name"
                yield Fault(path=part.path, line=line, message=message)
            first.setdefault(channel.slug, f"{part.path}:{line}")


def _parse_part(text: str, path: str, parse: Callable[[Table], Part]) -> Part:
    try:
        toml = parse_toml(text, path)
    except FeedsError as error:
        return Part(path=path, faults=error.faults)
    faults: list[Fault] = []
    root = Table(toml.data, path=path, locate=toml.locate, faults=faults)
    part = parse(root)
    root.close()
    return replace(part, lines=toml.lines, faults=tuple(faults))


def _parse_main(root: Table) -> Part:
    feed = root.table("feed", "", _FEED)
    site = replace(_parse_site(root), paging=_parse_paging(feed, WHOLE), aliases=parse_aliases_table(root))
    if feed:
        feed.close()
    ignored, rule_pages = _parse_validation(root)
    return Part(
        path=root.path,
        site=site,
        channels=tuple(_parse_tables(root, site)),
        include=root.value("include", parse_patterns, ()),
        ignored=ignored,
        rule_pages=rule_pages,
    )


def _parse_validation_alone(root: Table) -> Part:
    for key in root.keys:
        root.raw(key)
    ignored, rule_pages = _parse_validation(root)
    return Part(path=root.path, ignored=ignored, rule_pages=rule_pages)


def _parse_included(root: Table, site: Site) -> Part:
    for key in ("site", "feed", "include", "validate", "aliases"):
        if key in root:
            root.raw(key)
            root.fault(key, "belongs in the file that includes this one; here stand channels only")
    return Part(path=root.path, channels=tuple(_parse_tables(root, site)))


def _parse_site(root: Table) -> Site:
    table = root.table("site", "", "[site] on a line of its own, and below it url and title")
    if table is None:
        if "site" not in root:
            root.fault("site", "is missing: write a table [site] with url and title")
        return _NOWHERE
    theme = table.table("theme", "", '{ accent = "#b4432a" }')
    site = Site(
        url=table.required("url", parse_site_url, "write its address, such as https://example.org"),
        title=table.required_text("title", "write the name of the site"),
        language=table.value("language", parse_language, _NOWHERE.language),
        description=table.text("description"),
        timezone=table.value("timezone", lambda value: parse_zone(parse_text(value)), _NOWHERE.timezone),
        accent=theme.value("accent", parse_colour, "") if theme else "",
        hosts=_parse_hosts(table),
    )
    if theme:
        theme.close()
    table.close()
    return site


def _parse_hosts(table: Table) -> tuple[Host, ...]:
    known, hosts = get_args(Host), table.texts("hosts")
    for number, host in enumerate(hosts, 1):
        if host not in known:
            near = difflib.get_close_matches(host, known, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            table.fault(f"hosts.{number}", f"{host!r} is none for which there are files; {remedy}")
    return tuple(host for host in known if host in hosts) if "hosts" in table else _NOWHERE.hosts


def _parse_paging(feed: Table | None, otherwise: Paging) -> Paging:
    """How a feed is divided; what it does not say of itself holds as it does for all."""
    if feed is None:
        return otherwise
    return Paging(
        page_size=feed.value("page_size", parse_count, otherwise.page_size),
        budget=feed.value("budget", parse_bytes, otherwise.budget),
    )


def _parse_validation(root: Table) -> tuple[dict[str, str], bool]:
    """The rules that are ignored, each with its reason, and whether there are pages of rules.

    Which ids there are is known higher up.
    """
    table = root.table("validate", "", "[validate.ignore] on a line of its own, and below it rules with reasons")
    if table is None:
        return {}, False
    ignore = table.table("ignore", "", '{ "item-link-missing" = "why" }')
    pages = table.flag("pages") or False
    table.close()
    rules = ignore.keys if ignore else ()
    return {rule: ignore.required_text(rule, "write why it may be broken here") for rule in rules if ignore}, pages


def _parse_tables(root: Table, site: Site) -> Iterator[Channel]:
    tables = root.table("channels", "")
    if tables is None:
        return
    for slug in tables.keys:
        table = tables.table(slug, "")
        if not _SLUG.fullmatch(slug):
            near = format_slug(slug)
            remedy = f", such as {near!r}" if _SLUG.fullmatch(near) else ""
            tables.fault(slug, f"is part of the address: write letters a to z, digits and hyphens{remedy}")
        if slug in RESERVED:
            tables.fault(slug, "is the address of other pages of the site: choose another name")
        if table:
            yield _parse_channel(table, slug, site)
            table.close()


def _parse_channel(table: Table, slug: str, site: Site) -> Channel:
    feed = table.table("feed", "", _FEED)
    owner = _parse_owner(table)
    channel = Channel(
        slug=slug,
        path=table.path,
        lines={key: table.line(key) for key in ("", *table.keys)},
        title=table.required_text("title", "write the name of the show"),
        description=table.required("description", parse_description, "write what the show is about"),
        link=table.value("link", parse_url, ""),
        language=table.value("language", parse_language, site.language),
        author=table.required_text("author", "write who makes the show"),
        categories=tuple(_parse_categories(table)),
        explicit=table.flag("explicit") or False,
        image=table.required("image", parse_source, "name a square PNG or JPEG of 1400 to 3000 pixels"),
        seeds=table.value("seeds", parse_path, "") or f"seeds/{slug}",
        type=table.choice("type", get_args(ChannelType), "episodic"),
        medium=table.value("medium", parse_medium, "podcast"),
        copyright=table.text("copyright"),
        guid=table.value("guid", parse_uuid, ""),
        owner=owner,
        locked=parse_locked(table, owner.email if owner else ""),
        persons=parse_persons(table),
        podping=table.flag("podping"),
        **parse_tags(CHANNEL, table),
        hub=table.value("hub", parse_url, ""),
        transcript_forms=tuple(_parse_transcript_forms(table)),
        soundbites=table.choice("soundbites", get_args(SoundbiteSource), "none"),
        new_feed_url=table.value("new_feed_url", parse_url, ""),
        complete=table.flag("complete") or False,
        block=table.flag("block") or False,
        embed=table.flag("embed") is not False,
        extra=table.value("extra", parse_extra, ""),
        aliases=table.value("aliases", parse_aliases, ()),
        feed_aliases=feed.value("aliases", parse_aliases, ()) if feed else (),
        paging=_parse_paging(feed, site.paging),
    )
    if feed:
        feed.close()
    return channel


def _parse_transcript_forms(table: Table) -> Iterator[TranscriptForm]:
    known: tuple[TranscriptForm, ...] = get_args(TranscriptForm)
    for number, text in enumerate(table.texts("transcript_forms"), 1):
        form = next((form for form in known if form == text), None)
        if form:
            yield form
        else:
            table.fault(f"transcript_forms.{number}", f"{text!r} is none of {', '.join(known)}")


def _parse_categories(table: Table) -> Iterator[tuple[str, str]]:
    texts = table.texts("categories")
    if not texts and not table.raw("categories"):
        table.fault("categories", 'is missing: write at least one of Apple\'s, such as ["Technology"]')
    for number, text in enumerate(texts, 1):
        try:
            yield parse_category(text)
        except ValueError as error:
            table.fault(f"categories.{number}", str(error))


def _parse_owner(table: Table) -> Owner | None:
    entry = table.table("owner", "", '{ name = "…", email = "…" }')
    if entry is None:
        return None
    owner = Owner(
        name=entry.required_text("name", "write who owns the show"),
        email=entry.required("email", parse_email, "write where a directory can reach the owner"),
    )
    entry.close()
    return owner
