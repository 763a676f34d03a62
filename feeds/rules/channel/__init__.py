"""What holds for the channel: the show itself, its addresses, and how directories file it."""
