"""Rules of the show notes: the description and content:encoded of an item, and the markup in them."""
