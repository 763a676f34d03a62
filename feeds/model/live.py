"""A stream that is announced, on the air or over (podcast namespace, tag live-item)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """When a stream is meant to be on the air (podcast:liveItem); whether it is, `status` alone says."""

    status: str
    start: dt.datetime
    end: dt.datetime | None = None
