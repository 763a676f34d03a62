"""`feeds import folder`: audio files, out of whose tags records are made."""
