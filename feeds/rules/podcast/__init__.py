"""Rules of the podcast namespace."""
