"""Episode records: one Markdown file an episode, front matter first, then the notes.

`parse_seed` and `format_seed` are a round trip: what is formatted parses to an equal Episode.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import get_args

from feeds.errors import Fault, SeedError
from feeds.formats import format_slug, format_timestamp, parse_date, parse_duration
from feeds.markup.fragments import parse_fragment
from feeds.media_types import find_audio_type, find_transcript_type, is_url
from feeds.model import (
    Audio,
    Episode,
    EpisodeType,
    LocalAudio,
    ProseForm,
    RemoteAudio,
    Repeated,
    StandIn,
    Transcript,
)
from feeds.podcasting.persons import format_persons, parse_persons
from feeds.podcasting.places import EPISODE_TAGS, format_tags, parse_tags
from feeds.podcasting.tables import format_value, parse_single
from feeds.podcasting.tags import LIVE
from feeds.records.body import Body, format_body, parse_body
from feeds.records.front_matter import format_front_matter, parse_document
from feeds.records.soundbites import KEY, QUOTES, mark_quotes
from feeds.tables.table import Table
from feeds.tables.values import parse_aliases, parse_extra, parse_language, parse_source, parse_url

STAND_IN = "stand-in"
_NO_DATE = dt.datetime.min.replace(tzinfo=dt.UTC)
_NO_SLUG = re.compile(r'[/\\?#%:*"<>|\s]|\.$')
"""What ends a part of an address, or cannot stand in the name of a folder on every system."""


def parse_seed(text: str, path: str, zone: dt.tzinfo = dt.UTC) -> Episode:
    """Read a record. `zone` holds for a date that names none.

    Raises SeedError with every fault of the record, each as path:line: message.
    """
    document = parse_document(text, path)
    faults: list[Fault] = []
    table = document.table(path, faults)
    form = table.choice("notes", get_args(ProseForm), "markdown")
    body = parse_body(document.body, path=path, first_line=document.body_line, faults=faults, form=form)
    if table.raw(KEY) == QUOTES:
        table, body = table.without(KEY), mark_quotes(body)
    episode = Episode(
        path=path,
        lines=document.key_lines,
        title=table.required_text("title", 'write title = "…"'),
        date=_parse_publication(table, zone),
        audio=_parse_audio(table),
        live=parse_single(LIVE, table, "live"),
        duration=table.value("duration", parse_duration, 0),
        subtitle=table.text("subtitle"),
        slug=table.text("slug"),
        guid=table.text("guid"),
        link=table.value("link", parse_url, ""),
        language=table.value("language", parse_language, ""),
        author=table.text("author"),
        type=table.choice("type", get_args(EpisodeType), "full"),
        explicit=table.flag("explicit"),
        block=table.flag("block") or False,
        draft=table.flag("draft") or False,
        image=table.value("image", parse_source, ""),
        persons=parse_persons(table),
        **parse_tags(EPISODE_TAGS, table),
        transcripts=tuple(_parse_transcripts(table)),
        tags=table.texts("tags"),
        description=table.text("description"),
        repeats=tuple(_parse_repeats(table)),
        extra=table.value("extra", parse_extra, ""),
        feed=table.flag("feed") or False,
        aliases=table.value("aliases", parse_aliases, ()),
        opening=body.opening,
        sections=body.sections,
        entities_title=body.entities_title,
        entities=body.entities,
    )
    table.close()
    if isinstance(episode.audio, StandIn) and not episode.duration and "duration" not in table:
        table.fault("audio", 'a stand-in needs its length: write duration = "40:00"')
    if episode.live:
        _check_live(episode, table)
    if _NO_SLUG.search(episode.slug):
        table.fault("slug", f"{episode.slug!r} is no part of an address: use letters, digits and hyphens")
    if faults:
        raise SeedError(faults)
    return episode


def format_seed(episode: Episode) -> str:
    """Write an episode as a record in its canonical form, with TOML front matter."""
    body = Body(
        opening=episode.opening,
        sections=episode.sections,
        entities_title=episode.entities_title,
        entities=episode.entities,
    )
    return format_front_matter(dict(_front_matter(episode))) + format_body(body)


def read_seed(file: Path, path: str, zone: dt.tzinfo) -> Episode:
    """Read a record from the disk; `path` is how messages name it. Raises SeedError."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        message = "this is not UTF-8: save the record in that encoding"
        raise SeedError([Fault(path=path, line=line, message=message)]) from error
    except OSError as error:
        raise SeedError([Fault(path=path, message=f"cannot be read: {error.strerror}")]) from error
    return parse_seed(text, path, zone)


def read_record_names(folder: Path) -> tuple[Path, ...]:
    """List the records of a channel: every Markdown file in its folder, however deep, README.md aside.

    What is hidden belongs to an editor or to a version control.
    """
    return tuple(
        sorted(
            file
            for file in folder.rglob("*.md")
            if file.name.lower() != "readme.md"
            and not file.is_dir()
            and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        )
    )


def _parse_publication(table: Table, zone: dt.tzinfo) -> dt.datetime:
    if "date" not in table:
        table.fault("date", "is missing: write date = 2026-05-12, or with a time 2026-05-12T09:00:00Z")
    return table.value("date", lambda value: parse_date(value, zone), _NO_DATE)


