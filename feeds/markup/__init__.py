"""XML elements as text that a person can read, and by what they mean."""
