"""Tagged copies of recordings, one container a file: new tags, and the sound byte for byte as it is."""
