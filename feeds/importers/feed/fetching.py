"""Getting hold of a feed and of what it names: its pages, files of chapters, recordings."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from feeds.chapters.json import parse_json_chapters
from feeds.errors import Fault, FeedsError, format_path
from feeds.importers.feed.cleaning import NotAFeedError, clean_feed
from feeds.importers.feed.items import Draft, Elements
from feeds.importers.feed.reading import Head, Page, read_head
from feeds.importers.feed.states import State
from feeds.media_types import find_audio_type, is_url
from feeds.model import Chapter, LocalAudio, RemoteAudio
from feeds.network.documents import Validators, fetch_document
from feeds.network.limits import DOCUMENT_LIMITS, MEDIA_LIMITS, Limits
from feeds.network.media import fetch_media
from feeds.network.places import format_shown_url, parse_link
from feeds.progress import Tell

_MOST_PAGES = 1_000
_CHAPTERS_BYTES = 5_000_000
_AT_ONCE = 8
_SUFFIXES = {"audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/x-m4a": ".m4a", "audio/ogg": ".ogg", "video/mp4": ".mp4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of a feed.

    `mended` counts what was wrong with their characters; `url` is where the feed stands, also if it has moved there.
    `unread` is the address at which the feed goes on, where that was not read.
    """

    pages: tuple[Page, ...]
    head: Head
    url: str
    state: State
    mended: Counter[str]
    unread: str = ""


def fetch_pages(address: str, folder: Path, *, allow_private: bool, state: State) -> Pages | None:
    """Read a feed from a file or from the web, with all the pages that it leads to (RFC 5005), into a folder.

    Of a file, the pages are those that lie beside it as they do on its server.
    Gives None if its server says that it is in the given state still. Raises FeedsError if it cannot be had, or if it
    is no feed.
    """
    mended: Counter[str] = Counter()
    if not is_url(address):
        if "://" in address:
            raise FeedsError([Fault(path=address, message="is neither a file nor an address of http or https")])
        return _read_pages(Path(address), folder, mended)
    limits = replace(DOCUMENT_LIMITS, allow_private=allow_private)
    raw = folder / "raw"
    known = Validators(etag=state.etag, last_modified=state.last_modified)
    first = fetch_document(address, raw, limits=limits, known=known)
    if not first.modified:
        return None
    page, head = _clean(raw, folder, first.url, first.charset, mended)
    pages, done, url = [page], {address, first.url}, _find_next(head, parse_link(address, first.url))
    while url and url not in done and len(pages) < _MOST_PAGES:
        done.add(url)
        older = fetch_document(url, raw, limits=limits)
        page, below = _clean(raw, folder, older.url, older.charset, mended)
        pages.append(page)
        url = _find_next(below, parse_link(url, older.url))
    return Pages(
        pages=tuple(pages),
        head=head,
        url=first.moved or format_shown_url(address),
        state=State(etag=first.validators.etag, last_modified=first.validators.last_modified),
        mended=mended,
        unread="" if url in done else url,
    )


def _read_pages(file: Path, folder: Path, mended: Counter[str]) -> Pages:
    """Read a feed from a file, and its other pages as long as they lie beside it."""
    page, head = _clean(file, folder, format_path(file), "", mended)
    own = Elements(head.elements).url("atom:link self", "href")
    pages, done, url = [page], {own}, _find_next(head, own)
    while url not in done and (way := _find_way(own, url)) and len(pages) < _MOST_PAGES:
        beside = file.parent / way
        if not beside.is_file():
            break
        done.add(url)
        page, below = _clean(beside, folder, format_path(beside), "", mended)
        pages.append(page)
        url = _find_next(below, url)
    unread = "" if url in done else url
    return Pages(pages=tuple(pages), head=head, url="", state=State(), mended=mended, unread=unread)


def fetch_chapters(urls: Sequence[str], *, allow_private: bool) -> dict[str, tuple[Chapter, ...]]:
    """Fetch files of JSON chapters, several at once; those that cannot be had or read are left out."""
    limits = replace(DOCUMENT_LIMITS, max_bytes=_CHAPTERS_BYTES, total=60, tries=2, allow_private=allow_private)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda url: _fetch_chapters_of(url, limits), urls)
        return {url: chapters for url, chapters in zip(urls, found, strict=True) if chapters}


def fetch_recording(
    draft: Draft, audio: RemoteAudio, target: Path, *, allow_private: bool, progress: Tell | None
) -> Draft:
    """Download the recording of an episode beside its record, and name it there. Raises FeedsError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    limits = replace(MEDIA_LIMITS, allow_private=allow_private)
    size = fetch_media(audio.url, target, length=audio.length, limits=limits, progress=progress).bytes
    if audio.length and size != audio.length:
        draft = replace(draft, notes=(*draft.notes, "a recording of another size than the feed says"))
    return use_recording(draft, target)


def use_recording(draft: Draft, target: Path) -> Draft:
    """Name a recording that stands beside the record; what is measured needs not be said."""
    return replace(draft, episode=replace(draft.episode, audio=LocalAudio(path=target.name), duration=0))


def find_recording(audio: RemoteAudio, key: str, project: Path) -> Path:
    """Where the recording of a record stands once it is downloaded. Another recording has another name."""
    suffix = Path(urlsplit(audio.url).path).suffix.lower()
    known = suffix if find_audio_type(f"x{suffix}") else _SUFFIXES.get(audio.type, ".mp3")
    version = hashlib.sha256(f"{audio.url} {audio.length}".encode()).hexdigest()[:8]
    return (project / key).with_suffix(f".{version}{known}")


def _fetch_chapters_of(url: str, limits: Limits) -> tuple[Chapter, ...]:
    stream = io.BytesIO()
    try:
        fetch_document(url, stream, limits=limits)
        return parse_json_chapters(stream.getvalue(), url).chapters
    except (FeedsError, ValueError):
        return ()


def _clean(raw: Path, folder: Path, name: str, charset: str, mended: Counter[str]) -> tuple[Page, Head]:
    file = folder / f"{len(list(folder.glob('*.xml')))}.xml"
    try:
        with raw.open("rb") as source, file.open("wb") as target:
            target.writelines(clean_feed(source, charset=charset, mended=mended))
        page = Page(file=file, base=name if is_url(name) else "")
        return page, read_head(page)
    except NotAFeedError as error:
        raise FeedsError([Fault(path=name, message=str(error))]) from error


def _find_way(own: str, url: str) -> str:
    """The path from the folder of a feed to another page of it, by their addresses; "" if that is not below it.

    >>> _find_way("https://example.org/show/feed.xml", "https://example.org/show/feed/2.xml")
    'feed/2.xml'
    >>> _find_way("https://example.org/show/feed.xml", "https://example.org/show/feed.xml?page=2")
    ''
    """
    above = urljoin(own, ".")
    way = unquote(url.removeprefix(above)) if own and url.startswith(above) else ""
    path = PurePosixPath(way)
    return "" if path.is_absolute() or ".." in path.parts or any(mark in way for mark in "?#:\\\0") else way


def _find_next(head: Head, url: str) -> str:
    """The page that follows: older items stand there, in a paged feed as in an archived one."""
    elements = Elements(head.elements)
    for rel in ("next", "prev-archive"):
        for element in elements.list(f"atom:link {rel}"):
            return parse_link(url, element.get("href", "").strip())
    return ""
