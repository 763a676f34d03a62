"""What authors write in TOML and YAML, read into values with every fault named."""
