"""What a show is made of: the words that every other module speaks.

`Episode` is what an author wrote, `Item` is that episode with its identity and its media facts, as it is
published. All times are whole milliseconds, all sizes bytes. Nothing here reads a file or knows XML.
"""

from feeds.model.channels import (
    Channel,
    ChannelType,
    Owner,
    Site,
)
from feeds.model.episodes import (
    Audio,
    Entity,
    Episode,
    EpisodeType,
    LocalAudio,
    RemoteAudio,
    Repeated,
    StandIn,
)
from feeds.model.podcasting import (
    Funding,
    License,
    Location,
    Person,
    RemoteItem,
    Transcript,
    Txt,
)
from feeds.model.prose import (
    Block,
    Chapter,
    Prose,
    ProseForm,
    Quote,
    Section,
)
from feeds.model.published import (
    Enclosure,
    Item,
    Picture,
    Podcast,
    Show,
    TranscriptFile,
)

__all__ = [
    "Audio",
    "Block",
    "Channel",
    "ChannelType",
    "Chapter",
    "Enclosure",
    "Entity",
    "Episode",
    "EpisodeType",
    "Funding",
    "Item",
    "License",
    "LocalAudio",
    "Location",
    "Owner",
    "Person",
    "Picture",
    "Podcast",
    "Prose",
    "ProseForm",
    "Quote",
    "RemoteAudio",
    "RemoteItem",
    "Repeated",
    "Section",
    "Show",
    "Site",
    "StandIn",
    "Transcript",
    "TranscriptFile",
    "Txt",
]
