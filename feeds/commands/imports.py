"""`feeds import`: what podcasters already have, made into records."""

from __future__ import annotations

import click

from feeds.commands.capture import capture
from feeds.commands.feed import feed
from feeds.commands.folder import folder

SOURCES: tuple[click.Command, ...] = (capture, feed, folder)
"""What can be imported, in the order in which the help lists it."""


@click.group("import")
def import_group() -> None:
    """Make records of what there is already."""


for _source in SOURCES:
    import_group.add_command(_source)
