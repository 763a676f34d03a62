"""The tags of the podcast namespace: for each, one form that says how authors and feeds write it, read in both ways."""
