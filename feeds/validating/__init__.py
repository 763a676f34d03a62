"""Validating feeds: where they come from, what belongs to them, and what was found."""
