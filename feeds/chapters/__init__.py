"""The carriers of chapters, one a file; each prints the same list (chapters of an Episode)."""
