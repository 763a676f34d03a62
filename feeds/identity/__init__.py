"""Who a channel and an episode are, and the lock that keeps it."""
