"""The boundaries that somebody set at the terminal, kept so that a review can be stopped and taken up again.

They stand beside the capture, in a file of its name with `.review.json` behind it: they are somebody's work on this
text, and belong to it wherever it goes, before there is a project and after the hidden folder of one was emptied.
A boundary is known by its run, so that it holds as long as that text stays as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from feeds.errors import Fault, FeedsError, format_path
from feeds.tree import write_whole

SUFFIX = ".review.json"
_KEY_LETTERS = 16


def find_decisions_file(capture: Path) -> Path:
    """Where the decisions about a capture stand."""
    return capture.with_name(capture.name + SUFFIX)


def find_key(run: str) -> str:
    """By what a run is known: its words, however they are spaced.

    >>> find_key("Origin Story Alfred shipped") == find_key("Origin  Story\\nAlfred shipped")
    True
    """
    return hashlib.sha256(" ".join(run.split()).encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LETTERS]


def find_end(run: str, title: str) -> int | None:
    """Where in a run a title ends, None if the run does not begin with it."""
    return len(title) if run.startswith(title) and title.strip() else None


def read_decisions(file: Path) -> dict[str, str]:
    """Read which title stands at the beginning of which run, by its key; none where there is no such file.

    Raises FeedsError where it cannot be read.
    """
    try:
        document = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        message = "holds no decisions of a review any more: mend it, or delete it to review anew"
        raise FeedsError([Fault(path=format_path(file), message=message)]) from error
    titles = document.get("titles") if isinstance(document, dict) else None
    if not isinstance(titles, dict) or not all(isinstance(title, str) for title in titles.values()):
        message = 'should hold {"titles": {…}}: mend it, or delete it to review anew'
        raise FeedsError([Fault(path=format_path(file), message=message)])
    return dict(titles)


def write_decisions(file: Path, decisions: Mapping[str, str]) -> None:
    """Write the decisions, whole: a review that is stopped in between loses none."""
    text = json.dumps({"titles": dict(decisions)}, ensure_ascii=False, indent=1) + "\n"
    write_whole(file, text.encode())
