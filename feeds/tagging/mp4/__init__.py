"""The tagged copy of an MP4: its boxes, its tables, its chapters, and what it says of itself."""
