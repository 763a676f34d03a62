"""The podcast namespace: its tags as one table, and what can be said of a feed by that table alone."""
