"""The forms in which editors and encoders write and read chapters, one a file."""
