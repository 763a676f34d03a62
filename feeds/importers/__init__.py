"""What podcasters already have, made into records."""
