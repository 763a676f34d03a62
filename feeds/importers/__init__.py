"""Ways in: what a podcaster already has becomes records, a channel.toml and a lock."""
