"""Beginning a show and an episode."""
