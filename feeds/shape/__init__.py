"""The numbers of what is drawn: how an episode goes over time."""
