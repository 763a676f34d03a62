"""Linked files as rules look at them: chapters and transcripts, with the place of everything that they say."""
