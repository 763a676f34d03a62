"""The preview server: builds into a folder of its own, serves it to this machine, builds again on change.

The main thread watches and builds, so that Ctrl-C ends even a long build; the web server has a thread beside.
"""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

import uvicorn
from starlette.types import ASGIApp
from watchfiles import Change, DefaultFilter, watch

from feeds.building.build import OUTPUT
from feeds.errors import Fault, FeedsError
from feeds.identity.lock import FILE_NAME
from feeds.preview.app import Built, Preview, State, format_notice, make_app

HOST = "127.0.0.1"
PORT = 8000

_PORTS = 65_536
_PORTS_TRIED = 20
_SECONDS_TO_END = 1
_GLANCE = 100  # milliseconds that the watch waits at a time

Build = Callable[[Path, str], Built]
Say = Callable[[str], None]


def serve_site(project: Path, *, build: Build, say: Say, port: int = PORT) -> None:
    """Preview a project until Ctrl-C or SIGTERM, which end it well. To be called in the main thread.

    `build` writes the site into the given folder, with URLs that begin with the given one, says what it did
    there, and raises FeedsError on bad input, which the preview outlives. `say` takes what happens, a line at a
    time. `port` 0 stands for any free one; in place of a port that is taken, one of the next is used.

    Raises FeedsError where no port can be had.
    """
    with (
        _until_interrupted(),
        open_port(port) as listener,
        TemporaryDirectory(prefix="feeds-", ignore_cleanup_errors=True) as temporary,
    ):
        folder = Path(temporary)
        given = listener.getsockname()[1]
        url = f"http://{HOST}:{given}"
        preview = Preview(folder, lambda: build(folder, url))
        if port not in (0, given):
            say(f"Port {port} is taken.")
        say(f"Serving {url}/ until Ctrl-C.")
        with serve_app(make_app(preview), listener):
            for _ in _watch_sources(project.resolve()):
                before = preview.state
                for line in format_report(before, preview.rebuild()):
                    say(line)


@contextmanager
def _until_interrupted() -> Iterator[None]:
    """Make Ctrl-C and SIGTERM the proper end of what runs inside.

    A script's shell lets what it starts in the background ignore the first; here it counts all the same.
    """
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def open_port(port: int) -> socket.socket:
    """Listen at a port of this machine, or at the next one that nobody has taken; 0 stands for any.

    Raises FeedsError where none can be had.
    """
    for candidate in range(port, min(port + _PORTS_TRIED, _PORTS)):
        try:
            return socket.create_server((HOST, candidate))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                fault = Fault(path=f"--port {candidate}", message=error.strerror or str(error))
                raise FeedsError([fault]) from error
    message = "is taken, and so are those after it; --port 0 finds a free one"
    raise FeedsError([Fault(path=f"--port {port}", message=message)])


@contextmanager
def serve_app(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """Serve an app on an open socket, in a thread, for as long as the block runs."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


class _Server(uvicorn.Server):
    """Ends at once: an open page listens for ever, and a paused player never finishes its download."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in self.server_state.connections:
            connection.transport.abort()
        await super().shutdown(sockets)


def _watch_sources(project: Path) -> Iterator[None]:
    """Come round once as soon as the watch stands, so that no change is missed, then after every change.

    What changes while the caller is at work counts for the next round.
    """
    default = DefaultFilter()

    def matters(change: Change, path: str) -> bool:
        below = PurePath(path).relative_to(project)
        return default(change, str(below)) and is_source(below)

    rounds = watch(project, watch_filter=matters, rust_timeout=_GLANCE, yield_on_timeout=True)
    for number, changes in enumerate(rounds):
        if changes or number == 0:
            yield


def is_source(path: PurePath) -> bool:
    """Say whether a file of a project, by its path below it, can change the site.

    >>> is_source(PurePath("seeds/shape/one.md")), is_source(PurePath("channel.lock"))
    (True, False)
    """
    hidden = any(part.startswith(".") for part in path.parts)
    written_by_us = path.parts[:1] == (OUTPUT,) or path.name.startswith(FILE_NAME)
    return not hidden and not written_by_us and path.name != ""


def format_report(before: State, after: State) -> tuple[str, ...]:
    """Say what a build has changed, in lines for a terminal; none where all is as it was.

    >>> format_report(State(), State(edition="1f", written=1))
    ('Built: 1 file written.',)
    """
    if after == before:
        return ()
    if after.faults:
        return tuple(format_notice(after).splitlines())
    return (*map(str, after.warnings), f"Built: {_format_change(before, after)}.")


def _format_change(before: State, after: State) -> str:
    if after.edition == before.edition:
        return "nothing changed"
    written = f"{after.written} {'file' if after.written == 1 else 'files'} written"
    return f"{written}, {after.removed} removed" if after.removed else written
