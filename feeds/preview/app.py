"""The site under preview: the last good build, the faults of the newest, and the web app that shows both.

The app answers as a good static host would. Its pages alone differ from the built ones: a script in them
loads them again after every build, and shows the faults that keep the site from being built.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import os
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from email.utils import formatdate
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from feeds.errors import Fault, FeedsError
from feeds.hosting.headers import SHARED
from feeds.media_types import find_content_type, is_feed

SCRIPT = Path(__file__).with_name("live.js")

_PAGES = ("index.html", "404.html")
_PREFLIGHT = {
    **SHARED,
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "*",
    "allow": "GET, HEAD, OPTIONS",
}
_GLANCE = 0.1  # seconds between two looks at the state, which changes in another thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a good build did to its folder: how many files it wrote and removed there, and what it warns of."""

    written: int
    removed: int
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the preview stands.

    `edition` names the site that is shown, and is "" until a build succeeds; a page of another edition is stale.
    `written` and `removed` count the files by which it differs from the edition before. `faults` keep the newest
    version from being shown.
    """

    edition: str = ""
    written: int = 0
    removed: int = 0
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


class Preview:
    """A site in `folder` that is built again and again, of which the last good build stays.

    `build` writes the site into that folder, says what it did there, and raises FeedsError on bad input.
    """

    def __init__(self, folder: Path, build: Callable[[], Built]) -> None:
        self.folder = folder
        self.state = State()
        self._build = build

    def rebuild(self) -> State:
        """Build the site; where that fails, keep what stands and note the faults.

        A build that changes no file leaves the edition, and so the pages that are open, as they are.
        """
        try:
            built = self._build()
        except FeedsError as error:
            self.state = replace(self.state, faults=error.faults)
        except OSError as error:
            # An editor that saves takes a file away for a moment.
            fault = Fault(path=str(error.filename or self.folder), message=error.strerror or str(error))
            self.state = replace(self.state, faults=(fault,))
        else:
            self.state = self._find_state(built)
        return self.state

    def _find_state(self, built: Built) -> State:
        if self.state.edition and not (built.written or built.removed):
            return replace(self.state, faults=(), warnings=built.warnings)
        return State(
            edition=secrets.token_hex(8),
            written=built.written,
            removed=built.removed,
            warnings=built.warnings,
        )


def make_app(preview: Preview) -> Starlette:
    """Make the web app of a preview; its own addresses stand below `/-/`, where no channel can be."""

    async def send_script(_: Request) -> Response:
        return FileResponse(SCRIPT, media_type="text/javascript", headers={"cache-control": "no-cache"})

    async def send_events(_: Request) -> Response:
        headers = {"cache-control": "no-store"}
        return StreamingResponse(_follow(preview), headers=headers, media_type="text/event-stream")

    return Starlette(
        routes=[
            Route("/-/live.js", send_script),
            Route("/-/events", send_events),
            Mount("/", _Site(preview)),
        ]
    )


async def _follow(preview: Preview) -> AsyncIterator[str]:
    """Tell the state as it is, and again whenever it changes."""
    told = None
    while True:
        if preview.state != told:
            told = preview.state
            yield format_event(told)
        await asyncio.sleep(_GLANCE)


class _Site(StaticFiles):
    """The built tree. Starlette finds the files, keeps to the folder, and does ranges, redirects and 304."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(directory=preview.folder, html=True)
        self._preview = preview

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        response = await self._serve_file(path, scope)
        response.headers.update(SHARED)
        return response

    async def _serve_file(self, path: str, scope: Scope) -> Response:
        if not self._preview.state.edition:
            return _answer_page(render_waiting_page(self._preview.state), status_code=503)
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and response.status_code == 404:
            return _answer_page(self._read_page(response.path), status_code=404)
        return response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        name, path = Path(full_path).name, os.fspath(full_path)
        asked = Headers(scope=scope)
        response: Response
        if name in _PAGES:
            response = _answer_page(self._read_page(full_path), status_code=status_code)
            response.headers["last-modified"] = formatdate(stat_result.st_mtime, usegmt=True)
        else:
            response = FileResponse(
                full_path,
                status_code=status_code,
                headers={"cache-control": "no-cache"},
                media_type=find_content_type(path, accept=asked.get("accept", "")),
                stat_result=stat_result,
            )
            if is_feed(path):
                response.headers["vary"] = "Accept"
        if self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response

    def _read_page(self, path: str | os.PathLike[str]) -> bytes:
        # Asked before the page is read, so that a page from before a build never passes for one from after it.
        edition = self._preview.state.edition
        return insert_script(Path(path).read_bytes(), edition)


def _answer_page(page: bytes, *, status_code: int) -> Response:
    etag = hashlib.sha256(page).hexdigest()[:32]
    headers = {"cache-control": "no-store", "etag": f'"{etag}"'}
    return Response(page, status_code=status_code, headers=headers, media_type="text/html")


def insert_script(page: bytes, edition: str) -> bytes:
    """Put the script that keeps a page fresh at the end of its body.

    >>> insert_script(b"<body>Hi</body>", "1f")
    b'<body>Hi<script src="/-/live.js" data-edition="1f" defer></script></body>'
    """
    script = f'<script src="/-/live.js" data-edition="{edition}" defer></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def render_waiting_page(state: State) -> bytes:
    """The page that stands for all others until a first build succeeds."""
    page = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not built yet</title>
<style>
  :root {{ color-scheme: light dark }}
  body {{ margin: 3rem auto; max-width: 46rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif }}
  pre {{ white-space: pre-wrap; overflow-wrap: anywhere }}
</style>
<body>
<h1>The site is not built yet</h1>
<p>It opens here by itself as soon as it is.</p>
<pre id="feeds-notice">{html.escape(format_notice(state))}</pre>
</body>
</html>
"""
    return insert_script(page.encode(), state.edition)


def format_notice(state: State) -> str:
    """Say why the newest version is not shown, a fault a line; "" where it is."""
    if not state.faults:
        return ""
    shown = "The last good build stays until this is mended:" if state.edition else "To be mended:"
    return "\n".join([f"Not built. {shown}", *map(str, state.faults)])


def format_event(state: State) -> str:
    """Write the state as a server-sent event (HTML standard, section 9.2).

    >>> format_event(State(edition="1f"))
    'retry: 500\\ndata: {"edition": "1f", "notice": ""}\\n\\n'
    """
    return f"retry: 500\ndata: {json.dumps({'edition': state.edition, 'notice': format_notice(state)})}\n\n"