def _parse_audio(table: Table) -> Audio | None:
    entry = table.table("audio", "file")
    if entry is None:
        return None
    source = _parse_file_or_url(entry, 'name a file beside the record, an address, or "stand-in"')
    length, type = entry.integer("length") or 0, entry.text("type")
    entry.close()
    if is_url(source):
        return RemoteAudio(url=source, length=length, type=type or find_audio_type(source) or "audio/mpeg")
    for key in ("length", "type"):
        if source and key in entry:
            entry.fault(key, "is for audio elsewhere; that of a file is measured: take this out")
    if source == STAND_IN:
        return StandIn()
    if source and not find_audio_type(source):
        table.fault("audio", f"{source!r} is no audio or video file that podcast apps play (mp3, m4a, mp4, ogg, opus…)")
    return LocalAudio(path=source)


def _check_live(episode: Episode, table: Table) -> None:
    """Hold a stream against what apps need of it (podcast namespace, tag live-item)."""
    if not episode.content_links and "content_links" not in table:
        remedy = 'write content_links = [{ href = "https://…", text = "Listen in the browser" }]'
        table.fault("live", f"needs a page for those whose app cannot play the stream: {remedy}")
    if isinstance(episode.audio, LocalAudio | StandIn):
        remedy = (
            'write audio = { url = "https://…", type = "audio/mpeg" } (or, if it is a recording by now, take live out)'
        )
        table.fault("audio", f"is no stream, though this record is live: {remedy}")


def _parse_file_or_url(entry: Table, remedy: str) -> str:
    """The file or the address that a table names, "" if it is a wrong one."""
    if "url" in entry:
        return entry.required("url", parse_url, remedy)
    return entry.required("file", parse_source, remedy)


def _parse_transcripts(table: Table) -> Iterator[Transcript]:
    for entry in table.tables("transcripts", "file"):
        source = _parse_file_or_url(entry, "name a file beside the record, or an address")
        type = entry.text("type", find_transcript_type(source))
        if source and not type:
            entry.fault("type", f'the kind of {source!r} cannot be told: write type = "text/vtt"')
        language = entry.value("language", parse_language, "")
        yield Transcript(source=source, type=type, language=language, rel=entry.text("rel"))
        entry.close()


def _parse_repeats(table: Table) -> Iterator[tuple[str, Repeated]]:
    """Read which elements say again what another part says; they are named with their usual prefix."""
    entry = table.table("repeats", "")
    if entry is None:
        return
    for name in entry.keys:
        try:
            (named,) = parse_fragment(f"<{name}/>")
            if named.attrib or len(named):
                raise ValueError(name)
        except ValueError:
            entry.fault(name, "is no name of an element: write one such as itunes:summary")
        yield name, entry.choice(name, get_args(Repeated), "description")
    entry.close()


def _front_matter(episode: Episode) -> Iterator[tuple[str, object]]:
    """The front matter in the order in which a reader looks for it; what is not said is left out."""
    tags = dict(format_tags(EPISODE_TAGS, episode))
    pairs = {
        "title": episode.title,
        "date": episode.date,
        "audio": _format_audio(episode.audio) if episode.audio else None,
        "live": format_value(LIVE, episode.live) if episode.live else None,
        "duration": format_timestamp(episode.duration) if episode.duration else None,
        **{key: getattr(episode, key) for key in ("subtitle", "slug", "guid", "link", "language", "author")},
        **{key: tags.pop(key) for key in ("season", "episode") if key in tags},
        "type": episode.type if episode.type != "full" else None,
        "explicit": episode.explicit,
        "block": episode.block or None,
        "draft": episode.draft or None,
        "image": episode.image,
        **dict(format_persons(episode.persons)),
        "tags": list(episode.tags),
        "transcripts": [_format_transcript(transcript) for transcript in episode.transcripts],
        **tags,
        "feed": episode.feed or None,
        "aliases": list(episode.aliases),
        "notes": episode.summary[0].form if episode.verbatim else None,
        "description": episode.description,
        "extra": episode.extra,
        "repeats": dict(episode.repeats),
    }
    return ((key, value) for key, value in pairs.items() if value is not None and value not in ("", [], {}))


def _format_audio(audio: Audio) -> object:
    if isinstance(audio, StandIn):
        return STAND_IN
    if isinstance(audio, LocalAudio):
        return audio.path
    entry: dict[str, object] = {"url": audio.url}
    if audio.length:
        entry["length"] = audio.length
    return entry | {"type": audio.type}


def _format_transcript(transcript: Transcript) -> object:
    entry = {"url" if is_url(transcript.source) else "file": transcript.source}
    if transcript.type != find_transcript_type(transcript.source):
        entry["type"] = transcript.type
    if transcript.language:
        entry["language"] = transcript.language
    if transcript.rel:
        entry["rel"] = transcript.rel
    return transcript.source if len(entry) == 1 else entry


def find_slug(record: PurePosixPath) -> str:
    """The slug that a record's file name proposes: its stem without a leading date.

    >>> find_slug(PurePosixPath("2026/2026-05-12-Listen Labs.md"))
    'listen-labs'
    """
    return format_slug(re.sub(r"^\d{4}-\d{2}-\d{2}[-_ ]*", "", record.stem) or record.stem)
