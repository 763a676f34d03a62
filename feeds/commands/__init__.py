"""The commands that are too long for one module, and what all of them print alike."""
