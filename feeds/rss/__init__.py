"""A podcast as an RSS feed: feedgen for the core, an extension of ours for each namespace."""
