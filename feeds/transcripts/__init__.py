"""Transcripts: one form a file, each read into lines and cues, and written where the form has times."""
