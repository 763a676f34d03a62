"""channel.toml and what it says, and how tables of TOML and YAML are read."""
