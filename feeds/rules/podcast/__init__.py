"""What holds for the podcast namespace."""
