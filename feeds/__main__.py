"""Lets `python -m feeds` do what the command `feeds` does."""

from feeds.cli import main

main()
