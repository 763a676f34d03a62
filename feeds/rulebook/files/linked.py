"""What rules look at beside a feed: the pictures and recordings that it links to, and how their servers answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from feeds.model import Chapter
from feeds.rulebook.forms.types import find_essence
from feeds.rulebook.places import Spot

Purpose = Literal["feed", "artwork", "media", "chapters", "transcript"]
"""What a linked file is for."""

LINKED = frozenset(("artwork", "media", "exchange", "absence", "lookup", "chapters", "transcript", "carriers", "kept"))
"""What there is to look at only where linked files are looked at."""

AGAINST = frozenset(("change", "kept"))
"""What there is to look at only where a published feed is given as well."""

GIVEN = (200, 203, 206)
"""The statuses with which a file, or a part of it, comes (RFC 9110, section 15.3)."""

ASKING_ORIGIN = "https://player.example"
"""As which web player the files are asked for that one reads: some servers answer about origins only when one asks."""

ANYWHERE = 0xFFFF_FFFF
"""What stands in a chapter frame in place of a byte offset that does not count (ID3v2 Chapters 1.0, section 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One element of a feed that names a linked file, and what it says of it.

    `name` is its usual name, such as `enclosure`; `item` counts the items from 1, and is 0 in the channel. `line` and
    `path` say where the address stands. `length`, `type` and `duration` (itunes:duration of the item) are as they are
    written, "" where they are not.
    """

    name: str
    item: int = 0
    line: int = 0
    path: str = ""
    length: str = ""
    type: str = ""
    duration: str = ""

    @property
    def is_cover(self) -> bool:
        """Whether it names the picture that directories show for a show or an episode."""
        return self.name == "itunes:image"

    @property
    def spot(self) -> Spot:
        """The place of a finding in the linked file, which tells by its path what names the file."""
        return Spot(path=self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Artwork:
    """A picture.

    `format` is the name that Pillow has for its kind, such as JPEG, and "" where the bytes are no picture that it
    reads; `mode` is its name for the colours, such as RGB, CMYK or L. `width` and `height` are in pixels, `dpi` in
    pixels an inch, 0 where the file does not say. `damage` says what goes wrong when the whole picture is read, "" if
    nothing does.
    """

    url: str
    uses: tuple[Use, ...]
    bytes: int = 0
    format: str = ""
    mode: str = ""
    width: int = 0
    height: int = 0
    has_alpha: bool = False
    dpi: float = 0.0
    damage: str = ""

    @property
    def is_of_show(self) -> bool:
        """Whether a directory shows it for the whole show."""
        return any(use.is_cover and not use.item for use in self.uses)

    @property
    def is_cover(self) -> bool:
        """Whether directories show it, for the show or for an episode."""
        return any(use.is_cover for use in self.uses)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterFrame:
    """A frame CHAP: its times in milliseconds and offsets in bytes, as they stand there."""

    id: str
    start: int
    end: int
    start_offset: int = ANYWHERE
    end_offset: int = ANYWHERE
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsFrame:
    """A frame CTOC; `count` is how many children it says that it has, `children` are those that stand in it."""

    id: str
    is_top: bool = True
    is_ordered: bool = True
    count: int = 0
    children: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterTag:
    """The chapters in an ID3 tag, frame by frame in the order of the file; `broken` says what cannot be read."""

    chapters: tuple[ChapterFrame, ...] = ()
    contents: tuple[ContentsFrame, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all frames, as often as they are there."""
        return (*(frame.id for frame in self.chapters), *(frame.id for frame in self.contents))


NO_CHAPTERS = ChapterTag()


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A recording.

    `bytes` is the size of the whole file, 0 where nobody could tell. `container` is the kind of file by its bytes, as
    feeds.rulebook.forms.containers names them, and "" for none that is known. `duration` is in milliseconds and
    `bitrate` in bits a second, 0 where they could not be measured; `channels` likewise.
    """

    url: str
    uses: tuple[Use, ...]
    bytes: int = 0
    container: str = ""
    duration: int = 0
    bitrate: int = 0
    channels: int = 0
    tag: ChapterTag = NO_CHAPTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One step on the way to a file: the status, and the address to which it leads."""

    status: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answers at the end of every redirect; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()

    @property
    def type(self) -> str:
        """The media type without its parameters, in lower case, "" where none is given."""
        return find_essence(self.headers.get("content-type", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """How the server of a linked file, or of the feed itself, answers.

    `reply` is the answer to a plain GET, for media to one for the beginning of the file; None where none came, and
    then `failure` says why, beginning with a verb, or `distrust` what is wrong with the certificate. `head` is the
    answer to HEAD, None where it was not asked for or none came, and then `head_failure` says why. `again` is the one
    to a second GET of the feed that names what the first had told of its state. `size` is the size of the whole file as
    the answer tells it, or that of a feed as it came, 0 if unknown. `hubs` are the WebSub hubs that a feed names.
    """

    url: str
    purpose: Purpose
    uses: tuple[Use, ...] = ()
    reply: Reply | None = None
    failure: str = ""
    distrust: str = ""
    head: Reply | None = None
    head_failure: str = ""
    again: Reply | None = None
    size: int = 0
    hubs: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the file comes: only then there is something to say of the way in which it does."""
        return self.reply is not None and self.reply.status in GIVEN

    @property
    def spot(self) -> Spot:
        """Where the feed names it first."""
        return self.uses[0].spot if self.uses else Spot()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A file that should stand beside a local feed and does not."""

    url: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """How far the linked files of a feed were looked at: `missed` were not, as `seconds` were over."""

    missed: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Chapters of an episode by what carries them, such as "psc:chapters"."""

    name: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierPair:
    """The chapters of one episode in a linked file, and in another carrier of it; `use` names the linked file."""

    use: Use
    linked: Carrier
    other: Carrier


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What tells a file from another one: its size in bytes, and its SHA-256, "" where that was not asked for."""

    bytes: int
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A linked file whose address the published feed has as well: what stands there as published, and what will.

    `uses` are the elements of the new feed that name it, `before` those of the published one.
    """

    url: str
    purpose: Purpose
    uses: tuple[Use, ...]
    before: tuple[Use, ...]
    was: Content
    now: Content
