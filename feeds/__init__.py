"""feeds: a podcast RSS feed and show-notes publisher."""

__version__ = "0.1.0"
